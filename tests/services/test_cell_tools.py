"""Tools for many cells say first what they would change, change it in one step, undone in one."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bpjsdesk.domain.cell_tools import Replacement
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.errors import UserError
from bpjsdesk.services.cell_tools import (
    CellPlan,
    carry_out,
    fill_down,
    paste_cells,
    replace_text,
    split_column,
    trim_column,
)
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.list_steps import undo
from bpjsdesk.services.repairs import decide, reasons
from bpjsdesk.services.staging import StagedList
from tests.services.lists import nik, workbook, worker
from tests.services.staged_lists import opened, saved_agreement, staged

HEADINGS = "NO;NIK;NAMA;TEMPAT LAHIR;TANGGAL LAHIR;JENIS KELAMIN;KELURAHAN;NO HP"


def line(serial: int, place: object = "Manado", **changes: object) -> list[object]:
    cells = worker(serial, **changes)
    return [*cells[:3], place, *cells[3:]]


@pytest.fixture
def work(office: AppContext, tmp_path: Path) -> StagedList:
    rows: list[list[object]] = [
        line(1, "Mnado"),
        line(2, "MNADO Utara"),
        line(3, "Bitung", village=" ' Molas  "),
        line(4, "Manado, 12-08-1985", born=None, village=None),
        line(5, None, village="Mollas"),
        ["", "JUMLAH", "5 Mnado"],
    ]
    path = workbook(tmp_path / "a.xlsx", rows, headings=HEADINGS.split(";"))
    return staged(office, saved_agreement(office), path)


Done = Callable[[CellPlan], StagedList]


@pytest.fixture
def done(office: AppContext, work: StagedList) -> Done:
    """Carry a plan out, and see that one undo brings every row back."""

    def carry(plan: CellPlan) -> StagedList:
        after = carry_out(office, work, plan, request_id=new_request_id())
        back = undo(office, after, request_id=new_request_id())
        assert [item.cells for item in back.check.staged] == [
            item.cells for item in work.check.staged
        ]
        assert reasons(back) == reasons(work)
        assert [item.cells for item in opened(office, work.batch_id).check.staged] == [
            item.cells for item in work.check.staged
        ]
        return after

    return carry


def places(work: StagedList) -> list[str | None]:
    return [item.row.birth_place for item in work.check.staged[:5]]


def test_a_text_is_replaced_in_one_column_wherever_it_stands(work: StagedList, done: Done) -> None:
    plan = replace_text(work, "birth_place", Replacement(find="mnado", put="Manado"))
    assert (plan.rows, plan.looked_at) == (2, 5)
    assert [(s.row_no, s.before, s.after) for s in plan.samples] == [
        (2, "Mnado", "Manado"),
        (3, "MNADO Utara", "Manado Utara"),
    ]
    assert places(done(plan))[:2] == ["Manado", "Manado Utara"]


def test_numbers_of_people_stand_masked_in_what_is_told_of_a_step(
    work: StagedList, done: Done
) -> None:
    plan = replace_text(work, "nik", Replacement(find=nik(1), put=nik(9)))
    note = "NIK: “7171••••••••0001” → “7171••••••••0009”"
    assert (plan.note, done(plan).steps[-1].note) == (note, note)
    ids = work.line_ids[:2]
    assert fill_down(work, ids, "nik").note == "“7171••••••••0001”"
    phone = Replacement(find="0812-0000 0001", put="+62 812 0000 0009")
    told = replace_text(work, "phone", phone).note
    assert told == "Nomor HP: “0812•••••001” → “+6281••••••009”"


def test_a_whole_cell_is_replaced_only_where_it_holds_nothing_else(
    work: StagedList, done: Done
) -> None:
    plan = replace_text(work, "birth_place", Replacement(find="mnado", put="Manado", whole=True))
    assert places(done(plan))[:2] == ["Manado", "MNADO Utara"]


def test_a_day_is_found_as_it_is_read(work: StagedList, done: Done) -> None:
    plan = replace_text(work, "birth_date", Replacement(find="12-08-1985", put="13-08-1985"))
    assert plan.rows == 4
    assert reasons(done(plan))[IssueCode.NIK_DOB_MISMATCH] == 4


def test_only_the_chosen_rows_are_searched(work: StagedList) -> None:
    chosen = work.line_ids[1:3]
    wanted = Replacement(find="mnado", put="Manado")
    plan = replace_text(work, "birth_place", wanted, line_ids=chosen)
    assert (plan.rows, plan.looked_at) == (1, 2)


def test_rows_put_aside_are_left_alone(office: AppContext, work: StagedList) -> None:
    left = decide(
        office,
        work,
        work.line_ids[:1],
        DecidedOutcome.SKIPPED,
        reason="pindah",
        request_id=new_request_id(),
    )
    plan = replace_text(left, "birth_place", Replacement(find="mnado", put="Manado"))
    assert plan.rows == 1


def test_nothing_to_search_for_and_a_field_without_column_are_told(work: StagedList) -> None:
    with pytest.raises(UserError, match="dicari"):
        replace_text(work, "name", Replacement(find=" ", put="x"))
    with pytest.raises(UserError, match="Nama ibu kandung"):
        trim_column(work, "mother_name")
    with pytest.raises(UserError, match="pemisah"):
        split_column(work, "birth_place", "birth_date", mark="")


def test_what_nobody_sees_is_taken_out_of_a_column(work: StagedList, done: Done) -> None:
    plan = trim_column(work, "village")
    assert (plan.rows, plan.samples[0].after) == (1, "Molas")
    assert done(plan).check.staged[2].row.region_code is not None


def test_the_first_chosen_cell_is_filled_into_the_others(work: StagedList, done: Done) -> None:
    plan = fill_down(work, work.line_ids[2:5], "village")
    after = done(plan)
    assert plan.rows == 2
    codes = {item.row.region_code for item in after.check.staged[2:5]}
    assert codes == {work.check.staged[0].row.region_code}


def test_a_column_is_parted_into_another_that_is_still_empty(work: StagedList, done: Done) -> None:
    plan = split_column(work, "birth_place", "birth_date", mark=",")
    assert plan.rows == 1
    row = done(plan).check.staged[3].row
    assert (row.birth_place, str(row.birth_date)) == ("Manado", "1985-08-12")


def test_a_block_is_pasted_from_the_first_cell_on(work: StagedList, done: Done) -> None:
    block = [("Tondano", "13-08-1985"), ("Tomohon", "14-08-1985")]
    plan = paste_cells(work, work.line_ids[:3], ("birth_place", "birth_date"), block)
    after = done(plan)
    assert places(after)[:3] == ["Tondano", "Tomohon", "Bitung"]
    assert str(after.check.staged[1].row.birth_date) == "1985-08-14"


def test_one_cell_is_pasted_into_every_chosen_row(work: StagedList, done: Done) -> None:
    plan = paste_cells(work, work.line_ids[:3], ("birth_place",), [("Tondano",)])
    assert places(done(plan))[:3] == ["Tondano"] * 3


def test_a_block_keeps_its_rows_beside_those_that_were_put_aside(
    office: AppContext, work: StagedList
) -> None:
    left = decide(
        office,
        work,
        work.line_ids[1:2],
        DecidedOutcome.SKIPPED,
        reason="pindah",
        request_id=new_request_id(),
    )
    block = [("Satu",), ("Dua",), ("Tiga",)]
    plan = paste_cells(left, left.line_ids[:3], ("birth_place",), block)
    after = carry_out(office, left, plan, request_id=new_request_id())
    assert places(after)[:3] == ["Satu", "MNADO Utara", "Tiga"]


def test_what_is_pasted_is_never_cut_off(work: StagedList) -> None:
    with pytest.raises(UserError, match="3 baris × 1 kolom"):
        paste_cells(work, work.line_ids[:2], ("birth_place",), [("a",), ("b",), ("c",)])
    with pytest.raises(UserError, match="1 baris × 2 kolom"):
        paste_cells(work, work.line_ids[:2], ("birth_place",), [("a", "b")])
    with pytest.raises(UserError, match="Papan klip kosong"):
        paste_cells(work, work.line_ids[:2], ("birth_place",), [])
