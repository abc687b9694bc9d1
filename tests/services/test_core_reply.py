"""The core system's reply is matched by NIK, and whoever it never answered is a list of its own."""

from datetime import timedelta
from pathlib import Path

import pytest

from bpjsdesk.domain.core_reply import Reply
from bpjsdesk.domain.identity import mask_nik
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken
from bpjsdesk.services.agreements import save_agreement
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.core_reply import check_reply, mark_sent, reply_state, take_reply
from tests.offices import NOW
from tests.services.factories import a_draft
from tests.services.lists import checked, nik, stored, workbook, worker

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
