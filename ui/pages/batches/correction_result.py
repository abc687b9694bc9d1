"""A corrected file comes back to its batch: what was taken of it, what was not, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from bpjsdesk.domain.corrections import Correction, Door, MissingRow
from bpjsdesk.domain.wording import format_count
from bpjsdesk.errors import AppError
from ui.errors import show_error
from ui.i18n import _
from ui.page import PageContext
from ui.pages.batches.correction_work import CorrectionDone, correction_work
from ui.pages.batches.sum_card import Part, SumCard
from ui.table import COUNT_WIDTH, Column, RecordTableModel
from ui.table_view import RecordTable
from ui.tasks import Task
from ui.theme import px
from ui.widgets.buttons import Button
from ui.widgets.inline import InlineMessage
from ui.widgets.layout import Card, boxed, column, row
from ui.widgets.message import ProgressPanel
from ui.widgets.text import Facts, IconMark, Label, Pill, card_title, record_title

_WAITING, _DONE = range(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldRow:
    """A row that somebody should look at: not taken of the file, or no longer named by it."""

    place: str
    row_no: int
    name: str
    why: str
    tone: str


class CorrectionPane(QWidget):
    """Take one corrected file and show what became of each of its rows.

    Signals: closed(), work_asked(int) to go on with a batch, title_changed(title, subtitle).
    """

    closed = Signal()
    work_asked = Signal(int)
    title_changed = Signal(str, str)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._task: Task | None = None
        self._done: Correction | None = None
        self.setObjectName("correctionPane")
        self._build_widgets()
        self._connect_signals()

    @property
    def is_running(self) -> bool:
        return self._task is not None

    @property
    def problem(self) -> str:
        """Why the file was refused; empty while it was not."""
        return self._problem.text()[1] if self._problem.isVisibleTo(self) else ""

    @property
    def told_rows(self) -> list[ToldRow]:
        """The rows of the table, from top to bottom."""
        found = [self._model.record(place) for place in range(self._model.rowCount())]
        return [told for told in found if told is not None]

    def take(self, path: Path, batch_id: int | None = None) -> None:
        """Take a file for a batch; without one its row keys say which."""
        if self._task is not None:
            return
        self._done = None
        self.title_changed.emit(_("Muat koreksi"), path.name)
        self._panel.begin(_("Membaca {file}").format(file=path.name))
        self._stack.setCurrentIndex(_WAITING)
        self._problem.hide()
        self._panel.show()
        self._task = self._context.runner.start(correction_work(self._context.app, path, batch_id))
        self._task.progressed.connect(self._panel.show_progress)
        self._task.succeeded.connect(self._on_taken)
        self._task.failed.connect(self._on_failed)
        self._task.cancelled.connect(self._on_cancelled)

    def stop(self) -> None:
        """Call off what is not stored yet."""
        if self._task is not None:
            self._task.cancel()

    def focus_first(self) -> None:
        """Put the focus where work goes on."""
        shown = self.work_button if self._stack.currentIndex() == _DONE else self.close_button
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build_widgets(self) -> None:
        self._panel = ProgressPanel()
        self._problem = InlineMessage("bad", "", " ")
        self.close_button = Button(_("Tutup"), key="Ctrl+W")
        waiting = boxed(column(self._panel, self._problem, row(self.close_button, None), None))
        self._stack = QStackedWidget()
        self._stack.addWidget(waiting)
        self._stack.addWidget(boxed(column(self._make_head(), self._make_rows(), gap=10)))
        self.setLayout(column((self._stack, 1)))

    def _make_head(self) -> QWidget:
        self._title, self._pill = record_title(), Pill("", "grey")
        self._facts = Facts()
        self._now = Label("", wrap=True)
        self.work_button = Button(_("Lanjutkan pemeriksaan"), kind="primary", key="Ctrl+Enter")
        self.work_button.setObjectName("correctedWork")
        self.follow_button = Button("", icon="player-play")
        self.follow_button.setObjectName("followUp")
        self.back_button = Button(_("Ke daftar batch"), kind="ghost")
        mark = IconMark("circle-check", "ok", size=26)
        head = row(mark, self._title, self._pill, None, gap=10)
        buttons = row(self.work_button, self.follow_button, self.back_button, None)
        card = Card(head, self._facts, self._now, 4, buttons, gap=8, margins=(20, 14, 20, 16))
        self._sum = SumCard(with_bar=False, stack_below=860)
        return boxed(column(card, self._sum, gap=10))

    def _make_rows(self) -> Card:
        self._model: RecordTableModel[ToldRow] = RecordTableModel(_columns(), self)
        self._table = RecordTable(self._model, _("Baris yang perlu dilihat"))
        self._table.setObjectName("toldRows")
        self._table.setMinimumHeight(px(160))
        self._count = Label("", size=12, weight=500, tone="warn")
        self._calm = InlineMessage("ok", _("Setiap baris berkas ini diambil atau sudah sama"))
        title = row(card_title(_("Baris yang perlu dilihat")), None, self._count)
        return Card(title, self._calm, (self._table, 1), gap=8)

    def _connect_signals(self) -> None:
        self._panel.cancel_requested.connect(self.stop)
        self.close_button.clicked.connect(self.closed)
        self.back_button.clicked.connect(self.closed)
        self.work_button.clicked.connect(self._on_work_clicked)
        self.follow_button.clicked.connect(self._on_follow_clicked)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._on_work_clicked)

    def _on_taken(self, done: CorrectionDone) -> None:
        self._task = None
        found = self._done = done.corrected.correction
        self._show(found, done)
        self._stack.setCurrentIndex(_DONE)
        self.focus_first()
        self._context.changes.publish(done.corrected.answer.changes)

    def _show(self, found: Correction, done: CorrectionDone) -> None:
        self.title_changed.emit(
            _("Koreksi batch {number}").format(number=found.number), found.source_name
        )
        has_news = bool(found.taken or found.added)
        title = (
            _("Koreksi batch {number} dimuat") if has_news else _("Batch {number} tidak berubah")
        )
        self._title.setText(title.format(number=found.number))
        self._pill.set_state(_door_words(found.door), "info")
        self._facts.set_pairs([(_("Berkas"), found.source_name), (_("Diambil"), _taken(found))])
        words = _news_words(found)
        ready, held = format_count(done.ready), format_count(done.held)
        self._now.setText(words.format(ready=ready, held=held))
        self._sum.set_parts(found.read, _parts(found))
        self.follow_button.setVisible(found.follow_up is not None)
        self.follow_button.setText(
            _("Buka daftar lanjutan {number}").format(number=found.follow_up_number)
        )
        told = list(_told_rows(found))
        self._model.set_rows(told)
        self._table.setVisible(bool(told))
        self._calm.setVisible(not told)
        self._count.setText(_("{n} baris").format(n=format_count(len(told))) if told else "")

    def _on_failed(self, problem: Exception) -> None:
        self._task = None
        if not isinstance(problem, AppError):
            show_error(self, problem)
            self.closed.emit()
            return
        self._panel.hide()
        self._problem.set_text(_("Berkas ini belum dapat dimuat"), problem.message)
        self._problem.show()
        self.focus_first()

    def _on_cancelled(self) -> None:
        self._task = None
        self.closed.emit()

    def _on_work_clicked(self) -> None:
        if self._done is not None:
            self.work_asked.emit(self._done.batch_id)

    def _on_follow_clicked(self) -> None:
        if self._done is not None and self._done.follow_up is not None:
            self.work_asked.emit(self._done.follow_up)


def _columns() -> list[Column[ToldRow]]:
    return [
        Column(key="place", title=_("Lembar"), text=lambda told: told.place, width=150),
        Column(
            key="row",
            title=_("Baris"),
            text=lambda told: format_count(told.row_no),
            sort=lambda told: told.row_no,
            width=COUNT_WIDTH,
            right=True,
        ),
        Column(key="name", title=_("Nama"), text=lambda told: told.name, width=220),
        Column(
            key="why",
            title=_("Mengapa"),
            text=lambda told: told.why,
            tone=lambda told: told.tone,
            tip=lambda told: told.why,
        ),
    ]


def _told_rows(found: Correction) -> Iterator[ToldRow]:
    for told in found.reported:
        differs = _(" Berbeda: {columns}.").format(columns=", ".join(told.differs))
        why = told.sentence + (differs if told.differs else "")
        yield ToldRow(place=told.sheet, row_no=told.row_no, name=told.name, why=why, tone="warn")
    for gone in found.missing:
        yield ToldRow(
            place=gone.sheet,
            row_no=gone.row_no,
            name=gone.name,
            why=_missing_words(gone),
            tone="muted" if gone.has_nik else "warn",
        )


def _missing_words(gone: MissingRow) -> str:
    if not gone.has_nik:
        return _(
            "Tanpa NIK, belum dijumpai dalam daftar baru: cari menurut nama; barisnya ditahan."
        )
    if gone.is_accepted:
        return _("Tidak disebut lagi dalam daftar baru; orang ini sudah diterima.")
    return _("Tidak disebut lagi dalam daftar baru; barisnya tetap di batch.")


def _parts(found: Correction) -> list[Part]:
    return [
        (_("dibetulkan"), found.taken, "d1"),
        (_("baru"), found.added, "d2"),
        (_("sama"), found.unchanged, "grey"),
        (_("tidak diambil"), len(found.reported), "d3"),
        (_("bukan peserta"), found.ignored, "line2"),
        (_("kosong"), found.blank, "line2"),
    ]


def _news_words(found: Correction) -> str:
    if found.taken or (found.added and found.follow_up is None):
        return _(
            "Sekarang {ready} baris siap diterima dan {held} baris ditahan. Belum ada yang "
            "didaftarkan; langkah ini dapat diurungkan."
        )
    if found.added:
        return _(
            "Orang baru menjadi daftar lanjutan yang diperiksa seperti daftar lain. Di batch ini "
            "{ready} baris siap diterima dan {held} baris ditahan."
        )
    return _(
        "Tidak ada yang baru di berkas ini. Di batch ini {ready} baris siap diterima dan {held} "
        "baris ditahan."
    )


def _door_words(door: Door) -> str:
    return _("berkas koreksi") if door is Door.WORKBOOK else _("daftar lengkap")


def _taken(found: Correction) -> str:
    if found.door is Door.WORKBOOK:
        return _("menurut Kunci Baris; baris lain tidak disentuh")
    return _("dicocokkan menurut NIK, tanpa NIK menurut nama; sel kosong tidak menghapus apa pun")
