"""A batch and the core system: what was sent, what came back, and who was never answered."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QWidget

from bpjsdesk.domain.changes import Answer
from bpjsdesk.domain.core_reply import Reply, SentPerson
from bpjsdesk.domain.enrollment import BatchListItem
from bpjsdesk.domain.wording import format_count
from bpjsdesk.errors import AppError
from ui.i18n import _
from ui.page import PageContext
from ui.pages.batches.after_core_lists import (
    ACCEPTED,
    REJECTED,
    UNANSWERED,
    lists_of,
    reply_words,
    sent_columns,
)
from ui.pages.batches.after_core_refused import RefusedCard
from ui.pages.batches.after_work import (
    CoreLists,
    core_work,
    lift_work,
    reply_work,
    send_work,
    take_out_work,
    take_work,
    unanswered_work,
)
from ui.pages.batches.why_ask import WhyAsk
from ui.pages.reports.file_choice import ask_open_path, ask_save_path
from ui.table import RecordTableModel
from ui.table_view import RecordTable
from ui.tasks import LatestRead, Task
from ui.widgets.buttons import Button, ChoiceRow, bind_key
from ui.widgets.inline import InlineMessage
from ui.widgets.layout import Card, boxed, column, row
from ui.widgets.split import SideBySide
from ui.widgets.text import Label, caption, figure

_FIGURES = ("unsent", ACCEPTED, REJECTED, UNANSWERED)


class CorePane(QWidget):
    """Send the accepted rows, take the reply, and show the three lists.

    Signals: noted(str) for the status bar, problem_met(exception).
    """

    noted = Signal(str)
    problem_met = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._item: BatchListItem | None = None
        self._lists: CoreLists | None = None
        self._reply: Reply | None = None
        self._read = LatestRead(context.runner, self)
        self._build_widgets()
        self._connect_signals()

    @property
    def shown(self) -> Sequence[SentPerson]:
        """The people of the list that is open."""
        found = (self._model.record(at) for at in range(self._model.rowCount()))
        return [each for each in found if each is not None]

    def show_batch(self, item: BatchListItem) -> None:
        """Read what stands between a batch and the core system."""
        if self._item is None or self._item.batch_id != item.batch_id:
            self._drop_reply()
            self._why.hide()
            self._model.set_rows([])
        self._item = item
        self._read.start(core_work(self._context.app, item.batch_id))

    def _build_widgets(self) -> None:
        self.send_button = Button(_("Buat berkas, tandai terkirim…"), kind="primary")
        self.send_button.setObjectName("coreSend")
        self.reply_button = Button(_("Muat balasan…"), icon="table-import")
        self.reply_button.setObjectName("coreReply")
        self.ask_button = Button(_("Daftar belum dijawab…"), icon="file-spreadsheet")
        self.ask_button.setObjectName("coreAsk")
        for button in (self.send_button, self.reply_button, self.ask_button):
            button.hide()  # until it is known what there is to do
        actions = row(self.send_button, self.reply_button, self.ask_button, None)
        self._message = InlineMessage("info", "", " ")
        self._message.setObjectName("coreMessage")
        self._message.hide()
        self.take_button = Button(_("Ambil balasan"), kind="primary", key="Ctrl+Enter", small=True)
        self.take_button.setObjectName("coreTake")
        self.drop_button = Button(_("Jangan"), key="Esc", small=True)
        self._faults = Label("", size=12, tone="warn", wrap=True)
        self._offer = Card(self._faults, row(self.take_button, self.drop_button, None), gap=6)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            bind_key(self.take_button, key, self._offer)
        bind_key(self.drop_button, "Esc", self._offer)
        self._offer.hide()
        self._figures = {name: figure() for name in _FIGURES}
        self._notes = {name: caption("", wrap=True) for name in _FIGURES}
        figures = SideBySide(
            [(self._figure_card(name, words), 1) for name, words in _figure_words().items()],
            stack_below=620,
            gap=8,
        )
        self.refused = RefusedCard()
        self._why = WhyAsk()
        self._asking = Card(self._why)
        self._asking.hide()
        listing = self._make_listing()
        above = (actions, self._message, self._offer, figures, self.refused)
        self.setLayout(column(*above, (listing, 1), self._asking, gap=10))

    def _make_listing(self) -> Card:
        names = {key: words for key, words in _figure_words().items() if key != "unsent"}
        self.lists = ChoiceRow(list(names.items()), current=UNANSWERED)
        self.lists.setObjectName("coreLists")
        self._model: RecordTableModel[SentPerson] = RecordTableModel(sent_columns(), self)
        self.table = RecordTable(self._model, _("Yang dikirim ke sistem inti"), sortable=False)
        self.table.setObjectName("coreTable")
        self.table.setMinimumHeight(150)
        self.again_button = Button(_("Boleh dikirim lagi…"), small=True)
        self.again_button.setObjectName("coreAgain")
        self.again_button.hide()
        head = boxed(row((self.lists, 1), self.again_button, margins=(12, 9, 12, 8)))
        return Card(head, (self.table, 1), gap=0, margins=(1, 0, 1, 2))

    def _figure_card(self, name: str, words: str) -> Card:
        label, note = caption(words), self._notes[name]
        return Card(label, self._figures[name], note, gap=1, margins=(14, 8, 12, 8))

    def _connect_signals(self) -> None:
        self._read.succeeded.connect(self._on_lists_read)
        self._read.failed.connect(self.problem_met)
        self.lists.chosen.connect(self._on_list_chosen)
        self.send_button.clicked.connect(self._on_send_clicked)
        self.reply_button.clicked.connect(self._on_reply_clicked)
        self.ask_button.clicked.connect(self._on_ask_clicked)
        self.take_button.clicked.connect(self._on_take_clicked)
        self.drop_button.clicked.connect(self._drop_reply)
        self.refused.asked.connect(self._on_take_out_asked)
        self.again_button.clicked.connect(self._on_again_clicked)
        self.table.record_chosen.connect(self._on_person_chosen)
        self._why.decided.connect(self._on_reason_given)
        self._why.closed.connect(self._asking.hide)

    def _on_lists_read(self, lists: CoreLists) -> None:
        self._lists = lists
        state, user = lists.state, self._context.app.user
        rejected = sum(state.rejected.values())
        counts = {
            "unsent": state.unsent,
            ACCEPTED: state.accepted,
            REJECTED: rejected,
            UNANSWERED: len(state.unanswered),
        }
        for name, words in _figure_words().items():
            self._figures[name].setText(format_count(counts[name]))
            if name != "unsent":
                self.lists.set_text(name, f"{words} {format_count(counts[name])}")
        self._say_notes(lists)
        self.refused.show_state(state, may_take_out=user.may("batch.undo"))
        self.send_button.setVisible(user.may("batch.send") and state.unsent > 0)
        self.reply_button.setVisible(user.may("batch.reply") and state.sent > 0)
        self.ask_button.setVisible(user.may("batch.send") and bool(state.unanswered))
        wanted = next((key for key in (REJECTED, UNANSWERED) if counts[key]), ACCEPTED)
        if not counts[self.lists.current]:
            self.lists.select(wanted)
        self._on_list_chosen(self.lists.current)

    def _say_notes(self, lists: CoreLists) -> None:
        state = lists.state
        late = _("{n} lebih dari {days} hari").format(
            n=format_count(state.late), days=state.wait_days
        )
        reasons = ", ".join(
            f"{format_count(count)} {why}" for why, count in list(state.rejected.items())[:2]
        )
        self._notes["unsent"].setText(
            _("sudah terkirim {n}").format(n=format_count(state.sent))
            if state.sent
            else _("belum ada yang terkirim")
        )
        self._notes[ACCEPTED].setText(_("KPJ tersimpan") if state.accepted else "–")
        self._notes[REJECTED].setText(reasons or "–")
        self._notes[UNANSWERED].setText(late if state.late else "–")
        self._figures[UNANSWERED].set_tone("warn" if state.late else "text")
        self._figures[REJECTED].set_tone("bad" if state.rejected else "text")

    def _on_list_chosen(self, key: str) -> None:
        if self._lists is not None:
            self._model.set_rows(lists_of(self._lists.people)[key])
            self.table.scrollToTop()
        self.again_button.hide()

    def _on_person_chosen(self, person: SentPerson) -> None:
        may = self._context.app.user.may("batch.reply")
        self.again_button.setVisible(person.is_refused and may)

    def _on_send_clicked(self) -> None:
        if self._item is None:
            return
        name = _("Sistem inti batch {number}.xlsx").format(number=self._item.number)
        path = ask_save_path(self, _("Simpan berkas untuk sistem inti"), name, "xlsx")
        if path is not None:
            work = send_work(self._context.app, self._item.batch_id, path)
            self._watch(self._context.runner.start(work), path)

    def _on_ask_clicked(self) -> None:
        if self._item is None:
            return
        name = _("Belum dijawab batch {number}.xlsx").format(number=self._item.number)
        path = ask_save_path(self, _("Simpan daftar yang belum dijawab"), name, "xlsx")
        if path is not None:
            work = unanswered_work(self._context.app, self._item.batch_id, path)
            self._watch(self._context.runner.start(work), path)

    def _watch(self, task: Task, path: Path) -> None:
        task.setProperty("file", str(path))
        task.succeeded.connect(self._on_stored)
        task.failed.connect(self._on_refused)

    def _on_stored(self, answer: object) -> None:
        path = self.sender().property("file")
        if path:
            self.noted.emit(_("Tersimpan: {path}").format(path=path))
        self._message.hide()
        if isinstance(answer, Answer):
            self._context.changes.publish(answer.changes)
            if self._item is not None:
                self._read.start(core_work(self._context.app, self._item.batch_id))

    def _on_reply_clicked(self) -> None:
        path = ask_open_path(self, _("Pilih balasan sistem inti"))
        if path is not None:
            self.read_reply(path)

    def read_reply(self, path: Path) -> None:
        """Read a reply in the background and say what it brings; nothing is stored yet."""
        if self._item is None:
            return
        task = self._context.runner.read(reply_work(self._context.app, self._item.batch_id, path))
        task.succeeded.connect(self._on_reply_read)
        task.failed.connect(self._on_refused)

    def _on_reply_read(self, reply: Reply) -> None:
        self._reply = reply
        may_take_out = self._context.app.user.may("batch.undo")
        title, words, faults = reply_words(reply, may_take_out=may_take_out)
        self._say("warn" if reply.faults or reply.kept else "info", title, words)
        self._faults.setText(faults)
        self._faults.setVisible(bool(faults))
        self.take_button.setEnabled(bool(reply.rows))
        self._offer.show()
        self.take_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_take_clicked(self) -> None:
        if self._reply is not None and self._reply.rows:
            task = self._context.runner.start(take_work(self._context.app, self._reply))
            task.succeeded.connect(self._on_stored)
            task.failed.connect(self._on_refused)
            refused = any(not row.accepted for row in self._reply.rows)
            self.lists.select(REJECTED if refused else ACCEPTED)
            self._drop_reply()

    def _on_take_out_asked(self) -> None:
        if self._item is not None and self._lists is not None:
            self.refused.take_button.setEnabled(False)
            work = take_out_work(self._context.app, self._item.batch_id, self._lists.state)
            task = self._context.runner.start(work)
            task.succeeded.connect(self._on_stored)
            task.failed.connect(self._on_refused)

    def _drop_reply(self) -> None:
        self._reply = None
        self._offer.hide()
        self._message.hide()

    def _on_again_clicked(self) -> None:
        person = self.table.current_record
        if person is not None:
            self._asking.show()
            self._why.ask_again(person.name)

    def _on_reason_given(self, reason: str) -> None:
        person = self.table.current_record
        if person is not None and self._item is not None:
            work = lift_work(self._context.app, self._item.batch_id, person, reason)
            task = self._context.runner.start(work)
            task.succeeded.connect(self._on_stored)
            task.failed.connect(self._on_refused)

    def _on_refused(self, problem: Exception) -> None:
        self.refused.take_button.setEnabled(True)
        if isinstance(problem, AppError):
            self._say("bad", _("Belum ada yang disimpan"), problem.message)
        else:
            self.problem_met.emit(problem)

    def _say(self, tone: str, title: str, words: str) -> None:
        self._message.set_text(title, words, tone=tone)
        self._message.show()


def _figure_words() -> dict[str, str]:
    return {
        "unsent": _("Belum dikirim"),
        ACCEPTED: _("Diterima inti"),
        REJECTED: _("Ditolak inti"),
        UNANSWERED: _("Belum dijawab"),
    }
