"""What the core system answers about a batch that was sent to it, and who got no answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bpjsdesk.domain.cells import label_key

_YES = frozenset(
    {"Y", "YA", "YES", "DITERIMA", "BERHASIL", "SUKSES", "VALID", "AKTIF", "TERDAFTAR"}
)
_NO = frozenset({"T", "TIDAK", "N", "NO", "DITOLAK", "GAGAL", "TIDAKVALID", "INVALID"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyRow:
    """One answered person; `kpj` and `reason` are empty where the file says nothing."""

    nik: str
    accepted: bool
    reason: str = ""
    kpj: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyFault:
    """A row of the reply that was not taken, with what to do about it."""

    sheet: str
    row: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A reply file as understood: every row is an answer, a fault, or blank."""

    batch_id: int
    source_name: str
    rows: tuple[ReplyRow, ...]
    faults: tuple[ReplyFault, ...]
    blank: int

    @property
    def read(self) -> int:
        return len(self.rows) + len(self.faults) + self.blank


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """Somebody who was sent and of whom nothing was heard; `nik` is masked."""

    nik: str
    name: str
    sent_on: date
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyState:
    """The three lists of a batch that went to the core system, `rejected` by reason."""

    sent: int
    accepted: int
    rejected: Mapping[str, int]
    unanswered: tuple[Unanswered, ...]


def read_answer(text: str) -> bool | None:
    """Read Y or T in the usual ways of writing; None when it is neither."""
    key = label_key(text)
    if key in _YES:
        return True
    return False if key in _NO else None
