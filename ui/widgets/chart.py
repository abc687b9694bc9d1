"""The bar chart of the window, with its table as the alternative in words."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStackedWidget, QToolTip, QWidget

from bpjsdesk.domain.chart import ChartSpec, axis_steps
from bpjsdesk.domain.wording import format_count
from ui.i18n import _
from ui.paint import CENTER, RIGHT, PaintedWidget, draw_text
from ui.table import Column, RecordTableModel
from ui.table_view import RecordTable
from ui.theme import color, px
from ui.widgets.buttons import Button
from ui.widgets.layout import Card, boxed, row
from ui.widgets.meter import Legend
from ui.widgets.text import ElidedLine, caption

_TONES = ("d1", "d2", "d3", "d4")
_AXIS_WIDTH = 48
_WIDEST_BAR = 30


class BarChart(PaintedWidget):
    """Stacked bars over categories, first series at the bottom."""

    def __init__(self, spec: ChartSpec | None = None) -> None:
        super().__init__()
        self._spec = spec
        self.setMinimumHeight(px(150))
        self.setMouseTracking(True)

    def set_spec(self, spec: ChartSpec) -> None:
        self._spec = spec
        lines = [
            f"{name}: {format_count(total)}"
            for name, total in zip(spec.categories, spec.totals(), strict=True)
        ]
        self.setAccessibleName(spec.title)
        self.setAccessibleDescription("; ".join(lines))
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        spec = self._spec
        plot = self._plot()
        if spec is None or not spec.categories or event.position().x() < plot.left():
            return
        slot = plot.width() / len(spec.categories)
        place = min(int((event.position().x() - plot.left()) / slot), len(spec.categories) - 1)
        lines = [spec.categories[place]]
        lines += [f"{series.name}: {format_count(series.values[place])}" for series in spec.series]
        QToolTip.showText(event.globalPosition().toPoint(), "\n".join(lines), self)

    def paint(self, painter: QPainter, _box: QRectF) -> None:
        spec = self._spec
        if spec is None or not spec.categories:
            return
        highest = max((*spec.totals(), spec.target or 0))
        steps = axis_steps(-(-highest // spec.scale))
        plot = self._plot()
        _paint_axis(painter, plot, steps)
        per_px = plot.height() / (steps[-1] * spec.scale)
        for place in range(len(spec.categories)):
            _paint_bar(painter, plot, per_px, spec=spec, place=place)
        if spec.target:
            _paint_target(painter, plot, per_px, spec)

    def _plot(self) -> QRectF:
        return QRectF(self.rect()).adjusted(px(_AXIS_WIDTH), 10, 0, -px(22))


class ChartCard(Card):
    """A chart in its card with title, legend and "Lihat tabel"."""

    def __init__(self) -> None:
        self._title = ElidedLine(size=14, weight=600)
        self._legend = Legend()
        self._swap = Button(_("Lihat tabel"), kind="ghost", small=True)
        self._swap.setCheckable(True)
        self._chart = BarChart()
        self._model: RecordTableModel[tuple[str, ...]] = RecordTableModel(())
        self._stack = QStackedWidget()
        self._stack.addWidget(self._chart)
        self._note = caption("")
        head = row((self._title, 1), self._swap)
        self._below = boxed(row((self._legend, 1), self._note))
        super().__init__(head, self._below, (self._stack, 1), gap=4, margins=(16, 12, 14, 10))
        self._swap.toggled.connect(self._on_swap_toggled)

    def set_spec(self, spec: ChartSpec) -> None:
        self._title.set_text(f"{spec.title} ({spec.unit})")
        self._note.setText(spec.note)
        self._below.setVisible(bool(spec.note) or len(spec.series) > 1)
        named = [(_TONES[i % 4], series.name) for i, series in enumerate(spec.series)]
        self._legend.set_entries(*(named if len(named) > 1 else ()))
        self._chart.set_spec(spec)
        old = self._stack.widget(1)
        if old is not None:
            self._stack.removeWidget(old)
            old.deleteLater()
        self._stack.addWidget(_table_of(spec, self))
        self._stack.setCurrentIndex(int(self._swap.isChecked()))

    def _on_swap_toggled(self, as_table: bool) -> None:
        self._stack.setCurrentIndex(int(as_table))
        self._swap.setText(_("Lihat grafik") if as_table else _("Lihat tabel"))


def _table_of(spec: ChartSpec, parent: QWidget) -> RecordTable:
    heads = [series.name for series in spec.series]
    columns = [Column[tuple[str, ...]](key="0", title="", text=_cell(0), weight=500)]
    for place, name in enumerate([*heads, _("Jumlah")] if len(heads) > 1 else heads, start=1):
        columns.append(Column(key=str(place), title=name, text=_cell(place), right=True, width=150))
    rows = []
    for place, category in enumerate(spec.categories):
        values = [series.values[place] for series in spec.series]
        if len(values) > 1:
            values.append(sum(values))
        rows.append((category, *(format_count(value) for value in values)))
    model: RecordTableModel[tuple[str, ...]] = RecordTableModel(columns, parent)
    model.set_rows(rows)
    return RecordTable(model, spec.title, sortable=False, row_height=28)


def _cell(place: int) -> Callable[[tuple[str, ...]], str]:
    def text(row: tuple[str, ...]) -> str:
        return row[place]

    return text


def _paint_axis(painter: QPainter, plot: QRectF, steps: tuple[int, ...]) -> None:
    for step in steps:
        y = plot.bottom() - plot.height() * step / steps[-1]
        painter.fillRect(QRectF(plot.left(), y, plot.width(), 1), color("line"))
        words = QRectF(0, y - px(8), plot.left() - 8, px(16))
        draw_text(painter, words, format_count(step), size=11, tone="muted", align=RIGHT)


def _paint_bar(
    painter: QPainter, plot: QRectF, per_px: float, *, spec: ChartSpec, place: int
) -> None:
    slot = plot.width() / len(spec.categories)
    width = min(_WIDEST_BAR, slot * 0.58)
    left = plot.left() + slot * place + (slot - width) / 2
    bottom = plot.bottom()
    painter.setPen(Qt.PenStyle.NoPen)
    for number, series in enumerate(spec.series):
        height = series.values[place] * per_px
        quiet = len(spec.series) == 1 and spec.highlighted not in (None, place)
        painter.setBrush(color("d2" if quiet else _TONES[number % 4]))
        part = QRectF(left, bottom - height, width, height)
        if number == len(spec.series) - 1:
            _paint_round_top(painter, part)
        else:
            painter.drawRect(part.adjusted(0, 1, 0, 0))
        bottom -= height
    stressed = spec.highlighted == place
    words = QRectF(plot.left() + slot * place, plot.bottom() + 5, slot, px(16))
    draw_text(
        painter,
        words,
        spec.categories[place],
        size=11,
        weight=600 if stressed else 400,
        tone="text" if stressed else "muted",
        align=CENTER,
    )


def _paint_round_top(painter: QPainter, part: QRectF) -> None:
    outline = QPainterPath()
    outline.addRoundedRect(part.adjusted(0, 0, 0, 4), 3, 3)
    painter.save()
    painter.setClipRect(part)
    painter.drawPath(outline)
    painter.restore()


def _paint_target(painter: QPainter, plot: QRectF, per_px: float, spec: ChartSpec) -> None:
    y = plot.bottom() - (spec.target or 0) * per_px
    painter.setPen(QPen(color("warn"), 1.4, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
    words = QRectF(plot.left() + 6, y - px(17), plot.width(), px(15))
    draw_text(painter, words, spec.target_label, size=11, weight=500, tone="warn")
