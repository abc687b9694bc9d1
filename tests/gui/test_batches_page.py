"""Lists of workers in the window: choose, accept, look, mend, on a real office."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bpjsdesk.domain.access import Role
from bpjsdesk.services.batches import get_batch, list_batches
from bpjsdesk.services.context import AppContext
from tests.gui_finding import part
from tests.gui_list import go_to_decision
from tests.gui_opening import WindowOpener
from tests.offices import AsRole
from tests.services.factories import a_draft, a_quota, saved
from tests.services.lists import nik, workbook, worker
from ui.pages.batches.import_flow import ImportFlow
from ui.pages.batches.import_form import ImportStart
from ui.pages.batches.page import BatchesPage
from ui.pages.batches.reason_browser import ReasonBrowser
from ui.pages.batches.steps import FlowStep
from ui.widgets.inline import InlineMessage

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def page(opener: WindowOpener, office: AppContext) -> BatchesPage:
    """The page of an office with one agreement for five people."""
    saved(office, a_draft(quotas=(a_quota(heads=5),)))
    return page_in(opener, office)


@pytest.fixture
def dirty_list(tmp_path: Path) -> Path:
    """Six people: one NIK too short, one repeated, one total below them."""
    rows = [worker(number) for number in range(1, 5)]
    rows += [worker(5, nik=nik(5)[:15]), worker(6, nik=nik(1))]
    return workbook(tmp_path / "daftar.xlsx", [*rows, [None, None, "JUMLAH", 6]])


def page_in(opener: WindowOpener, office: AppContext) -> BatchesPage:
    page = opener.open(office, "batches").current_page
    assert isinstance(page, BatchesPage)
    return page


def flow_in(page: BatchesPage) -> ImportFlow:
    return part(page, ImportFlow, "importFlow")


def opened(qtbot: QtBot, page: BatchesPage, path: Path) -> ImportFlow:
    """Read a list and wait until its reasons are shown."""
    page.open_import(ImportStart(path=path))
    flow = flow_in(page)
    qtbot.waitUntil(lambda: flow.form.category is not None)
    flow.form.submit()
    qtbot.waitUntil(lambda: flow.step is FlowStep.CHECK)
    return flow


def accepted(qtbot: QtBot, page: BatchesPage, path: Path) -> ImportFlow:
    """Read a list and accept it as it is."""
    flow = opened(qtbot, page, path)
    flow.bench.next_button.click()
    flow.doubles.next_button.click()
    flow.decision.act_button.click()
    qtbot.waitUntil(lambda: flow.step is FlowStep.DONE)
    return flow


def test_the_whole_way_needs_no_mouse(
    qtbot: QtBot, page: BatchesPage, dirty_list: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "ui.pages.batches.file_drop.ask_open_path", lambda _parent, _title: dirty_list
    )
    office = page.context.app
    QTest.keyClick(page, Qt.Key.Key_N, CTRL)
    flow = flow_in(page)
    qtbot.waitUntil(lambda: flow.form.category is not None)
    QTest.keyClick(focused(), Qt.Key.Key_F4)
    assert flow.form.drop.path == dirty_list
    QTest.keyClick(focused(), Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: flow.step is FlowStep.CHECK)
    go_to_decision(flow)
    QTest.keyClick(focused(), Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: flow.step is FlowStep.DONE)
    QTest.keyClick(focused(), Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.view.detail is not None)
    assert page.view.detail == get_batch(office, list_batches(office)[0].batch_id)


def test_a_file_that_is_no_workbook_is_explained_in_the_form(
    qtbot: QtBot, page: BatchesPage, tmp_path: Path
) -> None:
    broken = tmp_path / "surat.xlsx"
    broken.write_bytes(b"bukan buku kerja")
    page.open_import(ImportStart(path=broken))
    flow = flow_in(page)
    qtbot.waitUntil(lambda: flow.form.category is not None)
    flow.form.submit()
    message = part(flow, InlineMessage, "fileProblem")
    qtbot.waitUntil(message.isVisible)
    assert flow.step is FlowStep.CHOOSE
    assert message.text()[0] == "Berkas belum dapat dibaca"
    assert message.text()[1]


def test_what_is_missing_is_named_before_anything_is_read(
    qtbot: QtBot, opener: WindowOpener, office: AppContext
) -> None:
    page = page_in(opener, office)
    page.open_import(ImportStart())
    flow = flow_in(page)
    flow.form.submit()
    assert [error.field for error in flow.form.form.errors] == [
        "agreement",
        "category",
        "file",
        "from_month",
        "months",
    ]
    assert flow.step is FlowStep.CHOOSE


def test_a_dropped_file_begins_an_import(
    qtbot: QtBot, page: BatchesPage, office: AppContext, dirty_list: Path
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(dirty_list))])
    event = QDropEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.dropEvent(event)
    assert flow_in(page).form.drop.path == dirty_list


def test_the_same_content_again_is_refused_and_says_where_it_is(
    qtbot: QtBot, page: BatchesPage, office: AppContext, dirty_list: Path
) -> None:
    flow = accepted(qtbot, page, dirty_list)
    flow.result.again_button.click()
    page.open_import(ImportStart(path=dirty_list))
    qtbot.waitUntil(lambda: flow.form.category is not None)
    flow.form.submit()
    message = part(flow, InlineMessage, "fileProblem")
    qtbot.waitUntil(message.isVisible)
    assert list_batches(office)[0].number in message.text()[1]
    assert len(list_batches(office)) == 1


def test_a_stored_batch_shows_held_and_ignored_rows(
    qtbot: QtBot, page: BatchesPage, office: AppContext, dirty_list: Path
) -> None:
    flow = accepted(qtbot, page, dirty_list)
    flow.result.open_button.click()
    browser = part(page.view, ReasonBrowser, "storedRows")
    qtbot.waitUntil(lambda: len(browser.reasons) > 0)
    browser.choose_view("every")
    assert browser.shown_rows == 3
    browser.choose_view("ignored")
    row = browser.row(0)
    assert row is not None
    assert row.reason == "Baris jumlah"


def test_an_office_without_batches_says_what_to_do(
    qtbot: QtBot, opener: WindowOpener, office: AppContext
) -> None:
    page = page_in(opener, office)
    qtbot.waitUntil(lambda: page.shown_part == "empty")
    QTest.keyClick(page, Qt.Key.Key_N, CTRL)
    assert page.shown_part == "flow"
    QTest.keyClick(focused(), Qt.Key.Key_W, CTRL)
    assert page.shown_part == "empty"


def test_a_reader_sees_batches_but_cannot_load_one(
    qtbot: QtBot, opener: WindowOpener, as_role: AsRole
) -> None:
    page = page_in(opener, as_role(Role.READER))
    QTest.keyClick(page, Qt.Key.Key_N, CTRL)
    assert page.shown_part != "flow"


def test_an_admin_is_told_that_batches_are_not_his(
    qtbot: QtBot, opener: WindowOpener, as_role: AsRole
) -> None:
    assert page_in(opener, as_role(Role.ADMIN)).shown_part == "refused"


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget
