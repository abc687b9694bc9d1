"""The question that a step asks: its day, its reason, or only a note."""

from dataclasses import dataclass
from datetime import date

from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QWidget

from bpjsdesk.domain.claims import ClaimMove
from ui.i18n import _
from ui.page import PageContext
from ui.pages.claims.words import DAY_FIELDS, day_label
from ui.theme import px
from ui.widgets.buttons import Button, bind_key
from ui.widgets.edits import DateEdit
from ui.widgets.form import Form
from ui.widgets.layout import column, row
from ui.widgets.text import Label, record_title

_REASON = "reason"
_NOTE_HEIGHT = 66


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveAnswer:
    """What was given with a step."""

    note: str
    on: date | None


class MoveDialog(QDialog):
    """Ask what a step needs; `answer` is None when the user gave up."""

    def __init__(
        self, parent: QWidget, context: PageContext, move: ClaimMove, *, title: str, body: str
    ) -> None:
        super().__init__(parent)
        self.answer: MoveAnswer | None = None
        self._field = next((field for field in DAY_FIELDS if field in move.requires), "")
        self._needs_reason = _REASON in move.requires
        self._form = Form()
        self._day = DateEdit(context.today, context.today())
        self._note = QPlainTextEdit()
        self._note.setFixedHeight(px(_NOTE_HEIGHT))
        self.setObjectName("moveDialog")
        self.setWindowTitle("BPJS Desk")
        self.setMinimumWidth(px(460))
        self._build_widgets(title, body)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not self._note.hasFocus():
            self._on_go_clicked()
            return
        super().keyPressEvent(event)

    def _build_widgets(self, title: str, body: str) -> None:
        label = _("Alasan") if self._needs_reason else _("Catatan (boleh kosong)")
        if self._field:
            field = self._form.add_field("on", day_label(self._field), self._day, required=True)
            self._form.body.addWidget(field)
        note = self._form.add_field("note", label, self._note, required=self._needs_reason)
        self._form.body.addWidget(note)
        go = Button(title, kind="primary", key="Ctrl+Enter")
        go.setObjectName("moveGo")
        cancel = Button(_("Batal"), key="Esc")
        go.clicked.connect(self._on_go_clicked)
        cancel.clicked.connect(self.reject)
        bind_key(go, "Ctrl+Return", self)
        bind_key(go, "Ctrl+Enter", self)
        words = column(record_title(title), Label(body, tone="muted", wrap=True), gap=4)
        buttons = row(None, cancel, go)
        self.setLayout(column(words, self._form, 6, buttons, gap=10, margins=(22, 20, 22, 18)))
        first = self._day if self._field else self._note
        first.setFocus()
        if self._field:
            self._day.selectAll()

    def _on_go_clicked(self) -> None:
        if not self._form.show_errors(self._form.missing_fields()):
            return
        on = self._day.day if self._field else None
        self.answer = MoveAnswer(note=self._note.toPlainText().strip(), on=on)
        self.accept()
