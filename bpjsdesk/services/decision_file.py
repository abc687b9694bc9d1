"""A file that decides about rows beforehand: which stay out or go back or are right, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.errors import UserError
from bpjsdesk.services.json_files import ObjectReader, read_object
from bpjsdesk.services.list_steps import StepWork
from bpjsdesk.services.nik_confirmation import confirmation_step
from bpjsdesk.services.repairs import decision_step
from bpjsdesk.services.staging import StagedList

_CONFIRMED = "CONFIRMED"
_OUTCOMES = ("SKIPPED", "REJECTED", "RETURNED", _CONFIRMED)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowDecision:
    """One row of the list, as the spreadsheet numbers it, and what becomes of it."""

    sheet: str
    row: int
    outcome: str
    reason: str


def read_decision_file(path: Path) -> tuple[RowDecision, ...]:
    """Read `{"rows": [{"sheet", "row", "outcome", "reason"}]}`.

    Outcomes are SKIPPED, REJECTED, RETURNED, and CONFIRMED for a NIK that was seen on its card.
    Raises: UserError JSON_…; FormProblems naming each faulty field; DECISIONS_MISSING.
    """
    file = read_object(path)
    decisions = tuple(map(_decision, file.objects("rows")))
    file.end()
    file.refuse()
    if not decisions:
        raise UserError("DECISIONS_MISSING", f"{path.name}: daftar “rows” kosong.")
    return decisions


def decision_steps(work: StagedList, decisions: Sequence[RowDecision]) -> tuple[StepWork, ...]:
    """Give the steps that decide about the named rows, one for each outcome and reason.

    Raises: UserError DECISION_ROW_UNKNOWN, NOTHING_TO_CONFIRM.
    """
    lines = {
        (item.row.sheet, item.row.row_no): line_id
        for line_id, item in zip(work.line_ids, work.check.staged, strict=True)
    }
    groups: dict[tuple[str, str], list[int]] = {}
    for decision in decisions:
        line_id = lines.get((decision.sheet, decision.row))
        if line_id is None or line_id in work.outcomes:
            raise UserError(
                "DECISION_ROW_UNKNOWN",
                f"Lembar “{decision.sheet}” baris {decision.row} tidak ada di antara baris yang "
                "belum diputuskan. Tidak ada yang diubah.",
            )
        groups.setdefault((decision.outcome, decision.reason), []).append(line_id)
    return tuple(
        confirmation_step(work, line_ids, reason=reason)
        if outcome == _CONFIRMED
        else decision_step(line_ids, DecidedOutcome(outcome), reason=reason)
        for (outcome, reason), line_ids in groups.items()
    )


def _decision(fields: ObjectReader) -> RowDecision:
    found = RowDecision(
        sheet=fields.text("sheet", required=True),
        row=fields.whole("row", required=True) or 0,
        outcome=fields.choice("outcome", _OUTCOMES),
        reason=fields.text("reason", required=True),
    )
    fields.end()
    return found
