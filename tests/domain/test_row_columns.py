"""Rows checked column by column get the answers that they get one by one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.check_memory import CheckMemory
from bpjsdesk.domain.checked_row import CheckedRow
from bpjsdesk.domain.columns import ColumnMap, DateOrder
from bpjsdesk.domain.row_check import IssueCode, RowChecker, RowKind
from bpjsdesk.domain.row_columns import UsualRows
from bpjsdesk.domain.row_issues import Level, Levels
from bpjsdesk.domain.row_layout import layout_of
from tests.domain.row_samples import FIELDS, SOUND, TODAY, checker, columns, in_blocks, reference

ROWS = 2500
# By field, what clerks write; the first values are the usual ones.
CELLS: dict[str, list[Cell]] = {
    "number": [1.0, "2", None],
    "name": [
        *("RINA WULUR", "BUDI", "Siti Aminah", "H. RINA, S.Pd", "DR BUDI", "  RINA  WULUR", "'Ani"),
        *(None, "", "-", "12345", "#N/A", "MA'RUF", "José", "straße", "A\nB", "\n", 5.0, True),
        *(["e", "#REF!"], ["f", ""], "Err:502", "X" * 300),
        *("BUD1 RONDO", "1. BUDI", "Y" * 100, "Z " * 51),
    ],
    "birth_place": ["Manado", None, "Bitung ", "-", 5.0, ["d", "2020-01-01"]],
    "address": [
        *("Jl. Mawar No. 1", "Jl.  Mawar", " Jl. Mawar", "'Jl. Mawar", "#REF!", "-", ".", "–", ""),
        *("Err:509", "a:5", "tab\there", "\x7f", "\x00x", "Ÿ", "\u200bx", "\ud800", 12.0, False),
        *(None, ["e", "#N/A"], ["f", ""], ["t", "10:00"]),
    ],
    "neighbourhood": ["003/004", 5.0, ["d", "2026-03-02"], None],
    "village": ["Molas", "MOLAS", "Kel. Molas", "Mongkonai", "Rekaan", None, "#N/A", ["f", ""]],
    "district": ["Bunaken", None, "Bunaken Kepulauan", "Kec. Bunaken"],
    "city": [None, "Kota Manado", "Kota Kotamobagu", "Mdo"],
    "category": ["PEKERJA RENTAN", "vulnerable", None, "UMKM", "#REF!", ["f", ""]],
    "occupation": ["Nelayan", "Petani", None, "PNS", "-", ["e", "#N/A"]],
    "mother_name": ["Ibu Contoh", None, "-", " Ibu", "#N/A"],
    "wage": ["Rp1.500.000", 1500000.0, "x", None, "1.355,90"],
    "bank": ["BSG", None, "#N/A"],
    "account_no": [
        *("0012345678", 12345678.0, None, "-", ["f", ""], "0012-3456-78", "1234567", "1" * 21),
        *("rek 123", "12345678 ", "#N/A"),
    ],
    "note": [None, "baru", ["e", "#N/A"]],
    "row_key": [None, "k1"],
    "email": [
        *(None, "r@example.test", "R.W@mail.example.test", "r@example", "r example.test", "@", "-"),
        *("#N/A", "a@b.id, c@d.id", 5.0, "a@b.id "),
    ],
    "heir_name": ["Waris Contoh", None, "-", " Waris", "#N/A", ["f", ""], 5.0],
    "desil": [1.0, 4, "Desil 4", "5", "x", None, "D2", ["d", "2026-04-01"], "#N/A"],
    "start_month": [
        *("Desember 2026", "12/2026", "2026-12", ["d", "2026-12-01"], None, "Desember", "12"),
        *("Januari 2027", "kapan saja", "2026-13", ["d", "2027-01-01"], "Des-26", "#N/A"),
    ],
    "claim_programme": ["JKK+JKM", "JKM, JKK", "jkk dan jkm", "JKK", "dua", None, 5.0, "#N/A"],
    "month_count": [12.0, "12", "12 bulan", 6.0, "setahun", None, "#N/A"],
}
BORN_OTHERWISE: list[Cell] = [
    *(None, "-", "kemarin", "31-02-1990", True, 1e300, float("nan"), 32944.0, "12-03-1990"),
    *("03/12/1990", "19900312", ["d", "1899-12-31"], ["d", "2031-01-01"], ["d", "1950-01-01"]),
    *(["d", "2015-03-12"], ["d", "19900312"], ["d", "1990-W11-1"], ["d", "x"], ["e", "#N/A"]),
    *(["dt", "1990-03-12T00:00:00"], ["t", "10:00"], ["f", ""], "#VALUE!", "12 Maret 1990"),
]
NIK_OTHERWISE: list[Cell] = [
    *(None, "", "-", "1111111111111111", "1234567890123456", "7171015203900000", "#N/A", 5.0, True),
    *(7171015203900001.0, "717101520390001", "71710152039000011", "7171O15203900001"),
    *("٧١٧١٠١٥٢٠٣٩٠٠٠٠١", "7.17E+15", "0099015203900001", "7171017203900001"),
    *("7171015203900001\n", ["e", "#N/A"], ["f", ""], ["d", "1990-03-12"]),
]
PHONE_OTHERWISE: list[Cell] = [
    *(None, "-", "abc", "081234567890", "+62 812 3456 7890", 81234567890.0, "0431851234", ""),
    *("08123", "08123456789012345", "081234567890\n", ["f", ""], "#N/A"),
]
NO_PERSON: list[list[Cell]] = [
    [],
    [None, None, None],
    ["JUMLAH", 37.0],
    [None, "Mengetahui,"],
    [None, "Manado, 20 November 2026"],
    [None, "Lurah Molas"],
    ["NO", *FIELDS[1:8]],
    [float(number) for number in range(1, 20)],
    ["x"] * 5,
]
OF_A_ROW = {
    *(IssueCode.NIK_MISSING, IssueCode.NIK_FORMAT, IssueCode.NIK_AS_NUMBER, IssueCode.NIK_DATE),
    *(IssueCode.NIK_FILLER, IssueCode.NIK_REGION_UNKNOWN, IssueCode.SERIAL_ZERO),
    *(IssueCode.NAME_MISSING, IssueCode.DOB_UNREADABLE, IssueCode.OVER_AGE, IssueCode.UNDER_AGE),
    *(IssueCode.NIK_DOB_MISMATCH, IssueCode.NIK_SEX_MISMATCH, IssueCode.CATEGORY_UNKNOWN),
    *(IssueCode.FORMULA_NO_VALUE, IssueCode.CELL_ERROR),
    *(IssueCode.PHONE_FORMAT, IssueCode.NO_PHONE),
    *(IssueCode.NIK_IS_FAMILY_CARD, IssueCode.NO_MOTHER_NAME),
    *(IssueCode.IS_ASN_TNI_POLRI, IssueCode.OCCUPATION_UNKNOWN),
    *(IssueCode.REGION_UNMAPPED, IssueCode.OUT_OF_REGION),
    *(IssueCode.NAME_WITH_DIGIT, IssueCode.NAME_TOO_LONG, IssueCode.SEX_UNKNOWN),
    *(IssueCode.FAMILY_CARD_FORMAT, IssueCode.ACCOUNT_FORMAT, IssueCode.EMAIL_FORMAT),
    *(IssueCode.WAGE_UNREADABLE, IssueCode.NEIGHBOURHOOD_AS_DATE, IssueCode.HEIR_MISSING),
    *(IssueCode.NOT_ELIGIBLE_DESIL, IssueCode.PERIOD_DIFFERS, IssueCode.VALUE_LOST),
    IssueCode.PROGRAMME_DIFFERS,
}
MEANINGS = {"occupation": {"NELAYAN": "Nelayan Kecil"}, "category": {"X": "VULNERABLE"}}
LAYOUTS: list[list[str]] = [
    FIELDS,
    [field for field in FIELDS if field not in ("category", "city", "row_key")],
    ["phone", "sex", "birth_date", "name", "nik", "village"],
    ["nik", "name", "birth_date", "sex", "city"],
    ["nik", "name", "birth_date", "sex"],
    ["nik", "name", "birth_date", "phone"],
    ["nik", "name", "sex", "birth_place_date", "phone"],
    ["nik", "name"],
]


class Clerk:
    """Writes rows, mostly as they should be; `care` is the share of cells that are."""

    def __init__(self, seed: int, care: float) -> None:
        self._dice = Random(seed)
        self._care = care
        self._niks: list[Cell] = []
        self._phones: list[Cell] = []
        self._next = 0

    def rows(self, fields: Sequence[str], count: int) -> list[list[Cell]]:
        return [self._row(fields) for _ in range(count)]

    def _row(self, fields: Sequence[str]) -> list[Cell]:
        dice = self._dice
        if dice.random() < 0.03:
            return list(dice.choice(NO_PERSON))
        person = self._person()
        cells = [person[field] for field in fields]
        cut = dice.random()
        if cut < 0.02:
            return cells[: dice.randrange(len(cells))]
        return [*cells, "lebih"] if cut < 0.04 else cells

    def _person(self) -> dict[str, Cell]:
        self._next += 1
        sex, day = self._dice.choice("LP"), self._dice.randrange(1, 29)
        month, year = self._dice.randrange(1, 13), self._dice.randrange(1964, 2008)
        nik = f"717101{day + (40 if sex == 'P' else 0):02d}{month:02d}{year % 100:02d}"
        nik += f"{self._next % 9999 + 1:04d}"
        born = self._dice.choice((["d", f"{year}-{month:02d}-{day:02d}"],) * 3)
        person = {field: self._cell(values) for field, values in CELLS.items()}
        person["nik"] = self._or(self._or(nik, self._niks), NIK_OTHERWISE)
        person["phone"] = self._or(self._or(f"0812{self._next:07d}", self._phones), PHONE_OTHERWISE)
        person["birth_date"] = self._or(born, BORN_OTHERWISE)
        person["birth_place_date"] = self._or(f"Manado, {day}-{month}-{year}", BORN_OTHERWISE)
        person["sex"] = self._or(sex, ["L", "P", "Perempuan", None, "?", 1.0, ["f", ""]])
        person["family_card_no"] = self._or(
            f"7171010101{self._next:06d}",
            [nik, None, "123", 7171011203900009.0, "7171 0112 0390 0009"],
        )
        self._niks += [nik, f"{nik[:6]} {nik[6:12]} {nik[12:]}", f"'{nik}"]
        self._phones += [f"0812{self._next:07d}", f"+62812{self._next:07d}"]
        return person

    def _cell(self, values: Sequence[Cell]) -> Cell:
        return self._or(values[0], values)

    def _or(self, usual: Cell, others: Sequence[Cell]) -> Cell:
        if not others or self._dice.random() < self._care:
            return usual
        # what was written last is the likeliest to be written again
        return self._dice.choice(others[-30:])


def one_by_one(within: RowChecker, sheet: str, rows: Sequence[Sequence[Cell]]) -> list[CheckedRow]:
    return [within.check(sheet, number, cells) for number, cells in enumerate(rows, 2)]


def together(within: RowChecker, sheet: str, rows: Sequence[Sequence[Cell]]) -> list[CheckedRow]:
    return in_blocks(within, sheet, enumerate(rows, 2))


def same(first: Sequence[CheckedRow], second: Sequence[CheckedRow]) -> None:
    """Compare as texts, too: a number that is no number is not equal to itself."""
    assert list(map(repr, first)) == list(map(repr, second))
    assert {type(row) for row in second} == {CheckedRow}


@pytest.mark.parametrize("care", [0.999, 0.98, 0.6])
@pytest.mark.parametrize("fields", LAYOUTS, ids=lambda fields: "-".join(fields[:5]))
def test_columns_answer_like_rows(fields: list[str], care: float) -> None:
    rows = Clerk(round(care * 1000), care).rows(fields, ROWS)
    same(one_by_one(checker(fields), "S", rows), together(checker(fields), "S", rows))


def test_the_rows_compared_hold_every_fault_and_mostly_none() -> None:
    dirty = together(checker(meanings=MEANINGS), "S", Clerk(600, 0.6).rows(FIELDS, ROWS))
    found = Counter(code for row in dirty for code in row.codes)
    assert found.keys() >= OF_A_ROW
    assert {row.kind for row in dirty} == set(RowKind)
    clean = Clerk(999, 0.999).rows(FIELDS, ROWS)
    usual = UsualRows(CheckMemory(reference(), TODAY), layout_of(columns().fields))
    made, odd = usual.settle("S", range(2, ROWS + 2), clean)
    assert len(made) == len(CheckedRow._fields)
    assert len(odd) < ROWS // 10


def test_columns_answer_like_rows_by_other_rules_too() -> None:
    levels = Levels.of({IssueCode.NO_PHONE: Level.ERROR, IssueCode.NO_MOTHER_NAME: Level.OFF})
    rows = Clerk(77, 0.9).rows(FIELDS, ROWS)
    rules = ({"meanings": MEANINGS}, {"levels": levels}, {"over_age": None, "under_age": None})
    for changed in rules:
        long, short = checker(**changed), checker(**changed)
        same(one_by_one(long, "S", rows), together(short, "S", rows))


def test_sheets_with_other_columns_answer_alike_and_remember_each_other() -> None:
    clerk = Clerk(5, 0.97)
    sheets = [(fields, clerk.rows(fields, 300)) for fields in LAYOUTS * 2]
    long, short = checker(), checker()
    for at, (fields, rows) in enumerate(sheets):
        order = DateOrder.MONTH_FIRST if at % 3 == 0 else DateOrder.DAY_FIRST
        for within in (long, short):
            within.use_columns(with_order(fields, order))
        same(one_by_one(long, f"S{at}", rows), together(short, f"S{at}", rows))


def with_order(fields: list[str], order: DateOrder) -> ColumnMap:
    return replace(columns(fields), date_order=order)


@pytest.mark.parametrize("cell", [12345.0, True, None, ["d", "2020-01-01"], ["e", "#N/A"], "A\nB"])
def test_a_name_that_is_too_long_stands_beside_one_that_is_no_text(cell: Cell) -> None:
    names = (cell, "B" * 101, "SITI LUMI")
    rows = [[(SOUND | {"name": name}).get(field) for field in FIELDS] for name in names]
    same(one_by_one(checker(), "S", rows), together(checker(), "S", rows))
