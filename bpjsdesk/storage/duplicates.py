"""Who in the register may be one with a row of a list, and what was said of such pairs before."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select

from bpjsdesk.domain.duplicates import Remembered
from bpjsdesk.storage import dialect
from bpjsdesk.storage.schema import agreement, app_user, batch_line
from bpjsdesk.storage.schema_staging import line_decision, person_merge, person_pair

AT_ONCE = 1 << 15
_KEY_WIDTH = 20  # holds a birth date and, as the table does, a telephone
# What a list may bring to somebody who is known already.
CARRIED = ("phone", "address", "region_code", "occupation", "birth_place", "birth_date", "sex")
_VALUES = (
    "p.id, p.nik, p.name, coalesce(CAST(p.birth_date AS TEXT), ''), p.sex, p.birth_place, "
    "p.address, coalesce(p.region_code, ''), p.phone, p.occupation"
)


class PaidMonths(NamedTuple):
    """Months of a person that another agreement pays; `rates` are those of its batch, as JSON."""

    person_id: int
    agreement_id: int
    agreement_title: str
    valid_from: str
    batch_number: str
    from_month: date
    to_month: date
    batch_from: date
    rates: str


class SeenPair(NamedTuple):
    """What somebody said of a pair, and the values by which it was judged, as JSON."""

    seen: str
    user_name: str
    at: str


# What everybody is compared by, birth date, name and telephone: there may be a million.
NamedRow = tuple[str | None, str, str]
# A person in full: the id, then the texts of a `PersonValues`.
PersonRow = tuple[Any, ...]


def people_by_nik(connection: Connection, niks: Iterable[str]) -> dict[str, PersonRow]:
    """Look many NIKs up at once."""
    sql = f"SELECT {_VALUES} FROM {{texts}} CROSS JOIN person p WHERE p.nik = j.value"  # noqa: S608  # a fixed list of columns
    return {row[1]: row for row in _people(connection, sql, sorted(niks))}


def people_born_on(
    connection: Connection, keys: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], list[PersonRow]]:
    """Find people by birth date and name key."""
    return _people_named(connection, "coalesce(CAST(p.birth_date AS TEXT), '')", keys)


def people_reached_by(
    connection: Connection, keys: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], list[PersonRow]]:
    """Find people by telephone and name key."""
    return _people_named(connection, "p.phone", keys)


def _people_named(
    connection: Connection, column: str, keys: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], list[PersonRow]]:
    # one text carries both: what comes first is filled up to a width that holds any of it
    sql = (
        f"SELECT {_VALUES}, {column}, p.name_key FROM {{texts}} CROSS JOIN person p "  # noqa: S608  # fixed names of columns
        f"WHERE p.name_key = substr(j.value, {_KEY_WIDTH + 1}) "
        f"AND {column} = rtrim(substr(j.value, 1, {_KEY_WIDTH}))"
    )
    texts = sorted(f"{key:<{_KEY_WIDTH}}{name}" for key, name in keys)
    found: dict[tuple[str, str], list[PersonRow]] = {}
    for *person, key, name in _people(connection, sql, texts):
        found.setdefault((key, name), []).append(tuple(person))
    return found


def _people(connection: Connection, sql: str, keys: Sequence[str | int]) -> list[PersonRow]:
    rows = connection.exec_driver_sql(dialect.native(connection, sql), (json.dumps(keys),))
    # straight from the driver: wrapping the rows would take as long as finding them
    return list(rows.cursor.fetchall())


def all_names(connection: Connection) -> Iterator[Sequence[NamedRow]]:
    """Stream everybody by what doubles are looked for, some tens of thousands at a time."""
    rows = connection.exec_driver_sql("SELECT birth_date, name_key, phone FROM person")
    cursor = rows.cursor
    # straight from the driver: wrapping a million rows would take longer than reading them
    while part := cursor.fetchmany(AT_ONCE):
        yield part


def merged_into(connection: Connection) -> dict[int, int]:
    """Give, for everybody who was joined to another person, that person."""
    query = select(person_merge.c.merged_id, person_merge.c.kept_id)
    rows = connection.execute(query.where(person_merge.c.undone_at == ""))
    return {row.merged_id: row.kept_id for row in rows}


def began_on(connection: Connection, agreement_id: int) -> str:
    """Give the day from which an agreement counts, as text; empty where it has none."""
    query = select(agreement.c.valid_from, agreement.c.signed_on)
    row = connection.execute(query.where(agreement.c.id == agreement_id)).one()
    return str(row.valid_from or row.signed_on or "")


def paid_elsewhere(
    connection: Connection, person_ids: Iterable[int], months: tuple[date, date], *, but: int
) -> list[PaidMonths]:
    """Find the active months of people that lie in these, under any agreement `but` one."""
    sql = dialect.native(
        connection,
        "SELECT m.person_id, a.id, a.title, coalesce(a.valid_from, a.signed_on), b.number, "
        "m.from_month, m.to_month, b.from_month, b.rates FROM {texts} "
        "CROSS JOIN membership m JOIN batch b ON b.id = m.batch_id "
        "JOIN agreement a ON a.id = b.agreement_id "
        "WHERE m.person_id = CAST(j.value AS INTEGER) AND m.status = 'ACTIVE' "
        "AND m.from_month <= ? AND m.to_month >= ? AND a.id <> ? "
        "ORDER BY m.person_id, m.from_month",
    )
    first, last = months
    parameters = (json.dumps(sorted(person_ids)), last.isoformat(), first.isoformat(), but)
    rows = connection.exec_driver_sql(sql, parameters)
    return [
        PaidMonths(
            person_id=row[0],
            agreement_id=row[1],
            agreement_title=row[2],
            valid_from=str(row[3] or ""),
            batch_number=row[4],
            from_month=_day(row[5]),
            to_month=_day(row[6]),
            batch_from=_day(row[7]),
            rates=row[8],
        )
        for row in rows
    ]


def _day(value: str | date) -> date:
    # plain SQL hands a day over as text where the engine has no dates
    return date.fromisoformat(value) if isinstance(value, str) else value


def seen_pairs(connection: Connection) -> dict[tuple[str, str], SeenPair]:
    """Give every pair that somebody called two persons, as it was last said."""
    query = (
        select(person_pair, app_user.c.display_name)
        .join(app_user, app_user.c.id == person_pair.c.user_id)
        .order_by(person_pair.c.id)
    )
    return {
        (row.first_nik, row.second_nik): SeenPair(row.seen, row.display_name, row.at)
        for row in connection.execute(query)
    }


def remembered(found: SeenPair, seen: str) -> Remembered:
    """Compare what was seen then with what is seen now."""
    return Remembered(found.user_name, found.at, found.seen == seen)


def remember_apart(
    connection: Connection,
    pairs: Mapping[tuple[str, str], str],
    *,
    user_id: int,
    at: str,
    step_id: int,
) -> None:
    """Write down that these are two persons each."""
    for (first, second), seen in pairs.items():
        values = {"first_nik": first, "second_nik": second, "seen": seen, "decision": "NOT_SAME"}
        said = {"user_id": user_id, "at": at, "step_id": step_id}
        connection.execute(insert(person_pair).values(**values, **said))


def matched_lines(connection: Connection, batch_id: int) -> dict[int, tuple[str, str]]:
    """Give the outcome and the reason of each decided row of a batch."""
    query = (
        select(line_decision.c.line_id, line_decision.c.outcome, line_decision.c.reason)
        .join(batch_line, batch_line.c.id == line_decision.c.line_id)
        .where(batch_line.c.batch_id == batch_id)
    )
    return {row.line_id: (row.outcome, row.reason) for row in connection.execute(query)}


def carry_over(connection: Connection, updates: Mapping[int, Mapping[str, str]]) -> None:
    """Write what a list says of people into the register; what it leaves open stays."""
    sql = dialect.native(
        connection,
        "UPDATE person SET phone = coalesce(?, phone), address = coalesce(?, address), "
        "region_code = coalesce(?, region_code), occupation = coalesce(?, occupation), "
        "birth_place = coalesce(?, birth_place), birth_date = coalesce(birth_date, ?), "
        "sex = CASE WHEN sex = '' THEN coalesce(?, sex) ELSE sex END, version = version + 1 "
        "WHERE id = ?",
    )
    rows = [
        (*(values.get(field) or None for field in CARRIED), person_id)
        for person_id, values in updates.items()
    ]
    if rows:
        connection.exec_driver_sql(sql, rows)
