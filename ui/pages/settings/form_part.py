"""A section with a list and, below it, the form of one of its rows."""

from PySide6.QtWidgets import QWidget

from bpjsdesk.domain.changes import Answer
from bpjsdesk.domain.problems import FormProblems
from ui.i18n import _
from ui.pages.settings.part import SettingsPart
from ui.table_view import RecordTable
from ui.tasks import Work
from ui.theme import px
from ui.widgets.buttons import Button
from ui.widgets.form import FieldError, Form
from ui.widgets.layout import Card, row
from ui.widgets.text import card_title


class FormPart(SettingsPart):
    """Open the form, save it in the background, close it again."""

    stored = ""  # what the status bar says then
    form: Form
    table: RecordTable

    @property
    def is_dirty(self) -> bool:
        return self.editing.isVisible() and self.form.is_dirty

    def make_editing(self, *, most: int, beside: QWidget | None = None, act: str = "") -> None:
        """Put the form on a card; what `beside` holds stands left of the buttons."""
        save = Button(act or _("Simpan"), kind="primary", key="Ctrl+S")
        cancel = Button(_("Batal"))
        save.clicked.connect(self.save)
        cancel.clicked.connect(self.close_form)
        self._title = card_title()
        before = () if beside is None else (beside,)
        foot = row(*before, None, cancel, save)
        self.editing = Card(self._title, self.form, foot, gap=8)
        self.editing.setMaximumHeight(px(most))
        self.editing.hide()

    def open_form(self, title: str) -> None:
        """Show the form as it was filled in."""
        self._title.setText(title)
        self.form.show_errors([])
        self.form.mark_clean()
        self.editing.show()

    def close_form(self) -> None:
        """Put the form away with what was typed."""
        self.form.mark_clean()
        self.editing.hide()
        self.table.setFocus()

    def send(self, work: Work) -> None:
        """Save in the background; the form stays open until that is done."""
        task = self.context.runner.start(work)
        task.succeeded.connect(self._on_sent)
        task.failed.connect(self.show_failure)

    def show_failure(self, problem: Exception) -> None:
        """Tell why nothing is stored, at the fields where that is known."""
        if isinstance(problem, FormProblems):
            errors = [FieldError(field=p.field, message=p.message) for p in problem.problems]
            self.form.show_errors(errors)
        else:
            self._on_problem(problem)

    def _on_sent(self, answer: Answer) -> None:
        self.close_form()
        self.take_in(answer, self.stored)
