"""What the workbooks that the program writes shall contain, without a word on how they are made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bpjsdesk.domain.cells import Cell

ROW_KEY_HEADER = "Kunci Baris"
# what an error workbook adds behind the sender's own columns, before the key
ADDED_HEADERS = ("Baris asal", "Lembar", "Kode", "Apa yang salah", "Yang diharapkan")


class ColumnKind(StrEnum):
    """How a column's cells are typed and shown."""

    TEXT = "TEXT"
    INTEGER = "INTEGER"
    MONEY = "MONEY"
    PERCENT = "PERCENT"
    DATE = "DATE"


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateColumn:
    """One column to fill in; `choices` names a list of the template, `digits` a fixed length.

    Text columns are stored as text from the start, so that no identifier loses its last digit.
    """

    header: str
    kind: ColumnKind = ColumnKind.TEXT
    width: int = 18
    note: str = ""
    is_required: bool = False
    choices: str | None = None
    digits: int | None = None
    earliest: date | None = None
    latest: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateSpec:
    """An empty list to send to a village; `choices` maps a list's name to what may be chosen."""

    version: str
    title: str
    columns: tuple[TemplateColumn, ...]
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    instructions: tuple[str, ...] = ()
    sheet_name: str = "Daftar"


@dataclass(frozen=True, slots=True, kw_only=True)
class CellProblem:
    """What is wrong with a row; `column` counts from 0, None when the whole row is meant."""

    code: str
    column: int | None
    message: str
    expected: str
    is_error: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorRow:
    """A row to mend; `key` finds it again when the workbook comes back."""

    sheet: str
    row: int
    key: str
    cells: Sequence[Cell]
    problems: tuple[CellProblem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonCount:
    code: str
    label: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorBook:
    """The rows that were held back, under the sender's own headings.

    `text_columns` are formatted as text (identifiers, phones, accounts), `choices` may be chosen
    from in their columns. `rows` may be produced while the file is being written.
    """

    title: str
    source_name: str
    headers: tuple[str, ...]
    rows: Iterable[ErrorRow]
    reasons: tuple[ReasonCount, ...]
    text_columns: frozenset[int] = frozenset()
    explanation: tuple[str, ...] = ()
    choices: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    header: str
    kind: ColumnKind = ColumnKind.TEXT
    width: int = 16


TableCell = str | int | float | date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableSheet:
    """One formatted table: title, lines under it, rows, an optional total, notes at its foot."""

    name: str
    title: str
    columns: tuple[TableColumn, ...]
    rows: Sequence[Sequence[TableCell]]
    subtitles: tuple[str, ...] = ()
    total: Sequence[TableCell] | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrollmentChoices:
    """What a village may choose from, and the birth dates that can be meant at all."""

    sexes: tuple[str, ...]
    categories: tuple[str, ...]
    villages: tuple[str, ...]
    earliest_birth: date
    latest_birth: date


def enrollment_template(
    *, version: str, title: str, choices: EnrollmentChoices, nik_digits: int
) -> TemplateSpec:
    """Lay out the list of workers of domain.md §5.3; its headings are known to the importer."""
    return TemplateSpec(
        version=version,
        title=title,
        columns=(*_person_columns(choices, nik_digits), *_work_columns()),
        choices={
            name: values
            for name, values in (
                ("sex", choices.sexes),
                ("category", choices.categories),
                ("village", choices.villages),
            )
            if values
        },
        instructions=_INSTRUCTIONS,
    )


_INSTRUCTIONS = (
    "Isi satu pekerja per baris pada lembar Daftar, mulai tepat di bawah judul kolom.",
    "Kolom bertanda * wajib diisi. Jangan mengubah, menggabung, atau menghapus judul kolom.",
    "NIK, No. KK, nomor HP, dan nomor rekening sudah diatur sebagai Teks. Bila menempel dari "
    "berkas lain, pakai Tempel Khusus > Nilai agar angkanya tidak berubah.",
    "NIK terdiri atas angka saja, tanpa spasi, titik, atau petik. Salin dari KTP, bukan dari "
    "kolom yang pernah disimpan sebagai angka: Excel menghapus angka terakhirnya.",
    "Tanggal lahir ditulis hari-bulan-tahun, contoh 17-08-1985.",
    "Pilih jenis kelamin, kelurahan/desa, dan kategori dari daftar yang muncul di selnya.",
    "Jangan menulis jumlah, tanda tangan, atau keterangan di bawah baris terakhir.",
)


def _person_columns(choices: EnrollmentChoices, nik_digits: int) -> tuple[TemplateColumn, ...]:
    return (
        TemplateColumn(header="NO", kind=ColumnKind.INTEGER, width=6),
        TemplateColumn(
            header="NIK",
            width=20,
            is_required=True,
            digits=nik_digits,
            note=f"{nik_digits} angka dari KTP, sebagai teks.",
        ),
        TemplateColumn(header="NO KK", width=20, digits=nik_digits, note="Nomor kartu keluarga."),
        TemplateColumn(header="NAMA LENGKAP", width=30, is_required=True, note="Sama dengan KTP."),
        TemplateColumn(header="TEMPAT LAHIR"),
        TemplateColumn(
            header="TANGGAL LAHIR",
            kind=ColumnKind.DATE,
            is_required=True,
            note="Hari-bulan-tahun, contoh 17-08-1985.",
            earliest=choices.earliest_birth,
            latest=choices.latest_birth,
        ),
        TemplateColumn(header="JENIS KELAMIN", width=15, choices="sex", note="L atau P."),
        TemplateColumn(header="NAMA IBU KANDUNG", width=26),
        TemplateColumn(header="ALAMAT", width=30),
        TemplateColumn(header="LINGKUNGAN/RT/RW"),
        TemplateColumn(header="KELURAHAN/DESA", width=22, choices="village"),
        TemplateColumn(header="KECAMATAN", width=20),
        TemplateColumn(header="KAB/KOTA", width=20),
        TemplateColumn(header="NO HP", note="Contoh 081234567890, sebagai teks."),
        TemplateColumn(header="EMAIL", width=24),
    )


def _work_columns() -> tuple[TemplateColumn, ...]:
    return (
        TemplateColumn(header="PEKERJAAN", width=20),
        TemplateColumn(header="KATEGORI", width=20, choices="category"),
        TemplateColumn(header="PENGHASILAN", kind=ColumnKind.MONEY, note="Rupiah per bulan."),
        TemplateColumn(header="PROGRAM", note="Contoh JKK+JKM."),
        TemplateColumn(header="BULAN MULAI", note="Contoh 2026-12."),
        TemplateColumn(header="JUMLAH BULAN", kind=ColumnKind.INTEGER, width=14),
        TemplateColumn(header="NAMA AHLI WARIS", width=26),
        TemplateColumn(header="HUBUNGAN", note="Hubungan ahli waris dengan pekerja."),
        TemplateColumn(header="BANK"),
        TemplateColumn(header="NO REKENING", width=20, note="Sebagai teks."),
        TemplateColumn(header="KETERANGAN", width=26),
    )
