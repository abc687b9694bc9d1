"""Made-up claims reports, as in the pictures of the bar, and their worst cases."""

from dataclasses import replace
from datetime import date

from bpjsdesk.domain.report_values import (
    CategoryRow,
    ClaimsReport,
    ClaimsReportQuery,
    ClaimTotals,
    ContributionRow,
    LabelledText,
    MonthRow,
    ProgrammeRow,
    RegionRow,
)
from tests.reports.samples import REGION

_PROGRAMMES = (
    ("JHT", "Jaminan Hari Tua", 742, 8_470_912_390, 698, 7_606_306_150),
    ("JKM", "Jaminan Kematian", 71, 2_694_000_000, 59, 2_222_000_000),
    ("JKK", "Jaminan Kecelakaan Kerja", 38, 1_046_318_450, 44, 1_193_540_275),
    ("JP", "Jaminan Pensiun", 96, 412_380_700, 83, 331_904_600),
    ("JKP", "Jaminan Kehilangan Pekerjaan", 21, 189_650_000, 26, 201_117_500),
    ("", "Beasiswa", 41, 99_000_000, 33, 74_500_000),
)
_CATEGORIES = (
    ("Penerima Upah, badan usaha", 846, 10_197_731_540, False, ""),
    ("Penerima Upah, Non-ASN penyelenggara negara", 63, 1_084_516_300, False, ""),
    ("Bukan Penerima Upah (BPU)", 82, 1_368_013_700, False, ""),
    ("Pekerja rentan", 12, 504_000_000, True, "iuran dibayar APBD"),
    ("Jasa Konstruksi", 14, 198_000_000, False, ""),
    ("Pekerja Migran Indonesia", 4, 64_000_000, False, ""),
)
_DISTRICTS = (
    ("71.74.03", "Kotamobagu Barat", 412, 5_521_380_240),
    ("71.74.02", "Kotamobagu Selatan", 247, 3_018_744_900),
    ("71.74.01", "Kotamobagu Timur", 206, 2_477_091_800),
    ("71.74.04", "Kotamobagu Utara", 144, 1_895_044_600),
)
_MILLIONS = (
    (912, 804),
    (1_021, 951),
    (1_187, 1_102),
    (934, 1_240),
    (1_268, 988),
    (1_103, 1_071),
    (1_214, 1_167),
    (1_518, 1_093),
    (1_247, 1_186),
    (1_296, 1_044),
)


