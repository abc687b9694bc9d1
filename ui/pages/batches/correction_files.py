"""Save the held rows of a batch for their sender, under a name that carries batch and round."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from bpjsdesk.domain.wording import format_count
from bpjsdesk.services.staging import StagedList
from ui.i18n import _
from ui.page import PageContext
from ui.pages.batches.correction_work import (
    Codes,
    batch_errors_work,
    list_errors_work,
    name_work,
)
from ui.pages.reports.file_choice import ask_save_path
from ui.tasks import Work


class CorrectionFiles(QObject):
    """Ask for a place and write there in the background.

    Signals: noted(str) when a file is written, problem_met(exception).
    """

    noted = Signal(str)
    problem_met = Signal(object)

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self._make: Callable[[Path], Work] | None = None

    def save_of_batch(self, batch_id: int) -> None:
        """Write the held rows of a stored batch."""
        self._ask(batch_id, partial(batch_errors_work, self._context.app, batch_id))

    def save_of_work(self, staged: StagedList, doubles: Codes) -> None:
        """Write the held rows of a list in work as its screen counts them."""
        make = partial(list_errors_work, self._context.app, staged, doubles)
        self._ask(staged.batch_id, make)

    def _ask(self, batch_id: int, make: Callable[[Path], Work]) -> None:
        self._make = make
        task = self._context.runner.read(name_work(self._context.app, batch_id))
        task.succeeded.connect(self._on_name_known)
        task.failed.connect(self.problem_met)

    def _on_name_known(self, name: str) -> None:
        path = ask_save_path(self._page, _("Simpan berkas koreksi"), name, "xlsx")
        if path is None or self._make is None:
            return
        # queued with what writes: the round is stored
        task = self._context.runner.start(self._make(path))
        task.succeeded.connect(self._on_written)
        task.failed.connect(self.problem_met)

    def _on_written(self, count: int) -> None:
        words = _("{n} baris ditulis ke berkas koreksi")
        self.noted.emit(words.format(n=format_count(count)))
