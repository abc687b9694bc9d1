"""A decision file says all that a clerk says on the screens: warnings, pairs, rows."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bpjsdesk.domain.access import Role
from tests.cli.conftest import Run
from tests.cli.files import AGREEMENT, written
from tests.offices import NAMES
from tests.services.lists import nik, workbook, worker

TARGET = ("--agreement", 1, "--category", "VULNERABLE")
MONTHS = ("--from", "2026-01", "--months", 12)
CLERK = NAMES[Role.CLERK]
MISTYPED = nik(2)[:-1] + "9"


@pytest.fixture(autouse=True)
def agreement(run: Run, tmp_path: Path) -> None:
    assert run("agreement", "add", written(tmp_path / "a.json", AGREEMENT)).exit_code == 0


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Two odd telephones; a row that repeats row 3; rows 3 and 5 alike in all but a digit."""
    rows: list[list[object]] = [
        worker(1, phone="12"),
        worker(2, name="SITI WOWOR", phone="34"),
        worker(2, name="SITI WOWOR", phone="34"),
        worker(2, name="SITI WOWOR", nik=MISTYPED, phone=""),
    ]
    return workbook(tmp_path / "daftar.xlsx", rows)


def decided(tmp_path: Path, **said: list[dict[str, Any]]) -> tuple[str, object]:
    return "--decide", written(tmp_path / "putusan.json", said)


def test_warnings_are_ignored_by_code_and_by_row(run: Run, book: Path, tmp_path: Path) -> None:
    plain = run("batch", "check", book, *TARGET).data
    assert plain["issues"]["PHONE_FORMAT"] == 3
    one = decided(tmp_path, ignore=[{"sheet": "Sheet", "row": 2, "reason": "Nomor kantor"}])
    assert run("batch", "check", book, *TARGET, *one).data["issues"]["PHONE_FORMAT"] == 2
    every = decided(tmp_path, ignore=[{"code": "PHONE_FORMAT", "reason": "Nomor kantor"}])
    errors = tmp_path / "galat.xlsx"
    checked = run("batch", "check", book, *TARGET, *every, "--errors-out", errors).data
    held = openpyxl.load_workbook(errors)["Perbaikan"]
    assert "PHONE_FORMAT" not in {str(cell.value) for row in held for cell in row}
    told = run("batch", "import", book, *TARGET, *MONTHS, *every, user=CLERK).data
    for found in (checked, told):
        assert "PHONE_FORMAT" not in found["issues"]
        assert found["ignored_warnings"] == [
            {"code": "PHONE_FORMAT", "reason": "Nomor kantor", "rows": 2}
        ]
    shown = run("batch", "show", told["batch_id"]).data
    assert shown["ignored_warnings"] == told["ignored_warnings"]
    worked = run("batch", "work", told["batch_id"]).data
    assert worked["ignored_warnings"] == told["ignored_warnings"]


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"code": "NIK_MISSING", "reason": "x"}, "ERROR_NOT_IGNORED"),
        ({"sheet": "Sheet", "row": 99, "reason": "x"}, "DECISION_ROW_UNKNOWN"),
        ({"row": 2, "reason": "x"}, "DECISION_UNCLEAR"),
        ({"reason": "x"}, "DECISION_UNCLEAR"),
        ({"code": "APA SAJA", "reason": "x"}, "FORM_INVALID"),
        ({"code": "PHONE_FORMAT"}, "FORM_INVALID"),
    ],
)
def test_what_cannot_be_ignored_is_refused_in_words(
    run: Run, book: Path, tmp_path: Path, *, entry: dict[str, Any], code: str
) -> None:
    found = run("batch", "import", book, *TARGET, *MONTHS, *decided(tmp_path, ignore=[entry]))
    assert (found.exit_code, found.error_code) == (1, code)
    assert run("batch", "list").data == {"batches": []}


def test_pairs_are_decided_as_with_the_keys_1_and_3(run: Run, book: Path, tmp_path: Path) -> None:
    plain = run("batch", "check", book, *TARGET).data
    assert (plain["accepted"], plain["held"], plain["left_out"]) == (2, 2, 0)
    said = decided(
        tmp_path,
        pairs=[
            {"kind": "SAME_IN_FILE", "identical": True, "choice": "LINK"},
            {"sheet": "Sheet", "row": 5, "with_row": 3, "choice": "NOT_SAME"},
        ],
    )
    checked = run("batch", "check", book, *TARGET, *said).data
    assert (checked["accepted"], checked["held"], checked["left_out"]) == (3, 0, 1)
    told = run("batch", "import", book, *TARGET, *MONTHS, *said).data
    assert {name: told[name] for name in checked} == checked
    steps = run("batch", "work", told["batch_id"]).data["steps"]
    assert [step["rule"] for step in steps] == ["SAME_PERSON", "NOT_THE_SAME"]


