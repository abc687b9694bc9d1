"""How a record table is painted: row by row for the grounds, column by column for the words.

Qt's own way asks the model and a delegate for every cell, which takes Python several times as
long as the drawing itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QItemSelectionRange, QModelIndex, QPointF, QRect, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QTableView

from ui.paint import (
    LEFT,
    RIGHT,
    RowState,
    draw_focus,
    draw_lines,
    draw_pill,
    draw_row_ground,
    pill_width,
    text_width,
)
from ui.table import Column, RecordTableModel
from ui.theme import color

_ASIDE = 8
_BOLD = 600


class _Row(NamedTuple):
    """A row on the screen; `record` is None while it is being read."""

    number: int
    top: int
    height: int
    record: Any
    is_total: bool


class _Place(NamedTuple):
    """A column on the screen."""

    column: Column[Any]
    number: int
    left: int
    width: int


class TablePainter:
    """Paint the cells of a table as each `Column` says: row line, soft selection, no grid."""

    def __init__(
        self, table: QTableView, model: RecordTableModel[Any], *, totals_row: bool
    ) -> None:
        self._table, self._model, self._totals_row = table, model, totals_row

    def paint(self, painter: QPainter, area: QRect, hovered: int) -> None:
        """Paint what lies in `area` of the viewport; `hovered` is the row under the mouse."""
        rows, places = tuple(self._rows(area)), tuple(self._places())
        if not rows or not places:
            return
        self._paint_grounds(painter, rows, places, hovered)
        plain = [row for row in rows if not row.is_total]
        bold = [row for row in rows if row.is_total]
        for place in places:
            if place.left + place.width >= area.left() and place.left <= area.right():
                if plain:
                    _paint_column(painter, place, plain, place.column.weight)
                if bold:
                    _paint_column(painter, place, bold, _BOLD)

    def column_width(self, number: int) -> int:
        """Give the width that shows the whole of every cell on the screen."""
        column = self._model.columns[number]
        rows = self._rows(self._table.viewport().rect())
        widths = (_cell_width(column, row.record) for row in rows if row.record is not None)
        return max(widths, default=0)

    def _rows(self, area: QRect) -> Iterator[_Row]:
        table = self._table
        first, last = table.rowAt(area.top()), table.rowAt(area.bottom())
        if first < 0:
            return
        if last < 0:
            last = self._model.rowCount() - 1
        total = self._model.rowCount() - 1 if self._totals_row else -1
        for number in range(first, last + 1):
            top, height = table.rowViewportPosition(number), table.rowHeight(number)
            yield _Row(number, top, height, self._model.record(number), number == total)

    def _places(self) -> Iterator[_Place]:
        table = self._table
        for number, column in enumerate(self._model.columns):
            if not table.isColumnHidden(number):
                left, width = table.columnViewportPosition(number), table.columnWidth(number)
                yield _Place(column, number, left, width)

    def _paint_grounds(
        self,
        painter: QPainter,
        rows: Sequence[_Row],
        places: Sequence[_Place],
        hovered: int,
    ) -> None:
        left = min(place.left for place in places)
        width = max(place.left + place.width for place in places) - left
        chosen = self._chosen(rows[0].number, rows[-1].number)
        in_use = self._table.hasFocus()
        for row in rows:
            box = QRectF(left, row.top, width, row.height)
            if row.is_total:
                painter.fillRect(box, color("alt"))
            state = RowState(
                selected=row.number in chosen, in_use=in_use, hovered=row.number == hovered
            )
            draw_row_ground(painter, box, state)
        for place in places:
            if place.column.ground is not None:
                _paint_tints(painter, place, rows)
        if in_use:
            self._paint_focus(painter)

    def _chosen(self, first: int, last: int) -> set[int]:
        found: set[int] = set()
        # the type description of PySide6 6.8 does not know that a selection is a list
        parts: Iterable[QItemSelectionRange] = self._table.selectionModel().selection()  # type: ignore[assignment]
        for part in parts:
            found.update(range(max(first, part.top()), min(last, part.bottom()) + 1))
        return found

    def _paint_focus(self, painter: QPainter) -> None:
        current: QModelIndex = self._table.currentIndex()
        if current.isValid():
            draw_focus(painter, QRectF(self._table.visualRect(current)))


def _paint_tints(painter: QPainter, place: _Place, rows: Sequence[_Row]) -> None:
    ground = place.column.ground
    for row in rows:
        tone = ground(row.record) if ground is not None and row.record is not None else None
        if tone:
            box = QRectF(place.left, row.top, place.width - 1, row.height - 1)
            painter.fillRect(box, color(f"{tone}_bg"))
            painter.fillRect(QRectF(box.x(), box.y(), 2, box.height()), color(tone))


def _paint_column(painter: QPainter, place: _Place, rows: Sequence[_Row], weight: int) -> None:
    column, align = place.column, RIGHT if place.column.right else LEFT
    inside = QRectF(place.left + _ASIDE, 0, place.width - 2 * _ASIDE, rows[0].height - 1)
    read = [row for row in rows if row.record is not None]
    if len(read) < len(rows):
        unread = [(row.top, "…", "muted") for row in rows if row.record is None]
        draw_lines(painter, inside, unread, align=align)
    if column.pill is not None:
        _paint_pills(painter, place, read)
    elif column.second is None:
        draw_lines(painter, inside, _first_lines(column, read), weight=weight, align=align)
    else:
        second = {row.number: column.second(row.record) for row in read}
        alone = [row for row in read if not second[row.number]]
        draw_lines(painter, inside, _first_lines(column, alone), weight=weight, align=align)
        both = [row for row in read if second[row.number]]
        half = inside.height() / 2
        upper = QRectF(inside.x(), 3, inside.width(), half - 1)
        lower = QRectF(inside.x(), half - 1, inside.width(), half - 3)
        draw_lines(painter, upper, _first_lines(column, both), weight=weight, align=align)
        below = [(row.top, second[row.number], "muted") for row in both]
        draw_lines(painter, lower, below, size=12, align=align)


def _first_lines(column: Column[Any], rows: Sequence[_Row]) -> list[tuple[float, str, str]]:
    text, tone = column.text, column.tone
    if tone is None:
        return [(row.top, text(row.record), "text") for row in rows]
    return [(row.top, text(row.record), tone(row.record)) for row in rows]


def _paint_pills(painter: QPainter, place: _Place, rows: Sequence[_Row]) -> None:
    pill = place.column.pill
    for row in rows:
        word, tone = pill(row.record) if pill is not None else ("", "")
        if word:
            middle = row.top + (row.height - 1) / 2 + 0.5
            draw_pill(painter, QPointF(place.left + _ASIDE - 1, middle), word, tone)


def _cell_width(column: Column[Any], record: Any) -> int:
    if column.pill is not None:
        return pill_width(column.pill(record)[0]) + 18
    return text_width(column.text(record), 13, column.weight) + 20
