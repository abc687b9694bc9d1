"""A NIK column that was cut and then saved as text is refused as a whole, and stays so."""

from pathlib import Path

import openpyxl
import pytest

from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.errors import UserError
from bpjsdesk.services.acceptance import breakdown
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.list_steps import undo
from bpjsdesk.services.nik_confirmation import confirm_niks
from bpjsdesk.services.receipts import batch_receipt
from bpjsdesk.services.repairs import decide, edit_cell, reasons
from bpjsdesk.services.safety import list_audit
from bpjsdesk.services.staging import StagedList
from bpjsdesk.services.work_columns import truncated_columns
from tests.services.lists import HEADINGS, nik, stored, workbook, worker
from tests.services.staged_lists import opened, saved_agreement, staged

NIK_COLUMN = 1
SEEN = "Dicocokkan dengan KTP di kelurahan oleh Rina"


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


def confirmed(office: AppContext, work: StagedList, *at: int) -> StagedList:
    lines = [work.line_ids[place] for place in at]
    return confirm_niks(office, work, lines, reason=SEEN, request_id=new_request_id())


def test_a_nik_that_was_seen_on_its_card_is_no_longer_refused(
    office: AppContext, tmp_path: Path
) -> None:
    work = a_cut_list(office, tmp_path / "a.xlsx")
    after = confirmed(office, work, 3, 7)
    assert reasons(after) == reasons(opened(office, work.batch_id)) == {IssueCode.NIK_TRUNCATED: 18}
    assert breakdown(after).entering == 2
    step = after.steps[-1]
    assert (step.rule, step.note, step.rows) == ("NIK_CONFIRMED", SEEN, 2)
    assert list_audit(office, limit=1)[0].payload == {"rule": "NIK_CONFIRMED", "rows": 2}
    back = undo(office, after, request_id=new_request_id())
    assert reasons(back) == reasons(opened(office, work.batch_id)) == {IssueCode.NIK_TRUNCATED: 20}
    again = confirmed(office, back, 3)
    batch_id = stored(office, again)
    receipt = batch_receipt(office, batch_id)
    assert (receipt.new, receipt.held) == (1, 19)
    assert [(done.what, done.rows) for done in receipt.decided] == [
        (f"NIK dipastikan sesuai KTP: {SEEN}", 1)
    ]
    # what is held after acceptance can be confirmed as well
    rest = confirmed(office, opened(office, batch_id), 0)
    assert reasons(rest) == reasons(opened(office, batch_id)) == {IssueCode.NIK_TRUNCATED: 18}


def test_a_number_is_not_confirmed_but_typed(office: AppContext, tmp_path: Path) -> None:
    rows = [worker(serial, nik=cut(serial)) for serial in range(1, 21)]
    rows[4][NIK_COLUMN] = int(cut(5))
    book = workbook(tmp_path / "a.xlsx", rows)
    work = staged(office, saved_agreement(office), book)
    with pytest.raises(UserError, match="Ketik dahulu NIK lengkap"):
        confirmed(office, work, 4)
    line, request_id = work.line_ids[4], new_request_id()
    typed = edit_cell(office, work, line, NIK_COLUMN, text=cut(5), request_id=request_id)
    assert typed.check.staged[4].row.codes == ()
    assert opened(office, work.batch_id).check.staged[4].row.codes == ()


def with_one_nik_twice(office: AppContext, path: Path) -> StagedList:
    rows = [worker(serial, nik=cut(serial)) for serial in range(1, 21)]
    rows[9] = worker(9, nik=cut(9))
    return staged(office, saved_agreement(office), workbook(path, rows))


def codes_of(work: StagedList) -> list[tuple[IssueCode, ...]]:
    return [item.row.codes for item in work.check.staged]


