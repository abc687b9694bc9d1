"""What is known of a sender: its lists, usual mistakes, and everything that is remembered."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from bpjsdesk.domain.changes import Answer
from bpjsdesk.domain.senders import SenderProfile, UsualMistake
from bpjsdesk.domain.wording import format_count, format_date, format_percent
from bpjsdesk.errors import AppError
from ui.i18n import _
from ui.page import PageContext
from ui.pages.batches.own_keys import OwnKeys
from ui.pages.batches.sender_facts import (
    Remembered,
    SenderFacts,
    forget_work,
    rename_work,
    sender_facts_work,
    share_chart,
)
from ui.pages.batches.sender_memory import SenderMemory
from ui.pages.batches.words import issue_title
from ui.table import COUNT_WIDTH, Column, RecordTableModel
from ui.table_view import RecordTable
from ui.tasks import LatestRead, Work
from ui.widgets.buttons import Button, bind_key
from ui.widgets.chart import ChartCard
from ui.widgets.inline import InlineMessage
from ui.widgets.layout import Card, column, row
from ui.widgets.message import EmptyState
from ui.widgets.text import ElidedLine, IconMark
from ui.widgets.text_edit import TextEdit

_SHARE_PX = 90
_OWN = (Qt.Key.Key_Escape, Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SenderPanel(QWidget):
    """Show one sender.

    Signals: closed(), template_asked(int) with the sender, letter_asked() where one is offered,
    problem_met(exception).
    """

    closed = Signal()
    letter_asked = Signal()
    template_asked = Signal(int)
    problem_met = Signal(object)

    def __init__(self, context: PageContext, *, inside: bool = False) -> None:
        """Make the panel; `inside` another page it cannot be closed by itself."""
        super().__init__()
        self._context = context
        self._facts: SenderFacts | None = None
        self._sender_id = 0
        self._reader = LatestRead(context.runner, self)
        self._build_widgets()
        self._connect_signals()
        self.close_button.setHidden(inside)
        if inside:  # elsewhere the page around it has the key
            bind_key(self.template_button, "Ctrl+T", self)

    @property
    def facts(self) -> SenderFacts | None:
        return self._facts

    def open(self, sender_id: int) -> None:
        """Show a sender, read in the background."""
        self._sender_id = sender_id
        self._facts = None
        self._message.hide()
        self._end_rename()
        self._read()

    def offer_letter(self, name: str) -> None:
        """Offer the scan of the batch's letter, "" for none."""
        self.letter_button.setVisible(bool(name))
        self.letter_button.setToolTip(name)

    def focus_first(self) -> None:
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._on_escape()
        elif key == Qt.Key.Key_F2:
            self._on_rename()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.name.hasFocus():
            self._on_name_given()
        else:
            super().keyPressEvent(event)

    def _build_widgets(self) -> None:
        self._title, self._about = (
            ElidedLine(size=16, weight=600),
            ElidedLine(size=12, tone="muted"),
        )
        self.name = TextEdit()
        self.name.setAccessibleName(_("Nama pengirim"))
        self.name.setMaxLength(160)
        self.name.hide()
        self.rename_button = Button(_("Ganti nama"), icon="pencil", key="F2")
        self.template_button = Button(_("Templat pengirim…"), icon="download", key="Ctrl+T")
        self.template_button.setObjectName("senderTemplate")
        self.letter_button = Button(_("Lihat surat"), icon="eye")
        self.letter_button.hide()
        self.close_button = Button(_("Kembali"), key="Esc")
        words = column(self._title, self.name, self._about, gap=1)
        deeds = (self.rename_button, self.template_button)
        buttons = (self.letter_button, *deeds, self.close_button)
        head = Card(
            row(IconMark("building", "accent"), (words, 1), *buttons, gap=10),
            margins=(14, 8, 12, 8),
        )
        self._message = InlineMessage("bad", "", " ")
        self._message.hide()
        left = column((self._make_history(), 5), (self._make_mistakes(), 4), gap=11)
        self.headings = SenderMemory(_("Judul kolom yang diingat"), with_field=False)
        self.spellings = SenderMemory(_("Ejaan yang diingat"), with_field=True)
        right = column((self.headings, 4), (self.spellings, 5), gap=11)
        self.setLayout(column(head, self._message, (row((left, 1), (right, 1), gap=11), 1), gap=10))
        tables = (self.mistakes, self.headings.table, self.spellings.table)
        for widget in (*tables, self.headings.button, self.spellings.button, self.name, *buttons):
            OwnKeys(widget, _OWN if widget is self.name else _OWN[:2])

    def _make_history(self) -> QWidget:
        self.chart = ChartCard()
        self._no_chart = EmptyState(
            "report-analytics",
            _("Belum ada kiriman yang diputuskan"),
            _("Bagian baris bermasalah tampil di sini setelah kiriman pertama diterima."),
        )
        self._history = QStackedWidget()
        self._history.addWidget(self.chart)
        self._history.addWidget(Card(self._no_chart))
        return self._history

    def _make_mistakes(self) -> QWidget:
        self._mistake_model: RecordTableModel[UsualMistake] = RecordTableModel(
            [
                Column(key="title", title=_("Kesalahan yang biasa"), text=_mistake, weight=500),
                Column(key="rows", title=_("Baris"), text=_rows, width=COUNT_WIDTH, right=True),
                Column(key="share", title=_("Bagian"), text=_share, width=_SHARE_PX, right=True),
            ],
            self,
        )
        self.mistakes = RecordTable(
            self._mistake_model, _("Kesalahan yang biasa"), row_height=28, sortable=False
        )
        return Card(self.mistakes, margins=(1, 1, 1, 1))

    def _connect_signals(self) -> None:
        self._reader.succeeded.connect(self._on_reader_succeeded)
        self._reader.failed.connect(self.problem_met)
        self.rename_button.clicked.connect(self._on_rename)
        self.template_button.clicked.connect(self._on_template)
        self.close_button.clicked.connect(self.closed)
        self.letter_button.clicked.connect(self.letter_asked)
        for memory in (self.headings, self.spellings):
            memory.forget_asked.connect(self._on_forget_asked)

    def _read(self) -> None:
        self._reader.start(sender_facts_work(self._context.app, self._sender_id))

    def _show_facts(self, facts: SenderFacts) -> None:
        self._facts = facts
        profile, may_save = facts.profile, self._context.app.user.may("sender.save")
        self._title.set_text(profile.sender.name)
        self._about.set_text(_about_words(profile))
        self.rename_button.setVisible(may_save)
        chart = share_chart(profile)
        self._history.setCurrentIndex(0 if chart is not None else 1)
        if chart is not None:
            self.chart.set_spec(chart)
        self._mistake_model.set_rows(profile.mistakes)
        self.headings.show_entries(facts.headings, may_forget=may_save)
        self.spellings.show_entries(facts.spellings, may_forget=may_save)

    def _change(self, work: Work) -> None:
        self._message.hide()
        task = self._context.runner.start(work)
        task.succeeded.connect(self._on_change_succeeded)
        task.failed.connect(self._on_change_failed)

    def _end_rename(self) -> None:
        self.name.hide()
        self._title.show()

    def _on_reader_succeeded(self, facts: SenderFacts) -> None:
        if facts.profile.sender.sender_id == self._sender_id:
            self._show_facts(facts)

    def _on_change_succeeded(self, answer: Answer) -> None:
        self._context.changes.publish(answer.changes)
        self._read()

    def _on_change_failed(self, problem: Exception) -> None:
        if isinstance(problem, AppError):
            self._message.set_text(_("Perubahan ini tidak disimpan"), problem.message, tone="bad")
            self._message.show()
            self._read()
        else:
            self.problem_met.emit(problem)

    def _on_escape(self) -> None:
        if self.name.isVisible():
            self._end_rename()
            self.focus_first()
        else:
            self.closed.emit()

    def _on_rename(self) -> None:
        facts = self._facts
        if facts is None or not self.rename_button.isVisibleTo(self):
            return
        self.name.setText(facts.profile.sender.name)
        self._title.hide()
        self.name.show()
        self.name.setFocus()
        self.name.selectAll()

    def _on_name_given(self) -> None:
        facts = self._facts
        self._end_rename()
        self.focus_first()
        if facts is not None and self.name.text().strip() != facts.profile.sender.name:
            self._change(rename_work(self._context.app, facts.profile.sender, self.name.text()))

    def _on_template(self) -> None:
        self.template_asked.emit(self._sender_id)

    def _on_forget_asked(self, entry: Remembered) -> None:
        if self._facts is not None:
            self._change(forget_work(self._context.app, self._facts.profile.sender, entry))


def _about_words(profile: SenderProfile) -> str:
    if not profile.batches:
        return _("Belum pernah mengirim daftar.")
    last = profile.batches[-1]
    words = _("{n} kiriman, terakhir {day} · {columns} kolom dan {values} ejaan diingat")
    return words.format(
        n=format_count(len(profile.batches)),
        day=format_date(last.loaded_on, "short"),
        columns=format_count(profile.sender.columns),
        values=format_count(profile.sender.values),
    )


def _mistake(mistake: UsualMistake) -> str:
    return issue_title(mistake.code)


def _rows(mistake: UsualMistake) -> str:
    return format_count(mistake.rows)


def _share(mistake: UsualMistake) -> str:
    return format_percent(mistake.share * 100, decimals=1)
