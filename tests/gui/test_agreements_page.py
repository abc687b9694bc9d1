"""The page of agreements on a real office, driven by keyboard."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.agreements import Agreement, Stage
from bpjsdesk.services.agreements import get_agreement, list_agreements, save_agreement
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from tests.gui_finding import part, parts
from tests.gui_typing import CTRL, activate, focused, one_page_window, press, write
from tests.offices import AsRole
from tests.services.factories import a_draft, a_quota, saved
from ui.dialogs import QuestionDialog
from ui.main_window import MainWindow
from ui.page import PageEntry
from ui.pages.agreements.page import AgreementsPage
from ui.pages.agreements.quota_editor import QuotaEditor
from ui.pages.agreements.region_edit import RegionEdit
from ui.tasks import TaskRunner
from ui.widgets.combo import Choice
from ui.widgets.inline import InlineMessage
from ui.widgets.pdf_preview import PdfPreview
from ui.widgets.sidebar import NavEntry
from ui.widgets.text import Label

ENTRY = PageEntry(
    nav=NavEntry(key="agreements", title="Perjanjian", icon="file-certificate", shortcut="Ctrl+2"),
    make=AgreementsPage,
)
OpenWindow = Callable[[AppContext], MainWindow]


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


def page_of(window: MainWindow) -> AgreementsPage:
    page = window.current_page
    assert isinstance(page, AgreementsPage)
    return page


def wait_for_list(qtbot: QtBot, page: AgreementsPage, count: int) -> None:
    qtbot.waitUntil(lambda: len(page.list.items) == count)


def wait_for_record(qtbot: QtBot, page: AgreementsPage, agreement_id: int) -> None:
    def is_shown() -> bool:
        shown = page.detail.agreement
        return shown is not None and shown.agreement_id == agreement_id

    qtbot.waitUntil(is_shown)


def open_form(qtbot: QtBot, window: MainWindow, agreement_id: int | None) -> AgreementsPage:
    page = page_of(window)
    with qtbot.waitSignal(page.form.opened):
        page.open_form(agreement_id)
    activate(qtbot, window)
    return page


def control(page: AgreementsPage, name: str) -> QLineEdit:
    return part(page.form, QLineEdit, name)


def said(page: QWidget, words: str) -> bool:
    return any(words in message.text()[0] for message in parts(page, InlineMessage))


def stored(office: AppContext) -> list[Agreement]:
    return [get_agreement(office, item.agreement_id) for item in list_agreements(office)]


def answer_next_question(choice: str) -> None:
    def press_choice() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QuestionDialog)
        part(dialog, QPushButton, f"choice_{choice}").click()

    QTimer.singleShot(0, press_choice)


def test_list_and_record_show_what_is_stored(
    qtbot: QtBot, office: AppContext, open_window: OpenWindow
) -> None:
    agreement_id = saved(office)
    page = page_of(open_window(office))
    wait_for_record(qtbot, page, agreement_id)
    words = " ".join(label.text() for label in parts(page.detail, Label))
    assert part(page, QWidget, "agreementTitle").property("text") == a_draft().title
    assert "dua puluh juta seratus enam puluh ribu rupiah" in words
    assert "560/PKS/1/2026" in words


def test_search_and_chips_narrow_the_list(
    qtbot: QtBot, office: AppContext, open_window: OpenWindow
) -> None:
    saved(office)
    saved(office, a_draft(title="Pelayanan PLKK Kotamobagu", signed_on=None))
    page = page_of(open_window(office))
    wait_for_list(qtbot, page, 2)
    part(page, QPushButton, "choice_draft").click()
    qtbot.waitUntil(lambda: page.list.current_id == stored(office)[0].agreement_id)
    page.list.clear_filter()
    page.list.focus_search()
    write("plkk")
    wait_for_list(qtbot, page, 1)
    write("zz")
    wait_for_list(qtbot, page, 0)
    assert page.list.total == 2
    press(Qt.Key.Key_Backspace, CTRL)


def type_identity(page: AgreementsPage) -> None:
    write("Perlindungan Pekerja Rentan Kota Tomohon")
    press(Qt.Key.Key_Tab)
    write("Per")
    assert part(page.form, Choice, "kind").value == "COOPERATION"
    control(page, "parties.0.institution").setFocus()
    write("Pemerintah Kota Tomohon")
    control(page, "valid_from").setFocus()
    write("01012027")
    press(Qt.Key.Key_Tab)
    write("31122027")
    press(Qt.Key.Key_Tab)


def type_quota_line(page: AgreementsPage) -> None:
    part(page.form, QPushButton, "add_quotas").setFocus()
    press(Qt.Key.Key_Insert)
    category = part(page.form, Choice, "quotas.0.category")
    assert category.isAncestorOf(focused()) or category is focused()
    while category.value != "VULNERABLE":
        press(Qt.Key.Key_Down)
    control(page, "quotas.0.heads").setFocus()
    write("250")


def test_agreement_is_recorded_without_a_mouse(
    qtbot: QtBot, office: AppContext, open_window: OpenWindow
) -> None:
    window = open_window(office)
    page = page_of(window)
    qtbot.waitUntil(lambda: page.list.total == 0)
    part(page, QWidget, "agreementList").setFocus()
    with qtbot.waitSignal(page.form.opened):
        page.open_form(None)
    activate(qtbot, window)
    type_identity(page)
    type_quota_line(page)
    rate = control(page, "quotas.0.rate")
    qtbot.waitUntil(lambda: rate.text() == "16.800")
    assert control(page, "quotas.0.amount").text() == "50.400.000"
    assert control(page, "quotas.0.from_month").text() == "01-2027"
    with qtbot.waitSignal(page.form.saved):
        press(Qt.Key.Key_S, CTRL)
    (agreement,) = stored(office)
    assert agreement.stage is Stage.DRAFT
    assert agreement.draft.valid_to == date(2027, 12, 31)
    assert agreement.draft.parties[0].institution == "Pemerintah Kota Tomohon"
    assert (agreement.heads, agreement.amount) == (250, 50_400_000)
    wait_for_record(qtbot, page, agreement.agreement_id)


def test_every_part_survives_opening_and_saving(
    qtbot: QtBot, office: AppContext, open_window: OpenWindow
) -> None:
    draft = a_draft(signed_on=None, quotas=(a_quota(), a_quota(category="UMKM", heads=20)))
    agreement_id = saved(office, draft)
    page = open_form(qtbot, open_window(office), agreement_id)
    assert page.form.draft() == get_agreement(office, agreement_id).draft
    assert not page.form.is_dirty


def test_missing_fields_are_named_and_f8_walks_through_them(
    qtbot: QtBot, office: AppContext, open_window: OpenWindow
) -> None:
    page = open_form(qtbot, open_window(office), None)
    page.form.save()
    banner = part(page.form, InlineMessage, "formBanner")
    assert banner.isVisible()
    assert "3 hal" in banner.text()[0]
    assert focused().objectName() == "title"
    press(Qt.Key.Key_F8)
    assert focused().objectName() == "kind"
    assert list_agreements(office) == ()


def test_refusal_of_the_service_stands_beside_its_field(
    qtbot: QtBot, office: AppContext, open_window: OpenWindow
) -> None:
    draft = a_draft(signed_on=None, valid_to=date(2026, 6, 30))
    page = open_form(qtbot, open_window(office), saved(office, draft))
    control(page, "valid_to").setFocus()
    control(page, "valid_to").selectAll()
    write("31122025")
    page.form.save()
    line = part(page.form, Label, "valid_to_line")
    qtbot.waitUntil(lambda: "mendahului" in line.text())
    assert focused().objectName() == "valid_to"
    assert page.form.is_dirty


def test_rows_come_with_ins_and_go_with_ctrl_del(
    qtbot: QtBot, office: AppContext, open_window: OpenWindow
) -> None:
    page = open_form(qtbot, open_window(office), saved(office, a_draft(signed_on=None)))
    (editor,) = parts(page.form, QuotaEditor)
    control(page, "quotas.0.heads").setFocus()
    press(Qt.Key.Key_Insert)
    assert len(editor.rows) == 2
    control(page, "quotas.0.heads").setFocus()
    press(Qt.Key.Key_Delete, CTRL)
    assert [row.key for row in editor.rows] == [1]
    assert page.form.is_dirty


def test_tab_reaches_rows_in_the_order_in_which_they_stand(
    qtbot: QtBot, office: AppContext, open_window: OpenWindow
) -> None:
    page = open_form(qtbot, open_window(office), saved(office, a_draft(signed_on=None)))
    control(page, "protected_since").setFocus()
    order = []
    for _ in range(5):
        press(Qt.Key.Key_Tab)
        order.append(focused().objectName())
    assert order[:2] == ["add_quotas", "quotas.0.category"]
    assert order[4] == "quotas.0.heads"


@pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")
def test_region_is_found_by_typing_part_of_its_name(
    qtbot: QtBot, office: AppContext, open_window: OpenWindow
) -> None:
    page = open_form(qtbot, open_window(office), None)
    region = part(page.form, RegionEdit, "region_code")
    region.setFocus()
    write("kotamobagu sel")
    qtbot.waitUntil(lambda: bool(region.hits))
    region.clearFocus()
    region.normalise()
    assert region.code is not None
    assert region.code.startswith("71.74")


def test_signed_agreement_is_locked_and_says_why(
    qtbot: QtBot, office: AppContext, open_window: OpenWindow
) -> None:
    agreement_id = saved(office)
    window = open_window(office)
    page = page_of(window)
    wait_for_record(qtbot, page, agreement_id)
    part(page, QWidget, "agreementList").setFocus()
    press(Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: said(page, "terkunci"))


def test_signing_is_confirmed_and_locks(
    qtbot: QtBot, office: AppContext, open_window: OpenWindow
) -> None:
    agreement_id = saved(office, a_draft(signed_on=None))
    page = open_form(qtbot, open_window(office), agreement_id)
    control(page, "signed_on").setFocus()
    write("20nov2026")
    answer_next_question("act")
    with qtbot.waitSignal(page.form.saved):
        page.form.save()
    assert get_agreement(office, agreement_id).stage is Stage.SIGNED


def test_renewal_keeps_identity_and_blanks_numbers_and_dates(
    qtbot: QtBot, office: AppContext, open_window: OpenWindow
) -> None:
    agreement_id = saved(office)
    window = open_window(office)
    page = page_of(window)
    wait_for_record(qtbot, page, agreement_id)
    part(page, QWidget, "agreementList").setFocus()
    with qtbot.waitSignal(page.form.opened):
        press(Qt.Key.Key_R, CTRL)
    draft = page.form.draft()
    assert draft.renews_id == agreement_id
    assert draft.valid_from is None
    assert {party.number for party in draft.parties} == {""}
    assert draft.parties[0].institution == "Pemerintah Kota Manado"
    assert draft.quotas[0].from_month == date(2027, 1, 1)


def test_unsaved_changes_are_asked_about(
    qtbot: QtBot, office: AppContext, open_window: OpenWindow
) -> None:
    agreement_id = saved(office, a_draft(signed_on=None))
    page = open_form(qtbot, open_window(office), agreement_id)
    control(page, "title").setFocus()
    write("Baru ")
    answer_next_question("stay")
    assert not page.can_leave()
    answer_next_question("save")
    assert page.can_leave()
    assert get_agreement(office, agreement_id).draft.title.startswith("Baru ")


def test_change_by_someone_else_is_told_and_nothing_is_overwritten(
    qtbot: QtBot, office: AppContext, open_window: OpenWindow
) -> None:
    draft = a_draft(signed_on=None)
    agreement_id = saved(office, draft)
    page = open_form(qtbot, open_window(office), agreement_id)
    theirs = replace(draft, title="Judul dari rekan")
    save_agreement(
        office, theirs, request_id=new_request_id(), agreement_id=agreement_id, version=1
    )
    control(page, "title").setFocus()
    write("Saya ")
    page.form.save()
    qtbot.waitUntil(lambda: said(page.form, "Belum disimpan"))
    assert get_agreement(office, agreement_id).draft.title == "Judul dari rekan"
    assert page.form.draft().title.startswith("Saya ")


def test_duties_follow_their_party_when_another_goes(
    qtbot: QtBot, office: AppContext, open_window: OpenWindow
) -> None:
    draft = a_draft(signed_on=None)
    page = open_form(qtbot, open_window(office), saved(office, draft))
    part(page.form, QPlainTextEdit, "duties.1").setPlainText("Menerbitkan kartu.")
    control(page, "parties.0.institution").setFocus()
    press(Qt.Key.Key_Delete, CTRL)
    changed = page.form.draft()
    assert [party.institution for party in changed.parties] == [draft.parties[1].institution]
    assert [(duty.party_role_no, duty.text) for duty in changed.duties] == [
        (1, "Menerbitkan kartu.")
    ]


def test_summary_is_shown_as_pdf(qtbot: QtBot, office: AppContext, open_window: OpenWindow) -> None:
    agreement_id = saved(office)
    window = open_window(office)
    page = page_of(window)
    wait_for_record(qtbot, page, agreement_id)
    part(page, QWidget, "agreementList").setFocus()
    press(Qt.Key.Key_P, CTRL)
    (preview,) = parts(page, PdfPreview)
    qtbot.waitUntil(lambda: preview.page_count == 1, timeout=10_000)
    preview.clear()


def test_reader_is_offered_no_changes(
    qtbot: QtBot, office: AppContext, as_role: AsRole, open_window: OpenWindow
) -> None:
    agreement_id = saved(office)
    page = page_of(open_window(as_role(Role.READER)))
    wait_for_record(qtbot, page, agreement_id)
    for name in ("newAgreement", "editAgreement", "renewAgreement", "newBatch"):
        assert not part(page, QPushButton, name).isVisible()
