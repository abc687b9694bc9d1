"""Whatever was done to a list, in whatever order: each undo brings back what was there before."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from random import Random

import openpyxl
import pytest

from bpjsdesk.domain.duplicates import Choice
from bpjsdesk.domain.senders import LetterScan, SenderChoice
from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.duplicates import duplicate_lists
from bpjsdesk.services.ignoring import ignore
from bpjsdesk.services.list_steps import undo, undo_back_to
from bpjsdesk.services.mapping import change_mapping, choose_date_order, join_sheets, move_heading
from bpjsdesk.services.pair_decisions import decide_pair
from bpjsdesk.services.put_aside import put_aside_reasons
from bpjsdesk.services.repairs import decide, edit_cell
from bpjsdesk.services.senders import choose_sender, save_sender
from bpjsdesk.services.staging import StagedList
from bpjsdesk.services.value_mapping import map_values
from bpjsdesk.storage import duplicates, senders, sheets, staging
from tests.services.lists import HEADINGS, nik, request_for, stored, taken_in, workbook, worker
from tests.services.staged_lists import opened, saved_agreement

Step = Callable[[AppContext, StagedList, Random], StagedList]
SHEET, OTHER_SHEET = "Sheet", "Dua"
NIK, NAME, BORN, VILLAGE, PHONE = 1, 2, 3, 5, 6
TEXTS = {
    NIK: [nik(1), nik(2), nik(21), "", "123"],
    NAME: ["ANI RONDO", "OLGA WENAS", ""],
    BORN: ["12-08-1985", "08-12-1985", "?"],
    VILLAGE: ["Mls", "Molas", "Bailang"],
    PHONE: ["081200000001", ""],
}
STEPS = 20


def edit(office: AppContext, work: StagedList, dice: Random) -> StagedList:
    column = dice.choice(list(TEXTS))
    text, line_id = dice.choice(TEXTS[column]), dice.choice(work.line_ids)
    return edit_cell(office, work, line_id, column, text=text, request_id=new_request_id())


def put_aside(office: AppContext, work: StagedList, dice: Random) -> StagedList:
    outcome = dice.choice(["SKIPPED", "REJECTED", "RETURNED"])
    lines, reason = dice.sample(work.line_ids, 3), dice.choice(["KTP belum ada", "Pindah"])
    return decide(
        office, work, lines, DecidedOutcome(outcome), reason=reason, request_id=new_request_id()
    )


def ignore_warnings(office: AppContext, work: StagedList, dice: Random) -> StagedList:
    lines, reason = dice.sample(work.line_ids, 4), dice.choice(["Cocok KTP", "Satu keluarga"])
    return ignore(office, work, lines, code=None, reason=reason, request_id=new_request_id())


def map_column(office: AppContext, work: StagedList, dice: Random) -> StagedList:
    place, field = (SHEET, dice.choice([VILLAGE, PHONE])), dice.choice(["", "phone", "address"])
    return change_mapping(office, work, {place: field}, request_id=new_request_id())


def order_dates(office: AppContext, work: StagedList, dice: Random) -> StagedList:
    chosen = dice.choice([True, False, None])
    return choose_date_order(office, work, SHEET, month_first=chosen, request_id=new_request_id())


def map_spellings(office: AppContext, work: StagedList, dice: Random) -> StagedList:
    meanings = {dice.choice(["Mls", "mls.", "Bailang"]): dice.choice(["71.71.01.1001", ""])}
    return map_values(office, work, "village", meanings, request_id=new_request_id())


def name_sender(office: AppContext, work: StagedList, dice: Random) -> StagedList:
    number = dice.randrange(1, 3)
    choice = SenderChoice(
        sender_id=number, letter_no=f"560/{dice.randrange(9)}", letter_on=date(2026, 11, number)
    )
    scan = dice.choice([None, LetterScan(name=f"{number}.pdf", kind="pdf", content=b"%PDF-")])
    return choose_sender(office, work, choice, scan=scan, request_id=new_request_id())


def decide_double(office: AppContext, work: StagedList, dice: Random) -> StagedList:
    found = duplicate_lists(office, work, progress=ignore_progress, cancel=CancelToken())
    pairs = (*found.same_in_file, *found.same_in_register, *found.similar)
    if not pairs:
        raise UserError("NOTHING_TO_CHANGE", "Tidak ada.")
    choice = dice.choice([Choice.LINK, Choice.UPDATE, Choice.NOT_SAME])
    return decide_pair(office, work, dice.choice(pairs), choice, request_id=new_request_id())


def shift_heading(office: AppContext, work: StagedList, dice: Random) -> StagedList:
    sheet, row = dice.choice([SHEET, OTHER_SHEET]), dice.randrange(1, 4)
    return move_heading(office, work, sheet, row, request_id=new_request_id())


def join_or_leave(office: AppContext, work: StagedList, _dice: Random) -> StagedList:
    joined = {OTHER_SHEET: OTHER_SHEET in work.check.skipped_sheets}
    return join_sheets(office, work, joined, request_id=new_request_id())


CELLS_FIRST: Sequence[Step] = (
    edit,
    edit,
    put_aside,
    put_aside,
    ignore_warnings,
    decide_double,
    map_spellings,
)
ALL: Sequence[Step] = (*CELLS_FIRST, map_column, order_dates, name_sender)
SHEETS_FIRST: Sequence[Step] = (edit, put_aside, ignore_warnings, shift_heading, join_or_leave)


def state_of(office: AppContext, batch_id: int) -> dict[str, object]:
    """Read all that steps may change, as the store has it."""
    work = opened(office, batch_id)
    with office.database.read() as connection:
        intake = staging.intake_row(connection, batch_id)
        return {
            "rows": work.check.staged,
            "outcomes": work.outcomes,
            "updated": work.updated,
            "ignored": work.ignored,
            "columns": work.rules.columns,
            "reasons": put_aside_reasons(office, work),
            "decided": sorted(sheets.decisions_of(connection, work.line_ids)),
            "first": staging.first_cells(connection, batch_id),
            "values": senders.values_of_batch(connection, batch_id),
            "sender": (intake.sender_id, intake.letter_no, intake.letter_on),
            "scan": senders.scan_name(connection, batch_id),
            "apart": duplicates.seen_pairs(connection),
            "memory": [
                (
                    senders.remembered_columns(connection, sender_id),
                    senders.remembered_values(connection, sender_id),
                    senders.remembered_texts(connection, sender_id),
                )
                for sender_id in (1, 2)
            ],
        }


@pytest.fixture
def work(office: AppContext, tmp_path: Path) -> StagedList:
    """Twelve rows in two sheets: sound ones, a NIK twice, people of the register, alike names."""
    for name in ("Dinas Sosial", "Kelurahan Molas"):
        save_sender(office, name=name, request_id=new_request_id())
    under = saved_agreement(office)
    known = [worker(21, name="MUHAMMAD RIZKI P"), worker(22, name="OLGA WENAS")]
    first = request_for(
        under, workbook(tmp_path / "a.xlsx", known), from_month=date(2026, 1, 1), months=6
    )
    stored(office, taken_in(office, first))
    rows = [worker(number) for number in range(1, 6)]
    rows += [worker(1, phone="081300000001"), worker(2, village="Mls"), worker(6, village="mls.")]
    rows += [worker(21, name="MOH RIZKI P"), worker(23, nik=None, name="OLGA WENAS")]
    rows += [worker(31, name="SELVI MANOPPO"), worker(32, name="SILVI MANOPPO")]
    path = workbook(tmp_path / "b.xlsx", rows[:9])
    book = openpyxl.load_workbook(path)
    other = book.create_sheet(OTHER_SHEET)
    for row in (list(HEADINGS), *rows[9:]):
        other.append(row)
    book.save(path)
    return taken_in(office, request_for(under, path, from_month=date(2026, 7, 1), months=6))


def walked(
    office: AppContext, work: StagedList, dice: Random, steps: Sequence[Step]
) -> tuple[StagedList, list[dict[str, object]]]:
    """Take many steps at random; gives the list, and the state before each step that was taken."""
    states: list[dict[str, object]] = []
    while len(states) < STEPS:
        before = state_of(office, work.batch_id)
        work = taken(office, work, dice, steps)
        states.append(before)
    return work, states


def taken(office: AppContext, work: StagedList, dice: Random, steps: Sequence[Step]) -> StagedList:
    """Take a step at random, another one where that is refused."""
    while True:
        with suppress(UserError):
            return dice.choice(steps)(office, work, dice)


@pytest.mark.parametrize("seed", range(4))
def test_each_undo_brings_back_exactly_what_was_there_before_the_step(
    office: AppContext, work: StagedList, seed: int
) -> None:
    after, states = walked(office, work, Random(seed), ALL if seed % 2 else CELLS_FIRST)
    for before in reversed(states):
        after = undo(office, after, request_id=new_request_id())
        assert state_of(office, work.batch_id) == before
        assert (after.check.staged, after.outcomes) == (before["rows"], before["outcomes"])
        assert (after.updated, after.rules.columns) == (before["updated"], before["columns"])
        assert after.ignored == before["ignored"]
    assert after.check.staged == work.check.staged


@pytest.mark.parametrize("seed", range(4, 6))
def test_many_steps_taken_back_at_once_leave_what_one_after_the_other_leaves(
    office: AppContext, work: StagedList, seed: int
) -> None:
    dice = Random(seed)
    after, states = walked(office, work, dice, ALL if seed % 2 else CELLS_FIRST)
    place = dice.randrange(len(states) // 2)
    step_id = after.steps[place].step_id
    back = undo_back_to(office, after, step_id, request_id=new_request_id())
    assert state_of(office, work.batch_id) == states[place]
    assert (back.check.staged, back.outcomes) == (states[place]["rows"], states[place]["outcomes"])
    assert back.version == after.version + 1


@pytest.mark.parametrize("seed", range(6, 8))
def test_rows_that_a_heading_has_cut_off_come_back_as_they_were_worked_on(
    office: AppContext, work: StagedList, seed: int
) -> None:
    after, states = walked(office, work, Random(seed), SHEETS_FIRST)
    for before in reversed(states):
        after = undo(office, after, request_id=new_request_id())
        assert state_of(office, work.batch_id) == before
