"""What the spellings of a list mean: said in the window, by keyboard."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from bpjsdesk.services.context import AppContext
from tests.gui_finding import part
from tests.gui_list import CTRL, focused, press, write
from tests.gui_opening import WindowOpener
from tests.services.factories import a_draft, a_quota, saved
from tests.services.lists import HEADINGS, workbook, worker
from ui.pages.batches.import_flow import ImportFlow
from ui.pages.batches.import_form import ImportStart
from ui.pages.batches.page import BatchesPage
from ui.pages.batches.steps import FlowStep
from ui.pages.batches.value_pane import ValuePane
from ui.widgets.buttons import Button

ALT = Qt.KeyboardModifier.AltModifier
Loader = Callable[[Path], ImportFlow]
NAMES = ["Molas", "Molaas", "Molaas", "Mollaas", "Negeri Antah", "Xyzzy", "Molas"]


@pytest.fixture
def load(qtbot: QtBot, opener: WindowOpener, office: AppContext) -> Loader:
    """Open the window and lead a file to the step where it opens."""
    saved(office, a_draft(quotas=(a_quota(heads=10),)))

    def loaded(path: Path) -> ImportFlow:
        page = opener.open(office, "batches").current_page
        assert isinstance(page, BatchesPage)
        page.open_import(ImportStart(path=path))
        flow = page.flow
        qtbot.waitUntil(lambda: flow.form.category is not None)
        flow.form.submit()
        qtbot.waitUntil(lambda: flow.step not in (FlowStep.CHOOSE, FlowStep.READ))
        settle(qtbot, flow)
        return flow

    return loaded


@pytest.fixture
def flow(load: Loader, tmp_path: Path) -> ImportFlow:
    rows = [[*worker(at, village=name), "Tani"] for at, name in enumerate(NAMES, start=1)]
    return load(workbook(tmp_path / "daftar.xlsx", rows, headings=(*HEADINGS, "PEKERJAAN")))


def settle(qtbot: QtBot, flow: ImportFlow) -> None:
    values = flow.values
    qtbot.waitUntil(
        lambda: not flow.desk.is_busy and not values.is_reading and not flow.columns.is_reading
    )


def is_at(flow: ImportFlow, step: FlowStep) -> bool:
    return flow.step is step


def shown(pane: ValuePane) -> list[tuple[str, int, str]]:
    """Give what stands in the table: spelling, rows, meaning or proposal."""
    return [
        (
            line.text,
            line.group.rows,
            line.group.label or (line.proposal.label if line.proposal else ""),
        )
        for line in pane.list.lines
    ]


def in_hand(pane: ValuePane) -> str:
    line = pane.list.current
    assert line is not None
    return line.text


def test_a_list_with_unknown_spellings_opens_there_with_those_only(flow: ImportFlow) -> None:
    assert flow.step is FlowStep.VALUES
    assert flow.values.field == "village"
    assert shown(flow.values) == [
        ("Molaas", 3, "Molas, Bunaken"),
        ("Negeri Antah", 1, ""),
        ("Xyzzy", 1, ""),
    ]
    assert "belum dipahami" in flow.values.note
    assert flow.values.list.table.hasFocus()


def test_enter_takes_the_proposal_for_all_its_spellings_and_goes_on(
    qtbot: QtBot, flow: ImportFlow
) -> None:
    pane = flow.values
    assert in_hand(pane) == "Molaas"
    press(Qt.Key.Key_Return)
    settle(qtbot, flow)
    assert [text for text, _rows, _meant in shown(pane)] == ["Negeri Antah", "Xyzzy"]
    assert in_hand(pane) == "Negeri Antah"
    assert pane.list.table.hasFocus()
    assert flow.desk.state is not None
    regions = [item.row.region_code for item in flow.desk.state.work.check.staged]
    assert regions[:4] == ["71.71.01.1001"] * 4
    press(Qt.Key.Key_Z, CTRL)
    settle(qtbot, flow)
    assert len(shown(pane)) == 3


def test_a_value_is_searched_for_and_taken_and_the_next_gets_the_same(
    qtbot: QtBot, flow: ImportFlow
) -> None:
    pane = flow.values
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)  # no proposal: Enter opens the choices
    assert focused() is pane.card.search
    write("meras")
    press(Qt.Key.Key_Return)
    assert pane.list.table.hasFocus()
    assert in_hand(pane) == "Xyzzy"
    press(Qt.Key.Key_D, CTRL)
    settle(qtbot, flow)
    assert [text for text, _rows, _meant in shown(pane)] == ["Molaas"]
    press(Qt.Key.Key_F7)
    meant = dict((text, label) for text, _rows, label in shown(pane))
    assert meant["Negeri Antah"].startswith("Meras")
    assert flow.desk.state is not None
    assert len(flow.desk.state.work.steps) == 2


def test_no_village_is_made_here_but_an_occupation_is_any_word(
    qtbot: QtBot, flow: ImportFlow
) -> None:
    pane = flow.values
    press(Qt.Key.Key_F4)
    write("Kelurahan Antah")
    press(Qt.Key.Key_Return)
    assert pane.card.offered == []
    assert flow.desk.state is not None
    assert flow.desk.state.work.steps == ()
    press(Qt.Key.Key_Escape)
    assert pane.list.table.hasFocus()
    press(Qt.Key.Key_F6)
    assert pane.field == "occupation"
    press(Qt.Key.Key_F4)
    write("Petani")
    press(Qt.Key.Key_Return)
    settle(qtbot, flow)
    assert flow.desk.state.work.check.staged[0].row.occupation == "Petani"


def test_a_spelling_that_is_not_meant_is_left_out_of_its_group(
    qtbot: QtBot, flow: ImportFlow
) -> None:
    pane = flow.values
    part(pane, QCheckBox, "spelling_1").setChecked(False)
    assert pane.card.ticked == ["Molaas"]
    press(Qt.Key.Key_Return)
    settle(qtbot, flow)
    assert ("Mollaas", 1, "Molas, Bunaken") in shown(pane)


def test_all_sure_proposals_are_taken_as_one_step(qtbot: QtBot, flow: ImportFlow) -> None:
    pane = flow.values
    sure = part(pane, Button, "sureButton")
    assert sure.isVisible()
    press(Qt.Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    settle(qtbot, flow)
    assert [text for text, _rows, _meant in shown(pane)] == ["Negeri Antah", "Xyzzy"]
    assert flow.desk.state is not None
    assert len(flow.desk.state.work.steps) == 1
    assert not sure.isVisible()


def test_a_meaning_is_forgotten_again(qtbot: QtBot, flow: ImportFlow) -> None:
    pane = flow.values
    press(Qt.Key.Key_Return)
    settle(qtbot, flow)
    press(Qt.Key.Key_F7)
    pane.list.table.choose(lambda line: line.text == "Molaas")
    press(Qt.Key.Key_Delete)
    settle(qtbot, flow)
    assert pane.facts is not None
    first = next(iter(pane.facts.unknown("village")))
    assert first.spellings[0].text == "Molaas"


def test_what_was_done_at_another_step_is_seen_when_coming_back(
    qtbot: QtBot, flow: ImportFlow
) -> None:
    press(Qt.Key.Key_Return)
    settle(qtbot, flow)
    press(Qt.Key.Key_Return, CTRL)
    assert is_at(flow, FlowStep.CHECK)
    flow.desk.undo()
    settle(qtbot, flow)
    press(Qt.Key.Key_Left, ALT)
    settle(qtbot, flow)
    assert len(shown(flow.values)) == 3


def test_spellings_are_found_by_typing(qtbot: QtBot, flow: ImportFlow) -> None:
    pane = flow.values
    press(Qt.Key.Key_F, CTRL)
    write("xyz")
    press(Qt.Key.Key_Return)
    assert [text for text, _rows, _meant in shown(pane)] == ["Xyzzy"]


def test_where_all_is_understood_the_step_says_so_and_goes_on(
    qtbot: QtBot, load: Loader, tmp_path: Path
) -> None:
    flow = load(workbook(tmp_path / "jelas.xlsx", [worker(1), worker(2)]))
    press(Qt.Key.Key_Left, ALT)
    settle(qtbot, flow)
    assert is_at(flow, FlowStep.VALUES)
    assert flow.values.is_calm
    assert flow.values.note == "Semua nilai dikenali"
    QTest.keyClick(focused(), Qt.Key.Key_F7)
    assert ("Molas", 2, "Molas, Bunaken") in shown(flow.values)
    press(Qt.Key.Key_Return, CTRL)
    assert is_at(flow, FlowStep.CHECK)
