"""A column that the grid has no room for is there while its rows are looked at because of it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.services.context import AppContext
from tests.gui_finding import part
from tests.gui_list import current_row, press, reasons, settle, write
from tests.gui_opening import WindowOpener
from tests.services.factories import a_draft, saved
from tests.services.lists import HEADINGS, workbook, worker
from ui.pages.batches.import_flow import ImportFlow
from ui.pages.batches.import_form import ImportStart
from ui.pages.batches.page import BatchesPage
from ui.pages.batches.steps import FlowStep
from ui.pages.batches.work_rows import SELDOM_FIELDS

TOLD = (
    ("0012345678", "ANI LUMI", "Januari 2026", 12),
    ("belum ada", "ANI LUMI", "Januari 2026", 12),
    ("0012345678", None, "Maret 2026", 12),
)


@pytest.fixture
def flow(qtbot: QtBot, opener: WindowOpener, office: AppContext, tmp_path: Path) -> ImportFlow:
    """Three rows, of which one account, one heir and one month ask for a look."""
    saved(office, a_draft())
    page = opener.open(office, "batches").current_page
    assert isinstance(page, BatchesPage)
    rows = [[*worker(number), *told] for number, told in enumerate(TOLD, start=1)]
    headings = (*HEADINGS, "NO REKENING", "AHLI WARIS", "BULAN MULAI", "JUMLAH BULAN")
    path = workbook(tmp_path / "daftar.xlsx", rows, headings=headings)
    page.open_import(ImportStart(path=path))
    flow = part(page, ImportFlow, "importFlow")
    qtbot.waitUntil(lambda: flow.form.category is not None)
    flow.form.submit()
    qtbot.waitUntil(lambda: flow.step is FlowStep.CHECK)
    settle(qtbot, flow)
    return flow


def seldom_shown(flow: ImportFlow) -> set[str]:
    grid = flow.bench.grid
    keys = {c.key for at, c in enumerate(grid.columns) if not grid.isColumnHidden(at)}
    return keys & set(SELDOM_FIELDS)


def test_the_column_of_a_reason_is_shown_with_it_alone(qtbot: QtBot, flow: ImportFlow) -> None:
    assert set(reasons(flow)) == {"ACCOUNT_FORMAT", "HEIR_MISSING", "PERIOD_DIFFERS"}
    for code, wanted in (
        (IssueCode.ACCOUNT_FORMAT, {"account_no"}),
        (IssueCode.HEIR_MISSING, {"heir_name"}),
        (IssueCode.PERIOD_DIFFERS, {"start_month", "month_count"}),
    ):
        flow.bench.panel.choose(code)
        settle(qtbot, flow)
        assert seldom_shown(flow) == wanted
    flow.bench.choose_view("every")
    assert seldom_shown(flow) == set()


def test_its_cell_is_current_and_mended_there(qtbot: QtBot, flow: ImportFlow) -> None:
    flow.bench.panel.choose(IssueCode.ACCOUNT_FORMAT)
    settle(qtbot, flow)
    row = current_row(flow)
    assert (flow.bench.grid.current_field, row.row_no) == ("account_no", 3)
    assert (row.shown["account_no"], row.tones["account_no"]) == ("belum ada", "warn")
    flow.bench.grid.setFocus()
    press(Qt.Key.Key_F2)
    for _letter in row.shown["account_no"]:
        press(Qt.Key.Key_Backspace)
    write("0098765432")
    press(Qt.Key.Key_Return)
    settle(qtbot, flow)
    assert set(reasons(flow)) == {"HEIR_MISSING", "PERIOD_DIFFERS"}
    flow.bench.panel.choose(IssueCode.HEIR_MISSING)
    settle(qtbot, flow)
    flow.bench.grid.setFocus()
    write("Yulin Lumi")
    press(Qt.Key.Key_Return)
    settle(qtbot, flow)
    assert set(reasons(flow)) == {"PERIOD_DIFFERS"}
