"""The claims report: published figures, equal totals everywhere, periods, regions, filters."""

import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from bpjsdesk.domain.access import Role
from bpjsdesk.domain.agreements import Tranche
from bpjsdesk.domain.claims import ClaimDraft, Programme
from bpjsdesk.domain.report_values import ClaimsReport, ClaimsReportQuery
from bpjsdesk.errors import UserError
from bpjsdesk.services.claims import list_claims, move_claim
from bpjsdesk.services.claims_report import claims_report, claims_report_workbook
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.office import get_office, save_office
from bpjsdesk.services.overview import overview
from tests.services.conftest import AsRole
from tests.services.factories import a_draft, claimed, loaded, paid, saved

YEAR = ClaimsReportQuery(date_from=date(2025, 1, 1), date_to=date(2025, 12, 31))
MANADO = replace(YEAR, region_code="71.71")
REGIONS = (
    "71.71.07.1001", "71.71.07.1002", "71.71.01.1001", "71.71", "71.74.01.1005",
    "71.74.04.1001", None,
)  # fmt: skip


def figures(report: ClaimsReport) -> dict[str, tuple[int, int]]:
    return {row.code: (row.cases, row.amount) for row in report.by_category}


def test_the_best_published_reconciliation_is_met(office: AppContext) -> None:
    """Check domain.md 11.2 F11: 179 people, Rp4,533 miliar, every part of it."""
    parts = (("VULNERABLE", 46, 1_932), ("NON_ASN", 17, 714), ("VILLAGE_STAFF", 39, 1_638))
    segments = {"VULNERABLE": "SELF_EMPLOYED"}
    drafts: list[ClaimDraft] = []
    for category, cases, _ in parts:
        for _ in range(cases):
            draft = paid(len(drafts), date(2025, 5, 22), 42_000_000, category=category)
            drafts.append(replace(draft, segment=segments.get(category, "WAGE_EARNER")))
    for place in range(77):
        amount = 249_000_000 // 77 + (249_000_000 % 77 if place == 0 else 0)
        drafts.append(paid(len(drafts), date(2025, 6, 2), amount, programme=Programme.SCHOLARSHIP))
    loaded(office, drafts)
    report = claims_report(office, YEAR)
    assert (report.totals.cases, report.totals.amount) == (179, 4_533_000_000)
    programmes = {row.code: (row.cases, row.amount) for row in report.by_programme}
    assert programmes == {
        "JHT": (0, 0),
        "JKM": (102, 4_284_000_000),
        "JKK": (0, 0),
        "BEASISWA": (77, 249_000_000),
    }
    found = figures(report)
    assert found["NON_ASN"] == (17, 714_000_000)
    assert found["VILLAGE_STAFF"] == (39, 1_638_000_000)
    assert found["WAGE_EARNER"] == (56, 2_352_000_000)
    assert found["VULNERABLE"] == (46 + 77, 1_932_000_000 + 249_000_000)
    assert next(row for row in report.by_category if row.of_which).code == "VULNERABLE"
    assert report.notes[0].startswith("Beasiswa (77 pembayaran)")


def test_six_families_of_kotamobagu(office: AppContext) -> None:
    """Check domain.md 11.2 F12: 6 x 42 = 252 million."""
    place = "71.74.01.1005"
    loaded(
        office,
        [paid(n, date(2025, 4, 21), 42_000_000, region_code=place) for n in range(6)],
    )
    report = claims_report(office, replace(YEAR, region_code="71.74"))
    assert (report.totals.cases, report.totals.amount) == (6, 252_000_000)
    assert (report.region_name, report.government) == ("Kota Kotamobagu", "Pemerintah Kota")
    assert [(row.code, row.name) for row in report.by_region] == [("71.74.01", "Kotamobagu Utara")]
    assert claims_report(office, MANADO).totals.cases == 0


