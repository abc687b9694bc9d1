"""`batch check` and `batch import` with a file that says what headings and spellings mean."""

from pathlib import Path

import openpyxl
import pytest

from tests.cli.conftest import Run
from tests.cli.files import AGREEMENT, written
from tests.services.lists import HEADINGS, workbook, worker

MOLAS = "71.71.01.1001"
TARGET = ("--agreement", "1", "--category", "VULNERABLE")
MONTHS = ("--from", "2026-11", "--months", "2")
MAPPING = {
    "columns": {"Identitas": "nik", "Wilayah kerja": "village", "No HP": ""},
    "values": {"village": {"Mls": MOLAS}, "sex": {"Cowok": "L"}},
    "header_row": 3,
    "month_first": True,
}


@pytest.fixture
def agreement(run: Run, tmp_path: Path) -> None:
    assert run("agreement", "add", written(tmp_path / "a.json", AGREEMENT)).exit_code == 0


def odd_list(path: Path) -> Path:
    """Write a list whose heading, dates and spellings are the sender's own."""
    headings = ("NO", "Identitas", *HEADINGS[2:5], "Wilayah kerja", "NO HP")
    rows: list[list[object]] = [
        ["Nama : Dinas Sosial"],
        ["NIK", "Nama", "hanya contoh"],
        list(headings),
        worker(1, born="08/03/1985", nik="7171010308850001", village="Mls", sex="Cowok"),
        worker(2, born="08/04/1985", nik="7171010408850002", village="Mls"),
        worker(3, nik=None, born="08/05/1985", village="Mls"),
    ]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


@pytest.mark.usefixtures("agreement")
def test_a_check_with_a_mapping_writes_nothing_and_an_import_does_the_same(
    run: Run, tmp_path: Path
) -> None:
    path = odd_list(tmp_path / "odd.xlsx")
    mapping = ("--mapping", written(tmp_path / "m.json", MAPPING))
    checked = run("batch", "check", path, *TARGET, *MONTHS, *mapping, "--rows")
    assert checked.exit_code == 0
    assert checked.data["issues"] == {"NIK_MISSING": 1}
    assert [row["values"]["region"] for row in checked.data["rows"]] == [MOLAS] * 3
    assert [row["values"]["birth_date"] for row in checked.data["rows"]] == [
        "1985-08-03",
        "1985-08-04",
        "1985-08-05",
    ]
    assert [row["values"]["sex"] for row in checked.data["rows"]] == ["L"] * 3
    assert run("batch", "list").data["batches"] == []

    stored = run("batch", "import", path, *TARGET, *MONTHS, *mapping)
    assert stored.exit_code == 0
    same = ("read", "blank", "ignored", "accepted", "held", "issues")
    assert [stored.data[name] for name in same] == [checked.data[name] for name in same]
    assert (stored.data["accepted"], stored.data["held"]) == (2, 1)
    assert stored.data["amount"] == 2 * 2 * 16_800
    found = run("people", "find", "BUDI").data["people"]
    assert len(found) == 2


@pytest.mark.usefixtures("agreement")
@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({"columns": {"Tidak ada": "nik"}}, "MAPPING_HEADING"),
        ({"columns": {"NIK": ""}}, "MAPPING_REQUIRED"),
        ({"columns": {"NIK": "shoe_size"}}, "FIELD_UNKNOWN"),
        ({"values": {"village": {"Molas": "99.99.99.9999"}}}, "VALUE_UNKNOWN"),
        ({"values": {"name": {"A": "B"}}}, "FIELD_UNKNOWN"),
        ({"month_first": "ja"}, "FORM_INVALID"),
        ({"heading": 3}, "FORM_INVALID"),
        ({"header_row": 2}, "HEADER_NOT_FOUND"),
        ([], "JSON_NOT_OBJECT"),
    ],
)
def test_a_wrong_mapping_is_refused_before_anything_is_stored(
    run: Run, tmp_path: Path, content: object, code: str
) -> None:
    path = workbook(tmp_path / "a.xlsx", [worker(1)])
    mapping = ("--mapping", written(tmp_path / "m.json", content))
    for action in ("check", "import"):
        outcome = run("batch", action, path, *TARGET, *MONTHS, *mapping)
        assert outcome.error_code == code
    assert run("batch", "list").data["batches"] == []
