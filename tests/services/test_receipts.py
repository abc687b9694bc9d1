"""A receipt tells what was repaired and decided, by which levels, and until when rows wait."""

from datetime import date
from pathlib import Path

import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.issue_levels import LevelChange
from bpjsdesk.domain.receipt import BatchReceipt, DoneLine
from bpjsdesk.domain.row_issues import IssueCode, Level
from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.acceptance import accept, submit
from bpjsdesk.services.agreements import save_agreement
from bpjsdesk.services.batch_undo import plan_undo, undo_batch
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.debts import debt_of
from bpjsdesk.services.issue_levels import save_level
from bpjsdesk.services.list_steps import undo
from bpjsdesk.services.receipts import batch_receipt
from bpjsdesk.services.repairs import decide, edit_cell, offers, repair
from bpjsdesk.services.staging import StagedList
from tests.offices import AsRole
from tests.services.factories import a_draft, a_quota
from tests.services.lists import checked, stored, workbook, worker
from tests.services.staged_lists import opened, saved_agreement, staged

SWAPPED = "08-12-1985"


def a_list(office: AppContext, path: Path, *, heads: int = 100) -> StagedList:
    """Take in five people, two with a swapped date, one without a NIK, one not to be loaded."""
    draft = a_draft(quotas=(a_quota(heads=heads),))
    under = save_agreement(office, draft, request_id=new_request_id()).object_id
    rows = [worker(1, born=SWAPPED), worker(2, born=SWAPPED), worker(3), worker(4, nik=None)]
    work = staged(office, under, workbook(path, [*rows, worker(5)]))
    swap = offers(work, IssueCode.NIK_DOB_MISMATCH)[0]
    work = repair(office, work, swap, request_id=new_request_id())
    return decide(
        office,
        work,
        [work.line_ids[-1]],
        DecidedOutcome.SKIPPED,
        reason="Sudah pindah",
        request_id=new_request_id(),
    )


def fates(receipt: BatchReceipt) -> tuple[int, ...]:
    return receipt.read, receipt.new, receipt.left_out, receipt.held, receipt.amount


def test_the_receipt_of_a_list_in_work_tells_what_acceptance_would_find(
    office: AppContext, tmp_path: Path
) -> None:
    work = a_list(office, tmp_path / "a.xlsx")
    before = batch_receipt(office, work.batch_id)
    assert fates(before) == (5, 3, 1, 1, 3 * 12 * 16_800)
    assert before.decided_at is None
    assert before.due_on == date(2026, 12, 4)
    assert [reason.sentence for reason in before.reasons] == ["NIK kosong"]
    accept(
        office, work, request_id=new_request_id(), progress=ignore_progress, cancel=CancelToken()
    )
    after = batch_receipt(office, work.batch_id)
    assert fates(after) == fates(before)
    assert after.repaired == before.repaired == (DoneLine(what="Tukar hari dan bulan", rows=2),)
    assert after.decided == (DoneLine(what="Tidak dimuat: Sudah pindah", rows=1),)
    assert (after.levels, after.due_on) == ((), date(2026, 12, 4))


def test_whoever_has_no_room_is_held_on_the_receipt_to_come(
    office: AppContext, tmp_path: Path
) -> None:
    work = a_list(office, tmp_path / "a.xlsx", heads=2)
    found = batch_receipt(office, work.batch_id, work=work)
    assert (found.new, found.held) == (2, 2)
    assert "Kuota perjanjian sudah penuh" in [reason.sentence for reason in found.reasons]


def test_levels_that_the_office_has_changed_are_told(
    office: AppContext, as_role: AsRole, tmp_path: Path
) -> None:
    change = LevelChange(
        code=IssueCode.PHONE_SHARED,
        level=Level.OFF,
        valid_from=date(2026, 11, 20),
        reason="Satu keluarga",
    )
    save_level(as_role(Role.ADMIN), change, request_id=new_request_id())
    work = a_list(office, tmp_path / "a.xlsx")
    [line] = batch_receipt(office, work.batch_id).levels
    assert (line.level, line.usual) == ("Tidak dipakai", "Peringatan, tidak menahan")


@pytest.mark.parametrize("outcome", [DecidedOutcome.REJECTED, DecidedOutcome.SKIPPED])
def test_what_is_decided_after_acceptance_is_told_as_the_debt_tells_it(
    office: AppContext, tmp_path: Path, outcome: DecidedOutcome
) -> None:
    rows = [worker(1), worker(2, name=""), worker(3, name="")]
    book = workbook(tmp_path / "a.xlsx", rows)
    batch_id = stored(office, checked(office, saved_agreement(office), book))
    work = opened(office, batch_id)
    line = work.line_ids[:1]
    decide(office, work, line, outcome, reason="Pindah", request_id=new_request_id())
    is_rejected = outcome is DecidedOutcome.REJECTED
    assert _aside(office, batch_id) == (int(not is_rejected), int(is_rejected), 1)
    undo(office, opened(office, batch_id), request_id=new_request_id())
    assert _aside(office, batch_id) == (0, 0, 2)


def _aside(office: AppContext, batch_id: int) -> tuple[int, int, int]:
    """Skipped, rejected and held on the receipt; the held are those that are owed."""
    receipt, debt = batch_receipt(office, batch_id), debt_of(office, batch_id)
    assert debt is not None
    assert receipt.held == debt.held
    return receipt.left_out, receipt.rejected, receipt.held


def test_who_was_new_stays_new_in_whatever_order_lists_are_accepted_and_taken_back(
    office: AppContext, tmp_path: Path
) -> None:
    under = saved_agreement(office)
    later = workbook(tmp_path / "a.xlsx", [worker(1)])
    waiting = checked(office, under, later, from_month=date(2026, 7, 1), months=6)
    first = workbook(tmp_path / "b.xlsx", [worker(1), worker(2)])
    brought = stored(office, checked(office, under, first, from_month=date(2026, 1, 1), months=6))
    linked = stored(office, opened(office, waiting.batch_id))
    assert _entered(office, brought) == (2, 0)
    assert _entered(office, linked) == (0, 1)
    plan = plan_undo(office, brought)
    undo_batch(office, plan, reason="Berkas yang salah", request_id=new_request_id())
    assert _entered(office, brought) == (0, 0)
    assert _entered(office, linked) == (0, 1)


def _entered(office: AppContext, batch_id: int) -> tuple[int, int]:
    receipt = batch_receipt(office, batch_id)
    return receipt.new, receipt.linked


def test_rows_that_lie_before_the_supervisor_again_are_told_with_whoever_was_accepted_before(
    office: AppContext, tmp_path: Path
) -> None:
    rows = [worker(1), [], worker(2), worker(3, name=""), worker(4, name="")]
    book = workbook(tmp_path / "a.xlsx", rows)
    batch_id = stored(office, checked(office, saved_agreement(office), book))
    work = opened(office, batch_id)
    line = work.line_ids[0]
    work = edit_cell(office, work, line, 2, text="BUDI TIGA", request_id=new_request_id())
    submit(office, work, request_id=new_request_id())
    found = batch_receipt(office, batch_id)
    assert (found.read, found.blank, found.new, found.held) == (5, 1, 3, 1)
    assert found.amount == 3 * 12 * 16_800
