"""Which row of which file each value of a person came from, and what it replaced."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, delete, insert, select, update

from bpjsdesk.storage import dialect
from bpjsdesk.storage.schema import app_user, audit_entry, batch, batch_line, claim, person
from bpjsdesk.storage.schema_reference import region
from bpjsdesk.storage.schema_staging import batch_intake, core_answer, person_origin, person_value

REVEAL = "person.reveal"


class ListedRow(NamedTuple):
    """A row of a list that stands for a person; `header` and `cells` as the batch keeps them."""

    line_id: int
    batch_id: int
    batch_number: str
    file: str
    sheet: str
    row_no: int
    header: str
    cells: str
    taken_at: str
    taken_by: str
    kpj: str


class ReplacedValue(NamedTuple):
    """A value that a later list has brought; `before` is what it replaced."""

    field: str
    before: str
    line_id: int
    user_name: str
    at: str


def note_origins(connection: Connection, batch_id: int) -> None:
    """Write down, for everybody whom a batch has brought, the row that did; the first one stays."""
    connection.exec_driver_sql(
        dialect.native(
            connection,
            "INSERT INTO person_origin (person_id, line_id) SELECT person_id, min(id) "
            "FROM batch_line WHERE batch_id = ? AND status = 'ACCEPTED' GROUP BY person_id "
            "ON CONFLICT (person_id) DO NOTHING",
        ),
        (batch_id,),
    )


def values_of(
    connection: Connection, person_ids: Iterable[int], fields: Iterable[str]
) -> dict[int, dict[str, str]]:
    """Give what the register holds of people, as text."""
    names = tuple(fields)
    columns = [person.c[name] for name in names]
    rows = connection.execute(
        select(person.c.id, *columns).where(person.c.id.in_(list(person_ids)))
    )
    return {row[0]: dict(zip(names, map(_text, row[1:]), strict=True)) for row in rows}


def note_values(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write down what later rows have replaced."""
    values = list(rows)
    if values:
        connection.execute(insert(person_value), values)


def take_back_values(connection: Connection, person_id: int, fields: Sequence[str]) -> None:
    """Leave fields empty again that were filled in, and forget where they came from."""
    if not fields:
        return
    empty = {field: None if person.c[field].nullable else "" for field in fields}
    connection.execute(update(person).where(person.c.id == person_id).values(**empty))
    mine = (person_value.c.person_id == person_id) & (person_value.c.before == "")
    connection.execute(delete(person_value).where(mine, person_value.c.field.in_(fields)))


def listed_rows(connection: Connection, line_ids: Iterable[int]) -> Iterator[ListedRow]:
    """Read rows of lists by their ids."""
    yield from _rows(connection, batch_line.c.id.in_(list(line_ids)))


def rows_of_person(connection: Connection, person_id: int) -> Iterator[ListedRow]:
    """Read every row of a list that stands for a person, oldest first."""
    yield from _rows(connection, batch_line.c.person_id == person_id)


def origin_line(connection: Connection, person_id: int) -> int | None:
    """Give the row that brought a person; None for whom no list has."""
    query = select(person_origin.c.line_id).where(person_origin.c.person_id == person_id)
    return connection.execute(query).scalar()


def replaced_values(connection: Connection, person_id: int) -> list[ReplacedValue]:
    """Give what later lists have changed, oldest first."""
    query = (
        select(person_value, app_user.c.display_name)
        .join(app_user, app_user.c.id == person_value.c.user_id)
        .where(person_value.c.person_id == person_id)
        .order_by(person_value.c.id)
    )
    return [
        ReplacedValue(row.field, row.before, row.line_id, row.display_name, row.at)
        for row in connection.execute(query)
    ]


def reveals(connection: Connection, person_id: int) -> list[Row[Any]]:
    """Give who has seen the full NIK of a person, oldest first, as the history tells it."""
    query = (
        select(audit_entry.c.at, audit_entry.c.user_name, audit_entry.c.payload)
        .where(
            audit_entry.c.object_id == person_id,
            audit_entry.c.command == REVEAL,
            audit_entry.c.result == "DONE",
        )
        .order_by(audit_entry.c.seq)
    )
    return list(connection.execute(query))


def _rows(connection: Connection, wanted: Any) -> Iterator[ListedRow]:
    taker = app_user.alias()
    query = (
        select(
            batch_line,
            batch.c.number,
            batch.c.source_name,
            batch.c.header,
            batch.c.created_at,
            batch_intake.c.decided_at,
            app_user.c.display_name,
            taker.c.display_name.label("taker"),
            core_answer.c.kpj,
        )
        .join(batch, batch.c.id == batch_line.c.batch_id)
        .join(app_user, app_user.c.id == batch.c.created_by)
        .outerjoin(batch_intake, batch_intake.c.batch_id == batch.c.id)
        .outerjoin(taker, taker.c.id == batch_intake.c.decided_by)
        .outerjoin(core_answer, core_answer.c.line_id == batch_line.c.id)
        .where(wanted)
        .order_by(batch_line.c.id)
    )
    for row in connection.execute(query):
        yield ListedRow(
            line_id=row.id,
            batch_id=row.batch_id,
            batch_number=row.number,
            file=row.source_name,
            sheet=row.sheet,
            row_no=row.row_no,
            header=row.header,
            cells=row.cells,
            taken_at=row.decided_at or row.created_at,
            taken_by=row.taker or row.display_name,
            kpj=row.kpj or "",
        )


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""


def region_names(connection: Connection, codes: Iterable[str]) -> dict[str, str]:
    """Name regions by their codes."""
    rows = connection.execute(select(region.c.code, region.c.name).where(region.c.code.in_(codes)))
    return {row.code: row.name for row in rows}


def claims_begun(connection: Connection, person_id: int) -> list[Row[Any]]:
    """Give number, programme, moment and clerk of each claim of a person, oldest first."""
    query = (
        select(claim.c.number, claim.c.programme, claim.c.created_at, app_user.c.display_name)
        .join(app_user, app_user.c.id == claim.c.created_by)
        .where(claim.c.person_id == person_id)
        .order_by(claim.c.id)
    )
    return list(connection.execute(query))
