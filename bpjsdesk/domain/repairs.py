"""Repairs that the program offers for a reason: what a row's cells would become, never guessed.

A repair changes cells, never understood values: whatever it writes is checked again like anything
that came from the file. It gives None for a row that it cannot mend for certain.
"""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from bpjsdesk.domain import misplaced_cells, mixed_cells
from bpjsdesk.domain.cells import Cell, cell_text
from bpjsdesk.domain.identity import clean_digits, normalise_phone
from bpjsdesk.domain.period import parse_day
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.row_to_mend import RowToMend

_LOOKALIKES = str.maketrans("OoIilLSB", "00111158")
# Excel counts days from 1900 or from 1904: between two such workbooks all dates move by so much.
_OTHER_EPOCH = timedelta(days=1462)
_BETWEEN_NUMBERS = ("/", ",", ";", " atau ", " dan ", "|")


class RepairRule(StrEnum):
    """What can be done to all rows of one reason."""

    SWAP_DAY_AND_MONTH = "SWAP_DAY_AND_MONTH"
    BIRTH_DATE_FROM_NIK = "BIRTH_DATE_FROM_NIK"
    CENTURY_FROM_NIK = "CENTURY_FROM_NIK"
    SEX_FROM_NIK = "SEX_FROM_NIK"
    SPLIT_PLACE_AND_DATE = "SPLIT_PLACE_AND_DATE"
    LETTERS_TO_DIGITS = "LETTERS_TO_DIGITS"
    CLEAN_NIK = "CLEAN_NIK"
    NIK_FROM_NAME = "NIK_FROM_NAME"
    NAME_WITHOUT_NUMBER = "NAME_WITHOUT_NUMBER"
    SHIFT_CELLS = "SHIFT_CELLS"
    EXCHANGE_CELLS = "EXCHANGE_CELLS"
    FIRST_OF_TWO_PHONES = "FIRST_OF_TWO_PHONES"
    CLEAN_PHONE = "CLEAN_PHONE"
    NEAREST_VILLAGE = "NEAREST_VILLAGE"
    VILLAGE_FROM_ADDRESS = "VILLAGE_FROM_ADDRESS"


REPAIR_LABELS: Mapping[RepairRule, str] = MappingProxyType(
    {
        RepairRule.SWAP_DAY_AND_MONTH: "Tukar hari dan bulan",
        RepairRule.BIRTH_DATE_FROM_NIK: "Ambil tanggal lahir dari NIK",
        RepairRule.CENTURY_FROM_NIK: "Betulkan abad tahun lahir",
        RepairRule.SEX_FROM_NIK: "Ambil jenis kelamin dari NIK",
        RepairRule.SPLIT_PLACE_AND_DATE: "Pisahkan tempat dan tanggal lahir",
        RepairRule.LETTERS_TO_DIGITS: "Ganti huruf mirip angka di NIK",
        RepairRule.CLEAN_NIK: "Buang kata di sekitar NIK",
        RepairRule.NIK_FROM_NAME: "Pisahkan NIK dari nama",
        RepairRule.NAME_WITHOUT_NUMBER: "Buang nomor urut di depan nama",
        RepairRule.SHIFT_CELLS: "Geser sel ke kolomnya",
        RepairRule.EXCHANGE_CELLS: "Tukar dua sel yang tertukar",
        RepairRule.FIRST_OF_TWO_PHONES: "Pakai nomor HP yang pertama",
        RepairRule.CLEAN_PHONE: "Buang kata di sekitar nomor HP",
        RepairRule.NEAREST_VILLAGE: "Betulkan ejaan kelurahan",
        RepairRule.VILLAGE_FROM_ADDRESS: "Ambil kelurahan dari alamat",
    }
)
# For each reason its repairs, the surest first.
REPAIRS_OF: Mapping[IssueCode, tuple[RepairRule, ...]] = MappingProxyType(
    {
        IssueCode.NIK_DOB_MISMATCH: (
            RepairRule.SWAP_DAY_AND_MONTH,
            RepairRule.BIRTH_DATE_FROM_NIK,
            RepairRule.EXCHANGE_CELLS,
        ),
        IssueCode.DOB_UNREADABLE: (
            RepairRule.SPLIT_PLACE_AND_DATE,
            RepairRule.BIRTH_DATE_FROM_NIK,
            RepairRule.SHIFT_CELLS,
            RepairRule.EXCHANGE_CELLS,
        ),
        IssueCode.OVER_AGE: (RepairRule.CENTURY_FROM_NIK,),
        IssueCode.SEX_UNKNOWN: (RepairRule.SEX_FROM_NIK, RepairRule.SHIFT_CELLS),
        IssueCode.NIK_SEX_MISMATCH: (RepairRule.SEX_FROM_NIK,),
        IssueCode.NIK_MISSING: (
            RepairRule.NIK_FROM_NAME,
            RepairRule.SHIFT_CELLS,
            RepairRule.EXCHANGE_CELLS,
        ),
        IssueCode.NIK_FORMAT: (
            RepairRule.LETTERS_TO_DIGITS,
            RepairRule.CLEAN_NIK,
            RepairRule.EXCHANGE_CELLS,
            RepairRule.SHIFT_CELLS,
        ),
        IssueCode.NIK_DATE: (RepairRule.EXCHANGE_CELLS,),
        IssueCode.DUP_IN_FILE: (RepairRule.EXCHANGE_CELLS,),
        IssueCode.NAME_MISSING: (RepairRule.EXCHANGE_CELLS, RepairRule.SHIFT_CELLS),
        IssueCode.NAME_WITH_DIGIT: (RepairRule.NAME_WITHOUT_NUMBER, RepairRule.NIK_FROM_NAME),
        IssueCode.PHONE_FORMAT: (
            RepairRule.FIRST_OF_TWO_PHONES,
            RepairRule.CLEAN_PHONE,
            RepairRule.SHIFT_CELLS,
        ),
        IssueCode.REGION_UNMAPPED: (
            RepairRule.NEAREST_VILLAGE,
            RepairRule.VILLAGE_FROM_ADDRESS,
            RepairRule.SHIFT_CELLS,
        ),
        IssueCode.CATEGORY_UNKNOWN: (RepairRule.SHIFT_CELLS,),
    }
)


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
    return None if _stands_elsewhere(told, row) else _with_birth_date(row, told)


