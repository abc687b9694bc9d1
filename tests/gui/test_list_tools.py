"""Tools for many cells of a list in work, rows sent back, and the way back; all by keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpjsdesk.services.context import AppContext
from tests.gui_finding import part
from tests.gui_list import CTRL, counts, current_row, focused, press, reasons, settle, write
from tests.gui_opening import WindowOpener
from tests.services.factories import a_draft, a_quota, saved
from tests.services.lists import workbook, worker
from ui.pages.batches.import_flow import ImportFlow
from ui.pages.batches.import_form import ImportStart
from ui.pages.batches.page import BatchesPage
from ui.pages.batches.step_dialog import StepDialog
from ui.pages.batches.steps import FlowStep
from ui.widgets.inline import InlineMessage

ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
VILLAGES = (None, "Mollas", "Molas", "Kampung Rekaan", "Kampung Rekaan", "Molas")


@pytest.fixture
def flow(qtbot: QtBot, opener: WindowOpener, office: AppContext, tmp_path: Path) -> ImportFlow:
    """Six rows, four of which name a village that is not known."""
    saved(office, a_draft(quotas=(a_quota(heads=10),)))
    page = opener.open(office, "batches").current_page
    assert isinstance(page, BatchesPage)
    rows = [worker(number, village=name) for number, name in enumerate(VILLAGES, start=1)]
    page.open_import(ImportStart(path=workbook(tmp_path / "daftar.xlsx", rows)))
    flow = part(page, ImportFlow, "importFlow")
    qtbot.waitUntil(lambda: flow.form.category is not None)
    flow.form.submit()
    qtbot.waitUntil(lambda: flow.step is FlowStep.VALUES)
    press(Qt.Key.Key_Return, CTRL)
    assert flow.step is FlowStep.CHECK
    settle(qtbot, flow)
    return flow


def villages(flow: ImportFlow) -> list[str]:
    assert flow.desk.state is not None
    maker = flow.desk.state.maker
    return [maker.row(place).cells["village"] for place in flow.desk.state.every]


def test_a_mistyped_village_is_repaired_by_enter(qtbot: QtBot, flow: ImportFlow) -> None:
    assert flow.bench.panel.card.repair_button.text() == "Perbaiki 1 baris"
    press(Qt.Key.Key_Return)
    settle(qtbot, flow)
    assert villages(flow)[1] == "Molas"
    assert reasons(flow) == {"REGION_UNMAPPED": 3}


def test_ctrl_d_fills_the_first_chosen_cell_down(qtbot: QtBot, flow: ImportFlow) -> None:
    flow.bench.choose_view("every")
    press(Qt.Key.Key_F8)
    for _row in range(2):
        press(Qt.Key.Key_Down)
    assert (current_row(flow).row_no, flow.bench.grid.current_field) == (4, "village")
    press(Qt.Key.Key_Down, SHIFT)
    press(Qt.Key.Key_Down, SHIFT)
    press(Qt.Key.Key_D, CTRL)
    settle(qtbot, flow)
    assert villages(flow)[2:5] == ["Molas"] * 3
    press(Qt.Key.Key_Z, CTRL)
    settle(qtbot, flow)
    assert villages(flow)[3:5] == ["Kampung Rekaan"] * 2


def test_ctrl_h_shows_what_it_would_change_and_changes_it_in_one_step(
    qtbot: QtBot, flow: ImportFlow
) -> None:
    press(Qt.Key.Key_F8)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Down)
    assert current_row(flow).cells["village"] == "Kampung Rekaan"
    press(Qt.Key.Key_H, CTRL)
    tools = flow.bench.tools
    assert tools.isVisible()
    press(Qt.Key.Key_Tab)
    write("Molas")
    qtbot.waitUntil(lambda: tools.plan is not None)
    assert tools.plan is not None
    assert (tools.plan.rows, tools.plan.looked_at) == (2, 6)
    assert villages(flow)[3] == "Kampung Rekaan"
    press(Qt.Key.Key_Return)
    settle(qtbot, flow)
    assert villages(flow)[3:5] == ["Molas"] * 2
    assert not tools.isVisible()
    assert flow.bench.grid.hasFocus()
    press(Qt.Key.Key_Z, CTRL)
    settle(qtbot, flow)
    assert villages(flow)[3:5] == ["Kampung Rekaan"] * 2


def test_escape_puts_the_question_away(qtbot: QtBot, flow: ImportFlow) -> None:
    before = villages(flow)
    press(Qt.Key.Key_H, CTRL)
    press(Qt.Key.Key_Escape)
    assert flow.bench.grid.hasFocus()
    assert villages(flow) == before


def test_a_cell_is_copied_and_a_block_is_pasted(qtbot: QtBot, flow: ImportFlow) -> None:
    flow.bench.choose_view("every")
    press(Qt.Key.Key_F8)
    QApplication.clipboard().setText("Molas\t081200000091\r\nMolas\t081200000092\r\n")
    press(Qt.Key.Key_V, CTRL)
    settle(qtbot, flow)
    assert villages(flow)[:2] == ["Molas", "Molas"]
    assert current_row(flow).cells["phone"] == "081200000091"
    press(Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text() == "Molas"


def test_a_block_without_room_is_refused_and_told(qtbot: QtBot, flow: ImportFlow) -> None:
    before = villages(flow)
    press(Qt.Key.Key_F8)
    QApplication.clipboard().setText("Molas\n" * 9)
    press(Qt.Key.Key_V, CTRL)
    settle(qtbot, flow)
    assert villages(flow) == before
    message = part(flow, InlineMessage, "overtaken")
    assert message.isVisible()
    assert "9 baris × 1 kolom" in message.text()[1]


def test_rows_are_sent_back_with_the_words_for_the_sender(qtbot: QtBot, flow: ImportFlow) -> None:
    held = counts(flow).held
    press(Qt.Key.Key_K)
    write("Tulis kelurahan yang benar")
    press(Qt.Key.Key_Return)
    settle(qtbot, flow)
    assert counts(flow).held == held + 4
    assert reasons(flow) == {}
    flow.bench.choose_view("every")
    row = current_row(flow)
    assert (row.state, row.reason) == (("Dikirim balik", "grey"), "Tulis kelurahan yang benar")
    assert "Dikirim balik: Tulis kelurahan yang benar" in flow.bench.cause.accessibleName()


def test_one_row_is_sent_back_from_the_grid(qtbot: QtBot, flow: ImportFlow) -> None:
    press(Qt.Key.Key_F8)
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_K)
    press(Qt.Key.Key_Return)
    settle(qtbot, flow)
    assert reasons(flow) == {"REGION_UNMAPPED": 3}


def test_the_list_of_steps_takes_back_several_at_once(qtbot: QtBot, flow: ImportFlow) -> None:
    before = villages(flow)
    press(Qt.Key.Key_Return)
    settle(qtbot, flow)
    press(Qt.Key.Key_J)
    write("Bukan warga")
    press(Qt.Key.Key_Return)
    settle(qtbot, flow)
    assert counts(flow).decided == 3
    press(Qt.Key.Key_H, ALT)
    dialog = part(flow.bench, StepDialog, "stepDialog")
    qtbot.waitUntil(dialog.isVisible)
    qtbot.waitUntil(lambda: focused().window() is dialog)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    settle(qtbot, flow)
    assert (counts(flow).decided, villages(flow)) == (0, before)
