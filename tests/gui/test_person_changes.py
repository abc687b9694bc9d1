"""A person changed with the keyboard: asked, approved, ended, joined, parted, traced."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.person_changes import IdentityField
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.identity_requests import end_of, list_requests, request_change
from bpjsdesk.services.people import find_people, get_person
from bpjsdesk.services.person_changes import merge_of
from bpjsdesk.services.safety import list_audit
from tests.gui.people_office import (
    listed,
    page_in,
    person_id,
    press,
    press_tab,
    shown,
    type_text,
)
from tests.gui_finding import part
from tests.gui_opening import WindowOpener
from tests.offices import AsRole
from tests.services.lists import nik
from ui.pages.people.words import REQUESTS_RECORD


@pytest.fixture
def register(office: AppContext, tmp_path: Path) -> AppContext:
    """Two of the first half of 2026, one of the second."""
    listed(office, tmp_path, (1, [1, 3]), (7, [2]))
    return office


def asked(context: AppContext, who: int, field: IdentityField, text: str) -> int:
    answer = request_change(
        context, who, field, text, basis="KTP di loket", request_id=new_request_id()
    )
    return answer.object_id


def test_a_clerk_asks_for_a_new_name_and_a_wrong_date_is_told_at_its_field(
    qtbot: QtBot, opener: WindowOpener, register: AppContext, as_role: AsRole
) -> None:
    clerk = as_role(Role.CLERK)
    page = page_in(opener, clerk)
    shown(qtbot, page, person_id(register, 1))
    press("F2")
    panel = page.view.change
    assert panel.isVisible()
    press("Ctrl+Return")
    assert [error.field for error in panel.form.errors] == ["NAME", "basis"]
    panel.choose(IdentityField.BIRTH_DATE)
    type_text("12081985")
    press_tab()
    type_text("KTP di loket")
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: bool(panel.form.errors))
    assert "sama dengan yang sudah tercatat" in panel.form.errors[0].message
    panel.choose(IdentityField.NAME)
    type_text("budi wowor")
    press_tab()
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: not panel.isVisible())
    (request,) = list_requests(register, only_open=True)
    assert (request.after, request.basis) == ("BUDI WOWOR", "KTP di loket")
    qtbot.waitUntil(lambda: len(page.view.state.messages) == 1)
    assert "BUDI WOWOR" in page.view.state.messages[0].text()[0]
    qtbot.waitUntil(lambda: page.requests_button.text() == "Permintaan · 1")


def test_escape_leaves_everything_as_it_was(
    qtbot: QtBot, opener: WindowOpener, register: AppContext
) -> None:
    page = page_in(opener, register)
    shown(qtbot, page, person_id(register, 1))
    press("F2")
    type_text("BUDI")
    press("Esc")  # the field
    press("Esc")  # the question
    assert not page.view.change.isVisible()
    assert page.view.change_button.hasFocus()
    assert list_requests(register) == ()


def test_a_supervisor_compares_the_nik_and_approves_and_the_old_one_still_finds(
    qtbot: QtBot, opener: WindowOpener, register: AppContext, as_role: AsRole
) -> None:
    who = person_id(register, 1)
    asked(as_role(Role.CLERK), who, IdentityField.NIK, nik(7))
    page = page_in(opener, register)
    qtbot.waitUntil(lambda: page.requests_button.text() == "Permintaan · 1")
    press("Ctrl+R")
    view = page.requests
    qtbot.waitUntil(lambda: view.request is not None)
    assert nik(7) not in view.after.text()
    press("Ctrl+M")
    press("Return")
    qtbot.waitUntil(lambda: view.after.text() == nik(7))
    assert list_audit(register, limit=1)[0].command == "person.reveal"
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: view.is_empty)
    assert get_person(register, who).masked_nik == "7171••••••••0007"
    press("Esc")
    assert page.shown_part != "requests"
    page.search.setFocus()
    type_text(nik(1))
    qtbot.waitUntil(lambda: page.list.model().rowCount() == 1)
    assert page.list.current_record.note == "NIK sebelumnya 7171••••••••0001"


def test_the_first_page_leads_to_what_waits(
    qtbot: QtBot, opener: WindowOpener, register: AppContext, as_role: AsRole
) -> None:
    asked(as_role(Role.CLERK), person_id(register, 1), IdentityField.NAME, "BUDI WOWOR")
    page = page_in(opener, register)
    page.open_record(REQUESTS_RECORD)
    assert page.shown_part == "requests"
    qtbot.waitUntil(lambda: page.requests.request is not None)


def test_a_refusal_needs_its_reason(
    qtbot: QtBot, opener: WindowOpener, register: AppContext, as_role: AsRole
) -> None:
    asked(as_role(Role.CLERK), person_id(register, 1), IdentityField.NAME, "BUDI WOWOR")
    page = page_in(opener, register)
    press("Ctrl+R")
    view = page.requests
    qtbot.waitUntil(lambda: view.request is not None)
    press("Ctrl+T")
    assert view.note.hasFocus()
    type_text("KTP tidak cocok")
    press("Ctrl+T")
    qtbot.waitUntil(lambda: not list_requests(register, only_open=True))
    (request,) = list_requests(register)
    assert (request.decision, request.note) == ("REFUSED", "KTP tidak cocok")


def test_nobody_is_offered_to_approve_an_own_request(
    qtbot: QtBot, opener: WindowOpener, register: AppContext
) -> None:
    asked(register, person_id(register, 1), IdentityField.NAME, "BUDI WOWOR")
    page = page_in(opener, register)
    press("Ctrl+R")
    qtbot.waitUntil(lambda: page.requests.request is not None)
    assert page.requests.approve_button.isHidden()
    press("Ctrl+Return")
    assert len(list_requests(register, only_open=True)) == 1


def test_an_end_is_noted_and_taken_back_and_late_months_are_named(
    qtbot: QtBot, opener: WindowOpener, register: AppContext
) -> None:
    who = person_id(register, 1)
    page = page_in(opener, register)
    shown(qtbot, page, who)
    press("Ctrl+D")
    qtbot.waitUntil(page.view.end.isVisible)
    press("Down")
    press_tab()
    type_text("20042026")
    assert "2 bulan sesudahnya" in part(page, QLabel, "reason_line").text()
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: bool(page.view.state.messages))
    found = end_of(register, who)
    assert found is not None
    assert (found.reason.code, found.since) == ("MENINGGAL", date(2026, 4, 20))
    (message,) = page.view.state.messages
    assert "2 bulan sesudahnya sudah dibayar (Mei–Juni 2026)" in message.text()[1]
    assert page.view.end_button.isHidden()
    message.acted.emit()
    qtbot.waitUntil(lambda: end_of(register, who) is None)


def test_two_are_joined_from_the_page_and_parted_again(
    qtbot: QtBot, opener: WindowOpener, register: AppContext
) -> None:
    one, other = person_id(register, 1), person_id(register, 2)
    page = page_in(opener, register)
    shown(qtbot, page, other)
    press("Ctrl+G")
    merge = page.view.merge
    assert merge.search.hasFocus()
    type_text(nik(1))
    qtbot.waitUntil(lambda: merge.list.model().rowCount() == 1)
    merge.list.setFocus()
    qtbot.waitUntil(lambda: len(merge.files) == 2)
    # whoever is known for longer is proposed to stay
    assert merge.kept.current == "other"
    press("Return")
    type_text("NIK salah ketik")
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: page.view.person is not None and page.view.person.person_id == one)
    assert merge_of(register, other) is not None
    (found,) = find_people(register, nik(2)).people
    assert found.person_id == one
    qtbot.waitUntil(lambda: bool(page.view.state.messages))
    (message,) = page.view.state.messages
    assert "BUDI RONDO BETO" in message.text()[0]
    message.acted.emit()
    qtbot.waitUntil(lambda: merge_of(register, other) is None)


def test_people_who_cannot_be_joined_are_refused_in_place(
    qtbot: QtBot, opener: WindowOpener, register: AppContext
) -> None:
    page = page_in(opener, register)
    shown(qtbot, page, person_id(register, 1))
    press("Ctrl+G")
    merge = page.view.merge
    type_text(nik(3))
    qtbot.waitUntil(lambda: merge.list.model().rowCount() == 1)
    merge.list.setFocus()
    qtbot.waitUntil(lambda: len(merge.files) == 2)
    press("Return")
    type_text("Sama")
    press("Ctrl+Return")
    qtbot.waitUntil(merge.refused.isVisible)
    assert "dibayar untuk keduanya" in merge.refused.text()[1]
    press("Esc")  # the field
    press("Esc")  # the question
    assert not merge.isVisible()


def test_where_each_value_came_from_is_one_key_away(
    qtbot: QtBot, opener: WindowOpener, register: AppContext
) -> None:
    page = page_in(opener, register)
    shown(qtbot, page, person_id(register, 1))
    page.search.setFocus()
    press("Alt+H")
    table = page.view.origins.table
    assert table.isVisible()
    texts = {table.model().index(row, 1).data() for row in range(table.model().rowCount())}
    assert texts == {"baris 2, lembar “Sheet”, daftar-1.xlsx"}
    assert "baris 2" in page.view.head.nik.toolTip()
    press("Alt+H")
    assert not table.isVisible()


def test_a_reader_sees_but_changes_nothing(
    qtbot: QtBot, opener: WindowOpener, register: AppContext, as_role: AsRole
) -> None:
    page = page_in(opener, as_role(Role.READER))
    shown(qtbot, page, person_id(register, 1))
    for keys in ("F2", "Ctrl+D", "Ctrl+G", "Ctrl+M"):
        press(keys)
        assert not page.view.is_asking
    assert page.view.change_button.isHidden()
