"""Read a list out of a workbook: the heading of each sheet, then every row below it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.column_guess import guessed_columns
from bpjsdesk.domain.columns import ColumnMap, find_columns, is_numbering
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken
from bpjsdesk.storage.workbook import Finished, RawRow, RowChunk, SheetStart, read_workbook

HEADING_WITHIN = 40
NIK_SIZED = range(10**15, 10**16)
NIK_DIGITS = 16
HIDDEN = "hidden"

Synonyms = Mapping[str, Iterable[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRows:
    """Some rows of a sheet below its heading; `expected` is 0 where the total is not known."""

    sheet: str
    columns: ColumnMap
    rows: Sequence[RawRow]
    expected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRest:
    """All rows of a sheet in which nothing looks like a list; somebody may know better."""

    sheet: str
    rows: Sequence[RawRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEnd:
    """The whole file has been read; the named sheets were hidden, or held no list and no NIK."""

    digest: str
    skipped_sheets: tuple[str, ...]


def read_list(
    path: Path, synonyms: Synonyms, *, cancel: CancelToken
) -> Iterator[ListRows | ListEnd]:
    """Yield the rows of every sheet that has a heading; the last part is a `ListEnd`.

    Raises: UserError HEADER_NOT_FOUND when no sheet has a heading, or when one without a heading
        holds NIKs and would be lost; WORKBOOK_…; Cancelled.
    """
    sheet = _Sheet(synonyms)
    skipped: list[str] = []
    first_refusal: UserError | None = None
    found_any = False
    for part in read_workbook(path, cancel=cancel):
        if isinstance(part, RowChunk):
            yield from sheet.feed(part.rows)
            continue
        yield from sheet.end()
        found_any = found_any or sheet.columns is not None
        if sheet.refusal is not None:
            skipped.append(f"{sheet.name} (tanpa daftar)")
            first_refusal = first_refusal or sheet.refusal
        if isinstance(part, SheetStart):
            sheet = _Sheet(synonyms, name=part.name, expected=part.rows)
        elif isinstance(part, Finished):
            if first_refusal is not None and not found_any:
                raise first_refusal
            hidden = (
                f"{left.name} (tersembunyi)" for left in part.skipped if left.reason == HIDDEN
            )
            yield ListEnd(digest=part.digest, skipped_sheets=(*skipped, *hidden))


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetHead:
    """A sheet as far as its heading: `top` are its first rows, `begins` where the list begins.

    `columns` is None where nothing in it looks like a list; they are a guess unless `is_found`.
    `begins` counts within `top`, as `columns.header_row` does. `missing` says why no heading was
    found.
    """

    name: str
    top: Sequence[RawRow]
    columns: ColumnMap | None
    is_found: bool
    begins: int
    rows: int
    missing: str = ""


def read_sheets(
    path: Path,
    synonyms: Synonyms,
    *,
    cancel: CancelToken,
    remembered: Mapping[str, str] = MappingProxyType({}),
    heading_row: int | None = None,
    pasted: bytes | None = None,
) -> Iterator[SheetHead | ListRows | SheetRest | ListEnd]:
    """Yield each sheet's head and then its rows, also where the heading had to be guessed.

    `pasted` is read instead of a file. `remembered` is what the sender means by a heading,
    `heading_row` the number of the row in which somebody has said that it stands. The `ListEnd`
    names the hidden sheets only, a `SheetRest` holds the rows of a sheet without a list.
    Raises: UserError WORKBOOK_…; Cancelled.
    """
    known = _Known(synonyms=synonyms, remembered=remembered, heading_row=heading_row)
    sheet = _OpenSheet(SheetStart(name="", first_row=1, rows=0, columns=0), known)
    for part in read_workbook(path, cancel=cancel, pasted=pasted):
        if isinstance(part, RowChunk):
            yield from sheet.feed(part.rows)
            continue
        yield from sheet.end()
        if isinstance(part, SheetStart):
            sheet = _OpenSheet(part, known)
        elif isinstance(part, Finished):
            hidden = (left.name for left in part.skipped if left.reason == HIDDEN)
            yield ListEnd(digest=part.digest, skipped_sheets=tuple(hidden))


def list_begins(rows: Sequence[Sequence[Cell]], columns: ColumnMap) -> int:
    """Say where the rows of the list begin; a row of column numbers is a row of the list."""
    return _heading_height(rows, columns)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    synonyms: Synonyms
    remembered: Mapping[str, str]
    heading_row: int | None


class _OpenSheet:
    """A sheet that is being read: with a heading its rows pass, without one they wait for all."""

    def __init__(self, start: SheetStart, known: _Known) -> None:
        self._start = start
        self._synonyms = known.synonyms
        self._remembered = known.remembered
        self._heading_row = known.heading_row
        self._waiting: list[RawRow] = []
        self._columns: ColumnMap | None = None
        self._missing = ""

    def feed(self, rows: list[RawRow]) -> Iterator[SheetHead | ListRows]:
        if self._columns is not None:
            yield self._rows(rows)
            return
        self._waiting += rows
        if len(self._waiting) >= HEADING_WITHIN and not self._missing:
            yield from self._look()

    def end(self) -> Iterator[SheetHead | ListRows | SheetRest]:
        if self._waiting and not self._missing:
            yield from self._look()
        if self._waiting:
            yield from self._guess()

    def _look(self) -> Iterator[SheetHead | ListRows]:
        if self._told_heading() is not None:
            self._missing = f"Baris {self._heading_row} bukan judul daftar: tidak ada kolom NIK."
            return
        top = [cells for _number, cells, _raw in self._waiting[:HEADING_WITHIN]]
        try:
            columns = find_columns(top, self._synonyms, remembered=self._remembered)
        except UserError as refusal:
            self._missing = refusal.message
            return
        yield from self._begin(columns, _heading_height(top, columns), is_found=True)

    def _guess(self) -> Iterator[SheetHead | ListRows | SheetRest]:
        rows = [cells for _number, cells, _raw in self._waiting]
        told = self._told_heading()
        columns = guessed_columns(rows, self._synonyms, at=told, remembered=self._remembered)
        if columns is None:
            yield self._head(None, 0, is_found=False)
            yield SheetRest(sheet=self._start.name, rows=self._waiting)
            return
        begins = _heading_height(rows, columns)
        yield from self._begin(columns, begins, is_found=told is not None)

    def _told_heading(self) -> int | None:
        """Find the row that somebody has named as the heading among the first ones."""
        numbers = [number for number, _cells, _raw in self._waiting[:HEADING_WITHIN]]
        return numbers.index(self._heading_row) if self._heading_row in numbers else None

    def _begin(
        self, columns: ColumnMap, begins: int, *, is_found: bool
    ) -> Iterator[SheetHead | ListRows]:
        yield self._head(columns, begins, is_found=is_found)
        self._columns = columns
        waiting, self._waiting = self._waiting, []
        yield self._rows(waiting[begins:])

    def _head(self, columns: ColumnMap | None, begins: int, *, is_found: bool) -> SheetHead:
        return SheetHead(
            name=self._start.name,
            top=self._waiting[:HEADING_WITHIN],
            columns=columns,
            is_found=is_found,
            begins=begins,
            rows=max(self._start.rows, len(self._waiting)),
            missing=self._missing,
        )

    def _rows(self, rows: list[RawRow]) -> ListRows:
        assert self._columns is not None  # only called once the columns are known
        name, expected = self._start.name, self._start.rows
        return ListRows(sheet=name, columns=self._columns, rows=rows, expected=expected)


class _Sheet:
    """Look for the heading among the first rows, then pass on what lies below it."""

    def __init__(self, synonyms: Synonyms, *, name: str = "", expected: int = 0) -> None:
        self.name = name
        self.columns: ColumnMap | None = None
        self.refusal: UserError | None = None
        self._expected = expected
        self._synonyms = synonyms
        self._waiting: list[RawRow] = []

    def feed(self, rows: list[RawRow]) -> Iterator[ListRows]:
        if self.columns is not None:
            yield self._rows(rows)
        elif self.refusal is not None:
            self._require_no_nik(rows)
        else:
            self._waiting += rows
            if len(self._waiting) >= HEADING_WITHIN:
                yield from self._begin()

    def end(self) -> Iterator[ListRows]:
        if self._waiting:
            yield from self._begin()

    def _begin(self) -> Iterator[ListRows]:
        waiting, self._waiting = self._waiting, []
        searched = [cells for _number, cells, _raw in waiting[:HEADING_WITHIN]]
        try:
            self.columns = find_columns(searched, self._synonyms)
        except UserError as refusal:
            self.refusal = UserError(refusal.code, f"Lembar “{self.name}”: {refusal.message}")
            self._require_no_nik(waiting)
            return
        yield self._rows(waiting[_heading_height(searched, self.columns) :])

    def _rows(self, rows: list[RawRow]) -> ListRows:
        assert self.columns is not None  # only called once the heading is known
        return ListRows(sheet=self.name, columns=self.columns, rows=rows, expected=self._expected)

    def _require_no_nik(self, rows: list[RawRow]) -> None:
        if any(_is_nik_sized(cell) for _number, cells, _raw in rows for cell in cells):
            assert self.refusal is not None  # only called after the heading was missed
            raise self.refusal


def _heading_height(rows: Sequence[Sequence[Cell]], columns: ColumnMap) -> int:
    """Count the rows down to the heading; a row of column numbers is a row of the list."""
    below = columns.first_data_row
    has_numbers = below - 1 > columns.header_row >= 0 and is_numbering(rows[below - 1])
    return below - 1 if has_numbers else below


def _is_nik_sized(cell: Cell) -> bool:
    if isinstance(cell, str):
        return len(cell.strip()) == NIK_DIGITS and cell.strip().isdigit()
    return isinstance(cell, int | float) and int(cell) in NIK_SIZED
