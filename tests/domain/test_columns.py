"""Finding the heading of a list, with the seeded synonyms."""

import csv

import pytest

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.columns import FIELDS, find_columns, is_numbering
from bpjsdesk.errors import UserError
from bpjsdesk.resources import resource_path


@pytest.fixture(scope="module")
def synonyms() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    with resource_path("seed", "column_synonym.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["field"], []).append(row["spelling"])
    return found


PERSON: list[Cell] = [1.0, "7171011203900001", "BUDI", "L"]


def test_every_field_has_at_least_four_seeded_spellings(synonyms: dict[str, list[str]]) -> None:
    assert all(len(synonyms[field]) >= 4 for field in FIELDS)


def test_a_heading_below_a_letterhead(synonyms: dict[str, list[str]]) -> None:
    rows: list[list[Cell]] = [
        ["PEMERINTAH KOTA MANADO"],
        [],
        ["DAFTAR NAMA PEKERJA RENTAN", None, None],
        ["Nama : Kelurahan Molas"],
        ["NO.", "N I K", "Nama Lengkap (sesuai KTP)", "L/P", "Sepatu"],
        ["(1)", "(2)", "(3)", "(4)", "(5)"],
        PERSON,
    ]
    found = find_columns(rows, synonyms)
    assert found.header_row == 4
    assert found.first_data_row == 6
    assert found.fields == {"number": 0, "nik": 1, "name": 2, "sex": 3}
    assert found.unmapped == ((4, "Sepatu"),)
    assert found.headers[1] == "N I K"
    assert found.index("phone") is None


def test_a_heading_merged_over_two_rows(synonyms: dict[str, list[str]]) -> None:
    rows: list[list[Cell]] = [
        ["No", "NIK", "Nama", "Lahir", None, "Alamat", None, None, "No HP"],
        [None, None, None, "Tempat", "Tanggal", "Jalan", "Kelurahan", "Kecamatan", None],
        [1, 2, 3, 4, 5, 6, 7, 8, 9],
        PERSON,
    ]
    found = find_columns(rows, synonyms)
    assert found.first_data_row == 3
    assert found.fields == {
        "number": 0,
        "nik": 1,
        "name": 2,
        "birth_place": 3,
        "birth_date": 4,
        "address": 5,
        "village": 6,
        "district": 7,
        "phone": 8,
    }
    assert found.headers[3] == "Lahir Tempat"


def test_a_merged_heading_whose_words_stand_in_the_upper_row(
    synonyms: dict[str, list[str]],
) -> None:
    rows: list[list[Cell]] = [
        ["NO", "NAMA LENGKAP", "NIK", "TEMPAT, TANGGAL LAHIR", None, "JENIS KELAMIN", None],
        [None, None, None, "TEMPAT", "TANGGAL LAHIR", "L", "P"],
    ]
    found = find_columns(rows, synonyms)
    assert found.fields["nik"] == 2
    assert found.fields["birth_date"] == 4
    assert found.first_data_row == 2


def test_the_first_of_two_equal_headings_counts(synonyms: dict[str, list[str]]) -> None:
    found = find_columns([["NIK", "Nama", "Alamat", "Alamat Domisili"], PERSON], synonyms)
    assert found.fields["address"] == 2
    assert found.unmapped == ((3, "Alamat Domisili"),)


def test_the_key_of_our_own_error_workbook_is_always_known() -> None:
    found = find_columns([["Kunci Baris", "NIK", "Nama"]], {"nik": ["NIK"], "name": ["Nama", ""]})
    assert found.fields["row_key"] == 0
    assert found.first_data_row == 1


def test_a_person_right_below_is_not_taken_for_a_second_heading(
    synonyms: dict[str, list[str]],
) -> None:
    rows: list[list[Cell]] = [["NIK", "Nama", "Kel"], ["7171011203900001", "JAGA", "Desa"]]
    assert find_columns(rows, synonyms).first_data_row == 1


@pytest.mark.parametrize(
    ("rows", "wanted", "unwanted"),
    [
        ([], "“NIK” dan “Nama”", ""),
        ([["No", "Nama", "Alamat"]], "“NIK”", "“Nama”"),
        ([["NIK", "Alamat"]], "“Nama”", "“NIK”"),
        ([[]] * 40 + [["NIK", "Nama"]], "“NIK” dan “Nama”", ""),
    ],
)
def test_a_missing_heading_names_what_was_looked_for(
    rows: list[list[Cell]], wanted: str, unwanted: str, synonyms: dict[str, list[str]]
) -> None:
    with pytest.raises(UserError, match=wanted) as refused:
        find_columns(rows, synonyms)
    assert refused.value.code == "HEADER_NOT_FOUND"
    assert not unwanted or unwanted not in refused.value.message


def test_other_lists_may_require_other_columns(synonyms: dict[str, list[str]]) -> None:
    rows: list[list[Cell]] = [["NIK", "Program", "Tgl Bayar", "Jumlah (Rp)"]]
    required = {"nik": "NIK", "claim_amount": "Jumlah"}
    assert find_columns(rows, synonyms, required=required).fields["claim_amount"] == 3


@pytest.mark.parametrize(
    ("cells", "numbering"),
    [
        (["(1)", "(2)", "(3)"], True),
        ([1.0, 2.0, 3.0], True),
        (["1.", None, "2.", "3."], True),
        (["1)", "2)", "3)"], True),
        ([1, 2], False),
        ([2, 3, 4], False),
        (["1", "2", "TIGA"], False),
        ([1.5, 2, 3], False),
        ([], False),
    ],
)
def test_rows_that_number_the_columns(cells: list[Cell], *, numbering: bool) -> None:
    assert is_numbering(cells) is numbering
