"""What the cells of a column tell about it: its field, its date order, digits that were lost."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from bpjsdesk.domain.cells import Cell, cell_text
from bpjsdesk.domain.columns import (
    REQUIRED,
    ColumnMap,
    DateOrder,
    Origin,
    column_letter,
    columns_at,
    likeliest_heading,
    remapped,
)
from bpjsdesk.domain.identity import (
    FEMALE_DAY_OFFSET,
    NIK_LENGTH,
    clean_digits,
    normalise_phone,
)
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.wording import format_count, format_percent

COLUMN_TRUNCATED = "NIK_COLUMN_TRUNCATED"
# A tenth of all true NIKs end in 0; of fewer numbers nothing can be said.
FEWEST_NUMBERS = 10
_TRUNCATED_SHARE = 0.5
_COLUMN_SHARE = 0.1  # of a column's rows; below it the numbers are handled row by row
_NIK_SIZED = range(10**15, 10**16)
_LAST_DAY_OF_MONTH, _MONTHS = 31, 12
_ROWS_LOOKED_AT = 400
_TELLING_SHARE = 0.6
_VARIOUS = 0.8
_SHORTEST_NAME = 3
_FEWEST_CELLS = 3
_FEWEST_ROWS = 2
_HEADING_WITHIN = 40
_NUMERIC_DATE = re.compile(r"(?<!\d)(\d{1,2}) ?[-/. ] ?(\d{1,2}) ?[-/. ] ?(?:\d{4}|\d{2})(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)")
_WORDED_DATE = re.compile(r"(?<!\d)\d{1,2}[-/. ]+[A-Za-z]{3,9}\.?[-/, ]+\d{2,4}(?!\d)")
_LETTERS = re.compile(r"[^\W\d_][^\W\d_ .,'’`-]*(?:[ .,'’`-]+[^\W\d_]+)*\.?")
_SEX_WORDS = frozenset({"L", "P", "LK", "PR", "LAKI-LAKI", "PEREMPUAN", "PRIA", "WANITA"})
_NUMBER_AS_TEXT = re.compile(r"\d+(?:[.,]\d+)?[Ee]\+?15|\d{16}[.,]0+")


def date_order(cells: Iterable[Cell]) -> DateOrder:
    """Decide for a whole column whether the day or the month comes first.

    Only dates that can be read one way alone are evidence; cells typed as dates say nothing.
    """
    day_first = month_first = False
    for cell in cells:
        found = _NUMERIC_DATE.search(cell) if isinstance(cell, str) else None
        if found is None or _YEAR_FIRST.search(found.string):
            continue
        first, second = int(found[1]), int(found[2])
        day_first |= _MONTHS < first <= _LAST_DAY_OF_MONTH and 0 < second <= _MONTHS
        month_first |= _MONTHS < second <= _LAST_DAY_OF_MONTH and 0 < first <= _MONTHS
        if day_first and month_first:
            return DateOrder.MIXED
    if month_first:
        return DateOrder.MONTH_FIRST
    return DateOrder.DAY_FIRST if day_first else DateOrder.ASSUMED


@dataclass(frozen=True, slots=True, kw_only=True)
class NumericNiks:
    """The NIK cells of a column that a spreadsheet holds or held as numbers, how many end in 0.

    `texts` of the `numbers` were saved as text after they were cut.
    `is_truncated` is said of the column, never of a row: one NIK that ends in 0 proves nothing.
    """

    sheet: str
    index: int
    heading: str
    rows: int
    numbers: int
    ending_in_zero: int
    texts: int = 0

    @property
    def letter(self) -> str:
        return column_letter(self.index)

    @property
    def share(self) -> float:
        """Give the share of numbers that end in 0: a tenth by nature, all of them when cut."""
        return self.ending_in_zero / self.numbers if self.numbers else 0.0

    @property
    def is_truncated(self) -> bool:
        is_telling = self.numbers >= max(FEWEST_NUMBERS, self.rows * _COLUMN_SHARE)
        return is_telling and self.share >= _TRUNCATED_SHARE

    @property
    def code(self) -> str:
        """Give the code of the column; its rows have their own."""
        return COLUMN_TRUNCATED if self.is_truncated else IssueCode.NIK_AS_NUMBER.value

    @property
    def sentence(self) -> str:
        """Say what happened to the column, and what to do."""
        share = format_percent(self.share * 100, decimals=0)
        return (
            f"Lembar “{self.sheet}” kolom {self.letter} “{self.heading}”: "
            f"{format_count(self.numbers)} NIK {self._was_saved} dan {share} berakhir 0, "
            "padahal sewajarnya 10%. Excel sudah menghapus angka terakhirnya; angka itu tidak "
            "dapat dipulihkan. Baris ini tidak dimuat. Mintalah kolom NIK dikirim ulang sebagai "
            "Teks dengan templat."
        )

    @property
    def _was_saved(self) -> str:
        return "pernah disimpan sebagai angka" if self.texts else "disimpan sebagai angka"


def is_numeric_nik(cell: Cell) -> bool:
    """Say whether a cell is a NIK that a spreadsheet holds as a number, or did so once."""
    if isinstance(cell, bool) or cell is None or isinstance(cell, list):
        return False
    if isinstance(cell, str):
        return bool(_NUMBER_AS_TEXT.fullmatch(cell.strip()))
    return int(cell) in _NIK_SIZED if cell == cell else False  # noqa: PLR0124  # NaN is not itself


def ends_in_zero(cell: Cell) -> bool:
    """Say whether the last digit of a numeric NIK is 0."""
    if isinstance(cell, str):
        plain = cell.strip().upper().replace(",", ".")
        digits = plain.partition("E")[0].replace(".", "") if "E" in plain else plain[:NIK_LENGTH]
        return len(digits) < NIK_LENGTH or digits.endswith("0")
    return isinstance(cell, int | float) and int(cell) % 10 == 0


def guessed_columns(
    rows: Sequence[Sequence[Cell]],
    synonyms: Mapping[str, Iterable[str]],
    *,
    at: int | None = None,
    remembered: Mapping[str, str] = MappingProxyType({}),
) -> ColumnMap | None:
    """Guess the columns of a sheet whose heading says too little; None where no cell is a NIK.

    With `at` the heading stands in that row, else in the one that knows most. What the heading
    leaves open is filled from the content: NIK and name always, the others if they are not there.
    """
    heading = likeliest_heading(rows, synonyms) if at is None else at
    if heading is None:
        columns = _without_heading(rows)
    else:
        columns = columns_at(rows, heading, synonyms, remembered=remembered)
    found = with_content(columns, rows[columns.first_data_row :])
    return found if REQUIRED.keys() <= found.fields.keys() else None


def unread_columns(
    rows: Sequence[Sequence[Cell]],
    synonyms: Mapping[str, Iterable[str]],
    *,
    at: int | None = None,
    remembered: Mapping[str, str] = MappingProxyType({}),
) -> ColumnMap | None:
    """Give the columns of a table in which no NIK was found; None where it is no table at all.

    What its heading does say is kept, the rest is for somebody to decide.
    """
    if sum(_is_row_of_table(row) for row in rows[:_ROWS_LOOKED_AT]) < _FEWEST_ROWS:
        return None
    heading = likeliest_heading(rows, synonyms) if at is None else at
    if heading is None:
        heading = next(
            (at for at, row in enumerate(rows[:_HEADING_WITHIN]) if _is_words_only(row)), None
        )
    if heading is None:
        return _without_heading(rows)
    columns = columns_at(rows, heading, synonyms, remembered=remembered)
    width = max(map(len, rows), default=0)
    return replace(columns, headers=(*columns.headers, *[""] * (width - len(columns.headers))))


def _is_row_of_table(row: Sequence[Cell]) -> bool:
    return sum(bool(_shown(cell)) for cell in row) >= _FEWEST_CELLS


def _is_words_only(row: Sequence[Cell]) -> bool:
    filled = [cell for cell in row if _shown(cell)]
    return len(filled) >= _FEWEST_CELLS and all(
        isinstance(cell, str) and not any(map(str.isdigit, cell)) for cell in filled
    )


def with_content(columns: ColumnMap, rows: Sequence[Sequence[Cell]]) -> ColumnMap:
    """Give missing fields to columns without one, judged by what they hold.

    A column that has a heading of its own is only ever taken for NIK or name.
    """
    width = max(map(len, rows), default=0)
    columns = replace(columns, headers=(*columns.headers, *[""] * (width - len(columns.headers))))
    sample = _Sample(columns, rows)
    for field, choose in _CHOICES.items():
        if field in _BIRTH and columns.birth_index is not None:
            continue
        if field not in columns.fields:
            best = choose(sample, field in REQUIRED)
            if best is not None:
                columns = remapped(columns, {best: field}, Origin.CONTENT)
                sample.taken.add(best)
    return columns


class _Sample:
    """The texts of the columns that have no field yet, read once."""

    def __init__(self, columns: ColumnMap, rows: Sequence[Sequence[Cell]]) -> None:
        self.taken = {*columns.fields.values(), *columns.unused}
        self._headers = columns.headers
        self._rows = rows
        self._texts: dict[int, list[str]] = {}

    def free(self, *, headed: bool) -> list[int]:
        """Give the columns without a field; those with a heading only if `headed`."""
        places = range(len(self._headers))
        return [at for at in places if at not in self.taken and (headed or not self._headers[at])]

    def texts(self, at: int) -> list[str]:
        """Give what is written in a column, from the rows that are looked at."""
        found = self._texts.get(at)
        if found is None:
            cells = [row[at] for row in self._rows[:_ROWS_LOOKED_AT] if at < len(row)]
            found = self._texts[at] = [text for text in map(_shown, cells) if text]
        return found

    def alike(self, is_like: Callable[[str], bool], *, headed: bool) -> list[int]:
        """Give the free columns most of whose cells are of a kind."""
        return [
            at
            for at in self.free(headed=headed)
            if self.texts(at)
            and sum(map(is_like, self.texts(at))) >= _TELLING_SHARE * len(self.texts(at))
        ]

    def any_nik(self) -> int | None:
        """Find the column of the first cell that is a NIK at all, wherever it stands."""
        free = set(self.free(headed=True))
        for row in self._rows:
            for at, cell in enumerate(row):
                if at in free and _is_nik(_shown(cell)):
                    return at
        return None


def _shown(cell: Cell) -> str:
    if is_numeric_nik(cell) and not isinstance(cell, str | list) and cell is not None:
        return str(int(cell))
    return cell_text(cell)


def _choose_nik(sample: _Sample, headed: bool) -> int | None:
    """Of two columns of 16 digits the NIK is the one where a woman's day is above 40."""
    found = sample.alike(_is_nik, headed=headed)
    if not found:
        return sample.any_nik()
    return max(found, key=lambda at: sum(map(_is_womans_nik, sample.texts(at))))


