"""Steps on a list in work: what is sent back is held until it is changed; many at one undo."""

import json
from pathlib import Path
from random import Random

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
from bpjsdesk.storage import audit
from tests.services.lists import nik, stored, workbook, worker
from tests.services.staged_lists import opened, saved_agreement, staged

NIK, NAME, SEX, PHONE = 1, 2, 4, 6
UNDONE_TWO = {"rule": "UNDO 2 STEPS", "rows": 2}


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


def test_a_later_decision_makes_way_for_the_earlier_one_when_it_is_undone(
    office: AppContext, work: StagedList
) -> None:
    sent = returned(office, work, 1, 2)
    lines, skipped = sent.line_ids[:2], DecidedOutcome.SKIPPED
    after = decide(office, sent, lines, skipped, reason="Pindah", request_id=new_request_id())
    assert after.outcomes == dict.fromkeys(lines, "SKIPPED") | {work.line_ids[2]: "RETURNED"}
    back = undo(office, after, request_id=new_request_id())
    assert back.outcomes == sent.outcomes == opened(office, work.batch_id).outcomes
    assert set(put_aside_reasons(office, back).values()) == {"NIK tidak lengkap"}
    # taken up by a change as before: it is the earlier step that counts again
    assert list(edited(office, back, 1, "Budi Wulur").outcomes) == [work.line_ids[2]]


def test_what_was_done_before_the_acceptance_stays_done(
    office: AppContext, work: StagedList
) -> None:
    before = edited(office, returned(office, work, 0, 2), 1, "Budi Wulur")
    stored(office, before)
    after = opened(office, work.batch_id)
    assert [step.may_undo for step in after.steps] == [False, False]
    assert last_step(after) is None
    later = edited(office, after, after.places[work.line_ids[0]], "Ani Rondo")
    with pytest.raises(UserError, match="STEP_ACCEPTED"):
        undo_back_to(office, later, later.steps[1].step_id, request_id=new_request_id())
    back = undo(office, later, request_id=new_request_id())
    assert back.outcomes == after.outcomes
    with pytest.raises(UserError, match="STEP_ACCEPTED"):
        undo(office, back, request_id=new_request_id())


def test_many_steps_are_taken_back_up_to_the_one_that_is_named(
    office: AppContext, work: StagedList
) -> None:
    first = edited(office, work, 0, "Satu")
    third = edited(office, edited(office, first, 1, "Dua"), 3, "Empat")
    with pytest.raises(UserError, match="diurungkan"):
        undo_back_to(office, third, 0, request_id=new_request_id())
    back = undo_back_to(office, third, third.steps[1].step_id, request_id=new_request_id())
    with office.database.read() as connection:
        deed = audit.deeds_on(connection, "batch", work.batch_id)[-1]
    assert (deed.command, json.loads(deed.payload)) == ("batch.repair", UNDONE_TWO)
    assert back.version == third.version + 1
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
    assert list(after.check.staged.places_other_than(work.check.staged)) == [0, 3]
    back = undo(office, after, request_id=new_request_id())
    assert [item.cells for item in back.check.staged] == [item.cells for item in work.check.staged]


def test_a_change_that_changes_nothing_is_no_step(office: AppContext, work: StagedList) -> None:
    with pytest.raises(UserError, match="Tidak ada sel"):
        change_cells(office, work, [], rule="PASTE_CELLS", request_id=new_request_id())


def test_repeats_are_the_same_after_each_step_as_in_a_list_opened_anew(
    office: AppContext, tmp_path: Path
) -> None:
    """Few people, few telephones, two names: nearly every step makes or ends a repetition."""
    dice = Random(4)
    rows: list[list[object]] = [worker(number) for number in range(1, 13)]
    under = saved_agreement(office)
    work = staged(office, under, workbook(tmp_path / "a.xlsx", rows))
    choices = {
        NIK: [nik(number) for number in (1, 2, 3)],
        NAME: ["ANI RONDO", "ROY LUMI"],
        PHONE: ["081200000001", "081200000002", ""],
        SEX: ["L", "P"],
    }
    for number in range(30):
        line_id = dice.choice(work.line_ids)
        if number % 7 == 6:
            work = undo(office, work, request_id=new_request_id())
        elif number % 5 == 4:
            work = returned(office, work, work.places[line_id])
        else:
            column = dice.choice(list(choices))
            text = dice.choice(choices[column])
            changes = (CellChange(line_id, column, text or None),)
            if text in work.check.staged[work.places[line_id]].cells:
                continue
            work = change_cells(office, work, changes, rule="EDIT", request_id=new_request_id())
        anew = opened(office, work.batch_id)
        assert [item.row.codes for item in work.check.staged] == [
            item.row.codes for item in anew.check.staged
        ]
