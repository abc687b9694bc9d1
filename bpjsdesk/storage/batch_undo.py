"""What undoing a batch may take back: its people, who was changed or claimed for since."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, update

from bpjsdesk.domain.enrollment import LineStatus
from bpjsdesk.storage import dialect
from bpjsdesk.storage.schema import batch

UNDONE = "UNDONE"


class Registered(NamedTuple):
    """Somebody whom a batch has registered; `is_alone` says that nothing else names this person."""

    line_id: int
    person_id: int
    nik: str
    name: str
    version: int
    claims: int
    is_alone: bool


def registered(connection: Connection, batch_id: int) -> list[Registered]:
    """Give the people of a batch with what has happened to them since, in the file's order."""
    sql = dialect.native(
        connection,
        "SELECT l.id, p.id, p.nik, p.name, p.version, "
        "(SELECT count(*) FROM claim c WHERE c.person_id = p.id), "
        "NOT EXISTS (SELECT 1 FROM membership m WHERE m.person_id = p.id AND m.batch_id <> ?) "
        "AND NOT EXISTS (SELECT 1 FROM batch_line o WHERE o.person_id = p.id AND o.batch_id <> ?) "
        "AND NOT EXISTS (SELECT 1 FROM person_merge g WHERE p.id IN (g.kept_id, g.merged_id)) "
        "FROM batch_line l JOIN person p ON p.id = l.person_id "
        "WHERE l.batch_id = ? AND l.status = ? ORDER BY l.id",
    )
    found = connection.exec_driver_sql(
        sql, (batch_id, batch_id, batch_id, LineStatus.ACCEPTED.value)
    )
    return [Registered._make((*row[:6], bool(row[6]))) for row in found]


def take_back(connection: Connection, batch_id: int, people: Sequence[Registered]) -> None:
    """End the months of these people under the batch and open their rows again."""
    ended = "UPDATE membership SET status = ? WHERE batch_id = ? AND person_id = ?"
    rows = [(UNDONE, batch_id, person.person_id) for person in people]
    opened = "UPDATE batch_line SET status = ?, codes = '', person_id = NULL WHERE id = ?"
    lines = [(LineStatus.HELD.value, person.line_id) for person in people]
    if people:
        connection.exec_driver_sql(dialect.native(connection, ended), rows)
        connection.exec_driver_sql(dialect.native(connection, opened), lines)


def forget(connection: Connection, batch_id: int, people: Sequence[Registered]) -> None:
    """Remove people whom only this batch has named, with their ended months."""
    if not people:
        return
    ids = [(person.person_id,) for person in people]
    months = "DELETE FROM membership WHERE batch_id = ? AND person_id = ?"
    connection.exec_driver_sql(
        dialect.native(connection, months), [(batch_id, one) for (one,) in ids]
    )
    dialect.drop_from_search(connection, [one for (one,) in ids])
    connection.exec_driver_sql(dialect.native(connection, "DELETE FROM person WHERE id = ?"), ids)


def lessen(connection: Connection, batch_id: int, *, heads: int, amount: int, status: str) -> None:
    """Take people off the counters of a batch."""
    connection.execute(
        update(batch)
        .where(batch.c.id == batch_id)
        .values(
            accepted=batch.c.accepted - heads,
            held=batch.c.held + heads,
            amount=batch.c.amount - amount,
            status=status,
        )
    )
