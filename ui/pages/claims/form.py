"""The form of a claim: one after the other without a mouse."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bpjsdesk.domain.changes import Answer
from bpjsdesk.domain.claims import Claim, ClaimDraft
from bpjsdesk.domain.problems import FormProblems
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.claims import save_claim
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from ui.errors import show_error
from ui.i18n import _
from ui.page import PageContext
from ui.pages.agreements.clause_editor import text_box
from ui.pages.claims.component_editor import ComponentEditor
from ui.pages.claims.loading import ClaimOpening, benefits_on, load_opening
from ui.pages.claims.participant_card import ParticipantCard
from ui.pages.claims.words import day_label
from ui.pages.record_page import RecordForm
from ui.tasks import LatestRead, Work
from ui.widgets.buttons import Button, bind_key
from ui.widgets.edits import DateEdit, TextEdit
from ui.widgets.form import FieldError, Form
from ui.widgets.layout import Card, ScrollColumn, column, row
from ui.widgets.message import InlineMessage
from ui.widgets.text import IconMark, Label, caption, card_title

CONFLICT = "CONFLICT"
_DAYS = ("event_on", "filed_on", "complete_on", "paid_on")
_NOTE_LINES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedClaim:
    """What was saved; `is_next` when the form stays for the next claim."""

    claim_id: int
    name: str
    is_next: bool


class ClaimForm(RecordForm):
    """Enter or change one claim.

    Signals: opened(Claim | None) and saved(SavedClaim); the others as in `RecordForm`.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._opening: ClaimOpening | None = None
        self._request_id = new_request_id()
        self._goes_on = False
        self._opener = LatestRead(context.runner, self)
        self._days = {name: DateEdit(context.today) for name in _DAYS}
        self._build_widgets()
        self._connect_signals()

    @property
    def is_dirty(self) -> bool:
        return self._form.is_dirty

    @property
    def claim(self) -> Claim | None:
        return self._opening.claim if self._opening else None

    def open(self, claim_id: int | None) -> None:
        """Read what the form needs, then show it; None starts a new claim."""
        self._opener.start(_opening(self._context.app, claim_id))

    def draft(self) -> ClaimDraft:
        """Give everything as typed."""
        return ClaimDraft(
            payee_name=self._payee.text().strip(),
            note=self._note.toPlainText().strip(),
            components=self._components.components(),
            event_on=self._days["event_on"].day,
            filed_on=self._days["filed_on"].day,
            complete_on=self._days["complete_on"].day,
            paid_on=self._days["paid_on"].day,
            **self._participant.values(),  # type: ignore[arg-type]  # the card gives the fields of their own types
        )

    def save(self, *, go_on: bool = False) -> None:
        """Check and save; `go_on` keeps the form for the next claim."""
        if self._task is not None or self._opening is None:
            return
        self._conflict.hide()
        self._refusal.hide()
        if not self._form.show_errors(self._form.missing_fields()):
            return
        self._goes_on = go_on and self.claim is None
        known = (self.claim.claim_id, self.claim.version) if self.claim else (None, None)
        work = _saving(self._context.app, self.draft(), self._request_id, known)
        self._task = self._context.runner.start(work)
        self._task.succeeded.connect(self._on_save_succeeded)
        self._task.failed.connect(self._on_save_failed)
        self._task.finished.connect(self._on_save_finished)

    def discard(self) -> None:
        """Forget what was typed."""
        self._form.mark_clean()

    def _build_widgets(self) -> None:
        self._form = form = Form(gap=10)
        self._participant = ParticipantCard(form, self._context)
        days = self._build_days()
        self._components = ComponentEditor(form)
        self._payee, self._note = TextEdit(), text_box(_NOTE_LINES)
        payee = form.add_field("payee_name", _("Nama penerima manfaat"), self._payee)
        note = form.add_field("note", _("Catatan"), self._note)
        rest = Card(card_title(_("Penerima dan catatan")), payee, note, None, gap=8)
        self._conflict = InlineMessage("bad", "", "", action=_("Muat ulang"))
        self._refusal = InlineMessage("bad", "", "")
        self._kept = InlineMessage("ok", "", "")
        below = row((self._components, 5), (rest, 3), gap=10)
        scroll = ScrollColumn(self._participant, days, below, None, gap=10)
        for message in (self._conflict, self._refusal, self._kept):
            message.hide()
            form.body.addWidget(message)
        form.body.addWidget(scroll, 1)
        form.body.addLayout(self._build_foot())
        self.setLayout(column((form, 1), gap=0))

    def _build_days(self) -> Card:
        fields = [
            self._form.add_field(name, day_label(name), edit) for name, edit in self._days.items()
        ]
        hint = caption(_("ketik 20112026, 20/11/26, “20 nov”; T = hari ini, + − geser sehari"))
        return Card(
            row(card_title(_("Tanggal")), 10, (hint, 1)),
            row(*((field, 1) for field in fields), gap=10),
        )

    def _build_foot(self) -> QHBoxLayout:
        self._unsaved_mark = IconMark("pencil", "warn", size=16)
        self._unsaved = Label("", size=12, weight=500, tone="warn")
        self._cancel = Button(_("Batal"), key="Esc")
        self._save = Button(_("Simpan"), icon="device-floppy", key="Ctrl+S")
        self._next = Button(
            _("Simpan dan berikutnya"), kind="primary", icon="check", key="Ctrl+Enter"
        )
        self._cancel.setObjectName("cancelClaim")
        self._save.setObjectName("saveClaim")
        self._next.setObjectName("saveNextClaim")
        bind_key(self._save, "Ctrl+S", self)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            bind_key(self._next, key, self)
        return row(self._unsaved_mark, (self._unsaved, 1), self._cancel, self._save, self._next)

    def _connect_signals(self) -> None:
        self._opener.succeeded.connect(self._on_opening_succeeded)
        self._opener.failed.connect(self.failed)
        self._form.edited.connect(self._on_form_edited)
        self._participant.programme_changed.connect(self._offer_benefits)
        self._participant.failed.connect(self.failed)
        self._days["event_on"].editingFinished.connect(self._offer_benefits)
        self._save.clicked.connect(self._on_save_clicked)
        self._next.clicked.connect(self._on_next_clicked)
        self._cancel.clicked.connect(self.closed)
        self._conflict.acted.connect(self._on_conflict_acted)

    def _show_opening(self, opening: ClaimOpening) -> None:
        claim = opening.claim
        self._participant.set_lists(opening.categories, opening.agreements)
        self._participant.show_claim(claim)
        for name, edit in self._days.items():
            edit.set_day(getattr(claim.draft, name) if claim else None)
        self._payee.setText(claim.draft.payee_name if claim else "")
        self._note.setPlainText(claim.draft.note if claim else "")
        self._offer_benefits()
        self._components.show_components(claim.draft.components if claim else ())
        if claim is None:
            self._components.add_row()
        self._show_mode(is_new=claim is None)
        self._chain_tabs()

    def _show_mode(self, *, is_new: bool) -> None:
        self._save.setVisible(is_new)
        self._next.setText(_("Simpan dan berikutnya") if is_new else _("Simpan"))
        # a claim that is recorded is paid by a step of its path, which names who paid
        self._days["paid_on"].setReadOnly(not is_new)
        hint = "" if is_new else _("Diisi lewat langkah Bayarkan")
        self._form.field("paid_on").set_hint(hint)

    def _chain_tabs(self) -> None:
        # benefit rows are made after the form, so Tab would reach them last
        last = self._components.chain_tabs(self._days["paid_on"])
        for control in (self._payee, self._note, self._cancel, self._save, self._next):
            QWidget.setTabOrder(last, control)
            last = control

    def _offer_benefits(self) -> None:
        if self._opening is None:
            return
        day = self._days["event_on"].day or self._today()
        self._components.offer(
            benefits_on(self._opening.benefits, self._participant.programme, day)
        )

    def _today(self) -> date:
        return self._context.today()

    def _show_dirty(self) -> None:
        self._unsaved.setText(_("Belum disimpan") if self.is_dirty else "")
        self._unsaved_mark.setVisible(self.is_dirty)

    def _start_next(self, name: str) -> None:
        with QSignalBlocker(self._form):
            self._participant.clear_person()
            self._payee.clear()
            self._note.clear()
            self._components.show_components(())
            self._components.add_row()
        self._chain_tabs()
        self._form.mark_clean()
        self._kept.set_text(
            _("Tersimpan: {name}").format(name=name),
            _("Program, kategori, wilayah, dan tanggal dipertahankan untuk klaim berikutnya."),
        )
        self._kept.show()
        self._participant.focus_nik()

    def _show_problems(self, problems: FormProblems) -> None:
        errors: Sequence[FieldError] = [
            FieldError(
                field=self._components.form_name(each.field) or each.field, message=each.message
            )
            for each in problems.problems
        ]
        self._form.show_errors(errors)

    def _on_opening_succeeded(self, opening: ClaimOpening) -> None:
        self._opening = opening
        self._request_id = new_request_id()
        with QSignalBlocker(self._form):
            self._show_opening(opening)
        for message in (self._conflict, self._refusal, self._kept):
            message.hide()
        self._form.show_errors(())
        self._form.mark_clean()
        self._show_dirty()
        self.opened.emit(opening.claim)
        self._participant.focus_nik()

    def _on_form_edited(self) -> None:
        self._kept.hide()
        self._show_dirty()

    def _on_save_clicked(self) -> None:
        self.save()

    def _on_next_clicked(self) -> None:
        self.save(go_on=True)

    def _on_save_succeeded(self, answer: Answer) -> None:
        name = self.draft().participant_name
        self._form.mark_clean()
        self._request_id = new_request_id()
        if self._goes_on:
            self._start_next(name)
        self._show_dirty()
        self._context.changes.publish(answer.changes)
        self.saved.emit(SavedClaim(claim_id=answer.object_id, name=name, is_next=self._goes_on))

    def _on_save_failed(self, problem: BaseException) -> None:
        if isinstance(problem, FormProblems):
            self._show_problems(problem)
        elif isinstance(problem, UserError):
            shown = self._conflict if problem.code == CONFLICT else self._refusal
            shown.set_text(_("Belum disimpan"), problem.message)
            shown.show()
        else:
            show_error(self, problem)

    def _on_save_finished(self) -> None:
        self._task = None

    def _on_conflict_acted(self) -> None:
        if self.claim is not None:
            self.open(self.claim.claim_id)


def _opening(app: AppContext, claim_id: int | None) -> Work:
    def work(_progress: ProgressSink, _cancel: CancelToken) -> ClaimOpening:
        return load_opening(app, claim_id)

    return work


def _saving(
    app: AppContext, draft: ClaimDraft, request_id: str, known: tuple[int | None, int | None]
) -> Work:
    def work(_progress: ProgressSink, _cancel: CancelToken) -> Answer:
        claim_id, version = known
        return save_claim(app, draft, request_id=request_id, claim_id=claim_id, version=version)

    return work
