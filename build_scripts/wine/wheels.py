"""Fetch the locked Windows wheels on Linux, every one checked against its hash."""

import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from packaging.markers import Marker

from build_scripts.dev_report import Stop
from build_scripts.product import ROOT

LOCKS = ROOT / "build_scripts" / "requirements"
PYTHON = "3.11"
# Published as source only; pure Python, so a wheel built here is the one of every system.
SOURCE_ONLY = ("docopt",)
# What markers ask about the Windows Python of the proof.
_WINDOWS = {
    "os_name": "nt",
    "sys_platform": "win32",
    "platform_system": "Windows",
    "platform_machine": "AMD64",
    "python_version": PYTHON,
    "python_full_version": "3.11.9",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
}
_ENTRY = re.compile(r"^(?P<pin>[\w.\-\[\]]+==[^\s;\\]+)\s*(?:;\s*(?P<marker>[^\\\n]+))?", re.M)


def windows_entries(lock: str) -> dict[str, str]:
    """Give the pins of a lock that Windows needs, each with the lines of its hashes."""
    return dict(_entries(lock))


def _entries(lock: str) -> Iterator[tuple[str, str]]:
    # an entry ends where the next line starts without an indent
    for block in re.split(r"\n(?=\S)", lock):
        found = _ENTRY.match(block)
        if found is None:
            continue
        marker = found["marker"]
        if marker is None or Marker(marker.strip()).evaluate(dict(_WINDOWS)):
            hashes = " ".join(re.findall(r"--hash=\S+", block))
            yield found["pin"], f"{found['pin']} {hashes}"


def fetch(entries: dict[str, str], folder: Path) -> None:
    """Download or build a wheel for each pin; what lies in the folder already is kept.

    Raises: Stop when pip fails or a hash differs.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for_source = {pin for pin in entries if pin.split("==")[0] in SOURCE_ONLY}
    ready = [line for pin, line in entries.items() if pin not in for_source]
    platform = ["--platform", "win_amd64", "--python-version", PYTHON, "--only-binary=:all:"]
    _pip(folder, ready, ["download", *platform, "-d", str(folder)])
    _pip(folder, [entries[pin] for pin in sorted(for_source)], ["wheel", "-w", str(folder)])


def _pip(folder: Path, lines: Sequence[str], command: Sequence[str]) -> None:
    if not lines:
        return
    wanted = folder / "wanted.txt"
    wanted.write_text("\n".join(lines) + "\n", encoding="utf-8")
    quiet = ["-qq", "--disable-pip-version-check", "--no-input"]
    words = [*command, *quiet, "--no-deps", "--require-hashes", "--find-links", str(folder)]
    done = subprocess.run([sys.executable, "-m", "pip", *words, "-r", str(wanted)], check=False)
    wanted.unlink()
    if done.returncode != 0:
        raise Stop(f"pip {command[0]} failed for the Windows wheels.")
