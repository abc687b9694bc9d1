"""The letter to a list's sender with all that it encloses, written into one folder."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.context import AppContext
from ui.documents import in_documents
from ui.i18n import _
from ui.page import PageContext
from ui.tasks import Work
from ui.widgets.buttons import Button


class SenderLetters(QObject):
    """Ask for a folder and write there in the background.

    Signals: noted(str) when the files are written, problem_met(exception).
    """

    noted = Signal(str)
    problem_met = Signal(object)

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page

    def write(self, batch_id: int) -> None:
        """Write letter, template and held rows of a batch where the user wants them."""
        title = _("Simpan surat, templat, dan berkas koreksi di folder")
        folder = QFileDialog.getExistingDirectory(self._page, title, in_documents(""))
        if folder:
            work = letter_work(self._context.app, batch_id, Path(folder))
            task = self._context.runner.start(work)
            task.succeeded.connect(self._on_succeeded)
            task.failed.connect(self.problem_met)

    def _on_succeeded(self, letter: Path) -> None:
        words = _("{file}, templat, dan berkas koreksi tersimpan di {folder}")
        self.noted.emit(words.format(file=letter.name, folder=letter.parent.name))


def letter_button() -> Button:
    """Make the button that asks for the letter; hide it where no row is held."""
    made = Button(_("Surat ke pengirim…"), icon="mail", key="Ctrl+U")
    made.setObjectName("letterButton")
    return made


def letter_work(app: AppContext, batch_id: int, folder: Path) -> Work:
    """Write everything for the sender; gives the place of the letter."""

    def work(_progress: ProgressSink, _cancel: CancelToken) -> Path:
        from bpjsdesk.reports.sender_files import issue_sender_letter  # noqa: PLC0415 - start-up cost

        return issue_sender_letter(app, batch_id, folder).letter

    return work
