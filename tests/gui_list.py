"""Lead a list in work by keys, and read what it shows."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bpjsdesk.services.acceptance import Breakdown
from bpjsdesk.services.batches import list_batches
from bpjsdesk.services.context import AppContext
from ui.pages.batches.import_flow import ImportFlow
from ui.pages.batches.steps import FlowStep
from ui.pages.batches.work_rows import WorkRow

CTRL = Qt.KeyboardModifier.ControlModifier


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


def write(text: str) -> None:
    for letter in text:
        QTest.keyClicks(focused(), letter)


def counts(flow: ImportFlow) -> Breakdown:
    assert flow.desk.state is not None
    return flow.desk.state.counts


def reasons(flow: ImportFlow) -> dict[str, int]:
    assert flow.desk.state is not None
    return {reason.code.value: reason.count for reason in flow.desk.state.reasons}


def current_row(flow: ImportFlow) -> WorkRow:
    row = flow.bench.grid.current_row
    assert row is not None
    return row


def go_to_decision(flow: ImportFlow) -> None:
    """Go on from step to step by the key that does so everywhere."""
    for _step in FlowStep:
        if flow.step is not FlowStep.DECIDE:
            press(Qt.Key.Key_Return, CTRL)
    assert flow.step is FlowStep.DECIDE


def accept(qtbot: QtBot, flow: ImportFlow) -> None:
    go_to_decision(flow)
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: flow.step is FlowStep.DONE)


def statuses(office: AppContext) -> list[str]:
    return [item.status for item in list_batches(office)]
