"""Who of many is covered: one answer for each row that was pasted, in the order of the paste."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bpjsdesk.domain.identity import NIK_LENGTH, clean_digits
from bpjsdesk.domain.period import add_months

_NUMBERS = re.compile(r"[0-9][0-9 .\-]{6,}[0-9]")
_LINE_ENDS = re.compile(r"\r\n|[\n\r]")
_CELLS = re.compile(r"[\t;,|]+")
_NOT_DIGIT = re.compile(r"\D")
_EDGES = " \t;,|'\""
_MOST_TEXT = 40


class Cover(StrEnum):
    """What the register says about a NIK today."""

    COVERED = "COVERED"
    WAITING = "WAITING"
    LAPSED = "LAPSED"
    NEVER = "NEVER"
    UNKNOWN = "UNKNOWN"
    UNREADABLE = "UNREADABLE"


COVER_LABELS = {
    Cover.COVERED: "Terlindungi",
    Cover.WAITING: "Belum mulai",
    Cover.LAPSED: "Sudah berakhir",
    Cover.NEVER: "Belum pernah diiurkan",
    Cover.UNKNOWN: "Tidak tercatat",
    Cover.UNREADABLE: "NIK salah",
}

Run = tuple[date, date]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedNumber:
    """What stands in a row of a paste, or what can be seen of a text without a number."""

    row: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pasted:
    """The rows of a paste that hold something; `blank` counts the others.

    `heading` is a first row without any digit, which names the column.
    """

    numbers: tuple[PastedNumber, ...]
    blank: int
    heading: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupLine:
    """One answer; `nik` is masked, `runs` the paid months, `until` the last of those meant.

    `note` says what else must be known: why a NIK is wrong, that it was changed, joined, pasted
    before, or that the membership has ended.
    """

    row: int
    text: str
    cover: Cover
    nik: str = ""
    person_id: int | None = None
    name: str = ""
    runs: tuple[Run, ...] = ()
    until: date | None = None
    agreement: str = ""
    note: str = ""


def pasted_numbers(text: str) -> Pasted:
    """Find the NIK of each row of a pasted text, or whatever stands there instead.

    Of several numbers in a row those of 16 digits are meant; a telephone beside them is not.
    """
    found: list[PastedNumber] = []
    lines = [" ".join(line.strip(_EDGES).split()) for line in _LINE_ENDS.split(text)]
    if not lines[-1]:
        lines.pop()  # what a spreadsheet puts behind the last row
    cells = _LINE_ENDS.split(text)
    heading = lines[0] if lines and not any(map(str.isdigit, lines[0])) else ""
    for row, line in enumerate(lines, start=1):
        if not line or (heading and row == 1):
            continue
        for number in _numbers(cells[row - 1]) or [line[:_MOST_TEXT]]:
            found.append(PastedNumber(row=row, text=number))
    return Pasted(numbers=tuple(found), blank=lines.count(""), heading=heading[:_MOST_TEXT])


def joined_runs(months: Iterable[Run]) -> tuple[Run, ...]:
    """Put months that touch or overlap into one run each, in order."""
    runs: list[Run] = []
    for first, last in sorted(months):
        if runs and first <= add_months(runs[-1][1], 1):
            runs[-1] = (runs[-1][0], max(last, runs[-1][1]))
        else:
            runs.append((first, last))
    return tuple(runs)


def run_meant(runs: Iterable[Run], month: date) -> tuple[Cover, date | None]:
    """Say how somebody is covered in a month, and until or from which month."""
    ordered = list(runs)
    now = next((run for run in ordered if run[0] <= month <= run[1]), None)
    if now is not None:
        return Cover.COVERED, now[1]
    later = next((run for run in ordered if run[0] > month), None)
    if later is not None:
        return Cover.WAITING, later[1]
    return (Cover.LAPSED, ordered[-1][1]) if ordered else (Cover.NEVER, None)


def _numbers(line: str) -> list[str]:
    cells = (clean_digits(cell) for cell in _CELLS.split(line))
    whole = [cell for cell in cells if cell.isdigit() and len(cell) == NIK_LENGTH]
    if whole:
        return whole
    found = [_NOT_DIGIT.sub("", match) for match in _NUMBERS.findall(line)]
    return [number for number in found if len(number) == NIK_LENGTH] or found[:1]
