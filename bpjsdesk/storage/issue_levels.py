"""The dated levels of issue codes, and what is kept of them with a batch."""

import json
from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import Connection, delete, insert, or_, select, update

from bpjsdesk.domain.issue_levels import LevelRow
from bpjsdesk.domain.row_issues import IssueCode, Level, Levels
from bpjsdesk.storage.reference import legal_titles
from bpjsdesk.storage.schema_reference import issue_level
from bpjsdesk.storage.schema_staging import batch_intake

_CODES = tuple(code.value for code in IssueCode)


def levels_on(connection: Connection, day: date) -> Levels:
    """Give the levels in force on a day."""
    table = issue_level
    rows = connection.execute(
        select(table.c.code, table.c.level)
        .where(table.c.code.in_(_CODES))
        .where(table.c.valid_from <= day)
        .where(or_(table.c.valid_to.is_(None), table.c.valid_to >= day))
    )
    return Levels.of({IssueCode(row.code): Level(row.level) for row in rows})


def level_rows(connection: Connection) -> tuple[LevelRow, ...]:
    """Give every dated level, oldest first."""
    titles = legal_titles(connection)
    table = issue_level
    query = select(table).where(table.c.code.in_(_CODES)).order_by(table.c.valid_from, table.c.id)
    return tuple(
        LevelRow(
            code=IssueCode(row.code),
            level=Level(row.level),
            locked=row.locked,
            reason=row.reason,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            legal_basis=titles.get(row.legal_basis, row.legal_basis),
            verified=row.verified,
        )
        for row in connection.execute(query)
    )


def replace_level(connection: Connection, row: LevelRow) -> int:
    """Let a level be in force from its first day on, in place of whatever was; gives its id."""
    table, of_code = issue_level, issue_level.c.code == row.code.value
    connection.execute(delete(table).where(of_code, table.c.valid_from >= row.valid_from))
    still_open = or_(table.c.valid_to.is_(None), table.c.valid_to >= row.valid_from)
    last_day = row.valid_from - timedelta(days=1)
    connection.execute(update(table).where(of_code, still_open).values(valid_to=last_day))
    done = connection.execute(
        insert(table).values(
            code=row.code.value,
            level=row.level.value,
            locked=row.locked,
            reason=row.reason,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            legal_basis=row.legal_basis,
            verified=row.verified,
        )
    )
    key = done.inserted_primary_key
    assert key is not None  # an insert of one row always answers with its key
    return int(key[0])


def keep_levels(connection: Connection, batch_id: int, levels: Levels) -> None:
    """Keep with a batch by which levels it was decided, where they are not the usual ones."""
    kept = json.dumps({code.value: level.value for code, level in levels.changed()})
    connection.execute(
        update(batch_intake).where(batch_intake.c.batch_id == batch_id).values(levels=kept)
    )


def levels_of_batch(connection: Connection, batch_id: int, registered_on: date) -> Levels:
    """Give the levels that a batch was decided by, else those of its day of registration."""
    query = select(batch_intake.c.levels).where(batch_intake.c.batch_id == batch_id)
    kept = connection.execute(query).scalar()
    return Levels.of(_known(json.loads(kept))) if kept else levels_on(connection, registered_on)


def _known(kept: Mapping[str, str]) -> dict[IssueCode, Level]:
    return {IssueCode(code): Level(level) for code, level in kept.items() if code in _CODES}
