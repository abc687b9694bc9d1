"""Read single cells of a list of workers; every distinct text is read once and remembered."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from operator import itemgetter
from typing import NamedTuple

from bpjsdesk.domain.cells import (
    Cell,
    is_error_text,
    label_key,
    number_text,
    stands_for_nothing,
    tidy,
)
from bpjsdesk.domain.identity import (
    FEMALE_DAY_OFFSET,
    NikBirth,
    Sex,
    normalise_family_card_no,
)
from bpjsdesk.domain.period import parse_day
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.wording import parse_rupiah

OLDEST_BIRTH_DATE = date(1900, 1, 1)
_SERIAL_EPOCH = date(1899, 12, 30)
_SERIALS = range(20_000, 50_001)
_SERIAL = re.compile(r"[0-9]{5}")
NO_DAY = "0000-00-00"
_FEMALE_DAYS = {f"{day:02d}": str(day + FEMALE_DAY_OFFSET) for day in range(1, 32)}
_SWAPPED = re.compile(r"(\d{1,2})[-/. ](\d{1,2})([-/. ](?:\d{4}|\d{2}))")
_PLACE_THEN_DATE = re.compile(r"(?P<place>[^\d]*?)[\s,/.;:-]*(?P<day>\d.*)?", re.DOTALL)
_PACKED_LENGTHS = (7, 8)
_PACKED = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
# Indonesian separators go first: 1.355,90 is one thousand; then what can only be English, as in
# 1,355,000 or 1,355.90. One comma before three digits alone could be either and stays unread.
_WITH_SEN = re.compile(r"(?:RP\.?)?(\d{1,3}(?:\.\d{3})+|\d+),(\d{1,2})")
_ENGLISH = re.compile(
    r"(?:RP\.?)?(\d{1,3}(?:,\d{3})+)\.(\d{1,2})|(?:RP\.?)?(\d{1,3}(?:,\d{3}){2,})"
)


class BrokenText(str):
    """Stands for a cell that shows an error or has a formula without value."""

    __slots__ = ()


# The control character keeps them apart from any text of a file: tidy text never has one.
ERROR_CELL = BrokenText("\x00error")
VALUELESS_CELL = BrokenText("\x00formula")


class TextMemo(dict[Cell, str | None]):
    """Tidy text of each distinct cell; None for nothing, a BrokenText for an error.

    `has_broken` stays False until a file shows its first broken cell: clean files skip that search.
    """

    def __init__(self) -> None:
        super().__init__()
        self.has_broken = False

    def __missing__(self, cell: Cell) -> str | None:
        value = self[cell] = _read_text(cell)
        self.has_broken |= isinstance(value, BrokenText)
        return value

    def read_all(self, cells: Sequence[Cell]) -> list[str | None]:
        """Read the cells of a row, also those that are no plain value."""
        try:
            return list(map(self.__getitem__, cells))
        except TypeError:  # a list cell cannot be remembered
            self.has_broken = True
            return [_listed_text(c) if isinstance(c, list) else self[c] for c in cells]


def _read_text(cell: Cell) -> str | None:
    if not isinstance(cell, str):
        return None if cell is None or isinstance(cell, list) else number_text(cell)
    text = tidy(cell).removeprefix("'")
    if is_error_text(text):
        return ERROR_CELL
    return None if stands_for_nothing(text) else text


def _listed_text(cell: list[str]) -> str | None:
    kind, text = cell[0], cell[1]
    if kind == "e":
        return ERROR_CELL
    return VALUELESS_CELL if kind == "f" else text


class SexMemo(dict[str | None, Sex | None]):
    """L or P of each distinct text; None when blank or not among the known spellings."""

    def __init__(self, spellings: Mapping[str, Sex]) -> None:
        super().__init__()
        self._spellings = {label_key(spelling): sex for spelling, sex in spellings.items()}

    def __missing__(self, text: str | None) -> Sex | None:
        sex = self[text] = self._spellings.get(label_key(text or ""))
        return sex


class WageMemo(dict[str | None, int | None]):
    """Whole rupiah of each distinct text, None when it is no amount."""

    def __missing__(self, text: str | None) -> int | None:
        value = self[text] = read_wage(text) if text else None
        return value


def read_wage(text: str) -> int | None:
    """Read an amount; a sum of money has no use for its sen."""
    whole = parse_rupiah(text)
    if whole is not None:
        return whole
    plain = "".join(text.split()).upper()
    found = _WITH_SEN.fullmatch(plain) or _ENGLISH.fullmatch(plain)
    if found is None:
        return None
    digits = found[1] or found[3]
    return int(digits.replace(".", "").replace(",", ""))


def card_number(cell: Cell, text: str | None) -> str | None:
    """Give the number of a family card from a cell and the text in it."""
    number = account_number(cell, text)
    return normalise_family_card_no(number) if number else None


def account_number(cell: Cell, text: str | None) -> str | None:
    """Give a long number only when its cell was text: a number cell has lost digits or zeros."""
    return text if isinstance(cell, str) else None


class BirthCell(NamedTuple):
    """What a birth date cell says before the NIK is asked.

    `swapped` is the month-first reading when day-first is impossible; `tentative` a date read from
    a bare number. Both count only when the NIK confirms them. `male_part` and `female_part` are the
    six digits of a NIK with the same birth date.
    """

    day: date | None = None
    tentative: date | None = None
    swapped: date | None = None
    code: IssueCode | None = None
    place: str | None = None
    male_part: str = ""
    female_part: str = ""

    @property
    def has_date(self) -> bool:
        """Say whether some date was read, sure or not."""
        return bool(self.day or self.tentative or self.swapped)

    def completed_by(self, other: "BirthCell") -> "BirthCell":
        """Take from the cell that holds place and date what the date's own cell leaves open."""
        if self.has_date or self.code:
            return self._replace(place=other.place)
        return other


