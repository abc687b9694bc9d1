"""Values for print refuse to disagree with themselves."""

from dataclasses import replace

import pytest

from bpjsdesk.domain.report_values import ClaimsReport, Paper
from tests.reports.claims_samples import KOTAMOBAGU
from tests.reports.roster_samples import a_roster
from tests.reports.samples import MANADO


def test_a_sound_report_passes() -> None:
    KOTAMOBAGU.assert_consistent()


@pytest.mark.parametrize(
    ("table", "report"),
    [
        ("by_programme", replace(KOTAMOBAGU, by_programme=KOTAMOBAGU.by_programme[1:])),
        ("by_category", replace(KOTAMOBAGU, by_category=KOTAMOBAGU.by_category[1:])),
        ("by_region", replace(KOTAMOBAGU, by_region=KOTAMOBAGU.by_region[1:])),
        ("by_month", replace(KOTAMOBAGU, by_month=KOTAMOBAGU.by_month[1:])),
        (
            "previous",
            replace(KOTAMOBAGU, totals=replace(KOTAMOBAGU.totals, previous_amount=1)),
        ),
    ],
)
def test_a_table_with_other_totals_is_named(table: str, report: ClaimsReport) -> None:
    with pytest.raises(ValueError, match=table):
        report.assert_consistent()


def test_rows_of_which_are_not_added_up() -> None:
    doubled = tuple(
        replace(row, amount=row.amount * 2) if row.of_which else row
        for row in KOTAMOBAGU.by_category
    )

    replace(KOTAMOBAGU, by_category=doubled).assert_consistent()


def test_a_list_must_match_its_recapitulation_and_amount() -> None:
    roster = a_roster(10)
    roster.assert_consistent()

    with pytest.raises(ValueError, match="head counts"):
        replace(roster, rows=roster.rows[1:]).assert_consistent()
    with pytest.raises(ValueError, match="amount"):
        replace(roster, amount=7).assert_consistent()


def test_the_published_agreement_adds_up() -> None:
    assert (MANADO.heads, MANADO.amount) == (37_000, 7_077_312_000)


def test_a_rate_is_one_only_while_it_stays() -> None:
    line = MANADO.quota[0]

    assert line.rate == 16_800
    assert replace(line, rates=(8_400, 16_800)).rate is None


def test_papers_know_their_points() -> None:
    assert Paper.F4.points == pytest.approx((609.45, 935.43), abs=0.01)
