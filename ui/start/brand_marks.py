"""Icons and squares of the login window's dark side; they join its words after the first frame."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath

from ui.icons import icon_pixmap
from ui.paint import PaintedWidget, draw_box
from ui.start.brand import facts_top
from ui.theme import color, px

_PAID_SQUARES = 83
_ROWS, _COLUMNS = 9, 12


class BrandMarks(PaintedWidget):
    """Draw the shield, one icon for each fact, and the squares below them."""

    def __init__(self, icons: Sequence[str]) -> None:
        super().__init__(width=px(430))
        self._icons = tuple(icons)

    def paint(self, painter: QPainter, box: QRectF) -> None:
        draw_box(painter, QRectF(48, 64, 44, 44), fill="#FFFFFF22", radius=10)
        painter.drawPixmap(56, 72, icon_pixmap("shield-check", "#FFFFFF", size=28))
        top = facts_top()
        for name in self._icons:
            icon = icon_pixmap(name, "side_mut", size=20)
            painter.drawPixmap(48, top + px(19) - 10, icon)
            top += px(52)
        _paint_squares(painter, box, top + 36)


def _paint_squares(painter: QPainter, box: QRectF, top: float) -> None:
    # twelve squares a year, the program's own motif; left out where the window is low
    paid, ahead = QPainterPath(), QPainterPath()
    for place in range(_ROWS * _COLUMNS):
        down, across = divmod(place, _COLUMNS)
        y = top + down * 28
        if y + 20 < box.height() - 60:
            path = paid if place < _PAID_SQUARES else ahead
            path.addRoundedRect(QRectF(48 + across * 28, y, 20, 20), 4, 4)
    painter.fillPath(paid, color("#FFFFFF1C"))
    painter.fillPath(ahead, color("#FFFFFF0A"))
