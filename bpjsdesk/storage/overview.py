"""Figures over everything for the first page."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from bpjsdesk.domain.agreements import Stage
from bpjsdesk.domain.overview import WaitingClaims
from bpjsdesk.storage.schema import agreement, agreement_quota, claim, membership
from bpjsdesk.storage.schema_reference import category

ACTIVE, PAID = "ACTIVE", "PAID"
WAITING_FOR_PAYMENT = ("COMPLETE", "VERIFICATION", "APPROVED")


class UnprovenLine(NamedTuple):
    """An agreement that has a line priced with a rate that nobody has verified."""

    agreement_id: int
    title: str
    category_name: str


def active_members(connection: Connection, month: date) -> int:
    """Count memberships whose paid months cover `month`; a person has one at a time."""
    return connection.execute(
        select(func.count())
        .select_from(membership)
        .where(
            membership.c.status == ACTIVE,
            membership.c.from_month <= month,
            membership.c.to_month >= month,
        )
    ).scalar_one()


def waiting_claims(connection: Connection) -> tuple[WaitingClaims, ...]:
    """Group claims that are complete and not paid by programme and day."""
    query = (
        select(claim.c.programme, claim.c.complete_on, func.count())
        .where(claim.c.status.in_(WAITING_FOR_PAYMENT), claim.c.complete_on.is_not(None))
        .group_by(claim.c.programme, claim.c.complete_on)
    )
    return tuple(
        WaitingClaims(programme=row[0], complete_on=row[1], cases=row[2])
        for row in connection.execute(query)
    )


def unproven_lines(connection: Connection, today: date) -> tuple[UnprovenLine, ...]:
    """Give signed agreements that are not over and stand on unverified rates, newest first."""
    query = (
        select(agreement.c.id, agreement.c.title, category.c.name)
        .join(agreement_quota, agreement_quota.c.agreement_id == agreement.c.id)
        .join(category, category.c.code == agreement_quota.c.category)
        .where(
            agreement.c.stage == Stage.SIGNED.value,
            agreement.c.valid_to >= today,
            agreement_quota.c.verified.is_(False),
        )
        .order_by(agreement.c.id.desc(), agreement_quota.c.seq)
    )
    return tuple(UnprovenLine(*row) for row in connection.execute(query))
