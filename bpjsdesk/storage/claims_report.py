"""Ask for the paid claims of a period and the same period a year before, in one grouped query."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, String, Subquery, cast, func, literal, select, union_all
from sqlalchemy.sql import ColumnElement

from bpjsdesk.domain.claim_totals import AgreementMoney, PaidGroup, Part, ReportScope
from bpjsdesk.storage.schema import (
    agreement,
    agreement_quota,
    agreement_tranche,
    claim,
)
from bpjsdesk.storage.schema_reference import category

PAID = "PAID"
_MONTH_LENGTH = len("2026-11")
_BLANK: ColumnElement[Any] = literal("")


def paid_groups(connection: Connection, scope: ReportScope) -> list[PaidGroup]:
    """Group the period by month, programme, segment and category, and again by region.

    The year before is grouped by month and programme. The index ix_claim_report answers all of
    it alone; days are summed first, because they come out of the index in order.
    """
    period = (scope.date_from, scope.date_to)
    days = _paid(scope, period, claim.c.programme, claim.c.segment, claim.c.category)
    days_before = _paid(scope, scope.previous, claim.c.programme)
    region = func.coalesce(func.substr(claim.c.region_code, 1, scope.region_length), "")
    rows = connection.execute(
        union_all(
            _by_month(days, Part.NOW, days.c.programme, days.c.segment, days.c.category),
            _by_month(days_before, Part.PREVIOUS, days_before.c.programme, _BLANK, _BLANK),
            _by_region(scope, period, region),
        )
    )
    return [PaidGroup._make((*row[:6], int(row[6]), int(row[7]))) for row in rows]


def agreement_money(connection: Connection, scope: ReportScope) -> list[AgreementMoney]:
    """Set what was paid under tranches in the period beside what came back in claims."""
    paid = _contributions(connection, scope)
    back = _benefits(connection, scope, list(paid))
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


def _contributions(connection: Connection, scope: ReportScope) -> dict[int, int]:
    table = agreement_tranche
    query = (
        select(table.c.agreement_id, func.sum(table.c.paid_amount))
        .join(agreement, agreement.c.id == table.c.agreement_id)
        .where(table.c.paid_on.between(scope.date_from, scope.date_to))
        .where(*_in_region(agreement.c.region_code, scope.region_code))
        .group_by(table.c.agreement_id)
        .order_by(table.c.agreement_id)
    )
    return _sums(connection, query)


def _benefits(connection: Connection, scope: ReportScope, ids: list[int]) -> dict[int, int]:
    query = (
        select(claim.c.agreement_id, func.sum(claim.c.amount))
        .where(
            claim.c.agreement_id.in_(ids),
            claim.c.status == PAID,
            claim.c.paid_on.between(scope.date_from, scope.date_to),
        )
        .group_by(claim.c.agreement_id)
    )
    return _sums(connection, query)


def monthly_benefits(
    connection: Connection, first: date, last: date
) -> dict[tuple[str, str], tuple[int, int]]:
    """Give cases and rupiah paid from one day to another by month ("2026-11") and programme."""
    days = (
        select(
            claim.c.paid_on,
            claim.c.programme,
            func.count().label("cases"),
            func.sum(claim.c.amount).label("amount"),
        )
        .where(claim.c.status == PAID, claim.c.paid_on.between(first, last))
        .group_by(claim.c.paid_on, claim.c.programme)
    ).subquery()
    month = _month(days.c.paid_on)
    query = select(
        month, days.c.programme, func.sum(days.c.cases), func.sum(days.c.amount)
    ).group_by(month, days.c.programme)
    return {(row[0], row[1]): (int(row[2]), int(row[3])) for row in connection.execute(query)}


def _paid(scope: ReportScope, period: tuple[date, date], *columns: ColumnElement[Any]) -> Subquery:
    """Sum the payments of each day in the order of the index, where no sorting is needed."""
    return _limited(
        select(
            claim.c.paid_on,
            *columns,
            func.count().label("cases"),
            func.sum(claim.c.amount).label("amount"),
        ).group_by(claim.c.paid_on, *columns),
        scope,
        period,
    ).subquery()


def _by_month(days: Subquery, part: Part, *columns: ColumnElement[Any]) -> Select[Any]:
    month = _month(days.c.paid_on)
    return select(
        literal(int(part)),
        month,
        *columns,
        _BLANK,
        func.sum(days.c.cases),
        func.sum(days.c.amount),
    ).group_by(month, *(column for column in columns if column is not _BLANK))


def _by_region(
    scope: ReportScope, period: tuple[date, date], region: ColumnElement[Any]
) -> Select[Any]:
    blanks = (_BLANK, _BLANK, _BLANK, _BLANK)
    query = select(
        literal(int(Part.REGION)), *blanks, region, func.count(), func.sum(claim.c.amount)
    ).group_by(region)
    return _limited(query, scope, period)


def _limited(query: Select[Any], scope: ReportScope, period: tuple[date, date]) -> Select[Any]:
    query = query.where(claim.c.status == PAID, claim.c.paid_on.between(*period))
    query = query.where(*_in_region(claim.c.region_code, scope.region_code))
    return query.where(claim.c.category.in_(scope.categories)) if scope.categories else query


def _month(day: ColumnElement[Any]) -> ColumnElement[str]:
    # a day is stored as 2026-11-20 on one engine, and written so by a cast on the other
    return func.substr(cast(day, String), 1, _MONTH_LENGTH)


def _in_region(column: ColumnElement[Any], code: str | None) -> list[ColumnElement[bool]]:
    return [] if not code else [func.substr(column, 1, len(code)) == code]


def _sums(connection: Connection, query: Select[Any]) -> dict[int, int]:
    return {row[0]: int(row[1] or 0) for row in connection.execute(query)}


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
