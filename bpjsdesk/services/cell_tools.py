"""Tools for many cells of a list in work: each says first what it would change, then does it."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from bpjsdesk.domain.cell_tools import (
    TOOL_LABELS,
    CellTool,
    Replacement,
    block_width,
    parted,
    trimmed,
    written_text,
)
from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.columns import ColumnMap
from bpjsdesk.domain.field_labels import FIELD_LABELS
from bpjsdesk.domain.identity import mask_numbers
from bpjsdesk.domain.row_kinds import RowKind
from bpjsdesk.errors import UserError
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.list_steps import CellChange, StepWork, cells_step, change_cells
from bpjsdesk.services.repairs import Sample, first_samples
from bpjsdesk.services.staging import StagedList

_AT_ONCE, _LOOKED_AT = 500, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class CellPlan:
    """What a tool would change; `looked_at` counts the rows that it has gone through."""

    tool: CellTool
    note: str
    changes: tuple[CellChange, ...]
    samples: tuple[Sample, ...]
    looked_at: int

    @property
    def rows(self) -> int:
        """Count the rows that would change."""
        return len({change.line_id for change in self.changes})

    @property
    def label(self) -> str:
        return TOOL_LABELS[self.tool]


def carry_out(
    context: AppContext, work: StagedList, plan: CellPlan, *, request_id: str
) -> StagedList:
    """Do what a plan says, as one step that can be undone.

    Raises: UserError NOTHING_TO_CHANGE, NOT_PERMITTED, CONFLICT.
    """
    return change_cells(
        context, work, plan.changes, rule=plan.tool.value, note=plan.note, request_id=request_id
    )


def plan_step(work: StagedList, plan: CellPlan) -> StepWork:
    """Give the step that does what a plan says."""
    return cells_step(work, plan.changes, rule=plan.tool.value, note=plan.note)


def fill_down(work: StagedList, line_ids: Sequence[int], field: str) -> CellPlan:
    """Write what the first of some rows holds in a field into the others.

    Raises: UserError FIELD_WITHOUT_COLUMN.
    """
    _require_column(work, field)
    found = _Changes()
    value: Cell = None
    for number, row in enumerate(_rows(work, line_ids)):
        if number:
            found.put(row, field, value)
        else:
            value = row.cell(field)
    text = written_text(value)
    return found.plan(CellTool.FILL_DOWN, f"“{mask_numbers(text)}”" if text else "kosong")


def replace_text(
    work: StagedList,
    field: str,
    replacement: Replacement,
    *,
    line_ids: Collection[int] | None = None,
) -> CellPlan:
    """Find a text in a field of all open rows, or of some, and put another in its place.

    Raises: UserError FIELD_WITHOUT_COLUMN, SEARCH_EMPTY.
    """
    if not replacement.find.strip():
        raise UserError("SEARCH_EMPTY", "Tulis dahulu apa yang dicari.")

    def rewrite(cell: Cell) -> Cell:
        text = written_text(cell)
        after = replacement.on(text)
        return cell if after == text else after or None

    note = f"{FIELD_LABELS[field]}: “{replacement.find}” → “{replacement.put}”"
    found = _rewritten(work, field, rewrite, line_ids)
    return found.plan(CellTool.REPLACE_TEXT, mask_numbers(note))


def trim_column(
    work: StagedList, field: str, *, line_ids: Collection[int] | None = None
) -> CellPlan:
    """Take spaces and marks that nobody sees out of a field.

    Raises: UserError FIELD_WITHOUT_COLUMN.
    """
    found = _rewritten(work, field, trimmed, line_ids)
    return found.plan(CellTool.TRIM_COLUMN, FIELD_LABELS[field])


def split_column(
    work: StagedList,
    field: str,
    into: str,
    *,
    mark: str,
    line_ids: Collection[int] | None = None,
) -> CellPlan:
    """Part a field at a mark: what follows it goes into another field, where that one is empty.

    Raises: UserError FIELD_WITHOUT_COLUMN, SEARCH_EMPTY.
    """
    if not mark:
        raise UserError("SEARCH_EMPTY", "Tulis dahulu tanda pemisahnya, misalnya koma.")
    _require_column(work, field)
    _require_column(work, into)
    found = _Changes()
    for row in _rows(work, line_ids):
        halves = parted(written_text(row.cell(field)), mark)
        found.looked_at += 1
        is_other = row.place(into) not in (None, row.place(field))
        if halves and is_other and not written_text(row.cell(into)):
            found.put(row, field, halves[0])
            found.put(row, into, halves[1])
    return found.plan(CellTool.SPLIT_COLUMN, f"{FIELD_LABELS[field]} → {FIELD_LABELS[into]}")


def paste_cells(
    work: StagedList,
    line_ids: Sequence[int],
    fields: Sequence[str],
    block: Sequence[Sequence[str]],
) -> CellPlan:
    """Write a block from the clipboard over some rows and fields, from their first ones on.

    A single row of it goes into every row. A row that was put aside keeps what it has, and so does
    a field for which a row has no column.
    Raises: UserError PASTE_EMPTY, PASTE_TOO_LARGE.
    """
    _require_room(block, len(line_ids), len(fields))
    written = list(block) * len(line_ids) if len(block) == 1 else block
    texts_of = {
        line_id: texts
        for line_id, texts in zip(line_ids, written, strict=False)
        if line_id not in work.outcomes
    }
    found = _Changes()
    for row in _rows(work, texts_of):
        found.looked_at += 1
        for field, text in zip(fields, texts_of[row.line_id], strict=False):
            found.put(row, field, text or None)
    return found.plan(CellTool.PASTE_CELLS, f"{len(found.changes)} sel")


def _require_room(block: Sequence[Sequence[str]], rows: int, columns: int) -> None:
    """Raises: UserError PASTE_EMPTY, PASTE_TOO_LARGE: what is pasted is never cut off."""
    width = block_width(block)
    if not width:
        raise UserError("PASTE_EMPTY", "Papan klip kosong. Salin sel dari Excel dahulu.")
    if len(block) > max(rows, 1) or width > columns:
        raise UserError(
            "PASTE_TOO_LARGE",
            f"Yang disalin {len(block)} baris × {width} kolom, tempatnya hanya {rows} × {columns} "
            "mulai sel ini. Tidak ada yang ditempel.",
        )


class _Row(NamedTuple):
    line_id: int
    row_no: int
    columns: ColumnMap
    cells: list[Cell]

    def place(self, field: str) -> int | None:
        # place and date in one cell count as the date
        return self.columns.birth_index if field == "birth_date" else self.columns.index(field)

    def cell(self, field: str) -> Cell:
        at = self.place(field)
        return self.cells[at] if at is not None and at < len(self.cells) else None


class _Changes:
    """Gather what would change, with the first few of it to be shown."""

    def __init__(self) -> None:
        self.changes: list[CellChange] = []
        self.samples: list[Sample] = []
        self.looked_at = 0

    def put(self, row: _Row, field: str, cell: Cell) -> None:
        """Note that a cell becomes another; nothing where it reads the same."""
        at, before = row.place(field), row.cell(field)
        if at is None or before == cell or (cell is None and not written_text(before)):
            return
        self.changes.append(CellChange(row.line_id, at, cell))
        if len(self.samples) < _LOOKED_AT:
            old, new = written_text(before) or _spaces(before), written_text(cell)
            self.samples.append(Sample(row_no=row.row_no, before=old, after=new))

    def plan(self, tool: CellTool, note: str) -> CellPlan:
        return CellPlan(
            tool=tool,
            note=note,
            changes=tuple(self.changes),
            samples=first_samples(self.samples),
            looked_at=self.looked_at,
        )


def _spaces(cell: Cell) -> str:
    return cell if isinstance(cell, str) else ""


def _rewritten(
    work: StagedList,
    field: str,
    rewrite: Callable[[Cell], Cell],
    line_ids: Collection[int] | None,
) -> _Changes:
    _require_column(work, field)
    found = _Changes()
    for row in _rows(work, line_ids):
        found.looked_at += 1
        cell = row.cell(field)
        if cell is not None:
            found.put(row, field, rewrite(cell))
    return found


def _require_column(work: StagedList, field: str) -> None:
    """Raises: UserError FIELD_WITHOUT_COLUMN."""
    if not any(_holds(columns, field) for columns in work.rules.columns.values()):
        name = FIELD_LABELS.get(field, field)
        raise UserError(
            "FIELD_WITHOUT_COLUMN",
            f"Daftar ini tidak mempunyai kolom {name}. Petakan kolomnya dahulu.",
        )


def _holds(columns: ColumnMap, field: str) -> bool:
    at = columns.birth_index if field == "birth_date" else columns.index(field)
    return at is not None


def _rows(work: StagedList, line_ids: Collection[int] | None) -> Iterator[_Row]:
    """Give rows that are still open, with their cells; those of no person only where asked for."""
    wanted = _open(work) if line_ids is None else (i for i in line_ids if i not in work.outcomes)
    rest = iter(wanted)
    while part := list(islice(rest, _AT_ONCE)):
        yield from _parsed(work, part)


def _open(work: StagedList) -> Iterable[int]:
    for line_id, item in zip(work.line_ids, work.check.staged, strict=True):
        if line_id not in work.outcomes and item.row.kind is RowKind.DATA:
            yield line_id


def _parsed(work: StagedList, line_ids: Sequence[int]) -> Iterator[_Row]:
    items = [work.check.staged[work.places[line_id]] for line_id in line_ids]
    found: list[list[Cell]] = json.loads(f"[{','.join(item.cells for item in items)}]")
    for line_id, item, cells in zip(line_ids, items, found, strict=True):
        yield _Row(line_id, item.row.row_no, work.rules.columns[item.row.sheet], cells)
