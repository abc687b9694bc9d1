"""A list in work in the window: checked, repaired, left, continued, decided; by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bpjsdesk.services.context import AppContext
from tests.gui_finding import part
from tests.gui_opening import WindowOpener
from tests.services.factories import a_draft, a_quota, saved
from tests.services.lists import workbook, worker
from ui.pages.batches.import_flow import ImportFlow
from ui.pages.batches.import_form import ImportStart
from ui.pages.batches.page import BatchesPage
from ui.pages.batches.steps import FlowStep
from ui.tasks import TaskRunner

SWAPPED = "08-12-1985"
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def opener(
    qtbot: QtBot, qapp: QApplication, runner: TaskRunner, tmp_path: Path
) -> Iterator[WindowOpener]:
    made = WindowOpener(qtbot, qapp, runner, tmp_path)
    yield made
    made.close()


@pytest.fixture
def page(opener: WindowOpener, office: AppContext) -> BatchesPage:
    saved(office, a_draft(quotas=(a_quota(heads=10),)))
    page = opener.open(office, "batches").current_page
    assert isinstance(page, BatchesPage)
    return page


@pytest.fixture
def dirty_list(tmp_path: Path) -> Path:
    """Two swapped dates, a wrong sex, a missing NIK, a repeated row, a blank one and a total."""
    rows: list[list[object]] = [
        worker(1),
        worker(2, born=SWAPPED),
        worker(3, born=SWAPPED),
        worker(4, sex="P"),
        worker(5, nik=None),
        [],
        worker(1),
        ["", "JUMLAH", "6 orang"],
    ]
    return workbook(tmp_path / "daftar.xlsx", rows)


@pytest.fixture
def flow(qtbot: QtBot, page: BatchesPage, dirty_list: Path) -> ImportFlow:
    """The list, read and checked."""
    page.open_import(ImportStart(path=dirty_list))
    flow = part(page, ImportFlow, "importFlow")
    qtbot.waitUntil(lambda: flow.form.category is not None)
    flow.form.submit()
    qtbot.waitUntil(lambda: flow.step is FlowStep.CHECK)
    settle(qtbot, flow)
    return flow


def settle(qtbot: QtBot, flow: ImportFlow) -> None:
    """Wait until what was asked for is stored and the repairs of the reason are counted."""
    panel = flow.bench.panel
    qtbot.waitUntil(lambda: not flow.desk.is_busy and not panel.is_counting)


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(focused(), key, modifiers)


def test_a_list_opens_at_its_most_frequent_reason(flow: ImportFlow) -> None:
    state = flow.desk.state
    assert state is not None
    assert (state.reasons[0].code, state.reasons[0].count) == ("NIK_DOB_MISMATCH", 2)
    assert flow.bench.panel.hasFocus()
    assert flow.bench.grid.places.tolist() == [1, 2]
    assert flow.bench.panel.card.repair_button.text() == "Perbaiki 2 baris"
