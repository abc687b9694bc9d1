"""Lists of unknown origin: exact rows out of good ones."""

import csv
import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from bpjsdesk.domain.cells import Cell
from bpjsdesk.progress import CancelToken
from bpjsdesk.storage.workbook import (
    Finished,
    RowChunk,
    SheetStart,
    SkippedSheet,
    read_workbook,
)
from tests.storage.hostile import (
    number_cell,
    ods_row,
    ods_text,
    plain_xlsx,
    rich_xlsx,
    row,
    sheet,
    text_cell,
    write_ods,
    write_xlsx,
    year_1904,
)

FIXTURES = Path(__file__).parent / "fixtures"
ERROR = ["e", "#DIV/0!"]
NO_VALUE = ["f", ""]


def rows_of(path: Path) -> list[tuple[int, list[Cell]]]:
    return [
        (number, cells)
        for part in read_workbook(path, cancel=CancelToken())
        if isinstance(part, RowChunk)
        for number, cells, _ in part.rows
    ]


def end_of(path: Path) -> Finished:
    *_, last = read_workbook(path, cancel=CancelToken())
    assert isinstance(last, Finished)
    return last


def test_rows_keep_the_numbers_and_columns_of_the_spreadsheet(tmp_path: Path) -> None:
    parts = list(read_workbook(rich_xlsx(tmp_path / "a.xlsx"), cancel=CancelToken()))
    assert parts[0] == SheetStart(name="Kelurahan A", first_row=3, rows=6, columns=4)
    assert isinstance(parts[1], RowChunk)
    assert [(number, cells) for number, cells, _ in parts[1].rows] == [
        (3, [None, "PEMERINTAH KOTA", None, None]),
        (4, []),
        (5, [None, "NIK", "NAMA", "LAHIR"]),
        (6, [None, "7171010101900001", "  =SUM(A1)  ", ["d", "1990-01-01"]]),
        (7, []),
        (8, [None, 7171010101900003.0, ERROR, NO_VALUE]),
    ]


def test_every_visible_sheet_is_read_and_the_others_are_named(tmp_path: Path) -> None:
    parts = list(read_workbook(rich_xlsx(tmp_path / "a.xlsx"), cancel=CancelToken()))
    assert parts[2] == SheetStart(name="Kelurahan B", first_row=2, rows=1, columns=1)
    end = parts[-1]
    assert isinstance(end, Finished)
    assert (end.sheets, end.rows) == (2, 7)
    assert end.skipped == (
        SkippedSheet(name="Rahasia", reason="hidden"),
        SkippedSheet(name="Kosong", reason="empty"),
    )


def test_formatted_but_empty_rows_to_the_very_end_are_not_rows(tmp_path: Path) -> None:
    """The fixture formats rows 9 to 3.000 and the last row that a sheet can have."""
    assert len(rows_of(rich_xlsx(tmp_path / "a.xlsx"))) == 7


def test_json_text_of_a_row_says_the_same_as_its_cells(tmp_path: Path) -> None:
    for part in read_workbook(rich_xlsx(tmp_path / "a.xlsx"), cancel=CancelToken()):
        if isinstance(part, RowChunk):
            assert all(json.loads(text) == cells for _, cells, text in part.rows)


def test_text_arrives_exactly_whatever_it_resembles(tmp_path: Path) -> None:
    """Blocks of rows are encoded at once and cut again: no text may look like a cut."""
    odd = [
        "],null,[",
        ',""',
        '[""',
        '["f",null]',
        '"',
        "\\",
        '\\",""',
        "a\nb",
        "\u2028",
        "#x",
        "é𝄞",
    ]
    book = tmp_path / "a.csv"
    with book.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["", text, "", text] for text in odd])
    assert rows_of(book) == [(n, [None, text, None, text]) for n, text in enumerate(odd, 1)]


def test_day_of_a_workbook_counting_from_1904_is_right(tmp_path: Path) -> None:
    assert rows_of(year_1904(tmp_path / "a.xlsx"))[1] == (2, [["d", "1985-08-17"]])
    assert rows_of(FIXTURES / "year_1904.xls")[1][1][3] == ["d", "1985-08-17"]


