"""The dark left side of the login window."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QPainter, QPainterPath

from bpjsdesk import __version__
from ui.i18n import _
from ui.icons import icon_pixmap
from ui.paint import PaintedWidget, draw_box, draw_text
from ui.theme import color, px

_FACTS_TOP = 124.0
_PAID_SQUARES = 83
_ROWS, _COLUMNS = 9, 12


class BrandFact(NamedTuple):
    """One line about the office's file: icon, what, and the detail under it."""

    icon: str
    title: str
    detail: str


class BrandPanel(PaintedWidget):
    """Name the program, the office and the state of its file.

    The first frame has the words; icons and squares follow, so that nobody waits for them.
    """

    def __init__(self, office: str, facts: Sequence[BrandFact]) -> None:
        super().__init__(width=px(430))
        self._office, self._facts = office, tuple(facts)
        self._is_whole = False
        words = [f"{fact.title}: {fact.detail}" for fact in facts]
        self.setAccessibleName(". ".join(["BPJS Desk", office, *words]))

    def paint(self, painter: QPainter, box: QRectF) -> None:
        painter.fillRect(box, color("side"))
        width = box.width() - 96
        name = QRectF(48, 124, width, px(36))
        draw_text(painter, name, "BPJS Desk", size=26, weight=600, tone="#FFFFFF")
        office = QRectF(48, 124 + px(37), width, px(24))
        draw_text(painter, office, self._office, size=15, tone="side_text")
        top = _FACTS_TOP + px(98)
        for fact in self._facts:
            self._paint_fact(painter, top, width, fact)
            top += px(52)
        words = _("Versi {version} · bekerja tanpa internet").format(version=__version__)
        foot = QRectF(48, box.height() - 44, width, px(18))
        draw_text(painter, foot, words, size=12, tone="side_mut")
        if self._is_whole:
            self._paint_marks(painter)
            self._paint_squares(painter, box, top + 36)
        else:
            self._is_whole = True
            QTimer.singleShot(0, self.update)

    def _paint_marks(self, painter: QPainter) -> None:
        draw_box(painter, QRectF(48, 64, 44, 44), fill="#FFFFFF22", radius=10)
        painter.drawPixmap(56, 72, icon_pixmap("shield-check", "#FFFFFF", size=28))
        top = _FACTS_TOP + px(98)
        for fact in self._facts:
            icon = icon_pixmap(fact.icon, "side_mut", size=20)
            painter.drawPixmap(48, round(top + px(19) - 10), icon)
            top += px(52)

    def _paint_fact(self, painter: QPainter, top: float, width: float, fact: BrandFact) -> None:
        title = QRectF(82, top, width - 34, px(19))
        draw_text(painter, title, fact.title, weight=500, tone="#FFFFFF")
        detail = QRectF(82, top + px(18), width - 34, px(18))
        draw_text(painter, detail, fact.detail, size=12, tone="side_mut")

    def _paint_squares(self, painter: QPainter, box: QRectF, top: float) -> None:
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
