"""Doubles: rows that may be one person, and months that two agreements would pay."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from bpjsdesk.domain.duplicates import Choice, Pair
from bpjsdesk.domain.wording import format_count
from bpjsdesk.errors import AppError
from ui.i18n import _
from ui.page import PageContext
from ui.pages.batches.double_card import DoubleCard
from ui.pages.batches.double_lists import DoubleLists
from ui.pages.batches.double_search import DoubleSearch
from ui.pages.batches.double_work import (
    Double,
    DoublesFound,
    PairAct,
    decided_pairs,
    left_after,
)
from ui.pages.batches.list_desk import Deed, ListDesk
from ui.pages.batches.sum_card import SumCard
from ui.pages.batches.work_pane import WorkPane
from ui.pages.batches.work_state import WorkState
from ui.theme import px
from ui.widgets.buttons import Button
from ui.widgets.inline import InlineMessage
from ui.widgets.layout import boxed, column, row
from ui.widgets.message import EmptyState
from ui.widgets.text import caption

_LEFT_PX, _LEAST_LEFT_PX, _LEFT_SHARE = 304, 240, 0.26
_ROOM_FOR_NOTE_PX, _LOW_PX = 860, 540
_KEYS = (("Ctrl+Z", "_on_undo"), ("P", "_on_also"), ("F5", "search_again"))


class DoublePane(WorkPane):
    """Decide on doubles, one after another."""

    searched = Signal()

    def __init__(self, context: PageContext, desk: ListDesk) -> None:
        super().__init__()
        self._context, self._desk = context, desk
        self._state: WorkState | None = None
        self._found: DoublesFound | None = None
        self._may_undo = False
        self._build_widgets()
        self._connect_signals()
        for key, slot in _KEYS:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(getattr(self, slot))

    @property
    def found(self) -> DoublesFound | None:
        return self._found

    @property
    def is_searching(self) -> bool:
        return self.search.is_running

    def enter(self, state: WorkState) -> None:
        self._message.hide()
        self._show_state(state)
        known = self._desk.doubles.found(state.work)
        if known is not None:
            self._show_found(known)
        else:
            self._found = None
            self._search_anew(state)

    def focus_first(self) -> None:
        shown = self._stack.currentWidget()
        if shown is self._content:
            self.lists.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.search.is_running:
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def main_button(self) -> Button:
        return self.next_button

    def search_again(self) -> None:
        """Search anew, for the register may have changed."""
        state = self._state
        if state is not None and not self.search.is_running:
            self._desk.doubles.forget(state.work)
            self._search_anew(state)
            self.focus_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = min(px(_LEFT_PX), round(self.width() * _LEFT_SHARE))
        self.lists.setFixedWidth(max(wanted, px(_LEAST_LEFT_PX)))
        self._note.setVisible(self.width() >= px(_ROOM_FOR_NOTE_PX))
        self._sum.setHidden(self.height() < px(_LOW_PX))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.search.is_running:
            self.search.cancel()
        else:
            super().keyPressEvent(event)

    def _build_widgets(self) -> None:
        self._sum = SumCard()
        self._message = InlineMessage("warn", "", " ", action=_("Ulangi"), key="")
        self._message.setObjectName("doubleMessage")
        self._message.hide()
        self.lists, self.card = DoubleLists(), DoubleCard(self._context)
        self.search = DoubleSearch(self._context)
        self._calm = EmptyState("circle-check", _("Tidak ada yang perlu diputuskan"), "")
        self._content = boxed(row(self.lists, (self.card, 1), gap=11))
        self._stack = QStackedWidget()
        for part in (self.search, self._content, self._calm):
            self._stack.addWidget(part)
        self.back_button = Button(_("Kembali"), key="Alt+←")
        self._note = caption("")
        self.next_button = Button(_("Lanjut: putuskan"), kind="primary", key="Ctrl+Enter")
        self.next_button.setObjectName("doubleNext")
        self._calm_undo = Button(_("Urungkan"), icon="arrow-back-up", key="Ctrl+Z")
        self._calm_undo.hide()
        foot = row(self.back_button, self._calm_undo, None, self._note, self.next_button, gap=10)
        self.setLayout(column(self._sum, self._message, (self._stack, 1), foot, gap=10))

    def _connect_signals(self) -> None:
        desk, choices = self._desk, self.card.choices
        desk.opened.connect(self._on_desk_opened)
        desk.changed.connect(self._on_desk_changed)
        desk.busy_changed.connect(self._on_desk_busy_changed)
        desk.overtaken.connect(self._on_desk_overtaken)
        desk.refused.connect(self._on_desk_refused)
        self.search.found.connect(self._on_search_found)
        self.search.problem_met.connect(self.problem_met)
        self.search.ended.connect(self._on_search_ended)
        self.lists.chosen.connect(self._on_lists_chosen)
        self.lists.digit_typed.connect(choices.press)
        self.card.move_asked.connect(self.lists.go)
        choices.decided.connect(self._on_choices_decided)
        choices.left_out.connect(self._on_choices_left_out)
        choices.undo_asked.connect(self._on_undo)
        choices.closed.connect(self._on_choices_closed)
        self._calm_undo.clicked.connect(self._on_undo)
        self._message.acted.connect(self._on_message_acted)
        self.next_button.clicked.connect(self.next_asked)
        self.back_button.clicked.connect(self.back_asked)

    def _show_state(self, state: WorkState) -> None:
        self._state = state
        self._sum.set_breakdown(state.counts)
        alive = any(not step.undone_at for step in state.work.steps)
        self._may_undo = alive and self._desk.may_repair
        self.card.show_undo(self._may_undo)

    def _show_found(self, found: DoublesFound) -> None:
        state, self._found = self._state, found
        if state is None:
            return
        had_focus = self._has_focus()
        self._stack.setCurrentWidget(self._content if found.left else self._calm)
        self._calm_undo.setVisible(self._may_undo and not found.left)
        self._calm.set_text(_("Tidak ada yang perlu diputuskan"), _calm_words(found, state))
        held = len(found.lists.undecided_lines)
        words = _("{n} baris yang belum diputuskan akan ditahan, bukan ditebak")
        self._note.setText(words.format(n=format_count(held)) if held else "")
        self.card.show_place(state, found, may_decide=self._desk.may_repair)
        self.lists.show_found(found, decided=decided_pairs(state.work))
        if had_focus:
            self.focus_first()
        self.searched.emit()

    def _has_focus(self) -> bool:
        widget: QWidget | None = self.window().focusWidget()
        return widget is not None and (widget is self or self.isAncestorOf(widget))

    def _search_anew(self, state: WorkState, *, quietly: bool = False) -> None:
        if quietly:
            self.search.begin_later(state.work)
            return
        self._note.setText("")
        self._calm_undo.hide()
        self._stack.setCurrentWidget(self.search)
        self.search.begin(state.work)

    def _on_search_found(self, work: object, found: DoublesFound) -> None:
        state = self._desk.state
        if state is not None and state is self._state and state.work is work:
            self._desk.doubles.keep(state.work, found)
            if not self.card.choices.is_asking:
                self._show_found(found)

    def _on_search_ended(self) -> None:
        if self._stack.currentWidget() is self.search and self._has_focus():
            self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_lists_chosen(self, item: Double | None) -> None:
        self.card.show_item(item, place=self.lists.place)

    def _on_choices_decided(self, choice: Choice) -> None:
        item = self.lists.current
        if choice is Choice.LATER or not isinstance(item, Pair):
            self.lists.go(1)
            return
        pairs = self.card.alike if self.card.choices.is_for_all else (item,)
        words = _("putusan atas {n} pasangan").format(n=format_count(len(pairs)))
        act = PairAct(pairs=tuple(p for p in pairs if isinstance(p, Pair)), choice=choice)
        self._desk.carry_out(Deed(act=act, words=words, line_id=item.offered.line_id))

    def _on_choices_left_out(self, why: str) -> None:
        item = self.lists.current
        if item is not None and not isinstance(item, Pair):
            rows = self.card.alike if self.card.choices.is_for_all else (item,)
            self._desk.leave_out(_lines(rows), why)

    def _on_choices_closed(self) -> None:
        state = self._state
        known = self._desk.doubles.found(state.work) if state is not None else None
        if known is not None and known is not self._found:
            self._show_found(known)  # it came while a reason was being typed
        self.focus_first()

    def _on_desk_opened(self, state: WorkState) -> None:
        if self.isVisible():
            self.enter(state)

    def _on_desk_changed(self, state: WorkState, deed: Deed) -> None:
        before, found = self._state, self._found
        if not self.isVisible() or before is None:
            return
        self._message.hide()
        self._show_state(state)
        known = self._desk.doubles.found(state.work)
        if known is None and found and before.work.line_ids == state.work.line_ids:
            known = left_after(found, before.work, state.work, deed.act)
            if known.is_whole:
                self._desk.doubles.keep(state.work, known)
        if known is None:
            self._search_anew(state)
            return
        self._show_found(known)
        if not known.is_whole:
            self._search_anew(state, quietly=True)

    def _on_desk_busy_changed(self, busy: bool) -> None:
        self.card.choices.set_busy(busy)
        self.next_button.setEnabled(not busy)

    def _on_desk_overtaken(self) -> None:
        title = _("Rekan Anda baru saja mengubah daftar ini; keadaan terbarunya sudah tampil")
        self._message.set_text(title, self._desk.lost_message, tone="warn")
        self._message.offer(offered=self._desk.may_repeat_lost)
        self._message.show()

    def _on_desk_refused(self, problem: AppError) -> None:
        self._message.set_text(_("Putusan ini tidak disimpan"), problem.message, tone="bad")
        self._message.offer(offered=False)
        self._message.show()

    def _on_message_acted(self) -> None:
        self._message.hide()
        self._desk.repeat_lost()

    def _on_undo(self) -> None:
        if self._may_undo and not self._desk.is_busy:
            self._desk.undo()

    def _on_also(self) -> None:
        self.card.choices.turn_also()


def _lines(rows: Sequence[Double]) -> list[int]:
    return [item.line_id for item in rows if not isinstance(item, Pair)]


def _calm_words(found: DoublesFound, state: WorkState) -> str:
    said = [_("Tidak ada baris yang tampak sebagai orang yang sama.")]
    decided = decided_pairs(state.work)
    if decided:
        said = [_("{n} pasangan sudah diputuskan.").format(n=format_count(decided))]
    if found.same:
        words = _("{n} baris sudah terdaftar dengan data yang sama dan tertaut dengan sendirinya.")
        said.append(words.format(n=format_count(found.same)))
    return " ".join(said)
