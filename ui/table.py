"""The one table model: frozen rows, or a source that is read block by block."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from bpjsdesk.progress import CancelToken, ProgressSink
from ui.tasks import Task, TaskRunner, Work
from ui.theme import font

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Index = QModelIndex | QPersistentModelIndex

RECORD_ROLE = Qt.ItemDataRole.UserRole
SORT_ROLE = Qt.ItemDataRole.UserRole + 1
COLUMN_ROLE = Qt.ItemDataRole.UserRole + 2

BLOCK = 128
FIRST_ROWS = 48  # what a tall window shows, read and painted before anything else
NIK_WIDTH, DATE_WIDTH, MONEY_WIDTH, COUNT_WIDTH = 160, 96, 140, 84
_BLOCKS_KEPT = 64
_BLOCKS_ASKED = 3
_COUNT_AFTER_MS = 20


# no slots: Column[Row](...) would fail, as typing then sets an attribute on the new value
@dataclass(frozen=True, kw_only=True)
class Column(Generic[T]):
    """Describe one column; every function takes the record and must be quick.

    `width` is in px at 100 %, 0 takes what is left. `pill` gives (word, tone), `second` a muted
    second line, `ground` the tone of a tinted cell or None, `tone` the text colour.
    Fixed columns (numbers, dates, NIK, money) are never elided: give them their width.
    """

    key: str
    title: str
    text: Callable[[T], str]
    sort: Callable[[T], Any] | None = None
    width: int = 0
    right: bool = False
    weight: int = 400
    tone: Callable[[T], str] | None = None
    second: Callable[[T], str] | None = None
    pill: Callable[[T], tuple[str, str]] | None = None
    ground: Callable[[T], str | None] | None = None
    tip: Callable[[T], str] | None = None


class RowSource(Protocol[T_co]):
    """A list too long to hold; both calls may run in another thread."""

    def count(self) -> int:
        """Count the rows."""
        ...

    def load(self, first: int, n: int) -> Sequence[T_co]:
        """Read `n` rows from row `first` on; fewer at the end."""
        ...


class RecordTableModel(QAbstractTableModel, Generic[T]):
    """Show records in columns.

    Roles: display, RECORD_ROLE (the record, None while it is being read), SORT_ROLE,
    COLUMN_ROLE (the `Column`).
    Signals: counted(int) when the number of rows is known, load_failed(exception).
    """

    counted = Signal(int)
    load_failed = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column[T]],
        parent: QObject | None = None,
        *,
        runner: TaskRunner | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._runner = runner
        self._rows: list[T] = []
        self._source: RowSource[T] | None = None
        self._count = 0
        self._blocks: OrderedDict[int, Sequence[T]] = OrderedDict()
        self._wanted: list[int] = []
        self._loading: set[int] = set()
        self._round = 0
        self._tasks: dict[Task, tuple[int, int]] = {}
        self._asker = QTimer(self)
        self._asker.setSingleShot(True)
        self._asker.setInterval(0)
        self._asker.timeout.connect(self._ask)
        self._counter = QTimer(self)
        self._counter.setSingleShot(True)
        self._counter.setInterval(_COUNT_AFTER_MS)
        self._counter.timeout.connect(self._count_rows)

    @property
    def columns(self) -> tuple[Column[T], ...]:
        return self._columns

    def set_rows(self, rows: Sequence[T]) -> None:
        """Show these records; the view keeps its selection through `RecordTable.reload`."""
        self.beginResetModel()
        self._forget()
        self._source = None
        self._rows = list(rows)
        self._count = len(self._rows)
        self.endResetModel()
        self.counted.emit(self._count)

    def set_source(self, source: RowSource[T]) -> None:
        """Show a source: read through the runner, or at once where there is none."""
        if self._runner is None:
            self._show_source(source, source.count(), ())
            self.counted.emit(self._count)
            return
        self._round += 1
        task = self._runner.read(_opening(source))
        self._tasks[task] = (self._round, -1)
        task.succeeded.connect(self._on_opening_succeeded)
        task.failed.connect(self._on_load_failed)

    def record(self, row: int) -> T | None:
        """Give the record of a row; None while it is still being read."""
        if self._source is None:
            return self._rows[row] if 0 <= row < len(self._rows) else None
        if not 0 <= row < self._count:
            return None
        number = row // BLOCK
        block = self._blocks.get(number)
        if block is None:
            block = self._want(number)
        else:
            self._blocks.move_to_end(number)
        place = row % BLOCK
        return block[place] if block is not None and place < len(block) else None

    def find_row(self, matches: Callable[[T], bool]) -> int:
        """Find a record among those held in memory; -1 when it is not there."""
        if self._source is None:
            return next((i for i, row in enumerate(self._rows) if matches(row)), -1)
        for number, block in self._blocks.items():
            for place, row in enumerate(block):
                if matches(row):
                    return number * BLOCK + place
        return -1

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._count

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        if role == COLUMN_ROLE:
            return column
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role not in _RECORD_ROLES:
            return None
        record = self.record(index.row())
        if record is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole else None
        return _value(column, record, role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.FontRole:
            return font(12, 500)
        return None

    def sort(self, section: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort frozen rows; a source comes in its own order."""
        if self._source is not None or not 0 <= section < len(self._columns):
            return
        column = self._columns[section]
        key = column.sort or column.text
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        before = [self._rows[index.row()] for index in held]
        descending = order == Qt.SortOrder.DescendingOrder
        self._rows.sort(key=lambda record: _sortable(key(record)), reverse=descending)
        places = {id(record): row for row, record in enumerate(self._rows)}
        moved = [
            self.index(places[id(record)], index.column())
            for record, index in zip(before, held, strict=True)
        ]
        self.changePersistentIndexList(held, moved)
        self.layoutChanged.emit()

    def _forget(self) -> None:
        self._round += 1
        self._counter.stop()
        self._blocks.clear()
        self._wanted.clear()
        self._loading.clear()
        self._rows = []

    def _show_source(self, source: RowSource[T], count: int, first: Sequence[T]) -> None:
        self.beginResetModel()
        self._forget()
        self._source = source
        self._count = count
        if first:
            self._blocks[0] = first
        self.endResetModel()

    def _want(self, number: int) -> Sequence[T] | None:
        if self._runner is None and self._source is not None:
            block = self._source.load(number * BLOCK, BLOCK)
            self._keep(number, block)
            return block
        if number not in self._loading:
            if number in self._wanted:
                self._wanted.remove(number)
            self._wanted.append(number)
            if not self._asker.isActive():
                self._asker.start()
        return None

    def _ask(self) -> None:
        # while someone drags the scroll bar only the newest blocks are still on the screen
        newest, self._wanted = self._wanted[-_BLOCKS_ASKED:], []
        if self._runner is None or self._source is None:
            return
        for number in newest:
            self._loading.add(number)
            task = self._runner.read(_block(self._source, number))
            self._tasks[task] = (self._round, number)
            task.succeeded.connect(self._on_block_succeeded)
            task.failed.connect(self._on_load_failed)

    def _keep(self, number: int, block: Sequence[T]) -> None:
        self._blocks[number] = block
        while len(self._blocks) > _BLOCKS_KEPT:
            self._blocks.popitem(last=False)

    def _on_opening_succeeded(self, opened: tuple[RowSource[T], Sequence[T]]) -> None:
        asked, _number = self._taken(self.sender())
        if asked != self._round:
            return
        source, first = opened
        self._show_source(source, len(first), first)
        if len(first) < FIRST_ROWS:
            self.counted.emit(self._count)
        else:
            # in its own time: while a thread counts, painting gets half of Python
            self._counter.start()

    def _count_rows(self) -> None:
        if self._source is None or self._runner is None:
            return
        task = self._runner.read(_counting(self._source))
        self._tasks[task] = (self._round, -1)
        task.succeeded.connect(self._on_counting_succeeded)
        task.failed.connect(self._on_load_failed)

    def _on_counting_succeeded(self, counted: tuple[int, Sequence[T]]) -> None:
        asked, _number = self._taken(self.sender())
        if asked != self._round:
            return
        count, block = counted
        self._keep(0, block)
        if count > self._count:
            self.beginInsertRows(QModelIndex(), self._count, count - 1)
            self._count = count
            self.endInsertRows()
        self.counted.emit(self._count)

    def _on_block_succeeded(self, block: Sequence[T]) -> None:
        asked, number = self._taken(self.sender())
        if asked != self._round:
            return
        self._loading.discard(number)
        self._keep(number, block)
        last = min((number + 1) * BLOCK, self._count) - 1
        top = self.index(number * BLOCK, 0)
        self.dataChanged.emit(top, self.index(last, len(self._columns) - 1))

    def _on_load_failed(self, problem: object) -> None:
        asked, number = self._taken(self.sender())
        self._loading.discard(number)
        if asked == self._round:
            self.load_failed.emit(problem)

    def _taken(self, sender: QObject) -> tuple[int, int]:
        return self._tasks.pop(sender, (-1, -1)) if isinstance(sender, Task) else (-1, -1)


