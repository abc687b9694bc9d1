"""A list goes its whole way in one call; wherever it stops, it is named and can be continued."""

from pathlib import Path

import pytest

from bpjsdesk.domain.enrollment import BatchStatus
from bpjsdesk.errors import Cancelled, UserError
from bpjsdesk.progress import CancelToken, Progress, ignore_progress
from bpjsdesk.services.acceptance import breakdown
from bpjsdesk.services.batches import get_batch, list_batches
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.list_import import ImportedList, import_list
from bpjsdesk.services.list_plan import ListPlan
from bpjsdesk.services.rehearsal import rehearse
from tests.services.lists import request_for, workbook, worker
from tests.services.staged_lists import opened, saved_agreement


def imported(office: AppContext, path: Path, *, stop_at: str = "") -> ImportedList:
    """Import a list; stop where the progress says a word."""
    cancel = CancelToken()

    def watch(progress: Progress, /) -> None:
        if progress.text == stop_at:
            cancel.cancel()

    request = request_for(saved_agreement(office), path)
    return import_list(office, request, ListPlan(), progress=watch, cancel=cancel)


def test_a_rehearsal_finds_what_an_import_does_and_keeps_nothing(
    office: AppContext, tmp_path: Path
) -> None:
    rows = [worker(1), worker(2, nik=None), worker(1), worker(3)]
    request = request_for(saved_agreement(office), workbook(tmp_path / "a.xlsx", rows))
    work = rehearse(office, request, ListPlan(), progress=ignore_progress, cancel=CancelToken())
    told = breakdown(work)
    assert list_batches(office) == ()
    done = import_list(office, request, ListPlan(), progress=ignore_progress, cancel=CancelToken())
    counts = get_batch(office, done.work.batch_id).item.counts
    assert done.status is BatchStatus.VALIDATED
    assert (told.entering, told.held) == (counts.accepted, counts.held) == (2, 2)


def test_stopped_while_it_is_read_nothing_is_kept(office: AppContext, tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        imported(office, workbook(tmp_path / "a.xlsx", [worker(1)]), stop_at="Membaca")
    assert list_batches(office) == ()


@pytest.mark.parametrize("word", ["Memeriksa", "Membuat cadangan dan membuktikannya", "Menyimpan"])
def test_stopped_later_the_list_is_named_and_goes_on(
    office: AppContext, tmp_path: Path, word: str
) -> None:
    with pytest.raises(UserError, match="batch B-2026-00001") as stopped:
        imported(office, workbook(tmp_path / "a.xlsx", [worker(1)]), stop_at=word)
    assert stopped.value.code == "CANCELLED"
    [item] = list_batches(office)
    assert item.status == BatchStatus.DRAFT
    assert breakdown(opened(office, item.batch_id)).entering == 1
