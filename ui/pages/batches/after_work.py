"""The background work of what follows acceptance; nothing here touches a widget."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bpjsdesk.domain.agreements import AgreementListItem, QuotaLine
from bpjsdesk.domain.batch_undo import UndoPlan
from bpjsdesk.domain.batches import BatchDetail
from bpjsdesk.domain.changes import Answer
from bpjsdesk.domain.core_reply import Reply, ReplyState, SentPerson
from bpjsdesk.domain.enrollment import BatchListItem, BatchRequest
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.agreements import get_agreement, list_agreements
from bpjsdesk.services.batch_undo import Undone, plan_undo, undo_batch, write_undo_list
from bpjsdesk.services.batches import get_batch, held_rows, ignored_rows, list_batches
from bpjsdesk.services.carry_forward import CarryPlan, carry_into, plan_carry
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.core_refusals import take_out_refused
from bpjsdesk.services.core_reply import (
    check_reply,
    lift_refusal,
    reply_state,
    sent_people,
    take_reply,
)
from bpjsdesk.services.core_send import send_list, write_unanswered
from bpjsdesk.services.list_comparison import compare_lists, write_comparison
from bpjsdesk.services.list_history import HistoryEntry, batch_history
from bpjsdesk.services.printing import comparison_document
from ui.pages.batches.row_groups import RowGroups, groups_of_rows
from ui.pages.reports.pdf_work import Printable
from ui.tasks import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredBatch:
    """A batch with the rows that were not accepted and what was done to it, read together."""

    detail: BatchDetail
    groups: RowGroups
    history: Sequence[HistoryEntry]
    core: ReplyState


@dataclass(frozen=True, slots=True, kw_only=True)
class CoreLists:
    """What stands between a batch and the core system, counted and person by person."""

    state: ReplyState
    people: Sequence[SentPerson]


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryStart:
    """Who goes on, and the agreements under which they may."""

    plan: CarryPlan
    agreements: Sequence[AgreementListItem]


def stored_work(app: AppContext, batch_id: int) -> Work:
    """Read a stored batch with the rows that are no participants; gives a StoredBatch."""

    def work(_progress: ProgressSink, cancel: CancelToken) -> StoredBatch:
        detail = get_batch(app, batch_id)
        cancel.raise_if_cancelled()
        rows = held_rows(app, batch_id) if detail.item.counts.held else ()
        cancel.raise_if_cancelled()
        left_out = ignored_rows(app, batch_id) if detail.item.counts.ignored else ()
        return StoredBatch(
            detail=detail,
            groups=groups_of_rows((*rows, *left_out), detail.levels),
            history=batch_history(app, batch_id),
            core=reply_state(app, batch_id),
        )

    return work


def list_work(app: AppContext) -> Work:
    """Read all batches, newest first."""

    def work(_progress: ProgressSink, _cancel: CancelToken) -> tuple[BatchListItem, ...]:
        return list_batches(app)

    return work


def history_work(app: AppContext, batch_id: int) -> Work:
    """Read what was done to a batch; gives entries, newest first."""

    def work(_progress: ProgressSink, _cancel: CancelToken) -> tuple[HistoryEntry, ...]:
        return batch_history(app, batch_id)

    return work


def core_work(app: AppContext, batch_id: int) -> Work:
    """Read what was sent and answered; gives CoreLists."""

    def work(_progress: ProgressSink, cancel: CancelToken) -> CoreLists:
        state = reply_state(app, batch_id)
        cancel.raise_if_cancelled()
        return CoreLists(state=state, people=sent_people(app, batch_id))

    return work


def send_work(app: AppContext, batch_id: int, out: Path) -> Work:
    """Write the list for the core system and mark it sent; gives an Answer."""
    request_id = new_request_id()

    def work(_progress: ProgressSink, _cancel: CancelToken) -> Answer:
        return send_list(app, batch_id, out, request_id=request_id)

    return work


def unanswered_work(app: AppContext, batch_id: int, out: Path) -> Work:
    """Write whoever was never answered; gives the path."""
    request_id = new_request_id()

    def work(_progress: ProgressSink, _cancel: CancelToken) -> Path:
        return write_unanswered(app, batch_id, out, request_id=request_id)

    return work


def reply_work(app: AppContext, batch_id: int, path: Path) -> Work:
    """Read a reply without taking it; gives a Reply."""

    def work(_progress: ProgressSink, cancel: CancelToken) -> Reply:
        return check_reply(app, batch_id, path, cancel=cancel)

    return work


def take_work(app: AppContext, reply: Reply) -> Work:
    """Take a reply that was read; gives an Answer."""
    request_id = new_request_id()

    def work(progress: ProgressSink, _cancel: CancelToken) -> Answer:
        return take_reply(app, reply, request_id=request_id, progress=progress)

    return work


def take_out_work(app: AppContext, batch_id: int, state: ReplyState) -> Work:
    """Take whoever was refused out of the register; gives an Answer."""
    request_id = new_request_id()

    def work(progress: ProgressSink, _cancel: CancelToken) -> Answer:
        return take_out_refused(app, batch_id, state, request_id=request_id, progress=progress)

    return work


def lift_work(app: AppContext, batch_id: int, person: SentPerson, reason: str) -> Work:
    """Let a refused row in again as it is; gives an Answer."""
    request_id = new_request_id()

    def work(_progress: ProgressSink, _cancel: CancelToken) -> Answer:
        return lift_refusal(app, batch_id, person.line_id, reason=reason, request_id=request_id)

    return work


def undo_plan_work(app: AppContext, batch_id: int) -> Work:
    """Say what an undo would do; gives an UndoPlan."""

    def work(_progress: ProgressSink, _cancel: CancelToken) -> UndoPlan:
        return plan_undo(app, batch_id)

    return work


def undo_work(app: AppContext, plan: UndoPlan, reason: str) -> Work:
    """Take a batch back; gives what was Undone."""
    request_id = new_request_id()

    def work(progress: ProgressSink, _cancel: CancelToken) -> Undone:
        return undo_batch(app, plan, reason=reason, request_id=request_id, progress=progress)

    return work


def undo_list_work(app: AppContext, plan: UndoPlan, out: Path) -> Work:
    """Write everybody's fate; gives the path."""
    request_id = new_request_id()

    def work(_progress: ProgressSink, _cancel: CancelToken) -> Path:
        return write_undo_list(app, plan, out, request_id=request_id)

    return work


