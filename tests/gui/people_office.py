"""A window on the register for tests: a page, a person shown, keys pressed."""

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpjsdesk.services.context import AppContext
from bpjsdesk.services.people import find_people
from tests.gui_opening import WindowOpener
from tests.services.factories import a_draft, a_quota, saved
from tests.services.lists import checked, nik, stored, workbook, worker
from ui.pages.people.page import PeoplePage


def listed(office: AppContext, folder: Path, *halves: tuple[int, list[int]]) -> None:
    """Register people, by serial, for half a year from a month of 2026 on."""
    agreement_id = saved(office, a_draft(quotas=(a_quota(heads=300),)))
    for first, serials in halves:
        path = workbook(folder / f"daftar-{first}.xlsx", [worker(n) for n in serials])
        month = date(2026, first, 1)
        stored(office, checked(office, agreement_id, path, from_month=month, months=6))


def page_in(opener: WindowOpener, office: AppContext) -> PeoplePage:
    """Open the page of people."""
    page = opener.open(office, "people").current_page
    assert isinstance(page, PeoplePage)
    return page


def person_id(office: AppContext, serial: int) -> int:
    """Find somebody by serial."""
    return find_people(office, nik(serial)).people[0].person_id


def shown(qtbot: QtBot, page: PeoplePage, who: int) -> None:
    """Show a person, and wait until all of it is there."""
    page.open_record(who)
    qtbot.waitUntil(lambda: page.view.person is not None and page.view.person.person_id == who)


def press(keys: str) -> None:
    """Press keys where the focus is."""
    target = QApplication.focusWidget()
    assert target is not None, "nothing has the focus"
    QTest.keySequence(target, QKeySequence(keys))


def type_text(text: str) -> None:
    """Type where the focus is."""
    target = QApplication.focusWidget()
    assert target is not None, "nothing has the focus"
    QTest.keyClicks(target, text)


def press_tab() -> None:
    """Go to what comes next."""
    target = QApplication.focusWidget()
    assert target is not None, "nothing has the focus"
    QTest.keyClick(target, Qt.Key.Key_Tab)
