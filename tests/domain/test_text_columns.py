"""Columns of texts passed over in one stride."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.row_values import TextMemo
from bpjsdesk.domain.text_columns import Lines, are_tidy, places, run_of

DIGITS = run_of(r"[0-9]{3}")
TEXTS = st.text(alphabet="aE0 '#-.:5\n\t\x00\x7fé", max_size=6)


@given(st.lists(st.one_of(st.none(), TEXTS, st.sampled_from(["123", "Err:502", 5.0, True]))))
@example(["a ", "b"])
@example([" a"])
@example(["Err:502"])
@example([None])
def test_what_is_called_tidy_would_be_read_as_it_stands(column: list[Cell]) -> None:
    if are_tidy(column):
        assert TextMemo().read_all(column) == column


def test_usual_texts_are_called_tidy() -> None:
    assert are_tidy(["Jl. Mawar No. 5", None, "BUDI", "003/004", "D'Ani", "a-b"])
    assert not are_tidy(["Jl. Mawar", 5.0])


@given(st.lists(st.one_of(st.none(), TEXTS, st.sampled_from(["123", "456", 789.0, ["e", "x"]]))))
@example(["123\n456", "789"])
@example(["123", "\n"])
@example(["", "123", ""])
def test_misfits_are_those_that_do_not_match_by_themselves(column: list[Cell]) -> None:
    shape = re.compile(r"[0-9]{3}")
    expected = [
        at
        for at, cell in enumerate(column)
        if not (isinstance(cell, str) and shape.fullmatch(cell))
    ]
    assert Lines(column).misfits(DIGITS) == expected if column else True


@pytest.mark.parametrize(("column", "found"), [(["123", None, "x"], [2]), ([None, 5.0], [1])])
def test_an_open_cell_reads_as_told(column: list[Cell], found: list[int]) -> None:
    assert Lines(column, blank="000").misfits(DIGITS) == found


def test_lines_know_whether_they_are_in_capitals() -> None:
    assert Lines(["BUDI", None, "ANI 2"]).is_upper
    assert not Lines(["BUDI", "Ani"]).is_upper


def test_places_are_those_of_set_flags() -> None:
    assert list(places([0, 1, None, "x"])) == [1, 3]
