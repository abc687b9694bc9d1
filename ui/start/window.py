"""The window before an office is open."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.screen import show_whole


class StartWindow(QWidget):
    """Hold the login or the first start; it is shown with its first page.

    Signals: painted() once, after the first frame.
    """

    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
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
        """Put a page into the window, in place of what was there, and show both."""
        if self._page is not None:
            self._layout.removeWidget(self._page)
            self._page.deleteLater()
        self._page = page
        self._layout.addWidget(page)
        page.show()
        if not self.isVisible():
            show_whole(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        # the first start must not vanish with a recovery code that is not on paper yet
        if self._page is not None and not self._page.close():
            event.ignore()
        else:
            event.accept()
