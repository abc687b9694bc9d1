"""The first page: figures with limits, actions by number, and where they lead."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.overview import Action, ActionKind, Urgency
from bpjsdesk.services.context import AppContext
from tests.gui_opening import WindowOpener
from tests.offices import AsRole
from tests.services.factories import a_claim, a_draft, claimed, saved
from ui.pages.overview import OverviewPage
from ui.pages.overview_actions import ActionCard


def page_in(opener: WindowOpener, office: AppContext) -> OverviewPage:
    page = opener.open(office, "overview").current_page
    assert isinstance(page, OverviewPage)
    return page


def test_an_agreement_that_ends_soon_is_opened_by_its_number(
    qtbot: QtBot, opener: WindowOpener, office: AppContext
) -> None:
    agreement_id = saved(office, a_draft(valid_to=date(2026, 12, 1)))
    page = page_in(opener, office)
    qtbot.waitUntil(lambda: len(page.todo.shown_actions) > 0)
    kinds = [action.kind for action in page.todo.shown_actions]
    place = kinds.index(ActionKind.AGREEMENT_EXPIRING) + 1
    QTest.keyClick(page, Qt.Key(Qt.Key.Key_0.value + place))
    assert opener.asked == [("agreements", agreement_id)]


def test_an_overdue_claim_leads_to_the_claims(
    qtbot: QtBot, opener: WindowOpener, office: AppContext
) -> None:
    saved(office)
    old = replace(
        a_claim(),
        event_on=date(2026, 1, 2),
        filed_on=date(2026, 1, 10),
        complete_on=date(2026, 1, 12),
    )
    claimed(office, old)
    page = page_in(opener, office)
    qtbot.waitUntil(lambda: len(page.todo.shown_actions) > 0)
    assert page.todo.shown_actions[0].kind is ActionKind.CLAIMS_OVERDUE
    page.todo.open_number(1)
    assert opener.asked == [("claims", None)]


def test_rates_that_nobody_verified_lead_into_the_settings(
    opener: WindowOpener, office: AppContext
) -> None:
    page = page_in(opener, office)
    page.todo.set_actions(
        [
            Action(
                kind=ActionKind.RATES_UNVERIFIED,
                urgency=Urgency.INFO,
                title="4 baris tarif belum diverifikasi",
                cause="Tetap dipakai dengan tanda",
            )
        ]
    )
    page.todo.open_number(1)
    assert opener.asked[0][0] == "settings"


def test_a_number_without_an_action_does_nothing(qtbot: QtBot) -> None:
    card = ActionCard()
    qtbot.addWidget(card)
    card.set_actions([])
    with qtbot.assertNotEmitted(card.action_chosen):
        card.open_number(1)


def test_a_new_office_is_told_where_to_begin(
    qtbot: QtBot, opener: WindowOpener, office: AppContext
) -> None:
    page = page_in(opener, office)
    qtbot.waitUntil(lambda: page.shown_part != "waiting")
    assert page.shown_part in ("first", "page")


def test_an_admin_sees_no_figures(opener: WindowOpener, as_role: AsRole) -> None:
    assert page_in(opener, as_role(Role.ADMIN)).shown_part == "refused"
