"""The error workbooks of a batch that left the office, one round after the other."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, insert, select

from bpjsdesk.storage.schema_corrections import batch_round


def last_round(connection: Connection, batch_id: int) -> int:
    """Count the error workbooks of a batch so far."""
    query = select(func.max(batch_round.c.round)).where(batch_round.c.batch_id == batch_id)
    return connection.execute(query).scalar() or 0


def add_round(
    connection: Connection, batch_id: int, number: int, values: Mapping[str, Any]
) -> None:
    connection.execute(insert(batch_round).values(batch_id=batch_id, round=number, **values))
