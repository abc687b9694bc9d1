"""What was done to a list: its cells before they were changed, and every step with who and when."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bpjsdesk.domain.staging import Step
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.staging import StagedList
from bpjsdesk.storage import audit, staging
from bpjsdesk.storage.corrections import CORRECTION

# Commands that leave a step, which tells more of them than the audit entry does.
_STEPS = frozenset({"batch.repair", "batch.map"})


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryEntry:
    """One thing that was done to a batch, by a command or by a step on its rows.

    Exactly one of `command` and `step` is there; `facts` are counts, and a reason where one was
    typed.
    """

    at: datetime
    who: str
    command: str
    step: Step | None
    facts: Mapping[str, Any]


def batch_history(context: AppContext, batch_id: int) -> tuple[HistoryEntry, ...]:
    """Give everything that was done to a batch, newest first."""
    context.user.require("read.batches")
    with context.database.read() as connection:
        deeds = audit.deeds_on(connection, "batch", batch_id)
        steps = staging.steps(connection, batch_id)
    found = [_of_deed(deed) for deed in deeds if deed.command not in _STEPS]
    found += [_of_step(step) for step in steps if step.rule != CORRECTION]
    # what happened at one moment stays in the order in which it was written down
    return tuple(reversed(sorted(found, key=lambda entry: entry.at)))


def arrived_cells(context: AppContext, work: StagedList) -> Mapping[int, str]:
    """Give the cells as they first arrived, as JSON text, of every row that was ever changed."""
    context.user.require("read.batches")
    arrived: dict[int, str] = {}
    with context.database.read() as connection:
        for step in work.steps:
            for line_id, cells in staging.cells_before(connection, step.step_id).items():
                arrived.setdefault(line_id, cells)
    return arrived


def _of_deed(deed: Any) -> HistoryEntry:
    return HistoryEntry(
        at=datetime.fromisoformat(deed.at),
        who=deed.display_name or deed.user_name,
        command=deed.command,
        step=None,
        facts=json.loads(deed.payload),
    )


def _of_step(step: Step) -> HistoryEntry:
    return HistoryEntry(
        at=datetime.fromisoformat(step.at),
        who=step.user_name,
        command="",
        step=step,
        facts={"rows": step.rows},
    )
