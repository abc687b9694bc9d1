"""Repairs that the program offers for a reason: what a row's cells would become, never guessed.

A repair changes cells, never understood values: whatever it writes is checked again like anything
that came from the file. It gives None for a row that it cannot mend for certain.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from bpjsdesk.domain.cells import Cell, cell_text
from bpjsdesk.domain.columns import ColumnMap
from bpjsdesk.domain.identity import (
    NIK_LENGTH,
    NikBirth,
    clean_digits,
    nik_birth,
    nik_fault,
    normalise_phone,
)
from bpjsdesk.domain.row_check import CheckedRow
from bpjsdesk.domain.row_issues import IssueCode

_LOOKALIKES = str.maketrans("OoIilLSB", "00111158")
# Excel counts days from 1900 or from 1904: between two such workbooks all dates move by so much.
_OTHER_EPOCH = timedelta(days=1462)
_BETWEEN_NUMBERS = ("/", ",", ";", " atau ", " dan ", "|")


class RepairRule(StrEnum):
    """What can be done to all rows of one reason."""

    SWAP_DAY_AND_MONTH = "SWAP_DAY_AND_MONTH"
    BIRTH_DATE_FROM_NIK = "BIRTH_DATE_FROM_NIK"
    SEX_FROM_NIK = "SEX_FROM_NIK"
    LETTERS_TO_DIGITS = "LETTERS_TO_DIGITS"
    FIRST_OF_TWO_PHONES = "FIRST_OF_TWO_PHONES"


REPAIR_LABELS: Mapping[RepairRule, str] = MappingProxyType(
    {
        RepairRule.SWAP_DAY_AND_MONTH: "Tukar hari dan bulan",
        RepairRule.BIRTH_DATE_FROM_NIK: "Ambil tanggal lahir dari NIK",
        RepairRule.SEX_FROM_NIK: "Ambil jenis kelamin dari NIK",
        RepairRule.LETTERS_TO_DIGITS: "Ganti huruf mirip angka di NIK",
        RepairRule.FIRST_OF_TWO_PHONES: "Pakai nomor HP yang pertama",
    }
)
# For each reason its repairs, the surest first.
REPAIRS_OF: Mapping[IssueCode, tuple[RepairRule, ...]] = MappingProxyType(
    {
        IssueCode.NIK_DOB_MISMATCH: (
            RepairRule.SWAP_DAY_AND_MONTH,
            RepairRule.BIRTH_DATE_FROM_NIK,
        ),
        IssueCode.DOB_UNREADABLE: (RepairRule.BIRTH_DATE_FROM_NIK,),
        IssueCode.NIK_SEX_MISMATCH: (RepairRule.SEX_FROM_NIK,),
        IssueCode.NIK_FORMAT: (RepairRule.LETTERS_TO_DIGITS,),
        IssueCode.PHONE_FORMAT: (RepairRule.FIRST_OF_TWO_PHONES,),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowToMend:
    """A row as a repair sees it; ages are judged on `registered_on`."""

    row: CheckedRow
    cells: Sequence[Cell]
    columns: ColumnMap
    registered_on: date

    @property
    def told_by_nik(self) -> NikBirth | None:
        """Read birth date and sex inside a sound NIK."""
        return nik_birth(self.row.nik[6:12], on=self.registered_on) if self.row.nik else None

    @property
    def birth_of_nik(self) -> date | None:
        """Read the birth date inside a sound NIK."""
        told = self.told_by_nik
        return told.birth_date if told else None

    def with_cell(self, field: str, cell: Cell) -> list[Cell] | None:
        """Give the cells with one changed; None when the file has no such column."""
        place = self.columns.index(field)
        if place is None:
            return None
        cells = [*self.cells, *[None] * (place + 1 - len(self.cells))]
        cells[place] = cell
        return cells

    def text(self, field: str) -> str:
        """Give what a person reads in the cell of a field."""
        place = self.columns.index(field)
        return cell_text(self.cells[place]) if place is not None and place < len(self.cells) else ""


def mended(rule: RepairRule, row: RowToMend) -> list[Cell] | None:
    """Give the cells after a repair; None when it does not apply or would prove nothing."""
    return _RULES[rule](row)


def _swap_day_and_month(row: RowToMend) -> list[Cell] | None:
    """Swap only where the NIK then says the same, to the day."""
    born, told = row.row.birth_date, row.birth_of_nik
    if born is None or told is None or born == told:
        return None
    if not _is_swapped(told, born):
        return None
    return _with_birth_date(row, born.replace(month=told.month, day=told.day))


def _birth_date_from_nik(row: RowToMend) -> list[Cell] | None:
    """Take the NIK's word only where nothing hints that the NIK is mistyped or another person's.

    Either one may be wrong where the two differ by a digit; a NIK of the other sex may be that of
    the spouse.
    """
    told, born = row.birth_of_nik, row.row.birth_date
    if told is None or IssueCode.NIK_SEX_MISMATCH in row.row.codes:
        return None
    if born is not None and not _is_surely_meant(told, born, row.registered_on):
        return None
    return _with_birth_date(row, told)


def _is_surely_meant(told: date, born: date, registered_on: date) -> bool:
    """Say whether a cell that reads `born` can only be a slip for the date that the NIK tells."""
    if told == born or _is_swapped(told, born) or abs(told - born) == _OTHER_EPOCH:
        return True
    # nobody at work was born last year: out of habit the current year was typed
    is_habit = registered_on.year - born.year <= 1
    return is_habit and (told.day, told.month) == (born.day, born.month)


def _is_swapped(told: date, born: date) -> bool:
    day_and_month = (told.month, told.day, told.year % 100)
    return (born.day, born.month, born.year % 100) == day_and_month


def _with_birth_date(row: RowToMend, day: date) -> list[Cell] | None:
    if row.columns.index("birth_date") is not None:
        return row.with_cell("birth_date", ["d", day.isoformat()])
    # what follows the comma was no date, and no part of the place either
    place = (row.row.birth_place or "").partition(",")[0].strip()
    text = f"{day:%d-%m-%Y}"
    return row.with_cell("birth_place_date", f"{place}, {text}" if place else text)


def _sex_from_nik(row: RowToMend) -> list[Cell] | None:
    """Take the NIK's word only where the birth date in the row shows that the NIK is its own."""
    told, born = row.told_by_nik, row.row.birth_date
    has_day = bool(row.text("birth_date") or row.text("birth_place_date"))
    if told is None or born is None or not has_day or not told.agrees_with(born):
        return None
    return row.with_cell("sex", told.sex)


