"""Batches in the store: who is known already, bulk rows in, lists and counters out."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, insert, select

from bpjsdesk.domain.enrollment import BatchCounts, BatchListItem, BatchStatus, LineStatus
from bpjsdesk.domain.period import add_months
from bpjsdesk.storage import dialect
from bpjsdesk.storage.departures import departures
from bpjsdesk.storage.people_cover import bearers_of_former, names_before
from bpjsdesk.storage.schema import (
    agreement,
    agreement_quota,
    app_user,
    batch,
    batch_line,
    membership,
    person,
)
from bpjsdesk.storage.schema_reference import category, region
from bpjsdesk.storage.schema_staging import line_decision
from bpjsdesk.storage.staging import LEFT_OUT

ACTIVE = "ACTIVE"

# Their content may be loaded anew.
_LOADED_NO_MORE = (BatchStatus.UNDONE.value, BatchStatus.DISCARDED.value)


class Known(NamedTuple):
    """What the register holds of a NIK: the person, and whether these months are taken.

    `has_died` follows an end of membership or a death claim; `has_left` any other end after which
    nobody is expected to come back. `is_former` says that the person bears another NIK by now, and
    `former_names` then what else the person was called. `born` is the birth date as it is stored.
    """

    person_id: int
    name: str
    is_active: bool
    has_died: bool = False
    has_left: bool = False
    is_former: bool = False
    former_names: tuple[str, ...] = ()
    born: str | None = None


class EarlierBatch(NamedTuple):
    """A batch that holds the same content already."""

    number: str
    loaded_on: date


class NewPerson(NamedTuple):
    """The columns of a person in the order of the bulk insert."""

    person_id: int
    nik: str
    name: str
    name_key: str
    birth_date: str | None
    birth_place: str
    sex: str
    address: str
    region_code: str | None
    phone: str
    occupation: str


class NewLine(NamedTuple):
    """The columns of a batch line in the order of the bulk insert."""

    batch_id: int
    sheet: str
    row_no: int
    status: str
    codes: str
    person_id: int | None
    cells: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLine:
    """A row of the file as it was stored."""

    line_id: int
    sheet: str
    row_no: int
    status: LineStatus
    codes: tuple[str, ...]
    cells: str


def known_people(
    connection: Connection, niks: Iterable[str], *, from_month: date, to_month: date
) -> dict[str, Known]:
    """Look many NIKs up at once; `is_active` says that a paid month of these is taken already.

    Who was joined to another is that other; a NIK that was changed on request means its bearer.
    """
    wanted, months = set(niks), (from_month, to_month)
    rows = _bearers(connection, wanted, months)
    former = bearers_of_former(connection, wanted.difference(row[0] for row in rows))
    rows += _bearers(connection, former.values(), months) if former else []
    died, left = departures(connection, {row[1] for row in rows})
    known = {
        nik: Known(person_id, name, bool(active), person_id in died, person_id in left, born=born)
        for nik, person_id, name, active, born in rows
    }
    names = names_before(connection, former.values()) if former else {}
    for nik, bearer in former.items():
        known[nik] = known[bearer]._replace(is_former=True, former_names=names.get(bearer, ()))
    return {nik: known[nik] for nik in wanted & known.keys()} if former else known


def _bearers(connection: Connection, niks: Iterable[str], months: tuple[date, date]) -> list[Any]:
    """Give NIK, id, name, whether a month is paid and birth date of the bearers of NIKs today."""
    sql = dialect.native(
        connection,
        # whoever was joined to another is that other
        "SELECT p.nik, coalesce(g.kept_id, p.id), p.name, EXISTS (SELECT 1 FROM membership m "
        "WHERE m.person_id = coalesce(g.kept_id, p.id) "
        "AND m.status = 'ACTIVE' AND m.from_month <= ? AND m.to_month >= ?), p.birth_date "
        "FROM {texts} CROSS JOIN person p "
        "LEFT JOIN person_merge g ON g.merged_id = p.id AND g.undone_at = '' "
        "WHERE p.nik = j.value",
    )
    first, last = months
    parameters = (last.isoformat(), first.isoformat(), json.dumps(_in_order(niks)))
    return list(connection.exec_driver_sql(sql, parameters))


def _in_order(texts: Iterable[str], pieces: int = 8) -> list[str]:
    """Sort each text once; in pieces first, because nobody else gets Python while one is sorted."""
    every = list(set(texts))
    return sorted(chain.from_iterable(sorted(every[start::pieces]) for start in range(pieces)))


def highest_person_id(connection: Connection) -> int:
    """Give the highest id that anybody has or had: none is given to a second person."""
    newest = connection.execute(select(func.max(person.c.id))).scalar()
    return max(newest or 0, dialect.highest_kept_id(connection))


def add_people(connection: Connection, people: Sequence[NewPerson]) -> None:
    """Insert persons, sorted by NIK, and their names into the search index."""
    if not people:
        return
    before = highest_person_id(connection)
    sql = (
        "INSERT INTO person (id, nik, name, name_key, birth_date, birth_place, sex, address, "
        "region_code, phone, occupation) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    connection.exec_driver_sql(dialect.native(connection, sql), list(people))
    dialect.index_new_people(connection, before)


def add_lines(connection: Connection, lines: Sequence[NewLine]) -> None:
    """Insert the rows of a file."""
    if not lines:
        return
    sql = (
        "INSERT INTO batch_line (batch_id, sheet, row_no, status, codes, person_id, cells) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)"
    )
    connection.exec_driver_sql(dialect.native(connection, sql), list(lines))


def add_memberships(
    connection: Connection,
    person_ids: Sequence[int],
    *,
    batch_id: int,
    from_month: date,
    to_month: date,
) -> None:
    """Give each person these contribution months under the batch."""
    if not person_ids:
        return
    sql = (
        "INSERT INTO membership (person_id, batch_id, from_month, to_month, status) "
        "VALUES (?, ?, ?, ?, ?)"
    )
    first, last = from_month.isoformat(), to_month.isoformat()
    rows = [(person_id, batch_id, first, last, ACTIVE) for person_id in person_ids]
    connection.exec_driver_sql(dialect.native(connection, sql), rows)


def add_batch(connection: Connection, values: Mapping[str, Any]) -> int:
    """Insert the batch itself with the next number of its year."""
    year = values["created_at"][:4]
    newest = connection.execute(
        select(func.max(batch.c.number)).where(batch.c.number.startswith(f"B-{year}-"))
    ).scalar()
    following = 1 if newest is None else int(newest.rsplit("-", 1)[1]) + 1
    done = connection.execute(
        insert(batch).values(number=f"B-{year}-{following:05d}", version=1, **values)
    )
    key = done.inserted_primary_key
    assert key is not None  # an insert of one row always answers with its key
    return int(key[0])


def batch_with_content(
    connection: Connection, digest: str, *, quota_id: int, from_month: date, to_month: date
) -> EarlierBatch | None:
    """Find an earlier batch of the same content under a quota line with a month in common."""
    rows = connection.execute(
        select(batch.c.number, batch.c.created_at, batch.c.from_month, batch.c.months)
        .where(batch.c.source_digest == digest, batch.c.quota_id == quota_id)
        .where(batch.c.status.not_in(_LOADED_NO_MORE))
        .order_by(batch.c.id)
    )
    for row in rows:
        last = add_months(row.from_month, row.months - 1)
        if row.from_month <= to_month and last >= from_month:
            return EarlierBatch(row.number, date.fromisoformat(row.created_at[:10]))
    return None


def list_batches(
    connection: Connection, *, agreement_id: int | None = None, batch_id: int | None = None
) -> tuple[BatchListItem, ...]:
    """Give batches, newest first."""
    query = (
        select(
            batch,
            agreement.c.title,
            category.c.name.label("category_name"),
            app_user.c.display_name,
        )
        .join(agreement, agreement.c.id == batch.c.agreement_id)
        .join(category, category.c.code == batch.c.category)
        .join(app_user, app_user.c.id == batch.c.created_by)
        .order_by(batch.c.id.desc())
    )
    if agreement_id is not None:
        query = query.where(batch.c.agreement_id == agreement_id)
    if batch_id is not None:
        query = query.where(batch.c.id == batch_id)
    return tuple(_item(row) for row in connection.execute(query))


def _item(row: Any) -> BatchListItem:
    counts = BatchCounts(
        read=row.read,
        blank=row.blank,
        ignored=row.ignored,
        accepted=row.accepted,
        held=row.held,
    )
    return BatchListItem(
        batch_id=row.id,
        number=row.number,
        agreement_id=row.agreement_id,
        agreement_title=row.title,
        category_name=row.category_name,
        source_name=row.source_name,
        from_month=row.from_month,
        months=row.months,
        counts=counts,
        amount=row.amount,
        created_at=row.created_at,
        created_by=row.display_name,
        status=row.status,
    )


def batch_row(connection: Connection, batch_id: int) -> Any:
    """Read the plain columns of a batch with its quota line's terms; None when there is none."""
    return connection.execute(
        select(batch, agreement_quota.c.segment, agreement_quota.c.programmes)
        .join(agreement_quota, agreement_quota.c.id == batch.c.quota_id)
        .where(batch.c.id == batch_id)
    ).first()


