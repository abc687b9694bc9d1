"""The pages of the main window, in the order of the menu.

Imported only after the login window has shown, because pages bring the heavy libraries.
"""

from ui.i18n import _
from ui.page import PageEntry
from ui.pages.agreements.page import AgreementsPage
from ui.pages.claims.page import ClaimsPage
from ui.widgets.sidebar import NavEntry


def page_entries() -> tuple[PageEntry, ...]:
    """List the pages; Ctrl+1… follow the order, settings and help stand at the foot."""
    return (
        PageEntry(
            nav=NavEntry(
                key="agreements",
                title=_("Perjanjian"),
                icon="file-certificate",
                shortcut="Ctrl+2",
            ),
            make=AgreementsPage,
        ),
        PageEntry(
            nav=NavEntry(key="claims", title=_("Klaim"), icon="first-aid-kit", shortcut="Ctrl+5"),
            make=ClaimsPage,
        ),
    )
