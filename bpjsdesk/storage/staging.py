"""Lists in work in the store: their rows, each step done to them, and its undoing."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, case, delete, func, insert, select, update

from bpjsdesk.domain.enrollment import BatchStatus, LineStatus
from bpjsdesk.domain.staging import DecidedOutcome, Step
from bpjsdesk.storage import dialect
from bpjsdesk.storage.schema import app_user, batch, batch_line
from bpjsdesk.storage.schema_staging import (
    batch_edit,
    batch_intake,
    batch_letter,
    batch_step,
    ignored_warning,
    line_decision,
    line_decision_before,
    person_pair,
    sender,
)

LEFT_OUT = (DecidedOutcome.SKIPPED.value, DecidedOutcome.REJECTED.value)
# Rows with which nothing is left to do in this list: what is sent back is held nevertheless.
PUT_ASIDE = (*LEFT_OUT, DecidedOutcome.RETURNED.value)


class StagedLine(NamedTuple):
    """A row that is still open; `outcome` is empty unless a clerk has put it aside."""

    line_id: int
    sheet: str
    row_no: int
    cells: str
    outcome: str


class Aside(NamedTuple):
    """Why nothing is left to do with a row, and the step that has said so."""

    outcome: str
    reason: str
    step_id: int


class CellEdit(NamedTuple):
    """The cells of a row before and after a step, as JSON text."""

    line_id: int
    before: str
    after: str


class Outcomes(NamedTuple):
    """What the counters of a batch do not tell apart, as its rows stand now.

    `known` people of its accepted rows were in the register before, `updated` of them with news;
    of its open rows so many were left out.
    """

    known: int
    updated: int
    skipped: int
    rejected: int


class SettledLine(NamedTuple):
    """What became of a row, in the order of the bulk update."""

    status: str
    codes: str
    person_id: int | None
    line_id: int


def add_intake(connection: Connection, batch_id: int, stage: str) -> None:
    """Begin the work on a batch."""
    texts = dict.fromkeys(("letter_no", "submitted_at", "decided_at", "note", "levels"), "")
    connection.execute(
        insert(batch_intake).values(batch_id=batch_id, stage=stage, settled_seq=0, **texts)
    )


def intake_row(connection: Connection, batch_id: int) -> Any:
    """Read how the work on a batch stands, with names; None for a batch that was never staged."""
    submitter, decider = app_user.alias(), app_user.alias()
    return connection.execute(
        select(
            batch_intake,
            sender.c.name.label("sender_name"),
            submitter.c.display_name.label("submitter"),
            decider.c.display_name.label("decider"),
        )
        .join(sender, sender.c.id == batch_intake.c.sender_id, isouter=True)
        .join(submitter, submitter.c.id == batch_intake.c.submitted_by, isouter=True)
        .join(decider, decider.c.id == batch_intake.c.decided_by, isouter=True)
        .where(batch_intake.c.batch_id == batch_id)
    ).first()


def change_intake(connection: Connection, batch_id: int, values: Mapping[str, Any]) -> None:
    connection.execute(
        update(batch_intake).where(batch_intake.c.batch_id == batch_id).values(**values)
    )


def open_lines(connection: Connection, batch_id: int) -> list[StagedLine]:
    """Give the rows that are not in the register yet, in the order of the file."""
    sql = dialect.native(
        connection,
        "SELECT id, sheet, row_no, cells FROM batch_line WHERE batch_id = ? AND status = ? "
        "ORDER BY id",
    )
    rows = connection.exec_driver_sql(sql, (batch_id, LineStatus.HELD.value)).all()
    aside = put_aside(connection, batch_id)
    return [
        StagedLine(
            line_id, sheet, row_no, cells, aside[line_id].outcome if line_id in aside else ""
        )
        for line_id, sheet, row_no, cells in rows
    ]


def first_cells(connection: Connection, batch_id: int) -> dict[int, str]:
    """Give the cells as they arrived, as JSON text, of the open rows that were changed since."""
    steps = select(batch_step.c.id).where(batch_step.c.batch_id == batch_id).limit(1)
    if connection.execute(steps).first() is None:
        return {}
    query = select(batch_line.c.id, batch_line.c.first_cells).where(
        batch_line.c.batch_id == batch_id,
        batch_line.c.status == LineStatus.HELD.value,
        batch_line.c.first_cells.is_not(None),
    )
    return {row.id: row.first_cells for row in connection.execute(query)}


def put_aside(connection: Connection, batch_id: int) -> dict[int, Aside]:
    """Give the rows that a clerk has put aside; one sent back is not when it was changed since."""
    sql = dialect.native(
        connection,
        "SELECT d.line_id, d.outcome, d.reason, d.step_id FROM batch_step s "
        "JOIN line_decision d ON d.step_id = s.id "
        "WHERE s.batch_id = ? AND d.outcome IN (?, ?, ?)",
    )
    rows = connection.exec_driver_sql(sql, (batch_id, *PUT_ASIDE)).all()
    found = {row[0]: Aside(row[1], row[2], row[3]) for row in rows}
    if any(aside.outcome == DecidedOutcome.RETURNED for aside in found.values()):
        for line_id, step_id in _last_changed(connection, batch_id).items():
            aside = found.get(line_id)
            if aside is not None and _is_taken_up(aside, step_id):
                del found[line_id]
    return found


def _is_taken_up(aside: Aside, changed_by: int) -> bool:
    return aside.outcome == DecidedOutcome.RETURNED and changed_by > aside.step_id


def _last_changed(
    connection: Connection, batch_id: int, *, but: int | None = None
) -> dict[int, int]:
    """Give the last step that counts and has changed a cell, by row; `but` one step."""
    query = (
        select(batch_edit.c.line_id, func.max(batch_edit.c.step_id))
        .join(batch_step, batch_step.c.id == batch_edit.c.step_id)
        .where(batch_step.c.batch_id == batch_id, batch_step.c.undone_at == "")
        .where(batch_step.c.id != (but or 0))
        .group_by(batch_edit.c.line_id)
    )
    return {line_id: step_id for line_id, step_id in connection.execute(query)}


def add_step(connection: Connection, batch_id: int, values: Mapping[str, Any]) -> int:
    """Write down what is done to rows; gives the step's id."""
    newest = connection.execute(
        select(func.max(batch_step.c.seq)).where(batch_step.c.batch_id == batch_id)
    ).scalar()
    done = connection.execute(
        insert(batch_step).values(batch_id=batch_id, seq=(newest or 0) + 1, undone_at="", **values)
    )
    key = done.inserted_primary_key
    assert key is not None  # an insert of one row always answers with its key
    return int(key[0])


