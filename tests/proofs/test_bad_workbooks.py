"""Lists that attack or disappoint: a named refusal, nothing changed, nobody's data in the words."""

import logging
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from pypdf import PdfReader

from tests.cli.conftest import Run
from tests.cli.files import AGREEMENT, CLAIM, written
from tests.services.lists import HEADINGS, nik, workbook, worker
from tests.storage import hostile
from tests.systems import needs_memory_cap

Maker = Callable[[Path], Path]
MARKS = {"hollow": needs_memory_cap()}
XLS = Path(__file__).parents[1] / "storage" / "fixtures" / "list.xls"
TARGET = ("--agreement", 1, "--category", "VULNERABLE")
MONTHS = ("--from", "2026-01", "--months", 12)
COUNTS = ("blank", "ignored", "accepted", "held")
SECRETS = ("71710101019", "WARGA", "7171011208", "RONDO", "42000000", "42.000.000")
ENGLISH = re.compile(r"\b(error|file|invalid|failed|cannot|the)\b", re.IGNORECASE)


def content(data: bytes) -> Maker:
    def make(path: Path) -> Path:
        path.write_bytes(data)
        return path

    return make


def renamed_csv(path: Path) -> Path:
    path.write_text(f"NIK;NAMA\n{nik(1)};BUDI RONDO\n", encoding="utf-8")
    return path


def no_heading(path: Path) -> Path:
    return workbook(path, [["BUDI RONDO", "Molas"], ["SITI", "Meras"]], headings=("satu", "dua"))


def only_heading(path: Path) -> Path:
    return workbook(path, [])


REFUSED: list[tuple[str, str, Maker, str]] = [
    ("unreadable", "a.xlsx", content(b"PK\3\4" + bytes(range(256))), "WORKBOOK_DAMAGED"),
    ("cut in half", "a.xlsx", hostile.cut_file, "WORKBOOK_DAMAGED"),
    ("wrong checksum", "a.xlsx", hostile.wrong_checksum, "WORKBOOK_DAMAGED"),
    ("lying sizes", "a.xlsx", hostile.lying_sizes, "WORKBOOK_DAMAGED"),
    ("no bytes", "a.xlsx", content(b""), "WORKBOOK_EMPTY"),
    ("only a heading", "a.xlsx", only_heading, "WORKBOOK_EMPTY"),
    ("no heading", "a.xlsx", no_heading, "HEADER_NOT_FOUND"),
    ("encrypted", "a.xlsx", hostile.encrypted, "WORKBOOK_ENCRYPTED"),
    ("encrypted zip", "a.xlsx", hostile.encrypted_zip, "WORKBOOK_ENCRYPTED"),
    ("csv renamed", "a.xlsx", renamed_csv, "WORKBOOK_RENAMED"),
    ("xlsx renamed", "a.xls", hostile.plain_xlsx, "WORKBOOK_RENAMED"),
    ("pdf renamed", "a.xlsx", content(b"%PDF-1.7"), "WORKBOOK_RENAMED"),
    ("not a list at all", "a.png", content(b"\x89PNG"), "WORKBOOK_UNSUPPORTED"),
    ("bomb", "a.xlsx", hostile.many_parts, "WORKBOOK_BOMB"),
    ("entity bomb", "a.xlsx", hostile.billion_laughs, "WORKBOOK_BOMB"),
    ("ods bomb", "a.ods", hostile.ods_repeat_bomb, "WORKBOOK_BOMB"),
    ("ods wide bomb", "a.ods", hostile.ods_wide_bomb, "WORKBOOK_BOMB"),
    ("far column", "a.xlsx", hostile.far_column, "WORKBOOK_TOO_LARGE"),
    ("far row", "a.xlsx", hostile.far_row, "WORKBOOK_TOO_LARGE"),
    ("hidden far cell", "a.xlsx", hostile.far_cell_hidden_from_the_guard, "WORKBOOK_TOO_LARGE"),
    ("hollow", "a.xlsx", hostile.hollow, "WORKBOOK_TOO_HEAVY"),
    ("utf-16", "a.xlsx", hostile.utf16_sheet, "WORKBOOK_ENCODING"),
    ("garbage xls", "a.xls", hostile.ole_garbage, "WORKBOOK_DAMAGED"),
    ("only hidden sheets", "a.xlsx", hostile.only_hidden, "WORKBOOK_EMPTY"),
    ("missing", "a.xlsx", lambda path: path, "WORKBOOK_NOT_FOUND"),
]


