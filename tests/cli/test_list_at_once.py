"""`batch check` and `batch import`: the whole flow of a list in one command, by a plan."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.paths import AppPaths
from tests.cli.conftest import Run
from tests.cli.files import AGREEMENT, written
from tests.offices import FOUNDER, NAMES
from tests.services.lists import HEADINGS, nik, workbook, worker

TARGET = ("--agreement", 1, "--category", "VULNERABLE")
MONTHS = ("--from", "2026-01", "--months", 12)
CLERK = NAMES[Role.CLERK]
SWAPPED = "08-12-1985"
PARTS = ("blank", "ignored", "accepted", "waiting", "held", "left_out")


@pytest.fixture(autouse=True)
def agreement(run: Run, tmp_path: Path) -> None:
    assert run("agreement", "add", written(tmp_path / "a.json", AGREEMENT)).exit_code == 0


@pytest.fixture
def book(tmp_path: Path) -> Path:
    rows: list[list[object]] = [
        worker(1),
        worker(2, born=SWAPPED),
        worker(3, name=None),
        [],
        worker(4, nik=None),
        ["", "JUMLAH", "4 orang"],
    ]
    return workbook(tmp_path / "daftar.xlsx", rows)


@pytest.fixture
def plan(tmp_path: Path) -> tuple[object, ...]:
    left_out = {"sheet": "Sheet", "row": 6, "outcome": "REJECTED", "reason": "Tanpa NIK"}
    decisions = written(tmp_path / "putusan.json", {"rows": [left_out]})
    repairs = ("--repair", "NIK_DOB_MISMATCH=SWAP_DAY_AND_MONTH")
    return (*repairs, "--decide", decisions)


def parts(told: dict[str, Any]) -> tuple[int, ...]:
    found = tuple(told[name] for name in PARTS)
    assert sum(found) == told["read"]
    return found


def test_a_check_goes_the_whole_way_and_keeps_nothing(
    run: Run, book: Path, plan: tuple[object, ...], tmp_path: Path
) -> None:
    errors = tmp_path / "galat.xlsx"
    plain = run("batch", "check", book, *TARGET).data
    assert parts(plain) == (1, 1, 2, 0, 2, 0)
    assert "NIK_DOB_MISMATCH" in plain["issues"]
    told = run("batch", "check", book, *TARGET, *plan, "--rows", "--errors-out", errors).data
    assert parts(told) == (1, 1, 2, 0, 1, 1)
    assert told["issues"] == {"NAME_MISSING": 1}
    by_row = {row["row"]: row for row in told["rows"]}
    assert by_row[3]["values"]["birth_date"] == "1985-08-12"
    assert (by_row[6]["status"], by_row[4]["status"]) == ("LEFT_OUT", "HELD")
    assert openpyxl.load_workbook(errors)["Perbaikan"].max_row == 2
    assert run("batch", "list").data == {"batches": []}


def test_a_row_that_is_sent_back_is_held_by_check_and_import_alike(
    run: Run, book: Path, tmp_path: Path
) -> None:
    entry = {"sheet": "Sheet", "row": 2, "outcome": "RETURNED", "reason": "KTP tidak terbaca"}
    file = written(tmp_path / "kembali.json", {"rows": [entry]})
    plain = run("batch", "check", book, *TARGET).data
    told = run("batch", "check", book, *TARGET, "--decide", file, "--rows").data
    assert told["held"] == plain["held"] + 1
    assert {row["row"]: row["status"] for row in told["rows"]}[2] == "HELD"
    stored = run("batch", "import", book, *TARGET, *MONTHS, "--decide", file).data
    assert (stored["held"], stored["accepted"]) == (told["held"], plain["accepted"] - 1)


def test_a_nik_of_a_cut_column_that_was_seen_on_its_card_is_taken(run: Run, tmp_path: Path) -> None:
    rows = [worker(serial, nik=nik(serial * 10)) for serial in range(1, 21)]
    cut = workbook(tmp_path / "terpotong.xlsx", rows)
    entry = {"sheet": "Sheet", "row": 4, "outcome": "CONFIRMED", "reason": "KTP dilihat Rina"}
    file = written(tmp_path / "ktp.json", {"rows": [entry]})
    assert run("batch", "check", cut, *TARGET).data["held"] == 20
    told = run("batch", "check", cut, *TARGET, "--decide", file, "--rows").data
    assert (told["accepted"], told["held"]) == (1, 19)
    assert {row["row"] for row in told["rows"] if row["status"] == "ACCEPTED"} == {4}
    stored = run("batch", "import", cut, *TARGET, *MONTHS, "--decide", file).data
    assert (stored["accepted"], stored["held"]) == (1, 19)
    other = written(tmp_path / "lain.json", {"rows": [{**entry, "row": 4}, {**entry, "row": 3}]})
    wrong = workbook(tmp_path / "utuh.xlsx", [worker(31), worker(32), worker(33)])
    refused = run("batch", "check", wrong, *TARGET, "--decide", other)
    assert (refused.exit_code, refused.error_code) == (1, "NOTHING_TO_CONFIRM")


def test_an_import_by_the_supervisor_stores_what_the_check_has_told(
    run: Run, book: Path, plan: tuple[object, ...], folder: Path
) -> None:
    checked = run("batch", "check", book, *TARGET, *MONTHS, *plan).data
    told = run("batch", "import", book, *TARGET, *MONTHS, *plan).data
    assert {name: told[name] for name in checked} == checked
    assert (told["status"], told["amount"]) == ("VALIDATED", 2 * 12 * 16_800)
    steps = run("batch", "work", told["batch_id"]).data["steps"]
    assert [step["rule"] for step in steps] == ["SWAP_DAY_AND_MONTH", "REJECTED"]
    [copy] = AppPaths(folder).backups.glob("sebelum-*.db")
    assert told["number"] in copy.name


def test_an_import_by_a_clerk_is_laid_before_the_supervisor(
    run: Run, book: Path, plan: tuple[object, ...], folder: Path
) -> None:
    errors = book.with_name("galat.xlsx")
    options = (*TARGET, *MONTHS, *plan, "--errors-out", errors)
    told = run("batch", "import", book, *options, user=CLERK).data
    assert told["status"] == "SUBMITTED"
    assert openpyxl.load_workbook(errors)["Perbaikan"].max_row == 2
    assert parts(told) == (1, 1, 0, 2, 1, 1)
    assert run("people", "find", "BUDI").data["people"] == []
    assert not AppPaths(folder).backups.exists()
    accepted = run("batch", "accept", told["batch_id"]).data
    assert (accepted["new"], accepted["held"], accepted["rejected"]) == (2, 1, 1)


@pytest.mark.parametrize("user", [CLERK, FOUNDER])
def test_a_list_of_which_nobody_could_enter_stays_in_work(
    run: Run, tmp_path: Path, user: str
) -> None:
    path = workbook(tmp_path / "a.xlsx", [worker(1, nik=None)])
    told = run("batch", "import", path, *TARGET, *MONTHS, user=user).data
    assert (told["status"], told["held"]) == ("DRAFT", 1)
    assert run("batch", "submit", told["batch_id"], user=user).error_code == "NOTHING_TO_SUBMIT"


def test_rows_beyond_the_quota_are_held_by_check_and_import_alike(run: Run, tmp_path: Path) -> None:
    small = AGREEMENT | {"quotas": [AGREEMENT["quotas"][0] | {"heads": 2}]}
    assert run("agreement", "add", written(tmp_path / "b.json", small)).exit_code == 0
    path = workbook(tmp_path / "a.xlsx", [worker(serial) for serial in range(1, 4)])
    target = ("--agreement", 2, "--category", "VULNERABLE")
    checked = run("batch", "check", path, *target).data
    stored = run("batch", "import", path, *target, *MONTHS).data
    for told in (checked, stored):
        assert (told["accepted"], told["held"], told["issues"]) == (2, 1, {"OVER_QUOTA": 1})


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--repair", "NIK_DOB_MISMATCH=MENEBAK"), "REPAIR_UNKNOWN"),
        (("--sender", 9), "SENDER_MISSING"),
    ],
)
def test_a_plan_that_cannot_be_followed_keeps_nothing(
    run: Run, book: Path, words: tuple[object, ...], code: str
) -> None:
    for action in ("check", "import"):
        assert run("batch", action, book, *TARGET, *MONTHS, *words).error_code == code
    assert run("batch", "list").data == {"batches": []}


def test_a_decision_about_a_row_that_is_not_there_keeps_nothing(
    run: Run, book: Path, tmp_path: Path
) -> None:
    entry = {"sheet": "Sheet", "row": 99, "outcome": "SKIPPED", "reason": "Tidak ada"}
    file = written(tmp_path / "putusan.json", {"rows": [entry]})
    found = run("batch", "import", book, *TARGET, *MONTHS, "--decide", file)
    assert found.error_code == "DECISION_ROW_UNKNOWN"
    assert run("batch", "list").data == {"batches": []}


def test_a_list_whose_backup_cannot_be_made_is_kept_but_not_accepted(
    run: Run, book: Path, folder: Path
) -> None:
    AppPaths(folder).backups.write_text("bukan folder", "utf-8")
    found = run("batch", "import", book, *TARGET, *MONTHS)
    assert (found.exit_code, found.error_code) == (3, "FILE_NOT_WRITABLE")
    assert "cadangan harus ada lebih dahulu" in found.data["error"]["message"]
    assert "batch B-2026-00001" in found.data["error"]["message"]
    assert run("people", "find", "BUDI").data["people"] == []
    AppPaths(folder).backups.unlink()
    assert run("batch", "accept", 1).data["new"] == 2


def test_what_is_said_of_a_senders_columns_is_known_the_next_time(run: Run, tmp_path: Path) -> None:
    assert run("sender", "list").data == {"senders": []}
    sender = run("sender", "add", "Dinas Sosial").data["sender_id"]
    assert run("sender", "add", "Dinas Sosial").error_code == "SENDER_EXISTS"
    odd = ("NO", "Identitas", *HEADINGS[2:])
    first = workbook(tmp_path / "a.xlsx", [worker(1), worker(2, name=None)], headings=odd)
    said = written(tmp_path / "m.json", {"columns": {"Identitas": "nik"}})
    letter = ("--sender", sender, "--letter", "560/12", "--letter-on", "2026-11-01")
    told = run("batch", "import", first, *TARGET, *MONTHS, *letter, "--mapping", said).data
    assert (told["accepted"], told["held"]) == (1, 1)
    second = workbook(tmp_path / "b.xlsx", [worker(3)], headings=odd)
    known = run("batch", "check", second, *TARGET, "--sender", sender, "--rows").data
    assert [row["values"]["nik"] for row in known["rows"]] == [nik(3)]
    profile = run("sender", "show", sender).data["sender"]
    assert [mistake["code"] for mistake in profile["mistakes"]] == ["NAME_MISSING"]
    out = tmp_path / "templat.xlsx"
    run("batch", "template", "--agreement", 1, "--sender", sender, "--out", out)
    assert out.exists()
    alone = run("batch", "check", second, *TARGET, "--letter", "560/12")
    assert alone.error_code == "SENDER_NEEDED"


def test_nothing_in_full_is_said_of_a_nik_that_a_check_shows_masked(run: Run, book: Path) -> None:
    told = run("batch", "check", book, *TARGET).data
    assert nik(1) not in json.dumps(told)


def test_a_table_in_which_no_list_is_found_is_understood_by_what_its_columns_are_said_to_mean(
    run: Run, tmp_path: Path
) -> None:
    headings = ("A", "B", "C", "D", "E", "F", "G")
    rows = [worker(n, nik=f"x{n}", phone="") for n in (1, 2, 3)]
    path = workbook(tmp_path / "a.xlsx", rows, headings=headings)
    plain = run("batch", "check", path, *TARGET, "--rows")
    assert plain.data["accepted"] == 0, plain.data
    said = written(tmp_path / "m.json", {"columns": {"B": "nik", "C": "name"}})
    told = run("batch", "check", path, *TARGET, "--mapping", said).data
    assert (told["accepted"], told["held"], told["issues"]) == (0, 3, {"NIK_FORMAT": 3})
    kept = run("batch", "import", path, *TARGET, *MONTHS).data
    assert (kept["status"], kept["held"]) == ("DRAFT", plain.data["held"])
    worked = run("batch", "work", kept["batch_id"], "--mapping", said).data
    assert worked["issues"] == {"NIK_FORMAT": 3}
    assert len(run("batch", "show", kept["batch_id"]).data["held_rows"]) == 3
