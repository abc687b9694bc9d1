"""What follows acceptance without a screen: core system, next year's list, both lists compared."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader

from tests.cli.conftest import Run
from tests.cli.files import AGREEMENT, written
from tests.services.lists import workbook, worker


@pytest.fixture
def accepted(run: Run, tmp_path: Path) -> dict[str, Any]:
    agreement = written(tmp_path / "perjanjian.json", AGREEMENT)
    under = run("agreement", "add", agreement).data["agreement_id"]
    book = workbook(tmp_path / "daftar.xlsx", [worker(serial) for serial in range(1, 6)])
    options = ("--agreement", under, "--category", "VULNERABLE", "--registered", "2026-11-20")
    staged = run("batch", "stage", book, *options, "--from", "2026-01", "--months", "6").data
    run("batch", "accept", staged["batch_id"])
    return {"batch": staged["batch_id"], "agreement": under}


def test_a_batch_goes_on_with_new_names_and_both_lists_are_compared(
    run: Run, accepted: dict[str, Any], tmp_path: Path
) -> None:
    more = workbook(tmp_path / "baru.xlsx", [worker(8), worker(9)])
    target = ("--agreement", accepted["agreement"], "--category", "VULNERABLE")
    months = ("--from", "2026-07", "--months", "6", "--add", more)
    made = run("batch", "carry", accepted["batch"], *target, *months).data
    assert (made["going_on"], made["left_out"], made["read"]) == (5, {}, 7)
    files = ("--out", tmp_path / "beda.pdf", "--xlsx", tmp_path / "beda.xlsx")
    found = run("batch", "compare", accepted["batch"], made["batch_id"], *files).data
    assert (found["same"], found["leaving"], found["joining"]) == (5, 0, 2)
    assert found["joining_reasons"] == {"Peserta baru": 2}
    text = PdfReader(tmp_path / "beda.pdf").pages[0].extract_text()
    assert "Daftar bertambah 2 orang: 2 masuk, 0 keluar" in text
    assert openpyxl.load_workbook(tmp_path / "beda.xlsx").sheetnames == ["Keluar", "Masuk"]
    again = run("batch", "compare", made["batch_id"], made["batch_id"])
    assert again.error_code == "SAME_BATCH"


def test_who_goes_on_can_be_written_instead(
    run: Run, accepted: dict[str, Any], tmp_path: Path
) -> None:
    out = tmp_path / "lanjutan.xlsx"
    assert run("batch", "carry", accepted["batch"], "--out", out).data["going_on"] == 5
    assert openpyxl.load_workbook(out)["Daftar"].max_row == 9
    assert run("batch", "carry", accepted["batch"]).error_code == "TARGET_NEEDED"
    target = ("--agreement", accepted["agreement"])
    assert run("batch", "carry", accepted["batch"], *target).error_code == "CATEGORY_NEEDED"


def test_marking_as_sent_writes_the_file_for_the_core_system(
    run: Run, accepted: dict[str, Any], tmp_path: Path
) -> None:
    out = tmp_path / "inti.xlsx"
    assert run("batch", "sent", accepted["batch"], "--out", out).data["sent"] == 5
    assert openpyxl.load_workbook(out)["Daftar"].cell(4, 11).value == "Y/T"
    assert run("batch", "sent", accepted["batch"], "--out", out).error_code == "NOTHING_TO_SEND"
