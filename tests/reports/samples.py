"""Made-up values for printed pages, as in the pictures of the bar, and their worst cases."""

from dataclasses import replace
from datetime import date, datetime

from bpjsdesk.clock import WITA
from bpjsdesk.domain.report_values import (
    AgreementSummary,
    ClaimsLine,
    CodeName,
    DutyList,
    FundingEntry,
    LabelledText,
    Letterhead,
    ParticipantCounts,
    PartyLine,
    PrintStamp,
    QuotaEntry,
    Signatory,
    Tranche,
)

HEAD = (
    "Prof. Dr. (H.C.) Ir. H. Muhammad Abdurrahman Paputungan-Mokodompit, S.H., S.IP., M.M., "
    "M.Si., Ph.D."
)
REGION = "Kabupaten Kepulauan Siau Tagulandang Biaro"
LONG_NAME = "SITI NUR ATHIYAH FATMAWATI RAMADHANI MOKODOMPIT PAPUTUNGAN"

LETTERHEAD = Letterhead(
    institution="BPJS KETENAGAKERJAAN",
    office="KANTOR CABANG SULAWESI UTARA",
    address="Jalan Contoh Raya Nomor 10, Manado 95111",
    phone="(0431) 000000",
    website="www.bpjsketenagakerjaan.go.id",
    place="Manado",
)
LONG_LETTERHEAD = replace(
    LETTERHEAD,
    office="KANTOR CABANG PERINTIS KABUPATEN KEPULAUAN SIAU TAGULANDANG BIARO",
    address=(
        "Jalan Boulevard Ulu Siau Nomor 125, Kompleks Perkantoran Pemerintah Kabupaten, "
        "Ondong Siau Barat 95862"
    ),
    phone="(0431) 0000000 ext. 01234",
)


def a_stamp(number: str = "RPJ-2023-0127", day: date = date(2024, 8, 30)) -> PrintStamp:
    """Return a print stamp at a fixed moment."""
    return PrintStamp(
        printed_at=datetime(day.year, day.month, day.day, 9, 14, tzinfo=WITA),
        printed_by="R. Tumbelaka",
        data_as_of=day,
        document_no=number,
        check_code="2BZY-T973",
        sample=True,
    )


MAKER = Signatory(
    above="Disusun oleh",
    position="Kepala Bidang Pelayanan",
    name="Siti Rahma Mokoginta, S.E.",
    id_line="NPK 000000000",
)
SIGNER = Signatory(
    above="Manado, 1 Desember 2025",
    position="Kepala Kantor Cabang Sulawesi Utara",
    name="dr. Maulana Ansari Siregar",
    id_line="NPK 000000000",
)
LONG_MAKER = replace(
    MAKER,
    position="Pejabat Pengganti Sementara Kepala Bidang Pelayanan dan Pengendalian Operasional",
    name="Hj. Sitti Fatmawati Ramadhani Mokodompit-Paputungan, S.E., M.M., AAAIJ",
)
LONG_SIGNER = replace(
    SIGNER,
    position=f"Pejabat Pengganti Sementara Kepala Kantor Cabang Perintis {REGION}",
    name=HEAD,
)


def _quota(category: str, segment: str, heads: int, rate: int) -> QuotaEntry:
    return QuotaEntry(
        category=category,
        segment=segment,
        programmes="JKK + JKM",
        heads=heads,
        months=12,
        rates=(rate,),
        amount=heads * 12 * rate,
    )


