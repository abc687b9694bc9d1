"""A one-line text field that knows how it is read; light enough for the login window."""

# named through their module where they are rare: Qt makes a class when it is first named
from PySide6 import QtCore
from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from ui.theme import font

Reading = tuple[str, str]
"""A line under the field and its tone: "muted", "ok", "warn" or "bad"."""


class TextEdit(QLineEdit):
    """A one-line text; Escape once restores what was there when the field was entered.

    Signals: reading_changed(text, tone) with the line to show under the field.
    """

    reading_changed = Signal(str, str)

    def __init__(self, text: str = "", *, placeholder: str = "") -> None:
        super().__init__(text)
        self._entered_with = text
        self.setFont(font())
        self.setPlaceholderText(placeholder)
        self.setCursorPosition(0)
        self.textEdited.connect(self._on_text_edited)

    def reading(self) -> Reading:
        """Say how the text is understood; an empty line where there is nothing to say."""
        return "", "muted"

    def normalise(self) -> None:
        """Rewrite the text in its usual form; a wrong text is left as typed."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._entered_with = self.text()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.normalise()
        super().focusOutEvent(event)
        self.reading_changed.emit(*self.reading())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == QtCore.Qt.Key.Key_Escape and self.text() != self._entered_with:
            self.setText(self._entered_with)
            self.textEdited.emit(self._entered_with)
            return
        super().keyPressEvent(event)

    def _on_text_edited(self, _text: str) -> None:
        self.reading_changed.emit(*self.reading())
