"""The steps of a list on its way into the office, in their order: a new step is added here."""

from collections.abc import Mapping
from enum import StrEnum

from ui.i18n import _


class FlowStep(StrEnum):
    """Where a list stands; the head of the flow shows all of them."""

    CHOOSE = "CHOOSE"
    READ = "READ"
    COLUMNS = "COLUMNS"
    VALUES = "VALUES"
    CHECK = "CHECK"
    DOUBLES = "DOUBLES"
    DECIDE = "DECIDE"
    DONE = "DONE"


FLOW_STEPS = tuple(FlowStep)
FIRST_OF_WORK = FLOW_STEPS[FLOW_STEPS.index(FlowStep.READ) + 1]


def step_names() -> Mapping[FlowStep, str]:
    """Name the steps for the reader."""
    return {
        FlowStep.CHOOSE: _("Pilih"),
        FlowStep.READ: _("Baca"),
        FlowStep.COLUMNS: _("Petakan kolom"),
        FlowStep.VALUES: _("Samakan nilai"),
        FlowStep.CHECK: _("Periksa & perbaiki"),
        FlowStep.DOUBLES: _("Duplikat"),
        FlowStep.DECIDE: _("Putuskan"),
        FlowStep.DONE: _("Selesai"),
    }


def is_work(step: FlowStep) -> bool:
    """Say whether a stored list is on the screen, which can be left and continued."""
    return FLOW_STEPS.index(FIRST_OF_WORK) <= FLOW_STEPS.index(step) < len(FLOW_STEPS) - 1


def next_step(step: FlowStep, by: int = 1) -> FlowStep:
    """Give the step that comes `by` later; earlier with a negative number."""
    place = FLOW_STEPS.index(step) + by
    return FLOW_STEPS[min(max(place, 0), len(FLOW_STEPS) - 1)]
