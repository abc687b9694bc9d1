"""Rows of people told apart from the rows around them."""

from datetime import date

import pytest

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.check_reference import CheckReference
from bpjsdesk.domain.columns import find_columns
from bpjsdesk.domain.row_check import IgnoredReason, RowChecker, RowKind

FIELDS = ["number", "nik", "name", "birth_date", "address"]


def sort(*rows: list[Cell]) -> list[tuple[RowKind, IgnoredReason | None]]:
    reference = CheckReference(
        region_lookup={},
        city_lookup={},
        known_prefixes=frozenset({"7171"}),
        region_prefix="71.71",
        sexes={},
        categories={},
        category="VULNERABLE",
        over_age=65,
        under_age=17,
        today=date(2026, 11, 20),
    )
    columns = find_columns([FIELDS], {field: [field] for field in FIELDS})
    sorter = RowChecker(columns, reference, date(2026, 11, 20))
    found = [sorter.check("S", number, row) for number, row in enumerate(rows, start=2)]
    return [(row.kind, row.reason) for row in found]


BLANK = (RowKind.BLANK, None)
DATA = (RowKind.DATA, None)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ([], BLANK),
        ([None, "  ", "\t", ""], BLANK),
        (["\xa0"], BLANK),
        ([None, None, "JUMLAH", None, 37.0], (RowKind.IGNORED, IgnoredReason.TOTAL)),
        (["TOTAL : 37.000 orang"], (RowKind.IGNORED, IgnoredReason.TOTAL)),
        (["Jumlah Keseluruhan", 37], (RowKind.IGNORED, IgnoredReason.TOTAL)),
        ([None, "Sub Total", None, None, 5], (RowKind.IGNORED, IgnoredReason.TOTAL)),
        (["(1)", "(2)", "(3)"], (RowKind.IGNORED, IgnoredReason.NUMBERING)),
        ([1, 2, 3, 4, 5], (RowKind.IGNORED, IgnoredReason.NUMBERING)),
        (["NUMBER", "NIK", "NAME"], (RowKind.IGNORED, IgnoredReason.REPEATED_HEADER)),
        ([None, None, "Mengetahui,"], (RowKind.IGNORED, IgnoredReason.SIGNATURE)),
        ([None, None, "NIP. 19700101 199503 1 001"], (RowKind.IGNORED, IgnoredReason.SIGNATURE)),
        ([None, None, None, "Lurah Molas"], (RowKind.IGNORED, IgnoredReason.SIGNATURE)),
        (["Manado, 20 November 2026"], (RowKind.IGNORED, IgnoredReason.PLACE_AND_DATE)),
        (["Manado,        November 2026"], (RowKind.IGNORED, IgnoredReason.PLACE_AND_DATE)),
        (["Manado, ………… 2026"], (RowKind.IGNORED, IgnoredReason.PLACE_AND_DATE)),
        ([17.0], (RowKind.IGNORED, IgnoredReason.NUMBER_ONLY)),
        (["17."], (RowKind.IGNORED, IgnoredReason.NUMBER_ONLY)),
        (["a"], DATA),
        ([1, None, "Budi"], DATA),
        ([None, None, "Budi"], DATA),
        ([1, None, "Lurah"], DATA),
        ([None, None, "Jumlah Saleh"], DATA),
        ([None, None, "Total", ["d", "1990-01-01"], "Jl. Mawar"], (RowKind.IGNORED, "TOTAL")),
        ([None, None, "Camat", ["d", "1990-01-01"]], DATA),
        (["JUMLAH", "7171015203900001"], DATA),
        (["JUMLAH", 7171015203900001.0], DATA),
        (["JUMLAH", None, None, None, "7171015203900OO1"], DATA),
        ([None, "71710152", "JUMLAH"], DATA),
        (["Manado, 12-08-1985"], DATA),
        ([None, None, None, ["e", "#N/A"]], DATA),
        ([None, ["f", ""]], DATA),
    ],
)
def test_what_a_row_is(
    row: list[Cell], expected: tuple[RowKind, IgnoredReason | str | None]
) -> None:
    assert sort(row) == [expected]


def test_names_below_a_signature_line_belong_to_it_until_people_come_again() -> None:
    found = sort(
        [None, None, "Budi"],
        [None, None, "Mengetahui"],
        [None, None, "BUDI SANTOSO, S.Pd"],
        [3, None, "Rina"],
        [None, None, "Rina", None, "Jl. Mawar"],
        [4, "7171015203900001", "Rina"],
        [None, None, "Tanpa NIK"],
    )
    assert [kind for kind, _ in found] == [
        RowKind.DATA,
        RowKind.IGNORED,
        RowKind.IGNORED,
        RowKind.DATA,
        RowKind.IGNORED,
        RowKind.DATA,
        RowKind.DATA,
    ]
