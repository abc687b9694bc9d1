"""All columns of a list, one line each, those of sheets with another heading below their names."""

from PySide6.QtCore import Signal
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QWidget

from bpjsdesk.domain.columns import DateOrder
from bpjsdesk.services.column_views import ColumnView, Tone
from ui.i18n import _
from ui.pages.batches.column_facts import ColumnFacts, sheets_words
from ui.pages.batches.column_line import (
    CHOICE_PX,
    HEAD_PX,
    STATE_PX,
    ChoiceLine,
    ColumnLine,
    OrderLine,
)
from ui.theme import px
from ui.widgets.layout import ScrollColumn, boxed, clear_layout, column, row, rule
from ui.widgets.text import caption

_CERTAIN = (DateOrder.DAY_FIRST, DateOrder.MONTH_FIRST)
Shape = tuple[tuple[tuple[str, ...], int, bool], ...]


class ColumnList(QWidget):
    """Go from column to column with the arrows.

    Signals: meant(ColumnView, field), "" for not used; ordered(sheet, month_first).
    """

    meant = Signal(object, str)
    ordered = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[ChoiceLine] = []
        self._shape: Shape = ()
        self._scroll = ScrollColumn(gap=0)
        # new lines have their places only now
        self._scroll.verticalScrollBar().rangeChanged.connect(self._show_focused)
        head = row(
            _wide(_("Kolom di berkas"), HEAD_PX - 10),
            _wide(_("Menjadi"), CHOICE_PX + 16),
            caption(_("Isi di berkas, di bawahnya dibaca sebagai")),
            None,
            _wide(_("Keadaan"), STATE_PX),
            gap=0,
            margins=(10, 8, 20, 7),
        )
        self.setLayout(column(boxed(head), rule(), (self._scroll, 1), gap=0))

    @property
    def column_lines(self) -> list[ColumnLine]:
        return [line for line in self.lines if isinstance(line, ColumnLine)]

    def show_facts(self, facts: ColumnFacts, *, may_change: bool) -> None:
        """Show the columns; the focus stays with its column."""
        shape = tuple((v.sheets, v.index, _asks_order(facts, v)) for v in facts.views)
        if shape != self._shape:
            self._shape = shape
            self._make_lines(facts)
        lines = iter(self.lines)
        for view in facts.views:
            line = next(lines)
            if isinstance(line, ColumnLine):
                line.show_view(view, may_change=may_change)
            if _asks_order(facts, view):
                below = next(lines)
                if isinstance(below, OrderLine):
                    order = facts.columns_of(view).date_order
                    below.show_order(view.sheets[0], order, may_change=may_change)

    def focus_first(self) -> bool:
        """Go to the first undecided column, else to the first; False where there is none."""
        lines = self.column_lines
        open_lines = [x for x in lines if x.view is not None and x.view.tone is Tone.DECIDE]
        for line in [*open_lines, *lines][:1]:
            line.choice.setFocus(Qt.FocusReason.OtherFocusReason)
            self._show_focused()
            return line.choice.isEnabled()
        return False

    def _make_lines(self, facts: ColumnFacts) -> None:
        held = self._focused_place()
        clear_layout(self._scroll.body)
        self.lines = []
        groups = len({view.sheets for view in facts.views})
        last: tuple[str, ...] = ()
        for view in facts.views:
            if groups > 1 and view.sheets != last:
                last = view.sheets
                words = _("Lembar {names}").format(names=sheets_words(last))
                self._scroll.body.addWidget(boxed(row(caption(words), margins=(10, 8, 10, 4))))
            self._add_lines(facts, view)
        self._scroll.body.addStretch(1)
        if held is not None and self.lines:
            line = self.lines[min(held, len(self.lines) - 1)]
            line.choice.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_lines(self, facts: ColumnFacts, view: ColumnView) -> None:
        line = ColumnLine()
        line.meant.connect(self.meant)
        made: list[ChoiceLine] = [line]
        if _asks_order(facts, view):
            order = OrderLine()
            order.ordered.connect(self.ordered)
            made.append(order)
        for each in made:
            each.moved.connect(self._on_line_moved)
            self.lines.append(each)
            self._scroll.body.addWidget(each)
            each.show()  # at once: what is not shown yet takes no focus

    def _focused_place(self) -> int | None:
        places = [at for at, line in enumerate(self.lines) if line.choice.hasFocus()]
        return places[0] if places else None

    def _show_focused(self) -> None:
        place = self._focused_place()
        if place is not None:
            self._scroll.ensureWidgetVisible(self.lines[place])

    def _on_line_moved(self, by: int) -> None:
        place = self._focused_place()
        if place is not None:
            line = self.lines[min(max(place + by, 0), len(self.lines) - 1)]
            line.choice.setFocus(Qt.FocusReason.TabFocusReason)
            self._show_focused()


def _asks_order(facts: ColumnFacts, view: ColumnView) -> bool:
    columns = facts.columns_of(view)
    return view.index == columns.birth_index and columns.date_order not in _CERTAIN


def _wide(words: str, width: int) -> QWidget:
    made = caption(words)
    made.setFixedWidth(px(width))
    return made