@pytest.fixture
def _agreement(run: Run, tmp_path: Path) -> None:
    assert run("agreement", "add", written(tmp_path / "p.json", AGREEMENT)).exit_code == 0


@pytest.mark.usefixtures("_agreement")
@pytest.mark.parametrize(
    "case",
    [
        pytest.param((name, make, code), id=what, marks=MARKS.get(what, ()))
        for what, name, make, code in REFUSED
    ],
)
def test_a_bad_list_is_refused_by_name_and_nothing_changes(
    run: Run,
    folder: Path,
    caplog: pytest.LogCaptureFixture,
    case: tuple[str, Maker, str],
) -> None:
    name, make, code = case
    tmp_path = folder.parent
    old = tmp_path / "lama.pdf"
    assert run("agreement", "pdf", 1, "--out", old).exit_code == 0
    before = state(folder, old)
    path = make(tmp_path / name)
    errors = tmp_path / "koreksi.xlsx"
    caplog.set_level(logging.DEBUG)
    for words in (
        ("batch", "check", path, *TARGET, "--rows"),
        ("batch", "import", path, *TARGET, *MONTHS, "--errors-out", errors),
        ("claim", "import", path),
    ):
        found = run(*words)
        assert (found.exit_code, found.error_code) == (1, code), words
        message = found.data["error"]["message"]
        assert message.endswith(".")
        assert "{" not in message
        assert not ENGLISH.search(message), message
        told = message + found.err + caplog.text
        assert not [secret for secret in SECRETS if secret in told]
    assert not errors.exists()
    assert state(folder, old) == before
    assert run("check").data["ok"] is True


def state(folder: Path, *others: Path) -> dict[str, bytes]:
    store = [folder / "bpjsdesk.db", folder / "kunci.json", folder / "kunci.salinan.json"]
    return {str(path): path.read_bytes() for path in (*store, *others)}


def year_1904(path: Path) -> Path:
    workbook(path, [worker(n, born=None) for n in (1, 2)])
    book = openpyxl.load_workbook(path)
    book.epoch = CALENDAR_MAC_1904
    sheet = book.worksheets[0]
    for row in (2, 3):
        sheet.cell(row, 4, datetime(1985, 8, 12))  # noqa: DTZ001  # a cell has no time zone
    book.save(path)
    return path


def numeric_niks(path: Path) -> Path:
    return workbook(path, [worker(n, nik=int(nik(n))) for n in range(1, 21)])


def ragged(path: Path) -> Path:
    """Write short rows, error cells, totals, a repeated heading and a signature block."""
    rows: list[list[object]] = [
        worker(1),
        [],
        [2, nik(2)],
        [None, None, "TANPA NIK"],
        [3, "#N/A", "BUDI", "#REF!"],
        list(HEADINGS),
        ["", "JUMLAH", "3 orang"],
        [None],
        worker(4, name="#VALUE!"),
        ["", "", "", "", "", "Mengetahui, Lurah"],
    ]
    return workbook(path, rows)


def utf16_text(path: Path) -> Path:
    path.write_text(f"NIK\tNAMA\n{nik(1)}\tBUDI RONDO\n71\tANI\n", encoding="utf-16")
    return path


def latin_text(path: Path) -> Path:
    path.write_bytes(f"NIK;NAMA\n{nik(1)};RENÉ RONDO\n\n{nik(2)};ANI\n".encode("cp1252"))
    return path


def ods_list(path: Path) -> Path:
    head = hostile.ods_row(hostile.ods_text("NIK"), hostile.ods_text("NAMA"))
    rows = (hostile.ods_row(hostile.ods_text(nik(n)), hostile.ods_text("ANI")) for n in range(1, 6))
    return hostile.write_ods(path, head, *rows)


READABLE: list[tuple[str, Maker, int]] = [
    ("a.xlsx", hostile.plain_xlsx, 3),
    ("a.xlsx", year_1904, 2),
    ("a.xlsx", numeric_niks, 20),
    ("a.xlsx", ragged, 10),
    ("a.ods", ods_list, 5),
    ("a.csv", latin_text, 3),
]


