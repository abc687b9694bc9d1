"""Warnings that are taken for in order: one step, for these cells, by whoever goes on."""

from pathlib import Path

import openpyxl
import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.issue_levels import LevelChange
from bpjsdesk.domain.row_issues import IssueCode, Level
from bpjsdesk.errors import UserError
from bpjsdesk.services.acceptance import breakdown
from bpjsdesk.services.batch_files import write_error_workbook
from bpjsdesk.services.batches import get_batch
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.ignoring import ignore
from bpjsdesk.services.issue_levels import save_level
from bpjsdesk.services.list_steps import undo
from bpjsdesk.services.mapping import change_mapping
from bpjsdesk.services.receipts import batch_receipt
from bpjsdesk.services.repairs import edit_cell, offers, reasons
from bpjsdesk.services.sender_letters import letter_facts, sender_letter
from bpjsdesk.services.staging import StagedList
from bpjsdesk.storage import audit
from tests.offices import AsRole
from tests.services.lists import stored, workbook, worker
from tests.services.staged_lists import opened, saved_agreement, staged

NIK, NAME, SEX, PHONE = 1, 2, 4, 6
WHY = "Kantor kelurahan, satu nomor"


@pytest.fixture
def work(office: AppContext, tmp_path: Path) -> StagedList:
    """Two odd telephones, of the second also another sex; a row that is held; a sound one."""
    rows: list[list[object]] = [
        worker(1, phone="12"),
        worker(2, phone="34", sex="P"),
        worker(3, nik=None, phone="56"),
        worker(4),
    ]
    return staged(office, saved_agreement(office), workbook(tmp_path / "a.xlsx", rows))


def ignored(
    office: AppContext,
    work: StagedList,
    *places: int,
    code: IssueCode | None = IssueCode.PHONE_FORMAT,
    reason: str = WHY,
) -> StagedList:
    lines = [work.line_ids[place] for place in places]
    return ignore(office, work, lines, code=code, reason=reason, request_id=new_request_id())


def edited(
    office: AppContext, work: StagedList, place: int, *, column: int, text: str
) -> StagedList:
    line_id = work.line_ids[place]
    return edit_cell(office, work, line_id, column, text=text, request_id=new_request_id())


def test_an_ignored_warning_is_asked_about_no_more_and_whoever_goes_on_sees_why(
    office: AppContext, as_role: AsRole, work: StagedList
) -> None:
    assert reasons(work)[IssueCode.PHONE_FORMAT] == 3
    after = ignored(office, work, 0, 1, 2)
    assert reasons(after) == {IssueCode.NIK_MISSING: 1, IssueCode.NIK_SEX_MISMATCH: 1}
    assert offers(after, IssueCode.PHONE_FORMAT) == ()
    assert breakdown(after) == breakdown(work)
    [step] = after.steps
    assert (step.rule, step.code, step.rows, step.note) == (
        "IGNORE_WARNING",
        "PHONE_FORMAT",
        3,
        WHY,
    )
    again = opened(as_role(Role.CLERK), work.batch_id)
    assert (reasons(again), again.ignored) == (reasons(after), after.ignored)
    told = again.ignored.of_row(work.line_ids[0], again.check.staged[0].row.codes)
    assert [(code, word.reason, word.who) for code, word in told] == [
        (IssueCode.PHONE_FORMAT, WHY, office.user.display_name)
    ]


def test_all_warnings_of_chosen_rows_are_ignored_at_once(
    office: AppContext, work: StagedList
) -> None:
    after = ignored(office, work, 1, 3, code=None)
    assert reasons(after) == {IssueCode.PHONE_FORMAT: 2, IssueCode.NIK_MISSING: 1}
    assert after.steps[-1].rows == 1


def test_undo_takes_back_what_was_said_and_nothing_else(
    office: AppContext, work: StagedList
) -> None:
    first = ignored(office, work, 0)
    both = ignored(office, first, 1, reason="Nomor kantor")
    back = undo(office, both, request_id=new_request_id())
    assert (reasons(back), back.ignored) == (reasons(first), first.ignored)
    assert opened(office, work.batch_id).ignored == first.ignored
    plain = undo(office, back, request_id=new_request_id())
    assert reasons(plain) == reasons(work)
    with office.database.read() as connection:
        deeds = audit.deeds_on(connection, "batch", work.batch_id)
    assert [deed.command for deed in deeds].count("batch.repair") == 4


