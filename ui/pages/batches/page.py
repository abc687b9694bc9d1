"""The page "Batch": lists of workers that were loaded, and loading one."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from bpjsdesk.domain.changes import Changes
from bpjsdesk.domain.enrollment import BatchListItem
from bpjsdesk.domain.wording import format_count
from ui.errors import show_error
from ui.i18n import _
from ui.page import Page, PageContext
from ui.pages.batches.after_desk import AfterDesk
from ui.pages.batches.after_papers import PaperWish, receipt_wish, roster_wish
from ui.pages.batches.after_work import list_work
from ui.pages.batches.browse import BatchBrowse, empty_batches, has_debt, is_in_work
from ui.pages.batches.detail import SUMMARY, BatchView
from ui.pages.batches.draft_view import DraftView
from ui.pages.batches.file_drop import dropped_file
from ui.pages.batches.flow_words import flow_hints
from ui.pages.batches.import_flow import ImportFlow
from ui.pages.batches.import_form import ImportStart
from ui.pages.batches.steps import FlowStep, is_work
from ui.pages.reports.document_pane import DocumentPane
from ui.pages.reports.file_choice import ask_open_path
from ui.pages.settings.refused import refused_state
from ui.tasks import LatestRead
from ui.widgets.buttons import Button
from ui.widgets.layout import Card, boxed, column, dress
from ui.widgets.split import ListDetail

_PARTS = ("browse", "empty", "flow", "paper", "refused", "after")
_BROWSE, _EMPTY, _FLOW, _PAPER, _REFUSED, _AFTER = range(len(_PARTS))
_ON_TOP = (_FLOW, _PAPER, _AFTER)
_KEYS = (
    ("Ctrl+N", "_on_import"),
    ("Ctrl+F", "_on_find"),
    ("Ctrl+Backspace", "_on_clear_filter"),
    ("Ctrl+P", "_on_print"),
    ("Ctrl+R", "_on_receipt"),
    ("Ctrl+S", "_on_save"),
    ("F8", "_on_next_reason"),
    ("Ctrl+W", "_on_close"),
    ("Esc", "_on_close"),
)
_BROWSE_KEYS = ("Ctrl+F", "Ctrl+P", "Ctrl+R", "Ctrl+S", "F8")


class BatchesPage(Page):
    """Batches and the import."""

    kinds = frozenset({"batch", "agreement"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, _("Batch"))
        self._wanted: int | None = None
        self._made_flow: ImportFlow | None = None
        self._lists = LatestRead(context.runner, self)
        self._build_widgets()
        self._connect_signals()
        self._bind_keys()
        self.setAcceptDrops(True)
        self._show_part(_BROWSE)

    @property
    def shown_part(self) -> str:
        """What is on the screen: "browse", "empty", "flow", "paper", "refused" or "after"."""
        return _PARTS[self._stack.currentIndex()]

    @property
    def view(self) -> BatchView:
        """The stored batch at the right."""
        return self._view

    @property
    def draft(self) -> DraftView:
        """The list in work at the right."""
        return self._draft

    @property
    def flow(self) -> ImportFlow:
        """The import, made when first asked for: most visits only read."""
        if self._made_flow is None:
            self._made_flow = self._make_flow()
        return self._made_flow

    def refresh(self, changes: Changes) -> None:
        if self.context.app.user.may("read.batches"):
            self._lists.start(list_work(self.context.app))
        else:
            self._show_part(_REFUSED)

    def make_more(self) -> bool:
        if self._made_flow is None:
            self._made_flow = self._make_flow()
            dress(self._stack.widget(_FLOW), self._stack.size())
            return True
        return self.flow.make_more()

    def open_record(self, record_id: int) -> None:
        """Show one batch."""
        self._wanted = record_id
        if self._stack.currentIndex() in _ON_TOP:
            self._close_part()
        self._choose_wanted()

    def focus_first(self) -> None:
        """Put the focus where work on the present part begins."""
        part = self._stack.currentIndex()
        if part == _BROWSE:
            self._browse.list.setFocus()
        elif part == _FLOW:
            self.flow.focus_first()
        elif part == _PAPER:
            self._paper.preview.setFocus()
        elif part == _AFTER:
            self._after.focus_first()
        else:
            self.setFocus()

    def open_import(self, start: ImportStart) -> None:
        """Begin to load a list; one that is being read or stored is shown again."""
        self._show_part(_FLOW)
        if self.flow.is_running:
            self.flow.show_title()
            self.flow.focus_first()
        else:
            self.flow.open(start)

    def open_work(self, batch_id: int) -> None:
        """Go on with a list that is in work."""
        self._show_part(_FLOW)
        self.flow.open_batch(batch_id)

    def take_correction(self, path: Path, batch_id: int | None = None) -> None:
        """Take a corrected file for a batch; without one its row keys say which."""
        self._show_part(_AFTER)
        self._after.open_correction(path, batch_id)
        self.focus_first()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event) is not None and self._import_button.isVisibleTo(self):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.open_import(ImportStart(path=path))

    def _build_widgets(self) -> None:
        self._browse = BatchBrowse()
        self._view, self._draft = BatchView(self.context), DraftView(self.context)
        self._right = QStackedWidget()
        self._right.addWidget(self._view)
        self._right.addWidget(self._draft)
        self._empty = empty_batches()
        self._flow_place = column()
        self._paper, self._after = DocumentPane(self.context), AfterDesk(self.context)
        self._stack = QStackedWidget()
        self.body.addWidget(self._stack, 1)
        parts: tuple[QWidget, ...] = (
            ListDetail(self._browse, self._right, list_width=300),
            Card(self._empty),
            boxed(self._flow_place),
            self._paper,
            Card(refused_state(self.context.app.user.role)),
            self._after,
        )
        for part in parts:
            self._stack.addWidget(part)
        self._import_button = Button(
            _("Muat daftar"), kind="primary", icon="table-import", key="Ctrl+N"
        )
        self._import_button.setObjectName("importButton")
        self._close_button = Button(_("Tutup"), key="Ctrl+W")
        self.set_header_actions(self._close_button, self._import_button)

    def _make_flow(self) -> ImportFlow:
        flow = ImportFlow(self.context)
        flow.setObjectName("importFlow")
        flow.closed.connect(self._close_part)
        flow.title_changed.connect(self._on_flow_title_changed)
        flow.step_changed.connect(self._on_flow_step_changed)
        flow.batch_opened.connect(self.open_record)
        flow.roster_asked.connect(self._on_roster_asked)
        flow.receipt_asked.connect(self._on_receipt_asked)
        flow.noted.connect(self.saved)
        flow.correction_met.connect(self.take_correction)
        self._flow_place.addWidget(flow)
        return flow

    def _connect_signals(self) -> None:
        self._lists.succeeded.connect(self._on_lists_succeeded)
        self._lists.failed.connect(self._on_problem_met)
        self._browse.batch_chosen.connect(self._on_batch_chosen)
        self._browse.batch_opened.connect(self._on_batch_opened)
        self._view.paper_asked.connect(self._show_paper)
        self._view.agreement_asked.connect(self._on_agreement_asked)
        self._view.undo_asked.connect(self._on_undo_asked)
        self._view.carry_asked.connect(self._on_carry_asked)
        self._view.work_asked.connect(self.open_work)
        self._draft.paper_asked.connect(self._show_paper)
        self._view.correction_asked.connect(self._on_correction_asked)
        self._draft.correction_asked.connect(self._on_correction_asked)
        self._after.closed.connect(self._close_part)
        self._after.work_asked.connect(self._on_work_found)
        self._after.title_changed.connect(self._on_after_title_changed)
        for part in (self._view, self._draft, self._after):
            part.problem_met.connect(self._on_problem_met)
            part.noted.connect(self.saved)
        self._draft.continue_asked.connect(self.open_work)
        self._empty.acted.connect(self._on_import)
        self._import_button.clicked.connect(self._on_import)
        self._close_button.clicked.connect(self._on_close)
        self._paper.noted.connect(self.saved)
        self._paper.cancelled.connect(self._close_part)

    def _bind_keys(self) -> None:
        for key, slot in _KEYS:
            scope = self._stack.widget(_BROWSE) if key in _BROWSE_KEYS else self
            if key == "Esc":
                scope = self._paper
            shortcut = QShortcut(QKeySequence(key), scope)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(getattr(self, slot))

    def _show_part(self, part: int) -> None:
        self._stack.setCurrentIndex(part)
        browsing = part in (_BROWSE, _EMPTY)
        may_import = self.context.app.user.may("batch.import")
        self._import_button.setVisible(browsing and may_import)
        self._close_button.setVisible(part in _ON_TOP)
        self._say_close(later=False)
        self.wizard_changed.emit(part == _FLOW)
        if browsing:
            self._say_list()
        elif part == _PAPER:
            self.set_key_hints(("PgUp PgDn", _("halaman")), ("Ctrl+P", _("cetak")))
        elif part == _AFTER:
            self.set_key_hints(("↑↓", _("pilih")), ("Ctrl+Enter", _("lanjut")), ("Esc", _("tutup")))

    def _say_close(self, *, later: bool) -> None:
        words = _("Tutup, lanjutkan nanti") if later else _("Tutup")
        self._close_button.setText(words)
        self._close_button.updateGeometry()

    def _say_list(self) -> None:
        self.set_title(_("Batch"))
        items = self._browse.items
        held = format_count(sum(item.counts.held for item in items if has_debt(item)))
        words = _("{n} batch · {held} baris ditahan menunggu koreksi")
        self.set_subtitle(words.format(n=format_count(len(items)), held=held))
        shown = self._browse.list.current_record
        if shown is not None and is_in_work(shown):
            middle = [("Enter", _("lanjutkan"))]
        else:
            middle = [("F8", _("alasan berikut")), ("Ctrl+P", _("daftar peserta"))]
        self.set_key_hints(("↑↓", _("pilih")), *middle, ("Ctrl+N", _("muat daftar")))

    def _close_part(self) -> None:
        self._paper.clear()
        self._after.stop()
        if self._made_flow is not None:
            left = self._made_flow.close_work()
            self._wanted = left if self._wanted is None else self._wanted
        self._show_part(_BROWSE if self._browse.items else _EMPTY)
        self.focus_first()
        self.refresh(Changes())

    def _choose_wanted(self) -> None:
        if self._wanted is not None and self._browse.choose(self._wanted):
            self._wanted = None

    def _on_lists_succeeded(self, items: Sequence[BatchListItem]) -> None:
        before = self._browse.list.current_record
        self._browse.show_items(items, self.context.today())
        self.waiting_changed.emit(sum(is_in_work(item) or has_debt(item) for item in items))
        if self._stack.currentIndex() in (_BROWSE, _EMPTY):
            self._show_part(_BROWSE if items else _EMPTY)
        self._choose_wanted()
        current = self._browse.list.current_record
        if current is None and items:
            self._browse.list.choose_row(0)
        elif current is not None and before is not None:
            self._show_item(current)

    def _show_item(self, item: BatchListItem) -> None:
        if self._stack.currentIndex() == _FLOW:
            return  # read again when the list of batches comes back
        if is_in_work(item):
            self._right.setCurrentWidget(self._draft)
            self._draft.show_item(item, tuple(self._browse.items))
        else:
            self._draft.stop()
            self._right.setCurrentWidget(self._view)
            self._view.show_batch(item.batch_id, tuple(self._browse.items))

    def _on_batch_chosen(self, item: BatchListItem) -> None:
        self._show_item(item)
        if self._stack.currentIndex() == _BROWSE:
            self._say_list()

    def _on_batch_opened(self, item: BatchListItem) -> None:
        if not is_in_work(item):
            self._view.roster_button.setFocus()
        elif self.context.app.user.may("batch.repair"):
            self.open_work(item.batch_id)

    def _on_flow_title_changed(self, title: str, subtitle: str, pill: tuple[str, str]) -> None:
        if self._stack.currentIndex() == _FLOW:
            self.set_title(title, pill=pill)
            self.set_subtitle(subtitle)

    def _on_flow_step_changed(self, step: FlowStep) -> None:
        if self._stack.currentIndex() == _FLOW:
            self.set_key_hints(*flow_hints(step))
            self._say_close(later=is_work(step))

    def _on_roster_asked(self, batch_id: int) -> None:
        self._show_paper(roster_wish(self.context.app, batch_id, self._number_of(batch_id)))

    def _on_receipt_asked(self, batch_id: int) -> None:
        self._show_paper(receipt_wish(self.context.app, batch_id, self._number_of(batch_id)))

    def _number_of(self, batch_id: int) -> str:
        item = next((item for item in self._browse.items if item.batch_id == batch_id), None)
        return item.number if item else str(batch_id)

    def _show_paper(self, wish: PaperWish) -> None:
        self._show_part(_PAPER)
        self.set_title(wish.title)
        self.set_subtitle(wish.note)
        making = _("Menyusun {what}").format(what=wish.title)
        self._paper.make(wish.printable, name=wish.title, title=making)
        self.focus_first()

    def _on_undo_asked(self, item: BatchListItem) -> None:
        self._view.choose_tab(SUMMARY)  # where it says afterwards what became of it
        self._show_part(_AFTER)
        self._after.open_undo(item)
        self.focus_first()

    def _on_carry_asked(self, item: BatchListItem) -> None:
        self._show_part(_AFTER)
        self._after.open_carry(item)
        self.focus_first()

    def _on_correction_asked(self, batch_id: int) -> None:
        path = ask_open_path(self, _("Pilih berkas koreksi atau daftar lengkap yang baru"))
        if path is not None:
            self.take_correction(path, batch_id)

    def _on_after_title_changed(self, title: str, note: str) -> None:
        if self._stack.currentIndex() == _AFTER:
            self.set_title(title)
            self.set_subtitle(note)

    def _on_work_found(self, batch_id: int) -> None:
        self._close_part()
        self.open_work(batch_id)

    def _on_agreement_asked(self, agreement_id: int) -> None:
        self.context.open_page("agreements", agreement_id)

    def _on_problem_met(self, problem: Exception) -> None:
        show_error(self, problem)

    def _on_import(self) -> None:
        if self.context.app.user.may("batch.import"):
            self.open_import(ImportStart())

    def _on_find(self) -> None:
        self._browse.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_clear_filter(self) -> None:
        self._browse.clear_filter()

    def _on_print(self) -> None:
        _press(self._view.roster_button)

    def _on_receipt(self) -> None:
        _press(self._view.deeds.receipt_button)

    def _on_save(self) -> None:
        _press(self._view.errors_button)

    def _on_next_reason(self) -> None:
        self._view.focus_next_reason()

    def _on_close(self) -> None:
        if self._stack.currentIndex() in _ON_TOP:
            self._close_part()


def _press(button: Button) -> None:
    if button.isVisible():
        button.animateClick()
