"""Rows that come back to their batch: what was taken of a file, what was not, and why."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bpjsdesk.domain.cells import Cell, cell_text, is_empty


class Door(StrEnum):
    """How corrected rows came back: our own error workbook, or a whole new list."""

    WORKBOOK = "WORKBOOK"
    FULL_LIST = "FULL_LIST"


class NotTaken(StrEnum):
    """Why a row of a corrected file was left as it is in the batch."""

    NO_KEY = "NO_KEY"
    KEY_CHANGED = "KEY_CHANGED"
    OTHER_BATCH = "OTHER_BATCH"
    ROW_TWICE = "ROW_TWICE"
    ROW_GONE = "ROW_GONE"
    EMPTIED = "EMPTIED"
    ACCEPTED = "ACCEPTED"
    LEFT_OUT = "LEFT_OUT"
    FOLLOWED = "FOLLOWED"
    NIK_CUT = "NIK_CUT"


NOT_TAKEN_SENTENCES = {
    NotTaken.NO_KEY: "Baris tanpa Kunci Baris: muat orang tambahan sebagai daftar tersendiri.",
    NotTaken.KEY_CHANGED: "Kunci Baris berubah: salin kembali dari berkas koreksi yang asli.",
    NotTaken.OTHER_BATCH: "Baris ini milik batch lain: muat berkas ini juga di batch itu.",
    NotTaken.ROW_TWICE: "Kunci Baris atau NIK ini sudah dipakai baris lain di berkas ini.",
    NotTaken.ROW_GONE: (
        "Kunci Baris ini tidak dikenal lagi: barisnya sudah tidak ada di batch. Simpan berkas "
        "koreksi baru."
    ),
    NotTaken.EMPTIED: "Seluruh isi baris dikosongkan: barisnya dibiarkan seperti semula.",
    NotTaken.ACCEPTED: "Orang ini sudah diterima: ubah datanya di halaman Peserta.",
    NotTaken.LEFT_OUT: "Baris ini sudah diputuskan tidak dimuat: urungkan putusan itu dahulu.",
    NotTaken.FOLLOWED: "Orang ini sudah ada di batch lanjutan: perbaiki di sana.",
    NotTaken.NIK_CUT: "Kolom NIK berkas ini terpotong: minta daftar dengan NIK yang utuh.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedRow:
    """A row of the file that was not taken; `differs` are the headings whose cells differ."""

    sheet: str
    row_no: int
    why: NotTaken
    differs: tuple[str, ...] = ()
    name: str = ""

    @property
    def sentence(self) -> str:
        """Say why the row was not taken and what to do."""
        return NOT_TAKEN_SENTENCES[self.why]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingRow:
    """Somebody of the batch whom a new whole list does not name.

    Without a NIK that can be trusted the person may be in the list and was not recognised.
    """

    line_id: int
    sheet: str
    row_no: int
    name: str
    is_accepted: bool
    has_nik: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a corrected file did to its batch; every row of it is counted exactly once.

    `taken` rows of the batch were changed, `added` are new; they are lines of the batch itself or,
    after acceptance, of the batch `follow_up`.
    """

    batch_id: int
    number: str
    door: Door
    source_name: str
    read: int
    blank: int
    ignored: int
    taken: int
    unchanged: int
    added: int
    reported: tuple[ReportedRow, ...] = ()
    missing: tuple[MissingRow, ...] = ()
    follow_up: int | None = None
    follow_up_number: str = ""

    def __post_init__(self) -> None:
        parts = (self.blank, self.ignored, self.taken, self.unchanged, self.added)
        if self.read != sum(parts) + len(self.reported):
            raise ValueError("the rows of a correction do not add up")


def same_cell(one: Cell, other: Cell) -> bool:
    """Say whether two cells tell the same; a number is never the same as its digits as text."""
    if one == other and type(one) is type(other):
        return True  # as most are
    if is_empty(one) or is_empty(other):
        return not cell_text(one) and not cell_text(other)
    if isinstance(one, list) or isinstance(other, list):
        return _moment(one) == _moment(other)
    if isinstance(one, str) or isinstance(other, str):
        return type(one) is type(other) and cell_text(one) == cell_text(other)
    return one == other


def differing(
    before: Sequence[Cell], after: Sequence[Cell], places: Sequence[int]
) -> tuple[int, ...]:
    """Give the places at which two rows differ; a row may be shorter than the other."""
    return tuple(at for at in places if not same_cell(_at(before, at), _at(after, at)))


def _at(cells: Sequence[Cell], place: int) -> Cell:
    return cells[place] if place < len(cells) else None


def _moment(cell: Cell) -> str:
    """Read a date, a time or an error as its text, so that midnight is the same as its day."""
    return cell_text(cell).removesuffix("T00:00:00")
