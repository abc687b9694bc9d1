"""What the columns of a list mean: said in the window, by keyboard."""

from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from bpjsdesk.services.context import AppContext
from tests.gui_finding import part
from tests.gui_list import CTRL, focused, press
from tests.gui_opening import WindowOpener
from tests.gui_typing import activate
from tests.services.factories import a_draft, a_quota, saved
from tests.services.lists import HEADINGS, lettered, workbook, worker
from ui.pages.batches.column_line import ColumnLine, OrderLine
from ui.pages.batches.import_flow import ImportFlow
from ui.pages.batches.import_form import ImportStart
from ui.pages.batches.line_choice import LineChoice
from ui.pages.batches.page import BatchesPage
from ui.pages.batches.steps import FlowStep
from ui.widgets.inline import InlineMessage

# an open list of choices asks the offscreen screen for what it has not
opens_choices = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")
ALT = Qt.KeyboardModifier.AltModifier
Loader = Callable[[Path], ImportFlow]


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
        qtbot.waitUntil(lambda: flow.step in (FlowStep.COLUMNS, FlowStep.CHECK))
        settle(qtbot, flow)
        return flow

    return loaded


@pytest.fixture
def flow(load: Loader, tmp_path: Path) -> ImportFlow:
    """A list with a column "Ket" that nobody knows, and the mother's name."""
    rows = [[*worker(number), "MARIA", "baru"] for number in range(1, 5)]
    headings = (*HEADINGS, "NAMA IBU KANDUNG", "Zzz")
    return load(workbook(tmp_path / "daftar.xlsx", rows, headings=headings))


def settle(qtbot: QtBot, flow: ImportFlow) -> None:
    qtbot.waitUntil(lambda: not flow.desk.is_busy and not flow.columns.is_reading)


def meanings(flow: ImportFlow) -> dict[str, str]:
    """Give the field of each column by its heading."""
    views = [line.view for line in flow.columns.columns.column_lines]
    return {view.heading: view.field for view in views if view is not None}


def line_in_hand(flow: ImportFlow) -> ColumnLine | OrderLine:
    line = next(line for line in flow.columns.columns.lines if line.choice is focused())
    assert isinstance(line, ColumnLine | OrderLine)
    return line


def heading_in_hand(flow: ImportFlow) -> str:
    line = line_in_hand(flow)
    return line.view.heading if isinstance(line, ColumnLine) and line.view else "order"


def choose(qtbot: QtBot, words: str) -> None:
    """Open the choices of the line in hand, type, and take the line that is found."""
    choice = focused()
    assert isinstance(choice, LineChoice)
    press(Qt.Key.Key_F4)
    view = choice.view()
    qtbot.waitUntil(view.isVisible)
    QTest.keyClicks(view, words)
    QTest.keyClick(view, Qt.Key.Key_Return)
    activate(qtbot, choice.window())


def go_to(flow: ImportFlow, heading: str) -> None:
    for _step in range(20):
        press(Qt.Key.Key_Up)
    while heading_in_hand(flow) != heading:
        press(Qt.Key.Key_Down)


def go_back_to_columns(qtbot: QtBot, flow: ImportFlow) -> None:
    for step in (FlowStep.VALUES, FlowStep.COLUMNS):
        press(Qt.Key.Key_Left, ALT)
        assert flow.step is step
    settle(qtbot, flow)


def two_sheets(path: Path, second: Sequence[Sequence[object]]) -> Path:
    workbook(path, [worker(1), worker(2)])
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet("Meras")
    for row in second:
        sheet.append(list(row))
    book.save(path)
    return path


def test_a_list_whose_columns_are_all_known_goes_on_to_the_rows(
    load: Loader, tmp_path: Path
) -> None:
    flow = load(workbook(tmp_path / "jelas.xlsx", [worker(1), worker(2)]))
    assert flow.step is FlowStep.CHECK


@opens_choices
def test_a_list_in_which_nothing_was_found_is_told_by_hand(
    qtbot: QtBot, load: Loader, tmp_path: Path
) -> None:
    rows = [[f"A{at}", name, "12-08-1985"] for at, name in enumerate(("ANI LASUT", "BUDI RONDO"))]
    flow = load(workbook(tmp_path / "asing.xlsx", rows, headings=("Kode", "Warga", "Lahirnya")))
    assert flow.step is FlowStep.COLUMNS
    assert "Kolom wajib belum ada: NIK, Nama" in flow.columns.note
    for heading, field in (("Kode", "NIK"), ("Warga", "Nama")):
        go_to(flow, heading)
        choose(qtbot, field)
        settle(qtbot, flow)
    assert meanings(flow) == {"Kode": "nik", "Warga": "name", "Lahirnya": ""}
    assert "Kolom wajib" not in flow.columns.note


