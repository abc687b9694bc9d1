"""What follows acceptance in the window: core system, undo, next list, both lists; by keys too."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.batch_undo import UndoReason
from bpjsdesk.domain.changes import Changes
from bpjsdesk.domain.enrollment import BatchStatus
from bpjsdesk.services.batches import get_batch, list_batches
from bpjsdesk.services.claims import save_claim
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.core_reply import reply_state
from bpjsdesk.services.core_send import send_list
from bpjsdesk.services.debts import debt_of
from tests.gui_finding import part
from tests.gui_opening import WindowOpener
from tests.offices import AsRole
from tests.services.factories import a_claim, a_draft, a_quota, saved
from tests.services.lists import checked, nik, stored, workbook, worker
from ui.pages.batches.after_core import CorePane
from ui.pages.batches.after_desk import AfterDesk
from ui.pages.batches.after_undo import UndoPane
from ui.pages.batches.detail import CORE, HISTORY
from ui.pages.batches.import_flow import ImportFlow
from ui.pages.batches.page import BatchesPage
from ui.pages.batches.steps import FlowStep
from ui.widgets.buttons import Button
from ui.widgets.inline import InlineMessage
from ui.widgets.text_edit import TextEdit

CTRL = Qt.KeyboardModifier.ControlModifier
NO_KEY = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def batch_id(office: AppContext, tmp_path: Path) -> int:
    """An accepted batch of four, one row held."""
    under = saved(office)
    rows = [*(worker(serial) for serial in range(1, 5)), worker(5, nik=nik(5)[:15])]
    return stored(office, checked(office, under, workbook(tmp_path / "a.xlsx", rows)))


@pytest.fixture
def page(qtbot: QtBot, opener: WindowOpener, office: AppContext, batch_id: int) -> BatchesPage:
    return shown(qtbot, opener, office)


def known(page: BatchesPage) -> tuple[AppContext, int]:
    """The office behind the page, and its first batch."""
    office = page.context.app
    return office, list_batches(office)[-1].batch_id


def shown(qtbot: QtBot, opener: WindowOpener, context: AppContext) -> BatchesPage:
    page = opener.open(context, "batches").current_page
    assert isinstance(page, BatchesPage)
    qtbot.waitUntil(lambda: page.view.detail is not None)
    return page


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
    QTest.keyClick(focused(), key, modifiers)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


def click(inside: QWidget, name: str) -> None:
    part(inside, Button, name).click()


def core_of(qtbot: QtBot, page: BatchesPage) -> CorePane:
    page.view.choose_tab(CORE)
    core = page.view.core
    qtbot.waitUntil(core.isVisible)
    return core


def answered(book: Path, *answers: tuple[str, str, str]) -> Path:
    """Fill the reply form in that the program has written."""
    content = openpyxl.load_workbook(book)
    sheet = content["Daftar"]
    for row, (answer, reason, kpj) in enumerate(answers, start=5):
        for column, text in zip((11, 12, 13), (answer, reason, kpj), strict=True):
            sheet.cell(row, column, text)
    content.save(book)
    return book


def test_a_batch_goes_to_the_core_system_and_its_reply_parts_it(
    qtbot: QtBot, page: BatchesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, batch_id = known(page)
    out = tmp_path / "inti.xlsx"
    monkeypatch.setattr("ui.pages.batches.after_core.ask_save_path", lambda *_asked: out)
    core = core_of(qtbot, page)
    qtbot.waitUntil(core.send_button.isVisible)
    core.send_button.click()
    qtbot.waitUntil(core.ask_button.isVisible)
    assert reply_state(office, batch_id).sent == 4

    reply = answered(out, ("Y", "", "26001234567"), ("T", "Tidak padan Dukcapil", ""))
    core.read_reply(reply)
    qtbot.waitUntil(core.take_button.isVisible)
    title, words = part(core, InlineMessage, "coreMessage").text()
    assert title == "inti.xlsx: 2 jawaban"
    assert "2 belum diisi" in words
    assert reply_state(office, batch_id).accepted == 0
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(core.shown) == 1 and core.lists.current == "rejected")
    assert core.shown[0].reason == "Tidak padan Dukcapil"
    qtbot.waitUntil(lambda: page.view.detail == get_batch(office, batch_id))
    assert get_batch(office, batch_id).item.counts.held == 2


def test_rows_of_a_reply_that_fit_nobody_are_shown(
    qtbot: QtBot, page: BatchesPage, tmp_path: Path
) -> None:
    office, batch_id = known(page)
    send_list(office, batch_id, tmp_path / "x.xlsx", request_id=new_request_id())
    core = core_of(qtbot, page)
    rows: list[list[object]] = [[nik(9), "ORANG LAIN", "Y"], [nik(1), "BUDI", "mungkin"]]
    core.read_reply(workbook(tmp_path / "b.xlsx", rows, headings=("NIK", "NAMA", "Y/T")))
    qtbot.waitUntil(core.take_button.isVisible)
    assert not core.take_button.isEnabled()
    faults = core._faults.text()  # noqa: SLF001 - what the reader sees of it
    assert "baris 2" in faults
    assert "bukan Y atau T" in faults


def test_a_refused_row_is_let_in_again_with_a_reason(
    qtbot: QtBot, page: BatchesPage, tmp_path: Path
) -> None:
    office, batch_id = known(page)
    out = tmp_path / "inti.xlsx"
    send_list(office, batch_id, out, request_id=new_request_id())
    core = core_of(qtbot, page)
    core.read_reply(answered(out, ("T", "Masih aktif PU", "")))
    qtbot.waitUntil(core.take_button.isVisible)
    core.take_button.click()
    qtbot.waitUntil(lambda: core.lists.current == "rejected" and len(core.shown) == 1)
    core.table.setFocus()
    press(Qt.Key.Key_Down)
    core.table.selectRow(0)
    qtbot.waitUntil(core.again_button.isVisible)
    core.again_button.click()
    QTest.keyClicks(focused(), "PU sudah berakhir")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: [each.is_refused for each in core.shown] == [False])


def test_a_batch_is_taken_back_by_keys_after_its_three_lists_were_seen(
    qtbot: QtBot, opener: WindowOpener, office: AppContext, batch_id: int
) -> None:
    claim = a_claim(participant_nik=nik(2), participant_name="BUDI RONDO BETO")
    save_claim(office, claim, request_id=new_request_id())
    page = shown(qtbot, opener, office)
    click(page, "undoButton")
    pane = part(page, AfterDesk, "afterDesk").undo
    qtbot.waitUntil(lambda: pane.plan is not None)
    assert page.shown_part == "after"
    assert (pane.act_button.text(), len(pane.shown)) == ("Batalkan 3 orang…", 3)
    press(Qt.Key.Key_Return, CTRL)
    assert isinstance(focused(), TextEdit)
    press(Qt.Key.Key_Return)
    assert get_batch(office, batch_id).item.status == BatchStatus.VALIDATED  # a reason is needed
    QTest.keyClicks(focused(), "Berkas tahun lalu")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(pane.act_button.isHidden)
    assert part(pane, InlineMessage, "undoMessage").text()[0].endswith("dibatalkan")
    assert [each.why for each in pane.shown] == [UndoReason.CLAIMED]
    press(Qt.Key.Key_Escape)
    ended = part(page.view, InlineMessage, "batchEnded")
    qtbot.waitUntil(ended.isVisible)
    assert "Berkas tahun lalu" in ended.text()[1]
    assert "1 orang tetap terdaftar" in ended.text()[1]


def test_the_lists_of_an_undo_are_written_as_a_workbook(
    qtbot: QtBot, page: BatchesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "batal.xlsx"
    monkeypatch.setattr("ui.pages.batches.after_undo.ask_save_path", lambda *_asked: out)
    click(page, "undoButton")
    pane: UndoPane = part(page, AfterDesk, "afterDesk").undo
    qtbot.waitUntil(lambda: pane.plan is not None)
    with qtbot.waitSignal(pane.noted):
        press(Qt.Key.Key_S, CTRL)
    assert openpyxl.load_workbook(out).sheetnames == ["Dibatalkan"]


def test_a_clerk_takes_no_batch_back(
    qtbot: QtBot, opener: WindowOpener, as_role: AsRole, batch_id: int
) -> None:
    page = shown(qtbot, opener, as_role(Role.CLERK))
    assert not page.view.deeds.undo_button.isVisible()
    assert page.view.deeds.carry_button.isVisible()


def test_next_years_list_is_made_by_keys_and_goes_on_in_the_flow(
    qtbot: QtBot, page: BatchesPage, office: AppContext, tmp_path: Path
) -> None:
    later = a_draft(
        title="Perlindungan Pekerja Rentan 2027",
        signed_on=None,
        valid_from=date(2027, 1, 1),
        valid_to=date(2027, 12, 31),
        quotas=(a_quota(heads=10, from_month=date(2027, 1, 1)),),
    )
    saved(office, later)
    click(page, "carryButton")
    pane = part(page, AfterDesk, "afterDesk").carry
    qtbot.waitUntil(lambda: pane.is_ready)
    pane.set_additions(workbook(tmp_path / "baru.xlsx", [worker(9)]))
    pane.agreement.setCurrentIndex(_place(pane.agreement, "2027"))
    qtbot.waitUntil(lambda: "2027" in pane.line.currentText())
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.shown_part == "flow")
    flow = part(page, ImportFlow, "importFlow")
    qtbot.waitUntil(lambda: flow.step not in (FlowStep.CHOOSE, FlowStep.READ), timeout=8000)
    made = list_batches(office)[0]
    assert (made.counts.read, made.status) == (5, BatchStatus.DRAFT)
    assert made.from_month == date(2027, 1, 1)


def _place(choice: QWidget, words: str) -> int:
    texts = [choice.itemText(at) for at in range(choice.count())]  # type: ignore[attr-defined]  # a Choice
    return next(at for at, text in enumerate(texts) if words in text)


def test_a_list_is_compared_with_the_one_before_on_paper_and_as_a_workbook(
    qtbot: QtBot, page: BatchesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, _batch = known(page)
    year = a_quota(from_month=date(2027, 1, 1))
    under = saved(office, replace(a_draft(), title="Tahun 2", quotas=(year,)))
    rows = [worker(1), worker(2), worker(7)]
    stored(office, checked(office, under, workbook(tmp_path / "b.xlsx", rows)))
    out = tmp_path / "selisih.xlsx"
    monkeypatch.setattr("ui.pages.batches.after_compare.ask_save_path", lambda *_asked: out)
    page.refresh(Changes())
    compare = page.view.compare
    qtbot.waitUntil(compare.isVisible)
    with qtbot.waitSignal(compare.noted):
        compare.book_button.click()
    assert openpyxl.load_workbook(out).sheetnames == ["Keluar", "Masuk"]
    compare.paper_button.click()
    assert page.shown_part == "paper"
    press(Qt.Key.Key_W, CTRL)
    assert page.shown_part == "browse"


def test_the_debt_of_a_batch_gets_another_owner_and_is_given_up_with_a_reason(
    qtbot: QtBot, page: BatchesPage, office: AppContext, batch_id: int
) -> None:
    debt = page.view.debt
    qtbot.waitUntil(debt.isVisible)
    click(debt, "debtChange")
    due = part(debt, TextEdit, "debtDue")
    due.setText("30-12-2026")
    due.setFocus()
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: debt.debt is not None and debt.debt.due_on == date(2026, 12, 30))
    click(debt, "debtDrop")
    QTest.keyClicks(focused(), "Orangnya diganti")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: debt.debt is not None and not debt.debt.is_open)
    found = debt_of(office, batch_id)
    assert found is not None
    assert found.written_off_why == "Orangnya diganti"


def test_the_history_names_who_did_what(qtbot: QtBot, page: BatchesPage) -> None:
    page.view.choose_tab(HISTORY)
    commands = [entry.command for entry in page.view.history.entries]
    assert commands == ["batch.accept", "batch.import"]
    assert {entry.who for entry in page.view.history.entries} == {"Rina Tumewu"}