def test_somebody_registered_is_the_same_person_with_news(
    run: Run, book: Path, tmp_path: Path
) -> None:
    first = workbook(tmp_path / "lama.xlsx", [worker(2, name="SITI WOWOR", phone="")])
    half = ("--from", "2026-01", "--months", 6)
    assert run("batch", "import", first, *TARGET, *half).data["accepted"] == 1
    fresh = workbook(tmp_path / "baru.xlsx", [worker(2, name="SITI WOWOR"), worker(1)])
    later = ("--from", "2026-07", "--months", 6)
    entry = {"sheet": "Sheet", "row": 2, "with_nik": nik(2), "choice": "UPDATE"}
    said = decided(tmp_path, pairs=[entry])
    told = run("batch", "import", fresh, *TARGET, *later, *said)
    assert told.exit_code == 0, told.data
    shown = run("batch", "show", told.data["batch_id"]).data
    assert shown["batch"]["item"]["status"] == "VALIDATED"
    found = run("people", "find", nik(2)).data["people"]
    person = run("people", "show", found[0]["person_id"]).data["person"]
    assert person["phone"] == "0812•••••002"


def test_what_is_said_of_one_pair_holds_before_what_is_said_of_its_kind(
    run: Run, tmp_path: Path
) -> None:
    half, later = ("--from", "2026-01", "--months", 6), ("--from", "2026-07", "--months", 6)
    first = workbook(tmp_path / "lama.xlsx", [worker(1, phone=""), worker(2, phone="")])
    assert run("batch", "import", first, *TARGET, *half).data["accepted"] == 2
    fresh = workbook(tmp_path / "baru.xlsx", [worker(1), worker(2)])
    one = {"sheet": "Sheet", "row": 2, "choice": "UPDATE"}
    said = decided(tmp_path, pairs=[one, {"kind": "SAME_IN_REGISTER", "choice": "LINK"}])
    batch_id = run("batch", "stage", fresh, *TARGET, *later).data["batch_id"]
    steps = run("batch", "work", batch_id, *said).data["steps"]
    assert [step["rows"] for step in steps] == [1, 1]


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"sheet": "Sheet", "row": 2, "choice": "LINK"}, "DECISION_PAIR_UNKNOWN"),
        ({"sheet": "Sheet", "row": 3, "choice": "LINK"}, "DECISION_PAIR_UNCLEAR"),
        ({"sheet": "Sheet", "row": 4, "with_row": 3, "choice": "NOT_SAME"}, "NIK_ONE_PERSON"),
        ({"choice": "LINK"}, "DECISION_UNCLEAR"),
    ],
)
def test_a_pair_that_is_not_there_is_refused_before_anything_is_kept(
    run: Run, book: Path, tmp_path: Path, *, entry: dict[str, Any], code: str
) -> None:
    found = run("batch", "import", book, *TARGET, *MONTHS, *decided(tmp_path, pairs=[entry]))
    assert found.error_code == code
    assert run("batch", "list").data == {"batches": []}


@pytest.mark.parametrize(("action", "status"), [("stage", "DRAFT"), ("import", "SUBMITTED")])
def test_a_list_in_work_is_shown_with_its_reasons_and_its_sum(
    run: Run, book: Path, tmp_path: Path, *, action: str, status: str
) -> None:
    back = {"sheet": "Sheet", "row": 2, "outcome": "RETURNED", "reason": "Nomor siapa?"}
    said = decided(tmp_path, rows=[back])
    batch_id = run("batch", action, book, *TARGET, *MONTHS, *said, user=CLERK).data["batch_id"]
    shown = run("batch", "show", batch_id).data
    assert shown["status"] == status == shown["batch"]["item"]["status"]
    assert shown["issues"] == {"DUP_IN_FILE": 1, "PHONE_FORMAT": 2, "NO_PHONE": 1}
    sums = [shown[name] for name in ("blank", "ignored", "accepted", "waiting", "held", "left_out")]
    assert sum(sums) == shown["read"] == 4
    assert [(row["row"], row["codes"], row["reason"]) for row in shown["held_rows"]] == [
        (2, ["PHONE_FORMAT"], "Nomor siapa?"),
        (4, ["DUP_IN_FILE", "PHONE_FORMAT"], shown["held_rows"][1]["reason"]),
    ]
    assert "NIK ini sudah ada pada baris sebelumnya" in shown["held_rows"][1]["reason"]


def test_a_mistyped_nik_of_somebody_registered_is_linked_by_check_and_import_alike(
    run: Run, tmp_path: Path
) -> None:
    half, later = ("--from", "2026-01", "--months", 6), ("--from", "2026-07", "--months", 6)
    first = workbook(tmp_path / "lama.xlsx", [worker(2, name="SITI WOWOR", phone="")])
    assert run("batch", "import", first, *TARGET, *half).data["accepted"] == 1
    rows = [worker(2, name="SITI WOWOR", nik=MISTYPED, phone=""), worker(1), worker(1, phone="")]
    fresh = workbook(tmp_path / "baru.xlsx", rows)
    said = decided(
        tmp_path,
        pairs=[
            {"sheet": "Sheet", "row": 2, "with_nik": nik(2), "choice": "LINK"},
            {"sheet": "Sheet", "row": 4, "choice": "UPDATE"},
        ],
    )
    assert run("batch", "check", fresh, *TARGET, *later).data["held"] == 2
    checked = run("batch", "check", fresh, *TARGET, *later, *said, "--rows").data
    assert (checked["accepted"], checked["held"], checked["left_out"]) == (2, 0, 1)
    assert checked["rows"][0]["values"]["nik"] == nik(2)
    told = run("batch", "import", fresh, *TARGET, *later, *said, "--rows").data
    assert {name: told[name] for name in checked} == checked
    assert len(run("people", "find", "SITI WOWOR").data["people"]) == 1


