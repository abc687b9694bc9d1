"""Show and change what each issue code does to its row: hold it, be shown, or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.dated import is_valid_on
from bpjsdesk.domain.issue_levels import LevelChange, LevelRow, level_problems
from bpjsdesk.domain.problems import refuse_if_any
from bpjsdesk.domain.row_issues import ISSUES, IssueCode
from bpjsdesk.services.commands import Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.storage import issue_levels
from bpjsdesk.storage.connection import Connection

SAVE_LEVEL = "level.save"


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelEntry:
    """What a code does today, and what it will do from a later day on, if that is decided."""

    code: IssueCode
    now: LevelRow
    later: LevelRow | None


def list_levels(context: AppContext) -> tuple[LevelEntry, ...]:
    """Give every code with its level of today, in the order of the codes."""
    context.user.require("read.settings")
    today = context.clock().date()
    with context.database.read() as connection:
        rows = issue_levels.level_rows(connection)
    return tuple(_entry(code, [row for row in rows if row.code is code], today) for code in ISSUES)


def save_level(context: AppContext, change: LevelChange, *, request_id: str) -> Answer:
    """Let a code have another level from a day on; lists registered before that keep theirs.

    Raises: FormProblems; UserError NOT_PERMITTED.
    """
    command = Command(name=SAVE_LEVEL, object_kind="issue_level", request_id=request_id)
    return execute(context, command, lambda connection: _save(context, connection, change))


def _save(context: AppContext, connection: Connection, change: LevelChange) -> Outcome:
    of_code = [row for row in issue_levels.level_rows(connection) if row.code is change.code]
    now = _in_force(change.code, of_code, change.valid_from)
    refuse_if_any(level_problems(change, now, context.clock().date()))
    row = LevelRow(
        code=change.code,
        level=change.level,
        locked=now.locked,
        reason=change.reason.strip(),
        valid_from=change.valid_from,
        valid_to=None,
        legal_basis="",
        verified=False,
    )
    row_id = issue_levels.replace_level(connection, row)
    payload = {
        "code": change.code.value,
        "before": now.level.value,
        "after": change.level.value,
        "valid_from": change.valid_from.isoformat(),
        "reason": row.reason,
    }
    return Outcome(object_id=row_id, changes=Changes.of(reference=row_id), payload=payload)


def _entry(code: IssueCode, rows: Sequence[LevelRow], today: date) -> LevelEntry:
    later = next((row for row in rows if row.valid_from > today), None)
    return LevelEntry(code=code, now=_in_force(code, rows, today), later=later)


def _in_force(code: IssueCode, rows: Sequence[LevelRow], day: date) -> LevelRow:
    """Find the row of a day; a code that came with a later program has none yet."""
    usual = LevelRow(
        code=code,
        level=ISSUES[code].level,
        locked=False,
        reason="",
        valid_from=date.min,
        valid_to=None,
        legal_basis="",
        verified=False,
    )
    return next((row for row in rows if is_valid_on(row, day)), usual)
