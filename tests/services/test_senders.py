"""What is remembered of a sender, and what its earlier lists teach the next one."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from bpjsdesk.domain.columns import Origin
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.senders import LetterScan, SenderChoice
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.acceptance import accept
from bpjsdesk.services.batch_files import write_template
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.letters import letter_scan
from bpjsdesk.services.list_steps import undo
from bpjsdesk.services.mapping import change_mapping
from bpjsdesk.services.repairs import offers, reasons, repair
from bpjsdesk.services.senders import (
    choose_sender,
    forget,
    list_sender,
    list_senders,
    save_sender,
    sender_named,
    sender_profile,
)
from bpjsdesk.services.value_mapping import map_values
from bpjsdesk.storage import staging
from tests.services.lists import HEADINGS, workbook, worker
from tests.services.staged_lists import opened, saved_agreement, staged

MOLAS = "71.71.01.1001"
OTHER_HEADINGS = (*HEADINGS[:5], "Wilayah kerja", *HEADINGS[6:])


@pytest.fixture
def agreement_id(office: AppContext) -> int:
    return saved_agreement(office)


@pytest.fixture
def sender_id(office: AppContext) -> int:
    answer = save_sender(office, name="Dinas  Sosial", request_id=new_request_id())
    return answer.object_id


def test_a_sender_is_saved_once_and_changed_by_version(office: AppContext, sender_id: int) -> None:
    with pytest.raises(UserError, match="sudah ada"):
        save_sender(office, name="DINAS SOSIAL", request_id=new_request_id())
    with pytest.raises(UserError, match="Tulis nama"):
        save_sender(office, name=" ", request_id=new_request_id())
    changed = {"name": "Dinsos Manado", "note": "Pak Budi", "sender_id": sender_id}
    save_sender(office, **changed, version=1, request_id=new_request_id())  # type: ignore[arg-type]  # a mix of texts and figures
    [sender] = list_senders(office)
    assert (sender.name, sender.note, sender.version) == ("Dinsos Manado", "Pak Budi", 2)
    with pytest.raises(UserError, match="pengguna lain"):
        save_sender(office, **changed, version=1, request_id=new_request_id())  # type: ignore[arg-type]  # a mix of texts and figures


def test_columns_and_values_of_a_sender_are_asked_once(
    office: AppContext, agreement_id: int, sender_id: int, tmp_path: Path
) -> None:
    choice = SenderChoice(sender_id=sender_id, letter_no="560/11", letter_on=date(2026, 11, 2))
    rows = [worker(1, village="Mls"), worker(2, village="Mls")]
    first = workbook(tmp_path / "a.xlsx", rows, headings=OTHER_HEADINGS)
    work = staged(office, agreement_id, first, choice)
    with office.database.read() as connection:
        intake = staging.intake_row(connection, work.batch_id)
    assert (intake.sender_name, intake.letter_no) == ("Dinas Sosial", "560/11")
    work = change_mapping(office, work, {("Sheet", 5): "village"}, request_id=new_request_id())
    work = map_values(office, work, "village", {"Mls": MOLAS}, request_id=new_request_id())
    assert [item.row.region_code for item in work.check.staged] == [MOLAS, MOLAS]

    second = workbook(tmp_path / "b.xlsx", [worker(3, village="MLS")], headings=OTHER_HEADINGS)
    later = staged(office, agreement_id, second, choice)
    assert later.check.staged[0].row.region_code == MOLAS
    assert later.rules.columns["Sheet"].origins["village"] is Origin.MEMORY
    assert later.steps == ()
    [sender] = list_senders(office)
    assert (sender.batches, sender.columns, sender.values) == (2, 1, 1)

    stranger = workbook(tmp_path / "c.xlsx", [worker(4, village="MLS")], headings=OTHER_HEADINGS)
    unknown = staged(office, agreement_id, stranger)
    assert unknown.check.staged[0].row.region_code is None
    known = choose_sender(office, unknown, choice, request_id=new_request_id())
    assert known.check.staged[0].row.region_code == MOLAS
    assert opened(office, known.batch_id).check.staged == known.check.staged


def test_naming_the_sender_of_a_list_is_a_step_that_can_be_undone(
    office: AppContext, agreement_id: int, sender_id: int, tmp_path: Path
) -> None:
    rows = [worker(1, village="Mls")]
    choice = SenderChoice(sender_id=sender_id, letter_no="560/11", letter_on=date(2026, 11, 2))
    first = workbook(tmp_path / "a.xlsx", rows, headings=OTHER_HEADINGS)
    work = staged(office, agreement_id, first, choice)
    work = change_mapping(office, work, {("Sheet", 5): "village"}, request_id=new_request_id())
    map_values(office, work, "village", {"Mls": MOLAS}, request_id=new_request_id())

    rows = [worker(2, village="Mls")]
    second = workbook(tmp_path / "b.xlsx", rows, headings=OTHER_HEADINGS)
    work = staged(office, agreement_id, second)
    assert list_sender(office, work) is None
    scan = LetterScan(name="surat.pdf", kind="pdf", content=b"%PDF-1.7")
    named = choose_sender(office, work, choice, scan=scan, request_id=new_request_id())
    [step] = named.steps
    assert (step.rule, step.note) == ("CHOOSE_SENDER", "Dinas Sosial")
    told = list_sender(office, named)
    assert told is not None
    assert (told.name, told.letter_no, told.letter_on, told.scan) == (
        "Dinas Sosial",
        "560/11",
        choice.letter_on,
        "surat.pdf",
    )
    assert (told.earlier, told.recalled, told.values) == (
        sender_profile(office, sender_id).batches[0].number,
        1,
        1,
    )
    back = undo(office, named, request_id=new_request_id())
    assert (list_sender(office, back), letter_scan(office, work.batch_id)) == (None, None)
    assert back.rules.columns == work.rules.columns
    assert back.check.staged == work.check.staged
    assert sender_profile(office, sender_id).values == {"village": {"MLS": MOLAS}}


def test_what_is_remembered_of_a_sender_can_be_forgotten(
    office: AppContext, agreement_id: int, sender_id: int, tmp_path: Path
) -> None:
    rows = [worker(1, village="Mls")]
    path = workbook(tmp_path / "a.xlsx", rows, headings=OTHER_HEADINGS)
    work = staged(office, agreement_id, path, SenderChoice(sender_id=sender_id))
    work = change_mapping(office, work, {("Sheet", 5): "village"}, request_id=new_request_id())
    map_values(office, work, "village", {"Mls": MOLAS}, request_id=new_request_id())
    known = sender_profile(office, sender_id)
    forget(
        office,
        known.sender,
        headings=known.columns,
        spellings={"village": list(known.values["village"])},
        request_id=new_request_id(),
    )
    left = sender_profile(office, sender_id)
    assert (left.columns, left.values) == ({}, {})
    with pytest.raises(UserError, match="pengguna lain"):
        forget(office, known.sender, request_id=new_request_id())
    assert opened(office, work.batch_id).check.staged[0].row.region_code == MOLAS


def test_a_sender_is_found_by_name_or_recorded(office: AppContext, sender_id: int) -> None:
    assert sender_named(office, " dinas sosial ", request_id=new_request_id()) == sender_id
    new = sender_named(office, "Kelurahan Molas", request_id=new_request_id())
    assert [sender.name for sender in list_senders(office)] == ["Dinas Sosial", "Kelurahan Molas"]
    assert new != sender_id


def test_what_is_undone_is_forgotten(
    office: AppContext, agreement_id: int, sender_id: int, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", [worker(1, village="Mls")], headings=OTHER_HEADINGS)
    work = staged(office, agreement_id, path, SenderChoice(sender_id=sender_id))
    work = change_mapping(office, work, {("Sheet", 5): "village"}, request_id=new_request_id())
    work = map_values(office, work, "village", {"Mls": MOLAS}, request_id=new_request_id())
    for _step in range(2):
        work = undo(office, work, request_id=new_request_id())
    profile = sender_profile(office, sender_id)
    assert (profile.columns, profile.values) == ({}, {})


def test_what_a_clerk_has_mapped_goes_before_what_is_remembered(
    office: AppContext, agreement_id: int, sender_id: int, tmp_path: Path
) -> None:
    choice = SenderChoice(sender_id=sender_id)
    path = workbook(tmp_path / "a.xlsx", [worker(1)], headings=OTHER_HEADINGS)
    work = staged(office, agreement_id, path, choice)
    change_mapping(office, work, {("Sheet", 5): "village"}, request_id=new_request_id())
    other = workbook(tmp_path / "b.xlsx", [worker(2)], headings=OTHER_HEADINGS)
    work = staged(office, agreement_id, other)
    work = change_mapping(office, work, {("Sheet", 5): "address"}, request_id=new_request_id())
    chosen = choose_sender(office, work, choice, request_id=new_request_id())
    assert chosen.rules.columns["Sheet"].index("village") is None
    assert chosen.rules.columns["Sheet"].index("address") == 5


def test_a_sender_that_is_not_there_is_refused(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", [worker(1)])
    with pytest.raises(UserError, match="Pengirim nomor 7"):
        staged(office, agreement_id, path, SenderChoice(sender_id=7))
    with pytest.raises(UserError, match="Pengirim nomor 7"):
        sender_profile(office, 7)


def test_the_profile_counts_bad_rows_and_the_template_warns_of_them(
    office: AppContext, agreement_id: int, sender_id: int, tmp_path: Path
) -> None:
    rows = [worker(n) for n in range(1, 8)]
    rows += [worker(8, born="08-12-1985"), worker(9, nik=7171011208850009), worker(10, nik=None)]
    path = workbook(tmp_path / "a.xlsx", rows)
    work = staged(office, agreement_id, path, SenderChoice(sender_id=sender_id))
    assert sender_profile(office, sender_id).batches[0].share is None
    offer = offers(work, IssueCode.NIK_DOB_MISMATCH)[0]
    work = repair(office, work, offer, request_id=new_request_id())
    assert IssueCode.NIK_DOB_MISMATCH not in reasons(work)
    accept(
        office,
        work,
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
    )
    profile = sender_profile(office, sender_id)
    [batch] = profile.batches
    assert (batch.people, batch.bad, batch.share) == (10, 3, 0.3)
    assert {mistake.code: mistake.rows for mistake in profile.mistakes} == {
        "NIK_AS_NUMBER": 1,
        "NIK_DOB_MISMATCH": 1,
        "NIK_MISSING": 1,
    }
    out = write_template(office, agreement_id, tmp_path / "t.xlsx", sender_id=sender_id)
    book = openpyxl.load_workbook(out)
    notes = {str(cell.value).rstrip(" *"): str(cell.comment) for cell in book["Daftar"][1]}
    assert "Kiriman sebelumnya, 10,0% baris: NIK disimpan sebagai angka" in notes["NIK"]
    assert "Kiriman sebelumnya" in notes["TANGGAL LAHIR"]
    assert "Kiriman sebelumnya" not in notes["NO HP"]
    lines = [str(row[0].value) for sheet in book for row in sheet.iter_rows(max_col=1)]
    assert any("kiriman Dinas Sosial" in line for line in lines)


def test_the_template_offers_the_occupations_of_the_sender(
    office: AppContext, agreement_id: int, sender_id: int, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", [[*worker(1), "tani"]], headings=(*HEADINGS, "PEKERJAAN"))
    work = staged(office, agreement_id, path, SenderChoice(sender_id=sender_id))
    map_values(office, work, "occupation", {"tani": "Petani"}, request_id=new_request_id())
    out = write_template(office, agreement_id, tmp_path / "t.xlsx", sender_id=sender_id)
    choices = openpyxl.load_workbook(out)["Pilihan"]
    assert "Petani" in [cell.value for row in choices.iter_rows() for cell in row]
