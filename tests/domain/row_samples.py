"""Rows of a list of workers, sound by default, for the tests of the row check."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.check_reference import CheckReference
from bpjsdesk.domain.checked_columns import CheckedColumns
from bpjsdesk.domain.columns import ColumnMap, find_columns
from bpjsdesk.domain.names import city_index, place_index
from bpjsdesk.domain.row_check import AT_ONCE, CheckedRow, RowChecker

TODAY = date(2026, 11, 20)
FIELD_WORDS = """number nik name sex birth_place birth_date address neighbourhood village district
city phone category occupation mother_name family_card_no wage bank account_no note row_key email
heir_name desil claim_programme start_month month_count"""
FIELDS = FIELD_WORDS.split()
SEXES = {
    **dict.fromkeys(("L", "LK", "Laki-laki", "1"), "L"),
    **dict.fromkeys(("P", "Perempuan", "Wanita", "2"), "P"),
}
SOUND: dict[str, Cell] = {
    "number": 1.0,
    "nik": "7171015203900001",
    "name": "Rina Wulur",
    "sex": "P",
    "birth_place": "Manado",
    "birth_date": ["d", "1990-03-12"],
    "village": "Molas",
    "district": "Bunaken",
    "phone": "081234567890",
    "mother_name": "Ibu Contoh",
    "heir_name": "Waris Contoh",
}


def reference(**changes: object) -> CheckReference:
    villages = [
        ("71.71.01.1001", "Bunaken", "Molas"),
        ("71.71.10.1001", "Bunaken Kepulauan", "Bunaken"),
        ("71.74.04.1001", "Kotamobagu Barat", "Mongkonai"),
    ]
    cities = [("71.71", "Kota Manado"), ("71.74", "Kota Kotamobagu")]
    values: dict[str, object] = {
        "region_lookup": place_index(villages, region_prefix="71.71"),
        "city_lookup": city_index(cities),
        "known_prefixes": frozenset({"71.71", "7174", "6404"}),
        "region_prefix": "71.71",
        "sexes": SEXES,
        "categories": {"VULNERABLE": "Pekerja Rentan", "UMKM": "UMKM"},
        "category": "VULNERABLE",
        "over_age": 65,
        "under_age": 17,
        "today": TODAY,
        "servant_words": frozenset({"ASN", "PNS", "TNI", "Polri", "Polisi", "Pegawai Negeri"}),
        "other_words": frozenset({"Non", "Pensiunan", "Pamong Praja"}),
        "highest_desil": 4,
        "programmes": frozenset({"JKK", "JKM"}),
        "months": (date(2026, 12, 1), 12),
        "village_names": {"71.71.01.1001": "Molas", "71.71.10.1001": "Bunaken"},
    }
    return CheckReference(**(values | changes))  # type: ignore[arg-type]  # tests vary one field


def columns(fields: list[str] = FIELDS) -> ColumnMap:
    return find_columns([fields], {field: [field] for field in [*FIELDS, "birth_place_date"]})


def checker(fields: list[str] = FIELDS, **changes: object) -> RowChecker:
    return RowChecker(columns(fields), reference(**changes), TODAY)


def in_blocks(
    within: RowChecker, sheet: str, rows: Iterable[tuple[int, Sequence[Cell]]]
) -> list[CheckedRow]:
    """Check many (row number, cells) of one sheet as a list in work does, many at once."""
    found, rest = CheckedColumns(), iter(rows)
    while part := list(islice(rest, AT_ONCE)):
        numbers, cells = zip(*part, strict=True)
        within.check_block(sheet, numbers, cells, found=found)
    return list(found.rows())


def check(within: RowChecker | None = None, /, **cells: Cell) -> CheckedRow:
    row = SOUND | cells
    return (within or checker()).check("Molas", 7, [row.get(field) for field in FIELDS])


def codes(**cells: Cell) -> set[str]:
    return {code.value for code in check(**cells).codes}