def test_numbers_are_never_made_into_identifiers(tmp_path: Path) -> None:
    """9171… lies above 2^53: what arrives is a number, so that the row can be refused."""
    path = write_xlsx(
        tmp_path / "a.xlsx",
        {"A": sheet(row(1, number_cell("A1", "9171012345678901"), text_cell("B1", "0071")))},
    )
    assert rows_of(path) == [(1, [9171012345678900.0, "0071"])]


@pytest.mark.parametrize("number", ["NaN", "1e999", "-1e999"])
def test_number_that_is_none_becomes_an_error_cell(tmp_path: Path, number: str) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"A": sheet(row(1, number_cell("A1", number)))})
    assert rows_of(path) == [(1, [["e", "#NUM!"]])]


FORMULAS = [
    ('<c r="B2"><f>A1</f></c>', NO_VALUE),
    ('<c r="B2"><f>A1</f><v></v></c>', NO_VALUE),
    ('<c r="B2"><f>A1</f><v/></c>', NO_VALUE),
    ('<c r="B2"><f t="shared" si="0"/></c>', NO_VALUE),
    ('<c r="B2" t="str"><f>A1</f><v></v></c>', None),
    ('<c r="B2" t="str"><f>A1</f><v>x</v></c>', "x"),
    ('<c r="B2"><f>1+1</f><v>2</v></c>', 2.0),
    ('<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', ERROR),
    ("<c r='B2' t='e'><v>#DIV/0!</v></c>", ERROR),
]


@pytest.mark.parametrize(("cell", "expected"), FORMULAS)
def test_cells_that_the_library_drops_are_handed_over(
    tmp_path: Path, cell: str, expected: Cell
) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", {"A": sheet(row(2, text_cell("A2", "x"), cell))})
    ((number, cells),) = rows_of(path)
    assert (number, cells[0], (*cells, None)[1]) == (2, "x", expected)


def test_sheet_of_nothing_but_lost_formulas_still_has_rows(tmp_path: Path) -> None:
    xml = sheet(row(3, '<c r="B3"><f>A1</f></c>'), row(5, '<c r="A5"><f>A1</f></c>'))
    path = write_xlsx(tmp_path / "a.xlsx", {"A": xml})
    assert rows_of(path) == [(3, [None, NO_VALUE]), (4, []), (5, [NO_VALUE])]


def test_prefixed_sheet_xml_is_searched_too(tmp_path: Path) -> None:
    xml = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c>'
        '<x:c r="B1" t="e"><x:v>#N/A</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    path = write_xlsx(tmp_path / "a.xlsx", {"A": xml})
    assert rows_of(path) == [(1, [1.0, ["e", "#N/A"]])]


def test_error_cells_are_found_wherever_the_pieces_are_cut(tmp_path: Path) -> None:
    """The guard reads a megabyte at a time; this sheet has three, an error in each row."""
    rows = [
        row(n, text_cell(f"A{n}", "x" * 200), f'<c r="B{n}" t="e"><v>#REF!</v></c>')
        for n in range(1, 10_001)
    ]
    path = write_xlsx(tmp_path / "a.xlsx", {"A": sheet(*rows)})
    found = rows_of(path)
    assert len(found) == 10_000
    assert all(cells[1] == ["e", "#REF!"] for _, cells in found)


def test_ods_list_is_read_with_its_repeats_and_errors(tmp_path: Path) -> None:
    blank = '<table:table-cell table:number-columns-repeated="{}"/>'
    lost = '<table:table-cell table:formula="of:=A1"/>'
    error = (
        '<table:table-cell table:formula="of:=1/0" office:value-type="string" '
        'office:string-value=""><text:p>#DIV/0!</text:p></table:table-cell>'
    )
    path = write_ods(
        tmp_path / "a.ods",
        ods_row(blank.format(1024), repeated=3),
        ods_row(blank.format(2), ods_text("NIK"), ods_text("x", 2), blank.format(1000)),
        ods_row(ods_text("7171010101900001"), lost, error),
        ods_row(ods_text("a"), repeated=2),
        ods_row(blank.format(16384), repeated=1_048_000),
    )
    assert rows_of(path) == [
        (4, [None, None, "NIK", "x", "x"]),
        (5, ["7171010101900001", NO_VALUE, ERROR, None, None]),
        (6, ["a", None, None, None, None]),
        (7, ["a", None, None, None, None]),
    ]


