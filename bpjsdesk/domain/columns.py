"""Find the heading row of a list of workers and say which column holds what."""

import dataclasses
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from bpjsdesk.domain.cells import Cell, cell_text, is_empty, label_key
from bpjsdesk.errors import UserError

FIELDS = (
    "number",
    "nik",
    "family_card_no",
    "name",
    "birth_place",
    "birth_date",
    "birth_place_date",
    "sex",
    "mother_name",
    "address",
    "neighbourhood",
    "village",
    "district",
    "city",
    "phone",
    "email",
    "occupation",
    "category",
    "wage",
    "bank",
    "account_no",
    "heir_name",
    "heir_relation",
    "desil",
    "claim_programme",
    "start_month",
    "month_count",
    "note",
    "row_key",
)
ROW_KEY_HEADER = "Kunci Baris"
REQUIRED: Mapping[str, str] = MappingProxyType({"nik": "NIK", "name": "Nama"})

_ROWS_SEARCHED = 40
_BRACKETED = re.compile(r"\([^)]*\)")
_COLUMN_NUMBER = re.compile(r"\(?\s*(\d{1,2})\s*[.)]?\s*\)?")
_FEWEST_NUMBERED_CELLS = 3
_FEWEST_KNOWN_HEADINGS = 2
_NIK_LIKE = re.compile(r"[0-9]{15,17}")
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class DateOrder(StrEnum):
    """Whether day or month comes first in the birth dates of one column.

    ASSUMED: no date in it tells. MIXED: some can only be the one, some only the other, so that
    each row is judged with its NIK. The last two are a clerk's own choice.
    """

    ASSUMED = "ASSUMED"
    DAY_FIRST = "DAY_FIRST"
    MONTH_FIRST = "MONTH_FIRST"
    MIXED = "MIXED"
    DAY_CHOSEN = "DAY_CHOSEN"
    MONTH_CHOSEN = "MONTH_CHOSEN"

    @property
    def is_month_first(self) -> bool:
        return self in (DateOrder.MONTH_FIRST, DateOrder.MONTH_CHOSEN)

    @property
    def is_chosen(self) -> bool:
        return self in (DateOrder.DAY_CHOSEN, DateOrder.MONTH_CHOSEN)


class Origin(StrEnum):
    """Why a column was taken for its field."""

    SYNONYM = "SYNONYM"
    MEMORY = "MEMORY"
    CONTENT = "CONTENT"
    SHEET = "SHEET"
    CLERK = "CLERK"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnMap:
    """Which column holds which field.

    `header_row` and `first_data_row` count from 0 within the rows that were searched; `headers`
    are the heading texts of all columns in order (two rows joined by a space), `unmapped` the
    columns with a heading that means no field, and `header_keys` every heading word for the
    recognition of a heading that is repeated further down.
    `origins` names the fields that were not found by their heading alone; `unused` are the columns
    of which somebody has said that they mean nothing.
    """

    header_row: int
    first_data_row: int
    fields: Mapping[str, int]
    headers: tuple[str, ...]
    unmapped: tuple[tuple[int, str], ...]
    header_keys: frozenset[str]
    date_order: DateOrder = DateOrder.ASSUMED
    origins: Mapping[str, Origin] = dataclasses.field(default_factory=dict)
    unused: frozenset[int] = frozenset()

    def index(self, field: str) -> int | None:
        """Give the position of a field's column, or None where the file has none."""
        return self.fields.get(field)

    @property
    def is_guessed(self) -> bool:
        """Say whether NIK or name was only guessed from what the column holds."""
        return any(self.origins.get(name) is Origin.CONTENT for name in REQUIRED)

    @property
    def birth_index(self) -> int | None:
        """Give the position of the column whose birth dates are read."""
        return self.fields.get("birth_date", self.fields.get("birth_place_date"))


def find_columns(
    rows: Sequence[Sequence[Cell]],
    synonyms: Mapping[str, Iterable[str]],
    *,
    required: Mapping[str, str] = REQUIRED,
    remembered: Mapping[str, str] = MappingProxyType({}),
) -> ColumnMap:
    """Find the heading among the first 40 rows, below letterheads, over one or two rows.

    `synonyms` maps a field to its spellings, `required` the fields that must be there to the name
    that the reader knows them by. A row of column numbers below the heading is skipped.
    `remembered` maps the key of a heading to the field that its sender means by it, "" for none;
    it goes before the synonyms.
    Raises: UserError HEADER_NOT_FOUND naming what was looked for.
    """
    spellings = _spelling_index(synonyms) | dict(remembered)
    searched = rows[:_ROWS_SEARCHED]
    best: dict[str, int] = {}
    for position, row in enumerate(searched):
        found, depth = _read_heading(searched[position : position + 2], spellings)
        if required.keys() <= found.keys():
            return with_memory(_column_map(searched, position, depth, found), remembered)
        best = max(best, found, key=len) if row else best
    raise UserError("HEADER_NOT_FOUND", _missing_sentence(best, required))