def test_the_columns_can_be_gone_back_to(qtbot: QtBot, load: Loader, tmp_path: Path) -> None:
    flow = load(workbook(tmp_path / "jelas.xlsx", [worker(1), worker(2)]))
    go_back_to_columns(qtbot, flow)
    assert flow.step is FlowStep.COLUMNS
    assert meanings(flow)["NAMA LENGKAP"] == "name"


def test_a_list_opens_at_the_column_that_is_undecided(flow: ImportFlow) -> None:
    assert flow.step is FlowStep.COLUMNS
    assert heading_in_hand(flow) == "Zzz"
    assert "1 kolom belum diputuskan: I “Zzz”" in flow.columns.note


def test_the_mothers_name_is_never_shown(flow: ImportFlow) -> None:
    shown = [
        sample.shown
        for line in flow.columns.columns.column_lines
        if line.view is not None and line.view.field == "mother_name"
        for sample in line.view.samples
    ]
    assert shown
    assert not any("MARIA" in text for text in shown)


@opens_choices
def test_a_column_is_given_a_meaning_and_that_is_undone(qtbot: QtBot, flow: ImportFlow) -> None:
    choose(qtbot, "Keter")
    settle(qtbot, flow)
    assert meanings(flow)["Zzz"] == "note"
    assert heading_in_hand(flow) == "Zzz"
    assert "semua kolom diputuskan" in flow.columns.note
    press(Qt.Key.Key_Z, CTRL)
    settle(qtbot, flow)
    assert meanings(flow)["Zzz"] == ""


def test_del_says_that_a_column_is_not_used(qtbot: QtBot, flow: ImportFlow) -> None:
    press(Qt.Key.Key_Delete)
    settle(qtbot, flow)
    assert line_in_hand(flow).choice.currentText() == "Tidak dipakai"
    assert "semua kolom diputuskan" in flow.columns.note


def test_a_required_column_is_not_given_up(qtbot: QtBot, flow: ImportFlow) -> None:
    go_to(flow, "NIK")
    press(Qt.Key.Key_Delete)
    settle(qtbot, flow)
    message = part(flow, InlineMessage, "columnMessage")
    assert "wajib ada" in message.text()[1]
    assert meanings(flow)["NIK"] == "nik"
    assert line_in_hand(flow).choice.value == "nik"


def test_ctrl_enter_goes_on_even_where_a_column_is_undecided(flow: ImportFlow) -> None:
    press(Qt.Key.Key_Return, CTRL)
    assert flow.step is FlowStep.VALUES


@opens_choices
def test_the_order_of_dates_is_chosen_where_it_is_not_certain(
    qtbot: QtBot, flow: ImportFlow
) -> None:
    go_to(flow, "order")
    choose(qtbot, "Bulan")
    settle(qtbot, flow)
    state = flow.desk.state
    assert state is not None
    assert {str(c.date_order) for c in state.work.rules.columns.values()} == {"MONTH_CHOSEN"}


def test_a_sheet_is_left_out_and_taken_in_again(qtbot: QtBot, load: Loader, tmp_path: Path) -> None:
    path = two_sheets(tmp_path / "dua.xlsx", [list(HEADINGS), worker(3)])
    flow = load(path)
    go_back_to_columns(qtbot, flow)
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    for joined in (False, True):
        press(Qt.Key.Key_Space)
        settle(qtbot, flow)
        assert flow.columns.sheet_list.lines[1].sheet.joined is joined
    assert flow.columns.sheet_list.lines[1].check.hasFocus()


@opens_choices
def test_a_heading_is_moved_to_another_row(qtbot: QtBot, load: Loader, tmp_path: Path) -> None:
    rows: list[list[object]] = [["NO", "NIK", "NAMA"], list(HEADINGS), worker(3)]
    flow = load(two_sheets(tmp_path / "judul.xlsx", rows))
    if flow.step is FlowStep.CHECK:
        go_back_to_columns(qtbot, flow)
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_Down)
    before = flow.columns.sheet_list.lines[1].sheet.header_row
    wanted = 1 if before == 2 else 2
    choose(qtbot, f"Baris {wanted}")
    settle(qtbot, flow)
    assert flow.columns.sheet_list.lines[1].sheet.header_row == wanted


