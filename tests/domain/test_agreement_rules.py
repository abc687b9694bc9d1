"""What an agreement must have, and what is only worth a word."""

from dataclasses import replace
from datetime import date

import pytest

from bpjsdesk.domain import agreement_rules as rules
from bpjsdesk.domain.agreement_rules import KnownCodes
from bpjsdesk.domain.agreements import AgreementDraft, Duty, Funding, QuotaLine, Tranche
from tests.services.factories import a_draft, a_quota

TODAY = date(2026, 11, 20)
KNOWN = KnownCodes(
    kinds=frozenset({"COOPERATION"}),
    categories=frozenset({"VULNERABLE"}),
    programmes=frozenset({"JKK", "JKM"}),
    funding_sources=frozenset({"APBD"}),
    payer_types=frozenset({"APBD", "OTHER"}),
    sectors=frozenset({"OTHER", "TRANSPORT"}),
    region=True,
)
FIRST, SECOND = a_draft().parties


def found(draft: AgreementDraft, known: KnownCodes = KNOWN) -> list[tuple[str, str]]:
    problems = rules.agreement_problems(draft, known, today=TODAY)
    return [(problem.field, problem.code) for problem in problems]


def test_a_whole_draft_has_no_fault() -> None:
    assert found(a_draft()) == []


def test_an_unsigned_draft_may_be_nearly_empty() -> None:
    assert found(AgreementDraft(kind="COOPERATION", title="x")) == []


@pytest.mark.parametrize(
    ("draft", "problem"),
    [
        (a_draft(kind="LETTER"), ("kind", "KIND_UNKNOWN")),
        (a_draft(title="x" * 501), ("title", "TEXT_TOO_LONG")),
        (a_draft(signed_on=date(2026, 11, 21)), ("signed_on", "SIGNED_IN_FUTURE")),
        (a_draft(valid_from=None), ("valid_from", "PERIOD_MISSING")),
        (a_draft(valid_to=None), ("valid_to", "PERIOD_MISSING")),
        (a_draft(valid_to=date(2025, 1, 1)), ("valid_to", "PERIOD_REVERSED")),
        (a_draft(valid_to=date(9999, 12, 31)), ("valid_to", "DATE_INVALID")),
        (a_draft(signed_on=date(25, 12, 15)), ("signed_on", "DATE_INVALID")),
        (a_draft(protected_since=2027), ("protected_since", "YEAR_INVALID")),
        (a_draft(protected_since=-1), ("protected_since", "YEAR_INVALID")),
        (
            a_draft(parties=(FIRST, replace(SECOND, institution=" "))),
            ("parties.1.institution", "INSTITUTION_MISSING"),
        ),
        (
            a_draft(parties=(*a_draft().parties, FIRST)),
            ("parties.2.role_no", "ROLE_TAKEN"),
        ),
        (
            a_draft(parties=(FIRST, replace(SECOND, number="x" * 121))),
            ("parties.1.number", "TEXT_TOO_LONG"),
        ),
        (a_draft(quotas=(a_quota(programmes=()),)), ("quotas.0.programmes", "PROGRAMMES_INVALID")),
        (
            a_draft(quotas=(a_quota(programmes=("JKK", "JKK")),)),
            ("quotas.0.programmes", "PROGRAMMES_INVALID"),
        ),
        (
            a_draft(quotas=(a_quota(programmes=("JKN",)),)),
            ("quotas.0.programmes", "PROGRAMMES_INVALID"),
        ),
        (a_draft(quotas=(a_quota(months=0),)), ("quotas.0.months", "MONTHS_INVALID")),
        (a_draft(quotas=(a_quota(heads=10**9),)), ("quotas.0.heads", "HEADS_INVALID")),
        (
            a_draft(quotas=(a_quota(from_month=date(2026, 1, 2)),)),
            ("quotas.0.from_month", "MONTH_FORMAT"),
        ),
        (a_draft(quotas=(a_quota(sector="SEA"),)), ("quotas.0.sector", "SECTOR_UNKNOWN")),
        (a_draft(quotas=(a_quota(wage_base=0),)), ("quotas.0.wage_base", "AMOUNT_INVALID")),
        (a_draft(funding=(Funding(source="X"),)), ("funding.0.source", "SOURCE_UNKNOWN")),
        (
            a_draft(funding=(Funding(source="APBD", fiscal_year=26),)),
            ("funding.0.fiscal_year", "YEAR_INVALID"),
        ),
        (
            a_draft(funding=(Funding(source="APBD", amount=-1),)),
            ("funding.0.amount", "AMOUNT_INVALID"),
        ),
        (a_draft(tranches=(Tranche(label=" "),)), ("tranches.0.label", "LABEL_MISSING")),
        (
            a_draft(tranches=(Tranche(label="I", paid_amount=1),)),
            ("tranches.0.paid_on", "PAID_ON_MISSING"),
        ),
        (
            a_draft(duties=(Duty(party_role_no=3, text="x"),)),
            ("duties.0.party_role_no", "PARTY_UNKNOWN"),
        ),
    ],
)
def test_a_fault_is_named_with_its_field(draft: AgreementDraft, problem: tuple[str, str]) -> None:
    assert found(draft) == [problem]


def test_an_unknown_region_is_named() -> None:
    assert found(a_draft(), replace(KNOWN, region=False)) == [("region_code", "REGION_UNKNOWN")]


def warned(draft: AgreementDraft, amount: int = 0, *, verified: bool = True) -> list[str]:
    line = QuotaLine(
        quota_id=0,
        draft=a_quota(),
        category_name="Pekerja Rentan",
        segment="SELF_EMPLOYED",
        rates=(),
        amount=amount,
        verified=verified,
    )
    return [warning.code for warning in rules.draft_warnings(draft, [line])]


@pytest.mark.parametrize(
    ("draft", "amount", "codes"),
    [
        (a_draft(funding=(), valid_to=None), 1, []),
        (a_draft(funding=(Funding(source="APBD", amount=5),), quotas=()), 5, []),
        (a_draft(funding=(Funding(source="APBD", amount=5),), quotas=()), 4, ["CEILING_DIFFERS"]),
        (a_draft(funding=(), quotas=(a_quota(months=11),)), 1, []),
        (a_draft(funding=()), 1, ["JANUARY_GAP"]),
        (
            a_draft(funding=(), quotas=(a_quota(from_month=date(2025, 12, 1)),)),
            1,
            ["MONTHS_OUTSIDE_PERIOD"],
        ),
    ],
)
def test_what_differs_is_told_but_never_blocks(
    draft: AgreementDraft, amount: int, codes: list[str]
) -> None:
    assert warned(draft, amount) == codes


def test_unverified_rates_are_told() -> None:
    assert warned(a_draft(funding=(), quotas=()), verified=False) == ["RATES_UNVERIFIED"]


def test_a_renewal_moves_on_by_the_old_length() -> None:
    draft = a_draft(valid_from=date(2023, 11, 27), valid_to=date(2024, 11, 26))
    assert rules.renewal_shift(draft, date(2024, 11, 27)) == 12
    assert rules.renewal_shift(replace(draft, valid_from=None), None) == 12
    assert rules.renewal_shift(replace(draft, valid_from=None, quotas=()), None) == 0
    assert rules.renewal_note(None) == ""