MANADO = AgreementSummary(
    kind_label="Perjanjian Kerja Sama",
    is_renewal=True,
    title=(
        "Perlindungan Jaminan Sosial Ketenagakerjaan bagi Pekerja Rentan, Non-ASN, UMKM, "
        "Ketua Lingkungan, dan Korpri di Kota Manado"
    ),
    status="Akan berakhir",
    days_left=88,
    elapsed_share=1 - 88 / 366,
    parties=(
        PartyLine(
            role="PIHAK KESATU",
            institution="Pemerintah Kota Manado",
            signatory="Wali Kota Contoh",
            position="Wali Kota Manado",
            number="560/D.14/PKS/XI/2023",
        ),
        PartyLine(
            role="PIHAK KEDUA",
            institution="BPJS Ketenagakerjaan Sulawesi Utara",
            signatory="Kepala Cabang Contoh",
            position="Kepala Kantor Cabang",
            number="PER/127/112023",
        ),
    ),
    signed_on=date(2023, 11, 27),
    signed_place="Kantor Wali Kota Manado",
    valid_from=date(2023, 11, 27),
    valid_to=date(2024, 11, 26),
    previous_agreement="PER/19/112021",
    protected_since="2021",
    scope=(
        "Pendaftaran, pembayaran iuran, dan pelayanan manfaat JKK dan JKM bagi lima kategori "
        "pekerja di Kota Manado, termasuk pemutakhiran data bulanan dan sosialisasi."
    ),
    programmes=(
        CodeName(code="JKK", name="Jaminan Kecelakaan Kerja"),
        CodeName(code="JKM", name="Jaminan Kematian"),
    ),
    quota=(
        _quota("Pekerja Rentan", "BPU", 27_500, 16_800),
        _quota("Non-ASN / THL", "PU", 4_800, 10_800),
        _quota("UMKM", "BPU", 2_400, 16_800),
        _quota("Ketua Lingkungan", "PU", 504, 10_800),
        _quota("Korpri (donasi ASN)", "BPU", 1_796, 16_800),
    ),
    funding=(
        FundingEntry(
            source="APBD-P Kota Manado", fiscal_year=2023, remark="iuran Des", amount=559_603_200
        ),
        FundingEntry(
            source="APBD Kota Manado",
            fiscal_year=2024,
            remark="iuran Jan–Nov",
            amount=6_155_635_200,
        ),
        FundingEntry(source="Donasi ASN–Korpri", remark="12 bulan", amount=362_073_600),
    ),
    tranches=(
        Tranche(
            label="I",
            months="Des 2023",
            due_on=date(2023, 12, 10),
            paid_on=date(2023, 12, 15),
            billed=589_776_000,
            realised=589_776_000,
        ),
        Tranche(
            label="II",
            months="Jan–Apr 2024",
            due_on=date(2024, 1, 10),
            paid_on=date(2024, 2, 22),
            billed=2_359_104_000,
            realised=2_359_104_000,
        ),
        Tranche(
            label="III",
            months="Mei–Agu 2024",
            due_on=date(2024, 5, 10),
            paid_on=date(2024, 6, 14),
            billed=2_359_104_000,
            realised=2_301_667_200,
        ),
        Tranche(label="IV", months="Sep–Nov 2024", due_on=date(2024, 9, 10), billed=1_769_328_000),
    ),
    counts=ParticipantCounts(
        quota=37_000, submitted=36_412, valid=35_688, active=35_104, informed=21_870
    ),
    claims=(
        ClaimsLine(label="JKM", cases=54, amount=2_108_000_000),
        ClaimsLine(label="JKK", cases=17, amount=214_386_500),
        ClaimsLine(label="Beasiswa (9 anak)", cases=9, amount=26_000_000),
    ),
    claims_note="Perjanjian sebelumnya s.d. Nov 2023: 157 klaim, sekitar Rp6 miliar.",
    duties=(
        DutyList(
            party="Pemerintah Kota Manado",
            items=(
                "Menganggarkan dan membayar iuran paling lambat tanggal 10 bulan pertama tiap "
                "tahap.",
                "Menyerahkan data peserta dan perubahannya paling lambat tanggal 20 setiap bulan.",
                "Memberitahukan kepesertaan melalui kelurahan dan Ketua Lingkungan.",
            ),
        ),
        DutyList(
            party="BPJS Ketenagakerjaan",
            items=(
                "Menerbitkan nomor peserta paling lama 7 hari kerja setelah iuran diterima.",
                "Membayar manfaat JKM 3 hari kerja dan JKK 7 hari kerja sejak berkas lengkap.",
                "Menyampaikan laporan klaim dan rekonsiliasi peserta setiap triwulan.",
            ),
        ),
    ),
    contacts=(
        LabelledText(label="Pemkot", text="Disnaker Kota Manado · (0431) 000000"),
        LabelledText(label="BPJS", text="Meiske Lumowa · 0811-0000-000"),
    ),
)

STRESSED_AGREEMENT = replace(
    MANADO,
    title=(
        "Perlindungan Jaminan Sosial Ketenagakerjaan bagi Pekerja Rentan, Non-ASN, UMKM, Ketua "
        "Lingkungan, Korpri, Penyelenggara Pemilu, Karang Taruna, dan Pendamping Stunting di "
        f"{REGION}"
    ),
    parties=(
        PartyLine(
            role="PIHAK KESATU",
            institution=f"Pemerintah {REGION}",
            signatory=HEAD,
            position="Pj. Bupati Kepulauan Siau Tagulandang Biaro",
            number="074-015-PKS-Pemkab-Data-SITARO-XII-2025",
        ),
        PartyLine(
            role="PIHAK KEDUA",
            institution="BPJS Ketenagakerjaan Kantor Cabang Sulawesi Utara",
            signatory=HEAD,
            position="Kepala Kantor Cabang",
            number="PER/00127/122025",
        ),
    ),
    quota=(
        _quota("Pendamping Stunting, Kader PKK, dan Karang Taruna", "BPU", 150_000, 36_800),
        *MANADO.quota,
    ),
    funding=(
        FundingEntry(
            source=f"APBD-Perubahan {REGION}",
            fiscal_year=2024,
            remark="iuran Des",
            amount=999_999_999_999,
        ),
        *MANADO.funding[1:],
    ),
    tranches=tuple(
        replace(stage, billed=stage.billed * 400, realised=stage.realised and stage.realised * 400)
        for stage in MANADO.tranches
    ),
    claims=(
        ClaimsLine(label="JKM", cases=23_786, amount=999_108_000_000),
        *MANADO.claims[1:],
    ),
    contacts=(
        LabelledText(
            label="Pemkab",
            text=(
                "Plt. Kepala Dinas Pemberdayaan Masyarakat dan Desa, Pengendalian Penduduk dan "
                "Keluarga Berencana · (0431) 000000"
            ),
        ),
        LabelledText(
            label="BPJS",
            text=(
                "Bidang Kepesertaan, Sartje Meiske Lumowa-Pangemanan, S.E., M.M. · 0811-0000-000"
            ),
        ),
    ),
)
