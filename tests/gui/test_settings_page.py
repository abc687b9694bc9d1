"""Settings in the window: letterhead, users, signatories, rates, safety, history, look."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.row_issues import IssueCode, Level
from bpjsdesk.domain.safety import Health
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.issue_levels import list_levels
from bpjsdesk.services.office import get_office
from bpjsdesk.services.reference import list_signatories
from bpjsdesk.services.safety import last_backup
from bpjsdesk.services.users import list_users
from tests.gui_finding import part
from tests.gui_opening import WindowOpener
from tests.offices import AsRole
from ui.pages.settings import sections
from ui.pages.settings.dated import UNPROVEN, DatedPart
from ui.pages.settings.deeds import field_words
from ui.pages.settings.history import HistoryPart
from ui.pages.settings.levels import LevelsPart
from ui.pages.settings.look import LookPart
from ui.pages.settings.office import OfficePart
from ui.pages.settings.page import SettingsPage
from ui.pages.settings.part import RefusedPart
from ui.pages.settings.safety import SafetyPart, health_checks
from ui.pages.settings.signatories import SignatoriesPart
from ui.pages.settings.users import UsersPart

CTRL = Qt.KeyboardModifier.ControlModifier


def page_in(opener: WindowOpener, office: AppContext) -> SettingsPage:
    page = opener.open(office, "settings").current_page
    assert isinstance(page, SettingsPage)
    return page


def write(page: SettingsPage, **texts: str) -> None:
    for name, text in texts.items():
        edit = part(page.part, QLineEdit, name)
        edit.selectAll()
        QTest.keyClicks(edit, text)


def test_the_letterhead_is_changed_and_saved_by_key(
    qtbot: QtBot, opener: WindowOpener, office: AppContext
) -> None:
    page = page_in(opener, office)
    made = page.part
    assert isinstance(made, OfficePart)
    qtbot.waitUntil(lambda: part(page.part, QLineEdit, "name").text() == "Kantor Cabang Manado")
    write(page, address="Jalan Sam Ratulangi 1")
    assert made.is_dirty
    with qtbot.waitSignal(page.saved):
        QTest.keyClick(page, Qt.Key.Key_S, CTRL)
    assert get_office(office).address == "Jalan Sam Ratulangi 1"
    assert not made.is_dirty


def test_a_user_is_added_and_can_be_seen(
    qtbot: QtBot, opener: WindowOpener, office: AppContext
) -> None:
    page = page_in(opener, office)
    page.open_section(sections.USERS)
    assert isinstance(page.part, UsersPart)
    QTest.keyClick(page, Qt.Key.Key_N, CTRL)
    secret = "ombak biru sampai pagi"
    write(page, display_name="Wulan Sondakh", name="wulan", password=secret, again=secret)
    with qtbot.waitSignal(page.saved, timeout=20_000):
        QTest.keyClick(page, Qt.Key.Key_S, CTRL)
    assert "wulan" in [user.name for user in list_users(office)]


def test_two_passwords_that_differ_are_told_beside_the_second(
    opener: WindowOpener, office: AppContext
) -> None:
    page = page_in(opener, office)
    page.open_section(sections.USERS)
    made = page.part
    assert isinstance(made, UsersPart)
    made.begin_new()
    write(page, display_name="Wulan", name="wulan", password="ombak biru", again="ombak hijau")
    made.save()
    assert [error.field for error in made.form.errors] == ["again"]


def test_a_signatory_is_recorded_as_a_dated_row(
    qtbot: QtBot, opener: WindowOpener, office: AppContext
) -> None:
    page = page_in(opener, office)
    page.open_section(sections.SIGNATORIES)
    assert isinstance(page.part, SignatoriesPart)
    QTest.keyClick(page, Qt.Key.Key_N, CTRL)
    write(page, institution="BPJS Ketenagakerjaan", name="M. Contoh, S.E.", position="Kepala")
    with qtbot.waitSignal(page.saved):
        QTest.keyClick(page, Qt.Key.Key_S, CTRL)
    person = list_signatories(office)[0].person
    assert (person.name, person.position) == ("M. Contoh, S.E.", "Kepala")


def test_rates_show_what_nobody_verified_yet(
    qtbot: QtBot, opener: WindowOpener, office: AppContext
) -> None:
    page = page_in(opener, office)
    page.open_section(sections.RATES)
    made = page.part
    assert isinstance(made, DatedPart)
    qtbot.waitUntil(lambda: made.table.model().rowCount() > 0)
    made.choose_view(UNPROVEN)
    rows = made.shown_rows
    assert rows
    assert not any(row.verified for row in rows)


def test_a_level_is_changed_by_it_with_a_reason(
    qtbot: QtBot, opener: WindowOpener, as_role: AsRole
) -> None:
    admin = as_role(Role.ADMIN)
    page = page_in(opener, admin)
    page.open_section(sections.LEVELS)
    made = page.part
    assert isinstance(made, LevelsPart)
    qtbot.waitUntil(lambda: made.table.model().rowCount() > 0)
    QTest.keyClick(page, Qt.Key.Key_F, CTRL)
    QTest.keyClicks(made.search, "NIK_SEX")
    qtbot.waitUntil(lambda: made.table.model().rowCount() == 1)
    made.table.selectRow(0)
    QTest.keyClick(page, Qt.Key.Key_F2)
    made.level.set_value(Level.ERROR)
    made.save()
    assert [error.field for error in made.form.errors] == ["reason"]
    write(page, reason="Sering salah ketik")
    with qtbot.waitSignal(page.saved):
        QTest.keyClick(page, Qt.Key.Key_S, CTRL)
    found = next(e for e in list_levels(admin) if e.code is IssueCode.NIK_SEX_MISMATCH)
    assert found.now.level is Level.ERROR


def test_a_locked_level_cannot_be_opened(
    qtbot: QtBot, opener: WindowOpener, as_role: AsRole
) -> None:
    page = page_in(opener, as_role(Role.ADMIN))
    page.open_section(sections.LEVELS)
    made = page.part
    assert isinstance(made, LevelsPart)
    qtbot.waitUntil(lambda: made.table.model().rowCount() > 0)
    made.table.selectRow(0)
    assert not made.edit_button.isEnabled()


def test_a_backup_is_made_and_proven(
    qtbot: QtBot, opener: WindowOpener, office: AppContext
) -> None:
    page = page_in(opener, office)
    page.open_section(sections.SAFETY)
    assert isinstance(page.part, SafetyPart)
    with qtbot.waitSignal(page.saved, timeout=20_000):
        QTest.keyClick(page, Qt.Key.Key_B, CTRL)
    note = last_backup(office)
    assert note is not None
    assert (office.paths.backups / note.file_name).exists()


def test_a_sound_file_is_called_sound(
    qtbot: QtBot, opener: WindowOpener, office: AppContext
) -> None:
    page = page_in(opener, office)
    page.open_section(sections.SAFETY)
    with qtbot.waitSignal(page.saved, timeout=20_000) as said:
        part(page.part, QPushButton, "checkHealth").click()
    assert said.args == ["Data sehat"]


def test_each_finding_of_a_damaged_file_is_told() -> None:
    health = Health(
        problems=("halaman 7 rusak",),
        broken_link=12,
        audit_entries=40,
        uncounted_batches=("B-2026-00001",),
        rows={"person": 3},
    )
    assert [check.title for check in health_checks(health) if check.tone == "bad"] == [
        "Susunan berkas bermasalah",
        "Riwayat pernah diubah",
        "Batch B-2026-00001 tidak cocok",
    ]


def test_the_history_tells_deeds_in_words(
    qtbot: QtBot, opener: WindowOpener, office: AppContext
) -> None:
    page = page_in(opener, office)
    page.open_section(sections.HISTORY)
    made = page.part
    assert isinstance(made, HistoryPart)
    qtbot.waitUntil(lambda: made.table.model().rowCount() > 0)
    model = made.table.model()
    last = model.rowCount() - 1
    assert model.index(last, 3).data() == "Mendirikan kantor"


def test_the_history_calls_rows_that_are_no_members_as_the_list_does() -> None:
    assert field_words("ignored") == "Bukan peserta"


def test_the_history_is_kept_from_a_clerk(opener: WindowOpener, as_role: AsRole) -> None:
    page = page_in(opener, as_role(Role.CLERK))
    page.open_section(sections.HISTORY)
    assert isinstance(page.part, RefusedPart)


def test_the_look_is_chosen_and_kept(opener: WindowOpener, office: AppContext) -> None:
    page = page_in(opener, office)
    page.open_section(sections.LOOK)
    made = page.part
    assert isinstance(made, LookPart)
    part(made, QPushButton, "choice_dark").click()
    assert page.context.appearance.theme == "dark"


def test_another_page_opens_a_section_by_its_place(
    opener: WindowOpener, office: AppContext
) -> None:
    page = page_in(opener, office)
    page.open_record(sections.RATES_RECORD)
    assert isinstance(page.part, DatedPart)
