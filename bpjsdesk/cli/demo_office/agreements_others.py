"""Agreements beside the city of Manado: Kotamobagu, hospitals, prosecutors, police, elections."""

from datetime import date, timedelta

from bpjsdesk.cli.demo_office.agreements_manado import (
    BASIS,
    BRANCH,
    DUTIES,
    HEAD_OF_BRANCH,
    HEAD_POSITION,
    quota,
)
from bpjsdesk.domain.agreements import (
    AgreementDraft,
    Contact,
    Duty,
    Funding,
    Party,
    Tranche,
)

KOTAMOBAGU = "71.74"
MANADO = "71.71"
CITY = "Pemerintah Kota Kotamobagu"
KOTAMOBAGU_MAYOR = "Ratna S. Mokodompit, S.H."
DAYS_TO_THE_END = 12
TWO_YEARS = 730


def branch(number: str, role_no: int = 2) -> Party:
    """Give our own side with its number."""
    return Party(
        role_no=role_no,
        institution=BRANCH,
        number=number,
        signatory_name=HEAD_OF_BRANCH,
        signatory_position=HEAD_POSITION,
        signatory_basis="Surat Keputusan contoh",
        office_address="Jalan Contoh Raya Nomor 10, Manado",
    )


def kotamobagu(
    year: int, renews_id: int | None, *, heads: int, stage_amount: int, today: date
) -> AgreementDraft:
    """Give the yearly agreement of Kotamobagu; each of its two stages costs `stage_amount`."""
    first = date(year, 1, 1)
    return AgreementDraft(
        kind="COOPERATION",
        title="Perlindungan Jaminan Sosial Ketenagakerjaan bagi Pekerja Rentan dan Perangkat Desa "
        f"di Kota Kotamobagu Tahun {year}",
        region_code=KOTAMOBAGU,
        signed_on=date(year - 1, 12, 18),
        signed_place="Rumah Jabatan Wali Kota Kotamobagu",
        valid_from=first,
        valid_to=date(year, 12, 31),
        renews_id=renews_id,
        protected_since=2024,
        scope="Pendaftaran, pembayaran iuran, dan pelayanan manfaat JKK dan JKM bagi pekerja "
        "rentan serta perangkat desa dan BPD di Kota Kotamobagu.",
        parties=(
            Party(
                role_no=1,
                institution=CITY,
                number=f"119/{year % 100}/PKS/XII/{year - 1}",
                signatory_name=KOTAMOBAGU_MAYOR,
                signatory_position="Wali Kota Kotamobagu",
                office_address="Jalan Contoh Kotamobagu Nomor 1",
            ),
            branch(f"PER/152/12{year - 1}"),
        ),
        quotas=(
            quota("VULNERABLE", heads, months=12, from_month=first),
            quota("VILLAGE_STAFF", 411, months=12, from_month=first),
        ),
        funding=(
            Funding(source="APBD", fiscal_year=year, reference="12 bulan", amount=2 * stage_amount),
        ),
        tranches=(
            stage(f"I Jan–Jun {year}", date(year, 2, 10), stage_amount, today=today),
            stage(f"II Jul–Des {year}", date(year, 7, 10), stage_amount, today=today),
        ),
        legal_basis=BASIS,
        duties=DUTIES,
        contacts=(
            Contact(party_role_no=1, text="Disnaker Kota Kotamobagu · (0434) 000000"),
            Contact(party_role_no=2, text="Rina Tumewu · 0811-0000-000"),
        ),
    )


def stage(label: str, due_on: date, amount: int, *, today: date) -> Tranche:
    """Give a payment stage; one whose day has come was paid on that day."""
    if due_on > today:
        return Tranche(label=label, due_on=due_on, amount=amount)
    return Tranche(label=label, due_on=due_on, amount=amount, paid_on=due_on, paid_amount=amount)


def hospital_in_manado(today: date) -> AgreementDraft:
    """Give a hospital contract with more than a year to run."""
    return _hospital(
        "Rumah Sakit Umum Contoh Manado",
        MANADO,
        numbers=("445/021/PKS/RSUC", "PER/61"),
        valid_to=date(today.year + 1, 12, 30),
    )


def hospital_in_kotamobagu(today: date) -> AgreementDraft:
    """Give a hospital contract that ends within days."""
    return _hospital(
        "Rumah Sakit Bhakti Contoh Kotamobagu",
        KOTAMOBAGU,
        numbers=("445/008/MOU/RSBC", "PER/97"),
        valid_to=today + timedelta(days=DAYS_TO_THE_END),
    )


