"""Groups of payments folded into tables that add up."""

from datetime import date

from bpjsdesk.domain.claim_totals import (
    AgreementMoney,
    PaidGroup,
    Part,
    ReportNames,
    fold_report,
    region_codes,
)
from bpjsdesk.domain.overview import MonthBenefits
from bpjsdesk.domain.report_values import ClaimsReport, ClaimsReportQuery

QUERY = ClaimsReportQuery(date_from=date(2026, 1, 1), date_to=date(2026, 2, 28))


def folded(districts: list[str], *money: AgreementMoney) -> ClaimsReport:
    count = len(districts)
    groups = [
        PaidGroup(Part.NOW, "2026-01", "JKM", "SELF_EMPLOYED", "VULNERABLE", "", count, count * 5),
        *(PaidGroup(Part.REGION, "", "", "", "", code, 1, 5) for code in districts),
    ]
    names = ReportNames(
        regions={"71.01": "Kabupaten A", "71.02": "Kabupaten B"},
        categories={"VULNERABLE": "Pekerja Rentan"},
        region=None,
        requests=(),
        today=date(2026, 11, 20),
    )
    assert {code[:5] for code in districts} <= region_codes(groups)
    return fold_report(QUERY, groups, list(money), names)


def test_a_province_is_told_by_its_cities() -> None:
    districts = [f"71.0{1 + n % 2}.{n:02d}" for n in range(50)]
    report = folded(districts)
    assert report.region_level == "Kabupaten/Kota"
    assert [(row.name, row.cases) for row in report.by_region] == [
        ("Kabupaten A", 25),
        ("Kabupaten B", 25),
    ]


def test_a_few_districts_are_told_one_by_one() -> None:
    report = folded(["71.01.01", "71.02.01"])
    assert [row.name for row in report.by_region] == [
        "71.01.01, Kabupaten A",
        "71.02.01, Kabupaten B",
    ]


def test_many_categories_of_an_agreement_are_cut_short() -> None:
    money = AgreementMoney(("A", "B", "A", "C", "D", "E"), 9, 100, 50)
    assert folded(["71.01.01"], money).contributions[0].category == "A, B, C, dan 2 lainnya"


def test_the_total_of_a_month_is_the_sum_of_its_programmes() -> None:
    assert MonthBenefits(month=date(2026, 1, 1), amounts=(1, 2, 3)).total == 6