def _choose_name(sample: _Sample, headed: bool) -> int | None:
    """Take the first column of words that hardly repeat, else the first free one."""
    found = sample.alike(_is_words, headed=headed)
    various = {at: len(set(sample.texts(at))) / len(sample.texts(at)) for at in found}
    enough = max(various.values(), default=0.0) * _VARIOUS
    best = next((at for at in found if various[at] >= enough), None)
    return next(iter(sample.free(headed=headed)), None) if best is None else best


def _first(is_like: Callable[[str], bool]) -> Callable[[_Sample, bool], int | None]:
    def choose(sample: _Sample, headed: bool) -> int | None:
        return next(iter(sample.alike(is_like, headed=headed)), None)

    return choose


def _is_nik(text: str) -> bool:
    digits = clean_digits(text) if len(text) >= NIK_LENGTH else ""
    return len(digits) == NIK_LENGTH and digits.isascii() and digits.isdigit()


def _is_womans_nik(text: str) -> bool:
    digits = clean_digits(text)
    return _is_nik(text) and int(digits[6:8]) > FEMALE_DAY_OFFSET


def _is_date(text: str) -> bool:
    patterns = (_NUMERIC_DATE, _YEAR_FIRST, _WORDED_DATE)
    return any(pattern.fullmatch(text) for pattern in patterns)


