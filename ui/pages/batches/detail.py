"""One stored batch: its counts, its quota, its money, and every row that is not a participant."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bpjsdesk.domain.batches import BatchDetail
from bpjsdesk.domain.period import add_months, first_of_month
from bpjsdesk.domain.wording import (
    format_count,
    format_date,
    format_month_range,
    format_rupiah,
)
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.batches import get_batch, held_rows, ignored_rows
from bpjsdesk.services.context import AppContext
from ui.i18n import _
from ui.page import PageContext
from ui.pages.batches.browse import batch_pill
from ui.pages.batches.quota_card import AmountCard, QuotaCard, QuotaUse
from ui.pages.batches.reason_browser import ReasonBrowser
from ui.pages.batches.row_groups import RowGroups, groups_of_rows
from ui.pages.batches.sum_card import SumCard
from ui.tasks import LatestRead
from ui.theme import px
from ui.widgets.buttons import Button
from ui.widgets.layout import Card, ScrollColumn, boxed, column, row
from ui.widgets.message import InlineMessage
from ui.widgets.split import SideBySide
from ui.widgets.text import Facts, Pill, record_title


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredBatch:
    """A batch with the rows that were not accepted, read together."""

    detail: BatchDetail
    groups: RowGroups


class BatchView(QWidget):
    """Show one batch.

    Signals: roster_asked(int), errors_asked(BatchDetail), correction_asked(BatchDetail),
    agreement_asked(int), work_asked(int) to repair held rows in place, problem_met(exception).
    """

    roster_asked = Signal(int)
    errors_asked = Signal(object)
    correction_asked = Signal(object)
    agreement_asked = Signal(int)
    work_asked = Signal(int)
    problem_met = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._stored: StoredBatch | None = None
        self._read = LatestRead(context.runner, self)
        self._build_widgets()
        self._connect_signals()

    @property
    def detail(self) -> BatchDetail | None:
        return self._stored.detail if self._stored else None

    def show_batch(self, batch_id: int) -> None:
        """Read a batch in the background and show it."""
        self._read.start(partial(_read_batch, self._context.app, batch_id))

    def _build_widgets(self) -> None:
        self.roster_button = Button(_("Daftar peserta"), icon="printer", key="Ctrl+P")
        self.errors_button = Button(_("Berkas koreksi…"), icon="file-spreadsheet", key="Ctrl+S")
        self.correction_button = Button(_("Muat koreksi…"), icon="table-import")
        self.work_button = Button(_("Perbaiki di sini"), icon="wand")
        self.work_button.setObjectName("workButton")
        self.agreement_button = Button(_("Buka perjanjian"), kind="ghost")
        papers = boxed(row(self.roster_button, self.errors_button, None))
        others = boxed(row(self.work_button, self.correction_button, None, self.agreement_button))
        actions = SideBySide([papers, (others, 1)], stack_below=680, gap=8)
        self._title, self._pill = record_title(), Pill("", "grey")
        self._facts, self._more = Facts(label_width=92), Facts(label_width=92)
        facts = SideBySide([(self._facts, 4), (self._more, 3)], stack_below=560, gap=12)
        head = Card(row(self._title, self._pill, None, gap=10), facts, gap=8)
        self._sum = SumCard(with_bar=False)
        self._quota, self._amount = QuotaCard(), AmountCard()
        self._calm = InlineMessage("ok", _("Tidak ada baris yang ditahan atau diabaikan"))
        self.browser = ReasonBrowser()
        self.browser.setObjectName("storedRows")
        self.browser.setMinimumHeight(px(250))
        money = SideBySide([(self._quota, 3), (self._amount, 2)], stack_below=620, gap=10)
        body = ScrollColumn(head, self._sum, money, self._calm, (self.browser, 1), gap=10)
        self._inside = boxed(column(actions, (body, 1), gap=10))
        self._inside.hide()
        self.setLayout(column((self._inside, 1), gap=0))

    def _connect_signals(self) -> None:
        self._read.succeeded.connect(self._on_read_succeeded)
        self._read.failed.connect(self.problem_met)
        self.roster_button.clicked.connect(self._on_roster_clicked)
        self.errors_button.clicked.connect(self._on_errors_clicked)
        self.correction_button.clicked.connect(self._on_correction_clicked)
        self.work_button.clicked.connect(self._on_work_clicked)
        self.agreement_button.clicked.connect(self._on_agreement_clicked)

    def _on_read_succeeded(self, stored: StoredBatch) -> None:
        self._stored = stored
        self._inside.show()
        detail, item = stored.detail, stored.detail.item
        today = self._context.today()
        self._title.setText(f"{item.number} · {item.category_name}")
        self._pill.set_state(*batch_pill(item, first_of_month(today)))
        left, right = _facts(detail, today)
        self._facts.set_pairs(left)
        self._more.set_pairs([*right, (_("Dimuat"), _made_words(item.created_at, item.created_by))])
        self._sum.set_counts(item.counts)
        self._show_money(detail)
        has_rows = bool(stored.groups.every)
        self.browser.setVisible(has_rows)
        self._calm.setVisible(not has_rows)
        may_correct = self._context.app.user.may("batch.correct")
        self.errors_button.setVisible(may_correct and item.counts.held > 0)
        self.correction_button.setVisible(item.counts.held > 0)
        may_repair = self._context.app.user.may("batch.repair")
        self.work_button.setVisible(may_repair and item.counts.held > 0)
        if has_rows:
            self.browser.show_groups(stored.groups, every=_("Tidak masuk"))
        if has_rows and not item.counts.held:
            self.browser.choose_view("ignored")

    def _show_money(self, detail: BatchDetail) -> None:
        item = detail.item
        self._quota.set_use(
            QuotaUse(
                name=item.category_name,
                heads=detail.quota_heads,
                earlier=detail.accepted_under_quota - item.counts.accepted,
                added=item.counts.accepted,
                held=item.counts.held,
            )
        )
        last = add_months(item.from_month, item.months - 1)
        months = format_month_range(item.from_month, last)
        self._amount.set_amount(item.amount, _("Iuran {months}").format(months=months))

    def _on_roster_clicked(self) -> None:
        if self._stored:
            self.roster_asked.emit(self._stored.detail.item.batch_id)

    def _on_errors_clicked(self) -> None:
        if self._stored:
            self.errors_asked.emit(self._stored.detail)

    def _on_correction_clicked(self) -> None:
        if self._stored:
            self.correction_asked.emit(self._stored.detail)

    def _on_work_clicked(self) -> None:
        if self._stored:
            self.work_asked.emit(self._stored.detail.item.batch_id)

    def _on_agreement_clicked(self) -> None:
        if self._stored:
            self.agreement_asked.emit(self._stored.detail.item.agreement_id)


def _read_batch(
    app: AppContext, batch_id: int, _progress: ProgressSink, cancel: CancelToken
) -> StoredBatch:
    detail = get_batch(app, batch_id)
    cancel.raise_if_cancelled()
    rows = held_rows(app, batch_id) if detail.item.counts.held else ()
    cancel.raise_if_cancelled()
    left_out = ignored_rows(app, batch_id) if detail.item.counts.ignored else ()
    every = (*rows, *left_out)
    return StoredBatch(detail=detail, groups=groups_of_rows(every, detail.levels))


Pairs = list[tuple[str, str]]


def _facts(detail: BatchDetail, today: date) -> tuple[Pairs, Pairs]:
    item = detail.item
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
    return left, right


def _made_words(created_at: str, created_by: str) -> str:
    made = datetime.fromisoformat(created_at)
    return _("{day} {time} · {name}").format(
        day=format_date(made.date(), "short"), time=f"{made:%H.%M}", name=created_by
    )