def _stands_elsewhere(told: date, row: RowToMend) -> bool:
    """Say whether another cell holds this very day: then the row's cells are in wrong columns."""
    own = row.columns.birth_index
    others = (cell for at, cell in enumerate(row.cells) if at != own)
    return any(_day_in(cell, row.registered_on) == told for cell in others)


def _day_in(cell: Cell, today: date) -> date | None:
    if isinstance(cell, list) or (isinstance(cell, str) and any(map(str.isdigit, cell))):
        return parse_day(cell_text(cell), today, window="birth")
    return None


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
    if told is None or born is None or not row.has_day or not told.agrees_with(born):
        return None
    return row.with_cell("sex", told.sex)


def _letters_to_digits(row: RowToMend) -> list[Cell] | None:
    """Read O as 0 and the like, where the NIK then says the row's own birth date and sex."""
    nik = clean_digits(row.text("nik")).translate(_LOOKALIKES)
    return row.with_cell("nik", nik) if row.proves(nik) else None


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
        RepairRule.CENTURY_FROM_NIK: mixed_cells.in_other_century,
        RepairRule.SEX_FROM_NIK: _sex_from_nik,
        RepairRule.SPLIT_PLACE_AND_DATE: mixed_cells.day_apart_from_place,
        RepairRule.LETTERS_TO_DIGITS: _letters_to_digits,
        RepairRule.CLEAN_NIK: mixed_cells.nik_without_words,
        RepairRule.NIK_FROM_NAME: mixed_cells.nik_out_of_name,
        RepairRule.NAME_WITHOUT_NUMBER: mixed_cells.name_without_number,
        RepairRule.SHIFT_CELLS: misplaced_cells.moved_back,
        RepairRule.EXCHANGE_CELLS: misplaced_cells.exchanged_back,
        RepairRule.FIRST_OF_TWO_PHONES: _first_of_two_phones,
        RepairRule.CLEAN_PHONE: mixed_cells.phone_without_words,
        RepairRule.NEAREST_VILLAGE: mixed_cells.nearest_village,
        RepairRule.VILLAGE_FROM_ADDRESS: mixed_cells.village_out_of_address,
    }
)
