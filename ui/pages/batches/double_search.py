"""The search for doubles while it runs, with its progress and the way to stop it."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from bpjsdesk.services.staging import StagedList
from ui.i18n import _
from ui.page import PageContext
from ui.pages.batches.double_work import search_work
from ui.pages.batches.own_keys import OwnKeys
from ui.tasks import Task
from ui.theme import px
from ui.widgets.inline import InlineMessage
from ui.widgets.layout import column, row
from ui.widgets.message import ProgressPanel
from ui.widgets.text import caption

_PAUSE_MS = 600


class DoubleSearch(QWidget):
    """Search in the background; stopped, it says how to begin anew.

    Signals: found(StagedList, DoublesFound), problem_met(exception), ended() when it was stopped
    or failed.
    """

    found = Signal(object, object)
    problem_met = Signal(object)
    ended = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._task: Task | None = None
        self._work: StagedList | None = None
        self.panel = ProgressPanel()
        self.panel.setMinimumWidth(px(520))
        self._calm = caption(_("Seluruh daftar peserta dibandingkan; belum ada yang digabung."))
        self._stopped = InlineMessage(
            "info",
            _("Pencarian duplikat dihentikan"),
            _("Tekan F5 untuk mencari lagi. Bila dilanjutkan, pencarian berjalan saat menyimpan."),
        )
        self._stopped.setObjectName("searchStopped")
        self._stopped.hide()
        middle = column(self.panel, row(None, self._calm, None), self._stopped, gap=10)
        self.setLayout(column(None, row(None, middle, None), None))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        OwnKeys(self, {Qt.Key.Key_Escape})
        OwnKeys(self.panel, {Qt.Key.Key_Escape})
        self._starter = QTimer(self)
        self._starter.setSingleShot(True)
        self._starter.setInterval(_PAUSE_MS)
        self._starter.timeout.connect(self._on_starter_timeout)
        self.panel.cancel_requested.connect(self.cancel)

    @property
    def is_running(self) -> bool:
        return self._task is not None or self._starter.isActive()

    def begin_later(self, work: StagedList) -> None:
        """Search when the clerk pauses: each decision may call for a search."""
        self._drop()
        self._work = work
        self._starter.start()

    def begin(self, work: StagedList) -> None:
        """Search for the doubles of a list; a search for another state of it is dropped."""
        if self._task is not None and self._work is work:
            return
        self._drop()
        self._work = work
        self.panel.begin(_("Mencari duplikat"))
        self._show(running=True)
        task = self._context.runner.read(search_work(self._context.app, work))
        task.progressed.connect(self.panel.show_progress)
        task.succeeded.connect(self._on_task_succeeded)
        task.failed.connect(self._on_task_failed)
        self._task = task

    def cancel(self) -> None:
        """Stop at once; what was found so far is not shown."""
        if self.is_running:
            self._drop()
            self._stop()

    def _drop(self) -> None:
        self._starter.stop()
        if self._task is not None:
            self._task.cancel()
        self._task = None

    def _show(self, *, running: bool) -> None:
        self.panel.setVisible(running)
        self._calm.setVisible(running)
        self._stopped.setVisible(not running)

    def _on_starter_timeout(self) -> None:
        if self._work is not None:
            self.begin(self._work)

    def _on_task_succeeded(self, found: object) -> None:
        if self.sender() is self._task:
            self._task = None
            self.found.emit(self._work, found)

    def _on_task_failed(self, problem: Exception) -> None:
        if self.sender() is self._task:
            self._stop()
            self.problem_met.emit(problem)

    def _stop(self) -> None:
        self._task, self._work = None, None
        self._show(running=False)
        self.ended.emit()
