"""The lines of a batch as a corrected file meets them: held, accepted, decided, changed before."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import Connection, select

from bpjsdesk.domain.enrollment import LineStatus
from bpjsdesk.storage.schema import batch_line, person
from bpjsdesk.storage.schema_staging import batch_edit, batch_step, line_decision
from bpjsdesk.storage.staging import LEFT_OUT


class BatchLine(NamedTuple):
    """A line with what became of it; `nik` is that of the person it has registered."""

    line_id: int
    sheet: str
    row_no: int
    status: LineStatus
    cells: str
    is_left_out: bool
    nik: str


def lines_of(
    connection: Connection, batch_id: int, *, line_ids: Iterable[int] | None = None
) -> dict[int, BatchLine]:
    """Give lines of a batch by id, in the order of the file."""
    out = line_decision.c.outcome.in_(LEFT_OUT)
    query = (
        select(
            batch_line.c.id,
            batch_line.c.sheet,
            batch_line.c.row_no,
            batch_line.c.status,
            batch_line.c.cells,
            line_decision.c.outcome,
            person.c.nik,
        )
        .join(line_decision, (line_decision.c.line_id == batch_line.c.id) & out, isouter=True)
        .join(person, person.c.id == batch_line.c.person_id, isouter=True)
        .where(batch_line.c.batch_id == batch_id)
        .order_by(batch_line.c.id)
    )
    wanted = None if line_ids is None else set(line_ids)
    if wanted:
        query = query.where(batch_line.c.id.between(min(wanted), max(wanted)))
    return {
        row.id: BatchLine(
            row.id,
            row.sheet,
            row.row_no,
            LineStatus(row.status),
            row.cells,
            row.outcome is not None,
            row.nik or "",
        )
        for row in connection.execute(query)
        if wanted is None or row.id in wanted
    }


def earlier_cells(connection: Connection, batch_id: int) -> dict[int, list[str]]:
    """Give what lines held before the steps that still count."""
    query = (
        select(batch_edit.c.line_id, batch_edit.c.before)
        .join(batch_step, batch_step.c.id == batch_edit.c.step_id)
        .where(batch_step.c.batch_id == batch_id, batch_step.c.undone_at == "")
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.line_id].append(row.before)
    return dict(found)
