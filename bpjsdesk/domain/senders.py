"""Senders of lists: who they are, what is remembered of them, how sound their lists were."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """An office or village that sends lists; `columns` and `values` count what is remembered."""

    sender_id: int
    name: str
    note: str
    version: int
    batches: int
    columns: int
    values: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderChoice:
    """Who has sent a list, with which letter."""

    sender_id: int
    letter_no: str = ""
    letter_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSender:
    """Who has sent a list in work, and what earlier lists of the sender have told about it.

    `earlier` is the number of the list from which something is remembered, "" for none;
    `recalled` counts the columns that mean what they meant before, `values` the spellings.
    """

    sender_id: int
    name: str
    letter_no: str
    letter_on: date | None
    scan: str
    earlier: str
    earlier_on: date | None
    recalled: int
    values: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterScan:
    """A scanned letter: a PDF or a picture, as `kind` says."""

    name: str
    kind: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderBatch:
    """One list of a sender; `bad` rows were held, repaired or left out, of `people` rows in all."""

    batch_id: int
    number: str
    loaded_on: date
    people: int
    bad: int
    is_judged: bool

    @property
    def share(self) -> float | None:
        """Give the share of bad rows; None while nobody has decided the list."""
        return self.bad / self.people if self.is_judged and self.people else None


@dataclass(frozen=True, slots=True, kw_only=True)
class UsualMistake:
    """A fault that comes again and again: rows with it, and their share of all rows."""

    code: str
    rows: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SenderProfile:
    """What is known of a sender: lists oldest first, mistakes the most frequent first.

    `texts` gives headings (with field "") and spellings as they are written, by field and key.
    """

    sender: Sender
    batches: tuple[SenderBatch, ...]
    mistakes: tuple[UsualMistake, ...]
    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    texts: Mapping[tuple[str, str], str]
