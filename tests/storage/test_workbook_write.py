"""Workbooks that the program writes: text stays text, and its own reader understands them."""

import csv
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.columns import find_columns
from bpjsdesk.domain.workbook_values import (
    CellProblem,
    ColumnKind,
    EnrollmentChoices,
    ErrorBook,
    ErrorRow,
    ReasonCount,
    TableColumn,
    TableSheet,
    TemplateSpec,
    enrollment_template,
)
from bpjsdesk.errors import EnvironmentProblem
from bpjsdesk.progress import CancelToken
from bpjsdesk.resources import resource_path
from bpjsdesk.storage.workbook import Finished, RowChunk, SkippedSheet, read_workbook
from bpjsdesk.storage.workbook_write import write_error_workbook, write_table, write_template

DANGEROUS = ["=1+1", "+62", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x", "0071", "{=1}"]
HEADERS = ("NIK", "NAMA", "LAHIR")
ADDED = ("Baris asal", "Lembar", "Kode", "Apa yang salah", "Yang diharapkan", "Kunci Baris")


def a_template() -> TemplateSpec:
    return enrollment_template(
        version="3",
        title="Daftar pekerja rentan Kota Manado",
        nik_digits=16,
        choices=EnrollmentChoices(
            sexes=("L", "P"),
            categories=("Pekerja Rentan", "=UMKM"),
            villages=tuple(f"Kelurahan {n}" for n in range(300)),
            earliest_birth=date(1926, 1, 1),
            latest_birth=date(2011, 12, 31),
        ),
    )


def an_error_book(cells: list[Cell], *problems: CellProblem) -> ErrorBook:
    return ErrorBook(
        title="Batch-0012 koreksi 1",
        source_name="=daftar.xlsx",
        headers=HEADERS,
        text_columns=frozenset({0}),
        rows=[ErrorRow(sheet="=Lembar", row=17, key="k-17", cells=cells, problems=problems)],
        reasons=(ReasonCount(code="NIK_FORMAT", label="NIK salah", rows=1),),
    )


def read(path: Path) -> tuple[list[list[Cell]], Finished]:
    rows: list[list[Cell]] = []
    for part in read_workbook(path, cancel=CancelToken()):
        if isinstance(part, RowChunk):
            rows += [cells for _, cells, _ in part.rows]
        elif isinstance(part, Finished):
            return rows, part
    raise AssertionError


def test_template_headings_are_known_to_the_importer(tmp_path: Path) -> None:
    write_template(tmp_path / "a.xlsx", a_template())
    rows, end = read(tmp_path / "a.xlsx")
    synonyms: dict[str, list[str]] = {}
    with resource_path("seed", "column_synonym.csv").open(encoding="utf-8") as stream:
        for line in csv.DictReader(stream):
            synonyms.setdefault(line["field"], []).append(line["spelling"])
    found = find_columns(rows, synonyms)
    assert {"nik", "name", "birth_date", "sex", "village", "phone", "category"} <= set(found.fields)
    assert SkippedSheet(name="Petunjuk", reason="explanation") in end.skipped
    assert SkippedSheet(name="Pilihan", reason="hidden") in end.skipped


def test_template_guides_the_hand_that_fills_it(tmp_path: Path) -> None:
    write_template(tmp_path / "a.xlsx", a_template())
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    sheet = book["Daftar"]
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["B"].number_format == "@"
    assert sheet["B1"].comment is not None
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert rules["B2:B1048576"].type == "custom"
    assert rules["F2:F1048576"].type == "date"
    assert rules["G2:G1048576"].formula1 == "pilihan_sex"
    assert rules["K2:K1048576"].formula1 == "pilihan_village"
    assert book.defined_names["pilihan_village"].value == "Pilihan!$C$1:$C$300"
    assert book["Pilihan"].sheet_state == "veryHidden"
    assert book["Pilihan"]["B2"].data_type == "s"
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert b'name="TemplateVersion"' in archive.read("docProps/custom.xml")


def test_filled_template_comes_back_as_text(tmp_path: Path) -> None:
    write_template(tmp_path / "a.xlsx", a_template())
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book["Daftar"]["B2"] = "7171010101900001"
    book.save(tmp_path / "b.xlsx")
    rows, _ = read(tmp_path / "b.xlsx")
    assert rows[1][1] == "7171010101900001"


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_in_an_error_workbook_never_becomes_a_formula(tmp_path: Path, text: str) -> None:
    write_error_workbook(tmp_path / "a.xlsx", an_error_book([text, text, text]))
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())
    rows, _ = read(tmp_path / "a.xlsx")
    assert rows[1][:3] == [text, text, text]


