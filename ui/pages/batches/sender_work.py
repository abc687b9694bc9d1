"""Who has sent a list, as it is asked in the window, and the background work that stores it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bpjsdesk.domain.changes import Answer
from bpjsdesk.domain.enrollment import BatchRequest
from bpjsdesk.domain.senders import SenderChoice
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.letters import attach_scan, read_scan
from bpjsdesk.services.senders import choose_sender, sender_named
from bpjsdesk.services.staging import StagedList, stage_list
from ui.tasks import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderAsk:
    """Who has sent a list: one that is known, or a name that is to be recorded."""

    sender_id: int | None
    name: str
    letter_no: str = ""
    letter_on: date | None = None
    scan: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderAct:
    """Say who has sent a list in work; means the same after somebody else's change."""

    ask: SenderAsk

    def __call__(self, app: AppContext, work: StagedList) -> StagedList:
        scan = read_scan(self.ask.scan) if self.ask.scan is not None else None
        chosen = _choice_of(app, self.ask)
        return choose_sender(app, work, chosen, scan=scan, request_id=new_request_id())


def stage_work(app: AppContext, request: BatchRequest, ask: SenderAsk | None) -> Work:
    """Read a file and keep its rows as a list in work; gives an Answer."""
    request_id = new_request_id()

    def work(progress: ProgressSink, cancel: CancelToken) -> Answer:
        # read first: a scan that is no scan must not leave a list behind
        scan = read_scan(ask.scan) if ask is not None and ask.scan is not None else None
        answer = stage_list(
            app,
            request,
            request_id=request_id,
            progress=progress,
            cancel=cancel,
            sender=_choice_of(app, ask) if ask is not None else None,
        )
        if scan is not None:
            attach_scan(app, answer.object_id, scan, request_id=new_request_id())
        return answer

    return work


def _choice_of(app: AppContext, ask: SenderAsk) -> SenderChoice:
    sender_id = ask.sender_id
    if sender_id is None:
        sender_id = sender_named(app, ask.name, request_id=new_request_id())
    return SenderChoice(sender_id=sender_id, letter_no=ask.letter_no, letter_on=ask.letter_on)
