"""Who has sent a stored batch, and what is known of that sender, beside the batch."""

from functools import cached_property, partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from bpjsdesk.domain.enrollment import BatchListItem
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.letters import scan_name
from bpjsdesk.services.senders import sender_of_batch
from ui.i18n import _
from ui.page import PageContext
from ui.pages.batches.flow_files import FlowFiles
from ui.pages.batches.letter_view import LetterView
from ui.pages.batches.sender_panel import SenderPanel
from ui.tasks import LatestRead
from ui.widgets.layout import Card
from ui.widgets.message import EmptyState


class SenderTab(QStackedWidget):
    """Show the sender of a batch.

    Signals: noted(str) for the status bar, problem_met(exception).
    """

    noted = Signal(str)
    problem_met = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._item: BatchListItem | None = None
        self._calm = EmptyState(
            "building",
            _("Pengirim belum disebutkan"),
            _("Sebutkan pengirim di langkah Petakan kolom (F7), supaya pemetaannya diingat."),
        )
        self.addWidget(Card(self._calm))
        self._files = FlowFiles(context, self)
        self._read = LatestRead(context.runner, self)
        self._read.succeeded.connect(self._on_read_succeeded)
        self._read.failed.connect(self.problem_met)
        self._files.problem_met.connect(self.problem_met)
        self._files.noted.connect(self.noted)

    @cached_property
    def panel(self) -> SenderPanel:
        """The sender's page, made when it is first asked for."""
        made = SenderPanel(self._context, inside=True)
        made.problem_met.connect(self.problem_met)
        made.template_asked.connect(self._on_template_asked)
        made.letter_asked.connect(self._on_letter_asked)
        self.addWidget(made)
        return made

    @cached_property
    def letter(self) -> LetterView:
        """The scan of the batch's letter."""
        made = LetterView(self._context)
        made.closed.connect(self._on_letter_closed)
        made.problem_met.connect(self.problem_met)
        self.addWidget(made)
        return made

    def show_batch(self, item: BatchListItem) -> None:
        """Read who has sent a batch and show the sender."""
        self._item = item
        self._read.start(partial(_read_sender, self._context.app, item.batch_id))

    def _on_letter_asked(self) -> None:
        if self._item is not None:
            self.letter.open(self._item.batch_id)
            self.setCurrentWidget(self.letter)
            self.letter.focus_first()

    def _on_letter_closed(self) -> None:
        self.setCurrentWidget(self.panel)
        self.panel.letter_button.setFocus()

    def _on_read_succeeded(self, found: tuple[int | None, str]) -> None:
        sender_id, letter = found
        if sender_id is None:
            self.setCurrentIndex(0)
        else:
            self.setCurrentWidget(self.panel)
            self.panel.open(sender_id)
            self.panel.offer_letter(letter)

    def _on_template_asked(self, sender_id: int) -> None:
        if self._item is not None:
            self._files.save_template(self._item.agreement_id, sender_id)


def _read_sender(
    app: AppContext, batch_id: int, _progress: ProgressSink, _cancel: CancelToken
) -> tuple[int | None, str]:
    return sender_of_batch(app, batch_id), scan_name(app, batch_id)
