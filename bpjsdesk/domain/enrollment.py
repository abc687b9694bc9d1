"""Enrolment batches: what is asked, what a check found, what was stored."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path


class LineStatus(StrEnum):
    """What became of one row of the file; blank rows are counted, not stored."""

    ACCEPTED = "ACCEPTED"
    HELD = "HELD"
    IGNORED = "IGNORED"


class BatchStatus(StrEnum):
    """Where a batch stands: being worked on, before the supervisor, in the register, taken back,
    put aside before anybody was registered.

    Later steps of domain.md §9.2 come with later issues.
    """

    DRAFT = "DRAFT"
    SUBMITTED = "SUBMITTED"
    VALIDATED = "VALIDATED"
    UNDONE = "UNDONE"
    DISCARDED = "DISCARDED"
    CLOSED = "CLOSED"


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRequest:
    """What the clerk chose before a file is read; ages are judged on `registered_on`.

    `pasted` is a table from the clipboard, which has no file; `path` then only names it.
    """

    path: Path
    agreement_id: int
    category: str
    registered_on: date
    from_month: date | None = None
    months: int | None = None
    pasted: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchCounts:
    """The counters that always add up."""

    read: int
    blank: int
    ignored: int
    accepted: int
    held: int

    def __post_init__(self) -> None:
        if self.read != self.blank + self.ignored + self.accepted + self.held:
            raise ValueError("batch counters do not add up")


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRow:
    """One row as a preview shows it; `values` has nik, name, birth_date, sex, region.

    `nik_text` is what the cell shows where it holds no sound NIK.
    """

    sheet: str
    row: int
    status: LineStatus
    codes: tuple[str, ...]
    reason: str
    values: Mapping[str, str | None]
    nik_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchListItem:
    batch_id: int
    number: str
    agreement_id: int
    agreement_title: str
    category_name: str
    source_name: str
    from_month: date
    months: int
    counts: BatchCounts
    amount: int
    created_at: str
    created_by: str
    status: str
