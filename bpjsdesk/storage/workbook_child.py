"""The program that reads one workbook in a process of its own and writes JSON lines.

A kilobyte file can abort the reading library or ask for gigabytes, so nothing here runs inside
the program that the clerk works with. Lines on stdout, in order:
`{"sheet": {"name", "first_row", "rows", "columns"}}`, then `[cells…]` for each row from the first
on without a gap, and last `{"finished": {"rows", "skipped"}}`; or, at any point and as the last
line, `{"refused": {"code", "message"}}`.
Cells: text, numbers, true/false and null as they are; `["d", day]`, `["dt", moment]`,
`["t", time]`, `["e", error]`, `["f", ""]` for a formula that was saved without its value.
"""

import json
import os
import sys
import threading
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain, islice, repeat
from math import isfinite
from pathlib import Path
from typing import Any, BinaryIO

from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from bpjsdesk.errors import UserError
from bpjsdesk.storage.child_limits import limit_this_process
from bpjsdesk.storage.workbook_csv import csv_rows
from bpjsdesk.storage.workbook_guard import inspect
from bpjsdesk.storage.workbook_kind import (
    EXPLANATION_MARK,
    EXPLANATION_SHEETS,
    FROM_PIPE,
    Kind,
    kind_of,
)
from bpjsdesk.storage.workbook_marks import Marks
from bpjsdesk.storage.workbook_refusals import MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS, refusal

_MEMORY_BYTES = 1_500 << 20
_CPU_S = 90
_ROWS_A_BLOCK = 250
TEXT_SHEET, PASTED_SHEET = "CSV", "Tempelan"
_BETWEEN_ROWS = "],null,["
# below this a guard that runs first costs nothing; above it, it runs beside the library
_BESIDE_BYTES = 1_000_000
_ERRORS = frozenset(
    ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA")
)


def main(arguments: list[str]) -> int:
    """Read the file named first, "-" for text that comes in; `--guard-only`: only refuse."""
    limit_this_process(memory_bytes=_MEMORY_BYTES, cpu_s=_CPU_S)
    with open(1, "wb", closefd=False) as out:
        writer = LineWriter(out)
        try:
            if arguments[0] == FROM_PIPE:
                _read_pipe(writer)
            else:
                _read(Path(arguments[0]), writer, guard_only="--guard-only" in arguments)
        except UserError as refused:
            writer.refuse(refused)
        except MemoryError:
            writer.refuse(refusal("WORKBOOK_TOO_HEAVY"))
        except BrokenPipeError:
            return 1  # the parent has stopped listening
        except BaseException as problem:  # noqa: BLE001 the library's panics are no Exception
            writer.refuse(_translated(problem))
    return 0


class LineWriter:
    """Write one JSON line a row; a block of rows is encoded in one call, for speed."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._encode = json.JSONEncoder(
            ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=_dated
        ).encode
        self.rows = 0

    def control(self, name: str, content: object) -> None:
        """Write a line that is no row, at once."""
        self._out.write(self._encode({name: content}).encode() + b"\n")
        self._out.flush()

    def refuse(self, refused: UserError) -> None:
        """Write why the file is not read; nothing may follow."""
        self.control("refused", {"code": refused.code, "message": refused.message})

    def all_rows(self, rows: Iterator[list[Any]]) -> None:
        """Write rows in which "" stands for a blank cell and None never occurs."""
        while block := list(islice(rows, _ROWS_A_BLOCK)):
            self.rows += len(block)
            if self.rows > MAX_ROWS:
                raise refusal("WORKBOOK_TOO_LARGE", f"lebih dari {MAX_ROWS} baris")
            block = [row if any(row) else _without_blanks(row) for row in block]
            self._out.write(self._lines(block).encode() + b"\n")
            self._out.flush()

    def _lines(self, block: list[list[Any]]) -> str:
        try:
            text = self._joined(block)
        except ValueError:  # a number that is none
            text = '"#'
        if '"#' in text:
            text = self._joined([_named_errors(row) for row in block])
        # inside a JSON string each quote follows a backslash, so this meets whole cells only
        text = text.replace(',""', ",null").replace('[""', "[null")
        return text.replace('["f",null]', '["f",""]')

    def _joined(self, block: list[list[Any]]) -> str:
        text = self._encode([part for row in block for part in (row, None)])
        if text.count(_BETWEEN_ROWS) == len(block) - 1:
            return text[1:-6].replace(_BETWEEN_ROWS, "]\n[")
        return "\n".join(map(self._encode, block))  # the mark occurs inside some cell


def _read_pipe(writer: LineWriter) -> None:
    with open(0, "rb", closefd=False) as pipe:
        content = pipe.read(MAX_FILE_BYTES + 1)
    if len(content) > MAX_FILE_BYTES:
        raise refusal("WORKBOOK_TOO_LARGE", f"lebih dari {MAX_FILE_BYTES // 1_000_000} MB")
    _read_text(content, PASTED_SHEET, writer)
    if writer.rows == 0:
        raise refusal("WORKBOOK_EMPTY")
    writer.control("finished", {"rows": writer.rows, "skipped": []})


def _read(path: Path, writer: LineWriter, *, guard_only: bool) -> None:
    kind = kind_of(path)
    if guard_only:
        inspect(path, kind)
        raise refusal("WORKBOOK_TOO_HEAVY")
    if kind is Kind.CSV:
        skipped = _read_text(path.read_bytes(), TEXT_SHEET, writer)
    else:
        skipped = _read_book(path, kind, writer)
    if writer.rows == 0:
        hidden = any(sheet["reason"] == "hidden" for sheet in skipped)
        raise refusal("WORKBOOK_EMPTY", " (lembarnya tersembunyi)" if hidden else "")
    writer.control("finished", {"rows": writer.rows, "skipped": skipped})


def _read_text(content: bytes, sheet: str, writer: LineWriter) -> list[dict[str, str]]:
    rows = _without_blank_ends(csv_rows(content))
    first = next(rows, None)
    if first:
        number, cells = first
        size = {"name": sheet, "first_row": number, "rows": 0, "columns": len(cells)}
        writer.control("sheet", size)
        writer.all_rows(row for _, row in chain((first,), rows))
    return []


def _without_blank_ends(rows: Iterable[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Number the rows; leave out blank ones before the first and after the last filled one."""
    waiting: list[tuple[int, list[str]]] | None = None
    for number, row in enumerate(rows, 1):
        if len(row) > MAX_COLUMNS:
            raise refusal("WORKBOOK_TOO_LARGE", f"lebih dari {MAX_COLUMNS} kolom")
        if any(row):
            yield from waiting or ()
            waiting = []
            yield number, row
        elif waiting is not None:
            waiting.append((number, row))


