"""Past claims from a workbook: check the whole file, show what would happen, then import."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from bpjsdesk.domain.changes import Answer
from bpjsdesk.domain.claims import ClaimFileIssue, ClaimFilePreview
from bpjsdesk.domain.wording import format_count, format_rupiah
from bpjsdesk.errors import AppError
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.claim_import import check_claims_file, import_claims
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from ui.errors import show_error
from ui.i18n import _
from ui.page import PageContext
from ui.pages.reports.file_choice import ask_open_path
from ui.table import Column, RecordTableModel
from ui.table_view import RecordTable
from ui.tasks import Task, Work
from ui.theme import px
from ui.widgets.buttons import Button, bind_key
from ui.widgets.layout import Card, boxed, column, row
from ui.widgets.message import EmptyState, InlineMessage, ProgressPanel
from ui.widgets.meter import SumLine
from ui.widgets.text import Label, caption, card_title

_START, _RUNNING, _RESULT = range(3)
_MOST_REASONS = 6
_ROW_PX, _HEAD_PX = 30, 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why rows were held, with how many."""

    code: str
    message: str
    count: int


def reasons_of(issues: Sequence[ClaimFileIssue]) -> list[Reason]:
    """Group the issues by code, the most frequent first."""
    counts: dict[str, int] = {}
    words: dict[str, str] = {}
    for issue in issues:
        counts[issue.code] = counts.get(issue.code, 0) + 1
        words.setdefault(issue.code, issue.message)
    codes = sorted(counts, key=lambda code: (-counts[code], code))
    return [Reason(code=code, message=words[code], count=counts[code]) for code in codes]