def test_old_xls_list_is_read() -> None:
    """`list.xls` was written with xlwt 1.3.0, which the project does not depend on."""
    assert rows_of(FIXTURES / "list.xls") == [
        (3, [None, "NIK", "NAMA", "LAHIR"]),
        (4, [None, "7171010101900001", "BUDI", ["d", "1985-08-17"]]),
        (5, [None, 7171010101900002.0, ERROR, None]),
        (6, []),
        (7, [None, None, "ANI", None]),
    ]
    assert end_of(FIXTURES / "list.xls").skipped == (SkippedSheet(name="Rahasia", reason="hidden"),)


CSV = [
    (b"NIK,NAMA\n0071,ANI\n", "utf-8"),
    (b"NIK;NAMA\r\n0071;ANI\r\n", "utf-8"),
    (b"NIK\tNAMA\n0071\tANI\n", "utf-8"),
    (b"NIK|NAMA\n0071|ANI", "utf-8"),
    (b"sep=;\nNIK;NAMA\n0071;ANI\n", "utf-8"),
    (b"\xef\xbb\xbfNIK,NAMA\n0071,ANI\n", "utf-8-sig"),
    ("NIK;NAMA\n0071;ANI\n".encode("utf-16"), "utf-16"),
]


@pytest.mark.parametrize(("content", "_name"), CSV)
def test_csv_is_read_whatever_its_separator(tmp_path: Path, content: bytes, _name: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert rows_of(path) == [(1, ["NIK", "NAMA"]), (2, ["0071", "ANI"])]


def test_csv_keeps_exact_text_line_breaks_and_row_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'\n;\nNIK;NAMA\n\n"71\n72"; =1+1 ;#REF!\nx;\xc9VA\n;\n\n')
    assert rows_of(path) == [
        (3, ["NIK", "NAMA"]),
        (4, []),
        (5, ["71\n72", " =1+1 ", ["e", "#REF!"]]),
        (6, ["x", "ÉVA"]),
    ]


def test_comma_in_names_does_not_beat_the_real_separator(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("NIK;NAMA;GELAR\n1;ANI, S.H.;x\n2;BUDI, S.E.;y\n", encoding="utf-8")
    assert [len(cells) for _, cells in rows_of(path)] == [3, 3, 3]


def test_same_cells_give_the_same_digest_in_another_file(tmp_path: Path) -> None:
    first = end_of(plain_xlsx(tmp_path / "a.xlsx", rows=3000))
    again = end_of(plain_xlsx(tmp_path / "lain.xlsx", rows=3000))
    other = end_of(plain_xlsx(tmp_path / "b.xlsx", rows=3001))
    assert first.digest == again.digest != other.digest


def test_large_list_passes_the_guard_that_runs_beside_the_reader(tmp_path: Path) -> None:
    chance = random.Random(1)
    rows = [
        row(n, text_cell(f"A{n}", chance.randbytes(300).hex()), '<c r="B1" t="e"><v>#N/A</v></c>')
        for n in range(1, 4001)
    ]
    path = write_xlsx(tmp_path / "a.xlsx", {"A": sheet(*rows)})
    assert path.stat().st_size > 1_000_000
    found = rows_of(path)
    assert len(found) == 4000
    assert found[0][1][1] == ["e", "#N/A"]


def test_child_imports_neither_the_store_nor_a_window() -> None:
    asked = (
        "import sys, bpjsdesk.storage.workbook_child; "
        "print([m for m in ('sqlalchemy', 'PySide6', 'xlsxwriter', 'sqlcipher3') "
        "if m in sys.modules])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "[]"
