"""Senders in the store: what their headings and spellings mean, and how their lists turned out."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from bpjsdesk.domain.enrollment import BatchStatus, LineStatus
from bpjsdesk.domain.senders import LetterScan, Sender, SenderBatch
from bpjsdesk.storage.schema import batch, batch_line
from bpjsdesk.storage.schema_staging import (
    batch_intake,
    batch_letter,
    batch_step,
    batch_value,
    line_decision,
    sender,
    sender_column,
    sender_value,
)

Values = dict[str, dict[str, str]]
_UNJUDGED = (BatchStatus.DRAFT.value, BatchStatus.SUBMITTED.value)
_KEPT_OF_SPELLING = 160


def senders(connection: Connection, *, sender_id: int | None = None) -> tuple[Sender, ...]:
    """Give all senders by name, or the one asked for."""
    query = select(
        sender,
        _count_of(batch_intake).label("batches"),
        _count_of(sender_column).label("columns"),
        _count_of(sender_value).label("remembered"),
    ).order_by(sender.c.name)
    if sender_id is not None:
        query = query.where(sender.c.id == sender_id)
    return tuple(
        Sender(
            sender_id=row.id,
            name=row.name,
            note=row.note,
            version=row.version,
            batches=row.batches,
            columns=row.columns,
            values=row.remembered,
        )
        for row in connection.execute(query)
    )


def _count_of(table: Table) -> Any:
    return (
        select(func.count())
        .select_from(table)
        .where(table.c.sender_id == sender.c.id)
        .scalar_subquery()
    )


def sender_named(connection: Connection, name: str) -> int | None:
    """Find a sender by name, whatever its capitals."""
    query = select(sender.c.id).where(func.lower(sender.c.name) == name.lower())
    return connection.execute(query).scalar()


def save_sender(connection: Connection, sender_id: int | None, *, name: str, note: str) -> int:
    """Add a sender, or change one whose version was raised already."""
    if sender_id is not None:
        change = update(sender).where(sender.c.id == sender_id)
        connection.execute(change.values(name=name, note=note))
        return sender_id
    done = connection.execute(insert(sender).values(name=name, note=note, version=1))
    key = done.inserted_primary_key
    assert key is not None  # an insert of one row always answers with its key
    return int(key[0])


def sender_of(connection: Connection, batch_id: int) -> int | None:
    """Give the sender of a batch, if one was named."""
    query = select(batch_intake.c.sender_id).where(batch_intake.c.batch_id == batch_id)
    return connection.execute(query).scalar()


def remembered_columns(connection: Connection, sender_id: int) -> dict[str, str]:
    """Give the field of each heading key, "" for headings that mean none."""
    query = select(sender_column.c.heading, sender_column.c.field)
    rows = connection.execute(query.where(sender_column.c.sender_id == sender_id))
    return {row.heading: row.field for row in rows}


def remember_columns(
    connection: Connection,
    sender_id: int,
    found: Mapping[str, str | None],
    shown: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Keep what headings mean; a later meaning replaces the earlier one, None forgets it.

    `shown` gives headings as the sender writes them.
    """
    for heading, field in found.items():
        key = heading[:_KEPT_OF_SPELLING]
        connection.execute(
            delete(sender_column).where(
                sender_column.c.sender_id == sender_id, sender_column.c.heading == key
            )
        )
        if field is not None:
            words = shown.get(heading, heading)[:_KEPT_OF_SPELLING]
            values = {"sender_id": sender_id, "heading": key, "field": field, "shown": words}
            connection.execute(insert(sender_column).values(**values))


def remembered_values(connection: Connection, sender_id: int) -> Values:
    """Give what spellings mean to a sender, by field."""
    return _values(connection, sender_value, sender_value.c.sender_id == sender_id)


def values_of_batch(connection: Connection, batch_id: int) -> Values:
    """Give what spellings mean in a batch, by field."""
    return _values(connection, batch_value, batch_value.c.batch_id == batch_id)


def _values(connection: Connection, table: Table, whose: Any) -> Values:
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in connection.execute(select(table).where(whose)):
        found[row.field][row.spelling] = row.value
    return dict(found)


def occupations_in_use(connection: Connection) -> tuple[str, ...]:
    """Give every occupation that some sender's spelling was mapped to."""
    query = select(sender_value.c.value).where(sender_value.c.field == "occupation").distinct()
    return tuple(connection.execute(query.order_by(sender_value.c.value)).scalars())


