"""Find rows of a list by line, NIK or telephone without a pass over all of them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from itertools import count
from types import MappingProxyType

from bpjsdesk.domain.checked_row import CheckedRow
from bpjsdesk.domain.row_repeats import SharedNumbers
from bpjsdesk.services.staged_rows import RowEdits, StagedRows


class RowFinder:
    """Finds the rows of one list; made when first asked, then carried on from step to step.

    A pass over tens of thousands of rows takes as long as all the rest of a step.
    """

    def __init__(self, line_ids: Sequence[int], first: SharedNumbers) -> None:
        self._line_ids = line_ids
        self._first = first
        self._moved: Mapping[str, Collection[int]] = {}

    @cached_property
    def places(self) -> Mapping[int, int]:
        """Find the place of a line among the rows."""
        return MappingProxyType(dict(zip(self._line_ids, count(), strict=False)))

    def places_of(self, number: str) -> Collection[int]:
        """Give the places that hold a NIK or telephone, or have held it before some step."""
        return {*self._first.places_of(number), *self._moved.get(number, ())}

    def sharing(self, staged: StagedRows | RowEdits, numbers: Iterable[str]) -> set[int]:
        """Find the places of all rows that hold one of some NIKs and telephones.

        `staged` are the rows as they stand now, before or after any step on this list.
        """
        wanted = set(numbers)
        return {
            at
            for number in wanted
            for at in self.places_of(number)
            if not wanted.isdisjoint(numbers_of(staged[at].row))
        }

    def after(self, staged: StagedRows | RowEdits, changed: Iterable[int]) -> "RowFinder":
        """Find, too, the numbers that rows hold after a step; what they held stays findable."""
        taken: dict[str, set[int]] = {}
        for at in changed:
            for number in numbers_of(staged[at].row):
                if at not in self._first.places_of(number):
                    taken.setdefault(number, set()).add(at)
        earlier = self._moved
        moved = {number: places.union(earlier.get(number, ())) for number, places in taken.items()}
        finder = RowFinder(self._line_ids, self._first)
        # what was made once is shared: neither lines nor first numbers ever change
        vars(finder).update(vars(self), _moved={**earlier, **moved})
        return finder


def numbers_of(row: CheckedRow) -> list[str]:
    """Give what a row may share with another one: its NIK and its telephone."""
    return [number for number in (row.nik, row.phone) if number]
