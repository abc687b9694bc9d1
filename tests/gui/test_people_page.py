"""People in the window: the register, search while typing, coverage, the NIK behind a reason."""

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.people import Membership
from bpjsdesk.domain.person_changes import EndReason, PersonEnd
from bpjsdesk.domain.person_file import months_after
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.safety import list_audit
from tests.gui_finding import part, parts
from tests.gui_opening import WindowOpener
from tests.offices import AsRole
from tests.services.factories import a_draft, a_quota, saved
from tests.services.lists import checked, nik, stored, workbook, worker
from ui.pages.people.page import PeoplePage
from ui.pages.people.register import Register
from ui.pages.people.reveal import RevealPanel
from ui.pages.people.words import conclusions, coverage_of, protected_words, state_pill

CTRL = Qt.KeyboardModifier.ControlModifier
TODAY = date(2026, 11, 20)


@pytest.fixture
def peopled(office: AppContext, tmp_path: Path) -> AppContext:
    """An office with three hundred people under one agreement."""
    agreement_id = saved(office, a_draft(quotas=(a_quota(heads=300),)))
    names = ("RIZKI MAMONTO", "MARLINA RIZKIANI", "BUDI RONDO")
    rows = [worker(n, name=f"{names[n % 3]} {_letters(n)}") for n in range(1, 301)]
    path = workbook(tmp_path / "daftar.xlsx", rows)
    stored(office, checked(office, agreement_id, path, registered_on=TODAY))
    return office


def _letters(number: int) -> str:
    return "".join("ABCDEFGHIJ"[int(digit)] for digit in f"{number:03d}")


def page_in(opener: WindowOpener, office: AppContext) -> PeoplePage:
    page = opener.open(office, "people").current_page
    assert isinstance(page, PeoplePage)
    return page


def test_everybody_is_listed_in_name_order_and_the_end_is_read_when_scrolled_to(
    qtbot: QtBot, opener: WindowOpener, peopled: AppContext
) -> None:
    page = page_in(opener, peopled)
    model = page.table.model()
    qtbot.waitUntil(lambda: model.rowCount() == 300)
    page.table.scrollToBottom()
    last = model.index(299, 0)
    qtbot.waitUntil(lambda: last.data() not in (None, "…"))
    assert last.data().startswith("RIZKI MAMONTO")


def test_a_part_of_a_name_finds_and_the_nik_stays_masked(
    qtbot: QtBot, opener: WindowOpener, peopled: AppContext
) -> None:
    page = page_in(opener, peopled)
    QTest.keyClicks(page.search, "rizkian")
    qtbot.waitUntil(lambda: page.list.model().rowCount() == 100)
    shown = page.list.current_record
    assert "RIZKIANI" in shown.name
    assert "•" in shown.masked_nik
    qtbot.waitUntil(lambda: page.view.person is not None)
    assert page.view.person is not None
    assert "•" in page.view.shown_nik


def test_nothing_found_says_how_many_there_are_and_takes_the_search_away(
    qtbot: QtBot, opener: WindowOpener, peopled: AppContext
) -> None:
    page = page_in(opener, peopled)
    QTest.keyClicks(page.search, "zzzz")
    qtbot.waitUntil(lambda: page.shown_part == "nothing")
    QTest.keyClick(page.search, Qt.Key.Key_Backspace, CTRL)
    qtbot.waitUntil(lambda: page.shown_part == "everybody")


def test_a_nik_is_opened_with_the_keyboard_for_a_reason_that_is_noted(
    qtbot: QtBot, opener: WindowOpener, peopled: AppContext
) -> None:
    page = page_in(opener, peopled)
    QTest.keyClicks(page.search, nik(7))
    qtbot.waitUntil(lambda: page.view.person is not None and "JA" not in page.view.person.name)
    qtbot.waitUntil(lambda: page.list.model().rowCount() == 1)
    wanted = page.list.current_record.person_id
    qtbot.waitUntil(lambda: page.view.person is not None and page.view.person.person_id == wanted)
    QTest.keyClick(page.search, Qt.Key.Key_M, CTRL)
    panel = part(page, RevealPanel, "revealPanel")
    qtbot.waitUntil(panel.isVisible)
    QTest.keyClick(panel.open_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.view.shown_nik == nik(7))
    assert "081200000007" in [label.text() for label in parts(page, QLabel)]
    entry = list_audit(peopled, limit=1)[0]
    assert (entry.command, entry.object_id) == ("person.reveal", wanted)
    assert entry.payload["reason"] == "Mencocokkan dengan KTP"


