"""Where Windows programs run: on this Windows PC, or in Wine on this Linux machine."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

Done = subprocess.CompletedProcess[str]


class Machine(Protocol):
    """Run programs of the target system; every path is the one that this script's system knows."""

    @property
    def python(self) -> Path:
        """The target's Python, with the locked packages in it."""

    def path(self, path: Path) -> str:
        """Write a path the way the target's programs read it."""

    def local(self, told: str) -> Path:
        """Turn a path that a program of the target has told into one of this system."""

    def run(
        self,
        words: Sequence[str],
        *,
        folder: Path | None = None,
        variables: Mapping[str, str] | None = None,
        timeout_s: float = 600,
    ) -> Done:
        """Run a program to its end; output and errors come back as text, no code is raised."""

    def start(
        self,
        words: Sequence[str],
        *,
        variables: Mapping[str, str] | None = None,
    ) -> "subprocess.Popen[bytes]":
        """Start a program that keeps running, such as the window."""


class LocalMachine:
    """The system that this script itself runs on."""

    def __init__(self, python: Path | None = None) -> None:
        self.python = python or Path(sys.executable)

    def path(self, path: Path) -> str:
        return str(path)

    def local(self, told: str) -> Path:
        return Path(told)

    def run(
        self,
        words: Sequence[str],
        *,
        folder: Path | None = None,
        variables: Mapping[str, str] | None = None,
        timeout_s: float = 600,
    ) -> Done:
        return subprocess.run(
            list(words),
            cwd=folder,
            env={**os.environ, **(variables or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=timeout_s,
            check=False,
        )

    def start(
        self,
        words: Sequence[str],
        *,
        variables: Mapping[str, str] | None = None,
    ) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            list(words),
            env={**os.environ, **(variables or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
