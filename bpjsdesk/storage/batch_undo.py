"""What may be taken back of a batch: its people, and what has happened to each of them since."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, select, update

from bpjsdesk.domain.enrollment import LineStatus
from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.storage import dialect
from bpjsdesk.storage.enrollment import highest_person_id
from bpjsdesk.storage.person_changes import APPROVED
from bpjsdesk.storage.schema import batch, batch_line, person
from bpjsdesk.storage.schema_staging import person_value
from bpjsdesk.storage.schema_whole import whole_schema

UNDONE, REFUSED = "UNDONE", "REFUSED"
_ACCEPT, _DONE = "batch.accept", "DONE"
# Tables whose rows on a person are looked at one by one.
_NAMED = frozenset({"batch_line", "membership", "claim", "person_merge"})


class Registered(NamedTuple):
    """Somebody whom a batch has registered, and what has happened since.

    `is_edited` says that somebody has changed the person and that it still stands, `is_alone` that
    nothing else names it: months that were taken back name nobody. `is_updated` says that this
    batch has brought news of the person, `has_before` that what they replaced is known. `in_core`
    is 1 where the core system has accepted, 0 where it was asked and has not answered, None
    otherwise.
    """

    line_id: int
    sheet: str
    row_no: int
    person_id: int
    nik: str
    name: str
    claims: int
    is_merged: bool
    is_edited: bool
    is_alone: bool
    is_updated: bool
    has_before: bool
    in_core: int | None


def registered(connection: Connection, batch_id: int) -> Iterator[Registered]:
    """Give the people of a batch with what has happened to them since, in the file's order."""
    sql = dialect.native(
        connection,
        "SELECT l.id, l.sheet, l.row_no, p.id, p.nik, p.name, "
        "(SELECT count(*) FROM claim c WHERE c.person_id = p.id), "
        "EXISTS (SELECT 1 FROM person_merge g "
        "WHERE g.undone_at = '' AND (g.kept_id = p.id OR g.merged_id = p.id)), "
        # a change of identity, an end of membership, or news from the row of another list
        "(EXISTS (SELECT 1 FROM person_request q "
        "WHERE q.person_id = p.id AND q.decision = ? AND q.decided_at >= ?) "
        "OR EXISTS (SELECT 1 FROM person_end e WHERE e.person_id = p.id AND e.undone_at = '') "
        "OR EXISTS (SELECT 1 FROM person_value v JOIN batch_line w ON w.id = v.line_id "
        "WHERE v.person_id = p.id AND w.batch_id <> ? AND v.at >= ?)), "
        "NOT EXISTS (SELECT 1 FROM membership m WHERE m.person_id = p.id AND m.batch_id <> ? "
        "AND m.status NOT IN (?, ?)) "
        "AND NOT EXISTS (SELECT 1 FROM batch_line o WHERE o.person_id = p.id AND o.batch_id <> ?) "
        "AND NOT EXISTS (SELECT 1 FROM person_merge g "
        "WHERE g.kept_id = p.id OR g.merged_id = p.id), "
        "EXISTS (SELECT 1 FROM line_decision d WHERE d.line_id = l.id AND d.outcome = ?), "
        "EXISTS (SELECT 1 FROM person_value t WHERE t.person_id = p.id AND t.line_id = l.id), "
        "a.id, a.accepted "
        "FROM batch_line l JOIN person p ON p.id = l.person_id "
        "LEFT JOIN core_answer a ON a.line_id = l.id "
        "WHERE l.batch_id = ? AND l.status = ? ORDER BY l.id",
    )
    since = _accepted_at(connection, batch_id)
    updated = DecidedOutcome.UPDATED.value
    edits = (APPROVED, since, batch_id, since)
    others = (batch_id, UNDONE, REFUSED, batch_id, updated)
    kept = _kept_otherwise(connection, batch_id)
    found = connection.exec_driver_sql(sql, (*edits, *others, batch_id, LineStatus.ACCEPTED.value))
    for row in found:
        in_core = None if row[12] is None or row[13] == 0 else row[13] or 0
        is_alone = bool(row[9]) and row[3] not in kept
        flags = (*map(bool, row[7:9]), is_alone, *map(bool, row[10:12]))
        yield Registered._make((*row[:7], *flags, in_core))


