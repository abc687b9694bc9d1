"""The rows of a list in work as a sequence, and what steps lay over them."""

import pytest

from bpjsdesk.domain.checked_columns import CheckedColumns
from bpjsdesk.services.staged_rows import RowEdits, StagedRow, StagedRows
from tests.domain.row_samples import check

ITEMS = [StagedRow(check(name=name), f'["{name}"]') for name in ("Ani", "Budi", "Cici")]
OTHER = StagedRow(check(name="Dodi", phone="12"), '["Dodi"]')


def test_a_list_gives_its_rows_like_any_other() -> None:
    rows = StagedRows.of(ITEMS)
    assert list(rows) == ITEMS == [rows[at] for at in range(len(rows))]
    assert (rows[-1], rows[1:]) == (ITEMS[2], ITEMS[1:])
    with pytest.raises(IndexError):
        rows[3]


def test_a_step_lays_other_rows_over_those_of_before() -> None:
    before = StagedRows.of(ITEMS)
    edits = RowEdits(before)
    edits[1] = OTHER
    assert (edits[0], edits[1]) == (ITEMS[0], OTHER)
    after = edits.done()
    assert (list(before), list(after)) == (ITEMS, [ITEMS[0], OTHER, ITEMS[2]])
    assert after.column("name") == ["ANI", "DODI", "CICI"]
    assert list(after.places_with_codes()) == [1]


def test_what_was_made_anew_is_known_between_two_states() -> None:
    first = StagedRows.of(ITEMS)
    second = first.with_rows({1: OTHER})
    third = second.with_rows({2: OTHER})
    assert list(third.places_other_than(second)) == [2]
    assert list(first.places_other_than(third)) == [1, 2]
    assert first.with_rows({}) is first
    assert list(StagedRows.of(ITEMS).places_other_than(first)) == [0, 1, 2]


def test_lists_are_the_same_that_say_the_same() -> None:
    rows = StagedRows.of(ITEMS)
    assert rows.with_rows({1: OTHER}).with_rows({1: ITEMS[1]}) == rows
    assert rows.with_rows({1: OTHER}) != rows


def test_each_row_has_its_cells() -> None:
    with pytest.raises(ValueError, match="cells"):
        StagedRows(CheckedColumns(), ["[]"])


def test_no_row_is_shown_where_programs_write_down_what_they_hold() -> None:
    assert ITEMS[0].row.nik is not None
    assert ITEMS[0].row.nik not in repr(StagedRows.of(ITEMS))
