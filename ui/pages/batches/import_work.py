"""The background work of an import; nothing here touches a widget."""

from dataclasses import dataclass
from pathlib import Path

from bpjsdesk.domain.batches import BatchDetail
from bpjsdesk.domain.changes import Answer
from bpjsdesk.domain.staging import Stage
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.acceptance import discard, refuse, submit
from bpjsdesk.services.accepting import accept_list
from bpjsdesk.services.batch_files import write_template
from bpjsdesk.services.batches import get_batch
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.duplicates import duplicate_lists
from bpjsdesk.services.staging import StagedList
from bpjsdesk.services.work_place import keep_place
from ui.pages.batches.double_work import Codes
from ui.pages.batches.work_state import WorkState, open_state
from ui.tasks import Work

SUBMIT, ACCEPT, FILL, REFUSE = "submit", "accept", "fill", "refuse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is decided about a list; `reason` goes with a refusal."""

    deed: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """What a deed has stored, and the batch as it is now."""

    answer: Answer
    detail: BatchDetail


def open_work(app: AppContext, batch_id: int) -> Work:
    """Open a list in work; gives a WorkState."""

    def work(progress: ProgressSink, cancel: CancelToken) -> WorkState:
        return open_state(app, batch_id, progress=progress, cancel=cancel)

    return work


def place_work(app: AppContext, batch_id: int, place: Stage) -> Work:
    """Remember the screen at which work on a list goes on."""
    request_id = new_request_id()

    def work(_progress: ProgressSink, _cancel: CancelToken) -> Answer:
        return keep_place(app, batch_id, place, request_id=request_id)

    return work


def discard_work(app: AppContext, staged: StagedList, reason: str) -> Work:
    """Put a list in work aside."""
    request_id = new_request_id()

    def work(_progress: ProgressSink, _cancel: CancelToken) -> Answer:
        return discard(app, staged, reason=reason, request_id=request_id)

    return work


def accept_work(
    app: AppContext,
    staged: StagedList,
    request_id: str,
    *,
    up_to_quota: bool,
    known: Codes | None = None,
) -> Work:
    """Register every sound row after a backup; doubles are searched for unless `known`."""

    def work(progress: ProgressSink, cancel: CancelToken) -> Stored:
        doubles = known
        if doubles is None:
            doubles = duplicate_lists(app, staged, progress=progress, cancel=cancel).codes
        answer = accept_list(
            app,
            staged,
            request_id=request_id,
            progress=progress,
            cancel=cancel,
            up_to_quota=up_to_quota,
            doubles=doubles,
        )
        return Stored(answer=answer, detail=get_batch(app, answer.object_id))

    return work


def verdict_work(
    app: AppContext, staged: StagedList, verdict: Verdict, *, known: Codes | None = None
) -> Work:
    """Accept a list, lay it before the supervisor, or give it back; gives what was Stored."""
    request_id = new_request_id()
    if verdict.deed in (ACCEPT, FILL):
        return accept_work(app, staged, request_id, up_to_quota=verdict.deed == FILL, known=known)

    def work(_progress: ProgressSink, _cancel: CancelToken) -> Stored:
        if verdict.deed == REFUSE:
            answer = refuse(app, staged, reason=verdict.reason, request_id=request_id)
        else:
            answer = submit(app, staged, request_id=request_id)
        return Stored(answer=answer, detail=get_batch(app, answer.object_id))

    return work


def template_work(app: AppContext, agreement_id: int, sender_id: int | None, out: Path) -> Work:
    """Write an empty template, with what a known sender's lists teach; gives its path."""

    def work(_progress: ProgressSink, _cancel: CancelToken) -> Path:
        return write_template(app, agreement_id, out, sender_id=sender_id)

    return work
