"""The dark left side of the first start: three steps, done ones summed up."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from ui.i18n import _
from ui.icons import icon_pixmap
from ui.paint import CENTER, PaintedWidget, draw_box, draw_text
from ui.theme import color, px

_DARK_INK = "#0F3D3E"


@dataclass(frozen=True, slots=True, kw_only=True)
class RailStep:
    """One step with the lines that sum it up once it is done."""

    title: str
    lines: tuple[str, ...]


class StepsRail(PaintedWidget):
    """Show which step is current; earlier ones carry a tick."""

    def __init__(self, steps: Sequence[RailStep]) -> None:
        super().__init__(width=px(372))
        self._steps, self._current = list(steps), 0
        self.set_current(0)

    def set_current(self, current: int) -> None:
        self._current = current
        words = _("Langkah {n} dari {all}: {title}")
        title = self._steps[current].title
        self.setAccessibleName(words.format(n=current + 1, all=len(self._steps), title=title))
        self.update()

    def set_lines(self, number: int, *lines: str) -> None:
        """Sum up a step in words."""
        self._steps[number] = RailStep(title=self._steps[number].title, lines=lines)
        self.update()

    def paint(self, painter: QPainter, box: QRectF) -> None:
        painter.fillRect(box, color("side"))
        draw_box(painter, QRectF(36, 40, 34, 34), fill="#FFFFFF22", radius=8)
        painter.drawPixmap(42, 46, icon_pixmap("shield-check", "#FFFFFF", size=22))
        head = QRectF(82, 40, box.width() - 100, 34)
        draw_text(painter, head, _("Menyiapkan BPJS Desk"), size=16, weight=600, tone="#FFFFFF")
        top = 116.0
        for number, step in enumerate(self._steps):
            height = px(58) + px(18) * len(step.lines)
            self._paint_step(painter, QRectF(36, top, box.width() - 56, height), number)
            top += height
        self._paint_foot(painter, box)

    def _paint_step(self, painter: QPainter, box: QRectF, number: int) -> None:
        step, reached = self._steps[number], number <= self._current
        if number < len(self._steps) - 1:
            line = QRectF(box.x() + 11, box.y() + 24, 1.5, box.height() - 24)
            painter.fillRect(line, color("#FFFFFF33"))
        mark = QRectF(box.x(), box.y(), 24, 24)
        draw_box(
            painter,
            mark,
            fill="side_mark" if reached else "side",
            edge=None if reached else "#FFFFFF66",
            radius=12,
        )
        if number < self._current:
            tick = icon_pixmap("check", _DARK_INK, size=16, stroke=2.5)
            painter.drawPixmap(QPointF(mark.x() + 4, mark.y() + 4), tick)
        else:
            tone = _DARK_INK if reached else "side_mut"
            draw_text(painter, mark, str(number + 1), size=12, weight=600, tone=tone, align=CENTER)
        title = QRectF(box.x() + 38, box.y(), box.width() - 38, 24)
        draw_text(painter, title, step.title, size=14, weight=600, tone="#FFFFFF")
        for place, words in enumerate(step.lines):
            line = QRectF(title.x(), box.y() + 24 + px(18) * place, title.width(), px(18))
            draw_text(painter, line, words, size=12, tone="side_mut")

    def _paint_foot(self, painter: QPainter, box: QRectF) -> None:
        first = _("Langkah {n} dari {all} · kira-kira 2 menit").format(
            n=self._current + 1, all=len(self._steps)
        )
        second = _("Semua pengaturan lain sudah punya nilai awal.")
        for place, words in enumerate((first, second)):
            line = QRectF(36, box.height() - 68 + 20 * place, box.width() - 60, px(18))
            draw_text(painter, line, words, size=12, tone="side_mut")