def change_cells(connection: Connection, step_id: int, edits: Sequence[CellEdit]) -> None:
    """Rewrite rows; what each held before is kept with the step, what first arrived beside it."""
    kept = "INSERT INTO batch_edit (step_id, line_id, before) VALUES (?, ?, ?)"
    before = [(step_id, edit.line_id, edit.before) for edit in edits]
    connection.exec_driver_sql(dialect.native(connection, kept), before)
    written = (
        "UPDATE batch_line SET first_cells = coalesce(first_cells, cells), cells = ? WHERE id = ?"
    )
    after = [(edit.after, edit.line_id) for edit in edits]
    connection.exec_driver_sql(dialect.native(connection, written), after)


def decide_lines(
    connection: Connection, step_id: int, line_ids: Sequence[int], *, outcome: str, reason: str
) -> None:
    """Write down what was decided of rows; what was decided before is kept for the undoing."""
    kept = (
        "INSERT INTO line_decision_before (step_id, line_id, before_step_id, outcome, reason) "
        "SELECT ?, line_id, step_id, outcome, reason FROM line_decision "
        "WHERE line_id = ? AND step_id <> ?"
    )
    replaced = [(step_id, line_id, step_id) for line_id in line_ids]
    connection.exec_driver_sql(dialect.native(connection, kept), replaced)
    earlier = dialect.native(connection, "DELETE FROM line_decision WHERE line_id = ?")
    connection.exec_driver_sql(earlier, [(line_id,) for line_id in line_ids])
    sql = "INSERT INTO line_decision (line_id, step_id, outcome, reason) VALUES (?, ?, ?, ?)"
    rows = [(line_id, step_id, outcome, reason) for line_id in line_ids]
    connection.exec_driver_sql(dialect.native(connection, sql), rows)