@pytest.mark.usefixtures("_agreement")
@pytest.mark.parametrize("case", READABLE)
def test_every_row_of_a_readable_list_is_accounted_for(
    run: Run, tmp_path: Path, case: tuple[str, Maker, int]
) -> None:
    name, make, rows = case
    path = make(tmp_path / name)
    checked = run("batch", "check", path, *TARGET, "--rows").data
    stored = run("batch", "import", path, *TARGET, *MONTHS).data
    assert {key: stored[key] for key in ("read", *COUNTS)} == {
        key: checked[key] for key in ("read", *COUNTS)
    }
    assert stored["read"] == rows == sum(stored[key] for key in COUNTS)
    assert len(checked["rows"]) == rows - stored["blank"]
    shown = run("batch", "show", stored["batch_id"]).data
    assert len(shown["held_rows"]) == stored["held"]
    assert len(shown["ignored_rows"]) == stored["ignored"]
    people = run("people", "find", "7").data["people"]
    assert len(people) == stored["accepted"]


@pytest.mark.usefixtures("_agreement")
def test_dates_counted_from_1904_are_read_as_they_were_meant(run: Run, tmp_path: Path) -> None:
    found = run("batch", "check", year_1904(tmp_path / "a.xlsx"), *TARGET, "--rows").data
    assert {row["values"]["birth_date"] for row in found["rows"]} == {"1985-08-12"}
    assert (found["accepted"], found["issues"]) == (2, {})


@pytest.mark.usefixtures("_agreement")
def test_a_nik_column_of_numbers_is_held_whole_and_says_how_to_mend_it(
    run: Run, tmp_path: Path
) -> None:
    errors = tmp_path / "koreksi.xlsx"
    path = numeric_niks(tmp_path / "a.xlsx")
    rows = run("batch", "check", path, *TARGET, "--rows").data["rows"]
    assert all("Teks" in row["reason"] or "teks" in row["reason"] for row in rows)
    found = run("batch", "import", path, *TARGET, *MONTHS, "--errors-out", errors).data
    assert (found["accepted"], found["held"]) == (0, 20)
    assert found["issues"] == {"NIK_AS_NUMBER": 20}
    assert run("people", "find", "7").data["people"] == []


HOSTILE_NAMES = (
    "=1+1", "=HYPERLINK(\"http://x\",\"y\")", "+62811", "-1+2", "@SUM(AKU)", "=cmd|' /C calc'!A",
    "<b>BUDI", "</para>", "<a href=\"http://x\">x</a>", "<img src=\"/etc/hostname\"/>", "A & B",
    "&lt;b&gt;", "%s {} {nik}", "'; DROP TABLE person; --", "\u202eIDUB", "BUDI\x0bRONDO",
    "BUDI\nRONDO", "\tTAB", "<![CDATA[x]]>", "😀 ANI", "ع ر", "A" * 300, "O'BRIEN",
    "<font size=big>", "<onDraw name=\"x\"/>", "\u00a0", "NUL\ufeffL", "$(reboot)",
    "\\\\server\\share",
)  # fmt: skip


def hostile_names(path: Path, numbers: Callable[[int], object]) -> Path:
    """Write the names as texts; openpyxl would make formulas of some."""
    with xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet("=1+1 <b>")
        sheet.write_row(0, 0, HEADINGS)
        for place, name in enumerate(HOSTILE_NAMES, start=1):
            values: Sequence[object] = worker(place, nik=numbers(place), name=name)
            for column, value in enumerate(values):
                sheet.write_string(place, column, str(value))
    return path


