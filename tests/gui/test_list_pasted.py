"""A table from the clipboard becomes a list in work."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpjsdesk.domain.workbook_values import ROW_KEY_HEADER
from bpjsdesk.services.context import AppContext
from tests.gui_finding import part
from tests.gui_list import CTRL, focused, press
from tests.gui_opening import WindowOpener
from tests.services.factories import a_draft, a_quota, saved
from tests.services.lists import HEADINGS, nik, workbook, worker
from ui.pages.batches.import_flow import ImportFlow
from ui.pages.batches.import_form import ImportStart
from ui.pages.batches.page import BatchesPage
from ui.pages.batches.steps import FlowStep
from ui.widgets.buttons import Button
from ui.widgets.inline import InlineMessage


@pytest.fixture
def flow(qtbot: QtBot, opener: WindowOpener, office: AppContext) -> ImportFlow:
    saved(office, a_draft(quotas=(a_quota(heads=10),)))
    page = opener.open(office, "batches").current_page
    assert isinstance(page, BatchesPage)
    page.open_import(ImportStart())
    qtbot.waitUntil(lambda: page.flow.form.category is not None)
    return page.flow


@pytest.fixture
def copied() -> Iterator[Callable[[str], None]]:
    """Put text on the clipboard, and take it away again."""
    yield QApplication.clipboard().setText
    QApplication.clipboard().clear()


def table(*serials: int) -> str:
    lines = [HEADINGS, *(worker(serial) for serial in serials)]
    return "\r\n".join("\t".join("" if c is None else str(c) for c in line) for line in lines)


def test_a_pasted_table_shows_its_rows_and_is_staged(
    qtbot: QtBot, flow: ImportFlow, copied: Callable[[str], None]
) -> None:
    copied(table(1, 2, 3))
    drop = flow.form.drop
    drop.button.setFocus()
    with qtbot.waitSignal(drop.file_chosen):
        press(Qt.Key.Key_V, CTRL)
    assert drop.pasted is not None
    assert (drop.pasted.rows, drop.pasted.width) == (4, len(HEADINGS))
    assert drop.pasted.first[0].startswith("NO | NIK | NAMA LENGKAP")
    assert drop.pasted.name.startswith("Tempelan ")
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: flow.step not in (FlowStep.CHOOSE, FlowStep.READ))
    state = flow.desk.state
    assert state is not None
    assert [item.row.nik for item in state.work.check.staged] == [nik(1), nik(2), nik(3)]
    assert state.item.source_name == drop.pasted.name


def test_a_correction_workbook_that_is_pasted_is_told_how_it_comes_back(
    qtbot: QtBot, flow: ImportFlow, copied: Callable[[str], None]
) -> None:
    heading, row = table(1).split("\r\n")
    copied(f"{heading}\t{ROW_KEY_HEADER}\r\n{row}\tkunci")
    with qtbot.waitSignal(flow.form.drop.file_chosen):
        flow.form.paste()
    flow.form.submit()
    problem = part(flow.form, InlineMessage, "fileProblem")
    qtbot.waitUntil(problem.isVisible)
    assert "Muat koreksi" in problem.text()[1]
    assert flow.step is FlowStep.CHOOSE


def test_a_file_that_was_copied_is_taken_like_one_that_is_dropped(
    flow: ImportFlow, tmp_path: Path, copied: Callable[[str], None]
) -> None:
    path = workbook(tmp_path / "daftar.xlsx", [worker(1)])
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(path))])
    QApplication.clipboard().setMimeData(content)
    flow.form.paste()
    assert flow.form.drop.path == path
    copied("")


def test_text_that_is_no_table_is_refused_with_what_to_do(
    qtbot: QtBot, flow: ImportFlow, copied: Callable[[str], None]
) -> None:
    copied("hanya satu kata")
    problem = part(flow.form, InlineMessage, "fileProblem")
    part(flow.form, Button, "pasteButton").click()
    qtbot.waitUntil(problem.isVisible)
    assert "Ctrl+C" in problem.text()[1]
    assert flow.form.drop.pasted is None


def test_a_field_that_is_typed_in_keeps_its_own_paste(
    flow: ImportFlow, copied: Callable[[str], None]
) -> None:
    copied("560/11/2026")
    flow.form.sent_by.letter_no.setFocus()
    press(Qt.Key.Key_V, CTRL)
    assert flow.form.sent_by.letter_no.text() == "560/11/2026"
    assert focused() is flow.form.sent_by.letter_no
    assert flow.form.drop.pasted is None
