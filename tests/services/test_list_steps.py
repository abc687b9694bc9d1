"""Steps on a list in work: what is sent back is held until it is changed; many at one undo."""

from pathlib import Path

import pytest

from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.errors import UserError
from bpjsdesk.services.acceptance import breakdown
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.list_steps import CellChange, change_cells, last_step, undo, undo_back_to
from bpjsdesk.services.put_aside import put_aside_reasons
from bpjsdesk.services.repairs import decide, edit_cell, reasons
from bpjsdesk.services.staging import StagedList
from tests.services.lists import workbook, worker
from tests.services.staged_lists import opened, saved_agreement, staged

NAME, SEX = 2, 4


@pytest.fixture
def work(office: AppContext, tmp_path: Path) -> StagedList:
    """A sound row, one of another sex than its NIK, one without a NIK, one sound."""
    rows: list[list[object]] = [worker(1), worker(2, sex="P"), worker(3, nik=None), worker(4)]
    return staged(office, saved_agreement(office), workbook(tmp_path / "a.xlsx", rows))


def returned(office: AppContext, work: StagedList, *places: int) -> StagedList:
    lines = [work.line_ids[place] for place in places]
    return decide(
        office,
        work,
        lines,
        DecidedOutcome.RETURNED,
        reason="NIK tidak lengkap",
        request_id=new_request_id(),
    )


def edited(office: AppContext, work: StagedList, place: int, text: str) -> StagedList:
    line_id = work.line_ids[place]
    return edit_cell(office, work, line_id, NAME, text=text, request_id=new_request_id())


def test_rows_sent_back_are_held_whatever_was_found_in_them(
    office: AppContext, work: StagedList
) -> None:
    assert (breakdown(work).new, breakdown(work).held) == (3, 1)
    after = returned(office, work, 1, 2)
    assert (breakdown(after).new, breakdown(after).held, breakdown(after).decided) == (2, 2, 0)
    assert reasons(after) == {}
    again = opened(office, work.batch_id)
    assert (again.outcomes, breakdown(again)) == (after.outcomes, breakdown(after))
    told = {line_id: "NIK tidak lengkap" for line_id in work.line_ids[1:3]}
    assert put_aside_reasons(office, again) == told


def test_a_row_sent_back_needs_a_reason(office: AppContext, work: StagedList) -> None:
    with pytest.raises(UserError, match="dikirim balik"):
        decide(
            office,
            work,
            work.line_ids,
            DecidedOutcome.RETURNED,
            reason="",
            request_id=new_request_id(),
        )


def test_a_row_sent_back_is_taken_up_when_it_is_changed_and_back_again_by_undo(
    office: AppContext, work: StagedList
) -> None:
    sent = returned(office, work, 1)
    after = edited(office, sent, 1, "Budi Wulur")
    assert after.outcomes == {}
    assert opened(office, work.batch_id).outcomes == {}
    back = undo(office, after, request_id=new_request_id())
    assert back.outcomes == sent.outcomes == opened(office, work.batch_id).outcomes


def test_many_steps_are_taken_back_up_to_the_one_that_is_named(
    office: AppContext, work: StagedList
) -> None:
    first = edited(office, work, 0, "Satu")
    third = edited(office, edited(office, first, 1, "Dua"), 3, "Empat")
    back = undo_back_to(office, third, third.steps[1].step_id)
    assert [step.seq for step in back.steps if not step.undone_at] == [1]
    assert back.check.staged[0].row.name == "SATU"
    assert [item.cells for item in back.check.staged[1:]] == [
        item.cells for item in work.check.staged[1:]
    ]


def test_cells_of_several_rows_are_one_step_with_its_note(
    office: AppContext, work: StagedList
) -> None:
    changes = [CellChange(work.line_ids[0], NAME, "Ani"), CellChange(work.line_ids[3], SEX, "P")]
    after = change_cells(
        office, work, changes, rule="PASTE_CELLS", note="2 sel", request_id=new_request_id()
    )
    step = last_step(after)
    assert step is not None
    assert (step.rule, step.rows, step.note) == ("PASTE_CELLS", 2, "2 sel")
    assert after.check.staged[1] is work.check.staged[1]
    back = undo(office, after, request_id=new_request_id())
    assert [item.cells for item in back.check.staged] == [item.cells for item in work.check.staged]


def test_a_change_that_changes_nothing_is_no_step(office: AppContext, work: StagedList) -> None:
    with pytest.raises(UserError, match="Tidak ada sel"):
        change_cells(office, work, [], rule="PASTE_CELLS", request_id=new_request_id())
