"""The head of the import: its steps, done ones ticked, the present one on a soft ground."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from ui.i18n import _
from ui.icons import icon_pixmap
from ui.pages.batches.steps import FLOW_STEPS, FlowStep, step_names
from ui.paint import CENTER, PaintedWidget, draw_box, draw_text, text_width
from ui.theme import color, px

_GAP, _SHORTEST_GAP = 40, 12
_SIDE, _MARK, _GROUND = 16, 28, 12


class StepHead(PaintedWidget):
    """Show where a list stands; where room is short only the present step is named."""

    def __init__(self) -> None:
        super().__init__(height=px(46))
        self._names = step_names()
        self.set_step(FlowStep.CHOOSE)

    @property
    def step(self) -> FlowStep:
        return self._step

    def set_step(self, step: FlowStep) -> None:
        self._step = step
        words = _("Langkah {n} dari {all}: {name}")
        self.setAccessibleName(
            words.format(n=FLOW_STEPS.index(step) + 1, all=len(FLOW_STEPS), name=self._names[step])
        )
        self.update()

    def paint(self, painter: QPainter, box: QRectF) -> None:
        draw_box(painter, box.adjusted(0.5, 0.5, -0.5, -0.5), fill="surface", edge="line", radius=8)
        named = self._width(named=True) + 2 * _SIDE <= box.width()
        spare = box.width() - 2 * _SIDE - self._width(named=named, gap=0)
        gap = min(max(spare / (len(FLOW_STEPS) - 1), _SHORTEST_GAP), _GAP)
        left = box.left() + _SIDE
        for step in FLOW_STEPS:
            left = self._paint_step(painter, box, left, step, named=named)
            if step is not FLOW_STEPS[-1]:
                line = QRectF(left + gap / 4, box.center().y(), gap / 2, 1)
                painter.fillRect(line, color("line2"))
                left += gap

    def _width(self, *, named: bool, gap: int = _SHORTEST_GAP) -> float:
        steps = sum(self._step_width(step, named=named) for step in FLOW_STEPS)
        return steps + gap * (len(FLOW_STEPS) - 1)

    def _step_width(self, step: FlowStep, *, named: bool) -> float:
        current = step is self._step
        if not named and not current:
            return _MARK
        width = text_width(self._names[step], 13, 600 if current else 500) + _MARK
        return width + (_GROUND if current else 0)

    def _paint_step(
        self, painter: QPainter, box: QRectF, left: float, step: FlowStep, *, named: bool
    ) -> float:
        current, done = step is self._step, FLOW_STEPS.index(step) < FLOW_STEPS.index(self._step)
        width = self._step_width(step, named=named)
        if current:
            ground = QRectF(left - 5, box.center().y() - 15, width + 6, 30)
            draw_box(painter, ground, fill="soft", edge="softline", radius=15)
        self._paint_mark(painter, QPointF(left + 10, box.center().y()), step, done=done)
        if named or current:
            words = QRectF(left + 27, box.top(), width, box.height())
            tone = "accent" if current else "text" if done else "muted"
            weight = 600 if current else 500
            draw_text(painter, words, self._names[step], weight=weight, tone=tone, elide=False)
        return left + width

    def _paint_mark(
        self, painter: QPainter, middle: QPointF, step: FlowStep, *, done: bool
    ) -> None:
        spot = QRectF(middle.x() - 9.5, middle.y() - 9.5, 19, 19)
        if done:
            draw_box(painter, spot, fill="accent", radius=9.5)
            painter.drawPixmap(
                round(middle.x() - 6), round(middle.y() - 6), icon_pixmap("check", "on", size=12)
            )
            return
        current = step is self._step
        draw_box(
            painter,
            spot,
            fill="accent" if current else None,
            edge="accent" if current else "field",
            radius=9.5,
        )
        painter.setPen(Qt.PenStyle.NoPen)
        tone = "on" if current else "muted"
        number = str(FLOW_STEPS.index(step) + 1)
        draw_text(painter, spot, number, size=11, weight=600, tone=tone, align=CENTER)
