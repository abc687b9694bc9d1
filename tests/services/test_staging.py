"""A list is kept from the moment it is read: repaired step by step, left, continued, accepted."""

from pathlib import Path

import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.enrollment import BatchCounts, BatchStatus
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services import batches
from bpjsdesk.services.acceptance import (
    Breakdown,
    accept,
    breakdown,
    discard,
    quota_meter,
    refuse,
    submit,
    with_doubles,
)
from bpjsdesk.services.agreements import save_agreement
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.duplicates import duplicate_lists
from bpjsdesk.services.list_steps import undo
from bpjsdesk.services.people import find_people
from bpjsdesk.services.receipts import batch_receipt
from bpjsdesk.services.repairs import decide, edit_cell, offers, reasons, repair, row_offers
from bpjsdesk.services.staging import StagedList, open_list, stage_list
from tests.offices import AsRole
from tests.services.factories import a_draft, a_quota
from tests.services.lists import nik, request_for, workbook, worker

SWAPPED = "08-12-1985"
NIK_COLUMN, PHONE_COLUMN = 1, 6


@pytest.fixture
def agreement_id(office: AppContext) -> int:
    return save_agreement(office, a_draft(), request_id=new_request_id()).object_id


def staged(office: AppContext, under: int, path: Path) -> StagedList:
    answer = stage_list(
        office,
        request_for(under, path),
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
    )
    return opened(office, answer.object_id)


def opened(office: AppContext, batch_id: int) -> StagedList:
    return open_list(office, batch_id, progress=ignore_progress, cancel=CancelToken())


def accepted(office: AppContext, work: StagedList) -> None:
    accept(
        office,
        work,
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
    )


def codes(work: StagedList) -> list[tuple[str, ...]]:
    return [tuple(code.value for code in item.row.codes) for item in work.check.staged]


def a_dirty_list(path: Path) -> Path:
    rows: list[list[object]] = [
        worker(1),
        worker(2, born=SWAPPED),
        worker(3, born=SWAPPED),
        worker(4, sex="P"),
        worker(5, nik=None),
        [],
        worker(1),
        ["", "JUMLAH", "6 orang"],
    ]
    return workbook(path, rows)


