"""Every rule on a row, every code at least once."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.check_reference import CheckReference
from bpjsdesk.domain.columns import ColumnMap, find_columns
from bpjsdesk.domain.names import city_index, place_index
from bpjsdesk.domain.row_check import (
    IGNORED_SENTENCES,
    ISSUE_SENTENCES,
    CheckedRow,
    IgnoredReason,
    IssueCode,
    RowChecker,
    RowKind,
    is_error,
    with_codes,
)

TODAY = date(2026, 11, 20)
FIELD_WORDS = """number nik name sex birth_place birth_date address neighbourhood village district
city phone category occupation mother_name family_card_no wage bank account_no note row_key email"""
FIELDS = FIELD_WORDS.split()
SOUND: dict[str, Cell] = {
    "number": 1.0,
    "nik": "7171015203900001",
    "name": "Rina Wulur",
    "sex": "P",
    "birth_place": "Manado",
    "birth_date": ["d", "1990-03-12"],
    "village": "Molas",
    "district": "Bunaken",
    "phone": "081234567890",
}


def reference(**changes: object) -> CheckReference:
    villages = [
        ("71.71.01.1001", "Bunaken", "Molas"),
        ("71.71.10.1001", "Bunaken Kepulauan", "Bunaken"),
        ("71.74.04.1001", "Kotamobagu Barat", "Mongkonai"),
    ]
    cities = [("71.71", "Kota Manado"), ("71.74", "Kota Kotamobagu")]
    values: dict[str, object] = {
        "region_lookup": place_index(villages, region_prefix="71.71"),
        "city_lookup": city_index(cities),
        "known_prefixes": frozenset({"71.71", "7174", "6404"}),
        "region_prefix": "71.71",
        "categories": {"VULNERABLE": "Pekerja Rentan", "UMKM": "UMKM"},
        "category": "VULNERABLE",
        "over_age": 65,
        "under_age": 17,
        "today": TODAY,
    }
    return CheckReference(**(values | changes))  # type: ignore[arg-type]  # tests vary one field


def columns(fields: list[str] = FIELDS) -> ColumnMap:
    return find_columns([fields], {field: [field] for field in [*FIELDS, "birth_place_date"]})


def checker(fields: list[str] = FIELDS, **changes: object) -> RowChecker:
    return RowChecker(columns(fields), reference(**changes), TODAY)


def check(within: RowChecker | None = None, /, **cells: Cell) -> CheckedRow:
    row = SOUND | cells
    return (within or checker()).check("Molas", 7, [row.get(field) for field in FIELDS])


def codes(**cells: Cell) -> set[str]:
    return {code.value for code in check(**cells).codes}


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
        ("=cmd|' /C calc'!A0", set()),
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
        assert row.codes == ()


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
        (None, None, set()),
        ("?", None, set()),
    ],
)
def test_sex(cell: Cell, sex: str | None, found: set[str]) -> None:
    row = check(sex=cell)
    assert row.sex == sex
    assert {code.value for code in row.codes} == found


@pytest.mark.parametrize(
    ("cell", "phone", "found"),
    [
        ("+62 812-3456-7890", "081234567890", set()),
        (81234567890.0, "081234567890", set()),
        (None, None, set()),
        ("-", None, set()),
        ("0431851234", None, {"PHONE_FORMAT"}),
        ("#N/A", None, {"PHONE_FORMAT"}),
        (["f", ""], None, {"PHONE_FORMAT"}),
        (["d", "2020-01-01"], None, {"PHONE_FORMAT"}),
    ],
)
def test_phones(cell: Cell, phone: str | None, found: set[str]) -> None:
    row = check(phone=cell)
    assert row.phone == phone
    assert {code.value for code in row.codes} == found


def test_a_shared_phone_warns_from_the_second_row_on() -> None:
    within = checker()
    first = check(within)
    second = check(within, nik="7171015203900002", phone="+62 812 3456 7890")
    assert first.codes == ()
    assert second.codes == (IssueCode.PHONE_SHARED,)
    assert not second.is_held


def test_a_repeated_nik_is_held_across_sheets_and_forms() -> None:
    within = checker()
    check(within)
    again = within.check("Buha", 3, [SOUND.get(f) for f in FIELDS])
    assert IssueCode.DUP_IN_FILE in again.codes
    assert again.is_held
    other = columns(["name", "nik"])
    within.use_columns(other)
    third = within.check("Lain", 2, ["Rina", "7171.01.520390.0001"])
    assert third.codes == (IssueCode.DUP_IN_FILE,)
    assert within.first_row_of("7171015203900001") == ("Molas", 7)
    assert within.first_row_of("7171015203900009") is None


def test_fillers_are_not_repeats_of_each_other() -> None:
    within = checker()
    for _ in range(2):
        row = check(within, nik="1111111111111111", phone=None)
        assert row.codes == (IssueCode.NIK_FILLER,)


@pytest.mark.parametrize(
    ("address", "region", "found"),
    [
        (("Kel. Molas", "Kec. Bunaken", "KOTA MANADO"), "71.71.01.1001", set()),
        (("MOLAS", None, None), "71.71.01.1001", set()),
        (("Molas", "Bunakken", None), "71.71.01.1001", set()),
        (("Bunaken", "Bunaken Kepulauan", None), "71.71.10.1001", set()),
        (("Molas", "Bunaken Kepulauan", None), None, {"REGION_UNMAPPED"}),
        (("Mollas", "Bunaken", None), None, {"REGION_UNMAPPED"}),
        ((None, None, None), None, {"REGION_UNMAPPED"}),
        (("#N/A", None, None), None, {"REGION_UNMAPPED", "CELL_ERROR"}),
        (("Mongkonai", "Kotamobagu Barat", None), "71.74.04.1001", {"OUT_OF_REGION"}),
        (("Molas", "Bunaken", "Kota Mobagu"), None, {"OUT_OF_REGION"}),
        (("Mollas", None, "Kota Mobagu"), None, {"OUT_OF_REGION"}),
        (("Mongkonai", "Kotamobagu Barat", "KOTAMOBAGU"), "71.74.04.1001", {"OUT_OF_REGION"}),
        (("Molas", "Bunaken", "Mdo"), "71.71.01.1001", set()),
    ],
)
def test_regions(address: tuple[Cell, Cell, Cell], region: str | None, found: set[str]) -> None:
    village, district, city = address
    row = check(village=village, district=district, city=city)
    assert row.region_code == region
    assert {code.value for code in row.codes} == found


def test_a_file_without_address_columns_is_not_warned_row_by_row() -> None:
    bare = checker(["nik", "name"])
    assert bare.check("S", 2, ["7171015203900001", "Rina"]).codes == ()
    city = checker(["nik", "name", "city"])
    assert city.check("S", 2, ["7171015203900001", "Rina", "Manado"]).codes == ()
    row = city.check("S", 3, ["7171015203900002", "Rani", "Kota Kotamobagu"])
    assert row.codes == (IssueCode.OUT_OF_REGION,)


def test_a_province_agreement_holds_all_its_cities() -> None:
    wide = checker(region_prefix="71")
    assert check(wide, city="Kota Kotamobagu").codes == ()
    anywhere = checker(region_prefix="")
    assert check(anywhere, city="Kota Kotamobagu").codes == ()


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("vulnerable", set()),
        ("Pekerja  Rentan", set()),
        (None, set()),
        ("UMKM", {"CATEGORY_UNKNOWN"}),
        ("Pelajar", {"CATEGORY_UNKNOWN"}),
        ("#N/A", {"CELL_ERROR"}),
    ],
)
def test_categories_must_be_the_chosen_one(cell: Cell, found: set[str]) -> None:
    assert codes(category=cell) == found


def test_broken_cells_hold_where_the_value_is_needed() -> None:
    assert codes(address=["f", ""]) == {"FORMULA_NO_VALUE"}
    assert codes(mother_name=["e", "#REF!"]) == {"CELL_ERROR"}
    row = check(note=["e", "#REF!"], bank="#N/A", wage=["f", ""], number=["f", ""])
    assert row.codes == ()
    assert (row.note, row.bank, row.wage) == (None, None, None)


def test_long_numbers_in_number_cells_are_not_taken() -> None:
    row = check(family_card_no=7171011203900009.0, account_no=12345678.0)
    assert (row.family_card_no, row.account_no) == (None, None)
    assert check(family_card_no="123").family_card_no is None


def test_dates_and_numbers_in_text_columns_are_read_as_shown() -> None:
    row = check(neighbourhood=["d", "2026-03-02"], address=5.0, occupation=True)
    assert (row.neighbourhood, row.address) == ("2026-03-02", "5")
    assert row.codes == ()


def test_all_faults_of_a_row_are_told_errors_first() -> None:
    within = checker()
    check(within)
    row = check(within, name=None, sex="L", birth_date="01-01-1950", category="x", village="x")
    assert [code.value for code in row.codes] == [
        "NAME_MISSING",
        "OVER_AGE",
        "DUP_IN_FILE",
        "CATEGORY_UNKNOWN",
        "NIK_DOB_MISMATCH",
        "NIK_SEX_MISMATCH",
        "PHONE_SHARED",
        "REGION_UNMAPPED",
    ]


def test_codes_of_the_store_are_added_in_order() -> None:
    row = with_codes(check(sex="L"), IssueCode.NAME_DIFFERS, IssueCode.DUP_ACTIVE)
    assert row.codes == (
        IssueCode.DUP_ACTIVE,
        IssueCode.NIK_SEX_MISMATCH,
        IssueCode.NAME_DIFFERS,
    )
    assert row.is_held


def test_place_and_date_in_one_cell() -> None:
    for cell in ("Manado, 12-03-1990", "Manado 12 Maret 1990", "MANADO / 12-3-90"):
        row = checker(["nik", "name", "birth_place_date"]).check(
            "S", 2, ["7171015203900001", "Rina", cell]
        )
        assert row.codes == ()
        assert row.birth_place is not None
        assert row.birth_place.upper() == "MANADO"
        assert row.birth_date == date(1990, 3, 12)


@pytest.mark.parametrize(
    ("cell", "place", "found"),
    [
        ("Manado", "Manado", {"DOB_UNREADABLE"}),
        ("Manado, 99-99-1990", "Manado", {"DOB_UNREADABLE"}),
        ("12-03-1990", None, set()),
        (["d", "1990-03-12"], None, set()),
        (["e", "#N/A"], None, {"CELL_ERROR"}),
        ("#N/A", None, {"CELL_ERROR"}),
        (None, None, set()),
    ],
)
def test_half_of_a_place_and_date(cell: Cell, place: str | None, found: set[str]) -> None:
    row = checker(["nik", "name", "birth_place_date"]).check(
        "S", 2, ["7171015203900001", "Rina", cell]
    )
    assert row.birth_place == place
    assert {code.value for code in row.codes} == found


def test_the_own_column_of_the_birth_date_goes_first() -> None:
    fields = ["nik", "name", "birth_date", "birth_place_date"]
    row = checker(fields).check(
        "S", 2, ["7171015203900001", "Rina", ["d", "1990-03-12"], "Bitung, 1-1-1980"]
    )
    assert (row.birth_place, row.birth_date, row.codes) == ("Bitung", date(1990, 3, 12), ())


def test_every_code_and_reason_has_its_sentence() -> None:
    assert list(ISSUE_SENTENCES) == list(IssueCode)
    assert set(IGNORED_SENTENCES) == set(IgnoredReason)
    assert sum(map(is_error, IssueCode)) == 13
    assert all(sentence.endswith(".") for sentence in ISSUE_SENTENCES.values())


CELLS = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.integers(-(10**18), 10**18),
    st.floats(),
    st.booleans(),
    st.tuples(st.sampled_from(["d", "dt", "t", "e", "f"]), st.text(max_size=12)).map(list),
)


@given(st.lists(CELLS, max_size=len(FIELDS) + 3))
def test_no_row_breaks_the_check_and_none_is_lost(cells: list[Cell]) -> None:
    row = checker().check("S", 2, cells)
    assert row.kind in RowKind
    assert (row.reason is None) == (row.kind is not RowKind.IGNORED)
    assert row.nik is None or (len(row.nik) == 16 and row.nik.isascii() and row.nik.isdigit())
    json.dumps([str(value) for value in row])


ODDITIES: dict[str, list[Cell]] = {
    "nik": ["7171015203900002", "7171011203900003", "7171015203900000", "7600015203900004",
            "1111111111111111", "717101520390001", "7171017203900001", 7171015203900001.0, None],
    "name": ["Rina", "HJ RINA", "H. RINA, S.Pd", "#N/A", None],
    "birth_date": ["12-03-1990", "03/12/1990", ["d", "1950-01-01"], ["d", "2015-03-12"], None,
                   32944.0, ["e", "#REF!"]],
    "sex": ["L", "Perempuan", None],
    "phone": ["081234567891", "+62 812 3456 7892", 81234567893.0, "x", None, ["f", ""]],
    "village": ["Mongkonai", "Mollas", None, "#N/A", ["f", ""]],
    "district": [None, "Bunaken Kepulauan"],
    "category": ["UMKM", "VULNERABLE", "#REF!"],
    "address": ["Jl. Mawar", " Jl.  Mawar ", 5.0],
    "account_no": ["0012", 12.0],
}  # fmt: skip
ODD_CELLS = [(field, cell) for field, cells in ODDITIES.items() for cell in cells]


@st.composite
def odd_rows(draw: st.DrawFn) -> dict[str, Cell]:
    """A sound row of its own NIK and phone with up to three oddities, often none."""
    number = draw(st.integers(1, 9))
    own: dict[str, Cell] = {
        "name": "RINA WULUR",
        "nik": f"71710152039001{number:02d}",
        "phone": f"0812345670{number:02d}",
    }
    return SOUND | own | dict(draw(st.lists(st.sampled_from(ODD_CELLS), max_size=3)))


LAYOUTS = [
    FIELDS,
    ["nik", "name", "birth_date", "sex", "phone", "village", "district", "address"],
    ["nik", "name", "birth_date", "sex", "phone"],
    ["nik", "name", "birth_date", "sex"],
]


@given(
    rows=st.lists(st.tuples(odd_rows(), st.integers(3, len(FIELDS) + 20)), max_size=12),
    fields=st.sampled_from(LAYOUTS),
)
def test_the_short_way_answers_like_the_long_one(
    rows: list[tuple[dict[str, Cell], int]], fields: list[str]
) -> None:
    listed = [[row.get(field) for field in fields][:width] for row, width in rows]
    long, short = checker(fields), checker(fields)
    expected = [long.check("S", number, cells) for number, cells in enumerate(listed, 2)]
    assert list(short.check_all("S", enumerate(listed, 2))) == expected


def test_a_usual_row_takes_the_short_way() -> None:
    row = [(SOUND | {"name": "RINA WULUR"}).get(field) for field in FIELDS]
    within = checker()
    sound, again = within.check_all("S", [(2, row), (3, row)])
    assert sound == checker().check("S", 2, row)
    assert sound.name == "RINA WULUR"
    assert IssueCode.DUP_IN_FILE in again.codes