def steps(connection: Connection, batch_id: int) -> tuple[Step, ...]:
    """Give what was done, oldest first."""
    query = (
        select(batch_step, app_user.c.display_name, batch_intake.c.settled_seq)
        .join(app_user, app_user.c.id == batch_step.c.user_id)
        .join(batch_intake, batch_intake.c.batch_id == batch_step.c.batch_id, isouter=True)
        .where(batch_step.c.batch_id == batch_id)
        .order_by(batch_step.c.seq)
    )
    return tuple(
        Step(
            step_id=row.id,
            seq=row.seq,
            rule=row.rule,
            code=row.code,
            note=row.note,
            rows=row.rows,
            user_name=row.display_name,
            at=row.at,
            undone_at=row.undone_at,
            is_settled=row.seq <= (row.settled_seq or 0),
        )
        for row in connection.execute(query)
    )


def cells_before(connection: Connection, step_id: int) -> dict[int, str]:
    """Give what each row held before a step."""
    query = select(batch_edit.c.line_id, batch_edit.c.before)
    rows = connection.execute(query.where(batch_edit.c.step_id == step_id))
    return {row.line_id: row.before for row in rows}


def updated_lines(connection: Connection, batch_id: int) -> frozenset[int]:
    """Give the rows of a batch whose news was decided to go into the register."""
    query = (
        select(line_decision.c.line_id)
        .join(batch_step, batch_step.c.id == line_decision.c.step_id)
        .where(batch_step.c.batch_id == batch_id)
        .where(line_decision.c.outcome == DecidedOutcome.UPDATED.value)
    )
    return frozenset(connection.execute(query).scalars())


def settled_outcomes(connection: Connection, batch_id: int) -> Outcomes:
    """Count the rows of a batch by what became of them; whom a row has brought, it brought new."""
    sql = dialect.native(
        connection,
        "SELECT coalesce(sum(CASE WHEN l.status = ? THEN 1 ELSE 0 END), 0), "
        "coalesce(sum(CASE WHEN l.status = ? AND d.outcome = ? THEN 1 ELSE 0 END), 0), "
        "coalesce(sum(CASE WHEN l.status = ? AND d.outcome = ? THEN 1 ELSE 0 END), 0), "
        "coalesce(sum(CASE WHEN l.status = ? AND d.outcome = ? THEN 1 ELSE 0 END), 0) "
        "FROM batch_line l LEFT JOIN line_decision d ON d.line_id = l.id "
        "LEFT JOIN person_origin o ON o.person_id = l.person_id AND o.line_id = l.id "
        "WHERE l.batch_id = ? AND o.line_id IS NULL",
    )
    accepted, held = LineStatus.ACCEPTED.value, LineStatus.HELD.value
    updated = (accepted, DecidedOutcome.UPDATED.value)
    aside = (held, DecidedOutcome.SKIPPED.value, held, DecidedOutcome.REJECTED.value)
    row = connection.exec_driver_sql(sql, (accepted, *updated, *aside, batch_id)).one()
    return Outcomes._make(row)


def undo_step(connection: Connection, step_id: int, *, at: str) -> None:
    """Put back what the last step that counts has changed: cells, decisions, what came with it."""
    _put_cells_back(connection, step_id)
    connection.execute(delete(line_decision).where(line_decision.c.step_id == step_id))
    _put_decisions_back(connection, step_id)
    for table in (person_pair, batch_letter, ignored_warning):
        connection.execute(delete(table).where(table.c.step_id == step_id))
    connection.execute(update(batch_step).where(batch_step.c.id == step_id).values(undone_at=at))


