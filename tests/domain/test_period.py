"""Months, ages and typed days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpjsdesk.domain import period
from bpjsdesk.domain.period import MonthRange, YearWindow, age_on, parse_day
from bpjsdesk.domain.wording import format_date
from bpjsdesk.errors import UserError

TODAY = date(2026, 11, 20)
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2150, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "20112026",
        "201126",
        "20261120",
        "20/11/26",
        "20-11-2026",
        "20.11.2026",
        "20 11 2026",
        "20 nov",
        "20 NOV 2026",
        "20nov26",
        "20-Nop-2026",
        "20 November 2026",
        "Jumat, 20 November 2026",
        "2026-11-20",
        "2026-11-20T00:00:00",
        "2026-11-20 00:00:00",
        "20/11",
        " 20  november  2026 ",
    ],
)
def test_every_way_of_typing_a_day(text: str) -> None:
    assert parse_day(text, TODAY) == TODAY


@pytest.mark.parametrize(
    "text",
    ["", "20", "31/02/2020", "08/26/1985", "20 xyz 2026", "20 ma 2026", "2026-13-01", "1/2/3", "0",
     "20/11/1026", "99999999", "besok", "20261320", "29/02/2025", "٢٠/١١/٢٠٢٦x"],
)  # fmt: skip
def test_what_is_no_day(text: str) -> None:
    assert parse_day(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "window", "day"),
    [
        ("01/01/26", "near", date(2026, 1, 1)),
        ("01/01/46", "near", date(2046, 1, 1)),
        ("01/01/47", "near", date(1947, 1, 1)),
        ("12/08/85", "birth", date(1985, 8, 12)),
        ("20/11/26", "birth", date(2026, 11, 20)),
        ("21/11/26", "birth", date(1926, 11, 21)),
        ("29/02/00", "birth", date(2000, 2, 29)),
        ("20 nov", "birth", None),
    ],
)
def test_two_digit_years_fall_into_the_window(
    text: str, window: YearWindow, day: date | None
) -> None:
    assert parse_day(text, TODAY, window=window) == day


@pytest.mark.parametrize(
    "text",
    [
        "12/08/1985 00:00:00",
        "12-08-1985 0:00",
        "1985-08-12 00:00:00.000",
        "12\u201308\u20131985",
        "12 \u2014 08 \u2014 1985",
    ],
)
def test_what_other_programs_write_around_a_day_is_passed_over(text: str) -> None:
    assert parse_day(text, TODAY, window="birth") == date(1985, 8, 12)
    assert parse_day("12/08/1985 10:30", TODAY, window="birth") is None


@given(DAYS)
def test_every_printed_form_reads_back(day: date) -> None:
    for text in (
        format_date(day, "long"),
        format_date(day),
        format_date(day, "short"),
        day.isoformat(),
        f"{day:%d%m%Y}",
        f"{day:%Y%m%d}",
    ):
        assert parse_day(text, TODAY) == day


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(text: str) -> None:
    found = parse_day(text, TODAY)
    assert found is None or 1900 <= found.year <= 2199


def test_65_counts_from_the_birthday_itself() -> None:
    assert age_on(date(1961, 11, 20), TODAY) == 65
    assert age_on(date(1961, 11, 21), TODAY) == 64
    assert age_on(date(2004, 2, 29), date(2025, 2, 28)) == 20
    assert age_on(date(2004, 2, 29), date(2025, 3, 1)) == 21


def test_a_limit_that_falls_on_29_february() -> None:
    assert period.latest_birth_date(65, date(2028, 2, 29)) == date(1963, 2, 28)


@given(DAYS, st.integers(min_value=0, max_value=110), st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_the_latest_birth_date_is_the_mirror_of_the_age(birth: date, age: int, day: date) -> None:
    assert (birth <= period.latest_birth_date(age, day)) == (age_on(birth, day) >= age)


def test_months() -> None:
    assert period.parse_month(" 2026-11 ") == date(2026, 11, 1)
    assert period.add_months(date(2026, 11, 1), 2) == date(2027, 1, 1)
    assert period.add_months(date(2026, 1, 1), -1) == date(2025, 12, 1)
    assert period.months_between(date(2026, 11, 1), date(2027, 1, 1)) == 2
    assert period.first_of_month(TODAY) == date(2026, 11, 1)
    assert period.last_of_month(date(2024, 2, 10)) == date(2024, 2, 29)


@pytest.mark.parametrize("text", ["2026-13", "11-2026", "", "2026", "0001-01"])
def test_an_unreadable_month_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UserError, match="2026-11") as refused:
        period.parse_month(text)
    assert refused.value.code == "MONTH_FORMAT"


def test_month_ranges_include_both_ends() -> None:
    year = MonthRange.starting(date(2026, 10, 1), 6)
    assert year.last == date(2027, 3, 1)
    assert year.count == len(list(year)) == 6
    assert year.last_day == date(2027, 3, 31)
    assert date(2027, 3, 31) in year
    assert date(2027, 4, 1) not in year


def test_a_range_that_is_none_is_refused() -> None:
    for first, last in ((date(2026, 2, 1), date(2026, 1, 1)), (date(2026, 1, 2), date(2026, 2, 1))):
        with pytest.raises(ValueError, match="month range"):
            MonthRange(first=first, last=last)
