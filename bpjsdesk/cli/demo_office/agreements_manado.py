"""The chain of agreements with the city of Manado: 2021, 2023, 2025, the current year."""

from datetime import date

from bpjsdesk.domain.agreements import (
    AgreementDraft,
    Contact,
    Duty,
    Funding,
    Party,
    QuotaDraft,
    Tranche,
)

REGION = "71.71"
CITY = "Pemerintah Kota Manado"
BRANCH = "BPJS Ketenagakerjaan Cabang Manado"
MAYOR_OFFICE = "Kantor Wali Kota Manado"
DEATH_AND_ACCIDENT = ("JKK", "JKM")
HEAD_OF_BRANCH, HEAD_POSITION = "Vonny M. Lasut, S.E.", "Kepala Kantor Cabang"
MAYOR, MAYOR_POSITION = "Drs. Johan F. Tambelaka", "Wali Kota Manado"
BASIS = ("UU 24/2011", "PP 44/2015", "Inpres 2/2021")
DUTIES = (
    Duty(
        party_role_no=1,
        text="Menganggarkan dan membayar iuran paling lambat tanggal 10 bulan pertama tiap tahap.",
    ),
    Duty(
        party_role_no=1,
        text="Menyerahkan data peserta dan perubahannya paling lambat tanggal 20 setiap bulan.",
    ),
    Duty(
        party_role_no=1,
        text="Memberitahukan kepesertaan melalui kelurahan dan Ketua Lingkungan.",
    ),
    Duty(
        party_role_no=2,
        text="Menerbitkan nomor peserta paling lama 7 hari kerja setelah iuran diterima.",
    ),
    Duty(
        party_role_no=2,
        text="Membayar manfaat JKM 3 hari kerja dan JKK 7 hari kerja sejak berkas lengkap.",
    ),
    Duty(
        party_role_no=2,
        text="Menyampaikan laporan klaim dan rekonsiliasi peserta setiap triwulan.",
    ),
)
CONTACTS = (
    Contact(party_role_no=1, text="Disnaker Kota Manado · (0431) 000000"),
    Contact(party_role_no=2, text="Rina Tumewu · 0811-0000-000"),
)


def parties(city_number: str, branch_number: str) -> tuple[Party, ...]:
    """Give both sides with the numbers that they gave the document."""
    return (
        Party(
            role_no=1,
            institution=CITY,
            number=city_number,
            signatory_name=MAYOR,
            signatory_position=MAYOR_POSITION,
            office_address="Jalan Contoh Wali Kota Nomor 1, Manado",
        ),
        Party(
            role_no=2,
            institution=BRANCH,
            number=branch_number,
            signatory_name=HEAD_OF_BRANCH,
            signatory_position=HEAD_POSITION,
            signatory_basis="Surat Keputusan contoh",
            office_address="Jalan Contoh Raya Nomor 10, Manado",
        ),
    )


def quota(
    category: str, heads: int, *, months: int, from_month: date, payer_type: str = "APBD"
) -> QuotaDraft:
    """Give heads of a category with protection at work and in case of death."""
    return QuotaDraft(
        category=category,
        programmes=DEATH_AND_ACCIDENT,
        heads=heads,
        months=months,
        from_month=from_month,
        payer_type=payer_type,
    )


def of_2021() -> AgreementDraft:
    """Give the agreement under which 37.000 workers were protected up to November 2023."""
    first = date(2021, 12, 1)
    return AgreementDraft(
        kind="COOPERATION",
        title="Perlindungan Jaminan Sosial Ketenagakerjaan bagi Pekerja Rentan dan Non-ASN "
        "di Kota Manado",
        region_code=REGION,
        signed_on=date(2021, 11, 26),
        signed_place=MAYOR_OFFICE,
        valid_from=date(2021, 11, 27),
        valid_to=date(2023, 11, 26),
        protected_since=2021,
        scope="Pendaftaran, pembayaran iuran, dan pelayanan manfaat JKK dan JKM bagi pekerja "
        "rentan dan pegawai Non-ASN di Kota Manado.",
        parties=parties("560/D.14/PKS/XI/2021", "PER/19/112021"),
        quotas=(
            quota("VULNERABLE", 32_200, months=24, from_month=first),
            quota("NON_ASN", 4_800, months=24, from_month=first),
        ),
        funding=(
            Funding(source="APBD", fiscal_year=2022, reference="iuran 2022"),
            Funding(source="APBD", fiscal_year=2023, reference="iuran 2023"),
        ),
        legal_basis=BASIS,
        duties=DUTIES,
        contacts=CONTACTS,
    )


