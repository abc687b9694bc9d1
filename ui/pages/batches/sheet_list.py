"""All sheets of a file, one line each."""

from PySide6.QtCore import Signal
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QWidget

from ui.i18n import _
from ui.pages.batches.column_facts import ColumnFacts
from ui.pages.batches.sheet_line import SheetLine
from ui.widgets.layout import ScrollColumn, boxed, clear_layout, column, row, rule
from ui.widgets.text import caption


class SheetList(QWidget):
    """Choose the sheets of a list and the rows of their headings.

    Signals: switched(name, joined), heading_chosen(name, row).
    """

    switched = Signal(str, bool)
    heading_chosen = Signal(str, int)

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[SheetLine] = []
        self._scroll = ScrollColumn(gap=0)
        words = _("Lembar yang dicentang digabung menjadi satu daftar; F4 memilih baris judul.")
        head = row(caption(words), None, margins=(14, 8, 14, 7))
        self.setLayout(column(boxed(head), rule(), (self._scroll, 1), gap=0))

    def show_facts(self, facts: ColumnFacts, *, may_change: bool) -> None:
        """Show the sheets; the focus stays with its line."""
        held = [(at, line.check.hasFocus()) for at, line in enumerate(self.lines) if line.has_focus]
        clear_layout(self._scroll.body)
        self.lines = []
        for sheet in facts.sheets:
            is_list = sheet.name in facts.work.rules.columns
            line = SheetLine(sheet, is_list=is_list, may_change=may_change)
            line.switched.connect(self.switched)
            line.heading_chosen.connect(self.heading_chosen)
            line.moved.connect(self._on_line_moved)
            self.lines.append(line)
            self._scroll.body.addWidget(line)
            line.show()  # at once: what is not shown yet takes no focus
        self._scroll.body.addStretch(1)
        for at, was_check in held:
            line = self.lines[at]
            (line.check if was_check else line.choice).setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_first(self) -> None:
        for line in [line for line in self.lines if line.choice.isEnabled()][:1]:
            line.choice.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_line_moved(self, by: int) -> None:
        lines = [line for line in self.lines if line.choice.isEnabled()]
        held = [at for at, line in enumerate(lines) if line.choice.hasFocus()]
        for at in held:
            line = lines[min(max(at + by, 0), len(lines) - 1)]
            line.choice.setFocus(Qt.FocusReason.TabFocusReason)
            self._scroll.ensureWidgetVisible(line)
