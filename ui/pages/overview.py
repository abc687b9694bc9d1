"""The page "Ringkasan": where the office stands and what it has to do today."""

from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QStackedWidget

from bpjsdesk.domain.changes import Changes
from bpjsdesk.domain.enrollment import BatchListItem
from bpjsdesk.domain.overview import MOST_ACTIONS, Action, ActionKind, Overview
from bpjsdesk.domain.period import first_of_month
from bpjsdesk.domain.wording import (
    format_count,
    format_date,
    format_percent,
    format_rupiah,
    format_time,
    percent_of,
)
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.overview import overview
from ui.errors import show_error
from ui.i18n import _
from ui.page import Page, PageContext
from ui.pages.batches.browse import batch_pill
from ui.pages.overview_actions import ActionCard
from ui.pages.people.words import REQUESTS_RECORD
from ui.pages.settings.refused import refused_state
from ui.pages.settings.sections import RATES_RECORD
from ui.table import Column, RecordTableModel
from ui.table_view import RecordTable
from ui.tasks import LatestRead
from ui.theme import px
from ui.widgets.buttons import Button, bind_key
from ui.widgets.chart import ChartCard
from ui.widgets.figure import FigureCard
from ui.widgets.layout import Card, ScrollColumn, boxed, row
from ui.widgets.message import EmptyState
from ui.widgets.split import SideBySide

_MOST_BATCHES = 4
_PAGES = {
    ActionKind.CLAIMS_OVERDUE: "claims",
    ActionKind.AGREEMENT_EXPIRING: "agreements",
    ActionKind.AGREEMENT_UNSIGNED: "agreements",
    ActionKind.BATCH_HELD: "batches",
    ActionKind.CORE_SILENT: "batches",
    ActionKind.CORE_REFUSED: "batches",
    ActionKind.REQUESTS_WAITING: "people",
    ActionKind.RATES_UNVERIFIED: "settings",
}


