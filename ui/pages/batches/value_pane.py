"""Say what the spellings of villages, occupations, sexes and categories of a list mean."""

from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, Qt
from PySide6.QtWidgets import QStackedWidget

from bpjsdesk.domain.field_labels import FIELD_LABELS
from bpjsdesk.domain.value_groups import VALUE_FIELDS
from bpjsdesk.domain.wording import format_count
from bpjsdesk.errors import AppError
from ui.i18n import _
from ui.page import PageContext
from ui.pages.batches.list_desk import Deed, ListDesk
from ui.pages.batches.value_card import ValueCard
from ui.pages.batches.value_facts import (
    ValueAct,
    ValueFacts,
    sure_meanings,
    texts_of,
    value_facts_work,
)
from ui.pages.batches.value_list import ValueLine, ValueList, shown_lines, with_waiting
from ui.pages.batches.value_words import calm_words, field_words, open_words
from ui.pages.batches.work_pane import WorkPane
from ui.pages.batches.work_state import WorkState
from ui.tasks import LatestRead
from ui.theme import px
from ui.widgets.buttons import Button, ChoiceRow
from ui.widgets.inline import InlineMessage
from ui.widgets.layout import Card, boxed, column, row
from ui.widgets.message import EmptyState
from ui.widgets.search import SearchField
from ui.widgets.split import SideBySide
from ui.widgets.text import Label, caption

_OPEN, _ALL = "open", "all"
_CARD_PX, _LEAST_CARD_PX, _CARD_SHARE = 380, 260, 0.34
_KEYS = (
    ("Ctrl+Z", "_on_undo"),
    ("Ctrl+D", "_on_above"),
    ("Ctrl+F", "_on_find"),
    ("F6", "_on_other_field"),
    ("F7", "_on_other_view"),
    ("Ctrl+Shift+Return", "_on_take_sure"),
)


