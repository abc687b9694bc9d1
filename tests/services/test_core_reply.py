"""The core system's reply is matched by NIK, and whoever it never answered is a list of its own."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from bpjsdesk.domain.core_reply import Reply
from bpjsdesk.domain.identity import mask_nik
from bpjsdesk.domain.overview import ActionKind
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.errors import EnvironmentProblem, UserError
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.acceptance import accept
from bpjsdesk.services.agreements import save_agreement
from bpjsdesk.services.batches import get_batch, held_rows, participant_list
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.core_reply import (
    check_reply,
    lift_refusal,
    reply_state,
    sent_people,
    take_reply,
)
from bpjsdesk.services.core_send import mark_sent, send_list, write_unanswered
from bpjsdesk.services.list_steps import undo
from bpjsdesk.services.overview import overview
from bpjsdesk.services.people import find_people
from bpjsdesk.services.repairs import edit_cell, reasons
from bpjsdesk.services.safety import list_audit
from tests.offices import NOW
from tests.services.factories import a_draft
from tests.services.lists import checked, nik, stored, workbook, worker
from tests.services.staged_lists import opened

HEADINGS = ("NIK", "NAMA", "Y/T", "ALASAN", "KPJ")


@pytest.fixture
def batch_id(office: AppContext, tmp_path: Path) -> int:
    under = save_agreement(office, a_draft(), request_id=new_request_id()).object_id
    book = workbook(tmp_path / "a.xlsx", [worker(serial) for serial in range(1, 5)])
    return stored(office, checked(office, under, book))


def a_reply(office: AppContext, batch_id: int, path: Path, *rows: list[object]) -> Reply:
    book = workbook(path, rows, headings=HEADINGS)
    return check_reply(office, batch_id, book, cancel=CancelToken())


def test_answers_are_matched_by_nik_and_the_silent_ones_are_named(
    office: AppContext, batch_id: int, tmp_path: Path
) -> None:
    mark_sent(office, batch_id, request_id=new_request_id())
    reply = a_reply(
        office,
        batch_id,
        tmp_path / "r.xlsx",
        [nik(1), "BUDI", "Y", "", "26001234567"],
        [nik(2), "BUDI", "T", "Sudah terdaftar sebagai PU", ""],
        [nik(3), "BUDI", "mungkin", "", ""],
        [nik(9), "ORANG LAIN", "Y", "", ""],
        [],
    )
    assert reply.read == len(reply.rows) + len(reply.faults) + reply.blank
    assert [fault.row for fault in reply.faults] == [4, 5]
    take_reply(office, reply, request_id=new_request_id())
    state = reply_state(office, batch_id)
    assert (state.sent, state.accepted) == (4, 1)
    assert state.rejected == {"Sudah terdaftar sebagai PU": 1}
    assert [person.nik for person in state.unanswered] == [mask_nik(nik(3)), mask_nik(nik(4))]
    assert state.unanswered[0].sent_on == NOW.date()
    assert timedelta(days=state.unanswered[0].days) == timedelta()


def test_a_second_reply_completes_the_first(
    office: AppContext, batch_id: int, tmp_path: Path
) -> None:
    mark_sent(office, batch_id, request_id=new_request_id())
    for number, serial in enumerate((1, 2, 3, 4)):
        row: list[object] = [nik(serial), "BUDI", "Y", "", ""]
        reply = a_reply(office, batch_id, tmp_path / f"{number}.xlsx", row)
        take_reply(office, reply, request_id=new_request_id())
    assert reply_state(office, batch_id).unanswered == ()


def test_nobody_is_sent_twice(office: AppContext, batch_id: int) -> None:
    mark_sent(office, batch_id, request_id=new_request_id())
    with pytest.raises(UserError, match="sudah dikirim"):
        mark_sent(office, batch_id, request_id=new_request_id())


def test_a_reply_without_its_column_or_of_another_batch_is_refused(
    office: AppContext, batch_id: int, tmp_path: Path
) -> None:
    book = workbook(tmp_path / "n.xlsx", [[nik(1), "BUDI"]], headings=("NIK", "NAMA"))
    with pytest.raises(UserError, match="Y/T"):
        check_reply(office, batch_id, book, cancel=CancelToken())
    mark_sent(office, batch_id, request_id=new_request_id())
    foreign: list[object] = [nik(9), "LAIN", "Y", "", ""]
    reply = a_reply(office, batch_id, tmp_path / "f.xlsx", foreign)
    with pytest.raises(UserError, match="seorang pun"):
        take_reply(office, reply, request_id=new_request_id())


def refused(office: AppContext, batch_id: int, path: Path, reason: str) -> None:
    """Send the batch and let the core system refuse its second row."""
    mark_sent(office, batch_id, request_id=new_request_id())
    rows: list[list[object]] = [
        [nik(1), "BUDI", "Y", "", "26001234567"],
        [nik(2), "BUDI", "T", reason, ""],
    ]
    take_reply(office, a_reply(office, batch_id, path, *rows), request_id=new_request_id())


def test_whoever_was_refused_comes_back_into_repair_with_the_reason_of_the_core(
    office: AppContext, batch_id: int, tmp_path: Path
) -> None:
    before = get_batch(office, batch_id).item.amount
    refused(office, batch_id, tmp_path / "r.xlsx", "NIK tidak ditemukan di Dukcapil")
    item = get_batch(office, batch_id).item
    assert (item.counts.accepted, item.counts.held) == (3, 1)
    assert item.amount == before * 3 // 4
    assert find_people(office, nik(2)).people == ()
    assert [row.codes for row in held_rows(office, batch_id)] == [("NIK_NOT_IN_DUKCAPIL",)]
    work = opened(office, batch_id)
    assert reasons(work) == {IssueCode.NIK_NOT_IN_DUKCAPIL: 1}


def test_a_refusal_holds_the_row_until_a_cell_is_another_and_an_undo_brings_it_back(
    office: AppContext, batch_id: int, tmp_path: Path
) -> None:
    refused(office, batch_id, tmp_path / "r.xlsx", "Tidak sesuai Dukcapil")
    work = opened(office, batch_id)
    line = work.line_ids[0]
    work = edit_cell(office, work, line, 1, text=nik(8), request_id=new_request_id())
    assert reasons(work) == {}
    work = undo(office, work, request_id=new_request_id())
    assert reasons(work) == {IssueCode.NIK_NOT_IN_DUKCAPIL: 1}


def test_a_refusal_whose_cause_lay_elsewhere_is_lifted_with_a_reason(
    office: AppContext, batch_id: int, tmp_path: Path
) -> None:
    refused(office, batch_id, tmp_path / "r.xlsx", "Masih aktif PU")
    work = opened(office, batch_id)
    assert reasons(work) == {IssueCode.ALREADY_ACTIVE_PU: 1}
    line = next(person.line_id for person in sent_people(office, batch_id) if person.is_refused)
    with pytest.raises(UserError, match="alasan"):
        lift_refusal(office, batch_id, line, reason=" ", request_id=new_request_id())
    lift_refusal(office, batch_id, line, reason="PU sudah berakhir", request_id=new_request_id())
    assert reasons(opened(office, batch_id)) == {}
    with pytest.raises(UserError, match="tidak sedang ditahan"):
        lift_refusal(office, batch_id, line, reason="lagi", request_id=new_request_id())


def test_a_mended_row_is_sent_again(office: AppContext, batch_id: int, tmp_path: Path) -> None:
    refused(office, batch_id, tmp_path / "r.xlsx", "Tidak sesuai Dukcapil")
    work = opened(office, batch_id)
    work = edit_cell(office, work, work.line_ids[0], 1, text=nik(8), request_id=new_request_id())
    accept(
        office, work, request_id=new_request_id(), progress=ignore_progress, cancel=CancelToken()
    )
    assert reply_state(office, batch_id).unsent == 1
    mark_sent(office, batch_id, request_id=new_request_id())
    state = reply_state(office, batch_id)
    assert (state.sent, state.rejected, state.unsent) == (4, {}, 0)
    assert mask_nik(nik(8)) in {person.nik for person in state.unanswered}


def test_whoever_waits_longer_than_the_reference_row_says_is_late(
    office: AppContext, batch_id: int
) -> None:
    mark_sent(office, batch_id, request_id=new_request_id())
    later = replace(office, clock=lambda: NOW + timedelta(days=6))
    assert (reply_state(later, batch_id).late, reply_state(later, batch_id).wait_days) == (0, 7)
    assert reply_state(replace(office, clock=lambda: NOW + timedelta(days=7)), batch_id).late == 4


def test_whoever_is_late_is_something_to_do_on_the_first_page(
    office: AppContext, batch_id: int
) -> None:
    mark_sent(office, batch_id, request_id=new_request_id())

    def silent(days: int) -> list[str]:
        later = replace(office, clock=lambda: NOW + timedelta(days=days))
        actions = overview(later).actions
        return [each.title for each in actions if each.kind is ActionKind.CORE_SILENT]

    assert silent(6) == []
    assert silent(7) == ["4 orang batch B-2026-00001 belum dijawab sistem inti"]


def test_the_list_for_the_core_system_is_its_own_reply_form(
    office: AppContext, batch_id: int, tmp_path: Path
) -> None:
    out = tmp_path / "inti.xlsx"
    send_list(office, batch_id, out, request_id=new_request_id())
    assert reply_state(office, batch_id).sent == 4
    book = openpyxl.load_workbook(out)
    sheet = book["Daftar"]
    assert sheet.cell(5, 1).value == nik(1)
    assert sheet.cell(5, 1).number_format == "@"
    answers = [sheet.cell(4, column).value for column in range(1, 14)].index("Y/T") + 1
    for row, answer in ((5, "Y"), (6, "T"), (7, "Y")):
        sheet.cell(row, answers, answer)
    book.save(out)
    reply = check_reply(office, batch_id, out, cancel=CancelToken())
    assert [row.accepted for row in reply.rows] == [True, False, True]
    assert (reply.open_rows, reply.faults, reply.read) == (1, (), 4)
    take_reply(office, reply, request_id=new_request_id())
    assert len(reply_state(office, batch_id).unanswered) == 1
    with pytest.raises(UserError, match="sudah dikirim"):
        send_list(office, batch_id, out, request_id=new_request_id())


def test_a_list_that_cannot_be_written_marks_nobody_sent(
    office: AppContext, batch_id: int, tmp_path: Path
) -> None:
    (tmp_path / "inti.xlsx").mkdir()
    with pytest.raises(EnvironmentProblem, match="FILE_NOT_WRITABLE"):
        send_list(office, batch_id, tmp_path / "inti.xlsx", request_id=new_request_id())
    assert reply_state(office, batch_id).sent == 0


def test_a_list_whose_people_cannot_be_marked_is_not_left(
    office: AppContext, batch_id: int, tmp_path: Path
) -> None:
    spent = new_request_id()
    save_agreement(office, replace(a_draft(), title="Lain"), request_id=spent)
    out = tmp_path / "lama.xlsx"
    out.write_bytes(b"lama")
    with pytest.raises(UserError, match="REQUEST_REUSED"):
        send_list(office, batch_id, out, request_id=spent)
    assert reply_state(office, batch_id).sent == 0
    assert out.read_bytes() == b"lama"


def test_whoever_never_got_an_answer_can_be_asked_for_again(
    office: AppContext, batch_id: int, tmp_path: Path
) -> None:
    mark_sent(office, batch_id, request_id=new_request_id())
    later = replace(office, clock=lambda: NOW + timedelta(days=9))
    written = write_unanswered(later, batch_id, tmp_path / "t.xlsx", request_id=new_request_id())
    sheet = openpyxl.load_workbook(written)
    row = [cell.value for cell in sheet["Belum dijawab"][5]]
    assert (row[0], row[3]) == (nik(1), 9)
    entry = list_audit(office, limit=1)[0]
    assert (entry.command, entry.object_id) == ("report.export", batch_id)
    assert entry.payload == {"file": "t.xlsx", "people": 4}


def test_rows_accepted_meanwhile_are_not_marked_unseen(office: AppContext, batch_id: int) -> None:
    with pytest.raises(UserError, match="Buat ulang"):
        mark_sent(office, batch_id, request_id=new_request_id(), expected=3)
    assert reply_state(office, batch_id).sent == 0


def test_the_numbers_that_the_core_system_gave_are_printed_with_the_participants(
    office: AppContext, batch_id: int, tmp_path: Path
) -> None:
    refused(office, batch_id, tmp_path / "r.xlsx", "Tidak padan")
    roster = participant_list(office, batch_id, progress=ignore_progress, cancel=CancelToken())
    assert sorted(row[2] for row in roster.rows) == ["", "", "26001234567"]
