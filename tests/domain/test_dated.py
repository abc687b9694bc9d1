"""Dated rows: what was in force, and what is missing."""

from datetime import date

import pytest

from bpjsdesk.domain.dated import Dated, check_timeline, rows_on, valid_on
from bpjsdesk.errors import UserError

OLD = Dated(value=16_200_000, valid_from=date(2015, 7, 1), valid_to=date(2019, 12, 1))
NEW = Dated(value=20_000_000, valid_from=date(2019, 12, 2), legal_basis="PP 82/2019", verified=True)


def test_the_row_of_the_day_is_chosen_ends_included() -> None:
    assert valid_on([OLD, NEW], date(2019, 12, 1), what="Santunan") is OLD
    assert valid_on([OLD, NEW], date(2019, 12, 2), what="Santunan") is NEW
    assert rows_on([OLD, NEW], date(2000, 1, 1)) == []


def test_a_missing_row_is_named_with_its_day() -> None:
    with pytest.raises(UserError, match="Santunan yang berlaku pada 1 Juli 2014") as refused:
        valid_on([OLD, NEW], date(2014, 7, 1), what="Santunan")
    assert refused.value.code == "REFERENCE_MISSING"


def test_two_rows_at_once_are_refused() -> None:
    with pytest.raises(UserError, match="2 Santunan") as refused:
        valid_on([NEW, NEW], date(2020, 1, 1), what="Santunan")
    assert refused.value.code == "REFERENCE_OVERLAP"


def test_a_whole_timeline_is_put_in_order() -> None:
    assert list(check_timeline([NEW, OLD], what="Santunan")) == [OLD, NEW]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([OLD, Dated(value=1, valid_from=date(2019, 12, 1))], "REFERENCE_OVERLAP"),
        ([NEW, Dated(value=1, valid_from=date(2026, 1, 1))], "REFERENCE_OVERLAP"),
        ([OLD, Dated(value=1, valid_from=date(2020, 1, 1))], "REFERENCE_GAP"),
        (
            [Dated(value=1, valid_from=date(2020, 1, 2), valid_to=date(2020, 1, 1))],
            "REFERENCE_RANGE",
        ),
    ],
)
def test_broken_timelines_are_refused(rows: list[Dated[int]], code: str) -> None:
    with pytest.raises(UserError) as refused:
        check_timeline(rows, what="Santunan")
    assert refused.value.code == code


def test_gaps_may_be_allowed() -> None:
    late = Dated(value=1, valid_from=date(2021, 1, 1))
    assert list(check_timeline([late, OLD], what="Diskon", gaps_allowed=True)) == [OLD, late]