class ValuePane(WorkPane):
    """Map the spellings of a list in work, each once."""

    def __init__(self, context: PageContext, desk: ListDesk) -> None:
        super().__init__()
        self._context, self._desk = context, desk
        self._state: WorkState | None = None
        self._facts: ValueFacts | None = None
        self._field = VALUE_FIELDS[0]
        self._waiting: dict[tuple[str, str], str] = {}
        self._last: dict[str, tuple[str, str]] = {}
        self._reader = LatestRead(context.runner, self)
        self._is_reading = False
        self._build_widgets()
        self._connect_signals()
        for key, slot in _KEYS:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(getattr(self, slot))

    @property
    def is_reading(self) -> bool:
        """Say whether the spellings are still being read."""
        return self._is_reading

    @property
    def facts(self) -> ValueFacts | None:
        return self._facts

    @property
    def field(self) -> str:
        """The field whose spellings are on the screen."""
        return self._field

    @property
    def note(self) -> str:
        """What is still open, or that nothing is."""
        return self._note.text()

    @property
    def is_calm(self) -> bool:
        """Say whether there is nothing to be mapped on the screen."""
        return self._stack.currentWidget() is self._calm_card

    def main_button(self) -> Button:
        return self.next_button

    def enter(self, state: WorkState) -> None:
        if self._facts is None or self._facts.work is not state.work:
            self._message.hide()
            self._read(state)

    def focus_first(self) -> None:
        if self._stack.currentWidget() is self._content:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.next_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = min(px(_CARD_PX), round(self.width() * _CARD_SHARE))
        self.card.setFixedWidth(max(wanted, px(_LEAST_CARD_PX)))

    def _build_widgets(self) -> None:
        self.fields = ChoiceRow(
            [(field, FIELD_LABELS[field]) for field in VALUE_FIELDS], kind="tab"
        )
        self.views = ChoiceRow([(_OPEN, _("Belum dipahami")), (_ALL, _("Semua"))])
        self.search = SearchField(_("Cari ejaan"), key="Ctrl+F")
        self.search.setFixedWidth(px(200))
        self.sure_button = Button(_("Terima usulan pasti"), icon="check", small=True)
        self.sure_button.setObjectName("sureButton")
        self.sure_button.setToolTip("Ctrl+Shift+Enter")
        tools = boxed(row(None, self.sure_button, self.views, self.search, gap=12))
        head = Card(
            SideBySide([self.fields, (tools, 1)], stack_below=1020, gap=6), margins=(14, 7, 12, 7)
        )
        self._message = InlineMessage("warn", "", " ")
        self._message.setObjectName("valueMessage")
        self._message.hide()
        self.list, self.card = ValueList(), ValueCard()
        left = Card(self.list, margins=(1, 1, 1, 1))
        self._content = boxed(row((left, 1), self.card, gap=11))
        self._calm = EmptyState("circle-check", _("Semua nilai dikenali"), "")
        self._calm.add_second(_("Lihat semua nilai"), key="F7")
        self._reading = boxed(column(None, row(None, caption(_("Membaca nilai…")), None), None))
        self._stack = QStackedWidget()
        self._calm_card = Card(self._calm)
        for part in (self._reading, self._content, self._calm_card):
            self._stack.addWidget(part)
        self.back_button = Button(_("Kembali"), key="Alt+←")
        self.undo_button = Button(_("Urungkan"), icon="arrow-back-up", key="Ctrl+Z")
        self.undo_button.setObjectName("valueUndo")
        self._note = Label("", size=12, weight=500)
        self.next_button = Button(
            _("Lanjut: periksa dan perbaiki"), kind="primary", key="Ctrl+Enter"
        )
        self.next_button.setObjectName("valuesNextButton")
        foot = row(self.back_button, self.undo_button, None, self._note, self.next_button, gap=10)
        self.setLayout(column(head, self._message, (self._stack, 1), foot, gap=10))

    def _connect_signals(self) -> None:
        desk = self._desk
        desk.opened.connect(self._on_desk_opened)
        desk.changed.connect(self._on_desk_changed)
        desk.busy_changed.connect(self._on_desk_busy_changed)
        desk.refused.connect(self._on_desk_refused)
        desk.overtaken.connect(self._on_desk_overtaken)
        self._reader.succeeded.connect(self._on_reader_succeeded)
        self._reader.failed.connect(self._on_reader_failed)
        self.fields.chosen.connect(self._on_fields_chosen)
        self.views.chosen.connect(self._on_views_chosen)
        self.search.search_changed.connect(self._on_search_changed)
        self.list.chosen.connect(self._on_list_chosen)
        self.list.taken.connect(self._on_list_taken)
        self.list.forgotten.connect(self._on_forgotten)
        self.list.choices_asked.connect(self._on_choices_asked)
        self.card.meant.connect(self._on_card_meant)
        self.card.left.connect(self.focus_first)
        self.card.above_asked.connect(self._on_above)
        self.card.forgotten.connect(self._on_forgotten)
        self.sure_button.clicked.connect(self._on_take_sure)
        self._calm.acted_second.connect(self._on_other_view)
        self.undo_button.clicked.connect(self._on_undo)
        self.back_button.clicked.connect(self.back_asked)
        self.next_button.clicked.connect(self.next_asked)

    def _read(self, state: WorkState) -> None:
        self._state, self._is_reading = state, True
        if self._facts is None or self._facts.work.batch_id != state.work.batch_id:
            self._facts = None
            self._last.clear()
            self._stack.setCurrentWidget(self._reading)
            self._say(_("Membaca nilai…"), "muted")
        self._reader.start(value_facts_work(self._context.app, state.work))

    def _show_facts(self, facts: ValueFacts) -> None:
        is_new = self._facts is None
        self._facts = facts
        self._waiting.clear()
        if is_new:
            self.views.select(_OPEN)
            self._field = next(iter([*facts.open_fields, *facts.fields, VALUE_FIELDS[0]]))
            self.fields.select(self._field)
        done = any(not step.undone_at for step in facts.work.steps)
        self.undo_button.setVisible(self._desk.may_map and done)
        for field in VALUE_FIELDS:
            self.fields.set_text(field, field_words(facts, field))
        self._say(*open_words(facts))
        self._show_lines()

    def _show_lines(self) -> None:
        facts = self._facts
        if facts is None:
            return
        found, held = facts.fields.get(self._field), self._holds_focus()
        groups = found.groups if found is not None else ()
        only_open = self.views.current == _OPEN
        typed = self.search.text().strip()
        lines = shown_lines(groups, self._field, only_open=only_open, typed=typed)
        self._stack.setCurrentWidget(self._content if lines or typed else self._calm_card)
        self._calm.set_text(*calm_words(facts, self._field))
        self.list.show_lines(with_waiting(lines, self._waiting))
        self._show_card(self.list.current)
        sure = len(sure_meanings(facts, self._field))
        self.sure_button.setVisible(sure > 1 and self._desk.may_map)
        self.sure_button.setText(_("Terima {n} usulan pasti").format(n=sure))
        self.sure_button.updateGeometry()
        self.views.set_text(
            _OPEN, _("Belum dipahami {n}").format(n=format_count(len(facts.unknown(self._field))))
        )
        self.views.set_text(_ALL, _("Semua {n}").format(n=format_count(len(groups))))
        if held:
            self.focus_first()

    def _show_card(self, line: ValueLine | None) -> None:
        found = self._facts.fields.get(self._field) if self._facts is not None else None
        choices = found.choices if found is not None else ()
        self.card.show_line(line, choices, may_change=self._desk.may_map)
        self.card.above_button.setEnabled(self._above() is not None and self._desk.may_map)

    def _holds_focus(self) -> bool:
        return self.list.table.hasFocus() or self._calm_has_focus()

    def _calm_has_focus(self) -> bool:
        return self._stack.currentWidget() is not self._content and self.next_button.hasFocus()

    def _say(self, words: str, tone: str) -> None:
        self._note.setText(words)
        self._note.set_tone(tone)

    def _map(self, line: ValueLine, value: str, label: str, *, texts: list[str]) -> None:
        """Store what spellings mean; the next line comes to hand meanwhile."""
        if not self._desk.may_map or line.waiting or not texts:
            return
        if value:
            self._last[line.field] = (value, label)
        self._waiting[line.key] = label or _("lupakan")
        self.list.show_lines(with_waiting(self.list.lines, self._waiting))
        self.list.go_on()
        words = _("“{text}” berarti {label}").format(text=line.text, label=label)
        if not value:
            words = _("melupakan arti “{text}”").format(text=line.text)
        act = ValueAct(field=line.field, meanings=dict.fromkeys(texts, value))
        self._desk.carry_out(Deed(act=act, words=words))

    def _above(self) -> tuple[str, str] | None:
        """Give the meaning of the line over the one in hand, or the one that was given last."""
        above = self.list.above
        if above is not None and not above.is_open:
            return above.group.value, above.group.label
        return self._last.get(self._field)

    def _on_reader_succeeded(self, facts: ValueFacts) -> None:
        self._is_reading = False
        if self._state is not None and facts.work is self._state.work:
            first = self._facts is None
            had = first and self.isAncestorOf(self.window().focusWidget() or self)
            self._show_facts(facts)
            if had:
                self.focus_first()

    def _on_reader_failed(self, problem: Exception) -> None:
        self._is_reading = False
        self.problem_met.emit(problem)

    def _on_fields_chosen(self, field: str) -> None:
        self._field = field
        self.search.clear()
        self._show_lines()
        self.focus_first()

    def _on_views_chosen(self, _key: str) -> None:
        self._show_lines()
        self.focus_first()

    def _on_search_changed(self, _typed: str) -> None:
        self._show_lines()

    def _on_list_chosen(self, line: ValueLine | None) -> None:
        self._show_card(line)

    def _on_list_taken(self) -> None:
        line = self.list.current
        if line is None:
            return
        if line.proposal is None:
            self.card.open_choices()
        else:
            self._map(line, line.proposal.value, line.proposal.label, texts=self.card.ticked)

    def _on_card_meant(self, value: str, label: str) -> None:
        line = self.list.current
        if line is not None:
            self._map(line, value, label, texts=self.card.ticked)

    def _on_above(self) -> None:
        line, meant = self.list.current, self._above()
        if line is not None and meant is not None:
            self._map(line, *meant, texts=self.card.ticked)

    def _on_forgotten(self) -> None:
        line = self.list.current
        if line is not None and line.group.meaning == "MAPPED":
            self._map(line, "", "", texts=texts_of(line.group))

    def _on_take_sure(self) -> None:
        facts = self._facts
        if facts is None or not self._desk.may_map or not self.sure_button.isVisibleTo(self):
            return
        meanings = sure_meanings(facts, self._field)
        words = _("menerima {n} usulan").format(n=len(meanings))
        self.sure_button.hide()
        self._desk.carry_out(Deed(act=ValueAct(field=self._field, meanings=meanings), words=words))

    def _on_choices_asked(self) -> None:
        if self.list.current is not None and self._desk.may_map:
            self.card.open_choices()

    def _on_find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_other_field(self) -> None:
        facts = self._facts
        if facts is None:
            return
        after = VALUE_FIELDS.index(self._field) + 1
        ring = [*VALUE_FIELDS[after:], *VALUE_FIELDS[:after]]
        wanted = facts.open_fields if self.views.current == _OPEN and facts.open_fields else ()
        following = next((f for f in ring if f in (wanted or facts.fields)), self._field)
        self.fields.select(following)
        self._on_fields_chosen(following)

    def _on_other_view(self) -> None:
        self.views.select(_ALL if self.views.current == _OPEN else _OPEN)
        self._on_views_chosen(self.views.current)

    def _on_desk_opened(self, state: WorkState) -> None:
        if not self.isHidden():
            self._read(state)

    def _on_desk_changed(self, state: WorkState, _deed: Deed) -> None:
        if not self.isHidden():
            self._state = state
            self._message.hide()

    def _on_desk_busy_changed(self, busy: bool) -> None:
        self.next_button.setEnabled(not busy)
        self.undo_button.setEnabled(not busy)
        state = self._desk.state
        if self.isHidden() or state is None:
            return
        if busy:
            self._say(_("Menyimpan dan memeriksa ulang…"), "muted")
        elif self._facts is None or self._facts.work is not state.work:
            self._read(state)  # once for all that was asked for in a row
        else:
            self._show_facts(self._facts)

    def _on_desk_refused(self, problem: AppError) -> None:
        if not self.isHidden():
            self._message.set_text(_("Langkah ini tidak disimpan"), problem.message, tone="bad")
            self._message.show()

    def _on_desk_overtaken(self) -> None:
        if self.isHidden():
            return
        title = _("Rekan Anda baru saja mengubah daftar ini; keadaan terbarunya sudah tampil")
        words = _("Belum tersimpan: {what}.").format(what=self._desk.lost_words)
        self._message.set_text(title, words if self._desk.lost_words else "", tone="warn")
        self._message.show()

    def _on_undo(self) -> None:
        if self.undo_button.isVisibleTo(self) and not self._desk.is_busy:
            self._desk.undo()
