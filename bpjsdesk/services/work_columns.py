"""The columns of a list in work as its rows show them: groups of sheets, dates, lost digits."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.column_guess import NumericNiks, date_order, ends_in_zero, is_numeric_nik
from bpjsdesk.domain.columns import ColumnMap, DateOrder
from bpjsdesk.domain.row_check import CheckedRow
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.row_kinds import RowKind
from bpjsdesk.errors import UserError
from bpjsdesk.services.staged_rows import StagedRow
from bpjsdesk.services.staging import StagedList

_NAMED_SHEETS = 3
_AT_ONCE = 500


def sheet_groups(work: StagedList) -> tuple[tuple[str, ...], ...]:
    """Give the sheets with rows of a list, those whose columns are the same together."""
    groups: dict[object, list[str]] = {}
    for name, columns in work.rules.columns.items():
        groups.setdefault(_sameness(columns), []).append(name)
    return tuple(map(tuple, groups.values()))


def same_columns(work: StagedList, sheet: str) -> tuple[str, ...]:
    """Give the sheets whose columns are those of a sheet, itself among them.

    Raises: UserError SHEET_MISSING.
    """
    for group in sheet_groups(work):
        if sheet in group:
            return group
    raise UserError("SHEET_MISSING", f"Lembar “{sheet}” tidak berisi baris daftar peserta.")


def _sameness(columns: ColumnMap) -> object:
    return columns.headers, tuple(sorted(columns.fields.items())), columns.date_order


def joined_rows(work: StagedList) -> Iterator[StagedRow]:
    """Give the open rows of people on the sheets that belong to the list."""
    out = set(work.check.skipped_sheets)
    return (
        item
        for item in work.check.staged
        if item.row.kind is RowKind.DATA and item.row.sheet not in out
    )


def parsed(items: Iterable[StagedRow]) -> Iterator[tuple[CheckedRow, list[Cell]]]:
    """Read the cells of rows, some at a time: all lists at once would cost twice the time."""
    rest = iter(items)
    while part := list(islice(rest, _AT_ONCE)):
        cells: list[list[Cell]] = json.loads(f"[{','.join(item.cells for item in part)}]")
        yield from zip((item.row for item in part), cells, strict=True)


def cells_of(work: StagedList, sheets: Collection[str]) -> Iterator[tuple[int, list[Cell]]]:
    """Give number and cells of the open rows of sheets."""
    items = (item for item in work.check.staged if item.row.sheet in sheets)
    return ((row.row_no, cells) for row, cells in parsed(items))


def with_date_orders(work: StagedList, columns: Mapping[str, ColumnMap]) -> dict[str, ColumnMap]:
    """Decide the order of day and month again where another column holds the birth dates now."""

    def column(names: Collection[str], at: int) -> Iterator[Cell]:
        return (cells[at] for _row, cells in cells_of(work, names) if at < len(cells))

    return orders_settled(work.rules.columns, columns, column)


def orders_settled(
    before: Mapping[str, ColumnMap],
    columns: Mapping[str, ColumnMap],
    column: Callable[[Collection[str], int], Iterable[Cell]],
) -> dict[str, ColumnMap]:
    """Settle the order where columns have changed; `column` gives the cells of some sheets."""
    settled = dict(columns)
    groups: defaultdict[object, list[str]] = defaultdict(list)
    for name, found in columns.items():
        groups[found.headers, found.birth_index].append(name)
    for names in groups.values():
        stale = [name for name in names if _is_stale(before[name], columns[name])]
        if stale:
            at = columns[names[0]].birth_index
            order = DateOrder.ASSUMED if at is None else date_order(column(names, at))
            settled |= {name: replace(settled[name], date_order=order) for name in stale}
    return settled


def _is_stale(before: ColumnMap, now: ColumnMap) -> bool:
    return (
        now.birth_index != before.birth_index
        or now.headers != before.headers
        or (now.date_order is DateOrder.ASSUMED and before.date_order is not DateOrder.ASSUMED)
    )


@dataclass(slots=True, kw_only=True)
class _Count:
    rows: int = 0
    numbers: int = 0
    zeros: int = 0
    texts: int = 0
    sheets: dict[str, None] = field(default_factory=dict)


def numeric_niks(work: StagedList) -> tuple[NumericNiks, ...]:
    """Count for each NIK column with numbers in it how many end in 0."""
    groups = {name: group for group in sheet_groups(work) for name in group}
    counts: defaultdict[tuple[str, ...], _Count] = defaultdict(_Count)
    for item in joined_rows(work):
        count = counts[groups[item.row.sheet]]
        count.rows += 1
        if IssueCode.NIK_TRUNCATED in item.row.codes:
            count.texts += 1
            count.sheets[item.row.sheet] = None
        elif IssueCode.NIK_AS_NUMBER in item.row.codes:
            cell = json.loads(item.cells)[work.rules.columns[item.row.sheet].fields["nik"]]
            if is_numeric_nik(cell):
                count.numbers += 1
                count.zeros += ends_in_zero(cell)
                count.sheets[item.row.sheet] = None
    return tuple(_facts(work, group[0], count) for group, count in counts.items() if count.sheets)


def truncated_columns(work: StagedList) -> tuple[NumericNiks, ...]:
    """Give the NIK columns whose last digits a spreadsheet has cut: refused, never repaired."""
    return tuple(found for found in numeric_niks(work) if found.is_truncated)


def _facts(work: StagedList, sheet: str, count: _Count) -> NumericNiks:
    columns = work.rules.columns[sheet]
    at, named = columns.fields["nik"], list(count.sheets)
    others = len(named) - _NAMED_SHEETS
    more = f" dan {others} lainnya" if others > 0 else ""
    return NumericNiks(
        sheet=", ".join(named[:_NAMED_SHEETS]) + more,
        index=at,
        heading=columns.headers[at],
        rows=count.rows,
        numbers=count.numbers + count.texts,
        ending_in_zero=count.zeros + count.texts,
        texts=count.texts,
    )
