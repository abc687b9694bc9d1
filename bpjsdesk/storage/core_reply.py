"""What was sent to the core system and what came back, by row of a batch."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from bpjsdesk.domain.core_reply import ReplyRow
from bpjsdesk.domain.enrollment import LineStatus
from bpjsdesk.storage import dialect


class SentLine(NamedTuple):
    """Somebody who was sent; `accepted` is None while nothing was answered."""

    line_id: int
    nik: str
    name: str
    sent_on: date
    accepted: bool | None
    reason: str


def mark_sent(connection: Connection, batch_id: int, day: date) -> int:
    """Note that every accepted row not sent yet was sent on a day; gives their number."""
    sql = dialect.native(
        connection,
        "INSERT INTO core_answer (line_id, batch_id, sent_on, reason, kpj) "
        "SELECT l.id, l.batch_id, ?, '', '' FROM batch_line l "
        "WHERE l.batch_id = ? AND l.status = ? "
        "AND NOT EXISTS (SELECT 1 FROM core_answer a WHERE a.line_id = l.id)",
    )
    done = connection.exec_driver_sql(sql, (day.isoformat(), batch_id, LineStatus.ACCEPTED.value))
    return done.rowcount


def sent_lines(connection: Connection, batch_id: int) -> Iterator[SentLine]:
    """Give everybody of a batch who was sent, in the order of the file."""
    sql = dialect.native(
        connection,
        "SELECT l.id, p.nik, p.name, a.sent_on, a.accepted, a.reason FROM core_answer a "
        "JOIN batch_line l ON l.id = a.line_id JOIN person p ON p.id = l.person_id "
        "WHERE a.batch_id = ? ORDER BY l.id",
    )
    for row in connection.exec_driver_sql(sql, (batch_id,)):
        sent_on = row[3] if isinstance(row[3], date) else date.fromisoformat(row[3])
        accepted = None if row[4] is None else bool(row[4])
        yield SentLine(row[0], row[1], row[2], sent_on, accepted, row[5])


def note_answers(
    connection: Connection, answers: Sequence[tuple[int, ReplyRow]], day: date
) -> None:
    """Write down what was answered about rows; a later answer takes the place of an earlier."""
    sql = (
        "UPDATE core_answer SET answered_on = ?, accepted = ?, reason = ?, kpj = ? "
        "WHERE line_id = ?"
    )
    rows = [
        (day.isoformat(), answer.accepted, answer.reason, answer.kpj, line_id)
        for line_id, answer in answers
    ]
    if rows:
        connection.exec_driver_sql(dialect.native(connection, sql), rows)
