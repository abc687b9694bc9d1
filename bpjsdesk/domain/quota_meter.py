"""How far a list of workers would fill its quota line and the money that the agreement states."""

from dataclasses import dataclass

from bpjsdesk.domain.row_issues import IssueCode, Levels


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What is taken already: heads of a quota line, rupiah of the agreement's funding.

    `ceiling` is the sum of the stated funding in whole rupiah; 0 where none is stated.
    """

    taken: int
    spent: int
    ceiling: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaMeter:
    """How far a quota line is filled; `head_amount` is what one person costs, in whole rupiah."""

    heads: int
    room: Room
    entering: int
    held: int
    head_amount: int

    @property
    def taken(self) -> int:
        return self.room.taken

    @property
    def over(self) -> int:
        """Count the people for whom there is no room."""
        return max(self.taken + self.entering - self.heads, 0)

    @property
    def over_with_held(self) -> int:
        """The same, if every held row came in as well."""
        return max(self.taken + self.entering + self.held - self.heads, 0)

    @property
    def amount(self) -> int:
        """Give what this list costs, in whole rupiah."""
        return self.entering * self.head_amount

    @property
    def over_budget(self) -> int:
        """Give the rupiah beyond the stated funding; 0 where none is stated."""
        if not self.room.ceiling:
            return 0
        return max(self.room.spent + self.amount - self.room.ceiling, 0)

    @property
    def unfunded(self) -> int:
        """Count the people for whom the stated funding is not enough."""
        if not self.over_budget:
            return 0
        return min(-(-self.over_budget // self.head_amount), self.entering)

    def too_many(self, levels: Levels) -> tuple[int, IssueCode]:
        """Count who may not come in, and say why; money refuses only where its level holds rows."""
        unfunded = self.unfunded if levels.is_error(IssueCode.OVER_BUDGET) else 0
        if unfunded > self.over:
            return unfunded, IssueCode.OVER_BUDGET
        return self.over, IssueCode.OVER_QUOTA
