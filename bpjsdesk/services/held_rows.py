"""The held rows of a list as its error workbook shows them: each with its key and its reasons."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bpjsdesk.domain.enrollment import BatchStatus, LineStatus
from bpjsdesk.domain.row_check import with_codes
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.services.acceptance import Doubles
from bpjsdesk.services.batch_check import status_of
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.put_aside import put_aside_reasons
from bpjsdesk.services.row_keys import row_key
from bpjsdesk.services.staged_rows import StagedRow
from bpjsdesk.services.staging import StagedList
from bpjsdesk.storage import enrollment, staging

# What only the search for doubles or acceptance itself finds; a check of the row alone does not.
_FOUND_LATER = frozenset(
    {
        IssueCode.OVER_QUOTA,
        IssueCode.OVER_BUDGET,
        IssueCode.SIMILAR_PERSON,
        IssueCode.ALREADY_PAID,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldRow:
    """A row for its sender; `note` is what a clerk has written about it."""

    sheet: str
    row: int
    key: str
    cells: str
    codes: tuple[IssueCode, ...]
    note: str = ""


def held_rows_of(context: AppContext, work: StagedList, doubles: Doubles) -> list[HeldRow]:
    """Give the held rows of a list; after acceptance all that it still owes.

    `doubles` are the codes that the search for doubles has found, by line.
    """
    found = _Held(context, work)
    return list(found.rows(doubles))


class _Held:
    """Tell for each open row of a list whether it is held, and why."""

    def __init__(self, context: AppContext, work: StagedList) -> None:
        self._context = context
        self._work = work
        self._notes = put_aside_reasons(context, work)
        with context.database.read() as connection:
            self._first = staging.first_cells(connection, work.batch_id)
            row = enrollment.batch_row(connection, work.batch_id)
            undecided = row.status in (BatchStatus.DRAFT, BatchStatus.SUBMITTED)
            self._is_accepted = not undecided or bool(row.accepted or row.ignored)
            self._kept: Mapping[int, tuple[IssueCode, ...]] = {}
            if self._is_accepted:
                lines = enrollment.stored_lines(connection, work.batch_id, LineStatus.HELD)
                self._kept = {line.line_id: _found_later(line.codes) for line in lines}

    def rows(self, doubles: Doubles) -> Iterator[HeldRow]:
        levels = self._work.check.levels
        for line_id, item in zip(self._work.line_ids, self._work.check.staged, strict=True):
            codes = doubles.get(line_id, ()) or self._kept.get(line_id, ())
            row = with_codes(item.row, levels, *codes) if codes else item.row
            shown = item._replace(row=row)
            if self._is_held(line_id, shown):
                yield self._held_row(line_id, shown)

    def _is_held(self, line_id: int, item: StagedRow) -> bool:
        outcome = self._work.outcomes.get(line_id)
        if outcome is not None:
            return outcome == DecidedOutcome.RETURNED
        return self._is_accepted or status_of(item.row) is LineStatus.HELD

    def _held_row(self, line_id: int, item: StagedRow) -> HeldRow:
        arrived = self._first.get(line_id, item.cells)
        return HeldRow(
            sheet=item.row.sheet,
            row=item.row.row_no,
            key=row_key(self._context, self._work.batch_id, line_id, arrived),
            cells=item.cells,
            codes=self._work.ignored.open_codes(line_id, item.row.codes),
            note=self._notes.get(line_id, ""),
        )


def _found_later(codes: tuple[str, ...]) -> tuple[IssueCode, ...]:
    return tuple(IssueCode(code) for code in codes if code in _FOUND_LATER)
