"""What anchors.md 5.7 asks for of a whole list, on the command line: no. 13."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import openpyxl
import pytest

from bpjsdesk.cli.demo_office import names
from bpjsdesk.cli.demo_office.people import Ages, Crowd, Village, Worker
from bpjsdesk.clock import Clock
from bpjsdesk.paths import AppPaths
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.office import open_office
from bpjsdesk.services.reference import list_regions
from tests.cli.conftest import Run
from tests.cli.files import AGREEMENT, written
from tests.offices import FOUNDER, PASSWORD

SHORT, FULL = 3_000, 37_000
SHEETS, SPOILT_SHARE, SEED = 4, 0.06, 13
CITY = "71.71"
TARGET = ("--agreement", 1, "--category", "VULNERABLE", "--registered", "2026-11-20")
MONTHS = ("--from", "2026-01", "--months", 12)
HEADINGS = (
    *("NO", "NIK", "NAMA LENGKAP", "TEMPAT LAHIR", "TANGGAL LAHIR", "JENIS KELAMIN", "ALAMAT"),
    *("KELURAHAN", "KECAMATAN", "NO HP", "PEKERJAAN"),
)
NIK, NAME, BORN = 1, 2, 4
REGISTER = (
    "SELECT p.nik, p.name, p.birth_date, p.birth_place, p.sex, p.address, p.region_code, p.phone, "
    "p.occupation, m.from_month, m.to_month, m.status FROM person p "
    "LEFT JOIN membership m ON m.person_id = p.id ORDER BY p.nik"
)
Cells = list[object]
Place = tuple[str, int]


def _short_nik(cells: Cells, _before: Cells) -> None:
    cells[NIK] = str(cells[NIK])[:-1]


def _no_nik(cells: Cells, _before: Cells) -> None:
    cells[NIK] = None


def _nik_of_the_row_before(cells: Cells, before: Cells) -> None:
    cells[NIK] = before[NIK]


def _nik_as_number(cells: Cells, _before: Cells) -> None:
    cells[NIK] = int(str(cells[NIK]))


def _no_name(cells: Cells, _before: Cells) -> None:
    cells[NAME] = None


def _no_such_day(cells: Cells, _before: Cells) -> None:
    cells[BORN] = "31-02-1990"


FAULTS: Sequence[Callable[[Cells, Cells], None]] = (
    _short_nik,
    _no_nik,
    _nik_of_the_row_before,
    _nik_as_number,
    _no_name,
    _no_such_day,
)


class Lists(NamedTuple):
    """The clean list, the dirty one, and what each spoilt row should have been."""

    clean: Path
    dirty: Path
    truth: dict[Place, Cells]


@contextmanager
def opened(folder: Path, clock: Clock) -> Iterator[AppContext]:
    context = open_office(AppPaths(folder), FOUNDER, PASSWORD, clock)
    try:
        yield context
    finally:
        context.close()


def villages(context: AppContext) -> list[Village]:
    return [
        Village(village.code, village.name, district.code, district.name)
        for district in list_regions(context, CITY)
        for village in list_regions(context, district.code)
    ]


def cells_of(number: int, worker: Worker) -> Cells:
    return [
        *(number, worker.nik, worker.name, worker.birth_place, f"{worker.born:%d-%m-%Y}"),
        *(worker.sex, worker.address, worker.village.name, worker.village.district),
        *(worker.phone, worker.trade),
    ]


def write_lists(folder: Path, places: Sequence[Village], rows: int) -> Lists:
    """Write the same people twice: as they are, and with every sixteenth row or so spoilt."""
    crowd, dice = Crowd(SEED), Random(SEED)
    ages = Ages(on=date(2026, 11, 20))
    clean, dirty = openpyxl.Workbook(write_only=True), openpyxl.Workbook(write_only=True)
    truth: dict[Place, Cells] = {}
    for part in range(SHEETS):
        name = f"Kecamatan {part + 1}"
        sheets = [book.create_sheet(name) for book in (clean, dirty)]
        for sheet in sheets:
            sheet.append(HEADINGS)
        before: Cells | None = None
        for at in range(rows // SHEETS):
            found = cells_of(
                at + 1, crowd.person(dice.choice(places), ages, families=names.FAMILIES)
            )
            spoilt = list(found)
            if before is not None and dice.random() < SPOILT_SHARE:
                FAULTS[len(truth) % len(FAULTS)](spoilt, before)
                truth[name, at + 2] = found
                before = None  # so that each row that is repeated is itself a sound one
            else:
                before = found
            for sheet, cells in zip(sheets, (found, spoilt), strict=True):
                sheet.append(cells)
    for book, path in ((clean, folder / "bersih.xlsx"), (dirty, folder / "kotor.xlsx")):
        book.save(path)
    return Lists(folder / "bersih.xlsx", folder / "kotor.xlsx", truth)


def mend(path: Path, truth: dict[Place, Cells], share: float) -> int:
    """Write what is right into the first rows of an error workbook; gives how many."""
    book = openpyxl.load_workbook(path)
    sheet = book["Perbaikan"]
    headings = [str(cell.value) for cell in sheet[1]]
    row_at, sheet_at = headings.index("Baris asal"), headings.index("Lembar")
    columns = [headings.index(heading) for heading in HEADINGS]
    held = list(sheet.iter_rows(min_row=2))
    wanted = held[: round(len(held) * share)]
    for row in wanted:
        right = truth[str(row[sheet_at].value), int(str(row[row_at].value))]
        for column, value in zip(columns, right, strict=True):
            row[column].value = value  # type: ignore[assignment]  # no merged cells
    book.save(path)
    return len(wanted)


def register_of(folder: Path, clock: Clock) -> list[tuple[Any, ...]]:
    with opened(folder, clock) as context, context.database.read() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(REGISTER)]


def told_by(run: Run, office: Path, *words: object) -> dict[str, Any]:
    found = run("--data", office, *words)
    assert found.exit_code == 0, found.data | {"err": found.err}
    return found.data


def accepted_whole(run: Run, office: Path, clean: Path, rows: int) -> None:
    told = told_by(run, office, "batch", "import", clean, *TARGET, *MONTHS)
    assert (told["accepted"], told["held"], told["issues"]) == (rows, 0, {})


def accepted_in_rounds(run: Run, office: Path, lists: Lists, rows: int) -> None:
    """Accept what is sound, and the rest in two rounds of one error workbook each."""
    errors, spoilt = office.parent / "koreksi.xlsx", len(lists.truth)

    def call(*words: object) -> dict[str, Any]:
        return told_by(run, office, *words)

    told = call("batch", "import", lists.dirty, *TARGET, *MONTHS, "--errors-out", errors)
    assert (told["status"], told["accepted"], told["held"]) == ("VALIDATED", rows - spoilt, spoilt)
    mended = mend(errors, lists.truth, 0.5)
    first = call("batch", "correct", 1, errors)
    assert (first["taken"], first["unchanged"]) == (mended, spoilt - mended)
    # the very same file once more brings nothing
    again = call("batch", "correct", 1, errors)
    assert (again["taken"], again["unchanged"]) == (0, spoilt)
    assert call("batch", "accept", 1)["held"] == spoilt - mended
    assert mend(errors, lists.truth, 1.0) == spoilt
    second = call("batch", "correct", 1, errors)
    assert (second["taken"], second["unchanged"]) == (spoilt - mended, mended)
    assert call("batch", "accept", 1)["held"] == 0


def prove(run: Run, folder: Path, clock: Clock, rows: int) -> None:
    quota = AGREEMENT["quotas"][0] | {"heads": rows}
    agreement = written(folder.parent / "a.json", AGREEMENT | {"quotas": [quota]})
    run("agreement", "add", agreement)
    other = Path(shutil.copytree(folder, folder.parent / "kantor-bersih"))
    with opened(folder, clock) as context:
        lists = write_lists(folder.parent, villages(context), rows)
    accepted_whole(run, other, lists.clean, rows)
    accepted_in_rounds(run, folder, lists, rows)
    assert register_of(folder, clock) == register_of(other, clock)
    assert run("check").data["ok"] is True


def test_anchor_5_7_13_a_3000_row_list_accepted_partly_and_corrected_twice_equals_the_clean_one(
    run: Run, folder: Path, clock: Clock
) -> None:
    prove(run, folder, clock, SHORT)


@pytest.mark.long
def test_anchor_5_7_13_a_37000_row_list_accepted_partly_and_corrected_twice_equals_the_clean_one(
    run: Run, folder: Path, clock: Clock
) -> None:
    prove(run, folder, clock, FULL)
