"""What is to be done to a list without a screen: what its columns mean, repairs, decisions."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bpjsdesk.domain.cell_tools import Replacement
from bpjsdesk.domain.field_labels import FIELD_LABELS
from bpjsdesk.domain.repairs import RepairRule
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.cell_tools import CellPlan, plan_step, replace_text, trim_column
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.decision_file import Decisions, read_decision_file
from bpjsdesk.services.decision_steps import Take, take_decisions
from bpjsdesk.services.duplicates import duplicate_lists
from bpjsdesk.services.list_steps import StepWork, imagined, take_step
from bpjsdesk.services.mapping_file import MappingFile, apply_mapping, read_mapping_file
from bpjsdesk.services.repairs import offers, repair_step
from bpjsdesk.services.staging import StagedList


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnEdit:
    """A column of which all cells are trimmed, or in which a text is replaced."""

    field: str
    replacement: Replacement | None = None

    def plan(self, work: StagedList) -> CellPlan:
        """Say what would change.

        Raises: UserError FIELD_WITHOUT_COLUMN, SEARCH_EMPTY.
        """
        if self.replacement is None:
            return trim_column(work, self.field)
        return replace_text(work, self.field, self.replacement)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPlan:
    """All that a clerk would say of a list, said beforehand."""

    mapping: MappingFile = field(default_factory=MappingFile)
    edits: Sequence[ColumnEdit] = ()
    repairs: Sequence[tuple[IssueCode, RepairRule]] = ()
    decisions: Decisions = field(default_factory=Decisions)

    @property
    def is_empty(self) -> bool:
        return self == ListPlan()


def read_plan(
    *,
    mapping: Path | None = None,
    trims: Sequence[str] = (),
    replacements: Sequence[str] = (),
    repairs: Sequence[str] = (),
    decide: Path | None = None,
) -> ListPlan:
    """Read a plan: each repair is written `CODE=RULE`, each replacement `FIELD:OLD=NEW`.

    Raises: UserError JSON_…, FIELD_UNKNOWN, REPLACEMENT_UNCLEAR, REPAIR_UNKNOWN, DECISION…;
        FormProblems.
    """
    trimmed = (ColumnEdit(field=_field(name)) for name in trims)
    return ListPlan(
        mapping=read_mapping_file(mapping) if mapping else MappingFile(),
        edits=(*trimmed, *map(_replacement, replacements)),
        repairs=tuple(map(_repair, repairs)),
        decisions=read_decision_file(decide) if decide else Decisions(),
    )


def carry_out(context: AppContext, work: StagedList, plan: ListPlan) -> StagedList:
    """Do to a list in work what a plan says, each thing as a step that can be undone.

    Of what concerns rows nothing is done where any of it is refused.
    Raises: UserError MAPPING_…, HEADING_…, VALUE_UNKNOWN, DECISION_…, NOT_PERMITTED, CONFLICT.
    """
    work = apply_mapping(context, work, plan.mapping)
    steps: list[StepWork] = []

    def take(found: StagedList, step: StepWork) -> StagedList:
        steps.append(step)
        return imagined(context, found, step)

    # the first step is stored once the last one is known to be possible
    with_steps(context, work, plan, take)
    for step in steps:
        work = take_step(context, work, step, request_id=new_request_id())
    return work


def with_steps(context: AppContext, work: StagedList, plan: ListPlan, take: Take) -> StagedList:
    """Take the steps of a plan that concern rows, in the order of the screens.

    What changes no row is no step.
    Raises: UserError FIELD_WITHOUT_COLUMN, DECISION_…, and what `take` raises.
    """
    for edit in plan.edits:
        step = plan_step(work, edit.plan(work))
        work = take(work, step) if step.edits else work
    for code, rule in plan.repairs:
        offer = next((each for each in offers(work, code) if each.rule is rule), None)
        if offer is not None:
            work = take(work, repair_step(work, offer))
    search = partial(duplicate_lists, context, progress=ignore_progress, cancel=CancelToken())
    return take_decisions(context, work, plan.decisions, take=take, search=search)


def _replacement(text: str) -> ColumnEdit:
    name, _, rest = text.partition(":")
    find, found, put = rest.partition("=")
    if not found or not find:
        raise UserError(
            "REPLACEMENT_UNCLEAR", f"{text}: tulis KOLOM:LAMA=BARU, misalnya village:Molass=Molas."
        )
    return ColumnEdit(field=_field(name), replacement=Replacement(find=find, put=put))


def _field(name: str) -> str:
    if name not in FIELD_LABELS:
        known = ", ".join(FIELD_LABELS)
        raise UserError("FIELD_UNKNOWN", f"{name}: kolom itu tidak dikenal. Yang dikenal: {known}.")
    return name


def _repair(text: str) -> tuple[IssueCode, RepairRule]:
    code, _, rule = text.partition("=")
    try:
        return IssueCode(code), RepairRule(rule)
    except ValueError as problem:
        raise UserError(
            "REPAIR_UNKNOWN",
            f"{text}: tulis KODE=ATURAN, misalnya NIK_DOB_MISMATCH=SWAP_DAY_AND_MONTH.",
        ) from problem
