"""Cells of a row that lie in the wrong column: moved along by one, or two of them exchanged.

A row proves where its cells belong: NIK, name, birth date and sex fit each other in one way of
laying them and in no other. Where two ways fit, or none, nothing is moved.
"""

from collections.abc import Iterable, Iterator
from itertools import combinations

from bpjsdesk.domain.cells import Cell, cell_text, is_empty, stands_for_nothing
from bpjsdesk.domain.columns import Origin
from bpjsdesk.domain.identity import NIK_LENGTH, clean_digits
from bpjsdesk.domain.row_check import CheckedRow
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.row_kinds import RowKind
from bpjsdesk.domain.row_to_mend import RowToMend

_EXCHANGED = ("nik", "family_card_no", "name", "birth_place", "birth_date", "sex", "phone")
# What the NIK of a row tells: of two cells without any of these nobody knows which is which.
_PROVED = ("nik", "birth_date", "sex")
_WITHOUT_DIGITS = ("name", "birth_place", "mother_name")
# Faults of the person or of other rows, and cells left open, which say nothing about the columns.
_NOT_OF_PLACES = frozenset(
    {
        IssueCode.DUP_IN_FILE,
        IssueCode.NIK_TWO_NAMES,
        IssueCode.IS_ASN_TNI_POLRI,
        IssueCode.PHONE_SHARED,
        IssueCode.NO_PHONE,
        IssueCode.NO_MOTHER_NAME,
        IssueCode.HEIR_MISSING,
        IssueCode.VALUE_LOST,
        IssueCode.OVER_AGE,
        IssueCode.UNDER_AGE,
        IssueCode.OUT_OF_REGION,
        IssueCode.NIK_REGION_UNKNOWN,
    }
)


def moved_back(row: RowToMend) -> list[Cell] | None:
    """Move the cells from some column on by one column, to the left or to the right."""
    return None if _is_in_place(row) else _only_fit(row, _moved(row.laid))


def exchanged_back(row: RowToMend) -> list[Cell] | None:
    """Exchange two cells, such as NIK and family card, that stand in each other's column."""
    return None if _is_in_place(row) else _only_fit(row, _exchanges(row))


def _is_in_place(row: RowToMend) -> bool:
    """Say whether NIK, name, birth date and sex fit each other as they stand."""
    return bool(row.row.nik) and _is_person(row, row.row, list(row.cells))


def _only_fit(row: RowToMend, candidates: Iterable[list[Cell]]) -> list[Cell] | None:
    found: list[list[Cell]] = []
    for cells in candidates:
        if cells not in found and _may_fit(row, cells) and _fits(row, cells):
            found.append(cells)
    if len(found) != 1:
        return None
    return found[0] + list(row.cells[len(row.laid) :])


def _moved(cells: list[Cell]) -> Iterator[list[Cell]]:
    for at, cell in enumerate(cells):
        if is_empty(cell):
            yield [*cells[:at], *cells[at + 1 :], None]
    if is_empty(cells[-1]):  # else the last one would be pushed out of the list
        for at in range(len(cells)):
            yield [*cells[:at], None, *cells[at:-1]]


def _exchanges(row: RowToMend) -> Iterator[list[Cell]]:
    cells = row.laid
    found = row.columns.fields
    places = [found[field] for field in _EXCHANGED if field in found and found[field] < len(cells)]
    proved = {found.get(field) for field in _PROVED}
    for one, other in combinations(places, 2):
        is_proved = one in proved or other in proved
        if is_proved and _says(cells[one]) and _says(cells[other]):
            changed = list(cells)
            changed[one], changed[other] = cells[other], cells[one]
            yield changed


def _says(cell: Cell) -> bool:
    return not stands_for_nothing(cell_text(cell))


def _may_fit(row: RowToMend, cells: list[Cell]) -> bool:
    """Look before the rules are asked: most ways of laying a row fail at its NIK or birth date."""
    nik = cells[row.columns.fields["nik"]]
    if not isinstance(nik, str) or len(clean_digits(nik)) != NIK_LENGTH:
        return False
    born = row.columns.birth_index
    if born is None:
        return False
    return any(map(str.isdigit, cell_text(cells[born]))) and all(
        not any(map(str.isdigit, _text(row, cells, field))) for field in _WITHOUT_DIGITS
    )


def _fits(row: RowToMend, cells: list[Cell]) -> bool:
    found = row.check(cells + list(row.cells[len(row.laid) :]))
    return _is_person(row, found, cells) and _NOT_OF_PLACES.issuperset(found.codes)


def _is_person(row: RowToMend, found: CheckedRow, cells: list[Cell]) -> bool:
    told = row.told_by(found.nik) if found.nik else None
    born = row.columns.birth_index
    if told is None or born is None or born >= len(cells) or is_empty(cells[born]):
        return False
    has_sex = row.columns.index("sex") is not None
    return (
        found.kind is RowKind.DATA
        and bool(found.name)
        and found.birth_date is not None
        and told.agrees_with(found.birth_date)
        and (found.sex == told.sex or not has_sex)
    )


def _text(row: RowToMend, cells: list[Cell], field: str) -> str:
    at = row.columns.index(field)
    if at is None or at >= len(cells) or row.columns.origins.get(field) is Origin.SHEET:
        return ""
    return cell_text(cells[at])
