"""A list in work as the list of batches shows it: where it stands, and the button to go on."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bpjsdesk.domain.changes import Answer
from bpjsdesk.domain.enrollment import BatchListItem, BatchStatus
from bpjsdesk.domain.period import add_months
from bpjsdesk.domain.wording import format_count, format_date, format_month_range
from bpjsdesk.errors import AppError
from bpjsdesk.services.list_history import HistoryEntry
from bpjsdesk.services.staging import StagedList
from ui.i18n import _
from ui.page import PageContext
from ui.pages.batches.after_compare import CompareCard
from ui.pages.batches.after_history import HistoryTable, facts_words, last_of, moment_words
from ui.pages.batches.after_papers import comparison_wish
from ui.pages.batches.after_work import history_work
from ui.pages.batches.browse import work_pill
from ui.pages.batches.import_work import discard_work, open_work
from ui.pages.batches.reason_line import ReasonLine
from ui.pages.batches.sum_card import SumCard
from ui.pages.batches.why_ask import WhyAsk
from ui.pages.batches.work_state import WorkState
from ui.tasks import LatestRead
from ui.theme import px
from ui.widgets.buttons import Button
from ui.widgets.inline import InlineMessage
from ui.widgets.layout import Card, ScrollColumn, clear_layout, column, row
from ui.widgets.text import Facts, Label, Pill, caption, card_title, record_title

_REASONS_SHOWN = 8


class DraftView(QWidget):
    """Show one list in work.

    Signals: continue_asked(int) with its batch, correction_asked(int), paper_asked(PaperWish),
    noted(str) for the status bar, problem_met(exception).
    """

    continue_asked = Signal(int)
    correction_asked = Signal(int)
    paper_asked = Signal(object)
    noted = Signal(str)
    problem_met = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._item: BatchListItem | None = None
        self._work: StagedList | None = None
        self._read = LatestRead(context.runner, self)
        self._past = LatestRead(context.runner, self)
        self._build_widgets()
        self._read.succeeded.connect(self._on_read_succeeded)
        self._read.failed.connect(self._on_read_failed)
        self.continue_button.clicked.connect(self._on_continue_clicked)
        self.correction_button.clicked.connect(self._on_correction_clicked)
        self.discard_button.clicked.connect(self._why.ask_discard)
        self._why.decided.connect(self._on_why_decided)
        self._past.succeeded.connect(self._on_past_read)
        self._past.failed.connect(self.problem_met)
        self.compare.paper_asked.connect(self._on_comparison_asked)
        self.compare.noted.connect(self.noted)
        self.compare.problem_met.connect(self.problem_met)

    def show_item(self, item: BatchListItem, every: tuple[BatchListItem, ...] = ()) -> None:
        """Show what is known at once; what is wrong in the rows is counted in the background.

        `every` are the lists to compare it with.
        """
        is_other = self._item is None or self._item.batch_id != item.batch_id
        self._item = item
        self._title.setText(f"{item.number} · {item.category_name}")
        self._pill.set_state(*(work_pill(item) or ("", "grey")))
        self._facts.set_pairs(_facts(item))
        submitted = item.status == BatchStatus.SUBMITTED
        decides = submitted and self._context.app.user.may("batch.accept")
        words = _("Periksa dan putuskan") if decides else _("Lanjutkan pekerjaan")
        self.continue_button.setText(_("Lihat daftar") if submitted and not decides else words)
        self.continue_button.updateGeometry()
        self.continue_button.setVisible(self._context.app.user.may("batch.repair"))
        self.discard_button.setVisible(
            item.status == BatchStatus.DRAFT and self._context.app.user.may("batch.discard")
        )
        may_correct = self._context.app.user.may("batch.correct")
        self.correction_button.setVisible(item.status == BatchStatus.DRAFT and may_correct)
        if is_other:
            self._work = None
            self._why.hide()
            self._show_waiting(item)
            self._told.hide()
        self.compare.show_batch(item, every)
        self._past.start(history_work(self._context.app, item.batch_id))
        self._read.start(open_work(self._context.app, item.batch_id))

    def stop(self) -> None:
        """Count no further: something else is shown."""
        self._read.cancel()
        self._past.cancel()

    def _build_widgets(self) -> None:
        self.continue_button = Button("", kind="primary", icon="player-play", key="Enter")
        self.continue_button.setObjectName("continueButton")
        self.correction_button = Button(_("Muat koreksi…"), icon="table-import")
        self.correction_button.setObjectName("draftCorrection")
        self.discard_button = Button(_("Buang daftar…"), icon="trash")
        self.discard_button.setObjectName("discardButton")
        self._why = WhyAsk()
        self._title, self._pill = record_title(), Pill("", "grey")
        self._facts = Facts(label_width=92)
        head = Card(row(self._title, self._pill, None, gap=10), self._facts, gap=8)
        self._sum = SumCard(with_bar=False, stack_below=860)
        self._problem = InlineMessage("bad", "", " ")
        self._problem.hide()
        self._reasons = column(gap=0)
        self._note = caption("", wrap=True)
        self._count = Label("", size=12, weight=500, tone="warn")
        title = row(card_title(_("Alasan, terbanyak dulu")), None, self._count)
        self._reason_card = Card(title, self._note, self._reasons, gap=6)
        actions = row(
            self.continue_button, self.correction_button, self.discard_button, None, gap=8
        )
        self._told = InlineMessage("info", "", " ")
        self._told.setObjectName("draftTold")
        self._told.hide()
        self.compare, self.history = CompareCard(self._context), HistoryTable()
        self.history.setMinimumHeight(px(150))
        parts = (self._why, self._told, head, self._sum, self._problem, self._reason_card)
        body = ScrollColumn(*parts, self.compare, card_title(_("Riwayat")), (self.history, 1))
        self.setLayout(column(actions, (body, 1), gap=10))

    def _show_waiting(self, item: BatchListItem) -> None:
        self._sum.hide()
        self._problem.hide()
        clear_layout(self._reasons)
        self._count.setText("")
        words = _("Memeriksa {n} baris…").format(n=format_count(item.counts.read))
        self._note.setText(words)
        self._note.show()

    def _on_read_succeeded(self, state: WorkState) -> None:
        self._work = state.work
        self._sum.set_breakdown(state.counts)
        self._sum.show()
        clear_layout(self._reasons)
        for reason in state.reasons[:_REASONS_SHOWN]:
            line = ReasonLine()
            line.show_reason(reason)
            self._reasons.addWidget(line)
        words = _("{n} baris bermasalah").format(n=format_count(len(state.problems)))
        self._count.setText(words if state.reasons else "")
        hidden = len(state.reasons) - _REASONS_SHOWN
        self._note.setVisible(not state.reasons or hidden > 0)
        self._note.setText(
            _("dan {n} alasan lain").format(n=hidden)
            if hidden > 0
            else _("Tidak ada masalah. Semua baris dapat diterima.")
        )

    def _on_read_failed(self, problem: Exception) -> None:
        if not isinstance(problem, AppError):
            self.problem_met.emit(problem)
            return
        self._note.hide()
        self._problem.set_text(_("Daftar ini belum dapat dibuka"), problem.message)
        self._problem.show()

    def _on_past_read(self, entries: Sequence[HistoryEntry]) -> None:
        """Say who laid the list before the supervisor, or who has given it back and why."""
        self.history.show_entries(entries)
        submitted, refused = last_of(entries, "batch.submit"), last_of(entries, "batch.refuse")
        newest = next((each for each in entries if each in (submitted, refused)), None)
        self._told.setVisible(newest is not None)
        if newest is None:
            return
        title, tone = _("Diajukan {when}"), "info"
        if newest is refused:
            title, tone = _("Dikembalikan {when}"), "warn"
        words = facts_words(newest) or " "
        self._told.set_text(title.format(when=moment_words(newest)), words, tone=tone)

    def _on_comparison_asked(self, before: int, after: int) -> None:
        self.paper_asked.emit(comparison_wish(self._context.app, before, after))

    def _on_why_decided(self, reason: str) -> None:
        if self._work is None:
            return  # the list is still being read; the question stays possible
        task = self._context.runner.start(discard_work(self._context.app, self._work, reason))
        task.succeeded.connect(self._on_discarded)
        task.failed.connect(self.problem_met)

    def _on_discarded(self, answer: Answer) -> None:
        self._context.changes.publish(answer.changes)

    def _on_correction_clicked(self) -> None:
        if self._item is not None:
            self.correction_asked.emit(self._item.batch_id)

    def _on_continue_clicked(self) -> None:
        if self._item is not None:
            self.continue_asked.emit(self._item.batch_id)


def _facts(item: BatchListItem) -> list[tuple[str, str]]:
    last = add_months(item.from_month, item.months - 1)
    read_at = datetime.fromisoformat(item.created_at)
    day, hour = format_date(read_at.date(), "short"), f"{read_at:%H.%M}"
    return [
        (_("Perjanjian"), item.agreement_title),
        (_("Berkas"), item.source_name),
        (_("Bulan iuran"), format_month_range(item.from_month, last)),
        (_("Dibaca"), f"{day} {hour} · {item.created_by}"),
    ]
