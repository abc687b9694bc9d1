"""What can be done with a stored batch, in two rows above it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bpjsdesk.domain.access import ActingUser
from bpjsdesk.domain.enrollment import BatchListItem, BatchStatus
from ui.i18n import _
from ui.pages.batches.sender_letter import letter_button
from ui.widgets.buttons import Button
from ui.widgets.layout import column, row


class BatchActions(QWidget):
    """Offer what this user may do with this batch.

    Signals: chosen(str) with the name of the deed.
    """

    ROSTER, RECEIPT, ERRORS, CORRECTION = "roster", "receipt", "errors", "correction"
    WORK, UNDO, CARRY, AGREEMENT = "work", "undo", "carry", "agreement"
    LETTER = "letter"

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.roster_button = Button(_("Daftar peserta"), icon="printer", key="Ctrl+P")
        self.receipt_button = Button(_("Tanda terima"), icon="receipt", key="Ctrl+R")
        self.errors_button = Button(_("Berkas koreksi…"), icon="file-spreadsheet", key="Ctrl+S")
        self.letter_button = letter_button()
        self.work_button = Button(_("Perbaiki di sini"), icon="wand")
        self.correction_button = Button(_("Muat koreksi…"), icon="table-import")
        self.carry_button = Button(_("Periode berikut…"), icon="arrow-narrow-right")
        self.undo_button = Button(_("Batalkan batch…"), icon="arrow-back-up")
        self.agreement_button = Button(_("Buka perjanjian"), kind="ghost")
        self._buttons = {
            self.ROSTER: self.roster_button,
            self.RECEIPT: self.receipt_button,
            self.ERRORS: self.errors_button,
            self.LETTER: self.letter_button,
            self.WORK: self.work_button,
            self.CORRECTION: self.correction_button,
            self.CARRY: self.carry_button,
            self.UNDO: self.undo_button,
            self.AGREEMENT: self.agreement_button,
        }
        for key, button in self._buttons.items():
            button.setObjectName(f"{key}Button")
            button.setProperty("deed", key)
            button.clicked.connect(self._on_button_clicked)
        papers = row(self.roster_button, self.receipt_button, self.letter_button, None)
        papers.addWidget(self.agreement_button)
        mending = row(self.work_button, self.correction_button, self.errors_button, None)
        for button in (self.carry_button, self.undo_button):
            mending.addWidget(button)
        self.setLayout(column(papers, mending, gap=8))

    def show_batch(self, item: BatchListItem, user: ActingUser) -> None:
        """Hide what makes no sense for this batch, or what this user may not do."""
        accepted = item.counts.accepted > 0
        is_open = item.status == BatchStatus.VALIDATED and item.counts.held > 0
        shown = {
            self.ROSTER: accepted,
            self.RECEIPT: item.status != BatchStatus.DISCARDED,
            self.CARRY: accepted and user.may("batch.import"),
            self.UNDO: accepted and item.status == BatchStatus.VALIDATED and user.may("batch.undo"),
            self.WORK: is_open and user.may("batch.repair"),
            self.CORRECTION: is_open and user.may("batch.import"),
            self.ERRORS: is_open and user.may("batch.correct"),
            self.LETTER: is_open and user.may("batch.correct") and user.may("report.print"),
        }
        for key, visible in shown.items():
            self._buttons[key].setVisible(visible)

    def _on_button_clicked(self) -> None:
        self.chosen.emit(self.sender().property("deed"))
