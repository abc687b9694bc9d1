"""Let the list of a sheet begin at another row: rows above it leave the list, rows below join."""

import json
from collections.abc import Sequence

from bpjsdesk.domain.enrollment import LineStatus
from bpjsdesk.domain.row_kinds import is_blank_row
from bpjsdesk.services.batches import columns_of
from bpjsdesk.services.staged_reading import SHEET_NAME_HEADING, with_cell_at
from bpjsdesk.storage import enrollment, sheets
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.enrollment import NewLine
from bpjsdesk.storage.sheets import RemovedLines, SheetRow, TopRow


def lay_list_from(
    connection: Connection, batch_id: int, sheet: str, first_row: int
) -> RemovedLines:
    """Let the list begin at a row that was kept among the sheet's first ones.

    Every row below it is a line of the batch or counted as blank; no row above it is. Gives the
    lines that leave the list by it.
    """
    kept = next(row for row in sheets.sheets_of(connection, batch_id) if row.name == sheet)
    existing = sheets.lines_of_sheet(connection, batch_id, sheet)
    top = kept.top_rows
    wanted = {row.number: row for row in top if row.number >= first_row and not _is_blank(row)}
    surplus = [existing[row.number] for row in top if _is_surplus(row, existing, wanted)]
    missing = [row for number, row in wanted.items() if number not in existing]
    removed = sheets.remove_lines(connection, surplus)
    enrollment.add_lines(connection, _lines(connection, batch_id, kept, missing))
    blank = _blanks(top, first_row) - _blanks(top, kept.first_row)
    sheets.count_again(connection, batch_id, rows=len(missing) - len(surplus), blank=blank)
    sheets.change_sheet(connection, batch_id, sheet, {"first_row": first_row})
    return removed


def _is_blank(row: TopRow) -> bool:
    return is_blank_row(row.cells)


def _is_surplus(row: TopRow, existing: dict[int, int], wanted: dict[int, TopRow]) -> bool:
    return row.number in existing and row.number not in wanted


def _blanks(top: Sequence[TopRow], first_row: int) -> int:
    return sum(row.number >= first_row and _is_blank(row) for row in top)


def _lines(
    connection: Connection, batch_id: int, sheet: SheetRow, rows: Sequence[TopRow]
) -> list[NewLine]:
    columns = columns_of(sheets.header_of(connection, batch_id))[sheet.name]
    names = SHEET_NAME_HEADING in columns.headers
    at = columns.headers.index(SHEET_NAME_HEADING) if names else None
    held, lines = LineStatus.HELD.value, []
    for row in rows:
        raw = json.dumps(row.cells, ensure_ascii=False, separators=(",", ":"))
        if at is not None:
            raw = with_cell_at(raw, len(row.cells), at, sheet.name)
        lines.append(NewLine(batch_id, sheet.name, row.number, held, "", None, raw))
    return lines
