"""Lists in work: how far one has come, and what was done to its rows."""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """The screen at which work on a list goes on; READ as long as nobody has chosen one."""

    READ = "READ"
    COLUMNS = "COLUMNS"
    VALUES = "VALUES"
    CHECK = "CHECK"
    DOUBLES = "DOUBLES"
    DECIDE = "DECIDE"
    DONE = "DONE"


class DecidedOutcome(StrEnum):
    """What a clerk decided about a row: it stays out, or whom of the register it names.

    RETURNED rows are held until their sender has answered; whoever changes one takes it up again.
    """

    SKIPPED = "SKIPPED"
    REJECTED = "REJECTED"
    RETURNED = "RETURNED"
    LINKED = "LINKED"
    UPDATED = "UPDATED"


class SheetStep(StrEnum):
    """Steps about columns, sheets, spellings and the sender of a list; none changes a cell."""

    MAP_COLUMNS = "MAP_COLUMNS"
    DATE_ORDER = "DATE_ORDER"
    MOVE_HEADING = "MOVE_HEADING"
    LEAVE_SHEET = "LEAVE_SHEET"
    JOIN_SHEET = "JOIN_SHEET"
    MAP_VALUES = "MAP_VALUES"
    NEW_LIST = "NEW_LIST"
    CHOOSE_SENDER = "CHOOSE_SENDER"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that was done to rows of a list; `undone_at` is empty while it counts.

    What was done before people were registered is settled: it is not undone any more.
    """

    step_id: int
    seq: int
    rule: str
    code: str
    note: str
    rows: int
    user_name: str
    at: str
    undone_at: str
    is_settled: bool = False

    @property
    def may_undo(self) -> bool:
        return not self.undone_at and not self.is_settled
