"""The register of persons: pages in name order, and search by any part of a name or NIK."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, select

from bpjsdesk.domain.identity import mask_nik, mask_phone
from bpjsdesk.domain.people import Membership, Numbers, Person, PersonClaim, PersonListItem
from bpjsdesk.storage import dialect
from bpjsdesk.storage.schema import agreement, agreement_quota, batch, claim, membership, person
from bpjsdesk.storage.schema_reference import category, claim_status, region
from bpjsdesk.storage.schema_staging import person_merge

AFTER_ALL = "\U0010ffff"
SORTED_HITS = 12_000  # above this, walking all names finds 100 rows sooner than sorting
ROW = (
    select(
        person.c.id,
        person.c.nik,
        person.c.name,
        person.c.birth_date,
        person.c.sex,
        region.c.name.label("region_name"),
        person.c.phone,
    )
    .select_from(person)
    .outerjoin(region, region.c.code == person.c.region_code)
)
NAME_ORDER = (person.c.name_key, person.c.id)


JOINED = select(person_merge.c.merged_id).where(person_merge.c.undone_at == "")


def count_people(connection: Connection) -> int:
    """Count the persons; whoever was joined to another counts with that one."""
    everybody = connection.execute(select(func.count()).select_from(person)).scalar_one()
    joined = connection.execute(select(func.count()).select_from(JOINED.subquery())).scalar_one()
    return everybody - joined


def ids_in_name_order(connection: Connection) -> Iterable[int]:
    """Stream every id from the covering name index."""
    joined = frozenset(connection.execute(JOINED).scalars())
    rows = connection.execution_options(yield_per=10_000).execute(
        select(person.c.id).order_by(*NAME_ORDER)
    )
    ids = (row[0] for row in rows)
    return (each for each in ids if each not in joined) if joined else ids


def first_people(connection: Connection, limit: int) -> list[PersonListItem]:
    """Read the top of the list without knowing the rest."""
    query = ROW.order_by(*NAME_ORDER).limit(limit)
    return _items(connection, query.where(person.c.id.not_in(JOINED)))


def people_by_id(connection: Connection, ids: Sequence[int]) -> list[PersonListItem]:
    """Read the given people, in the given order."""
    wanted = list(ids)
    # plain SQL with one list parameter: expanding a hundred of them costs as much as reading
    sql = dialect.native(
        connection,
        "SELECT p.id, p.nik, p.name, p.birth_date, p.sex, r.name, p.phone FROM {texts} "
        "CROSS JOIN person p LEFT JOIN region r ON r.code = p.region_code "
        "WHERE p.id = CAST(j.value AS INTEGER)",
    )
    rows = connection.exec_driver_sql(sql, (json.dumps(wanted),))
    found = {row[0]: _item(row) for row in rows}
    return [found[person_id] for person_id in wanted if person_id in found]


def by_nik_start(connection: Connection, digits: str, limit: int) -> list[PersonListItem]:
    """Find by the first digits of the NIK, in NIK order."""
    inside = (person.c.nik >= digits) & (person.c.nik < digits + ":")
    return _items(connection, ROW.where(inside).order_by(person.c.nik).limit(limit))


def by_name_start(connection: Connection, key: str, limit: int) -> list[PersonListItem]:
    """Find by the beginning of the name, in name order."""
    inside = (person.c.name_key >= key) & (person.c.name_key < key + AFTER_ALL)
    return _items(connection, ROW.where(inside).order_by(*NAME_ORDER).limit(limit))


def by_name_part(connection: Connection, key: str, limit: int) -> list[PersonListItem]:
    """Find names that have `key` (three letters or more) after their beginning, in name order."""
    ids = dialect.ids_by_name_part(connection, key, limit=limit, at_most=SORTED_HITS)
    if ids is None:
        contains = dialect.after_beginning(connection, person.c.name_key, key)
        query = select(person.c.id).where(contains).order_by(*NAME_ORDER).limit(limit)
        ids = list(connection.execute(query).scalars())
    return people_by_id(connection, ids)


def kept_in_place_of(connection: Connection, ids: Sequence[int]) -> dict[int, int]:
    """Give, for those who were joined to another person, that person."""
    sql = dialect.native(
        connection,
        "SELECT g.merged_id, g.kept_id FROM {texts} CROSS JOIN person_merge g "
        "WHERE g.merged_id = CAST(j.value AS INTEGER) AND g.undone_at = ''",
    )
    rows = connection.exec_driver_sql(sql, (json.dumps(list(ids)),))
    return {row[0]: row[1] for row in rows}


def _items(connection: Connection, query: Select[Any]) -> list[PersonListItem]:
    return [_item(row) for row in connection.execute(query)]


def _item(row: Sequence[Any]) -> PersonListItem:
    return PersonListItem(
        person_id=row[0],
        masked_nik=mask_nik(row[1]),
        name=row[2],
        # plain SQL hands a day over as text where the engine has no dates
        birth_date=date.fromisoformat(row[3]) if isinstance(row[3], str) else row[3],
        sex=row[4],
        region_name=row[5] or "",
        phone=mask_phone(row[6]),
    )


def numbers_of(connection: Connection, person_id: int) -> Numbers | None:
    """Read what is masked of a person; None when there is no such person."""
    query = select(person.c.nik, person.c.phone).where(person.c.id == person_id)
    row = connection.execute(query).first()
    return None if row is None else Numbers(*row)


def get_person(connection: Connection, person_id: int) -> Person | None:
    """Read one person with memberships and claims."""
    row = connection.execute(
        select(person, region.c.name.label("region_name"))
        .outerjoin(region, region.c.code == person.c.region_code)
        .where(person.c.id == person_id)
    ).first()
    if row is None:
        return None
    return Person(
        person_id=row.id,
        masked_nik=mask_nik(row.nik),
        name=row.name,
        birth_date=row.birth_date,
        birth_place=row.birth_place,
        sex=row.sex,
        address=row.address,
        region_name=row.region_name or "",
        phone=mask_phone(row.phone),
        occupation=row.occupation,
        memberships=_memberships(connection, person_id),
        claims=_claims(connection, person_id),
    )


def _memberships(connection: Connection, person_id: int) -> tuple[Membership, ...]:
    query = (
        select(
            membership,
            batch.c.number,
            agreement.c.title,
            category.c.name.label("category_name"),
            agreement_quota.c.programmes,
        )
        .join(batch, batch.c.id == membership.c.batch_id)
        .join(agreement, agreement.c.id == batch.c.agreement_id)
        .join(agreement_quota, agreement_quota.c.id == batch.c.quota_id)
        .join(category, category.c.code == batch.c.category)
        .where(membership.c.person_id == person_id)
        .order_by(membership.c.from_month.desc())
    )
    return tuple(
        Membership(
            membership_id=row.id,
            batch_id=row.batch_id,
            batch_number=row.number,
            agreement_title=row.title,
            category_name=row.category_name,
            programmes=tuple(row.programmes.split()),
            from_month=row.from_month,
            to_month=row.to_month,
            status=row.status,
        )
        for row in connection.execute(query)
    )


def _claims(connection: Connection, person_id: int) -> tuple[PersonClaim, ...]:
    query = (
        select(claim, claim_status.c.name.label("status_name"), claim_status.c.colour)
        .join(claim_status, claim_status.c.code == claim.c.status)
        .where(claim.c.person_id == person_id)
        .order_by(claim.c.filed_on.desc())
    )
    return tuple(
        PersonClaim(
            claim_id=row.id,
            number=row.number,
            programme=row.programme,
            status_name=row.status_name,
            amount=row.amount,
            event_on=row.event_on,
            payee_name=row.payee_name,
            colour=row.colour,
        )
        for row in connection.execute(query)
    )
