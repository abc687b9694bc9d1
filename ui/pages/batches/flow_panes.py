"""The panes of a list's steps, each made when it is first shown."""

from functools import cached_property, partial
from typing import TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.page import PageContext
from ui.pages.batches.column_pane import ColumnPane
from ui.pages.batches.decision import DecisionPane
from ui.pages.batches.double_pane import DoublePane
from ui.pages.batches.import_form import ImportForm
from ui.pages.batches.import_result import ImportResult
from ui.pages.batches.list_desk import ListDesk
from ui.pages.batches.receipt_preview import ReceiptPreview
from ui.pages.batches.sender_letter import SenderLetters
from ui.pages.batches.sender_panel import SenderPanel
from ui.pages.batches.steps import FlowStep, is_work
from ui.pages.batches.value_pane import ValuePane
from ui.pages.batches.work_pane import WorkPane
from ui.pages.batches.work_state import WorkState
from ui.pages.batches.workbench import Workbench
from ui.theme import px
from ui.widgets.layout import boxed, column, dress, row
from ui.widgets.message import ProgressPanel
from ui.widgets.text import caption

# how each step is called below: a new one needs a line here and its pane
_PANES = {
    FlowStep.CHOOSE: "form",
    FlowStep.COLUMNS: "columns",
    FlowStep.VALUES: "values",
    FlowStep.CHECK: "bench",
    FlowStep.DOUBLES: "doubles",
    FlowStep.DECIDE: "decision",
    FlowStep.DONE: "result",
}
_TURN_MS = 1  # none at all would still be the same turn of the loop
PaneT = TypeVar("PaneT", bound=WorkPane)


