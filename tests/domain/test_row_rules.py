"""Rules on phone, repeats, region, category and broken cells of a row."""

from datetime import date

import pytest

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.row_check import (
    IGNORED_SENTENCES,
    ISSUE_SENTENCES,
    IgnoredReason,
    IssueCode,
    with_codes,
)
from bpjsdesk.domain.row_issues import USUAL_LEVELS
from tests.domain.row_samples import check, checker, codes


@pytest.mark.parametrize(
    ("cell", "phone", "found"),
    [
        ("+62 812-3456-7890", "081234567890", set()),
        (81234567890.0, "081234567890", set()),
        (None, None, {"NO_PHONE"}),
        ("-", None, {"NO_PHONE"}),
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


def test_a_nik_that_is_the_family_card_is_told() -> None:
    assert codes(family_card_no="7171015203900001") == {"NIK_IS_FAMILY_CARD"}
    assert codes(family_card_no="7171 0152 0390 0001") == {"NIK_IS_FAMILY_CARD"}
    assert codes(family_card_no="7171011203900009") == set()
    assert codes(family_card_no=None) == set()


@pytest.mark.parametrize(
    ("cell", "is_servant"),
    [
        ("PNS", True),
        ("Guru (PNS)", True),
        ("pegawai  negeri sipil", True),
        ("TNI-AD", True),
        ("Anggota POLRI", True),
        ("Pensiunan PNS", False),
        ("Guru non ASN", False),
        ("Polisi Pamong Praja", False),
        ("Kantin PNSA", False),
        ("Nelayan", False),
        (None, False),
    ],
)
def test_servants_of_the_state_are_held(cell: Cell, is_servant: bool) -> None:
    row = check(occupation=cell)
    assert row.codes == ((IssueCode.IS_ASN_TNI_POLRI,) if is_servant else ())
    assert row.is_held is is_servant


def test_an_occupation_is_only_unknown_where_some_were_given_a_meaning() -> None:
    meanings = {"occupation": {"NLYN": "Nelayan", "GURU": "Guru PNS"}}
    within = checker(meanings=meanings)

    def read(occupation: str | None, phone: str) -> tuple[str | None, list[str]]:
        row = check(
            within, nik=f"717101520390{phone}", occupation=occupation, phone=f"08120000{phone}"
        )
        return row.occupation, [code.value for code in row.codes]

    assert read("nlyn", "0001") == ("Nelayan", [])
    assert read("NELAYAN", "0002") == ("NELAYAN", [])
    assert read("Montir", "0003") == ("Montir", ["OCCUPATION_UNKNOWN"])
    assert read("Guru", "0004") == ("Guru PNS", ["IS_ASN_TNI_POLRI"])
    assert read(None, "0005") == (None, [])
    assert codes(occupation="Montir") == set()


def test_what_a_list_leaves_open_is_told_where_it_has_the_column() -> None:
    for cell in (None, "", " ", "-"):
        assert codes(mother_name=cell) == {"NO_MOTHER_NAME"}
        assert codes(phone=cell) == {"NO_PHONE"}
    assert codes(phone=None, mother_name=None) == {"NO_PHONE", "NO_MOTHER_NAME"}
    bare = checker(["nik", "name"])
    assert bare.check("S", 2, ["7171015203900001", "Rina"]).codes == ()


def test_fillers_are_not_repeats_of_each_other() -> None:
    within = checker()
    for _ in range(2):
        row = check(within, nik="1111111111111111", phone=None)
        assert row.codes == (IssueCode.NIK_FILLER, IssueCode.NO_PHONE)


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
    assert (row.codes, row.is_held) == ((IssueCode.VALUE_LOST,), False)
    assert (row.note, row.bank, row.wage) == (None, None, None)


def test_long_numbers_in_number_cells_are_not_taken() -> None:
    row = check(family_card_no=7171011203900009.0, account_no=12345678.0)
    assert (row.family_card_no, row.account_no) == (None, None)
    assert row.codes == (IssueCode.FAMILY_CARD_FORMAT, IssueCode.ACCOUNT_FORMAT)
    assert not row.is_held
    assert check(family_card_no="123").family_card_no is None


def test_dates_and_numbers_in_text_columns_are_read_as_shown() -> None:
    row = check(neighbourhood=["d", "2026-03-02"], address=5.0, occupation=True)
    assert (row.neighbourhood, row.address) == ("2026-03-02", "5")
    assert row.codes == (IssueCode.NEIGHBOURHOOD_AS_DATE,)


def test_all_faults_of_a_row_are_told_errors_first() -> None:
    row = check(name=None, sex="L", birth_date="01-01-1950", category="x", village="x")
    assert [code.value for code in row.codes] == [
        "NAME_MISSING",
        "OVER_AGE",
        "CATEGORY_UNKNOWN",
        "NIK_DOB_MISMATCH",
        "NIK_SEX_MISMATCH",
        "REGION_UNMAPPED",
    ]


def test_codes_of_the_store_are_added_in_order() -> None:
    row = with_codes(check(sex="L"), USUAL_LEVELS, IssueCode.NAME_DIFFERS, IssueCode.DUP_ACTIVE)
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
    assert all(sentence.endswith(".") for sentence in ISSUE_SENTENCES.values())