def test_a_staged_list_registers_nobody_and_keeps_every_row(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    work = staged(office, agreement_id, a_dirty_list(tmp_path / "a.xlsx"))
    item = batches.get_batch(office, work.batch_id).item
    assert item.counts == BatchCounts(read=8, blank=1, ignored=0, accepted=0, held=7)
    assert find_people(office, "BUDI").people == ()
    assert breakdown(work) == Breakdown(
        read=8, blank=1, ignored=1, new=4, linked=0, skipped=0, held=2
    )
    assert reasons(work) == {
        IssueCode.NIK_DOB_MISMATCH: 2,
        IssueCode.NIK_SEX_MISMATCH: 1,
        IssueCode.NIK_MISSING: 1,
        IssueCode.DUP_IN_FILE: 1,
        IssueCode.PHONE_SHARED: 1,
    }


def test_a_reason_is_repaired_in_one_step_and_undone_in_one(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    work = staged(office, agreement_id, a_dirty_list(tmp_path / "a.xlsx"))
    first = offers(work, IssueCode.NIK_DOB_MISMATCH)[0]
    assert (first.label, first.mends, first.leaves) == ("Tukar hari dan bulan", 2, 0)
    assert (first.samples[0].before, first.samples[0].after) == (SWAPPED, "1985-08-12")
    mended = repair(office, work, first, request_id=new_request_id())
    assert IssueCode.NIK_DOB_MISMATCH not in reasons(mended)
    assert [(step.rule, step.rows) for step in mended.steps] == [("SWAP_DAY_AND_MONTH", 2)]
    assert codes(mended) == codes(opened(office, work.batch_id))
    back = undo(office, mended, request_id=new_request_id())
    assert codes(back) == codes(work) == codes(opened(office, work.batch_id))
    assert back.steps[0].undone_at
    with pytest.raises(UserError, match="Tidak ada langkah"):
        undo(office, back, request_id=new_request_id())


def test_one_row_is_repaired_alone(office: AppContext, agreement_id: int, tmp_path: Path) -> None:
    work = staged(office, agreement_id, a_dirty_list(tmp_path / "a.xlsx"))
    swapped = work.line_ids[1]
    found = row_offers(work, swapped)
    assert [offer.rule.value for offer in found] == ["SWAP_DAY_AND_MONTH", "BIRTH_DATE_FROM_NIK"]
    mended = repair(office, work, found[0], line_ids=(swapped,), request_id=new_request_id())
    assert codes(mended)[1:3] == [(), ("NIK_DOB_MISMATCH",)]
    assert row_offers(mended, swapped) == ()


def test_an_edited_cell_is_checked_again_with_whatever_it_touches(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    work = staged(office, agreement_id, a_dirty_list(tmp_path / "a.xlsx"))
    repeated = work.line_ids[5]
    other = edit_cell(office, work, repeated, NIK_COLUMN, text=nik(9), request_id=new_request_id())
    other = edit_cell(
        office, other, repeated, PHONE_COLUMN, text="081200000009", request_id=new_request_id()
    )
    assert codes(other)[5] == ()
    twin = edit_cell(
        office, other, work.line_ids[0], NIK_COLUMN, text=nik(9), request_id=new_request_id()
    )
    assert codes(twin)[5] == ("DUP_IN_FILE",)
    assert codes(twin) == codes(opened(office, work.batch_id))


def test_rows_left_out_by_decision_are_counted_and_free_what_they_repeated(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    work = staged(office, agreement_id, a_dirty_list(tmp_path / "a.xlsx"))
    with pytest.raises(UserError, match="alasan"):
        decide(
            office,
            work,
            [work.line_ids[0]],
            DecidedOutcome.SKIPPED,
            reason=" ",
            request_id=new_request_id(),
        )
    left = decide(
        office,
        work,
        [work.line_ids[0]],
        DecidedOutcome.SKIPPED,
        reason="Sudah pindah",
        request_id=new_request_id(),
    )
    assert codes(left)[5] == ()
    assert breakdown(left).decided == 1
    assert breakdown(opened(office, work.batch_id)) == breakdown(left)
    assert breakdown(undo(office, left, request_id=new_request_id())) == breakdown(work)


def test_accepting_registers_the_sound_rows_and_leaves_the_others_open(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    work = staged(office, agreement_id, a_dirty_list(tmp_path / "a.xlsx"))
    accepted(office, work)
    item = batches.get_batch(office, work.batch_id).item
    assert item.counts == BatchCounts(read=8, blank=1, ignored=1, accepted=4, held=2)
    assert len(find_people(office, "BUDI").people) == 4
    later = opened(office, work.batch_id)
    assert codes(later) == [("NIK_MISSING",), ("DUP_ACTIVE",)]
    mended = edit_cell(
        office, later, later.line_ids[0], NIK_COLUMN, text=nik(5), request_id=new_request_id()
    )
    accepted(office, mended)
    item = batches.get_batch(office, work.batch_id).item
    assert item.counts == BatchCounts(read=8, blank=1, ignored=1, accepted=5, held=1)


def test_two_who_work_on_the_same_list_do_not_overwrite_each_other(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    work = staged(office, agreement_id, a_dirty_list(tmp_path / "a.xlsx"))
    mine = offers(work, IssueCode.NIK_DOB_MISMATCH)[0]
    repair(office, work, mine, request_id=new_request_id())
    with pytest.raises(UserError, match="pengguna lain") as refusal:
        repair(office, work, mine, request_id=new_request_id())
    assert refusal.value.code == "CONFLICT"


def test_the_same_content_is_not_taken_in_twice(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    work = staged(office, agreement_id, a_dirty_list(tmp_path / "a.xlsx"))
    with pytest.raises(UserError, match=work.number):
        staged(office, agreement_id, a_dirty_list(tmp_path / "b.xlsx"))


def test_a_clerk_submits_and_a_supervisor_refuses_or_accepts(
    office: AppContext, as_role: AsRole, agreement_id: int, tmp_path: Path
) -> None:
    clerk = as_role(Role.CLERK)
    work = staged(clerk, agreement_id, a_dirty_list(tmp_path / "a.xlsx"))
    with pytest.raises(UserError) as refusal:
        accepted(clerk, work)
    assert refusal.value.code == "NOT_PERMITTED"
    submit(clerk, work, request_id=new_request_id())
    waiting = opened(office, work.batch_id)
    with pytest.raises(UserError, match="diajukan"):
        submit(clerk, waiting, request_id=new_request_id())
    mend = offers(waiting, IssueCode.NIK_DOB_MISMATCH)[0]
    with pytest.raises(UserError, match="diajukan"):
        repair(clerk, waiting, mend, request_id=new_request_id())
    refuse(office, waiting, reason="Surat belum ada", request_id=new_request_id())
    again = opened(clerk, work.batch_id)
    submit(clerk, again, request_id=new_request_id())
    accepted(office, opened(office, work.batch_id))
    assert batches.get_batch(office, work.batch_id).item.counts.accepted == 4
    receipt = batch_receipt(office, work.batch_id)
    assert (receipt.read, receipt.new, receipt.held, receipt.ignored) == (8, 4, 2, 1)
    assert receipt.submitted_by == clerk.user.display_name


def test_over_quota_is_refused_by_number_or_filled_up_to_it(
    office: AppContext, tmp_path: Path
) -> None:
    draft = a_draft(quotas=(a_quota(heads=3),))
    small = save_agreement(office, draft, request_id=new_request_id()).object_id
    rows = [worker(serial) for serial in range(1, 6)]
    work = staged(office, small, workbook(tmp_path / "a.xlsx", rows))
    meter = quota_meter(office, work)
    assert (meter.heads, meter.taken, meter.entering, meter.over) == (3, 0, 5, 2)
    with pytest.raises(UserError, match="terlampaui 2 orang"):
        accepted(office, work)
    accept(
        office,
        work,
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
        up_to_quota=True,
    )
    detail = batches.get_batch(office, work.batch_id)
    assert (detail.item.counts.accepted, detail.item.counts.held) == (3, 2)
    assert detail.issues == {"OVER_QUOTA": 2}


def test_whoever_is_surely_a_double_is_held_until_a_clerk_has_decided(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    known = workbook(tmp_path / "a.xlsx", [worker(1, name="MOH. RIZKI PAPUTUNGAN")])
    accepted(office, staged(office, agreement_id, known))
    twin = worker(2, name="MUHAMMAD RIZKI PAPUTUNGAN", nik=nik(11))
    work = staged(office, agreement_id, workbook(tmp_path / "b.xlsx", [twin, worker(3)]))
    doubles = duplicate_lists(office, work, progress=ignore_progress, cancel=CancelToken()).codes
    assert doubles == {work.line_ids[0]: (IssueCode.SIMILAR_PERSON,)}
    told = with_doubles(work, breakdown(work), doubles)
    assert (told.new, told.held) == (1, 1)
    accept(
        office,
        work,
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
        doubles=doubles,
    )
    detail = batches.get_batch(office, work.batch_id)
    assert (detail.item.counts.accepted, detail.item.counts.held) == (1, 1)
    assert detail.issues == {"SIMILAR_PERSON": 1}


def test_a_list_is_put_aside_with_a_reason_and_may_be_loaded_anew(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    work = staged(office, agreement_id, a_dirty_list(tmp_path / "a.xlsx"))
    with pytest.raises(UserError, match="alasan"):
        discard(office, work, reason=" ", request_id=new_request_id())
    discard(office, work, reason="Kategori keliru", request_id=new_request_id())
    assert batches.get_batch(office, work.batch_id).item.status == BatchStatus.DISCARDED
    again = staged(office, agreement_id, a_dirty_list(tmp_path / "b.xlsx"))
    accepted(office, again)
    later = opened(office, again.batch_id)
    with pytest.raises(UserError, match="sudah diputuskan"):
        discard(office, later, reason="Terlambat", request_id=new_request_id())
