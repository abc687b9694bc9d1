"""The workbook of held rows: as many as the counter says, with keys, reasons and choices."""

from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.acceptance import accept, breakdown, with_doubles
from bpjsdesk.services.agreements import save_agreement
from bpjsdesk.services.batch_files import (
    error_workbook_name,
    write_error_workbook,
    write_list_errors,
)
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.debts import open_debts
from bpjsdesk.services.duplicates import duplicate_lists
from bpjsdesk.services.repairs import decide, edit_cell
from bpjsdesk.services.staging import StagedList
from tests.offices import AsRole
from tests.services.factories import a_draft, a_quota
from tests.services.lists import HEADINGS, nik, workbook, worker
from tests.services.staged_lists import opened, saved_agreement, staged

Told = Mapping[str, object]


@pytest.fixture
def agreement_id(office: AppContext) -> int:
    return saved_agreement(office)


def accepted(office: AppContext, work: StagedList, *, up_to_quota: bool = False) -> None:
    accept(
        office,
        work,
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
        up_to_quota=up_to_quota,
    )


def sheet_of(path: Path) -> Worksheet:
    sheet: Worksheet = openpyxl.load_workbook(path)["Perbaikan"]
    return sheet


def rows_of(path: Path) -> list[Told]:
    heads, *rows = sheet_of(path).iter_rows(values_only=True)
    return [dict(zip(map(str, heads), row, strict=True)) for row in rows]


def test_a_draft_sends_back_what_its_screen_counts_as_held(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    known = workbook(tmp_path / "a.xlsx", [worker(1, name="MOH. RIZKI PAPUTUNGAN")])
    accepted(office, staged(office, agreement_id, known))
    rows = [
        worker(2, name="MUHAMMAD RIZKI PAPUTUNGAN", nik=nik(11)),
        worker(3, nik="717"),
        worker(4, sex="P"),
        worker(5, name=""),
        worker(6, nik=None),
        worker(7),
    ]
    work = staged(office, agreement_id, workbook(tmp_path / "b.xlsx", rows))
    work = decide(
        office,
        work,
        [work.line_ids[3]],
        DecidedOutcome.SKIPPED,
        reason="Sudah pindah",
        request_id=new_request_id(),
    )
    work = decide(
        office,
        work,
        [work.line_ids[5]],
        DecidedOutcome.RETURNED,
        reason="Apakah masih bekerja?",
        request_id=new_request_id(),
    )
    doubles = duplicate_lists(office, work, progress=ignore_progress, cancel=CancelToken()).codes
    out = tmp_path / "koreksi.xlsx"
    count = write_list_errors(office, work, out, doubles=doubles)
    assert count == with_doubles(work, breakdown(work), doubles).held == len(rows_of(out)) == 4
    told = rows_of(out)
    assert [row["Baris asal"] for row in told] == [2, 3, 6, 7]
    assert [row["Kode"] for row in told] == ["SIMILAR_PERSON", "NIK_FORMAT", "NIK_MISSING", ""]
    assert told[3]["Apa yang salah"] == "Apakah masih bekerja?"
    assert all(row["Kunci Baris"] for row in told)


def test_an_accepted_batch_sends_back_what_it_still_owes(
    office: AppContext, tmp_path: Path
) -> None:
    draft = a_draft(quotas=(a_quota(heads=2),))
    small = save_agreement(office, draft, request_id=new_request_id()).object_id
    rows = [worker(1), worker(2), worker(3), worker(4, name=""), worker(5, nik="7")]
    work = staged(office, small, workbook(tmp_path / "a.xlsx", rows))
    accepted(office, work, up_to_quota=True)
    later = opened(office, work.batch_id)
    later = edit_cell(office, later, later.line_ids[1], 2, text="ANI", request_id=new_request_id())
    out = tmp_path / "koreksi.xlsx"
    assert write_error_workbook(office, work.batch_id, out) == open_debts(office)[0].held == 3
    told = rows_of(out)
    assert [row["Kode"] for row in told] == ["OVER_QUOTA", "", "NIK_FORMAT"]
    assert "menunggu diterima" in str(told[1]["Apa yang salah"])


def test_the_file_name_carries_batch_and_round(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    work = staged(office, agreement_id, workbook(tmp_path / "a.xlsx", [worker(1, nik="7")]))
    for number in (1, 2):
        name = error_workbook_name(office, work.batch_id)
        assert name == f"Batch-2026-00001_koreksi-{number}.xlsx"
        write_error_workbook(office, work.batch_id, tmp_path / name)
        first = openpyxl.load_workbook(tmp_path / name).worksheets[0]
        assert f"Batch B-2026-00001 · koreksi ke-{number} · 1 baris" in str(first["A1"].value)
    assert opened(office, work.batch_id).version == work.version


def test_the_senders_columns_stand_first_and_what_has_a_list_offers_it(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    headings = [*HEADINGS, "KATEGORI"]
    rows = [[*worker(1, nik="717", phone="0812x"), "PEKERJA RENTAN"], [*worker(2, name=""), ""]]
    path = workbook(tmp_path / "a.xlsx", rows, headings=headings)
    work = staged(office, agreement_id, path)
    out = tmp_path / "koreksi.xlsx"
    write_error_workbook(office, work.batch_id, out)
    sheet = sheet_of(out)
    heads = [cell.value for cell in sheet[1]]
    added = ["Baris asal", "Lembar", "Kode", "Apa yang salah", "Yang diharapkan", "Kunci Baris"]
    assert heads == [*headings, *added]
    assert sheet.column_dimensions["N"].hidden
    offered = {
        str(rule.sqref).split(":")[0]: rule.formula1.lstrip("=")
        for rule in sheet.data_validations.dataValidation
    }
    assert offered == {"E2": "pilihan_4", "F2": "pilihan_5", "H2": "pilihan_7"}
    assert sheet["B2"].number_format == "@"
    assert sheet["B2"].fill.fgColor.rgb == "FFFECACA"
    assert sheet["G2"].fill.fgColor.rgb == "FFFDE68A"
    assert sheet["B3"].fill.fgColor.rgb != "FFFECACA"
    explained = openpyxl.load_workbook(out).worksheets[0]
    counts = {row[1]: row[2] for row in explained.iter_rows(values_only=True) if row[2]}
    assert counts == {"Kode": "Baris", "NIK_FORMAT": 1, "PHONE_FORMAT": 1, "NAME_MISSING": 1}


def test_a_reader_takes_no_full_niks_out(
    office: AppContext, as_role: AsRole, agreement_id: int, tmp_path: Path
) -> None:
    work = staged(office, agreement_id, workbook(tmp_path / "a.xlsx", [worker(1, nik="7")]))
    with pytest.raises(UserError, match="NOT_PERMITTED"):
        write_error_workbook(as_role(Role.READER), work.batch_id, tmp_path / "b.xlsx")
    assert not (tmp_path / "b.xlsx").exists()
