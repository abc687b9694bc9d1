"""The chart names its finding and stays readable for any run of months."""

from dataclasses import replace
from datetime import date

from bpjsdesk.domain.report_values import MonthRow
from bpjsdesk.reports.charts import monthly_chart
from tests.reports.claims_samples import KOTAMOBAGU


def months(count: int, amount: int = 10**6) -> list[MonthRow]:
    return [
        MonthRow(month=date(2020 + number // 12, number % 12 + 1, 1), cases=1, amount=amount)
        for number in range(count)
    ]


def test_the_heading_names_the_highest_month() -> None:
    chart = monthly_chart(KOTAMOBAGU.by_month, name="2025", previous_name="2024")

    assert chart is not None
    assert chart.finding() == "Pembayaran tertinggi pada Agustus: Rp1,5 miliar"
    assert [bar.label for bar in chart.bars][-1] == "Nov"


def test_one_month_or_nothing_paid_needs_no_chart() -> None:
    assert monthly_chart(months(1), name="", previous_name="") is None
    assert monthly_chart(months(6, amount=0), name="", previous_name="") is None


def test_many_months_are_summed_by_year() -> None:
    chart = monthly_chart(months(30), name="", previous_name="")

    assert chart is not None
    assert [(bar.label, bar.amount) for bar in chart.bars] == [
        ("2020", 12 * 10**6),
        ("2021", 12 * 10**6),
        ("2022", 6 * 10**6),
    ]


def test_the_first_of_equal_months_is_named() -> None:
    rows = months(3)
    rows[1] = replace(rows[1], amount=5 * 10**6)
    rows[2] = replace(rows[2], amount=5 * 10**6)

    chart = monthly_chart(rows, name="", previous_name="")

    assert chart is not None
    assert chart.best == 1
