"""A question inside the person's page: a few fields, one act, and Esc to leave all as it is."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt

from bpjsdesk.errors import UserError
from ui.i18n import _
from ui.widgets.buttons import Button, bind_key
from ui.widgets.form import FieldError, Form
from ui.widgets.layout import Card, column, row
from ui.widgets.text import IconMark, Label, caption


class AskPanel(Card):
    """Hold a form; what is filled in depends on who derives from it.

    Signals: given_up().
    """

    given_up = Signal()

    def __init__(self, icon: str, title: str, note: str, *, act: str) -> None:
        super().__init__(kind="quiet", gap=8, margins=(14, 10, 12, 12))
        self.form = Form(before=act.lower())
        self._title = Label(title, weight=600)
        self._note = caption(note, wrap=True)
        self.act_button = Button(act, kind="primary", key="Ctrl+Enter")
        self.cancel_button = Button(_("Batal"), key="Esc")
        words = column(self._title, self._note, gap=1)
        self.body.addLayout(row(column(IconMark(icon, "accent"), None), (words, 1), gap=10))
        self.body.addWidget(self.form)
        self.foot = row(None, self.cancel_button, self.act_button)
        self.body.addLayout(self.foot)
        self.act_button.clicked.connect(self.act)
        self.cancel_button.clicked.connect(self.given_up)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            bind_key(self.act_button, key, self)
        self.hide()

    def act(self) -> None:
        """Give on what was filled in, if it is whole."""
        raise NotImplementedError

    def refuse(self, problem: Exception, fields: dict[str, str]) -> bool:
        """Show a refusal at the field of its code; False where no field is named for it."""
        if not isinstance(problem, UserError):
            return False
        field = next((name for code, name in fields.items() if problem.code.startswith(code)), "")
        if field:
            self.form.show_errors([FieldError(field=field, message=problem.message)])
        return bool(field)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)
