"""Reports in the window: criteria, page, tables and workbook tell the same."""

from datetime import date

import openpyxl
import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from bpjsdesk.domain.report_values import ClaimsReportQuery
from bpjsdesk.services.claims_report import claims_report
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.safety import list_audit
from tests.gui_opening import WindowOpener
from tests.services.factories import loaded, paid, saved
from ui.dialogs import QuestionDialog
from ui.pages.reports.criteria import LAST_YEAR, MONTH, OWN, YEAR, preset_days, preset_of
from ui.pages.reports.page import AGREEMENT, ReportsPage
from ui.pages.reports.tables import Line, change_words, chart_of

TODAY = date(2026, 11, 20)


@pytest.fixture
def with_claims(office: AppContext) -> AppContext:
    """An office that paid two claims this year and one in the same days of last year."""
    saved(office)
    loaded(
        office,
        [
            paid(1, date(2026, 3, 4), 42_000_000),
            paid(2, date(2026, 11, 2), 10_000_000),
            paid(3, date(2025, 3, 4), 26_000_000),
        ],
    )
    return office


def page_in(opener: WindowOpener, office: AppContext) -> ReportsPage:
    page = opener.open(office, "reports").current_page
    assert isinstance(page, ReportsPage)
    return page


def test_the_report_of_this_year_is_made_without_asking(
    qtbot: QtBot, opener: WindowOpener, with_claims: AppContext
) -> None:
    page = page_in(opener, with_claims)
    qtbot.waitUntil(lambda: page.document.has_paper, timeout=20_000)
    qtbot.waitUntil(lambda: page.report is not None)
    assert page.report is not None
    assert (page.report.totals.cases, page.report.totals.amount) == (2, 52_000_000)
    assert page.criteria.totals_text == "2 kasus · Rp52.000.000"
    assert page.document.preview.page_count >= 1


def test_screen_and_workbook_have_the_same_totals(
    qtbot: QtBot,
    opener: WindowOpener,
    with_claims: AppContext,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    out = with_claims.paths.exports / "laporan.xlsx"
    out.parent.mkdir()
    monkeypatch.setattr(
        "ui.pages.reports.page.ask_save_path", lambda _parent, _title, _name, _kind: out
    )
    page = page_in(opener, with_claims)
    qtbot.waitUntil(lambda: page.report is not None)
    with qtbot.waitSignal(page.saved):
        page.excel_button.click()
    sheet = openpyxl.load_workbook(out)["Program"]
    totals = [row for row in sheet.iter_rows(values_only=True) if row and row[0] == "Jumlah"]
    assert totals[0][1:3] == (2, 52_000_000)


def test_reversed_days_are_explained_and_nothing_is_counted(
    qtbot: QtBot, opener: WindowOpener, with_claims: AppContext
) -> None:
    page = page_in(opener, with_claims)
    qtbot.waitUntil(lambda: page.report is not None)
    page.criteria.set_days(date(2026, 11, 20), date(2026, 1, 1))
    qtbot.waitUntil(lambda: page.criteria.field("to").error != "")
    assert page.criteria.query is None


def test_tables_stand_one_key_away(
    qtbot: QtBot, opener: WindowOpener, with_claims: AppContext
) -> None:
    page = page_in(opener, with_claims)
    qtbot.waitUntil(lambda: page.report is not None)
    QTest.keyClick(page, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    assert page.tables.isVisible()


def test_the_summary_of_an_agreement_is_shown(
    qtbot: QtBot, opener: WindowOpener, with_claims: AppContext
) -> None:
    page = page_in(opener, with_claims)
    qtbot.waitUntil(lambda: page.report is not None)
    page.choose_document(AGREEMENT)
    qtbot.waitUntil(lambda: page.document.has_paper, timeout=20_000)
    assert page.document.preview.page_count == 1


def test_a_saved_page_is_noted_under_the_number_printed_on_it(
    qtbot: QtBot,
    opener: WindowOpener,
    with_claims: AppContext,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = page_in(opener, with_claims)
    qtbot.waitUntil(lambda: page.document.has_paper, timeout=20_000)
    target = str(with_claims.paths.database.with_name("laporan.pdf"))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (target, ""))
    page.document.preview.save_pdf()
    qtbot.waitUntil(lambda: list_audit(with_claims)[0].command == "report.print")
    number = str(list_audit(with_claims)[0].payload["document"])
    assert number.startswith("LPK-20260101-20261120-")
    assert number in pypdf.PdfReader(target).pages[0].extract_text()


def test_a_page_that_cannot_be_saved_is_not_noted_as_gone_out(
    qtbot: QtBot,
    opener: WindowOpener,
    with_claims: AppContext,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = page_in(opener, with_claims)
    qtbot.waitUntil(lambda: page.document.has_paper, timeout=20_000)
    target = with_claims.paths.database.with_name("laporan.pdf")
    target.mkdir()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    shown: list[str] = []
    monkeypatch.setattr(QuestionDialog, "exec", lambda box: shown.append(box.objectName()))
    page.document.preview.save_pdf()
    qtbot.waitUntil(lambda: bool(shown))
    assert list_audit(with_claims)[0].command != "report.print"


def test_the_chart_adds_up_to_the_report(with_claims: AppContext) -> None:
    query = ClaimsReportQuery(date_from=date(2026, 1, 1), date_to=TODAY, region_code="71.71")
    report = claims_report(with_claims, query)
    assert sum(chart_of(report).totals()) == report.totals.amount


@pytest.mark.parametrize(
    ("key", "days"),
    [
        (MONTH, (date(2026, 11, 1), TODAY)),
        (YEAR, (date(2026, 1, 1), TODAY)),
        (LAST_YEAR, (date(2025, 1, 1), date(2025, 12, 31))),
        (OWN, None),
    ],
)
def test_presets_are_days_and_days_are_presets(key: str, days: tuple[date, date] | None) -> None:
    assert preset_days(key, TODAY) == days
    assert preset_of(days or (date(2026, 2, 3), TODAY), TODAY) == key


@pytest.mark.parametrize(
    ("amount", "before", "words"),
    [
        (110, 100, "+10,0%"),
        (90, 100, "\u221210,0%"),
        (100, 100, "0,0%"),
        (5, 0, "–"),
        (5, None, ""),
    ],
)
def test_a_change_is_told_against_last_year(amount: int, before: int | None, words: str) -> None:
    line = Line(name="JKM", cases=1, amount=amount, whole=100, before=before)
    assert change_words(line) == words
