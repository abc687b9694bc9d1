"""One sheet of the file: whether it belongs to the list, and where its heading stands."""

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QCheckBox

from bpjsdesk.domain.wording import format_count
from bpjsdesk.services.mapping import SheetView
from ui.i18n import _
from ui.pages.batches.line_choice import LineChoice
from ui.paint import PaintedWidget, draw_text
from ui.theme import color, px
from ui.widgets.layout import row

_LINE_PX, _NAME_PX, _CHOICE_PX = 44, 230, 420
_LONGEST = 70


class SheetLine(PaintedWidget):
    """Switch a sheet on or off; choose the row of its heading by what stands in it.

    Signals: switched(name, joined), heading_chosen(name, row), moved(int).
    """

    switched = Signal(str, bool)
    heading_chosen = Signal(str, int)
    moved = Signal(int)

    def __init__(self, sheet: SheetView, *, is_list: bool, may_change: bool) -> None:
        super().__init__(height=px(_LINE_PX))
        self.sheet = sheet
        self.check = QCheckBox(sheet.name)
        self.check.setFixedWidth(px(_NAME_PX))
        self.check.setChecked(sheet.joined)
        self.check.setEnabled(may_change and is_list)
        self.choice = LineChoice()
        self.choice.setProperty("cellbox", "1")
        self.choice.setFixedWidth(px(_CHOICE_PX))
        self.choice.setEnabled(may_change and is_list)
        if not is_list:
            self.choice.hide()  # only hidden here: shown before it has a place it would flash
        rows = [(number, _heading_words(number, cells)) for number, cells in sheet.top]
        self.choice.offer(rows, sheet.header_row)
        name = _("Baris judul lembar {sheet}").format(sheet=sheet.name)
        self.choice.setAccessibleName(name)
        self.setLayout(row(self.check, self.choice, None, gap=10, margins=(14, 0, 14, 0)))
        self.check.clicked.connect(self._on_check_clicked)
        self.choice.picked.connect(self._on_choice_picked)
        self.choice.moved.connect(self.moved)
        self.setToolTip(sheet.why)

    @property
    def has_focus(self) -> bool:
        return self.check.hasFocus() or self.choice.hasFocus()

    def paint(self, painter: QPainter, box: QRectF) -> None:
        painter.fillRect(QRectF(0, box.bottom() - 1, box.width(), 1), color("line"))
        taken = px(_NAME_PX) + 24
        if not self.choice.isHidden():
            taken += px(_CHOICE_PX) + 16
        words = _("{n} baris").format(n=format_count(self.sheet.rows))
        if self.sheet.why:
            words = f"{words} · {self.sheet.why}"
        draw_text(painter, box.adjusted(taken, 0, -10, 0), words, size=12, tone="muted")

    def _on_check_clicked(self, joined: bool) -> None:
        self.switched.emit(self.sheet.name, joined)

    def _on_choice_picked(self, number: int) -> None:
        if number != self.sheet.header_row:
            self.heading_chosen.emit(self.sheet.name, number)


def _heading_words(number: int, cells: tuple[str, ...]) -> str:
    filled = " | ".join(cell for cell in cells if cell) or _("kosong")
    shown = filled if len(filled) <= _LONGEST else f"{filled[:_LONGEST]}…"
    return _("Baris {n}: {cells}").format(n=number, cells=shown)
