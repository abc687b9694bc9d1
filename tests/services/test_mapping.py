"""Screens 1 and 2 of a list in work: sheets, headings, columns, the order of dates."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.columns import DateOrder, Origin
from bpjsdesk.domain.enrollment import BatchCounts
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services import batches
from bpjsdesk.services.acceptance import accept, breakdown
from bpjsdesk.services.batch_files import write_error_workbook
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.list_steps import undo
from bpjsdesk.services.mapping import (
    change_mapping,
    choose_date_order,
    join_sheets,
    move_heading,
    sheet_views,
)
from bpjsdesk.services.people import find_people
from bpjsdesk.services.repairs import reasons
from bpjsdesk.services.staging import StagedList
from bpjsdesk.services.work_columns import numeric_niks, sheet_groups, truncated_columns
from bpjsdesk.storage.enrollment import batches_that_do_not_add_up
from tests.services.conftest import AsRole
from tests.services.lists import HEADINGS, counts_of, nik, workbook, worker
from tests.services.staged_lists import opened, saved_agreement, staged

NAMES = ("ANI", "BELA", "CICI", "DEWI", "ELLA", "FITRI", "GITA", "HANA")
NIK_COLUMN, NAME_COLUMN, BORN_COLUMN, VILLAGE_COLUMN = 1, 2, 3, 5


@pytest.fixture
def agreement_id(office: AppContext) -> int:
    return saved_agreement(office)


Sheets = Mapping[str, Sequence[Sequence[object]]]


def book_of(path: Path, sheets: Sheets) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]  # a new book has a sheet
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def mapped(
    office: AppContext, work: StagedList, changes: Mapping[tuple[str, int], str]
) -> StagedList:
    return change_mapping(office, work, changes, request_id=new_request_id())


def undone(office: AppContext, work: StagedList) -> StagedList:
    return undo(office, work, request_id=new_request_id())


def birth_dates(work: StagedList) -> list[str]:
    return [str(item.row.birth_date or "") for item in work.check.staged]


def test_a_column_gets_another_meaning_in_one_step_that_can_be_undone(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    headings = (*HEADINGS[:5], "Tempat tugas", *HEADINGS[6:])
    path = workbook(tmp_path / "a.xlsx", [worker(1), worker(2)], headings=headings)
    work = staged(office, agreement_id, path)
    assert work.check.unread_columns == ("Tempat tugas",)
    assert work.check.staged[0].row.region_code is None
    after = mapped(office, work, {("Sheet", VILLAGE_COLUMN): "village"})
    assert after.check.staged[0].row.region_code == "71.71.01.1001"
    assert after.rules.columns["Sheet"].origins["village"] is Origin.CLERK
    assert [(step.rule, step.note) for step in after.steps] == [
        ("MAP_COLUMNS", "F menjadi Kelurahan/desa")
    ]
    back = undone(office, after)
    assert back.check.staged == work.check.staged
    assert back.rules == work.rules


def test_nik_and_name_cannot_be_taken_away(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    work = staged(office, agreement_id, workbook(tmp_path / "a.xlsx", [worker(1)]))
    with pytest.raises(UserError, match="kolom NIK wajib ada") as refusal:
        mapped(office, work, {("Sheet", NIK_COLUMN): ""})
    assert refusal.value.code == "MAPPING_REQUIRED"
    with pytest.raises(UserError, match="kolom Nama wajib ada"):
        mapped(office, work, {("Sheet", NAME_COLUMN): "mother_name"})
    with pytest.raises(UserError, match="bukan isian"):
        mapped(office, work, {("Sheet", NAME_COLUMN): "row_key"})
    with pytest.raises(UserError, match="tidak punya kolom Z"):
        mapped(office, work, {("Sheet", 25): "note"})


def test_sheets_with_one_heading_are_mapped_together_and_named_after_villages(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    heading = HEADINGS[:5]
    sheets = {
        "Molas": [heading, worker(1)[:5], worker(2)[:5]],
        "Kel. Tongkaina": [heading, worker(3)[:5]],
    }
    work = staged(office, agreement_id, book_of(tmp_path / "a.xlsx", sheets))
    assert sheet_groups(work) == (("Molas", "Kel. Tongkaina"),)
    regions = [item.row.region_code for item in work.check.staged]
    assert regions[0] == regions[1] == "71.71.01.1001"
    assert regions[2] not in (None, regions[0])
    columns = work.rules.columns["Molas"]
    assert columns.headers[-1] == "Nama lembar"
    assert columns.origins["village"] is Origin.SHEET
    off = mapped(office, work, {("Molas", 5): ""})
    assert [item.row.village for item in off.check.staged] == [None, None, None]
    assert sheet_groups(off) == (("Molas", "Kel. Tongkaina"),)


def test_sheets_of_months_are_not_taken_for_villages(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    heading = HEADINGS[:5]
    sheets = {"Januari": [heading, worker(1)[:5]], "Februari": [heading, worker(2)[:5]]}
    work = staged(office, agreement_id, book_of(tmp_path / "a.xlsx", sheets))
    assert work.rules.columns["Januari"].headers == tuple(heading)


def test_a_sheet_without_a_heading_is_kept_and_left_out_until_somebody_joins_it(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    sheets: Sheets = {
        "Daftar": [HEADINGS, worker(1)],
        "Lanjutan": [worker(2), worker(3), [], worker(4, nik=None)],
        "Catatan": [["Mohon diperiksa"]],
    }
    work = staged(office, agreement_id, book_of(tmp_path / "a.xlsx", sheets))
    assert breakdown(work).read == 5
    assert (breakdown(work).decided, breakdown(work).new, breakdown(work).blank) == (3, 1, 1)
    assert work.check.skipped_sheets == ("Lanjutan", "Catatan")
    views = {view.name: view for view in sheet_views(office, work)}
    assert [view.joined for view in views.values()] == [True, False, False]
    assert "ditebak dari isinya" in views["Lanjutan"].why
    assert "Tanpa daftar" in views["Catatan"].why
    assert views["Lanjutan"].top[0][1][NIK_COLUMN] == nik(2)
    joined = join_sheets(office, work, {"Lanjutan": True}, request_id=new_request_id())
    assert (breakdown(joined).decided, breakdown(joined).new) == (0, 3)
    assert reasons(joined) == {IssueCode.NIK_MISSING: 1}
    assert breakdown(undone(office, joined)) == breakdown(work)
    out = join_sheets(office, joined_again(office, work), {"Lanjutan": False}, request_id="aus")
    assert breakdown(out) == breakdown(work)
    with pytest.raises(UserError, match="satu lembar"):
        join_sheets(office, out, {"Daftar": False}, request_id=new_request_id())
    with pytest.raises(UserError, match="tidak berisi daftar"):
        join_sheets(office, out, {"Catatan": True}, request_id=new_request_id())


def joined_again(office: AppContext, work: StagedList) -> StagedList:
    now = opened(office, work.batch_id)
    return join_sheets(office, now, {"Lanjutan": True}, request_id=new_request_id())


def test_a_list_without_any_heading_is_staged_by_what_its_columns_hold(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows = [worker(serial, sex="P", nik=f"7171015208850{serial:03d}") for serial in range(1, 9)]
    for row, name in zip(rows, NAMES, strict=True):
        row[2:3] = ["7171010101150007", f"{name} RONDO"]
    work = staged(office, agreement_id, book_of(tmp_path / "a.xlsx", {"Sheet": rows}))
    columns = work.rules.columns["Sheet"]
    expected = {"nik": 1, "family_card_no": 2, "name": 3, "birth_date": 4, "sex": 5, "phone": 7}
    assert columns.fields == expected
    assert columns.is_guessed
    assert counts_of(work) == BatchCounts(read=8, blank=0, ignored=0, accepted=8, held=0)
    sure = mapped(office, work, {("Sheet", 1): "nik", ("Sheet", 3): "name"})
    assert not sure.rules.columns["Sheet"].is_guessed


def test_a_file_without_any_nik_is_still_refused(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    path = book_of(tmp_path / "a.xlsx", {"Sheet": [["Surat", "pengantar"], ["Hormat kami"]]})
    with pytest.raises(UserError, match="Lembar “Sheet”") as refusal:
        staged(office, agreement_id, path)
    assert refusal.value.code == "HEADER_NOT_FOUND"


def test_the_heading_can_be_moved_down_and_up_without_losing_a_row(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    sheets = {
        "Daftar": [
            ["Nama", "NIK"],  # of the office that sends, not of the list
            ["Kelurahan Molas", nik(99)],
            [],
            ["Nomor Induk Kependudukan", "Nama Lengkap", "Alamat"],
            [nik(1), "BUDI", "Jalan Satu"],
            [nik(2), "TONO", "Jalan Dua"],
        ]
    }
    work = staged(office, agreement_id, book_of(tmp_path / "a.xlsx", sheets))
    assert (breakdown(work).read, breakdown(work).blank) == (5, 1)
    view = sheet_views(office, work)[0]
    assert (view.header_row, view.first_row) == (1, 2)
    moved = move_heading(office, work, "Daftar", 4, request_id=new_request_id())
    assert (breakdown(moved).read, breakdown(moved).blank) == (2, 0)
    assert [item.row.name for item in moved.check.staged] == ["BUDI", "TONO"]
    assert moved.rules.columns["Daftar"].fields == {"nik": 0, "name": 1, "address": 2}
    view = sheet_views(office, moved)[0]
    assert (view.header_row, view.first_row) == (4, 5)
    back = undone(office, moved)
    assert back.check.staged == work.check.staged
    assert breakdown(back) == breakdown(work)
    assert [item.row.row_no for item in back.check.staged] == [2, 4, 5, 6]
    assert sheet_views(office, back)[0].header_row == 1
    with office.database.read() as connection:
        assert batches_that_do_not_add_up(connection) == ()
    with pytest.raises(UserError, match="baris pertama"):
        move_heading(office, back, "Daftar", 41, request_id=new_request_id())


def test_moving_the_heading_of_a_sheet_that_was_left_out_joins_it_and_undo_leaves_it_out(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    sheets: Sheets = {
        "Daftar": [HEADINGS, worker(1)],
        "Lain": [["Identitas", "Warga", "Rumah"], [nik(2), "SITI", "A"], [nik(3), "ANI", "A"]],
    }
    work = staged(office, agreement_id, book_of(tmp_path / "a.xlsx", sheets))
    assert breakdown(work).decided == 2 + 1
    moved = move_heading(office, work, "Lain", 1, request_id=new_request_id())
    assert (breakdown(moved).read, breakdown(moved).new) == (3, 3)
    assert moved.check.skipped_sheets == ()
    back = undone(office, moved)
    assert breakdown(back) == breakdown(work)
    assert back.check.skipped_sheets == ("Lain",)


def test_dates_03_08_and_26_06_in_one_column_serials_and_text_months(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rest = [
        worker(3, born=31122, nik="7171011603850003"),
        worker(4, born="12 Agustus 1985", nik="7171011208850004"),
        worker(5, born=None),
    ]
    for order, first, second in (
        (DateOrder.DAY_FIRST, "03/08/1985", "26/06/1990"),
        (DateOrder.MONTH_FIRST, "08/03/1985", "06/26/1990"),
    ):
        dated = [
            worker(1, born=first, nik="7171010308850001"),
            worker(2, born=second, nik="7171012606900002"),
        ]
        path = workbook(tmp_path / f"{order}.xlsx", [*dated, *rest])
        work = staged(office, agreement_id, path)
        assert work.rules.columns["Sheet"].date_order is order
        days = ["1985-08-03", "1990-06-26", "1985-03-16", "1985-08-12", "1985-08-12"]
        assert birth_dates(work) == days
        assert reasons(work).keys() <= {IssueCode.DUP_OTHER_DRAFT}  # the same people twice


def test_a_column_of_both_orders_is_judged_row_by_row_and_an_order_can_be_chosen(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows = [
        worker(1, born="26/06/1990", nik="7171012606900001"),
        worker(2, born="06/26/1990", nik="7171012606900002"),
        worker(3, born="03/08/1985", nik="7171010803850003"),
    ]
    work = staged(office, agreement_id, workbook(tmp_path / "a.xlsx", rows))
    assert work.rules.columns["Sheet"].date_order is DateOrder.MIXED
    assert birth_dates(work) == ["1990-06-26", "1990-06-26", "1985-08-03"]
    assert reasons(work) == {IssueCode.NIK_DOB_MISMATCH: 2}
    chosen = choose_date_order(office, work, "Sheet", month_first=True, request_id=new_request_id())
    assert chosen.rules.columns["Sheet"].date_order is DateOrder.MONTH_CHOSEN
    assert birth_dates(chosen) == ["1990-06-26", "1990-06-26", "1985-03-08"]
    told = choose_date_order(office, chosen, "Sheet", month_first=None, request_id=new_request_id())
    assert told.rules.columns["Sheet"].date_order is DateOrder.MIXED
    assert undone(office, told).rules == chosen.rules


def test_truncated_nik_column_is_refused_text_accepted_mixed_handled_row_by_row(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    serials = range(1, 41)
    cut = [worker(n, nik=int(nik(n)) // 10 * 10) for n in serials]
    work = staged(office, agreement_id, workbook(tmp_path / "cut.xlsx", cut))
    [found] = truncated_columns(work)
    assert (found.letter, found.heading, found.rows, found.numbers) == ("B", "NIK", 40, 40)
    assert found.share == 1.0
    assert "40 NIK disimpan sebagai angka dan 100% berakhir 0" in found.sentence
    assert reasons(work) == {IssueCode.NIK_AS_NUMBER: 40}
    assert breakdown(work).new == 0

    sound = [worker(n) for n in range(41, 81)]
    text = staged(office, agreement_id, workbook(tmp_path / "t.xlsx", sound))
    assert truncated_columns(text) == numeric_niks(text) == ()
    assert breakdown(text).new == 40

    mixed = [worker(n, nik=int(nik(n)) if n % 3 == 0 else nik(n)) for n in range(81, 121)]
    half = staged(office, agreement_id, workbook(tmp_path / "m.xlsx", mixed))
    [numbers] = numeric_niks(half)
    assert (numbers.numbers, numbers.ending_in_zero) == (14, 2)
    assert truncated_columns(half) == ()
    assert breakdown(half).new == 26
    assert reasons(half) == {IssueCode.NIK_AS_NUMBER: 14}


def test_the_counters_of_the_batch_follow_the_heading(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows: list[list[object]] = [[*worker(n)] for n in range(1, 4)]
    work = staged(office, agreement_id, book_of(tmp_path / "a.xlsx", {"S": [HEADINGS, *rows]}))
    moved = move_heading(office, work, "S", 2, request_id=new_request_id())
    counts = batches.get_batch(office, moved.batch_id).item.counts
    assert counts == BatchCounts(read=2, blank=0, ignored=0, accepted=0, held=2)
    assert moved.rules.columns["S"].is_guessed


def test_a_sheet_name_that_is_the_village_comes_back_in_the_error_workbook(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    heading = HEADINGS[:5]
    sheets: Sheets = {
        "Molas": [heading, worker(1)[:5]],
        "Tongkaina": [
            heading,
            [2, None, "SITI", "12-08-1985", "P", None, "catatan"],
            worker(3, name="")[:5],
        ],
    }
    work = staged(office, agreement_id, book_of(tmp_path / "a.xlsx", sheets))
    accept(
        office,
        work,
        request_id=new_request_id(),
        progress=ignore_progress,
        cancel=CancelToken(),
    )
    assert len(find_people(office, "BUDI").people) == 1
    out = tmp_path / "salah.xlsx"
    assert write_error_workbook(office, work.batch_id, out) == 2
    rows = list(openpyxl.load_workbook(out)["Perbaikan"].iter_rows(values_only=True))
    assert rows[1][rows[0].index("Kelurahan")] == "Tongkaina"
    later = opened(office, work.batch_id)
    with pytest.raises(UserError, match="sudah diputuskan"):
        move_heading(office, later, "Tongkaina", 2, request_id=new_request_id())
    with pytest.raises(UserError, match="sudah diputuskan"):
        join_sheets(office, later, {"Molas": False}, request_id=new_request_id())


def test_a_reader_maps_nothing(
    office: AppContext, as_role: AsRole, agreement_id: int, tmp_path: Path
) -> None:
    work = staged(office, agreement_id, workbook(tmp_path / "a.xlsx", [worker(1)]))
    with pytest.raises(UserError) as refusal:
        mapped(as_role(Role.READER), work, {("Sheet", 0): ""})
    assert refusal.value.code == "NOT_PERMITTED"
    mapped(as_role(Role.CLERK), work, {("Sheet", 0): ""})
    with pytest.raises(UserError, match="pengguna lain"):
        mapped(office, work, {("Sheet", 0): ""})
