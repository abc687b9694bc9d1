"""The program that reads one workbook in a process of its own and writes JSON lines.

A kilobyte file can abort the reading library or ask for gigabytes, so nothing here runs inside
the program that the clerk works with. Lines on stdout, in order:
`{"sheet": {"name", "first_row", "rows", "columns"}}`, then `[row number, [cells…]]` for each row,
and last `{"finished": {"sheets", "rows", "skipped"}}` or `{"refused": {"code", "message"}}`.
Cells: text, numbers, true/false and null as they are; `["d", day]`, `["dt", moment]`,
`["t", time]`, `["e", error]`, `["f", ""]` for a formula that was saved without its value.
"""

import contextlib
import json
import os
import sys
import threading
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain, repeat
from math import isfinite
from pathlib import Path
from typing import Any, BinaryIO

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from bpjsdesk.errors import UserError
from bpjsdesk.storage.child_limits import limit_this_process
from bpjsdesk.storage.workbook_csv import csv_rows
from bpjsdesk.storage.workbook_guard import Inspection, inspect
from bpjsdesk.storage.workbook_kind import Kind, kind_of
from bpjsdesk.storage.workbook_marks import Marks
from bpjsdesk.storage.workbook_refusals import MAX_COLUMNS, MAX_ROWS, refusal

_MEMORY_BYTES = 1_500 << 20
_CPU_S = 90
_LINES_A_WRITE = 250
# below this a guard that runs first costs nothing; above it, it runs beside the library
_BESIDE_BYTES = 1_000_000
_ERRORS = frozenset(
    ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA")
)


def main(arguments: list[str]) -> int:
    """Read the file named first; with `--guard-only` after it, only look for a refusal."""
    limit_this_process(memory_bytes=_MEMORY_BYTES, cpu_s=_CPU_S)
    with open(1, "wb", closefd=False) as out:
        writer = LineWriter(out)
        try:
            _read(Path(arguments[0]), writer, guard_only="--guard-only" in arguments)
        except UserError as refused:
            writer.refuse(refused)
        except MemoryError:
            writer.refuse(refusal("WORKBOOK_TOO_HEAVY"))
        except BaseException as problem:  # noqa: BLE001 the library's panics are no Exception
            writer.refuse(_translated(problem))
        with contextlib.suppress(BrokenPipeError):  # the parent may have stopped listening
            writer.flush()
    return 0


