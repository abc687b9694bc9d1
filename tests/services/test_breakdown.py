"""The sum that a list must come to: each row in exactly one of its parts, before and after."""

from datetime import date
from pathlib import Path

import pytest

from bpjsdesk.domain.duplicates import Choice
from bpjsdesk.domain.enrollment import BatchStatus
from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.acceptance import breakdown, discard, refuse, submit
from bpjsdesk.services.batches import get_batch
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.duplicates import duplicate_lists
from bpjsdesk.services.list_steps import undo
from bpjsdesk.services.pair_decisions import decide_pairs
from bpjsdesk.services.receipts import batch_receipt
from bpjsdesk.services.repairs import decide, edit_cell
from bpjsdesk.services.staging import StagedList
from tests.services.lists import checked, nik, stored, workbook, worker
from tests.services.staged_lists import opened, saved_agreement

SECOND_HALF = {"from_month": date(2026, 7, 1), "months": 6}
FIRST_HALF = {"from_month": date(2026, 1, 1), "months": 6}


def left_out(
    office: AppContext, work: StagedList, place: int, outcome: DecidedOutcome
) -> StagedList:
    lines = [work.line_ids[place]]
    return decide(office, work, lines, outcome, reason="Ganda", request_id=new_request_id())


def test_every_part_of_the_sum_is_counted_on_its_own(office: AppContext, tmp_path: Path) -> None:
    under = saved_agreement(office)
    first = workbook(tmp_path / "a.xlsx", [worker(1), worker(2)])
    stored(office, checked(office, under, first, **FIRST_HALF))
    rows: list[list[object]] = [
        worker(1),
        worker(2, phone="081300000001"),
        worker(3),
        worker(4),
        worker(5),
        worker(6, nik=nik(6)[:15]),
        [],
        [None, None, "JUMLAH", 6],
    ]
    work = checked(office, under, workbook(tmp_path / "b.xlsx", rows), **SECOND_HALF)
    lists = duplicate_lists(office, work, progress=ignore_progress, cancel=CancelToken())
    news = [pair for pair in lists.same_in_register if pair.taken_fields]
    work = decide_pairs(office, work, news, Choice.UPDATE, request_id=new_request_id())
    work = left_out(office, work, 3, DecidedOutcome.SKIPPED)
    work = left_out(office, work, 4, DecidedOutcome.REJECTED)
    for seen in (work, opened(office, work.batch_id)):
        found = breakdown(seen)
        assert (found.read, found.new, found.linked, found.updated) == (8, 1, 1, 1)
        assert (found.skipped, found.rejected, found.held) == (1, 1, 1)
        assert (found.ignored, found.blank, found.entering) == (1, 1, 3)

    receipt = batch_receipt(office, stored(office, work))
    assert (receipt.new, receipt.linked, receipt.updated) == (1, 1, 1)
    assert (receipt.left_out, receipt.rejected, receipt.held) == (1, 1, 1)
    assert (receipt.ignored, receipt.blank, receipt.read) == (1, 1, 8)


def test_an_undone_decision_is_no_update_any_more(office: AppContext, tmp_path: Path) -> None:
    under = saved_agreement(office)
    first = workbook(tmp_path / "a.xlsx", [worker(1)])
    stored(office, checked(office, under, first, **FIRST_HALF))
    book = workbook(tmp_path / "b.xlsx", [worker(1, phone="081300000001")])
    work = checked(office, under, book, **SECOND_HALF)
    lists = duplicate_lists(office, work, progress=ignore_progress, cancel=CancelToken())
    work = decide_pairs(
        office, work, lists.same_in_register, Choice.UPDATE, request_id=new_request_id()
    )
    assert (breakdown(work).linked, breakdown(work).updated) == (0, 1)
    back = undo(office, work, request_id=new_request_id())
    assert (breakdown(back).linked, breakdown(back).updated) == (1, 0)


def test_rows_given_back_after_acceptance_leave_their_batch_accepted(
    office: AppContext, tmp_path: Path
) -> None:
    under = saved_agreement(office)
    rows = [worker(1), worker(2, nik=nik(2)[:15])]
    batch_id = stored(office, checked(office, under, workbook(tmp_path / "a.xlsx", rows)))
    decided_at = batch_receipt(office, batch_id).decided_at
    work = opened(office, batch_id)
    work = edit_cell(office, work, work.line_ids[0], 1, text=nik(2), request_id=new_request_id())
    submit(office, work, request_id=new_request_id())
    refuse(office, opened(office, batch_id), reason="KTP belum ada", request_id=new_request_id())
    assert get_batch(office, batch_id).item.status == BatchStatus.VALIDATED
    assert batch_receipt(office, batch_id).decided_at == decided_at
    with pytest.raises(UserError, match="sudah diputuskan"):
        discard(office, opened(office, batch_id), reason="salah", request_id=new_request_id())
