"""The workbooks that leave the office on the way of a list: templates and corrections."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bpjsdesk.domain.batches import BatchDetail
from ui.i18n import _
from ui.page import PageContext
from ui.pages.batches.correction_files import CorrectionFiles
from ui.pages.batches.correction_work import Codes
from ui.pages.batches.import_work import template_work
from ui.pages.batches.work_state import WorkState
from ui.pages.reports.file_choice import ask_save_path
from ui.tasks import Work


class FlowFiles(QObject):
    """Ask for a place and write there in the background.

    Signals: noted(str) when a file is written, problem_met(exception).
    """

    noted = Signal(str)
    problem_met = Signal(object)

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._errors = CorrectionFiles(context, page)
        self._errors.noted.connect(self.noted)
        self._errors.problem_met.connect(self.problem_met)

    def save_template(self, agreement_id: int, sender_id: int | None) -> None:
        """Write an empty list for the sender."""
        name = _("Templat daftar peserta.xlsx")
        path = ask_save_path(self._page, _("Simpan templat"), name, "xlsx")
        if path is not None:
            self._write(template_work(self._context.app, agreement_id, sender_id, path), path)

    def save_errors_of_work(self, state: WorkState | None, doubles: Codes | None) -> None:
        """Write the rows of a list in work that are held, doubles that are known among them."""
        if state is not None and state.counts.held:
            self._errors.save_of_work(state.work, doubles or {})

    def save_errors_of_batch(self, detail: BatchDetail | None) -> None:
        """Write the held rows of a batch, with the keys that bring them back."""
        if detail is not None:
            self._errors.save_of_batch(detail.item.batch_id)

    def _write(self, work: Work, path: Path) -> None:
        task = self._context.runner.read(work)
        task.setProperty("file", str(path))
        task.succeeded.connect(self._on_write_succeeded)
        task.failed.connect(self.problem_met)

    def _on_write_succeeded(self) -> None:
        name = Path(str(self.sender().property("file"))).name
        self.noted.emit(_("{file} tersimpan").format(file=name))
