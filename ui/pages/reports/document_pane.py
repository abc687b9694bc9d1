"""A document in the making and then on the screen: made in the background, noted when it leaves."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from bpjsdesk.errors import AppError
from bpjsdesk.file_names import safe_name
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.printing import issue, note_print
from ui.errors import show_error
from ui.i18n import _
from ui.page import PageContext
from ui.pages.reports.pdf_work import Printable
from ui.tasks import Task
from ui.widgets.layout import Card, boxed, column, row
from ui.widgets.message import EmptyState, ProgressPanel
from ui.widgets.pdf_preview import PdfPreview

_MAKING, _PAPER, _FAILED = range(3)


class DocumentPane(Card):
    """Show one PDF; saving and printing it are written into the history, if the user may at all.

    Signals: ready() when the page is on the screen, noted(str) for the status bar,
    cancelled() when its making was stopped.
    """

    ready = Signal()
    noted = Signal(str)
    cancelled = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__(gap=0, margins=(12, 10, 12, 8))
        self._context = context
        self._task: Task | None = None
        # the page on the screen keeps its own name and number while the next one is being made
        self._coming: tuple[str, Printable] | None = None
        self._shown: tuple[str, Printable] | None = None
        self._build_widgets()

    @property
    def has_paper(self) -> bool:
        return self._stack.currentIndex() == _PAPER

    def make(self, document: Printable, *, name: str, title: str) -> None:
        """Make a document, to be saved as `name`; a newer call replaces one still in the making."""
        self._drop_task()
        self._coming = safe_name(name), document
        self._panel.begin(title)
        # a page that is remade within a blink stays on the screen until the new one is there
        if not self.has_paper:
            self._stack.setCurrentIndex(_MAKING)
        task = self._context.runner.read(document.work)
        task.progressed.connect(self._panel.show_progress)
        task.succeeded.connect(self._on_task_succeeded)
        task.failed.connect(self._on_task_failed)
        task.cancelled.connect(self._on_task_cancelled)
        self._task = task

    def clear(self) -> None:
        """Take the paper away."""
        self._drop_task()
        self.preview.clear()
        self._stack.setCurrentIndex(_MAKING)

    def cancel(self) -> None:
        """Stop the making of the document."""
        if self._task is not None:
            self._task.cancel()

    def _build_widgets(self) -> None:
        self.preview = PdfPreview(may_issue=self._context.app.user.may("report.print"))
        self._panel = ProgressPanel()
        self._panel.setMinimumWidth(320)
        waiting = boxed(column(None, row(None, self._panel, None), None))
        self._failure = EmptyState("file-broken", "", "")
        self._stack = QStackedWidget()
        for part in (waiting, self.preview, self._failure):
            self._stack.addWidget(part)
        self.body.addWidget(self._stack, 1)
        self._panel.cancel_requested.connect(self.cancel)
        self.preview.place_chosen.connect(self._on_preview_place_chosen)
        self.preview.printed.connect(self._on_preview_printed)

    @property
    def _name(self) -> str:
        return self._shown[0] if self._shown is not None else ""

    def _drop_task(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel()

    def _on_task_succeeded(self, data: bytes) -> None:
        if self.sender() is not self._task:
            return
        self._task = None
        self._shown = self._coming
        self.preview.show_pdf(data, f"{self._name}.pdf")
        self._stack.setCurrentIndex(_PAPER)
        self.ready.emit()

    def _on_task_failed(self, problem: Exception) -> None:
        if self.sender() is not self._task:
            return
        self._task = None
        if not isinstance(problem, AppError):
            show_error(self, problem)
            return
        self._failure.set_text(_("Dokumen belum dapat dibuat"), problem.message)
        self._stack.setCurrentIndex(_FAILED)

    def _on_task_cancelled(self) -> None:
        if self.sender() is self._task:
            self._task = None
            self.cancelled.emit()

    def _on_preview_place_chosen(self, path: Path, data: bytes) -> None:
        if self._shown is not None:
            work = partial(_issue, self._context.app, self._shown[1], path, data)
            task = self._context.runner.start(work)
            task.succeeded.connect(self._on_issued)
            task.failed.connect(self._on_problem_met)

    def _on_issued(self, path: Path) -> None:
        self.noted.emit(_("Tersimpan: {path}").format(path=path))

    def _on_preview_printed(self) -> None:
        self.noted.emit(_("{name} selesai dicetak").format(name=self._name))
        if self._shown is not None:
            work = partial(_note, self._context.app, self._shown[1])
            task = self._context.runner.start(work)
            task.failed.connect(self._on_problem_met)

    def _on_problem_met(self, problem: Exception) -> None:
        show_error(self, problem)


def _issue(
    app: AppContext,
    document: Printable,
    path: Path,
    data: bytes,
    _progress: ProgressSink,
    _cancel: CancelToken,
) -> Path:
    issue(app, path, data, document.number, kind=document.kind, object_id=document.object_id)
    return path


def _note(
    app: AppContext, document: Printable, _progress: ProgressSink, _cancel: CancelToken
) -> None:
    note_print(app, document.number, kind=document.kind, object_id=document.object_id)
