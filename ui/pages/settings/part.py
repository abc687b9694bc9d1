"""What every section of the settings is: a widget that reads and saves in the background."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bpjsdesk.domain.changes import Answer
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.context import AppContext
from ui.errors import show_error
from ui.i18n import _
from ui.page import PageContext
from ui.pages.settings.refused import refused_state
from ui.tasks import LatestRead, Task, Work
from ui.widgets.layout import Card, column

T = TypeVar("T")


class SettingsPart(QWidget):
    """One section.

    Signals: noted(str) for the status bar, counted(int) with what waits in this section.
    """

    noted = Signal(str)
    counted = Signal(int)

    about = ""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.context = context
        self._reader = LatestRead(context.runner, self)
        self._reader.succeeded.connect(self._on_read)
        self._reader.failed.connect(self._on_problem)

    @property
    def is_dirty(self) -> bool:
        """Say whether something typed here is not saved yet."""
        return False

    def refresh(self) -> None:
        """Read anew what is shown; called whenever the section is opened."""

    def begin_new(self) -> None:
        """Start a new record (Ctrl+N), where there are records."""

    def begin_edit(self) -> None:
        """Change the chosen record (F2), where there are records."""

    def save(self) -> None:
        """Save what was typed (Ctrl+S), where something can be typed."""

    def focus_search(self) -> None:
        """Go to the search field (Ctrl+F), where there is one."""

    def read(self, work: Work) -> None:
        """Read in the background; the newest answer arrives in `show_found`."""
        self._reader.start(work)

    def show_found(self, found: object) -> None:
        """Show what `read` gave."""

    def write(self, work: Work) -> Task:
        """Write in the background, after whatever is being written."""
        task = self.context.runner.start(work)
        task.failed.connect(self._on_problem)
        return task

    def take_in(self, answer: Answer, words: str) -> None:
        """Tell that something is stored, and read anew."""
        self.noted.emit(words)
        self.context.changes.publish(answer.changes)
        self.refresh()

    def _on_read(self, found: object) -> None:
        self.show_found(found)

    def _on_problem(self, problem: Exception) -> None:
        show_error(self, problem)


class RefusedPart(SettingsPart):
    """Stand in for a section that the user's role may not read."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.about = _("tidak termasuk peran Anda")
        state = refused_state(context.app.user.role)
        self.setLayout(column((Card((state, 1)), 1)))


def reading(call: Callable[[AppContext], T], app: AppContext) -> Work:
    """Make work of a service that needs nothing but the session."""

    def work(_progress: ProgressSink, _cancel: CancelToken) -> T:
        return call(app)

    return work


def verified_pill(verified: bool) -> tuple[str, str]:
    """Give word and tone of a dated row's proof."""
    return (_("Diverifikasi"), "ok") if verified else (_("Belum diverifikasi"), "warn")
