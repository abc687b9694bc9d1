"""NIKs of a cut column that somebody has seen on their cards are confirmed, by keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from bpjsdesk.services.context import AppContext
from tests.gui_finding import part
from tests.gui_list import CTRL, counts, current_row, press, reasons, settle, write
from tests.gui_opening import WindowOpener
from tests.services.factories import a_draft, a_quota, saved
from tests.services.lists import nik, workbook, worker
from ui.pages.batches.import_flow import ImportFlow
from ui.pages.batches.import_form import ImportStart
from ui.pages.batches.page import BatchesPage
from ui.pages.batches.step_bar import step_name
from ui.pages.batches.steps import FlowStep

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def flow(qtbot: QtBot, opener: WindowOpener, office: AppContext, tmp_path: Path) -> ImportFlow:
    """A NIK column that Excel has cut and that was saved as text since."""
    saved(office, a_draft(quotas=(a_quota(heads=30),)))
    page = opener.open(office, "batches").current_page
    assert isinstance(page, BatchesPage)
    rows = [worker(serial, nik=nik(serial * 10)) for serial in range(1, 21)]
    page.open_import(ImportStart(path=workbook(tmp_path / "daftar.xlsx", rows)))
    flow = part(page, ImportFlow, "importFlow")
    qtbot.waitUntil(lambda: flow.form.category is not None)
    flow.form.submit()
    qtbot.waitUntil(lambda: flow.step in (FlowStep.COLUMNS, FlowStep.VALUES, FlowStep.CHECK))
    while flow.step is not FlowStep.CHECK:
        press(Qt.Key.Key_Return, CTRL)
    settle(qtbot, flow)
    return flow


def test_niks_of_chosen_rows_are_confirmed_with_who_has_looked(
    qtbot: QtBot, flow: ImportFlow
) -> None:
    assert reasons(flow) == {"NIK_TRUNCATED": 20}
    press(Qt.Key.Key_F8)
    assert part(flow.bench.cause, QPushButton, "row_S").isVisible()
    press(Qt.Key.Key_Down, SHIFT)
    press(Qt.Key.Key_S)
    write("KTP dilihat di loket oleh Rina")
    press(Qt.Key.Key_Return)
    settle(qtbot, flow)
    assert reasons(flow) == {"NIK_TRUNCATED": 18}
    assert counts(flow).entering == 2
    assert flow.bench.grid.hasFocus()
    assert flow.desk.state is not None
    assert step_name(flow.desk.state.work.steps[-1]) == "NIK sesuai KTP"
    press(Qt.Key.Key_Z, CTRL)
    settle(qtbot, flow)
    assert reasons(flow) == {"NIK_TRUNCATED": 20}


def test_other_rows_offer_nothing_to_confirm(qtbot: QtBot, flow: ImportFlow) -> None:
    press(Qt.Key.Key_F8)
    press(Qt.Key.Key_S)
    write("KTP dilihat di loket oleh Rina")
    press(Qt.Key.Key_Return)
    settle(qtbot, flow)
    flow.bench.choose_view("every")
    flow.bench.grid.setFocus()
    press(Qt.Key.Key_Home, CTRL)
    assert current_row(flow).codes == ()
    assert not part(flow.bench.cause, QPushButton, "row_S").isVisible()
