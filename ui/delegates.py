"""How cells and list rows are painted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.paint import LEFT, RIGHT, draw_pill, draw_text, pill_width, text_width
from ui.table import Column, RecordTableModel
from ui.theme import color, px

_TWO = 2
_SELECTED = QStyle.StateFlag.State_Selected.value
_ACTIVE = QStyle.StateFlag.State_Active.value
_MOUSE_OVER = QStyle.StateFlag.State_MouseOver.value
_HAS_FOCUS = QStyle.StateFlag.State_HasFocus.value
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """What one row of a record list says; `pill` is (word, tone), `hit` the text to mark."""

    title: str
    subtitle: str = ""
    right: str = ""
    pill: tuple[str, str] | None = None
    hit: str = ""


class CellDelegate(QStyledItemDelegate):
    """Paint a cell as its `Column` says: row line, soft selection with a bar, no grid."""

    def __init__(
        self, model: RecordTableModel[Any], parent: QWidget, *, totals_row: bool = False
    ) -> None:
        super().__init__(parent)
        self._model, self._totals_row = model, totals_row

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row, place = index.row(), index.column()
        column, record = self._model.columns[place], self._model.record(row)
        box, state = QRectF(_rect(option)), _state(option)
        is_total = self._totals_row and row == self._model.rowCount() - 1
        if is_total:
            painter.fillRect(box, color("alt"))
        paint_row_ground(painter, box, state, first=place == 0)
        if record is not None and column.ground is not None:
            _paint_ground(painter, box, column.ground(record))
        if state & _HAS_FOCUS:
            _paint_focus(painter, box)
        inside = box.adjusted(8, 0, -8, -1)
        if record is None:
            draw_text(painter, inside, "…", tone="muted", align=_side(column))
        else:
            _paint_words(painter, inside, column, record, bold=is_total)

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        column, record = self._model.columns[index.column()], self._model.record(index.row())
        if record is None:
            return QSize(px(column.width or 80), px(30))
        if column.pill is not None:
            return QSize(pill_width(column.pill(record)[0]) + 18, px(30))
        return QSize(text_width(column.text(record), 13, column.weight) + 20, px(30))


class ListRowDelegate(QStyledItemDelegate):
    """Paint a record as two or three lines; `describe` gives what they say."""

    def __init__(
        self,
        model: RecordTableModel[Any],
        describe: Callable[[Any], ListRow],
        parent: QWidget,
        *,
        lines: int,
    ) -> None:
        super().__init__(parent)
        self._model, self._describe = model, describe
        self._lines = lines

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box = QRectF(_rect(option))
        paint_row_ground(painter, box, _state(option), first=True)
        record = self._model.record(index.row())
        inside = box.adjusted(10, 0, -10, -1)
        if record is None:
            draw_text(painter, inside, "…", tone="muted")
        elif self._lines == _TWO:
            _paint_two_lines(painter, inside, self._describe(record))
        else:
            _paint_three_lines(painter, inside, self._describe(record))

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, px(43 if self._lines == _TWO else 72))


def paint_row_ground(painter: QPainter, box: QRectF, state: int, *, first: bool) -> None:
    """Paint selection, hover and the row line; the bar only in the first column."""
    if state & _SELECTED:
        focused = state & _ACTIVE
        painter.fillRect(box, color("soft" if focused else "grey_bg"))
        if first:
            bar = QRectF(box.x(), box.y(), 3, box.height())
            painter.fillRect(bar, color("accent" if focused else "field"))
    elif state & _MOUSE_OVER:
        painter.fillRect(box, color("alt"))
    painter.fillRect(QRectF(box.x(), box.bottom() - 1, box.width(), 1), color("line"))


def _paint_ground(painter: QPainter, box: QRectF, tone: str | None) -> None:
    if tone:
        painter.fillRect(box.adjusted(0, 0, -1, -1), color(f"{tone}_bg"))
        painter.fillRect(QRectF(box.x(), box.y(), 2, box.height() - 1), color(tone))


def _paint_focus(painter: QPainter, box: QRectF) -> None:
    painter.setPen(color("accent"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(0.5, 0.5, -1.5, -1.5))


def _paint_words(
    painter: QPainter, box: QRectF, column: Column[Any], record: Any, *, bold: bool
) -> None:
    if column.pill is not None:
        word, tone = column.pill(record)
        if word:
            draw_pill(painter, QPointF(box.x() - 1, box.center().y() + 0.5), word, tone)
        return
    tone = column.tone(record) if column.tone else "text"
    weight = 600 if bold else column.weight
    words, align = column.text(record), _side(column)
    if column.second is None:
        draw_text(painter, box, words, weight=weight, tone=tone, align=align)
        return
    half = box.height() / 2
    upper = QRectF(box.x(), box.y() + 3, box.width(), half - 1)
    lower = QRectF(box.x(), box.y() + half - 1, box.width(), half - 3)
    draw_text(painter, upper, words, weight=weight, tone=tone, align=align)
    draw_text(painter, lower, column.second(record), size=12, tone="muted", align=align)


def _paint_two_lines(painter: QPainter, box: QRectF, row: ListRow) -> None:
    taken = 0.0
    if row.pill is not None:
        taken = pill_width(row.pill[0]) + 8
        draw_pill(painter, QPointF(box.right() - taken + 8, box.center().y()), *row.pill)
    elif row.right:
        taken = text_width(row.right, 12) + 8
        draw_text(painter, box, row.right, size=12, tone="muted", align=RIGHT, elide=False)
    line = px(17)
    top = box.center().y() - line
    upper = QRectF(box.x(), top, box.width() - taken, line)
    _paint_hit(painter, upper, row)
    draw_text(painter, upper, row.title, weight=500)
    lower = QRectF(box.x(), top + line, box.width() - taken, line)
    draw_text(painter, lower, row.subtitle, size=12, tone="muted")


def _paint_three_lines(painter: QPainter, box: QRectF, row: ListRow) -> None:
    line = px(18)
    top = box.center().y() - px(28)
    upper = QRectF(box.x(), top, box.width(), line)
    _paint_hit(painter, upper, row)
    draw_text(painter, upper, row.title, weight=600)
    draw_text(painter, upper.translated(0, line - 1), row.subtitle, size=12, tone="muted")
    foot = QRectF(box.x(), top + 2 * line + 1, box.width(), px(20))
    if row.pill is not None:
        draw_pill(painter, QPointF(foot.x() - 1, foot.center().y()), *row.pill)
    draw_text(painter, foot, row.right, size=12, tone="muted", align=RIGHT, elide=False)


def _paint_hit(painter: QPainter, box: QRectF, row: ListRow) -> None:
    place = row.title.casefold().find(row.hit.casefold()) if row.hit else -1
    if place < 0:
        return
    before = text_width(row.title[:place], 13, 500) - 1
    width = text_width(row.title[place : place + len(row.hit)], 13, 500)
    mark = QRectF(box.x() + before, box.y(), width, box.height())
    if mark.right() <= box.right():
        painter.fillRect(mark, color("warn_bg"))


def _side(column: Column[Any]) -> Qt.AlignmentFlag:
    return RIGHT if column.right else LEFT


def _rect(option: QStyleOptionViewItem) -> QRect:
    # the type description of PySide6 6.8 leaves out the public fields of style options
    rect: QRect = option.rect  # type: ignore[attr-defined]
    return rect


def _state(option: QStyleOptionViewItem) -> int:
    # as a number, because Python's flags take longer to compare than a cell takes to paint
    state: int = option.state.value  # type: ignore[attr-defined]  # as in _rect
    return state
