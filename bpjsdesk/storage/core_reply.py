"""What was sent to the core system and what came back, by row of a batch."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, or_, select

from bpjsdesk.domain.core_reply import CoreWords, ReplyRow
from bpjsdesk.domain.enrollment import LineStatus
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.storage import dialect
from bpjsdesk.storage.schema_reference import core_word


class SentLine(NamedTuple):
    """Somebody who was sent; `accepted` is None while nothing was answered.

    `is_registered` says that the row stands for somebody of the register.
    """

    line_id: int
    person_id: int | None
    sheet: str
    row_no: int
    nik: str
    name: str
    sent_on: date
    answered_on: date | None
    accepted: bool | None
    reason: str
    kpj: str
    is_refused: bool
    is_registered: bool


class Refusal(NamedTuple):
    """Why the core system has refused a row, and the cells that it had then, as JSON text."""

    code: IssueCode
    cells: str


def mark_sent(connection: Connection, batch_id: int, day: date) -> int:
    """Note that every accepted row not sent yet was sent on a day; gives their number.

    A row that was refused before and accepted again here is sent anew; not one whose refusal
    nobody has dealt with.
    """
    again = dialect.native(
        connection,
        "DELETE FROM core_answer WHERE batch_id = ? AND accepted = ? AND EXISTS "
        "(SELECT 1 FROM batch_line l WHERE l.id = core_answer.line_id AND l.status = ? "
        "AND l.cells <> core_answer.refused_cells)",
    )
    connection.exec_driver_sql(again, (batch_id, False, LineStatus.ACCEPTED.value))
    sql = dialect.native(
        connection,
        "INSERT INTO core_answer "
        "(line_id, batch_id, sent_on, reason, kpj, nik, name, refused_cells) "
        "SELECT l.id, l.batch_id, ?, '', '', p.nik, p.name, '' FROM batch_line l "
        "JOIN person p ON p.id = l.person_id WHERE l.batch_id = ? AND l.status = ? "
        "AND NOT EXISTS (SELECT 1 FROM core_answer a WHERE a.line_id = l.id)",
    )
    done = connection.exec_driver_sql(sql, (day.isoformat(), batch_id, LineStatus.ACCEPTED.value))
    return done.rowcount


def unsent(connection: Connection, batch_id: int) -> frozenset[int]:
    """Give the people whose rows are accepted here and wait to be sent."""
    sql = dialect.native(
        connection,
        "SELECT l.person_id FROM batch_line l LEFT JOIN core_answer a ON a.line_id = l.id "
        "WHERE l.batch_id = ? AND l.status = ? "
        "AND (a.id IS NULL OR (a.accepted = ? AND a.refused_cells <> l.cells))",
    )
    rows = connection.exec_driver_sql(sql, (batch_id, LineStatus.ACCEPTED.value, False))
    return frozenset(row[0] for row in rows)


def waiting_lines(connection: Connection, batch_id: int) -> frozenset[int]:
    """Give the rows that were refused as they are and still register somebody."""
    sql = dialect.native(
        connection,
        "SELECT l.id FROM core_answer a JOIN batch_line l ON l.id = a.line_id "
        "WHERE a.batch_id = ? AND a.accepted = ? AND l.status = ? AND a.refused_cells = l.cells",
    )
    rows = connection.exec_driver_sql(sql, (batch_id, False, LineStatus.ACCEPTED.value))
    return frozenset(row[0] for row in rows)


def sent_lines(connection: Connection, batch_id: int) -> Iterator[SentLine]:
    """Give everybody of a batch who was sent, in the order of the file."""
    sql = dialect.native(
        connection,
        "SELECT l.id, l.person_id, l.sheet, l.row_no, a.nik, a.name, a.sent_on, a.answered_on, "
        "a.accepted, a.reason, a.kpj, a.refused_cells <> '', l.status = ? "
        "FROM core_answer a JOIN batch_line l ON l.id = a.line_id "
        "WHERE a.batch_id = ? ORDER BY l.id",
    )
    for row in connection.exec_driver_sql(sql, (LineStatus.ACCEPTED.value, batch_id)):
        accepted = None if row[8] is None else bool(row[8])
        sent_on = _day(row[6])
        assert sent_on is not None  # the column is never empty
        flags = (bool(row[11]), bool(row[12]))
        yield SentLine._make((*row[:6], sent_on, _day(row[7]), accepted, *row[9:11], *flags))


class SilentBatch(NamedTuple):
    """A batch of which the core system owes answers for too long."""

    batch_id: int
    number: str
    people: int
    sent_on: date


def silent_batches(connection: Connection, sent_until: date) -> list[SilentBatch]:
    """Give the batches with people sent by a day and not answered, the longest wait first."""
    sql = dialect.native(
        connection,
        "SELECT b.id, b.number, count(*), min(a.sent_on) FROM core_answer a "
        "JOIN batch b ON b.id = a.batch_id WHERE a.accepted IS NULL AND a.sent_on <= ? "
        "GROUP BY b.id, b.number ORDER BY min(a.sent_on), b.id",
    )
    rows = connection.exec_driver_sql(sql, (sent_until.isoformat(),))
    return [SilentBatch._make((*row[:3], _day(row[3]))) for row in rows]


class RefusedBatch(NamedTuple):
    """A batch with people who were refused as they are and are still registered."""

    batch_id: int
    number: str
    people: int


def refused_batches(connection: Connection) -> list[RefusedBatch]:
    """Give the batches with people who were refused and are still registered, oldest first."""
    sql = dialect.native(
        connection,
        "SELECT b.id, b.number, count(*) FROM core_answer a "
        "JOIN batch_line l ON l.id = a.line_id JOIN batch b ON b.id = a.batch_id "
        "WHERE a.accepted = ? AND l.status = ? AND a.refused_cells = l.cells "
        "GROUP BY b.id, b.number ORDER BY b.id",
    )
    rows = connection.exec_driver_sql(sql, (False, LineStatus.ACCEPTED.value))
    return [RefusedBatch._make(row) for row in rows]


def refusals(connection: Connection, batch_id: int) -> Mapping[int, Refusal]:
    """Give what the core system has refused of a batch, by row."""
    sql = dialect.native(
        connection,
        "SELECT line_id, reason, refused_cells, answered_on FROM core_answer "
        "WHERE batch_id = ? AND accepted = ? AND refused_cells <> ''",
    )
    rows = connection.exec_driver_sql(sql, (batch_id, False)).all()
    words = {day: core_words(connection, _day(day)) for day in {row[3] for row in rows}}
    return {
        line_id: Refusal(words[day].refusal(reason), cells) for line_id, reason, cells, day in rows
    }


def core_words(connection: Connection, day: date | None) -> CoreWords:
    """Give what the words of the core system mean on a day; without one, what they ever meant."""
    query = select(core_word.c.words, core_word.c.meaning).order_by(core_word.c.id)
    if day is not None:
        last = core_word.c.valid_to
        query = query.where(core_word.c.valid_from <= day, or_(last.is_(None), last >= day))
    return CoreWords.of((row.words, row.meaning) for row in connection.execute(query))


def note_answers(
    connection: Connection, answers: Sequence[tuple[int, ReplyRow]], day: date
) -> None:
    """Write down what was answered about rows; a later answer takes the place of an earlier.

    A refused row keeps the cells that were refused.
    """
    sql = dialect.native(
        connection,
        "UPDATE core_answer SET answered_on = ?, accepted = ?, reason = ?, kpj = ?, "
        "refused_cells = CASE WHEN ? THEN '' ELSE "
        "(SELECT l.cells FROM batch_line l WHERE l.id = core_answer.line_id) END "
        "WHERE line_id = ?",
    )
    rows = [
        (day.isoformat(), answer.accepted, answer.reason, answer.kpj, answer.accepted, line_id)
        for line_id, answer in answers
    ]
    if rows:
        connection.exec_driver_sql(sql, rows)


def lift_refusal(connection: Connection, batch_id: int, line_id: int) -> bool:
    """Let a refused row in again as it is; False where it was not refused."""
    sql = dialect.native(
        connection,
        "UPDATE core_answer SET refused_cells = '' "
        "WHERE line_id = ? AND batch_id = ? AND refused_cells <> ''",
    )
    return connection.exec_driver_sql(sql, (line_id, batch_id)).rowcount > 0


def forget_sent(connection: Connection, line_ids: Sequence[int]) -> None:
    """Take rows off the list of those that were sent."""
    if line_ids:
        sql = dialect.native(connection, "DELETE FROM core_answer WHERE line_id = ?")
        connection.exec_driver_sql(sql, [(line_id,) for line_id in line_ids])


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
