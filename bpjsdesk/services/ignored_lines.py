"""Count who was taken in with a warning, by warning and reason, for whatever is printed."""

from collections import Counter

from bpjsdesk.domain.enrollment import BatchStatus
from bpjsdesk.domain.ignored_warnings import IgnoredLine
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.fates import ENTERS
from bpjsdesk.services.staging import StagedList
from bpjsdesk.storage import ignored_warnings, staging
from bpjsdesk.storage.connection import Connection


def ignored_of_list(connection: Connection, work: StagedList) -> tuple[IgnoredLine, ...]:
    """Count the rows of a list that is open, whatever its batch has come to."""
    status = staging.status_of_batch(connection, work.batch_id)
    undecided = status in (BatchStatus.DRAFT, BatchStatus.SUBMITTED)
    return ignored_lines(connection, work.batch_id, work if undecided else None)


def ignored_lines(
    connection: Connection, batch_id: int, work: StagedList | None
) -> tuple[IgnoredLine, ...]:
    """Count who was accepted, and with a list that is undecided who would be now; most first."""
    counts = Counter[tuple[IssueCode, str]]()
    for line in ignored_warnings.accepted(connection, batch_id):
        counts[line.code, line.reason] += line.rows
    if work is not None:
        counts.update(_entering(work))
    return _lines(counts)


def ignored_of_batch(context: AppContext, batch_id: int) -> tuple[IgnoredLine, ...]:
    """Count who was accepted."""
    context.user.require("read.batches")
    with context.database.read() as connection:
        return ignored_lines(connection, batch_id, None)


def ignored_of_work(work: StagedList) -> tuple[IgnoredLine, ...]:
    """Count who would be accepted now."""
    return _lines(_entering(work))


def _lines(counts: Counter[tuple[IssueCode, str]]) -> tuple[IgnoredLine, ...]:
    return tuple(
        IgnoredLine(code=code, reason=reason, rows=rows)
        for (code, reason), rows in sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    )


def _entering(work: StagedList) -> Counter[tuple[IssueCode, str]]:
    found = Counter[tuple[IssueCode, str]]()
    for line_id in work.ignored.covers:
        place = work.places.get(line_id)
        if place is not None and work.fates[place] in ENTERS:
            row = work.check.staged[place].row
            told = work.ignored.of_row(line_id, row.codes)
            found.update((code, word.reason) for code, word in told)
    return found