def test_error_workbook_comes_back_cell_for_cell_with_its_key(tmp_path: Path) -> None:
    cells: list[Cell] = [7171010101900003.0, True, ["d", "1985-08-17"]]
    problem = CellProblem(
        code="NIK_AS_NUMBER", column=0, message="NIK tersimpan sebagai angka.", expected="16 angka"
    )
    write_error_workbook(tmp_path / "a.xlsx", an_error_book(cells, problem))
    rows, end = read(tmp_path / "a.xlsx")
    assert rows == [
        [*HEADERS, *ADDED],
        [*cells, 17.0, "=Lembar", "NIK_AS_NUMBER", problem.message, "16 angka", "k-17"],
    ]
    assert end.skipped == (SkippedSheet(name="Penjelasan", reason="explanation"),)


def test_error_and_lost_formula_cells_stay_recognisable(tmp_path: Path) -> None:
    cells: list[Cell] = [["e", "#DIV/0!"], ["f", ""], ["d", "1850-01-01"]]
    write_error_workbook(tmp_path / "a.xlsx", an_error_book(cells))
    rows, _ = read(tmp_path / "a.xlsx")
    assert rows[1][:3] == [["e", "#DIV/0!"], None, "1850-01-01"]


def test_bad_cells_are_coloured_and_the_key_is_hidden(tmp_path: Path) -> None:
    problems = (
        CellProblem(code="A", column=0, message="x", expected="", is_error=False),
        CellProblem(code="B", column=0, message="y", expected="z"),
        CellProblem(code="C", column=2, message="y", expected="", is_error=False),
    )
    write_error_workbook(tmp_path / "a.xlsx", an_error_book(["1", "2", "3"], *problems))
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Perbaikan"]
    assert [sheet.cell(2, c).fill.fgColor.rgb for c in (1, 2, 3)] == [
        "FFFECACA",
        "00000000",
        "FFFDE68A",
    ]
    assert sheet["A2"].number_format == "@"
    assert sheet.column_dimensions["I"].hidden
    assert sheet["G2"].value == "x\ny\ny"


def test_first_sheet_counts_the_reasons(tmp_path: Path) -> None:
    write_error_workbook(tmp_path / "a.xlsx", an_error_book(["1"]))
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[0][0] == "BPJS Desk · Batch-0012 koreksi 1"
    assert lines[-1] == ("NIK salah", "NIK_FORMAT", 1)


def a_table(name: str) -> TableSheet:
    return TableSheet(
        name=name,
        title="Laporan Pembayaran Klaim",
        subtitles=("Kota Manado", "Januari–November 2025"),
        columns=(
            TableColumn(header="Program", width=24),
            TableColumn(header="Kasus", kind=ColumnKind.INTEGER),
            TableColumn(header="Nilai", kind=ColumnKind.MONEY),
            TableColumn(header="Perubahan", kind=ColumnKind.PERCENT),
            TableColumn(header="Dibayar", kind=ColumnKind.DATE),
        ),
        rows=(("=JKK", 3, 12_900_000_000, 0.125, date(2025, 11, 2)), ("JKM", 1, 42, None, None)),
        total=("Jumlah", 4, 12_900_000_042, None, None),
        notes=("Sumber: klaim yang dibayar.",),
    )


def test_table_holds_values_formats_and_total(tmp_path: Path) -> None:
    write_table(tmp_path / "a.xlsx", [a_table("Per program")])
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx")["Per program"]
    assert [cell.value for cell in sheet[5]] == [
        "Program",
        "Kasus",
        "Nilai",
        "Perubahan",
        "Dibayar",
    ]
    assert sheet["A6"].value == "=JKK"
    assert sheet["A6"].data_type == "s"
    assert sheet["C6"].number_format == '"Rp"#,##0;[Red]-"Rp"#,##0'
    assert [cell.value for cell in sheet[8]] == ["Jumlah", 4, 12_900_000_042, None, None]
    assert sheet["C8"].font.bold
    assert sheet["A10"].value == "Sumber: klaim yang dibayar."
    assert sheet.freeze_panes == "A6"


def test_awkward_sheet_names_are_made_fit(tmp_path: Path) -> None:
    names = ["A/B [1]?", "a b  1", "x" * 40, "x" * 40, "'"]
    write_table(tmp_path / "a.xlsx", [a_table(name) for name in names])
    made = openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames
    assert len(set(made)) == 5
    assert all(len(name) <= 31 for name in made)


def test_failing_write_leaves_the_old_file_and_no_scraps(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    write_table(path, [a_table("A")])
    before = path.read_bytes()
    bad = a_table("B")
    with pytest.raises(AttributeError):
        write_table(path, [bad, None])  # type: ignore[list-item]  # any failure in the middle
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.xlsx"]


def test_folder_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(EnvironmentProblem) as caught:
        write_table(tmp_path / "a.xlsx", [a_table("A")])
    assert caught.value.code == "FILE_NOT_WRITABLE"
