"""Held rows go out in a workbook, are mended there, and come back to their own lines by key."""

from pathlib import Path

import openpyxl
import pytest

from bpjsdesk.domain.enrollment import BatchCounts
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services import batches
from bpjsdesk.services.agreements import save_agreement
from bpjsdesk.services.batch_files import write_error_workbook
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.safety import check_health
from tests.services.factories import a_draft
from tests.services.lists import checked, nik, stored, workbook, worker

YEAR_RATE = 12 * 16_800


@pytest.fixture
def agreement_id(office: AppContext) -> int:
    return save_agreement(office, a_draft(), request_id=new_request_id()).object_id


def test_held_rows_come_back_by_their_keys(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows = [worker(1), worker(2, nik="717"), worker(3, name="")]
    batch_id = stored(office, checked(office, agreement_id, workbook(tmp_path / "a.xlsx", rows)))
    errors = tmp_path / "koreksi.xlsx"
    assert write_error_workbook(office, batch_id, errors) == 2
    _mend(errors, {2: ("NIK", nik(2))})
    check = checked(office, agreement_id, errors)
    assert check.is_correction
    assert stored(office, check) == batch_id
    detail = batches.get_batch(office, batch_id)
    assert detail.item.counts == BatchCounts(read=3, blank=0, ignored=0, accepted=2, held=1)
    assert detail.item.amount == 2 * YEAR_RATE
    assert detail.issues == {"NAME_MISSING": 1}
    assert len(batches.list_batches(office)) == 1
    assert check_health(office, progress=ignore_progress, cancel=CancelToken()).is_sound


def test_a_correction_is_taken_once(office: AppContext, agreement_id: int, tmp_path: Path) -> None:
    batch_id = stored(
        office, checked(office, agreement_id, workbook(tmp_path / "a.xlsx", [worker(2, nik="7")]))
    )
    errors = tmp_path / "koreksi.xlsx"
    write_error_workbook(office, batch_id, errors)
    _mend(errors, {2: ("NIK", nik(2))})
    stored(office, checked(office, agreement_id, errors))
    with pytest.raises(UserError, match="CORRECTION_NOT_HELD"):
        stored(office, checked(office, agreement_id, errors))


def test_a_row_key_is_taken_once_per_file(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    batch_id = stored(
        office, checked(office, agreement_id, workbook(tmp_path / "a.xlsx", [worker(2, nik="7")]))
    )
    errors = tmp_path / "koreksi.xlsx"
    write_error_workbook(office, batch_id, errors)
    _mend(errors, {2: ("NIK", nik(2))})
    book = openpyxl.load_workbook(errors)
    copied = [cell.value for cell in book["Perbaikan"][2]]
    copied[copied.index(nik(2))] = nik(3)
    book["Perbaikan"].append(copied)
    book.save(errors)
    with pytest.raises(UserError, match="CORRECTION_ROW_TWICE"):
        stored(office, checked(office, agreement_id, errors))
    assert batches.get_batch(office, batch_id).item.counts.accepted == 0


def test_held_rows_of_sheets_laid_out_differently_survive_a_correction(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", [worker(1, nik="7")])
    book = openpyxl.load_workbook(path)
    second = book.create_sheet("Tuminting")
    second.append(["Catatan Camat", "Nama", "Nomor Induk Kependudukan"])
    second.append(["ok", "SITI WALANDOUW", "71"])
    second.append(["ok", "ANI WALANDOUW", "72"])
    book.save(path)
    batch_id = stored(office, checked(office, agreement_id, path))
    errors = tmp_path / "koreksi.xlsx"
    for _ in range(2):
        write_error_workbook(office, batch_id, errors)
        stored(office, checked(office, agreement_id, errors))
        names = [row.values["name"] for row in batches.held_rows(office, batch_id)]
        assert names == ["BUDI RONDO 1", "SITI WALANDOUW", "ANI WALANDOUW"]
    write_error_workbook(office, batch_id, errors)
    _mend(errors, {3: ("NIK", nik(2, day=52))})
    stored(office, checked(office, agreement_id, errors))
    assert batches.get_batch(office, batch_id).item.counts.accepted == 1


def test_held_rows_under_a_heading_of_two_rows_come_back(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    path, errors = tmp_path / "a.xlsx", tmp_path / "koreksi.xlsx"
    book = openpyxl.Workbook()
    for row in (
        ["NO", "IDENTITAS", None, "LAHIR", None],
        [None, "NIK", "NAMA", "TEMPAT", "TANGGAL"],
        [1, "7", "BUDI RONDO", "Manado", "12-08-1985"],
    ):
        book.worksheets[0].append(row)
    book.save(path)
    batch_id = stored(office, checked(office, agreement_id, path))
    write_error_workbook(office, batch_id, errors)
    _mend(errors, {2: ("NIK", nik(1))})
    check = checked(office, agreement_id, errors)
    assert [row.values["birth_date"] for row in check.rows()] == ["1985-08-12"]
    assert stored(office, check) == batch_id
    assert batches.get_batch(office, batch_id).item.counts.accepted == 1


def test_a_forged_row_key_is_refused(office: AppContext, agreement_id: int, tmp_path: Path) -> None:
    batch_id = stored(
        office, checked(office, agreement_id, workbook(tmp_path / "a.xlsx", [worker(2, nik="7")]))
    )
    errors = tmp_path / "koreksi.xlsx"
    write_error_workbook(office, batch_id, errors)
    _mend(errors, {2: ("Kunci Baris", f"K{batch_id}-1-0000000000")})
    with pytest.raises(UserError, match="CORRECTION_ROW_UNKNOWN"):
        stored(office, checked(office, agreement_id, errors))


def _mend(path: Path, changes: dict[int, tuple[str, str]]) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["Perbaikan"]
    headings = [cell.value for cell in sheet[1]]
    for row, (heading, value) in changes.items():
        sheet.cell(row, headings.index(heading) + 1, value)
    book.save(path)
