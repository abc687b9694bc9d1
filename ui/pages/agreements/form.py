"""The form of an agreement: everything a clerk enters, priced and checked while typing."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QWidget

from bpjsdesk.domain.agreements import Agreement, AgreementDraft, Party
from bpjsdesk.domain.changes import Answer
from bpjsdesk.domain.problems import FormProblems
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services import agreements
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from ui.dialogs import ask_confirmation
from ui.errors import show_error
from ui.i18n import _
from ui.page import PageContext
from ui.pages.agreements.clause_editor import ClauseEditor
from ui.pages.agreements.form_rail import FormAndRail, FormRail
from ui.pages.agreements.head_cards import IdentityCard, TextsFormCard, ValidityCard
from ui.pages.agreements.loading import DraftReading, FormOpening, load_opening, read_draft
from ui.pages.agreements.money_editor import FundingEditor, TrancheEditor
from ui.pages.agreements.party_editor import PartyEditor
from ui.pages.agreements.quota_editor import QuotaEditor
from ui.pages.record_page import RecordForm
from ui.tasks import LatestRead, Work
from ui.widgets.buttons import Button, bind_key
from ui.widgets.form import FieldError, Form
from ui.widgets.layout import ScrollColumn, column, row
from ui.widgets.message import InlineMessage
from ui.widgets.text import IconMark, Label

_PAUSE_MS = 250
_LONGEST_ABBREVIATION = 4
CONFLICT = "CONFLICT"


class AgreementForm(RecordForm):
    """Enter or change one agreement.

    Signals: opened(Agreement | None) and saved(int) with the id; the others as in `RecordForm`.
    """

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._opening: FormOpening | None = None
        self._reading = DraftReading(lines=(), problems=(), warnings=())
        self._request_id = new_request_id()
        self._opener = LatestRead(context.runner, self)
        self._pricer = LatestRead(context.runner, self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._build_widgets()
        self._connect_signals()

    @property
    def is_dirty(self) -> bool:
        return self._form.is_dirty

    @property
    def agreement(self) -> Agreement | None:
        return self._opening.agreement if self._opening else None

    def open(self, agreement_id: int | None) -> None:
        """Read what the form needs, then show it; None starts a new agreement."""
        self._opener.start(_opening(self._context.app, agreement_id))

    def draft(self) -> AgreementDraft:
        """Give everything as typed; quota lines that are not complete are left out."""
        values = {**self._identity.values(), **self._validity.values(), **self._texts.values()}
        return AgreementDraft(
            parties=self._parties.parties(),
            quotas=self._quotas.quotas(),
            funding=self._funding.funding(),
            tranches=self._tranches.tranches(),
            duties=self._clauses.duties(),
            contacts=self._clauses.contacts(),
            **values,  # type: ignore[arg-type]  # each card gives the fields of its own types
        )

    def save(self) -> None:
        """Check and save; what is wrong is shown in place."""
        if self._task is not None or self._opening is None:
            return
        self._conflict.hide()
        self._refusal.hide()
        if not self._show_errors(self._form.missing_fields()):
            return
        draft = self.draft()
        if draft.signed_on is not None and not self._confirm_signing():
            return
        version = self.agreement.version if self.agreement else None
        agreement_id = self.agreement.agreement_id if self.agreement else None
        work = _saving(self._context.app, draft, self._request_id, (agreement_id, version))
        self._task = self._context.runner.start(work)
        self._task.succeeded.connect(self._on_save_succeeded)
        self._task.failed.connect(self._on_save_failed)
        self._task.finished.connect(self._on_save_finished)
        self._save.setEnabled(False)

    def discard(self) -> None:
        """Forget what was typed."""
        self._form.mark_clean()
        self._pause.stop()
        self._pricer.cancel()

    def _build_widgets(self) -> None:
        self._form = form = Form(gap=10)
        self._identity = IdentityCard(form, self._context)
        self._validity = ValidityCard(form, self._context)
        self._parties = PartyEditor(form)
        self._quotas = QuotaEditor(form, self._context)
        self._funding = FundingEditor(form)
        self._tranches = TrancheEditor(form, self._context)
        self._clauses, self._texts = ClauseEditor(form), TextsFormCard(form)
        self._rail = FormRail()
        self._conflict = InlineMessage("bad", "", "", action=_("Muat ulang"))
        self._refusal = InlineMessage("bad", "", "")
        self._conflict.hide()
        self._refusal.hide()
        cards = (
            self._identity,
            self._parties,
            self._validity,
            self._quotas,
            self._funding,
            self._tranches,
            self._clauses,
            self._texts,
        )
        main = ScrollColumn(*cards, None, gap=10)
        form.body.addWidget(self._conflict)
        form.body.addWidget(self._refusal)
        form.body.addWidget(FormAndRail(main, self._rail), 1)
        form.body.addLayout(self._build_foot())
        self.setLayout(column((form, 1), gap=0))

    def _build_foot(self) -> QHBoxLayout:
        self._unsaved_mark = IconMark("pencil", "warn", size=16)
        self._unsaved = Label("", size=12, weight=500, tone="warn")
        self._cancel = Button(_("Batal"), key="Esc")
        self._save = Button(_("Simpan"), kind="primary", icon="device-floppy", key="Ctrl+S")
        self._cancel.setObjectName("cancelAgreement")
        self._save.setObjectName("saveAgreement")
        bind_key(self._save, "Ctrl+S", self)
        return row(self._unsaved_mark, (self._unsaved, 1), self._cancel, self._save)

    def _connect_signals(self) -> None:
        self._opener.succeeded.connect(self._on_opening_succeeded)
        self._opener.failed.connect(self.failed)
        self._pricer.succeeded.connect(self._on_pricing_succeeded)
        self._pricer.failed.connect(self._on_pricing_failed)
        self._pause.timeout.connect(self._price)
        self._form.edited.connect(self._on_form_edited)
        self._parties.rows_changed.connect(self._on_parties_changed)
        self._save.clicked.connect(self.save)
        self._cancel.clicked.connect(self.closed)
        self._conflict.acted.connect(self._on_conflict_acted)

    def _show_opening(self, opening: FormOpening) -> None:
        draft = opening.agreement.draft if opening.agreement else _blank(opening)
        lists = opening.lists
        own_id = opening.agreement.agreement_id if opening.agreement else None
        others = tuple(item for item in lists.agreements if item.agreement_id != own_id)
        self._quotas.set_lists(lists.categories)
        self._funding.set_lists(lists.sources)
        self._identity.show_draft(draft, lists.kinds, others, opening.region_name)
        self._validity.show_draft(draft)
        self._parties.show_parties(draft.parties)
        self._quotas.set_start(draft.valid_from)
        self._quotas.show_quotas(draft.quotas)
        self._funding.show_funding(draft.funding)
        self._tranches.show_tranches(draft.tranches)
        self._clauses.show_clauses(draft.duties, draft.contacts)
        self._texts.show_draft(draft)
        self._chain_tabs()

    def _chain_tabs(self) -> None:
        # rows are made after the form, so Tab would reach them last
        last: QWidget = self._form.field("amends_id").control
        last = self._parties.chain_tabs(last)
        for name in ("valid_from", "valid_to", "signed_on", "signed_place", "protected_since"):
            QWidget.setTabOrder(last, self._form.field(name).control)
            last = self._form.field(name).control
        for editor in (self._quotas, self._funding, self._tranches):
            last = editor.chain_tabs(last)
        names = [self._form.field(name).control for name in ("legal_basis", "scope", "notes")]
        for control in (*self._clauses.controls, *names, self._cancel, self._save):
            QWidget.setTabOrder(last, control)
            last = control

    def _show_errors(self, errors: Sequence[FieldError]) -> bool:
        fine = self._form.show_errors(errors)
        self._show_checks()
        return fine

    def _show_checks(self) -> None:
        priced = any(line is not None for line in self._reading.lines)
        self._rail.show_checks(self._form.errors, self._reading.warnings, priced=priced)

    def _show_dirty(self) -> None:
        self._unsaved.setText(_("Belum disimpan") if self.is_dirty else "")
        self._unsaved_mark.setVisible(self.is_dirty)

    def _confirm_signing(self) -> bool:
        return ask_confirmation(
            self,
            _("Simpan sebagai perjanjian yang ditandatangani?"),
            _(
                "Tanggal tanda tangan sudah diisi. Setelah disimpan, perjanjian terkunci dan hanya "
                "dapat dilanjutkan dengan addendum atau perpanjangan."
            ),
            act=_("Simpan dan kunci"),
            danger=False,
        )

    def _price(self) -> None:
        agreement_id = self.agreement.agreement_id if self.agreement else None
        self._pricer.start(_pricing(self._context.app, self.draft(), agreement_id))

    def _field_name(self, path: str) -> str:
        for editor in (self._parties, self._quotas, self._funding, self._tranches):
            name = editor.form_name(path)
            if name:
                return name
        return path

    def _on_opening_succeeded(self, opening: FormOpening) -> None:
        self._opening = opening
        self._request_id = new_request_id()
        self._reading = DraftReading(lines=(), problems=(), warnings=())
        with QSignalBlocker(self._form):
            self._show_opening(opening)
        self._conflict.hide()
        self._refusal.hide()
        self._form.show_errors(())
        self._form.mark_clean()
        self._show_dirty()
        self._show_checks()
        self._price()
        self.opened.emit(opening.agreement)
        self._identity.title_edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_pricing_succeeded(self, reading: DraftReading) -> None:
        self._reading = reading
        self._quotas.show_reading(reading.lines, reading.problems)
        self._rail.show_money(self.draft(), reading.lines)
        if self._opening is not None:
            self._rail.show_difference(
                self._opening.previous, reading.lines, self._opening.lists.categories
            )
        self._show_checks()

    def _on_pricing_failed(self, problem: BaseException) -> None:
        show_error(self, problem)

    def _on_form_edited(self) -> None:
        self._quotas.set_start(self._validity.valid_from.day)
        self._show_dirty()
        self._pause.start()

    def _on_parties_changed(self) -> None:
        self._clauses.set_parties(self._parties.party_rows())

    def _on_save_succeeded(self, answer: Answer) -> None:
        self._form.mark_clean()
        self._show_dirty()
        self._request_id = new_request_id()
        self._context.changes.publish(answer.changes)
        self.saved.emit(answer.object_id)

    def _on_save_failed(self, problem: BaseException) -> None:
        if isinstance(problem, FormProblems):
            self._show_errors(
                [
                    FieldError(field=self._field_name(each.field), message=each.message)
                    for each in problem.problems
                ]
            )
        elif isinstance(problem, UserError):
            shown = self._conflict if problem.code == CONFLICT else self._refusal
            shown.set_text(_("Belum disimpan"), problem.message)
            shown.show()
        else:
            show_error(self, problem)

    def _on_save_finished(self) -> None:
        self._task = None
        self._save.setEnabled(True)

    def _on_conflict_acted(self) -> None:
        if self.agreement is not None:
            self.open(self.agreement.agreement_id)


def _blank(opening: FormOpening) -> AgreementDraft:
    office = opening.office
    own = Party(
        role_no=2,
        institution=f"{_proper(office.institution)} {office.name}".strip(),
        office_address=office.address,
    )
    return AgreementDraft(kind="", title="", parties=(Party(role_no=1, institution=""), own))


def _proper(name: str) -> str:
    # letterheads shout; BPJS stays, KETENAGAKERJAAN does not
    return " ".join(
        word if len(word) <= _LONGEST_ABBREVIATION else word.title() for word in name.split()
    )


def _opening(app: AppContext, agreement_id: int | None) -> Work:
    def work(_progress: ProgressSink, _cancel: CancelToken) -> FormOpening:
        return load_opening(app, agreement_id)

    return work


def _pricing(app: AppContext, draft: AgreementDraft, agreement_id: int | None) -> Work:
    def work(_progress: ProgressSink, _cancel: CancelToken) -> DraftReading:
        return read_draft(app, draft, agreement_id)

    return work


def _saving(
    app: AppContext, draft: AgreementDraft, request_id: str, known: tuple[int | None, int | None]
) -> Work:
    def work(_progress: ProgressSink, _cancel: CancelToken) -> Answer:
        agreement_id, version = known
        return agreements.save_agreement(
            app, draft, request_id=request_id, agreement_id=agreement_id, version=version
        )

    return work
