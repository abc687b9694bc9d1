"""Many NIKs at once with the keyboard: pasted, filtered, opened, saved, from a file too."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpjsdesk.domain.access import Role
from bpjsdesk.errors import UserError
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.safety import list_audit
from tests.gui.people_office import listed, page_in, press
from tests.gui_finding import part
from tests.gui_opening import WindowOpener
from tests.offices import AsRole
from tests.services.lists import nik, workbook
from ui.pages.people.lookup_view import LookupView
from ui.pages.people.page import PeoplePage
from ui.widgets.buttons import Button

PASTED = f"NIK\r\n{nik(1)}\r\n\r\n{nik(2)}\r\n{nik(9)}\r\n123\r\n"


@pytest.fixture
def register(office: AppContext, tmp_path: Path) -> AppContext:
    """One of the first half of 2026, one of the second."""
    listed(office, tmp_path, (1, [1]), (7, [2]))
    return office


def pasted(qtbot: QtBot, page: PeoplePage, text: str) -> LookupView:
    press("Ctrl+B")
    QApplication.clipboard().setText(text)
    press("Ctrl+V")
    qtbot.waitUntil(lambda: page.lookup.shown_part == "answered")
    return page.lookup


def niks_of(view: LookupView) -> list[str]:
    model = view.table.model()
    return [model.index(row, 1).data() for row in range(model.rowCount())]


def test_a_pasted_column_is_answered_row_by_row_with_counts_that_filter(
    qtbot: QtBot, opener: WindowOpener, register: AppContext
) -> None:
    page = page_in(opener, register)
    view = pasted(qtbot, page, PASTED)
    assert page.title == "Cek banyak NIK"
    assert niks_of(view) == ["7171••••••••0001", "7171••••••••0002", "7171••••••••0009", "•••"]
    assert view.table.hasFocus()
    chip = part(view, Button, "choice_COVERED")
    assert chip.text() == "Terlindungi 1"
    chip.click()
    assert niks_of(view) == ["7171••••••••0002"]
    view.table.setFocus()
    press("Return")
    qtbot.waitUntil(lambda: page.view.person is not None)
    qtbot.waitUntil(lambda: page.view.person is not None and page.view.person.name.endswith("BETO"))
    assert page.shown_part == "everybody"


def test_the_numbers_are_opened_for_a_reason_that_is_noted(
    qtbot: QtBot, opener: WindowOpener, register: AppContext
) -> None:
    view = pasted(qtbot, page_in(opener, register), PASTED)
    press("Ctrl+M")
    press("Return")
    qtbot.waitUntil(lambda: nik(1) in niks_of(view))
    entry = list_audit(register, limit=1)[0]
    assert (entry.command, entry.object_kind, entry.payload["rows"]) == (
        "person.reveal",
        "lookup",
        4,
    )


def test_the_answer_goes_to_excel(
    qtbot: QtBot, opener: WindowOpener, register: AppContext, tmp_path: Path
) -> None:
    page = page_in(opener, register)
    view = pasted(qtbot, page, PASTED)
    out = tmp_path / "cek.xlsx"
    with qtbot.waitSignal(view.noted):
        view.save_to(out)
    sheet = openpyxl.load_workbook(out).active
    assert sheet is not None
    assert nik(2) in [cell.value for row in sheet.iter_rows() for cell in row]


def test_a_file_is_taken_like_a_paste(
    qtbot: QtBot, opener: WindowOpener, register: AppContext, tmp_path: Path
) -> None:
    page = page_in(opener, register)
    press("Ctrl+B")
    page.lookup.take_file(workbook(tmp_path / "nik.xlsx", [[nik(2)]], headings=("NIK",)))
    qtbot.waitUntil(lambda: page.lookup.shown_part == "answered")
    assert niks_of(page.lookup) == ["7171••••••••0002"]
    press("Esc")
    assert page.shown_part == "everybody"


def test_a_paste_without_a_nik_is_told_and_the_earlier_answer_stays(
    qtbot: QtBot, opener: WindowOpener, register: AppContext
) -> None:
    page = page_in(opener, register)
    view = pasted(qtbot, page, PASTED)
    view.problem_met.disconnect()
    QApplication.clipboard().setText("bukan apa-apa")
    with qtbot.waitSignal(view.problem_met) as met:
        view.paste()
    problem = (met.args or [None])[0]
    assert isinstance(problem, UserError)
    assert problem.code == "LOOKUP_EMPTY"
    assert len(niks_of(view)) == 4


def test_a_reader_may_look_but_the_numbers_stay_masked(
    qtbot: QtBot, opener: WindowOpener, register: AppContext, as_role: AsRole
) -> None:
    view = pasted(qtbot, page_in(opener, as_role(Role.READER)), PASTED)
    press("Ctrl+M")
    assert not view.reveal.isVisible()
    assert view.reveal_button.isHidden()
