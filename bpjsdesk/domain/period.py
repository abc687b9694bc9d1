"""Days, contribution months and ages; a month is its first day, ranges are inclusive."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from bpjsdesk.errors import UserError

YearWindow = Literal["near", "birth"]

_MONTHS_A_YEAR = 12
_YEARS_AHEAD = 20
_OLDEST_YEAR, _NEWEST_YEAR = 1900, 2199
_MONTH_TEXT = re.compile(r"(\d{4})-(\d{1,2})")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ]\d{1,2}:\d{2}.*)?")
_PACKED = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
_PACKED_ISO = re.compile(r"(\d{4})(\d{2})(\d{2})")
_NUMERIC = re.compile(r"(\d{1,2}) ?[-/. ] ?(\d{1,2})(?: ?[-/. ] ?(\d{4}|\d{2}))?")
_WORDED = re.compile(r"(\d{1,2})[-/. ]*([a-z]{3,9})\.?[-/, ]*(\d{4}|\d{2})?")
_DAY_NAME = re.compile(r"(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu),? +")
_DAY_IN_WORDS = re.compile(r"(?:\d{1,2}[- ]([a-z]{3,9})|([a-z]{3,9})[- ]\d{1,2})(?:[- ]\d{2,4})?")
_SERIAL_DAY = re.compile(r"[34]\d{4}")  # 1982 to 2036
# What databases write behind a day without a time.
_MIDNIGHT = re.compile(r" 0?0[:.]00(?:[:.]00(?:\.0+)?)?$")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))
_MONTH_WORDS = (
    ("januari",),
    ("februari", "pebruari"),
    ("maret", "mrt"),
    ("april",),
    ("mei", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("agustus", "agt", "ags", "august"),
    ("september", "sept"),
    ("oktober", "october"),
    ("november", "nopember"),
    ("desember", "december"),
)


def first_of_month(day: date) -> date:
    """Give the contribution month that a day lies in."""
    return day.replace(day=1)


def last_of_month(day: date) -> date:
    """Give the last day of the month that a day lies in."""
    return add_months(first_of_month(day), 1) - timedelta(days=1)


def add_months(month: date, count: int) -> date:
    """Give the month `count` months later (earlier when negative), as its first day."""
    year, index = divmod(month.year * _MONTHS_A_YEAR + month.month - 1 + count, _MONTHS_A_YEAR)
    return date(year, index + 1, 1)


def months_between(first: date, last: date) -> int:
    """Count the month steps from `first` to `last`: 0 in the same month, negative backwards."""
    return (last.year - first.year) * _MONTHS_A_YEAR + last.month - first.month


def parse_month(text: str) -> date:
    """Read a contribution month written as 2026-11.

    Raises: UserError MONTH_FORMAT.
    """
    found = _MONTH_TEXT.fullmatch(text.strip())
    if found:
        month = _real_date(int(found[1]), int(found[2]), 1)
        if month:
            return month
    raise UserError(
        "MONTH_FORMAT",
        f"Bulan iuran “{text}” tidak terbaca. Tulis tahun dan bulan, contoh 2026-11.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthRange:
    """Contribution months from `first` to `last`, both included and both first days."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first.day != 1 or self.last.day != 1 or self.last < self.first:
            raise ValueError(f"not a month range: {self.first} to {self.last}")

    @classmethod
    def starting(cls, first: date, count: int) -> "MonthRange":
        """Build the range of `count` months (at least one) from `first` on."""
        return cls(first=first, last=add_months(first, count - 1))

    @property
    def count(self) -> int:
        """Count the months."""
        return months_between(self.first, self.last) + 1

    @property
    def last_day(self) -> date:
        """Give the last day that the range covers."""
        return last_of_month(self.last)

    def __iter__(self) -> Iterator[date]:
        return (add_months(self.first, step) for step in range(self.count))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last_day


def age_on(birth_date: date, day: date) -> int:
    """Count full years on a day; the birthday itself counts, 29 February counts from 1 March."""
    before_birthday = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - before_birthday


