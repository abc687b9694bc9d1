"""The lines of a batch as a corrected file meets them: held, accepted, decided, changed before."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, delete, func, insert, select

from bpjsdesk.domain.enrollment import BatchStatus, LineStatus
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.staging import SheetStep
from bpjsdesk.storage import staging
from bpjsdesk.storage.schema import batch, batch_line, person
from bpjsdesk.storage.schema_corrections import batch_follow
from bpjsdesk.storage.schema_staging import (
    batch_edit,
    batch_sheet,
    batch_step,
    ignored_warning,
    line_decision,
    line_decision_before,
)
from bpjsdesk.storage.staging import LEFT_OUT

CORRECTION = "CORRECTION"  # the step of an error workbook
NIK_CONFIRMED = "NIK_CONFIRMED"  # the step of a clerk who has seen the identity cards
_FROM_FILES = (SheetStep.NEW_LIST.value, CORRECTION)
_GONE = (BatchStatus.UNDONE.value, BatchStatus.DISCARDED.value)


class BatchLine(NamedTuple):
    """A line with what became of it; `nik` is that of the person it has registered.

    `arrived` are the cells as they first came, whatever was mended since.
    """

    line_id: int
    sheet: str
    row_no: int
    status: LineStatus
    cells: str
    is_left_out: bool
    nik: str
    arrived: str


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
            batch_line.c.first_cells,
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
            row.first_cells or row.cells,
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


def confirmed_lines(connection: Connection, batch_id: int) -> frozenset[int]:
    """Give the rows whose NIK a file or a clerk has confirmed, by steps that still count."""
    query = select(batch_step.c.id, batch_step.c.rule, batch_step.c.before).where(
        batch_step.c.batch_id == batch_id,
        batch_step.c.rule.in_((*_FROM_FILES, NIK_CONFIRMED)),
        batch_step.c.undone_at == "",
    )
    found: set[int] = set()
    for step in connection.execute(query).all():
        by_clerk = step.rule == NIK_CONFIRMED
        named = () if by_clerk else json.loads(step.before or "{}").get("confirmed", ())
        if by_clerk or named:
            edited = select(batch_edit.c.line_id).where(batch_edit.c.step_id == step.id)
            lines = set(connection.execute(edited).scalars())
            found |= lines if by_clerk else lines.intersection(named)
    return frozenset(found)


def lines_found_cut(connection: Connection, batch_id: int) -> frozenset[int]:
    """Give the held rows whose NIK was found cut when others of their column were accepted."""
    if not staging.was_accepted(connection, batch_id):
        return frozenset()
    query = select(batch_line.c.id).where(
        batch_line.c.batch_id == batch_id,
        batch_line.c.status == LineStatus.HELD.value,
        batch_line.c.codes.contains(IssueCode.NIK_TRUNCATED.value),
    )
    return frozenset(connection.execute(query).scalars())


class Follower(NamedTuple):
    """A batch with the people who came later; `header` is what it keeps of its columns."""

    batch_id: int
    number: str
    header: str


def followers_of(connection: Connection, batch_id: int) -> tuple[Follower, ...]:
    """Give the batches that follow one and were neither put aside nor taken back."""
    query = (
        select(batch.c.id, batch.c.number, batch.c.header)
        .join(batch_follow, batch_follow.c.batch_id == batch.c.id)
        .where(batch_follow.c.follows_id == batch_id, batch.c.status.not_in(_GONE))
        .order_by(batch.c.id)
    )
    return tuple(Follower(*row) for row in connection.execute(query))


def note_follower(connection: Connection, batch_id: int, follows_id: int) -> None:
    connection.execute(insert(batch_follow).values(batch_id=batch_id, follows_id=follows_id))


def highest_line_id(connection: Connection, batch_id: int) -> int:
    query = select(func.max(batch_line.c.id)).where(batch_line.c.batch_id == batch_id)
    return connection.execute(query).scalar() or 0


def remove_lines_after(connection: Connection, batch_id: int, line_id: int) -> int:
    """Take rows that came last out of a list, with what was done to them; gives their number."""
    lines = select(batch_line.c.id).where(
        batch_line.c.batch_id == batch_id, batch_line.c.id > line_id
    )
    for table in (line_decision, line_decision_before, batch_edit, ignored_warning):
        connection.execute(delete(table).where(table.c.line_id.in_(lines)))
    done = connection.execute(
        delete(batch_line).where(batch_line.c.batch_id == batch_id, batch_line.c.id > line_id)
    )
    return done.rowcount


def remove_sheets(connection: Connection, batch_id: int, names: Sequence[str]) -> None:
    connection.execute(
        delete(batch_sheet).where(batch_sheet.c.batch_id == batch_id, batch_sheet.c.name.in_(names))
    )
