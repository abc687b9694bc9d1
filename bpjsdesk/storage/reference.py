"""Read the dated reference rows: lists for forms, rates, benefits, regions, deadlines."""

from datetime import date

from sqlalchemy import Connection, and_, or_, select
from sqlalchemy.sql import ColumnElement

from bpjsdesk.domain.claims import ClaimMove
from bpjsdesk.domain.reference import (
    AgreementKind,
    BenefitRow,
    BracketRow,
    Category,
    ClaimStatus,
    DeadlineRow,
    FundingSource,
    RateRow,
)
from bpjsdesk.storage.schema_reference import (
    agreement_kind,
    benefit_rule,
    category,
    claim_move,
    claim_status,
    contribution_bracket,
    contribution_rate,
    deadline_rule,
    funding_source,
    holiday,
    legal_basis,
)


def categories(connection: Connection) -> tuple[Category, ...]:
    """Give the participant categories in the order of the list."""
    return tuple(
        Category(
            code=row.code,
            name=row.name,
            default_segment=row.default_segment,
            default_programmes=tuple(row.default_programmes.split()),
            wage_base=row.wage_base,
            verified=row.verified,
        )
        for row in connection.execute(select(category))
    )


def funding_sources(connection: Connection) -> tuple[FundingSource, ...]:
    return tuple(
        FundingSource(
            code=row.code, name=row.name, payer_type=row.payer_type, verified=row.verified
        )
        for row in connection.execute(select(funding_source))
    )


def agreement_kinds(connection: Connection) -> tuple[AgreementKind, ...]:
    return tuple(
        AgreementKind(code=row.code, name=row.name, description=row.description)
        for row in connection.execute(select(agreement_kind))
    )


def claim_statuses(connection: Connection) -> tuple[ClaimStatus, ...]:
    return tuple(
        ClaimStatus(code=row.code, name=row.name, colour=row.colour)
        for row in connection.execute(select(claim_status))
    )


def claim_moves(connection: Connection) -> tuple[ClaimMove, ...]:
    return tuple(
        ClaimMove(
            from_status=row.from_status,
            to_status=row.to_status,
            requires=tuple(row.requires.split()),
        )
        for row in connection.execute(select(claim_move))
    )


def rates(connection: Connection) -> tuple[RateRow, ...]:
    """Give every dated contribution rate, newest first within a programme and segment."""
    table = contribution_rate
    order = (
        table.c.segment,
        table.c.programme,
        table.c.risk_class,
        table.c.sector,
        table.c.valid_from.desc(),
    )
    titles = legal_titles(connection)
    return tuple(
        RateRow(
            programme=row.programme,
            segment=row.segment,
            sector=row.sector,
            risk_class=row.risk_class,
            payers_excluded=tuple(row.payer_types_excluded.split()),
            basis=row.basis,
            value=row.value,
            factor=row.factor,
            cap_wage=row.cap_wage,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            legal_basis=titles.get(row.legal_basis, row.legal_basis),
            verified=row.verified,
            note=row.note,
        )
        for row in connection.execute(select(table).order_by(*order))
    )


def brackets(connection: Connection) -> tuple[BracketRow, ...]:
    """Give the income table of the self-employed, lowest step first."""
    titles = legal_titles(connection)
    table = contribution_bracket
    return tuple(
        BracketRow(
            number=row.number,
            income_from=row.income_from,
            wage_base=row.wage_base,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            legal_basis=titles.get(row.legal_basis, row.legal_basis),
            verified=row.verified,
        )
        for row in connection.execute(select(table).order_by(table.c.valid_from, table.c.number))
    )


def benefits(connection: Connection) -> tuple[BenefitRow, ...]:
    """Give every dated benefit in the order of the list."""
    titles = legal_titles(connection)
    return tuple(
        BenefitRow(
            programme=row.programme,
            code=row.code,
            name=row.name,
            basis=row.basis,
            value=row.value,
            cap=row.cap,
            condition=row.condition,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            legal_basis=titles.get(row.legal_basis, row.legal_basis),
            verified=row.verified,
        )
        for row in connection.execute(select(benefit_rule).order_by(benefit_rule.c.id))
    )


def legal_titles(connection: Connection) -> dict[str, str]:
    """Give the short title of each legal basis by its code."""
    rows = connection.execute(select(legal_basis.c.code, legal_basis.c.title))
    return {row.code: row.title for row in rows}


def deadlines(connection: Connection, on: date) -> dict[tuple[str, str], DeadlineRow]:
    """Give the limits in force on a day by programme and code."""
    table = deadline_rule
    in_force = _in_force(table.c.valid_from, table.c.valid_to, on)
    rows = connection.execute(select(table).where(in_force))
    return {
        (row.programme, row.code): DeadlineRow(
            programme=row.programme, code=row.code, amount=row.amount, unit=row.unit
        )
        for row in rows
    }


def deadline_amount(connection: Connection, programme: str, code: str, on: date) -> int:
    """Give one limit in its own unit; 0 where the list has none."""
    found = deadlines(connection, on).get((programme, code))
    return found.amount if found else 0


def holidays(connection: Connection) -> frozenset[date]:
    """Give every day off beside Saturday and Sunday."""
    return frozenset(connection.execute(select(holiday.c.day)).scalars())


def _in_force(
    valid_from: ColumnElement[date], valid_to: ColumnElement[date | None], on: date
) -> ColumnElement[bool]:
    return and_(valid_from <= on, or_(valid_to.is_(None), valid_to >= on))
