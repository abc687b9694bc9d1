"""Take a list in, work on it by a plan, hand it on as far as this user may: no screen needed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bpjsdesk.domain.enrollment import BatchRequest, BatchStatus
from bpjsdesk.domain.senders import SenderChoice
from bpjsdesk.errors import Cancelled, EnvironmentProblem, UserError
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.acceptance import ACCEPT, breakdown, submit
from bpjsdesk.services.accepting import accept_list
from bpjsdesk.services.batches import get_batch
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
        EnvironmentProblem; Cancelled. What comes once the list is kept says so and names it.
    """
    work = take_in(context, request, plan, progress=progress, cancel=cancel, sender=sender)
    with _kept_in_work(context, work.batch_id):
        return ImportedList(work=work, status=_handed_on(context, work, progress, cancel))


def take_in(
    context: AppContext,
    request: BatchRequest,
    plan: ListPlan,
    *,
    progress: ProgressSink,
    cancel: CancelToken,
    sender: SenderChoice | None = None,
) -> StagedList:
    """Take a list in and work on it by a plan; it stays in work.

    Raises: as `import_list`.
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
    with _kept_in_work(context, answer.object_id):
        work = open_list(context, answer.object_id, progress=progress, cancel=cancel)
        return carry_out(context, work, plan)


@contextmanager
def _kept_in_work(context: AppContext, batch_id: int) -> Iterator[None]:
    """Say of whatever stops the rest that the list is kept, and under which number."""
    try:
        yield
    except EnvironmentProblem as problem:
        message = f"{problem.message} {_kept(context, batch_id)}"
        raise EnvironmentProblem(problem.code, message) from problem
    except UserError as refusal:
        message = f"{refusal.message} {_kept(context, batch_id)}"
        raise UserError(refusal.code, message) from refusal
    except (Cancelled, KeyboardInterrupt) as stop:
        raise UserError("CANCELLED", f"Dihentikan. {_kept(context, batch_id)}") from stop


def _kept(context: AppContext, batch_id: int) -> str:
    number = get_batch(context, batch_id).item.number
    return f"Daftar tetap tersimpan sebagai pekerjaan, batch {number}."


def _handed_on(
    context: AppContext, work: StagedList, progress: ProgressSink, cancel: CancelToken
) -> BatchStatus:
    """Accept up to the quota where the user may, doubles held; else lay before who may.

    A list of which nobody could enter stays in work.
    """
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
