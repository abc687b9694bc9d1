"""Rules on NIK, name, birth date, age and sex of a row."""

from datetime import date

import pytest

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.row_check import (
    IssueCode,
    RowKind,
)
from tests.domain.row_samples import check, checker, codes


def test_a_sound_row_is_understood_in_full() -> None:
    row = check(
        address="Jl. Mawar  1",
        neighbourhood="Lingk. II",
        city="Kota Manado",
        category="PEKERJA RENTAN",
        occupation="Nelayan",
        mother_name="Ibu",
        family_card_no="7171 0112 0390 0009",
        wage="Rp1.500.000",
        bank="BSG",
        account_no="0012345678",
        note="baru",
        row_key="k1",
        email="r@example.test",
    )
    assert (row.sheet, row.row_no, row.kind, row.reason) == ("Molas", 7, RowKind.DATA, None)
    assert row.codes == ()
    assert not row.is_held
    assert (row.nik, row.name, row.name_key) == ("7171015203900001", "RINA WULUR", "RINA WULUR")
    assert (row.birth_date, row.sex, row.birth_place) == (date(1990, 3, 12), "P", "Manado")
    assert (row.village, row.district, row.region_code) == ("Molas", "Bunaken", "71.71.01.1001")
    assert (row.address, row.neighbourhood) == ("Jl. Mawar 1", "Lingk. II")
    assert (row.phone, row.email, row.occupation) == ("081234567890", "r@example.test", "Nelayan")
    assert (row.family_card_no, row.mother_name) == ("7171011203900009", "Ibu")
    assert (row.wage, row.bank, row.account_no) == (1_500_000, "BSG", "0012345678")
    assert (row.category, row.note, row.row_key) == ("PEKERJA RENTAN", "baru", "k1")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (None, "NIK_MISSING"),
        ("  ", "NIK_MISSING"),
        ("-", "NIK_MISSING"),
        ("717101520390001", "NIK_FORMAT"),
        ("71710152039000011", "NIK_FORMAT"),
        ("7171O15203900001", "NIK_FORMAT"),
        ("NIK 7171015203900001", "NIK_FORMAT"),
        (True, "NIK_FORMAT"),
        (["d", "2020-01-01"], "NIK_FORMAT"),
        (7171015203900001, "NIK_AS_NUMBER"),
        (7171015203900001.0, "NIK_AS_NUMBER"),
        (5.0, "NIK_AS_NUMBER"),
        (float("nan"), "NIK_AS_NUMBER"),
        (float("inf"), "NIK_AS_NUMBER"),
        ("7.17101520390E+15", "NIK_AS_NUMBER"),
        ("7,17101E+15", "NIK_AS_NUMBER"),
        ("717101520390001.0", "NIK_AS_NUMBER"),
        ("7171017203900001", "NIK_DATE"),
        ("7171013113900001", "NIK_DATE"),
        ("1111111111111111", "NIK_FILLER"),
        ("1234567890123456", "NIK_FILLER"),
        ("#N/A", "CELL_ERROR"),
        (["e", "#DIV/0!"], "CELL_ERROR"),
        (["f", ""], "FORMULA_NO_VALUE"),
    ],
)
def test_faults_of_the_nik_cell(cell: Cell, code: str) -> None:
    assert codes(nik=cell) == {code}


@pytest.mark.parametrize(
    "cell", ["'7171015203900001", "7171.01.520390.0001", " 7171 0152 0390 0001\xa0"]
)
def test_separators_around_a_text_nik_are_no_fault(cell: str) -> None:
    row = check(nik=cell)
    assert row.codes == ()
    assert row.nik == "7171015203900001"


def test_warnings_about_a_nik_do_not_hold_the_row() -> None:
    row = check(nik="7600015203900000")
    assert set(row.codes) == {IssueCode.NIK_REGION_UNKNOWN, IssueCode.SERIAL_ZERO}
    assert not row.is_held
    assert codes(nik="6404015203900001") == set()


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        (None, {"NAME_MISSING"}),
        (" ", {"NAME_MISSING"}),
        ("-", {"NAME_MISSING"}),
        ("123", {"NAME_MISSING"}),
        (12.0, {"NAME_MISSING"}),
        (["d", "2020-01-01"], {"NAME_MISSING"}),
        ("#REF!", {"CELL_ERROR"}),
        ("Err:502", {"CELL_ERROR"}),
        (["e", "#NAME?"], {"CELL_ERROR"}),
        (["f", ""], {"FORMULA_NO_VALUE"}),
        ("=cmd|' /C calc'!A0", {"NAME_WITH_DIGIT"}),
        ("1. BUDI RONDO", {"NAME_WITH_DIGIT"}),
        ("BUD1 RONDO", {"NAME_WITH_DIGIT"}),
        ("BUDI ٣", {"NAME_WITH_DIGIT"}),
        ("B" * 100, set()),
        ("B" * 101, {"NAME_TOO_LONG"}),
        ("Budi 1 " * 20, {"NAME_WITH_DIGIT", "NAME_TOO_LONG"}),
        ("<b>Budi</b>", set()),
    ],
)
def test_faults_of_the_name(cell: Cell, found: set[str]) -> None:
    assert codes(name=cell) == found


