"""The head of the import: its steps, done ones ticked, the present one on a soft ground."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from ui.i18n import _
from ui.icons import icon_pixmap
from ui.paint import CENTER, PaintedWidget, draw_box, draw_text, text_width
from ui.theme import color, px

_GAP = 34


class StepHead(PaintedWidget):
    """Show where the import stands; `set_step` counts from 0."""

    def __init__(self) -> None:
        super().__init__(height=px(46))
        self._steps = (_("Pilih berkas"), _("Periksa"), _("Putuskan"), _("Selesai"))
        self.set_step(0)

    @property
    def step(self) -> int:
        return self._step

    def set_step(self, step: int) -> None:
        self._step = step
        words = _("Langkah {n} dari {all}: {name}")
        self.setAccessibleName(
            words.format(n=step + 1, all=len(self._steps), name=self._steps[step])
        )
        self.update()

    def paint(self, painter: QPainter, box: QRectF) -> None:
        draw_box(painter, box.adjusted(0.5, 0.5, -0.5, -0.5), fill="surface", edge="line", radius=8)
        left = box.left() + 16
        for number in range(len(self._steps)):
            left = self._paint_step(painter, box, left, number)
            if number < len(self._steps) - 1:
                y = box.center().y()
                painter.fillRect(QRectF(left + 10, y, _GAP - 20, 1), color("line2"))
                left += _GAP

    def _paint_step(self, painter: QPainter, box: QRectF, left: float, number: int) -> float:
        name = self._steps[number]
        current, done = number == self._step, number < self._step
        weight = 600 if current else 500
        width = text_width(name, 13, weight) + 28
        if current:
            ground = QRectF(left - 5, box.center().y() - 15, width + 18, 30)
            draw_box(painter, ground, fill="soft", edge="softline", radius=15)
        self._paint_mark(painter, QPointF(left + 10, box.center().y()), number)
        words = QRectF(left + 27, box.top(), width, box.height())
        tone = "accent" if current else "text" if done else "muted"
        draw_text(painter, words, name, weight=weight, tone=tone, elide=False)
        return left + width + (12 if current else 0)

    def _paint_mark(self, painter: QPainter, middle: QPointF, number: int) -> None:
        spot = QRectF(middle.x() - 9.5, middle.y() - 9.5, 19, 19)
        if number < self._step:
            draw_box(painter, spot, fill="accent", radius=9.5)
            painter.drawPixmap(
                round(middle.x() - 6), round(middle.y() - 6), icon_pixmap("check", "on", size=12)
            )
            return
        current = number == self._step
        draw_box(
            painter,
            spot,
            fill="accent" if current else None,
            edge="accent" if current else "field",
            radius=9.5,
        )
        painter.setPen(Qt.PenStyle.NoPen)
        tone = "on" if current else "muted"
        draw_text(painter, spot, str(number + 1), size=11, weight=600, tone=tone, align=CENTER)
