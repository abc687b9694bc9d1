"""Next year's list is last year's without those whose membership ended, and it reads back whole."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.enrollment import BatchStatus
from bpjsdesk.domain.identity import mask_nik
from bpjsdesk.domain.list_comparison import ListDifference, Listed, compare
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.acceptance import breakdown
from bpjsdesk.services.agreements import save_agreement
from bpjsdesk.services.batches import get_batch
from bpjsdesk.services.carry_forward import CarryPlan, carry_forward, carry_into, plan_carry
from bpjsdesk.services.claims import save_claim
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.identity_requests import end_membership
from bpjsdesk.services.list_comparison import compare_lists, write_comparison
from bpjsdesk.services.list_history import batch_history
from bpjsdesk.services.people import find_people
from bpjsdesk.services.safety import list_audit
from tests.offices import AsRole
from tests.services.factories import a_claim, a_draft, a_quota
from tests.services.lists import checked, nik, request_for, stored, workbook, worker
from tests.services.staged_lists import opened, staged

NEXT_YEAR = a_quota(from_month=date(2027, 1, 1))


@pytest.fixture
def batch_id(office: AppContext, tmp_path: Path) -> int:
    under = save_agreement(office, a_draft(), request_id=new_request_id()).object_id
    book = workbook(tmp_path / "a.xlsx", [worker(serial) for serial in range(1, 6)])
    return stored(office, checked(office, under, book))


def test_whoever_died_or_moved_is_left_out_and_the_rest_goes_on_unchanged(
    office: AppContext, batch_id: int, tmp_path: Path
) -> None:
    for serial, reason in ((1, "MENINGGAL"), (2, "PINDAH")):
        person_id = find_people(office, nik(serial)).people[0].person_id
        end_membership(
            office, person_id, reason, since=date(2026, 11, 1), request_id=new_request_id()
        )
    made = carry_forward(office, batch_id, tmp_path / "2027.xlsx", request_id=new_request_id())
    assert (made.going_on, made.left_out) == (
        3,
        {"Meninggal dunia": 1, "Pindah dari wilayah mitra": 1},
    )
    later = replace(a_draft(), title="Tahun berikutnya")
    under = save_agreement(office, later, request_id=new_request_id()).object_id
    again = checked(office, under, made.file)
    assert {item.row.nik for item in again.check.staged} == {nik(3), nik(4), nik(5)}
    assert all(item.row.birth_date == date(1985, 8, 12) for item in again.check.staged)


def test_a_new_full_list_is_compared_with_the_earlier_one(
    office: AppContext, batch_id: int, tmp_path: Path
) -> None:
    rows = [worker(2), worker(3, name="BUDI WOWOR"), worker(4, phone=None), worker(9)]
    book = workbook(tmp_path / "b.xlsx", rows)
    work = staged(office, following(office), book)
    found = compared(office, batch_id, work.batch_id)
    assert (found.same, found.changed) == (2, 1)
    assert [(one.nik, one.reason) for one in found.joining] == [(mask_nik(nik(9)), "Peserta baru")]
    assert [one.nik for one in found.leaving] == [mask_nik(nik(1)), mask_nik(nik(5))]
    assert {one.reason for one in found.leaving} == {"Tidak ada di daftar baru"}
    assert (found.head_change, found.amount_change) == (-1, -found.before.head_amount)
    written = write_comparison(office, found, tmp_path / "beda.xlsx", request_id=new_request_id())
    told = openpyxl.load_workbook(written)
    assert [sheet.title for sheet in told] == ["Keluar", "Masuk"]
    assert told["Keluar"].cell(5, 2).value == mask_nik(nik(1))
    entry = list_audit(office, limit=1)[0]
    assert (entry.command, entry.object_id) == ("report.export", work.batch_id)


def test_a_list_with_full_niks_is_written_down_and_not_for_readers(
    office: AppContext, batch_id: int, tmp_path: Path, as_role: AsRole
) -> None:
    out = tmp_path / "2027.xlsx"
    with pytest.raises(UserError) as refusal:
        carry_forward(as_role(Role.READER), batch_id, out, request_id=new_request_id())
    assert refusal.value.code == "NOT_PERMITTED"
    assert not out.exists()
    before = len(list_audit(office))
    carry_forward(as_role(Role.CLERK), batch_id, out, request_id=new_request_id())
    entries = list_audit(office)
    assert len(entries) == before + 1
    entry = list_audit(office, limit=1)[0]
    assert (entry.command, entry.object_kind, entry.object_id) == (
        "report.export",
        "batch",
        batch_id,
    )
    assert entry.payload == {"file": "2027.xlsx", "people": 5}


def test_rows_held_in_the_new_list_leave_with_their_fault(
    office: AppContext, batch_id: int, tmp_path: Path
) -> None:
    rows = [worker(1), worker(2), worker(3), worker(4, born="tidak tahu"), worker(5)]
    under = following(office)
    work = staged(office, under, workbook(tmp_path / "b.xlsx", rows))
    found = compared(office, batch_id, work.batch_id)
    assert found.held == 1
    assert [one.reason for one in found.leaving] == [
        "Ditahan: Tanggal lahir tidak terbaca atau tidak masuk akal"
    ]
    assert {found.before.is_accepted, found.after.is_accepted} == {True, False}


def test_a_batch_is_not_compared_with_itself(office: AppContext, batch_id: int) -> None:
    with pytest.raises(UserError, match="berbeda"):
        compared(office, batch_id, batch_id)


def test_the_next_list_is_made_in_place_with_new_names_beside_it(
    office: AppContext, batch_id: int, tmp_path: Path
) -> None:
    ended(office, 1, "MENINGGAL")
    claim = a_claim(participant_nik=nik(2), participant_name="BUDI RONDO BETO")
    save_claim(office, claim, request_id=new_request_id())
    plan = plan_carry(office, batch_id)
    assert plan.reasons == {"Meninggal dunia": 1, "Ada klaim Jaminan Kematian": 1}
    more = workbook(tmp_path / "tambahan.xlsx", [worker(7), worker(8, nik=float(nik(8)))])
    answer = carry_into(
        office,
        plan,
        request_for(following(office), Path()),
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
        additions=more,
    )
    work = opened(office, answer.object_id)
    counts = breakdown(work)
    # a NIK that a spreadsheet has cut is held here as in any other list
    assert (counts.read, counts.linked, counts.new, counts.held) == (5, 3, 1, 1)
    item = get_batch(office, answer.object_id).item
    assert item.status == BatchStatus.DRAFT
    assert item.source_name == f"Lanjutan {plan.number} + tambahan.xlsx"
    told = batch_history(office, answer.object_id)[0]
    assert (told.command, told.facts["carried_from"]) == ("batch.import", plan.number)
    found = compared(office, batch_id, answer.object_id)
    assert (found.same, len(found.leaving), len(found.joining)) == (3, 2, 1)
    assert {one.reason for one in found.leaving} == set(plan.reasons)


def test_the_same_carry_forward_is_not_made_twice(office: AppContext, batch_id: int) -> None:
    plan, under = plan_carry(office, batch_id), following(office)
    carried(office, plan, under)
    with pytest.raises(UserError, match="sudah dimuat"):
        carried(office, plan, under)


def test_a_batch_of_which_nobody_goes_on_makes_no_list(office: AppContext, batch_id: int) -> None:
    for serial in range(1, 6):
        ended(office, serial, "PINDAH")
    with pytest.raises(UserError, match="Tidak ada peserta"):
        carried(office, plan_carry(office, batch_id), following(office))


def following(office: AppContext) -> int:
    later = replace(a_draft(), title="Tahun berikutnya", quotas=(NEXT_YEAR,))
    return save_agreement(office, later, request_id=new_request_id()).object_id


def carried(office: AppContext, plan: CarryPlan, under: int) -> None:
    carry_into(
        office,
        plan,
        request_for(under, Path()),
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
    )


def ended(office: AppContext, serial: int, reason: str) -> None:
    person_id = find_people(office, nik(serial)).people[0].person_id
    end_membership(office, person_id, reason, since=date(2026, 11, 1), request_id=new_request_id())


def compared(office: AppContext, before: int, after: int) -> ListDifference:
    return compare_lists(office, before, after, progress=ignore_progress, cancel=CancelToken())


def test_two_empty_lists_are_the_same() -> None:
    found = compare([], [])
    assert (found.same, found.changed, found.new, found.missing) == (0, (), (), ())
    one = Listed(nik(1), "A", None, "", "", "")
    assert compare([one], [one]).same == 1
