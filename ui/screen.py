"""Show a window so that nothing of it lies outside the screen."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

_TITLE_BAR_PX = 31  # of Windows; how high it is here nobody can tell before the window is shown
# nobody works at a smaller one; the offscreen one of tests and figures is 800 wide
_SMALLEST_SCREEN_PX = 1024


def show_whole(window: QWidget) -> None:
    """Show a window, maximised where the screen has no room for it and its title bar."""
    if needs_whole_screen(window.size(), window.screen().availableSize()):
        window.showMaximized()
    else:
        window.show()


def needs_whole_screen(window: QSize, room: QSize) -> bool:
    """Tell whether a part of the window would lie outside or under the task bar."""
    if room.width() < _SMALLEST_SCREEN_PX:
        return False
    return window.width() > room.width() or window.height() + _TITLE_BAR_PX > room.height()