@pytest.mark.usefixtures("_agreement")
def test_names_are_never_markup_on_paper(run: Run, tmp_path: Path) -> None:
    path = hostile_names(tmp_path / "a.xlsx", nik)
    found = run("batch", "import", path, *TARGET, *MONTHS)
    assert found.exit_code == 0, found.data
    readable = [name for name in HOSTILE_NAMES if any(map(str.isalpha, name)) and len(name) <= 100]
    # without its control character one of them is the name of somebody else, born the same day
    assert found.data["issues"]["SIMILAR_PERSON"] == 1
    assert found.data["accepted"] == len(readable) - 1
    out = tmp_path / "daftar.pdf"
    assert run("batch", "pdf", 1, "--out", out).exit_code == 0
    pages = PdfReader(out).pages
    assert not any("/Annots" in page for page in pages)
    assert not any(len(page.images) for page in pages)
    text = " ".join(page.extract_text() for page in pages)
    for name in ("<B>BUDI", "@SUM(AKU)", "A & B", "&LT;B&GT;", "</PARA>", "<FONT SIZE=BIG>"):
        assert name in text, name
    assert run("check").data["ok"] is True


@pytest.mark.usefixtures("_agreement")
def test_names_are_never_formulas_in_a_workbook(run: Run, tmp_path: Path) -> None:
    path = hostile_names(tmp_path / "a.xlsx", lambda place: f"71{place}")
    errors = tmp_path / "koreksi.xlsx"
    found = run("batch", "import", path, *TARGET, *MONTHS, "--errors-out", errors)
    assert found.exit_code == 0, found.data
    assert found.data["held"] == len(HOSTILE_NAMES)
    with zipfile.ZipFile(errors) as parts:
        sheets = [parts.read(name) for name in parts.namelist() if "worksheets/" in name]
        assert not any(b"<f>" in sheet or b"<hyperlink" in sheet for sheet in sheets)
        assert not [name for name in parts.namelist() if "externalLink" in name]
    values = {cell.value for row in openpyxl.load_workbook(errors)["Perbaikan"] for cell in row}
    assert {"=1+1", "<b>BUDI", "@SUM(AKU)", "A & B"} <= values
    again = run("batch", "correct", found.data["batch_id"], errors).data
    assert (again["unchanged"], again["held"]) == (len(HOSTILE_NAMES), len(HOSTILE_NAMES))


@pytest.mark.usefixtures("_agreement")
def test_markup_in_an_agreement_is_printed_as_it_was_typed(run: Run, tmp_path: Path) -> None:
    hostile_title = "<b>Perlindungan</b> =1+1 & <img src='/etc/hostname'/>"
    changed = AGREEMENT | {"title": hostile_title, "scope": "<a href='x'>y</a> </para>"}
    assert run("agreement", "add", written(tmp_path / "b.json", changed)).exit_code == 0
    out = tmp_path / "b.pdf"
    assert run("agreement", "pdf", 2, "--out", out).exit_code == 0
    page = PdfReader(out).pages[0]
    assert "/Annots" not in page
    assert "<b>Perlindungan</b>" in " ".join(page.extract_text().split())


FAULTY_CLAIMS = (
    {"participant_nik": "717101520380000"},
    {"participant_nik": "7171019903800001"},
    {"category": "ANI CONTOH"},
    {"paid_on": "2027-01-01"},
    {"components": [{"name": "x", "amount": -42_000_000}]},
    {"agreement_id": 99},
)


@pytest.mark.parametrize("changes", FAULTY_CLAIMS)
def test_a_refused_claim_keeps_the_person_out_of_its_words(
    run: Run, tmp_path: Path, caplog: pytest.LogCaptureFixture, changes: dict[str, object]
) -> None:
    caplog.set_level(logging.DEBUG)
    found = run("claim", "add", written(tmp_path / "klaim.json", CLAIM | changes))
    assert found.exit_code == 1
    told = found.err + caplog.text
    if "category" not in changes:
        told += found.data["error"]["message"]
    digits = re.findall(r"\d{12,}", told)
    assert (digits, "ANI CONTOH" in told, "42" in told) == ([], False, False)


@pytest.mark.usefixtures("_agreement")
def test_checking_without_rows_names_nobody(run: Run, tmp_path: Path) -> None:
    rows = [worker(1), worker(2, nik="71"), worker(3, name=None), worker(1)]
    path = workbook(tmp_path / "a.xlsx", rows)
    for words in (("check", path, *TARGET), ("import", path, *TARGET, *MONTHS)):
        found = run("batch", *words)
        told = str(found.data) + found.err
        assert not [secret for secret in SECRETS if secret in told]
    assert not re.search(r"\d{12,}", str(run("audit", "list").data).replace("'sha256'", ""))
