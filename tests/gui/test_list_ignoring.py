"""Warnings of a list in work ignored with a reason, by keyboard: a group, chosen rows, no error."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from bpjsdesk.domain.access import Role
from bpjsdesk.services.batches import list_batches
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.repairs import edit_cell
from tests.gui_finding import part, parts
from tests.gui_list import CTRL, counts, current_row, press, reasons, settle, write
from tests.gui_opening import WindowOpener
from tests.offices import AsRole
from tests.services.factories import a_draft, a_quota, saved
from tests.services.lists import workbook, worker
from ui.pages.batches.import_flow import ImportFlow
from ui.pages.batches.import_form import ImportStart
from ui.pages.batches.page import BatchesPage
from ui.pages.batches.steps import FlowStep
from ui.widgets.inline import InlineMessage

SHIFT = Qt.KeyboardModifier.ShiftModifier


def words(widget: QWidget) -> str:
    return " ".join(label.text() for label in parts(widget, QLabel) if label.isVisible())


def page_of(opener: WindowOpener, office: AppContext) -> BatchesPage:
    page = opener.open(office, "batches").current_page
    assert isinstance(page, BatchesPage)
    return page


@pytest.fixture
def flow(qtbot: QtBot, opener: WindowOpener, office: AppContext, tmp_path: Path) -> ImportFlow:
    """Three odd telephones, one of them with another sex as well; one row without a NIK."""
    saved(office, a_draft(quotas=(a_quota(heads=10),)))
    page = page_of(opener, office)
    rows = [
        worker(1, phone="12"),
        worker(2, phone="34", sex="P"),
        worker(3, phone="56"),
        worker(4, nik=None),
    ]
    page.open_import(ImportStart(path=workbook(tmp_path / "daftar.xlsx", rows)))
    flow = part(page, ImportFlow, "importFlow")
    qtbot.waitUntil(lambda: flow.form.category is not None)
    flow.form.submit()
    qtbot.waitUntil(lambda: flow.step in (FlowStep.VALUES, FlowStep.CHECK))
    while flow.step is not FlowStep.CHECK:
        press(Qt.Key.Key_Return, CTRL)
    settle(qtbot, flow)
    return flow


def test_a_group_of_warnings_is_ignored_by_i_and_its_rows_tell_why(
    qtbot: QtBot, flow: ImportFlow
) -> None:
    entering = counts(flow).entering
    press(Qt.Key.Key_I)
    assert "dicetak pada tanda terima dan surat ke pengirim" in words(flow.bench.panel.card)
    write("Nomor kantor kelurahan")
    press(Qt.Key.Key_Return)
    settle(qtbot, flow)
    assert reasons(flow) == {"NIK_SEX_MISMATCH": 1, "NIK_MISSING": 1}
    assert counts(flow).entering == entering
    flow.bench.choose_view("every")
    flow.bench.grid.setFocus()
    press(Qt.Key.Key_Up)
    row = current_row(flow)
    assert (row.state, row.tones, row.codes) == (("Diabaikan", "ok"), {}, ())
    [(title, told)] = row.ignored
    assert title == "Nomor HP tidak dikenali"
    assert told.startswith("diabaikan: Nomor kantor kelurahan · ")
    said = flow.bench.cause.accessibleName()
    assert title in said
    assert told in said
    press(Qt.Key.Key_Z, CTRL)
    settle(qtbot, flow)
    assert reasons(flow)["PHONE_FORMAT"] == 3


def test_of_chosen_rows_only_the_reason_that_is_shown_is_ignored(
    qtbot: QtBot, flow: ImportFlow
) -> None:
    press(Qt.Key.Key_F8)
    press(Qt.Key.Key_Down, SHIFT)
    press(Qt.Key.Key_I)
    write("Sudah ditelepon")
    press(Qt.Key.Key_Return)
    settle(qtbot, flow)
    assert reasons(flow) == {"PHONE_FORMAT": 1, "NIK_SEX_MISMATCH": 1, "NIK_MISSING": 1}
    assert flow.bench.grid.hasFocus()
    while current_row(flow).row_no != 4:
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_I)
    # what was said of the same before stands there already
    press(Qt.Key.Key_Return)
    settle(qtbot, flow)
    assert reasons(flow) == {"NIK_SEX_MISMATCH": 1, "NIK_MISSING": 1}
    assert flow.desk.state is not None
    assert [step.note for step in flow.desk.state.work.steps] == ["Sudah ditelepon"] * 2


def test_outside_a_reason_all_warnings_of_a_row_are_ignored(qtbot: QtBot, flow: ImportFlow) -> None:
    flow.bench.choose_view("problems")
    flow.bench.grid.setFocus()
    press(Qt.Key.Key_Down)
    assert current_row(flow).row_no == 3
    press(Qt.Key.Key_I)
    write("Cocok dengan KTP")
    press(Qt.Key.Key_Return)
    settle(qtbot, flow)
    assert reasons(flow) == {"PHONE_FORMAT": 2, "NIK_MISSING": 1}


def test_what_holds_a_row_is_refused_in_words(qtbot: QtBot, flow: ImportFlow) -> None:
    flow.bench.panel.choose_next()
    flow.bench.panel.choose_next()
    settle(qtbot, flow)
    chosen = flow.bench.panel.chosen
    assert chosen is not None
    assert chosen.code == "NIK_MISSING"
    assert not flow.bench.panel.card.ignore_button.isVisible()
    press(Qt.Key.Key_I)
    assert "menahan baris, jadi tidak dapat diabaikan" in words(flow.bench.panel.card)
    press(Qt.Key.Key_B)
    press(Qt.Key.Key_I)
    assert "tidak dapat diabaikan" in flow.bench.cause.accessibleName()
    assert len(reasons(flow)) == 3


def test_another_user_goes_on_where_warnings_were_ignored(
    qtbot: QtBot, flow: ImportFlow, opener: WindowOpener, as_role: AsRole
) -> None:
    press(Qt.Key.Key_I)
    write("Nomor kantor")
    press(Qt.Key.Key_Return)
    settle(qtbot, flow)
    left = reasons(flow)
    opener.close()
    clerk = as_role(Role.CLERK)
    [item] = list_batches(clerk)
    page = page_of(opener, clerk)
    page.open_work(item.batch_id)
    again = part(page, ImportFlow, "importFlow")
    qtbot.waitUntil(lambda: again.desk.state is not None)
    settle(qtbot, again)
    assert reasons(again) == left


def test_a_reason_that_came_too_late_is_not_given_for_what_nobody_has_seen(
    qtbot: QtBot, flow: ImportFlow, office: AppContext
) -> None:
    state = flow.desk.state
    assert state is not None
    at = state.work.check.columns["Sheet"].index("phone")
    assert at is not None
    line = state.work.line_ids[0]
    edit_cell(office, state.work, line, at, text="999 x", request_id=new_request_id())
    press(Qt.Key.Key_I)
    write("Nomor kantor")
    press(Qt.Key.Key_Return)
    message = part(flow, InlineMessage, "overtaken")
    qtbot.waitUntil(message.isVisible)
    settle(qtbot, flow)
    assert message.text()[1] == (
        "Belum tersimpan: mengabaikan peringatan: Nomor kantor. Lihat keadaan terbaru; lakukan "
        "lagi bila masih tepat."
    )
    assert not any(button.isVisible() for button in parts(message, QPushButton))
    assert reasons(flow)["PHONE_FORMAT"] == 3
