"""Lists over all agreements: rows for the screen, renewal links, counters, claims paid."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, func, select

from bpjsdesk.domain.agreements import (
    AgreementCounters,
    AgreementListItem,
    Stage,
    days_left_on,
    status_on,
)
from bpjsdesk.domain.enrollment import BatchStatus
from bpjsdesk.storage import enrollment
from bpjsdesk.storage.schema import (
    agreement,
    agreement_party,
    agreement_quota,
    batch,
    claim,
    office,
)
from bpjsdesk.storage.schema_reference import agreement_kind

PAID = "PAID"

# Nobody has laid these lists before the office.
_NOT_SUBMITTED = tuple(
    status.value for status in (BatchStatus.DRAFT, BatchStatus.DISCARDED, BatchStatus.UNDONE)
)


def all_agreements(
    connection: Connection, *, today: date, expiring_days: int
) -> tuple[AgreementListItem, ...]:
    """Give every agreement with heads and rupiah of its quota lines, newest first."""
    parties = _parties(connection)
    own = _own_institution(connection)
    renewed = renewed_ids(connection)

    def item(row: Any) -> AgreementListItem:
        status = status_on(
            today,
            stage=Stage(row.stage),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            expiring_days=expiring_days,
            renewed=row.id in renewed,
        )
        mine = parties.get(row.id, [])
        return AgreementListItem(
            agreement_id=row.id,
            title=row.title,
            kind_name=row.kind_name,
            partner=_partner(mine, own),
            numbers=tuple(number for _, number in mine if number),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            status=status,
            days_left=days_left_on(today, row.valid_to),
            heads=int(row.heads),
            amount=int(row.amount),
        )

    return tuple(map(item, connection.execute(_list_query())))


def _list_query() -> Select[Any]:
    totals = _quota_totals()
    return (
        select(
            agreement.c.id,
            agreement.c.title,
            agreement.c.stage,
            agreement.c.valid_from,
            agreement.c.valid_to,
            agreement_kind.c.name.label("kind_name"),
            func.coalesce(totals.c.heads, 0).label("heads"),
            func.coalesce(totals.c.amount, 0).label("amount"),
        )
        .join(agreement_kind, agreement_kind.c.code == agreement.c.kind)
        .outerjoin(totals, totals.c.agreement_id == agreement.c.id)
        .order_by(agreement.c.id.desc())
    )


def renewed_ids(connection: Connection) -> frozenset[int]:
    """Give the agreements that a signed one continues."""
    query = select(agreement.c.renews_id).where(
        agreement.c.renews_id.is_not(None), agreement.c.stage == Stage.SIGNED.value
    )
    return frozenset(connection.execute(query).scalars())


def links(connection: Connection) -> list[tuple[int, int]]:
    """Give every (newer, older) pair that a renewal or an amendment ties together."""
    rows = connection.execute(select(agreement.c.id, agreement.c.renews_id, agreement.c.amends_id))
    return [(row.id, older) for row in rows for older in row[1:] if older is not None]


def counters(connection: Connection, agreement_id: int, *, month: date) -> AgreementCounters:
    """Count quota, names submitted, names accepted and people whose paid months cover `month`."""
    quota = connection.execute(
        select(func.sum(agreement_quota.c.heads)).where(
            agreement_quota.c.agreement_id == agreement_id
        )
    ).scalar()
    row = connection.execute(
        select(
            func.coalesce(func.sum(batch.c.accepted + batch.c.held), 0).label("submitted"),
            func.coalesce(func.sum(batch.c.accepted), 0).label("valid"),
        ).where(batch.c.agreement_id == agreement_id, batch.c.status.not_in(_NOT_SUBMITTED))
    ).one()
    return AgreementCounters(
        quota=int(quota or 0),
        submitted=int(row.submitted),
        valid=int(row.valid),
        active=enrollment.active_members(connection, agreement_id, month),
    )


def paid_claims(
    connection: Connection, agreement_ids: Iterable[int], *, until: date
) -> dict[str, tuple[int, int]]:
    """Give cases and rupiah paid under these agreements up to a day, by programme."""
    query = (
        select(claim.c.programme, func.count(), func.sum(claim.c.amount))
        .where(
            claim.c.agreement_id.in_(list(agreement_ids)),
            claim.c.status == PAID,
            claim.c.paid_on <= until,
        )
        .group_by(claim.c.programme)
    )
    return {row[0]: (row[1], int(row[2])) for row in connection.execute(query)}


def _quota_totals() -> Any:
    table = agreement_quota
    return (
        select(
            table.c.agreement_id,
            func.sum(table.c.heads).label("heads"),
            func.sum(table.c.amount).label("amount"),
        )
        .group_by(table.c.agreement_id)
        .subquery()
    )


def _parties(connection: Connection) -> dict[int, list[tuple[str, str]]]:
    table = agreement_party
    query = select(table.c.agreement_id, table.c.institution, table.c.number).order_by(
        table.c.agreement_id, table.c.role_no
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for row in connection.execute(query):
        found.setdefault(row.agreement_id, []).append((row.institution, row.number))
    return found


def _own_institution(connection: Connection) -> str:
    name = connection.execute(select(office.c.institution)).scalar()
    return (name or "").casefold()


def _partner(parties: list[tuple[str, str]], own: str) -> str:
    others = [name for name, _ in parties if not own or own not in name.casefold()]
    names = others or [name for name, _ in parties]
    return names[0] if names else ""
