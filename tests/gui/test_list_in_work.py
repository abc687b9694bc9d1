"""A list in work in the window: checked, repaired, left, continued, decided; by keyboard."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.enrollment import BatchCounts
from bpjsdesk.domain.staging import Stage
from bpjsdesk.services.acceptance import Breakdown, submit
from bpjsdesk.services.batches import list_batches
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.repairs import edit_cell
from bpjsdesk.services.work_place import place_of
from tests.gui_finding import part, parts
from tests.gui_list import (
    CTRL,
    accept,
    counts,
    current_row,
    focused,
    go_to_decision,
    press,
    reasons,
    settle,
    statuses,
    write,
)
from tests.gui_opening import WindowOpener
from tests.offices import AsRole
from tests.services.factories import a_draft, a_quota, saved
from tests.services.lists import nik, workbook, worker
from ui.pages.batches.import_flow import ImportFlow
from ui.pages.batches.import_form import ImportStart
from ui.pages.batches.page import BatchesPage
from ui.pages.batches.reason_line import ReasonLine
from ui.pages.batches.steps import FlowStep
from ui.pages.reports.document_pane import DocumentPane
from ui.tasks import TaskRunner
from ui.widgets.buttons import Button
from ui.widgets.inline import InlineMessage

SWAPPED = "08-12-1985"
Colleague = Callable[[Role], BatchesPage]


@pytest.fixture
def page(opener: WindowOpener, office: AppContext) -> BatchesPage:
    saved(office, a_draft(quotas=(a_quota(heads=10),)))
    page = opener.open(office, "batches").current_page
    assert isinstance(page, BatchesPage)
    return page


@pytest.fixture
def dirty_list(tmp_path: Path) -> Path:
    """Two swapped dates, a wrong sex, a missing NIK, a repeated row, a blank one and a total."""
    rows: list[list[object]] = [
        worker(1),
        worker(2, born=SWAPPED),
        worker(3, born=SWAPPED),
        worker(4, sex="P"),
        worker(5, nik=None),
        [],
        worker(1),
        ["", "JUMLAH", "6 orang"],
    ]
    return workbook(tmp_path / "daftar.xlsx", rows)


@pytest.fixture
def flow(qtbot: QtBot, page: BatchesPage, dirty_list: Path) -> ImportFlow:
    """The list, read and checked."""
    page.open_import(ImportStart(path=dirty_list))
    flow = part(page, ImportFlow, "importFlow")
    qtbot.waitUntil(lambda: flow.form.category is not None)
    flow.form.submit()
    qtbot.waitUntil(lambda: flow.step is FlowStep.CHECK)
    settle(qtbot, flow)
    return flow


@pytest.fixture
def colleague(opener: WindowOpener, as_role: AsRole) -> Colleague:
    """Open the page once more for a user of another role."""

    def open_as(role: Role) -> BatchesPage:
        page = opener.open(as_role(role), "batches").current_page
        assert isinstance(page, BatchesPage)
        return page

    return open_as


def test_a_list_opens_at_its_most_frequent_reason(flow: ImportFlow) -> None:
    assert next(iter(reasons(flow).items())) == ("NIK_DOB_MISMATCH", 2)
    assert flow.bench.panel.hasFocus()
    assert flow.bench.grid.places.tolist() == [1, 2]
    assert flow.bench.panel.card.repair_button.text() == "Perbaiki 2 baris"


def test_every_row_read_is_in_the_sum(flow: ImportFlow, office: AppContext) -> None:
    assert counts(flow) == Breakdown(read=8, blank=1, ignored=1, new=4, linked=0, skipped=0, held=2)
    assert statuses(office) == ["DRAFT"]


def test_enter_repairs_all_rows_of_a_reason_and_ctrl_z_takes_it_back(
    qtbot: QtBot, flow: ImportFlow
) -> None:
    press(Qt.Key.Key_Return)
    settle(qtbot, flow)
    assert "NIK_DOB_MISMATCH" not in reasons(flow)
    press(Qt.Key.Key_Z, CTRL)
    settle(qtbot, flow)
    assert reasons(flow)["NIK_DOB_MISMATCH"] == 2


def test_a_cell_is_typed_over_and_what_arrived_stays_to_be_seen(
    qtbot: QtBot, flow: ImportFlow
) -> None:
    press(Qt.Key.Key_B)
    assert (current_row(flow).row_no, flow.bench.grid.current_field) == (3, "birth_date")
    write("12-08-1985")
    press(Qt.Key.Key_Return)
    settle(qtbot, flow)
    row = current_row(flow)
    assert (row.row_no, row.state, row.codes) == (3, ("Diperbaiki", "ok"), ())
    assert row.tones["birth_date"] == "ok"
    hovered = flow.bench.grid.currentIndex().data(Qt.ItemDataRole.ToolTipRole)
    assert hovered == f"Semula: {SWAPPED}"
    assert flow.bench.grid.hasFocus()
    assert flow.bench.grid.places.tolist() == [1, 2]


def test_escape_leaves_a_cell_as_it_was(qtbot: QtBot, flow: ImportFlow) -> None:
    press(Qt.Key.Key_B)
    press(Qt.Key.Key_F2)
    editor = focused()
    assert isinstance(editor, QLineEdit)
    assert editor.selectedText() == SWAPPED
    write("01-01-1980")
    press(Qt.Key.Key_Escape)
    settle(qtbot, flow)
    assert flow.bench.grid.hasFocus()
    assert current_row(flow).cells["birth_date"] == SWAPPED


def test_f8_goes_from_problem_to_problem_and_on_to_the_next_reason(
    qtbot: QtBot, flow: ImportFlow
) -> None:
    press(Qt.Key.Key_F8)
    found = [(current_row(flow).row_no, flow.bench.grid.current_field)]
    for _number in range(2):
        press(Qt.Key.Key_F8)
        found.append((current_row(flow).row_no, flow.bench.grid.current_field))
    assert found == [(3, "birth_date"), (4, "birth_date"), (5, "sex")]
    assert flow.bench.panel.chosen is not None
    assert flow.bench.panel.chosen.code == "NIK_SEX_MISMATCH"


def test_one_letter_repairs_one_row(qtbot: QtBot, flow: ImportFlow) -> None:
    press(Qt.Key.Key_B)
    press(Qt.Key.Key_T)
    settle(qtbot, flow)
    assert reasons(flow)["NIK_DOB_MISMATCH"] == 1
    assert current_row(flow).shown["birth_date"] == "12-08-1985"


def test_the_cause_names_the_cell_and_what_stands_in_it(flow: ImportFlow) -> None:
    press(Qt.Key.Key_B)
    told = flow.bench.cause.accessibleName()
    assert "Tgl lahir 08-12-1985, menurut NIK 12 Agustus 1985" in told
    assert "sel D3" in told
    assert "“08-12-1985”" in told


def test_rows_are_left_out_only_with_a_reason(qtbot: QtBot, flow: ImportFlow) -> None:
    press(Qt.Key.Key_J)
    press(Qt.Key.Key_Return)
    assert counts(flow).decided == 0
    write("Bukan warga Bunaken")
    press(Qt.Key.Key_Return)
    settle(qtbot, flow)
    assert counts(flow).decided == 2
    assert "NIK_DOB_MISMATCH" not in reasons(flow)


def test_selected_rows_are_left_out_together(qtbot: QtBot, flow: ImportFlow) -> None:
    press(Qt.Key.Key_B)
    press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(Qt.Key.Key_A)
    write("dobel")
    press(Qt.Key.Key_Return)
    settle(qtbot, flow)
    assert counts(flow).decided == 2


def test_each_view_shows_its_rows(flow: ImportFlow) -> None:
    shown = {}
    for view in ("reason", "problems", "every"):
        flow.bench.choose_view(view)
        shown[view] = len(flow.bench.grid.places)
    assert shown == {"reason": 2, "problems": 5, "every": 7}


def test_a_list_is_left_and_continued_by_another_clerk(
    qtbot: QtBot, page: BatchesPage, flow: ImportFlow, colleague: Colleague
) -> None:
    press(Qt.Key.Key_Return)
    settle(qtbot, flow)
    left = counts(flow)
    press(Qt.Key.Key_W, CTRL)
    assert page.shown_part == "browse"
    other = colleague(Role.CLERK)
    qtbot.waitUntil(lambda: other.shown_part == "browse" and other.draft.isVisible())
    other.focus_first()
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: other.flow.step is FlowStep.CHECK)
    settle(qtbot, other.flow)
    assert counts(other.flow) == left
    press(Qt.Key.Key_Z, CTRL)
    settle(qtbot, other.flow)
    assert reasons(other.flow)["NIK_DOB_MISMATCH"] == 2


def test_a_step_that_came_too_late_is_told_and_can_be_repeated(
    qtbot: QtBot, flow: ImportFlow, office: AppContext
) -> None:
    state = flow.desk.state
    assert state is not None
    held = state.work.line_ids[4]
    edit_cell(office, state.work, held, 1, text=nik(5), request_id=new_request_id())
    press(Qt.Key.Key_Return)
    message = part(flow, InlineMessage, "overtaken")
    qtbot.waitUntil(message.isVisible)
    settle(qtbot, flow)
    assert "NIK_MISSING" not in reasons(flow)
    assert reasons(flow)["NIK_DOB_MISMATCH"] == 2
    assert all(words in message.text()[1] for words in ("Tukar hari dan bulan", "Tekan Ulangi"))
    [again] = parts(message, QPushButton)
    again.click()
    settle(qtbot, flow)
    assert "NIK_DOB_MISMATCH" not in reasons(flow)


def test_accepting_registers_the_sound_rows(
    qtbot: QtBot, flow: ImportFlow, office: AppContext
) -> None:
    go_to_decision(flow)
    assert flow.decision.act_button.text() == "Terima 4 orang"
    press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert flow.bench.panel.hasFocus()
    accept(qtbot, flow)
    counted = BatchCounts(read=8, blank=1, ignored=1, accepted=4, held=2)
    assert [item.counts for item in list_batches(office)] == [counted]


def test_a_clerk_submits_and_the_supervisor_gives_it_back(
    qtbot: QtBot, page: BatchesPage, flow: ImportFlow, colleague: Colleague
) -> None:
    page.open_record(0)
    clerk = colleague(Role.CLERK)
    qtbot.waitUntil(clerk.draft.isVisible)
    clerk.draft.continue_button.click()
    qtbot.waitUntil(lambda: clerk.flow.step is FlowStep.CHECK)
    clerk.flow.bench.next_button.click()
    clerk.flow.doubles.next_button.click()
    assert clerk.flow.decision.act_button.text() == "Ajukan 4 orang ke penyelia"
    clerk.flow.decision.act_button.click()
    qtbot.waitUntil(lambda: statuses(page.context.app) == ["SUBMITTED"])
    qtbot.waitUntil(lambda: clerk.shown_part == "browse")
    page.open_work(list_batches(page.context.app)[0].batch_id)
    qtbot.waitUntil(lambda: page.flow.step is FlowStep.DECIDE)
    assert not page.flow.desk.may_repair
    page.flow.decision.refuse_button.click()
    why = part(page.flow.decision, QLineEdit, "whyEdit")
    why.setText("Kelurahan Molas belum lengkap")
    QTest.keyClick(why, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: statuses(page.context.app) == ["DRAFT"])


def test_a_reader_sees_a_draft_but_cannot_open_it(
    qtbot: QtBot, flow: ImportFlow, colleague: Colleague
) -> None:
    page = colleague(Role.READER)
    qtbot.waitUntil(page.draft.isVisible)
    assert not page.draft.continue_button.isVisible()
    qtbot.waitUntil(lambda: len(parts(page.draft, ReasonLine)) > 0)
    told = " ".join(line.example for line in parts(page.draft, ReasonLine))
    assert nik(1) not in told
    page.focus_first()
    press(Qt.Key.Key_Return)
    assert page.shown_part == "browse"


def test_a_list_over_its_quota_is_accepted_until_it_is_full(
    qtbot: QtBot, opener: WindowOpener, office: AppContext, dirty_list: Path
) -> None:
    saved(office, a_draft(quotas=(a_quota(heads=3),)))
    page = opener.open(office, "batches").current_page
    assert isinstance(page, BatchesPage)
    page.open_import(ImportStart(path=dirty_list))
    flow = page.flow
    qtbot.waitUntil(lambda: flow.form.category is not None)
    flow.form.submit()
    qtbot.waitUntil(lambda: flow.step is FlowStep.CHECK)
    settle(qtbot, flow)
    go_to_decision(flow)
    room = part(flow, InlineMessage, "quotaRoom")
    assert "terlampaui 1 orang" in room.text()[1]
    assert flow.decision.act_button.text() == "Terima sampai kuota penuh"
    flow.decision.act_button.click()
    qtbot.waitUntil(lambda: flow.step is FlowStep.DONE)
    assert list_batches(office)[0].counts.accepted == 3


def test_held_rows_leave_as_a_workbook_at_any_step(
    qtbot: QtBot, flow: ImportFlow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "koreksi.xlsx"
    monkeypatch.setattr("ui.pages.batches.correction_files.ask_save_path", lambda *_words: out)
    with qtbot.waitSignal(flow.noted):
        press(Qt.Key.Key_S, CTRL)
    assert out.exists()


def test_the_screen_is_remembered_however_soon_the_list_is_put_away(
    qtbot: QtBot, flow: ImportFlow, runner: TaskRunner, office: AppContext
) -> None:
    press(Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(flow.doubles.updatesEnabled)
    press(Qt.Key.Key_W, CTRL)
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert place_of(office, list_batches(office)[0].batch_id) is Stage.DOUBLES


def test_held_rows_of_an_accepted_list_are_repaired_in_the_same_grid(
    qtbot: QtBot, page: BatchesPage, flow: ImportFlow
) -> None:
    accept(qtbot, flow)
    press(Qt.Key.Key_Return, CTRL)
    work = part(page.view, Button, "workButton")
    qtbot.waitUntil(work.isVisible)
    work.click()
    qtbot.waitUntil(lambda: flow.step is FlowStep.CHECK)
    settle(qtbot, flow)
    assert reasons(flow) == {"NIK_MISSING": 1, "DUP_ACTIVE": 1}


def test_a_step_that_is_not_allowed_is_explained_and_changes_nothing(
    qtbot: QtBot, flow: ImportFlow, office: AppContext
) -> None:
    state = flow.desk.state
    assert state is not None
    submit(office, state.work, request_id=new_request_id())
    press(Qt.Key.Key_Return)
    settle(qtbot, flow)
    assert reasons(flow)["NIK_DOB_MISMATCH"] == 2
    assert part(flow, InlineMessage, "overtaken").isVisible()


def test_the_receipt_is_one_key_away_when_a_list_is_accepted(
    qtbot: QtBot, page: BatchesPage, flow: ImportFlow
) -> None:
    accept(qtbot, flow)
    press(Qt.Key.Key_R, CTRL)
    preview = parts(page, DocumentPane)[0].preview
    qtbot.waitUntil(lambda: preview.page_count == 1)
    assert page.title.startswith("Tanda terima batch")


@pytest.mark.usefixtures("flow")
def test_a_draft_is_put_aside_only_with_a_reason(
    qtbot: QtBot, page: BatchesPage, office: AppContext
) -> None:
    press(Qt.Key.Key_W, CTRL)
    qtbot.waitUntil(lambda: len(parts(page.draft, ReasonLine)) > 0)
    page.draft.discard_button.click()
    press(Qt.Key.Key_Return)
    assert list_batches(office)[0].status == "DRAFT"
    write("kategori keliru")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: list_batches(office)[0].status == "DISCARDED")
    qtbot.waitUntil(lambda: not page.draft.isVisible())
