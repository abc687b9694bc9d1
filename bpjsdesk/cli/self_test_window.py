"""The window's part of the self-test, asked of the window program; this side knows no Qt."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import bpjsdesk
from bpjsdesk.cli.self_test_findings import Failure, Finding, findings_of, require, try_step

WINDOW = "Program jendela"
NO_QT = "PySide6 tidak terpasang di lingkungan Python ini"
TIMEOUT_S = 300  # the first start of a fresh installation waits for the virus scanner
LAST_WORDS = 600


def ask_window_program(folder: Path) -> tuple[Finding, ...]:
    """Start the window program on the test's office and take over what it found."""
    if not _is_frozen() and importlib.util.find_spec("PySide6") is None:
        return (Finding(name=WINDOW, ok=True, seconds=0, skipped=NO_QT),)
    told: list[Finding] = []
    started = try_step(WINDOW, lambda: told.extend(_told_by_window(folder)))
    return (started, *told)


def window_command() -> tuple[str, ...]:
    """Give the words that start the window: the program beside this one, or the checkout's.

    Raises: Failure when an installation has no window program.
    """
    if not _is_frozen():
        return (sys.executable, "-m", "ui")
    beside = Path(sys.executable).with_name("bpjsdesk" + Path(sys.executable).suffix)
    require(
        beside.is_file(), f"{beside.name} tidak ada di folder program. Pasang ulang program ini."
    )
    return (str(beside),)


def _told_by_window(folder: Path) -> tuple[Finding, ...]:
    report = folder / "jendela.json"
    command = (*window_command(), "--self-test-window", str(folder), "--report", str(report))
    try:
        ended = subprocess.run(
            command,
            cwd=None if _is_frozen() else Path(bpjsdesk.__file__).resolve().parent.parent,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIMEOUT_S,
            check=False,
        )
    except OSError as problem:
        raise Failure(f"{command[0]} tidak dapat dijalankan: {problem}.") from problem
    except subprocess.TimeoutExpired as problem:
        raise Failure(f"Program jendela tidak selesai dalam {TIMEOUT_S} detik.") from problem
    if not report.is_file():
        words = " ".join(ended.stderr.decode(errors="replace").split())[-LAST_WORDS:]
        raise Failure(f"Program jendela berhenti dengan kode {ended.returncode}. {words}".strip())
    return findings_of(json.loads(report.read_bytes()))


def _is_frozen() -> bool:
    return bool(getattr(sys, "frozen", False))
