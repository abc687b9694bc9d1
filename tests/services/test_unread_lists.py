"""A list in which neither heading nor NIK was found: kept, and told by hand what it means."""

from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.errors import UserError
from bpjsdesk.services.acceptance import breakdown
from bpjsdesk.services.column_views import column_views
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.list_steps import undo
from bpjsdesk.services.mapping import change_mapping, move_heading, sheet_views
from bpjsdesk.services.repairs import reasons
from bpjsdesk.services.staging import StagedList
from bpjsdesk.services.work_columns import truncated_columns
from tests.services.lists import nik
from tests.services.staged_lists import opened, saved_agreement, staged

PEOPLE = (
    ["A1", "BUDI RONDO", "12-08-1985", "L"],
    ["A2", "ANI LASUT", "13-08-1986", "P"],
    ["A3", "JHON RAWUNG", "14-08-1987", "L"],
)


@pytest.fixture
def agreement_id(office: AppContext) -> int:
    return saved_agreement(office)


def book(path: Path, rows: Sequence[Sequence[object]], **more: Sequence[Sequence[object]]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, lines in {"Sheet": rows, **more}.items():
        sheet = made.create_sheet(name)
        for line in lines:
            sheet.append(list(line))
    made.save(path)
    return path


def told(office: AppContext, work: StagedList, meanings: dict[int, str]) -> StagedList:
    changes = {("Sheet", at): field for at, field in meanings.items()}
    return change_mapping(office, work, changes, request_id=new_request_id())


def test_a_table_without_any_known_heading_is_kept_and_nothing_of_it_interpreted(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows = [["Kode", "Warga", "Lahir", "Golongan"], *PEOPLE]
    work = staged(office, agreement_id, book(tmp_path / "a.xlsx", rows))
    columns = work.rules.columns["Sheet"]
    assert columns.headers == ("Kode", "Warga", "Lahir", "Golongan")
    assert columns.fields == {}
    assert breakdown(work).read == 3
    assert reasons(work) == {IssueCode.NIK_MISSING: 3, IssueCode.NAME_MISSING: 3}
    [view] = sheet_views(office, work)
    assert (view.joined, view.header_row) == (True, 1)
    assert "Pilih baris judulnya" in view.why
    assert [v.heading for v in column_views(office, work)] == list(columns.headers)
    assert truncated_columns(work) == ()


def test_its_columns_are_told_one_after_another(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows = [["Kode", "Warga", "Lahir", "Golongan"], *PEOPLE]
    work = staged(office, agreement_id, book(tmp_path / "a.xlsx", rows))
    for at, field in enumerate(("nik", "name", "birth_date", "sex")):
        work = told(office, work, {at: field})
    assert [item.row.name for item in work.check.staged] == [person[1] for person in PEOPLE]
    assert reasons(work) == {IssueCode.NIK_FORMAT: 3}
    assert opened(office, work.batch_id).check.staged == work.check.staged
    with pytest.raises(UserError, match="wajib ada"):
        told(office, work, {0: ""})
    for _step in range(4):
        work = undo(office, work, request_id=new_request_id())
    assert work.rules.columns["Sheet"].fields == {}


def test_its_heading_is_moved_by_hand(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    letterhead: list[list[object]] = [["PEMERINTAH", "KOTA", "MANADO"], ["Data", "tahun", "ini"]]
    rows: list[Sequence[object]] = [*letterhead, ["Kode", "Warga", "Lahir", "Golongan"], *PEOPLE]
    work = staged(office, agreement_id, book(tmp_path / "a.xlsx", rows))
    assert breakdown(work).read == 5
    work = move_heading(office, work, "Sheet", 3, request_id=new_request_id())
    assert work.rules.columns["Sheet"].headers == ("Kode", "Warga", "Lahir", "Golongan")
    assert breakdown(work).read == 3
    assert [item.row.row_no for item in work.check.staged] == [4, 5, 6]


def test_what_the_heading_does_say_is_kept(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    rows = [["Kode", "Nama", "Tanggal Lahir", "Jenis Kelamin"], *PEOPLE]
    work = staged(office, agreement_id, book(tmp_path / "a.xlsx", rows))
    assert work.rules.columns["Sheet"].fields == {"name": 1, "birth_date": 2, "sex": 3}
    assert reasons(work) == {IssueCode.NIK_MISSING: 3}
    assert [item.row.sex for item in work.check.staged] == ["L", "P", "L"]


def test_only_the_largest_table_is_the_list_and_others_can_join(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    small: list[list[object]] = [["satu", "dua", "tiga"], ["x", "y", "z"]]
    rows = [["Kode", "Warga", "Lahir", "Golongan"], *PEOPLE]
    work = staged(office, agreement_id, book(tmp_path / "a.xlsx", rows, Rekap=small))
    assert [(view.name, view.joined) for view in sheet_views(office, work)] == [
        ("Sheet", True),
        ("Rekap", False),
    ]
    assert breakdown(work).read == 4


def test_a_sheet_without_a_list_stays_out_where_another_has_one(
    office: AppContext, agreement_id: int, tmp_path: Path
) -> None:
    person = [nik(1), "BUDI RONDO", "12-08-1985", "L"]
    rows = [["NIK", "Nama", "Tanggal Lahir", "Jenis Kelamin"], person]
    work = staged(office, agreement_id, book(tmp_path / "a.xlsx", rows, Lain=list(PEOPLE)))
    assert list(work.rules.columns) == ["Sheet"]
    assert breakdown(work).read == 1
