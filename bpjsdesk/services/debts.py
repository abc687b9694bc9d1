"""The held rows of accepted batches are a debt: with an owner and a day, until it is paid."""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.debts import BatchDebt, DebtOwner
from bpjsdesk.domain.row_issues import ISSUE_SENTENCES, IssueCode
from bpjsdesk.errors import UserError
from bpjsdesk.services.commands import Act, Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.storage import debts as store
from bpjsdesk.storage import reference
from bpjsdesk.storage.connection import Connection

CHANGE, WRITE_OFF = "batch.debt", "batch.write_off"
_REPAIR = "batch.repair"
_DEADLINE = ("BATCH", "HELD_ROWS")
_NOT_WRITTEN_OFF: Mapping[str, object] = MappingProxyType(
    {
        "written_off_rows": 0,
        "written_off_by": None,
        "written_off_at": "",
        "written_off_why": "",
    }
)


def open_debts(context: AppContext, *, agreement_id: int | None = None) -> tuple[BatchDebt, ...]:
    """Give every accepted batch that still holds rows, the longest overdue first.

    Raises: UserError NOT_PERMITTED.
    """
    context.user.require("read.batches")
    with context.database.read() as connection:
        return debts_of(context, connection, agreement_id=agreement_id)


def debts_of(
    context: AppContext, connection: Connection, *, agreement_id: int | None = None
) -> tuple[BatchDebt, ...]:
    """The same for a service that reads already."""
    rows = store.debt_rows(connection, agreement_id=agreement_id)
    found = (debt for debt in _debts(context, connection, rows) if debt.is_open)
    return tuple(sorted(found, key=lambda debt: (debt.due_on, -debt.held, debt.batch_id)))


def debt_of(context: AppContext, batch_id: int) -> BatchDebt | None:
    """Give the debt of one batch, also when it was paid or written off; None before acceptance.

    Raises: UserError NOT_PERMITTED.
    """
    context.user.require("read.batches")
    with context.database.read() as connection:
        rows = store.debt_rows(connection, batch_id=batch_id)
        return next(iter(_debts(context, connection, rows)), None)


def debt_owners(context: AppContext) -> tuple[DebtOwner, ...]:
    """Give the users who may see to held rows.

    Raises: UserError NOT_PERMITTED.
    """
    context.user.require("read.batches")
    with context.database.read() as connection:
        rows = store.possible_owners(connection, _REPAIR)
    return tuple(DebtOwner(user_id=row.id, name=row.display_name) for row in rows)


def held_due_on(context: AppContext, batch_id: int) -> date:
    """Give the day for the held rows of a batch; of one in work, as if it were accepted today."""
    debt = debt_of(context, batch_id)
    if debt is not None and debt.is_open:
        return debt.due_on
    with context.database.read() as connection:
        return _usual_due_on(context, connection)


def note_debt(context: AppContext, connection: Connection, batch_id: int) -> None:
    """Let whoever laid the list before the supervisor owe its held rows from now on.

    For acceptance, inside its transaction. Who owes them already goes on owing them.
    """
    for row in store.debt_rows(connection, batch_id=batch_id):
        if row.held > 0:
            due_on = _usual_due_on(context, connection)
            store.note_debt(connection, batch_id, owner_id=row.owner_id, due_on=due_on)


def renew_debt(context: AppContext, connection: Connection, batch_id: int) -> None:
    """Let rows be owed from today on that are about to come back into a batch.

    For a reply, inside its transaction. What is owed already keeps its day; what was written off
    is owed again, because nobody has decided about the rows that come.
    """
    for debt in _debts(context, connection, store.debt_rows(connection, batch_id=batch_id)):
        if not debt.is_open:
            due_on = _usual_due_on(context, connection)
            store.note_debt(connection, batch_id, owner_id=debt.owner_id, due_on=due_on)
            values = {"due_on": due_on, "reason": "", **_NOT_WRITTEN_OFF}
            store.change_debt(connection, batch_id, values)


def _usual_due_on(context: AppContext, connection: Connection) -> date:
    today = context.clock().date()
    return today + timedelta(days=reference.deadline_amount(connection, *_DEADLINE, today))