def _letters_to_digits(row: RowToMend) -> list[Cell] | None:
    """Read O as 0 and the like, where the NIK then says the row's own birth date and sex."""
    nik = clean_digits(row.text("nik")).translate(_LOOKALIKES)
    born = row.row.birth_date
    if len(nik) != NIK_LENGTH or nik_fault(nik, on=row.registered_on) or born is None:
        return None
    told = nik_birth(nik[6:12], on=row.registered_on)
    agrees = told is not None and told.agrees_with(born) and row.row.sex in (None, told.sex)
    return row.with_cell("nik", nik) if agrees else None


def _first_of_two_phones(row: RowToMend) -> list[Cell] | None:
    text = row.text("phone")
    for mark in _BETWEEN_NUMBERS:
        first, found, rest = text.partition(mark)
        phone = normalise_phone(first)
        if found and phone and normalise_phone(rest.split(mark)[0]):
            return row.with_cell("phone", phone)
    return None


_RULES: Mapping[RepairRule, Callable[[RowToMend], list[Cell] | None]] = MappingProxyType(
    {
        RepairRule.SWAP_DAY_AND_MONTH: _swap_day_and_month,
        RepairRule.BIRTH_DATE_FROM_NIK: _birth_date_from_nik,
        RepairRule.SEX_FROM_NIK: _sex_from_nik,
        RepairRule.LETTERS_TO_DIGITS: _letters_to_digits,
        RepairRule.FIRST_OF_TWO_PHONES: _first_of_two_phones,
    }
)
