"""Official Indonesian words, dates and amounts, written without the machine's locale."""

import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Literal

DAY_NAMES = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTH_NAMES = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
MINUS = "\u2212"

DateStyle = Literal["long", "medium", "short"]
Number = int | float | Decimal | Fraction

_SHORT_UNITS = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"))
_WORD_SCALES = (
    (10**15, "kuadriliun"),
    (10**12, "triliun"),
    (10**9, "miliar"),
    (10**6, "juta"),
    (10**3, "ribu"),
)
_UNITS = (
    "nol",
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "sepuluh",
    "sebelas",
)
_LARGEST_IN_WORDS = 10**18
_RUPIAH_TEXT = re.compile(r"(?:RP\.?)?(\d{1,3}(?:\.\d{3})+|\d+)(?:,0{1,2}|,-)?(?:,?-)?")


def format_count(count: int) -> str:
    """Write a whole number with dots between thousands: 37000 becomes 37.000."""
    digits = f"{abs(count):,}".replace(",", ".")
    return f"{MINUS}{digits}" if count < 0 else digits


def format_decimal(number: Number, *, decimals: int) -> str:
    """Write a number with a decimal comma, rounded half away from zero to `decimals` places."""
    scaled = _round_half_up(Fraction(number) * 10**decimals)
    whole, part = divmod(abs(scaled), 10**decimals)
    text = format_count(whole) + (f",{part:0{decimals}d}" if decimals else "")
    return f"{MINUS}{text}" if scaled < 0 else text


def format_percent(percent: Number, *, decimals: int = 2) -> str:
    """Write a share that is already in hundredths: 67.95 becomes 67,95%."""
    return f"{format_decimal(percent, decimals=decimals)}%"


def percent_of(part: int, whole: int) -> Fraction | None:
    """Give `part` in hundredths of `whole`, or None where there is nothing to compare with."""
    return Fraction(part * 100, whole) if whole else None


def format_rupiah(amount: int) -> str:
    """Write whole rupiah in full: Rp12.900.000.000, with a true minus sign before the Rp."""
    sign = MINUS if amount < 0 else ""
    return f"{sign}Rp{format_count(abs(amount))}"


def format_short_rupiah(amount: int) -> str:
    """Write rupiah for a heading with at most one decimal: Rp12,9 miliar; in full below a juta."""
    size = abs(amount)
    for position, (unit, word) in enumerate(_SHORT_UNITS):
        # One unit below may round up to a full thousand of itself: 999.990.000 is 1 miliar.
        threshold = unit - unit // 20_000 if position < len(_SHORT_UNITS) - 1 else unit
        if size >= threshold:
            text = format_decimal(Fraction(size, unit), decimals=1).removesuffix(",0")
            return f"{MINUS if amount < 0 else ''}Rp{text} {word}"
    return format_rupiah(amount)


def parse_rupiah(text: str) -> int | None:
    """Read an amount as a clerk types it (Rp1.500.000,00 or 1500000); None when it is no amount."""
    found = _RUPIAH_TEXT.fullmatch("".join(text.split()).upper())
    return int(found[1].replace(".", "")) if found else None


def format_date(day: date, style: DateStyle = "medium") -> str:
    """Write a day: long "Selasa, 2 Desember 2025", medium "2 Desember 2025", short "02-12-2025"."""
    if style == "short":
        return f"{day.day:02d}-{day.month:02d}-{day.year:04d}"
    medium = f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"
    return f"{DAY_NAMES[day.weekday()]}, {medium}" if style == "long" else medium


def format_month(month: date, *, short: bool = False) -> str:
    """Write a contribution month: "November 2026", short "Nov 2026"."""
    name = MONTH_NAMES[month.month - 1]
    return f"{name[:3] if short else name} {month.year}"


def format_month_range(first: date, last: date) -> str:
    """Write inclusive months: "Januari–November 2025", with both years when they differ."""
    if (first.year, first.month) == (last.year, last.month):
        return format_month(first)
    if first.year == last.year:
        return f"{MONTH_NAMES[first.month - 1]}–{format_month(last)}"
    return f"{format_month(first)} – {format_month(last)}"


def format_date_range(first: date, last: date) -> str:
    """Write inclusive days in medium style: "1 Januari 2025 s.d. 30 November 2025"."""
    return f"{format_date(first)} s.d. {format_date(last)}"


def format_time(moment: datetime) -> str:
    """Write the hour of a moment that is already in WITA: "pukul 09.00 WITA"."""
    return f"pukul {moment.hour:02d}.{moment.minute:02d} WITA"


def shortened(text: str, most: int) -> str:
    """Give what somebody has typed in one line of so many letters; what is left out leaves "…"."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


def amount_in_words(amount: int) -> str:
    """Write whole rupiah in words (terbilang): 16800 is "enam belas ribu delapan ratus rupiah"."""
    return f"{number_in_words(amount)} rupiah"


def number_in_words(number: int) -> str:
    """Write a whole number in words.

    Raises: ValueError from 10**18 on, where Indonesian has no agreed words.
    """
    if abs(number) >= _LARGEST_IN_WORDS:
        raise ValueError(f"no words for {number}")
    if number == 0:
        return _UNITS[0]
    words = ["minus"] if number < 0 else []
    rest = abs(number)
    for scale, name in _WORD_SCALES:
        group, rest = divmod(rest, scale)
        if group == 1 and name == "ribu":
            words.append("seribu")
        elif group:
            words += [*_below_thousand(group), name]
    return " ".join([*words, *_below_thousand(rest)])


def _below_thousand(number: int) -> list[str]:
    hundreds, rest = divmod(number, 100)
    words: list[str] = []
    if hundreds == 1:
        words.append("seratus")
    elif hundreds:
        words += [_UNITS[hundreds], "ratus"]
    return words + _below_hundred(rest)


def _below_hundred(number: int) -> list[str]:
    if number == 0:
        return []
    if number < len(_UNITS):
        return [_UNITS[number]]
    tens, unit = divmod(number, 10)
    if tens == 1:
        return [_UNITS[unit], "belas"]
    return [_UNITS[tens], "puluh", *([_UNITS[unit]] if unit else [])]


def _round_half_up(value: Fraction) -> int:
    rounded = (abs(value) * 2 + 1) // 2
    return int(-rounded if value < 0 else rounded)
