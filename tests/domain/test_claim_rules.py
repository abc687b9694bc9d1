"""What a claim must have, and which step the dates prove."""

from dataclasses import replace
from datetime import date

import pytest

from bpjsdesk.domain import claim_rules as rules
from bpjsdesk.domain.claim_rules import KnownClaimCodes
from bpjsdesk.domain.claims import ClaimComponent, ClaimDraft, ClaimMove
from tests.services.factories import a_claim

TODAY = date(2026, 11, 20)
KNOWN = KnownClaimCodes(
    categories=frozenset({"VULNERABLE"}),
    segments=frozenset({"SELF_EMPLOYED"}),
    region=True,
    agreement=True,
)
HUGE = ClaimComponent(code="", name="x", amount=10**12)


def found(draft: ClaimDraft) -> list[tuple[str, str]]:
    problems = rules.claim_problems(draft, KNOWN, today=TODAY)
    return [(problem.field, problem.code) for problem in problems]


@pytest.mark.parametrize(
    ("draft", "problems"),
    [
        (a_claim(), []),
        (a_claim(payee_name="x" * 101), [("payee_name", "TEXT_TOO_LONG")]),
        (a_claim(event_on=date(226, 10, 1)), [("event_on", "DATE_INVALID")]),
        (a_claim(components=(HUGE, HUGE)), [("components", "AMOUNT_INVALID")]),
        (
            a_claim(event_on=None, filed_on=date(2026, 10, 7)),
            [("complete_on", "DATES_REVERSED")],
        ),
        (
            a_claim(filed_on=None, complete_on=None, paid_on=date(2026, 9, 30)),
            [("paid_on", "DATES_REVERSED")],
        ),
    ],
)
def test_faults_of_a_claim(draft: ClaimDraft, problems: list[tuple[str, str]]) -> None:
    assert found(draft) == problems


def test_a_payment_needs_an_amount() -> None:
    move = ClaimMove(from_status="APPROVED", to_status="PAID", requires=("paid_on",))
    after = rules.after_move(a_claim(components=()), move, date(2026, 10, 9))
    problems = rules.move_problems(after, move, note="", today=TODAY)
    assert [problem.code for problem in problems] == ["AMOUNT_MISSING"]


def test_a_step_brings_only_the_day_that_it_asks_for() -> None:
    move = ClaimMove(from_status="COMPLETE", to_status="VERIFICATION", requires=())
    assert rules.after_move(a_claim(), move, date(2026, 10, 9)) == a_claim()
    back = ClaimMove(from_status="PAID", to_status="REOPENED", requires=("reason",))
    paid = replace(a_claim(), paid_on=date(2026, 10, 9))
    assert rules.after_move(paid, back, None) == a_claim()
