"""What takes a whole page after acceptance: taking a batch back, and making the next list."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QStackedWidget

from bpjsdesk.domain.enrollment import BatchListItem
from ui.page import PageContext
from ui.pages.batches.after_carry import CarryPane
from ui.pages.batches.after_undo import UndoPane

_KEYS = (
    ("Ctrl+Return", "_on_primary"),
    ("Ctrl+Enter", "_on_primary"),
    ("Ctrl+S", "_on_save"),
    ("Esc", "_on_escape"),
)


class AfterDesk(QStackedWidget):
    """Hold the two panes; each is made when first asked for.

    Signals: closed(), made(int) with the batch of the next list, noted(str),
    problem_met(exception).
    """

    closed = Signal()
    made = Signal(int)
    noted = Signal(str)
    problem_met = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self.setObjectName("afterDesk")
        self._context = context
        self._undo: UndoPane | None = None
        self._carry: CarryPane | None = None
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
            self._carry.made.connect(self.made)
            self._carry.problem_met.connect(self.problem_met)
            self.addWidget(self._carry)
        return self._carry

    def open_undo(self, item: BatchListItem) -> None:
        """Show what taking a batch back would do."""
        self.setCurrentWidget(self.undo)
        self.undo.show_batch(item.batch_id)

    def open_carry(self, item: BatchListItem) -> None:
        """Show who of a batch goes on."""
        self.setCurrentWidget(self.carry)
        self.carry.show_batch(item.batch_id)

    def focus_first(self) -> None:
        shown = self.currentWidget()
        if isinstance(shown, UndoPane | CarryPane):
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
