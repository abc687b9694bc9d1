"""A NIK column that was cut and then saved as text is refused as a whole, and stays so."""

from pathlib import Path

from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.services.acceptance import breakdown
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.list_steps import undo
from bpjsdesk.services.repairs import edit_cell, reasons
from bpjsdesk.services.staging import StagedList
from bpjsdesk.services.work_columns import truncated_columns
from tests.services.lists import nik, workbook, worker
from tests.services.staged_lists import opened, saved_agreement, staged

NIK_COLUMN = 1


def cut(serial: int) -> str:
    """Give the NIK of a worker as Excel leaves it: sixteen digits, the last one gone."""
    return nik(serial * 10 + 3)[:-1] + "0"


def a_cut_list(office: AppContext, path: Path) -> StagedList:
    rows = [worker(serial, nik=cut(serial)) for serial in range(1, 21)]
    return staged(office, saved_agreement(office), workbook(path, rows))


def test_a_column_cut_and_saved_as_text_is_refused(office: AppContext, tmp_path: Path) -> None:
    work = a_cut_list(office, tmp_path / "a.xlsx")
    assert reasons(work) == {IssueCode.NIK_TRUNCATED: 20}
    assert breakdown(work).held == 20
    [found] = truncated_columns(work)
    assert "20 NIK pernah disimpan sebagai angka dan 100% berakhir 0" in found.sentence


def test_mending_some_rows_does_not_clear_the_others(office: AppContext, tmp_path: Path) -> None:
    work = a_cut_list(office, tmp_path / "a.xlsx")
    for at in range(15):
        work = edit_cell(
            office,
            work,
            work.line_ids[at],
            NIK_COLUMN,
            text=nik(at * 10 + 4),
            request_id=new_request_id(),
        )
    assert reasons(work) == reasons(opened(office, work.batch_id)) == {IssueCode.NIK_TRUNCATED: 5}
    assert reasons(undo(office, work, request_id=new_request_id())) == {IssueCode.NIK_TRUNCATED: 6}


def test_niks_that_end_in_zero_by_nature_are_no_cut_column(
    office: AppContext, tmp_path: Path
) -> None:
    rows = [worker(serial) for serial in range(1, 41)]
    work = staged(office, saved_agreement(office), workbook(tmp_path / "a.xlsx", rows))
    assert reasons(work) == {}
