"""The claims report shows the same totals in every table, on two pages, and its finding first."""

from dataclasses import replace
from datetime import date

import pytest

from bpjsdesk.domain.report_values import ClaimsReport, ClaimsReportQuery, Paper
from bpjsdesk.reports.claims_report import render_claims_report
from tests.reports.claims_samples import KOTAMOBAGU, STRESSED_REPORT, province
from tests.reports.pdf_checks import faults, loose_fonts, text, texts
from tests.reports.samples import (
    LETTERHEAD,
    LONG_LETTERHEAD,
    LONG_MAKER,
    LONG_SIGNER,
    MAKER,
    SIGNER,
    a_stamp,
)

STAMP = a_stamp("LPK-7174-2025-011", date(2025, 12, 1))


def render(report: ClaimsReport, paper: Paper = Paper.A4) -> bytes:
    return render_claims_report(report, LETTERHEAD, STAMP, paper=paper, signatories=(MAKER, SIGNER))


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("report", [KOTAMOBAGU, STRESSED_REPORT])
def test_the_report_is_two_sound_pages(report: ClaimsReport, paper: Paper) -> None:
    pdf = render_claims_report(
        report, LONG_LETTERHEAD, STAMP, paper=paper, signatories=(LONG_MAKER, LONG_SIGNER)
    )

    assert len(texts(pdf)) == 2
    assert faults(pdf) == []
    assert loose_fonts(pdf) == []


def test_the_first_page_says_the_result_and_compares_it() -> None:
    first = texts(render(KOTAMOBAGU))[0]

    for words in (
        "Kota Kotamobagu, 1 Januari s.d. 30 November 2025",
        "mencapai Rp12,9 miliar untuk 1.009 kasus, naik 11,0% dari periode yang sama tahun 2024.",
        "Rp504 juta",
        "JKK Jaminan Kecelakaan Kerja 38 1.046.318.450 44 1.193.540.275 −147.221.825 −12,3%",
        "Jumlah 1.009 12.912.261.540 943 11.629.368.525 +1.282.893.015 +11,0%",
        "Terbilang: dua belas miliar sembilan ratus dua belas juta",
        "Gambar 1. Pembayaran tertinggi pada Agustus: Rp1,5 miliar",
        "Periode menurut tanggal pembayaran. Satu kasus adalah satu pembayaran.",
        "Halaman 1 dari 2",
    ):
        assert words in first


def test_every_table_ends_in_the_same_totals() -> None:
    pages = texts(render(KOTAMOBAGU))

    assert "Jumlah 1.009 12.912.261.540" in pages[0]
    assert pages[1].count("Jumlah 1.009 Rp12.912.261.540 100,0%") == 2
    assert "di antaranya Pekerja rentan, iuran dibayar APBD 12 504.000.000 3,9%" in pages[1]
    assert "Jumlah 6.050 933.240.000 1.000.000.000 +66.760.000 1,07" in pages[1]
    assert "Dukungan yang dimohonkan kepada Pemerintah Kota" in pages[1]
    assert SIGNER.name in pages[1]


def test_tables_that_do_not_add_up_are_not_printed() -> None:
    wrong = replace(KOTAMOBAGU, by_region=KOTAMOBAGU.by_region[:-1])

    with pytest.raises(ValueError, match="by_region"):
        render(wrong)


def test_many_kecamatan_stand_in_an_annex_with_the_same_total() -> None:
    pdf = render(province())
    pages = texts(pdf)

    assert len(pages) == 5
    assert "160 kecamatan lainnya (lampiran)" in pages[1]
    assert SIGNER.name in pages[1]
    assert "Lampiran. Seluruh kecamatan" in pages[2]
    assert "Tanpa wilayah" in pages[4]
    assert "Jumlah 1.009 Rp12.912.261.540 100,0%" in pages[4]
    assert faults(pdf, pages=5) == []


def test_sections_without_figures_vanish() -> None:
    bare = replace(
        KOTAMOBAGU,
        by_category=(),
        by_region=(),
        by_month=(),
        contributions=(),
        beneficiaries=(),
        notes=(),
        requests=(),
    )

    pdf = render(bare)

    assert len(texts(pdf)) == 1
    for absent in ("Tabel 2", "Gambar 1", "Penerima manfaat", "Catatan data", "Dukungan"):
        assert absent not in text(pdf)
    assert "Tabel 1" in text(pdf)


def test_a_year_without_payments_is_no_growth_in_percent() -> None:
    rows = tuple(
        replace(row, previous_cases=0, previous_amount=0) for row in KOTAMOBAGU.by_programme
    )
    totals = replace(KOTAMOBAGU.totals, previous_cases=0, previous_amount=0)

    page = text(render(replace(KOTAMOBAGU, by_programme=rows, totals=totals)))

    assert "tidak ada pembayaran pada periode yang sama tahun 2024." in page
    assert "tidak ada pembanding" in page


def test_nothing_paid_at_all_still_gives_a_page() -> None:
    rows = tuple(
        replace(row, cases=0, amount=0, previous_cases=0, previous_amount=0)
        for row in KOTAMOBAGU.by_programme
    )
    totals = replace(KOTAMOBAGU.totals, cases=0, amount=0, previous_cases=0, previous_amount=0)
    empty = replace(
        KOTAMOBAGU,
        by_programme=rows,
        totals=totals,
        by_category=(),
        by_region=(),
        by_month=tuple(
            replace(row, cases=0, amount=0, previous_amount=0) for row in KOTAMOBAGU.by_month
        ),
        contributions=(),
    )

    page = text(render(empty))

    assert "Jumlah 0 0 0 0 nihil –" in page
    assert "Gambar 1" not in page


def test_a_period_over_new_year_names_both_years() -> None:
    query = ClaimsReportQuery(date_from=date(2024, 7, 1), date_to=date(2025, 6, 30))
    months = tuple(
        replace(row, month=date(2024 + (number + 6) // 12, (number + 6) % 12 + 1, 1))
        for number, row in enumerate(KOTAMOBAGU.by_month)
    )

    page = text(render(replace(KOTAMOBAGU, query=query, by_month=months)))

    assert "1 Juli 2024 s.d. 30 Juni 2025" in page
    assert "dari periode 1 Juli 2023 s.d. 30 Juni 2024." in page
    assert "Jul 24" in page
    assert "Pembayaran tertinggi pada Februari 2025" in page


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        (date(2025, 1, 1), date(2025, 2, 28), (date(2024, 1, 1), date(2024, 2, 29))),
        (date(2024, 2, 29), date(2024, 2, 29), (date(2023, 2, 28), date(2023, 2, 28))),
        (date(2025, 1, 1), date(2025, 11, 30), (date(2024, 1, 1), date(2024, 11, 30))),
    ],
)
def test_the_same_period_a_year_before_ends_with_its_month(
    first: date, last: date, before: tuple[date, date]
) -> None:
    assert ClaimsReportQuery(date_from=first, date_to=last).previous == before


def test_the_same_report_gives_the_same_bytes() -> None:
    assert render(KOTAMOBAGU) == render(KOTAMOBAGU)
