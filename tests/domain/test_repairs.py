"""A repair changes a row only where the row itself proves what is right."""

from datetime import date

import pytest

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.repairs import RepairRule, RowToMend, mended
from tests.domain.row_samples import FIELDS, SOUND, TODAY, check, columns

NIK = "7171015203900001"  # a woman born on 12 March 1990
BORN, NIK_AT, SEX, PHONE = (FIELDS.index(each) for each in ("birth_date", "nik", "sex", "phone"))


def after(rule: RepairRule, **cells: Cell) -> list[Cell] | None:
    row = SOUND | cells
    return mended(
        rule,
        RowToMend(
            row=check(**cells),
            cells=[row.get(field) for field in FIELDS],
            columns=columns(),
            registered_on=TODAY,
        ),
    )


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
    wrong = RowToMend(row=row, cells=cells, columns=columns(fields), registered_on=TODAY)
    mended_cells = mended(RepairRule.BIRTH_DATE_FROM_NIK, wrong)
    assert mended_cells is not None
    assert mended_cells[-1] == "Manado, 12-03-1990"
    assert date(1990, 3, 12) == wrong.birth_of_nik
