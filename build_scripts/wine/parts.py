"""The parts of the proof in their order, and what PROOF.md tells besides them."""

import importlib.metadata
import json
import shutil
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType

from bpjsdesk.clock import system_clock
from build_scripts import build_deliver, build_freeze, product
from build_scripts.build_steps import Build, Facts
from build_scripts.dev_report import Stop, say
from build_scripts.sign import Signer
from build_scripts.wine.cache import Cache, default_cache
from build_scripts.wine.findings import Record, Refuted, joined, require
from build_scripts.wine.machine import WineMachine, run_bounded
from build_scripts.wine.report import (
    TARGET,
    Proof,
    commit_of_checkout,
    keep,
    kept_parts,
    write,
)
from build_scripts.wine.trial_installed import try_installed
from build_scripts.wine.trial_release import frozen_twice, signatures_hold, test_signer
from build_scripts.wine.trial_tests import run_tests
from build_scripts.wine.winpython import windows_python

PARTS = ("tests", "freeze", "installers", "smoke", "installed", "linux")
_PICTURE = product.ROOT / "build" / "win" / "window.png"
_TOOLS = {
    "NSIS": ["makensis", "-VERSION"],
    "wixl": ["wixl", "--version"],
    "osslsigncode": ["osslsigncode", "--version"],
}


def prove(parts: Sequence[str]) -> int:
    """Make every trial of the parts; PROOF.md then tells the newest result of each part."""
    cache, commit = default_cache(), commit_of_checkout()
    build = Build(target="win", is_wine=True)
    for folder in (build.work, cache.work):
        folder.mkdir(parents=True, exist_ok=True)
    first = Record()
    if not first.tried("Windows Python with the locked packages", partial(_prepare, cache)):
        return 1
    results = []
    with test_signer(cache.work) as signer:
        for part in parts:
            record = Record()
            _tried_whole(record, part, _trials(record, cache, build, signer)[part])
            results.append(keep(part, record, commit=commit, moment=system_clock()))
    write(Proof(versions=_versions(cache), sizes=_sizes(), parts=kept_parts(PARTS)))
    say(f"Written: {TARGET.relative_to(product.ROOT)}")
    return 0 if all(result.is_good for result in results) else 1


def _tried_whole(record: Record, part: str, trials: Callable[[], None]) -> None:
    """Keep what a part has found when something outside its trials ends it."""
    try:
        trials()
    except (Refuted, Stop, OSError) as reason:
        record.add(f"The part {part}", ok=False, detail=str(reason), seconds=0.0)


def _trials(
    record: Record, cache: Cache, build: Build, signer: Signer
) -> Mapping[str, Callable[[], None]]:
    return MappingProxyType(
        {
            "tests": partial(_tests, record, cache, build),
            "freeze": partial(_freeze, record, build),
            "installers": partial(_installers, record, build, signer),
            "smoke": partial(_smoke, record, build),
            "installed": partial(try_installed, record, cache, signer, _PICTURE),
            "linux": partial(_linux, record),
        }
    )


def _prepare(cache: Cache) -> str:
    machine = windows_python(cache)
    told = machine.run([str(machine.python), "-c", "import sys; print(sys.version)"]).stdout
    machine.stop()
    return told.strip()


def _tests(record: Record, cache: Cache, build: Build) -> None:
    machine = WineMachine(cache, "tests", display=75)
    machine.boot()
    with machine.screen():
        record.tried("The whole test suite", partial(run_tests, machine, build.work))
    machine.stop()


def _freeze(record: Record, build: Build) -> None:
    record.tried("Frozen twice, the same", partial(frozen_twice, build))
    record.tried("Audit of the program folder", _step(build_freeze.audit_frozen, build))
    record.tried("Self-test of the frozen program", _step(build_freeze.self_test, build))


def _installers(record: Record, build: Build, signer: Signer) -> None:
    shutil.rmtree(build.release, ignore_errors=True)
    record.tried("Sign the programs", _step(build_deliver.sign, build))
    record.tried("Setup and MSI", _step(build_deliver.make_installers, build))
    record.tried("Sizes under their ceilings", _within_ceilings)
    record.tried("Papers", _step(build_deliver.write_all_papers, build))
    record.tried("Sums", _step(build_deliver.write_sums, build))
    record.tried("Signatures", lambda: signatures_hold(build, signer))


def _smoke(record: Record, build: Build) -> None:
    told = build.record.with_name("smoke.json")
    told.unlink(missing_ok=True)
    record.tried("Install, upgrade, refuse, remove", _step(build_deliver.smoke_installed, build))
    if told.exists():
        for finding in json.loads(told.read_text(encoding="utf-8")):
            name, ok, detail = finding["name"], finding["ok"], finding["detail"]
            record.add(name, ok=ok, detail=detail, seconds=None)


def _linux(record: Record) -> None:
    build = Build(target="linux", is_wine=False)
    record.tried("Linux: freeze", _step(build_freeze.freeze, build))
    record.tried("Linux: audit", _step(build_freeze.audit_frozen, build))
    record.tried("Linux: self-test", _step(build_freeze.self_test, build))
    record.tried("Linux: archive", _step(build_deliver.make_installers, build))
    record.tried("Linux: on a bare Debian 12", _step(build_deliver.smoke_installed, build))


def _step(step: Callable[[Build], Facts], build: Build) -> Callable[[], str]:
    def told() -> str:
        return joined(f"{name} {value}" for name, value in step(build).items()) or "done"

    return told


def _versions(cache: Cache) -> dict[str, str]:
    site = [str(cache.python / "Lib" / "site-packages")]
    found = {each.name: each.version for each in importlib.metadata.distributions(path=site)}
    wine = WineMachine(cache, "build", display=70).linux(["wine", "--version"]).stdout.strip()
    versions = {product.NAME: product.version(), "Wine": wine}
    for name in ("pyinstaller", "PySide6_Essentials", "sqlcipher3", "SQLAlchemy"):
        versions[name] = found.get(name, "not found")
    for name, words in _TOOLS.items():
        told = run_bounded(words, 30)
        versions[name] = (told.stdout + told.stderr).strip().partition("\n")[0]
    return versions


def _sizes() -> list[tuple[str, int, int | None]]:
    bundle, linux = product.bundle_folder("win"), product.bundle_folder("linux")
    measured = [
        ("setup program", _size(product.setup_file()), product.MAX_SETUP),
        ("MSI", _size(product.msi_file()), product.MAX_MSI),
        ("program folder, Windows", _size(bundle), product.MAX_INSTALLED),
        ("program folder, Linux", _size(linux), None),
        ("archive, Linux", _size(product.archive_file()), None),
    ]
    return [(name, size, ceiling) for name, size, ceiling in measured if size]


def _within_ceilings() -> str:
    over = [name for name, size, ceiling in _sizes() if ceiling is not None and size > ceiling]
    require(not over, f"too large: {', '.join(over)}")
    return joined(f"{name} {size / 1e6:.1f} MB" for name, size, ceiling in _sizes() if ceiling)


def _size(path: Path) -> int:
    if path.is_dir():
        return sum(each.stat().st_size for each in path.rglob("*") if each.is_file())
    return path.stat().st_size if path.exists() else 0
