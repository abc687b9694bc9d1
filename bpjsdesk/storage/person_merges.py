"""Two persons who turned out to be one, as stored: both rows stay, what hangs on one moves over."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, case, insert, select, update

from bpjsdesk.storage.schema import app_user, batch_line, claim, membership, person
from bpjsdesk.storage.schema_staging import person_end, person_merge, person_request

ACTIVE = "ACTIVE"
# Whatever names a person by its id and goes with it.
_MOVED: Mapping[str, Table] = {"membership": membership, "claim": claim, "batch_line": batch_line}
_END = "person_end"
# What must be as the merge left it for the merge to be undone.
_WATCHED: Mapping[str, Table] = {
    "person": person,
    "membership": membership,
    "claim": claim,
    "person_end": person_end,
    "person_request": person_request,
}


def person_exists(connection: Connection, person_id: int) -> bool:
    query = select(person.c.id).where(person.c.id == person_id)
    return connection.execute(query).first() is not None


def open_merge_of(connection: Connection, person_id: int) -> Any:
    """Read the merge by which somebody was joined to another; None while there is none."""
    return connection.execute(
        select(person_merge, app_user.c.display_name)
        .join(app_user, app_user.c.id == person_merge.c.user_id)
        .where(person_merge.c.merged_id == person_id, person_merge.c.undone_at == "")
    ).first()


def merges_of(connection: Connection, person_id: int) -> list[Any]:
    """Read every merge that names a person, oldest first, with the other one's name and NIK."""
    is_kept = person_merge.c.kept_id == person_id
    other_id = case((is_kept, person_merge.c.merged_id), else_=person_merge.c.kept_id)
    undoer = app_user.alias()
    query = (
        select(
            person_merge,
            app_user.c.display_name,
            undoer.c.display_name.label("undoer"),
            person.c.name,
            person.c.nik,
        )
        .join(app_user, app_user.c.id == person_merge.c.user_id)
        .outerjoin(undoer, undoer.c.id == person_merge.c.undone_by)
        .join(person, person.c.id == other_id)
        .where(is_kept | (person_merge.c.merged_id == person_id))
        .order_by(person_merge.c.id)
    )
    return list(connection.execute(query))


def open_merge(connection: Connection, merge_id: int) -> Any:
    """Read a merge that still holds; None when there is no such one."""
    return connection.execute(
        select(person_merge).where(person_merge.c.id == merge_id, person_merge.c.undone_at == "")
    ).first()


def has_others_in_it(connection: Connection, person_id: int) -> bool:
    """Say whether somebody else was joined to this person."""
    query = select(person_merge.c.id).where(
        person_merge.c.kept_id == person_id, person_merge.c.undone_at == ""
    )
    return connection.execute(query).first() is not None


def months_paid_for_both(
    connection: Connection, kept_id: int, merged_id: int
) -> tuple[date, date] | None:
    """Give the first stretch of months that is paid for both."""
    one, other = membership.alias(), membership.alias()
    row = connection.execute(
        select(one.c.from_month, other.c.from_month, one.c.to_month, other.c.to_month)
        .where(
            (one.c.person_id == kept_id) & (other.c.person_id == merged_id),
            (one.c.status == ACTIVE) & (other.c.status == ACTIVE),
            (one.c.from_month <= other.c.to_month) & (other.c.from_month <= one.c.to_month),
        )
        .order_by(one.c.from_month)
    ).first()
    return None if row is None else (max(row[0], row[1]), min(row[2], row[3]))


def move_all(
    connection: Connection, merged_id: int, kept_id: int, *, with_end: bool = False
) -> dict[str, list[int]]:
    """Hang everything of one person on another; gives the ids of what was moved, by table.

    An end of membership goes along only where it is told to.
    """
    moved = {}
    for name, table in _MOVED.items():
        query = select(table.c.id).where(table.c.person_id == merged_id).order_by(table.c.id)
        moved[name] = list(connection.execute(query).scalars())
    if with_end:
        mine = (person_end.c.person_id == merged_id) & (person_end.c.undone_at == "")
        moved[_END] = list(connection.execute(select(person_end.c.id).where(mine)).scalars())
    move_back(connection, moved, kept_id)
    return moved


def move_back(connection: Connection, moved: Mapping[str, Sequence[int]], person_id: int) -> None:
    """Hang the named rows on a person."""
    for name, ids in moved.items():
        table = person_end if name == _END else _MOVED[name]
        connection.execute(
            update(table).where(table.c.id.in_(list(ids))).values(person_id=person_id)
        )


def raise_versions(connection: Connection, *person_ids: int) -> None:
    """Let open forms of these people notice that something happened."""
    connection.execute(
        update(person).where(person.c.id.in_(person_ids)).values(version=person.c.version + 1)
    )


def digests(connection: Connection, *person_ids: int) -> dict[str, str]:
    """Digest all that is known of some people, by table."""
    found = {}
    for name, table in _WATCHED.items():
        key = table.c.id if table is person else table.c.person_id
        rows = connection.execute(select(table).where(key.in_(person_ids)).order_by(table.c.id))
        text = json.dumps([list(row) for row in rows], default=str)
        found[name] = hashlib.sha256(text.encode()).hexdigest()
    return found


def add_merge(connection: Connection, values: Mapping[str, Any]) -> int:
    done = connection.execute(insert(person_merge).values(undone_at="", **values))
    key = done.inserted_primary_key
    assert key is not None  # an insert of one row always answers with its key
    return int(key[0])


def end_merge(connection: Connection, merge_id: int, *, user_id: int, at: str) -> None:
    connection.execute(
        update(person_merge)
        .where(person_merge.c.id == merge_id)
        .values(undone_at=at, undone_by=user_id)
    )
