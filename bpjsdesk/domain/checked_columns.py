"""Checked rows kept as columns: a list has many thousands, of which a screen shows some dozens."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, repeat
from typing import Any

from bpjsdesk.domain.checked_row import CheckedRow
from bpjsdesk.domain.row_repeats import SharedNumbers

_PLACES = {name: at for at, name in enumerate(CheckedRow._fields)}


class CheckedColumns:
    """Rows in the order of a file; they only grow until the check is done.

    A row is made when somebody asks for it. Until then Python's search for circles has nothing to
    go through, and what most rows leave open is kept once.
    """

    def __init__(self) -> None:
        self._blocks: list[Sequence[Sequence[Any]]] = []
        self._begins: list[int] = []
        self._size = 0
        self._single: dict[int, CheckedRow] = {}
        self.numbers = SharedNumbers()

    def __len__(self) -> int:
        return self._size

    def add_rows(self, rows: Sequence[CheckedRow]) -> None:
        """Add rows that were checked one by one."""
        if rows:
            self.add_columns(list(zip(*rows, strict=True)))

    def add_columns(
        self, columns: Sequence[Sequence[Any]], single: Mapping[int, CheckedRow] | None = None
    ) -> None:
        """Add rows, given as columns in the order of `CheckedRow`.

        `single` holds, by place among them, rows for which the columns do not count.
        """
        begin, self._size = self._size, self._size + len(columns[0])
        single = single or {}
        for place, row in single.items():
            self._single[begin + place] = row
        for field in ("nik", "phone"):
            numbers = list(columns[_PLACES[field]])
            for place, row in single.items():
                numbers[place] = getattr(row, field)
            self.numbers.take(begin, numbers)
        self._blocks.append(columns)
        self._begins.append(begin)

    def column(self, field: str) -> list[Any]:
        """Give one value of all rows."""
        at = _PLACES[field]
        values = list(chain.from_iterable(block[at] for block in self._blocks))
        for place, row in self._single.items():
            values[place] = row[at]
        return values

    def row(self, place: int) -> CheckedRow:
        if place in self._single:
            return self._single[place]
        block = bisect_right(self._begins, place) - 1
        at = place - self._begins[block]
        return CheckedRow._make([column[at] for column in self._blocks[block]])

    def rows(self) -> Iterator[CheckedRow]:
        made = chain.from_iterable(zip(*block, strict=True) for block in self._blocks)
        # straight from tuples: naming the fields would cost more than all of the check
        rows = map(tuple.__new__, repeat(CheckedRow), made)
        single = self._single.get
        return (single(place) or row for place, row in enumerate(rows))