def test_a_file_of_which_one_entry_cannot_be_done_is_not_begun(
    run: Run, book: Path, tmp_path: Path
) -> None:
    batch_id = run("batch", "stage", book, *TARGET, *MONTHS).data["batch_id"]
    ignore = [{"sheet": "Sheet", "row": 2, "reason": "Nomor kantor"}]
    out = {"sheet": "Sheet", "row": 5, "outcome": "SKIPPED", "reason": "Sudah pindah"}
    pair = {"sheet": "Sheet", "row": 2, "choice": "LINK"}
    for said in (
        {"ignore": ignore, "rows": [out | {"row": 99}]},
        {"ignore": ignore, "rows": [out], "pairs": [pair]},
    ):
        found = run("batch", "work", batch_id, *decided(tmp_path, **said))
        assert found.exit_code == 1, found.data
        assert run("batch", "work", batch_id).data["steps"] == []
    told = run("batch", "work", batch_id, *decided(tmp_path, ignore=ignore, rows=[out]))
    assert [step["rule"] for step in told.data["steps"]] == ["IGNORE_WARNING", "SKIPPED"]


def test_a_row_of_which_nothing_is_left_to_ignore_is_no_step(
    run: Run, book: Path, tmp_path: Path
) -> None:
    batch_id = run("batch", "stage", book, *TARGET, *MONTHS).data["batch_id"]
    one = {"sheet": "Sheet", "row": 2, "reason": "Nomor kantor"}
    said = decided(tmp_path, ignore=[{"code": "PHONE_FORMAT", "reason": "Nomor kantor"}, one])
    for _time in range(2):
        told = run("batch", "work", batch_id, *said)
        assert [step["rule"] for step in told.data["steps"]] == ["IGNORE_WARNING"]


@pytest.mark.parametrize("action", ["stage", "import"])
def test_nothing_is_kept_of_a_list_whose_decision_file_cannot_be_done(
    run: Run, book: Path, tmp_path: Path, action: str
) -> None:
    out = {"sheet": "Sheet", "row": 99, "outcome": "SKIPPED", "reason": "Sudah pindah"}
    found = run("batch", action, book, *TARGET, *MONTHS, *decided(tmp_path, rows=[out]))
    assert found.error_code == "DECISION_ROW_UNKNOWN"
    assert run("batch", "list").data == {"batches": []}


@pytest.mark.parametrize(
    ("part", "entry"),
    [
        ("pairs", {"kind": "SAME_IN_FILE", "choice": "LINK", "with_row": 2}),
        ("pairs", {"kind": "SAME_IN_FILE", "choice": "LINK", "with_sheet": "Sheet"}),
        ("pairs", {"kind": "SIMILAR_IN_REGISTER", "choice": "LINK", "with_nik": nik(2)}),
        ("pairs", {"kind": "SAME_IN_FILE", "choice": "LINK", "row": 0}),
        ("pairs", {"sheet": "Sheet", "row": 4, "identical": True, "choice": "LINK"}),
        ("ignore", {"code": "PHONE_FORMAT", "row": 0, "reason": "Nomor kantor"}),
    ],
)
def test_half_a_decision_about_one_row_is_none_about_all(
    run: Run, book: Path, tmp_path: Path, *, part: str, entry: dict[str, Any]
) -> None:
    found = run("batch", "check", book, *TARGET, *decided(tmp_path, **{part: [entry]}))
    assert (found.exit_code, found.error_code) == (1, "DECISION_UNCLEAR")


def test_a_row_whose_warning_is_ignored_has_no_reason_any_more(
    run: Run, book: Path, tmp_path: Path
) -> None:
    every = decided(tmp_path, ignore=[{"code": "PHONE_FORMAT", "reason": "Nomor kantor"}])
    rows = run("batch", "check", book, *TARGET, *every, "--rows").data["rows"]
    assert [(row["row"], row["codes"], row["reason"]) for row in rows[:2]] == [
        (2, [], ""),
        (3, [], ""),
    ]


@pytest.mark.parametrize(
    ("part", "entry"),
    [
        ("ignore", {"code": "PHONE_FORMAT"}),
        ("rows", {"sheet": "Sheet", "row": 2, "outcome": "RETURNED"}),
    ],
)
def test_a_reason_that_no_page_can_hold_is_refused(
    run: Run, book: Path, tmp_path: Path, *, part: str, entry: dict[str, Any]
) -> None:
    """What goes to the sender is as long as the window lets it be."""
    for length, code in ((200, ""), (201, "REASON_TOO_LONG")):
        said = decided(tmp_path, **{part: [entry | {"reason": "x" * length}]})
        found = run("batch", "check", book, *TARGET, *said)
        assert found.data.get("error", {"code": ""})["code"] == code
