"""Every step that was done to a list, the newest first, and the way back to before any of them."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QDialog, QWidget

from bpjsdesk.domain.staging import Step
from bpjsdesk.domain.wording import format_count, format_date
from ui.i18n import _
from ui.pages.batches.step_bar import step_name
from ui.table import Column, RecordTableModel
from ui.table_view import RecordTable
from ui.theme import px
from ui.widgets.buttons import Button
from ui.widgets.layout import column, row
from ui.widgets.text import caption, record_title

_WIDTH_PX, _HEIGHT_PX = 860, 420


class StepDialog(QDialog):
    """Show the steps; Enter takes back the chosen one and all that came after it.

    Signals: undo_asked(int) with the step's id.
    """

    undo_asked = Signal(int)

    def __init__(self, parent: QWidget, steps: Sequence[Step], *, may_undo: bool) -> None:
        super().__init__(parent)
        self.setObjectName("stepDialog")
        self.setWindowTitle("BPJS Desk")
        self.resize(px(_WIDTH_PX), px(_HEIGHT_PX))
        self._alive = [step for step in steps if not step.undone_at]
        self._may_undo = may_undo
        model: RecordTableModel[Step] = RecordTableModel(_columns(), self)
        model.set_rows(self._alive[::-1])
        self._table = RecordTable(model, _("Langkah"), row_height=30, sortable=False)
        self._undo = Button("", kind="primary", icon="arrow-back-up", key="Enter")
        self._undo.setObjectName("undoBackTo")
        close = Button(_("Tutup"), key="Esc")
        words = _("Langkah yang dipilih diurungkan bersama semua langkah sesudahnya.")
        foot = row(None, self._undo, close)
        title = record_title(_("Langkah pada daftar ini"))
        parts = (title, caption(words), (self._table, 1), foot)
        self.setLayout(column(*parts, gap=10, margins=(22, 20, 22, 18)))
        self._table.record_chosen.connect(self._on_table_record_chosen)
        self._table.record_opened.connect(self._on_undo_clicked)
        self._undo.clicked.connect(self._on_undo_clicked)
        close.clicked.connect(self.reject)
        self._table.choose(lambda _step: True)
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_undo_clicked()
        else:
            super().keyPressEvent(event)

    def _on_table_record_chosen(self, step: Step) -> None:
        count = len(self._alive) - self._alive.index(step)
        words = _("Urungkan {n} langkah") if count > 1 else _("Urungkan langkah ini")
        self._undo.setText(words.format(n=format_count(count)))
        self._undo.setVisible(self._may_undo and step.may_undo)
        self._undo.updateGeometry()

    def _on_undo_clicked(self) -> None:
        step = self._table.current_record
        if self._may_undo and isinstance(step, Step) and step.may_undo:
            self.accept()
            self.undo_asked.emit(step.step_id)


def _columns() -> tuple[Column[Step], ...]:
    return (
        Column(key="seq", title=_("No."), text=_number, width=46, right=True),
        Column(key="name", title=_("Langkah"), text=_name, weight=500),
        Column(key="note", title=_("Keterangan"), text=_note),
        Column(key="rows", title=_("Baris"), text=_rows, width=70, right=True),
        Column(key="who", title=_("Oleh"), text=_who, width=120),
        Column(key="at", title=_("Waktu"), text=_at, width=150),
    )


def _number(step: Step) -> str:
    return str(step.seq)


def _name(step: Step) -> str:
    return step_name(step)


def _note(step: Step) -> str:
    return step.note


def _rows(step: Step) -> str:
    return format_count(step.rows)


def _who(step: Step) -> str:
    return step.user_name


def _at(step: Step) -> str:
    done = datetime.fromisoformat(step.at)
    return f"{format_date(done.date(), 'short')} {done:%H.%M}"
