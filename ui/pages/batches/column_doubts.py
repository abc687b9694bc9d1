"""Whether somebody must look at the columns of a list before its rows."""

from bpjsdesk.domain.columns import DateOrder
from bpjsdesk.domain.enrollment import BatchStatus
from bpjsdesk.domain.staging import SheetStep
from bpjsdesk.services.staging import StagedList
from bpjsdesk.services.work_columns import joined_rows, parsed, truncated_columns

_EMPTY = frozenset({None, "", "-"})


def has_doubts(work: StagedList, status: str) -> bool:
    """Say whether columns or sheets of a draft are undecided."""
    if status != BatchStatus.DRAFT:
        return False
    if _is_untouched(work) and (_leaves_a_list_out(work) or truncated_columns(work)):
        return True
    return _asks(work) or _has_undecided(work)


def _is_untouched(work: StagedList) -> bool:
    # a file without these two cannot be made out of this one: it is told once, at the beginning
    return all(step.rule == SheetStep.LEAVE_SHEET for step in work.steps if not step.undone_at)


def _leaves_a_list_out(work: StagedList) -> bool:
    return any(name in work.rules.columns for name in work.check.skipped_sheets)


def _asks(work: StagedList) -> bool:
    joined = set(work.rules.columns) - set(work.check.skipped_sheets)
    found = [work.rules.columns[name] for name in joined]
    return any(columns.date_order is DateOrder.MIXED or columns.is_guessed for columns in found)


def _has_undecided(work: StagedList) -> bool:
    """Look for a column that holds something and means nothing yet."""
    undecided = {
        name: set(range(len(columns.headers))) - set(columns.fields.values()) - columns.unused
        for name, columns in work.rules.columns.items()
    }
    if not any(undecided.values()):
        return False
    rows = (item for item in joined_rows(work) if undecided[item.row.sheet])
    return any(
        at < len(cells) and (isinstance(cells[at], list) or cells[at] not in _EMPTY)
        for row, cells in parsed(rows)
        for at in undecided[row.sheet]
    )
