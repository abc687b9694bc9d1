"""Held rows of an accepted batch as a debt: who owes them, by when, and who gives them up."""

from functools import partial

from PySide6.QtCore import Signal

from bpjsdesk.domain.changes import Answer
from bpjsdesk.domain.debts import BatchDebt, DebtOwner
from bpjsdesk.domain.wording import format_count, format_date
from bpjsdesk.errors import AppError
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.debts import change_debt, debt_of, debt_owners, write_off
from ui.i18n import _
from ui.page import PageContext
from ui.pages.batches.why_ask import WhyAsk
from ui.tasks import LatestRead, Work
from ui.widgets.buttons import Button, bind_key
from ui.widgets.combo import Choice
from ui.widgets.edits import DateEdit
from ui.widgets.form import Field
from ui.widgets.inline import InlineMessage
from ui.widgets.layout import Card, boxed, column, row
from ui.widgets.text import Label, Pill, caption, card_title
from ui.widgets.text_edit import TextEdit

Found = tuple[BatchDebt | None, tuple[DebtOwner, ...]]


class DebtCard(Card):
    """Show one debt and change who owes it until when; hidden where there never was one.

    Signals: problem_met(exception).
    """

    problem_met = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__(gap=6, margins=(16, 9, 16, 10))
        self._context = context
        self._debt: BatchDebt | None = None
        self._read = LatestRead(context.runner, self)
        self.setObjectName("debtCard")
        self._build_widgets()
        self._connect_signals()
        self.hide()

    @property
    def debt(self) -> BatchDebt | None:
        return self._debt

    def show_batch(self, batch_id: int) -> None:
        """Read the debt of a batch in the background."""
        self._read.start(partial(_read_debt, self._context.app, batch_id))

    def clear(self) -> None:
        self._read.cancel()
        self._debt = None
        self.hide()

    def _build_widgets(self) -> None:
        self._title, self._pill = card_title(), Pill("", "grey")
        self.change_button = Button(_("Ubah…"), small=True)
        self.change_button.setObjectName("debtChange")
        self.drop_button = Button(_("Hentikan tagihan…"), small=True)
        self.drop_button.setObjectName("debtDrop")
        head = row(self._title, self._pill, None, self.change_button, self.drop_button, gap=8)
        self._words = Label("", wrap=True)
        self._why_late = caption("", wrap=True)
        self._owner, self._reason = Choice(), TextEdit()
        self._due = DateEdit(self._context.today)
        owner = Field("debtOwner", _("Penanggung jawab"), self._owner)
        self._due_field = Field("debtDue", _("Tenggat"), self._due)
        reason = Field("debtReason", _("Mengapa belum selesai"), self._reason)
        self._save = Button(_("Simpan"), kind="primary", key="Ctrl+Enter", small=True)
        self._save.setObjectName("debtSave")
        self._cancel = Button(_("Batal"), key="Esc", small=True)
        fields = row((owner, 3), (self._due_field, 3), (reason, 4), gap=10)
        self._form = boxed(column(fields, row(self._save, self._cancel, None), gap=6))
        for button, key in (
            (self._save, "Ctrl+Return"),
            (self._save, "Ctrl+Enter"),
            (self._cancel, "Esc"),
        ):
            bind_key(button, key, self._form)
        self._form.hide()
        self._why = WhyAsk()
        self._problem = InlineMessage("bad", "", " ")
        self._problem.hide()
        parts = (head, self._words, self._why_late, self._form, self._why, self._problem)
        self.body.addLayout(column(*parts, gap=6))

    def _connect_signals(self) -> None:
        self._read.succeeded.connect(self._on_read)
        self._read.failed.connect(self.problem_met)
        self.change_button.clicked.connect(self._on_change_clicked)
        self.drop_button.clicked.connect(self._on_drop_clicked)
        self._save.clicked.connect(self._on_save_clicked)
        self._cancel.clicked.connect(self._form.hide)
        self._why.decided.connect(self._on_reason_given)

    def _on_read(self, found: Found) -> None:
        self._debt, owners = found
        debt = self._debt
        self.setVisible(debt is not None and (debt.held > 0 or bool(debt.written_off_at)))
        if debt is None:
            return
        user = self._context.app.user
        self._title.setText(
            _("{n} baris masih ditunggu").format(n=format_count(debt.held))
            if debt.is_open
            else _("{n} baris tidak ditunggu lagi").format(n=format_count(debt.held))
        )
        self._pill.set_state(*_pill(debt))
        self._words.setText(_words(debt))
        self._why_late.setText(debt.reason)
        self._why_late.setVisible(bool(debt.reason))
        self.change_button.setVisible(debt.is_open and user.may("batch.debt"))
        self.drop_button.setVisible(debt.is_open and user.may("batch.write_off"))
        self._owner.set_choices([(owner.user_id, owner.name) for owner in owners])

    def _on_change_clicked(self) -> None:
        if self._debt is not None:
            self._owner.set_value(self._debt.owner_id)
            self._due.set_day(self._debt.due_on)
            self._reason.setText(self._debt.reason)
            self._problem.hide()
            self._form.show()
            self._owner.setFocus()

    def _on_save_clicked(self) -> None:
        debt, due = self._debt, self._due.day
        if debt is None:
            return
        if due is None:
            self._due_field.set_error(_("Isi tanggalnya, mis. 30-11-2026"))
            return
        request_id = new_request_id()
        owner, reason = self._owner.value, self._reason.text()

        def work(_progress: ProgressSink, _cancel: CancelToken) -> Answer:
            return change_debt(
                self._context.app,
                debt,
                owner_id=owner,
                due_on=due,
                reason=reason,
                request_id=request_id,
            )

        self._start(work)

    def _on_drop_clicked(self) -> None:
        if self._debt is not None:
            self._problem.hide()
            self._why.ask_write_off(self._debt.held)

    def _on_reason_given(self, reason: str) -> None:
        debt, request_id = self._debt, new_request_id()
        if debt is None:
            return

        def work(_progress: ProgressSink, _cancel: CancelToken) -> Answer:
            return write_off(self._context.app, debt, reason=reason, request_id=request_id)

        self._start(work)

    def _start(self, work: Work) -> None:
        task = self._context.runner.start(work)
        task.succeeded.connect(self._on_stored)
        task.failed.connect(self._on_refused)

    def _on_stored(self, answer: Answer) -> None:
        self._form.hide()
        self._context.changes.publish(answer.changes)
        if self._debt is not None:
            self.show_batch(self._debt.batch_id)

    def _on_refused(self, problem: Exception) -> None:
        if isinstance(problem, AppError):
            self._problem.set_text(_("Belum ada yang disimpan"), problem.message)
            self._problem.show()
        else:
            self.problem_met.emit(problem)


def _read_debt(
    app: AppContext, batch_id: int, _progress: ProgressSink, _cancel: CancelToken
) -> Found:
    return debt_of(app, batch_id), debt_owners(app)


def _pill(debt: BatchDebt) -> tuple[str, str]:
    if debt.written_off_at and not debt.is_open:
        return _("Tidak ditagih"), "grey"
    if debt.days_late:
        return _("Lewat {n} hari").format(n=debt.days_late), "bad"
    return _("{n} hari lagi").format(n=debt.days_left), "warn"


def _words(debt: BatchDebt) -> str:
    if debt.written_off_at and not debt.is_open:
        words = _("{n} baris dihentikan oleh {who}: {why}")
        return words.format(
            n=format_count(debt.written_off_rows),
            who=debt.written_off_by,
            why=debt.written_off_why,
        )
    words = _("{owner} menyelesaikannya paling lambat {day}")
    told = words.format(owner=debt.owner, day=format_date(debt.due_on, "long"))
    return f"{told} · {debt.main_fault}" if debt.main_fault else told
