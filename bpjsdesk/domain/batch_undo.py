"""What becomes of everybody in a batch that is taken back, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class UndoFate(StrEnum):
    """The three lists of an undo."""

    REVERSED = "REVERSED"
    KEPT = "KEPT"
    BARRED = "BARRED"


class UndoReason(StrEnum):
    """Why somebody is in one of the lists; first those reversed, then kept, then barred."""

    REMOVED = "REMOVED"
    MONTHS_ENDED = "MONTHS_ENDED"
    CLAIMED = "CLAIMED"
    EDITED = "EDITED"
    IN_CORE = "IN_CORE"
    MERGED = "MERGED"


UNDO_SENTENCES: Mapping[UndoReason, str] = MappingProxyType(
    {
        UndoReason.REMOVED: "keluar dari register",
        UndoReason.MONTHS_ENDED: "bulan iurannya batal; orangnya tercatat juga di tempat lain",
        UndoReason.CLAIMED: "ada klaim atas nama orang ini",
        UndoReason.EDITED: "data orang ini diubah sesudah dimuat",
        UndoReason.IN_CORE: "sudah diterima sistem inti; batalkan di sana lebih dahulu",
        UndoReason.MERGED: "digabung dengan orang lain sesudahnya; lepas penggabungan dahulu",
    }
)
FATE_OF: Mapping[UndoReason, UndoFate] = MappingProxyType(
    {
        UndoReason.REMOVED: UndoFate.REVERSED,
        UndoReason.MONTHS_ENDED: UndoFate.REVERSED,
        UndoReason.CLAIMED: UndoFate.KEPT,
        UndoReason.EDITED: UndoFate.KEPT,
        UndoReason.IN_CORE: UndoFate.BARRED,
        UndoReason.MERGED: UndoFate.BARRED,
    }
)
WAS_SENT = "sudah dikirim dan belum dijawab: kabari sistem inti"
WAS_UPDATED = "perubahan data dirinya dari berkas ini tetap tercatat"
WAS_RESTORED = "perubahan data dirinya dari berkas ini ikut dibatalkan"


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoRow:
    """What an undo does to one row; `nik` is masked, `note` what stays to be done beside it."""

    sheet: str
    row_no: int
    nik: str
    name: str
    why: UndoReason
    note: str = ""

    @property
    def fate(self) -> UndoFate:
        return FATE_OF[self.why]

    @property
    def sentence(self) -> str:
        """Say in words why, and what stays to be done."""
        words = UNDO_SENTENCES[self.why]
        return f"{words}; {self.note}" if self.note else words


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoPlan:
    """What undoing a batch does, row by row, or has done."""

    batch_id: int
    number: str
    version: int
    rows: tuple[UndoRow, ...]

    def rows_of(self, fate: UndoFate) -> tuple[UndoRow, ...]:
        """Give one of the three lists."""
        return tuple(row for row in self.rows if row.fate is fate)

    def count(self, why: UndoReason) -> int:
        """Count the rows of one reason."""
        return sum(row.why is why for row in self.rows)

    @property
    def reversed_heads(self) -> int:
        return len(self.rows_of(UndoFate.REVERSED))

    @property
    def removed(self) -> int:
        """Count those who leave the register altogether."""
        return self.count(UndoReason.REMOVED)

    @property
    def kept(self) -> tuple[UndoRow, ...]:
        return self.rows_of(UndoFate.KEPT)

    @property
    def barred(self) -> tuple[UndoRow, ...]:
        return self.rows_of(UndoFate.BARRED)
