"""The rows of a stored batch, grouped by reason without copying any of them."""

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bpjsdesk.domain.enrollment import BatchRow, LineStatus
from bpjsdesk.domain.row_issues import Levels

TakeRow = Callable[[int], BatchRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowGroups:
    """Positions of rows by issue code and by status; `take` makes one row when it is needed."""

    take: TakeRow
    every: "array[int]"
    by_code: Mapping[str, "array[int]"]
    by_status: Mapping[LineStatus, "array[int]"]
    levels: Levels

    @property
    def with_issues(self) -> "array[int]":
        """Give the rows that carry any code, in the order of the file."""
        found = sorted({place for group in self.by_code.values() for place in group})
        return array("I", found)


class GroupRows:
    """A row source over some positions of a group; reading a block costs microseconds a row."""

    def __init__(self, groups: RowGroups, places: "array[int]") -> None:
        self._groups, self._places = groups, places

    def count(self) -> int:
        return len(self._places)

    def load(self, first: int, n: int) -> Sequence[BatchRow]:
        return [self._groups.take(place) for place in self._places[first : first + n]]


def groups_of_rows(rows: Sequence[BatchRow], levels: Levels) -> RowGroups:
    """Group stored rows; `levels` are those of their batch."""
    collector = _Collector()
    for place, row in enumerate(rows):
        collector.add(place, row.status, row.codes)
    return collector.groups(rows.__getitem__, levels)


class _Collector:
    def __init__(self) -> None:
        self._every = array("I")
        self._codes: dict[str, array[int]] = {}
        self._statuses: dict[LineStatus, array[int]] = {}

    def add(self, place: int, status: LineStatus, codes: Sequence[str]) -> None:
        self._every.append(place)
        self._statuses.setdefault(status, array("I")).append(place)
        # an ignored row keeps why it was left out where others keep what is wrong with them
        for code in codes if status is not LineStatus.IGNORED else ():
            self._codes.setdefault(str(code), array("I")).append(place)

    def groups(self, take: TakeRow, levels: Levels) -> RowGroups:
        return RowGroups(
            take=take,
            every=self._every,
            by_code=self._codes,
            by_status=self._statuses,
            levels=levels,
        )