def of_2023(renews_id: int) -> AgreementDraft:
    """Give the renewal signed on 27 November 2023: five categories, 37.000 workers."""
    first = date(2023, 12, 1)
    return AgreementDraft(
        kind="COOPERATION",
        title="Perlindungan Jaminan Sosial Ketenagakerjaan bagi Pekerja Rentan, Non-ASN, UMKM, "
        "Ketua Lingkungan, dan Korpri di Kota Manado",
        region_code=REGION,
        signed_on=date(2023, 11, 27),
        signed_place=MAYOR_OFFICE,
        valid_from=date(2023, 11, 27),
        valid_to=date(2024, 11, 26),
        renews_id=renews_id,
        protected_since=2021,
        scope="Pendaftaran, pembayaran iuran, dan pelayanan manfaat JKK dan JKM bagi lima "
        "kategori pekerja di Kota Manado, termasuk pemutakhiran data bulanan dan sosialisasi.",
        parties=parties("560/D.14/PKS/XI/2023", "PER/127/112023"),
        quotas=(
            quota("VULNERABLE", 27_500, months=12, from_month=first),
            quota("NON_ASN", 4_800, months=12, from_month=first),
            quota("UMKM", 2_400, months=12, from_month=first),
            quota("NEIGHBOURHOOD_HEAD", 504, months=12, from_month=first),
            quota("KORPRI", 1_796, months=12, from_month=first, payer_type="OTHER"),
        ),
        funding=(
            Funding(source="APBD_P", fiscal_year=2023, reference="iuran Des", amount=559_603_200),
            Funding(
                source="APBD", fiscal_year=2024, reference="iuran Jan–Nov", amount=6_155_635_200
            ),
            Funding(source="KORPRI", reference="12 bulan", amount=362_073_600),
        ),
        tranches=(
            _paid("I Des 2023", date(2023, 12, 10), date(2023, 12, 15), 589_776_000),
            _paid("II Jan–Apr 2024", date(2024, 1, 10), date(2024, 2, 22), 2_359_104_000),
            Tranche(
                label="III Mei–Agu 2024",
                due_on=date(2024, 5, 10),
                amount=2_359_104_000,
                paid_on=date(2024, 6, 14),
                paid_amount=2_301_667_200,
            ),
            _paid("IV Sep–Nov 2024", date(2024, 9, 10), date(2024, 9, 9), 1_769_328_000),
        ),
        legal_basis=BASIS,
        duties=DUTIES,
        contacts=CONTACTS,
    )


def of_2025(renews_id: int) -> AgreementDraft:
    """Give the short one of 2025: 4.396 workers for five months at two rates."""
    first = date(2025, 8, 1)
    return AgreementDraft(
        kind="COOPERATION",
        title="Perlindungan Pekerja Rentan, Koperasi, dan UMKM di Kota Manado Tahun 2025",
        region_code=REGION,
        signed_on=date(2025, 7, 30),
        signed_place=MAYOR_OFFICE,
        valid_from=date(2025, 8, 1),
        valid_to=date(2025, 12, 31),
        renews_id=renews_id,
        protected_since=2021,
        scope="Perlindungan lima bulan bagi pekerja rentan serta pekerja koperasi dan UMKM "
        "melalui APBD Perubahan.",
        parties=parties("560/D.14/PKS/VII/2025", "PER/88/072025"),
        quotas=(
            quota("VULNERABLE", 2_300, months=5, from_month=first),
            quota("COOPERATIVE", 2_096, months=5, from_month=first),
        ),
        funding=(
            Funding(
                source="APBD_P", fiscal_year=2025, reference="iuran Agu–Des", amount=306_384_000
            ),
        ),
        tranches=(_paid("Agu–Des 2025", date(2025, 9, 10), date(2025, 9, 18), 306_384_000),),
        legal_basis=BASIS,
        duties=DUTIES,
        contacts=CONTACTS,
    )


def of_year(year: int, renews_id: int, *, today: date) -> AgreementDraft:
    """Give the agreement of the current year, under which the big list is loaded."""
    first = date(year, 1, 1)
    return AgreementDraft(
        kind="COOPERATION",
        title="Perlindungan Jaminan Sosial Ketenagakerjaan bagi Pekerja Rentan, Non-ASN, UMKM, "
        f"Ketua Lingkungan, dan Korpri di Kota Manado Tahun {year}",
        region_code=REGION,
        signed_on=date(year - 1, 12, 15),
        signed_place=MAYOR_OFFICE,
        valid_from=first,
        valid_to=date(year, 12, 31),
        renews_id=renews_id,
        protected_since=2021,
        scope="Pendaftaran, pembayaran iuran, dan pelayanan manfaat JKK dan JKM bagi lima "
        "kategori pekerja di Kota Manado, termasuk pemutakhiran data bulanan dan sosialisasi.",
        parties=parties(f"560/D.08/PKS-231/XII/{year - 1}", f"PER/141/12{year - 1}"),
        quotas=(
            quota("VULNERABLE", 37_000, months=12, from_month=first),
            quota("NON_ASN", 4_800, months=12, from_month=first),
            quota("UMKM", 2_400, months=12, from_month=first),
            quota("NEIGHBOURHOOD_HEAD", 504, months=12, from_month=first),
            quota("KORPRI", 996, months=12, from_month=first, payer_type="OTHER"),
        ),
        funding=(
            Funding(source="APBD", fiscal_year=year, reference="12 bulan", amount=8_630_438_400),
            Funding(source="KORPRI", reference="12 bulan", amount=125_496_000),
        ),
        tranches=_tranches_of_year(year, today),
        legal_basis=(*BASIS, "PP 50/2025"),
        duties=DUTIES,
        contacts=CONTACTS,
    )


def _tranches_of_year(year: int, today: date) -> tuple[Tranche, ...]:
    """Give the stages of a year; those whose payment day has come are paid."""
    planned = (
        (f"I Jan–Apr {year}", date(year, 1, 10), date(year, 1, 28), 2_918_644_800),
        (f"II Mei–Agu {year}", date(year, 5, 10), date(year, 5, 6), 2_918_644_800),
        (f"III Sep–Nov {year}", date(year, 9, 10), date(year, 9, 2), 2_188_983_600),
        (f"IV Des {year}", date(year, 11, 25), date(year, 12, 9), 729_661_200),
    )
    return tuple(
        _paid(label, due_on, paid_on, amount)
        if paid_on <= today
        else Tranche(label=label, due_on=due_on, amount=amount)
        for label, due_on, paid_on, amount in planned
    )


def _paid(label: str, due_on: date, paid_on: date, amount: int) -> Tranche:
    return Tranche(label=label, due_on=due_on, amount=amount, paid_on=paid_on, paid_amount=amount)
