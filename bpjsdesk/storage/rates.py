"""Hand the dated contribution rates and income brackets to the arithmetic of the domain."""

from fractions import Fraction

from sqlalchemy import Connection, select

from bpjsdesk.domain.contributions import ContributionRate, RateBasis, RateTable, WageBracket
from bpjsdesk.storage.schema_reference import contribution_bracket, contribution_rate


def rate_table(connection: Connection) -> RateTable:
    """Read every rate and bracket, verified or not."""
    rates = [
        ContributionRate(
            programme=row.programme,
            segment=row.segment,
            basis=RateBasis(row.basis),
            value=Fraction(row.value),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            sector=row.sector or None,
            risk_class=int(row.risk_class) if row.risk_class else None,
            payer_types_excluded=frozenset(row.payer_types_excluded.split()),
            factor=Fraction(row.factor),
            cap_wage=row.cap_wage,
            legal_basis=row.legal_basis,
            verified=row.verified,
        )
        for row in connection.execute(select(contribution_rate))
    ]
    brackets = [
        WageBracket(
            income_from=row.income_from,
            wage_base=row.wage_base,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            verified=row.verified,
        )
        for row in connection.execute(select(contribution_bracket))
    ]
    return RateTable(rates=rates, brackets=brackets)