def _is_place_and_date(text: str) -> bool:
    patterns = (_NUMERIC_DATE, _WORDED_DATE)
    return text[:1].isalpha() and any(pattern.search(text) for pattern in patterns)


def _is_phone(text: str) -> bool:
    return text[:1] in "0+68" and normalise_phone(text) is not None


def _is_words(text: str) -> bool:
    return len(text) >= _SHORTEST_NAME and bool(_LETTERS.fullmatch(text))


def _without_heading(rows: Sequence[Sequence[Cell]]) -> ColumnMap:
    # a person without NIK may stand above the first one with: only a letterhead is passed over
    first = next((at for at, row in enumerate(rows) if _may_be_person(row)), 0)
    return ColumnMap(
        header_row=-1,
        first_data_row=first,
        fields={},
        headers=("",) * max(map(len, rows), default=0),
        unmapped=(),
        header_keys=frozenset(),
    )


def _may_be_person(row: Sequence[Cell]) -> bool:
    texts = [text for text in map(_shown, row) if text]
    return len(texts) >= _FEWEST_CELLS or any(map(_is_nik, texts))


_BIRTH = frozenset({"birth_date", "birth_place_date"})
_CHOICES: Mapping[str, Callable[[_Sample, bool], int | None]] = MappingProxyType(
    {
        "nik": _choose_nik,
        "family_card_no": _first(_is_nik),
        "birth_date": _first(_is_date),
        "birth_place_date": _first(_is_place_and_date),
        "sex": _first(lambda text: text.upper() in _SEX_WORDS),
        "phone": _first(_is_phone),
        "name": _choose_name,
    }
)
