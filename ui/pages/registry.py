"""The pages of the main window, in the order of the menu.

Imported only after the login window has shown, because pages bring the heavy libraries.
"""

from ui.i18n import _
from ui.page import PageEntry
from ui.pages.agreements.page import AgreementsPage
from ui.pages.batches.page import BatchesPage
from ui.pages.claims.page import ClaimsPage
from ui.pages.help import HelpPage
from ui.pages.overview import OverviewPage
from ui.pages.people.page import PeoplePage
from ui.pages.reports.page import ReportsPage
from ui.pages.settings.page import SettingsPage
from ui.widgets.sidebar import NavEntry


def page_entries() -> tuple[PageEntry, ...]:
    """List the pages; Ctrl+1… follow the order, settings and help stand at the foot."""
    return (*_work_pages(), *_foot_pages())


def _work_pages() -> tuple[PageEntry, ...]:
    return (
        PageEntry(
            nav=_nav("overview", _("Ringkasan"), "layout-dashboard", "Ctrl+1"), make=OverviewPage
        ),
        PageEntry(
            nav=_nav("agreements", _("Perjanjian"), "file-certificate", "Ctrl+2"),
            make=AgreementsPage,
        ),
        PageEntry(nav=_nav("people", _("Peserta"), "users", "Ctrl+3"), make=PeoplePage),
        PageEntry(nav=_nav("batches", _("Batch"), "table-import", "Ctrl+4"), make=BatchesPage),
        PageEntry(nav=_nav("claims", _("Klaim"), "first-aid-kit", "Ctrl+5"), make=ClaimsPage),
        PageEntry(
            nav=_nav("reports", _("Laporan"), "report-analytics", "Ctrl+6"), make=ReportsPage
        ),
    )


def _foot_pages() -> tuple[PageEntry, ...]:
    return (
        PageEntry(
            nav=_nav("settings", _("Pengaturan"), "settings", "Ctrl+,", at_foot=True),
            make=SettingsPage,
        ),
        PageEntry(nav=_nav("help", _("Bantuan"), "help-circle", "F1", at_foot=True), make=HelpPage),
    )


def _nav(key: str, title: str, icon: str, shortcut: str, *, at_foot: bool = False) -> NavEntry:
    return NavEntry(key=key, title=title, icon=icon, shortcut=shortcut, at_foot=at_foot)
