"""The table and the record list as pages use them."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QHoverEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QHeaderView,
    QListView,
    QStyle,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.delegates import ListRow, ListRowDelegate
from ui.i18n import _
from ui.table import RECORD_ROLE, Column, RecordTableModel
from ui.table_paint import TablePainter
from ui.theme import font, px


class RecordTable(QTableView):
    """A table of records: no grid, soft selection, Ctrl+C, Tab leaves it.

    Signals: record_chosen(record) when the current row changes, record_opened(record) on
    Enter or double click.
    """

    record_chosen = Signal(object)
    record_opened = Signal(object)

    def __init__(
        self,
        model: RecordTableModel[Any],
        name: str,
        *,
        row_height: int = 31,
        sortable: bool = True,
        totals_row: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._row_height = row_height
        self.setAccessibleName(name)
        self.setModel(model)
        self._painter = TablePainter(self, model, totals_row=totals_row)
        self._hovered = -1
        self._set_behaviour()
        self._set_heads(sortable=sortable)
        self._add_copy()
        self.doubleClicked.connect(self._on_double_clicked)
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)

    @property
    def current_record(self) -> Any:
        index = self.currentIndex()
        return index.data(RECORD_ROLE) if index.isValid() else None

    def selected_records(self) -> list[Any]:
        """Give the selected records from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        found = [self.model().index(row, 0).data(RECORD_ROLE) for row in rows]
        return [record for record in found if record is not None]

    def choose(self, matches: Callable[[Any], bool]) -> bool:
        """Make the first matching record current; False when it is not in the list."""
        return _choose(self, matches)

    def reload(self, rows: Sequence[Any], *, key: Callable[[Any], Any]) -> None:
        """Replace frozen rows, keeping the current record and the scroll position."""
        _reload(self, rows, key)

    def fit_height(self) -> None:
        """Make the table exactly as high as its rows, for a short table inside a card."""
        head = 0 if self.horizontalHeader().isHidden() else px(28)
        self.setFixedHeight(px(self._row_height) * self.model().rowCount() + head + 2)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open_current()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        _select_first(self)

    def viewportEvent(self, event: QEvent) -> bool:
        if isinstance(event, QHoverEvent):
            left = event.type() == QEvent.Type.HoverLeave
            self._light_row(-1 if left else self.rowAt(round(event.position().y())))
        return super().viewportEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self._painter.paint(painter, event.rect(), self._hovered)

    def sizeHintForColumn(self, column: int) -> int:
        return self._painter.column_width(column)

    def copy_selection(self) -> None:
        """Put the selected rows on the clipboard as text that a spreadsheet understands."""
        model = _model_of(self)
        lines = [
            "\t".join(column.text(record) or _pill_word(column, record) for column in model.columns)
            for record in self.selected_records()
        ]
        QApplication.clipboard().setText("\n".join(lines))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_width()

    def set_column_hidden(self, key: str, hidden: bool) -> None:
        model = _model_of(self)
        for number, column in enumerate(model.columns):
            if column.key == key and self.isColumnHidden(number) != hidden:
                self.setColumnHidden(number, hidden)
                self._share_width()

    def _set_behaviour(self) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.setCornerButtonEnabled(False)

    def _set_heads(self, *, sortable: bool) -> None:
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setMinimumSectionSize(18)
        side.setDefaultSectionSize(px(self._row_height))
        head = self.horizontalHeader()
        head.setFont(font(12, 500))
        head.setHighlightSections(False)
        head.setMinimumSectionSize(24)
        head.setFixedHeight(px(28))
        head.setSectionsClickable(sortable)
        head.setSortIndicatorShown(sortable)
        head.setSortIndicatorClearable(True)
        head.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(sortable)
        self._share_width()

    def _share_width(self) -> None:
        # fixed columns keep what their figures need, the rest is shared by the others
        model = _model_of(self)
        free = self.viewport().width()
        elastic = []
        for number, column in enumerate(model.columns):
            if self.isColumnHidden(number):
                continue
            if column.width:
                self.setColumnWidth(number, px(column.width))
                free -= px(column.width)
            else:
                elastic.append(number)
        for place, number in enumerate(elastic):
            share = max(px(90), free // (len(elastic) - place))
            self.setColumnWidth(number, share)
            free -= share

    def _light_row(self, row: int) -> None:
        for changed in {self._hovered, row} if row != self._hovered else ():
            top, height = self.rowViewportPosition(changed), self.rowHeight(changed)
            self.viewport().update(0, top, self.viewport().width(), height)
        self._hovered = row

    def _add_copy(self) -> None:
        copy = QAction(_("Salin sebagai teks"), self)
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy_selection)
        self.addAction(copy)

    def _open_current(self) -> None:
        record = self.current_record
        if record is not None:
            self.record_opened.emit(record)

    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self._open_current()

    def _on_current_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        record = current.data(RECORD_ROLE) if current.isValid() else None
        if record is not None:
            self.record_chosen.emit(record)


