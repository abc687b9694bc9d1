"""What a clerk asks of a tool for many cells, and what it would change; no widgets here."""

from dataclasses import dataclass

from bpjsdesk.domain.cell_tools import CellTool, Replacement
from bpjsdesk.services.cell_tools import (
    CellPlan,
    fill_down,
    paste_cells,
    replace_text,
    split_column,
    trim_column,
)
from bpjsdesk.services.staging import StagedList


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolAsk:
    """One use of a tool; `line_ids` is None for all open rows.

    `fields` are the columns from the first one on; only a pasted block has more than one, and a
    column that is parted two.
    """

    tool: CellTool
    fields: tuple[str, ...]
    line_ids: tuple[int, ...] | None = None
    replacement: Replacement | None = None
    mark: str = ""
    block: tuple[tuple[str, ...], ...] = ()


def plan_of(work: StagedList, ask: ToolAsk) -> CellPlan:
    """Say what a tool would change.

    Raises: UserError FIELD_WITHOUT_COLUMN, SEARCH_EMPTY.
    """
    field, lines = ask.fields[0], ask.line_ids
    if ask.tool is CellTool.REPLACE_TEXT and ask.replacement is not None:
        return replace_text(work, field, ask.replacement, line_ids=lines)
    if ask.tool is CellTool.SPLIT_COLUMN:
        return split_column(work, field, ask.fields[1], mark=ask.mark, line_ids=lines)
    if ask.tool is CellTool.FILL_DOWN:
        return fill_down(work, lines or (), field)
    if ask.tool is CellTool.PASTE_CELLS:
        return paste_cells(work, lines or (), ask.fields, ask.block)
    return trim_column(work, field, line_ids=lines)
