"""The window before an office is open; it is on the screen before its content is loaded."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

_SIDE_PX = 430
_GROUNDS = {"light": ("#0F3D3E", "#FFFFFF"), "dark": ("#0D1215", "#1B2228")}


class StartWindow(QWidget):
    """Hold the login or the first start; empty, it already shows their two grounds.

    Imports nothing but Qt, so that it stands on the screen before anything else is loaded.
    Signals: painted() once, after the first paint.
    """

    painted = Signal()

    def __init__(self, theme: str) -> None:
        super().__init__()
        self._side, self._ground = _GROUNDS["dark" if theme == "dark" else "light"]
        self._page: QWidget | None = None
        self._was_painted = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.setObjectName("startWindow")
        self.setWindowTitle("BPJS Desk")
        self.resize(1366, 768)

    @property
    def page(self) -> QWidget | None:
        """The login or first-start page, once it is there."""
        return self._page

    def show_page(self, page: QWidget) -> None:
        """Put a page into the window, in place of what was there, and paint it at once."""
        if self._page is not None:
            self._layout.removeWidget(self._page)
            self._page.deleteLater()
        self._page = page
        self._layout.addWidget(page)
        page.show()
        self._layout.activate()
        self.show()
        # not left to the next frame, which may be 16 ms away
        self.repaint()

    def closeEvent(self, event: QCloseEvent) -> None:
        # the first start must not vanish with a recovery code that is not on paper yet
        if self._page is not None and not self._page.close():
            event.ignore()
        else:
            event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._page is not None:
            return
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), self.height(), QColor(self._ground))
        painter.fillRect(0, 0, _SIDE_PX, self.height(), QColor(self._side))
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)
