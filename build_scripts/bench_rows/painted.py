"""Notice the first time that a widget has been painted."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class FirstPaint(QObject):
    """Call `done` once, when a paint of `widget` is over and `is_ready` holds."""

    def __init__(
        self, widget: QWidget, done: Callable[[], None], is_ready: Callable[[], bool]
    ) -> None:
        super().__init__(widget)
        self._done, self._is_ready = done, is_ready
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        if event.type() == QEvent.Type.Paint and self._is_ready():
            watched.removeEventFilter(self)
            # the paint itself comes after this filter
            QTimer.singleShot(0, self._done)
        return False


def always() -> bool:
    """Hold at once."""
    return True
