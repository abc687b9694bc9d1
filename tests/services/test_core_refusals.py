"""A reply takes nobody out of the register without a supervisor, a backup and the same version."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.batch_undo import UndoReason
from bpjsdesk.domain.core_reply import Reply
from bpjsdesk.domain.enrollment import BatchStatus
from bpjsdesk.domain.overview import ActionKind
from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken
from bpjsdesk.services.acceptance import refuse, submit
from bpjsdesk.services.batch_undo import plan_undo, undo_batch
from bpjsdesk.services.batches import get_batch
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.core_refusals import take_out_refused
from bpjsdesk.services.core_reply import (
    check_reply,
    lift_refusal,
    reply_state,
    sent_people,
    take_reply,
)
from bpjsdesk.services.core_send import mark_sent
from bpjsdesk.services.debts import debt_of, open_debts, write_off
from bpjsdesk.services.overview import overview
from bpjsdesk.services.people import find_people
from bpjsdesk.services.person_changes import merge_people
from bpjsdesk.services.repairs import decide, edit_cell
from bpjsdesk.services.safety import list_audit
from tests.offices import NOW, AsRole
from tests.services.factories import a_claim, claimed
from tests.services.lists import checked, nik, stored, workbook, worker
from tests.services.renewals import known_before, of_serial, renewed
from tests.services.staged_lists import opened, saved_agreement

NIK, NAME = 1, 2
HEADINGS = ("NIK", "NAMA", "Y/T", "ALASAN", "KPJ")


def sent(office: AppContext, path: Path, *rows: list[object]) -> int:
    """Accept these rows and send them to the core system."""
    batch_id = stored(office, checked(office, saved_agreement(office), workbook(path, rows)))
    mark_sent(office, batch_id, request_id=new_request_id())
    return batch_id


def refusing(office: AppContext, batch_id: int, path: Path, *serials: int) -> Reply:
    """Read a reply that refuses these people."""
    rows = [[nik(serial), "BUDI", "T", "Data tidak sesuai", ""] for serial in serials]
    book = workbook(path, rows, headings=HEADINGS)
    return check_reply(office, batch_id, book, cancel=CancelToken())


def refused(office: AppContext, batch_id: int, path: Path, *serials: int) -> None:
    reply = refusing(office, batch_id, path, *serials)
    take_reply(office, reply, request_id=new_request_id())


def backups(office: AppContext) -> list[Path]:
    return list(office.paths.backups.glob("*balasan*.db"))


def test_a_clerk_notes_refusals_and_the_people_stay_until_a_supervisor_takes_them_out(
    office: AppContext, as_role: AsRole, tmp_path: Path
) -> None:
    clerk = as_role(Role.CLERK)
    batch_id = sent(office, tmp_path / "a.xlsx", worker(1), worker(2), worker(3))
    refused(clerk, batch_id, tmp_path / "r.xlsx", 1, 2)
    state = reply_state(clerk, batch_id)
    assert (state.leaving, state.kept, sum(state.rejected.values())) == (2, (), 2)
    assert (state.unsent, len(find_people(office, "BUDI").people)) == (0, 3)
    assert backups(office) == []
    told = [each for each in overview(clerk).actions if each.kind is ActionKind.CORE_REFUSED]
    assert [(each.title, each.target_id) for each in told] == [
        ("2 orang batch B-2026-00001 ditolak sistem inti, masih terdaftar", batch_id)
    ]
    with pytest.raises(UserError, match="NOT_PERMITTED"):
        take_out_refused(clerk, batch_id, state, request_id=new_request_id())
    take_out_refused(office, batch_id, state, request_id=new_request_id())
    assert len(find_people(office, "BUDI").people) == 1
    assert (reply_state(office, batch_id).leaving, len(backups(office))) == (0, 1)
    assert get_batch(office, batch_id).issues == {"CORE_REJECTED": 2}
    with pytest.raises(UserError, match="CONFLICT"):
        take_out_refused(office, batch_id, state, request_id=new_request_id())
    now = reply_state(office, batch_id)
    with pytest.raises(UserError, match="NOTHING_TO_TAKE_OUT"):
        take_out_refused(office, batch_id, now, request_id=new_request_id())


def test_a_supervisor_takes_them_out_with_the_reply_after_a_backup(
    office: AppContext, tmp_path: Path
) -> None:
    batch_id = sent(office, tmp_path / "a.xlsx", worker(1), worker(2))
    reply = refusing(office, batch_id, tmp_path / "r.xlsx", 1)
    assert (reply.leaving, reply.kept) == (1, ())
    take_reply(office, reply, request_id=new_request_id())
    assert len(backups(office)) == 1
    assert find_people(office, nik(1)).people == ()


def test_whoever_is_taken_out_has_the_values_of_before_until_the_row_is_accepted_again(
    office: AppContext, as_role: AsRole, tmp_path: Path
) -> None:
    under = saved_agreement(office)
    known_before(office, under, tmp_path / "a.xlsx", *map(worker, (1, 2, 3)))
    before = [of_serial(office, serial) for serial in (1, 2)]
    news = [worker(serial, phone=f"08139999999{serial}") for serial in (1, 2, 3)]
    batch_id = renewed(office, under, tmp_path / "b.xlsx", *news)
    mark_sent(office, batch_id, request_id=new_request_id())
    refused(office, batch_id, tmp_path / "r.xlsx", 1)
    assert list_audit(office, limit=1)[0].payload["restored"] == 1
    refused(as_role(Role.CLERK), batch_id, tmp_path / "q.xlsx", 2)
    state = reply_state(office, batch_id)
    take_out_refused(office, batch_id, state, request_id=new_request_id())
    assert list_audit(office, limit=1)[0].payload["restored"] == 1
    assert [of_serial(office, serial) for serial in (1, 2)] == before
    assert of_serial(office, 3).phone.endswith("993")
    work = opened(office, batch_id)
    line = work.line_ids[0]
    work = edit_cell(office, work, line, NAME, text="BUDI RONDO ALVA", request_id=new_request_id())
    stored(office, work)
    assert of_serial(office, 1).phone.endswith("991")
    undo_batch(
        office, plan_undo(office, batch_id), reason="Salah berkas", request_id=new_request_id()
    )
    assert [of_serial(office, serial) for serial in (1, 2)] == before


def test_a_reply_is_taken_for_the_version_that_was_read(office: AppContext, tmp_path: Path) -> None:
    batch_id = sent(office, tmp_path / "a.xlsx", worker(1), worker(2))
    reply = refusing(office, batch_id, tmp_path / "r.xlsx", 1)
    refused(office, batch_id, tmp_path / "q.xlsx", 2)
    with pytest.raises(UserError, match="CONFLICT"):
        take_reply(office, reply, request_id=new_request_id())


def test_whoever_has_a_claim_is_never_ended_by_a_reply(office: AppContext, tmp_path: Path) -> None:
    batch_id = sent(office, tmp_path / "a.xlsx", worker(1), worker(2))
    claimed(office, a_claim(participant_nik=nik(1), participant_name="BUDI RONDO ALFA"))
    reply = refusing(office, batch_id, tmp_path / "r.xlsx", 1, 2)
    assert reply.leaving == 1
    assert [(each.name, each.why) for each in reply.kept] == [
        ("BUDI RONDO ALFA", UndoReason.CLAIMED)
    ]
    take_reply(office, reply, request_id=new_request_id())
    state = reply_state(office, batch_id)
    assert (state.leaving, state.kept, state.unsent) == (0, reply.kept, 0)
    assert len(find_people(office, "BUDI").people) == 1
    assert get_batch(office, batch_id).item.counts.accepted == 1
    line = next(each.line_id for each in sent_people(office, batch_id) if "ALFA" in each.name)
    lift_refusal(office, batch_id, line, reason="Sudah benar", request_id=new_request_id())
    state = reply_state(office, batch_id)
    assert (state.kept, state.unsent) == ((), 1)


def test_whoever_was_joined_is_never_ended_by_a_reply(office: AppContext, tmp_path: Path) -> None:
    under = saved_agreement(office)
    ids = []
    for serial, month in ((1, 1), (2, 7)):
        book = workbook(tmp_path / f"{serial}.xlsx", [worker(serial)])
        half = checked(office, under, book, from_month=date(2026, month, 1), months=6)
        ids.append(stored(office, half))
    mark_sent(office, ids[1], request_id=new_request_id())
    people = [find_people(office, nik(serial)).people[0].person_id for serial in (1, 2)]
    merge_people(office, *people, reason="Satu orang", request_id=new_request_id())
    reply = refusing(office, ids[1], tmp_path / "r.xlsx", 2)
    assert [each.why for each in reply.kept] == [UndoReason.MERGED]
    take_reply(office, reply, request_id=new_request_id())
    assert get_batch(office, ids[1]).item.counts.accepted == 1


def test_the_same_reply_is_not_taken_twice(office: AppContext, tmp_path: Path) -> None:
    batch_id = sent(office, tmp_path / "a.xlsx", worker(1), worker(2))
    refused(office, batch_id, tmp_path / "r.xlsx", 1)
    work = opened(office, batch_id)
    line = work.line_ids[0]
    work = edit_cell(office, work, line, NAME, text="BUDI BETUL", request_id=new_request_id())
    stored(office, work)
    mark_sent(office, batch_id, request_id=new_request_id())
    with pytest.raises(UserError, match="sudah diambil"):
        refusing(office, batch_id, tmp_path / "again.xlsx", 1)
    assert get_batch(office, batch_id).item.counts.accepted == 2


def test_an_answer_is_for_the_row_that_is_registered_and_not_answered(
    office: AppContext, tmp_path: Path
) -> None:
    batch_id = sent(office, tmp_path / "a.xlsx", worker(2, name=""), worker(1))
    refused(office, batch_id, tmp_path / "r.xlsx", 1)
    work = opened(office, batch_id)
    nameless, turned_down = work.line_ids
    for column, text in ((NAME, "BUDI RONDO"), (NIK, nik(1))):
        work = edit_cell(office, work, nameless, column, text=text, request_id=new_request_id())
    skip = DecidedOutcome.SKIPPED
    work = decide(office, work, [turned_down], skip, reason="ganda", request_id=new_request_id())
    stored(office, work)
    mark_sent(office, batch_id, request_id=new_request_id())
    row: list[object] = [nik(1), "BUDI", "Y", "", "26001234567"]
    book = workbook(tmp_path / "y.xlsx", [row], headings=HEADINGS)
    reply = check_reply(office, batch_id, book, cancel=CancelToken())
    take_reply(office, reply, request_id=new_request_id())
    state = reply_state(office, batch_id)
    assert (state.unanswered, state.accepted, sum(state.rejected.values())) == ((), 1, 1)


def test_a_batch_of_which_nobody_is_left_never_becomes_a_draft_again(
    office: AppContext, tmp_path: Path
) -> None:
    batch_id = sent(office, tmp_path / "a.xlsx", worker(1), [], worker(2))
    refused(office, batch_id, tmp_path / "r.xlsx", 1, 2)
    work = opened(office, batch_id)
    line = work.line_ids[0]
    work = edit_cell(office, work, line, NAME, text="BUDI BENAR", request_id=new_request_id())
    submit(office, work, request_id=new_request_id())
    waiting = opened(office, batch_id)
    assert waiting.check.blank == 0
    refuse(office, waiting, reason="Belum", request_id=new_request_id())
    assert get_batch(office, batch_id).item.status == BatchStatus.VALIDATED
    assert [debt.held for debt in open_debts(office)] == [2]


def test_rows_that_a_reply_brings_back_are_owed_from_that_day_also_after_a_write_off(
    office: AppContext, tmp_path: Path
) -> None:
    batch_id = sent(office, tmp_path / "a.xlsx", worker(1), worker(2), worker(3, name=""))
    seen = debt_of(office, batch_id)
    assert seen is not None
    write_off(office, seen, reason="Tidak ada kabar", request_id=new_request_id())
    assert open_debts(office) == ()
    late = replace(office, clock=lambda: NOW + timedelta(days=60))
    refused(late, batch_id, tmp_path / "r.xlsx", 1, 2)
    [debt] = open_debts(late)
    assert (debt.held, debt.written_off_by, debt.days_late, debt.days_left) == (3, "", 0, 14)


def test_rows_that_a_reply_brings_back_are_not_late_at_once(
    office: AppContext, tmp_path: Path
) -> None:
    batch_id = sent(office, tmp_path / "a.xlsx", worker(1), worker(2))
    late = replace(office, clock=lambda: NOW + timedelta(days=60))
    refused(late, batch_id, tmp_path / "r.xlsx", 1)
    assert [(debt.held, debt.days_late) for debt in open_debts(late)] == [(1, 0)]


def test_no_more_rows_are_written_off_than_were_seen(office: AppContext, tmp_path: Path) -> None:
    batch_id = sent(office, tmp_path / "a.xlsx", worker(1), worker(2), worker(3, name=""))
    seen = debt_of(office, batch_id)
    assert seen is not None
    refused(office, batch_id, tmp_path / "r.xlsx", 1, 2)
    with pytest.raises(UserError, match="CONFLICT"):
        write_off(office, seen, reason="Tidak ditunggu", request_id=new_request_id())
    assert [debt.held for debt in open_debts(office)] == [3]
