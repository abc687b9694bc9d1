"""Bars that show parts of a whole, and the line that proves that counts add up."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QWidget

from bpjsdesk.domain.wording import format_count
from ui.paint import PaintedWidget, draw_text, text_width
from ui.theme import color, px
from ui.widgets.layout import Item, clear_layout, row
from ui.widgets.text import IconMark, Label, Swatch, caption

Part = tuple[int, str]
Mark = tuple[int, str, str]


class Meter(PaintedWidget):
    """A stacked bar: parts are (value, tone), marks are (value, word, tone)."""

    def __init__(
        self,
        parts: Sequence[Part] = (),
        total: int = 1,
        *,
        marks: Sequence[Mark] = (),
        height: int = 12,
    ) -> None:
        super().__init__(height=height + (px(24) if marks else 0))
        self._bar = height
        self._marks = tuple(marks)
        self.set_parts(parts, total)

    def set_parts(self, parts: Sequence[Part], total: int) -> None:
        self._parts, self._total = tuple(parts), max(total, 1)
        whole = sum(value for value, _tone in self._parts)
        self.setAccessibleName(f"{100 * whole // self._total} %")
        self.update()

    def paint(self, painter: QPainter, box: QRectF) -> None:
        top = px(18) if self._marks else 0
        bar = QRectF(0, top, box.width(), self._bar)
        round_bar = QPainterPath()
        round_bar.addRoundedRect(bar, self._bar / 2, self._bar / 2)
        painter.save()
        painter.setClipPath(round_bar)
        painter.fillRect(bar, color("track"))
        left = 0.0
        for value, tone in self._parts:
            width = box.width() * value / self._total
            if width > 0:
                painter.fillRect(QRectF(left, top, max(width - 1.5, 1), self._bar), color(tone))
            left += width
        painter.restore()
        for mark in self._marks:
            self._paint_mark(painter, box, top, mark)

    def _paint_mark(self, painter: QPainter, box: QRectF, top: float, mark: Mark) -> None:
        value, word, tone = mark
        place = min(box.width() * value / self._total, box.width() - 1)
        painter.fillRect(QRectF(place - 1, top - 4, 2, self._bar + 8), color(tone))
        width = text_width(word, 12, 500)
        left = min(max(0.0, place - width / 2), box.width() - width)
        words = QRectF(left, 0, width + 4, px(14))
        draw_text(painter, words, word, size=12, weight=500, tone=tone, elide=False)


class Legend(QWidget):
    """Name the tones of a meter or a chart."""

    def __init__(self, *entries: tuple[str, str]) -> None:
        super().__init__()
        self._layout = row(gap=14)
        self.setLayout(self._layout)
        self.set_entries(*entries)

    def set_entries(self, *entries: tuple[str, str]) -> None:
        """Show (tone, words) pairs."""
        clear_layout(self._layout)
        for tone, words in entries:
            self._layout.addLayout(row(Swatch(tone), caption(words), gap=5))
        self._layout.addStretch(1)


class SumLine(QWidget):
    """Show that `whole` equals the sum of named parts; a tick only if it does."""

    def __init__(self) -> None:
        super().__init__()
        self._layout = row(gap=6)
        self.setLayout(self._layout)

    def set_counts(self, whole: tuple[str, int], parts: Sequence[tuple[str, int]]) -> None:
        clear_layout(self._layout)
        items: list[Item] = [
            Label(format_count(whole[1]), weight=600),
            caption(whole[0]),
            caption("="),
        ]
        for number, (name, value) in enumerate(parts):
            if number:
                items.append(caption("+"))
            items += [Label(format_count(value), weight=600), caption(name)]
        fits = whole[1] == sum(value for _name, value in parts)
        items.append(6)
        items.append(IconMark("circle-check" if fits else "alert-circle", "ok" if fits else "bad"))
        for item in items:
            if isinstance(item, QWidget):
                self._layout.addWidget(item)
            elif isinstance(item, int):
                self._layout.addSpacing(item)
        self._layout.addStretch(1)
        words = " + ".join(f"{format_count(value)} {name}" for name, value in parts)
        self.setAccessibleName(f"{format_count(whole[1])} {whole[0]} = {words}")
