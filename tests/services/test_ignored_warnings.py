"""What was said of warnings holds as long as the cells stay, however many rows are looked at."""

import json
from typing import Any

import pytest

from bpjsdesk.domain.columns import ColumnMap
from bpjsdesk.domain.ignored_warnings import Ignored, seen_cells, seen_text
from bpjsdesk.domain.issue_codes import IssueCode
from bpjsdesk.domain.row_issues import USUAL_LEVELS
from bpjsdesk.services.ignored_warnings import LineCells, ignored_of
from bpjsdesk.storage.ignored_warnings import SeenWarning

WORD = Ignored("Satu nomor kantor", "Ani", "2026-11-20T08:00:00")
COLUMNS = ColumnMap(
    header_row=0,
    first_data_row=1,
    fields={"nik": 0, "name": 1, "phone": 2},
    headers=("NIK", "Nama", "Telepon"),
    unmapped=(),
    header_keys=frozenset(),
)
ROWS = 450


def cells_of(line_id: int, phone: object = "12") -> list[Any]:
    return [f"71710112039{line_id:05d}", "Ani", phone]


def said_of(line_id: int, code: IssueCode, cells: list[Any]) -> tuple[SeenWarning, Ignored]:
    return SeenWarning(line_id, code, seen_text(seen_cells(code, cells, COLUMNS))), WORD


def line(cells: list[Any]) -> LineCells:
    return LineCells(json.dumps(cells), COLUMNS)


def test_only_rows_whose_own_cells_stayed_are_covered() -> None:
    """Among many that stayed, one of another telephone, one of another name, one that is gone."""
    now = {number: line(cells_of(number)) for number in range(ROWS)}
    now[7] = line(cells_of(7, phone="13"))
    now[8] = line([cells_of(8)[0], "Olga", "12"])
    now[9] = line(cells_of(9, phone=12))
    del now[300]
    said = [said_of(number, IssueCode.PHONE_FORMAT, cells_of(number)) for number in range(ROWS)]
    said.append(said_of(301, IssueCode.PHONE_FORMAT, cells_of(301, phone="11")))
    said.append(said_of(302, IssueCode.NIK_FORMAT, cells_of(302)))

    found = ignored_of(said, USUAL_LEVELS, now.get).covers

    gone = {7, 9, 300}
    assert found == {
        number: {} if number in gone else {IssueCode.PHONE_FORMAT: WORD} for number in range(ROWS)
    }


def test_cells_are_read_many_rows_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    said = [said_of(number, IssueCode.PHONE_FORMAT, cells_of(number)) for number in range(ROWS)]
    now = {number: line(cells_of(number)) for number in range(ROWS)}
    loads, reads = json.loads, []

    def counted(text: str) -> object:
        reads.append(text)
        return loads(text)

    monkeypatch.setattr(json, "loads", counted)
    assert len(ignored_of(said, USUAL_LEVELS, now.get).covers) == ROWS
    assert len(reads) < 5
