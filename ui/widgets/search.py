"""The search box: magnifier, visible key, clears with Escape."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from ui.icons import icon_pixmap
from ui.paint import draw_key, key_width
from ui.theme import font

_PAUSE_MS = 120


class SearchField(QLineEdit):
    """Type-to-search field.

    Signals: search_changed(str) after a short pause in typing, at once on Enter or clear.
    """

    search_changed = Signal(str)

    def __init__(self, placeholder: str, *, key: str = "") -> None:
        super().__init__()
        self._key = key
        self._said = ""
        self.setFont(font())
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setTextMargins(20, 0, key_width(key) + 8 if key else 0, 0)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._say)
        self.textChanged.connect(self._on_text_changed)
        self.returnPressed.connect(self._say)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        painter.drawPixmap(9, round(middle - 8), icon_pixmap("search", "muted"))
        if self._key:
            draw_key(painter, self.width() - 7, middle, self._key)

    def _on_text_changed(self, text: str) -> None:
        if text:
            self._pause.start()
        else:
            self._say()

    def _say(self) -> None:
        self._pause.stop()
        text = self.text().strip()
        if text != self._said:
            self._said = text
            self.search_changed.emit(text)
