"""One Windows PC on which installers are tried: its folders, its registry, its programs."""

import hashlib
import re
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from build_scripts import product
from build_scripts.dev_report import say
from build_scripts.machines import Done, Machine

TIMED_OUT = 124
RUN_S, AWAIT_S = 600.0, 60.0
_PAUSE_S = 0.3
_VALUE = re.compile(
    r'"((?:[^"\\]|\\.)*)"=(?:"((?:[^"\\]|\\.)*)"|dword:([0-9a-f]{8})|hex\(2\):([0-9a-f,]*))', re.I
)
_CONTINUED = re.compile(r"\\\r?\n\s*")  # regedit folds long values

Registry = dict[str, dict[str, str | int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Tell one thing that was looked at, and how it was."""

    name: str
    ok: bool
    detail: str = ""


class Findings:
    """Collect what is found, in order, and say each at once."""

    def __init__(self) -> None:
        self._all: list[Finding] = []
        self._part = ""

    def start(self, part: str) -> None:
        """Name the part that the next findings belong to."""
        self._part = part
        say(f"\n-- {part}")

    def note(self, name: str, ok: bool, detail: object = "") -> bool:
        finding = Finding(name=f"{self._part}: {name}", ok=ok, detail=str(detail))
        self._all.append(finding)
        say(f"{'ok    ' if ok else 'FAILED'} {finding.name}{f': {detail}' if detail else ''}")
        return ok

    def equal(self, name: str, found: object, wanted: object) -> bool:
        """Note whether two things are equal; only a difference is told in full."""
        same = found == wanted
        return self.note(name, same, found if same else f"{found!r}, expected {wanted!r}")

    def all(self) -> tuple[Finding, ...]:
        return tuple(self._all)


class Pc:
    """Do on a machine what a person from IT does, and look at what came of it."""

    def __init__(self, machine: Machine, work: Path) -> None:
        self.machine = machine
        self.work = work
        work.mkdir(parents=True, exist_ok=True)

    def run(
        self,
        words: Sequence[str],
        *,
        variables: Mapping[str, str] | None = None,
        timeout_s: float = RUN_S,
    ) -> Done:
        """Run a program; its end by the clock is exit code 124."""
        try:
            return self.machine.run(words, variables=variables, timeout_s=timeout_s)
        except subprocess.TimeoutExpired:
            return Done(list(words), TIMED_OUT, "", f"no end after {timeout_s} s")

    def run_silent(
        self,
        words: Sequence[str],
        *,
        variables: Mapping[str, str] | None = None,
        timeout_s: float = RUN_S,
    ) -> int:
        """Run a program of which only the exit code counts; its end by the clock is 124.

        Without pipes: what a setup program starts in the background, such as Wine's desktop, would
        keep them open after its end.
        """
        process = self.machine.start(words, variables=variables)
        try:
            return process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return TIMED_OUT

    def folder(self, variable: str) -> Path:
        """Find the folder that a variable of Windows names."""
        return self.machine.local(self._variables[variable])

    @cached_property
    def _variables(self) -> dict[str, str]:
        lines = self.run(["cmd", "/c", "set"]).stdout.splitlines()
        return dict(line.split("=", 1) for line in lines if "=" in line)

    @property
    def data(self) -> Path:
        """The place where the program keeps an office unless told otherwise."""
        return self.folder("LOCALAPPDATA") / product.NAME

    def links(self) -> dict[str, Path]:
        """Name the start menu's entry for each kind of installation."""
        programs = Path("Microsoft", "Windows", "Start Menu", "Programs", f"{product.NAME}.lnk")
        tops = {"AllUsers": "ProgramData", "CurrentUser": "APPDATA"}
        return {mode: self.folder(variable) / programs for mode, variable in tops.items()}

    def registry(self, key: str) -> Registry:
        """Read a key with all below it; empty where it does not exist.

        By `reg export`, which writes UTF-16: what `reg query` prints depends on the code page.
        """
        out = self.work / "registry.reg"
        out.unlink(missing_ok=True)
        self.run(["reg", "export", key, self.machine.path(out), "/y", "/reg:64"], timeout_s=60)
        if not out.exists():
            return {}
        return read_export(out.read_text("utf-16"))

    def own_entries(self) -> Registry:
        """Give every entry of ours in Windows' list of programs, by its full key."""
        below = product.UNINSTALL_KEY.rpartition("\\")[0]
        return {
            key: values
            for hive in ("HKLM", "HKCU")
            for key, values in self.registry(f"{hive}\\{below}").items()
            if values.get("DisplayName") == product.NAME
        }

    def own_values(self, hive: str) -> dict[str, str | int]:
        found = self.registry(f"{hive}\\{product.REGISTRY_KEY}")
        return next(iter(found.values()), {})

    def run_msi(self, act: str, msi: Path, *, folder: str = "") -> int:
        """Run msiexec without a window and wait for its end; a log lies in the work folder.

        By a batch file: msiexec wants quotes inside a word, where Python puts them around it. The
        folder travels in a variable, since the code page of a batch file depends on the PC.
        """
        words = [f'msiexec {act} "{self.machine.path(msi)}" /qn /norestart']
        words.append(f'/l*v "{self.machine.path(self.work / "msi.log")}"')
        words += ['INSTALLDIR="%MSI_FOLDER%"'] if folder else []
        batch = self.work / "msi.cmd"
        lines = ("@echo off", " ".join(words), "exit /b %ERRORLEVEL%", "")
        batch.write_text("\r\n".join(lines), "ascii", newline="")
        run = ["cmd", "/c", self.machine.path(batch)]
        return self.run_silent(run, variables={"MSI_FOLDER": folder})

    @contextmanager
    def running(self, words: Sequence[str]) -> Iterator[None]:
        """Keep a program running meanwhile, and end that very process afterwards."""
        process = self.machine.start(words)
        try:
            time.sleep(2)  # until Windows has loaded the file; there is nothing to ask
            yield
        finally:
            process.kill()
            process.wait(timeout=AWAIT_S)


def await_that(holds: Callable[[], bool], timeout_s: float = AWAIT_S) -> bool:
    """Look again and again until something holds; False when it never did."""
    deadline = time.monotonic() + timeout_s
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(_PAUSE_S)
    return True


def read_export(text: str) -> Registry:
    """Read the texts and numbers in what `reg export` has written."""
    found: Registry = {}
    values: dict[str, str | int] = {}
    for line in _CONTINUED.sub("", text).splitlines():
        if line.startswith("["):
            values = found.setdefault(line.strip("[]"), {})
            continue
        matched = _VALUE.fullmatch(line.strip())
        if matched:
            name, told, number, codes = matched.groups()
            values[_plain(name)] = int(number, 16) if number else _text(told, codes)
    return found


def _text(told: str | None, codes: str | None) -> str:
    """Read a text written plainly, or one with variables in it, written as its bytes."""
    if codes is None:
        return _plain(told or "")
    return bytes.fromhex(codes.replace(",", "")).decode("utf-16-le").rstrip("\0")


def _plain(escaped: str) -> str:
    return re.sub(r"\\(.)", r"\1", escaped)


def digests(folder: Path) -> dict[str, str]:
    """Give the checksum of every file below a folder."""
    if not folder.exists():
        return {}
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