class LineWriter:
    """Gather lines and hand them over in pieces that the other side can check at once."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._lines: list[str] = []
        self.rows = 0
        self.encode = json.JSONEncoder(
            ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_dated
        ).encode

    def control(self, name: str, content: object) -> None:
        self._lines.append(self.encode({name: content}))
        self.flush()

    def row(self, number: int, cells: list[Any]) -> None:
        try:
            line = self.encode([number, cells])
        except ValueError:
            line = self.encode([number, _finite(cells)])
        if '"#' in line:
            line = self.encode([number, _named_errors(cells)])
        self._lines.append(line)
        self.rows += 1
        if self.rows > MAX_ROWS:
            raise refusal("WORKBOOK_TOO_LARGE", f"lebih dari {MAX_ROWS} baris")
        if len(self._lines) >= _LINES_A_WRITE:
            self.flush()

    def refuse(self, refused: UserError) -> None:
        self._lines.clear()
        self.control("refused", {"code": refused.code, "message": refused.message})

    def flush(self) -> None:
        if self._lines:
            self._out.write(("\n".join(self._lines) + "\n").encode())
            self._out.flush()
            self._lines.clear()


def _read(path: Path, writer: LineWriter, *, guard_only: bool) -> None:
    kind = kind_of(path)
    if guard_only:
        inspect(path, kind)
        raise refusal("WORKBOOK_TOO_HEAVY")
    skipped = _read_text(path, writer) if kind is Kind.CSV else _read_book(path, kind, writer)
    if writer.rows == 0:
        hidden = any(sheet["reason"] == "hidden" for sheet in skipped)
        raise refusal("WORKBOOK_EMPTY", " (lembarnya tersembunyi)" if hidden else "")
    writer.control("finished", {"rows": writer.rows, "skipped": skipped})


def _read_text(path: Path, writer: LineWriter) -> list[dict[str, str]]:
    rows = enumerate(csv_rows(path), 1)
    _emit("CSV", _without_blank_ends(rows), writer)
    return []


def _without_blank_ends(rows: Iterable[tuple[int, list[Any]]]) -> Iterator[tuple[int, list[Any]]]:
    """Leave out blank rows before the first and after the last filled one."""
    waiting: list[tuple[int, list[Any]]] | None = None
    for number, row in rows:
        if not any(row):
            if waiting is not None:
                waiting.append((number, row))
            continue
        yield from waiting or ()
        waiting = []
        yield number, row


def _read_book(path: Path, kind: Kind, writer: LineWriter) -> list[dict[str, str]]:
    guard = Guard(path, kind, writer)
    beside = kind is Kind.XLSX and path.stat().st_size >= _BESIDE_BYTES
    guard.start() if beside else guard.run()
    skipped: list[dict[str, str]] = []
    try:
        book = CalamineWorkbook.from_path(path)
        for place, sheet in enumerate(book.sheets_metadata):
            if sheet.typ is not SheetTypeEnum.WorkSheet:
                reason = "no_cells"
            elif sheet.visible is not SheetVisibleEnum.Visible:
                reason = "hidden"
            else:
                cells = book.get_sheet_by_index(place)
                marks = guard.result().marks.get(sheet.name, {})
                reason = "" if _emit_sheet(cells, marks, writer) else "empty"
            if reason:
                skipped.append({"name": sheet.name, "reason": reason})
    finally:
        guard.result()  # its refusal explains more than whatever the library stumbled over
    return skipped


class Guard(threading.Thread):
    """Inspect the file while the library reads it; the library releases the interpreter."""

    def __init__(self, path: Path, kind: Kind, writer: LineWriter) -> None:
        super().__init__(daemon=True)
        self._path, self._kind, self._writer = path, kind, writer
        self._inspection: Inspection | None = None
        self._problem: BaseException | None = None

    def run(self) -> None:
        try:
            self._inspection = inspect(self._path, self._kind)
        except UserError as refused:
            self._problem = refused
            if threading.current_thread() is self:  # the library may be busy for a minute
                self._writer.refuse(refused)
                os._exit(0)
        except BaseException as problem:  # noqa: BLE001 raised again where the result is asked
            self._problem = problem

    def result(self) -> Inspection:
        """Raises: whatever the inspection raised."""
        if self.is_alive():
            self.join()
        if self._problem is not None:
            raise self._problem
        assert self._inspection is not None
        return self._inspection


def _emit_sheet(sheet: CalamineSheet, marks: Marks, writer: LineWriter) -> bool:
    start, end = sheet.start, sheet.end
    if (start is None or end is None) and not marks:
        return False
    filled = sheet.iter_rows() if start else iter(())
    first = min(chain(marks, (start[0] + 1,) if start else ()))
    last = max(chain(marks, (end[0] + 1,) if end else ()))
    if last > MAX_ROWS:
        raise refusal("WORKBOOK_TOO_LARGE", f"lebih dari {MAX_ROWS} baris")
    if end and end[1] >= MAX_COLUMNS:
        raise refusal("WORKBOOK_TOO_LARGE", f"lebih dari {MAX_COLUMNS} kolom")
    left = start[1] if start else 0
    columns = max(chain((end[1] + 1 if end else 0,), (max(row) + 1 for row in marks.values())))
    size = {"name": sheet.name, "first_row": first, "rows": last - first + 1, "columns": columns}
    writer.control("sheet", size)
    rows = zip(range(1, last + 1), chain(filled, repeat([])), strict=False)
    for number, row in rows:
        if number >= first:
            cells = [None] * left + row if left else row
            mine = marks.get(number)
            writer.row(number, _blanked(_marked(cells, mine) if mine else cells))
    return True


def _emit(name: str, rows: Iterable[tuple[int, list[Any]]], writer: LineWriter) -> None:
    """Write rows whose number is not known before the last one."""
    is_first = True
    for number, row in rows:
        if is_first:
            size = {"name": name, "first_row": number, "rows": 0, "columns": len(row)}
            writer.control("sheet", size)
            is_first = False
        if len(row) > MAX_COLUMNS:
            raise refusal("WORKBOOK_TOO_LARGE", f"lebih dari {MAX_COLUMNS} kolom")
        writer.row(number, _blanked(row))


def _blanked(cells: list[Any]) -> list[Any]:
    """Turn the library's empty text into null, and a row without anything into no cells."""
    if "" not in cells and None not in cells:
        return cells
    cells = [None if cell == "" else cell for cell in cells]
    return [] if cells.count(None) == len(cells) else cells


def _marked(cells: list[Any], marks: dict[int, list[str]]) -> list[Any]:
    wide = cells + [None] * (max(marks) + 1 - len(cells))
    for column, mark in marks.items():
        wide[column] = mark
    return wide


def _finite(cells: list[Any]) -> list[Any]:
    return [
        ["e", "#NUM!"] if isinstance(cell, float) and not isfinite(cell) else cell for cell in cells
    ]


def _named_errors(cells: list[Any]) -> list[Any]:
    return [
        ["e", cell] if isinstance(cell, str) and cell in _ERRORS else cell
        for cell in _finite(cells)
    ]


def _dated(cell: object) -> list[str]:
    """Encode what JSON has no type for; a datetime is also a date, so it comes first."""
    if isinstance(cell, datetime):
        return ["dt", cell.isoformat()]
    if isinstance(cell, date):
        return ["d", cell.isoformat()]
    if isinstance(cell, time):
        return ["t", cell.isoformat()]
    if isinstance(cell, timedelta):
        return ["t", _clock_time(cell)]
    raise TypeError(type(cell).__name__)


def _clock_time(length: timedelta) -> str:
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"


def _translated(problem: BaseException) -> UserError:
    if type(problem).__name__ == "PasswordError":
        return refusal("WORKBOOK_ENCRYPTED")
    return refusal("WORKBOOK_DAMAGED")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
