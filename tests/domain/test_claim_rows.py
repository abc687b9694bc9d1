"""Rows of a file of past claims, cell by cell."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.claim_rows import ClaimFileReference, ClaimRow, ClaimRowReader
from bpjsdesk.domain.columns import find_columns
from bpjsdesk.domain.names import city_index, place_index
from bpjsdesk.domain.row_kinds import RowKind

FIELDS = (
    "nik", "name", "claim_programme", "claim_segment", "claim_paid_on", "claim_amount",
    "village", "district", "city", "kpj",
)  # fmt: skip
REFERENCE = ClaimFileReference(
    categories={"OTHER": "OTHER"},
    segments={"OTHER": "SELF_EMPLOYED"},
    statuses={"PAID": "PAID"},
    places=place_index(
        [
            ("71.71.07.1001", "Wanea", "Wanea"),
            ("71.71.09.1002", "Malalayang", "Bahu"),
            ("71.74.01.1005", "Kotamobagu Utara", "Biga"),
        ],
        region_prefix="71.71",
    ),
    cities=city_index([("71.71", "Kota Manado"), ("32.01", "Kabupaten X"), ("32.71", "Kota X")]),
    today=date(2026, 11, 20),
)


def read(**changes: Cell) -> ClaimRow:
    values: dict[str, Cell] = {
        "nik": "7171015203800001",
        "name": "ANI",
        "claim_programme": "JKM",
        "claim_segment": "",
        "claim_paid_on": ["d", "2026-03-01"],
        "claim_amount": 42_000_000,
        "village": None,
        "district": None,
        "city": None,
        "kpj": None,
    }
    headings: list[Cell] = list(FIELDS)
    columns = find_columns([headings], {field: (field,) for field in FIELDS})
    return ClaimRowReader(columns, REFERENCE).read(list((values | changes).values()))


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (["d", "2026-03-01"], date(2026, 3, 1)),
        (["dt", "2026-03-01T10:00:00"], date(2026, 3, 1)),
        ("1/3/26", date(2026, 3, 1)),
        (46082, date(2026, 3, 1)),
        (46082.0, date(2026, 3, 1)),
        (46082.5, None),
        (True, None),
        (12, None),
        (["t", "10:00:00"], None),
        (["d", "kemarin"], None),
    ],
)
def test_days_are_read_as_a_sheet_may_hold_them(cell: Cell, day: date | None) -> None:
    row = read(claim_paid_on=cell)
    if day is None:
        assert [code for code, _ in row.faults] == ["DATE_UNREADABLE"]
    else:
        assert row.claim is not None
        assert row.claim.paid_on == day


@pytest.mark.parametrize(
    ("text", "segment"),
    [
        ("", "SELF_EMPLOYED"),
        ("PU", "WAGE_EARNER"),
        ("Penerima Upah", "WAGE_EARNER"),
        ("bpu", "SELF_EMPLOYED"),
        ("Jasa Konstruksi", "CONSTRUCTION"),
        ("MIGRANT", "MIGRANT"),
    ],
)
def test_segments_are_understood(text: str, segment: str) -> None:
    row = read(claim_segment=text)
    assert row.claim is not None
    assert row.claim.segment == segment


@pytest.mark.parametrize(
    ("place", "code"),
    [
        (("Wanea", "Wanea", None), "71.71.07.1001"),
        (("Kel. Bahu", None, None), "71.71.09.1002"),
        (("Biga", None, None), None),
        (("Biga", "Kotamobagu Utara", None), "71.74.01.1005"),
        ((None, None, "Kota Manado"), "71.71"),
        ((None, None, "X"), None),
        ((None, None, None), None),
    ],
)
def test_an_address_becomes_the_finest_region_that_is_sure(
    place: tuple[str | None, str | None, str | None], code: str | None
) -> None:
    row = read(village=place[0], district=place[1], city=place[2])
    assert row.claim is not None
    assert row.claim.region_code == code
    assert bool(row.claim.note) == (code is None and any(place))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "A" * 101}, "NAME_TOO_LONG"),
        ({"claim_segment": "Raja"}, "SEGMENT_UNKNOWN"),
        ({"claim_amount": ["f", ""]}, "FORMULA_NO_VALUE"),
        ({"claim_amount": float("inf")}, "AMOUNT_UNREADABLE"),
        ({"claim_amount": float("nan")}, "AMOUNT_UNREADABLE"),
        ({"claim_paid_on": float("inf")}, "DATE_UNREADABLE"),
        ({"claim_amount": ["e", "#REF!"]}, "CELL_ERROR"),
        ({"nik": True}, "NIK_MISSING"),
    ],
)
def test_a_fault_is_told(changes: dict[str, Cell], code: str) -> None:
    row = read(**changes)
    assert row.claim is None
    assert code in [each for each, _ in row.faults]


def test_a_kpj_of_eleven_digits_is_kept_and_another_noted() -> None:
    for text, kept, note in (
        ("12345678901", "12345678901", ""),
        ("123", "", "KPJ pada berkas: 123."),
    ):
        row = read(kpj=text)
        assert row.claim is not None
        assert (row.claim.kpj, row.claim.note) == (kept, note)


def test_an_empty_row_is_blank() -> None:
    blank: dict[str, Cell] = dict.fromkeys(FIELDS)
    assert read(**blank).kind is RowKind.BLANK


CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=True, allow_infinity=True),
    st.text(max_size=20),
    st.sampled_from(["7171015203800001", "JKM", "Beasiswa", "JUMLAH", "01-02-2025", "Rp1.000"]),
    st.tuples(st.sampled_from(["d", "dt", "t", "e", "f"]), st.text(max_size=10)).map(list),
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from([[], ["7171015203800001", "ANI", "JKM"]]), st.lists(CELLS, max_size=12))
def test_every_row_is_a_claim_or_told_why_not(start: list[Cell], rest: list[Cell]) -> None:
    cells = [*start, *rest]
    headings: list[Cell] = list(FIELDS)
    columns = find_columns([headings], {field: (field,) for field in FIELDS})
    row = ClaimRowReader(columns, REFERENCE).read(cells)
    assert (row.claim is not None) + bool(row.faults) == (row.kind is RowKind.DATA)


def test_an_amount_that_cannot_be_read_is_not_also_called_missing() -> None:
    row = read(claim_amount="42 juta", claim_paid_on="01-03-2026")
    assert [code for code, _sentence in row.faults] == ["AMOUNT_UNREADABLE"]