def columns_at(
    rows: Sequence[Sequence[Cell]],
    position: int,
    synonyms: Mapping[str, Iterable[str]],
    *,
    remembered: Mapping[str, str] = MappingProxyType({}),
) -> ColumnMap:
    """Read the heading at one row, whatever it knows; fields may be missing."""
    spellings = _spelling_index(synonyms) | dict(remembered)
    found, depth = _read_heading(rows[position : position + 2], spellings)
    return with_memory(_column_map(rows, position, depth, found), remembered)


def likeliest_heading(
    rows: Sequence[Sequence[Cell]], synonyms: Mapping[str, Iterable[str]]
) -> int | None:
    """Give the row with the most known headings, two at least; None where there is none."""
    spellings = _spelling_index(synonyms)
    found = [
        len(_read_heading(rows[position : position + 1], spellings)[0])
        for position in range(min(len(rows), _ROWS_SEARCHED))
    ]
    most = max(found, default=0)
    return found.index(most) if most >= _FEWEST_KNOWN_HEADINGS else None


def remapped(columns: ColumnMap, changes: Mapping[int, str], origin: Origin) -> ColumnMap:
    """Give columns other meanings, "" for none; a field that moves leaves its old column."""
    fields = {name: at for name, at in columns.fields.items() if at not in changes}
    wanted = {name: at for at, name in changes.items() if name}
    fields = {name: at for name, at in fields.items() if name not in wanted} | wanted
    kept = {name: why for name, why in columns.origins.items() if fields.get(name) is not None}
    unused = {at for at, name in changes.items() if not name}
    return replace(
        columns,
        fields=fields,
        origins={name: kept[name] for name in kept if name not in wanted}
        | dict.fromkeys(wanted, origin),
        unused=(columns.unused | unused) - set(fields.values()),
        unmapped=_unmapped(columns.headers, fields),
    )


def with_memory(
    columns: ColumnMap, remembered: Mapping[str, str], *, but: Collection[str] = ()
) -> ColumnMap:
    """Give each heading the meaning that its sender means by it, once per heading.

    The headings `but` keep their meaning, and no other column gets it.
    """
    kept = {name for name, at in columns.fields.items() if columns.headers[at] in but}
    changes: dict[int, str] = {}
    for at, heading in enumerate(columns.headers):
        meant = remembered.get(label_key(heading)) if heading and heading not in but else None
        if meant is not None and (not meant or meant not in kept):
            changes[at] = meant
            kept.add(meant)
    return remapped(columns, changes, Origin.MEMORY) if changes else columns


def column_letter(index: int) -> str:
    """Name a column as the spreadsheet does: A, B, … Z, AA."""
    letters, rest = "", index + 1
    while rest:
        rest, place = divmod(rest - 1, len(_ALPHABET))
        letters = _ALPHABET[place] + letters
    return letters


