"""Undoing a batch names what it reverses and what stays, and the right file can follow."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bpjsdesk.domain.batch_undo import WAS_RESTORED, WAS_UPDATED, UndoReason
from bpjsdesk.errors import UserError
from bpjsdesk.services import batches
from bpjsdesk.services.agreements import save_agreement
from bpjsdesk.services.batch_undo import plan_undo, undo_batch, write_undo_list
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.people import find_people, reveal_numbers
from bpjsdesk.services.person_file import person_file
from bpjsdesk.services.repairs import edit_cell
from bpjsdesk.services.safety import list_audit
from tests.offices import NOW
from tests.services.factories import a_claim, a_draft, claimed
from tests.services.lists import checked, nik, stored, workbook, worker
from tests.services.renewals import known_before, of_serial, renewed
from tests.services.staged_lists import opened


@pytest.fixture
def agreement_id(office: AppContext) -> int:
    return save_agreement(office, a_draft(), request_id=new_request_id()).object_id


def loaded(office: AppContext, agreement_id: int, path: Path, *serials: int) -> int:
    book = workbook(path, [worker(serial) for serial in serials])
    return stored(office, checked(office, agreement_id, book))


def undone(office: AppContext, batch_id: int) -> None:
    plan = plan_undo(office, batch_id)
    undo_batch(office, plan, reason="Berkas yang salah", request_id=new_request_id())


def test_the_corrected_file_is_no_duplicate_after_the_wrong_one_was_undone(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    wrong = loaded(office, agreement_id, tmp_path / "a.xlsx", 1, 2)
    undone(office, wrong)
    assert find_people(office, "BUDI").people == ()
    again = loaded(office, agreement_id, tmp_path / "b.xlsx", 1, 2)
    assert batches.get_batch(office, again).item.counts.accepted == 2
    assert batches.get_batch(office, wrong).item.amount == 0


def test_whoever_another_batch_names_too_stays_in_the_register(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    loaded(office, agreement_id, tmp_path / "a.xlsx", 1)
    later = replace(a_draft(), title="Tahun berikutnya")
    other = save_agreement(office, later, request_id=new_request_id()).object_id
    book = workbook(tmp_path / "b.xlsx", [worker(1, nik=nik(7)), worker(2)])
    batch_id = stored(office, checked(office, other, book))
    undone(office, batch_id)
    assert len(find_people(office, "BUDI").people) == 1


def test_what_a_batch_has_told_of_people_goes_back_to_what_was_known_before(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    known_before(office, agreement_id, tmp_path / "a.xlsx", worker(1), worker(2, phone=None))
    before = of_serial(office, 1), of_serial(office, 2)
    news = worker(1, phone="081399999999", village="Tikala Baru"), worker(2, phone="081388888888")
    batch_id = renewed(office, agreement_id, tmp_path / "b.xlsx", *news)
    assert of_serial(office, 2).phone.endswith("888")
    plan = plan_undo(office, batch_id)
    assert [row.note for row in plan.rows] == [WAS_RESTORED] * 2
    undo_batch(office, plan, reason="Berkas yang salah", request_id=new_request_id())
    assert (of_serial(office, 1), of_serial(office, 2)) == before
    assert list_audit(office, limit=1)[0].payload["restored"] == 2
    phone = {each.field: each for each in person_file(office, before[0].person_id).origins}["phone"]
    assert (phone.source, phone.before) == ("baris 2, lembar “Sheet”, a.xlsx", "")
    # the right file may bring its own news
    again = renewed(office, agreement_id, tmp_path / "c.xlsx", worker(1, phone="081377777777"))
    undo_batch(office, plan_undo(office, again), reason="Lagi", request_id=new_request_id())
    assert of_serial(office, 1) == before[0]


def test_what_was_changed_since_is_kept_and_named(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    known_before(office, agreement_id, tmp_path / "a.xlsx", worker(1), worker(2))
    news = worker(1, phone="081399999999"), worker(2, phone="081388888888")
    batch_id = renewed(office, agreement_id, tmp_path / "b.xlsx", *news)
    last = worker(1, phone="081366666666")
    next_day = replace(office, clock=lambda: NOW + timedelta(days=1))
    other = renewed(next_day, agreement_id, tmp_path / "c.xlsx", last, first=9)
    plan = plan_undo(office, batch_id)
    assert [(row.why, row.note) for row in plan.rows] == [
        (UndoReason.EDITED, WAS_UPDATED),
        (UndoReason.MONTHS_ENDED, WAS_RESTORED),
    ]
    undo_batch(office, plan, reason="Berkas yang salah", request_id=new_request_id())
    assert of_serial(office, 1).phone.endswith("666")
    assert of_serial(office, 2).phone.endswith("002")
    # what came last goes first: then the one before it may go as well
    undone(office, other)
    assert of_serial(office, 1).phone.endswith("999")


def test_whom_a_later_batch_has_changed_leaves_once_that_batch_was_taken_back(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows = workbook(tmp_path / "a.xlsx", [worker(1), worker(2)])
    start = date(2026, 1, 1)
    first = stored(office, checked(office, agreement_id, rows, from_month=start, months=4))
    later = renewed(office, agreement_id, tmp_path / "b.xlsx", worker(1, phone="081399999999"))
    undone(office, later)
    assert [row.why for row in plan_undo(office, first).rows] == [UndoReason.REMOVED] * 2
    undone(office, first)
    assert find_people(office, "BUDI").people == ()


def test_the_number_of_somebody_who_left_the_register_is_given_to_nobody_else(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    wrong = loaded(office, agreement_id, tmp_path / "a.xlsx", 1, 2)
    gone = [person.person_id for person in find_people(office, "BUDI").people]
    for person_id in gone:
        reveal_numbers(office, person_id, reason="BUDI datang", request_id=new_request_id())
    undone(office, wrong)
    undone(office, loaded(office, agreement_id, tmp_path / "b.xlsx", 3))
    loaded(office, agreement_id, tmp_path / "c.xlsx", 4)
    (later,) = find_people(office, "BUDI").people
    assert later.person_id == max(gone) + 2
    assert len(person_file(office, later.person_id).history) == 1
    claimed(office, a_claim(participant_nik=nik(9), participant_name="SITI"))
    assert find_people(office, "SITI").people[0].person_id == later.person_id + 1


def test_the_list_of_fates_is_written_down_like_every_file_with_people(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    plan = plan_undo(office, loaded(office, agreement_id, tmp_path / "a.xlsx", 1, 2))
    write_undo_list(office, plan, tmp_path / "batal.xlsx", request_id=new_request_id())
    entry = list_audit(office, limit=1)[0]
    assert (entry.command, entry.object_id) == ("report.export", plan.batch_id)
    assert entry.payload == {"file": "batal.xlsx", "people": 2}


def test_a_reason_is_asked_for(office: AppContext, agreement_id: int, tmp_path: Path) -> None:
    batch_id = loaded(office, agreement_id, tmp_path / "a.xlsx", 1)
    with pytest.raises(UserError, match="alasan"):
        undo_batch(office, plan_undo(office, batch_id), reason=" ", request_id=new_request_id())


def test_a_batch_that_was_taken_back_is_neither_changed_nor_accepted_again(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    batch_id = loaded(office, agreement_id, tmp_path / "a.xlsx", 1, 2)
    undone(office, batch_id)
    work = opened(office, batch_id)
    with pytest.raises(UserError, match="sudah dibatalkan"):
        stored(office, work)
    with pytest.raises(UserError, match="sudah dibatalkan"):
        edit_cell(office, work, work.line_ids[0], 1, text=nik(3), request_id=new_request_id())


def test_the_office_is_backed_up_before_anything_is_taken_back(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    batch_id = loaded(office, agreement_id, tmp_path / "a.xlsx", 1)
    undone(office, batch_id)
    number = batches.get_batch(office, batch_id).item.number
    assert len(list(office.paths.backups.glob(f"*batal-{number}.db"))) == 1


def test_whoever_no_batch_names_any_more_leaves_the_register_with_the_last_one(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    batches_of_one = []
    for name, month in (("a.xlsx", 1), ("b.xlsx", 7)):
        book = workbook(tmp_path / name, [worker(1)])
        half = checked(office, agreement_id, book, from_month=date(2026, month, 1), months=6)
        batches_of_one.append(stored(office, half))
    undone(office, batches_of_one[0])
    assert len(find_people(office, "BUDI").people) == 1
    undone(office, batches_of_one[1])
    assert find_people(office, "BUDI").people == ()
