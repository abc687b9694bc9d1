"""The background work of corrections: files that go out, files that come back."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.progress import CancelToken, ProgressSink, ignore_progress
from bpjsdesk.services.acceptance import breakdown
from bpjsdesk.services.batch_files import (
    error_workbook_name,
    write_error_workbook,
    write_list_errors,
)
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.corrected_lists import take_correction
from bpjsdesk.services.correction_steps import CorrectedBatch
from bpjsdesk.services.corrections import take_error_workbook
from bpjsdesk.services.staging import StagedList, open_list
from ui.tasks import Work

Codes = Mapping[int, tuple[IssueCode, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionDone:
    """What a file did to its batch, and how many of its open rows are sound and held now."""

    corrected: CorrectedBatch
    ready: int
    held: int


def correction_work(app: AppContext, path: Path, batch_id: int | None) -> Work:
    """Take a corrected file; without a batch it must carry row keys. Gives a CorrectionDone."""
    request_id = new_request_id()

    def work(progress: ProgressSink, cancel: CancelToken) -> CorrectionDone:
        if batch_id is None:
            done = take_error_workbook(
                app, path, request_id=request_id, progress=progress, cancel=cancel
            )
        else:
            done = take_correction(
                app, batch_id, path, request_id=request_id, progress=progress, cancel=cancel
            )
        now = done.correction.batch_id
        # what is stored is stored: counting it is not called off any more
        counts = breakdown(open_list(app, now, progress=ignore_progress, cancel=CancelToken()))
        return CorrectionDone(corrected=done, ready=counts.entering, held=counts.held)

    return work


def name_work(app: AppContext, batch_id: int) -> Work:
    """Name the next error workbook of a batch; gives its file name."""

    def work(_progress: ProgressSink, _cancel: CancelToken) -> str:
        return error_workbook_name(app, batch_id)

    return work


def batch_errors_work(app: AppContext, batch_id: int, out: Path) -> Work:
    """Write the held rows of a batch for its sender; gives their number."""

    def work(_progress: ProgressSink, _cancel: CancelToken) -> int:
        return write_error_workbook(app, batch_id, out)

    return work


def list_errors_work(app: AppContext, staged: StagedList, doubles: Codes, out: Path) -> Work:
    """Write the held rows of a list that is open, doubles among them; gives their number."""

    def work(_progress: ProgressSink, _cancel: CancelToken) -> int:
        return write_list_errors(app, staged, out, doubles=doubles)

    return work
