"""Confirm NIKs of a cut column one by one: somebody has seen that they really end in 0."""

from collections.abc import Collection, Iterable

from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.errors import UserError
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.list_steps import StepWork, take_step
from bpjsdesk.services.printed_reasons import printed_reason
from bpjsdesk.services.staging import StagedList
from bpjsdesk.storage import corrections
from bpjsdesk.storage.staging import CellEdit

NIK_CONFIRMED = corrections.NIK_CONFIRMED
_RETURNED = DecidedOutcome.RETURNED.value  # to see the card is one way to take such a row up


def confirm_niks(
    context: AppContext,
    work: StagedList,
    line_ids: Collection[int],
    *,
    reason: str,
    request_id: str,
) -> StagedList:
    """Take the NIKs of rows for whole though their column has lost its last digits, as one step.

    Raises: UserError REASON_…, NOTHING_TO_CONFIRM, NOT_PERMITTED, CONFLICT.
    """
    step = confirmation_step(work, line_ids, reason=reason)
    return take_step(context, work, step, request_id=request_id)


def confirmation_step(work: StagedList, line_ids: Iterable[int], *, reason: str) -> StepWork:
    """Give the step that confirms the NIKs of rows.

    A NIK stays refused while another row of a cut column holds it that nobody has looked at.

    Raises: UserError REASON_…, NOTHING_TO_CONFIRM.
    """
    note = printed_reason(reason, missing="Tulis siapa yang mencocokkan NIK ini, dan dengan apa.")
    lines = {line_id for line_id in line_ids if is_confirmable(work, line_id)}
    if not lines:
        raise UserError(
            "NOTHING_TO_CONFIRM",
            "Baris yang dipilih tidak mempunyai NIK 16 angka yang ditahan karena kolomnya "
            "terpotong. Ketik dahulu NIK lengkap menurut KTP bila selnya masih berupa angka.",
        )
    # written anew as they are, so that the step knows its rows and an undo finds them
    edits = [CellEdit(line, cells, cells) for line in lines if (cells := _cells(work, line))]
    return StepWork(
        rule=NIK_CONFIRMED,
        code=IssueCode.NIK_TRUNCATED.value,
        rows=len(lines),
        note=note,
        edits=edits,
        confirmed=frozenset(lines),
    )


def is_confirmable(work: StagedList, line_id: int) -> bool:
    """Say whether a row is held only by what its column says of its NIK."""
    place = work.places.get(line_id)
    if place is None or work.outcomes.get(line_id, _RETURNED) != _RETURNED:
        return False
    row = work.check.staged[place].row
    return row.nik is not None and IssueCode.NIK_TRUNCATED in row.codes


def _cells(work: StagedList, line_id: int) -> str:
    return work.check.staged[work.places[line_id]].cells
