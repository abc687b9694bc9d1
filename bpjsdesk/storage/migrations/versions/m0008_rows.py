"""Rows of reference that an office of an earlier program lacks; what it has is left alone."""

from collections.abc import Iterable

from alembic import op

revision = "0008"
down_revision = "0007"

_SINCE = "2015-07-01"

_PERMISSIONS = (
    ("petugas", "batch.debt"),
    ("petugas", "batch.discard"),
    ("petugas", "batch.errors"),
    ("petugas", "batch.map"),
    ("petugas", "batch.place"),
    ("petugas", "batch.repair"),
    ("petugas", "batch.reply"),
    ("petugas", "batch.send"),
    ("petugas", "batch.submit"),
    ("petugas", "person.end"),
    ("petugas", "person.request"),
    ("petugas", "sender.save"),
    ("penyelia", "batch.accept"),
    ("penyelia", "batch.debt"),
    ("penyelia", "batch.discard"),
    ("penyelia", "batch.errors"),
    ("penyelia", "batch.map"),
    ("penyelia", "batch.place"),
    ("penyelia", "batch.refuse"),
    ("penyelia", "batch.repair"),
    ("penyelia", "batch.reply"),
    ("penyelia", "batch.send"),
    ("penyelia", "batch.submit"),
    ("penyelia", "batch.undo"),
    ("penyelia", "batch.write_off"),
    ("penyelia", "person.approve"),
    ("penyelia", "person.end"),
    ("penyelia", "person.merge"),
    ("penyelia", "person.request"),
    ("penyelia", "sender.save"),
    ("admin", "level.save"),
)
# programme, code, name, amount, unit, starting at
_DEADLINES = (
    ("BATCH", "CORE_REPLY", "Balasan sistem inti ditunggu", 7, "DAYS", "sent_on"),
    ("BATCH", "HELD_ROWS", "Baris tertahan diselesaikan", 14, "DAYS", "decided_at"),
)
_HEADINGS = (
    ("Telp/WA", "phone"),
    ("No Telp/WA", "phone"),
    ("Kontak", "phone"),
    ("Alasan", "note"),
    ("Alasan Penolakan", "note"),
    ("Hasil", "claim_status"),
    ("Y/T", "claim_status"),
    ("Bulan Mulai", "start_month"),
    ("Mulai Bulan", "start_month"),
    ("Bulan Iuran Pertama", "start_month"),
    ("Bulan Awal Iuran", "start_month"),
    ("Jumlah Bulan", "month_count"),
    ("Jml Bulan", "month_count"),
    ("Lama Bulan", "month_count"),
    ("Banyak Bulan", "month_count"),
    ("Nama Ahli Waris", "heir_name"),
    ("Ahli Waris", "heir_name"),
    ("Nama Pewaris", "heir_name"),
    ("Penerima Waris", "heir_name"),
    ("Hubungan", "heir_relation"),
    ("Hubungan Ahli Waris", "heir_relation"),
    ("Hub Keluarga", "heir_relation"),
    ("Hubungan Keluarga", "heir_relation"),
)
_SEXES = (
    ("1", "L"),
    ("M", "L"),
    ("2", "P"),
    ("F", "P"),
    ("W", "P"),
)
_OCCUPATION_WORDS = (
    ("ASN", "STATE_SERVANT"),
    ("Aparatur Sipil Negara", "STATE_SERVANT"),
    ("PNS", "STATE_SERVANT"),
    ("CPNS", "STATE_SERVANT"),
    ("PPPK", "STATE_SERVANT"),
    ("P3K", "STATE_SERVANT"),
    ("Pegawai Negeri", "STATE_SERVANT"),
    ("TNI", "STATE_SERVANT"),
    ("Tentara", "STATE_SERVANT"),
    ("Prajurit", "STATE_SERVANT"),
    ("Polri", "STATE_SERVANT"),
    ("Polisi", "STATE_SERVANT"),
    ("Kepolisian", "STATE_SERVANT"),
    ("Non", "OTHER"),
    ("Bukan", "OTHER"),
    ("Pensiunan", "OTHER"),
    ("Pensiun", "OTHER"),
    ("Purnawirawan", "OTHER"),
    ("Purna", "OTHER"),
    ("Mantan", "OTHER"),
    ("Eks", "OTHER"),
    ("Istri", "OTHER"),
    ("Suami", "OTHER"),
    ("Anak", "OTHER"),
    ("Honorer", "OTHER"),
    ("Honor", "OTHER"),
    ("Kontrak", "OTHER"),
    ("THL", "OTHER"),
    ("Pamong Praja", "OTHER"),
)
# code, level, locked, reason
_LEVELS = (
    ("NIK_MISSING", "ERROR", True, "Tanpa NIK tidak ada orang yang dapat didaftarkan"),
    ("NIK_FORMAT", "ERROR", True, "NIK yang bukan 16 angka tidak menunjuk siapa pun"),
    ("NIK_AS_NUMBER", "ERROR", True, "Angka terakhirnya sudah hilang dan tidak boleh ditebak"),
    ("NIK_TRUNCATED", "ERROR", True, "Angka terakhirnya sudah hilang dan tidak boleh ditebak"),
    ("NIK_DATE", "ERROR", True, "NIK demikian tidak pernah diterbitkan"),
    ("NIK_FILLER", "ERROR", True, "Isian pengganti bukan NIK siapa pun"),
    ("NAME_MISSING", "ERROR", True, "Kartu peserta tidak dapat dibuat tanpa nama"),
    ("DOB_UNREADABLE", "ERROR", False, "Batas usia dan klaim memerlukan tanggal lahir"),
    ("OVER_AGE", "ERROR", True, "Batas usia ditetapkan peraturan"),
    ("DUP_IN_FILE", "ERROR", True, "Satu orang tidak dibayar dua kali"),
    ("NIK_TWO_NAMES", "ERROR", True, "Satu NIK hanya milik satu orang"),
    ("DUP_ACTIVE", "ERROR", True, "Satu orang tidak dibayar dua kali"),
    ("SAME_PERSON", "ERROR", True, "Satu orang tidak dibayar dua kali"),
    ("DECEASED", "ERROR", False, "Iuran tidak dibayar untuk orang yang sudah meninggal"),
    ("FORMULA_NO_VALUE", "ERROR", True, "Nilainya tidak ada di dalam berkas"),
    ("CELL_ERROR", "ERROR", True, "Nilainya tidak ada di dalam berkas"),
    ("CATEGORY_UNKNOWN", "ERROR", False, "Tarif dan kuota mengikuti kategori"),
    ("IS_ASN_TNI_POLRI", "ERROR", False, "Jaminan ASN, TNI, dan Polri diselenggarakan sendiri"),
    ("SIMILAR_PERSON", "ERROR", False, "Mungkin orang yang sama dengan NIK salah ketik"),
    ("OVER_QUOTA", "ERROR", True, "Iuran di luar kuota tidak dianggarkan"),
    ("OVER_BUDGET", "WARNING", False, "Pagu pada perjanjian sering diubah lebih dahulu"),
    ("NIK_NOT_IN_DUKCAPIL", "ERROR", True, "Sistem inti sudah menolak orang ini"),
    ("ALREADY_ACTIVE_PU", "ERROR", True, "Sistem inti sudah menolak orang ini"),
    ("CORE_REJECTED", "ERROR", True, "Sistem inti sudah menolak orang ini"),
    ("NIK_REGION_UNKNOWN", "WARNING", False, "Kode wilayah lama belum tentu lengkap"),
    ("NIK_DOB_MISMATCH", "WARNING", False, "KTP tertentu memang berbeda"),
    ("NIK_SEX_MISMATCH", "WARNING", False, "KTP tertentu memang berbeda"),
    ("SERIAL_ZERO", "WARNING", False, "Jarang sah, biasanya terpotong"),
    ("NIK_IS_FAMILY_CARD", "WARNING", False, "Salah satunya tersalin dari yang lain"),
    ("PHONE_FORMAT", "WARNING", False, "Nomor HP bukan syarat pendaftaran"),
    ("PHONE_SHARED", "WARNING", False, "Satu keluarga sering memakai satu nomor"),
    ("NO_PHONE", "WARNING", False, "Nomor HP bukan syarat pendaftaran"),
    ("NO_MOTHER_NAME", "WARNING", False, "Nama ibu dapat dilengkapi kemudian"),
    ("OCCUPATION_UNKNOWN", "WARNING", False, "Sebutan pekerjaan dapat disamakan kemudian"),
    ("REGION_UNMAPPED", "WARNING", False, "Ejaan wilayah dapat dipetakan kemudian"),
    ("UNDER_AGE", "WARNING", False, "Diputuskan penyelia"),
    ("OUT_OF_REGION", "WARNING", False, "NIK menunjukkan tempat terbit, bukan tempat tinggal"),
    ("NAME_DIFFERS", "WARNING", False, "Ejaan nama sering berbeda"),
    ("ALREADY_PAID", "WARNING", False, "Pembayar disepakati antarpemerintah daerah"),
    (
        "MEMBERSHIP_ENDED",
        "WARNING",
        False,
        "Orangnya mungkin kembali, misalnya pulang dari perantauan",
    ),
    ("NIK_REPLACED", "WARNING", False, "Orangnya dikenali, hanya nomornya yang lama"),
    ("DUP_OTHER_DRAFT", "WARNING", False, "Daftar yang memuatnya disepakati lebih dahulu"),
    ("SAME_AS_LAST", "OFF", False, "Hanya keterangan; menambah waktu baca"),
)
# code of the level, legal basis that was read
_BASED = {"OVER_AGE": "PERMENAKER_5_2021"}


