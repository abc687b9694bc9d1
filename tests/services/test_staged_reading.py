"""Rows on their way into the store: the name of their sheet behind them, all at one place."""

import json
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken
from bpjsdesk.services.list_reader import (
    ListEnd,
    ListRows,
    SheetHead,
    SheetRest,
    read_sheets,
)
from bpjsdesk.services.staged_reading import StagedReading, with_cell_at
from tests.services.lists import HEADINGS, nik, request_for, worker

SYNONYMS = {"nik": ["NIK"], "name": ["Nama Lengkap"], "birth_date": ["Tanggal Lahir"]}
CELLS = st.lists(st.one_of(st.none(), st.text(), st.integers(), st.just(["d", "2026-01-01"])))


@given(CELLS, st.integers(0, 9), st.text())
def test_a_text_is_put_behind_any_row_at_the_same_place(
    cells: list[object], more: int, text: str
) -> None:
    raw = json.dumps(cells, ensure_ascii=False, separators=(",", ":"))
    at = len(cells) + more
    whole = json.loads(with_cell_at(raw, len(cells), at, text))
    assert whole[: len(cells)] == cells
    assert whole[len(cells) : at] == [None] * more
    assert whole[at:] == [text]


def read(
    path: Path, heading_row: int | None = None
) -> list[SheetHead | ListRows | SheetRest | ListEnd]:
    parts = read_sheets(path, SYNONYMS, cancel=CancelToken(), heading_row=heading_row)
    return list(parts)


def long_list(path: Path) -> Path:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Panjang")
    for serial in range(1, 3001):
        sheet.append([None, nik(serial % 9999), f"BUDI {chr(65 + serial % 26)}", serial])
    hidden = book.create_sheet("Rahasia")
    hidden.sheet_state = "hidden"
    hidden.append(["x"])
    book.save(path)
    return path


def test_a_long_sheet_without_a_heading_is_read_to_its_end(tmp_path: Path) -> None:
    path = long_list(tmp_path / "a.xlsx")
    head, rows, end = read(path)
    assert isinstance(head, SheetHead)
    assert isinstance(rows, ListRows)
    assert isinstance(end, ListEnd)
    assert (head.is_found, head.begins, len(head.top), head.rows) == (False, 0, 40, 3000)
    assert "Baris judul tidak ditemukan" in head.missing
    assert len(rows.rows) == 3000
    assert rows.columns.fields == {"nik": 1, "name": 2}
    assert end.skipped_sheets == ("Rahasia",)


def test_a_heading_that_somebody_has_named_is_taken_where_niks_follow(tmp_path: Path) -> None:
    path = long_list(tmp_path / "a.xlsx")
    head, rows, _end = read(path, heading_row=3)
    assert isinstance(head, SheetHead)
    assert isinstance(rows, ListRows)
    assert (head.is_found, head.begins, len(rows.rows)) == (True, 3, 2997)


def test_a_file_of_nothing_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(list(HEADINGS))
    book.save(tmp_path / "a.xlsx")
    reading = StagedReading(request_for(1, tmp_path / "a.xlsx"))
    for part in read(tmp_path / "a.xlsx"):
        reading.take(part)
    with pytest.raises(UserError) as refusal:
        reading.finish(frozenset)
    assert refusal.value.code == "WORKBOOK_EMPTY"


def test_rows_of_different_width_get_the_name_of_their_sheet_in_one_column(tmp_path: Path) -> None:
    book = openpyxl.Workbook(write_only=True)
    for name, extra in (("Molas", []), ("Buha", ["a", "b"])):
        sheet = book.create_sheet(name)
        sheet.append(list(HEADINGS[:5]))
        sheet.append([*worker(1)[:5], *extra])
    book.save(tmp_path / "a.xlsx")
    reading = StagedReading(request_for(1, tmp_path / "a.xlsx"))
    for part in read(tmp_path / "a.xlsx"):
        reading.take(part)
    reading.finish(lambda: frozenset({"MOLAS", "BUHA"}))
    assert [json.loads(line.cells)[7] for line in reading.lines(1)] == ["Molas", "Buha"]
    assert {found.headers[7] for found in reading.columns.values()} == {"Nama lembar"}
