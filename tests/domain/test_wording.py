"""Indonesian formats, with num2words and babel as oracles where they are right."""

from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from babel.dates import format_date as babel_date
from babel.numbers import format_decimal as babel_decimal
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from bpjsdesk.domain import wording

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (11, "sebelas"),
        (100, "seratus"),
        (111, "seratus sebelas"),
        (1_000, "seribu"),
        (1_100, "seribu seratus"),
        (16_800, "enam belas ribu delapan ratus"),
        (100_000, "seratus ribu"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (42_000_000, "empat puluh dua juta"),
        (1_000_000_000_000_000, "satu kuadriliun"),
        (
            412_569_083_660,
            "empat ratus dua belas miliar lima ratus enam puluh sembilan juta "
            "delapan puluh tiga ribu enam ratus enam puluh",
        ),
        (-15, "minus lima belas"),
    ],
)
def test_numbers_in_words(number: int, words: str) -> None:
    assert wording.number_in_words(number) == words
    assert wording.amount_in_words(number) == f"{words} rupiah"


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_words_agree_with_num2words_apart_from_its_satu_ribu(number: int) -> None:
    # num2words writes "satu juta satu ribu"; only the thousands group of one is wrong there.
    theirs = num2words(number, lang="id")
    if number // 1000 % 1000 == 1 and number >= 10**6:
        theirs = theirs.replace("satu ribu", "seribu")
    assert wording.number_in_words(number) == theirs


def test_numbers_without_agreed_words_are_refused() -> None:
    with pytest.raises(ValueError, match="no words"):
        wording.number_in_words(10**18)


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_counts_agree_with_babel(count: int) -> None:
    theirs = babel_decimal(abs(count), locale="id_ID")
    assert wording.format_count(count) == (f"−{theirs}" if count < 0 else theirs)


@given(DAYS)
def test_dates_agree_with_babel(day: date) -> None:
    assert wording.format_date(day) == babel_date(day, "d MMMM y", locale="id_ID")
    assert wording.format_date(day, "long") == babel_date(day, "EEEE, d MMMM y", locale="id_ID")
    assert wording.format_date(day, "short") == babel_date(day, "dd-MM-yyyy", locale="id_ID")
    assert wording.format_month(day) == babel_date(day, "MMMM y", locale="id_ID")


def test_a_date_reads_as_in_agreements() -> None:
    assert wording.format_date(date(2025, 12, 2), "long") == "Selasa, 2 Desember 2025"


def test_months_and_ranges() -> None:
    first, last = date(2025, 1, 1), date(2025, 11, 1)
    assert wording.format_month(last, short=True) == "Nov 2025"
    assert wording.format_month_range(first, last) == "Januari–November 2025"
    assert wording.format_month_range(first, first) == "Januari 2025"
    assert wording.format_month_range(first, date(2026, 3, 1)) == "Januari 2025 – Maret 2026"
    assert wording.format_date_range(first, last) == "1 Januari 2025 s.d. 1 November 2025"


def test_time_is_written_with_a_dot_and_its_zone() -> None:
    assert wording.format_time(datetime(2026, 11, 20, 9, 5, tzinfo=UTC)) == "pukul 09.05 WITA"


@pytest.mark.parametrize(
    ("amount", "full", "short"),
    [
        (0, "Rp0", "Rp0"),
        (16_800, "Rp16.800", "Rp16.800"),
        (999_999, "Rp999.999", "Rp999.999"),
        (1_000_000, "Rp1.000.000", "Rp1 juta"),
        (306_384_000, "Rp306.384.000", "Rp306,4 juta"),
        (999_949_999, "Rp999.949.999", "Rp999,9 juta"),
        (999_950_000, "Rp999.950.000", "Rp1 miliar"),
        (12_900_000_000, "Rp12.900.000.000", "Rp12,9 miliar"),
        (999_950_000_000, "Rp999.950.000.000", "Rp1 triliun"),
        (-1_500_000_000, "−Rp1.500.000.000", "−Rp1,5 miliar"),
    ],
)
def test_rupiah(amount: int, full: str, short: str) -> None:
    assert wording.format_rupiah(amount) == full
    assert wording.format_short_rupiah(amount) == short


def test_percent_has_a_decimal_comma_and_rounds_half_up() -> None:
    assert wording.format_percent(67.95) == "67,95%"
    assert wording.format_percent(Fraction(-1, 8), decimals=2) == "−0,13%"
    assert wording.format_percent(100, decimals=0) == "100%"
    assert wording.format_percent(wording.percent_of(1, 3) or 0) == "33,33%"
    assert wording.percent_of(1, 0) is None


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("Rp1.500.000,00", 1_500_000),
        ("rp 1.500.000", 1_500_000),
        ("1500000", 1_500_000),
        ("Rp. 20.000,-", 20_000),
        ("0", 0),
        ("1,500,000", None),
        ("1.50", None),
        ("1.500,50", None),
        ("lima ratus", None),
        ("", None),
    ],
)
def test_amounts_as_clerks_type_them(text: str, amount: int | None) -> None:
    assert wording.parse_rupiah(text) == amount


@given(st.integers(min_value=0, max_value=10**15))
def test_a_written_amount_reads_back(amount: int) -> None:
    assert wording.parse_rupiah(wording.format_rupiah(amount)) == amount


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("KTP dilihat", "KTP dilihat"),
        (" KTP  dilihat\n", "KTP dilihat"),
        ("KTP dilihat di loket", "KTP dilihat…"),
        ("x" * 20, "x" * 11 + "…"),
        ("https://" + "y" * 20, "https://yyy…"),
    ],
)
def test_what_somebody_has_typed_is_cut_where_there_is_no_room(text: str, short: str) -> None:
    assert wording.shortened(text, 12) == short
