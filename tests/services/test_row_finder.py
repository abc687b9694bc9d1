"""Finding rows of a list that share a number, before and after steps."""

from bpjsdesk.domain.checked_row import CheckedRow
from bpjsdesk.domain.row_kinds import RowKind
from bpjsdesk.services.row_finder import RowFinder
from bpjsdesk.services.staged_rows import StagedRow, StagedRows

ANI, BUDI, CICI = "7171015203900001", "7171011203900002", "7171011203900003"
PHONE = "081234567890"


def row(nik: str | None, phone: str | None = None) -> StagedRow:
    return StagedRow(CheckedRow("Peserta", 2, RowKind.DATA, None, (), nik=nik, phone=phone), "[]")


def rows(*items: StagedRow) -> StagedRows:
    return StagedRows.of(items)


def finder_of(line_ids: tuple[int, ...], staged: StagedRows) -> RowFinder:
    return RowFinder(line_ids, staged.checked.numbers)


def test_rows_are_found_by_line_and_by_any_number_they_share() -> None:
    staged = rows(row(ANI, PHONE), row(BUDI), row(None), row(ANI), row(CICI, PHONE), row(None))
    finder = finder_of((11, 12, 13, 14, 15, 16), staged)

    assert finder.places[14] == 3
    assert finder.sharing(staged, [ANI]) == {0, 3}
    assert finder.sharing(staged, [PHONE, BUDI]) == {0, 1, 4}
    assert finder.sharing(staged, ["7171011203900009"]) == set()


def test_a_changed_row_is_found_by_what_it_holds_now_in_each_state_of_the_list() -> None:
    before = rows(row(ANI), row(BUDI), row(CICI))
    first = finder_of((1, 2, 3), before)
    after = rows(row(ANI), row(ANI), row(CICI))
    second = first.after(after, [1])
    again = rows(row(ANI), row(BUDI), row(BUDI))
    third = second.after(again, [1, 2])

    assert second.sharing(after, [ANI]) == {0, 1}
    assert second.sharing(after, [BUDI]) == set()
    assert third.sharing(again, [BUDI]) == {1, 2}
    assert third.sharing(again, [ANI]) == {0}
    assert first.sharing(before, [BUDI]) == {1}


def test_a_step_may_come_before_anything_was_looked_for() -> None:
    before = rows(row(ANI), row(BUDI))
    after = rows(row(ANI), row(CICI))
    finder = finder_of((1, 2), before).after(after, [1])

    assert finder.sharing(after, [CICI, BUDI]) == {1}
    assert finder.places == {1: 0, 2: 1}