def test_a_name_is_kept_on_one_line_in_capitals() -> None:
    row = check(name="Drs.  Budi\n Lumi\x00,\u200b S.H.")
    assert row.name == "DRS. BUDI LUMI, S.H."
    assert row.name_key == "BUDI LUMI"


@pytest.mark.parametrize(
    ("cell", "birth", "found"),
    [
        ("12-03-1990", date(1990, 3, 12), set()),
        ("12/3/90", date(1990, 3, 12), set()),
        ("12 Maret 1990", date(1990, 3, 12), set()),
        (["dt", "1990-03-12T00:00:00"], date(1990, 3, 12), set()),
        (32944.0, date(1990, 3, 12), set()),
        (32944, date(1990, 3, 12), set()),
        ("32944", date(1990, 3, 12), set()),
        (12031990.0, date(1990, 3, 12), set()),
        (None, date(1990, 3, 12), set()),
        ("-", date(1990, 3, 12), set()),
        ("03/12/1990", date(1990, 12, 3), {"NIK_DOB_MISMATCH"}),
        ("12-03-1991", date(1991, 3, 12), {"NIK_DOB_MISMATCH"}),
        (32945.0, None, {"DOB_UNREADABLE"}),
        (100.0, None, {"DOB_UNREADABLE"}),
        (32944.5, None, {"DOB_UNREADABLE"}),
        (99999999.0, None, {"DOB_UNREADABLE"}),
        (1e300, None, {"DOB_UNREADABLE"}),
        (float("nan"), None, {"DOB_UNREADABLE"}),
        (True, None, {"DOB_UNREADABLE"}),
        ("kemarin", None, {"DOB_UNREADABLE"}),
        ("31-02-1990", None, {"DOB_UNREADABLE"}),
        ("08/26/1985", None, {"DOB_UNREADABLE"}),
        (["d", "1899-12-31"], None, {"DOB_UNREADABLE"}),
        (["d", "2026-11-22"], None, {"DOB_UNREADABLE"}),
        (["d", "nonsense"], None, {"DOB_UNREADABLE"}),
        (["t", "00:00:00"], None, {"DOB_UNREADABLE"}),
        (["e", "#VALUE!"], None, {"CELL_ERROR"}),
        (["f", ""], None, {"FORMULA_NO_VALUE"}),
        ("#VALUE!", None, {"CELL_ERROR"}),
    ],
)
def test_birth_dates(cell: Cell, birth: date | None, found: set[str]) -> None:
    row = check(birth_date=cell)
    assert row.birth_date == birth
    assert {code.value for code in row.codes} == found


def test_a_month_first_date_is_taken_with_a_warning_when_the_nik_confirms_it() -> None:
    row = check(nik="7171016608850001", birth_date="08/26/1985")
    assert row.codes == (IssueCode.NIK_DOB_MISMATCH,)
    assert row.birth_date == date(1985, 8, 26)


def test_the_file_decides_the_century() -> None:
    row = check(nik="7171015203050001", birth_date="12-03-1905")
    assert row.birth_date == date(1905, 3, 12)
    assert row.codes == (IssueCode.OVER_AGE,)


@pytest.mark.parametrize(
    ("birth", "found"),
    [
        (date(1961, 11, 20), {"OVER_AGE"}),
        (date(1961, 11, 21), set()),
        (date(2009, 11, 20), set()),
        (date(2009, 11, 21), {"UNDER_AGE"}),
    ],
)
def test_ages_are_judged_on_the_registration_date(birth: date, found: set[str]) -> None:
    nik = f"717101{birth.day:02d}{birth:%m%y}0001"
    for cell in (["d", birth.isoformat()], None):
        assert codes(nik=nik, sex="L", birth_date=cell) == found


def test_a_segment_without_age_limits_has_none() -> None:
    free = checker(over_age=None, under_age=None)
    for year in (1925, 2020):
        nik = f"7171015203{year % 100}0001"
        row = check(free, birth_date=["d", f"{year}-03-12"], nik=nik, phone=None)
        assert row.codes == (IssueCode.NO_PHONE,)


@pytest.mark.parametrize(
    ("cell", "sex", "found"),
    [
        ("P", "P", set()),
        ("perempuan", "P", set()),
        ("Wanita", "P", set()),
        (2.0, "P", set()),
        ("Laki - Laki", "L", {"NIK_SEX_MISMATCH"}),
        ("LK", "L", {"NIK_SEX_MISMATCH"}),
        (1, "L", {"NIK_SEX_MISMATCH"}),
        (None, None, {"SEX_UNKNOWN"}),
        ("-", None, {"SEX_UNKNOWN"}),
        ("?", None, {"SEX_UNKNOWN"}),
        ("laki2", None, {"SEX_UNKNOWN"}),
        ("X", None, {"SEX_UNKNOWN"}),
        (["d", "2026-01-01"], None, {"SEX_UNKNOWN"}),
        ("#N/A", None, {"CELL_ERROR"}),
    ],
)
def test_sex(cell: Cell, sex: str | None, found: set[str]) -> None:
    row = check(sex=cell)
    assert row.sex == sex
    assert {code.value for code in row.codes} == found
