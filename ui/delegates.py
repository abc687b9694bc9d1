"""How the rows of a record list are painted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.paint import (
    RIGHT,
    RowState,
    draw_pill,
    draw_row_ground,
    draw_text,
    pill_width,
    text_width,
)
from ui.table import RecordTableModel
from ui.theme import color, px

_TWO = 2
_SELECTED = QStyle.StateFlag.State_Selected.value
_ACTIVE = QStyle.StateFlag.State_Active.value
_MOUSE_OVER = QStyle.StateFlag.State_MouseOver.value
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """What one row of a record list says; `pill` is (word, tone), `hit` the text to mark."""

    title: str
    subtitle: str = ""
    right: str = ""
    pill: tuple[str, str] | None = None
    hit: str = ""


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
        draw_row_ground(painter, box, _state(option))
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


def _rect(option: QStyleOptionViewItem) -> QRect:
    # the type description of PySide6 6.8 leaves out the public fields of style options
    rect: QRect = option.rect  # type: ignore[attr-defined]
    return rect


def _state(option: QStyleOptionViewItem) -> RowState:
    # as a number, because Python's flags take longer to compare than a row takes to paint
    state: int = option.state.value  # type: ignore[attr-defined]  # as in _rect
    return RowState(
        selected=bool(state & _SELECTED),
        in_use=bool(state & _ACTIVE),
        hovered=bool(state & _MOUSE_OVER),
    )
