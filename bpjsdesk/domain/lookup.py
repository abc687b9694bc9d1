"""Who of many is covered: one answer for each NIK that was pasted, in the order of the paste."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_NUMBERS = re.compile(r"[0-9][0-9 .\-]{6,}[0-9]")
_NOT_DIGIT = re.compile(r"\D")


class Cover(StrEnum):
    """What the register says about a NIK today."""

    COVERED = "COVERED"
    LAPSED = "LAPSED"
    NEVER = "NEVER"
    UNKNOWN = "UNKNOWN"
    UNREADABLE = "UNREADABLE"


COVER_LABELS = {
    Cover.COVERED: "Terlindungi",
    Cover.LAPSED: "Sudah berakhir",
    Cover.NEVER: "Belum pernah diiurkan",
    Cover.UNKNOWN: "Tidak terdaftar",
    Cover.UNREADABLE: "Bukan NIK",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupLine:
    """One answer; `nik` is masked, `until` the last paid month where there is any."""

    text: str
    cover: Cover
    nik: str = ""
    person_id: int | None = None
    name: str = ""
    until: date | None = None
    agreement: str = ""


def numbers_in(text: str) -> list[str]:
    """Find what may be a NIK in pasted text: one a line, or several with signs between them."""
    found: list[str] = []
    for line in re.split(r"[\n\r\t;,|]+", text):
        for match in _NUMBERS.findall(line):
            found.append(_NOT_DIGIT.sub("", match))
    return found
