"""The page of claims: list beside record, the form, steps, import of past claims."""

from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.claims import Claim, ClaimMove
from bpjsdesk.domain.wording import format_count, format_rupiah
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.claims import move_claim
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from ui.errors import show_error
from ui.i18n import _
from ui.page import PageContext
from ui.pages.claims.browse import ClaimList
from ui.pages.claims.detail import ClaimDetail
from ui.pages.claims.form import ClaimForm, SavedClaim
from ui.pages.claims.import_pane import ClaimImportPane
from ui.pages.claims.move_dialog import MoveAnswer, MoveDialog
from ui.pages.claims.words import PROGRAMME_WORDS, move_words
from ui.pages.record_page import RecordPage
from ui.tasks import Work
from ui.widgets.buttons import Button, bind_key

_LIST_WIDTH = 346
_CLOSED = frozenset({"PAID", "REJECTED", "CANCELLED"})


class ClaimsPage(RecordPage[ClaimForm]):
    """Find, read, record and lead claims; load past ones from a workbook."""

    kinds = frozenset({"claim", "agreement", "person", "reference"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, _("Klaim"), record_words=_("klaim ini"))
        self._import_pane: ClaimImportPane | None = None
        self._build_widgets()
        self._connect_signals()
        self._bind_keys()
        self._show_browse()

    @property
    def detail(self) -> ClaimDetail:
        return self._detail

    @property
    def list(self) -> ClaimList:
        return self._list

    @property
    def import_pane(self) -> ClaimImportPane:
        """The way from a workbook to claims, made when first asked for."""
        if self._import_pane is None:
            self._import_pane = ClaimImportPane(self.context)
            self._import_pane.imported.connect(self._on_imported)
            self._import_pane.closed.connect(self._show_browse)
            self._stack.addWidget(self._import_pane)
        return self._import_pane

    def refresh(self, changes: Changes) -> None:
        """Read list and record anew; a form that is open keeps what was typed."""
        if not self.context.app.user.may("read.claims"):
            self._refuse()
            return
        self._list.refresh()
        if self._detail.claim is not None:
            self._detail.load(self._detail.claim.claim_id)

    def open_record(self, record_id: int) -> None:
        """Show one claim."""
        self._show_browse()
        self._list.choose(record_id)
        self._detail.load(record_id)

    def open_form(self, record_id: int | None) -> None:
        """Open the form on a claim, or on a new one."""
        self.form.open(record_id)

    def open_import(self) -> None:
        """Show the way from a workbook to claims."""
        self.import_pane.reset()
        self._stack.setCurrentWidget(self.import_pane)
        self._show_head(_("Impor klaim"), _("Klaim › Impor dari Excel"))
        self.set_key_hints(("Ctrl+O", _("pilih berkas")), ("Esc", _("kembali")))
        self.import_pane.setFocus()

    def _build_widgets(self) -> None:
        self._import = Button(_("Impor"), icon="table-import", key="Ctrl+I")
        self._new = Button(_("Klaim baru"), kind="primary", icon="plus", key="Ctrl+N")
        self._new.setObjectName("newClaim")
        self._list = ClaimList(self.context)
        self._detail = ClaimDetail(self.context)
        self._lay_out(self._list, self._detail, list_width=_LIST_WIDTH)
        self.set_header_actions(self._import, self._new)

    def _connect_signals(self) -> None:
        self._new.clicked.connect(self._on_new_clicked)
        self._import.clicked.connect(self.open_import)
        self._list.chosen.connect(self._on_list_chosen)
        self._list.opened.connect(self._on_list_opened)
        self._list.loaded.connect(self._on_list_loaded)
        self._list.new_requested.connect(self._on_new_clicked)
        self._list.import_requested.connect(self.open_import)
        self._list.failed.connect(self._on_failed)
        self._detail.edit_requested.connect(self._on_edit_requested)
        self._detail.move_requested.connect(self._on_move_requested)
        self._detail.agreement_requested.connect(self._on_agreement_requested)
        self._detail.failed.connect(self._on_failed)

    def _make_form(self) -> ClaimForm:
        return ClaimForm(self.context)

    def _focus_list(self) -> None:
        self._list.focus_list()

    def _bind_keys(self) -> None:
        bind_key(self._new, "Ctrl+N", self._browse)
        bind_key(self._import, "Ctrl+I", self._browse)
        bind_key(self._detail.edit_button, "F2", self._browse)
        for key, slot in (
            ("Ctrl+F", self._list.focus_search),
            ("Ctrl+Backspace", self._list.clear_filter),
            ("Ctrl+Return", self._detail.take_first_move),
            ("Ctrl+Enter", self._detail.take_first_move),
        ):
            self._bind(key, slot)

    def _show_browse(self) -> None:
        self._stack.setCurrentWidget(self._browse)
        user = self.context.app.user
        self.set_title(_("Klaim"))
        self._new.setVisible(user.may("claim.save"))
        self._import.setVisible(user.may("claim.import"))
        self._show_counts()
        self.set_key_hints(
            ("↑↓", _("pilih")),
            ("F2", _("ubah")),
            ("Ctrl+Enter", _("langkah berikutnya")),
            ("Ctrl+F", _("cari")),
        )
        if self.isVisible():
            self._list.focus_list()

    def _show_head(self, title: str, path: str, *, pill: tuple[str, str] = ("", "grey")) -> None:
        self.set_title(title, pill=pill)
        self.set_subtitle(path)
        self._new.hide()
        self._import.hide()

    def _show_counts(self) -> None:
        counts = self._list.counts
        total = sum(counts.values())
        waiting = sum(count for code, count in counts.items() if code not in _CLOSED)
        if self._stack.currentWidget() is self._browse:
            words = _("{n} klaim · {open} belum selesai")
            self.set_subtitle(words.format(n=format_count(total), open=format_count(waiting)))
        self.waiting_changed.emit(waiting)

    def _on_list_loaded(self) -> None:
        self._show_counts()
        if not self._list.counts:
            self._detail.clear()

    def _on_list_chosen(self, claim_id: int) -> None:
        self._message.hide()
        self._detail.load(claim_id)

    def _on_list_opened(self, claim_id: int) -> None:
        self._detail.load(claim_id)
        self._detail.edit_button.setFocus()

    def _on_new_clicked(self) -> None:
        self.open_form(None)

    def _on_edit_requested(self) -> None:
        if self._detail.claim is not None:
            self.open_form(self._detail.claim.claim_id)

    def _on_agreement_requested(self, agreement_id: int) -> None:
        self.context.open_page("agreements", agreement_id)

    def _on_move_requested(self, move: ClaimMove) -> None:
        facts = self._detail.facts
        if facts is None or self._task is not None:
            return
        claim = facts.claim
        title = move_words(move.to_status, facts.status_names.get(move.to_status, ""))
        body = f"{claim.draft.participant_name} · {claim.number}"
        if claim.draft.amount:
            body = f"{body} · {format_rupiah(claim.draft.amount)}"
        dialog = MoveDialog(self, self.context, move, title=title.rstrip("…"), body=body)
        dialog.exec()
        if dialog.answer is not None:
            self._take_step(claim, move, dialog.answer)

    def _take_step(self, claim: Claim, move: ClaimMove, answer: MoveAnswer) -> None:
        work = _moving(self.context.app, (claim, move, answer), new_request_id())
        self._task = self.context.runner.start(work)
        self._task.succeeded.connect(self._on_move_succeeded)
        self._task.failed.connect(self._on_move_failed)
        self._task.finished.connect(self._on_task_finished)

    def _on_move_succeeded(self, answer: Answer) -> None:
        self._message.hide()
        self.saved.emit(_("Langkah klaim tersimpan"))
        self.context.changes.publish(answer.changes)
        self._detail.load(answer.object_id)

    def _on_move_failed(self, problem: BaseException) -> None:
        if isinstance(problem, UserError):
            self._message.set_text(_("Langkah belum tersimpan"), problem.message, tone="warn")
            self._message.show()
            if self._detail.claim is not None:
                self._detail.load(self._detail.claim.claim_id)
        else:
            show_error(self, problem)

    def _on_form_opened(self, record: Claim | None) -> None:
        self._stack.setCurrentWidget(self.form)
        self._message.hide()
        if record is None:
            self._show_head(_("Klaim baru"), _("Klaim › Baru"))
        else:
            words = PROGRAMME_WORDS[record.draft.programme]
            path = _("Klaim › {number} › Ubah").format(number=record.number)
            self._show_head(record.draft.participant_name, path, pill=(words, "info"))
        self.set_key_hints(
            ("Tab", _("isian berikut")),
            ("F8", _("galat berikut")),
            ("Ins", _("manfaat baru")),
            ("Ctrl+Enter", _("simpan, berikutnya") if record is None else _("simpan")),
        )

    def _on_form_saved(self, saved: SavedClaim) -> None:
        self.saved.emit(_("Klaim {name} tersimpan").format(name=saved.name))
        if saved.is_next:
            return
        self._show_browse()
        self._list.choose(saved.claim_id)
        self._detail.load(saved.claim_id)

    def _on_imported(self, count: int) -> None:
        self.saved.emit(_("{n} klaim dimuat").format(n=format_count(count)))
        self._show_browse()


def _moving(app: AppContext, step: tuple[Claim, ClaimMove, MoveAnswer], request_id: str) -> Work:
    def work(_progress: ProgressSink, _cancel: CancelToken) -> Answer:
        claim, move, answer = step
        return move_claim(
            app,
            claim.claim_id,
            to_status=move.to_status,
            version=claim.version,
            request_id=request_id,
            note=answer.note,
            on=answer.on,
        )

    return work
