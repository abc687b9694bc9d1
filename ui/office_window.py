"""Put the main window of an opened office together; importing this loads every page."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut

from bpjsdesk.services.context import AppContext
from bpjsdesk.services.office import get_office
from ui.appearance import Appearance
from ui.changes import ChangeBus
from ui.main_window import MainWindow, make_main_window
from ui.page import PageContext
from ui.pages.help import KEYS_RECORD
from ui.pages.registry import page_entries
from ui.tasks import TaskRunner


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedWindow:
    """The main window and the name of the office that it shows."""

    window: MainWindow
    office: str


def make_office_window(
    context: AppContext,
    *,
    runner: TaskRunner,
    changes: ChangeBus,
    appearance: Appearance,
    open_page: Callable[[str, int | None], None],
) -> OpenedWindow:
    """Build the window on its first page."""
    office = get_office(context).name
    runner.after_write = context.database.carry_over
    page_context = PageContext(
        app=context, runner=runner, changes=changes, appearance=appearance, open_page=open_page
    )
    window = make_main_window(page_context, page_entries(), office=office)
    keys = QShortcut(QKeySequence("Ctrl+/"), window)
    keys.activated.connect(partial(open_page, "help", KEYS_RECORD))
    return OpenedWindow(window=window, office=office)
