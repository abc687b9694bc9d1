"""Take a list in, work on it by a plan, hand it on as far as this user may: no screen needed."""

from dataclasses import dataclass

from bpjsdesk.domain.enrollment import BatchRequest, BatchStatus
from bpjsdesk.domain.senders import SenderChoice
from bpjsdesk.errors import AppError
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.acceptance import ACCEPT, breakdown, submit
from bpjsdesk.services.accepting import accept_list
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.duplicates import duplicate_lists
from bpjsdesk.services.list_plan import ListPlan, carry_out
from bpjsdesk.services.rehearsal import understood
from bpjsdesk.services.staging import StagedList, open_list, stage_list


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedList:
    """A list that was taken in: `work` as it stood before it was handed on, and where it is now."""

    work: StagedList
    status: BatchStatus


def import_list(
    context: AppContext,
    request: BatchRequest,
    plan: ListPlan,
    *,
    progress: ProgressSink,
    cancel: CancelToken,
    sender: SenderChoice | None = None,
) -> ImportedList:
    """Take a list in and hand it on; what a plan cannot do is refused before anything is kept.

    Raises: UserError for the file, the target, the plan, ALREADY_IMPORTED, NOT_PERMITTED;
        EnvironmentProblem; Cancelled.
    """
    if not plan.is_empty:
        understood(context, request, plan, progress=progress, cancel=cancel, sender=sender)
    answer = stage_list(
        context,
        request,
        request_id=new_request_id(),
        progress=progress,
        cancel=cancel,
        sender=sender,
    )
    work = open_list(context, answer.object_id, progress=progress, cancel=cancel)
    work = carry_out(context, work, plan)
    return hand_on(context, work, progress=progress, cancel=cancel)


def hand_on(
    context: AppContext, work: StagedList, *, progress: ProgressSink, cancel: CancelToken
) -> ImportedList:
    """Accept a list up to its quota where the user may, doubles held; else lay it before who may.

    A list of which nobody could enter stays in work.
    Raises: UserError; EnvironmentProblem; each says that the list is kept in work. Cancelled.
    """
    try:
        status = _handed_on(context, work, progress, cancel)
    except AppError as refusal:
        kept = f"Daftar tetap tersimpan sebagai pekerjaan, batch {work.number}."
        raise type(refusal)(refusal.code, f"{refusal.message} {kept}") from refusal
    return ImportedList(work=work, status=status)


def _handed_on(
    context: AppContext, work: StagedList, progress: ProgressSink, cancel: CancelToken
) -> BatchStatus:
    if breakdown(work).entering == 0:
        return BatchStatus.DRAFT
    if context.user.may(ACCEPT):
        doubles = duplicate_lists(context, work, progress=progress, cancel=cancel).codes
        accept_list(
            context,
            work,
            request_id=new_request_id(),
            progress=progress,
            cancel=cancel,
            up_to_quota=True,
            doubles=doubles,
        )
        return BatchStatus.VALIDATED
    submit(context, work, request_id=new_request_id())
    return BatchStatus.SUBMITTED
