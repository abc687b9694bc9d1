"""Words of the core system, limits of need, and rows of reference that earlier offices lack."""

from collections.abc import Iterable

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_SINCE = "2015-07-01"

# words as the core system writes them, what they mean; of several refusals the first one counts
_CORE_WORDS = (
    ("Dukcapil", "NIK_NOT_IN_DUKCAPIL"),
    ("Kependudukan", "NIK_NOT_IN_DUKCAPIL"),
    ("Penerima Upah", "ALREADY_ACTIVE_PU"),
    ("Aktif PU", "ALREADY_ACTIVE_PU"),
    ("Sebagai PU", "ALREADY_ACTIVE_PU"),
    ("Terdaftar PU", "ALREADY_ACTIVE_PU"),
    ("Peserta PU", "ALREADY_ACTIVE_PU"),
    ("Y", "YES"),
    ("Ya", "YES"),
    ("Yes", "YES"),
    ("Diterima", "YES"),
    ("Berhasil", "YES"),
    ("Sukses", "YES"),
    ("Valid", "YES"),
    ("Aktif", "YES"),
    ("Terdaftar", "YES"),
    ("T", "NO"),
    ("Tidak", "NO"),
    ("N", "NO"),
    ("No", "NO"),
    ("Ditolak", "NO"),
    ("Gagal", "NO"),
    ("Tidak Valid", "NO"),
    ("Invalid", "NO"),
)
# category, the last desil that may be paid for
_DESIL_LIMITS = (("VULNERABLE", 4),)
_HEADINGS = (
    ("Desil", "desil"),
    ("Desil Kesejahteraan", "desil"),
    ("Desil DTSEN", "desil"),
    ("Peringkat Desil", "desil"),
    ("Desil Keluarga", "desil"),
)
# code, level, locked, reason
_LEVELS = (
    ("NAME_WITH_DIGIT", "ERROR", False, "Nama di kartu peserta harus sama dengan KTP"),
    ("NAME_TOO_LONG", "ERROR", True, "Sistem inti menerima nama paling panjang 100 huruf"),
    (
        "SEX_UNKNOWN",
        "WARNING",
        False,
        "Jenis kelamin dapat diambil dari NIK atau dilengkapi kemudian",
    ),
    ("FAMILY_CARD_FORMAT", "WARNING", False, "Nomor KK dapat dilengkapi kemudian"),
    ("HEIR_MISSING", "WARNING", False, "Ahli waris dapat dilengkapi kemudian"),
    ("WAGE_UNREADABLE", "WARNING", False, "Iuran peserta ini tidak mengikuti penghasilannya"),
    ("ACCOUNT_FORMAT", "WARNING", False, "Nomor rekening baru diperlukan saat klaim"),
    ("EMAIL_FORMAT", "WARNING", False, "Alamat email bukan syarat pendaftaran"),
    ("NEIGHBOURHOOD_AS_DATE", "WARNING", False, "Lingkungan dapat dilengkapi kemudian"),
    (
        "NOT_ELIGIBLE_DESIL",
        "WARNING",
        False,
        "Kelayakan diputuskan penyelia bersama pemerintah daerah",
    ),
    ("PROGRAMME_DIFFERS", "WARNING", False, "Yang dibayar adalah program kuota"),
    ("PERIOD_DIFFERS", "WARNING", False, "Yang dibayar adalah bulan batch"),
    ("DOB_DIFFERS", "WARNING", False, "Catatan lama dapat pula yang keliru"),
    ("VALUE_LOST", "WARNING", False, "Isinya tidak wajib"),
)


def upgrade() -> None:
    _core_word()
    _desil_limit()
    dated = ("valid_from", "legal_basis", "verified")
    _add("core_word", ("words", "meaning", *dated), _dated(_CORE_WORDS), keys=1)
    _add("desil_limit", ("category", "highest", *dated), _dated(_DESIL_LIMITS), keys=1)
    _add("column_synonym", ("spelling", "field"), _HEADINGS, keys=1)
    _add("issue_level", ("code", "level", "locked", "reason", *dated), _dated(_LEVELS), keys=1)
    # beside a W, a P means the opposite: Pria; SEX_UNKNOWN asks for both from now on
    op.execute("DELETE FROM sex_spelling WHERE spelling = 'W' AND sex = 'P'")


def _core_word() -> None:
    op.create_table(
        "core_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=60), nullable=False),
        sa.Column("meaning", sa.String(length=30), nullable=False),
        *_validity(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_word")),
    )


def _desil_limit() -> None:
    op.create_table(
        "desil_limit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(length=30), nullable=False),
        sa.Column("highest", sa.Integer(), nullable=False),
        *_validity(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desil_limit")),
    )


def _validity() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("legal_basis", sa.String(length=40), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
    )


def _dated(rows: Iterable[tuple[object, ...]]) -> Iterable[tuple[object, ...]]:
    return ((*row, _SINCE, "", False) for row in rows)


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