class ClaimImportPane(QWidget):
    """Lead from a file to stored claims.

    Signals: imported(int) with the number of claims, closed() when the user gives up.
    """

    imported = Signal(int)
    closed = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._task: Task | None = None
        self._preview: ClaimFilePreview | None = None
        self._request_id = ""
        self._build_widgets()
        self._connect_signals()

    @property
    def preview(self) -> ClaimFilePreview | None:
        return self._preview

    @property
    def is_running(self) -> bool:
        return self._task is not None

    def reset(self) -> None:
        """Start over with no file."""
        self._preview = None
        self._message.hide()
        self._stack.setCurrentIndex(_START)
        self._show_buttons()

    def check(self, path: Path) -> None:
        """Read and check a file."""
        self._message.hide()
        self._begin(_("Membaca {name}").format(name=path.name))
        task = self._context.runner.read(_checking(self._context.app, path))
        task.succeeded.connect(self._on_check_succeeded)
        self._follow(task)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_cancel()
            return
        super().keyPressEvent(event)

    def _build_widgets(self) -> None:
        self._message = InlineMessage("bad", "", "")
        self._message.hide()
        self._start = EmptyState(
            "file-spreadsheet",
            _("Muat klaim yang lalu dari Excel"),
            _(
                "Satu baris satu klaim: NIK, nama, program, kategori, tanggal kejadian, tanggal "
                "bayar, dan jumlah. Berkas diperiksa dahulu; belum ada yang disimpan."
            ),
            action=_("Pilih berkas"),
            key="Ctrl+O",
        )
        self._panel = ProgressPanel()
        self._panel.setMinimumWidth(380)
        running = boxed(column(None, row(None, self._panel, None), None))
        self._stack = QStackedWidget()
        for part in (Card(self._start), running, self._build_result()):
            self._stack.addWidget(part)
        self.setLayout(column(self._message, (self._stack, 1), self._build_foot(), gap=10))

    def _build_result(self) -> QWidget:
        self._file = Label("", weight=600)
        self._sum = SumLine()
        self._amount = caption("")
        head = Card(row(self._file, None, self._amount), self._sum, gap=6)
        self._reasons: RecordTableModel[Reason] = RecordTableModel(_reason_columns(), self)
        self._reason_table = RecordTable(self._reasons, _("Sebab ditahan"), row_height=30)
        self._rows: RecordTableModel[ClaimFileIssue] = RecordTableModel(_issue_columns(), self)
        self._row_table = RecordTable(self._rows, _("Baris yang ditahan"), row_height=30)
        self._row_title = card_title(_("Baris yang ditahan"))
        self._fine = EmptyState(
            "circle-check",
            _("Semua baris dapat dimuat"),
            _("Tidak ada baris yang ditahan. Tekan Ctrl+Enter untuk memuatnya."),
        )
        reasons = Card(card_title(_("Sebab")), self._reason_table, gap=4, margins=(8, 10, 8, 6))
        rows = Card(self._row_title, (self._row_table, 1), gap=4, margins=(8, 10, 8, 6))
        self._held = boxed(column(reasons, (rows, 1), gap=10))
        self._held_or_fine = QStackedWidget()
        self._held_or_fine.addWidget(self._held)
        self._held_or_fine.addWidget(Card(self._fine))
        return boxed(column(head, (self._held_or_fine, 1), gap=10))

    def _build_foot(self) -> QWidget:
        self._note = caption(_("Baris yang ditahan tidak dimuat; perbaiki di berkas, lalu ulangi."))
        self._back = Button(_("Batal"), key="Esc")
        self._other = Button(_("Berkas lain"), icon="folder-open", key="Ctrl+O")
        self._import = Button(_("Muat klaim"), kind="primary", icon="check", key="Ctrl+Enter")
        self._import.setObjectName("importClaims")
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            bind_key(self._import, key, self)
        bind_key(self._other, "Ctrl+O", self)
        return boxed(row((self._note, 1), None, self._back, self._other, self._import))

    def _connect_signals(self) -> None:
        self._start.acted.connect(self._on_choose)
        self._other.clicked.connect(self._on_choose)
        self._back.clicked.connect(self._on_cancel)
        self._import.clicked.connect(self._on_import_clicked)
        self._panel.cancel_requested.connect(self._on_cancel)
        self._reason_table.record_chosen.connect(self._on_reason_chosen)

    def _begin(self, title: str) -> None:
        self._panel.begin(title)
        self._stack.setCurrentIndex(_RUNNING)
        self._show_buttons()

    def _follow(self, task: Task) -> None:
        task.progressed.connect(self._panel.show_progress)
        task.failed.connect(self._on_task_failed)
        task.cancelled.connect(self._on_task_cancelled)
        task.finished.connect(self._on_task_finished)
        self._task = task
        self._show_buttons()

    def _show_buttons(self) -> None:
        idle, preview = self._task is None, self._preview
        self._other.setVisible(idle and self._stack.currentIndex() == _RESULT)
        self._import.setVisible(idle and preview is not None and preview.accepted > 0)
        if preview is not None:
            count = format_count(preview.accepted)
            self._import.setText(_("Muat {n} klaim").format(n=count))
        self._note.setVisible(idle and preview is not None and preview.held > 0)

    def _show_preview(self, preview: ClaimFilePreview) -> None:
        self._preview = preview
        self._request_id = new_request_id()
        self._file.setText(preview.source_name)
        total = sum(claim.amount for claim in preview.claims)
        self._amount.setText(_("diterima {amount}").format(amount=format_rupiah(total)))
        self._sum.set_counts(
            (_("dibaca"), preview.read),
            [
                (_("diterima"), preview.accepted),
                (_("ditahan"), preview.held),
                (_("diabaikan"), preview.ignored),
                (_("kosong"), preview.blank),
            ],
        )
        reasons = reasons_of(preview.issues)
        self._reasons.set_rows(reasons)
        shown = min(len(reasons), _MOST_REASONS)
        self._reason_table.setFixedHeight(px(_ROW_PX) * shown + px(_HEAD_PX))
        self._show_rows(None)
        self._held_or_fine.setCurrentIndex(0 if preview.issues else 1)
        self._stack.setCurrentIndex(_RESULT)
        self._show_buttons()
        if preview.issues:
            self._row_table.setFocus()
        else:
            self._import.setFocus()

    def _show_rows(self, reason: Reason | None) -> None:
        issues = self._preview.issues if self._preview else ()
        shown = [issue for issue in issues if reason is None or issue.code == reason.code]
        self._rows.set_rows(shown)
        rows = len({(issue.sheet, issue.row) for issue in shown})
        words = _("Baris yang ditahan ({n})").format(n=format_count(rows))
        self._row_title.setText(words)

    def _on_choose(self) -> None:
        if self._task is not None:
            return
        path = ask_open_path(self, _("Pilih berkas klaim"))
        if path is not None:
            self.check(path)

    def _on_cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            return
        self.closed.emit()

    def _on_import_clicked(self) -> None:
        if self._preview is None or self._task is not None:
            return
        self._begin(_("Menyimpan klaim"))
        work = _importing(self._context.app, self._preview, self._request_id)
        task = self._context.runner.start(work)
        task.succeeded.connect(self._on_import_succeeded)
        self._follow(task)

    def _on_reason_chosen(self, reason: Reason) -> None:
        self._show_rows(reason)

    def _on_check_succeeded(self, preview: ClaimFilePreview) -> None:
        self._task = None
        self._show_preview(preview)

    def _on_import_succeeded(self, answer: Answer) -> None:
        count = self._preview.accepted if self._preview else 0
        self._task = None
        self.reset()
        self._context.changes.publish(answer.changes)
        self.imported.emit(count)

    def _on_task_failed(self, problem: BaseException) -> None:
        self._stack.setCurrentIndex(_RESULT if self._preview else _START)
        if isinstance(problem, AppError):
            self._message.set_text(_("Berkas belum dapat dimuat"), problem.message)
            self._message.show()
        else:
            show_error(self, problem)

    def _on_task_cancelled(self) -> None:
        self._stack.setCurrentIndex(_RESULT if self._preview else _START)
        self._message.set_text(
            _("Dibatalkan"), _("Tidak ada yang disimpan. Data tetap seperti sebelumnya.")
        )
        self._message.show()

    def _on_task_finished(self) -> None:
        self._task = None
        self._show_buttons()


