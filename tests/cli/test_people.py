"""The register over the command line: one person, requests, ends, and two that are one."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bpjsdesk.domain.access import Role
from tests.cli.conftest import Run
from tests.cli.files import AGREEMENT, written
from tests.offices import NAMES
from tests.services.lists import nik, workbook, worker

CLERK = NAMES[Role.CLERK]
TARGET = ("--agreement", 1, "--category", "VULNERABLE")


def load(run: Run, path: Path, serial: int, *, start: str) -> None:
    book = workbook(path, [worker(serial)])
    found = run("batch", "import", book, *TARGET, "--from", start, "--months", 6)
    assert found.exit_code == 0, found.data


@pytest.fixture
def people(run: Run, tmp_path: Path) -> None:
    """Register one of the first half of 2026 and one of the second."""
    run("agreement", "add", written(tmp_path / "perjanjian.json", AGREEMENT))
    load(run, tmp_path / "satu.xlsx", 1, start="2026-01")
    load(run, tmp_path / "dua.xlsx", 2, start="2026-07")


def shown(run: Run, who: object) -> dict[str, Any]:
    found = run("people", "show", who)
    assert found.exit_code == 0, found.data
    return found.data


@pytest.mark.usefixtures("people")
def test_a_person_is_shown_with_the_row_of_each_value_and_no_full_nik(run: Run) -> None:
    found = shown(run, nik(1))
    assert found["person"]["name"] == "BUDI RONDO ALFA"
    assert {each["source"] for each in found["origins"]} == {"baris 2, lembar “Sheet”, satu.xlsx"}
    assert found["person"]["memberships"][0]["source"] == "baris 2, lembar “Sheet”, satu.xlsx"
    assert "Masuk batch" in found["history"][0]["words"]
    assert nik(1) not in json.dumps(found)
    assert run("people", "show", nik(9)).error_code == "PERSON_MISSING"
    assert run("people", "show", "budi").error_code == "PERSON_UNCLEAR"


@pytest.mark.usefixtures("people")
def test_a_change_is_asked_for_and_decided_by_somebody_else(run: Run) -> None:
    asked = run(
        "people", "request", nik(1), "nik", nik(7), "--basis", "KTP di loket", user=CLERK
    ).data
    waiting = run("people", "requests").data["requests"]
    assert [each["request_no"] for each in waiting] == [asked["request_no"]]
    assert run("people", "approve", asked["request_no"], user=CLERK).error_code == "NOT_PERMITTED"
    run("people", "approve", asked["request_no"])
    found = shown(run, nik(1))
    assert found["person"]["masked_nik"] == "7171••••••••0007"
    origin = next(each for each in found["origins"] if each["field"] == "nik")
    assert (origin["source"], origin["before"]) == (
        "Permintaan 1: KTP di loket",
        "7171••••••••0001",
    )
    assert run("people", "requests").data == {"requests": []}


@pytest.mark.usefixtures("people")
def test_an_end_tells_of_months_paid_after_it_and_is_taken_back(run: Run) -> None:
    ended = run("people", "end", nik(1), "--reason", "MENINGGAL", "--on", "2026-04-20").data
    assert ended["months_after_end"] == ["2026-05-01", "2026-06-01"]
    assert shown(run, nik(1))["end"]["reason"]["name"] == "Meninggal dunia"
    assert run("people", "resume", nik(1)).exit_code == 0
    assert shown(run, nik(1))["end"] is None


@pytest.mark.usefixtures("people")
def test_two_are_joined_and_parted(run: Run) -> None:
    joined = run("people", "merge", nik(1), nik(2), "--reason", "NIK salah ketik").data
    assert len(shown(run, nik(2))["person"]["memberships"]) == 2
    (found,) = run("people", "find", nik(2)).data["people"]
    assert "juga tercatat sebagai BUDI RONDO BETO" in found["note"]
    assert run("people", "unmerge", joined["merge_id"]).exit_code == 0
    assert len(shown(run, nik(2))["person"]["memberships"]) == 1


@pytest.mark.usefixtures("people")
def test_many_niks_are_looked_up_and_the_answer_written(run: Run, tmp_path: Path) -> None:
    asked = tmp_path / "nik.txt"
    asked.write_text(f"NIK\n{nik(1)}\n\n{nik(9)}\nbukan NIK 12\n", encoding="utf-8")
    out = tmp_path / "jawaban.xlsx"
    found = run("people", "lookup", asked, "--out", out).data
    assert found["counts"] == {"LAPSED": 1, "UNKNOWN": 1, "UNREADABLE": 1}
    assert (found["blank"], found["heading"]) == (1, "NIK")
    assert nik(1) not in json.dumps(found)
    sheet = openpyxl.load_workbook(out).active
    assert sheet is not None
    assert nik(1) in [cell.value for row in sheet.iter_rows() for cell in row]
    book = workbook(tmp_path / "nik.xlsx", [[nik(2)]], headings=("NIK",))
    assert run("people", "lookup", book).data["counts"] == {"COVERED": 1}
