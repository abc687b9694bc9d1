"""Words, icons and state marks that stand on a page."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.icons import icon_pixmap
from ui.paint import (
    RIGHT,
    PaintedWidget,
    draw_box,
    draw_key,
    draw_pill,
    draw_text,
    key_width,
    pill_width,
    text_width,
)
from ui.theme import px
from ui.widgets.label import Label, caption
from ui.widgets.layout import clear_layout

__all__ = [
    "ElidedLine",
    "Facts",
    "IconMark",
    "KeyChip",
    "Label",
    "Pill",
    "Swatch",
    "caption",
    "card_title",
    "figure",
    "page_title",
    "record_title",
]


def figure(text: str = "") -> Label:
    return Label(text, size=24, weight=600)


def page_title(text: str = "") -> Label:
    return Label(text, size=20, weight=600)


def record_title(text: str = "") -> Label:
    return Label(text, size=16, weight=600)


def card_title(text: str = "") -> Label:
    return Label(text, size=14, weight=600)


class ElidedLine(PaintedWidget):
    """One line that ends in an ellipsis instead of clipping, with an optional right part."""

    def __init__(
        self,
        text: str = "",
        *,
        right: str = "",
        icon: str = "",
        size: int = 13,
        weight: int = 400,
        tone: str = "text",
        right_tone: str = "muted",
    ) -> None:
        super().__init__(height=px(20))
        self._text, self._right, self._icon = text, right, icon
        self._size, self._weight = size, weight
        self._tone, self._right_tone = tone, right_tone
        self.set_text(text, right=right)

    def set_text(self, text: str, *, right: str = "") -> None:
        self._text, self._right = text, right
        self.setAccessibleName(f"{text} {right}".strip())
        self.setToolTip(text)
        self.update()

    def paint(self, painter: QPainter, box: QRectF) -> None:
        left = 0.0
        if self._icon:
            top = box.center().y() - 8
            painter.drawPixmap(0, round(top), icon_pixmap(self._icon, "muted"))
            left = 23.0
        taken = text_width(self._right, 12) + 8 if self._right else 0
        words = box.adjusted(left, 0, -taken, 0)
        draw_text(painter, words, self._text, size=self._size, weight=self._weight, tone=self._tone)
        draw_text(
            painter, box, self._right, size=12, tone=self._right_tone, align=RIGHT, elide=False
        )


class IconMark(PaintedWidget):
    """One icon in a token's colour."""

    def __init__(self, name: str, tone: str = "muted", *, size: int = 18) -> None:
        super().__init__(width=size, height=size)
        self._name, self._tone, self._size = name, tone, size

    def set_icon(self, name: str, tone: str = "muted") -> None:
        self._name, self._tone = name, tone
        self.update()

    def paint(self, painter: QPainter, _box: QRectF) -> None:
        painter.drawPixmap(0, 0, icon_pixmap(self._name, self._tone, size=self._size))


class Pill(PaintedWidget):
    """A state as dot and word; tones ok, warn, bad, info, grey."""

    def __init__(self, text: str, tone: str = "grey") -> None:
        super().__init__(width=1, height=px(21))
        self._wear(text, tone)
        if not text:
            self.hide()  # only hidden here: shown before it has a place it would flash

    def set_state(self, text: str, tone: str) -> None:
        self._wear(text, tone)
        self.setVisible(bool(text))

    def paint(self, painter: QPainter, box: QRectF) -> None:
        draw_pill(painter, QPointF(0, box.center().y()), self._text, self._tone)

    def _wear(self, text: str, tone: str) -> None:
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.setFixedWidth(pill_width(text))
        self.update()


class KeyChip(PaintedWidget):
    """A key as it is printed on the keyboard."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.set_text(text)

    def set_text(self, text: str) -> None:
        self._text = text
        self.setFixedSize(key_width(text), px(20))
        self.setAccessibleName(text)
        self.update()

    def paint(self, painter: QPainter, box: QRectF) -> None:
        draw_key(painter, box.right(), box.center().y(), self._text)


class Swatch(PaintedWidget):
    """The small coloured square of a legend."""

    def __init__(self, tone: str) -> None:
        super().__init__(width=8, height=px(16))
        self._tone = tone

    def paint(self, painter: QPainter, box: QRectF) -> None:
        spot = QRectF(0, (box.height() - 8) / 2, 8, 8)
        draw_box(painter, spot, fill=self._tone, radius=2)


class Facts(QWidget):
    """Label and value pairs as text, for view mode; `columns` pairs side by side."""

    def __init__(
        self, pairs: Sequence[tuple[str, str]] = (), *, columns: int = 1, label_width: int = 96
    ) -> None:
        super().__init__()
        self._columns, self._label_width = columns, label_width
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(5)
        self.set_pairs(pairs)

    def set_pairs(
        self, pairs: Sequence[tuple[str, str]], *, tips: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """Show these pairs; `tips` say more of a value, by its label."""
        clear_layout(self._grid)
        for index, (name, value) in enumerate(pairs):
            line, side = divmod(index, self._columns)
            self._add_pair(line, side * 2, name, value).setToolTip(tips.get(name, ""))

    def sizeHint(self) -> QSize:
        return self._grid.totalSizeHint()

    def _add_pair(self, line: int, side: int, name: str, value: str) -> Label:
        head = caption(name)
        head.setFixedWidth(px(self._label_width))
        words = Label(value or "–", weight=500, wrap=True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        words.setAccessibleName(f"{name}: {value}")
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(head, line, side, top)
        self._grid.addWidget(words, line, side + 1, top)
        self._grid.setColumnStretch(side + 1, 1)
        return words
