"""The stage: a real window of a real office, led by keys and clicks like a clerk would."""

import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QKeySequence, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from build_scripts.screens.finding import WidgetT, visible_below
from build_scripts.screens.waiting import SceneProblem, settle, wait_until

_WATCH_MS = 20
_MOST_STEPS = 60


class Stage(QObject):
    """Lead one window to a state and take its picture.

    `problems` gathers exceptions in slots and dialogs that nobody expected.
    """

    def __init__(self, window: QWidget, is_calm: Callable[[], bool], *, folder: Path) -> None:
        super().__init__()
        self.window, self.folder = window, folder
        self.picture: QImage | None = None
        self.seen: set[str] = set()
        self._is_calm = is_calm
        self._wants_dialog = False
        self.problems: list[str] = []
        self._watch = QTimer(self)
        self._watch.setInterval(_WATCH_MS)
        self._watch.timeout.connect(self._on_watch_timeout)
        self._watch.start()
        self._hook, sys.excepthook = sys.excepthook, self._note_uncaught

    def close(self) -> None:
        """Stop watching."""
        self._watch.stop()
        sys.excepthook = self._hook

    def settle(self) -> None:
        """Wait until nothing runs any more."""
        settle(self._is_calm)

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Wait for a condition."""
        wait_until(condition, what)

    def find(self, kind: type[WidgetT], name: str) -> WidgetT:
        """Give the visible widget of a name. Raises: SceneProblem."""
        for widget in visible_below(self.window, kind):
            if widget.objectName() == name:
                return widget
        raise SceneProblem(f"no {kind.__name__} named {name} on the screen")

    def shown(self, kind: type[WidgetT]) -> WidgetT:
        """Give the first visible widget of a kind. Raises: SceneProblem."""
        for widget in visible_below(self.window, kind):
            return widget
        raise SceneProblem(f"no {kind.__name__} on the screen")

    def press(self, name: str) -> None:
        """Click the visible button of that object name or text, and wait."""
        QTest.mouseClick(self._button(name), Qt.MouseButton.LeftButton)
        self.settle()

    def key(self, keys: str) -> None:
        """Press keys such as "Ctrl+N" where the focus is, and wait."""
        target = QApplication.focusWidget() or self.window
        QTest.keySequence(target, QKeySequence(keys))
        self.settle()

    def write(self, name: str, text: str) -> None:
        """Replace what stands in a field, and wait."""
        edit = self._edit(name)
        edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        edit.selectAll()
        QTest.keyClicks(edit, text)
        self.settle()

    def choose(self, name: str, words: str = "") -> None:
        """Walk down a list of choices to the first that holds the words."""
        box = self.find(QComboBox, name)
        box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        for _step in range(_MOST_STEPS):
            QTest.keyClick(box, Qt.Key.Key_Down)
            if words.casefold() in box.currentText().casefold():
                self.settle()
                return
        raise SceneProblem(f"no choice with {words} in {name}")

    def take(self) -> None:
        """Take the picture now, while something is still under way."""
        self.picture = self._grab()

    def take_dialog(self, trigger: Callable[[], object]) -> None:
        """Do what opens a dialog, take the picture with it, and close it by its safe way."""
        self._wants_dialog = True
        trigger()
        self.until(lambda: not self._wants_dialog, "a dialog")
        self.settle()

    def finish(self) -> QImage:
        """Give the picture; taken now unless the scene took one."""
        if self.picture is None:
            self.picture = self._grab()
        return self.picture

    def _button(self, name: str) -> QAbstractButton:
        for button in visible_below(self.window, QAbstractButton):
            if name in (button.objectName(), button.text()):
                return button
        raise SceneProblem(f"no button {name} on the screen")

    def _edit(self, name: str) -> QLineEdit | QPlainTextEdit:
        try:
            return self.find(QLineEdit, name)
        except SceneProblem:
            return self.find(QPlainTextEdit, name)

    def _grab(self) -> QImage:
        self._note_seen(self.window)
        return self.window.grab().toImage()

    def _note_seen(self, top: QWidget) -> None:
        self.seen |= {_name_of(widget) for widget in (top, *visible_below(top, QWidget))}

    def _on_watch_timeout(self) -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QDialog) or not dialog.isVisible():
            return
        if self._wants_dialog:
            self._wants_dialog = False
            self._note_seen(dialog)
            self.picture = _with_dialog(self._grab(), dialog)
        else:
            self.problems.append(f"a dialog nobody asked for: {_words_of(dialog)}")
        dialog.reject()

    def _note_uncaught(
        self, kind: type[BaseException], problem: BaseException, _trace: TracebackType | None
    ) -> None:
        place = problem.__traceback__
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
        self.problems.append(f"{kind.__name__}: {problem} ({where})")


def _with_dialog(below: QImage, dialog: QDialog) -> QImage:
    # offscreen windows have no frame; a line stands for it
    ratio = below.devicePixelRatio()
    size = dialog.size()
    whole = QRect(0, 0, round(below.width() / ratio), round(below.height() / ratio))
    corner = whole.center() - QPoint(size.width() // 2, size.height() // 2)
    painter = QPainter(below)
    painter.drawImage(corner, dialog.grab().toImage())
    painter.setPen(QColor(128, 128, 128))
    painter.drawRect(QRect(corner, size).adjusted(-1, -1, 0, 0))
    painter.end()
    return below


def _words_of(dialog: QDialog) -> str:
    words = [label.text() for label in visible_below(dialog, QLabel)]
    return " ".join([dialog.objectName(), *words])


def _name_of(widget: QWidget) -> str:
    return f"{type(widget).__module__}.{type(widget).__qualname__}"