class OverviewPage(Page):
    """Four figures, benefits by month, up to five actions, the latest batches."""

    kinds = frozenset({"agreement", "batch", "claim", "person", "reference"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, _("Ringkasan"))
        self._found: Overview | None = None
        self._read = LatestRead(context.runner, self)
        self._build_widgets()
        self._connect_signals()
        self.set_key_hints(("1–5", _("buka tindakan")), ("Ctrl+P", _("laporan klaim")))

    @property
    def shown_part(self) -> str:
        """What is on the screen: "waiting", "page", "first" or "refused"."""
        if self._found is None and self._stack.currentWidget() is self._page:
            return "waiting"
        return ("page", "first", "refused")[self._stack.currentIndex()]

    def refresh(self, changes: Changes) -> None:
        if self.context.app.user.may("read.reports"):
            self._read.start(partial(_read_overview, self.context.app))
        else:
            self.report_button.hide()
            self._stack.setCurrentWidget(self._refused)

    def _build_widgets(self) -> None:
        self.report_button = Button(
            _("Laporan klaim"), kind="primary", icon="printer", key="Ctrl+P"
        )
        bind_key(self.report_button, "Ctrl+P", self)
        self.set_header_actions(self.report_button)
        self._people = FigureCard(_("Peserta aktif hari ini"), "users")
        self._agreements = FigureCard(_("Perjanjian berlaku"), "file-certificate")
        self._paid = FigureCard(_("Klaim dibayar"), "first-aid-kit")
        self._open = FigureCard(_("Klaim berjalan"), "clock")
        self.chart = ChartCard()
        self.chart.setMinimumHeight(px(230))
        self.todo = ActionCard()
        self.todo.setMinimumHeight(px(230))
        first = boxed(row((self._people, 1), (self._agreements, 1), gap=12))
        second = boxed(row((self._paid, 1), (self._open, 1), gap=12))
        figures = SideBySide([(first, 1), (second, 1)], stack_below=880, gap=12)
        middle = SideBySide([(self.chart, 6), (self.todo, 5)], stack_below=760, gap=12)
        self._page = ScrollColumn(figures, (middle, 1), self._make_batches(), gap=12)
        self._first = _first_steps()
        self._refused = refused_state(self.context.app.user.role)
        self._stack = QStackedWidget()
        for part in (self._page, self._first, self._refused):
            self._stack.addWidget(part)
        self.body.addWidget(self._stack, 1)

    def _make_batches(self) -> Card:
        self._month = first_of_month(self.context.today())
        self._model: RecordTableModel[BatchListItem] = RecordTableModel(self._batch_columns(), self)
        self.table = RecordTable(self._model, _("Batch terbaru"), row_height=30, sortable=False)
        self.table.setObjectName("latestBatches")
        self._batches = Card(self.table, margins=(8, 6, 8, 4))
        return self._batches

    def _batch_columns(self) -> tuple[Column[BatchListItem], ...]:
        return (
            Column(key="batch", title=_("Batch terbaru"), text=_batch_name, weight=500),
            Column(key="agreement", title=_("Perjanjian"), text=_agreement),
            Column(key="accepted", title=_("Diterima"), text=_accepted, right=True, width=90),
            Column(
                key="held",
                title=_("Ditahan"),
                text=_held,
                right=True,
                width=84,
                weight=500,
                tone=_held_tone,
            ),
            Column(key="state", title=_("Keadaan"), text=_agreement, width=150, pill=self._state),
        )

    def _connect_signals(self) -> None:
        self._read.succeeded.connect(self._on_read_succeeded)
        self._read.failed.connect(self._on_problem_met)
        self.todo.action_chosen.connect(self._on_action_chosen)
        self.table.record_opened.connect(self._on_batch_opened)
        self.report_button.clicked.connect(self._on_report_clicked)
        self._first.acted.connect(self._on_first_acted)
        for number in range(1, MOST_ACTIONS + 1):
            shortcut = QShortcut(QKeySequence(str(number)), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setProperty("number", number)
            shortcut.activated.connect(self._on_number_struck)

    def _on_read_succeeded(self, found: Overview) -> None:
        self._found = found
        now = self.context.app.clock()
        words = _("{day} · data per {time}")
        self.set_subtitle(words.format(day=format_date(now.date(), "long"), time=format_time(now)))
        self._show_figures(found)
        self.chart.set_spec(found.chart())
        self.todo.set_actions(found.actions)
        self._model.set_rows(found.batches[:_MOST_BATCHES])
        self.table.fit_height()
        self._batches.setVisible(bool(found.batches))
        is_empty = not (found.batches or found.agreements.in_force or found.actions)
        is_empty = is_empty and not (found.paid.cases or found.open_claims.open)
        self._stack.setCurrentWidget(self._first if is_empty else self._page)

    def _show_figures(self, found: Overview) -> None:
        people, agreements, claims = found.participants, found.agreements, found.open_claims
        self._people.set_figure(
            format_count(people.active),
            _("kuota perjanjian berlaku {n}").format(n=format_count(people.quota)),
            parts=[(people.active, "d1")],
            total=max(people.quota, people.active),
        )
        ending = agreements.expiring
        words = _("{n} berakhir dalam {days} hari").format(
            n=format_count(ending), days=agreements.expiring_days
        )
        self._agreements.set_figure(
            format_count(agreements.in_force),
            words if ending else _("tidak ada yang segera berakhir"),
            tone="warn" if ending else "muted",
            parts=[(agreements.in_force - ending, "d1"), (ending, "d3")],
            total=agreements.in_force,
        )
        self._show_paid(found)
        self._open.set_figure(
            format_count(claims.open),
            _("{n} berkas lengkap · {late} jatuh tempo").format(
                n=format_count(claims.complete), late=format_count(claims.overdue)
            ),
            tone="bad" if claims.overdue else "muted",
            parts=[
                (claims.open - claims.complete, "d2"),
                (claims.complete - claims.overdue, "d1"),
                (claims.overdue, "bad"),
            ],
            total=claims.open,
        )

    def _show_paid(self, found: Overview) -> None:
        paid = found.paid
        change = percent_of(paid.amount - paid.previous_amount, paid.previous_amount)
        cases = _("{n} kasus {year}").format(n=format_count(paid.cases), year=paid.year)
        if change is None:
            note = _("{cases} · belum ada pembanding").format(cases=cases)
        else:
            sign = "+" if change > 0 else ""
            words = _("{cases} · {change} dari {year}")
            note = words.format(
                cases=cases,
                change=sign + format_percent(change, decimals=1),
                year=paid.year - 1,
            )
        self._paid.set_figure(
            format_rupiah(paid.amount),
            note,
            parts=[(paid.amount, "d1")],
            total=max(paid.amount, paid.previous_amount),
        )

    def _state(self, item: BatchListItem) -> tuple[str, str]:
        return batch_pill(item, self._month)

    def _on_action_chosen(self, action: Action) -> None:
        target = action.target_id
        if action.kind is ActionKind.RATES_UNVERIFIED:
            target = RATES_RECORD
        elif action.kind is ActionKind.REQUESTS_WAITING:
            target = REQUESTS_RECORD
        self.context.open_page(_PAGES[action.kind], target)

    def _on_number_struck(self) -> None:
        self.todo.open_number(int(self.sender().property("number")))

    def _on_batch_opened(self, item: BatchListItem) -> None:
        self.context.open_page("batches", item.batch_id)

    def _on_report_clicked(self) -> None:
        self.context.open_page("reports", None)

    def _on_first_acted(self) -> None:
        self.context.open_page("agreements", None)

    def _on_problem_met(self, problem: Exception) -> None:
        show_error(self, problem)


def _read_overview(app: AppContext, _progress: ProgressSink, _cancel: CancelToken) -> Overview:
    return overview(app)


def _first_steps() -> EmptyState:
    return EmptyState(
        "file-certificate",
        _("Kantor ini siap dipakai"),
        _(
            "Mulailah dengan mencatat perjanjian yang sudah ditandatangani. Sesudah itu daftar "
            "peserta dimuat dari Excel, klaim dicatat, dan laporan dicetak dari halaman ini."
        ),
        action=_("Buka Perjanjian"),
        key="Ctrl+2",
    )


def _batch_name(item: BatchListItem) -> str:
    return f"{item.number}   {item.category_name}"


def _agreement(item: BatchListItem) -> str:
    return item.agreement_title


def _accepted(item: BatchListItem) -> str:
    return format_count(item.counts.accepted)


def _held(item: BatchListItem) -> str:
    return format_count(item.counts.held)


def _held_tone(item: BatchListItem) -> str:
    return "warn" if item.counts.held else "muted"
