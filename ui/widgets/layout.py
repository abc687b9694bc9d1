"""Rows, columns, cards and scroll areas on the 4-px grid."""

from collections.abc import Sequence
from typing import TypeVar

# the name `Qt` is not imported: it loads all of the Qt names, a tenth of the time to the login
from PySide6 import QtCore
from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

Item = QWidget | QLayout | int | None | tuple[QWidget | QLayout, int]
Margins = int | tuple[int, int, int, int]
BoxT = TypeVar("BoxT", bound=QBoxLayout)


def row(*items: Item, gap: int = 8, margins: Margins = 0) -> QHBoxLayout:
    """Lay out side by side: None stretches, a number is a gap, (item, n) takes n shares."""
    return _filled(QHBoxLayout(), items, gap, margins)


def column(*items: Item, gap: int = 8, margins: Margins = 0) -> QVBoxLayout:
    """Lay out below each other, with the same items as `row`."""
    return _filled(QVBoxLayout(), items, gap, margins)


def boxed(layout: QLayout, *, width: int | None = None, ground: str = "") -> QWidget:
    """Wrap a layout in a widget; `ground` is "page", "surface", "side" or "" for none."""
    widget = QWidget()
    widget.setLayout(layout)
    if width is not None:
        widget.setFixedWidth(width)
    if ground:
        set_ground(widget, ground)
    return widget


def set_ground(widget: QWidget, ground: str) -> None:
    """Paint a widget's ground from the style sheet."""
    widget.setProperty("ground", ground)
    widget.setAttribute(QtCore.Qt.WidgetAttribute.WA_StyledBackground, True)


def rule(*, vertical: bool = False) -> QFrame:
    """Draw a 1-px separator."""
    line = QFrame()
    line.setProperty("rule", "1")
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


def dress(widget: QWidget, size: QSize) -> None:
    """Lay a hidden widget out and draw it once unseen, so that it comes up at once later."""
    widget.resize(size)
    widget.grab()


def clear_layout(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while layout.count():
        item = layout.takeAt(0)
        widget: QWidget | None = item.widget()
        inner: QLayout | None = item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear_layout(inner)
            inner.deleteLater()


class Card(QFrame):
    """A framed ground for one subject: kind "plain", "quiet", "chosen" or "dialog"."""

    def __init__(
        self, *items: Item, kind: str = "plain", gap: int = 8, margins: Margins = (16, 10, 16, 12)
    ) -> None:
        super().__init__()
        self.setProperty("card", kind)
        self.body = column(*items, gap=gap, margins=margins)
        self.setLayout(self.body)


class ScrollColumn(QScrollArea):
    """A column that scrolls when the window is lower than its content."""

    def __init__(self, *items: Item, gap: int = 10, margins: Margins = 0) -> None:
        super().__init__()
        inside = _ScrolledColumn()
        self.body = column(gap=gap, margins=margins)
        inside.setLayout(self.body)
        self.setWidget(inside)
        # put in last: what is inside when a widget is shown gets dressed on the spot, and then
        # again each time that something around it is put into something else
        for item in items:
            _add(self.body, item)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(QtCore.Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(QtCore.Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)


class _ScrolledColumn(QWidget):
    def minimumSizeHint(self) -> QSize:
        # Qt would ask for the height that wrapped texts need at their narrowest, and so show a
        # scroll bar where none is needed
        hint, above = super().minimumSizeHint(), self.parentWidget()
        layout = self.layout()
        if above is None or layout is None or not layout.hasHeightForWidth():
            return hint
        return QSize(hint.width(), layout.totalHeightForWidth(max(above.width(), hint.width())))


def _filled(layout: BoxT, items: Sequence[Item], gap: int, margins: Margins) -> BoxT:
    layout.setSpacing(gap)
    sides = (margins,) * 4 if isinstance(margins, int) else margins
    layout.setContentsMargins(*sides)
    for item in items:
        _add(layout, item)
    return layout


def _add(layout: QBoxLayout, item: Item) -> None:
    if item is None:
        layout.addStretch(1)
    elif isinstance(item, int):
        layout.addSpacing(item)
    elif isinstance(item, tuple):
        part, shares = item
        if isinstance(part, QLayout):
            layout.addLayout(part, shares)
        else:
            layout.addWidget(part, shares)
    elif isinstance(item, QLayout):
        layout.addLayout(item)
    else:
        layout.addWidget(item)
