"""The sender sends a whole new list: compared by NIK, taken where the batch still waits for it."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from bpjsdesk.domain.corrections import Door, NotTaken
from bpjsdesk.domain.enrollment import BatchCounts
from bpjsdesk.domain.senders import SenderChoice
from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services import batches
from bpjsdesk.services.acceptance import breakdown
from bpjsdesk.services.batch_files import write_error_workbook
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.list_steps import undo
from bpjsdesk.services.repairs import decide, edit_cell
from bpjsdesk.services.safety import check_health
from bpjsdesk.services.senders import save_sender
from bpjsdesk.services.staging import StagedList
from tests.services.lists import HEADINGS, nik, workbook, worker
from tests.services.staged_lists import accepted, again, numbers, opened, saved_agreement, staged

Rows = Sequence[Sequence[object]]


@pytest.fixture
def agreement_id(office: AppContext) -> int:
    return saved_agreement(office)


def a_list(path: Path, rows: Rows, headings: Sequence[str] = HEADINGS) -> Path:
    return workbook(path, rows, headings=headings)


def names(work: StagedList) -> list[str | None]:
    return [item.row.name for item in work.check.staged]


def test_a_draft_takes_what_changed_and_who_is_new_and_lists_who_is_missing(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows = [worker(1), worker(2, name=""), worker(3), worker(4, nik="71")]
    work = staged(office, agreement_id, a_list(tmp_path / "a.xlsx", rows))
    newer: Rows = [worker(1), worker(2, name="SITI"), worker(5), [], ["", "JUMLAH", "4 orang"]]
    done = again(office, work.batch_id, a_list(tmp_path / "b.xlsx", newer))
    told = done.correction
    assert (told.door, told.read, told.blank, told.ignored) == (Door.FULL_LIST, 5, 1, 1)
    assert numbers(done) == (1, 1, 1, 0)
    assert [(row.row_no, row.name, row.has_nik) for row in told.missing] == [
        (4, "BUDI RONDO CIKU", True),
        (5, "BUDI RONDO DOMI", False),
    ]
    now = opened(office, work.batch_id)
    assert names(now) == [
        "BUDI RONDO ALFA",
        "SITI",
        "BUDI RONDO CIKU",
        "BUDI RONDO DOMI",
        "BUDI RONDO ELSU",
    ]
    assert (breakdown(now).new, breakdown(now).held) == (4, 1)
    item = batches.get_batch(office, work.batch_id).item
    assert item.counts == BatchCounts(read=5, blank=0, ignored=0, accepted=0, held=5)
    assert check_health(office, progress=ignore_progress, cancel=CancelToken()).is_sound


def test_one_undo_takes_a_whole_list_back(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows = [worker(1), worker(2, name="")]
    work = staged(office, agreement_id, a_list(tmp_path / "a.xlsx", rows))
    newer = [[*worker(2, name="SITI"), "catatan"], [*worker(5), "baru"]]
    headings = [*HEADINGS, "KETERANGAN"]
    again(office, work.batch_id, a_list(tmp_path / "b.xlsx", newer, headings))
    now = opened(office, work.batch_id)
    assert [item.row.note for item in now.check.staged] == [None, "catatan", "baru"]
    assert [(step.rule, step.note, step.rows) for step in now.steps] == [("NEW_LIST", "b.xlsx", 2)]
    back = undo(office, now, request_id=new_request_id())
    assert [item.cells for item in back.check.staged] == [item.cells for item in work.check.staged]
    assert back.rules.columns == work.rules.columns
    assert batches.get_batch(office, work.batch_id).item.counts.read == 2
    repeated = again(office, work.batch_id, tmp_path / "b.xlsx")
    assert numbers(repeated) == (1, 0, 1, 0)


def test_the_same_list_twice_changes_nothing_the_second_time(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows = [worker(1), worker(2, name=""), worker(3, nik=None)]
    work = staged(office, agreement_id, a_list(tmp_path / "a.xlsx", rows))
    assert numbers(again(office, work.batch_id, tmp_path / "a.xlsx")) == (0, 3, 0, 0)
    path = a_list(tmp_path / "b.xlsx", [*rows, worker(4), worker(5, nik=None)])
    assert numbers(again(office, work.batch_id, path)) == (0, 3, 2, 0)
    before = opened(office, work.batch_id)
    assert numbers(again(office, work.batch_id, path)) == (0, 5, 0, 0)
    after = opened(office, work.batch_id)
    assert (after.version, after.steps) == (before.version, before.steps)


def test_what_is_only_written_otherwise_is_the_same(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    work = staged(office, agreement_id, a_list(tmp_path / "a.xlsx", [worker(1), worker(2)]))
    headings = ["Nama", "Jenis Kelamin", "Tgl Lahir", "No", "NIK", "Nomor HP", "Kelurahan"]
    rows = [
        [
            "BUDI  RONDO ALFA",
            "Laki-laki",
            "12 Agustus 1985",
            9,
            nik(1),
            "+62 812-0000-0001",
            "Molas",
        ],
        ["BUDI RONDO BETO", "", "", 10, nik(2), "081200000099", "Molas"],
    ]
    done = again(office, work.batch_id, a_list(tmp_path / "b.xlsx", rows, headings))
    assert numbers(done) == (1, 1, 0, 0)
    now = opened(office, work.batch_id)
    assert [(item.row.sex, item.row.phone) for item in now.check.staged] == [
        ("L", "081200000001"),
        ("L", "081200000099"),
    ]


def test_what_was_mended_here_is_not_unmended_by_a_list_that_still_has_it_wrong(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows = [worker(1), worker(2, name="BUDI DVA")]
    work = staged(office, agreement_id, a_list(tmp_path / "a.xlsx", rows))
    edit_cell(office, work, work.line_ids[1], 2, text="BUDI DUA", request_id=new_request_id())
    done = again(office, work.batch_id, a_list(tmp_path / "b.xlsx", [*rows, worker(3)]))
    assert numbers(done) == (0, 2, 1, 0)
    assert names(opened(office, work.batch_id))[1] == "BUDI DUA"


def test_after_acceptance_new_people_become_a_draft_that_follows_and_held_rows_are_mended(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    save_sender(office, name="Dinas Sosial", note="", request_id=new_request_id())
    sender = SenderChoice(sender_id=1)
    first = a_list(tmp_path / "a.xlsx", [worker(1), worker(2, name=""), worker(3, nik="7")])
    work = staged(office, agreement_id, first, sender=sender)
    accepted(office, work.batch_id)
    newer = [worker(1, phone="081299998888"), worker(2, name="SITI"), worker(3), worker(4)]
    done = again(office, work.batch_id, a_list(tmp_path / "b.xlsx", newer))
    told = done.correction
    assert numbers(done) == (2, 0, 1, 1)
    assert [(row.row_no, row.why, row.differs) for row in told.reported] == [
        (2, NotTaken.ACCEPTED, ("NO HP",))
    ]
    assert told.follow_up is not None
    follower = batches.get_batch(office, told.follow_up).item
    assert (follower.number, follower.status) == (told.follow_up_number, "DRAFT")
    assert follower.counts == BatchCounts(read=1, blank=0, ignored=0, accepted=0, held=1)
    assert names(opened(office, told.follow_up)) == ["BUDI RONDO DOMI"]
    held = opened(office, work.batch_id).check.staged
    assert [item.row.nik for item in held] == [nik(2), nik(3)]
    assert done.answer.changes.ids["batch"] == (work.batch_id, told.follow_up)
    same = again(office, work.batch_id, tmp_path / "b.xlsx")
    assert (numbers(same), same.correction.follow_up) == ((0, 3, 0, 1), None)
    newest = [*newer[:3], worker(4, phone="081277776666"), worker(6)]
    third = again(office, work.batch_id, a_list(tmp_path / "c.xlsx", newest))
    assert numbers(third) == (0, 2, 1, 2)
    assert third.correction.reported[1].why is NotTaken.FOLLOWED


def test_rows_that_were_decided_and_niks_named_twice_are_told(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    work = staged(office, agreement_id, a_list(tmp_path / "a.xlsx", [worker(1), worker(2)]))
    decide(
        office,
        work,
        [work.line_ids[1]],
        DecidedOutcome.SKIPPED,
        reason="Sudah pindah",
        request_id=new_request_id(),
    )
    newer = [worker(1), worker(2, name="SITI"), worker(1, name="BUDI LAIN")]
    done = again(office, work.batch_id, a_list(tmp_path / "b.xlsx", newer))
    assert numbers(done) == (0, 1, 0, 2)
    assert [row.why for row in done.correction.reported] == [
        NotTaken.LEFT_OUT,
        NotTaken.ROW_TWICE,
    ]
    assert done.correction.missing == ()


def test_day_and_month_stay_right_where_the_new_list_writes_them_the_other_way_round(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows = [worker(1, born="08-12-1985"), worker(2, born="13-08-1985", nik=nik(2, day=13))]
    work = staged(office, agreement_id, a_list(tmp_path / "a.xlsx", rows))
    newer = [
        worker(1, born="08/12/1985"),
        worker(2, born="08/13/1985", nik=nik(2, day=13)),
        worker(3, born="08/12/1985"),
    ]
    done = again(office, work.batch_id, a_list(tmp_path / "b.xlsx", newer))
    assert numbers(done) == (1, 1, 1, 0)
    born = [f"{item.row.birth_date}" for item in opened(office, work.batch_id).check.staged]
    assert born == ["1985-08-12", "1985-08-13", "1985-08-12"]


def test_new_rows_of_several_sheets_keep_their_sheet_and_row(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    work = staged(office, agreement_id, a_list(tmp_path / "a.xlsx", [worker(1)]))
    path = a_list(tmp_path / "b.xlsx", [worker(1), worker(2)])
    book = openpyxl.load_workbook(path)
    other = book.create_sheet("Tuminting")
    other.append(["Nama", "NIK"])
    other.append(["SITI WALANDOUW", nik(3, day=52)])
    book.save(path)
    assert numbers(again(office, work.batch_id, path)) == (0, 1, 2, 0)
    now = opened(office, work.batch_id)
    assert [(item.row.sheet, item.row.row_no) for item in now.check.staged] == [
        ("Sheet", 2),
        ("Sheet (2)", 3),
        ("Tuminting", 2),
    ]
    assert now.check.staged[2].row.name == "SITI WALANDOUW"


def test_a_list_of_other_people_is_refused_and_our_own_workbook_goes_by_its_keys(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows = [worker(1), worker(2, nik="7")]
    work = staged(office, agreement_id, a_list(tmp_path / "a.xlsx", rows))
    with pytest.raises(UserError, match="CORRECTION_OTHER_LIST"):
        again(office, work.batch_id, a_list(tmp_path / "b.xlsx", [worker(8), worker(9)]))
    errors = tmp_path / "koreksi.xlsx"
    write_error_workbook(office, work.batch_id, errors)
    assert again(office, work.batch_id, errors).correction.door is Door.WORKBOOK


def test_our_own_columns_without_their_keys_say_nothing_about_anybody(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows = [worker(1), worker(2, name=""), worker(3, nik="7")]
    work = staged(office, agreement_id, a_list(tmp_path / "a.xlsx", rows))
    errors = tmp_path / "koreksi.xlsx"
    write_error_workbook(office, work.batch_id, errors)
    book = openpyxl.load_workbook(errors)
    book["Perbaikan"].delete_cols(book["Perbaikan"].max_column)
    book["Perbaikan"]["C2"] = "SITI"
    book.save(errors)
    done = again(office, work.batch_id, errors)
    assert numbers(done) == (1, 1, 0, 0)
    assert [row.row_no for row in done.correction.missing] == [2]
    assert opened(office, work.batch_id).rules.columns == work.rules.columns


def test_rows_of_one_nik_meet_those_that_say_the_same(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    path = a_list(tmp_path / "a.xlsx", [worker(1), worker(1, name="BUDI KEDUA"), worker(2)])
    book = openpyxl.load_workbook(path)
    other = book.create_sheet("Bailang")
    other.append(list(HEADINGS))
    other.append(worker(1, name="BUDI KETIGA"))
    book.save(path)
    work = staged(office, agreement_id, path)
    assert numbers(again(office, work.batch_id, path)) == (0, 4, 0, 0)
    book["Sheet"]["C3"] = "BUDI DUA"
    book.save(path)
    assert numbers(again(office, work.batch_id, path)) == (1, 3, 0, 0)
    assert sorted(map(str, names(opened(office, work.batch_id)))) == [
        "BUDI DUA",
        "BUDI KETIGA",
        "BUDI RONDO ALFA",
        "BUDI RONDO BETO",
    ]
