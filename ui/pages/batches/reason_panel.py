"""Reasons, the most frequent first; the chosen one opens with its repairs."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent, Qt
from PySide6.QtWidgets import QStackedWidget

from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.wording import format_count
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.repairs import RepairOffer, offers
from bpjsdesk.services.staging import StagedList
from ui.i18n import _
from ui.pages.batches.reason_line import ReasonLine
from ui.pages.batches.repair_card import RepairCard
from ui.pages.batches.work_state import Reason, WorkState
from ui.tasks import LatestRead, TaskRunner
from ui.widgets.layout import Card, ScrollColumn, column, row, rule
from ui.widgets.message import EmptyState
from ui.widgets.text import Label, card_title

_COUNT_AFTER_MS = 40


class ReasonPanel(Card):
    """Choose a reason with the arrows; Enter repairs, B opens the rows, K sends back, J leaves out.

    I ignores a warning.
    Signals: reason_chosen(Reason) by the user, repair_asked(RepairOffer), rows_asked(),
    left_out(str), sent_back(str) and ignored(str) with why, ignore_wanted() to be asked that,
    problem_met(exception).
    """

    reason_chosen = Signal(object)
    repair_asked = Signal(object)
    rows_asked = Signal()
    left_out = Signal(str)
    sent_back = Signal(str)
    ignored = Signal(str)
    ignore_wanted = Signal()
    problem_met = Signal(object)

    def __init__(self, runner: TaskRunner) -> None:
        self._state: WorkState | None = None
        self._chosen: Reason | None = None
        self._may_repair = self._is_counting = False
        self._lines: list[ReasonLine] = []
        super().__init__(gap=0, margins=(1, 0, 1, 6))
        self._offers = LatestRead(runner, self)
        self._counter = QTimer(self)
        self._counter.setSingleShot(True)
        self._counter.setInterval(_COUNT_AFTER_MS)
        self._counter.timeout.connect(self._count_repairs)
        self._build_widgets()
        self._connect_signals()

    @property
    def chosen(self) -> Reason | None:
        return self._chosen

    @property
    def is_counting(self) -> bool:
        """Say whether the repairs of the chosen reason are still being counted."""
        return self._is_counting

    def show_state(self, state: WorkState, *, may_repair: bool) -> None:
        """Show the reasons of a list; the chosen one stays chosen while it has rows."""
        before, place = self._chosen, self._place_of(self._chosen)
        self._state, self._may_repair = state, may_repair
        self._fill(state.reasons)
        words = _("{n} baris").format(n=format_count(len(state.problems)))
        self._total.setText(words)
        self._total.set_tone("warn" if state.problems else "muted")
        self._stack.setCurrentIndex(0 if state.reasons else 1)
        kept = state.reason(before.code) if before else None
        if kept is None and state.reasons:
            kept = state.reasons[min(max(place, 0), len(state.reasons) - 1)]
        self._show_chosen(kept)

    def choose(self, code: IssueCode) -> None:
        """Choose a reason by its code."""
        if self._state is not None:
            self._choose(self._state.reason(code))

    def choose_next(self, by: int = 1) -> bool:
        """Choose the reason `by` further down; False at the end."""
        reasons = self._state.reasons if self._state else ()
        place = self._place_of(self._chosen) + by
        if not 0 <= place < len(reasons):
            return False
        self._choose(reasons[place])
        return True

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_counting:
            self._counter.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        acts: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Down: partial(self.choose_next, 1),
            Qt.Key.Key_Up: partial(self.choose_next, -1),
            Qt.Key.Key_Return: self.card.repair_button.click,
            Qt.Key.Key_Enter: self.card.repair_button.click,
            Qt.Key.Key_B: self.rows_asked.emit,
            Qt.Key.Key_Right: self.rows_asked.emit,
            Qt.Key.Key_J: self.card.ask_why,
            Qt.Key.Key_K: self.card.ask_return,
            Qt.Key.Key_I: self.ignore_wanted.emit,
            Qt.Key.Key_C: self.card.show_next_way,
        }
        act = acts.get(event.key())
        if act is not None and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            act()
        else:
            super().keyPressEvent(event)

    def _build_widgets(self) -> None:
        self.setObjectName("reasonPanel")
        self.setAccessibleName(_("Alasan, terbanyak dulu"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._total = Label("", size=12, weight=500, tone="warn")
        self.card = RepairCard()
        self._column = column(gap=0, margins=(7, 6, 7, 0))
        self._column.addWidget(self.card)
        self._column.addStretch(1)
        self._scroll = ScrollColumn(self._column)
        calm = EmptyState("circle-check", _("Tidak ada masalah"), _("Semua baris dapat diterima."))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._scroll)
        self._stack.addWidget(calm)
        title = card_title(_("Alasan, terbanyak dulu"))
        self.body.addLayout(row(title, None, self._total, margins=(16, 10, 14, 8)))
        self.body.addWidget(rule())
        self.body.addWidget(self._stack, 1)

    def _connect_signals(self) -> None:
        self._offers.succeeded.connect(self._on_offers_succeeded)
        self._offers.failed.connect(self.problem_met)
        self.card.repair_asked.connect(self.repair_asked)
        self.card.rows_asked.connect(self.rows_asked)
        self.card.left_out.connect(self.left_out)
        self.card.sent_back.connect(self.sent_back)
        self.card.ignored.connect(self.ignored)
        self.card.ignore_wanted.connect(self.ignore_wanted)
        self.card.asking_begun.connect(self._bring_card_up_soon)
        self.card.asking_ended.connect(self._on_card_asking_ended)

    def _fill(self, reasons: Sequence[Reason]) -> None:
        while len(self._lines) < len(reasons):
            line = ReasonLine()
            line.pressed.connect(self._on_line_pressed)
            self._lines.append(line)
            self._column.insertWidget(self._column.count() - 1, line)
        for line, reason in zip(self._lines, reasons, strict=False):
            line.show_reason(reason)
        for line in self._lines[len(reasons) :]:
            line.hide()

    def _choose(self, reason: Reason | None) -> None:
        self._show_chosen(reason)
        if reason is not None:
            self.reason_chosen.emit(reason)

    def _show_chosen(self, reason: Reason | None) -> None:
        state, self._chosen = self._state, reason
        self.card.setVisible(reason is not None)
        if state is None or reason is None:
            self._is_counting = False
            return
        place = state.reasons.index(reason)
        for number, line in enumerate(self._lines[: len(state.reasons)]):
            line.setVisible(number != place)
        self._column.removeWidget(self.card)
        self._column.insertWidget(place, self.card)
        self.card.show_reason(reason, may_repair=self._may_repair)
        self._is_counting = True
        self._offers.cancel()
        # in its own time: while a thread counts, the window gets half of Python to show the rest
        if self.isVisible():
            self._counter.start()

    def _count_repairs(self) -> None:
        if self._state is not None and self._chosen is not None:
            self._offers.start(partial(_offers, self._state.work, self._chosen.code))

    def _place_of(self, reason: Reason | None) -> int:
        codes = [each.code for each in self._state.reasons] if self._state else []
        return codes.index(reason.code) if reason is not None and reason.code in codes else -1

    def _on_offers_succeeded(self, found: tuple[IssueCode, Sequence[RepairOffer]]) -> None:
        self._is_counting = False
        code, made = found
        if self._chosen is not None and self._chosen.code == code:
            self.card.show_offers(made)
            self._bring_card_up_soon()

    def _bring_card_up_soon(self) -> None:
        # the card has its new height only after the layout has had its turn
        QTimer.singleShot(0, self, self._bring_card_up)

    def _bring_card_up(self) -> None:
        self._scroll.ensureWidgetVisible(self.card, 0, 12)
        self._scroll.horizontalScrollBar().setValue(0)

    def _on_line_pressed(self, reason: Reason) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._choose(reason)

    def _on_card_asking_ended(self) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)


def _offers(
    work: StagedList, code: IssueCode, _progress: ProgressSink, _cancel: CancelToken
) -> tuple[IssueCode, tuple[RepairOffer, ...]]:
    return code, offers(work, code)
