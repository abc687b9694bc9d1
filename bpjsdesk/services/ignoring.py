"""Take warnings for in order, with a reason: their rows are asked about no more."""

import json
from collections.abc import Collection, Iterable, Iterator

from bpjsdesk.domain.ignored_warnings import IGNORE, seen_cells, seen_text
from bpjsdesk.domain.row_issues import ISSUE_SENTENCES, IssueCode
from bpjsdesk.errors import UserError
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.ignored_warnings import LineCells
from bpjsdesk.services.list_steps import StepWork, take_step
from bpjsdesk.services.printed_reasons import printed_reason
from bpjsdesk.services.staging import StagedList
from bpjsdesk.storage.ignored_warnings import SeenWarning


def ignore(
    context: AppContext,
    work: StagedList,
    line_ids: Collection[int],
    *,
    code: IssueCode | None,
    reason: str,
    request_id: str,
) -> StagedList:
    """Take one warning of rows for in order, or without a code all that they have.

    Raises: UserError REASON_…, ERROR_NOT_IGNORED, NOTHING_TO_IGNORE, NOT_PERMITTED, CONFLICT.
    """
    step = ignore_step(work, line_ids, code=code, reason=reason)
    return take_step(context, work, step, request_id=request_id)


def ignore_step(
    work: StagedList, line_ids: Iterable[int], *, code: IssueCode | None, reason: str
) -> StepWork:
    """Give the step that takes warnings for in order.

    Raises: UserError REASON_…, ERROR_NOT_IGNORED, NOTHING_TO_IGNORE.
    """
    if code is not None:
        require_warning(work, code)
    note = printed_reason(reason, missing="Tulis alasan mengapa peringatan ini diabaikan.")
    found = [each for line_id in line_ids for each in _warnings_of(work, line_id, code)]
    if not found:
        raise UserError(
            "NOTHING_TO_IGNORE", "Baris yang dipilih tidak mempunyai peringatan yang masih terbuka."
        )
    return StepWork(
        rule=IGNORE,
        code=code.value if code else "",
        rows=len({each.line_id for each in found}),
        note=note,
        ignored=found,
    )


def require_warning(work: StagedList, code: IssueCode) -> None:
    """Raises: UserError ERROR_NOT_IGNORED for what holds its row."""
    if work.check.levels.is_error(code):
        raise UserError("ERROR_NOT_IGNORED", error_sentence(code))


def has_warning(work: StagedList, line_id: int, code: IssueCode | None) -> bool:
    """Say whether a row has this warning, or without a code any, of which nobody has spoken."""
    return any(_warnings_of(work, line_id, code))


def error_sentence(code: IssueCode) -> str:
    """Say why a finding that holds its row cannot be ignored, and what can be done instead."""
    what = ISSUE_SENTENCES[code].partition(". ")[0].rstrip(".")
    return (
        f"“{what}” menahan baris, jadi tidak dapat diabaikan. Perbaiki barisnya, kirim balik, atau "
        "jangan dimuat. Tingkat temuan hanya dapat diubah Admin/TI di Pengaturan."
    )


def _warnings_of(work: StagedList, line_id: int, code: IssueCode | None) -> Iterator[SeenWarning]:
    line = work.line_cells(line_id)
    if line is None or line_id in work.outcomes:
        return
    row = work.check.staged[work.places[line_id]].row
    for each in work.ignored.open_codes(line_id, row.codes):
        if code in (None, each) and not work.check.levels.is_error(each):
            yield SeenWarning(line_id, each, _seen(each, line))


def _seen(code: IssueCode, line: LineCells) -> str:
    return seen_text(seen_cells(code, json.loads(line.cells), line.columns))
