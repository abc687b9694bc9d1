"""The five commands of dev.py."""

import argparse
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from build_scripts.dev_environment import (
    ROOT,
    Environment,
    main_environment,
    prepare,
    qt_free_environment,
)
from build_scripts.dev_report import Step, Stop, complain, conclude, run_step, say
from build_scripts.dev_system import has_screen, see_to_installer_tools, see_to_system

DEMO_FOLDER = ROOT / "build" / "demo"
DEMO_MARK = "DEMO.txt"
DEMO_ROWS = 37_000
QT_FREE_TESTS = ("domain", "storage", "services", "reports", "cli", "test_architecture.py")


def run(arguments: Sequence[str]) -> int:
    """Run the named command and give its exit code."""
    commands = {"demo": _demo, "test": _test, "run": _run, "lint": _lint, "bench": _bench}
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__)
    parser.add_argument("command", choices=commands)
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="passed on by run and bench")
    chosen = parser.parse_args(arguments)
    try:
        return commands[chosen.command](chosen.rest)
    except Stop as reason:
        complain(str(reason))
        return 1


def fresh_demo_folder(folder: Path) -> None:
    """Empty the folder of an earlier practice office; never one that was made by anybody else.

    Raises: Stop when the folder holds anything but a practice office, or is in use.
    """
    if folder.exists() and any(folder.iterdir()):
        if not (folder / DEMO_MARK).is_file():
            raise Stop(f"{folder} was not made by the demo; move it away, then start again.")
        _remove(folder)
    folder.mkdir(parents=True, exist_ok=True)
    text = "Kantor latihan. Folder ini dihapus dan dibuat ulang oleh: dev.py demo\n"
    (folder / DEMO_MARK).write_text(text, "utf-8")


def _remove(folder: Path) -> None:
    try:
        # On Windows renaming fails while the practice office is open, before anything is lost.
        doomed = folder.rename(Path(tempfile.mkdtemp(dir=folder.parent, prefix="old-")) / "demo")
    except OSError as problem:
        raise Stop(f"{folder} is in use; close the practice office, then start again.") from problem
    shutil.rmtree(doomed.parent)


def _demo(_rest: Sequence[str]) -> int:
    with_window = has_screen(os.environ)
    environment = main_environment("gui")
    _ready(environment, window=with_window)
    fresh_demo_folder(DEMO_FOLDER)
    office = ["--data", str(DEMO_FOLDER)]
    pages = str(DEMO_FOLDER / "pdf")
    made = [*office, "demo", "--rows", str(DEMO_ROWS), "--out", pages]
    step = _step(environment, "Kantor latihan / practice office", "-m", "bpjsdesk", *made)
    if not step.is_good:
        return 1
    say(f"\nKantor latihan / practice office: {DEMO_FOLDER}\nPDF: {pages}")
    if not with_window:
        say("Tidak ada layar di sini, jadi jendela program tidak dibuka.")
        say("There is no screen here, so the window is not opened.")
        return 0
    say("Membuka jendela program ... / Opening the window ...")
    return 0 if _step(environment, "BPJS Desk", "-m", "ui", *office).is_good else 1


def _run(rest: Sequence[str]) -> int:
    if not has_screen(os.environ):
        raise Stop("There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set).")
    environment = main_environment("gui")
    _ready(environment, window=True)
    return 0 if _step(environment, "BPJS Desk", "-m", "ui", *rest).is_good else 1


def _lint(_rest: Sequence[str]) -> int:
    environment = main_environment("dev")
    _ready(environment, qt=False)
    return conclude(_lint_steps(environment))


def _test(_rest: Sequence[str]) -> int:
    full, qt_free = main_environment("dev"), qt_free_environment()
    _ready(full)
    _ready(qt_free, qt=False)
    see_to_installer_tools()
    steps = _lint_steps(full)
    steps.append(_step(full, "all tests", *_pytest("tests")))
    places = [f"tests/{name}" for name in QT_FREE_TESTS if (ROOT / "tests" / name).exists()]
    steps.append(_step(qt_free, "tests without PySide6", *_pytest(*places)))
    return conclude(steps)


def _bench(rest: Sequence[str]) -> int:
    environment = main_environment("dev")
    _ready(environment)
    script = str(ROOT / "build_scripts" / "bench.py")
    return 0 if _step(environment, "bench", script, *rest).is_good else 1


def _ready(environment: Environment, *, qt: bool = True, window: bool = False) -> None:
    see_to_system(qt=qt, window=window, new_environment=not environment.python.exists())
    prepare(environment)


def _lint_steps(environment: Environment) -> list[Step]:
    return [
        _step(environment, "ruff check", "-m", "ruff", "check", "."),
        _step(environment, "ruff format", "-m", "ruff", "format", "--check", "."),
        _step(environment, "mypy", "-m", "mypy"),
    ]


def _pytest(*places: str) -> list[str]:
    return ["-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", *places]


def _step(environment: Environment, title: str, *arguments: str) -> Step:
    variables = dict(os.environ)
    if "pytest" in arguments or title == "bench":
        variables["QT_QPA_PLATFORM"] = "offscreen"
        variables.pop("BPJSDESK_DATA", None)
    command = [str(environment.python), *arguments]
    return run_step(title, command, folder=ROOT, environment=variables)
