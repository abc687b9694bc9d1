"""The debts of held rows in the store."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, and_, func, insert, or_, select, update

from bpjsdesk.domain.enrollment import BatchStatus, LineStatus
from bpjsdesk.storage.schema import agreement, app_user, batch, batch_line
from bpjsdesk.storage.schema_corrections import batch_debt
from bpjsdesk.storage.schema_reference import permission
from bpjsdesk.storage.schema_staging import batch_intake, line_decision, sender
from bpjsdesk.storage.staging import LEFT_OUT

_AGAIN = (BatchStatus.DRAFT.value, BatchStatus.SUBMITTED.value)


def debt_rows(
    connection: Connection, *, batch_id: int | None = None, agreement_id: int | None = None
) -> list[Any]:
    """Read accepted batches that hold rows, or held some, with whatever is noted of the debt."""
    query = _debts()
    if batch_id is not None:
        query = query.where(batch.c.id == batch_id)
    if agreement_id is not None:
        query = query.where(batch.c.agreement_id == agreement_id)
    return list(connection.execute(query))


def _debts() -> Select[Any]:
    owner, writer = app_user.alias(), app_user.alias()
    decided = (
        select(batch_line.c.batch_id, func.count().label("rows"))
        .join(line_decision, line_decision.c.line_id == batch_line.c.id)
        .where(
            batch_line.c.status == LineStatus.HELD.value,
            line_decision.c.outcome.in_(LEFT_OUT),
        )
        .group_by(batch_line.c.batch_id)
        .subquery()
    )
    again = and_(batch.c.status.in_(_AGAIN), batch_debt.c.batch_id.is_not(None))
    return (
        select(
            batch.c.id,
            batch.c.number,
            batch.c.version,
            batch.c.agreement_id,
            batch.c.created_at,
            agreement.c.title,
            (batch.c.held - func.coalesce(decided.c.rows, 0)).label("held"),
            sender.c.name.label("sender_name"),
            batch_intake.c.decided_at,
            func.coalesce(
                batch_debt.c.owner_id, batch_intake.c.submitted_by, batch.c.created_by
            ).label("owner_id"),
            owner.c.display_name.label("owner"),
            batch_debt.c.due_on,
            batch_debt.c.reason,
            batch_debt.c.written_off_rows,
            batch_debt.c.written_off_at,
            batch_debt.c.written_off_why,
            writer.c.display_name.label("writer"),
        )
        .join(agreement, agreement.c.id == batch.c.agreement_id)
        .join(batch_intake, batch_intake.c.batch_id == batch.c.id, isouter=True)
        .join(sender, sender.c.id == batch_intake.c.sender_id, isouter=True)
        .join(batch_debt, batch_debt.c.batch_id == batch.c.id, isouter=True)
        .join(decided, decided.c.batch_id == batch.c.id, isouter=True)
        .join(
            owner,
            owner.c.id
            == func.coalesce(
                batch_debt.c.owner_id, batch_intake.c.submitted_by, batch.c.created_by
            ),
        )
        .join(writer, writer.c.id == batch_debt.c.written_off_by, isouter=True)
        .where(or_(batch.c.status == BatchStatus.VALIDATED.value, again))
        .order_by(batch.c.id)
    )


def note_debt(connection: Connection, batch_id: int, *, owner_id: int, due_on: date) -> None:
    """Give the held rows of a batch an owner and a day, unless they have them already."""
    found = connection.execute(
        select(batch_debt.c.batch_id).where(batch_debt.c.batch_id == batch_id)
    )
    if found.first() is None:
        connection.execute(
            insert(batch_debt).values(
                batch_id=batch_id,
                owner_id=owner_id,
                due_on=due_on,
                reason="",
                written_off_rows=0,
                written_off_at="",
                written_off_why="",
            )
        )


def change_debt(connection: Connection, batch_id: int, values: Mapping[str, Any]) -> None:
    connection.execute(update(batch_debt).where(batch_debt.c.batch_id == batch_id).values(**values))


def fault_counts(connection: Connection, batch_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """Count the codes of the held rows of batches."""
    rows = connection.execute(
        select(batch_line.c.batch_id, batch_line.c.codes, func.count())
        .where(
            batch_line.c.batch_id.in_(batch_ids),
            batch_line.c.status == LineStatus.HELD.value,
            batch_line.c.codes != "",
        )
        .group_by(batch_line.c.batch_id, batch_line.c.codes)
    )
    counts: dict[int, dict[str, int]] = {}
    for batch_id, codes, number in rows:
        of_batch = counts.setdefault(batch_id, {})
        for code in codes.split():
            of_batch[code] = of_batch.get(code, 0) + number
    return counts


def possible_owners(connection: Connection, command: str) -> list[Any]:
    """Give the active users whose role permits a command, by name."""
    return list(
        connection.execute(
            select(app_user.c.id, app_user.c.display_name)
            .join(permission, permission.c.role == app_user.c.role)
            .where(app_user.c.active.is_(True), permission.c.command == command)
            .order_by(app_user.c.display_name)
        )
    )