_RECORD_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.ToolTipRole,
    Qt.ItemDataRole.AccessibleTextRole,
    RECORD_ROLE,
    SORT_ROLE,
)


def _value(column: Column[T], record: T, role: int) -> Any:
    if role == RECORD_ROLE:
        return record
    if role == SORT_ROLE:
        return (column.sort or column.text)(record)
    if role == Qt.ItemDataRole.ToolTipRole:
        return column.tip(record) if column.tip else None
    if column.pill is not None:
        return column.pill(record)[0]
    if role == Qt.ItemDataRole.AccessibleTextRole and column.second is not None:
        return f"{column.text(record)}, {column.second(record)}"
    return column.text(record)


def _alignment(column: Column[Any]) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _sortable(value: Any) -> tuple[bool, Any]:
    # nothing sorts after everything else instead of failing to compare
    if value is None:
        return True, 0
    return False, value.casefold() if isinstance(value, str) else value


def _opening(source: RowSource[T]) -> Work:
    def work(_progress: ProgressSink, _cancel: CancelToken) -> tuple[RowSource[T], Sequence[T]]:
        return source, source.load(0, FIRST_ROWS)

    return work


def _counting(source: RowSource[T]) -> Work:
    def work(_progress: ProgressSink, _cancel: CancelToken) -> tuple[int, Sequence[T]]:
        return source.count(), source.load(0, BLOCK)

    return work


def _block(source: RowSource[T], number: int) -> Work:
    def work(_progress: ProgressSink, _cancel: CancelToken) -> Sequence[T]:
        return source.load(number * BLOCK, BLOCK)

    return work