def test_a_list_opens_at_a_nik_column_that_a_spreadsheet_has_cut(
    load: Loader, tmp_path: Path
) -> None:
    rows = [worker(n, nik=int(f"7171011208850{n:02d}0")) for n in range(1, 31)]
    flow = load(workbook(tmp_path / "terpotong.xlsx", rows))
    assert flow.step is FlowStep.COLUMNS
    message = part(flow, InlineMessage, "truncated")
    assert message.isVisible()
    assert "terpotong" in message.text()[0]


def test_what_was_refused_is_told_at_its_own_step_only(qtbot: QtBot, flow: ImportFlow) -> None:
    go_to(flow, "NIK")
    press(Qt.Key.Key_Delete)
    settle(qtbot, flow)
    press(Qt.Key.Key_Return, CTRL)
    assert not part(flow.bench, InlineMessage, "overtaken").isVisible()


def test_a_list_opens_where_it_was_left(qtbot: QtBot, flow: ImportFlow) -> None:
    press(Qt.Key.Key_Return, CTRL)
    press(Qt.Key.Key_Return, CTRL)
    settle(qtbot, flow)
    left_at, state = flow.step, flow.desk.state
    assert left_at not in (FlowStep.READ, FlowStep.COLUMNS)
    assert state is not None
    flow.close_work()
    flow.open_batch(state.work.batch_id)
    qtbot.waitUntil(lambda: flow.step is not FlowStep.READ)
    assert flow.step is left_at


def test_nobody_is_asked_about_a_column_without_content(
    qtbot: QtBot, load: Loader, tmp_path: Path
) -> None:
    rows = [[*worker(1), None], [*worker(2), None]]
    flow = load(workbook(tmp_path / "kosong.xlsx", rows, headings=(*HEADINGS, "Zzz")))
    assert flow.step is FlowStep.CHECK
    go_back_to_columns(qtbot, flow)
    assert meanings(flow)["Zzz"] == ""
    assert "semua kolom diputuskan" in flow.columns.note


def test_arrows_pass_over_a_sheet_without_a_list(
    qtbot: QtBot, load: Loader, tmp_path: Path
) -> None:
    flow = load(two_sheets(tmp_path / "rekap.xlsx", [["Rekap per kecamatan"], ["Molas", 2]]))
    go_back_to_columns(qtbot, flow)
    press(Qt.Key.Key_F6)
    press(Qt.Key.Key_Down)
    assert flow.columns.sheet_list.lines[0].choice.hasFocus()
    assert not flow.columns.sheet_list.lines[1].check.isEnabled()


@opens_choices
def test_a_sheet_without_headings_is_taken_in_and_its_guesses_confirmed(
    qtbot: QtBot, load: Loader, tmp_path: Path
) -> None:
    rows = [[f"717101120885000{n}", f"BUDI {lettered(n)}"] for n in range(3, 6)]
    flow = load(two_sheets(tmp_path / "tanpa.xlsx", rows))
    assert flow.step is FlowStep.COLUMNS
    assert "Lembar Meras tidak digabung" in flow.columns.note
    press(Qt.Key.Key_F6)
    flow.columns.sheet_list.lines[1].check.setFocus()
    press(Qt.Key.Key_Space)
    settle(qtbot, flow)
    press(Qt.Key.Key_F6)
    assert "2 kolom belum diputuskan" in flow.columns.note
    for _column in ("NIK", "Nama"):
        choose(qtbot, "")
        settle(qtbot, flow)
        press(Qt.Key.Key_Down)
    assert "semua kolom diputuskan" in flow.columns.note


def test_the_letter_about_a_cut_column_is_one_click(
    qtbot: QtBot, load: Loader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [worker(n, nik=int(f"7171011208850{n:02d}0")) for n in range(1, 31)]
    flow = load(workbook(tmp_path / "terpotong.xlsx", rows))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(tmp_path))
    message = part(flow, InlineMessage, "truncated")
    button, *_others = list[QPushButton](message.findChildren(QPushButton))
    with qtbot.waitSignal(flow.noted, timeout=20_000) as said:
        button.click()
    assert said.args is not None
    assert "templat, dan berkas koreksi tersimpan" in said.args[0]
    assert len(list(tmp_path.glob("*.pdf"))) == 1
    assert len(list(tmp_path.glob("*.xlsx"))) == 3
