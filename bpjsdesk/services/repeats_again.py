"""Repeated NIKs and telephones after a step: only rows that share one with it are seen."""

from collections.abc import Callable, Collection, Iterable, Sequence

from bpjsdesk.domain.checked_row import CheckedRow
from bpjsdesk.domain.row_issues import Levels
from bpjsdesk.domain.row_repeats import REPEATS, repeats_of
from bpjsdesk.services.row_finder import RowFinder, numbers_of
from bpjsdesk.services.staged_rows import RowEdits, StagedRow


def mark_repeats(
    items: RowEdits,
    before: Sequence[StagedRow],
    *,
    cells_of: Collection[int],
    fates_of: Collection[int],
    finder: RowFinder,
    is_out: Callable[[int], bool],
    levels: Levels,
) -> None:
    """Mark in `items` whoever repeats an earlier row, given which places have changed.

    At `cells_of` rows are other than `before`; at `fates_of` they were put aside or taken up again.
    """
    if not fates_of and all(_is_same(items[at].row, before[at].row) for at in cells_of):
        for at in cells_of:
            kept = [code for code in before[at].row.codes if code in REPEATS]
            items[at] = items[at].marked(kept, levels)
        return
    places = {*cells_of, *fates_of}
    touched = [row for at in places for row in (before[at].row, items[at].row)]
    first = finder.sharing(items, _numbers(touched)) | places
    # a row of the first ring may share its other number with rows that nothing has touched
    ring = first
    if first != places:
        ring = finder.sharing(items, _numbers(items[at].row for at in first)) | first
    order = sorted(ring)
    rows = [items[at].row for at in order]
    told = repeats_of(
        (row.nik, row.name, row.phone, is_out(at)) for at, row in zip(order, rows, strict=True)
    )
    for at, repeats in zip(order, told, strict=True):
        if at in first:
            items[at] = items[at].marked(repeats, levels)


def _is_same(one: CheckedRow, two: CheckedRow) -> bool:
    return (one.nik, one.name, one.phone) == (two.nik, two.name, two.phone)


def _numbers(rows: Iterable[CheckedRow]) -> set[str]:
    return {number for row in rows for number in numbers_of(row)}