def change_debt(
    context: AppContext,
    debt: BatchDebt,
    *,
    owner_id: int,
    due_on: date,
    reason: str,
    request_id: str,
) -> Answer:
    """Give held rows another owner or day; the reason says why they still stand.

    Raises: UserError DEBT_CLOSED, OWNER_MISSING, DUE_IN_THE_PAST, NOT_PERMITTED, CONFLICT.
    """

    def act(connection: Connection) -> Outcome:
        _require_open(debt)
        owners = {row.id for row in store.possible_owners(connection, _REPAIR)}
        if owner_id not in owners:
            raise UserError(
                "OWNER_MISSING",
                "Penanggung jawab ini tidak ada atau tidak boleh memperbaiki baris.",
            )
        if due_on < context.clock().date() and due_on != debt.due_on:
            raise UserError("DUE_IN_THE_PAST", "Tenggat baru harus hari ini atau sesudahnya.")
        store.note_debt(connection, debt.batch_id, owner_id=owner_id, due_on=due_on)
        values = {"owner_id": owner_id, "due_on": due_on, "reason": reason.strip()}
        store.change_debt(connection, debt.batch_id, values)
        return _outcome(debt, {"owner": owner_id, "due_on": due_on.isoformat()})

    return _execute(context, CHANGE, debt, act, request_id=request_id)


def write_off(context: AppContext, debt: BatchDebt, *, reason: str, request_id: str) -> Answer:
    """Stop waiting for as many held rows as the debt has shown; they stay in the batch as held.

    Raises: UserError REASON_MISSING, DEBT_CLOSED, NOT_PERMITTED, CONFLICT.
    """
    if not reason.strip():
        raise UserError("REASON_MISSING", "Tulis alasan mengapa baris ini tidak ditunggu lagi.")

    def act(connection: Connection) -> Outcome:
        _require_open(debt)
        store.note_debt(connection, debt.batch_id, owner_id=debt.owner_id, due_on=debt.due_on)
        values = {
            "written_off_rows": debt.held,
            "written_off_by": context.user.user_id,
            "written_off_at": context.clock().isoformat(),
            "written_off_why": reason.strip(),
        }
        store.change_debt(connection, debt.batch_id, values)
        return _outcome(debt, {"held": debt.held})

    return _execute(context, WRITE_OFF, debt, act, request_id=request_id)


def _require_open(debt: BatchDebt) -> None:
    if not debt.is_open:
        raise UserError(
            "DEBT_CLOSED", f"Batch {debt.number} tidak lagi memiliki baris yang ditunggu."
        )


def _execute(
    context: AppContext, name: str, debt: BatchDebt, act: Act, *, request_id: str
) -> Answer:
    command = Command(
        name=name,
        object_kind="batch",
        request_id=request_id,
        object_id=debt.batch_id,
        version=debt.version,
    )
    return execute(context, command, act)


def _outcome(debt: BatchDebt, payload: Mapping[str, object]) -> Outcome:
    changes = Changes.of(batch=debt.batch_id)
    return Outcome(object_id=debt.batch_id, changes=changes, payload=payload)


def _debts(context: AppContext, connection: Connection, rows: list[Any]) -> list[BatchDebt]:
    if not rows:
        return []
    today = context.clock().date()
    days = reference.deadline_amount(connection, *_DEADLINE, today)
    faults = store.fault_counts(connection, [row.id for row in rows if row.held])
    return [_debt(row, faults.get(row.id, {}), today=today, days=days) for row in rows]


def _debt(row: Any, faults: Mapping[str, int], *, today: date, days: int) -> BatchDebt:
    since = date.fromisoformat((row.decided_at or row.created_at)[:10])
    return BatchDebt(
        batch_id=row.id,
        number=row.number,
        version=row.version,
        agreement_id=row.agreement_id,
        agreement_title=row.title,
        sender=row.sender_name or "",
        held=row.held,
        owner_id=row.owner_id,
        owner=row.owner,
        due_on=row.due_on or since + timedelta(days=days),
        as_of=today,
        reason=row.reason or "",
        main_fault=_main_fault(faults),
        written_off_rows=row.written_off_rows or 0,
        written_off_by=row.writer or "",
        written_off_at=row.written_off_at or "",
        written_off_why=row.written_off_why or "",
    )


def _main_fault(faults: Mapping[str, int]) -> str:
    if not faults:
        return ""
    code = max(faults, key=lambda found: faults[found])
    return ISSUE_SENTENCES[IssueCode(code)].partition(". ")[0]
