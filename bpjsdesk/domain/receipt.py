"""The receipt that a sender gets for a list: what came, what became of every row, what it costs."""

from dataclasses import dataclass
from datetime import date, datetime

from bpjsdesk.domain.ignored_warnings import IgnoredLine

DIGEST_SHOWN = 16
_GROUP = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonLine:
    """A reason for which rows are held, in words."""

    sentence: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneLine:
    """What was done to rows while the list was in work, in words."""

    what: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelLine:
    """A finding that this office treats otherwise than a new one does, in words."""

    sentence: str
    level: str
    usual: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchReceipt:
    """What a list has become; `amount` is whole rupiah for all months of who was accepted.

    `decided_at` is None while the list is a draft or waits for the supervisor; its rows are then
    those that acceptance would find now. `due_on` is the day for the held rows, None without any.
    """

    number: str
    agreement: str
    category: str
    sender: str
    letter: str
    source_name: str
    digest: str
    from_month: date
    months: int
    programmes: str
    read: int
    new: int
    linked: int
    left_out: int
    held: int
    ignored: int
    blank: int
    amount: int
    reasons: tuple[ReasonLine, ...]
    created_by: str
    submitted_by: str
    decided_by: str
    decided_at: datetime | None
    updated: int = 0
    rejected: int = 0
    repaired: tuple[DoneLine, ...] = ()
    decided: tuple[DoneLine, ...] = ()
    levels: tuple[LevelLine, ...] = ()
    ignored_warnings: tuple[IgnoredLine, ...] = ()
    due_on: date | None = None

    def __post_init__(self) -> None:
        entered = self.new + self.linked + self.updated
        others = self.left_out + self.rejected + self.held + self.ignored + self.blank
        if self.read != entered + others:
            raise ValueError("the rows of a receipt do not add up")

    @property
    def fingerprint(self) -> str:
        """Give the beginning of the content's digest as people read it out."""
        shown = self.digest[:DIGEST_SHOWN]
        return " ".join(shown[at : at + _GROUP] for at in range(0, len(shown), _GROUP))