def stored_lines(connection: Connection, batch_id: int, status: LineStatus) -> Iterator[StoredLine]:
    """Stream the rows of a batch that have a status, in the order of the file."""
    query = (
        select(batch_line)
        .where(batch_line.c.batch_id == batch_id, batch_line.c.status == status.value)
        .order_by(batch_line.c.id)
    )
    for row in connection.execute(query):
        yield StoredLine(
            line_id=row.id,
            sheet=row.sheet,
            row_no=row.row_no,
            status=LineStatus(row.status),
            codes=tuple(row.codes.split()),
            cells=row.cells,
        )


def code_counts(connection: Connection, batch_id: int) -> dict[str, int]:
    """Count the stored rows by issue code; what a clerk has left out is held for no reason."""
    out = select(line_decision.c.line_id).where(line_decision.c.outcome.in_(LEFT_OUT))
    rows = connection.execute(
        select(batch_line.c.codes, func.count())
        .where(batch_line.c.batch_id == batch_id, batch_line.c.codes != "")
        .where(batch_line.c.id.not_in(out))
        .group_by(batch_line.c.codes)
    )
    counts: dict[str, int] = {}
    for codes, number in rows:
        for code in codes.split():
            counts[code] = counts.get(code, 0) + number
    return counts


def participants(connection: Connection, batch_id: int) -> list[tuple[Any, ...]]:
    """Give (nik, name, sex, birth date, village, district, KPJ), in order of place and name."""
    sql = dialect.native(
        connection,
        "SELECT p.nik, p.name, p.sex, p.birth_date, v.name, d.name, "
        "coalesce((SELECT max(a.kpj) FROM batch_line l JOIN core_answer a ON a.line_id = l.id "
        "WHERE l.person_id = p.id AND l.batch_id = m.batch_id), '') FROM membership m "
        "JOIN person p ON p.id = m.person_id LEFT JOIN region v ON v.code = p.region_code "
        "LEFT JOIN region d ON d.code = v.parent_code "
        "WHERE m.batch_id = ? AND m.status = 'ACTIVE' "
        "ORDER BY p.region_code IS NULL, p.region_code, p.name_key, p.id",
    )
    return [tuple(row) for row in connection.exec_driver_sql(sql, (batch_id,))]