def _kept_otherwise(connection: Connection, batch_id: int) -> frozenset[int]:
    """Name the people of a batch of whom any further table tells: they cannot be removed."""
    columns = (
        key.parent
        for table in whole_schema().sorted_tables
        for key in table.foreign_keys
        if key.column is person.c.id and key.ondelete != "CASCADE" and table.name not in _NAMED
    )
    found: set[int] = set()
    for column in columns:
        query = (
            select(column)
            .join(batch_line, batch_line.c.person_id == column)
            .where(batch_line.c.batch_id == batch_id)
        )
        found.update(connection.execute(query).scalars())
    return frozenset(found)


def _accepted_at(connection: Connection, batch_id: int) -> str:
    """Give when a batch came into the register; what was changed later was changed since."""
    sql = dialect.native(
        connection,
        "SELECT coalesce((SELECT min(at) FROM audit_entry WHERE object_kind = 'batch' "
        "AND object_id = ? AND command = ? AND result = ?), created_at) FROM batch WHERE id = ?",
    )
    row = connection.exec_driver_sql(sql, (batch_id, _ACCEPT, _DONE, batch_id)).one()
    return str(row[0])


def take_back(
    connection: Connection,
    batch_id: int,
    people: Sequence[Registered],
    *,
    status: str = UNDONE,
    codes: Sequence[str] = (),
) -> None:
    """End the months of these people under the batch and open their rows again.

    `status` is that of the ended months; `codes` say why each row is open, empty for no reason.
    """
    if not people:
        return
    ended = "UPDATE membership SET status = ? WHERE batch_id = ? AND person_id = ?"
    rows = [(status, batch_id, person.person_id) for person in people]
    opened = "UPDATE batch_line SET status = ?, codes = ?, person_id = NULL WHERE id = ?"
    why = codes or [""] * len(people)
    lines = [
        (LineStatus.HELD.value, code, person.line_id)
        for code, person in zip(why, people, strict=True)
    ]
    connection.exec_driver_sql(dialect.native(connection, ended), rows)
    connection.exec_driver_sql(dialect.native(connection, opened), lines)


def give_back(connection: Connection, batch_id: int, people: Sequence[Registered]) -> int:
    """Put back what the rows of a batch have replaced of these people; gives of how many.

    That they ever replaced it is forgotten, as are the rows themselves.
    """
    wanted = {person.person_id for person in people if person.has_before}
    query = (
        select(person_value.c.id, person_value.c.person_id, person_value.c.field)
        .add_columns(person_value.c.before)
        .join(batch_line, batch_line.c.id == person_value.c.line_id)
        .where(batch_line.c.batch_id == batch_id)
        .order_by(person_value.c.id.desc())
    )
    rows = [row for row in connection.execute(query) if row.person_id in wanted]
    for field in {row.field for row in rows}:
        empty = None if person.c[field].nullable else ""
        # the oldest comes last: it tells what was there before any row of this batch
        values = [(row.before or empty, row.person_id) for row in rows if row.field == field]
        sql = f"UPDATE person SET {field} = ? WHERE id = ?"  # noqa: S608  # a column's own name
        connection.exec_driver_sql(dialect.native(connection, sql), values)
    for sql, ids in (
        ("UPDATE person SET version = version + 1 WHERE id = ?", wanted),
        ("DELETE FROM person_value WHERE id = ?", [row.id for row in rows]),
    ):
        if ids:
            keys = [(each,) for each in ids]
            connection.exec_driver_sql(dialect.native(connection, sql), keys)
    return len(wanted)


def forget(connection: Connection, people: Sequence[Registered]) -> None:
    """Remove people whom nothing names any more, with their ended months."""
    if not people:
        return
    ids = [(person.person_id,) for person in people]
    months = "DELETE FROM membership WHERE person_id = ?"
    connection.exec_driver_sql(dialect.native(connection, months), ids)
    dialect.drop_from_search(connection, [one for (one,) in ids])
    # the history and open windows still tell of them by their ids
    dialect.keep_highest_id(connection, highest_person_id(connection))
    connection.exec_driver_sql(dialect.native(connection, "DELETE FROM person WHERE id = ?"), ids)


def lessen(connection: Connection, batch_id: int, *, heads: int, amount: int) -> None:
    """Take people off the counters of a batch."""
    connection.execute(
        update(batch)
        .where(batch.c.id == batch_id)
        .values(
            accepted=batch.c.accepted - heads,
            held=batch.c.held + heads,
            amount=batch.c.amount - amount,
        )
    )
