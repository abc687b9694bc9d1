"""Take a whole batch back: three lists first, then a reason, one button, and what was done."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QWidget

from bpjsdesk.domain.batch_undo import UndoFate, UndoPlan, UndoReason, UndoRow
from bpjsdesk.domain.wording import format_count
from bpjsdesk.errors import AppError
from bpjsdesk.services.batch_undo import Undone
from ui.i18n import _
from ui.page import PageContext
from ui.pages.batches.after_work import undo_list_work, undo_plan_work, undo_work
from ui.pages.batches.why_ask import WhyAsk
from ui.pages.reports.file_choice import ask_save_path
from ui.table import NIK_WIDTH, Column, RecordTableModel
from ui.table_view import RecordTable
from ui.tasks import LatestRead
from ui.widgets.buttons import Button, ChoiceRow
from ui.widgets.inline import InlineMessage
from ui.widgets.layout import Card, boxed, column, row
from ui.widgets.split import SideBySide
from ui.widgets.text import Label, caption, figure

_ORDER = (UndoFate.REVERSED, UndoFate.KEPT, UndoFate.BARRED)
_TONES = {UndoFate.REVERSED: "text", UndoFate.KEPT: "warn", UndoFate.BARRED: "bad"}


class UndoPane(QWidget):
    """Show what an undo would do, and do it.

    Signals: undone(Undone), noted(str) for the status bar, problem_met(exception).
    """

    undone = Signal(object)
    noted = Signal(str)
    problem_met = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._plan: UndoPlan | None = None
        self._is_done = False
        self._read = LatestRead(context.runner, self)
        self._build_widgets()
        self._connect_signals()

    @property
    def plan(self) -> UndoPlan | None:
        """What would be done, or has been."""
        return self._plan

    @property
    def shown(self) -> Sequence[UndoRow]:
        """The rows of the list that is open."""
        found = (self._model.record(at) for at in range(self._model.rowCount()))
        return [each for each in found if each is not None]

    def show_batch(self, batch_id: int) -> None:
        """Look at everybody of a batch in the background."""
        self._plan, self._is_done = None, False
        self._why.hide()
        self._message.hide()
        self._model.set_rows([])
        self.act_button.setEnabled(False)
        self._read.start(undo_plan_work(self._context.app, batch_id))

    def focus_first(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build_widgets(self) -> None:
        self._message = InlineMessage("info", "", " ")
        self._message.setObjectName("undoMessage")
        self._message.hide()
        self._figures = {fate: figure() for fate in _ORDER}
        self._notes = {fate: caption("", wrap=True) for fate in _ORDER}
        cards = [(self._figure_card(fate), 1) for fate in _ORDER]
        self.lists = ChoiceRow([(fate.value, words) for fate, words in _fate_words().items()])
        self.lists.setObjectName("undoLists")
        self._model: RecordTableModel[UndoRow] = RecordTableModel(_columns(), self)
        self.table = RecordTable(self._model, _("Peserta batch"), sortable=False)
        self.table.setObjectName("undoTable")
        head = boxed(row((self.lists, 1), margins=(12, 9, 12, 8)))
        listing = Card(head, (self.table, 1), gap=0, margins=(1, 0, 1, 2))
        self._why = WhyAsk()
        asking = Card(self._why)
        asking.hide()
        self._asking = asking
        self.write_button = Button(_("Simpan daftarnya…"), icon="file-spreadsheet", key="Ctrl+S")
        self.write_button.setObjectName("undoWrite")
        self.act_button = Button(_("Batalkan batch…"), kind="primary", key="Ctrl+Enter")
        self.act_button.setObjectName("undoAct")
        self._foot = Label("", size=12, tone="muted", wrap=True)
        foot = row(self.write_button, (self._foot, 1), self.act_button, gap=10)
        self.setLayout(
            column(
                self._message,
                SideBySide(cards, stack_below=620, gap=10),
                (listing, 1),
                asking,
                foot,
                gap=10,
            )
        )

    def _figure_card(self, fate: UndoFate) -> Card:
        name = caption(_fate_words()[fate])
        return Card(name, self._figures[fate], self._notes[fate], gap=1, margins=(16, 9, 16, 9))

    def _connect_signals(self) -> None:
        self._read.succeeded.connect(self._on_plan_read)
        self._read.failed.connect(self.problem_met)
        self.lists.chosen.connect(self._on_list_chosen)
        self.act_button.clicked.connect(self._on_act_clicked)
        self.write_button.clicked.connect(self._on_write_clicked)
        self._why.decided.connect(self._on_reason_given)
        self._why.closed.connect(self._on_why_closed)

    def _on_plan_read(self, plan: UndoPlan) -> None:
        self._plan = plan
        self._show_plan(plan)
        may = self._context.app.user.may("batch.undo")
        self.act_button.setVisible(may)
        self.act_button.setEnabled(plan.reversed_heads > 0)
        words = _("Batalkan {n} orang…").format(n=format_count(plan.reversed_heads))
        self.act_button.setText(words)
        self.act_button.updateGeometry()
        if not plan.reversed_heads:
            self._say(
                "warn",
                _("Tidak ada yang dapat dibatalkan"),
                _("Semua peserta batch ini sudah berlanjut; sebabnya tertulis per orang."),
            )

    def _show_plan(self, plan: UndoPlan) -> None:
        notes = {
            UndoFate.REVERSED: _(
                "{n} dikeluarkan dari register, {m} tetap tercatat di batch lain"
            ).format(
                n=format_count(plan.removed), m=format_count(plan.count(UndoReason.MONTHS_ENDED))
            ),
            UndoFate.KEPT: _("{n} diubah sesudah dimuat, {m} punya klaim").format(
                n=format_count(plan.count(UndoReason.EDITED)),
                m=format_count(plan.count(UndoReason.CLAIMED)),
            ),
            UndoFate.BARRED: _("{n} sudah di sistem inti, {m} digabung").format(
                n=format_count(plan.count(UndoReason.IN_CORE)),
                m=format_count(plan.count(UndoReason.MERGED)),
            ),
        }
        for fate, words in _fate_words().items():
            count = len(plan.rows_of(fate))
            self._figures[fate].setText(format_count(count))
            self._figures[fate].set_tone(_TONES[fate] if count else "text")
            self._notes[fate].setText(notes[fate] if count else _("tidak ada"))
            self.lists.set_text(fate.value, f"{words} {format_count(count)}")
        first = next((fate for fate in _first_to_read(self._is_done) if plan.rows_of(fate)), None)
        self.lists.select((first or UndoFate.REVERSED).value)
        self._on_list_chosen(self.lists.current)
        self._foot.setText(
            ""
            if self._is_done
            else _("Barisnya terbuka lagi dan isi berkasnya boleh dimuat lagi sesudahnya.")
        )

    def _on_list_chosen(self, key: str) -> None:
        if self._plan is not None:
            self._model.set_rows(self._plan.rows_of(UndoFate(key)))
            self.table.scrollToTop()

    def _on_act_clicked(self) -> None:
        if self._plan is None or self._is_done or not self.act_button.isEnabled():
            return
        self._asking.show()
        self._why.ask_undo(self._plan.reversed_heads)

    def _on_why_closed(self) -> None:
        self._asking.hide()
        self.focus_first()

    def _on_reason_given(self, reason: str) -> None:
        if self._plan is None:
            return
        self.act_button.setEnabled(False)
        task = self._context.runner.start(undo_work(self._context.app, self._plan, reason))
        task.succeeded.connect(self._on_undone)
        task.failed.connect(self._on_undo_failed)

    def _on_undone(self, done: Undone) -> None:
        self._plan, self._is_done = done.plan, True
        self.act_button.hide()
        self._show_plan(done.plan)
        staying = len(done.plan.kept) + len(done.plan.barred)
        words = _("{n} orang dibatalkan; {m} orang tetap, masing-masing dengan sebabnya di bawah.")
        self._say(
            "ok",
            _("Batch {number} dibatalkan").format(number=done.plan.number),
            words.format(n=format_count(done.plan.reversed_heads), m=format_count(staying)),
        )
        self._context.changes.publish(done.answer.changes)
        self.undone.emit(done)

    def _on_undo_failed(self, problem: Exception) -> None:
        self.act_button.setEnabled(True)
        if isinstance(problem, AppError):
            self._say("bad", _("Belum ada yang dibatalkan"), problem.message)
        else:
            self.problem_met.emit(problem)

    def _on_write_clicked(self) -> None:
        if self._plan is None:
            return
        name = _("Pembatalan batch {number}.xlsx").format(number=self._plan.number)
        path = ask_save_path(self, _("Simpan daftar pembatalan"), name, "xlsx")
        if path is not None:
            task = self._context.runner.start(undo_list_work(self._context.app, self._plan, path))
            task.succeeded.connect(self._on_written)
            task.failed.connect(self.problem_met)

    def _on_written(self, path: object) -> None:
        self.noted.emit(_("Tersimpan: {path}").format(path=path))

    def _say(self, tone: str, title: str, words: str) -> None:
        self._message.set_text(title, words, tone=tone)
        self._message.show()


def _first_to_read(is_done: bool) -> tuple[UndoFate, ...]:
    """Before the deed look at what will go, after it at who has stayed."""
    return (UndoFate.BARRED, UndoFate.KEPT, UndoFate.REVERSED) if is_done else _ORDER


def _fate_words() -> dict[UndoFate, str]:
    return {
        UndoFate.REVERSED: _("Dibatalkan"),
        UndoFate.KEPT: _("Tetap, berubah sejak itu"),
        UndoFate.BARRED: _("Tidak dapat dibatalkan"),
    }


def _columns() -> list[Column[UndoRow]]:
    return [
        Column(key="row", title=_("Baris"), text=_row_no, width=70, right=True, tone=_muted),
        Column(key="name", title=_("Nama"), text=_name, width=230, weight=500),
        Column(key="nik", title=_("NIK"), text=_nik, width=NIK_WIDTH),
        Column(key="why", title=_("Sebab"), text=_why, tip=_why),
    ]


def _row_no(each: UndoRow) -> str:
    return format_count(each.row_no)


def _name(each: UndoRow) -> str:
    return each.name


def _nik(each: UndoRow) -> str:
    return each.nik


def _why(each: UndoRow) -> str:
    return each.sentence


def _muted(_each: UndoRow) -> str:
    return "muted"
