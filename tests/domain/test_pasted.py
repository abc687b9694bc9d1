"""Tables from the clipboard, as spreadsheets put them there."""

import csv
import io
from datetime import datetime

import pytest

from bpjsdesk.clock import WITA
from bpjsdesk.domain.pasted import pasted_name, pasted_table


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\tb\n\n\n", [["a", "b"]]),
        ("a\n\nb", [["a"], [""], ["b"]]),
        ('"dua\nbaris"\tb\nc\td', [["dua\nbaris", "b"], ["c", "d"]]),
        ('"kata ""itu"" ada"\tb', [['kata "itu" ada', "b"]]),
        ('"Molas" lama\tb\nc\td', [['"Molas" lama', "b"], ["c", "d"]]),
        ('"Molas\tb\nc\td', [['"Molas', "b"], ["c", "d"]]),
        ('5"\tb', [['5"', "b"]]),
        ('a\t""\nb\t"c"', [["a", ""], ["b", "c"]]),
        ("\ufeffNIK\tNAMA\n", [["NIK", "NAMA"]]),
        ("", []),
        (" \t \n", []),
    ],
)
def test_a_table_is_read_as_the_spreadsheet_shows_it(text: str, rows: list[list[str]]) -> None:
    table = pasted_table(text)
    assert [list(row) for row in table.rows] == rows
    read = list(csv.reader(io.StringIO(table.content().decode(), newline=""), delimiter="\t"))
    assert [row or [""] for row in read[1:]] == rows


def test_a_table_counts_its_rows_and_columns() -> None:
    table = pasted_table("a\tb\n\nc\td\te\n")
    assert (table.filled, table.width) == (2, 3)
    assert pasted_table("").width == 0


def test_a_paste_is_named_by_its_moment() -> None:
    moment = datetime(2026, 11, 20, 14, 30, tzinfo=WITA)
    assert pasted_name(moment) == "Tempelan 20-11-2026 14.30"
