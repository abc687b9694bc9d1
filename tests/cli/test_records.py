"""Agreements, lists and claims over the command line, from file to file."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from pypdf import PdfReader

from tests.cli.conftest import Run
from tests.cli.files import AGREEMENT, CLAIM, written
from tests.services.lists import nik, workbook, worker

YEAR_RATE = 12 * 16_800
TARGET = ("--agreement", 1, "--category", "VULNERABLE")
MONTHS = ("--from", "2026-01", "--months", 12)
COUNTS = ("read", "blank", "ignored", "accepted", "held")
LATER = ("waiting", "left_out")
BARE_NIK = re.compile(r"\d{16}")


@pytest.fixture
def agreement(run: Run, tmp_path: Path) -> dict[str, Any]:
    found = run("agreement", "add", written(tmp_path / "perjanjian.json", AGREEMENT))
    assert found.exit_code == 0, found.data
    return found.data


def loaded(run: Run, tmp_path: Path, *rows: Sequence[object]) -> dict[str, Any]:
    path = workbook(tmp_path / "daftar.xlsx", rows)
    found = run("batch", "import", path, *TARGET, *MONTHS)
    assert found.exit_code == 0, found.data
    return found.data


def pdf_text(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


@pytest.mark.parametrize(("kind", "example"), [("agreement", AGREEMENT), ("claim", CLAIM)])
def test_the_schema_describes_the_files_that_add_reads(
    run: Run, kind: str, example: dict[str, Any]
) -> None:
    schema = run("schema", kind).data
    jsonschema.Draft202012Validator.check_schema(schema)
    rules = jsonschema.Draft202012Validator(schema)
    rules.validate(example)
    assert not rules.is_valid(example | {"catatan_lain": "x"})
    for name in schema["required"]:
        assert not rules.is_valid({key: example[key] for key in example if key != name})


def test_what_the_schema_refuses_add_refuses_by_field(run: Run, tmp_path: Path) -> None:
    faulty = AGREEMENT | {"title": None, "signed_on": "kemarin", "lain": 1}
    found = run("agreement", "add", written(tmp_path / "a.json", faulty))
    assert found.exit_code == 1
    for name in ("title", "signed_on", "lain"):
        assert name in found.data["error"]["message"]
    assert run("agreement", "list").data == {"agreements": []}


def test_an_agreement_is_added_listed_and_shown(run: Run, agreement: dict[str, Any]) -> None:
    assert (agreement["heads"], agreement["amount"]) == (100, 100 * YEAR_RATE)
    listed = run("agreement", "list").data["agreements"]
    assert [item["agreement_id"] for item in listed] == [agreement["agreement_id"]]
    shown = run("agreement", "show", agreement["agreement_id"]).data["agreement"]
    assert shown["draft"]["title"] == AGREEMENT["title"]
    assert shown["status"] == agreement["status"] == "EXPIRING"


def test_a_renewal_keeps_who_and_drops_numbers_and_dates(
    run: Run, agreement: dict[str, Any]
) -> None:
    renewed = run("agreement", "renew", agreement["agreement_id"]).data
    assert renewed == {"agreement_id": 2, "renews_id": 1}
    draft = run("agreement", "show", 2).data["agreement"]["draft"]
    assert draft["renews_id"] == 1
    assert [party["number"] for party in draft["parties"]] == ["", ""]
    assert (draft["signed_on"], draft["valid_from"], draft["valid_to"]) == (None, None, None)


@pytest.mark.usefixtures("agreement")
def test_the_summary_of_an_agreement_is_one_page(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "ringkasan.pdf"
    assert run("agreement", "pdf", 1, "--out", out).data == {"file": str(out)}
    assert len(PdfReader(out).pages) == 1
    assert "20.160.000" in pdf_text(out)


@pytest.mark.usefixtures("agreement")
def test_the_template_comes_back_filled_and_is_checked(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "templat.xlsx"
    assert run("batch", "template", "--agreement", 1, "--out", out).exit_code == 0
    book = openpyxl.load_workbook(out)
    sheet = book["Daftar"]
    headings = [str(cell.value).rstrip(" *") for cell in sheet[1]]
    for row, number in ((2, nik(1)), (3, "717101120885")):
        values: dict[str, str | date] = {
            "NIK": number,
            "NAMA LENGKAP": "BUDI RONDO",
            "TANGGAL LAHIR": date(1985, 8, 12),
            "JENIS KELAMIN": "L",
        }
        for heading, value in values.items():
            sheet.cell(row, headings.index(heading) + 1, value)
    book.save(out)
    found = run("batch", "check", out, *TARGET, "--rows").data
    assert [found[name] for name in COUNTS] == [2, 0, 0, 1, 1]
    assert found["issues"]["NIK_FORMAT"] == 1
    good, bad = found["rows"]
    assert (good["sheet"], good["row"], good["status"]) == ("Daftar", 2, "ACCEPTED")
    assert good["values"] == {
        "nik": nik(1),
        "name": "BUDI RONDO",
        "birth_date": "1985-08-12",
        "sex": "L",
        "region": None,
    }
    assert bad["row"] == 3
    assert "NIK_FORMAT" in bad["codes"]


@pytest.mark.usefixtures("agreement")
def test_checking_stores_nothing_and_shows_rows_only_when_asked(run: Run, tmp_path: Path) -> None:
    found = run("batch", "check", workbook(tmp_path / "a.xlsx", [worker(1)]), *TARGET).data
    notes = {"ignored_reasons", "ignored_warnings", "unread_columns", "already_imported"}
    assert set(found) == {*COUNTS, *LATER, "issues", *notes}
    assert run("batch", "list").data == {"batches": []}
    assert run("people", "find", "BUDI").data == {"people": [], "more": False}


@pytest.mark.usefixtures("agreement")
def test_ages_are_judged_on_the_registration_date(run: Run, tmp_path: Path) -> None:
    elder = worker(1, nik="7171012111610001", born="21-11-1961")
    path = workbook(tmp_path / "a.xlsx", [elder])
    assert run("batch", "check", path, *TARGET).data["accepted"] == 1
    later = run("batch", "check", path, *TARGET, "--registered", "2026-11-21").data
    assert later["issues"] == {"OVER_AGE": 1}


@pytest.mark.usefixtures("agreement")
def test_a_list_is_imported_with_the_same_counts_and_its_amount(run: Run, tmp_path: Path) -> None:
    total: list[object] = ["", "JUMLAH", "2 orang"]
    rows = [worker(1), worker(2, nik=int(nik(2))), [], total, worker(3)]
    path = workbook(tmp_path / "daftar.xlsx", rows)
    errors = tmp_path / "koreksi.xlsx"
    checked = run("batch", "check", path, *TARGET).data
    found = run("batch", "import", path, *TARGET, *MONTHS, "--errors-out", errors).data
    assert {name: found[name] for name in checked} == checked
    assert [found[name] for name in COUNTS] == [5, 1, 1, 2, 1]
    assert found["amount"] == 2 * YEAR_RATE
    cells = [cell.value for row in openpyxl.load_workbook(errors)["Perbaikan"] for cell in row]
    assert "BUDI RONDO BETO" in cells
    assert "BUDI RONDO ALFA" not in cells
    listed = run("batch", "list").data["batches"]
    assert [(item["batch_id"], item["counts"]["accepted"]) for item in listed] == [(1, 2)]
    shown = run("batch", "show", found["batch_id"]).data
    assert shown["held_rows"][0]["codes"] == ["NIK_AS_NUMBER"]
    assert len(shown["ignored_rows"]) == 1
    again = run("batch", "import", path, *TARGET, *MONTHS)
    assert (again.exit_code, again.error_code) == (1, "ALREADY_IMPORTED")


@pytest.mark.usefixtures("agreement")
def test_the_list_that_is_loaded_is_never_written_over(run: Run, tmp_path: Path) -> None:
    path = workbook(tmp_path / "daftar.xlsx", [worker(1), worker(2, nik="7")])
    before = path.read_bytes()
    found = run("batch", "import", path, *TARGET, *MONTHS, "--errors-out", path)
    assert (found.exit_code, found.error_code) == (1, "TARGET_IS_SOURCE")
    assert path.read_bytes() == before
    assert run("batch", "list").data == {"batches": []}


@pytest.mark.usefixtures("agreement")
def test_the_participant_list_masks_every_nik(run: Run, tmp_path: Path) -> None:
    batch = loaded(run, tmp_path, worker(1), worker(2))
    out = tmp_path / "peserta.pdf"
    assert run("batch", "pdf", batch["batch_id"], "--out", out).exit_code == 0
    text = pdf_text(out)
    assert "BUDI RONDO ALFA" in text
    assert nik(1) not in text
    assert not BARE_NIK.search(text.replace(" ", ""))


@pytest.mark.usefixtures("agreement")
def test_people_are_found_by_any_part_of_the_name_or_the_start_of_the_nik(
    run: Run, tmp_path: Path
) -> None:
    loaded(run, tmp_path, worker(1), worker(2), worker(3, name="SITI WOWOR"))
    found = run("people", "find", "rondo").data
    assert [item["name"] for item in found["people"]] == ["BUDI RONDO ALFA", "BUDI RONDO BETO"]
    assert run("people", "find", "rondo", "--limit", 1).data["more"] is True
    by_nik = run("people", "find", nik(3)).data["people"]
    assert [item["name"] for item in by_nik] == ["SITI WOWOR"]
    assert nik(3) not in str(by_nik)


def test_a_claim_is_added_and_listed(run: Run, tmp_path: Path) -> None:
    found = run("claim", "add", written(tmp_path / "klaim.json", CLAIM)).data
    assert (found["status"], found["amount"]) == ("PAID", 42_000_000)
    listed = run("claim", "list").data["claims"]
    assert [(item["number"], item["amount"]) for item in listed] == [(found["number"], 42_000_000)]
    assert CLAIM["participant_nik"] not in str(listed)


def test_a_faulty_claim_names_its_fields(run: Run, tmp_path: Path) -> None:
    faulty = CLAIM | {"participant_nik": "123", "paid_on": "2026-12-31"}
    found = run("claim", "add", written(tmp_path / "klaim.json", faulty))
    assert found.exit_code == 1
    assert "NIK" in found.data["error"]["message"]
    assert run("claim", "list").data == {"claims": []}


def test_past_claims_are_imported_and_the_counts_add_up(run: Run, tmp_path: Path) -> None:
    path = claims_workbook(tmp_path / "klaim.xlsx")
    found = run("claim", "import", path).data
    assert [found[name] for name in COUNTS] == [4, 0, 0, 3, 1]
    assert [issue["row"] for issue in found["issues"]] == [5]
    assert len(run("claim", "list").data["claims"]) == 3
    again = run("claim", "import", path)
    assert (again.exit_code, again.error_code) == (1, "ALREADY_IMPORTED")


def claims_workbook(path: Path) -> Path:
    """Write three paid claims and one without a sound NIK."""
    headings = ("NIK", "Nama Peserta", "Program", "Kategori", "Tanggal Bayar", "Jumlah", "Status")
    rows = [
        (number, f"PESERTA {serial}", programme, "Pekerja Rentan", paid, amount, "Dibayarkan")
        for serial, (number, programme, paid, amount) in enumerate(
            (
                (nik(1), "JKM", date(2026, 3, 2), 42_000_000),
                (nik(2), "JKK", date(2026, 5, 4), 1_250_000),
                (nik(3), "JHT", date(2025, 5, 4), 3_000_000),
                ("12", "JKK", date(2026, 5, 4), 1),
            )
        )
    ]
    return workbook(path, rows, headings=headings)


def test_the_claim_report_gives_the_same_totals_everywhere(run: Run, tmp_path: Path) -> None:
    run("claim", "import", claims_workbook(tmp_path / "klaim.xlsx"))
    pdf, book = tmp_path / "laporan.pdf", tmp_path / "laporan.xlsx"
    period = ("--from", "2026-01-01", "--to", "2026-11-20")
    found = run("report", "claims", *period, "--out", pdf, "--xlsx", book).data
    assert (found["cases"], found["amount"]) == (2, 43_250_000)
    assert (found["previous"]["cases"], found["previous"]["amount"]) == (1, 3_000_000)
    tables = (found["by_programme"], found["by_category"], found["by_region"], found["by_month"])
    for rows in tables:
        whole = [row for row in rows if not row.get("of_which")]
        assert sum(row["cases"] for row in whole) == 2
        assert sum(row["amount"] for row in whole) == 43_250_000
    text = pdf_text(pdf)
    sheets = openpyxl.load_workbook(book).worksheets
    for sheet, rows in zip(sheets, tables, strict=False):
        printed = [line for line in sheet.iter_rows(values_only=True) if isinstance(line[1], int)]
        figures = [(row["cases"], row["amount"]) for row in rows]
        assert [line[1:3] for line in printed][: len(figures)] == figures
        assert {line[1:3] for line in printed[len(figures) :]} <= {(2, 43_250_000)}
        for row in rows:
            assert row.get("name", "") in text  # the months are bars, with no names
            assert "name" not in row or format_number(row["amount"]) in text


def format_number(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def test_a_reversed_period_is_refused(run: Run) -> None:
    found = run("report", "claims", "--from", "2026-11-20", "--to", "2026-01-01")
    assert (found.exit_code, found.error_code) == (1, "PERIOD_REVERSED")
