"""What goes back to a sender is written in one go: letter, template, workbook of the held rows."""

from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.reports.sender_files import issue_sender_letter
from bpjsdesk.services.acceptance import accept
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.repairs import decide
from bpjsdesk.storage import audit
from tests.services.lists import nik, workbook, worker
from tests.services.staged_lists import opened, saved_agreement, staged


def words_of(path: Path) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(path).pages)


def headings(path: Path) -> set[str]:
    book = openpyxl.load_workbook(path, read_only=True)
    return {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}


def test_a_cut_column_is_asked_for_again_with_a_template(
    office: AppContext, tmp_path: Path
) -> None:
    rows = [worker(serial, nik=int(nik(serial)) // 10 * 10) for serial in range(1, 41)]
    work = staged(office, saved_agreement(office), workbook(tmp_path / "cut.xlsx", rows))
    files = issue_sender_letter(office, work.batch_id, tmp_path)
    page = words_of(files.letter)
    assert "Permintaan kirim ulang kolom NIK daftar peserta" in page
    assert "40 NIK disimpan sebagai angka dan 100% berakhir 0" in page
    assert "paling lambat Jumat, 4 Desember 2026." in page
    assert "Sheet 2 tidak terbaca" in page
    assert [path.name for path in files.enclosures] == [
        "Templat daftar Pekerja Rentan.xlsx",
        f"Batch-{work.number[2:]}_koreksi-1.xlsx",
    ]
    assert any("Daftar peserta" in text for text in headings(files.enclosures[0]))
    assert files.held == 40
    with office.database.read() as connection:
        deed = audit.newest_of(connection, "report.print")
    assert deed is not None
    assert f"SPD-{work.batch_id:05d}" in deed.payload


def test_held_rows_of_a_decided_batch_go_back_with_their_keys(
    office: AppContext, tmp_path: Path
) -> None:
    rows = [worker(1), worker(2, nik=None), worker(3, nik=nik(3)[:-1])]
    work = staged(office, saved_agreement(office), workbook(tmp_path / "a.xlsx", rows))
    cancel = CancelToken()
    accept(office, work, request_id=new_request_id(), progress=ignore_progress, cancel=cancel)
    files = issue_sender_letter(office, work.batch_id, tmp_path)
    page = words_of(files.letter)
    assert "Dari 3 baris yang kami baca, 1 orang sudah didaftarkan dan 2 baris" in page
    assert "NIK kosong Isi 16 angka NIK sesuai KTP. 1" in page
    assert nik(1) not in page
    assert "Kunci Baris" in headings(files.enclosures[1])


def test_what_a_clerk_asks_the_sender_stands_in_the_letter(
    office: AppContext, tmp_path: Path
) -> None:
    work = staged(office, saved_agreement(office), workbook(tmp_path / "a.xlsx", [worker(1)]))
    asked = "Apakah masih tinggal di Molas?"
    decide(
        office,
        work,
        [work.line_ids[0]],
        DecidedOutcome.RETURNED,
        reason=asked,
        request_id=new_request_id(),
    )
    files = issue_sender_letter(office, work.batch_id, tmp_path)
    assert f"{asked} Jawab menurut pertanyaan kami. 1" in words_of(files.letter)


def test_there_is_no_letter_without_a_held_row(office: AppContext, tmp_path: Path) -> None:
    work = staged(office, saved_agreement(office), workbook(tmp_path / "a.xlsx", [worker(1)]))
    with pytest.raises(UserError, match="tidak mempunyai baris tertahan"):
        issue_sender_letter(office, opened(office, work.batch_id).batch_id, tmp_path)
