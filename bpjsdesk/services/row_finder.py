"""Find rows of a list by line, NIK or telephone without a pass over all of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import count
from types import MappingProxyType

from bpjsdesk.domain.checked_row import CheckedRow
from bpjsdesk.services.batch_check import StagedRow


class RowFinder:
    """Finds the rows of one list; made when first asked, then carried on from step to step.

    A pass over tens of thousands of rows takes as long as all the rest of a step.
    """

    def __init__(self, line_ids: Sequence[int], staged: Sequence[StagedRow]) -> None:
        self._line_ids = line_ids
        self._staged = staged
        self._moved: Mapping[str, Collection[int]] = {}

    @cached_property
    def places(self) -> Mapping[int, int]:
        """Find the place of a line among the rows."""
        return MappingProxyType(dict(zip(self._line_ids, count(), strict=False)))

    def sharing(self, staged: Sequence[StagedRow], numbers: Iterable[str]) -> set[int]:
        """Find the places of all rows that hold one of some NIKs and telephones.

        `staged` are the rows as they stand now, before or after any step on this list.
        """
        wanted = set(numbers)
        return {
            at
            for number in wanted
            for at in (*self._first_places(number), *self._moved.get(number, ()))
            if not wanted.isdisjoint(numbers_of(staged[at].row))
        }

    def after(self, staged: Sequence[StagedRow], changed: Iterable[int]) -> "RowFinder":
        """Find, too, the numbers that rows hold after a step; what they held stays findable."""
        moved = dict(self._moved)
        for at in changed:
            for number in numbers_of(staged[at].row):
                if at not in self._first_places(number):
                    moved[number] = {*moved.get(number, ()), at}
        finder = RowFinder(self._line_ids, self._staged)
        # what was made once is shared: neither lines nor first numbers ever change
        vars(finder).update(vars(self), _moved=moved)
        return finder

    def _first_places(self, number: str) -> Collection[int]:
        last, repeated = self._first
        if number in repeated:
            return repeated[number]
        return (last[number],) if number in last else ()

    @cached_property
    def _first(self) -> tuple[Mapping[str | None, int], Mapping[str, Collection[int]]]:
        """Give each number's last place at first, and all places of those that come again."""
        rows = [item.row for item in self._staged]
        last: dict[str | None, int] = {}
        repeated: dict[str, set[int]] = {}
        for column in ([row.nik for row in rows], [row.phone for row in rows]):
            held = dict(zip(column, count(), strict=False))
            held.pop(None, None)  # an open cell is shared with nobody
            last |= held
            if len(held) < len(column):
                for at, number in enumerate(column):
                    if number and held[number] != at:
                        repeated.setdefault(number, {held[number]}).add(at)
        return last, repeated


def numbers_of(row: CheckedRow) -> list[str]:
    """Give what a row may share with another one: its NIK and its telephone."""
    return [number for number in (row.nik, row.phone) if number]