class FlowPanes(QStackedWidget):
    """Show the pane of a step, or that something is waited for.

    Signals: next_asked(), back_asked(), errors_asked(), problem_met(exception) of any step;
    noted(str) for the status bar;
    check_asked(BatchRequest) of the form, template_asked(agreement, sender); decided(Verdict);
    open_asked(), kept_errors_asked(), roster_asked(), receipt_asked(), again_asked() of the result.
    """

    next_asked = Signal()
    back_asked = Signal()
    errors_asked = Signal()
    noted = Signal(str)
    problem_met = Signal(object)
    check_asked = Signal(object)
    template_asked = Signal(int, object)
    decided = Signal(object)
    open_asked = Signal()
    kept_errors_asked = Signal()
    roster_asked = Signal()
    receipt_asked = Signal()
    again_asked = Signal()

    def __init__(self, context: PageContext, desk: ListDesk) -> None:
        super().__init__()
        self._context, self._desk = context, desk
        self._letters = SenderLetters(context, self)
        self._letters.noted.connect(self.noted)
        self._letters.problem_met.connect(self.problem_met)
        shortcut = QShortcut(QKeySequence("Ctrl+U"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.ask_letter)
        self.panel = ProgressPanel()
        self.panel.setMinimumWidth(px(520))
        self._calm = caption("")
        panel, calm = row(None, self.panel, None), row(None, self._calm, None)
        self._waiting = boxed(column(None, panel, calm, None, gap=10))
        self.addWidget(self._waiting)
        self._below: QWidget = self._waiting
        self._dressed: set[str] = set()

    @cached_property
    def form(self) -> ImportForm:
        made = ImportForm(self._context)
        made.check_asked.connect(self.check_asked)
        made.template_asked.connect(self.template_asked)
        made.profile_asked.connect(self.show_profile)
        made.problem_met.connect(self.problem_met)
        self.addWidget(made)
        return made

    @cached_property
    def columns(self) -> ColumnPane:
        made = self._work_pane(ColumnPane(self._context, self._desk))
        made.profile_asked.connect(self.show_profile)
        return made

    @cached_property
    def profile(self) -> SenderPanel:
        made = SenderPanel(self._context)
        made.closed.connect(self.leave_profile)
        made.template_asked.connect(self._on_profile_template_asked)
        made.problem_met.connect(self.problem_met)
        self.addWidget(made)
        return made

    @cached_property
    def values(self) -> ValuePane:
        return self._work_pane(ValuePane(self._context, self._desk))

    @cached_property
    def bench(self) -> Workbench:
        return self._work_pane(Workbench(self._context, self._desk))

    @cached_property
    def doubles(self) -> DoublePane:
        return self._work_pane(DoublePane(self._context, self._desk))

    @cached_property
    def decision(self) -> DecisionPane:
        preview = ReceiptPreview(self._context)
        preview.larger_button.clicked.connect(self.receipt_asked)
        user, doubles_of = self._context.app.user, self._desk.doubles.codes
        made = self._work_pane(DecisionPane(user, doubles_of, preview))
        made.decided.connect(self.decided)
        return made

    @cached_property
    def result(self) -> ImportResult:
        made = ImportResult()
        made.open_asked.connect(self.open_asked)
        made.errors_asked.connect(self.kept_errors_asked)
        made.letter_asked.connect(self.ask_letter)
        made.roster_asked.connect(self.roster_asked)
        made.receipt_asked.connect(self.receipt_asked)
        made.again_asked.connect(self.again_asked)
        self.addWidget(made)
        return made

    def pane(self, step: FlowStep) -> QWidget:
        """Give the pane of a step; the first one where a step has none of its own."""
        found: QWidget = getattr(self, _PANES.get(step, _PANES[FlowStep.CHOOSE]))
        return found

    def ask_letter(self) -> None:
        """Write the letter to the sender of the list that is in work or was just decided."""
        state, result = self._desk.state, vars(self).get("result")
        if state is not None and state.counts.held:
            self._letters.write(state.work.batch_id)
        elif isinstance(result, ImportResult) and self.currentWidget() is result:
            self._letters.write(result.batch_id)

    def filled(self, step: FlowStep, state: WorkState | None) -> QWidget:
        """Give the pane of a step with the list in it."""
        pane = self.pane(step)
        if isinstance(pane, WorkPane) and state is not None:
            pane.enter(state)
        return pane

    def show_pane(self, pane: QWidget) -> None:
        """Lay a pane out, and draw it in the next turn: at once both would hold the window up."""
        self.setUpdatesEnabled(False)
        self.setCurrentWidget(pane)
        QTimer.singleShot(_TURN_MS, self, partial(self.setUpdatesEnabled, True))

    def make_one(self) -> bool:
        """Make the first pane of work that is not there yet, so that it then comes at once."""
        names = [name for step, name in _PANES.items() if is_work(step)]
        missing = next((name for name in names if name not in vars(self)), None)
        if missing is not None:
            return bool(getattr(self, missing))
        plain = next((name for name in names if name not in self._dressed), None)
        if plain is not None:
            self._dressed.add(plain)
            dress(getattr(self, plain), self.size())
        return plain is not None

    def show_profile(self, sender_id: int) -> None:
        """Show what is known of a sender, over whatever asked for it."""
        self._below = self.currentWidget()
        self.profile.open(sender_id)
        self.setCurrentWidget(self.profile)
        self.profile.focus_first()

    def leave_profile(self) -> bool:
        """Go back to where the sender was asked for; False where no sender is shown."""
        if "profile" not in vars(self) or self.currentWidget() is not self.profile:
            return False
        self.setCurrentWidget(self._below)
        if isinstance(self._below, ImportForm):
            self._below.read_again()
            self._below.sent_by.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(self._below, WorkPane):
            self._below.focus_first()
        return True

    def show_waiting(self, title: str, calm: str) -> None:
        """Say that something runs; `calm` tells that nothing can go wrong meanwhile."""
        self.panel.begin(title)
        self._calm.setText(calm)
        self.setCurrentWidget(self._waiting)

    def _on_profile_template_asked(self, sender_id: int) -> None:
        state = self._desk.state
        if state is not None:
            self.template_asked.emit(state.work.check.request.agreement_id, sender_id)
        elif self.form.agreement_id is not None:
            self.template_asked.emit(self.form.agreement_id, sender_id)
        else:
            self.leave_profile()
            self.form.template_button.click()  # which says what is missing

    def _work_pane(self, made: PaneT) -> PaneT:
        made.next_asked.connect(self.next_asked)
        made.back_asked.connect(self.back_asked)
        made.errors_asked.connect(self.errors_asked)
        made.letter_asked.connect(self.ask_letter)
        made.problem_met.connect(self.problem_met)
        self.addWidget(made)
        return made
