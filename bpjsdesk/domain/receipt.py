"""The receipt that a sender gets for a list: what came, what became of every row, what it costs."""

from dataclasses import dataclass
from datetime import date, datetime

DIGEST_SHOWN = 16
_GROUP = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonLine:
    """A reason for which rows are held, in words."""

    sentence: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchReceipt:
    """What a list has become; `amount` is whole rupiah for all months of who was accepted.

    `decided_at` is None while the list is a draft or waits for the supervisor.
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

    def __post_init__(self) -> None:
        parts = (self.new, self.linked, self.left_out, self.held, self.ignored, self.blank)
        if self.read != sum(parts):
            raise ValueError("the rows of a receipt do not add up")

    @property
    def fingerprint(self) -> str:
        """Give the beginning of the content's digest as people read it out."""
        shown = self.digest[:DIGEST_SHOWN]
        return " ".join(shown[at : at + _GROUP] for at in range(0, len(shown), _GROUP))