def test_what_was_said_of_other_cells_covers_nothing(office: AppContext, work: StagedList) -> None:
    after = ignored(office, work, 0, 1)
    renamed = edited(office, after, 0, column=NAME, text="Budi Wulur")
    assert reasons(renamed)[IssueCode.PHONE_FORMAT] == 1
    typed = edited(office, renamed, 0, column=PHONE, text="99")
    assert reasons(typed)[IssueCode.PHONE_FORMAT] == 2
    assert reasons(opened(office, work.batch_id)) == reasons(typed)
    as_before = undo(office, typed, request_id=new_request_id())
    assert reasons(as_before)[IssueCode.PHONE_FORMAT] == 1


def test_another_nik_asks_again_about_what_was_compared_with_it(
    office: AppContext, work: StagedList
) -> None:
    after = ignored(office, work, 1, code=IssueCode.NIK_SEX_MISMATCH)
    assert IssueCode.NIK_SEX_MISMATCH not in reasons(after)
    typed = edited(office, after, 1, column=NIK, text="7171011208850077")
    assert reasons(typed)[IssueCode.NIK_SEX_MISMATCH] == 1


def test_an_error_is_never_ignored(office: AppContext, work: StagedList) -> None:
    with pytest.raises(UserError, match="menahan baris") as refused:
        ignored(office, work, 2, code=IssueCode.NIK_MISSING)
    assert refused.value.code == "ERROR_NOT_IGNORED"
    with pytest.raises(UserError, match="Tulis alasan"):
        ignored(office, work, 0, reason=" ")
    with pytest.raises(UserError) as nothing:
        ignored(office, work, 3)
    assert nothing.value.code == "NOTHING_TO_IGNORE"
    assert opened(office, work.batch_id).steps == ()


def test_papers_tell_who_was_taken_in_with_a_warning(
    office: AppContext, work: StagedList, tmp_path: Path
) -> None:
    after = ignored(office, work, 0, 1, 2)
    planned = batch_receipt(office, work.batch_id)
    [line] = planned.ignored_warnings
    assert (line.sentence, line.reason, line.rows) == ("Nomor HP tidak dikenali", WHY, 2)
    assert planned.decided == ()
    assert sender_letter(office, letter_facts(office, work.batch_id)).ignored_warnings == (line,)
    out = tmp_path / "koreksi.xlsx"
    write_error_workbook(office, work.batch_id, out)
    book = openpyxl.load_workbook(out)
    cells = {str(cell.value) for row in book.worksheets[0] for cell in row}
    # nobody has decided yet, and the same words hold once somebody has
    assert f"Tidak perlu diperbaiki: Nomor HP tidak dikenali ({WHY})" in cells
    assert "PHONE_FORMAT" not in {str(cell.value) for row in book["Perbaikan"] for cell in row}
    stored(office, edited(office, after, 1, column=PHONE, text="081299990001"))
    [line] = batch_receipt(office, work.batch_id).ignored_warnings
    assert line.rows == 1
    assert "PHONE_FORMAT" not in get_batch(office, work.batch_id).issues


def test_a_code_that_comes_to_hold_its_rows_is_covered_no_more(
    office: AppContext, as_role: AsRole, work: StagedList
) -> None:
    after = ignored(office, work, 0, 1)
    level = LevelChange(
        code=IssueCode.PHONE_FORMAT,
        level=Level.ERROR,
        valid_from=office.clock().date(),
        reason="Wajib sejak hari ini",
    )
    save_level(as_role(Role.ADMIN), level, request_id=new_request_id())
    again = opened(office, after.batch_id)
    assert reasons(again)[IssueCode.PHONE_FORMAT] == 3
    assert breakdown(again).held == 3


def test_a_column_that_means_something_else_is_asked_about_again(
    office: AppContext, work: StagedList
) -> None:
    after = ignored(office, work, 0, 1, 2)
    column = {("Sheet", PHONE): ""}
    unread = change_mapping(office, after, column, request_id=new_request_id())
    assert IssueCode.PHONE_FORMAT not in reasons(unread)
    back = undo(office, unread, request_id=new_request_id())
    assert reasons(back) == reasons(after)
    assert back.ignored == after.ignored
