"""The coverage strip: one row a year, a square for each contribution month."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen

from bpjsdesk.domain.period import first_of_month
from bpjsdesk.domain.wording import MONTH_NAMES, format_month
from ui.i18n import _
from ui.pages.people.words import Coverage
from ui.paint import CENTER, PaintedWidget, draw_box, draw_text
from ui.theme import color, px

_SQUARE, _PITCH, _LABEL = 19, 23, 42
_MONTHS = 12
_MOST_YEARS = 5


class CoverageStrip(PaintedWidget):
    """Filled is covered, crossed was paid after the end, grey is not, an empty one lies ahead.

    Today's month is framed.
    """

    def __init__(self) -> None:
        super().__init__(width=px(_LABEL + _MONTHS * _PITCH + 56), height=px(_PITCH))
        self._coverage = Coverage(months=frozenset(), today=date.min)
        self._after_end: frozenset[date] = frozenset()

    @property
    def years(self) -> tuple[int, ...]:
        """The years that are drawn: the last five."""
        return self._coverage.years[-_MOST_YEARS:]

    def set_coverage(self, coverage: Coverage, *, after_end: Iterable[date] = ()) -> None:
        """Show paid months; those of `after_end` were paid after the membership had ended."""
        self._coverage, self._after_end = coverage, frozenset(after_end)
        self.setFixedHeight(px(18 + len(self.years) * _PITCH))
        words = [
            _("{year}: {n} bulan").format(year=year, n=self._count(year)) for year in self.years
        ]
        self.setAccessibleName(_("Pita kepesertaan"))
        self.setAccessibleDescription("; ".join(words))
        covered = sorted(coverage.months)
        tip = f"{format_month(covered[0])} – {format_month(covered[-1])}" if covered else ""
        self.setToolTip(tip)
        self.update()

    def paint(self, painter: QPainter, _box: QRectF) -> None:
        for number, name in enumerate(MONTH_NAMES):
            head = QRectF(self._left(number), 0, px(_SQUARE), px(16))
            draw_text(painter, head, name[0], size=11, weight=500, tone="muted", align=CENTER)
        for line, year in enumerate(self.years):
            self._paint_year(painter, px(18 + line * _PITCH), year)

    def _paint_year(self, painter: QPainter, top: float, year: int) -> None:
        label = QRectF(0, top, px(_LABEL), px(_SQUARE))
        draw_text(painter, label, str(year), weight=500)
        for number in range(_MONTHS):
            square = QRectF(self._left(number), top, px(_SQUARE), px(_SQUARE))
            self._paint_month(painter, square, date(year, number + 1, 1))
        right = QRectF(self._left(_MONTHS) + 6, top, px(56), px(_SQUARE))
        words = _("{n} bln").format(n=self._count(year))
        draw_text(painter, right, words, size=12, tone="muted", elide=False)

    def _paint_month(self, painter: QPainter, square: QRectF, month: date) -> None:
        now = first_of_month(self._coverage.today)
        if month in self._after_end:
            draw_box(painter, square, fill="bad_bg", edge="bad", radius=4)
            painter.setPen(QPen(color("bad"), 1.4))
            inside = square.adjusted(5, 5, -5, -5)
            painter.drawLine(inside.topLeft(), inside.bottomRight())
            painter.drawLine(inside.topRight(), inside.bottomLeft())
        elif month in self._coverage.months:
            draw_box(painter, square, fill="d1" if month <= now else "d2", radius=4)
        elif month > now:
            inside = square.adjusted(0.5, 0.5, -0.5, -0.5)
            draw_box(painter, inside, edge="line2", radius=4)
        else:
            draw_box(painter, square, fill="track", radius=4)
        if month == now:
            painter.setPen(QPen(color("text"), 1.6))
            painter.setBrush(color("#00000000"))
            painter.drawRoundedRect(square.adjusted(-1.5, -1.5, 1.5, 1.5), 5, 5)

    def _left(self, number: int) -> float:
        return px(_LABEL + number * _PITCH)

    def _count(self, year: int) -> int:
        return sum(month.year == year for month in self._coverage.months)
