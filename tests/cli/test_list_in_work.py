"""The whole way of a list without a screen: stage, repair, decide, submit, accept, reply, undo."""

import json
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from bpjsdesk.domain.access import Role
from tests.cli.conftest import Run
from tests.cli.files import AGREEMENT, written
from tests.offices import FOUNDER, NAMES
from tests.services.lists import nik, workbook, worker

SWAPPED = "08-12-1985"
CLERK = NAMES[Role.CLERK]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    rows: list[list[object]] = [
        worker(1),
        worker(2, born=SWAPPED),
        worker(3, sex="P"),
        [],
        worker(4, nik=None),
        worker(5),
    ]
    return workbook(tmp_path / "daftar.xlsx", rows)


@pytest.fixture
def staged(run: Run, book: Path, tmp_path: Path) -> dict[str, Any]:
    agreement = written(tmp_path / "perjanjian.json", AGREEMENT)
    under = run("agreement", "add", agreement).data["agreement_id"]
    options = ("--agreement", under, "--category", "VULNERABLE", "--registered", "2026-11-20")
    return run("batch", "stage", book, *options, user=CLERK).data


def test_a_list_goes_the_whole_way_in_several_sittings(
    run: Run, staged: dict[str, Any], tmp_path: Path
) -> None:
    batch = staged["batch_id"]
    assert (staged["read"], staged["new"], staged["held"], staged["blank"]) == (6, 4, 1, 1)
    assert staged["repairs"]["NIK_DOB_MISMATCH"][0]["rule"] == "SWAP_DAY_AND_MONTH"
    repairs = ("--repair", "NIK_DOB_MISMATCH=SWAP_DAY_AND_MONTH")
    done = run("batch", "work", batch, *repairs, user=CLERK).data
    assert "NIK_DOB_MISMATCH" not in done["issues"]
    decisions = {
        "rows": [{"sheet": "Sheet", "row": 7, "outcome": "SKIPPED", "reason": "Sudah pindah"}]
    }
    file = written(tmp_path / "putusan.json", decisions)
    assert run("batch", "work", batch, "--decide", file, user=CLERK).data["decided"] == 1
    assert run("batch", "accept", batch, user=CLERK).error_code == "NOT_PERMITTED"
    run("batch", "submit", batch, user=CLERK)
    run("batch", "refuse", batch, "--reason", "Surat belum ada", user=FOUNDER)
    run("batch", "submit", batch, user=CLERK)
    accepted = run("batch", "accept", batch, user=FOUNDER).data
    assert (accepted["new"], accepted["held"], accepted["left_out"]) == (3, 1, 1)
    letter = run("batch", "letter", batch, "--out", tmp_path / "surat").data
    assert [Path(name).suffix for name in letter["enclosures"]] == [".xlsx", ".xlsx"]
    receipt = run("batch", "receipt", batch, "--out", tmp_path / "terima.pdf").data["file"]
    page = " ".join(PdfReader(receipt).pages[0].extract_text().split())
    assert "Jumlah dibaca 6" in page


def test_the_reply_of_the_core_system_and_the_way_back(
    run: Run, staged: dict[str, Any], tmp_path: Path
) -> None:
    batch = staged["batch_id"]
    run("batch", "accept", batch)
    assert run("batch", "sent", batch).data == {"sent": 4}
    rows = [[nik(1), "BUDI", "Y", ""], [nik(2), "BUDI", "T", "Ganda"]]
    reply = workbook(tmp_path / "balasan.xlsx", rows, headings=("NIK", "NAMA", "Y/T", "ALASAN"))
    state = run("batch", "reply", batch, reply).data["state"]
    assert (state["accepted"], state["rejected"]) == (1, {"Ganda": 1})
    assert len(state["unanswered"]) == 2
    undone = run("batch", "undo", batch, "--reason", "Berkas yang salah").data
    # one is in the core system, one was refused by it and is being repaired
    assert (undone["reversed"], undone["kept"], len(undone["barred"])) == (2, [], 1)


def test_many_niks_are_looked_up_from_a_file(
    run: Run, staged: dict[str, Any], tmp_path: Path
) -> None:
    run("batch", "accept", staged["batch_id"])
    asked = tmp_path / "nik.txt"
    asked.write_text(f"{nik(1)}\n{nik(9)}\n", encoding="utf-8")
    found = run("people", "lookup", asked).data["people"]
    assert [person["cover"] for person in found] == ["COVERED", "UNKNOWN"]
    assert nik(1) not in json.dumps(found)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--repair", "NIK_DOB_MISMATCH=MENEBAK"), "REPAIR_UNKNOWN"),
        (("--repair", "TIDAK_ADA"), "REPAIR_UNKNOWN"),
        (("--replace", "village=Molas"), "REPLACEMENT_UNCLEAR"),
        (("--replace", "desa:Mollas=Molas"), "FIELD_UNKNOWN"),
        (("--trim", "mother_name"), "FIELD_WITHOUT_COLUMN"),
    ],
)
def test_what_no_repair_is_called_is_refused(
    run: Run, staged: dict[str, Any], words: tuple[str, str], code: str
) -> None:
    assert run("batch", "work", staged["batch_id"], *words).error_code == code


def test_columns_are_trimmed_and_replaced_in_and_rows_sent_back(
    run: Run, staged: dict[str, Any], tmp_path: Path
) -> None:
    batch = staged["batch_id"]
    tools = ("--trim", "village", "--replace", "village:molas=Pandu", "--replace", "village:x=y")
    done = run("batch", "work", batch, *tools, user=CLERK).data
    assert [step["rule"] for step in done["steps"]] == ["REPLACE_TEXT"]
    entry = {"sheet": "Sheet", "row": 2, "outcome": "RETURNED", "reason": "KTP tidak terbaca"}
    file = written(tmp_path / "putusan.json", {"rows": [entry]})
    after = run("batch", "work", batch, "--decide", file, user=CLERK).data
    assert (after["held"], after["decided"]) == (done["held"] + 1, 0)


def test_a_decision_about_a_row_that_is_not_there_changes_nothing(
    run: Run, staged: dict[str, Any], tmp_path: Path
) -> None:
    entry = {"sheet": "Sheet", "row": 99, "outcome": "SKIPPED", "reason": "Tidak ada"}
    file = written(tmp_path / "putusan.json", {"rows": [entry]})
    found = run("batch", "work", staged["batch_id"], "--decide", file)
    assert found.error_code == "DECISION_ROW_UNKNOWN"
    wrong = written(tmp_path / "salah.json", {"rows": [entry | {"outcome": "BUANG"}]})
    assert run("batch", "work", staged["batch_id"], "--decide", wrong).exit_code == 1
    assert run("batch", "work", staged["batch_id"]).data["decided"] == 0
