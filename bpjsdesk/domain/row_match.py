"""Two rows of the same person, perhaps laid out differently: which cells tell something new."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from bpjsdesk.domain.cells import Cell, cell_text, is_empty, label_key
from bpjsdesk.domain.columns import ColumnMap, numbered_headings
from bpjsdesk.domain.corrections import same_cell
from bpjsdesk.domain.row_check import CheckedRow
from bpjsdesk.domain.workbook_values import ADDED_HEADERS

# What these columns hold is compared as understood: a date may be written in several ways.
_MEANT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "nik": ("nik",),
        "birth_date": ("birth_date",),
        "birth_place_date": ("birth_date", "birth_place"),
        "birth_place": ("birth_place",),
        "sex": ("sex",),
        "phone": ("phone",),
        "wage": ("wage",),
    }
)
_NEVER_COMPARED = frozenset({"number", "row_key"})
_DATES = ("birth_date",)

Names = tuple[object, ...]


def column_names(columns: ColumnMap) -> tuple[object, ...]:
    """Name each column by its field, else by its heading; None where it has neither.

    What our own error workbook has added says nothing about anybody.
    """
    fields = {at: field for field, at in columns.fields.items()}
    headings = numbered_headings(label_key(text) for text in columns.headers)
    width = max([len(columns.headers), *(at + 1 for at in columns.fields.values())])
    ours = _added_by_us([text for text, _number in headings])
    return tuple(
        None
        if at in ours
        else fields.get(at) or (headings[at] if at < len(headings) and headings[at][0] else None)
        for at in range(width)
    )


def _added_by_us(headings: Sequence[str]) -> range:
    added = [label_key(text) for text in ADDED_HEADERS]
    for begin in range(len(headings) - len(added) + 1):
        if list(headings[begin : begin + len(added)]) == added:
            return range(begin, begin + len(added))
    return range(0)


def content_of(columns: ColumnMap, cells: Sequence[Cell]) -> frozenset[tuple[object, str]]:
    """Give what a row says, however its columns lie; for rows that no NIK tells apart."""
    named = zip(column_names(columns), cells, strict=False)
    return frozenset(
        (name, cell_text(cell))
        for name, cell in named
        if name is not None and name not in _NEVER_COMPARED and not is_empty(cell)
    )


def with_columns_of(columns: ColumnMap, other: ColumnMap, *, width: Callable[[], int]) -> ColumnMap:
    """Add the columns that another sheet has beyond these, at the right of the widest row."""
    known = set(column_names(columns))
    extra = [
        (name, other.headers[at] if at < len(other.headers) else "")
        for at, name in enumerate(column_names(other))
        if name is not None and name not in known and name not in _NEVER_COMPARED
    ]
    if not extra:
        return columns
    begin = max(width(), len(columns.headers))
    blanks = ("",) * (begin - len(columns.headers))
    fields = {
        str(name): begin + place
        for place, (name, _text) in enumerate(extra)
        if isinstance(name, str)
    }
    added = tuple(text for _name, text in extra)
    unmapped = tuple(
        (begin + place, text)
        for place, (name, text) in enumerate(extra)
        if not isinstance(name, str) and text
    )
    return replace(
        columns,
        headers=(*columns.headers, *blanks, *added),
        fields={**columns.fields, **fields},
        unmapped=(*columns.unmapped, *unmapped),
    )


class RowMatch:
    """Lay rows of one sheet under the columns of another and say what they tell anew.

    `is_straight` says that the columns of both lie alike.
    """

    def __init__(self, target: ColumnMap, source: ColumnMap) -> None:
        self._names = column_names(target)
        found = {name: at for at, name in enumerate(column_names(source)) if name is not None}
        self._places = {
            at: found[name]
            for at, name in enumerate(self._names)
            if name in found and name not in _NEVER_COMPARED
        }
        self._other_order = source.date_order.is_month_first != target.date_order.is_month_first
        straight = all(at == place for at, place in self._places.items())
        self.is_straight = straight and not self._other_order

    def news(
        self, before: tuple[CheckedRow, Sequence[Cell]], after: tuple[CheckedRow, Sequence[Cell]]
    ) -> dict[int, Cell]:
        """Give the cells of the target that change; a blank never erases."""
        return dict(self._news(before, after))

    def _news(
        self, before: tuple[CheckedRow, Sequence[Cell]], after: tuple[CheckedRow, Sequence[Cell]]
    ) -> Iterator[tuple[int, Cell]]:
        for at, place in self._places.items():
            cell = after[1][place] if place < len(after[1]) else None
            old = before[1][at] if at < len(before[1]) else None
            name = self._names[at]
            if is_empty(cell) or (self._tells_alike(name) and same_cell(old, cell)):
                continue
            if not _means_the_same(name, before[0], after[0]):
                yield at, self._as_meant(name, cell, after[0])

    def _tells_alike(self, name: object) -> bool:
        """Say whether equal cells mean the same, which dates of another order do not."""
        return not (self._other_order and name in _DATES)

    def _as_meant(self, name: object, cell: Cell, row: CheckedRow) -> Cell:
        """Keep a date right where the other sheet writes day and month the other way round."""
        if self._other_order and name in _DATES and row.birth_date and isinstance(cell, str):
            return ["d", row.birth_date.isoformat()]
        return cell


def _means_the_same(name: object, before: CheckedRow, after: CheckedRow) -> bool:
    meant = _MEANT.get(name, ()) if isinstance(name, str) else ()
    pairs = [(getattr(before, field), getattr(after, field)) for field in meant]
    return bool(pairs) and all(old is not None and old == new for old, new in pairs)
