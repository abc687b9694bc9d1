"""The pages of the main window, in the order of the menu.

Imported only after the login window has shown, because pages bring the heavy libraries.
"""

from ui.page import PageEntry


def page_entries() -> tuple[PageEntry, ...]:
    """List the pages; Ctrl+1… follow the order, settings and help stand at the foot."""
    return ()