def latest_birth_date(age: int, day: date) -> date:
    """Give the last birth date whose owner has reached `age` on `day`, the mirror of `age_on`."""
    try:
        return day.replace(year=day.year - age)
    except ValueError:  # 29 February in a year without one
        return date(day.year - age, 2, 28)


def parse_day(text: str, today: date, *, window: YearWindow = "near") -> date | None:
    """Read a day as Indonesian clerks type it, day first; None when it is no day.

    Takes 20112026, 201126, 20/11/26, 20-11-2026, 20 nov, 20 November 2026 and ISO. Two-digit
    years fall "near" today (20 years ahead at most) or, for a "birth" date, never after today;
    a birth date without a year is not read.
    """
    words = _DAY_NAME.sub("", " ".join(text.split()).lower().translate(_DASHES))
    words = _MIDNIGHT.sub("", words)
    if packed := _PACKED_ISO.fullmatch(words):
        # What is a day both ways names a year before 1232 when read day first, so year first wins.
        return _real_date(int(packed[1]), int(packed[2]), int(packed[3])) or _day_first(
            words, today, window
        )
    return _day_first(words, today, window)


def read_month(text: str, near: date) -> date | None:
    """Read a month as lists write it: "Januari 2026", "01/2026", "Jan-26", 2026-01, or a day of it.

    A month without a year lies in the year of `near`.
    """
    found = _MONTH_TEXT.fullmatch(text)
    if found:
        return _real_date(int(found[1]), int(found[2]), 1)
    day = parse_day(text, near) or parse_day(f"1 {text}", near)
    return first_of_month(day) if day else None


def parse_iso_day(text: str) -> date | None:
    """Read a day written exactly as 2026-11-20, 1900 to 2199; None when it is no such day."""
    found = _ISO_DAY.fullmatch(text)
    return _real_date(int(found[1]), int(found[2]), int(found[3])) if found else None


def was_made_a_day(text: str) -> bool:
    """Say whether a spreadsheet has made a day of a text such as 003/004.

    It then writes 2026-04-03, with a time or without, 03-Apr or Apr-03 into CSV, or the number of
    the day.
    """
    if parse_iso_day(text.partition("T")[0]) or _SERIAL_DAY.fullmatch(text):
        return True
    found = _DAY_IN_WORDS.fullmatch(text.lower())
    return found is not None and _month_number(found[1] or found[2]) is not None


def _day_first(text: str, today: date, window: YearWindow) -> date | None:
    parts = _split(text)
    if parts is None:
        return None
    day, month, year_text = parts
    if not year_text:
        return _real_date(today.year, month, day) if window == "near" else None
    if len(year_text) == len("26"):
        return _windowed(day, month, int(year_text), today=today, window=window)
    return _real_date(int(year_text), month, day)


def _split(text: str) -> tuple[int, int, str] | None:
    """Give day, month and the year as written, the empty text when there is none."""
    if found := _ISO.fullmatch(text):
        return int(found[3]), int(found[2]), found[1]
    if found := _PACKED.fullmatch(text) or _NUMERIC.fullmatch(text):
        return int(found[1]), int(found[2]), found[3] or ""
    if found := _WORDED.fullmatch(text):
        month = _month_number(found[2])
        return (int(found[1]), month, found[3] or "") if month else None
    return None


def _month_number(word: str) -> int | None:
    for number, spellings in enumerate(_MONTH_WORDS, start=1):
        if any(spelling.startswith(word) for spelling in spellings):
            return number
    return None


def _windowed(
    day: int, month: int, short_year: int, *, today: date, window: YearWindow
) -> date | None:
    latest_year = today.year + (_YEARS_AHEAD if window == "near" else 0)
    year = latest_year - (latest_year - short_year) % 100
    found = _real_date(year, month, day)
    if window == "birth" and (found is None or found > today):
        return _real_date(year - 100, month, day)
    return found


def _real_date(year: int, month: int, day: int) -> date | None:
    if not _OLDEST_YEAR <= year <= _NEWEST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
