"""The most memory that a process and its children ever held, as Linux counts it."""

import threading
import time
from pathlib import Path

LOOK_EVERY_S = 0.01


def peak_mb(process: str = "self") -> float:
    """Give the highest resident size of a process in megabytes, since its program started.

    `ru_maxrss` would also count what its parent held when it was forked.
    """
    try:
        lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    except OSError:  # it has ended meanwhile
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


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


def _children() -> list[str]:
    found: list[str] = []
    for path in Path("/proc/self/task").glob("*/children"):
        found += path.read_text("ascii").split()
    return found
