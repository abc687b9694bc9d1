"""Requests that were carried out already, and the version that a form has seen."""

from typing import NamedTuple

from sqlalchemy import Connection, Table, insert, select, update

from bpjsdesk.storage.schema import agreement, app_user, batch, claim, office, request_log
from bpjsdesk.storage.schema_reference import signatory
from bpjsdesk.storage.schema_staging import sender


class EarlierRequest(NamedTuple):
    """What was done under a request id, to what and by whom."""

    command: str
    object_id: int
    user_id: int


def earlier_request(connection: Connection, request_id: str) -> EarlierRequest | None:
    row = connection.execute(
        select(request_log.c.command, request_log.c.object_id, request_log.c.user_id).where(
            request_log.c.request_id == request_id
        )
    ).first()
    return None if row is None else EarlierRequest(row.command, row.object_id, row.user_id)


def note_request(connection: Connection, request_id: str, done: EarlierRequest, *, at: str) -> None:
    connection.execute(
        insert(request_log).values(
            request_id=request_id,
            command=done.command,
            object_id=done.object_id,
            user_id=done.user_id,
            at=at,
        )
    )


def raise_version(connection: Connection, kind: str, object_id: int, seen: int) -> bool:
    """Raise a record's version by one; false if it is no longer the one that was seen."""
    table = _versioned()[kind]
    done = connection.execute(
        update(table)
        .where(table.c.id == object_id, table.c.version == seen)
        .values(version=table.c.version + 1)
    )
    return done.rowcount == 1


def _versioned() -> dict[str, Table]:
    tables = (agreement, batch, claim, office, sender, signatory)
    return {table.name: table for table in tables} | {"user": app_user}
