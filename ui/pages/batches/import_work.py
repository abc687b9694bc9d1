"""The background work of an import; nothing here touches a widget."""

import time
from functools import partial
from pathlib import Path

from bpjsdesk.domain.batches import BatchDetail
from bpjsdesk.domain.changes import Answer
from bpjsdesk.domain.enrollment import BatchRequest
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.batch_check import BatchCheck, check_batch
from bpjsdesk.services.batch_files import (
    write_check_errors,
    write_error_workbook,
    write_template,
)
from bpjsdesk.services.batch_import import import_batch
from bpjsdesk.services.batches import get_batch, list_batches
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.reference import region_names
from ui.pages.batches.import_form import accepted_under
from ui.pages.batches.import_preview import CheckedFile
from ui.pages.batches.row_groups import groups_of_check
from ui.tasks import Work


def check_work(app: AppContext, request: BatchRequest) -> Work:
    """Check a file and make everything ready that the preview shows."""
    return partial(_check, app, request)


def save_work(app: AppContext, check: BatchCheck, request_id: str) -> Work:
    """Store a checked file; gives (Answer, BatchDetail)."""

    def work(progress: ProgressSink, cancel: CancelToken) -> tuple[Answer, BatchDetail]:
        answer = import_batch(app, check, request_id=request_id, progress=progress, cancel=cancel)
        return answer, get_batch(app, answer.object_id)

    return work


def template_work(app: AppContext, agreement_id: int, out: Path) -> Work:
    """Write an empty template; gives its path."""

    def work(_progress: ProgressSink, _cancel: CancelToken) -> Path:
        return write_template(app, agreement_id, out)

    return work


def check_errors_work(app: AppContext, check: BatchCheck, out: Path) -> Work:
    """Write the faulty rows of a check; gives their number."""

    def work(_progress: ProgressSink, _cancel: CancelToken) -> int:
        return write_check_errors(app, check, out)

    return work


def batch_errors_work(app: AppContext, batch_id: int, out: Path) -> Work:
    """Write the held rows of a batch for repair; gives their number."""

    def work(_progress: ProgressSink, _cancel: CancelToken) -> int:
        return write_error_workbook(app, batch_id, out)

    return work


def _check(
    app: AppContext, request: BatchRequest, progress: ProgressSink, cancel: CancelToken
) -> CheckedFile:
    started = time.monotonic()
    check = check_batch(app, request, progress=progress, cancel=cancel)
    seconds = time.monotonic() - started
    cancel.raise_if_cancelled()
    codes = {item.row.region_code for item in check.staged if item.row.region_code}
    regions = region_names(app, codes)
    batches = list_batches(app, agreement_id=request.agreement_id)
    return CheckedFile(
        check=check,
        report=check.report(),
        groups=groups_of_check(check, regions),
        earlier=accepted_under(
            batches,
            check.target.category_name,
            first=check.target.first_month,
            months=len(check.target.rates),
        ),
        seconds=seconds,
    )
