"""What is to be done to a list without a screen: what its columns mean, repairs, decisions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bpjsdesk.domain.repairs import RepairRule
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.errors import UserError
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.decision_file import RowDecision, decision_steps, read_decision_file
from bpjsdesk.services.list_steps import StepWork, take_step
from bpjsdesk.services.mapping_file import MappingFile, apply_mapping, read_mapping_file
from bpjsdesk.services.repairs import offers, repair_step
from bpjsdesk.services.staging import StagedList

Take = Callable[[StagedList, StepWork], StagedList]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlan:
    """All that a clerk would say of a list, said beforehand."""

    mapping: MappingFile = field(default_factory=MappingFile)
    repairs: Sequence[tuple[IssueCode, RepairRule]] = ()
    decisions: Sequence[RowDecision] = ()

    @property
    def is_empty(self) -> bool:
        return self == ListPlan()


def read_plan(
    *, mapping: Path | None = None, repairs: Sequence[str] = (), decide: Path | None = None
) -> ListPlan:
    """Read a plan from its files; each repair is written `CODE=RULE`.

    Raises: UserError JSON_…, FIELD_UNKNOWN, REPAIR_UNKNOWN, DECISIONS_MISSING; FormProblems.
    """
    return ListPlan(
        mapping=read_mapping_file(mapping) if mapping else MappingFile(),
        repairs=tuple(map(_repair, repairs)),
        decisions=read_decision_file(decide) if decide else (),
    )


def carry_out(context: AppContext, work: StagedList, plan: ListPlan) -> StagedList:
    """Do to a list in work what a plan says, each thing as a step that can be undone.

    Raises: UserError MAPPING_…, HEADING_…, VALUE_UNKNOWN, DECISION_ROW_UNKNOWN, NOT_PERMITTED,
        CONFLICT.
    """

    def take(found: StagedList, step: StepWork) -> StagedList:
        return take_step(context, found, step, request_id=new_request_id())

    return with_steps(apply_mapping(context, work, plan.mapping), plan, take)


def with_steps(work: StagedList, plan: ListPlan, take: Take) -> StagedList:
    """Take the steps of a plan that concern rows, in the order of the screens.

    A repair that mends no row is no step.
    Raises: UserError DECISION_ROW_UNKNOWN, and what `take` raises.
    """
    for code, rule in plan.repairs:
        offer = next((each for each in offers(work, code) if each.rule is rule), None)
        if offer is not None:
            work = take(work, repair_step(work, offer))
    for step in decision_steps(work, plan.decisions):
        work = take(work, step)
    return work


def _repair(text: str) -> tuple[IssueCode, RepairRule]:
    code, _, rule = text.partition("=")
    try:
        return IssueCode(code), RepairRule(rule)
    except ValueError as problem:
        raise UserError(
            "REPAIR_UNKNOWN",
            f"{text}: tulis KODE=ATURAN, misalnya NIK_DOB_MISMATCH=SWAP_DAY_AND_MONTH.",
        ) from problem
