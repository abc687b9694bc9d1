"""Ask for the paid claims of a period and the same period a year before, in one grouped query."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, String, cast, func, literal, select, union_all
from sqlalchemy.sql import ColumnElement

from bpjsdesk.domain.claim_totals import AgreementMoney, PaidGroup, ReportScope
from bpjsdesk.storage.schema import (
    agreement,
    agreement_quota,
    agreement_tranche,
    claim,
)
from bpjsdesk.storage.schema_reference import category

PAID = "PAID"
_MONTH_LENGTH = len("2026-11")


def paid_groups(connection: Connection, scope: ReportScope) -> list[PaidGroup]:
    """Group by month, programme, segment, category and region; a year before by the first two.

    The index ix_claim_report answers this alone, without the rows of claims.
    """
    now = _groups(
        scope,
        (scope.date_from, scope.date_to),
        False,
        (
            claim.c.segment,
            claim.c.category,
            func.coalesce(func.substr(claim.c.region_code, 1, scope.region_length), ""),
        ),
    )
    before = _groups(scope, scope.previous, True, (literal(""), literal(""), literal("")))
    rows = connection.execute(union_all(now, before))
    return [PaidGroup._make(row) for row in rows]


def agreement_money(connection: Connection, scope: ReportScope) -> list[AgreementMoney]:
    """Set what was paid under tranches in the period beside what came back in claims."""
    table = agreement_tranche
    paid = dict(
        _pairs(
            connection,
            select(table.c.agreement_id, func.sum(table.c.paid_amount))
            .join(agreement, agreement.c.id == table.c.agreement_id)
            .where(table.c.paid_on.between(scope.date_from, scope.date_to))
            .where(*_in_region(agreement.c.region_code, scope.region_code))
            .group_by(table.c.agreement_id)
            .order_by(table.c.agreement_id),
        )
    )
    back = dict(
        _pairs(
            connection,
            select(claim.c.agreement_id, func.sum(claim.c.amount))
            .where(
                claim.c.agreement_id.in_(list(paid)),
                claim.c.status == PAID,
                claim.c.paid_on.between(scope.date_from, scope.date_to),
            )
            .group_by(claim.c.agreement_id),
        )
    )
    quotas = _quotas(connection, list(paid))
    return [
        AgreementMoney(
            categories=tuple(name for name, _ in quotas.get(agreement_id, [])),
            heads=sum(heads for _, heads in quotas.get(agreement_id, [])),
            contributions=contributions,
            benefits=back.get(agreement_id, 0),
        )
        for agreement_id, contributions in paid.items()
        if contributions
    ]


def monthly_benefits(
    connection: Connection, first: date, last: date
) -> dict[tuple[str, str], tuple[int, int]]:
    """Give cases and rupiah paid from one day to another by month ("2026-11") and programme."""
    month = _month()
    query = (
        select(month, claim.c.programme, func.count(), func.sum(claim.c.amount))
        .where(claim.c.status == PAID, claim.c.paid_on.between(first, last))
        .group_by(month, claim.c.programme)
    )
    return {(row[0], row[1]): (row[2], int(row[3])) for row in connection.execute(query)}


def _groups(
    scope: ReportScope,
    period: tuple[date, date],
    is_previous: bool,
    fine: tuple[ColumnElement[Any], ...],
) -> Select[Any]:
    month = _month()
    query = (
        select(
            literal(int(is_previous)),
            month,
            claim.c.programme,
            *fine,
            func.count(),
            func.sum(claim.c.amount),
        )
        .where(claim.c.status == PAID, claim.c.paid_on.between(*period))
        .where(*_in_region(claim.c.region_code, scope.region_code))
        .group_by(month, claim.c.programme, *([] if is_previous else fine))
    )
    if scope.categories:
        query = query.where(claim.c.category.in_(scope.categories))
    return query


def _month() -> ColumnElement[str]:
    # a day is stored as 2026-11-20 on one engine, and written so by a cast on the other
    return func.substr(cast(claim.c.paid_on, String), 1, _MONTH_LENGTH)


def _in_region(column: ColumnElement[Any], code: str | None) -> list[ColumnElement[bool]]:
    return [] if not code else [func.substr(column, 1, len(code)) == code]


def _pairs(connection: Connection, query: Select[Any]) -> list[tuple[int, int]]:
    return [(row[0], int(row[1] or 0)) for row in connection.execute(query)]


def _quotas(connection: Connection, ids: list[int]) -> dict[int, list[tuple[str, int]]]:
    query = (
        select(agreement_quota.c.agreement_id, category.c.name, agreement_quota.c.heads)
        .join(category, category.c.code == agreement_quota.c.category)
        .where(agreement_quota.c.agreement_id.in_(ids))
        .order_by(agreement_quota.c.agreement_id, agreement_quota.c.seq)
    )
    found: dict[int, list[tuple[str, int]]] = {}
    for row in connection.execute(query):
        found.setdefault(row[0], []).append((row[1], row[2]))
    return found