def _read_book(path: Path, kind: Kind, writer: LineWriter) -> list[dict[str, str]]:
    guard = Guard(path, kind, writer)
    beside = kind is Kind.XLSX and path.stat().st_size >= _BESIDE_BYTES
    if beside:
        guard.start()
    else:
        guard.run()
        guard.result()
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
                reason = _emit_sheet(cells, guard.result().get(sheet.name, {}), writer)
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
        self._marks: dict[str, Marks] | None = None
        self._problem: BaseException | None = None

    def run(self) -> None:
        try:
            self._marks = inspect(self._path, self._kind)
        except UserError as refused:
            self._problem = refused
            if threading.current_thread() is self:  # the library may be busy for a minute
                self._writer.refuse(refused)
                os._exit(0)
        except BaseException as problem:  # noqa: BLE001 raised again where the result is asked
            self._problem = problem

    def result(self) -> dict[str, Marks]:
        """Raises: whatever the inspection raised."""
        if self.is_alive():
            self.join()
        if self._problem is not None:
            raise self._problem
        assert self._marks is not None
        return self._marks


def _emit_sheet(sheet: CalamineSheet, marks: Marks, writer: LineWriter) -> str:
    """Write a sheet, or say why it is passed over."""
    start, end = sheet.start, sheet.end
    if (start is None or end is None) and not marks:
        return "empty"
    if _is_explanation(sheet):
        return "explanation"
    first = min(chain(marks, (start[0] + 1,) if start else ()))
    last = max(chain(marks, (end[0] + 1,) if end else ()))
    columns = max(chain((end[1] + 1 if end else 0,), (max(row) + 1 for row in marks.values())))
    if last > MAX_ROWS:
        raise refusal("WORKBOOK_TOO_LARGE", f"lebih dari {MAX_ROWS} baris")
    if columns > MAX_COLUMNS:
        raise refusal("WORKBOOK_TOO_LARGE", f"lebih dari {MAX_COLUMNS} kolom")
    size = {"name": sheet.name, "first_row": first, "rows": last - first + 1, "columns": columns}
    writer.control("sheet", size)
    # the library starts at the first row of the sheet, but at the first filled column
    rows: Iterator[list[Any]] = chain(sheet.iter_rows() if start else (), repeat([]))
    left = start[1] if start else 0
    if left or marks:
        rows = _placed(rows, left, marks)
    writer.all_rows(islice(rows, first - 1, last))
    return ""


def _is_explanation(sheet: CalamineSheet) -> bool:
    if sheet.name not in EXPLANATION_SHEETS:
        return False
    first = next(iter(sheet.to_python(nrows=1)), [])
    return bool(first) and str(first[0]).startswith(EXPLANATION_MARK)


def _placed(rows: Iterable[list[Any]], left: int, marks: Marks) -> Iterator[list[Any]]:
    """Put cells back into their columns and marks into their cells."""
    indent = [""] * left
    for number, row in enumerate(rows, 1):
        cells = indent + row
        if mine := marks.get(number):
            cells += [""] * (max(mine) + 1 - len(cells))
            for column, mark in mine.items():
                cells[column] = mark
        yield cells


def _without_blanks(row: list[Any]) -> list[Any]:
    """Turn a row of empty texts into no cells; false and zero are no blanks."""
    return [] if row.count("") == len(row) else row


def _named_errors(row: list[Any]) -> list[Any]:
    return [_named_error(cell) for cell in row]


def _named_error(cell: object) -> object:
    if isinstance(cell, float) and not isfinite(cell):
        return ["e", "#NUM!"]
    return ["e", cell] if isinstance(cell, str) and cell in _ERRORS else cell


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
