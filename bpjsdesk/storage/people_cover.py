"""Which months of many people are paid, and by which earlier NIK or name somebody is known."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from bpjsdesk.storage import dialect
from bpjsdesk.storage.person_changes import APPROVED


class CoverRow(NamedTuple):
    """Somebody who was asked for by a NIK, once for each run of paid months; `nik` is today's."""

    asked: str
    person_id: int
    nik: str
    name: str
    from_month: date | None
    to_month: date | None
    agreement: str
    ended: str
    ended_on: date | None


class FormerName(NamedTuple):
    """What somebody was called by until a change was approved."""

    person_id: int
    before: str


def cover_of(connection: Connection, niks: Iterable[str]) -> Iterator[CoverRow]:
    """Look many NIKs up at once, those that were joined or changed too, with all paid months."""
    sql = dialect.native(
        connection,
        "WITH asked AS (SELECT p.nik AS nik, coalesce(g.kept_id, p.id) AS id "
        "FROM {texts} CROSS JOIN person p "
        "LEFT JOIN person_merge g ON g.merged_id = p.id AND g.undone_at = '' "
        "WHERE p.nik = j.value) "
        "SELECT a.nik, p.id, p.nik, p.name, m.from_month, m.to_month, coalesce(t.title, ''), "
        "coalesce(w.name, ''), e.since FROM asked a JOIN person p ON p.id = a.id "
        "LEFT JOIN membership m ON m.person_id = p.id AND m.status = 'ACTIVE' "
        "LEFT JOIN batch b ON b.id = m.batch_id LEFT JOIN agreement t ON t.id = b.agreement_id "
        "LEFT JOIN person_end e ON e.person_id = p.id AND e.undone_at = '' "
        "LEFT JOIN end_reason w ON w.code = e.reason ORDER BY a.nik, m.from_month, m.id",
    )
    for row in connection.exec_driver_sql(sql, (json.dumps(sorted(set(niks))),)):
        days = (_day(row[4]), _day(row[5]))
        yield CoverRow._make((*row[:4], *days, row[6], row[7], _day(row[8])))


def bearers_of_former(connection: Connection, niks: Iterable[str]) -> dict[str, str]:
    """Give, for each NIK that was changed on request, the one that its bearer has today."""
    changed = "SELECT 1 FROM person_request WHERE field = 'NIK' AND decision = ? LIMIT 1"
    if connection.exec_driver_sql(dialect.native(connection, changed), (APPROVED,)).first() is None:
        return {}  # most offices never change one: nothing is asked for each of many numbers
    sql = dialect.native(
        connection,
        "SELECT r.before, p.nik FROM {texts} CROSS JOIN person_request r "
        "JOIN person p ON p.id = r.person_id "
        "WHERE r.field = 'NIK' AND r.before = j.value AND r.decision = ? ORDER BY r.id",
    )
    found = connection.exec_driver_sql(sql, (json.dumps(sorted(set(niks))), APPROVED))
    return {row[0]: row[1] for row in found}


def names_before(connection: Connection, niks: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Give, by today's NIK, the names that people had until a change was approved."""
    sql = dialect.native(
        connection,
        "SELECT p.nik, r.before FROM {texts} CROSS JOIN person p "
        "JOIN person_request r ON r.person_id = p.id "
        "WHERE p.nik = j.value AND r.field = 'NAME' AND r.decision = ? ORDER BY r.id",
    )
    found: dict[str, tuple[str, ...]] = {}
    for nik, before in connection.exec_driver_sql(sql, (json.dumps(sorted(set(niks))), APPROVED)):
        found[nik] = (*found.get(nik, ()), before)
    return found


def by_former_nik(connection: Connection, digits: str, limit: int) -> list[FormerName]:
    """Find who had a NIK that begins so before it was changed."""
    wanted = "r.field = 'NIK' AND r.before >= ? AND r.before < ?"
    return _former(connection, wanted, (digits, digits + ":"), limit)


def by_former_name(connection: Connection, key: str, limit: int) -> list[FormerName]:
    """Find whose name held this before it was changed."""
    inside = "instr" if dialect.is_sqlite(connection) else "strpos"
    return _former(connection, f"r.field = 'NAME' AND {inside}(r.before, ?) > 0", (key,), limit)


def standings(
    connection: Connection, person_ids: Sequence[int], month: date
) -> Iterator[tuple[int, bool, bool, bool, bool]]:
    """Say of people whether they have ended, are paid for a month, for later, for earlier ones."""
    paid = "EXISTS (SELECT 1 FROM membership m WHERE m.person_id = p.id AND m.status = 'ACTIVE'"
    sql = dialect.native(
        connection,
        "SELECT p.id, EXISTS (SELECT 1 FROM person_end e WHERE e.person_id = p.id "  # noqa: S608  # a fixed part of the statement
        f"AND e.undone_at = ''), {paid} AND m.from_month <= ? AND m.to_month >= ?), "
        f"{paid} AND m.from_month > ?), {paid} AND m.to_month < ?) "
        "FROM {texts} CROSS JOIN person p WHERE p.id = CAST(j.value AS INTEGER)",
    )
    day = month.isoformat()
    rows = connection.exec_driver_sql(sql, (day, day, day, day, json.dumps(list(person_ids))))
    for row in rows:
        yield row[0], bool(row[1]), bool(row[2]), bool(row[3]), bool(row[4])


def _former(
    connection: Connection, wanted: str, values: tuple[str, ...], limit: int
) -> list[FormerName]:
    # plain SQL: this is asked with every letter that somebody types
    sql = (
        f"SELECT r.person_id, r.before FROM person_request r WHERE {wanted} "  # noqa: S608  # fixed parts
        "AND r.decision = ? ORDER BY r.id LIMIT ?"
    )
    rows = connection.exec_driver_sql(dialect.native(connection, sql), (*values, APPROVED, limit))
    return [FormerName(*row) for row in rows]


def _day(value: str | date | None) -> date | None:
    # plain SQL hands a day over as text where the engine has no dates
    return date.fromisoformat(value) if isinstance(value, str) else value
