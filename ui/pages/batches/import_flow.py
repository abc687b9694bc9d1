"""The way of a list into the office, from the file to the register, step by step."""

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QWidget

from bpjsdesk.domain.batches import BatchDetail
from bpjsdesk.domain.changes import Answer
from bpjsdesk.domain.enrollment import BatchRequest
from bpjsdesk.domain.staging import Stage
from bpjsdesk.errors import AppError, UserError
from ui.errors import show_error
from ui.i18n import _
from ui.page import PageContext
from ui.pages.batches.column_pane import ColumnPane
from ui.pages.batches.decision import DecisionPane
from ui.pages.batches.double_pane import DoublePane
from ui.pages.batches.flow_files import FlowFiles
from ui.pages.batches.flow_panes import FlowPanes
from ui.pages.batches.flow_words import flow_title
from ui.pages.batches.import_form import ImportForm, ImportStart
from ui.pages.batches.import_result import ImportResult
from ui.pages.batches.import_work import (
    ACCEPT,
    FILL,
    Stored,
    Verdict,
    verdict_work,
)
from ui.pages.batches.list_desk import ListDesk
from ui.pages.batches.opening_step import opening_step
from ui.pages.batches.sender_panel import SenderPanel
from ui.pages.batches.sender_work import stage_work
from ui.pages.batches.step_head import StepHead
from ui.pages.batches.steps import FIRST_OF_WORK, FlowStep, is_work, next_step
from ui.pages.batches.value_pane import ValuePane
from ui.pages.batches.work_pane import WorkPane
from ui.pages.batches.work_state import WorkState
from ui.pages.batches.workbench import Workbench
from ui.tasks import Task, Work
from ui.widgets.layout import column

_PAUSE_MS, _BREATH_MS = 300, 10
_KEYS = (
    ("Ctrl+Return", "_on_primary"),
    ("Ctrl+Enter", "_on_primary"),
    ("Alt+Left", "_on_back"),
    ("Esc", "_on_escape"),
    ("F4", "_on_choose_file"),
    ("Ctrl+S", "_on_save_errors"),
    ("Ctrl+T", "_on_template"),
    ("Ctrl+P", "_on_roster"),
    ("Ctrl+R", "_on_receipt"),
)


