"""What a step of a list in work promises to the flow that shows it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.pages.batches.work_state import WorkState
from ui.widgets.buttons import Button


class WorkPane(QWidget):
    """One step; it may be left at any time, because every deed is stored at once.

    Signals: next_asked() and back_asked() to go on or back, errors_asked() for the workbook of
    held rows, letter_asked() for the letter to the sender, problem_met(exception).
    """

    next_asked = Signal()
    back_asked = Signal()
    errors_asked = Signal()
    letter_asked = Signal()
    problem_met = Signal(object)

    def enter(self, state: WorkState) -> None:
        """Show the list as it is when its step comes up."""
        raise NotImplementedError

    def focus_first(self) -> None:
        """Put the focus where work on this step begins."""
        self.setFocus()

    def main_button(self) -> Button:
        """Give the button that Ctrl+Enter presses."""
        raise NotImplementedError
