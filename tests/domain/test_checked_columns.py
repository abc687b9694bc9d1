"""Checked rows kept as columns give the rows that were put in."""

from bpjsdesk.domain.checked_columns import CheckedColumns
from tests.domain.row_samples import check

ANI, BUDI = "7171015203900001", "7171011203900002"
ROWS = [check(nik=ANI), check(nik=BUDI, phone="12"), check(nik=None, name=None), check(nik=ANI)]


def kept() -> CheckedColumns:
    """Keep three rows as columns, of which one stands for itself, and one more by itself."""
    found = CheckedColumns()
    columns = list(zip(*(ROWS[0], ROWS[0], ROWS[2]), strict=True))
    found.add_columns(columns, {1: ROWS[1]})
    found.add_rows(ROWS[3:])
    found.add_rows([])
    return found


def test_rows_come_out_as_they_went_in() -> None:
    found = kept()
    assert len(found) == len(ROWS)
    assert list(found.rows()) == ROWS
    assert [found.row(place) for place in range(len(ROWS))] == ROWS


def test_a_column_knows_the_rows_that_stand_for_themselves() -> None:
    found = kept()
    assert found.column("nik") == [row.nik for row in ROWS]
    assert found.column("codes") == [row.codes for row in ROWS]
    assert found.numbers.repeated() == [0, 2, 3]  # the third has their telephone
    assert list(found.numbers.places_of(BUDI)) == [1]


def test_nothing_is_found_in_an_empty_list() -> None:
    found = CheckedColumns()
    assert (len(found), list(found.rows()), found.column("nik")) == (0, [], [])
