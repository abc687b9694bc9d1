"""What the cells of a column tell: its field, its date order, digits that were lost."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.column_guess import (
    NumericNiks,
    date_order,
    ends_in_zero,
    guessed_columns,
    is_numeric_nik,
)
from bpjsdesk.domain.columns import (
    DateOrder,
    Origin,
    column_letter,
    find_columns,
    likeliest_heading,
    remapped,
)
from bpjsdesk.errors import UserError

SYNONYMS = {
    "nik": ["NIK"],
    "name": ["Nama"],
    "village": ["Kelurahan"],
    "address": ["Alamat"],
    "birth_date": ["Tgl Lahir"],
}
WOMAN, MAN, CARD = "7171015208850001", "7171011208850002", "7171010101150003"


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["03/08/1985", "26/06/1990"], DateOrder.DAY_FIRST),
        (["08/03/1985", "06/26/1990"], DateOrder.MONTH_FIRST),
        (["26/06/1990", "06/26/1990"], DateOrder.MIXED),
        (["03/08/1985", "12-11-90"], DateOrder.ASSUMED),
        (["Manado, 26-06-1990", "Tahuna 3/8/79"], DateOrder.DAY_FIRST),
        (["Manado, 06.26.1990"], DateOrder.MONTH_FIRST),
        (["1985-08-26", "2001/05/13"], DateOrder.ASSUMED),
        ([31122, ["d", "1985-08-26"], None, True, "26 Juni 1990"], DateOrder.ASSUMED),
        (["99/99/1990", "00/26/1990", "26/00/1990"], DateOrder.ASSUMED),
        ([], DateOrder.ASSUMED),
    ],
)
def test_only_a_date_that_can_be_read_one_way_tells_the_order(
    cells: Sequence[Cell], order: DateOrder
) -> None:
    assert date_order(cells) is order


@given(st.lists(st.dates()))
def test_dates_written_one_way_are_never_taken_for_the_other(days: list[object]) -> None:
    assert date_order(f"{day:%d/%m/%Y}" for day in days) in (
        DateOrder.ASSUMED,
        DateOrder.DAY_FIRST,
    )
    assert date_order(f"{day:%m/%d/%Y}" for day in days) in (
        DateOrder.ASSUMED,
        DateOrder.MONTH_FIRST,
    )


@pytest.mark.parametrize(
    ("cell", "is_number", "is_zero"),
    [
        (7171011208850000, True, True),
        (7171011208850003.0, True, False),
        ("7.17101120885E+15", True, True),
        ("7,17101120885E+15", True, True),
        ("7171011208850003.0", True, False),
        ("7171011208850000,00", True, True),
        (MAN, False, False),
        (717101120885000, False, True),
        (float("nan"), False, False),
        (None, False, False),
        (True, False, False),
        (["d", "1985-08-12"], False, False),
    ],
)
def test_a_nik_that_became_a_number_is_known_by_its_cell(
    cell: Cell, is_number: bool, is_zero: bool
) -> None:
    assert is_numeric_nik(cell) is is_number
    if is_number:
        assert ends_in_zero(cell) is is_zero


@pytest.mark.parametrize(
    ("numbers", "zeros", "is_truncated"),
    [(0, 0, False), (61, 61, False), (62, 31, True), (614, 614, True), (614, 70, False)],
)
def test_a_column_is_truncated_only_by_many_numbers_and_far_more_than_a_tenth(
    numbers: int, zeros: int, is_truncated: bool
) -> None:
    facts = NumericNiks(
        sheet="Daftar", index=27, heading="NIK", rows=614, numbers=numbers, ending_in_zero=zeros
    )
    assert facts.is_truncated is is_truncated
    assert facts.letter == "AB"
    assert (facts.code == "NIK_COLUMN_TRUNCATED") is is_truncated
    assert "Teks" in facts.sentence
    few = replace(facts, rows=12, numbers=9, ending_in_zero=9)
    assert not few.is_truncated


def test_columns_have_the_letters_of_the_spreadsheet() -> None:
    assert [column_letter(at) for at in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


def test_without_a_heading_columns_are_known_by_what_they_hold() -> None:
    rows: list[list[Cell]] = [
        ["DAFTAR PEKERJA"],
        ["Molas", CARD, WOMAN, "ANI RONDO", "Manado, 12-08-1985", "P", "081234567890"],
        ["Molas", CARD, MAN, "BUDI SUPIT", "Tomohon, 12-08-1985", "L", "628123456789"],
        ["Molas", CARD, None, "CICI LAMUSU", None, "P", None],
    ]
    found = guessed_columns(rows, SYNONYMS)
    assert found is not None
    assert found.fields == {
        "nik": 2,
        "family_card_no": 1,
        "birth_place_date": 4,
        "sex": 5,
        "phone": 6,
        "name": 3,
    }
    assert (found.first_data_row, found.is_guessed) == (1, True)
    assert set(found.origins.values()) == {Origin.CONTENT}


def test_an_unknown_heading_is_only_guessed_for_nik_and_name() -> None:
    rows: list[list[Cell]] = [
        ["Identitas", "Warga", "Alamat", "Kelurahan", "Mulai"],
        [MAN, "BUDI", "Jalan Satu", "Molas", "12-08-2020"],
    ]
    found = guessed_columns(rows, SYNONYMS)
    assert found is not None
    assert found.fields == {"nik": 0, "name": 1, "address": 2, "village": 3}
    assert found.unmapped == ((4, "Mulai"),)
    assert found.first_data_row == 1


def test_a_sheet_without_any_nik_is_no_list() -> None:
    assert guessed_columns([["Nama", "Kelurahan"], ["BUDI", "Molas"]], SYNONYMS) is None
    assert guessed_columns([], SYNONYMS) is None
    assert likeliest_heading([["Nama"]], SYNONYMS) is None


def test_a_column_of_one_cell_that_is_a_nik_is_enough() -> None:
    rows: list[list[Cell]] = [["a", "b", "c"] for _row in range(500)]
    rows.append([1, float(MAN), "BUDI"])
    found = guessed_columns(rows, SYNONYMS)
    assert found is not None
    assert found.fields["nik"] == 1


def test_what_a_sender_means_goes_before_the_synonyms() -> None:
    rows: list[list[Cell]] = [["NIK", "Nama", "Kelurahan", "Tempat tugas"], [MAN, "BUDI"]]
    found = find_columns(rows, SYNONYMS, remembered={"TEMPATTUGAS": "village", "KELURAHAN": ""})
    assert found.fields == {"nik": 0, "name": 1, "village": 3}
    assert found.origins == {"village": Origin.MEMORY}
    assert found.unused == {2}
    with pytest.raises(UserError, match="NIK"):
        find_columns(rows, SYNONYMS, remembered={"NIK": ""})


def test_a_field_that_moves_leaves_its_old_column() -> None:
    rows: list[list[Cell]] = [["NIK", "Nama", "Kelurahan", "Desa asal"], [MAN, "BUDI"]]
    found = remapped(find_columns(rows, SYNONYMS), {3: "village"}, Origin.CLERK)
    assert found.fields == {"nik": 0, "name": 1, "village": 3}
    assert found.unmapped == ((2, "Kelurahan"),)
    assert not found.unused
    back = remapped(found, {3: "", 2: "village"}, Origin.CLERK)
    assert back.fields["village"] == 2
    assert back.unused == {3}
    assert back.birth_index is None