class RecordList(QListView):
    """A list of records in two or three lines, for the left side of list and detail.

    Signals: record_chosen(record), record_opened(record) as in `RecordTable`.
    """

    record_chosen = Signal(object)
    record_opened = Signal(object)

    def __init__(
        self,
        model: RecordTableModel[Any],
        name: str,
        describe: Callable[[Any], ListRow],
        *,
        lines: int = 3,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setModel(model)
        self.setItemDelegate(ListRowDelegate(model, describe, self, lines=lines))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self._on_double_clicked)
        self.selectionModel().currentRowChanged.connect(self._on_current_row_changed)

    @property
    def current_record(self) -> Any:
        index = self.currentIndex()
        return index.data(RECORD_ROLE) if index.isValid() else None

    def choose(self, matches: Callable[[Any], bool]) -> bool:
        """Make the first matching record current; False when it is not in the list."""
        return _choose(self, matches)

    def choose_row(self, row: int) -> None:
        _choose_row(self, row)

    def reload(self, rows: Sequence[Any], *, key: Callable[[Any], Any]) -> None:
        """Replace frozen rows, keeping the current record and the scroll position."""
        _reload(self, rows, key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open_current()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        _select_first(self)

    def initViewItemOption(self, option: QStyleOptionViewItem) -> None:
        super().initViewItemOption(option)
        _mark_focus(self, option)

    def _open_current(self) -> None:
        record = self.current_record
        if record is not None:
            self.record_opened.emit(record)

    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self._open_current()

    def _on_current_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        record = current.data(RECORD_ROLE) if current.isValid() else None
        if record is not None:
            self.record_chosen.emit(record)


def _model_of(view: QAbstractItemView) -> RecordTableModel[Any]:
    model: QAbstractItemModel = view.model()
    if not isinstance(model, RecordTableModel):
        raise TypeError(f"{type(model).__name__} is no RecordTableModel")
    return model


def _choose(view: QAbstractItemView, matches: Callable[[Any], bool]) -> bool:
    row = _model_of(view).find_row(matches)
    if row >= 0:
        _choose_row(view, row)
    return row >= 0


def _choose_row(view: QAbstractItemView, row: int) -> None:
    index = view.model().index(row, 0)
    flags = (
        QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    )
    view.selectionModel().setCurrentIndex(index, flags)
    view.scrollTo(index)


def _reload(view: QAbstractItemView, rows: Sequence[Any], key: Callable[[Any], Any]) -> None:
    index = view.currentIndex()
    before = index.data(RECORD_ROLE) if index.isValid() else None
    place = view.verticalScrollBar().value()
    model = _model_of(view)
    model.set_rows(rows)
    if isinstance(view, QTableView) and view.isSortingEnabled():
        head = view.horizontalHeader()
        model.sort(head.sortIndicatorSection(), head.sortIndicatorOrder())
    if before is not None:
        wanted = key(before)
        row = model.find_row(lambda record: bool(key(record) == wanted))
        if row >= 0:
            _choose_row(view, row)
    view.verticalScrollBar().setValue(place)


def _select_first(view: QAbstractItemView) -> None:
    if not view.currentIndex().isValid() and view.model().rowCount():
        _choose_row(view, 0)


def _mark_focus(view: QAbstractItemView, option: QStyleOptionViewItem) -> None:
    # selection is strong only while the list itself has the focus, not merely its window
    if not view.hasFocus():
        option.state &= ~QStyle.StateFlag.State_Active  # type: ignore[attr-defined]  # left out of PySide6 6.8's types


def _pill_word(column: Column[Any], record: Any) -> str:
    return column.pill(record)[0] if column.pill else ""