def many(count: int) -> list[ClaimDraft]:
    chance = random.Random(20261120)
    categories = ("VULNERABLE", "NON_ASN", "UMKM", "OTHER")
    return [
        paid(
            number,
            date(chance.choice((2024, 2025)), chance.randint(1, 12), chance.randint(1, 28)),
            chance.randint(1, 10**9),
            programme=chance.choice(list(Programme)),
            category=chance.choice(categories),
            segment=chance.choice(("SELF_EMPLOYED", "WAGE_EARNER", "CONSTRUCTION")),
            region_code=chance.choice(REGIONS),
        )
        for number in range(count)
    ]


@pytest.mark.parametrize("region", [None, "71", "71.71", "71.74", "71.71.07"])
@pytest.mark.parametrize("categories", [(), ("VULNERABLE",), ("UMKM", "OTHER")])
@pytest.mark.parametrize(
    "period",
    [
        (date(2025, 1, 1), date(2025, 12, 31)),
        (date(2025, 3, 10), date(2025, 9, 5)),
        (date(2024, 11, 1), date(2025, 2, 28)),
    ],
)
def test_totals_are_those_of_a_plain_count(
    busy_office: AppContext,
    region: str | None,
    categories: tuple[str, ...],
    period: tuple[date, date],
) -> None:
    query = ClaimsReportQuery(
        date_from=period[0], date_to=period[1], region_code=region, categories=categories
    )
    report = claims_report(busy_office, query)
    report.assert_consistent()

    def plain(first: date, last: date) -> tuple[int, int]:
        amounts = [
            claim.amount
            for claim in many(400)
            if claim.paid_on is not None
            and first <= claim.paid_on <= last
            and (region is None or (claim.region_code or "").startswith(region))
            and (not categories or claim.category in categories)
        ]
        return len(amounts), sum(amounts)

    totals = report.totals
    assert (totals.cases, totals.amount) == plain(*period)
    assert (totals.previous_cases, totals.previous_amount) == plain(*query.previous)
    assert sum(row.previous_amount or 0 for row in report.by_month) == totals.previous_amount
    inside = [row for row in report.by_category if row.of_which]
    assert sum(row.cases for row in inside) == totals.cases


@pytest.fixture
def busy_office(office: AppContext) -> AppContext:
    drafts = [
        replace(claim, participant_nik=claim.participant_nik[:12] + f"{number:04d}")
        for number, claim in enumerate(many(400))
    ]
    loaded(office, drafts)
    return office


def test_list_first_page_and_report_agree(busy_office: AppContext) -> None:
    for number in range(3):
        claimed(
            busy_office,
            paid(9000 + number, date(2026, number + 1, 1), 10**6 + number),
        )
    year = ClaimsReportQuery(date_from=date(2026, 1, 1), date_to=date(2026, 11, 20))
    totals = claims_report(busy_office, year).totals
    first_page = overview(busy_office)
    listed = [
        item
        for item in list_claims(busy_office, status="PAID", limit=1000)
        if item.paid_on is not None and item.paid_on.year == 2026
    ]
    assert (totals.cases, totals.amount) == (3, 3 * 10**6 + 3)
    assert (first_page.paid.cases, first_page.paid.amount) == (totals.cases, totals.amount)
    assert first_page.paid.previous_amount == totals.previous_amount
    assert (len(listed), sum(item.amount for item in listed)) == (totals.cases, totals.amount)
    assert sum(month.total for month in first_page.months[1:]) == totals.amount


def test_regions_are_told_as_finely_as_was_asked(busy_office: AppContext) -> None:
    everywhere = claims_report(busy_office, YEAR)
    assert everywhere.region_level == "Kecamatan"
    names = [row.name for row in everywhere.by_region]
    assert "Wanea, Kota Manado" in names
    assert names[-1] == "Wilayah belum dicatat"
    assert "Kota Manado, kecamatan belum dicatat" in names
    assert any("belum memiliki wilayah" in note for note in everywhere.notes)
    village = claims_report(busy_office, replace(YEAR, region_code="71.71.07"))
    assert village.region_level == "Kelurahan/Desa"
    assert [row.name for row in village.by_region] == ["Wanea", "Tanjung Batu"]