def _hospital(
    name: str, region_code: str, *, numbers: tuple[str, str], valid_to: date
) -> AgreementDraft:
    valid_from = valid_to - timedelta(days=TWO_YEARS)
    signed_on = valid_from - timedelta(days=4)
    theirs, ours = numbers
    return AgreementDraft(
        kind="CARE_FACILITY",
        title="Pelayanan Kesehatan bagi Peserta yang Mengalami Kecelakaan Kerja (PLKK)",
        region_code=region_code,
        signed_on=signed_on,
        signed_place=name,
        valid_from=valid_from,
        valid_to=valid_to,
        scope="Pelayanan kasus kecelakaan kerja dan dugaan penyakit akibat kerja tanpa uang muka, "
        "rawat jalan dan rawat inap, sampai dengan pelaporan elektronik.",
        parties=(
            Party(
                role_no=1,
                institution=name,
                number=f"{theirs}/{signed_on.year}",
                signatory_name="dr. Grace M. Waworuntu, MKM",
                signatory_position="Direktur",
            ),
            branch(f"{ours}/{signed_on:%m%Y}"),
        ),
        legal_basis=("PP 49/2023", "Permenaker 1/2025", "PMK 141/2018"),
        duties=(
            Duty(party_role_no=1, text="Melayani peserta tanpa uang muka di kelas I."),
            Duty(
                party_role_no=1, text="Melaporkan dugaan kecelakaan kerja paling lama 2 x 24 jam."
            ),
            Duty(party_role_no=2, text="Membayar tagihan pelayanan setelah verifikasi lengkap."),
        ),
        contacts=(Contact(party_role_no=1, text="Loket penjaminan · (0431) 000000"),),
    )


def prosecutor(today: date) -> AgreementDraft:
    """Give the understanding with the district prosecutor's office."""
    return _with_authority(
        today,
        kind="PROSECUTOR",
        title="Penanganan Masalah Hukum Bidang Perdata dan Tata Usaha Negara",
        institution="Kejaksaan Negeri Manado",
        position="Kepala Kejaksaan Negeri Manado",
        numbers=("B-118/P.1.10/Gs.1", "MoU/07"),
        scope="Pertimbangan hukum, bantuan hukum dengan Surat Kuasa Khusus per pemberi kerja, dan "
        "sosialisasi kepatuhan bersama.",
    )


def police(today: date) -> AgreementDraft:
    """Give the understanding with the city police."""
    return _with_authority(
        today,
        kind="POLICE",
        title="Sosialisasi dan Pendampingan Kepatuhan Pemberi Kerja",
        institution="Kepolisian Resor Kota Manado",
        position="Kepala Kepolisian Resor Kota Manado",
        numbers=("B/41/HUK.8.1", "MoU/11"),
        scope="Sosialisasi bersama Bhabinkamtibmas dan pendampingan kunjungan kepatuhan.",
    )


def _with_authority(
    today: date,
    *,
    kind: str,
    title: str,
    institution: str,
    position: str,
    numbers: tuple[str, str],
    scope: str,
) -> AgreementDraft:
    signed_on = date(today.year - 1, 3, 17)
    theirs, ours = numbers
    return AgreementDraft(
        kind=kind,
        title=title,
        region_code=MANADO,
        signed_on=signed_on,
        signed_place=institution,
        valid_from=signed_on,
        valid_to=date(today.year + 1, 3, 16),
        scope=scope,
        parties=(
            Party(
                role_no=1,
                institution=institution,
                number=f"{theirs}/{signed_on:%m/%Y}",
                signatory_name="Contoh A. Sumual, S.H., M.H.",
                signatory_position=position,
            ),
            branch(f"{ours}/{signed_on:%m%Y}"),
        ),
        legal_basis=("Inpres 2/2021", "PP 86/2013"),
        duties=(
            Duty(party_role_no=1, text="Mendampingi kunjungan dan panggilan pemberi kerja."),
            Duty(party_role_no=2, text="Menyerahkan data pemberi kerja yang belum patuh."),
        ),
        contacts=(Contact(party_role_no=2, text="Rina Tumewu · 0811-0000-000"),),
    )


def elections() -> AgreementDraft:
    """Give the agreement for the election workers of 2024, which has run out."""
    return AgreementDraft(
        kind="COOPERATION",
        title="Perlindungan Penyelenggara Pemilihan Kepala Daerah 2024 di Kota Manado",
        region_code=MANADO,
        signed_on=date(2024, 10, 28),
        signed_place="Kantor KPU Kota Manado",
        valid_from=date(2024, 11, 1),
        valid_to=date(2024, 12, 31),
        scope="Perlindungan JKK dan JKM bagi badan ad hoc selama masa tugas pemungutan suara.",
        parties=(
            Party(
                role_no=1,
                institution="Komisi Pemilihan Umum Kota Manado",
                number="214/PR.07/7171/2024",
                signatory_name="Contoh B. Rawung, S.Sos.",
                signatory_position="Ketua",
            ),
            branch("PER/118/102024"),
        ),
        quotas=(quota("ELECTION", 2_914, months=2, from_month=date(2024, 11, 1)),),
        funding=(Funding(source="APBD", fiscal_year=2024, reference="hibah, Nov–Des"),),
        tranches=(
            Tranche(
                label="Nov–Des 2024",
                due_on=date(2024, 11, 10),
                amount=97_910_400,
                paid_on=date(2024, 11, 8),
                paid_amount=97_910_400,
            ),
        ),
        legal_basis=("PP 44/2015", "Inpres 2/2021"),
    )
