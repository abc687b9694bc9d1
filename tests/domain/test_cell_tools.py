"""What a clerk does to many cells by hand."""

import pytest

from bpjsdesk.domain.cell_tools import Replacement, parted, pasted_block, trimmed, written_text


@pytest.mark.parametrize(
    ("find", "put", "text", "after"),
    [
        ("kel.", "", "Kel. Molas", " Molas"),
        ("a.b", "x", "aXb a.b", "aXb x"),
        ("o", r"\1", "Molas", r"M\1las"),
        ("tidak ada", "x", "Molas", "Molas"),
    ],
)
def test_a_part_is_replaced_as_it_is_written(find: str, put: str, text: str, after: str) -> None:
    assert Replacement(find=find, put=put).on(text) == after


def test_a_whole_cell_is_compared_without_case() -> None:
    whole = Replacement(find=" molas ", put="Molas", whole=True)
    assert (whole.on("MOLAS"), whole.on("MOLAS 2")) == ("Molas", "MOLAS 2")


def test_what_a_spreadsheet_puts_on_the_clipboard_is_read_back() -> None:
    assert pasted_block('a\tb\r\n"dua\nbaris"\t7171\r\n') == (("a", "b"), ("dua\nbaris", "7171"))
    assert pasted_block("") == ()
    assert pasted_block("satu") == (("satu",),)


def test_a_text_is_parted_at_the_first_mark_only() -> None:
    assert parted("Manado, 12-08-1985, WNI", ",") == ("Manado", "12-08-1985, WNI")
    assert parted("Manado", ",") is None
    assert parted(", Manado", ",") is None


def test_a_cell_is_trimmed_and_a_day_is_read_as_people_write_it() -> None:
    assert trimmed("  ' Budi\u00a0  Rondo ") == "Budi Rondo"
    assert trimmed(["d", "1985-08-12"]) == ["d", "1985-08-12"]
    assert written_text(["d", "1985-08-12"]) == "12-08-1985"
    assert written_text("1985-08-12") == "1985-08-12"