def remember_values(
    connection: Connection,
    sender_id: int,
    field: str,
    found: Mapping[str, str],
    *,
    shown: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Keep what spellings mean to a sender, `shown` as it writes them; "" forgets one."""
    own = {key: {"shown": shown.get(key, key)[:_KEPT_OF_SPELLING]} for key in found}
    place = {"sender_id": sender_id, "field": field}
    _set_values(connection, sender_value, place, found, own=own)


def remembered_texts(connection: Connection, sender_id: int) -> dict[tuple[str, str], str]:
    """Give headings (with field "") and spellings by their keys, as the sender writes them."""
    headings = select(sender_column.c.heading, sender_column.c.shown)
    spellings = select(sender_value.c.field, sender_value.c.spelling, sender_value.c.shown)
    of_headings = connection.execute(headings.where(sender_column.c.sender_id == sender_id))
    of_spellings = connection.execute(spellings.where(sender_value.c.sender_id == sender_id))
    return {
        **{("", row.heading): row.shown for row in of_headings},
        **{(row.field, row.spelling): row.shown for row in of_spellings},
    }


def set_values(connection: Connection, batch_id: int, field: str, found: Mapping[str, str]) -> None:
    """Keep what spellings mean in a batch; "" forgets one."""
    _set_values(connection, batch_value, {"batch_id": batch_id, "field": field}, found)


def _set_values(
    connection: Connection,
    table: Table,
    place: Mapping[str, Any],
    found: Mapping[str, str],
    *,
    own: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
) -> None:
    for spelling, value in found.items():
        key = spelling[:_KEPT_OF_SPELLING]
        here = [table.c[name] == wanted for name, wanted in place.items()]
        connection.execute(delete(table).where(*here, table.c.spelling == key))
        if value:
            more = own.get(spelling, {})
            connection.execute(insert(table).values(**place, spelling=key, value=value, **more))


def scan_name(connection: Connection, batch_id: int) -> str:
    """Name the scanned letter of a batch, "" where there is none."""
    query = select(batch_letter.c.name).where(batch_letter.c.batch_id == batch_id)
    newest = query.order_by(batch_letter.c.id.desc()).limit(1)
    return connection.execute(newest).scalar() or ""


def letter_scan(connection: Connection, batch_id: int) -> LetterScan | None:
    """Give the scanned letter of a batch."""
    query = select(batch_letter).where(batch_letter.c.batch_id == batch_id)
    row = connection.execute(query.order_by(batch_letter.c.id.desc()).limit(1)).first()
    return LetterScan(name=row.name, kind=row.kind, content=row.content) if row else None


def keep_scan(
    connection: Connection,
    batch_id: int,
    scan: LetterScan,
    *,
    user_id: int,
    at: str,
    step_id: int | None = None,
) -> None:
    """Keep the scanned letter of a batch; before a step that keeps one, earlier ones stay."""
    if step_id is None:
        connection.execute(delete(batch_letter).where(batch_letter.c.batch_id == batch_id))
    values = {"name": scan.name, "kind": scan.kind, "content": scan.content}
    noted = {"user_id": user_id, "at": at, "step_id": step_id}
    connection.execute(insert(batch_letter).values(batch_id=batch_id, **values, **noted))


def sender_batches(connection: Connection, sender_id: int) -> tuple[SenderBatch, ...]:
    """Give the lists of a sender, oldest first."""
    query = (
        select(batch, _bad_rows().label("bad"))
        .join(batch_intake, batch_intake.c.batch_id == batch.c.id)
        .where(batch_intake.c.sender_id == sender_id)
        .order_by(batch.c.id)
    )
    return tuple(
        SenderBatch(
            batch_id=row.id,
            number=row.number,
            loaded_on=date.fromisoformat(row.created_at[:10]),
            people=row.read - row.blank - row.ignored,
            bad=row.bad,
            is_judged=row.status not in _UNJUDGED,
        )
        for row in connection.execute(query)
    )


def _bad_rows() -> Any:
    """Count the rows of a batch that are held, were repaired, or were left out."""
    return (
        select(func.count())
        .select_from(batch_line)
        .join(line_decision, line_decision.c.line_id == batch_line.c.id, isouter=True)
        .where(
            batch_line.c.batch_id == batch.c.id,
            (batch_line.c.status == LineStatus.HELD.value)
            | batch_line.c.first_cells.is_not(None)
            | line_decision.c.line_id.is_not(None),
        )
        .scalar_subquery()
    )


def mistakes_of(connection: Connection, sender_id: int) -> dict[str, int]:
    """Count rows by what was wrong with them: as decided in the end, or repaired before."""
    counts: defaultdict[str, int] = defaultdict(int)
    of_sender = batch_intake.c.sender_id == sender_id
    left = (
        select(batch_line.c.codes, func.count().label("number"))
        .join(batch_intake, batch_intake.c.batch_id == batch_line.c.batch_id)
        .where(of_sender, batch_line.c.codes != "")
        .group_by(batch_line.c.codes)
    )
    for row in connection.execute(left):
        for code in row.codes.split():
            counts[code] += row.number
    mended = (
        select(batch_step.c.code, func.sum(batch_step.c.rows).label("number"))
        .join(batch_intake, batch_intake.c.batch_id == batch_step.c.batch_id)
        .where(of_sender, batch_step.c.code != "", batch_step.c.undone_at == "")
        .group_by(batch_step.c.code)
    )
    for row in connection.execute(mended):
        counts[row.code] += row.number
    return dict(counts)
