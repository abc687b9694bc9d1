"""Held rows go out, come back by either file, and are listed as long as somebody owes them."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bpjsdesk.domain.access import Role
from tests.cli.conftest import Run
from tests.cli.files import AGREEMENT, written
from tests.offices import FOUNDER, NAMES
from tests.services.lists import nik, workbook, worker

CLERK = NAMES[Role.CLERK]


@pytest.fixture
def batch(run: Run, tmp_path: Path) -> int:
    """Accept one of three rows; the other two are held."""
    book = workbook(tmp_path / "a.xlsx", [worker(1), worker(2, nik="717"), worker(3, nik=None)])
    under = run("agreement", "add", written(tmp_path / "pks.json", AGREEMENT)).data["agreement_id"]
    options = ("--agreement", under, "--category", "VULNERABLE", "--registered", "2026-11-20")
    staged: dict[str, Any] = run("batch", "stage", book, *options, user=CLERK).data
    run("batch", "submit", staged["batch_id"], user=CLERK)
    run("batch", "accept", staged["batch_id"], user=FOUNDER)
    return int(staged["batch_id"])


def test_held_rows_are_listed_sent_out_and_taken_back(run: Run, batch: int, tmp_path: Path) -> None:
    debt = run("batch", "debts", user=CLERK).data["debts"][0]
    assert (debt["held"], debt["owner"], debt["due"]) == (2, CLERK.title(), "2026-12-04")
    out = tmp_path / "koreksi.xlsx"
    assert run("batch", "errors", batch, "--out", out, user=CLERK).data["rows"] == 2
    book = openpyxl.load_workbook(out)
    book["Perbaikan"]["B2"] = nik(2)
    book.save(out)
    done = run("batch", "correct", batch, out, user=CLERK)
    assert (done.data["door"], done.data["taken"], done.data["unchanged"]) == ("WORKBOOK", 1, 1)
    assert (done.data["ready"], done.data["held"]) == (1, 1)
    assert run("batch", "correct", batch, out, user=CLERK).data["taken"] == 0
    run("batch", "accept", batch, user=FOUNDER)
    assert run("batch", "debts").data["debts"][0]["held"] == 1


def test_a_whole_new_list_is_compared_by_nik(run: Run, batch: int, tmp_path: Path) -> None:
    rows = [worker(1, phone="081299998888"), worker(2), worker(4)]
    done = run("batch", "correct", batch, workbook(tmp_path / "b.xlsx", rows), user=CLERK).data
    assert (done["door"], done["taken"], done["unchanged"], done["added"]) == (
        "FULL_LIST",
        1,
        0,
        1,
    )
    assert [(row["row"], row["has_nik"]) for row in done["missing"]] == [(4, False)]
    told = done["reported"][0]
    assert (told["row"], told["why"], told["differs"]) == (2, "ACCEPTED", ["NO HP"])
    assert done["follow_up"] == batch + 1
