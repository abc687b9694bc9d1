"""The grid of a list in work: arrows move from cell to cell, F2 or typing changes one."""

from array import array
from collections.abc import Iterable

from PySide6.QtCore import QItemSelectionModel, QItemSelectionRange, QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from ui.i18n import _
from ui.pages.batches.own_keys import TYPING_KEYS, OwnKeys
from ui.pages.batches.work_columns import work_columns
from ui.pages.batches.work_rows import FIELDS, TEXT_FIELDS, RowMaker, WorkRow, WorkRows
from ui.table import Column, RecordTableModel
from ui.table_view import RecordTable
from ui.theme import font, px

_ROW_PX = 30
KEYS_OF_A_CELL = TYPING_KEYS | {Qt.Key.Key_F8, Qt.Key.Key_Tab}


class ListGrid(RecordTable):
    """Show places of a list; the current cell is framed.

    Signals: cell_typed(WorkRow, field, text), row_changed(WorkRow | None, field) when another
    cell is current, letter_typed(str) for a letter struck where no text is expected,
    end_reached() when no problem follows.
    """

    cell_typed = Signal(object, str, str)
    row_changed = Signal(object, str)
    letter_typed = Signal(str)
    end_reached = Signal()
    block_pasted = Signal(str)

    def __init__(self) -> None:
        self._rows: RecordTableModel[WorkRow] = RecordTableModel(work_columns())
        super().__init__(self._rows, _("Baris daftar"), row_height=_ROW_PX, sortable=False)
        self._rows.setParent(self)
        self._places: array[int] = array("I")
        self._maker: RowMaker | None = None
        self.may_edit = False
        self.wanted = ""  # the field that the shown rows are about
        self.editor = CellEditor(self)
        self.setObjectName("workGrid")
        self.editor.typed.connect(self._on_editor_typed)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    @property
    def columns(self) -> tuple[Column[WorkRow], ...]:
        return self._rows.columns

    @property
    def places(self) -> "array[int]":
        return self._places

    @property
    def current_row(self) -> WorkRow | None:
        record = self.current_record
        return record if isinstance(record, WorkRow) else None

    @property
    def current_field(self) -> str:
        """The field of the current cell; empty where it holds none."""
        index = self.currentIndex()
        return self._rows.columns[index.column()].key if index.isValid() else ""

    def selected_lines(self) -> list[int]:
        """Give the selected rows that are not decided yet, without reading them."""
        # the type description of PySide6 6.8 does not know that a selection is a list
        parts: Iterable[QItemSelectionRange] = self.selectionModel().selection()  # type: ignore[assignment]
        rows = {row for part in parts for row in range(part.top(), part.bottom() + 1)}
        outcomes = self._maker.work.outcomes if self._maker is not None else {}
        return [line_id for line_id in self._lines_at(sorted(rows)) if line_id not in outcomes]

    def lines_from_current(self, count: int) -> list[int]:
        """Give so many rows from the current one on, decided ones as well."""
        first = self.currentIndex().row()
        return self._lines_at(range(first, min(first + count, len(self._places))))

    def fields_from_current(self) -> tuple[str, ...]:
        """Give the fields that are shown from the current one to the right."""
        shown = [
            column.key
            for number, column in enumerate(self._rows.columns)
            if number >= self.currentIndex().column() and not self.isColumnHidden(number)
        ]
        return tuple(key for key in shown if key in FIELDS)

    def copy_selection(self) -> None:
        """Copy the current cell as it stands in the file, or several rows as they are shown."""
        row, field = self.current_row, self.current_field
        one_only = len(self.selectionModel().selectedRows()) <= 1
        if one_only and row is not None and field in row.cells:
            QApplication.clipboard().setText(row.cells[field])
        else:
            super().copy_selection()

    def show_places(self, maker: RowMaker, places: "array[int]") -> None:
        """Show other rows or the same ones anew; the current cell stays where it can."""
        current, place = self.currentIndex(), self.verticalScrollBar().value()
        chosen = self._places[current.row()] if current.isValid() else None
        self._maker, self._places = maker, places
        self._rows.set_source(WorkRows(maker, places))
        kept = _position(places, chosen) if chosen is not None else -1
        if kept >= 0:
            self.verticalScrollBar().setValue(place)
            self._go_to(kept, current.column())
        else:
            self.scrollToTop()
            self.go_to_first_problem()
            if not places:
                self.row_changed.emit(None, "")

    def go_to_first_problem(self) -> None:
        """Make the first faulty cell current, or the first row where nothing is wrong."""
        if self._places:
            first = max(self._next_faulty(-1), 0)
            self._go_to(first, self._column_of(self._rows.record(first), after=-1))

    def go_to_next_problem(self) -> None:
        """Make the next faulty cell current, in this row or in one below it (F8)."""
        index = self.currentIndex()
        here = index.row() if index.isValid() else -1
        if here >= 0:
            column = self._column_of(self._rows.record(here), after=index.column(), nearest=False)
            if column >= 0:
                self._go_to(here, column)
                return
        following = self._next_faulty(here)
        if following < 0:
            self.end_reached.emit()
        else:
            self._go_to(following, self._column_of(self._rows.record(following), after=-1))

    def edit_current(self, text: str | None = None) -> None:
        """Open the editor over the current cell, with its own text unless another is given."""
        row, field = self.current_row, self.current_field
        if not self.may_edit or row is None or field not in row.fields:
            return
        self.scrollTo(self.currentIndex())
        self.editor.open(row.cells[field] if text is None else text, select=text is None)
        self._place_editor()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if event.matches(QKeySequence.StandardKey.Paste) and self.may_edit:
            self.block_pasted.emit(QApplication.clipboard().text())
        elif key in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.edit_current()
        elif key == Qt.Key.Key_F8:
            self.go_to_next_problem()
        elif key == Qt.Key.Key_Delete and plain:
            self.edit_current("")
        elif plain and text.isalpha() and self.current_field not in TEXT_FIELDS:
            self._take_letter(text)
        elif plain and text.strip() and text.isprintable():
            self.edit_current(text)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.editor.isVisible():
            self._place_editor()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if self.editor.isVisible():
            self._place_editor()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._tell()

    def _lines_at(self, rows: Iterable[int]) -> list[int]:
        if self._maker is None:
            return []
        return [self._maker.work.line_ids[self._places[row]] for row in rows]

    def _take_letter(self, letter: str) -> None:
        if self.current_field == "sex" and letter.upper() in ("L", "P"):
            self.edit_current(letter.upper())
        else:
            self.letter_typed.emit(letter.upper())

    def _place_editor(self) -> None:
        cell = self.visualRect(self.currentIndex())
        wide = max(cell.width(), px(150))
        left = min(cell.left(), self.viewport().width() - wide)
        self.editor.setGeometry(max(left, 0), cell.top(), wide, cell.height())

    def _next_faulty(self, after: int) -> int:
        if self._maker is None:
            return -1
        work = self._maker.work
        codes, line_ids = work.check.staged.column("codes"), work.line_ids
        for number in range(after + 1, len(self._places)):
            place = self._places[number]
            found, line_id = codes[place], line_ids[place]
            if not found or line_id in work.outcomes:
                continue  # most rows: asked for nothing more
            if work.ignored.open_codes(line_id, found):
                return number
        return -1

    def _column_of(self, row: WorkRow | None, *, after: int, nearest: bool = True) -> int:
        faulty = row.faulty_fields if row is not None else ()
        columns = self._rows.columns
        found = [
            number
            for number, column in enumerate(columns)
            if number > after and column.key in faulty and not self.isColumnHidden(number)
        ]
        found.sort(key=lambda number: columns[number].key != self.wanted)
        return found[0] if found else 1 if nearest else -1

    def _go_to(self, row: int, column: int) -> None:
        flag = QItemSelectionModel.SelectionFlag
        index = self._rows.index(row, max(column, 0))
        is_same = index == self.currentIndex()
        self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)
        self.scrollTo(index)
        if is_same:
            self._tell()

    def _tell(self) -> None:
        self.row_changed.emit(self.current_row, self.current_field)

    def _on_current_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self._tell()

    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self.edit_current()

    def _on_editor_typed(self, text: str) -> None:
        row, field = self.current_row, self.current_field
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if row is not None and field in row.fields and text != row.cells[field]:
            self.cell_typed.emit(row, field, text)


class CellEditor(QLineEdit):
    """The text of one cell; Enter takes it, Esc leaves the cell as it was.

    Signals: typed(str).
    """

    typed = Signal(str)

    def __init__(self, grid: ListGrid) -> None:
        super().__init__(grid.viewport())
        self._grid = grid
        self.setObjectName("cellEditor")
        self.setAccessibleName(_("Isi sel"))
        self.setProperty("cellbox", "1")
        self.setFont(font())
        OwnKeys(self, KEYS_OF_A_CELL)
        self.hide()

    def open(self, text: str, *, select: bool) -> None:
        self.setText(text)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if select:
            self.selectAll()
        else:
            self.setCursorPosition(len(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._close()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_F8):
            self._take()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.isVisible() and event.reason() == Qt.FocusReason.MouseFocusReason:
            self._take()

    def _take(self) -> None:
        text = self.text().strip()
        self.hide()
        self.typed.emit(text)

    def _close(self) -> None:
        self.hide()
        self._grid.setFocus(Qt.FocusReason.OtherFocusReason)


def _position(places: "array[int]", place: int) -> int:
    try:
        return places.index(place)
    except ValueError:
        return -1
