"""Run Windows programs in Wine, inside the Debian root, with paths that are equal on both sides."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PureWindowsPath
from typing import IO

from build_scripts.dev_report import Stop
from build_scripts.machines import Done
from build_scripts.product import ROOT
from build_scripts.wine.cache import Cache
from build_scripts.wine.debian import inside

SCREEN_SIZE = "1366x768x24"
# No Mono or Gecko to ask for, no menu entries on the host; Wine's own noise would hide the rest.
_QUIET = {"WINEDLLOVERRIDES": "mscoree,mshtml=d;winemenubuilder.exe=d", "WINEDEBUG": "-all"}
_START_S = 20.0


class WineMachine:
    """One Windows PC: a Wine prefix of its own, with or without a screen."""

    def __init__(self, cache: Cache, name: str, *, display: int) -> None:
        self.python = cache.python / "python.exe"
        self.prefix = cache.prefix(name)
        self._cache = cache
        self._display = display

    def path(self, path: Path) -> str:
        """Write a path of this system the Windows way: the root is drive Z:."""
        return str(PureWindowsPath(f"Z:{path.resolve()}"))

    def local(self, told: str) -> Path:
        r"""Find what a Windows program calls `C:\…` or `Z:\…`."""
        windows = PureWindowsPath(told)
        rest = windows.relative_to(windows.anchor).parts
        if windows.drive.upper() == "Z:":
            return Path("/", *rest)
        return self.prefix.joinpath(f"drive_{windows.drive[0].lower()}", *rest)

    def run(
        self,
        words: Sequence[str],
        *,
        folder: Path | None = None,
        variables: Mapping[str, str] | None = None,
        timeout_s: float = 600,
    ) -> Done:
        """Run a Windows program to its end; a first word that is a local path is translated."""
        command = self.command(["wine", *self._words(words)], folder=folder, variables=variables)
        return run_bounded(command, timeout_s)

    def start(
        self, words: Sequence[str], *, variables: Mapping[str, str] | None = None
    ) -> "subprocess.Popen[bytes]":
        """Start a Windows program that keeps running."""
        command = self.command(["wine", *self._words(words)], variables=variables)
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet)

    def linux(self, words: Sequence[str], *, timeout_s: float = 60) -> Done:
        """Run a program of the Debian root, such as xdotool, on the same screen."""
        return run_bounded(self.command(words), timeout_s)

    def command(
        self,
        words: Sequence[str],
        *,
        folder: Path | None = None,
        variables: Mapping[str, str] | None = None,
    ) -> list[str]:
        """Give the command line that runs `words` in the root with Wine's surroundings."""
        settings = {
            "WINEPREFIX": str(self.prefix),
            "DISPLAY": f":{self._display}",
            "XDG_RUNTIME_DIR": "/tmp",
            **_QUIET,
            **(variables or {}),
        }
        surroundings = [f"{name}={value}" for name, value in settings.items()]
        # chroot ends in the root's own top folder; env -C takes the program to its place
        place = ["-C", str(folder or ROOT)]
        return inside(
            self._cache.debian, ["env", *place, *surroundings, *words], ROOT, self._cache.folder
        )

    def boot(self) -> None:
        """Make the prefix, which is a fresh Windows, when it is not there."""
        if not self.prefix.exists():
            self.linux(["wineboot", "-i"], timeout_s=180)
            self.linux(["wineserver", "-w"], timeout_s=120)

    def stop(self) -> None:
        """End every program of this prefix."""
        self.linux(["wineserver", "-k"], timeout_s=60)

    @contextmanager
    def screen(self) -> Iterator[None]:
        """Show this PC's windows on a screen that exists only here.

        Raises: Stop when the screen does not come up; Wine would go on without one, silently.
        """
        words = ["Xvfb", f":{self._display}", "-screen", "0", SCREEN_SIZE, "-nolisten", "tcp"]
        quiet = subprocess.DEVNULL
        server = subprocess.Popen(self.command(words), stdin=quiet, stdout=quiet, stderr=quiet)
        try:
            self._await_screen()
            yield
        finally:
            server.terminate()
            server.wait(timeout=30)

    def _await_screen(self) -> None:
        deadline = time.monotonic() + _START_S
        while self.linux(["xdotool", "getdisplaygeometry"]).returncode != 0:
            if time.monotonic() > deadline:
                raise Stop(f"Xvfb :{self._display} did not start.")
            time.sleep(0.2)

    def _words(self, words: Sequence[str]) -> list[str]:
        first, *rest = words
        return [self.path(Path(first)) if os.path.isabs(first) else first, *rest]


def run_bounded(words: Sequence[str], timeout_s: float) -> Done:
    """Run a command; its end by the clock is told as exit code 124, like timeout(1).

    Its output goes through files: what Wine starts beside it would hold the ends of pipes open.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=out, stderr=errors)
        try:
            code = process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            code = 124
        told = (_written(each) for each in (out, errors))
        return Done(list(words), code, *told)


def _written(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8", "replace")
