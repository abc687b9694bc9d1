"""Read a workbook of unknown origin through a capped child process, row by row as it comes."""

import hashlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import bpjsdesk
from bpjsdesk.domain.cells import Cell
from bpjsdesk.errors import Cancelled, EnvironmentProblem, UserError
from bpjsdesk.progress import CancelToken
from bpjsdesk.storage.workbook_kind import FROM_PIPE
from bpjsdesk.storage.workbook_refusals import refusal

# row number as the spreadsheet shows it · its cells · the same cells as JSON text
RawRow = tuple[int, list[Cell], str]

_PIPE_BYTES = 1 << 16
_LOOK_AGAIN_S = 0.05
_NO_WINDOW = 0x0800_0000  # CREATE_NO_WINDOW of the Windows API


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetStart:
    """Announce a sheet; `rows` and `columns` are 0 where they are not known beforehand."""

    name: str
    first_row: int
    rows: int
    columns: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChunk:
    """Carry some rows of the sheet announced last, blank ones between filled ones included."""

    sheet: str
    rows: list[RawRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedSheet:
    """Name a sheet that was not read and why: `hidden`, `empty`, `no_cells` or `explanation`."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """End a reading; `digest` is equal for equal sheet names and cells, whatever the file."""

    sheets: int
    rows: int
    skipped: tuple[SkippedSheet, ...]
    digest: str


Part = SheetStart | RowChunk | Finished


def read_workbook(
    path: Path, *, cancel: CancelToken, timeout_s: float = 60, pasted: bytes | None = None
) -> Iterator[Part]:
    """Yield what a .xlsx, .xlsm, .xls, .ods or .csv holds while it is still being read.

    `pasted` is a text list that has no file: it goes to the child through a pipe, never to a disk.
    `timeout_s` bounds the wait for the next piece, not the caller's own work in between. The last
    part is always `Finished`; a refusal may come after rows were yielded.

    Raises: UserError with a WORKBOOK_… code; EnvironmentProblem WORKBOOK_READER_MISSING; Cancelled.
    """
    if pasted is None:
        _check_present(path)
    parser = _Parser()
    source = FROM_PIPE if pasted is not None else str(path)
    with _child([source], cancel=cancel, timeout_s=timeout_s, pasted=pasted) as child:
        for block in child.blocks():
            yield from parser.feed(block)
            cancel.raise_if_cancelled()
        if parser.finished is None:
            child.raise_if_stopped()
            if pasted is not None:
                raise refusal("WORKBOOK_TOO_HEAVY")
            raise _reason_for_death(path, cancel=cancel, timeout_s=timeout_s)
    yield parser.finished


def _check_present(path: Path) -> None:
    if not path.is_file():
        raise refusal("WORKBOOK_NOT_FOUND", path.name)
    try:
        with path.open("rb"):
            return
    except OSError as problem:
        raise refusal("WORKBOOK_NOT_READABLE", path.name) from problem


def _reason_for_death(path: Path, *, cancel: CancelToken, timeout_s: float) -> UserError:
    """Ask a second child that only inspects; the first may have died before its guard spoke."""
    parser = _Parser()
    arguments = [str(path), "--guard-only"]
    try:
        with _child(arguments, cancel=cancel, timeout_s=timeout_s) as child:
            for block in child.blocks():
                for _ in parser.feed(block):
                    pass
    except UserError as refused:
        return refused
    return refusal("WORKBOOK_TOO_HEAVY")


class _Parser:
    """Turn the child's lines into parts, however the pipe has cut them."""

    def __init__(self) -> None:
        self.finished: Finished | None = None
        self._rest = b""
        self._sheet = ""
        self._next_row = 1
        self._sheets = 0
        self._digest = hashlib.blake2b(digest_size=32)

    def feed(self, block: bytes) -> Iterator[Part]:
        complete, newline, rest = block.rpartition(b"\n")
        if not newline:
            self._rest += block
            return
        lines = (self._rest + complete).decode().split("\n")
        self._rest = rest
        rows: list[str] = []
        for line in lines:
            if line.startswith("["):
                rows.append(line)
                continue
            yield from self._chunk(rows)
            rows = []
            yield from self._control(json.loads(line))
        yield from self._chunk(rows)

    def _chunk(self, lines: list[str]) -> Iterator[RowChunk]:
        if not lines:
            return
        numbers = range(self._next_row, self._next_row + len(lines))
        self._next_row = numbers.stop
        self._digest.update(("\n".join(lines) + "\n").encode())
        cells: list[list[Cell]] = json.loads(f"[{','.join(lines)}]")
        yield RowChunk(sheet=self._sheet, rows=list(zip(numbers, cells, lines, strict=True)))

    def _control(self, message: dict[str, dict[str, Any]]) -> Iterator[SheetStart]:
        if refused := message.get("refused"):
            raise UserError(refused["code"], refused["message"])
        if ended := message.get("finished"):
            skipped = tuple(SkippedSheet(**sheet) for sheet in ended["skipped"])
            self.finished = Finished(
                sheets=self._sheets,
                rows=ended["rows"],
                skipped=skipped,
                digest=self._digest.hexdigest(),
            )
        if started := message.get("sheet"):
            self._sheets += 1
            self._sheet, self._next_row = started["name"], started["first_row"]
            self._digest.update(f"\x00{self._sheet}\x00".encode())
            yield SheetStart(**started)


class _Child:
    """Own a running child: hand over its output, end it when it must end."""

    def __init__(
        self, process: subprocess.Popen[bytes], *, cancel: CancelToken, timeout_s: float
    ) -> None:
        self._process = process
        self._cancel = cancel
        self._timeout_s = timeout_s
        self._waiting_since: float | None = None
        self._timed_out = False
        self._closed = threading.Event()
        self._watch = threading.Thread(target=self._keep_watch, daemon=True)
        self._watch.start()

    def feed(self, content: bytes) -> None:
        """Hand the child all that it is to read; it says nothing before it has everything."""
        assert self._process.stdin is not None
        rest = memoryview(content)
        # a child that ended early tells why in what it has written
        with suppress(OSError), self._process.stdin as pipe:
            while rest:
                rest = rest[pipe.write(rest) :]

    def blocks(self) -> Iterator[bytes]:
        assert self._process.stdout is not None
        out: IO[bytes] = self._process.stdout
        while True:
            self._waiting_since = time.monotonic()
            block = os.read(out.fileno(), _PIPE_BYTES)
            self._waiting_since = None
            if not block:
                return
            yield block

    def raise_if_stopped(self) -> None:
        """Raises: Cancelled; UserError WORKBOOK_TIMEOUT."""
        if self._cancel.is_cancelled:
            raise Cancelled
        if self._timed_out:
            raise refusal("WORKBOOK_TIMEOUT", f"{self._timeout_s:.0f}")

    def close(self) -> None:
        self._closed.set()
        self._end()
        self._watch.join()
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._process.wait()

    def _keep_watch(self) -> None:
        """End the child when nobody waits any more; its closed pipe then wakes the reader."""
        while not self._closed.wait(_LOOK_AGAIN_S):
            since = self._waiting_since
            self._timed_out = since is not None and time.monotonic() - since > self._timeout_s
            if self._timed_out or self._cancel.is_cancelled:
                self._end()
                return

    def _end(self) -> None:
        # Windows refuses to end a process that is ending already, which is all that is wanted
        with suppress(PermissionError):
            self._process.kill()


@contextmanager
def _child(
    arguments: list[str], *, cancel: CancelToken, timeout_s: float, pasted: bytes | None = None
) -> Iterator[_Child]:
    cancel.raise_if_cancelled()
    try:
        process = subprocess.Popen(
            [*_reader_command(), *arguments],
            stdin=subprocess.DEVNULL if pasted is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # a panic's text may quote personal data
            bufsize=0,
            creationflags=_NO_WINDOW if os.name == "nt" else 0,
        )
    except OSError as problem:
        raise EnvironmentProblem(
            "WORKBOOK_READER_MISSING",
            "Bagian program yang membaca Excel tidak dapat dijalankan. Pasang ulang program ini "
            "atau hubungi petugas TI Anda.",
        ) from problem
    child = _Child(process, cancel=cancel, timeout_s=timeout_s)
    try:
        if pasted is not None:
            child.feed(pasted)
        yield child
    finally:
        child.close()


def _reader_command() -> list[str]:
    """Start the reader isolated from the user's Python settings, in a build or a checkout."""
    if getattr(sys, "frozen", False):
        beside = Path(sys.executable).with_name("bpjsdesk-cli" + Path(sys.executable).suffix)
        return [str(beside if beside.exists() else sys.executable), "--read-workbook"]
    # its own search path would be built from .pth files again, for a tenth of its start
    places = [str(Path(bpjsdesk.__file__).resolve().parent.parent), *filter(None, sys.path)]
    start = (
        f"import sys; sys.path[:] = {places!r}; "
        "from bpjsdesk.storage.workbook_child import main; sys.exit(main(sys.argv[1:]))"
    )
    return [sys.executable, "-I", "-S", "-X", "utf8", "-c", start]
