"""The way of a list into the office: choose, check, decide, done."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from bpjsdesk.domain.batches import BatchDetail
from bpjsdesk.domain.changes import Answer
from bpjsdesk.domain.enrollment import BatchRequest
from bpjsdesk.domain.wording import format_count, format_decimal
from bpjsdesk.errors import AppError
from bpjsdesk.services.commands import new_request_id
from ui.errors import show_error
from ui.i18n import _
from ui.page import PageContext
from ui.pages.batches.import_form import ImportForm, ImportStart
from ui.pages.batches.import_preview import CheckedFile, ImportPreview
from ui.pages.batches.import_result import ImportResult
from ui.pages.batches.import_work import (
    batch_errors_work,
    check_errors_work,
    check_work,
    save_work,
    template_work,
)
from ui.pages.batches.step_head import StepHead
from ui.pages.reports.file_choice import ask_save_path
from ui.tasks import Task, Work
from ui.theme import px
from ui.widgets.layout import boxed, column, row
from ui.widgets.message import ProgressPanel
from ui.widgets.text import caption

CHOOSE, CHECK, DECIDE, DONE = range(4)
_KEYS = (
    ("Ctrl+Return", "_on_primary"),
    ("Ctrl+Enter", "_on_primary"),
    ("Alt+Left", "_on_back"),
    ("Esc", "_on_escape"),
    ("F4", "_on_choose_file"),
    ("F8", "_on_next_reason"),
    ("Ctrl+S", "_on_save_errors"),
    ("Ctrl+T", "_on_template"),
    ("Ctrl+P", "_on_roster"),
)


class ImportFlow(QWidget):
    """Carry one list through the four steps.

    Signals: step_changed(int), title_changed(title, subtitle), closed(), batch_opened(int),
    roster_asked(int), noted(str) for the status bar.
    """

    step_changed = Signal(int)
    title_changed = Signal(str, str)
    closed = Signal()
    batch_opened = Signal(int)
    roster_asked = Signal(int)
    noted = Signal(str)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._task: Task | None = None
        self._checked: CheckedFile | None = None
        self._stored: BatchDetail | None = None
        self._request_id = ""
        self._build_widgets()
        self._connect_signals()
        self._bind_keys()

    @property
    def step(self) -> int:
        return self._head.step

    @property
    def checked(self) -> CheckedFile | None:
        """The check that is being decided on."""
        return self._checked

    @property
    def is_running(self) -> bool:
        return self._task is not None

    def open(self, start: ImportStart) -> None:
        """Begin with the form; a list that is being checked or saved is left alone."""
        if self._task is None:
            self._checked = None
            self.form.open(start)
            self._go(CHOOSE)

    def focus_first(self) -> None:
        """Put the focus where work on the present step begins."""
        if self.step == CHOOSE:
            self.form.form.focus_first()
        elif self.step == CHECK:
            self.panel.setFocus()
        else:
            button = self.preview.save_button if self.step == DECIDE else self.result.open_button
            button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_title(self) -> None:
        """Say again where the import stands, after the page showed something else."""
        self._say_title(self.step)
        self.step_changed.emit(self.step)

    def _build_widgets(self) -> None:
        self._head = StepHead()
        self.form = ImportForm(self._context)
        self.panel = ProgressPanel()
        self.panel.setMinimumWidth(px(520))
        self._calm = caption("")
        waiting = boxed(
            column(None, row(None, self.panel, None), row(None, self._calm, None), None, gap=10)
        )
        self.preview = ImportPreview()
        self.result = ImportResult()
        self._stack = QStackedWidget()
        for part in (self.form, waiting, self.preview, self.result):
            self._stack.addWidget(part)
        self.setLayout(column(self._head, (self._stack, 1), gap=10))

    def _connect_signals(self) -> None:
        self.form.check_asked.connect(self._on_form_check_asked)
        self.form.template_asked.connect(self._on_form_template_asked)
        self.form.problem_met.connect(self._on_problem_met)
        self.panel.cancel_requested.connect(self._on_cancel_requested)
        self.preview.save_asked.connect(self._on_preview_save_asked)
        self.preview.errors_asked.connect(self._on_preview_errors_asked)
        self.preview.back_asked.connect(self._on_back)
        self.result.open_asked.connect(self._on_result_open_asked)
        self.result.errors_asked.connect(self._on_result_errors_asked)
        self.result.roster_asked.connect(self._on_roster)
        self.result.again_asked.connect(self._on_result_again_asked)

    def _bind_keys(self) -> None:
        for key, slot in _KEYS:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(getattr(self, slot))

    def _go(self, step: int) -> None:
        self._head.set_step(step)
        self._stack.setCurrentIndex(step)
        self.step_changed.emit(step)
        self._say_title(step)
        self.focus_first()

    def _say_title(self, step: int) -> None:
        checked = self._checked
        if checked is None or step < DECIDE:
            self.title_changed.emit(_("Muat daftar peserta"), _("Batch › Muat daftar"))
            return
        words = _(
            "{file} · {n} baris diperiksa dalam {s} detik · saringan tidak mengubah isi impor"
        )
        subtitle = words.format(
            file=checked.report.source_name,
            n=format_count(checked.report.counts.read),
            s=format_decimal(checked.seconds, decimals=1),
        )
        skipped = checked.check.skipped_sheets
        if skipped:
            subtitle += _(" · lembar dilewati: {names}").format(names=", ".join(skipped))
        title = _("Muat daftar · {name}").format(name=checked.check.target.category_name)
        self.title_changed.emit(title, subtitle)

    def _watch(self, task: Task, title: str, calm: str) -> None:
        self._task = task
        self.panel.begin(title)
        self._calm.setText(calm)
        task.progressed.connect(self.panel.show_progress)
        task.cancelled.connect(self._on_task_cancelled)
        task.finished.connect(self._on_task_finished)
        self._go(CHECK)

    def _on_form_check_asked(self, request: BatchRequest) -> None:
        self._checked = None
        task = self._context.runner.read(check_work(self._context.app, request))
        task.succeeded.connect(self._on_check_succeeded)
        task.failed.connect(self._on_check_failed)
        title = _("Memeriksa {file}").format(file=request.path.name)
        self._watch(task, title, _("Belum ada yang disimpan. Anda boleh membuka halaman lain."))

    def _on_check_succeeded(self, found: CheckedFile) -> None:
        self._checked = found
        self._request_id = new_request_id()
        self.preview.show_file(found)
        self._go(DECIDE)

    def _on_check_failed(self, problem: Exception) -> None:
        self._go(CHOOSE)
        if isinstance(problem, AppError):
            self.form.show_problem(problem)
        else:
            show_error(self, problem)

    def _on_preview_save_asked(self) -> None:
        if self._checked is None or self._task is not None:
            return
        work = save_work(self._context.app, self._checked.check, self._request_id)
        task = self._context.runner.start(work)
        task.succeeded.connect(self._on_save_succeeded)
        task.failed.connect(self._on_save_failed)
        calm = _("Semua tersimpan bersama atau tidak sama sekali. Batal mengembalikan semuanya.")
        self._watch(task, _("Menyimpan"), calm)

    def _on_save_succeeded(self, stored: tuple[Answer, BatchDetail]) -> None:
        answer, self._stored = stored
        self.result.show_batch(self._stored)
        self._go(DONE)
        self._context.changes.publish(answer.changes)

    def _on_save_failed(self, problem: Exception) -> None:
        self._go(DECIDE)
        if isinstance(problem, AppError):
            self.preview.show_problem(problem)
        else:
            show_error(self, problem)

    def _on_task_cancelled(self) -> None:
        self._go(DECIDE if self._checked is not None else CHOOSE)
        self.noted.emit(_("Dibatalkan; tidak ada yang berubah"))

    def _on_task_finished(self) -> None:
        self._task = None

    def _on_cancel_requested(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _on_primary(self) -> None:
        buttons = {
            CHOOSE: self.form.check_button,
            DECIDE: self.preview.save_button,
            DONE: self.result.open_button,
        }
        if self.step in buttons:
            buttons[self.step].animateClick()

    def _on_back(self) -> None:
        if self.step == DECIDE:
            self._go(CHOOSE)
        elif self.step in (CHOOSE, DONE):
            self.closed.emit()

    def _on_escape(self) -> None:
        if self._task is not None:
            self._task.cancel()
        else:
            self._on_back()

    def _on_choose_file(self) -> None:
        if self.step == CHOOSE:
            self.form.drop.choose()

    def _on_next_reason(self) -> None:
        if self.step == DECIDE:
            self.preview.browser.focus_next_reason()

    def _on_template(self) -> None:
        if self.step == CHOOSE:
            self.form.template_button.animateClick()

    def _on_save_errors(self) -> None:
        if self.step == DECIDE:
            self._on_preview_errors_asked()

    def _on_form_template_asked(self, agreement_id: int) -> None:
        path = ask_save_path(self, _("Simpan templat"), _("Templat daftar peserta.xlsx"), "xlsx")
        if path is not None:
            self._write(template_work(self._context.app, agreement_id, path), path)

    def _on_preview_errors_asked(self) -> None:
        if self._checked is None or not self._checked.report.counts.held:
            return
        name = _("Kesalahan {file}.xlsx").format(file=self._checked.check.request.path.stem)
        path = ask_save_path(self, _("Simpan berkas kesalahan"), name, "xlsx")
        if path is not None:
            self._write(check_errors_work(self._context.app, self._checked.check, path), path)

    def _on_result_errors_asked(self) -> None:
        if self._stored is None:
            return
        name = _("Koreksi batch {number}.xlsx").format(number=self._stored.item.number)
        path = ask_save_path(self, _("Simpan berkas koreksi"), name, "xlsx")
        if path is not None:
            batch_id = self._stored.item.batch_id
            self._write(batch_errors_work(self._context.app, batch_id, path), path)

    def _write(self, work: Work, path: Path) -> None:
        task = self._context.runner.read(work)
        task.setProperty("file", str(path))
        task.succeeded.connect(self._on_write_succeeded)
        task.failed.connect(self._on_problem_met)

    def _on_write_succeeded(self) -> None:
        name = Path(str(self.sender().property("file"))).name
        self.noted.emit(_("{file} tersimpan").format(file=name))

    def _on_problem_met(self, problem: Exception) -> None:
        show_error(self, problem)

    def _on_result_open_asked(self) -> None:
        if self._stored is not None:
            self.batch_opened.emit(self._stored.item.batch_id)

    def _on_roster(self) -> None:
        if self.step == DONE and self._stored is not None:
            self.roster_asked.emit(self._stored.item.batch_id)

    def _on_result_again_asked(self) -> None:
        self.open(ImportStart())