def upgrade() -> None:
    _add("permission", ("role", "command"), _PERMISSIONS, keys=2)
    _add("column_synonym", ("spelling", "field"), _HEADINGS, keys=1)
    _add("sex_spelling", ("spelling", "sex"), _SEXES, keys=1)
    _add("occupation_word", ("word", "kind"), _OCCUPATION_WORDS, keys=1)
    dated = ("valid_from", "legal_basis", "verified")
    rule = ("programme", "code", "name", "amount", "unit", "starts_at")
    _add(
        "deadline_rule", (*rule, *dated), ((*row, _SINCE, "", False) for row in _DEADLINES), keys=2
    )
    _add("issue_level", ("code", "level", "locked", "reason", *dated), _levels(), keys=1)


def _levels() -> Iterable[tuple[object, ...]]:
    for row in _LEVELS:
        basis = _BASED.get(row[0], "")
        yield (*row, _SINCE, basis, bool(basis))


def _add(
    table: str, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]], *, keys: int
) -> None:
    """Add rows whose first columns, the `keys`, no row has yet.

    A file without an office is still to be filled, by the founding.
    """
    for row in rows:
        values = [_literal(value) for value in row]
        same = " AND ".join(
            f"{name} = {value}" for name, value in zip(columns[:keys], values, strict=False)
        )
        op.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} "  # noqa: S608  # words of this file
            f"WHERE EXISTS (SELECT 1 FROM office) AND NOT EXISTS (SELECT 1 FROM {table} "
            f"WHERE {same})"
        )


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return str(value) if isinstance(value, int) else f"'{value}'"
