"""Lists in work for tests: taken in, opened again, under a fresh agreement."""

from pathlib import Path

from bpjsdesk.domain.senders import SenderChoice
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.acceptance import accept
from bpjsdesk.services.agreements import save_agreement
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.corrected_lists import take_correction
from bpjsdesk.services.correction_steps import CorrectedBatch
from bpjsdesk.services.staging import StagedList, open_list
from tests.services.factories import a_draft
from tests.services.lists import request_for, taken_in


def saved_agreement(office: AppContext) -> int:
    return save_agreement(office, a_draft(), request_id=new_request_id()).object_id


def staged(
    office: AppContext, under: int, path: Path, sender: SenderChoice | None = None
) -> StagedList:
    return taken_in(office, request_for(under, path), sender)


def opened(office: AppContext, batch_id: int) -> StagedList:
    return open_list(office, batch_id, progress=ignore_progress, cancel=CancelToken())


def accepted(office: AppContext, batch_id: int) -> None:
    accept(
        office,
        opened(office, batch_id),
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
    )


def again(office: AppContext, batch_id: int, path: Path) -> CorrectedBatch:
    """Take what came back from the sender."""
    return take_correction(
        office,
        batch_id,
        path,
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
    )


def numbers(done: CorrectedBatch) -> tuple[int, int, int, int]:
    """Count what was taken, was the same, was added and was only reported."""
    found = done.correction
    return found.taken, found.unchanged, found.added, len(found.reported)
