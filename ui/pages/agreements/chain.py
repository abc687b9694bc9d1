"""The chain of renewals, left to right, with addenda below and the missing next one drawn too."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, Qt
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from bpjsdesk.domain.agreements import AgreementListItem
from ui.i18n import _
from ui.pages.agreements.words import LIVE, brief, period_words, short_pill, year_words
from ui.paint import RIGHT, PaintedWidget, draw_box, draw_text, text_width
from ui.theme import color, px
from ui.widgets.buttons import Button
from ui.widgets.layout import clear_layout, column, row
from ui.widgets.text import IconMark

_MOST_SHOWN = 4
_ADDENDUM_MARK = "addendum"


class ChainView(QWidget):
    """Show the agreements that renew each other.

    Signals: chosen(int) with the id of a box that was pressed.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._line = row(gap=0)
        self._below = column(gap=2)
        self.setLayout(column(self._line, self._below, gap=4))

    def set_chain(self, chain: Sequence[AgreementListItem], current_id: int) -> None:
        """Show the chain, oldest first; `current_id` is framed."""
        clear_layout(self._line)
        clear_layout(self._below)
        main = [item for item in chain if not _is_addendum(item)]
        shown = _window(main, current_id)
        for place, item in enumerate(shown):
            if place:
                self._line.addWidget(_Arrow())
            box = ChainBox(item, is_current=item.agreement_id == current_id)
            box.clicked.connect(self._on_box_clicked)
            self._line.addWidget(box, 1)
        if shown and shown[-1] is main[-1] and main[-1].status in LIVE:
            self._line.addWidget(_Arrow())
            self._line.addWidget(_NextBox(), 1)
        self.setVisible(self._line.count() > 1 or len(chain) > 1)
        self._show_addenda([item for item in chain if _is_addendum(item)], current_id)

    def _show_addenda(self, addenda: Sequence[AgreementListItem], current_id: int) -> None:
        for item in addenda:
            button = Button(f"{item.title} · {short_pill(item)[0]}", kind="ghost", small=True)
            button.setProperty("agreement", item.agreement_id)
            button.setEnabled(item.agreement_id != current_id)
            button.clicked.connect(self._on_addendum_clicked)
            mark = IconMark("chevron-right", "muted", size=14)
            self._below.addLayout(row(14, mark, button, None, gap=4))

    def _on_box_clicked(self) -> None:
        box = self.sender()
        if isinstance(box, ChainBox):
            self.chosen.emit(box.item.agreement_id)

    def _on_addendum_clicked(self) -> None:
        self.chosen.emit(int(self.sender().property("agreement")))


class ChainBox(QAbstractButton):
    """One agreement of the chain: year, number, period, state."""

    def __init__(self, item: AgreementListItem, *, is_current: bool) -> None:
        super().__init__()
        self.item, self._is_current = item, is_current
        self.setFixedHeight(px(56))
        self.setMinimumWidth(px(100))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        years = year_words(item.valid_from, item.valid_to)
        self.setAccessibleName(f"{years}, {item.title}, {short_pill(item)[0]}")
        self.setToolTip("\n".join((item.title, *item.numbers)))

    def sizeHint(self) -> QSize:
        return QSize(px(180), px(56))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        framed = self._is_current or self.hasFocus() or self.underMouse()
        draw_box(
            painter,
            box,
            fill="soft" if self._is_current else "surface",
            edge="accent" if framed else "line2",
            radius=6,
            width=2 if self.hasFocus() else 1,
        )
        self._paint_words(painter, box.adjusted(10, 4, -10, -3))

    def _paint_words(self, painter: QPainter, inside: QRectF) -> None:
        item = self.item
        height = inside.height() / 3
        lines = [
            QRectF(inside.left(), inside.top() + step * height, inside.width(), height)
            for step in range(3)
        ]
        years = _years(item)
        year_tone = "accent" if self._is_current else "text"
        draw_text(painter, lines[0], years, weight=600, tone=year_tone)
        number = item.numbers[-1] if item.numbers else _("nomor belum ada")
        room = lines[0].adjusted(text_width(years, 13, 600) + 10, 0, 0, 0)
        draw_text(painter, room, number, size=12, tone="muted", align=RIGHT)
        draw_text(painter, lines[1], _period(item), size=12)
        _paint_state(painter, lines[2], *short_pill(item))


class _NextBox(PaintedWidget):
    """The renewal that is still missing."""

    def __init__(self) -> None:
        super().__init__(height=px(56))
        self.setMinimumWidth(px(100))
        self.setAccessibleName(_("Perpanjangan berikutnya belum dibuat"))

    def paint(self, painter: QPainter, box: QRectF) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(color("line2"), 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        inside = box.adjusted(10, 4, -10, -3)
        half = inside.height() / 2
        top = QRectF(inside.left(), inside.top(), inside.width(), half)
        draw_text(painter, top, _("Berikutnya"), size=12, weight=500, tone="muted")
        below = QRectF(inside.left(), inside.top() + half, inside.width(), half)
        draw_text(painter, below, _("belum dibuat · Ctrl+R"), size=12, tone="muted")


class _Arrow(PaintedWidget):
    def __init__(self) -> None:
        super().__init__(width=26, height=px(56))

    def paint(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(QPen(color("field"), 1.2))
        middle, tip = box.center().y(), box.right() - 3
        painter.drawLine(QPointF(box.left() + 2, middle), QPointF(tip, middle))
        painter.drawLine(QPointF(tip - 6, middle - 5), QPointF(tip, middle))
        painter.drawLine(QPointF(tip - 6, middle + 5), QPointF(tip, middle))


def _paint_state(painter: QPainter, line: QRectF, word: str, tone: str) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(tone))
    painter.drawEllipse(QPointF(line.left() + 4, line.center().y()), 3.5, 3.5)
    draw_text(painter, line.adjusted(13, 0, 0, 0), word, size=12, weight=500, tone=tone)


def _period(item: AgreementListItem) -> str:
    first, last = item.valid_from, item.valid_to
    if first is None or last is None or first.year == last.year:
        return period_words(first, last)
    # two whole dates do not fit into a box; the years stand above
    return _("s.d. {day}").format(day=brief(last))


def _years(item: AgreementListItem) -> str:
    first, last = item.valid_from, item.valid_to
    if first is None or last is None or first.year == last.year:
        return year_words(first, last)
    return f"{first.year}–{last:%y}"


def _is_addendum(item: AgreementListItem) -> bool:
    return item.kind_name.casefold().startswith(_ADDENDUM_MARK)


def _window(items: list[AgreementListItem], current_id: int) -> list[AgreementListItem]:
    """Keep the newest few, and always the current one."""
    place = next((i for i, item in enumerate(items) if item.agreement_id == current_id), 0)
    first = min(max(0, len(items) - _MOST_SHOWN), place)
    return items[first : first + _MOST_SHOWN]
