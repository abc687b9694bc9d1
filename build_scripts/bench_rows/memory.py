"""The most memory that a process and its children ever held, as the system counts it."""

import os
import sys
import threading
import time
from pathlib import Path

if sys.platform == "win32":
    from build_scripts.windows_processes import descendants, peak_bytes

LOOK_EVERY_S = 0.01


def peak_mb(process: int | None = None) -> float:
    """Give the highest resident size of a process, or of this one, in megabytes.

    `ru_maxrss` would also count what its parent held when it was forked.
    """
    if sys.platform == "win32":
        return peak_bytes(os.getpid() if process is None else process) / (1 << 20)
    else:  # mypy takes what follows a branch that returns for unreachable on Windows
        return _linux_peak_mb("self" if process is None else str(process))


class ChildWatch(threading.Thread):
    """Look at the children of this process again and again, until `stop`."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak_mb = 0.0
        self._stopped = threading.Event()

    def run(self) -> None:
        while not self._stopped.is_set():
            self.peak_mb = max([self.peak_mb, *map(peak_mb, _children())])
            time.sleep(LOOK_EVERY_S)

    def stop(self) -> float:
        """Stop looking and give the highest size seen in megabytes."""
        self._stopped.set()
        self.join()
        return self.peak_mb


def _linux_peak_mb(process: str) -> float:
    try:
        lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    except OSError:  # it has ended meanwhile
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def _text(path: Path) -> str:
    try:
        return path.read_text("ascii")
    except OSError:  # its thread has ended between being listed and being read
        return ""


def _children() -> set[int]:
    if sys.platform == "win32":
        return descendants(os.getpid())
    else:  # see peak_mb
        lists = map(_text, Path("/proc/self/task").glob("*/children"))
        found = {int(process) for text in lists for process in text.split()}
        own = _command("self")
        # a child that has not begun its own program yet still shows the size of its parent
        return {process for process in found if _command(str(process)) != own}


def _command(process: str) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:  # it has ended meanwhile
        return b""
