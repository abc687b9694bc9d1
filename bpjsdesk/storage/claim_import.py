"""Many claims of a file into the store at once."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from bpjsdesk.domain.claim_rules import CLOSED_WITHOUT_PAYMENT
from bpjsdesk.domain.claims import Programme
from bpjsdesk.storage import dialect
from bpjsdesk.storage.schema import claim, person

# The columns of the bulk insert in order: plain tuples, for files of 200.000 claims.
ClaimValues = tuple[
    int, str, str, int, str, str, str, str, str | None, str | None, str | None, str | None,
    str | None, str, int, str,
]  # fmt: skip


def import_of(connection: Connection, digest: str) -> str | None:
    """Tell when claims of the same content were loaded before."""
    query = select(claim.c.created_at).where(claim.c.source_digest == digest).limit(1)
    return connection.execute(query).scalar()


def highest_claim_id(connection: Connection) -> int:
    return connection.execute(select(func.max(claim.c.id))).scalar() or 0


def add_many(
    connection: Connection,
    rows: Sequence[ClaimValues],
    components: Sequence[tuple[int, str, str, int]],
    *,
    source_digest: str,
    created_by: int,
    created_at: str,
) -> None:
    """Insert claims, one component and one step each.

    A component is (claim id, code, name, rupiah).
    """
    tail = (source_digest, created_by, created_at)
    _many(
        connection,
        "INSERT INTO claim (id, number, programme, person_id, participant_name, kpj, segment, "
        "category, region_code, event_on, filed_on, complete_on, paid_on, note, amount, status, "
        "payee_name, version, source_digest, created_by, created_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 1, ?, ?, ?)",
        [(*row, *tail) for row in rows],
    )
    _many(
        connection,
        "INSERT INTO claim_component (claim_id, seq, code, name, amount) VALUES (?, 1, ?, ?, ?)",
        components,
    )
    _many(
        connection,
        "INSERT INTO claim_event (claim_id, at, user_id, from_status, to_status, note) "
        "VALUES (?, ?, ?, '', ?, '')",
        [(row[0], created_at, created_by, row[-1]) for row in rows],
    )


def death_claimants(connection: Connection, person_ids: Iterable[int]) -> frozenset[int]:
    """Give those of these persons who have a death claim that is not closed unpaid."""
    rows = connection.execute(
        select(claim.c.person_id).where(
            claim.c.programme == Programme.JKM.value,
            claim.c.status.not_in(CLOSED_WITHOUT_PAYMENT),
        )
    ).scalars()
    return frozenset(rows) & frozenset(person_ids)


# (NIK, programme, day of the event, day of payment, rupiah): what makes two claims look the same
ClaimMark = tuple[str, str, date | None, date | None, int]


def recorded_marks(connection: Connection, niks: Iterable[str]) -> Counter[ClaimMark]:
    """Count the claims of these people that are recorded and not closed unpaid, by their mark."""
    query = (
        select(person.c.nik, claim.c.programme, claim.c.event_on, claim.c.paid_on, claim.c.amount)
        .join(person, person.c.id == claim.c.person_id)
        .where(claim.c.status.not_in(CLOSED_WITHOUT_PAYMENT))
    )
    wanted = frozenset(niks)
    return Counter(tuple(row) for row in connection.execute(query) if row.nik in wanted)


def _many(connection: Connection, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        connection.exec_driver_sql(dialect.native(connection, sql), list(rows))


def day_text(day: date | None) -> str | None:
    """Write a day as the store keeps it."""
    return None if day is None else day.isoformat()
