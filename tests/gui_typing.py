"""Drive a window the way a person without a mouse does."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from bpjsdesk.services.context import AppContext
from ui.appearance import Appearance
from ui.changes import ChangeBus
from ui.main_window import MainWindow, make_main_window
from ui.page import PageContext, PageEntry
from ui.tasks import TaskRunner

CTRL = Qt.KeyboardModifier.ControlModifier
_NONE = Qt.KeyboardModifier.NoModifier


def one_page_window(
    app: AppContext, entry: PageEntry, runner: TaskRunner, state: Path
) -> MainWindow:
    """Build the main window with a single page; the caller shows and keeps it."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    context = PageContext(
        app=app,
        runner=runner,
        changes=ChangeBus(application),
        appearance=Appearance(application, state),
        open_page=lambda _key, _record: None,
    )
    window = make_main_window(context, (entry,), office="Kantor Cabang Manado")
    window.resize(1366, 768)
    return window


def activate(qtbot: QtBot, window: QWidget) -> None:
    """Give a window the keyboard.

    `isActiveWindow` is not asked: on Windows it is true before Qt has given anything the focus.
    """
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() == window.window())


def focused() -> QWidget:
    """Give the widget that would take the next key."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    return widget


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = _NONE) -> None:
    """Strike one key."""
    QTest.keyClick(focused(), key, modifier)


def write(text: str) -> None:
    """Type a text, letter by letter."""
    QTest.keyClicks(focused(), text)
