"""Steps that change more than cells of a list: each keeps what it replaces, to be undone."""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from bpjsdesk.domain.changes import Changes
from bpjsdesk.domain.enrollment import BatchStatus
from bpjsdesk.domain.staging import SheetStep
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.commands import Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.heading_lines import lay_list_from
from bpjsdesk.services.staging import StagedList, open_list, require_not_submitted
from bpjsdesk.storage import corrections, senders, sheets, staging
from bpjsdesk.storage.connection import Connection

MAP = "batch.map"
SHEET_STEPS = frozenset(step.value for step in SheetStep)

# What a step has replaced; any of header, joined, decisions, heading, intake, values, memory.
Before = Mapping[str, Any]


def carry_out(
    context: AppContext,
    work: StagedList,
    act: Callable[[Connection], Mapping[str, object]],
    *,
    request_id: str,
) -> StagedList:
    """Change what a list's columns, sheets or spellings mean, and check the list again.

    Raises: UserError NOT_PERMITTED, CONFLICT, BATCH_SUBMITTED, or what `act` raises.
    """
    command = Command(
        name=MAP,
        object_kind="batch",
        request_id=request_id,
        object_id=work.batch_id,
        version=work.version,
    )

    def whole(connection: Connection) -> Outcome:
        require_not_submitted(connection, work)
        changes = Changes.of(batch=work.batch_id)
        return Outcome(object_id=work.batch_id, changes=changes, payload=act(connection))

    execute(context, command, whole)
    return opened_again(context, work)


def require_draft(connection: Connection, work: StagedList) -> None:
    """Raises: UserError BATCH_DECIDED: rows that were accepted cannot leave the list again."""
    if staging.status_of_batch(connection, work.batch_id) is not BatchStatus.DRAFT:
        raise UserError(
            "BATCH_DECIDED",
            f"Batch {work.number} sudah diputuskan, sehingga judul dan lembarnya tidak dapat "
            "diubah lagi. Muat lembar itu sebagai daftar tersendiri.",
        )


def opened_again(context: AppContext, work: StagedList) -> StagedList:
    """Check a list again after something that concerns all its rows."""
    return open_list(context, work.batch_id, progress=ignore_progress, cancel=CancelToken())


def add_sheet_step(
    context: AppContext,
    connection: Connection,
    batch_id: int,
    rule: SheetStep,
    *,
    note: str,
    before: Before,
) -> int:
    """Write a step down with what it replaces; gives its id."""
    values = {
        "rule": rule.value,
        "code": "",
        "note": note,
        "rows": 0,
        "user_id": context.user.user_id,
        "at": context.clock().isoformat(),
        "before": json.dumps(before, ensure_ascii=False),
    }
    return staging.add_step(connection, batch_id, values)


def put_back(connection: Connection, batch_id: int, step_id: int) -> None:
    """Put back what a step that is being undone has replaced beside cells and decisions."""
    before = json.loads(sheets.step_before(connection, step_id) or "{}")
    if "heading" in before:
        _put_heading_back(connection, batch_id, before["heading"])
    if "added" in before:
        rows = corrections.remove_lines_after(connection, batch_id, before["added"]["after"])
        corrections.remove_sheets(connection, batch_id, before["added"]["sheets"])
        sheets.count_again(connection, batch_id, rows=-rows, blank=0)
    if "header" in before:
        sheets.set_header(connection, batch_id, before["header"])
    for name, joined in before.get("joined", {}).items():
        sheets.change_sheet(connection, batch_id, name, {"joined": joined})
    _leave_out_again(connection, batch_id, before)
    if "intake" in before:
        intake, day = before["intake"], before["intake"]["letter_on"]
        letter_on = date.fromisoformat(day) if day else None
        staging.change_intake(connection, batch_id, {**intake, "letter_on": letter_on})
    for field, found in before.get("values", {}).items():
        senders.set_values(connection, batch_id, field, found)
    _put_memory_back(connection, before.get("memory"))


def _put_heading_back(connection: Connection, batch_id: int, heading: Before) -> None:
    """Let the list begin where it did; rows that were cut off come with what was done to them."""
    sheet = heading["sheet"]
    if "removed" in heading:  # not in what an earlier version has written
        rows = sheets.put_lines_back(connection, heading["removed"])
        sheets.count_again(connection, batch_id, rows=rows, blank=0)
    lay_list_from(connection, batch_id, sheet, heading["first_row"])
    sheets.change_sheet(connection, batch_id, sheet, {"header_row": heading["header_row"]})


def _leave_out_again(connection: Connection, batch_id: int, before: Before) -> None:
    """Leave every row of a sheet out as before, those too that came back into its list."""
    decided = {row[0]: sheets.Decision(*row) for row in before.get("decisions", ())}
    if not decided:
        return
    like = next(iter(decided.values()))
    for name in before["joined"]:
        lines = set(sheets.lines_of_sheet(connection, batch_id, name).values())
        lines -= {row.line_id for row in sheets.decisions_of(connection, lines)}
        kept = [decided.get(line, like._replace(line_id=line)) for line in sorted(lines)]
        sheets.put_back_decisions(connection, kept)


def _put_memory_back(connection: Connection, memory: Before | None) -> None:
    if memory is None:
        return
    sender_id, shown, taught = memory["sender_id"], memory.get("shown", {}), memory.get("taught")
    now = senders.remembered_columns(connection, sender_id)
    columns = _not_taught_since(memory.get("columns", {}), taught, now)
    senders.remember_columns(connection, sender_id, columns, shown)
    meant = senders.remembered_values(connection, sender_id)
    for field, found in memory.get("values", {}).items():
        values = _not_taught_since(found, taught, meant.get(field, {}))
        senders.remember_values(connection, sender_id, field, values, shown=shown)


def _not_taught_since(before: Before, taught: Before | None, now: Mapping[str, str]) -> Before:
    """Leave out what another list of the sender has taught since."""
    if taught is None:  # not in what an earlier version has written
        return before
    return {key: value for key, value in before.items() if now.get(key, "") == taught[key]}
