"""One stored batch: what it holds, what is owed of it, the core system, and what was done."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from bpjsdesk.domain.batches import BatchDetail
from bpjsdesk.domain.enrollment import BatchListItem, BatchStatus
from bpjsdesk.domain.period import add_months, first_of_month
from bpjsdesk.domain.wording import (
    format_count,
    format_date,
    format_month_range,
    format_rupiah,
)
from ui.i18n import _
from ui.page import PageContext
from ui.pages.batches.after_compare import CompareCard
from ui.pages.batches.after_core import CorePane
from ui.pages.batches.after_core_line import CoreLine
from ui.pages.batches.after_debt import DebtCard
from ui.pages.batches.after_history import HistoryTable, facts_words, last_of, moment_words
from ui.pages.batches.after_papers import PaperWish, comparison_wish, receipt_wish, roster_wish
from ui.pages.batches.after_work import StoredBatch, stored_work
from ui.pages.batches.browse import batch_pill
from ui.pages.batches.correction_files import CorrectionFiles
from ui.pages.batches.detail_actions import BatchActions
from ui.pages.batches.quota_card import AmountCard, QuotaCard, QuotaUse
from ui.pages.batches.reason_browser import ReasonBrowser
from ui.pages.batches.sender_letter import SenderLetters
from ui.pages.batches.sender_tab import SenderTab
from ui.pages.batches.sum_card import SumCard
from ui.tasks import LatestRead
from ui.theme import px
from ui.widgets.buttons import Button, ChoiceRow, bind_key
from ui.widgets.inline import InlineMessage
from ui.widgets.layout import Card, ScrollColumn, boxed, column, row
from ui.widgets.split import SideBySide
from ui.widgets.text import Facts, Pill, record_title

SUMMARY, ROWS, CORE, HISTORY = "summary", "rows", "core", "history"
SENDER = "sender"
_TABS = (SUMMARY, ROWS, CORE, HISTORY, SENDER)


class BatchView(QWidget):
    """Show one batch.

    Signals: paper_asked(PaperWish), correction_asked(int), agreement_asked(int),
    work_asked(int) to repair held rows in place, undo_asked(BatchListItem),
    carry_asked(BatchListItem), noted(str) for the status bar, problem_met(exception).
    """

    paper_asked = Signal(object)
    correction_asked = Signal(int)
    agreement_asked = Signal(int)
    work_asked = Signal(int)
    undo_asked = Signal(object)
    carry_asked = Signal(object)
    noted = Signal(str)
    problem_met = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._stored: StoredBatch | None = None
        self._every: tuple[BatchListItem, ...] = ()
        self._read = LatestRead(context.runner, self)
        self._errors = CorrectionFiles(context, self)
        self._letters = SenderLetters(context, self)
        self._build_widgets()
        self._connect_signals()

    @property
    def detail(self) -> BatchDetail | None:
        return self._stored.detail if self._stored else None

    @property
    def roster_button(self) -> Button:
        return self.deeds.roster_button

    @property
    def errors_button(self) -> Button:
        return self.deeds.errors_button

    @property
    def correction_button(self) -> Button:
        return self.deeds.correction_button

    def show_batch(self, batch_id: int, every: tuple[BatchListItem, ...] = ()) -> None:
        """Read a batch in the background and show it; `every` are those to compare it with."""
        if self.detail is None or self.detail.item.batch_id != batch_id:
            self.debt.clear()
            self.tabs.select(SUMMARY)
            self._show_tab(SUMMARY)
        self._every = every
        self._read.start(stored_work(self._context.app, batch_id))

    def choose_tab(self, key: str) -> None:
        """Switch to "summary", "rows", "core", "history" or "sender"."""
        self.tabs.select(key)
        self._show_tab(key)

    def focus_next_reason(self) -> None:
        """Go to the rows, and there to the next reason (F8)."""
        self.choose_tab(ROWS)
        self.browser.focus_next_reason()

    def _build_widgets(self) -> None:
        self.deeds = BatchActions()
        self._title, self._pill = record_title(), Pill("", "grey")
        self._facts, self._more = Facts(label_width=92), Facts(label_width=92)
        self._both = SideBySide([(self._facts, 4), (self._more, 3)], stack_below=560, gap=12)
        head = Card(row(self._title, self._pill, None, gap=10), self._both, gap=8)
        self.tabs = ChoiceRow(list(_tab_words().items()), kind="tab")
        self.tabs.setObjectName("batchTabs")
        self.browser = ReasonBrowser()
        self.browser.setObjectName("storedRows")
        self.core, self.history = CorePane(self._context), HistoryTable()
        self.sent_by = SenderTab(self._context)
        self._stack = QStackedWidget()
        summary, rows = self._make_summary(), self._make_rows()
        for part in (summary, rows, self.core, self.history, self.sent_by):
            self._stack.addWidget(part)
        parts = (self.deeds, head, self.tabs, (self._stack, 1))
        self._inside = boxed(column(*parts, gap=10))
        self._inside.hide()
        self.setLayout(column((self._inside, 1), gap=0))

    def _make_summary(self) -> QWidget:
        self._ended = InlineMessage("info", "", " ")
        self._ended.setObjectName("batchEnded")
        self._sum = SumCard(with_bar=False)
        self._quota, self._amount = QuotaCard(), AmountCard()
        money = SideBySide([(self._quota, 3), (self._amount, 2)], stack_below=620, gap=10)
        self.debt, self.compare = DebtCard(self._context), CompareCard(self._context)
        self.core_line = CoreLine()
        parts = (self._ended, self._sum, money, self.debt, self.core_line, self.compare)
        return ScrollColumn(*parts, None, gap=10)

    def _make_rows(self) -> QWidget:
        self._calm = InlineMessage("ok", _("Tidak ada baris yang ditahan, dan semuanya peserta"))
        self.browser.setMinimumHeight(px(250))
        return ScrollColumn(self._calm, (self.browser, 1), gap=10)

    def _connect_signals(self) -> None:
        self._read.succeeded.connect(self._on_read_succeeded)
        self._read.failed.connect(self.problem_met)
        self.tabs.chosen.connect(self._show_tab)
        self.deeds.chosen.connect(self._on_action_chosen)
        self._letters.noted.connect(self.noted)
        self._letters.problem_met.connect(self.problem_met)
        bind_key(self.deeds.letter_button, "Ctrl+U")  # from the list beside it, too
        self.compare.paper_asked.connect(self._on_comparison_asked)
        self.core_line.acted.connect(self._on_core_asked)
        for part in (self.core, self.compare, self._errors, self.sent_by):
            part.noted.connect(self.noted)
        for shown in (self.core, self.compare, self.debt, self._errors, self.sent_by):
            shown.problem_met.connect(self.problem_met)

    def _show_tab(self, key: str) -> None:
        self._stack.setCurrentIndex(_TABS.index(key))
        self._both.setVisible(key == SUMMARY)  # the lists need the room more
        if key == CORE and self.detail is not None:
            self.core.show_batch(self.detail.item)
        if key == SENDER and self.detail is not None:
            self.sent_by.show_batch(self.detail.item)

    def _on_read_succeeded(self, stored: StoredBatch) -> None:
        self._stored = stored
        self._inside.show()
        detail, item = stored.detail, stored.detail.item
        today = self._context.today()
        self._title.setText(f"{item.number} · {item.category_name}")
        self._pill.set_state(*batch_pill(item, first_of_month(today)))
        left, right = _facts(stored, today)
        self._facts.set_pairs(left)
        self._more.set_pairs(right)
        self._sum.set_counts(item.counts)
        self._show_money(detail)
        self._show_rows(stored)
        self._say_end(stored)
        self.core_line.show_state(stored.core, accepted=item.counts.accepted)
        self.history.show_entries(stored.history)
        self.deeds.show_batch(item, self._context.app.user)
        self.debt.show_batch(item.batch_id)
        self.compare.show_batch(item, self._every)
        self._show_tab(self.tabs.current)

    def _show_rows(self, stored: StoredBatch) -> None:
        counts, has_rows = stored.detail.item.counts, bool(stored.groups.every)
        held = _("Baris tertahan {n}").format(n=format_count(counts.held))
        self.tabs.set_text(ROWS, held if counts.held else _tab_words()[ROWS])
        self.browser.setVisible(has_rows)
        self._calm.setVisible(not has_rows)
        if has_rows:
            self.browser.show_groups(stored.groups, every=_("Tidak masuk"))
        if has_rows and not counts.held:
            self.browser.choose_view("ignored")

    def _show_money(self, detail: BatchDetail) -> None:
        item = detail.item
        self._quota.set_use(
            QuotaUse(
                name=item.category_name,
                heads=detail.quota_heads,
                earlier=detail.accepted_under_quota - item.counts.accepted,
                added=item.counts.accepted,
                held=item.counts.held if item.status == BatchStatus.VALIDATED else 0,
            )
        )
        last = add_months(item.from_month, item.months - 1)
        months = format_month_range(item.from_month, last)
        self._amount.set_amount(item.amount, _("Iuran {months}").format(months=months))

    def _say_end(self, stored: StoredBatch) -> None:
        """Say what ended a batch that was taken back or put aside, and what stayed of it."""
        commands = {BatchStatus.UNDONE: "batch.undo", BatchStatus.DISCARDED: "batch.discard"}
        status = BatchStatus(stored.detail.item.status)
        # a step has no command: without one, any entry would be the last of its kind
        entry = last_of(stored.history, commands[status]) if status in commands else None
        self._ended.setVisible(entry is not None)
        if entry is None:
            return
        titles = {
            BatchStatus.UNDONE: _("Batch ini dibatalkan {when}"),
            BatchStatus.DISCARDED: _("Daftar ini dibuang {when}"),
        }
        kept = stored.detail.item.counts.accepted
        stays = _(" · {n} orang tetap terdaftar").format(n=format_count(kept)) if kept else ""
        self._ended.set_text(
            titles[status].format(when=moment_words(entry)),
            f"{facts_words(entry)}{stays}" or " ",
            tone="warn" if kept else "info",
        )

    def _on_action_chosen(self, key: str) -> None:
        if self._stored is None:
            return
        item = self._stored.detail.item
        app = self._context.app
        if key == BatchActions.ROSTER:
            self.paper_asked.emit(roster_wish(app, item.batch_id, item.number))
        elif key == BatchActions.RECEIPT:
            self.paper_asked.emit(receipt_wish(app, item.batch_id, item.number))
        elif key == BatchActions.LETTER:
            self._letters.write(item.batch_id)
        elif key == BatchActions.ERRORS:
            self._errors.save_of_batch(item.batch_id)
        elif key == BatchActions.CORRECTION:
            self.correction_asked.emit(item.batch_id)
        else:
            self._ask_page(key, item)

    def _ask_page(self, key: str, item: BatchListItem) -> None:
        if key == BatchActions.WORK:
            self.work_asked.emit(item.batch_id)
        elif key == BatchActions.UNDO:
            self.undo_asked.emit(item)
        elif key == BatchActions.CARRY:
            self.carry_asked.emit(item)
        else:
            self.agreement_asked.emit(item.agreement_id)

    def _on_core_asked(self) -> None:
        self.choose_tab(CORE)

    def _on_comparison_asked(self, before: int, after: int) -> None:
        wish: PaperWish = comparison_wish(self._context.app, before, after)
        self.paper_asked.emit(wish)


Pairs = list[tuple[str, str]]


def _facts(stored: StoredBatch, today: date) -> tuple[Pairs, Pairs]:
    detail, item = stored.detail, stored.detail.item
    last = add_months(item.from_month, item.months - 1)
    rates = sorted(set(detail.rates))
    rate = format_rupiah(rates[0]) if len(rates) == 1 else _("berubah menurut bulan")
    active = _("{n} orang").format(n=format_count(detail.active_today))
    left = [
        (_("Perjanjian"), item.agreement_title),
        (_("Berkas"), item.source_name),
        (_("Aktif"), f"{active} · {format_date(today)}"),
    ]
    right = [
        (_("Bulan iuran"), format_month_range(item.from_month, last)),
        (_("Iuran sebulan"), rate),
    ]
    steps = (("batch.submit", _("Diajukan")), ("batch.accept", _("Diterima")))
    found = ((words, last_of(stored.history, command)) for command, words in steps)
    right += [(words, moment_words(entry)) for words, entry in found if entry is not None]
    return left, right


def _tab_words() -> dict[str, str]:
    return {
        SUMMARY: _("Ringkasan"),
        ROWS: _("Baris"),
        CORE: _("Sistem inti"),
        HISTORY: _("Riwayat"),
        SENDER: _("Pengirim"),
    }