class ImportFlow(QWidget):
    """Carry one list through its steps; a list that is stored can be left at any of them.

    Signals: step_changed(FlowStep), title_changed(title, subtitle, pill), closed(),
    batch_opened(int), roster_asked(int), receipt_asked(int), correction_met(path)
    for our own error workbook, noted(str) for the status bar.
    """

    step_changed = Signal(object)
    title_changed = Signal(str, str, object)
    closed = Signal()
    batch_opened = Signal(int)
    roster_asked = Signal(int)
    receipt_asked = Signal(int)
    correction_met = Signal(object)
    noted = Signal(str)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._task: Task | None = None
        self._request: BatchRequest | None = None
        self._stored: BatchDetail | None = None
        self.desk = ListDesk(context, self)
        self._files = FlowFiles(context, self)
        self._maker = QTimer(self)
        self._maker.setSingleShot(True)
        self._build_widgets()
        self._connect_signals()
        for key, slot in _KEYS:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(getattr(self, slot))

    @property
    def step(self) -> FlowStep:
        return self._head.step

    @property
    def is_running(self) -> bool:
        return self._task is not None

    def open(self, start: ImportStart) -> None:
        """Begin with the form; a list that is being read or stored is left alone."""
        if self._task is None:
            self.desk.clear()
            self.form.open(start)
            self._go(FlowStep.CHOOSE)

    def make_more(self) -> bool:
        """Make one pane ahead of its step; False when all are there."""
        return self._panes.make_one()

    def open_batch(self, batch_id: int) -> None:
        """Go on with a list that is in work."""
        if self._task is None:
            calm = _("Setiap baris diperiksa dengan aturan dan daftar peserta hari ini.")
            self._watch(self.desk.open(batch_id), FlowStep.READ, _("Membuka daftar"), calm)

    def close_work(self) -> int | None:
        """Put the list away, where everything that was done to it is stored; gives its batch."""
        state = self.desk.state
        if self._task is None:
            self.desk.clear()
        return state.work.batch_id if state is not None else None

    def focus_first(self) -> None:
        """Put the focus where work on the present step begins."""
        shown = self._panes.currentWidget()
        if isinstance(shown, WorkPane | SenderPanel):
            shown.focus_first()
        elif isinstance(shown, ImportForm):
            shown.form.focus_first()
        elif isinstance(shown, ImportResult):
            shown.open_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._panes.panel.setFocus()

    def show_title(self) -> None:
        """Say again where the import stands, after the page showed something else."""
        state = self.desk.state
        if state is None:
            plain = (_("Muat daftar peserta"), _("Batch › Muat daftar"), ("", "grey"))
            self.title_changed.emit(*plain)
        else:
            self.title_changed.emit(*flow_title(state))
        self.step_changed.emit(self.step)

    @property
    def form(self) -> ImportForm:
        return self._panes.form

    @property
    def columns(self) -> ColumnPane:
        return self._panes.columns

    @property
    def profile(self) -> SenderPanel:
        return self._panes.profile

    @property
    def values(self) -> ValuePane:
        return self._panes.values

    @property
    def bench(self) -> Workbench:
        return self._panes.bench

    @property
    def doubles(self) -> DoublePane:
        return self._panes.doubles

    @property
    def decision(self) -> DecisionPane:
        return self._panes.decision

    @property
    def result(self) -> ImportResult:
        return self._panes.result

    def _build_widgets(self) -> None:
        self._head = StepHead()
        self._panes = FlowPanes(self._context, self.desk)
        self.setLayout(column(self._head, (self._panes, 1), gap=10))

    def _connect_signals(self) -> None:
        panes = self._panes
        panes.check_asked.connect(self._on_form_check_asked)
        panes.template_asked.connect(self._files.save_template)
        panes.problem_met.connect(self._on_problem_met)
        panes.next_asked.connect(self._on_next)
        panes.back_asked.connect(self._on_back)
        panes.errors_asked.connect(self._on_save_errors)
        panes.noted.connect(self.noted)
        panes.decided.connect(self._on_decision_decided)
        panes.open_asked.connect(self._on_result_open_asked)
        panes.kept_errors_asked.connect(self._on_result_errors_asked)
        panes.roster_asked.connect(self._on_roster)
        panes.receipt_asked.connect(self._on_receipt)
        panes.again_asked.connect(self._on_result_again_asked)
        panes.panel.cancel_requested.connect(self._on_escape)
        self._maker.timeout.connect(self._on_maker_timeout)
        self._files.noted.connect(self.noted)
        self._files.problem_met.connect(self._on_problem_met)
        self.desk.opened.connect(self._on_desk_opened)
        self.desk.failed.connect(self._on_desk_failed)

    def _go(self, step: FlowStep) -> None:
        if is_work(step) and self.desk.state is None:
            return  # it was put away meanwhile
        pane = self._panes.filled(step, self.desk.state)
        self._head.set_step(step)
        if is_work(step):
            self._maker.start(_PAUSE_MS)
            self.desk.keep_place(Stage(step.value))
        self._panes.show_pane(pane)
        self.show_title()
        self.focus_first()

    def _watch(self, task: Task, step: FlowStep, title: str, calm: str) -> None:
        self._task = task
        self._head.set_step(step)
        task.progressed.connect(self._panes.panel.show_progress)
        task.cancelled.connect(self._on_task_cancelled)
        task.finished.connect(self._on_task_finished)
        self._panes.show_waiting(title, calm)
        self.show_title()
        self.focus_first()
        self._maker.start(0)

    def _on_maker_timeout(self) -> None:
        # one in each pause: all of them together would keep the window from answering
        if self.make_more():
            self._maker.start(_BREATH_MS)

    def _on_form_check_asked(self, request: BatchRequest) -> None:
        self._request = request
        work = stage_work(self._context.app, request, self.form.sent_by.asked)
        task = self._context.runner.start(work)
        task.succeeded.connect(self._on_stage_succeeded)
        task.failed.connect(self._on_stage_failed)
        title = _("Membaca {file}").format(file=request.path.name)
        calm = _("Belum ada yang didaftarkan. Anda boleh membuka halaman lain.")
        self._watch(task, FlowStep.READ, title, calm)

    def _on_stage_succeeded(self, answer: Answer) -> None:
        self._task, self._request = None, None
        self._context.changes.publish(answer.changes)
        self.open_batch(answer.object_id)

    def _on_stage_failed(self, problem: Exception) -> None:
        self._task = None
        if isinstance(problem, UserError) and problem.code == "CORRECTION_FILE" and self._request:
            self.correction_met.emit(self._request.path)
            return
        self._go(FlowStep.CHOOSE)
        if isinstance(problem, AppError):
            self.form.show_problem(problem)
        else:
            show_error(self, problem)

    def _on_desk_opened(self, state: WorkState) -> None:
        self._task = None
        if isinstance(self._panes.currentWidget(), WorkPane):
            self.show_title()  # read anew under the clerk's hands: nothing is moved
        else:
            step = opening_step(state)
            self._panes.filled(step, state)
            # shown a moment later: both at once would keep the window waiting
            QTimer.singleShot(_BREATH_MS, self, partial(self._go, step))

    def _on_desk_failed(self, problem: Exception) -> None:
        self._task = None
        show_error(self, problem)
        if self.desk.state is None:
            self.closed.emit()

    def _on_next(self) -> None:
        if self.desk.state is not None and not self.desk.is_busy:
            self._go(next_step(self.step))

    def _on_decision_decided(self, verdict: Verdict) -> None:
        state = self.desk.state
        if state is None or self._task is not None:
            return
        task = self._context.runner.start(self._verdict(state, verdict))
        accepts = verdict.deed in (ACCEPT, FILL)
        task.succeeded.connect(self._on_accept_succeeded if accepts else self._on_moved)
        task.failed.connect(self._on_decision_failed)
        calm = _("Semua tersimpan bersama atau tidak sama sekali. Batal mengembalikan semuanya.")
        self._watch(task, FlowStep.DECIDE, _("Menyimpan"), calm)

    def _verdict(self, state: WorkState, verdict: Verdict) -> Work:
        known = self.desk.doubles.codes(state.work)
        return verdict_work(self._context.app, state.work, verdict, known=known)

    def _on_accept_succeeded(self, stored: Stored) -> None:
        self._task = None
        self._stored = stored.detail
        self.desk.clear()
        self.result.show_batch(stored.detail)
        self._go(FlowStep.DONE)
        self._context.changes.publish(stored.answer.changes)

    def _on_moved(self, stored: Stored) -> None:
        self._task = None
        self.desk.clear()
        self._context.changes.publish(stored.answer.changes)
        self.closed.emit()
        self.noted.emit(_("Batch {n} tersimpan").format(n=stored.detail.item.number))

    def _on_decision_failed(self, problem: Exception) -> None:
        self._task = None
        state = self.desk.state
        self._go(FlowStep.DECIDE)
        if isinstance(problem, UserError) and problem.code == "CONFLICT" and state is not None:
            self.open_batch(state.work.batch_id)
            self.noted.emit(_("Daftar ini baru saja diubah rekan Anda; keadaan terbaru dimuat"))
        elif isinstance(problem, AppError):
            self.decision.show_problem(problem)
        else:
            show_error(self, problem)

    def _on_task_cancelled(self) -> None:
        self._task = None
        if self.desk.state is not None:
            self._go(FlowStep.DECIDE)
        elif self._head.step is FlowStep.READ and self._request is None:
            self.closed.emit()
        else:
            self._go(FlowStep.CHOOSE)
        self.noted.emit(_("Dibatalkan; tidak ada yang berubah"))

    def _on_task_finished(self) -> None:
        if self.sender() is self._task:
            self._task = None

    def _on_primary(self) -> None:
        shown = self._panes.currentWidget()
        if isinstance(shown, WorkPane):
            shown.main_button().click()
        elif isinstance(shown, ImportForm):
            shown.check_button.click()
        elif isinstance(shown, ImportResult):
            shown.open_button.click()

    def _on_back(self) -> None:
        if self._task is not None or self._panes.leave_profile():
            return
        if not is_work(self.step):
            self.closed.emit()
        elif self.step is not FIRST_OF_WORK:
            self._go(next_step(self.step, -1))

    def _on_escape(self) -> None:
        if self._task is not None:
            self._task.cancel()
        else:
            self._on_back()

    def _on_choose_file(self) -> None:
        if self.step is FlowStep.CHOOSE:
            self.form.drop.choose()

    def _on_template(self) -> None:
        shown = self._panes.currentWidget()
        if isinstance(shown, ImportForm | SenderPanel):
            shown.template_button.animateClick()

    def _on_save_errors(self) -> None:
        if is_work(self.step):
            state = self.desk.state
            known = self.desk.doubles.codes(state.work) if state is not None else None
            self._files.save_errors_of_work(state, known)

    def _on_result_errors_asked(self) -> None:
        self._files.save_errors_of_batch(self._stored)

    def _on_problem_met(self, problem: Exception) -> None:
        show_error(self, problem)

    def _on_result_open_asked(self) -> None:
        if self._stored is not None:
            self.batch_opened.emit(self._stored.item.batch_id)

    def _on_roster(self) -> None:
        if self.step is FlowStep.DONE and self._stored is not None:
            self.roster_asked.emit(self._stored.item.batch_id)

    def _on_receipt(self) -> None:
        state = self.desk.state
        if self.step is FlowStep.DECIDE and state is not None:
            self.receipt_asked.emit(state.work.batch_id)
        elif self.step is FlowStep.DONE and self._stored is not None:
            self.receipt_asked.emit(self._stored.item.batch_id)

    def _on_result_again_asked(self) -> None:
        self.open(ImportStart())
