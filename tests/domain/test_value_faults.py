"""Values that are written and not understood are told, each by its own code, and hold no row."""

from datetime import date

import pytest

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.row_issues import FIELD_OF_ISSUE, IssueCode
from tests.domain.row_samples import FIELDS, check, checker, codes

NO_MATTER: set[str] = set()


@pytest.mark.parametrize(
    ("field", "cell", "found"),
    [
        ("family_card_no", "7171 0112 0390 0009", NO_MATTER),
        ("family_card_no", None, NO_MATTER),
        ("family_card_no", "-", NO_MATTER),
        ("family_card_no", "717101120390000", {"FAMILY_CARD_FORMAT"}),
        ("family_card_no", "7171O11203900009", {"FAMILY_CARD_FORMAT"}),
        ("family_card_no", 7171011203900009.0, {"FAMILY_CARD_FORMAT"}),
        ("wage", "Rp1.500.000", NO_MATTER),
        ("wage", None, NO_MATTER),
        ("wage", "satu juta", {"WAGE_UNREADABLE"}),
        ("wage", ["d", "2026-01-01"], {"WAGE_UNREADABLE"}),
        ("account_no", "0012-3456-78", NO_MATTER),
        ("account_no", "1234567", {"ACCOUNT_FORMAT"}),
        ("account_no", "1" * 20, NO_MATTER),
        ("account_no", "1" * 21, {"ACCOUNT_FORMAT"}),
        ("account_no", "rek. 12345678", {"ACCOUNT_FORMAT"}),
        ("account_no", 12345678.0, {"ACCOUNT_FORMAT"}),
        ("email", "r.w@mail.contoh.id", NO_MATTER),
        ("email", None, NO_MATTER),
        ("email", "tidak ada", {"EMAIL_FORMAT"}),
        ("email", "r@contoh", {"EMAIL_FORMAT"}),
        ("email", "a@contoh.id, b@contoh.id", {"EMAIL_FORMAT"}),
        ("neighbourhood", "003/004", NO_MATTER),
        ("neighbourhood", 5.0, NO_MATTER),
        ("neighbourhood", "Lingkungan 4", NO_MATTER),
        ("neighbourhood", "RT 003 RW 04", NO_MATTER),
        ("neighbourhood", ["d", "2026-04-03"], {"NEIGHBOURHOOD_AS_DATE"}),
        ("neighbourhood", ["dt", "2026-04-03T00:00:00"], {"NEIGHBOURHOOD_AS_DATE"}),
        ("neighbourhood", "04-Mar", {"NEIGHBOURHOOD_AS_DATE"}),
        ("neighbourhood", "Mar-04", {"NEIGHBOURHOOD_AS_DATE"}),
        ("neighbourhood", "3-Agt-26", {"NEIGHBOURHOOD_AS_DATE"}),
        ("neighbourhood", 46115.0, {"NEIGHBOURHOOD_AS_DATE"}),
        ("heir_name", "Ani Rondo", NO_MATTER),
        ("heir_name", None, {"HEIR_MISSING"}),
        ("heir_name", " - ", {"HEIR_MISSING"}),
        ("heir_name", "#N/A", {"VALUE_LOST"}),
        ("desil", 4.0, NO_MATTER),
        ("desil", "Desil 1", NO_MATTER),
        ("desil", None, NO_MATTER),
        ("desil", 5.0, {"NOT_ELIGIBLE_DESIL"}),
        ("desil", "D10", {"NOT_ELIGIBLE_DESIL"}),
        ("desil", "miskin", {"NOT_ELIGIBLE_DESIL"}),
        ("desil", "0", {"NOT_ELIGIBLE_DESIL"}),
        ("start_month", "Desember 2026", NO_MATTER),
        ("start_month", "2026-12", NO_MATTER),
        ("start_month", "12/2026", NO_MATTER),
        ("start_month", "Des", NO_MATTER),
        ("start_month", ["d", "2026-12-15"], NO_MATTER),
        ("start_month", None, NO_MATTER),
        ("start_month", "Januari 2027", {"PERIOD_DIFFERS"}),
        ("start_month", "segera", {"PERIOD_DIFFERS"}),
        ("month_count", 12.0, NO_MATTER),
        ("month_count", "12 bulan", NO_MATTER),
        ("month_count", "6", {"PERIOD_DIFFERS"}),
        ("month_count", "setahun", {"PERIOD_DIFFERS"}),
        ("claim_programme", "JKK+JKM", NO_MATTER),
        ("claim_programme", "Jkm & jkk", NO_MATTER),
        ("claim_programme", "JKK+JKM+JHT", {"PROGRAMME_DIFFERS"}),
        ("claim_programme", "JKK", {"PROGRAMME_DIFFERS"}),
        ("claim_programme", "Jaminan Kecelakaan Kerja dan Jaminan Kematian", NO_MATTER),
        ("claim_programme", "2 Program", NO_MATTER),
        ("claim_programme", "3 program", {"PROGRAMME_DIFFERS"}),
        ("claim_programme", "dua program", {"PROGRAMME_DIFFERS"}),
        ("bank", "#N/A", {"VALUE_LOST"}),
        ("occupation", ["f", ""], {"VALUE_LOST"}),
    ],
)
def test_each_fault_has_its_code(field: str, cell: Cell, found: set[str]) -> None:
    row = check(**{field: cell})
    assert {code.value for code in row.codes} == found
    assert not row.is_held


def test_a_list_without_the_columns_is_not_asked_for_them() -> None:
    fields = [field for field in FIELDS if field not in ("heir_name", "sex", "mother_name")]
    row = checker(fields).check(
        "S", 2, [{"nik": "7171015203900001", "name": "RINA"}.get(f) for f in fields]
    )
    assert not {"HEIR_MISSING", "SEX_UNKNOWN"} & {code.value for code in row.codes}


def test_where_the_category_has_no_limit_a_desil_is_no_matter() -> None:
    assert check(checker(highest_desil=None), desil="9").codes == ()


def test_months_are_only_compared_with_those_of_a_batch() -> None:
    assert check(checker(months=None), start_month="Mei 2020", month_count="x").codes == ()


@pytest.mark.parametrize("text", ["Januari", "Jan", "1", "Januari 2027"])
def test_a_month_without_a_year_is_that_of_the_batch(text: str) -> None:
    next_year = checker(months=(date(2027, 1, 1), 12))
    assert check(next_year, start_month=text).codes == ()
    assert check(next_year, start_month="Februari").codes == (IssueCode.PERIOD_DIFFERS,)


def test_a_broken_cell_that_may_be_open_is_told_beside_one_that_may_not() -> None:
    assert codes(address="#N/A", note="#N/A") == {"CELL_ERROR", "VALUE_LOST"}


def test_each_new_code_names_its_column() -> None:
    assert FIELD_OF_ISSUE[IssueCode.HEIR_MISSING] == "heir_name"
    assert set(FIELD_OF_ISSUE.values()) <= {*FIELDS}
