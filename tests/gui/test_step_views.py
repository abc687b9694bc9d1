"""The steps of a list in the window: what was done before people were registered stays done."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from bpjsdesk.domain.staging import Step
from tests.gui_finding import part
from ui.pages.batches.step_bar import StepBar
from ui.pages.batches.step_dialog import StepDialog
from ui.widgets.buttons import Button


def step(number: int, *, is_settled: bool) -> Step:
    return Step(
        step_id=number,
        seq=number,
        rule="EDIT_CELL",
        code="",
        note="",
        rows=1,
        user_name="Sari",
        at="2026-11-20T08:00:00+08:00",
        undone_at="",
        is_settled=is_settled,
    )


OLD, NEW = step(1, is_settled=True), step(2, is_settled=False)


@pytest.mark.parametrize(("steps", "is_offered"), [((OLD,), False), ((OLD, NEW), True)])
def test_the_bar_offers_to_undo_only_what_came_after_the_acceptance(
    qtbot: QtBot, steps: tuple[Step, ...], is_offered: bool
) -> None:
    bar = StepBar()
    qtbot.addWidget(bar)
    bar.show_steps(steps, may_undo=True)
    assert bar.undo_button.isVisibleTo(bar) is is_offered
    assert bar.all_button.isVisibleTo(bar)


def test_the_list_of_steps_goes_back_to_the_acceptance_and_no_further(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = StepDialog(parent, (OLD, NEW), may_undo=True)
    asked: list[int] = []
    dialog.undo_asked.connect(asked.append)
    dialog.show()
    qtbot.waitExposed(dialog)
    button = part(dialog, Button, "undoBackTo")
    assert button.isVisible()
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Down)
    assert not button.isVisible()
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert (asked, dialog.isVisible()) == ([], True)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Up)
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    assert asked == [NEW.step_id]