def submitted_heads(connection: Connection, quota_id: int) -> int:
    """Count the rows already accepted under a quota line."""
    accepted = connection.execute(
        select(func.sum(batch.c.accepted)).where(batch.c.quota_id == quota_id)
    ).scalar()
    return int(accepted or 0)


def active_members(connection: Connection, agreement_id: int, month: date) -> int:
    """Count the people of an agreement whose paid months cover `month`."""
    return connection.execute(
        select(func.count(func.distinct(membership.c.person_id)))
        .join(batch, batch.c.id == membership.c.batch_id)
        .where(
            batch.c.agreement_id == agreement_id,
            membership.c.status == ACTIVE,
            membership.c.from_month <= month,
            membership.c.to_month >= month,
        )
    ).scalar_one()


def active_in_batch(connection: Connection, batch_id: int, month: date) -> int:
    """Count the memberships of a batch that cover `month`."""
    return connection.execute(
        select(func.count())
        .select_from(membership)
        .where(
            membership.c.batch_id == batch_id,
            membership.c.status == ACTIVE,
            membership.c.from_month <= month,
            membership.c.to_month >= month,
        )
    ).scalar_one()


def region_of_agreement(connection: Connection, agreement_id: int) -> str:
    """Name the region of an agreement; empty where it has none."""
    name = connection.execute(
        select(region.c.name)
        .join(agreement, agreement.c.region_code == region.c.code)
        .where(agreement.c.id == agreement_id)
    ).scalar()
    return name or ""


def batches_that_do_not_add_up(connection: Connection) -> tuple[str, ...]:
    """Name the batches whose counters differ from their stored rows or memberships."""
    stored = {
        (row.batch_id, row.status): row.number
        for row in connection.execute(
            select(
                batch_line.c.batch_id, batch_line.c.status, func.count().label("number")
            ).group_by(batch_line.c.batch_id, batch_line.c.status)
        )
    }
    rows = connection.execute(
        select(batch.c.id, batch.c.number, batch.c.accepted, batch.c.held, batch.c.ignored)
    )
    return tuple(
        row.number
        for row in rows
        if (row.accepted, row.held, row.ignored)
        != tuple(stored.get((row.id, status), 0) for status in ("ACCEPTED", "HELD", "IGNORED"))
    )
