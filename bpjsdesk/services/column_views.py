"""Screen 2 of a list in work: each column with real values, how they are read, how it stands."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice, zip_longest
from operator import attrgetter
from types import MappingProxyType

from bpjsdesk.domain.cells import Cell, cell_text, label_key
from bpjsdesk.domain.column_guess import NumericNiks
from bpjsdesk.domain.columns import ColumnMap, DateOrder, Origin, column_letter
from bpjsdesk.domain.field_labels import ORDER_WORDS
from bpjsdesk.domain.identity import mask_nik
from bpjsdesk.domain.names import place_key
from bpjsdesk.domain.period import parse_iso_day
from bpjsdesk.domain.row_check import CheckedRow
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.row_kinds import RowKind
from bpjsdesk.domain.wording import format_count, format_date, format_percent, format_rupiah
from bpjsdesk.services.batches import CORRECT
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.staging import StagedList
from bpjsdesk.services.work_columns import numeric_niks, parsed, sheet_groups
from bpjsdesk.storage import regions

SAMPLES = 3
HIDDEN_TEXT = "••••••"
UNREAD = "tidak terbaca"
_HARDLY_READ = 0.9
_LOOKED_AT = 400  # rows, spread over the list
_BIRTH = ("birth_date", "birth_place_date")
_NUMBERS = ("nik", "family_card_no")
_SEXES = {"L": "Laki-laki", "P": "Perempuan"}
_NOTHING = frozenset({None, "", "-", "--", "–", "—", "."})
_DIGIT, _LETTER = re.compile(r"\d+"), re.compile(r"[^\W\d_]+")


class Tone(StrEnum):
    """How much a column asks for."""

    GOOD = "GOOD"
    LOOK = "LOOK"
    DECIDE = "DECIDE"
    SKIPPED = "SKIPPED"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnSample:
    """One real value and its reading in words; `reading` is empty for a column without a field."""

    shown: str
    reading: str
    is_read: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnView:
    """A column of the sheets that have the same heading; `field` is empty where it has none."""

    sheets: tuple[str, ...]
    index: int
    letter: str
    heading: str
    field: str
    origin: Origin | None
    filled: int
    samples: tuple[ColumnSample, ...]
    state: str
    tone: Tone


def column_views(context: AppContext, work: StagedList) -> tuple[ColumnView, ...]:
    """Give the columns of each group of sheets, in the order of the file.

    Empty columns without a heading are left out; the mother's name is never shown.
    """
    context.user.require("read.batches")
    numbers = {(facts.heading, facts.index): facts for facts in numeric_niks(work)}
    in_full = context.user.may(CORRECT)
    found = [
        _Column(work, group, at, rows)
        for group in sheet_groups(work)
        for rows in [_rows_of(work, group)]
        for at in range(len(work.rules.columns[group[0]].headers))
    ]
    codes = {row.region_code for column in found for _cell, row in column.sampled}
    with context.database.read() as connection:
        places = regions.region_names(connection, {code for code in codes if code})
    return tuple(
        _view(column, numbers.get((column.heading, column.index)), _Reader(places, in_full))
        for column in found
        if column.filled or column.heading
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """The rows of a group of sheets: what each was understood as, and the cells by column."""

    checked: Sequence[CheckedRow]
    columns: Sequence[tuple[Cell, ...]]


def _rows_of(work: StagedList, group: Sequence[str]) -> _Rows:
    names = set(group)
    people = (
        item
        for item in work.check.staged
        if item.row.sheet in names and item.row.kind is RowKind.DATA
    )
    found = list(parsed(people))
    columns = list(zip_longest(*(cells for _row, cells in found)))
    return _Rows(checked=[row for row, _cells in found], columns=columns)


class _Column:
    """The filled cells of one column, each with its row as understood."""

    def __init__(self, work: StagedList, group: tuple[str, ...], index: int, rows: _Rows) -> None:
        self.sheets = group
        self.index = index
        self.columns: ColumnMap = work.rules.columns[group[0]]
        self.heading = self.columns.headers[index]
        fields = {at: name for name, at in self.columns.fields.items()}
        self.field = fields.get(index, "")
        self._rows = rows
        self._column = rows.columns[index] if index < len(rows.columns) else ()
        self.filled = sum(map(_is_filled, self._column))
        self.sampled = self._various()

    def cells(self) -> Iterator[tuple[Cell, CheckedRow]]:
        """Give the filled cells one by one: to keep a pair for each would take a second."""
        pairs = zip(self._column, self._rows.checked, strict=False)
        return (pair for pair in pairs if _is_filled(pair[0]))

    def _various(self) -> list[tuple[Cell, CheckedRow]]:
        """Choose values that are written in different ways, as long as there are some."""
        shapes: dict[str, tuple[Cell, CheckedRow]] = {}
        rest: list[tuple[Cell, CheckedRow]] = []
        for cell, row in islice(self.cells(), 0, None, max(self.filled // _LOOKED_AT, 1)):
            shape = f"{type(cell)}{_LETTER.sub('a', _DIGIT.sub('9', cell_text(cell)))}"
            if shape not in shapes:
                shapes[shape] = cell, row
            elif len(rest) < SAMPLES:
                rest.append((cell, row))
            if len(shapes) == SAMPLES:
                break
        return [*shapes.values(), *rest][:SAMPLES]

    def read(self) -> int:
        """Count the filled cells that were understood."""
        value_of = _VALUE_OF.get(self.field)
        if value_of is None:
            return self.filled
        return sum(value_of(row) is not None for _cell, row in self.cells())


def _is_filled(cell: Cell) -> bool:
    return type(cell) is list or cell not in _NOTHING


_VALUE_OF: Mapping[str, Callable[[CheckedRow], object]] = MappingProxyType(
    {name: attrgetter(name) for name in ("nik", "name", "family_card_no", "sex", "phone", "wage")}
    | {name: attrgetter("birth_date") for name in _BIRTH}
)


class _Reader:
    """Puts what the rules understood of a cell into words."""

    def __init__(self, places: Mapping[str, str], in_full: bool) -> None:
        self._places = places
        self._in_full = in_full

    def sample(self, column: _Column, cell: Cell, row: CheckedRow) -> ColumnSample:
        field = column.field
        if field == "mother_name":
            return ColumnSample(shown=HIDDEN_TEXT, reading="disamarkan di layar", is_read=True)
        shown = _shown(cell)
        if not field:
            return ColumnSample(shown=shown, reading="", is_read=False)
        reading = self._reading(field, row, shown)
        if field in _NUMBERS and not self._in_full:
            shown, reading = mask_nik(shown), reading and mask_nik(reading)
        return ColumnSample(shown=shown, reading=reading or UNREAD, is_read=bool(reading))

    def _reading(self, field: str, row: CheckedRow, shown: str) -> str:
        if field in _BIRTH:
            day = format_date(row.birth_date) if row.birth_date else ""
            place = row.birth_place if field == "birth_place_date" and day else None
            return f"{place} · {day}" if place else day
        if field == "sex":
            return _SEXES.get(row.sex or "", "")
        if field == "village":
            name = self._places.get(row.region_code or "")
            return f"{name} · {row.region_code}" if name else ""
        if field == "wage":
            return format_rupiah(row.wage) if row.wage is not None else ""
        if field in _VALUE_OF:
            return getattr(row, field) or ""
        return str(getattr(row, field, None) or shown)


def _shown(cell: Cell) -> str:
    """Give what stands in a cell; a day that is typed as one as the sheet shows it here."""
    day = parse_iso_day(cell[1][:10]) if isinstance(cell, list) else None
    return format_date(day, "short") if day else cell_text(cell)


def _view(column: _Column, numbers: NumericNiks | None, reader: _Reader) -> ColumnView:
    state, tone = _state(column, numbers)
    return ColumnView(
        sheets=column.sheets,
        index=column.index,
        letter=column_letter(column.index),
        heading=column.heading,
        field=column.field,
        origin=column.columns.origins.get(column.field, Origin.SYNONYM) if column.field else None,
        filled=column.filled,
        samples=tuple(reader.sample(column, cell, row) for cell, row in column.sampled),
        state=state,
        tone=tone,
    )


def _state(column: _Column, numbers: NumericNiks | None) -> tuple[str, Tone]:
    if column.field in ("", "number"):
        return _aside_state(column)
    if column.columns.origins.get(column.field) is Origin.CONTENT:
        return "ditebak dari isinya, putuskan", Tone.DECIDE
    if column.field == "nik" and numbers is not None:
        return _number_state(numbers)
    if column.field in _COUNTED:
        return _COUNTED[column.field](column.cells())
    return _read_state(column)


def _aside_state(column: _Column) -> tuple[str, Tone]:
    if column.field:
        return "nomor urut, disimpan bersama baris", Tone.SKIPPED
    if column.index in column.columns.unused:
        return "tidak dipakai, disimpan bersama baris", Tone.SKIPPED
    return "belum dipetakan", Tone.DECIDE


def _number_state(numbers: NumericNiks) -> tuple[str, Tone]:
    cells = f"{format_count(numbers.numbers)} sel angka"
    if numbers.is_truncated:
        return f"kolom terpotong: {cells}, angka terakhir hilang", Tone.DECIDE
    return f"{cells}, 15 digit saja", Tone.LOOK


def _read_state(column: _Column) -> tuple[str, Tone]:
    if not column.filled:
        return "kosong", Tone.LOOK
    share = column.read() / column.filled
    # rounded down, so that no column is called complete that is not
    percent = f"{format_percent(int(share * 100), decimals=0)} terbaca"
    tone = Tone.GOOD if share >= _HARDLY_READ else Tone.LOOK
    if column.field not in _BIRTH or tone is Tone.LOOK:
        return percent, tone
    order = column.columns.date_order
    return ORDER_WORDS[order], Tone.LOOK if order is DateOrder.MIXED else Tone.GOOD


Cells = Iterable[tuple[Cell, CheckedRow]]


def _sex_state(cells: Cells) -> tuple[str, Tone]:
    return _spelling_state({(cell_text(cell), row.sex) for cell, row in cells})


def _village_state(cells: Cells) -> tuple[str, Tone]:
    told = {(row.village or cell_text(cell), _place_of(row)) for cell, row in cells}
    return _spelling_state({(place_key(text), code) for text, code in told})


def _place_of(row: CheckedRow) -> str | None:
    """Leave a village alone whose city contradicts: its spelling is no matter here."""
    code = row.region_code
    return "?" if code is None and IssueCode.OUT_OF_REGION in row.codes else code


def _category_state(cells: Cells) -> tuple[str, Tone]:
    unknown = IssueCode.CATEGORY_UNKNOWN
    return _spelling_state(
        {(cell_text(cell), None if unknown in row.codes else "known") for cell, row in cells}
    )


def _spelling_state(told: set[tuple[str, str | None]]) -> tuple[str, Tone]:
    unknown = len({spelling for spelling, value in told if value is None})
    if unknown:
        return f"{format_count(unknown)} ejaan belum sama", Tone.LOOK
    spellings, values = len({text for text, _ in told}), len({value for _, value in told})
    return f"{format_count(spellings)} ejaan → {format_count(values)} nilai", Tone.GOOD


def _occupation_state(cells: Cells) -> tuple[str, Tone]:
    words = {row.occupation or cell_text(cell) for cell, row in cells}
    return f"{format_count(len(set(map(label_key, words))))} nilai", Tone.GOOD


_COUNTED: Mapping[str, Callable[[Cells], tuple[str, Tone]]] = MappingProxyType(
    {
        "sex": _sex_state,
        "village": _village_state,
        "category": _category_state,
        "occupation": _occupation_state,
    }
)
