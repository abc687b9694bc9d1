"""Who has sent a list: said on the form or beside the columns, and the page of the sender."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfWriter
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from bpjsdesk.domain.senders import LetterScan, SenderChoice
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.acceptance import accept
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.letters import attach_scan, letter_scan
from bpjsdesk.services.mapping import change_mapping
from bpjsdesk.services.senders import (
    list_sender,
    list_senders,
    save_sender,
    sender_profile,
)
from bpjsdesk.services.staging import open_list
from bpjsdesk.services.value_mapping import map_values
from tests.gui_finding import part
from tests.gui_list import CTRL, focused, press, write
from tests.gui_opening import WindowOpener
from tests.services.factories import a_draft, a_quota, saved
from tests.services.lists import HEADINGS, workbook, worker
from tests.services.staged_lists import staged
from ui.pages.batches.detail import SENDER
from ui.pages.batches.import_flow import ImportFlow
from ui.pages.batches.import_form import ImportStart
from ui.pages.batches.page import BatchesPage
from ui.pages.batches.steps import FlowStep
from ui.widgets.buttons import Button
from ui.widgets.label import Label

ALT = Qt.KeyboardModifier.AltModifier
MOLAS = "71.71.01.1001"
OWN_HEADINGS = (*HEADINGS[:5], "Wilayah kerja", *HEADINGS[6:])
Opener = Callable[[Path | None], ImportFlow]


@pytest.fixture
def agreement_id(office: AppContext) -> int:
    return saved(office, a_draft(quotas=(a_quota(heads=10),)))


@pytest.fixture
def dinas(office: AppContext, agreement_id: int, tmp_path: Path) -> int:
    """A sender of whom a heading and a spelling are remembered."""
    sender_id = save_sender(office, name="Dinas Sosial", request_id=new_request_id()).object_id
    path = workbook(tmp_path / "lama.xlsx", [worker(9, village="Mls")], headings=OWN_HEADINGS)
    work = staged(office, agreement_id, path, SenderChoice(sender_id=sender_id))
    work = change_mapping(office, work, {("Sheet", 5): "village"}, request_id=new_request_id())
    map_values(office, work, "village", {"Mls": MOLAS}, request_id=new_request_id())
    return sender_id


@pytest.fixture
def form(qtbot: QtBot, opener: WindowOpener, office: AppContext, agreement_id: int) -> Opener:
    def opened(path: Path | None) -> ImportFlow:
        page = opener.open(office, "batches").current_page
        assert isinstance(page, BatchesPage)
        page.open_import(ImportStart(path=path))
        flow = page.flow
        qtbot.waitUntil(lambda: flow.form.category is not None)
        return flow

    return opened


def check(qtbot: QtBot, flow: ImportFlow) -> None:
    flow.form.submit()
    qtbot.waitUntil(lambda: flow.step not in (FlowStep.CHOOSE, FlowStep.READ))
    settle(qtbot, flow)


def settle(qtbot: QtBot, flow: ImportFlow) -> None:
    qtbot.waitUntil(lambda: not flow.desk.is_busy and not flow.columns.is_reading)


def a_list(tmp_path: Path) -> Path:
    rows = [worker(1, village="Mls"), worker(2)]
    return workbook(tmp_path / "baru.xlsx", rows, headings=OWN_HEADINGS)


def test_a_known_sender_brings_its_mapping_and_the_step_says_so(
    qtbot: QtBot, form: Opener, *, office: AppContext, dinas: int, tmp_path: Path
) -> None:
    flow = form(a_list(tmp_path))
    fields = flow.form.sent_by
    fields.choice.set_value(dinas)
    fields.choice.activated.emit(fields.choice.currentIndex())
    assert "1 kolom dan 1 ejaan" in part(flow.form, Label, "sender_line").text()
    fields.letter_no.setText("560/11")
    fields.letter_on.set_day(date(2026, 11, 2))
    check(qtbot, flow)
    assert flow.step is FlowStep.CHECK
    state = flow.desk.state
    assert state is not None
    assert state.work.check.staged[0].row.region_code == MOLAS
    for _step in range(2):
        press(Qt.Key.Key_Left, ALT)
    settle(qtbot, flow)
    told = list_sender(office, state.work)
    assert told is not None
    assert (told.name, told.letter_no) == ("Dinas Sosial", "560/11")
    assert "memakai pemetaan dari batch" in flow.columns.sender_note


def test_a_new_sender_and_the_scan_of_its_letter_are_kept(
    qtbot: QtBot, form: Opener, office: AppContext, tmp_path: Path
) -> None:
    scan = tmp_path / "surat.png"
    QImage(30, 40, QImage.Format.Format_RGB32).save(str(scan))
    flow = form(a_list(tmp_path))
    fields = flow.form.sent_by
    fields.letter_no.setText("560/11")
    flow.form.submit()
    assert flow.form.form.field("sender").error
    fields.choice.set_value(-1)
    fields.choice.activated.emit(fields.choice.currentIndex())
    assert fields.name.hasFocus()
    flow.form.submit()
    assert flow.form.form.field("sender_name").error
    write("Kelurahan Molas")
    fields.scan.set_path(scan)
    check(qtbot, flow)
    state = flow.desk.state
    assert state is not None
    assert [sender.name for sender in list_senders(office)] == ["Kelurahan Molas"]
    kept = letter_scan(office, state.work.batch_id)
    assert kept is not None
    assert kept.name == "surat.png"
    press(Qt.Key.Key_F7)
    part(flow.columns.sender_card, Button, "viewScanButton").click()
    letter = flow.columns.letter
    qtbot.waitUntil(lambda: letter.shown == "surat.png")
    assert letter.picture.isVisible()
    press(Qt.Key.Key_Escape)
    assert flow.columns.sender_card.isVisible()


def test_the_sender_is_named_later_as_a_step_that_is_undone(
    qtbot: QtBot, form: Opener, *, office: AppContext, dinas: int, tmp_path: Path
) -> None:
    flow = form(a_list(tmp_path))
    check(qtbot, flow)
    assert flow.step is FlowStep.COLUMNS
    press(Qt.Key.Key_F7)
    card = flow.columns.sender_card
    assert card.fields.choice.hasFocus()
    card.fields.choice.set_value(dinas)
    card.save_button.click()
    settle(qtbot, flow)
    state = flow.desk.state
    assert state is not None
    assert state.work.check.staged[0].row.region_code == MOLAS
    assert "Dinas Sosial" in flow.columns.sender_note
    press(Qt.Key.Key_Z, CTRL)
    settle(qtbot, flow)
    assert flow.desk.state is not None
    assert flow.desk.state.work.check.staged[0].row.region_code is None
    assert "belum disebutkan" in flow.columns.sender_note


def test_the_page_of_a_sender_forgets_an_entry_and_gives_another_name(
    qtbot: QtBot, form: Opener, *, office: AppContext, dinas: int, tmp_path: Path
) -> None:
    flow = form(None)
    fields = flow.form.sent_by
    fields.choice.set_value(dinas)
    fields.choice.activated.emit(fields.choice.currentIndex())
    fields.profile_button.click()
    panel = flow.profile
    qtbot.waitUntil(lambda: panel.facts is not None)
    assert [entry.meaning for entry in panel.headings.entries] == ["Kelurahan/desa"]
    [spelling] = panel.spellings.entries
    assert (spelling.text, spelling.meaning) == ("Mls", "Molas")
    panel.spellings.table.setFocus()
    press(Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not panel.spellings.entries)
    panel.focus_first()
    press(Qt.Key.Key_F2)
    write("Dinsos Manado")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: list_senders(office)[0].name == "Dinsos Manado")
    press(Qt.Key.Key_Escape)
    assert flow.form.isVisible()
    assert flow.step is FlowStep.CHOOSE
    qtbot.waitUntil(lambda: fields.choice.currentText() == "Dinsos Manado")


def test_the_template_of_a_sender_carries_its_words(
    qtbot: QtBot,
    form: Opener,
    *,
    dinas: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = tmp_path / "templat.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(out), ""))
    flow = form(None)
    flow.form.sent_by.choice.set_value(dinas)
    flow.form.sent_by.profile_asked.emit(dinas)
    panel = flow.profile
    qtbot.waitUntil(lambda: panel.facts is not None)
    with qtbot.waitSignal(flow.noted):
        part(panel, Button, "senderTemplate").click()
    assert openpyxl.load_workbook(out).sheetnames


def test_focus_stays_visible_on_the_page_of_a_sender(
    qtbot: QtBot, form: Opener, dinas: int
) -> None:
    flow = form(None)
    flow.form.sent_by.profile_asked.emit(dinas)
    panel = flow.profile
    qtbot.waitUntil(lambda: panel.facts is not None)
    assert focused() is panel.close_button


def test_a_stored_batch_shows_its_sender(
    qtbot: QtBot, opener: WindowOpener, *, office: AppContext, dinas: int
) -> None:
    [stored] = sender_profile(office, dinas).batches
    work = open_list(office, stored.batch_id, progress=ignore_progress, cancel=CancelToken())
    paper = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(210, 297)
    writer.write(paper)
    scan = LetterScan(name="surat.pdf", kind="pdf", content=paper.getvalue())
    attach_scan(office, work.batch_id, scan, request_id=new_request_id())
    accept(
        office, work, request_id=new_request_id(), progress=ignore_progress, cancel=CancelToken()
    )
    page = opener.open(office, "batches").current_page
    assert isinstance(page, BatchesPage)
    view = page.view
    qtbot.waitUntil(lambda: view.detail is not None)
    view.choose_tab(SENDER)
    qtbot.waitUntil(lambda: view.sent_by.panel.facts is not None)
    assert view.sent_by.panel.isVisible()
    assert view.sent_by.panel.close_button.isHidden()
    view.sent_by.panel.letter_button.click()
    letter = view.sent_by.letter
    qtbot.waitUntil(lambda: letter.preview.page_count == 1)
    press(Qt.Key.Key_Escape)
    assert view.sent_by.panel.isVisible()