def test_of_two_rows_with_one_nik_only_the_one_that_was_seen_is_confirmed(
    office: AppContext, tmp_path: Path
) -> None:
    after = confirmed(office, with_one_nik_twice(office, tmp_path / "a.xlsx"), 8)
    assert codes_of(after) == codes_of(opened(office, after.batch_id))
    assert IssueCode.NIK_TRUNCATED in codes_of(after)[8]


def test_two_rows_with_one_nik_are_free_once_both_were_seen(
    office: AppContext, tmp_path: Path
) -> None:
    first = confirmed(office, with_one_nik_twice(office, tmp_path / "a.xlsx"), 8)
    after = confirmed(office, first, 9)
    assert codes_of(after) == codes_of(opened(office, after.batch_id))
    assert after.check.others.cut == opened(office, after.batch_id).check.others.cut
    assert all(IssueCode.NIK_TRUNCATED not in codes_of(after)[at] for at in (8, 9))


def test_a_row_that_was_seen_is_free_once_the_other_one_has_another_nik(
    office: AppContext, tmp_path: Path
) -> None:
    seen = confirmed(office, with_one_nik_twice(office, tmp_path / "a.xlsx"), 8)
    for text, is_free in ((nik(104), True), (cut(9), False), (nik(104), True)):
        line, request_id = seen.line_ids[9], new_request_id()
        seen = edit_cell(office, seen, line, NIK_COLUMN, text=text, request_id=request_id)
        assert codes_of(seen) == codes_of(opened(office, seen.batch_id))
        assert (IssueCode.NIK_TRUNCATED not in codes_of(seen)[8]) is is_free


def test_a_nik_that_was_seen_is_free_on_a_sheet_too_that_has_every_digit(
    office: AppContext, tmp_path: Path
) -> None:
    path = workbook(
        tmp_path / "a.xlsx", [worker(serial, nik=cut(serial)) for serial in range(1, 21)]
    )
    book = openpyxl.load_workbook(path)
    whole = book.create_sheet("Utuh")
    for row in (HEADINGS, worker(9, nik=cut(9)), worker(30), worker(31)):
        whole.append(list(row))
    book.save(path)
    work = staged(office, saved_agreement(office), path)
    assert all(IssueCode.NIK_TRUNCATED in codes_of(work)[at] for at in (8, 20))
    after = confirmed(office, work, 8)
    assert codes_of(after) == codes_of(opened(office, work.batch_id))
    assert all(IssueCode.NIK_TRUNCATED not in codes_of(after)[at] for at in (8, 20))


def test_a_row_that_was_sent_back_is_taken_up_by_confirming_it(
    office: AppContext, tmp_path: Path
) -> None:
    work = a_cut_list(office, tmp_path / "a.xlsx")
    line, why = work.line_ids[3], "NIK terpotong"
    request_id = new_request_id()
    back = decide(office, work, [line], DecidedOutcome.RETURNED, reason=why, request_id=request_id)
    after = confirmed(office, back, 3)
    assert (line in back.outcomes, line in after.outcomes) == (True, False)
    assert opened(office, work.batch_id).outcomes == after.outcomes
    assert breakdown(after).entering == 1


def test_a_reason_and_a_fitting_row_are_asked_for(office: AppContext, tmp_path: Path) -> None:
    rows = [worker(serial) for serial in range(1, 4)]
    work = staged(office, saved_agreement(office), workbook(tmp_path / "a.xlsx", rows))
    with pytest.raises(UserError, match="tidak mempunyai NIK 16 angka"):
        confirmed(office, work, 0)
    with pytest.raises(UserError, match="REASON_MISSING"):
        confirm_niks(office, work, work.line_ids, reason=" ", request_id=new_request_id())


def test_niks_that_end_in_zero_by_nature_are_no_cut_column(
    office: AppContext, tmp_path: Path
) -> None:
    rows = [worker(serial) for serial in range(1, 41)]
    work = staged(office, saved_agreement(office), workbook(tmp_path / "a.xlsx", rows))
    assert reasons(work) == {}