def plain_headings(columns: ColumnMap, synonyms: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """Give headings that mean the same in a single row, as those of two rows joined may not."""
    known = {field: list(spellings) for field, spellings in synonyms.items()}
    alone = _fields_of([[text] for text in columns.headers], _spelling_index(known))
    headings = list(columns.headers)
    for field, index in columns.fields.items():
        if alone.get(field) != index and known.get(field):
            headings[index] = known[field][0]
    return tuple(headings)


def numbered_headings(headers: Iterable[str]) -> list[tuple[str, int]]:
    """Tell equal headings apart by counting them."""
    seen: Counter[str] = Counter()
    numbered = []
    for text in headers:
        seen[text] += 1
        numbered.append((text, seen[text]))
    return numbered


def is_numbering(cells: Sequence[Cell]) -> bool:
    """Say whether a row only counts its columns: (1) (2) (3) or 1 2 3."""
    texts = [text for text in map(cell_text, cells) if text]
    if len(texts) < _FEWEST_NUMBERED_CELLS:
        return False
    found = [_COLUMN_NUMBER.fullmatch(text) for text in texts]
    numbers = [int(match[1]) for match in found if match]
    return numbers == list(range(1, len(texts) + 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    header_row: int
    depth: int
    numbered: int


def _spelling_index(synonyms: Mapping[str, Iterable[str]]) -> dict[str, str]:
    index = {label_key(ROW_KEY_HEADER): "row_key"}
    for field, spellings in synonyms.items():
        for spelling in spellings:
            index.setdefault(label_key(spelling), field)
    index.pop("", None)
    return index


def _read_heading(
    pair: Sequence[Sequence[Cell]], spellings: Mapping[str, str]
) -> tuple[dict[str, int], int]:
    """Read one row, and together with the next one where that tells more."""
    single = _fields_of([[text] for text in _texts(pair[0])], spellings)
    if len(pair) == 1 or not _may_be_heading(pair[1]):
        return single, 1
    double = _fields_of(_joined(pair[0], pair[1]), spellings)
    # The upper half alone must look like a heading, or a title row would be swallowed with it.
    if single and len(double) > len(single):
        return double, 2
    return single, 1


def _may_be_heading(row: Sequence[Cell]) -> bool:
    filled = [cell for cell in row if not is_empty(cell)]
    return bool(filled) and all(
        isinstance(cell, str) and not _NIK_LIKE.fullmatch(label_key(cell)) for cell in filled
    )


def _texts(row: Sequence[Cell]) -> list[str]:
    return [cell_text(cell) if isinstance(cell, str) else "" for cell in row]


def _joined(upper: Sequence[Cell], lower: Sequence[Cell]) -> list[list[str]]:
    """Give each column's readings, best first; a merged upper cell reaches to its right."""
    tops, bottoms = _texts(upper), _texts(lower)
    width = max(len(tops), len(bottoms))
    tops += [""] * (width - len(tops))
    bottoms += [""] * (width - len(bottoms))
    readings, reach = [], ""
    for top, bottom in zip(tops, bottoms, strict=True):
        reach = top or (reach if bottom else "")
        if bottom and reach:
            last_word = reach.split()[-1]
            readings.append(
                [f"{bottom} {reach}", f"{reach} {bottom}", f"{bottom} {last_word}", bottom, top]
            )
        else:
            readings.append([bottom or top])
    return readings


def _fields_of(columns: Sequence[Sequence[str]], spellings: Mapping[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, readings in enumerate(columns):
        for reading in readings:
            field = spellings.get(label_key(reading))
            if field is None:
                field = spellings.get(label_key(_BRACKETED.sub(" ", reading)))
            if field:
                found.setdefault(field, index)
            if field is not None:  # a sender's "means nothing" ends the search, too
                break
    return found


def _column_map(
    rows: Sequence[Sequence[Cell]], position: int, depth: int, fields: Mapping[str, int]
) -> ColumnMap:
    below = position + depth
    numbered = 1 if below < len(rows) and is_numbering(rows[below]) else 0
    heads = rows[position:below]
    width = max(map(len, heads))
    columns = [
        [text for row in heads if index < len(row) and (text := _texts(row)[index])]
        for index in range(width)
    ]
    keys = frozenset(label_key(text) for texts in columns for text in texts) - {""}
    shape = _Shape(header_row=position, depth=depth, numbered=numbered)
    return _assemble(shape, tuple(" ".join(texts) for texts in columns), fields, keys)


def _assemble(
    shape: _Shape, headers: tuple[str, ...], fields: Mapping[str, int], keys: frozenset[str]
) -> ColumnMap:
    return ColumnMap(
        header_row=shape.header_row,
        first_data_row=shape.header_row + shape.depth + shape.numbered,
        fields=dict(fields),
        headers=headers,
        unmapped=_unmapped(headers, fields),
        header_keys=keys,
    )


def _unmapped(headers: tuple[str, ...], fields: Mapping[str, int]) -> tuple[tuple[int, str], ...]:
    taken = set(fields.values())
    return tuple((at, text) for at, text in enumerate(headers) if text and at not in taken)


def _missing_sentence(best: Mapping[str, int], required: Mapping[str, str]) -> str:
    wanted = [label for field, label in required.items() if field not in best]
    columns = " dan ".join(f"“{label}”" for label in wanted)
    return (
        f"Baris judul tidak ditemukan: kolom {columns} dicari di {_ROWS_SEARCHED} baris pertama. "
        "Tulis judul itu di atas kolomnya, atau salin data ke templat dari program ini."
    )
