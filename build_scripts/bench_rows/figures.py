"""What a measured row is, the sizes that it is measured at, and medians of pairs."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Sense(StrEnum):
    """Which side of the goal is the good one."""

    AT_MOST = "≤"
    AT_LEAST = "≥"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How much of everything a run measures."""

    people: int
    list_rows: int
    claims: int
    roster_rows: int
    searches: int


FULL = Sizes(people=1_000_000, list_rows=37_000, claims=200_000, roster_rows=37_000, searches=200)
QUICK = Sizes(people=50_000, list_rows=4_000, claims=20_000, roster_rows=2_000, searches=60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One promise of the issue: `compared` is what the goal limits, a ratio or a plain figure."""

    name: str
    title: str
    sense: Sense
    limit: float
    unit: str = "×"

    def is_kept_by(self, value: float) -> bool:
        """Compare a measured value with the limit."""
        return value <= self.limit if self.sense is Sense.AT_MOST else value >= self.limit


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One row of the table; `figure` and `peer` in `unit`, `value` is what the goal limits."""

    goal: Goal
    figure: float
    unit: str
    value: float
    peer: float | None = None
    peer_name: str = ""
    rounds: int = 1
    notes: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        return self.goal.is_kept_by(self.value)


Side = Callable[[], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """The medians of two sides that ran in turn, and the median of the ratios of each round."""

    figure: float
    peer: float
    ratio: float
    rounds: int


def pairs_of(firsts: Sequence[float], seconds: Sequence[float]) -> Pairs:
    """Sum up two sides measured in turn."""
    ratios = [first / second for first, second in zip(firsts, seconds, strict=True)]
    return Pairs(
        figure=statistics.median(firsts),
        peer=statistics.median(seconds),
        ratio=statistics.median(ratios),
        rounds=len(ratios),
    )


def in_turn(first: Side, second: Side, rounds: int) -> Pairs:
    """Run two sides A B, A B, … and sum up what they report."""
    taken = [(first(), second()) for _ in range(rounds)]
    return pairs_of([pair[0] for pair in taken], [pair[1] for pair in taken])


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value below which `share` of all lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def against_peer(goal: Goal, pairs: Pairs, peer_name: str, *notes: str) -> Measured:
    """Make the row of a ratio between two times in seconds."""
    return Measured(
        goal=goal,
        figure=pairs.figure * 1000,
        unit="ms",
        value=pairs.ratio,
        peer=pairs.peer * 1000,
        peer_name=peer_name,
        rounds=pairs.rounds,
        notes=notes,
    )
