"""Warnings that a clerk has taken for in order, by row of a list in work."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from bpjsdesk.domain.enrollment import LineStatus
from bpjsdesk.domain.ignored_warnings import Ignored, IgnoredLine
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.storage import dialect

_CODES = {code.value: code for code in IssueCode}  # a list has thousands of them


class SeenWarning(NamedTuple):
    """A warning of a row, with the cells that were seen, as JSON text."""

    line_id: int
    code: IssueCode
    seen: str


def add(connection: Connection, step_id: int, warnings: Iterable[SeenWarning]) -> None:
    """Write down which warnings a step has taken for in order."""
    sql = "INSERT INTO ignored_warning (step_id, line_id, code, seen) VALUES (?, ?, ?, ?)"
    rows = [(step_id, each.line_id, each.code.value, each.seen) for each in warnings]
    if rows:
        connection.exec_driver_sql(dialect.native(connection, sql), rows)


def said(connection: Connection, batch_id: int) -> Iterator[tuple[SeenWarning, Ignored]]:
    """Give what was said of the rows of a batch, oldest first; what was undone is not there."""
    sql = dialect.native(
        connection,
        "SELECT i.line_id, i.code, i.seen, s.seq, s.note, u.display_name, s.at FROM batch_step s "
        "JOIN ignored_warning i ON i.step_id = s.id JOIN app_user u ON u.id = s.user_id "
        "WHERE s.batch_id = ? ORDER BY s.seq, i.line_id",
    )
    words: dict[int, Ignored] = {}  # one for all rows of a step
    for line_id, code, seen, seq, *word in connection.exec_driver_sql(sql, (batch_id,)).all():
        if seq not in words:
            words[seq] = Ignored(*word)
        yield SeenWarning(line_id, _CODES[code], seen), words[seq]


def forget(connection: Connection, warnings: Sequence[SeenWarning]) -> None:
    """Leave out what was said of cells that were others when their row was taken in."""
    sql = "DELETE FROM ignored_warning WHERE line_id = ? AND code = ? AND seen = ?"
    if warnings:
        rows = [(line_id, code.value, seen) for line_id, code, seen in warnings]
        connection.exec_driver_sql(dialect.native(connection, sql), rows)


def accepted(connection: Connection, batch_id: int) -> list[IgnoredLine]:
    """Count the accepted rows of a batch by warning and reason, the most rows first."""
    sql = dialect.native(
        connection,
        "SELECT i.code, s.note, count(DISTINCT i.line_id) FROM batch_step s "
        "JOIN ignored_warning i ON i.step_id = s.id JOIN batch_line l ON l.id = i.line_id "
        "WHERE s.batch_id = ? AND l.status = ? GROUP BY i.code, s.note "
        "ORDER BY count(DISTINCT i.line_id) DESC, i.code, s.note",
    )
    rows = connection.exec_driver_sql(sql, (batch_id, LineStatus.ACCEPTED.value))
    return [
        IgnoredLine(code=IssueCode(code), reason=reason, rows=count) for code, reason, count in rows
    ]
