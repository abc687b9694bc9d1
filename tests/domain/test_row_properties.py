"""What holds for any row at all, and that the short way answers like the long one."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.row_check import (
    RowKind,
)
from tests.domain.row_samples import FIELDS, SOUND, checker, in_blocks

CELLS = st.one_of(
    st.none(),
    st.text(max_size=20),
    st.integers(-(10**18), 10**18),
    st.floats(),
    st.booleans(),
    st.tuples(st.sampled_from(["d", "dt", "t", "e", "f"]), st.text(max_size=12)).map(list),
)


@given(st.lists(CELLS, max_size=len(FIELDS) + 3))
def test_no_row_breaks_the_check_and_none_is_lost(cells: list[Cell]) -> None:
    row = checker().check("S", 2, cells)
    assert row.kind in RowKind
    assert (row.reason is None) == (row.kind is not RowKind.IGNORED)
    assert row.nik is None or (len(row.nik) == 16 and row.nik.isascii() and row.nik.isdigit())
    json.dumps([str(value) for value in row])


ODDITIES: dict[str, list[Cell]] = {
    "nik": ["7171015203900002", "7171011203900003", "7171015203900000", "7600015203900004",
            "1111111111111111", "717101520390001", "7171017203900001", 7171015203900001.0, None],
    "name": ["Rina", "HJ RINA", "H. RINA, S.Pd", "#N/A", None],
    "birth_date": ["12-03-1990", "03/12/1990", ["d", "1950-01-01"], ["d", "2015-03-12"], None,
                   32944.0, ["e", "#REF!"]],
    "sex": ["L", "Perempuan", None],
    "phone": ["081234567891", "+62 812 3456 7892", 81234567893.0, "x", None, ["f", ""]],
    "village": ["Mongkonai", "Mollas", None, "#N/A", ["f", ""]],
    "district": [None, "Bunaken Kepulauan"],
    "category": ["UMKM", "VULNERABLE", "#REF!"],
    "address": ["Jl. Mawar", " Jl.  Mawar ", 5.0],
    "account_no": ["0012", 12.0],
}  # fmt: skip
ODD_CELLS = [(field, cell) for field, cells in ODDITIES.items() for cell in cells]


@st.composite
def odd_rows(draw: st.DrawFn) -> dict[str, Cell]:
    """A sound row of its own NIK and phone with up to three oddities, often none."""
    number = draw(st.integers(1, 9))
    own: dict[str, Cell] = {
        "name": "RINA WULUR",
        "nik": f"71710152039001{number:02d}",
        "phone": f"0812345670{number:02d}",
    }
    return SOUND | own | dict(draw(st.lists(st.sampled_from(ODD_CELLS), max_size=3)))


LAYOUTS = [
    FIELDS,
    ["nik", "name", "birth_date", "sex", "phone", "village", "district", "address"],
    ["nik", "name", "birth_date", "sex", "phone"],
    ["nik", "name", "birth_date", "sex"],
]


@given(
    rows=st.lists(st.tuples(odd_rows(), st.integers(3, len(FIELDS) + 20)), max_size=12),
    fields=st.sampled_from(LAYOUTS),
)
def test_the_short_way_answers_like_the_long_one(
    rows: list[tuple[dict[str, Cell], int]], fields: list[str]
) -> None:
    listed = [[row.get(field) for field in fields][:width] for row, width in rows]
    long, short = checker(fields), checker(fields)
    expected = [long.check("S", number, cells) for number, cells in enumerate(listed, 2)]
    assert in_blocks(short, "S", enumerate(listed, 2)) == expected


def test_a_usual_row_takes_the_short_way() -> None:
    row = [(SOUND | {"name": "RINA WULUR"}).get(field) for field in FIELDS]
    (sound,) = in_blocks(checker(), "S", [(2, row)])
    assert sound == checker().check("S", 2, row)
    assert sound.name == "RINA WULUR"
