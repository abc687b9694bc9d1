"""Text reaches a page clean, whole, and within its width."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpjsdesk.reports.text import Run, one_line, settle, shrink, teks, two_lines, wrap
from bpjsdesk.reports.theme import CELL


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("Biasa saja", "Biasa saja"),
        ("e\u0301", "é"),
        ("\u202eSUDARMO\u202c", "SUDARMO"),
        ("A\u200b\u200fB\u00adC", "ABC"),
        ("A\tB\x00\x07C", "A BC"),
        ("A\u2028B", "A\nB"),
        ("\ud800\ue000A", "A"),
        ("名", "\ufffd"),
        ("Rp1\u00a0juta", "Rp1\u00a0juta"),
    ],
)
def test_controls_and_hidden_marks_are_dropped(raw: str, clean: str) -> None:
    assert teks(raw) == clean


def test_a_line_break_becomes_a_space_on_one_line() -> None:
    assert one_line("a\nb") == "a b"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80), st.floats(min_value=8, max_value=60))
def test_wrapped_lines_keep_every_letter_and_their_width(raw: str, room: float) -> None:
    lines = wrap(raw, CELL, room)

    kept = "".join(line.text for line in lines)
    assert kept.replace(" ", "") == teks(raw).replace("\n", "").replace(" ", "")
    assert all(line.width <= room + 0.02 for line in lines)


def test_settling_never_takes_a_line_more() -> None:
    words = "Menyerahkan data peserta dan perubahannya paling lambat tanggal 20 setiap bulan."

    for room in range(20, 120, 3):
        assert len(settle(words, CELL, room)) == len(wrap(words, CELL, room))


def test_a_sum_is_not_broken_at_its_signs() -> None:
    lines = wrap("peserta JKK + JKM", CELL, CELL.width("peserta JKK +"))

    assert [line.text for line in lines] == ["peserta", "JKK + JKM"]


def test_emphasis_is_a_run_and_not_markup() -> None:
    (line,) = wrap((Run("jumlah **"), Run("Rp1", strong=True)), CELL, 100)

    assert line.text == "jumlah **Rp1"
    assert line.pieces[-1] == ("Rp1", CELL.strong)


def test_text_shrinks_to_its_room() -> None:
    role = shrink("A" * 40, CELL, 20)

    assert role.width("A" * 40) == pytest.approx(20)


@pytest.mark.parametrize("length", [1, 20, 60, 100, 400])
def test_a_tight_place_never_cuts_a_name(length: int) -> None:
    name = ("NAMA " * length)[:length].strip()

    lines = two_lines(name, CELL, 40)

    assert len(lines) <= 2
    assert "".join(line.text for line in lines).replace(" ", "") == name.replace(" ", "")
    assert all(CELL.sized(line.size).width(line.text) <= 40.1 for line in lines)