def _reason_columns() -> tuple[Column[Reason], ...]:
    return (
        Column[Reason](key="message", title=_("Sebab dan cara memperbaiki"), text=_reason_words),
        Column[Reason](
            key="count", title=_("Baris"), text=_reason_count, sort=_count_of, width=80, right=True
        ),
    )


def _issue_columns() -> tuple[Column[ClaimFileIssue], ...]:
    return (
        Column[ClaimFileIssue](key="sheet", title=_("Lembar"), text=_sheet_of, width=220),
        Column[ClaimFileIssue](
            key="row", title=_("Baris"), text=_row_words, sort=_row_of, width=70, right=True
        ),
        Column[ClaimFileIssue](key="message", title=_("Sebab"), text=_message_of),
    )


def _reason_words(reason: Reason) -> str:
    return reason.message


def _reason_count(reason: Reason) -> str:
    return format_count(reason.count)


def _count_of(reason: Reason) -> int:
    return reason.count


def _sheet_of(issue: ClaimFileIssue) -> str:
    return issue.sheet


def _row_words(issue: ClaimFileIssue) -> str:
    return format_count(issue.row)


def _row_of(issue: ClaimFileIssue) -> int:
    return issue.row


def _message_of(issue: ClaimFileIssue) -> str:
    return issue.message


def _checking(app: AppContext, path: Path) -> Work:
    def work(progress: ProgressSink, cancel: CancelToken) -> ClaimFilePreview:
        return check_claims_file(app, path, progress=progress, cancel=cancel)

    return work


def _importing(app: AppContext, preview: ClaimFilePreview, request_id: str) -> Work:
    def work(_progress: ProgressSink, _cancel: CancelToken) -> Answer:
        return import_claims(app, preview, request_id=request_id)

    return work
