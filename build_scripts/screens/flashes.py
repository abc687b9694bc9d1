"""Notice a part that is shown before it has a place: for a blink it is a window of its own."""

import traceback
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from ui.main_window import MainWindow
from ui.start.window import StartWindow

_WINDOWS = (QDialog, MainWindow, StartWindow)


class FlashGuard(QObject):
    """Tell of every window that is none of the program's windows and dialogs."""

    def __init__(self, app: QApplication, tell: Callable[[str], None]) -> None:
        super().__init__(app)
        self._app, self._tell = app, tell
        app.installEventFilter(self)

    def close(self) -> None:
        """Stop noticing."""
        self._app.removeEventFilter(self)
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget):
            is_window = watched.isWindow() and watched.windowType() == Qt.WindowType.Window
            if is_window and not isinstance(watched, _WINDOWS):
                self._tell(f"{type(watched).__name__} flashes as a window, {_place()}")
        return False


def _place() -> str:
    frames = [frame for frame in traceback.extract_stack() if "/ui/" in frame.filename]
    return " < ".join(f"{f.filename.rpartition('/ui/')[2]}:{f.lineno}" for f in frames[:-4:-1])
