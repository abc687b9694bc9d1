"""Say what the columns of a list mean, which sheets belong to it, and where its headings stand."""

from functools import cached_property

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QStackedWidget

from bpjsdesk.domain.wording import format_count
from bpjsdesk.errors import AppError
from bpjsdesk.services.column_views import ColumnView
from ui.i18n import _
from ui.page import PageContext
from ui.pages.batches.column_facts import ColumnFacts, facts_work, sheets_words
from ui.pages.batches.column_list import ColumnList
from ui.pages.batches.column_sender import ColumnSender, sender_words
from ui.pages.batches.letter_view import LetterView
from ui.pages.batches.list_desk import Deed, ListDesk
from ui.pages.batches.sender_work import SenderAct, SenderAsk
from ui.pages.batches.sheet_list import SheetList
from ui.pages.batches.work_pane import WorkPane
from ui.pages.batches.work_state import WorkState
from ui.tasks import LatestRead
from ui.widgets.buttons import Button
from ui.widgets.inline import InlineMessage
from ui.widgets.layout import Card, column, row
from ui.widgets.text import ElidedLine, IconMark, Label

_KEYS = (("Ctrl+Z", "_on_undo"), ("F6", "_on_other_view"), ("F7", "_on_sender"))


class ColumnPane(WorkPane):
    """Map the columns of a list in work.

    Signals: profile_asked(int) for a sender.
    """

    profile_asked = Signal(int)

    def __init__(self, context: PageContext, desk: ListDesk) -> None:
        super().__init__()
        self._context, self._desk = context, desk
        self._state: WorkState | None = None
        self._facts: ColumnFacts | None = None
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
        """Say whether the columns are still being read."""
        return self._is_reading

    @property
    def note(self) -> str:
        """What is still missing, or that nothing is."""
        return self._note.text()

    @property
    def sender_note(self) -> str:
        """Who has sent the list, and which mapping was taken from there."""
        return self._from.accessibleName()

    @cached_property
    def letter(self) -> LetterView:
        """The scan of the letter, made when it is first asked for."""
        made = LetterView(self._context)
        made.closed.connect(self._on_letter_closed)
        made.problem_met.connect(self.problem_met)
        self._views.addWidget(made)
        return made

    def main_button(self) -> Button:
        return self.next_button

    def enter(self, state: WorkState) -> None:
        self._show_columns()
        if state is not self._state:
            self._message.hide()
            self._read(state)

    def focus_first(self) -> None:
        if self._views.currentWidget() is self._sheet_card:
            self.sheet_list.focus_first()
        elif self._views.currentWidget() is self.sender_card:
            self.sender_card.focus_first()
        elif not self.columns.focus_first():
            self.setFocus(Qt.FocusReason.OtherFocusReason)  # until the columns are read

    def _build_widgets(self) -> None:
        self._file, self._about = Label("", weight=600), ElidedLine(size=12, tone="muted")
        self.sheets_button = Button(_("Pindahkan baris judul, pilih lembar"), key="F6")
        self.sheets_button.setObjectName("sheetsButton")
        self._from = ElidedLine(size=12, tone="muted")
        self.sender_button = Button(_("Pengirim"), key="F7")
        self.sender_button.setObjectName("senderButton")
        words = column(self._file, self._about, self._from, gap=0)
        mark = IconMark("file-spreadsheet", "accent")
        buttons = row(self.sender_button, self.sheets_button, gap=8)
        head = Card(row(mark, (words, 1), buttons, gap=12), margins=(14, 7, 12, 7))
        self._message = InlineMessage("warn", "", " ")
        self._message.setObjectName("columnMessage")
        self._message.hide()
        self._truncated = InlineMessage(
            "bad", "", " ", action=_("Surat ke pengirim…"), key="Ctrl+U"
        )
        self._truncated.setObjectName("truncated")
        self._truncated.hide()
        self.columns, self.sheet_list = ColumnList(), SheetList()
        self._column_card = Card(self.columns, margins=(1, 1, 1, 1))
        self._sheet_card = Card(self.sheet_list, margins=(1, 1, 1, 1))
        self._views = QStackedWidget()
        self.sender_card = ColumnSender(self._context.today)
        for view in (self._column_card, self._sheet_card, self.sender_card):
            self._views.addWidget(view)
        self.undo_button = Button(_("Urungkan"), icon="arrow-back-up", key="Ctrl+Z")
        self._note = Label("", size=12, weight=500)
        self.next_button = Button(_("Lanjut: samakan nilai"), kind="primary", key="Ctrl+Enter")
        self.next_button.setObjectName("columnsNextButton")
        foot = row(self.undo_button, None, self._note, self.next_button, gap=10)
        messages = column(self._message, self._truncated, gap=6)
        self.setLayout(column(head, messages, (self._views, 1), foot, gap=10))

    def _connect_signals(self) -> None:
        desk = self._desk
        desk.opened.connect(self._on_desk_opened)
        desk.changed.connect(self._on_desk_changed)
        desk.busy_changed.connect(self._on_desk_busy_changed)
        desk.refused.connect(self._on_desk_refused)
        desk.overtaken.connect(self._on_desk_overtaken)
        self._reader.succeeded.connect(self._on_reader_succeeded)
        self._reader.failed.connect(self._on_reader_failed)
        self.columns.meant.connect(self._on_columns_meant)
        self.columns.ordered.connect(desk.order_dates)
        self.sheet_list.switched.connect(desk.join_sheet)
        self.sheet_list.heading_chosen.connect(desk.move_heading)
        self.sheets_button.clicked.connect(self._on_other_view)
        self.sender_button.clicked.connect(self._on_sender)
        self.sender_card.named.connect(self._on_sender_named)
        self.sender_card.profile_asked.connect(self.profile_asked)
        self.sender_card.letter_asked.connect(self._on_letter_asked)
        self.sender_card.closed.connect(self._on_sender)
        self.undo_button.clicked.connect(self._on_undo)
        self._truncated.acted.connect(self.letter_asked)
        self.next_button.clicked.connect(self.next_asked)

    def _read(self, state: WorkState) -> None:
        self._state, self._is_reading = state, True
        self._file.setText(state.item.source_name)
        self._say(_("Membaca isi kolom…"), "muted")
        self._reader.start(facts_work(self._context.app, state.work))

    def _show_facts(self, facts: ColumnFacts) -> None:
        first = self._facts is None or self._facts.work.batch_id != facts.work.batch_id
        self._facts = facts
        may_change = self._desk.may_map
        self.columns.show_facts(facts, may_change=may_change)
        is_draft = self._state is not None and self._state.item.status == "DRAFT"
        self.sheet_list.show_facts(facts, may_change=may_change and is_draft)
        self._say_sheets(facts)
        self._from.set_text(sender_words(facts.sender))
        self.sender_card.show_facts(facts, may_change=may_change)
        self._say_truncated(facts)
        self._say_needs(facts)
        done = any(step.may_undo for step in facts.work.steps)
        self.undo_button.setVisible(may_change and done)
        if first and self.hasFocus():
            self.focus_first()

    def _say_sheets(self, facts: ColumnFacts) -> None:
        joined = [sheet for sheet in facts.sheets if sheet.joined]
        out = len(facts.sheets) - len(joined)
        heads = sorted({sheet.header_row for sheet in joined})
        words = _("{n} lembar digabung · judul di baris {rows} · {all} baris")
        text = words.format(
            n=len(joined),
            rows=", ".join(map(str, heads)),
            all=format_count(sum(sheet.rows for sheet in joined)),
        )
        if out:
            text += _(" · {n} lembar tidak digabung").format(n=out)
        self._about.set_text(text)

    def _say_truncated(self, facts: ColumnFacts) -> None:
        self._truncated.setVisible(bool(facts.truncated))
        for found in facts.truncated[:1]:
            title = _("Kolom NIK “{heading}” di lembar {sheet} terpotong oleh Excel")
            words = _(
                "{n} NIK disimpan sebagai angka sehingga digit terakhirnya hilang dan tidak dapat "
                "dipulihkan. Minta pengirim mengirim ulang dengan kolom NIK berformat teks."
            )
            self._truncated.set_text(
                title.format(heading=found.heading, sheet=found.sheet),
                words.format(n=format_count(found.numbers)),
            )

    def _say_needs(self, facts: ColumnFacts) -> None:
        undecided = facts.undecided
        if facts.missing:
            words = _("Kolom wajib belum ada: {names}")
            self._say(words.format(names=", ".join(facts.missing)), "bad")
        elif undecided:
            named = [f"{v.letter} “{v.heading}”" if v.heading else v.letter for v in undecided]
            words = _("{n} kolom belum diputuskan: {names}")
            self._say(words.format(n=len(undecided), names=sheets_words(named)), "bad")
        elif facts.left_out:
            words = _("Lembar {names} tidak digabung, periksa dengan F6")
            self._say(words.format(names=sheets_words(facts.left_out)), "warn")
        else:
            self._say(_("Kolom wajib lengkap, semua kolom diputuskan"), "ok")

    def _say(self, words: str, tone: str) -> None:
        self._note.setText(words)
        self._note.set_tone(tone)

    def _show_columns(self) -> None:
        self._views.setCurrentWidget(self._column_card)
        self.sheets_button.setText(_("Pindahkan baris judul, pilih lembar"))

    def _on_reader_succeeded(self, facts: ColumnFacts) -> None:
        self._is_reading = False
        if self._state is not None and facts.work is self._state.work:
            self._show_facts(facts)

    def _on_reader_failed(self, problem: Exception) -> None:
        self._is_reading = False
        self.problem_met.emit(problem)

    def _on_columns_meant(self, view: ColumnView, field: str) -> None:
        sheet = view.sheets[0]
        self._desk.map_column(sheet, view.index, field)

    def _on_desk_opened(self, state: WorkState) -> None:
        if not self.isHidden():
            self._read(state)

    def _on_desk_changed(self, state: WorkState, _deed: Deed) -> None:
        if not self.isHidden():
            self._message.hide()
            self._read(state)

    def _on_desk_busy_changed(self, busy: bool) -> None:
        self.next_button.setEnabled(not busy)
        self.undo_button.setEnabled(not busy)
        if busy and not self.isHidden():
            self._say(_("Menyimpan dan memeriksa ulang…"), "muted")

    def _on_desk_refused(self, problem: AppError) -> None:
        if self.isHidden():
            return
        self._message.set_text(_("Langkah ini tidak disimpan"), problem.message, tone="bad")
        self._message.show()
        if self._facts is not None:
            self._show_facts(self._facts)

    def _on_desk_overtaken(self) -> None:
        if self.isHidden():
            return
        title = _("Rekan Anda baru saja mengubah daftar ini; keadaan terbarunya sudah tampil")
        words = _("Belum tersimpan: {what}.").format(what=self._desk.lost_words)
        self._message.set_text(title, words if self._desk.lost_words else "", tone="warn")
        self._message.show()

    def _on_other_view(self) -> None:
        if self._views.currentWidget() is self._sheet_card:
            self._show_columns()
        else:
            self._views.setCurrentWidget(self._sheet_card)
            self.sheets_button.setText(_("Kembali ke kolom"))
        self.focus_first()

    def _on_sender(self) -> None:
        if self._views.currentWidget() is self.sender_card:
            self._show_columns()
        else:
            self._show_columns()
            self._views.setCurrentWidget(self.sender_card)
        self.focus_first()

    def _on_letter_asked(self) -> None:
        if self._state is not None:
            self.letter.open(self._state.work.batch_id)
            self._views.setCurrentWidget(self.letter)
            self.letter.focus_first()

    def _on_letter_closed(self) -> None:
        self._views.setCurrentWidget(self.sender_card)
        self.focus_first()

    def _on_sender_named(self, ask: SenderAsk) -> None:
        words = _("pengirim {name}").format(
            name=ask.name or self.sender_card.fields.choice.currentText()
        )
        self._desk.carry_out(Deed(act=SenderAct(ask=ask), words=words))
        self._on_sender()

    def _on_undo(self) -> None:
        if self.undo_button.isVisibleTo(self) and not self._desk.is_busy:
            self._desk.undo()
