"""Parts that stand side by side while there is room, and below each other when there is not."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from ui.theme import px

Shared = QWidget | tuple[QWidget, int]


class SideBySide(QWidget):
    """Lay parts out in a row; below `stack_below` px (at 100 %) of width, in a column.

    Signals: stacked_changed(bool).
    """

    stacked_changed = Signal(bool)

    def __init__(self, parts: Sequence[Shared], *, stack_below: int, gap: int = 11) -> None:
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
        narrow = self.width() < px(self._stack_below)
        if narrow != self.is_stacked:
            down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
            self._layout.setDirection(down if narrow else across)
            self.updateGeometry()
            self.stacked_changed.emit(narrow)

    def minimumSizeHint(self) -> QSize:
        # a row must be allowed to become narrow enough to turn into a column
        hint = super().minimumSizeHint()
        return QSize(max(part.minimumSizeHint().width() for part in self._parts), hint.height())
