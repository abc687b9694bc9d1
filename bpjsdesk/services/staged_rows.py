"""The checked rows of a list in work: made when asked, other ones laid over them by steps."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import compress, count, repeat
from typing import Any, NamedTuple, overload

from bpjsdesk.domain.checked_columns import CheckedColumns
from bpjsdesk.domain.checked_row import CheckedRow
from bpjsdesk.domain.row_issues import IssueCode, Levels
from bpjsdesk.domain.row_repeats import marked


class StagedRow(NamedTuple):
    """A checked row with the cells exactly as they arrived, types included, as JSON text."""

    row: CheckedRow
    cells: str

    def marked(self, repeats: Sequence[IssueCode], levels: Levels) -> "StagedRow":
        """Give the row with these repeats and no others."""
        return self._replace(row=marked(self.row, repeats, levels))


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class StagedRows(Sequence[StagedRow]):
    """Rows in the order of their list; two states of it share all that no step has changed."""

    checked: CheckedColumns
    cells: Sequence[str]
    changed: Mapping[int, StagedRow] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.checked) != len(self.cells):
            raise ValueError("each row has its cells")

    @classmethod
    def of(cls, items: Iterable[StagedRow]) -> "StagedRows":
        """Keep rows that were made one by one."""
        kept = list(items)
        checked = CheckedColumns()
        checked.add_rows([item.row for item in kept])
        return cls(checked, [item.cells for item in kept])

    def __len__(self) -> int:
        return len(self.cells)

    def __iter__(self) -> Iterator[StagedRow]:
        made = zip(self.checked.rows(), self.cells, strict=True)
        # straight from tuples: naming the fields takes four times as long
        rows = map(tuple.__new__, repeat(StagedRow), made)
        if not self.changed:
            return rows
        changed = self.changed.get
        return (changed(place) or item for place, item in enumerate(rows))

    @overload
    def __getitem__(self, place: int) -> StagedRow: ...

    @overload
    def __getitem__(self, place: slice) -> list[StagedRow]: ...

    def __getitem__(self, place: int | slice) -> StagedRow | list[StagedRow]:
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        at = range(len(self))[place]
        return self.changed.get(at) or StagedRow(self.checked.row(at), self.cells[at])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StagedRows) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]  # compared by what the rows say

    def column(self, field: str) -> Sequence[Any]:
        """Give one value of all rows, a field of `CheckedRow`."""
        values = self.checked.column(field)
        for place, item in self.changed.items():
            values[place] = getattr(item.row, field)
        return values

    def places_with_codes(self) -> Iterator[int]:
        """Give the places of all rows that anything is said of."""
        return compress(count(), self.column("codes"))

    def with_rows(self, rows: Mapping[int, StagedRow]) -> "StagedRows":
        """Give the list with other rows at some places."""
        if not rows:
            return self
        return StagedRows(self.checked, self.cells, {**self.changed, **rows})

    def places_other_than(self, before: "StagedRows") -> Iterator[int]:
        """Give the places whose rows were made anew since an earlier state of the same list."""
        if self.checked is not before.checked:
            return iter(range(len(self)))
        now, then = self.changed, before.changed
        places = sorted(now.keys() | then.keys())
        return compress(places, (now.get(at) is not then.get(at) for at in places))


class RowEdits:
    """The rows of a list while a step changes some of them."""

    def __init__(self, rows: StagedRows) -> None:
        self._rows = rows
        self._changed: dict[int, StagedRow] = {}

    def __getitem__(self, place: int) -> StagedRow:
        return self._changed.get(place) or self._rows[place]

    def __setitem__(self, place: int, item: StagedRow) -> None:
        self._changed[place] = item

    def done(self) -> StagedRows:
        """Give the list as the step has left it."""
        return self._rows.with_rows(self._changed)
