"""The project's virtual environments: made once, filled from the locks, left alone after that."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from build_scripts.dev_report import Stop, say

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "build_scripts" / "requirements"
STAMP = "bpjsdesk-locks.json"
# A lock on the left is also served by an environment filled from one on its right.
SERVED_BY = {
    "gui": ("gui", "freeze", "dev"),
    "freeze": ("freeze", "dev"),
    "dev": ("dev",),
    "test": ("test",),
}


@dataclass(frozen=True, slots=True)
class Environment:
    """Name one virtual environment and the lock that it is filled from."""

    folder: Path
    lock: str

    @property
    def python(self) -> Path:
        if os.name == "nt":
            return self.folder / "Scripts" / "python.exe"
        return self.folder / "bin" / "python"

    @property
    def stamp(self) -> Path:
        return self.folder / STAMP


def main_environment(lock: str) -> Environment:
    """Give the environment in `.venv`, or in the folder that BPJSDESK_VENV names."""
    return Environment(_main_folder(), lock)


def qt_free_environment() -> Environment:
    """Give the second environment, beside the first, in which PySide6 is missing on purpose."""
    folder = _main_folder()
    return Environment(folder.with_name(f"{folder.name}-noqt"), "test")


def prepare(environment: Environment) -> None:
    """Make the environment and fill it; costs nothing when its lock has not changed.

    Raises: Stop when the folder is somebody else's or pip fails.
    """
    if not _works(environment):
        _make(environment)
    wanted = _digests(environment.lock)
    if _is_filled(environment, wanted):
        return
    say(f"Installing the locked packages ({environment.lock}.txt) into {environment.folder} ...")
    lock = LOCKS / f"{environment.lock}.txt"
    environment.stamp.unlink(missing_ok=True)
    _pip(environment, "install", "--require-hashes", "-r", str(lock))
    _pip(environment, "install", "--no-deps", "--no-build-isolation", "-e", str(ROOT))
    stamp = {"lock": environment.lock, **wanted}
    environment.stamp.write_text(json.dumps(stamp, indent=1), "utf-8")


def _main_folder() -> Path:
    named = os.environ.get("BPJSDESK_VENV")
    return Path(named).resolve() if named else ROOT / ".venv"


def _digests(lock: str) -> dict[str, str]:
    files = {"requirements": LOCKS / f"{lock}.txt", "project": ROOT / "pyproject.toml"}
    return {name: _text_digest(path) for name, path in files.items()}


def _text_digest(path: Path) -> str:
    # By text, because git may give the same file other line ends on Windows.
    return hashlib.sha256(path.read_text("utf-8").encode()).hexdigest()


def _is_filled(environment: Environment, wanted: Mapping[str, str]) -> bool:
    try:
        stamp = json.loads(environment.stamp.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    found = str(stamp.pop("lock", ""))
    if found not in SERVED_BY[environment.lock]:
        return False
    return bool(stamp == (wanted if found == environment.lock else _digests(found)))


def _works(environment: Environment) -> bool:
    if not environment.python.exists():
        return False
    probe = [str(environment.python), "-c", "import sys, pip; sys.exit(sys.version_info < (3, 11))"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def _make(environment: Environment) -> None:
    folder = environment.folder
    if folder.exists() and any(folder.iterdir()) and not (folder / "pyvenv.cfg").exists():
        raise Stop(f"{folder} is not a virtual environment; name another with BPJSDESK_VENV.")
    say(f"Making the virtual environment {folder} ...")
    command = [sys.executable, "-m", "venv", "--clear", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Stop(f"{done.stdout}{done.stderr}\nThis command failed: {' '.join(command)}")


def _pip(environment: Environment, *arguments: str) -> None:
    options = ["--disable-pip-version-check", "--no-input", "-qq"]
    command = [str(environment.python), "-m", "pip", *options, *arguments]
    if subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode != 0:
        raise Stop(f"This command failed: {' '.join(command)}")
