"""The rows of a list in work that would not be accepted now, each with its reasons in words."""

from dataclasses import replace

from bpjsdesk.domain.enrollment import BatchRow, LineStatus
from bpjsdesk.domain.row_issues import ISSUE_SENTENCES
from bpjsdesk.services.batch_check import batch_row
from bpjsdesk.services.batches import as_permitted
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.fates import Fate
from bpjsdesk.services.put_aside import put_aside_reasons
from bpjsdesk.services.staging import StagedList


def waiting_rows(context: AppContext, work: StagedList) -> tuple[BatchRow, ...]:
    """Give the rows that are held as they are now; what a clerk has written goes first.

    NIKs are in full for those who may mend the rows, else masked.
    """
    notes = put_aside_reasons(context, work) if work.outcomes else {}
    rows = []
    for place in _places(work, Fate.HELD):
        item, line_id = work.check.staged[place], work.line_ids[place]
        codes = work.ignored.open_codes(line_id, item.row.codes)
        told = notes.get(line_id) or " ".join(ISSUE_SENTENCES[code] for code in codes)
        shown = replace(
            _shown(work, place),
            status=LineStatus.HELD,
            codes=tuple(code.value for code in codes),
            reason=told,
        )
        rows.append(shown)
    return as_permitted(context, rows)


def rows_of_nobody(context: AppContext, work: StagedList) -> tuple[BatchRow, ...]:
    """Give the rows that are no persons, each with its reason; NIKs as in `waiting_rows`."""
    rows = (_shown(work, place) for place in _places(work, Fate.IGNORED))
    return as_permitted(context, rows)


def _places(work: StagedList, fate: Fate) -> list[int]:
    return [place for place, each in enumerate(work.fates) if each is fate]


def _shown(work: StagedList, place: int) -> BatchRow:
    item = work.check.staged[place]
    return batch_row(item.row, item.cells, work.check.columns[item.row.sheet])
