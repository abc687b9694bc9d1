"""Other lists beside one in work: those open for the same months, and the last one settled."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from bpjsdesk.domain.enrollment import BatchStatus, LineStatus
from bpjsdesk.domain.period import add_months
from bpjsdesk.storage import dialect
from bpjsdesk.storage.schema import batch

_IN_WORK = (BatchStatus.DRAFT.value, BatchStatus.SUBMITTED.value)


class OpenList(NamedTuple):
    """A list that is still worked on; `header` tells its columns, as kept with the batch."""

    batch_id: int
    number: str
    header: str


def lists_in_work(
    connection: Connection, *, from_month: date, to_month: date, but: int | None
) -> list[OpenList]:
    """Give the open lists with a month in common, oldest first, all `but` one."""
    query = (
        select(batch.c.id, batch.c.number, batch.c.header, batch.c.from_month, batch.c.months)
        .where(batch.c.status.in_(_IN_WORK), batch.c.from_month <= to_month)
        .order_by(batch.c.id)
    )
    return [
        OpenList(row.id, row.number, row.header)
        for row in connection.execute(query)
        if row.id != but and add_months(row.from_month, row.months - 1) >= from_month
    ]


def open_cells(connection: Connection, batch_id: int, sheet: str, at: int) -> Iterator[Any]:
    """Give one cell of each open row of a sheet, as plain text or number."""
    cell = dialect.json_element(connection, "cells", at)
    sql = f"SELECT {cell} FROM batch_line WHERE batch_id = ? AND sheet = ? AND status = ?"  # noqa: S608  # a place is a number
    parameters = (batch_id, sheet, LineStatus.HELD.value)
    rows = connection.exec_driver_sql(dialect.native(connection, sql), parameters)
    return (row[0] for row in rows)


def last_settled(connection: Connection, agreement_id: int, category: str) -> int | None:
    """Give the newest batch of an agreement's category that was decided; None without one."""
    query = (
        select(batch.c.id)
        .where(batch.c.agreement_id == agreement_id, batch.c.category == category)
        .where(batch.c.status == BatchStatus.VALIDATED.value, batch.c.accepted > 0)
        .order_by(batch.c.id.desc())
        .limit(1)
    )
    return connection.execute(query).scalar()


def nik_places(header: str) -> dict[str, int]:
    """Give where each sheet of a kept heading has its NIK."""
    sheets: dict[str, dict[str, Any]] = json.loads(header)
    return {
        sheet: kept["fields"]["nik"] for sheet, kept in sheets.items() if "nik" in kept["fields"]
    }
