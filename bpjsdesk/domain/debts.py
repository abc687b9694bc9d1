"""Held rows of an accepted batch: somebody owes them an end by a day, until none is left."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchDebt:
    """The held rows of one batch; `version` is the batch's own.

    `held` leaves out the rows that were decided not to be taken. `reason` is why it still stands,
    in the owner's words; `main_fault` what most of its rows lack. So many rows as
    `written_off_rows` are not waited for any longer.
    """

    batch_id: int
    number: str
    version: int
    agreement_id: int
    agreement_title: str
    sender: str
    held: int
    owner_id: int
    owner: str
    due_on: date
    as_of: date
    reason: str = ""
    main_fault: str = ""
    written_off_rows: int = 0
    written_off_by: str = ""
    written_off_at: str = ""
    written_off_why: str = ""

    @property
    def is_open(self) -> bool:
        """Say whether somebody must still do something about it."""
        return self.held > self.written_off_rows

    @property
    def days_late(self) -> int:
        """Count the days since the due date; 0 while it is not over."""
        return max((self.as_of - self.due_on).days, 0)

    @property
    def days_left(self) -> int:
        """Count the days until the due date; 0 once it is over."""
        return max((self.due_on - self.as_of).days, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtOwner:
    """A user who may see to the held rows of a batch."""

    user_id: int
    name: str
