"""A choice that is one line of many: arrows go from line to line instead of through the values."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, Qt, QWheelEvent

from ui.pages.batches.own_keys import OwnKeys
from ui.widgets.combo import Choice

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}
_OPEN = (Qt.Key.Key_F4, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class LineChoice(Choice):
    """Opened by F4 or by typing a letter; nothing is chosen without being seen.

    Signals: moved(int) by so many lines, dropped() on Del, picked(value) by the user,
    focus_moved(bool).
    """

    moved = Signal(int)
    dropped = Signal()
    picked = Signal(object)
    focus_moved = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        OwnKeys(self, (*_OPEN, Qt.Key.Key_Delete))
        self.activated.connect(self._on_activated)

    def offer(self, choices: Sequence[tuple[Any, str]], value: Any) -> None:
        """Replace the list; nothing is told about it."""
        blocked = self.blockSignals(True)
        self.clear()
        for each, words in choices:
            self.addItem(words, each)
        self.set_value(value)
        self.setToolTip(self.currentText())
        self.blockSignals(blocked)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and key in _STEPS:
            self.moved.emit(_STEPS[Qt.Key(key)])
        elif plain and key == Qt.Key.Key_Delete:
            self.dropped.emit()
        elif plain and key in _OPEN:
            self.showPopup()
        elif plain and event.text().isalpha():
            self.showPopup()
            self.view().keyboardSearch(event.text())
        else:
            event.ignore()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_moved.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_moved.emit(False)

    def _on_activated(self) -> None:
        self.picked.emit(self.currentData())
