"""List beside detail, stacked when the window is narrow; cards that go below each other."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.theme import px

_NARROW_PX = 641
_RAIL_PX = 900
Shared = QWidget | tuple[QWidget, int]


class ListDetail(QWidget):
    """Put a list left of its detail; below 641 px of width the detail goes under it."""

    def __init__(self, left: QWidget, right: QWidget, *, list_width: int = 312) -> None:
        super().__init__()
        self._left, self._list_width = left, list_width
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(14)
        self._layout.addWidget(left)
        self._layout.addWidget(right, 1)
        self._arrange()

    @property
    def is_stacked(self) -> bool:
        return self._layout.direction() == QBoxLayout.Direction.TopToBottom

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        narrow = self.width() < px(_NARROW_PX)
        if narrow:
            self._layout.setDirection(QBoxLayout.Direction.TopToBottom)
            self._left.setMinimumWidth(0)
            self._left.setMaximumWidth(16_777_215)
        else:
            self._layout.setDirection(QBoxLayout.Direction.LeftToRight)
            self._left.setFixedWidth(px(self._list_width))


class MainAndRail(QWidget):
    """Put a narrow rail right of the main part; it goes under it when room is short."""

    def __init__(self, main: QWidget, rail: QWidget, *, rail_width: int = 250) -> None:
        super().__init__()
        self._rail, self._rail_width = rail, rail_width
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(12)
        self._layout.addWidget(main, 1)
        self._layout.addWidget(rail)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        if self.width() < px(_RAIL_PX - 200):
            self._layout.setDirection(QBoxLayout.Direction.TopToBottom)
            self._rail.setMinimumWidth(0)
            self._rail.setMaximumWidth(16_777_215)
        else:
            self._layout.setDirection(QBoxLayout.Direction.LeftToRight)
            self._rail.setFixedWidth(px(self._rail_width))


class SideBySide(QWidget):
    """Lay parts out in a row; below `stack_below` px (at 100 %) of width, in a column.

    Without `stack_below` that is where the parts do not fit beside each other any more.

    Signals: stacked_changed(bool).
    """

    stacked_changed = Signal(bool)

    def __init__(
        self, parts: Sequence[Shared], *, stack_below: int | None = None, gap: int = 11
    ) -> None:
        super().__init__()
        self._stack_below = stack_below
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(gap)
        self._parts: list[QWidget] = []
        for part in parts:
            widget, shares = part if isinstance(part, tuple) else (part, 0)
            self._layout.addWidget(widget, shares)
            self._parts.append(widget)

    @property
    def is_stacked(self) -> bool:
        return self._layout.direction() == QBoxLayout.Direction.TopToBottom

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self._needed()
        if narrow != self.is_stacked:
            down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
            self._layout.setDirection(down if narrow else across)
            self.updateGeometry()
            self.stacked_changed.emit(narrow)

    def minimumSizeHint(self) -> QSize:
        # a row must be allowed to become narrow enough to turn into a column
        hint = super().minimumSizeHint()
        return QSize(max(part.minimumSizeHint().width() for part in self._parts), hint.height())

    def _needed(self) -> int:
        if self._stack_below is not None:
            return px(self._stack_below)
        shown = [part.sizeHint().width() for part in self._parts if not part.isHidden()]
        return sum(shown) + self._layout.spacing() * (len(shown) - 1)
