"""Open the main window on one page of a real office."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from bpjsdesk.services.context import AppContext
from tests.gui_typing import activate
from ui.appearance import Appearance
from ui.changes import ChangeBus
from ui.main_window import MainWindow
from ui.page import PageContext
from ui.pages.registry import page_entries
from ui.tasks import TaskRunner


class WindowOpener:
    """Make windows; `asked` lists the pages that a page wanted to open."""

    def __init__(self, qtbot: QtBot, app: QApplication, runner: TaskRunner, folder: Path) -> None:
        self._qtbot, self._app, self._runner, self._folder = qtbot, app, runner, folder
        self.asked: list[tuple[str, int | None]] = []
        self._windows: list[MainWindow] = []

    def open(self, office: AppContext, key: str) -> MainWindow:
        """Open the window on a page."""
        context = PageContext(
            app=office,
            runner=self._runner,
            changes=ChangeBus(self._app),
            appearance=Appearance(self._app, self._folder / "window.json"),
            open_page=self._note,
        )
        window = MainWindow(context, page_entries(), office="Kantor Cabang Manado")
        self._windows.append(window)
        window.resize(1366, 768)
        window.show()
        window.open_page(key)
        activate(self._qtbot, window)
        page = window.current_page
        assert page is not None
        page.focus_first()
        return window

    def close(self) -> None:
        """Take the windows away without asking about what was typed in them."""
        for window in self._windows:
            window.hide()
            window.deleteLater()
        self._windows.clear()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _note(self, key: str, record_id: int | None) -> None:
        self.asked.append((key, record_id))
