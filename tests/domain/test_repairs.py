"""A repair changes a row only where the row itself proves what is right."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.repairs import RepairRule, mended
from bpjsdesk.domain.row_to_mend import RowToMend
from bpjsdesk.domain.village_names import VillageNames
from tests.domain.row_samples import FIELDS, SOUND, TODAY, check, checker, columns, reference

NIK = "7171015203900001"  # a woman born on 12 March 1990
BORN, NIK_AT, SEX, PHONE = (FIELDS.index(each) for each in ("birth_date", "nik", "sex", "phone"))


def row_to_mend(laid: Sequence[Cell], fields: list[str] = FIELDS) -> RowToMend:
    """A row as it lies in the file."""
    rules = partial(checker(fields).check, "Molas", 7)
    return RowToMend(
        row=rules(laid),
        cells=laid,
        columns=columns(fields),
        registered_on=TODAY,
        check=rules,
        villages=VillageNames(reference()),
    )


def after(rule: RepairRule, **cells: Cell) -> list[Cell] | None:
    row = SOUND | cells
    return mended(rule, row_to_mend([row.get(field) for field in FIELDS]))


def named(cells: list[Cell] | None) -> dict[str, Cell] | None:
    """Name the cells of a mended row that hold anything."""
    if cells is None:
        return None
    pairs = zip(FIELDS, cells, strict=False)
    return {field: cell for field, cell in pairs if cell is not None}


@pytest.mark.parametrize(
    "written",
    [
        "03-12-1990",  # day and month swapped
        "03/12/1990",
        "31-02-1990",
        "tidak tahu",
        "12-03-2026",  # this year, out of habit
        "12-03-2025",
        ["d", "1986-03-11"],  # the other way to count days
        ["d", "1994-03-13"],
    ],
)
def test_a_slip_in_the_birth_date_is_mended_from_the_nik(written: Cell) -> None:
    cells = after(RepairRule.BIRTH_DATE_FROM_NIK, birth_date=written)
    assert cells is not None
    assert cells[BORN] == ["d", "1990-03-12"]


@pytest.mark.parametrize("written", ["13-03-1990", "12-03-1991", "12-04-1990", "12-03-2013"])
def test_where_nik_or_cell_may_be_mistyped_nothing_is_mended(written: Cell) -> None:
    assert after(RepairRule.BIRTH_DATE_FROM_NIK, birth_date=written) is None
    assert after(RepairRule.SEX_FROM_NIK, birth_date=written, sex="L") is None


def test_the_nik_of_the_spouse_mends_neither_day_nor_sex() -> None:
    assert after(RepairRule.BIRTH_DATE_FROM_NIK, sex="L", birth_date="tidak tahu") is None
    assert after(RepairRule.SEX_FROM_NIK, sex="L", birth_date="tidak tahu") is None
    assert after(RepairRule.BIRTH_DATE_FROM_NIK, sex="L", birth_date="05-09-1988") is None
    assert after(RepairRule.SEX_FROM_NIK, sex="L", birth_date="05-09-1988") is None


def test_a_wrong_sex_is_mended_where_the_birth_date_shows_whose_nik_it_is() -> None:
    cells = after(RepairRule.SEX_FROM_NIK, sex="L")
    assert cells is not None
    assert cells[SEX] == "P"
    assert after(RepairRule.SEX_FROM_NIK, sex="L", birth_date=None) is None
    assert after(RepairRule.SEX_FROM_NIK, sex="L", nik=None) is None


def test_letters_are_read_as_digits_where_the_row_agrees() -> None:
    cells = after(RepairRule.LETTERS_TO_DIGITS, nik="7I7lO152o39OOOO1")
    assert cells is not None
    assert cells[NIK_AT] == NIK
    assert after(RepairRule.LETTERS_TO_DIGITS, nik="7171O15203900001", sex="L") is None
    assert after(RepairRule.LETTERS_TO_DIGITS, nik="7171O15203900001", birth_date=None) is None
    assert (
        after(RepairRule.LETTERS_TO_DIGITS, nik="7171O15203900001", birth_date="01-01-1980") is None
    )


def test_days_are_swapped_only_to_what_the_nik_says() -> None:
    cells = after(RepairRule.SWAP_DAY_AND_MONTH, birth_date="03-12-1990")
    assert cells is not None
    assert cells[BORN] == ["d", "1990-03-12"]
    assert after(RepairRule.SWAP_DAY_AND_MONTH, birth_date="04-12-1990") is None
    assert after(RepairRule.SWAP_DAY_AND_MONTH) is None


def test_the_first_of_two_telephones_is_taken() -> None:
    cells = after(RepairRule.FIRST_OF_TWO_PHONES, phone="081234567890 / 081398765432")
    assert cells is not None
    assert cells[PHONE] == "081234567890"
    assert after(RepairRule.FIRST_OF_TWO_PHONES, phone="0812 / 0813") is None


def test_a_place_and_date_in_one_cell_keeps_its_place() -> None:
    fields = [*(each for each in FIELDS if each != "birth_date"), "birth_place_date"]
    row = check(birth_date=None)._replace(birth_place="Manado, tidak tahu", birth_date=None)
    cells: list[Cell] = [SOUND.get(field) for field in fields]
    wrong = replace(row_to_mend(cells, fields), row=row)
    mended_cells = mended(RepairRule.BIRTH_DATE_FROM_NIK, wrong)
    assert mended_cells is not None
    assert mended_cells[-1] == "Manado, 12-03-1990"
    assert date(1990, 3, 12) == wrong.birth_of_nik


SHIFTED_FROM = FIELDS.index("birth_place")
CARD = "7171011203150007"


def laid_out(**cells: Cell) -> list[Cell]:
    row = SOUND | cells
    return [row.get(field) for field in FIELDS]


@pytest.mark.parametrize(
    "written", ["Manado, 12-03-1990", "MANADO / 12 Maret 1990", "Manado 12-3-90"]
)
def test_place_and_day_in_the_cell_of_the_day_are_parted(written: str) -> None:
    cells = after(RepairRule.SPLIT_PLACE_AND_DATE, birth_place=None, birth_date=written)
    assert cells is not None
    assert cells[BORN] == ["d", "1990-03-12"]
    assert str(cells[FIELDS.index("birth_place")]).casefold() == "manado"
    assert after(RepairRule.SPLIT_PLACE_AND_DATE, birth_place="Bitung", birth_date=written) is None


def test_a_day_that_the_nik_does_not_tell_is_not_parted_from_its_place() -> None:
    other = {"birth_place": None, "birth_date": "Manado, 13-03-1990"}
    assert after(RepairRule.SPLIT_PLACE_AND_DATE, **other) is None
    assert after(RepairRule.SPLIT_PLACE_AND_DATE, birth_date="12-03-1990") is None


@pytest.mark.parametrize("written", [f"NIK. {NIK}", f"{NIK} (KTP)", "7171 0152 0390 0001 WNI"])
def test_the_nik_is_taken_out_of_the_words_around_it(written: str) -> None:
    cells = after(RepairRule.CLEAN_NIK, nik=written)
    assert cells is not None
    assert cells[NIK_AT] == NIK
    assert after(RepairRule.CLEAN_NIK, nik=written, birth_date="13-03-1990") is None
    assert after(RepairRule.CLEAN_NIK, nik=f"{written} {CARD}") is None


@pytest.mark.parametrize(
    "written", [f"Rina Wulur {NIK}", f"{NIK} - Rina Wulur", f"Rina Wulur (NIK: {NIK})"]
)
def test_the_nik_is_taken_out_of_the_name(written: str) -> None:
    cells = after(RepairRule.NIK_FROM_NAME, nik=None, name=written)
    assert cells is not None
    assert (cells[NIK_AT], cells[FIELDS.index("name")]) == (NIK, "Rina Wulur")
    assert after(RepairRule.NIK_FROM_NAME, nik="123", name=written) is None
    assert after(RepairRule.NIK_FROM_NAME, nik=None, name=written, birth_date=None) is None
    assert after(RepairRule.NIK_FROM_NAME, nik=None, name=f"{written} 2") is None


@pytest.mark.parametrize("written", ["12. Rina Wulur", "3) Rina Wulur", "007 . Rina Wulur"])
def test_the_number_of_its_row_is_taken_off_a_name(written: str) -> None:
    cells = after(RepairRule.NAME_WITHOUT_NUMBER, name=written)
    assert cells is not None
    assert cells[FIELDS.index("name")] == "Rina Wulur"


@pytest.mark.parametrize(
    "written", ["R1na Wulur", "1 Rina", "12. Rina 2", "Rina", "12.", f"{NIK}. R"]
)
def test_no_other_digit_in_a_name_is_taken_off(written: str) -> None:
    assert after(RepairRule.NAME_WITHOUT_NUMBER, name=written) is None


@pytest.mark.parametrize("written", ["X", "laki2", None])
def test_a_sex_that_was_not_understood_is_taken_from_the_nik(written: str | None) -> None:
    cells = after(RepairRule.SEX_FROM_NIK, sex=written)
    assert cells is not None
    assert cells[SEX] == "P"
    assert after(RepairRule.SEX_FROM_NIK, sex=written, birth_date="13-03-1990") is None


def test_a_birth_date_of_nobody_alive_gets_the_century_that_the_nik_leaves() -> None:
    young = "7171011203050001"
    cells = after(RepairRule.CENTURY_FROM_NIK, nik=young, sex="L", birth_date=["d", "1905-03-12"])
    assert cells is not None
    assert cells[BORN] == ["d", "2005-03-12"]
    assert after(RepairRule.CENTURY_FROM_NIK, nik=young, sex="L", birth_date="13-03-1905") is None
    old = "7171011203200001"  # of 1920 or of 2020: nobody can tell
    assert after(RepairRule.CENTURY_FROM_NIK, nik=old, sex="L", birth_date="12-03-1920") is None


@pytest.mark.parametrize(
    "written", ["HP. 0812-3456-7890", "081234567890 (WA)", "+62 812 3456 7890 a.n. Ibu"]
)
def test_the_only_telephone_is_taken_out_of_the_words_around_it(written: str) -> None:
    cells = after(RepairRule.CLEAN_PHONE, phone=written)
    assert cells is not None
    assert cells[PHONE] == "081234567890"
    assert after(RepairRule.CLEAN_PHONE, phone=f"{written} ext 12") is None


@pytest.mark.parametrize(
    ("village", "district", "meant"),
    [
        ("Bunakn", "Bunaken Kepulauan", "Bunaken"),
        ("Bunakken", None, "Bunaken"),
        ("Mollas", "Bunaken", "Molas"),
        ("Bunaken", "Bunaken", None),  # a village of another district: no slip
        ("Bunakn", "Tikala", None),  # a district that is none of the region
        ("Malas", "Wori", None),
        ("Pandu", "Bunaken", None),
        ("Mongkonai", "Bunaken", None),
    ],
)
def test_a_village_is_spelt_as_the_only_one_that_is_meant(
    village: str, district: str | None, meant: str | None
) -> None:
    cells = after(RepairRule.NEAREST_VILLAGE, village=village, district=district)
    assert (cells and cells[FIELDS.index("village")]) == meant


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ("Jl. Raya No. 3, Kel. Molas, Kec. Bunaken", "Molas"),
        ("Lingkungan II kelurahan molas RT 02", "Molas"),
        ("Jl. Molas Raya 3", None),
        ("Kel. Molas, pindah ke Kel. Pandu", None),
        ("Kelompok Tani Molas", None),
    ],
)
def test_the_village_is_taken_out_of_an_address_that_names_it(
    address: str, meant: str | None
) -> None:
    cells = after(RepairRule.VILLAGE_FROM_ADDRESS, village=None, address=address)
    assert (cells and cells[FIELDS.index("village")]) == meant
    assert after(RepairRule.VILLAGE_FROM_ADDRESS, village="Pandu", address=address) is None


def test_cells_that_were_pushed_to_the_right_go_back() -> None:
    sound = laid_out()
    pushed = [*sound[:SHIFTED_FROM], None, *sound[SHIFTED_FROM:]]
    assert named(mended(RepairRule.SHIFT_CELLS, row_to_mend(pushed))) == SOUND
    assert mended(RepairRule.BIRTH_DATE_FROM_NIK, row_to_mend(pushed)) is None


def test_cells_that_slipped_to_the_left_leave_the_blank_where_it_was() -> None:
    sound = laid_out(birth_place=None)
    slipped = [*sound[:SHIFTED_FROM], *sound[SHIFTED_FROM + 1 :], None]
    wanted = {field: cell for field, cell in SOUND.items() if field != "birth_place"}
    assert named(mended(RepairRule.SHIFT_CELLS, row_to_mend(slipped))) == wanted


def test_a_row_with_a_mistake_elsewhere_is_not_moved() -> None:
    pushed = laid_out(sex="L")
    pushed.insert(SHIFTED_FROM, None)
    assert mended(RepairRule.SHIFT_CELLS, row_to_mend(pushed)) is None
    assert after(RepairRule.SHIFT_CELLS, village="Perum Latihan") is None
    assert after(RepairRule.SHIFT_CELLS, phone="tidak ada HP", birth_place=None) is None


def test_a_blank_that_may_belong_to_two_columns_is_not_guessed() -> None:
    fields = ["nik", "name", "address", "mother_name", "birth_date", "sex"]
    cells: list[Cell] = [NIK, "Rina Wulur", "Sonya Lumi", ["d", "1990-03-12"], "P", None]
    assert mended(RepairRule.SHIFT_CELLS, row_to_mend(cells, fields)) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("nik", "name"), ("birth_place", "birth_date"), ("sex", "birth_date"), ("nik", "phone")],
)
def test_two_cells_in_each_others_column_are_exchanged(one: str, other: str) -> None:
    cells = laid_out(**{one: SOUND[other], other: SOUND[one]})
    assert named(mended(RepairRule.EXCHANGE_CELLS, row_to_mend(cells))) == SOUND


def test_nik_and_family_card_are_exchanged_where_the_birth_date_tells_which_is_which() -> None:
    cells = laid_out(nik=CARD, family_card_no=NIK)
    wanted = SOUND | {"family_card_no": CARD}
    assert named(mended(RepairRule.EXCHANGE_CELLS, row_to_mend(cells))) == wanted
    assert mended(RepairRule.BIRTH_DATE_FROM_NIK, row_to_mend(cells)) is None
    no_day = laid_out(nik=CARD, family_card_no=NIK, birth_date=None)
    assert mended(RepairRule.EXCHANGE_CELLS, row_to_mend(no_day)) is None
    assert after(RepairRule.EXCHANGE_CELLS, family_card_no=CARD) is None