def test_an_office_without_people_says_where_they_come_from(
    qtbot: QtBot, opener: WindowOpener, office: AppContext
) -> None:
    page = page_in(opener, office)
    qtbot.waitUntil(lambda: page.shown_part == "nobody")


def test_a_role_that_may_not_read_people_sees_none(
    opener: WindowOpener, peopled: AppContext, as_role: AsRole
) -> None:
    page = page_in(opener, as_role(Role.ADMIN))
    assert page.shown_part == "refused"
    assert page.table.model().rowCount() == 0


def test_the_first_block_needs_no_order(peopled: AppContext) -> None:
    register = Register(peopled)
    first = register.load(0, 128)
    assert [each.person_id for each in first] == list(register.order()[:128])


def covering(*ranges: tuple[date, date]) -> list[Membership]:
    return [
        Membership(
            membership_id=number,
            batch_id=1,
            batch_number="B-2026-00001",
            agreement_title="Manado 2026",
            category_name="Pekerja Rentan",
            programmes=("JKK", "JKM"),
            from_month=first,
            to_month=last,
            status="ACTIVE",
        )
        for number, (first, last) in enumerate(ranges)
    ]


def test_months_that_touch_count_as_one_run() -> None:
    coverage = coverage_of(
        covering((date(2025, 2, 1), date(2025, 12, 1)), (date(2026, 1, 1), date(2026, 11, 1))),
        TODAY,
    )
    assert coverage.unbroken == (date(2025, 2, 1), 22)
    assert coverage.protected_until == date(2026, 11, 30)
    assert state_pill(coverage) == ("Aktif hari ini", "ok")
    assert protected_words(coverage) == "terlindungi s.d. 30 November 2026"
    assert "Putus bila Desember 2026 tidak dibayar" in [line[2] for line in conclusions(coverage)]


def test_a_gap_breaks_the_run_and_is_told() -> None:
    coverage = coverage_of(
        covering((date(2026, 1, 1), date(2026, 3, 1)), (date(2026, 6, 1), date(2026, 12, 1))),
        TODAY,
    )
    assert coverage.unbroken == (date(2026, 6, 1), 6)
    assert coverage.gaps == 2
    assert "2 bulan tidak dibayar sejak pertama terdaftar" in [
        line[2] for line in conclusions(coverage)
    ]


@pytest.mark.parametrize(
    ("months", "pill", "words"),
    [
        ((date(2027, 1, 1), date(2027, 12, 1)), "Menunggu", "terlindungi mulai 1 Januari 2027"),
        (
            (date(2025, 1, 1), date(2025, 12, 1)),
            "Nonaktif",
            "terlindungi terakhir 31 Desember 2025",
        ),
    ],
)
def test_who_is_not_covered_today_is_told_when(
    months: tuple[date, date], pill: str, words: str
) -> None:
    coverage = coverage_of(covering(months), TODAY)
    assert (state_pill(coverage)[0], protected_words(coverage)) == (pill, words)


def test_an_end_takes_the_place_of_the_state_and_paid_months_after_it_protect_nobody() -> None:
    paid = covering((date(2026, 1, 1), date(2026, 12, 1)))
    late = months_after(paid, date(2026, 8, 20))
    coverage = coverage_of(paid, TODAY, but=late)
    reason = EndReason(code="MENINGGAL", name="Meninggal dunia", is_death=True)
    end = PersonEnd(reason=reason, since=date(2026, 8, 20), note="", noted_by="", noted_at="")
    assert state_pill(coverage, end) == ("Meninggal", "grey")
    assert protected_words(coverage) == "terlindungi terakhir 31 Agustus 2026"
    assert len(late) == 4
