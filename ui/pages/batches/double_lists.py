"""The four lists of doubles with their counts, and below them what the chosen one holds."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStackedWidget

from bpjsdesk.domain.duplicates import PaidElsewhere
from bpjsdesk.domain.wording import format_count, format_month_range, format_short_rupiah
from ui.delegates import ListRow
from ui.i18n import _
from ui.icons import icon_pixmap
from ui.pages.batches.double_work import Double, DoubleList, DoublesFound
from ui.paint import RIGHT, PaintedWidget, draw_box, draw_text, text_width
from ui.table import Column, RecordTableModel
from ui.table_view import RecordList
from ui.theme import px
from ui.widgets.layout import Card, boxed, column, row, rule
from ui.widgets.text import Label, caption

_LINE_PX = 34
_SURE = 90


class DoubleLists(Card):
    """Choose a list with the left and right arrows, one of its lines with up and down.

    Signals: chosen(Pair | PaidElsewhere | None), digit_typed(int) for a figure or Enter (-1).
    """

    chosen = Signal(object)
    digit_typed = Signal(int)

    def __init__(self) -> None:
        self._found: DoublesFound | None = None
        self._key = DoubleList.SIMILAR
        super().__init__(gap=0, margins=(1, 8, 1, 1))
        self.setObjectName("doubleLists")
        self._lines = {key: ListLine(key, name) for key, name in list_names().items()}
        self._model: RecordTableModel[Double] = RecordTableModel(
            [Column(key="name", title=_("Nama"), text=_title)], self
        )
        self.view = PairView(self._model)
        self._count, self._done = Label("", weight=600), caption("")
        self._calm = Label("", tone="muted", wrap=True)
        self._calm.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.view)
        self._stack.addWidget(boxed(column(self._calm, None, margins=(16, 12, 14, 8))))
        self._lay_out()
        self.setFocusProxy(self.view)

    @property
    def current_list(self) -> DoubleList:
        return self._key

    @property
    def current(self) -> Double | None:
        found: Double | None = self.view.current_record
        return found

    @property
    def place(self) -> tuple[int, int]:
        """Say which line of how many is current, from 1."""
        return self.view.currentIndex().row() + 1, self._model.rowCount()

    def show_found(self, found: DoublesFound, *, decided: int) -> None:
        """Show what is left; the line at the place of the one that is gone becomes current."""
        at, before = self.view.currentIndex().row(), self.current
        self._found = found
        words = _("{n} sudah diputuskan").format(n=format_count(decided))
        self._done.setText(words if decided else "")
        for key, line in self._lines.items():
            line.show_count(len(found.open[key]), found.same if key == DoubleList.REGISTERED else 0)
        if not found.open[self._key]:
            self._key = _fullest(found) or self._key
            at = 0
        self._fill(max(at, 0), before)

    def choose_list(self, key: DoubleList) -> None:
        """Show another list."""
        self._key = key
        self._fill(0, None)

    def go(self, by: int) -> None:
        """Make the line `by` further down current, where there is one."""
        at, count = self.view.currentIndex().row() + by, self._model.rowCount()
        if 0 <= at < count:
            self.view.choose_row(at)

    def _lay_out(self) -> None:
        lines = column(*self._lines.values(), gap=0, margins=(7, 0, 7, 6))
        self.body.addLayout(lines)
        self.body.addWidget(rule())
        self.body.addLayout(row(self._count, None, self._done, margins=(16, 7, 14, 7)))
        self.body.addWidget(rule())
        self.body.addWidget(self._stack, 1)
        for line in self._lines.values():
            line.pressed.connect(self._on_line_pressed)
        self.view.record_chosen.connect(self.chosen)
        self.view.digit_typed.connect(self.digit_typed)
        self.view.list_asked.connect(self._on_view_list_asked)

    def _fill(self, at: int, before: Double | None) -> None:
        found = self._found
        if found is None:
            return
        items = found.open[self._key]
        for key, line in self._lines.items():
            line.set_current(key is self._key)
        words = _("{n} baris") if self._key is DoubleList.PAID else _("{n} pasangan")
        self._count.setText(words.format(n=format_count(len(items))))
        self._model.set_rows(items)
        self._stack.setCurrentIndex(0 if items else 1)
        self._calm.setText(_calm_words(self._key, found))
        self.view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        kept = next((place for place, item in enumerate(items) if item == before), at)
        if items:
            self.view.choose_row(min(kept, len(items) - 1))
        self.chosen.emit(self.current)

    def _on_line_pressed(self, key: DoubleList) -> None:
        self.choose_list(key)
        self.view.setFocus(Qt.FocusReason.MouseFocusReason)

    def _on_view_list_asked(self, by: int) -> None:
        keys = list(DoubleList)
        self.choose_list(keys[(keys.index(self._key) + by) % len(keys)])


class PairView(RecordList):
    """The lines of one list, where figures decide.

    Signals: digit_typed(int), list_asked(int) by the arrows to the sides.
    """

    digit_typed = Signal(int)
    list_asked = Signal(int)

    def __init__(self, model: "RecordTableModel[Double]") -> None:
        super().__init__(model, _("Pasangan"), _described, lines=2)
        self.setObjectName("pairView")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        sideways: dict[int, int] = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if plain and event.text() in ("0", "1", "2", "3"):
            self.digit_typed.emit(int(event.text()))
        elif plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.digit_typed.emit(-1)
        elif plain and event.key() in sideways:
            self.list_asked.emit(sideways[event.key()])
        elif event.text().strip():
            event.ignore()  # letters mean something to the step, and are no search in the list
        else:
            super().keyPressEvent(event)


class ListLine(PaintedWidget):
    """One of the four lists: its name, and how many lines wait in it or a tick.

    Signals: pressed(DoubleList).
    """

    pressed = Signal(object)

    def __init__(self, key: DoubleList, name: str) -> None:
        super().__init__(height=px(_LINE_PX))
        self._key, self._name = key, name
        self._open = self._same = 0
        self._is_current = False
        self.setObjectName(f"list_{key}")

    def show_count(self, open_count: int, same: int) -> None:
        self._open, self._same = open_count, same
        words = _("{name}: {n} perlu diputuskan") if open_count else _("{name}: selesai")
        self.setAccessibleName(words.format(name=self._name, n=format_count(open_count)))
        self.update()

    def set_current(self, current: bool) -> None:
        self._is_current = current
        self.update()

    def paint(self, painter: QPainter, box: QRectF) -> None:
        if self._is_current:
            draw_box(painter, box.adjusted(0, 2, 0, -2), fill="soft", radius=6)
        tone, weight = ("accent", 600) if self._is_current else ("text", 400)
        inside = box.adjusted(10, 0, -10, 0)
        count = format_count(self._open or self._same)
        if not self._open:
            top = round(box.center().y() - 8)
            mark = icon_pixmap("circle-check", "ok", size=16)
            painter.drawPixmap(round(inside.right()) - 16, top, mark)
            inside.adjust(0, 0, -24, 0)
        right_tone = tone if self._is_current else "muted"
        draw_text(
            painter,
            inside,
            count if self._open or self._same else "",
            weight=600 if self._open else 400,
            tone=right_tone,
            align=RIGHT,
            elide=False,
        )
        words = inside.adjusted(0, 0, -text_width(count, 13, 600) - 8, 0)
        draw_text(painter, words, self._name, weight=weight, tone=tone)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.pressed.emit(self._key)


def list_names() -> Mapping[DoubleList, str]:
    """Name the four lists for the reader."""
    return {
        DoubleList.SAME_NIK: _("NIK sama dalam berkas"),
        DoubleList.REGISTERED: _("Sudah terdaftar (NIK sama)"),
        DoubleList.SIMILAR: _("Mirip: nama + tanggal lahir"),
        DoubleList.PAID: _("Dibayar perjanjian lain"),
    }


def _fullest(found: DoublesFound) -> DoubleList | None:
    """Give the list where work begins: what holds rows first."""
    order = (DoubleList.SIMILAR, DoubleList.SAME_NIK, DoubleList.PAID, DoubleList.REGISTERED)
    return next((key for key in order if found.open[key]), None)


def _calm_words(key: DoubleList, found: DoublesFound) -> str:
    if key is DoubleList.REGISTERED and found.same:
        words = _("{n} baris sama persis dengan daftar peserta dan tertaut dengan sendirinya.")
        return words.format(n=format_count(found.same))
    return _("Tidak ada lagi yang perlu diputuskan di daftar ini.")


def _title(item: Double) -> str:
    return item.name if isinstance(item, PaidElsewhere) else item.offered.values.name


def _described(item: Double) -> ListRow:
    if isinstance(item, PaidElsewhere):
        wasted = format_short_rupiah(item.wasted)
        months = format_month_range(item.first, item.last)
        return ListRow(title=item.name, subtitle=months, pill=(wasted, "warn"))
    total = item.likeness.total
    return ListRow(
        title=item.offered.values.name or _("(tanpa nama)"),
        subtitle=item.kept.values.name or _("(tanpa nama)"),
        pill=(f"{total}%", "warn" if total >= _SURE else "grey"),
    )