def carry_plan_work(app: AppContext, batch_id: int) -> Work:
    """Say who goes on; gives a CarryStart."""

    def work(_progress: ProgressSink, cancel: CancelToken) -> CarryStart:
        plan = plan_carry(app, batch_id)
        cancel.raise_if_cancelled()
        return CarryStart(plan=plan, agreements=list_agreements(app))

    return work


def quota_work(app: AppContext, agreement_id: int) -> Work:
    """Read the quota lines of an agreement."""

    def work(_progress: ProgressSink, _cancel: CancelToken) -> Sequence[QuotaLine]:
        return get_agreement(app, agreement_id).quotas

    return work


def carry_work(
    app: AppContext, plan: CarryPlan, request: BatchRequest, additions: Path | None
) -> Work:
    """Make next year's list; gives an Answer."""
    request_id = new_request_id()

    def work(progress: ProgressSink, cancel: CancelToken) -> Answer:
        return carry_into(
            app,
            plan,
            request,
            request_id=request_id,
            progress=progress,
            cancel=cancel,
            additions=additions,
        )

    return work


def comparison_pdf(app: AppContext, before_id: int, after_id: int) -> Printable:
    """Describe what a list changes against an earlier one."""

    def work(progress: ProgressSink, cancel: CancelToken) -> bytes:
        from bpjsdesk.reports.issue import list_comparison_pdf  # noqa: PLC0415 - start-up cost

        found = compare_lists(app, before_id, after_id, progress=progress, cancel=cancel)
        return list_comparison_pdf(app, found)

    number = comparison_document(before_id, after_id)
    return Printable(work=work, number=number, kind="batch", object_id=after_id)


def comparison_work(app: AppContext, before_id: int, after_id: int, out: Path) -> Work:
    """Write both directions as a workbook; gives the path."""
    request_id = new_request_id()

    def work(progress: ProgressSink, cancel: CancelToken) -> Path:
        found = compare_lists(app, before_id, after_id, progress=progress, cancel=cancel)
        return write_comparison(app, found, out, request_id=request_id)

    return work
