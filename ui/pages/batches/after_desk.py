"""What takes a whole page: a batch taken back, the next list made, a corrected file that came."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QStackedWidget

from bpjsdesk.domain.enrollment import BatchListItem
from ui.i18n import _
from ui.page import PageContext
from ui.pages.batches.after_carry import CarryPane
from ui.pages.batches.after_undo import UndoPane
from ui.pages.batches.correction_result import CorrectionPane

_KEYS = (
    ("Ctrl+Return", "_on_primary"),
    ("Ctrl+Enter", "_on_primary"),
    ("Ctrl+S", "_on_save"),
    ("Esc", "_on_escape"),
)


class AfterDesk(QStackedWidget):
    """Hold the panes; each is made when first asked for.

    Signals: closed(), work_asked(int) to go on with a batch, title_changed(title, subtitle),
    noted(str), problem_met(exception).
    """

    closed = Signal()
    work_asked = Signal(int)
    title_changed = Signal(str, str)
    noted = Signal(str)
    problem_met = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.setObjectName("afterDesk")
        self._context = context
        self._undo: UndoPane | None = None
        self._carry: CarryPane | None = None
        self._correction: CorrectionPane | None = None
        for key, slot in _KEYS:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(getattr(self, slot))

    @property
    def undo(self) -> UndoPane:
        if self._undo is None:
            self._undo = UndoPane(self._context)
            self._undo.noted.connect(self.noted)
            self._undo.problem_met.connect(self.problem_met)
            self.addWidget(self._undo)
        return self._undo

    @property
    def carry(self) -> CarryPane:
        if self._carry is None:
            self._carry = CarryPane(self._context)
            self._carry.made.connect(self.work_asked)
            self._carry.problem_met.connect(self.problem_met)
            self.addWidget(self._carry)
        return self._carry

    @property
    def correction(self) -> CorrectionPane:
        if self._correction is None:
            self._correction = CorrectionPane(self._context)
            self._correction.closed.connect(self.closed)
            self._correction.work_asked.connect(self.work_asked)
            self._correction.title_changed.connect(self.title_changed)
            self.addWidget(self._correction)
        return self._correction

    def open_correction(self, path: Path, batch_id: int | None) -> None:
        """Take a corrected file, or a whole new list; without a batch its keys name one."""
        self.setCurrentWidget(self.correction)
        self.correction.take(path, batch_id)

    def stop(self) -> None:
        """Leave a file that is still being read."""
        if self._correction is not None:
            self._correction.stop()

    def open_undo(self, item: BatchListItem) -> None:
        """Show what taking a batch back would do."""
        self.setCurrentWidget(self.undo)
        self.undo.show_batch(item.batch_id)
        self.title_changed.emit(
            _("Batalkan batch {number}").format(number=item.number),
            _("Lihat dahulu; belum ada yang berubah sebelum tombolnya ditekan"),
        )

    def open_carry(self, item: BatchListItem) -> None:
        """Show who of a batch goes on."""
        self.setCurrentWidget(self.carry)
        self.carry.show_batch(item.batch_id)
        self.title_changed.emit(
            _("Periode berikut dari batch {number}").format(number=item.number),
            _("Peserta yang berlanjut menjadi daftar yang diperiksa seperti daftar lain"),
        )

    def focus_first(self) -> None:
        shown = self.currentWidget()
        if isinstance(shown, UndoPane | CarryPane | CorrectionPane):
            shown.focus_first()

    def _on_primary(self) -> None:
        shown = self.currentWidget()
        if isinstance(shown, UndoPane | CarryPane) and shown.act_button.isVisible():
            shown.act_button.click()

    def _on_save(self) -> None:
        if self.currentWidget() is self._undo and self._undo is not None:
            self._undo.write_button.click()

    def _on_escape(self) -> None:
        self.closed.emit()
