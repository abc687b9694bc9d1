"""The sheets of a list in work: where each heading stands, which sheets belong to the list."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, func, insert, select, update

from bpjsdesk.storage import dialect
from bpjsdesk.storage.schema import batch, batch_line
from bpjsdesk.storage.schema_staging import (
    batch_edit,
    batch_sheet,
    batch_step,
    ignored_warning,
    line_decision,
    line_decision_before,
)

# What is done to a line stands in these.
_OF_LINES = (batch_edit, line_decision, line_decision_before, ignored_warning)

# Lines with what was done to them: the rows of each table by its name.
RemovedLines = Mapping[str, Sequence[Mapping[str, Any]]]


class TopRow(NamedTuple):
    """One of the first rows of a sheet: its number as the spreadsheet shows it, its cells."""

    number: int
    cells: list[Any]


class Decision(NamedTuple):
    """What was decided about a line, in the order of the bulk insert."""

    line_id: int
    step_id: int
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A sheet as it is kept; `header_row` is 0 where no heading is known, `top` JSON text."""

    name: str
    joined: bool
    header_row: int
    first_row: int
    rows: int
    top: str

    @property
    def top_rows(self) -> list[TopRow]:
        return [TopRow(number, cells) for number, cells in json.loads(self.top)]


def top_text(rows: Iterable[tuple[int, str]]) -> str:
    """Write numbered rows, whose cells are JSON text already, as one JSON text."""
    return f"[{','.join(f'[{number},{raw}]' for number, raw in rows)}]"


def add_sheets(connection: Connection, batch_id: int, found: Sequence[SheetRow]) -> None:
    """Keep the sheets of a batch in the order of the file, behind those that it has."""
    newest = connection.execute(
        select(func.max(batch_sheet.c.seq)).where(batch_sheet.c.batch_id == batch_id)
    ).scalar()
    for seq, sheet in enumerate(found, start=(newest or 0) + 1):
        values = {name: getattr(sheet, name) for name in SheetRow.__slots__}
        connection.execute(insert(batch_sheet).values(batch_id=batch_id, seq=seq, **values))


def sheets_of(connection: Connection, batch_id: int) -> tuple[SheetRow, ...]:
    """Give the sheets of a batch in the order of the file."""
    query = select(batch_sheet).where(batch_sheet.c.batch_id == batch_id)
    rows = connection.execute(query.order_by(batch_sheet.c.seq))
    return tuple(
        SheetRow(**{name: getattr(row, name) for name in SheetRow.__slots__}) for row in rows
    )


def left_out(connection: Connection, batch_id: int) -> tuple[str, ...]:
    """Name the sheets that do not belong to the list of a batch."""
    query = select(batch_sheet.c.name).where(
        batch_sheet.c.batch_id == batch_id, batch_sheet.c.joined.is_(False)
    )
    return tuple(connection.execute(query.order_by(batch_sheet.c.seq)).scalars())


def change_sheet(
    connection: Connection, batch_id: int, name: str, values: Mapping[str, Any]
) -> None:
    connection.execute(
        update(batch_sheet)
        .where(batch_sheet.c.batch_id == batch_id, batch_sheet.c.name == name)
        .values(**values)
    )


def header_of(connection: Connection, batch_id: int) -> str:
    """Read what the batch keeps of its columns."""
    query = select(batch.c.header).where(batch.c.id == batch_id)
    return str(connection.execute(query).scalar_one())


def set_header(connection: Connection, batch_id: int, header: str) -> None:
    connection.execute(update(batch).where(batch.c.id == batch_id).values(header=header))


def step_before(connection: Connection, step_id: int) -> str:
    """Read what a step has replaced."""
    query = select(batch_step.c.before).where(batch_step.c.id == step_id)
    return str(connection.execute(query).scalar_one())


def lines_of_sheet(connection: Connection, batch_id: int, sheet: str) -> dict[int, int]:
    """Give the id of each line of a sheet by its row number."""
    rows = connection.execute(
        select(batch_line.c.row_no, batch_line.c.id).where(
            batch_line.c.batch_id == batch_id, batch_line.c.sheet == sheet
        )
    )
    return {row.row_no: row.id for row in rows}


def remove_lines(connection: Connection, line_ids: Sequence[int]) -> RemovedLines:
    """Take the few rows that turned out to lie above the list out of it; gives all that goes."""
    found = {}
    for table in (*_OF_LINES, batch_line):
        mine = (batch_line.c.id if table is batch_line else table.c.line_id).in_(line_ids)
        rows = connection.execute(select(table).where(mine)).mappings()
        found[table.name] = [dict(row) for row in rows]
        connection.execute(delete(table).where(mine))
    return found


def put_lines_back(connection: Connection, removed: RemovedLines) -> int:
    """Put rows back as they were when they were taken out; gives their number."""
    for line in removed[batch_line.name]:
        line_id = _put_line_back(connection, line)
        for table in _OF_LINES:
            for row in removed.get(table.name, ()):  # an earlier version knew fewer of them
                if row["line_id"] == line["id"]:
                    own = {name: value for name, value in row.items() if name != "id"}
                    connection.execute(insert(table).values({**own, "line_id": line_id}))
    return len(removed[batch_line.name])


def _put_line_back(connection: Connection, line: Mapping[str, Any]) -> int:
    """Write a line down under its number, or a new one if another list has taken that."""
    taken = connection.execute(select(batch_line.c.id).where(batch_line.c.id == line["id"]))
    own = dict(line)
    if taken.first() is not None:
        del own["id"]
    key = connection.execute(insert(batch_line).values(own)).inserted_primary_key
    assert key is not None  # an insert of one row always answers with its key
    return int(key[0])


def count_again(connection: Connection, batch_id: int, *, rows: int, blank: int) -> None:
    """Correct the counters after the list has begun elsewhere: so many more, or fewer."""
    connection.execute(
        update(batch)
        .where(batch.c.id == batch_id)
        .values(
            read=batch.c.read + rows + blank, blank=batch.c.blank + blank, held=batch.c.held + rows
        )
    )


def decisions_of(connection: Connection, line_ids: Iterable[int]) -> list[Decision]:
    """Give what was decided about lines."""
    wanted = set(line_ids)
    table = line_decision
    query = select(table.c.line_id, table.c.step_id, table.c.outcome, table.c.reason)
    if not wanted:
        return []
    among = query.where(table.c.line_id.between(min(wanted), max(wanted)))
    return [Decision(*row) for row in connection.execute(among) if row.line_id in wanted]


def forget_decisions(connection: Connection, found: Sequence[Decision]) -> None:
    """Let lines take part again."""
    if found:
        sql = dialect.native(connection, "DELETE FROM line_decision WHERE line_id = ?")
        connection.exec_driver_sql(sql, [(decision.line_id,) for decision in found])


def put_back_decisions(connection: Connection, found: Sequence[Decision]) -> None:
    """Write decisions down again as they were."""
    if found:
        sql = "INSERT INTO line_decision (line_id, step_id, outcome, reason) VALUES (?, ?, ?, ?)"
        connection.exec_driver_sql(dialect.native(connection, sql), [tuple(row) for row in found])
