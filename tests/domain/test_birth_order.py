"""Birth dates of a column that is written month first, and amounts with their separators."""

from datetime import date

import pytest

from bpjsdesk.domain.row_values import BirthReader, WageMemo

TODAY = date(2026, 11, 20)


def month_first() -> BirthReader:
    reader = BirthReader(TODAY)
    reader.use_order(month_first=True)
    return reader


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("08/03/1985", date(1985, 8, 3)),
        ("08-03-85", date(1985, 8, 3)),
        ("08031985", date(1985, 8, 3)),
        ("080385", date(1985, 8, 3)),
        ("1985-08-03", date(1985, 8, 3)),
        ("19850803", date(1985, 8, 3)),
        ("3 Agustus 1985", date(1985, 8, 3)),
    ],
)
def test_a_month_first_column_is_read_so(text: str, day: date) -> None:
    assert month_first().read(text).day == day
    assert month_first().read_with_place(f"Manado, {text}").day == day


def test_what_can_only_be_day_first_counts_only_with_its_nik() -> None:
    found = month_first().read("26/06/1990")
    assert (found.day, found.swapped) == (None, date(1990, 6, 26))
    assert month_first().read("99/99/1990").code is not None


def test_a_reader_goes_on_with_a_column_of_another_order() -> None:
    reader = BirthReader(TODAY)
    assert reader.read("03/08/1985").day == date(1985, 8, 3)
    reader.use_order(month_first=True)
    assert reader.read("03/08/1985").day == date(1985, 3, 8)
    reader.use_order(month_first=False)
    assert reader.read("03/08/1985").day == date(1985, 8, 3)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.355,90", 1355),
        ("1.355", 1355),
        ("Rp1.500.000,50", 1_500_000),
        ("1,355.90", 1355),
        ("1,500,000", 1_500_000),
        ("1,500", None),  # one and a half, or a thousand and a half: not to be guessed
        ("1.35.5", None),
        ("besar", None),
    ],
)
def test_indonesian_separators_go_first(text: str, amount: int | None) -> None:
    assert WageMemo()[text] == amount
