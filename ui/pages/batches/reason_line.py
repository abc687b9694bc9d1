"""One reason in a list of reasons: what is wrong, examples, and how often."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QMouseEvent, QPainter

from bpjsdesk.domain.wording import format_count
from ui.i18n import _
from ui.pages.batches.work_state import Reason
from ui.paint import RIGHT, PaintedWidget, draw_box, draw_text, text_width
from ui.theme import color, px

_LINE_PX = 44


class ReasonLine(PaintedWidget):
    """A reason that is not chosen.

    Signals: pressed(Reason).
    """

    pressed = Signal(object)

    def __init__(self) -> None:
        super().__init__(height=px(_LINE_PX))
        self._reason: Reason | None = None

    @property
    def example(self) -> str:
        """What it shows of the rows."""
        return self._reason.example if self._reason is not None else ""

    def show_reason(self, reason: Reason) -> None:
        self._reason = reason
        words = _("{title}, {n} baris").format(title=reason.title, n=format_count(reason.count))
        self.setAccessibleName(words)
        self.setToolTip(reason.advice)
        self.update()

    def paint(self, painter: QPainter, box: QRectF) -> None:
        reason = self._reason
        if reason is None:
            return
        line = px(18)
        top = box.center().y() - line
        dot = QRectF(13, top + line / 2 - 4, 8, 8)
        draw_box(painter, dot, fill=reason.tone, radius=4)
        count = format_count(reason.count)
        taken = text_width(count, 14, 600) + 12
        upper = QRectF(28, top, box.width() - 42, line)
        draw_text(
            painter, upper, count, size=14, weight=600, tone=reason.tone, align=RIGHT, elide=False
        )
        draw_text(painter, upper.adjusted(0, 0, -taken, 0), reason.title, weight=500)
        draw_text(painter, upper.translated(0, line - 1), reason.example, size=12, tone="muted")
        painter.fillRect(QRectF(10, box.bottom() - 1, box.width() - 20, 1), color("line"))

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        if self._reason is not None:
            self.pressed.emit(self._reason)