def _put_cells_back(connection: Connection, step_id: int) -> None:
    """Put cells back; a row that no other step has changed was never changed."""
    before = cells_before(connection, step_id)
    if not before:
        return
    batch_id = select(batch_step.c.batch_id).where(batch_step.c.id == step_id)
    changed = _last_changed(connection, connection.execute(batch_id).scalar_one(), but=step_id)
    sql = (
        "UPDATE batch_line SET cells = ?, first_cells = CASE WHEN ? = 1 THEN first_cells END "
        "WHERE id = ?"
    )
    rows = [(cells, int(line in changed), line) for line, cells in before.items()]
    connection.exec_driver_sql(dialect.native(connection, sql), rows)


def _put_decisions_back(connection: Connection, step_id: int) -> None:
    table = line_decision_before
    earlier = select(
        table.c.line_id, table.c.before_step_id, table.c.outcome, table.c.reason
    ).where(table.c.step_id == step_id)
    names = ["line_id", "step_id", "outcome", "reason"]
    connection.execute(insert(line_decision).from_select(names, earlier))
    connection.execute(delete(table).where(table.c.step_id == step_id))


def settle_steps(connection: Connection, batch_id: int) -> None:
    """Let what was done so far stand: people were registered by it."""
    newest = select(func.coalesce(func.max(batch_step.c.seq), 0))
    connection.execute(
        update(batch_intake)
        .where(batch_intake.c.batch_id == batch_id)
        .values(settled_seq=newest.where(batch_step.c.batch_id == batch_id).scalar_subquery())
    )


def settle_lines(connection: Connection, settled: Sequence[SettledLine]) -> None:
    """Write down what became of rows."""
    if settled:
        sql = "UPDATE batch_line SET status = ?, codes = ?, person_id = ? WHERE id = ?"
        connection.exec_driver_sql(dialect.native(connection, sql), list(settled))


def settle_batch(
    connection: Connection,
    batch_id: int,
    *,
    accepted: int,
    ignored: int,
    rates: Sequence[int],
) -> None:
    """Move rows out of the held ones: so many were accepted, so many are no persons.

    `rates` are those of each month; they are the batch's own from the first acceptance on.
    """
    connection.execute(
        update(batch)
        .where(batch.c.id == batch_id)
        .values(
            accepted=batch.c.accepted + accepted,
            ignored=batch.c.ignored + ignored,
            held=batch.c.held - accepted - ignored,
            amount=batch.c.amount + accepted * sum(rates),
            rates=case((batch.c.accepted == 0, json.dumps(rates)), else_=batch.c.rates),
        )
    )


def status_of_batch(connection: Connection, batch_id: int) -> BatchStatus:
    query = select(batch.c.status).where(batch.c.id == batch_id)
    return BatchStatus(connection.execute(query).scalar_one())


def was_accepted(connection: Connection, batch_id: int) -> bool:
    """Say whether a batch was accepted before: then it never becomes a draft again.

    The levels by which that was decided are kept with it, also when nobody is left in it. What was
    never a list in work was accepted when it was loaded.
    """
    query = select(batch_intake.c.levels).where(batch_intake.c.batch_id == batch_id)
    return connection.execute(query).scalar() != ""


def change_status(connection: Connection, batch_id: int, status: BatchStatus) -> None:
    connection.execute(update(batch).where(batch.c.id == batch_id).values(status=status.value))


def heads_and_amount(connection: Connection, batch_id: int) -> tuple[int, int]:
    """Give how many were accepted, and what they cost together in whole rupiah."""
    row = connection.execute(
        select(batch.c.accepted, batch.c.amount).where(batch.c.id == batch_id)
    ).one()
    return int(row.accepted), int(row.amount)


def version_of(connection: Connection, batch_id: int) -> int:
    query = select(batch.c.version).where(batch.c.id == batch_id)
    return int(connection.execute(query).scalar_one())