BLANK = BirthCell()
_UNREADABLE = BirthCell(code=IssueCode.DOB_UNREADABLE)


class BirthReader:
    """Reads birth date cells, day first unless told otherwise, between 1900 and tomorrow."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._latest = today + timedelta(days=1)
        self._days: dict[str, BirthCell] = {}
        self._memo: dict[tuple[type, Cell], BirthCell] = {}
        self._is_month_first = False

    def use_order(self, *, month_first: bool) -> None:
        """Go on with a column whose dates are written day first or month first."""
        if month_first != self._is_month_first:
            self._is_month_first = month_first
            self._memo.clear()

    def read(self, cell: Cell) -> BirthCell:
        """Read a cell that holds a date only."""
        if isinstance(cell, list):
            if cell[0] != "d":
                return self._read_list(cell)
            found = self._days.get(cell[1])
            if found is None:
                found = self._days[cell[1]] = self._read_list(cell)
            return found
        key = (type(cell), cell)
        found = self._memo.get(key)
        if found is None:
            found = self._memo[key] = self._read(cell)
        return found

    def read_days(self, column: Sequence[Cell]) -> tuple[list[date | None], Sequence[str]]:
        """Read a column: the days that are sure, and how each is written, or `NO_DAY`."""
        if set(map(type, column)) == {list} and set(map(itemgetter(0), column)) == {"d"}:  # type: ignore[arg-type]  # lists
            texts = list(map(itemgetter(1), column))  # type: ignore[arg-type]  # lists
            if len("".join(texts)) == len(texts) * len(NO_DAY):
                with suppress(ValueError):
                    return list(map(date.fromisoformat, texts)), texts
        days = [self.read(cell).day for cell in column]
        return days, [day.isoformat() if day else NO_DAY for day in days]

    def read_with_place(self, cell: Cell) -> BirthCell:
        """Read a cell such as "Manado, 12-08-1985"; not remembered, hardly one is like another."""
        if not isinstance(cell, str):
            return self.read(cell)
        text = _read_text(cell)
        if text is None or isinstance(text, BrokenText):
            return self.read(cell)
        found = _PLACE_THEN_DATE.fullmatch(text)
        place = found["place"].strip() if found else ""
        if not found or not found["day"]:
            return _UNREADABLE._replace(place=place or None)
        return self.read(found["day"])._replace(place=place or None)

    def _read(self, cell: str | float | bool | None) -> BirthCell:
        if isinstance(cell, bool):
            return _UNREADABLE
        if isinstance(cell, (int, float)):
            return self._read_number(cell)
        text = _read_text(cell)
        if text is None:
            return BLANK
        if isinstance(text, BrokenText):
            return BirthCell(code=IssueCode.CELL_ERROR)
        return self._read_number(int(text)) if _SERIAL.fullmatch(text) else self._read_text(text)

    def _read_list(self, cell: list[str]) -> BirthCell:
        kind, text = cell[0], cell[1]
        if kind == "e":
            return BirthCell(code=IssueCode.CELL_ERROR)
        if kind == "f":
            return BirthCell(code=IssueCode.FORMULA_NO_VALUE)
        if kind not in ("d", "dt"):
            return _UNREADABLE
        return self._bounded(_iso_day(text))

    def _read_number(self, number: float) -> BirthCell:
        if number != number or abs(number) > 10**8 or number != int(number):  # noqa: PLR0124
            return _UNREADABLE
        whole = int(number)
        day = None
        if whole in _SERIALS:
            day = _SERIAL_EPOCH + timedelta(days=whole)
        elif len(str(whole)) in _PACKED_LENGTHS:
            day = parse_day(f"{whole:08d}", self._today, window="birth")
        if day is None or not self._is_plausible(day):
            return _UNREADABLE
        return BirthCell(tentative=day)

    def _read_text(self, text: str) -> BirthCell:
        if self._is_month_first and _is_swappable(text):
            return self._sure_or_tentative(self._swap(text), self._day_first(text))
        day = self._day_first(text)
        return self._sure_or_tentative(day, None if day else self._swap(text))

    def _sure_or_tentative(self, day: date | None, other: date | None) -> BirthCell:
        if day is None and other is not None and self._is_plausible(other):
            return BirthCell(swapped=other)
        return self._bounded(day)

    def _day_first(self, text: str) -> date | None:
        return parse_day(text, self._today, window="birth")

    def _swap(self, text: str) -> date | None:
        found = _SWAPPED.fullmatch(text)
        if not found and self._is_month_first and not _is_year_first(text):
            found = _PACKED.fullmatch(text)
        if not found:
            return None
        return self._day_first(f"{found[2]}-{found[1]}-{found[3].lstrip('-/. ')}")

    def _bounded(self, day: date | None) -> BirthCell:
        if day is None or not self._is_plausible(day):
            return _UNREADABLE
        iso = day.isoformat()
        rest = iso[5:7] + iso[2:4]
        male_part, female_part = iso[8:] + rest, _FEMALE_DAYS[iso[8:]] + rest
        return BirthCell(day, None, None, None, None, male_part, female_part)

    def _is_plausible(self, day: date) -> bool:
        return OLDEST_BIRTH_DATE <= day <= self._latest


def settle_birth_date(
    cell: BirthCell, nik_says: NikBirth | None
) -> tuple[date | None, IssueCode | None]:
    """Decide the birth date from cell and NIK, and what to say about it.

    A blank cell takes the date of the NIK: documented, so no silent repair. Nothing is swapped
    silently: a month-first date that the NIK confirms is taken with NIK_DOB_MISMATCH.
    """
    if cell.code:
        return None, cell.code
    if cell.day:
        mismatch = nik_says is not None and not nik_says.agrees_with(cell.day)
        return cell.day, IssueCode.NIK_DOB_MISMATCH if mismatch else None
    if not cell.has_date:
        return (nik_says.birth_date if nik_says else None), None
    guess = cell.tentative or cell.swapped
    if guess is None or nik_says is None or not nik_says.agrees_with(guess):
        return None, IssueCode.DOB_UNREADABLE
    return guess, IssueCode.NIK_DOB_MISMATCH if cell.swapped else None


def _is_swappable(text: str) -> bool:
    return bool(_SWAPPED.fullmatch(text) or (_PACKED.fullmatch(text) and not _is_year_first(text)))


def _is_year_first(text: str) -> bool:
    return text[:2] in ("19", "20") and len(text) == len("19850812")


def _iso_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
