"""Numbers that name a person: NIK, family card, KPJ, telephone; read as text, never as a number.

NIK is `PP RR SS DDMMYY NNNN`: region where it was issued, birth date with 40 added to a woman's
day, serial (shared/domain.md 5.1). A region code never decides here: people move, regions split.
"""

import re
import unicodedata
from datetime import date
from enum import StrEnum
from typing import Literal, NamedTuple

from bpjsdesk.domain.period import age_on
from bpjsdesk.errors import UserError

Sex = Literal["L", "P"]

NIK_LENGTH = 16
KPJ_LENGTH = 11
FEMALE_DAY_OFFSET = 40
_OLDEST_AGE = 110
_CENTENARIAN = 100
_MASK = "•"
_SHOWN_DIGITS = 4
# Invisible marks that chat programs and web pages leave around a copied number.
_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff"
_SEPARATORS = re.compile(rf"[\s.\-\u2010\u2012\u2013{_INVISIBLE}]+")
_APOSTROPHES = "'’‘`´"
_LONG_NUMBER = re.compile(r"[0-9](?:[\s.\-]?[0-9]){8,}")  # one digit more than a date has
SIXTEEN_DIGITS = re.compile(r"[0-9]{16}")
_KPJ = re.compile(r"[0-9]{11}")
MOBILE = re.compile(r"08[0-9]{8,11}")
_RUN = "0123456789" * 3
# One repeated digit, or a run such as 1234567890123456.
FILLERS = frozenset(
    [digit * NIK_LENGTH for digit in "0123456789"]
    + [_RUN[start : start + NIK_LENGTH] for start in range(10)]
    + [_RUN[::-1][start : start + NIK_LENGTH] for start in range(10)]
)


class NikFault(StrEnum):
    """Why a text is no usable NIK; the values are the row issue codes."""

    MISSING = "NIK_MISSING"
    FORMAT = "NIK_FORMAT"
    DATE = "NIK_DATE"
    FILLER = "NIK_FILLER"


class NikBirth(NamedTuple):
    """What the date part of a NIK says; `birth_date` carries the chosen century."""

    birth_date: date
    sex: Sex

    def agrees_with(self, birth_date: date) -> bool:
        """Compare day, month and two-digit year only, because a NIK has no century."""
        own = self.birth_date
        return (own.day, own.month, own.year % 100) == (
            birth_date.day,
            birth_date.month,
            birth_date.year % 100,
        )


def clean_digits(text: str) -> str:
    """Strip what people put around and between digits; letters stay, so that they are refused."""
    folded = unicodedata.normalize("NFKC", text)
    return _SEPARATORS.sub("", folded).lstrip(_APOSTROPHES)


def normalise_nik(text: str) -> str:
    """Give the NIK as typed without separators; `nik_fault` says whether it is one."""
    return clean_digits(text)


def nik_fault(nik: str, *, on: date) -> NikFault | None:
    """Judge a normalised NIK on a reference day; None when it is sound."""
    if not nik:
        return NikFault.MISSING
    if not SIXTEEN_DIGITS.fullmatch(nik):
        return NikFault.FORMAT
    if nik in FILLERS:
        return NikFault.FILLER
    return None if nik_birth(nik[6:12], on=on) else NikFault.DATE


def nik_birth(date_part: str, *, on: date, youngest: int = 0) -> NikBirth | None:
    """Read the six digits DDMMYY of a NIK; None when no real date fits.

    The century is the one that makes the age on the day 0 to 110; where both do, the one of at
    least `youngest` years that is nearer to today, else the later one.
    """
    day, month, year = int(date_part[:2]), int(date_part[2:4]), int(date_part[4:])
    sex: Sex = "P" if day > FEMALE_DAY_OFFSET else "L"
    day -= FEMALE_DAY_OFFSET if sex == "P" else 0
    fitting = []
    for century in (2000, 1900):
        try:
            candidate = date(century + year, month, day)
        except ValueError:
            continue
        if 0 <= age_on(candidate, on) <= _OLDEST_AGE:
            fitting.append(candidate)
    if not fitting:
        return None
    grown = [candidate for candidate in fitting if age_on(candidate, on) >= youngest]
    # Of a child and a centenarian the child is the likelier one.
    plausible = [candidate for candidate in grown if age_on(candidate, on) < _CENTENARIAN]
    return NikBirth(plausible[0] if plausible else fitting[0], sex)


def parse_nik(text: str, *, on: date) -> str:
    """Give the 16 digits of a typed NIK.

    Raises: UserError NIK_MISSING, NIK_FORMAT, NIK_DATE or NIK_FILLER.
    """
    nik = normalise_nik(text)
    fault = nik_fault(nik, on=on)
    if fault is None:
        return nik
    raise UserError(fault.value, _fault_sentence(fault, len(nik)))


def _fault_sentence(fault: NikFault, length: int) -> str:
    if fault is NikFault.MISSING:
        return "NIK belum diisi. Isi 16 angka sesuai KTP."
    if fault is NikFault.FILLER:
        return "NIK ini hanya isian pengganti. Isi NIK sesuai KTP."
    if fault is NikFault.DATE:
        return (
            "Tanggal lahir di dalam NIK (angka ke-7 sampai ke-12) tidak ada. Cocokkan dengan KTP."
        )
    if length != NIK_LENGTH:
        return f"NIK harus 16 angka, yang diisi {length}. Cocokkan dengan KTP."
    return "NIK hanya boleh berisi angka; periksa huruf seperti O pada tempat angka 0."


def mask_nik(nik: str) -> str:
    """Hide the middle of 16 digits: 7174••••••••0003; hide all of anything else."""
    if len(nik) != NIK_LENGTH:
        return _MASK * len(nik)
    return nik[:_SHOWN_DIGITS] + _MASK * (NIK_LENGTH - 2 * _SHOWN_DIGITS) + nik[-_SHOWN_DIGITS:]


def mask_phone(phone: str) -> str:
    """Hide the middle of a telephone number: 0812•••••789; hide all of a very short one."""
    shown_tail = 3
    hidden = len(phone) - _SHOWN_DIGITS - shown_tail
    if hidden < shown_tail:
        return _MASK * len(phone)
    return phone[:_SHOWN_DIGITS] + _MASK * hidden + phone[-shown_tail:]


def mask_numbers(text: str) -> str:
    """Hide the middle of every number in a text that may name a person; a date stays."""

    def masked(found: re.Match[str]) -> str:
        digits = clean_digits(found[0])
        return mask_nik(digits) if len(digits) == NIK_LENGTH else mask_phone(digits)

    return _LONG_NUMBER.sub(masked, text)


def normalise_phone(text: str) -> str | None:
    """Give a mobile number as 08… with 10 to 13 digits, or None when the text is no such number."""
    digits = clean_digits(text).replace("(", "").replace(")", "").removeprefix("+")
    digits = digits.removeprefix("00")
    if digits.startswith("62"):
        digits = "0" + digits[2:].removeprefix("0")
    elif digits.startswith("8"):
        digits = "0" + digits
    return digits if MOBILE.fullmatch(digits) else None


def normalise_kpj(text: str) -> str | None:
    """Give the 11 digits of a participant number, or None."""
    digits = clean_digits(text)
    return digits if _KPJ.fullmatch(digits) else None


def normalise_family_card_no(text: str) -> str | None:
    """Give the 16 digits of a family card number, or None; its date part carries no sex."""
    digits = clean_digits(text)
    return digits if SIXTEEN_DIGITS.fullmatch(digits) else None
