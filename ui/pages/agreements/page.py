"""The page of agreements: list beside record, the form, the printed summary."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from bpjsdesk.domain.agreements import Agreement, Stage, Status
from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services import agreements
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from ui.errors import show_error
from ui.i18n import _
from ui.main_window import MainWindow
from ui.page import PageContext
from ui.pages.agreements.browse import AgreementList
from ui.pages.agreements.detail import AgreementDetail
from ui.pages.agreements.form import AgreementForm
from ui.pages.agreements.words import LIVE, status_pill
from ui.pages.batches.import_form import ImportStart
from ui.pages.batches.page import BatchesPage
from ui.pages.record_page import RecordPage
from ui.pages.reports.document_pane import DocumentPane
from ui.pages.reports.pdf_work import agreement_pdf
from ui.tasks import Work
from ui.widgets.buttons import Button, bind_key

_LIST_WIDTH = 324
_BROWSE_HINTS = (("↑↓", "pilih"), ("F2", "ubah"), ("Ctrl+R", "perpanjang"), ("Ctrl+F", "cari"))
_FORM_HINTS = (("Tab", "isian berikut"), ("F8", "galat berikut"), ("Ins", "baris baru"))


class AgreementsPage(RecordPage[AgreementForm]):
    """Find, read, record, renew and print agreements."""

    kinds = frozenset({"agreement", "batch", "claim", "reference"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, _("Perjanjian"), record_words=_("perjanjian ini"))
        self._renew_request = ("", 0)
        self._document: DocumentPane | None = None
        self._build_widgets()
        self._connect_signals()
        self._bind_keys()
        self._show_browse()

    @property
    def document(self) -> DocumentPane:
        """The printed summary, made when first asked for."""
        if self._document is None:
            self._document = DocumentPane(self.context)
            self._document.noted.connect(self.saved)
            self._stack.addWidget(self._document)
        return self._document

    @property
    def detail(self) -> AgreementDetail:
        return self._detail

    @property
    def list(self) -> AgreementList:
        return self._list

    def refresh(self, changes: Changes) -> None:
        """Read list and record anew; a form that is open keeps what was typed."""
        if not self.context.app.user.may("read.agreements"):
            self._refuse()
            return
        self._list.refresh()
        shown = self._detail.agreement
        if shown is not None:
            self._detail.load(shown.agreement_id)

    def open_record(self, record_id: int) -> None:
        """Show one agreement."""
        self._show_browse()
        self._list.choose(record_id)
        self._detail.load(record_id)

    def open_form(self, record_id: int | None) -> None:
        """Open the form on an agreement, or on a new one."""
        self.form.open(record_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        on_paper = self._stack.currentWidget() is self._document
        if event.key() == Qt.Key.Key_Escape and on_paper:
            self._show_browse()
            return
        super().keyPressEvent(event)

    def _build_widgets(self) -> None:
        self._new = Button(_("Baru"), kind="primary", icon="plus", key="Ctrl+N")
        self._new.setObjectName("newAgreement")
        self._back = Button(_("Kembali"), icon="arrow-back-up", key="Esc")
        self._list = AgreementList(self.context)
        self._detail = AgreementDetail(self.context)
        self._lay_out(self._list, self._detail, list_width=_LIST_WIDTH)
        self.set_header_actions(self._back, self._new)

    def _connect_signals(self) -> None:
        self._new.clicked.connect(self._on_new_clicked)
        self._back.clicked.connect(self._show_browse)
        self._list.chosen.connect(self._on_list_chosen)
        self._list.opened.connect(self._on_list_opened)
        self._list.loaded.connect(self._on_list_loaded)
        self._list.new_requested.connect(self._on_new_clicked)
        self._list.failed.connect(self._on_failed)
        self._detail.edit_requested.connect(self._on_edit_requested)
        self._detail.renew_requested.connect(self._on_renew_requested)
        self._detail.batch_requested.connect(self._on_batch_requested)
        self._detail.print_requested.connect(self._on_print_requested)
        self._detail.other_chosen.connect(self.open_record)
        self._detail.failed.connect(self._on_failed)

    def _make_form(self) -> AgreementForm:
        return AgreementForm(self.context)

    def _focus_list(self) -> None:
        self._list.focus_list()

    def _bind_keys(self) -> None:
        bind_key(self._new, "Ctrl+N", self)
        for key, button in self._detail.keyed_buttons():
            bind_key(button, key, self._browse)
        for key, slot in (
            ("Ctrl+F", self._list.focus_search),
            ("Ctrl+Backspace", self._list.clear_filter),
        ):
            self._bind(key, slot)

    def _show_browse(self) -> None:
        self._stack.setCurrentWidget(self._browse)
        self.wizard_changed.emit(False)
        may_save = self.context.app.user.may("agreement.save")
        self._new.setVisible(may_save)
        self._back.hide()
        self.set_title(_("Perjanjian"))
        self._show_counts()
        self.set_key_hints(*_BROWSE_HINTS)
        if self.isVisible():
            self._list.focus_list()

    def _show_counts(self) -> None:
        items = self._list.items
        live = sum(item.status in LIVE for item in items)
        ending = sum(item.status is Status.EXPIRING for item in items)
        words = _("{n} perjanjian · {live} berlaku").format(n=len(items), live=live)
        if self._stack.currentWidget() is self._browse:
            self.set_subtitle(words)
        self.waiting_changed.emit(ending)

    def _on_list_loaded(self) -> None:
        if not self._list.has_filter:
            self._show_counts()
        if not self._list.total:
            self._detail.clear()

    def _on_list_chosen(self, agreement_id: int) -> None:
        self._message.hide()
        self._detail.load(agreement_id)

    def _on_list_opened(self, agreement_id: int) -> None:
        self._detail.load(agreement_id)
        self._detail.focus_actions()

    def _on_new_clicked(self) -> None:
        if self._stack.currentWidget() is self._browse:
            self.open_form(None)

    def _on_edit_requested(self) -> None:
        shown = self._detail.agreement
        if shown is None:
            return
        if shown.stage is Stage.DRAFT:
            self.open_form(shown.agreement_id)
            return
        self._message.set_text(
            _("Perjanjian ini terkunci"),
            _(
                "Perjanjian yang sudah ditandatangani tidak dapat diubah. Perpanjang (Ctrl+R), "
                "atau buat perjanjian baru berjenis addendum."
            ),
            tone="info",
        )
        self._message.show()

    def _on_renew_requested(self) -> None:
        shown = self._detail.agreement
        if shown is None or self._task is not None:
            return
        # a second try after an error is the same request, so the draft is made once
        if self._renew_request[1] != shown.agreement_id:
            self._renew_request = (new_request_id(), shown.agreement_id)
        self._task = self.context.runner.start(_renewing(self.context.app, self._renew_request))
        self._task.succeeded.connect(self._on_renew_succeeded)
        self._task.failed.connect(self._on_renew_failed)
        self._task.finished.connect(self._on_task_finished)

    def _on_renew_succeeded(self, answer: Answer) -> None:
        self._renew_request = ("", 0)
        self.context.changes.publish(answer.changes)
        self.saved.emit(_("Draf perpanjangan dibuat"))
        self._list.choose(answer.object_id)
        self.open_form(answer.object_id)

    def _on_renew_failed(self, problem: BaseException) -> None:
        if isinstance(problem, UserError):
            self._message.set_text(_("Belum diperpanjang"), problem.message, tone="warn")
            self._message.show()
        else:
            show_error(self, problem)

    def _on_batch_requested(self) -> None:
        shown = self._detail.agreement
        if shown is None:
            return
        self.context.open_page("batches", None)
        window = self.window()
        page = window.current_page if isinstance(window, MainWindow) else None
        if isinstance(page, BatchesPage):
            page.open_import(ImportStart(agreement_id=shown.agreement_id))

    def _on_print_requested(self) -> None:
        shown = self._detail.agreement
        if shown is None:
            return
        self._stack.setCurrentWidget(self.document)
        self._new.hide()
        self._back.show()
        self.set_title(_("Ringkasan perjanjian"))
        self.set_subtitle(_("Perjanjian › {title} › Cetak").format(title=shown.draft.title))
        self.set_key_hints(("Esc", "kembali"), ("Ctrl+P", "cetak"))
        self.document.make(
            agreement_pdf(self.context.app, shown.agreement_id),
            name=_("Ringkasan {title}").format(title=shown.draft.title),
            title=_("Membuat ringkasan"),
        )
        self.document.setFocus()

    def _on_form_opened(self, record: Agreement | None) -> None:
        self._stack.setCurrentWidget(self.form)
        self.wizard_changed.emit(True)
        self._message.hide()
        self._new.hide()
        self._back.hide()
        if record is None:
            self.set_title(_("Perjanjian baru"), pill=status_pill(Status.DRAFT, None))
            self.set_subtitle(_("Perjanjian › Baru"))
        else:
            pill = status_pill(record.status, record.days_left)
            self.set_title(_("Ubah perjanjian"), pill=pill)
            self.set_subtitle(_("Perjanjian › {title} › Ubah").format(title=record.draft.title))
        self.set_key_hints(*_FORM_HINTS)

    def _on_form_saved(self, saved: int) -> None:
        self.saved.emit(_("Perjanjian tersimpan"))
        self._show_browse()
        self._list.choose(saved)
        self._detail.load(saved)


def _renewing(app: AppContext, request: tuple[str, int]) -> Work:
    def work(_progress: ProgressSink, _cancel: CancelToken) -> Answer:
        request_id, agreement_id = request
        return agreements.renew_agreement(app, agreement_id, request_id=request_id)

    return work
