"""The steps up to a frozen program that works: packages, tests, PyInstaller, audit, self-test."""

import hashlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from build_scripts import product
from build_scripts.audit_bundle import audit
from build_scripts.build_steps import Build, Facts, require
from build_scripts.dev_environment import main_environment, prepare
from build_scripts.dev_report import Stop, say
from build_scripts.licences import collect_licences
from build_scripts.machines import Machine

SPEC = product.ROOT / "build_scripts" / "app.spec"
_FREEZE_S, _SELF_TEST_S, _TEST_S = 1200, 300, 3600


def provide_packages(build: Build) -> Facts:
    """Install the locked packages for this script's Python, and for the one in Wine."""
    prepare(main_environment("dev"))
    if build.is_wine:
        from build_scripts.wine.cache import default_cache
        from build_scripts.wine.winpython import windows_python

        windows_python(default_cache()).stop()
    return {"python": sys.version.split()[0]}


def run_tests(build: Build) -> Facts:
    """Run the whole suite with the target's Python."""
    if build.is_wine:
        return _run_tests_in_wine(build)
    with build.machine("test") as machine:
        words = [str(machine.python), "-m", "pytest", "-q", "-n", "2", "--dist", "loadfile"]
        variables = {"QT_QPA_PLATFORM": "offscreen"}
        done = machine.run(words, folder=product.ROOT, variables=variables, timeout_s=_TEST_S)
    require(done.returncode, what="pytest", told=done.stdout + done.stderr)
    return {"result": done.stdout.strip().splitlines()[-1]}


def _run_tests_in_wine(build: Build) -> Facts:
    from build_scripts.wine.cache import default_cache
    from build_scripts.wine.trial_tests import run_tests as run_in
    from build_scripts.wine.winpython import windows_python

    machine = windows_python(default_cache())
    with machine.screen():
        return {"result": run_in(machine, build.work)}


def freeze(build: Build) -> Facts:
    """Make the program folder; equal sources and equal SOURCE_DATE_EPOCH give equal files."""
    licences = product.licences_folder(build.target)
    collect_licences(build.site_packages, licences, system=build.target)
    with build.machine("freeze") as machine:
        made = frozen(machine, build.work)
    shutil.rmtree(build.bundle, ignore_errors=True)
    build.bundle.parent.mkdir(parents=True, exist_ok=True)
    made.rename(build.bundle)
    return sizes(build.bundle)


def frozen(machine: Machine, work: Path) -> Path:
    """Run PyInstaller with the program's spec; gives the program folder, below `work`.

    Raises: Stop with what PyInstaller told.
    """
    parts, made = work / "pyinstaller", work / "frozen"
    for folder in (parts, made):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    words = ["-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    places = ["--distpath", machine.path(made), "--workpath", machine.path(parts)]
    variables = {
        "SOURCE_DATE_EPOCH": str(product.source_date()),
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYINSTALLER_CONFIG_DIR": machine.path(parts),
    }
    done = machine.run(
        [str(machine.python), *words, *places, machine.path(SPEC)],
        folder=product.ROOT,
        variables=variables,
        timeout_s=_FREEZE_S,
    )
    require(done.returncode, what="PyInstaller", told=done.stdout + done.stderr)
    return made / product.WINDOW


def audit_frozen(build: Build) -> Facts:
    """Look for everything that must not be in the program folder, or that is missing there."""
    findings = audit(build.bundle, build.target)
    if findings:
        raise Stop("\n".join(findings))
    return {"findings": 0}


def self_test(build: Build) -> Facts:
    """Let the frozen program do its main jobs once; it starts the frozen window for its part."""
    with build.machine("selftest") as machine:
        done = machine.run([str(build.program(product.CLI)), "self-test"], timeout_s=_SELF_TEST_S)
    say(done.stdout)
    require(done.returncode, what="The self-test", told=done.stderr)
    return {"lines": len(done.stdout.splitlines())}


def sizes(bundle: Path) -> Facts:
    """Measure a program folder; its digest is equal when every name and byte is."""
    digest = hashlib.sha256()
    count = total = 0
    for place, path in _files(bundle):
        count, total = count + 1, total + path.stat().st_size
        digest.update(f"{place}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return {"files": count, "mb": round(total / 1e6, 1), "digest": digest.hexdigest()}


def _files(bundle: Path) -> Iterator[tuple[str, Path]]:
    found = {path.relative_to(bundle).as_posix(): path for path in bundle.rglob("*")}
    return ((place, path) for place, path in sorted(found.items()) if path.is_file())
