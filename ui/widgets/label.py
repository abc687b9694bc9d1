"""Plain words on a page; light enough for the first frame of the login window."""

from PySide6 import QtCore
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from ui.theme import current_theme, font, set_state


class Label(QLabel):
    """Plain text in one of the kit's sizes; follows theme and text size.

    Tones: text, muted, accent, ok, warn, bad, info, grey.
    """

    def __init__(
        self,
        text: str = "",
        *,
        size: int = 13,
        weight: int = 400,
        tone: str = "text",
        wrap: bool = False,
    ) -> None:
        super().__init__()
        self._size, self._weight = size, weight
        self._scale = current_theme().scale
        self.setText(text)
        self.setFont(font(size, weight))
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def setText(self, text: str) -> None:
        # Qt takes for plain what has neither sign; told only where it could err, because the
        # first `Qt.` of a process loads all of the Qt names, a tenth of the time to the login
        if "<" in text or "&" in text:
            self.setTextFormat(QtCore.Qt.TextFormat.PlainText)
        super().setText(text)

    def set_tone(self, tone: str) -> None:
        set_state(self, "tone", tone)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if self._scale != current_theme().scale and event.type() == QEvent.Type.StyleChange:
            self._scale = current_theme().scale
            self.setFont(font(self._size, self._weight))


def caption(text: str = "", *, tone: str = "muted", wrap: bool = False) -> Label:
    return Label(text, size=12, tone=tone, wrap=wrap)
