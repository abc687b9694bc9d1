"""Contribution arithmetic, priced with the seeded rates and brackets."""

import csv
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest

from bpjsdesk.domain.contributions import (
    ContributionRate,
    Payer,
    RateBasis,
    RateTable,
    WageBracket,
    total_due,
)
from bpjsdesk.domain.period import MonthRange
from bpjsdesk.errors import UserError
from bpjsdesk.resources import resource_path


def seed(name: str) -> Iterator[dict[str, str]]:
    with resource_path("seed", name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.fixture(scope="module")
def table() -> RateTable:
    rates = [
        ContributionRate(
            programme=row["programme"],
            segment=row["segment"],
            sector=row["sector"] or None,
            risk_class=int(row["risk_class"]) if row["risk_class"] else None,
            payer_types_excluded=frozenset(row["payer_types_excluded"].split()),
            basis=RateBasis(row["basis"]),
            value=Fraction(row["value"]),
            factor=Fraction(row["factor"]),
            cap_wage=int(row["cap_wage"]) if row["cap_wage"] else None,
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=day(row["valid_to"]),
            verified=row["verified"] == "true",
        )
        for row in seed("contribution_rate.csv")
    ]
    brackets = [
        WageBracket(
            income_from=int(row["income_from"]),
            wage_base=int(row["wage_base"]),
            valid_from=date.fromisoformat(row["valid_from"]),
            valid_to=day(row["valid_to"]),
            verified=row["verified"] == "true",
        )
        for row in seed("contribution_bracket.csv")
    ]
    return RateTable(rates=rates, brackets=brackets)


def self_employed(
    payer_type: str, *, sector: str = "OTHER", wage: int | None = 1_000_000, jht: bool = False
) -> Payer:
    programmes = ("JKK", "JKM", "JHT") if jht else ("JKK", "JKM")
    return Payer(
        segment="SELF_EMPLOYED",
        programmes=programmes,
        payer_type=payer_type,
        sector=sector,
        wage=wage,
    )


NON_ASN = Payer(
    segment="WAGE_EARNER",
    programmes=("JKK", "JKM"),
    payer_type="APBD",
    risk_class=1,
    wage=2_000_000,
)
HALF_YEAR = MonthRange.starting(date(2026, 10, 1), 6)


def test_the_discount_ends_in_the_middle_of_an_advance(table: RateTable) -> None:
    total = total_due(table, self_employed("CSR"), heads=1, months=HALF_YEAR)
    assert total.rates == (8_400, 8_400, 8_400, 16_800, 16_800, 16_800)
    assert total.amount == 75_600
    assert not total.verified


def test_regional_budget_has_no_discount(table: RateTable) -> None:
    total = total_due(table, self_employed("APBD"), heads=1, months=HALF_YEAR)
    assert total.amount == 100_800
    assert total.verified


def test_transport_keeps_the_discount_until_march_2027(table: RateTable) -> None:
    payer = self_employed("SELF", sector="TRANSPORT")
    months = MonthRange.starting(date(2025, 12, 1), 17)
    rates = total_due(table, payer, heads=1, months=months).rates
    assert rates == (16_800, *[8_400] * 15, 16_800)


def test_published_agreement_of_manado_2025(table: RateTable) -> None:
    months = list(MonthRange.starting(date(2025, 8, 1), 5))
    vulnerable = total_due(table, self_employed("APBD"), heads=2_300, months=months)
    cooperative = total_due(table, NON_ASN, heads=2_096, months=months)
    assert vulnerable.amount + cooperative.amount == 306_384_000


def test_the_usual_packages(table: RateTable) -> None:
    month = date(2025, 1, 1)
    assert table.per_head(NON_ASN, month).per_head == 10_800
    assert table.per_head(self_employed("APBD", jht=True), month).per_head == 36_800
    assert table.per_head(self_employed("APBD", wage=1_250_000), month).per_head == 18_800
    assert table.per_head(self_employed("APBD", wage=99_000_000), month).per_head == 213_800


def test_between_printed_brackets_the_lower_bound_decides(table: RateTable) -> None:
    assert table.base_for(1_099_500, date(2025, 1, 1)).wage_base == 1_000_000
    assert table.base_for(1_100_000, date(2025, 1, 1)).wage_base == 1_200_000


def test_a_capped_wage(table: RateTable) -> None:
    payer = Payer(segment="WAGE_EARNER", programmes=("JP",), payer_type="EMPLOYER", wage=20_000_000)
    assert table.per_head(payer, date(2026, 2, 1)).per_head == 316_422
    assert table.per_head(payer, date(2026, 3, 1)).per_head == 332_589


def test_covid_relief_leaves_one_percent(table: RateTable) -> None:
    assert table.per_head(self_employed("APBD"), date(2020, 9, 1)).per_head == 168


def test_a_missing_rate_is_named(table: RateTable) -> None:
    with pytest.raises(UserError, match="Tarif iuran JKK") as refused:
        table.per_head(self_employed("APBD"), date(2015, 6, 1))
    assert refused.value.code == "REFERENCE_MISSING"


def test_a_missing_bracket_is_named() -> None:
    with pytest.raises(UserError, match="Golongan penghasilan"):
        RateTable(rates=()).base_for(1, date(2025, 1, 1))


def test_a_missing_wage_is_asked_for(table: RateTable) -> None:
    with pytest.raises(UserError, match="Dasar upah") as refused:
        table.per_head(self_employed("APBD", wage=None), date(2025, 1, 1))
    assert refused.value.code == "WAGE_BASE_MISSING"


def test_a_fixed_amount_needs_no_wage() -> None:
    rate = ContributionRate(
        programme="JKM",
        segment="SELF_EMPLOYED",
        basis=RateBasis.FIXED,
        value=Fraction(6_801),
        factor=Fraction(1, 2),
        valid_from=date(2015, 7, 1),
    )
    payer = Payer(segment="SELF_EMPLOYED", programmes=("JKM",), payer_type="APBD")
    assert RateTable(rates=[rate]).per_head(payer, date(2025, 1, 1)).per_head == 3_401
