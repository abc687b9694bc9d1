"""Repeated numbers after a step: the same as in a list checked anew, at the rows that change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

import pytest

from bpjsdesk.domain.checked_row import CheckedRow
from bpjsdesk.domain.issue_codes import IssueCode
from bpjsdesk.domain.row_issues import USUAL_LEVELS
from bpjsdesk.domain.row_kinds import RowKind
from bpjsdesk.services.repeats_again import mark_repeats
from bpjsdesk.services.row_finder import RowFinder
from bpjsdesk.services.row_rules import with_repeats
from bpjsdesk.services.staged_rows import RowEdits, StagedRow, StagedRows

NIKS = ["7171015203900001", "7171011203900002", "7171011203900003", "1111111111111111", None]
NAMES = ["ANI RONDO", "A. RONDO", "OLGA WENAS", None]
OFFICE = "081200000001"
PHONES = [OFFICE, "081200000002", None]


def row(nik: str | None, name: str | None = "ANI RONDO", phone: str | None = OFFICE) -> StagedRow:
    found = CheckedRow("Peserta", 2, RowKind.DATA, None, (), nik=nik, name=name, phone=phone)
    return StagedRow(found, "[]")


@dataclass(frozen=True, kw_only=True)
class State:
    """A list after some steps."""

    rows: StagedRows
    finder: RowFinder
    out: frozenset[int] = frozenset()

    def after(self, cells: Mapping[int, StagedRow], fates: Sequence[int] = ()) -> "State":
        """Write other rows at some places, put some aside or take them up again."""
        items, out = RowEdits(self.rows), self.out.symmetric_difference(fates)
        for at, item in cells.items():
            items[at] = item
        mark_repeats(
            items,
            self.rows,
            cells_of=list(cells),
            fates_of=fates,
            finder=self.finder,
            is_out=out.__contains__,
            levels=USUAL_LEVELS,
        )
        return State(rows=items.done(), finder=self.finder.after(items, cells), out=out)

    def made_by(self, cells: Mapping[int, StagedRow], fates: Sequence[int] = ()) -> list[int]:
        """Give the places of the rows that a step makes anew."""
        return list(self.after(cells, fates).rows.places_other_than(self.rows))


def listed(items: Sequence[StagedRow]) -> State:
    plain = StagedRows.of(items)
    rows = with_repeats(plain, [False] * len(items), USUAL_LEVELS)
    return State(rows=rows, finder=RowFinder(range(len(items)), plain.checked.numbers))


def anew(state: State) -> list[tuple[IssueCode, ...]]:
    plain = StagedRows.of([item.marked((), USUAL_LEVELS) for item in state.rows])
    is_out = [at in state.out for at in range(len(plain))]
    return [item.row.codes for item in with_repeats(plain, is_out, USUAL_LEVELS)]


@pytest.mark.parametrize("seed", range(5))
def test_each_step_leaves_what_a_list_checked_anew_says(seed: int) -> None:
    dice = Random(seed)

    def some() -> StagedRow:
        return row(dice.choice(NIKS), dice.choice(NAMES), dice.choice(PHONES))

    state = listed([some() for _ in range(12)])
    for _step in range(150):
        cells = {dice.randrange(12): some() for _ in range(dice.randrange(4))}
        fates = dice.sample(range(12), dice.randrange(3))
        state = state.after(cells, fates)
        assert [item.row.codes for item in state.rows] == anew(state)


@pytest.fixture
def office_number() -> State:
    """Many rows with a NIK each and one telephone, that of their office."""
    return listed([row(f"71710112039{number:05d}") for number in range(50)])


def test_another_name_makes_one_row_anew_though_all_share_a_telephone(
    office_number: State,
) -> None:
    for at in (0, 7):
        nik = office_number.rows[at].row.nik
        assert office_number.made_by({at: row(nik, "OLGA WENAS")}) == [at]


def test_a_telephone_given_up_or_taken_on_makes_at_most_the_next_first_row_anew(
    office_number: State,
) -> None:
    def other(at: int, phone: str | None) -> dict[int, StagedRow]:
        return {at: row(office_number.rows[at].row.nik, phone=phone)}

    assert office_number.made_by(other(7, None)) == [7]
    assert office_number.made_by(other(0, None)) == [0, 1]
    assert office_number.made_by({}, [7]) == [7]
    assert office_number.made_by({}, [0]) == [0, 1]
    given_up = office_number.after(other(0, None))
    assert given_up.made_by(other(9, None)) == [9]
    assert given_up.made_by(other(0, OFFICE)) == [0, 1]


def test_of_one_nik_only_rows_that_have_two_names_now_are_made_anew() -> None:
    nik = NIKS[0]
    state = listed([row(nik, name, None) for name in ("ANI RONDO", "ANI RONDO", "OLGA WENAS")])
    assert state.made_by({2: row(nik, "ANI RONDO", None)}) == [2]
    assert state.made_by({0: row(nik, "A. RONDO", None)}) == [0]
    assert state.made_by({0: row(nik, "OLGA WENAS", None)}) == [0, 1, 2]
    assert state.made_by({}, [0]) == [0, 1]