def _months(cases: int, amount: int, previous_amount: int) -> tuple[MonthRow, ...]:
    """Return eleven months; the last one is what is left, so that the sum is exact."""
    rows = [
        MonthRow(
            month=date(2025, number, 1),
            cases=cases // 11,
            amount=now * 10**6,
            previous_amount=before * 10**6,
        )
        for number, (now, before) in enumerate(_MILLIONS, 1)
    ]
    rows.append(
        MonthRow(
            month=date(2025, 11, 1),
            cases=cases - 10 * (cases // 11),
            amount=amount - sum(row.amount for row in rows),
            previous_amount=previous_amount - sum(row.previous_amount or 0 for row in rows),
        )
    )
    return tuple(rows)


def _a_report() -> ClaimsReport:
    programmes = tuple(
        ProgrammeRow(
            code=code,
            name=name,
            cases=cases,
            amount=amount,
            previous_cases=previous_cases,
            previous_amount=previous_amount,
        )
        for code, name, cases, amount, previous_cases, previous_amount in _PROGRAMMES
    )
    totals = ClaimTotals(
        cases=sum(row.cases for row in programmes),
        amount=sum(row.amount for row in programmes),
        previous_cases=sum(row.previous_cases for row in programmes),
        previous_amount=sum(row.previous_amount for row in programmes),
    )
    return ClaimsReport(
        region_name="Kota Kotamobagu",
        query=ClaimsReportQuery(
            date_from=date(2025, 1, 1), date_to=date(2025, 11, 30), region_code="71.74"
        ),
        data_as_of=date(2025, 11, 30),
        totals=totals,
        by_programme=programmes,
        by_category=tuple(
            CategoryRow(
                code=str(number), name=name, cases=cases, amount=amount, of_which=part, remark=note
            )
            for number, (name, cases, amount, part, note) in enumerate(_CATEGORIES)
        ),
        by_region=tuple(
            RegionRow(code=code, name=name, cases=cases, amount=amount)
            for code, name, cases, amount in _DISTRICTS
        ),
        by_month=_months(totals.cases, totals.amount, totals.previous_amount),
        government="Pemerintah Kota",
        contributions=_CONTRIBUTIONS,
        beneficiaries=_BENEFICIARIES,
        notes=_NOTES,
        requests=_REQUESTS,
    )


_CONTRIBUTIONS = (
    ContributionRow(
        category="Pekerja rentan (JKK + JKM)",
        heads=3_250,
        contributions=600_600_000,
        benefits=504_000_000,
    ),
    ContributionRow(
        category="Non-ASN (JKK + JKM)",
        heads=2_116,
        contributions=251_380_800,
        benefits=412_000_000,
    ),
    ContributionRow(
        category="Perangkat kelurahan, RT/RW (JKK + JKM)",
        heads=684,
        contributions=81_259_200,
        benefits=84_000_000,
    ),
)
_BENEFICIARIES = (
    LabelledText(label="Ahli waris JKM", text="71 keluarga"),
    LabelledText(label="Anak penerima beasiswa", text="41 anak\nSD 22 · SMP 9 · SMA 8 · PT 2"),
    LabelledText(label="Kembali bekerja", text="3 peserta JKK"),
    LabelledText(label="Waktu layanan JKM", text="rata-rata 2,4 hari kerja"),
)
_NOTES = (
    "Jumlah disajikan dalam rupiah penuh; persentase dibulatkan satu desimal.",
    "Pekerja rentan: 12 kasus JKM, masing-masing Rp42.000.000.",
    "Beasiswa dicatat tersendiri dan tidak termasuk dalam baris JKK dan JKM.",
)
_REQUESTS = (
    "Anggaran iuran pekerja rentan tahun 2026 ditetapkan sejak Januari agar perlindungan tidak "
    "terputus.",
    "Daftar nama pengganti bagi peserta yang meninggal, pindah, atau sudah bekerja pada badan "
    "usaha.",
    "Imbauan Wali Kota kepada badan usaha yang belum mendaftarkan seluruh pekerjanya.",
)

KOTAMOBAGU = _a_report()


def scaled(report: ClaimsReport, *, cases: int, rupiah: int) -> ClaimsReport:
    """Return the report with every count and every amount multiplied."""
    return replace(
        report,
        region_name=REGION,
        totals=ClaimTotals(
            cases=report.totals.cases * cases,
            amount=report.totals.amount * rupiah,
            previous_cases=report.totals.previous_cases * cases,
            previous_amount=report.totals.previous_amount * rupiah,
        ),
        by_programme=tuple(
            replace(
                row,
                cases=row.cases * cases,
                amount=row.amount * rupiah,
                previous_cases=row.previous_cases * cases,
                previous_amount=row.previous_amount * rupiah,
            )
            for row in report.by_programme
        ),
        by_category=tuple(
            replace(row, cases=row.cases * cases, amount=row.amount * rupiah)
            for row in report.by_category
        ),
        by_region=tuple(
            replace(row, cases=row.cases * cases, amount=row.amount * rupiah)
            for row in report.by_region
        ),
        by_month=tuple(
            replace(
                row,
                cases=row.cases * cases,
                amount=row.amount * rupiah,
                previous_amount=(row.previous_amount or 0) * rupiah,
            )
            for row in report.by_month
        ),
        contributions=tuple(
            replace(row, contributions=row.contributions * rupiah, benefits=row.benefits * rupiah)
            for row in report.contributions
        ),
    )


STRESSED_REPORT = scaled(KOTAMOBAGU, cases=2900, rupiah=1090)


def province(count: int = 171) -> ClaimsReport:
    """Return a report over many kecamatan, one of them unknown."""
    each = KOTAMOBAGU.totals.amount // count
    rows = [
        RegionRow(
            code=f"71.{number // 20 + 1:02d}.{number % 20 + 1:02d}",
            name=f"Kecamatan Rekaan {number + 1}",
            cases=1,
            amount=each,
        )
        for number in range(count - 1)
    ]
    rows.append(
        RegionRow(
            code="",
            name="Tanpa wilayah",
            cases=KOTAMOBAGU.totals.cases - count + 1,
            amount=KOTAMOBAGU.totals.amount - each * (count - 1),
        )
    )
    return replace(KOTAMOBAGU, region_name="Provinsi Sulawesi Utara", by_region=tuple(rows))