def test_only_paid_claims_count(office: AppContext) -> None:
    claim_id = claimed(office, paid(1, date(2025, 4, 1), 7))
    claimed(office, replace(paid(2, date(2025, 4, 1), 9), paid_on=None))
    assert claims_report(office, YEAR).totals.amount == 7
    move_claim(
        office, claim_id, to_status="REOPENED", version=1, request_id=new_request_id(), note="x"
    )
    assert claims_report(office, YEAR).totals.cases == 0


def test_every_month_is_told_with_the_one_a_year_before(office: AppContext) -> None:
    loaded(
        office,
        [paid(1, date(2025, 2, 3), 5), paid(2, date(2024, 2, 29), 4), paid(3, date(2024, 4, 1), 9)],
    )
    query = ClaimsReportQuery(date_from=date(2025, 1, 1), date_to=date(2025, 3, 31))
    months = claims_report(office, query).by_month
    assert [(row.month.month, row.cases, row.amount, row.previous_amount) for row in months] == [
        (1, 0, 0, 0),
        (2, 1, 5, 4),
        (3, 0, 0, 0),
    ]


def test_contributions_stand_beside_what_came_back(office: AppContext) -> None:
    tranche = Tranche(label="I", amount=100, paid_on=date(2026, 3, 1), paid_amount=100)
    agreement_id = saved(office, a_draft(tranches=(tranche,)))
    claimed(office, paid(1, date(2026, 5, 1), 42, agreement_id=agreement_id))
    query = ClaimsReportQuery(
        date_from=date(2026, 1, 1), date_to=date(2026, 12, 31), region_code="71.71"
    )
    report = claims_report(office, query)
    row = report.contributions[0]
    assert (row.category, row.heads) == ("Pekerja Rentan", 100)
    assert (row.contributions, row.benefits) == (100, 42)
    assert "Periode belum berakhir" in report.notes[-1]
    assert claims_report(office, replace(query, region_code="71.74")).contributions == ()


def test_requests_of_the_office_are_carried(office: AppContext) -> None:
    letterhead = replace(get_office(office), requests_text="Satu.\n\n Dua. ")
    save_office(office, letterhead, request_id=new_request_id())
    assert claims_report(office, YEAR).requests == ("Satu.", "Dua.")


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (replace(YEAR, date_to=date(2024, 12, 31)), "PERIOD_REVERSED"),
        (replace(YEAR, region_code="99"), "REGION_UNKNOWN"),
        (replace(YEAR, categories=("NOBODY",)), "CATEGORY_UNKNOWN"),
    ],
)
def test_a_question_without_sense_is_refused(
    office: AppContext, query: ClaimsReportQuery, code: str
) -> None:
    with pytest.raises(UserError) as refused:
        claims_report(office, query)
    assert refused.value.code == code


def test_the_workbook_holds_the_same_totals(busy_office: AppContext, tmp_path: Path) -> None:
    report = claims_report(busy_office, YEAR)
    out = tmp_path / "laporan.xlsx"
    claims_report_workbook(busy_office, report, out)
    book = openpyxl.load_workbook(out)
    assert len(book.worksheets) == 4
    for sheet in book.worksheets:
        totals = [row for row in sheet.iter_rows(values_only=True) if row[0] == "Jumlah"]
        assert [row[1:3] for row in totals] == [(report.totals.cases, report.totals.amount)]


@pytest.mark.parametrize("role", list(Role))
def test_who_may_read_and_export_the_report(
    office: AppContext, as_role: AsRole, role: Role, tmp_path: Path
) -> None:
    context = as_role(role)
    report = claims_report(office, YEAR)
    if role is Role.ADMIN:
        with pytest.raises(UserError, match="NOT_PERMITTED"):
            claims_report(context, YEAR)
        with pytest.raises(UserError, match="NOT_PERMITTED"):
            claims_report_workbook(context, report, tmp_path / "x.xlsx")
    else:
        claims_report_workbook(context, claims_report(context, YEAR), tmp_path / "x.xlsx")
