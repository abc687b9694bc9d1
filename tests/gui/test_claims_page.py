"""The page of claims on a real office, driven by keyboard."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from xlsxwriter import Workbook

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.claims import Claim, ClaimComponent, ClaimDraft, Programme
from bpjsdesk.services.claims import get_claim, list_claims, save_claim
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from tests.gui_finding import part, parts
from tests.gui_typing import CTRL, activate, focused, one_page_window, press, write
from tests.offices import AsRole
from ui.main_window import MainWindow
from ui.page import PageEntry
from ui.pages.claims.browse import ClaimList
from ui.pages.claims.move_dialog import MoveDialog
from ui.pages.claims.page import ClaimsPage
from ui.tasks import TaskRunner
from ui.widgets.combo import Choice
from ui.widgets.inline import InlineMessage
from ui.widgets.sidebar import NavEntry
from ui.widgets.text import Label

ENTRY = PageEntry(
    nav=NavEntry(key="claims", title="Klaim", icon="first-aid-kit", shortcut="Ctrl+5"),
    make=ClaimsPage,
)
OpenWindow = Callable[[AppContext], MainWindow]
NIK = "7171031608810001"


@pytest.fixture
def open_window(qtbot: QtBot, runner: TaskRunner, tmp_path: Path) -> OpenWindow:
    made: list[MainWindow] = []

    def build(app: AppContext) -> MainWindow:
        window = one_page_window(app, ENTRY, runner, tmp_path / "window.json")
        qtbot.addWidget(window, before_close_func=forget_changes)
        window.show()
        activate(qtbot, window)
        made.append(window)
        return window

    return build


def forget_changes(window: QWidget) -> None:
    # a form with changes would ask about them while the test is being torn down
    assert isinstance(window, MainWindow)
    page = page_of(window)
    if page.is_dirty:
        page.form.discard()


def page_of(window: MainWindow) -> ClaimsPage:
    page = window.current_page
    assert isinstance(page, ClaimsPage)
    return page


def control(page: ClaimsPage, name: str) -> QLineEdit:
    return part(page.form, QLineEdit, name)


def a_claim(**changes: object) -> ClaimDraft:
    values: dict[str, object] = {
        "programme": Programme.JKM,
        "participant_nik": NIK,
        "participant_name": "HENDRIK TUMIWA",
        "category": "VULNERABLE",
        "segment": "SELF_EMPLOYED",
        "region_code": "71.71.05",
        "event_on": date(2026, 11, 2),
        "filed_on": date(2026, 11, 14),
        "components": (ClaimComponent(code="FUNERAL", name="Biaya pemakaman", amount=10_000_000),),
    }
    return ClaimDraft(**(values | changes))  # type: ignore[arg-type]  # tests name fields freely


def saved(office: AppContext, draft: ClaimDraft | None = None) -> int:
    return save_claim(office, draft or a_claim(), request_id=new_request_id()).object_id


def stored(office: AppContext) -> list[Claim]:
    return [get_claim(office, item.claim_id) for item in list_claims(office)]


def open_form(qtbot: QtBot, window: MainWindow, claim_id: int | None) -> ClaimsPage:
    page = page_of(window)
    with qtbot.waitSignal(page.form.opened):
        page.open_form(claim_id)
    activate(qtbot, window)
    return page


def wait_for_record(qtbot: QtBot, page: ClaimsPage, claim_id: int, status: str = "") -> None:
    def is_shown() -> bool:
        shown = page.detail.claim
        return shown is not None and shown.claim_id == claim_id and status in ("", shown.status)

    qtbot.waitUntil(is_shown)


def said(page: QWidget, words: str) -> bool:
    return any(words in message.text()[0] for message in parts(page, InlineMessage))


def in_next_dialog(act: Callable[[MoveDialog], None]) -> None:
    def carry_out() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, MoveDialog)
        act(dialog)

    QTimer.singleShot(0, carry_out)


def type_person(page: ClaimsPage, nik: str, name: str) -> None:
    assert focused().objectName() == "participant_nik"
    write(nik)
    press(Qt.Key.Key_Tab)
    write(name)


def type_benefit(page: ClaimsPage, amount: str) -> None:
    benefit = next(
        choice for choice in parts(page.form, Choice) if choice.objectName().endswith(".name")
    )
    benefit.setFocus()
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Tab)
    focused().setProperty("text", "")
    write(amount)


def test_claims_are_entered_one_after_the_other_without_a_mouse(
    qtbot: QtBot, office: AppContext, open_window: OpenWindow
) -> None:
    page = open_form(qtbot, open_window(office), None)
    type_person(page, NIK, "Hendrik Tumiwa")
    category = part(page.form, Choice, "category")
    category.setFocus()
    while category.value != "VULNERABLE":
        press(Qt.Key.Key_Down)
    control(page, "event_on").setFocus()
    write("02112026")
    press(Qt.Key.Key_Tab)
    write("14 nov")
    type_benefit(page, "42000000")
    with qtbot.waitSignal(page.form.saved):
        press(Qt.Key.Key_Return, CTRL)
    (claim,) = stored(office)
    assert claim.draft.participant_name == "Hendrik Tumiwa"
    assert claim.draft.amount == 42_000_000
    assert claim.draft.filed_on == date(2026, 11, 14)
    assert claim.draft.segment == "SELF_EMPLOYED"
    assert focused().objectName() == "participant_nik"
    kept = page.form.draft()
    assert (kept.participant_nik, kept.participant_name) == ("", "")
    assert (kept.category, kept.event_on) == ("VULNERABLE", date(2026, 11, 2))
    assert not page.form.is_dirty


def test_name_is_taken_from_the_register(
    qtbot: QtBot, office: AppContext, open_window: OpenWindow
) -> None:
    saved(office, a_claim(programme=Programme.JKK))
    page = open_form(qtbot, open_window(office), None)
    control(page, "participant_nik").setFocus()
    write(NIK)
    name = control(page, "participant_name")
    qtbot.waitUntil(lambda: name.text() == "HENDRIK TUMIWA")
    line = part(page.form, Label, "participant_nik_line")
    assert "Terdaftar" in line.text()


def test_faults_stand_beside_their_fields(
    qtbot: QtBot, office: AppContext, open_window: OpenWindow
) -> None:
    claim_id = saved(office)
    page = open_form(qtbot, open_window(office), claim_id)
    days = control(page, "filed_on")
    days.setFocus()
    days.selectAll()
    write("01112026")
    page.form.save()
    line = part(page.form, Label, "filed_on_line")
    qtbot.waitUntil(lambda: "mendahului" in line.text())
    assert get_claim(office, claim_id).draft.filed_on == date(2026, 11, 14)


def test_every_part_survives_opening_and_saving(
    qtbot: QtBot, office: AppContext, open_window: OpenWindow
) -> None:
    claim_id = saved(office, a_claim(note="Ahli waris: janda", payee_name="MARLINA KARAMOY"))
    page = open_form(qtbot, open_window(office), claim_id)
    assert page.form.draft() == get_claim(office, claim_id).draft
    assert not page.form.is_dirty


def test_record_masks_the_nik_and_says_the_amount_in_words(
    qtbot: QtBot, office: AppContext, open_window: OpenWindow
) -> None:
    claim_id = saved(office)
    page = page_of(open_window(office))
    wait_for_record(qtbot, page, claim_id)
    words = " ".join(label.text() for label in parts(page.detail, Label))
    assert NIK not in words
    assert "0001" in words
    assert "sepuluh juta rupiah" in words


def test_step_asks_for_its_day_and_is_written_down(
    qtbot: QtBot, office: AppContext, open_window: OpenWindow
) -> None:
    claim_id = saved(office)
    window = open_window(office)
    page = page_of(window)
    wait_for_record(qtbot, page, claim_id)

    def give_day(dialog: MoveDialog) -> None:
        day = part(dialog, QLineEdit, "on")
        day.setText("17-11-2026")
        QTest.keyClick(day, Qt.Key.Key_Return)

    in_next_dialog(give_day)
    part(page, QWidget, "claimList").setFocus()
    press(Qt.Key.Key_Return, CTRL)
    wait_for_record(qtbot, page, claim_id, "COMPLETE")
    claim = get_claim(office, claim_id)
    assert claim.draft.complete_on == date(2026, 11, 17)
    assert claim.events[-1].user_name == "Rina Tumewu"


def test_step_back_needs_a_reason(
    qtbot: QtBot, office: AppContext, open_window: OpenWindow
) -> None:
    claim_id = saved(office)
    page = page_of(open_window(office))
    wait_for_record(qtbot, page, claim_id)
    seen: list[bool] = []

    def go_without_and_with_reason(dialog: MoveDialog) -> None:
        part(dialog, QPushButton, "moveGo").click()
        seen.append(dialog.answer is None)
        part(dialog, QPlainTextEdit, "note").setPlainText("Kartu keluarga belum ada")
        part(dialog, QPushButton, "moveGo").click()

    in_next_dialog(go_without_and_with_reason)
    part(page, QPushButton, "move_INCOMPLETE").click()
    wait_for_record(qtbot, page, claim_id, "INCOMPLETE")
    assert seen == [True]
    assert get_claim(office, claim_id).events[-1].note == "Kartu keluarga belum ada"


def test_list_is_narrowed_by_programme_and_search(
    qtbot: QtBot, office: AppContext, open_window: OpenWindow
) -> None:
    saved(office)
    saved(
        office,
        a_claim(
            programme=Programme.JKK,
            participant_nik="7171031608810002",
            participant_name="YANCE MALIANGKAY",
        ),
    )
    page = page_of(open_window(office))
    shown: ClaimList = page.list
    qtbot.waitUntil(lambda: len(shown.items) == 2)
    part(page, QPushButton, "choice_JKK").click()
    qtbot.waitUntil(lambda: [item.programme for item in shown.items] == [Programme.JKK])
    shown.clear_filter()
    qtbot.waitUntil(lambda: len(shown.items) == 2)
    shown.focus_search()
    write("tumiwa")
    qtbot.waitUntil(lambda: [item.participant_name for item in shown.items] == ["HENDRIK TUMIWA"])


def write_workbook(path: Path) -> Path:
    head = ("NIK", "Nama", "Program", "Kategori", "Tanggal Kejadian", "Tanggal Bayar", "Jumlah")
    rows: tuple[tuple[str | int, ...], ...] = (
        (NIK, "HENDRIK TUMIWA", "JKM", "Pekerja Rentan", "02-03-2025", "05-05-2025", 42_000_000),
        ("717103160881", "SALAH NIK", "JKK", "Pekerja Rentan", "02-03-2025", "05-05-2025", 1_000),
        ("7171031608810003", "OLFIE", "JKK", "Pekerja Rentan", "02-03-2025", "05-05-2025", 900_000),
    )
    with Workbook(str(path)) as book:
        sheet = book.add_worksheet("Klaim")
        for column, title in enumerate(head):
            sheet.write(0, column, title)
        for line, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(line, column, value)
                else:
                    sheet.write_number(line, column, value)
    return path


def test_past_claims_are_checked_and_then_imported(
    qtbot: QtBot, office: AppContext, open_window: OpenWindow, tmp_path: Path
) -> None:
    window = open_window(office)
    page = page_of(window)
    page.open_import()
    page.import_pane.check(write_workbook(tmp_path / "klaim.xlsx"))
    qtbot.waitUntil(lambda: page.import_pane.preview is not None, timeout=15_000)
    preview = page.import_pane.preview
    assert preview is not None
    assert (preview.read, preview.accepted, preview.held) == (3, 2, 1)
    assert list_claims(office) == ()
    go = part(page.import_pane, QPushButton, "importClaims")
    qtbot.waitUntil(go.isVisible)
    assert "2" in go.text()
    with qtbot.waitSignal(page.import_pane.imported) as imported:
        go.click()
    assert imported.args == [2]
    qtbot.waitUntil(lambda: len(page.list.items) == 2)


def test_unreadable_file_is_refused_in_words(
    qtbot: QtBot, office: AppContext, open_window: OpenWindow, tmp_path: Path
) -> None:
    page = page_of(open_window(office))
    page.open_import()
    broken = tmp_path / "rusak.xlsx"
    broken.write_bytes(b"bukan buku kerja")
    page.import_pane.check(broken)
    qtbot.waitUntil(lambda: said(page.import_pane, "belum dapat dimuat"), timeout=15_000)
    assert not page.import_pane.is_running


def test_reader_is_offered_no_changes(
    qtbot: QtBot, office: AppContext, as_role: AsRole, open_window: OpenWindow
) -> None:
    claim_id = saved(office)
    page = page_of(open_window(as_role(Role.READER)))
    wait_for_record(qtbot, page, claim_id)
    assert page.detail.facts is not None
    assert page.detail.facts.moves == ()
    for name in ("newClaim", "editClaim"):
        assert not part(page, QPushButton, name).isVisible()
