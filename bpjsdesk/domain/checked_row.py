"""One row of a list as the check has understood it."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from bpjsdesk.domain.identity import Sex
from bpjsdesk.domain.row_issues import IssueCode, Levels
from bpjsdesk.domain.row_kinds import IgnoredReason, RowKind


class CheckedRow(NamedTuple):
    """One row as understood: a tuple, because tens of thousands cross the layers at once.

    `row_no` is the number that the spreadsheet shows. A value is None where the file leaves it
    open or it was not understood; `nik` is always 16 digits. `codes` hold every fault, errors
    first; `is_held` says that an error among them keeps this row out of the batch.
    """

    sheet: str
    row_no: int
    kind: RowKind
    reason: IgnoredReason | None
    codes: tuple[IssueCode, ...]
    is_held: bool = False
    nik: str | None = None
    name: str | None = None
    name_key: str | None = None
    birth_date: date | None = None
    sex: Sex | None = None
    region_code: str | None = None
    phone: str | None = None
    birth_place: str | None = None
    mother_name: str | None = None
    family_card_no: str | None = None
    address: str | None = None
    neighbourhood: str | None = None
    village: str | None = None
    district: str | None = None
    category: str | None = None
    email: str | None = None
    occupation: str | None = None
    wage: int | None = None
    bank: str | None = None
    account_no: str | None = None
    note: str | None = None
    row_key: str | None = None


def with_codes(row: CheckedRow, levels: Levels, *codes: IssueCode) -> CheckedRow:
    """Give the row with codes added that only the store knows: DUP_ACTIVE, NAME_DIFFERS."""
    marks = levels.shown([*row.codes, *codes])
    return row._replace(codes=marks, is_held=levels.hold(marks))


def without_codes(row: CheckedRow, levels: Levels, codes: Collection[IssueCode]) -> CheckedRow:
    """Give the row as if nothing had been found of some codes."""
    marks = tuple(code for code in row.codes if code not in codes)
    return row._replace(codes=marks, is_held=levels.hold(marks))
