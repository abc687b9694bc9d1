"""A made-up agreement with everything that a summary shows."""

from dataclasses import replace
from datetime import date

from bpjsdesk.domain.agreements import (
    AgreementDraft,
    Contact,
    Duty,
    Funding,
    QuotaDraft,
    Tranche,
)
from build_scripts.bench_rows.stores import agreement_draft

QUOTAS = (
    ("VULNERABLE", 27_500),
    ("NON_ASN", 4_800),
    ("UMKM", 2_400),
    ("NEIGHBOURHOOD_HEAD", 504),
    ("KORPRI", 1_796),
)
TRANCHES = (("I", 2), ("II", 4), ("III", 7), ("IV", 10))
DUTIES = (
    (1, "Menganggarkan dan membayar iuran paling lambat tanggal 10 bulan pertama tiap tahap."),
    (1, "Menyerahkan data peserta dan perubahannya paling lambat tanggal 20 setiap bulan."),
    (1, "Memberitahukan kepesertaan melalui kelurahan dan Ketua Lingkungan."),
    (2, "Menerbitkan nomor peserta paling lama 7 hari kerja setelah iuran diterima."),
    (2, "Membayar manfaat JKM 3 hari kerja dan JKK 7 hari kerja sejak berkas lengkap."),
    (2, "Menyampaikan laporan klaim dan rekonsiliasi peserta setiap triwulan."),
)


def full_draft() -> AgreementDraft:
    """Give an agreement of five categories, three sources of money and four tranches."""
    return replace(
        agreement_draft(),
        title=(
            "Perlindungan Jaminan Sosial Ketenagakerjaan bagi Pekerja Rentan, Non-ASN, UMKM, "
            "Ketua Lingkungan, dan Korpri di Kota Manado"
        ),
        quotas=tuple(
            QuotaDraft(
                category=category,
                programmes=("JKK", "JKM"),
                heads=heads,
                months=12,
                from_month=date(2026, 1, 1),
                payer_type="APBD",
            )
            for category, heads in QUOTAS
        ),
        funding=(
            Funding(source="APBD", fiscal_year=2026, amount=6_155_635_200),
            Funding(source="APBD_P", fiscal_year=2026, amount=559_603_200),
            Funding(source="APBD_PROV", fiscal_year=2026, amount=362_073_600),
        ),
        tranches=tuple(
            Tranche(label=f"Tahap {label}", due_on=date(2026, month, 10), amount=1_769_328_000)
            for label, month in TRANCHES
        ),
        legal_basis=("PP 44 Tahun 2015", "PP 82 Tahun 2019", "PP 49 Tahun 2023"),
        duties=tuple(Duty(party_role_no=side, text=text) for side, text in DUTIES),
        contacts=(
            Contact(party_role_no=1, text="Dinas Tenaga Kerja Kota Manado, (0431) 000000"),
            Contact(party_role_no=2, text="Loket pelayanan, (0431) 000000"),
        ),
    )
