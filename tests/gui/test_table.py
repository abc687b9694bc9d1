"""The table model keeps its promises to Qt, in memory and in blocks."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, QPointF, QRect, Qt
from PySide6.QtGui import QGuiApplication, QHoverEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from tests.gui_typing import activate
from ui.delegates import ListRow
from ui.paint import text_width
from ui.table import BLOCK, FIRST_ROWS, NIK_WIDTH, RECORD_ROLE, SORT_ROLE, Column, RecordTableModel
from ui.table_view import RecordList, RecordTable
from ui.tasks import TaskRunner

MILLION = 1_000_000


@dataclass(frozen=True)
class Person:
    number: int
    name: str
    state: str = "Aktif"


COLUMNS = (
    Column[Person](key="nik", title="NIK", text=lambda p: f"{p.number:016d}", width=NIK_WIDTH),
    Column[Person](key="name", title="Nama", text=lambda p: p.name, weight=500),
    Column[Person](
        key="rank", title="Urutan", text=lambda p: f"ke-{p.number}", sort=lambda p: p.number
    ),
    Column[Person](
        key="state", title="Keadaan", text=lambda p: p.state, pill=lambda p: (p.state, "ok")
    ),
)
PEOPLE = [Person(2, "Budi"), Person(10, "ani"), Person(1, "Citra")]


class Register:
    """A million people that are made up when asked for."""

    def __init__(self, count: int = MILLION) -> None:
        self.rows = count
        self.loads: list[int] = []

    def count(self) -> int:
        return self.rows

    def load(self, first: int, n: int) -> Sequence[Person]:
        self.loads.append(first)
        return [Person(i, f"Orang {i}") for i in range(first, min(first + n, self.rows))]


def check_model(tester: ModelTester, model: RecordTableModel[Person]) -> None:
    tester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt leaves it untyped


def shown(model: RecordTableModel[Person], column: int = 1) -> list[str]:
    return [model.index(row, column).data() for row in range(model.rowCount())]


def painted_table(qtbot: QtBot) -> tuple[RecordTable, QRect]:
    model = RecordTableModel(COLUMNS)
    model.set_rows(PEOPLE)
    table = RecordTable(model, "Peserta")
    qtbot.addWidget(table)
    table.resize(700, 300)
    with qtbot.waitExposed(table):
        table.show()
    return table, table.viewport().geometry()


def move_mouse(table: RecordTable, place: QPointF) -> None:
    event = QHoverEvent(QEvent.Type.HoverMove, place, place, place)
    QGuiApplication.sendEvent(table.viewport(), event)


def test_a_model_of_frozen_rows_satisfies_qts_model_tester(qtmodeltester: ModelTester) -> None:
    model = RecordTableModel(COLUMNS)
    model.set_rows(PEOPLE)
    check_model(qtmodeltester, model)
    model.sort(1)
    check_model(qtmodeltester, model)


def test_a_model_of_blocks_satisfies_qts_model_tester(
    qtmodeltester: ModelTester, qtbot: QtBot, runner: TaskRunner
) -> None:
    model = RecordTableModel(COLUMNS, runner=runner)
    with qtbot.waitSignal(model.counted):
        model.set_source(Register(300))
    check_model(qtmodeltester, model)


def test_each_role_says_its_own(dressed_app: object) -> None:
    model = RecordTableModel(COLUMNS)
    model.set_rows(PEOPLE)
    index = model.index(1, 2)
    assert index.data() == "ke-10"
    assert index.data(SORT_ROLE) == 10
    assert index.data(RECORD_ROLE) is PEOPLE[1]
    assert model.index(0, 3).data() == "Aktif"


def test_sorting_ignores_case_and_keeps_the_selection_on_its_record(qtbot: QtBot) -> None:
    model = RecordTableModel(COLUMNS)
    model.set_rows(PEOPLE)
    table = RecordTable(model, "Orang")
    qtbot.addWidget(table)
    table.choose(lambda person: person.name == "Citra")
    model.sort(1)
    assert shown(model) == ["ani", "Budi", "Citra"]
    assert table.current_record.name == "Citra"
    model.sort(2, Qt.SortOrder.DescendingOrder)
    assert shown(model) == ["ani", "Budi", "Citra"]


def test_reloading_keeps_the_record_that_was_current(qtbot: QtBot) -> None:
    model = RecordTableModel(COLUMNS)
    model.set_rows(PEOPLE)
    table = RecordTable(model, "Orang")
    qtbot.addWidget(table)
    table.choose(lambda person: person.number == 10)
    table.reload([Person(3, "Dewi"), *PEOPLE], key=lambda person: person.number)
    assert table.current_record.number == 10


def test_a_million_rows_are_read_only_where_they_are_seen(qtbot: QtBot, runner: TaskRunner) -> None:
    model = RecordTableModel(COLUMNS, runner=runner)
    register = Register()
    table = RecordTable(model, "Peserta", sortable=False)
    qtbot.addWidget(table)
    table.resize(800, 600)
    table.show()
    with qtbot.waitSignal(model.counted):
        model.set_source(register)
    assert model.rowCount() == MILLION
    assert register.loads == [0, 0]
    row = MILLION - 1
    table.scrollTo(model.index(row, 0))
    assert model.index(row, 1).data() == "…"
    qtbot.waitUntil(lambda: model.index(row, 1).data() == f"Orang {row}")
    assert len(register.loads) <= 4


def test_the_first_rows_are_there_before_the_others_are_counted(
    qtbot: QtBot, runner: TaskRunner
) -> None:
    model = RecordTableModel(COLUMNS, runner=runner)
    with qtbot.waitSignal(model.counted):
        with qtbot.waitSignal(model.modelReset):
            model.set_source(Register())
        assert model.rowCount() == FIRST_ROWS
        assert model.index(FIRST_ROWS - 1, 1).data() == f"Orang {FIRST_ROWS - 1}"
    assert model.rowCount() == MILLION
    assert model.index(BLOCK - 1, 1).data() == f"Orang {BLOCK - 1}"


def test_the_whole_row_under_the_mouse_is_lit(qtbot: QtBot) -> None:
    table, area = painted_table(qtbot)
    row = area.y() + table.rowViewportPosition(1) + 2
    dark = table.grab().toImage().pixelColor(area.right() - 2, row)
    move_mouse(table, QPointF(10, table.rowViewportPosition(1) + 5))
    lit = table.grab().toImage()
    assert lit.pixelColor(area.x() + 2, row) == lit.pixelColor(area.right() - 2, row) != dark
    move_mouse(table, QPointF(10, table.rowViewportPosition(2) + 5))
    assert table.grab().toImage().pixelColor(area.right() - 2, row) == dark


def test_every_chosen_row_and_no_other_is_painted_as_chosen(qtbot: QtBot) -> None:
    table, area = painted_table(qtbot)
    table.selectRow(2)
    image = table.grab().toImage()
    ends = [area.y() + table.rowViewportPosition(row) + 2 for row in range(3)]
    first, second, third = (image.pixelColor(area.right() - 2, end) for end in ends)
    assert first == second != third


def test_a_column_can_be_made_as_wide_as_what_it_shows(qtbot: QtBot) -> None:
    table, _area = painted_table(qtbot)
    longest = "Christina Wulandari Manoppo"
    table.reload([*PEOPLE, Person(4, longest)], key=lambda person: person.number)
    table.resizeColumnToContents(1)
    assert table.columnWidth(1) == text_width(longest, 13, 500) + 20


def test_dragging_the_scroll_bar_reads_only_the_newest_blocks(
    qtbot: QtBot, runner: TaskRunner
) -> None:
    model = RecordTableModel(COLUMNS, runner=runner)
    register = Register()
    with qtbot.waitSignal(model.counted):
        model.set_source(register)
    for block in range(1, 200):
        model.record(block * BLOCK)
    qtbot.waitUntil(lambda: model.record(199 * BLOCK) is not None)
    assert len(register.loads) < 10


def test_blocks_of_an_earlier_source_never_show_in_a_later_one(
    qtbot: QtBot, runner: TaskRunner
) -> None:
    model = RecordTableModel(COLUMNS, runner=runner)
    model.set_source(Register(10))
    model.set_source(Register(4))
    qtbot.waitUntil(lambda: model.rowCount() == 4)
    qtbot.wait(30)
    assert model.rowCount() == 4


def test_a_source_that_fails_is_told_and_leaves_the_model_as_it_was(
    qtbot: QtBot, runner: TaskRunner
) -> None:
    class Broken(Register):
        def load(self, first: int, n: int) -> Sequence[Person]:
            raise OSError("disk")

    model = RecordTableModel(COLUMNS, runner=runner)
    model.set_rows(PEOPLE)
    with qtbot.waitSignal(model.load_failed):
        model.set_source(Broken())
    assert model.rowCount() == 3


def test_tab_leaves_the_table_and_arrows_move_in_it(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    model = RecordTableModel(COLUMNS)
    model.set_rows(PEOPLE)
    table, after = RecordTable(model, "Orang"), QLineEdit()
    layout = QVBoxLayout(window)
    layout.addWidget(table)
    layout.addWidget(after)
    window.show()
    activate(qtbot, window)
    table.setFocus()
    assert table.current_record is PEOPLE[0]
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert table.current_record is PEOPLE[1]
    QTest.keyClick(table, Qt.Key.Key_Tab)
    assert window.focusWidget() is after


def test_enter_opens_the_current_record(qtbot: QtBot) -> None:
    model = RecordTableModel(COLUMNS)
    model.set_rows(PEOPLE)
    table = RecordTable(model, "Orang")
    qtbot.addWidget(table)
    table.choose(lambda person: person.name == "ani")
    with qtbot.waitSignal(table.record_opened) as opened:
        QTest.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [PEOPLE[1]]


def test_copying_gives_text_that_a_spreadsheet_takes(qtbot: QtBot) -> None:
    model = RecordTableModel(COLUMNS)
    model.set_rows(PEOPLE)
    table = RecordTable(model, "Orang")
    qtbot.addWidget(table)
    table.selectAll()
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    first = QGuiApplication.clipboard().text().splitlines()[0]
    assert first == "0000000000000002\tBudi\tke-2\tAktif"


def test_a_nik_column_holds_sixteen_digits_at_every_window_width(qtbot: QtBot) -> None:
    model = RecordTableModel(COLUMNS)
    model.set_rows(PEOPLE)
    table = RecordTable(model, "Orang")
    qtbot.addWidget(table)
    for width in (300, 700, 1400):
        table.resize(width, 300)
        table.show()
        assert table.columnWidth(0) >= text_width("0" * 16) + 16


def test_a_list_names_its_records_for_screen_readers(qtbot: QtBot) -> None:
    model = RecordTableModel(COLUMNS)
    model.set_rows(PEOPLE)
    view = RecordList(model, "Peserta", lambda p: ListRow(title=p.name), lines=2)
    qtbot.addWidget(view)
    assert view.accessibleName() == "Peserta"
    assert model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)


@pytest.mark.parametrize("lines", [2, 3])
def test_choosing_in_a_list_tells_the_record(qtbot: QtBot, lines: int) -> None:
    model = RecordTableModel(COLUMNS)
    model.set_rows(PEOPLE)
    view = RecordList(model, "Peserta", lambda p: ListRow(title=p.name), lines=lines)
    qtbot.addWidget(view)
    with qtbot.waitSignal(view.record_chosen) as chosen:
        view.choose_row(2)
    assert chosen.args == [PEOPLE[2]]
