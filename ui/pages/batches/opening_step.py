"""At which step a stored list opens: where it was left, or at the first that waits for somebody."""

from bpjsdesk.domain.enrollment import BatchStatus
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.staging import SheetStep
from ui.pages.batches.steps import FlowStep, is_work
from ui.pages.batches.work_state import WorkState

_OF_VALUES = (
    IssueCode.REGION_UNMAPPED,
    IssueCode.CATEGORY_UNKNOWN,
    IssueCode.OCCUPATION_UNKNOWN,
)
_OF_SHEETS = frozenset(SheetStep)


def opening_step(state: WorkState) -> FlowStep:
    """Give the step; a new list opens where it wants a look first."""
    left_at = FlowStep(state.place.value)
    if is_work(left_at):
        return left_at
    if state.asks_for_columns:
        return FlowStep.COLUMNS
    return FlowStep.VALUES if _asks_for_values(state) else FlowStep.CHECK


def _asks_for_values(state: WorkState) -> bool:
    if state.item.status != BatchStatus.DRAFT:
        return False
    if any(step.rule not in _OF_SHEETS for step in state.work.steps if not step.undone_at):
        return False
    return any(code in state.by_code for code in _OF_VALUES)
