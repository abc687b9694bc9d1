"""Corrected files come back in the window: by keys, as a whole list, into drafts and after."""

from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.acceptance import accept
from bpjsdesk.services.batch_files import write_error_workbook
from bpjsdesk.services.batches import list_batches
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from tests.gui_finding import part
from tests.gui_opening import WindowOpener
from tests.services.factories import a_draft, a_quota, saved
from tests.services.lists import nik, workbook, worker
from tests.services.staged_lists import opened, staged
from ui.pages.batches.correction_result import CorrectionPane
from ui.pages.batches.import_flow import ImportFlow
from ui.pages.batches.import_form import ImportStart
from ui.pages.batches.page import BatchesPage
from ui.pages.batches.steps import FlowStep
from ui.widgets.buttons import Button


@pytest.fixture
def draft(office: AppContext, tmp_path: Path) -> int:
    """Keep one sound and two faulty rows as a list in work."""
    under = saved(office, a_draft(quotas=(a_quota(heads=10),)))
    rows = [worker(1), worker(2, nik="717"), worker(3, name="")]
    return staged(office, under, workbook(tmp_path / "a.xlsx", rows)).batch_id


@pytest.fixture
def batch(office: AppContext, draft: int) -> int:
    """Accept the sound row; the others are held."""
    accept(
        office,
        opened(office, draft),
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
    )
    return draft


def page_of(opener: WindowOpener, office: AppContext) -> BatchesPage:
    page = opener.open(office, "batches").current_page
    assert isinstance(page, BatchesPage)
    return page


def taken(qtbot: QtBot, page: BatchesPage) -> CorrectionPane:
    """Wait until a file was taken or refused."""
    qtbot.waitUntil(lambda: page.findChild(CorrectionPane, "correctionPane") is not None)
    pane = part(page, CorrectionPane, "correctionPane")
    qtbot.waitUntil(lambda: not pane.is_running)
    return pane


def choosing(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr("ui.pages.batches.page.ask_open_path", lambda *_words: path)


def test_our_error_workbook_given_to_the_import_goes_back_to_its_batch(
    qtbot: QtBot, opener: WindowOpener, office: AppContext, batch: int, *, tmp_path: Path
) -> None:
    page = page_of(opener, office)
    errors = tmp_path / "koreksi.xlsx"
    write_error_workbook(office, batch, errors)
    book = openpyxl.load_workbook(errors)
    book["Perbaikan"]["B2"] = nik(2)
    book["Perbaikan"]["M3"] = "K1-1-0000000000"
    book.save(errors)
    page.open_import(ImportStart(path=errors))
    flow = part(page, ImportFlow, "importFlow")
    qtbot.waitUntil(lambda: flow.form.category is not None)
    flow.form.submit()
    pane = taken(qtbot, page)
    assert [(told.row_no, told.why.split(":")[0]) for told in pane.told_rows] == [
        (3, "Kunci Baris berubah")
    ]
    assert [item.batch_id for item in list_batches(office)] == [batch]
    pane.work_button.click()
    qtbot.waitUntil(lambda: flow.step in (FlowStep.CHECK, FlowStep.COLUMNS))


def test_a_whole_new_list_is_taken_from_the_batch_and_its_follower_is_opened(
    qtbot: QtBot,
    opener: WindowOpener,
    office: AppContext,
    batch: int,
    *,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = page_of(opener, office)
    rows = [worker(1, phone="081299998888"), worker(3, name="SITI"), worker(4)]
    choosing(monkeypatch, workbook(tmp_path / "b.xlsx", rows))
    page.open_record(batch)
    qtbot.waitUntil(page.view.correction_button.isVisible)
    page.view.correction_button.click()
    pane = taken(qtbot, page)
    told = pane.told_rows
    assert [row.name for row in told] == ["BUDI RONDO ALFA", "BUDI RONDO BETO"]
    assert "NO HP" in told[0].why
    assert told[1].why.startswith("Tanpa NIK, belum dijumpai")
    follow = part(pane, Button, "followUp")
    assert follow.isVisible()
    follow.click()
    flow = part(page, ImportFlow, "importFlow")
    qtbot.waitUntil(lambda: flow.desk.state is not None)
    state = flow.desk.state
    assert state is not None
    assert [item.row.name for item in state.work.check.staged] == ["BUDI RONDO DOMI"]


def test_a_draft_takes_corrections_as_well(
    qtbot: QtBot,
    opener: WindowOpener,
    office: AppContext,
    draft: int,
    *,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = page_of(opener, office)
    choosing(monkeypatch, workbook(tmp_path / "b.xlsx", [worker(1), worker(3, name="SITI")]))
    page.open_record(draft)
    button = part(page.draft, Button, "draftCorrection")
    qtbot.waitUntil(button.isVisible)
    button.click()
    pane = taken(qtbot, page)
    assert [told.name for told in pane.told_rows] == ["BUDI RONDO BETO"]
    assert not part(pane, Button, "followUp").isVisible()
    assert opened(office, draft).check.staged[2].row.name == "SITI"


def test_a_list_of_other_people_is_refused_in_words(
    qtbot: QtBot,
    opener: WindowOpener,
    office: AppContext,
    batch: int,
    *,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = page_of(opener, office)
    choosing(monkeypatch, workbook(tmp_path / "b.xlsx", [worker(8), worker(9)]))
    page.open_record(batch)
    qtbot.waitUntil(page.view.correction_button.isVisible)
    page.view.correction_button.click()
    pane = taken(qtbot, page)
    assert "Tidak satu pun NIK" in pane.problem
    pane.close_button.click()
    qtbot.waitUntil(lambda: page.shown_part == "browse")
