"""The history of who did what: a keyed chain in which no link can change unnoticed."""

import hashlib
import hmac
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, desc, insert, select

from bpjsdesk.storage.schema import app_user, audit_entry

FIRST_LINK = "0" * 64
CHAINED = (
    "seq",
    "at",
    "user_id",
    "user_name",
    "role",
    "command",
    "object_kind",
    "object_id",
    "object_version",
    "request_id",
    "result",
    "payload",
    "previous_hash",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What is written down of one command; `payload` holds counts and masked values only."""

    at: datetime
    user_id: int | None
    user_name: str
    role: str
    command: str
    object_kind: str
    object_id: int | None
    object_version: int | None
    request_id: str
    result: str
    payload: Mapping[str, object]


def append(connection: Connection, key: bytes, deed: Deed) -> None:
    """Add a link to the chain, inside the transaction of the deed itself."""
    newest = connection.execute(
        select(audit_entry.c.seq, audit_entry.c.hash).order_by(desc(audit_entry.c.seq)).limit(1)
    ).first()
    row: dict[str, Any] = {
        "seq": 1 if newest is None else newest.seq + 1,
        "at": deed.at.isoformat(),
        "user_id": deed.user_id,
        "user_name": deed.user_name,
        "role": deed.role,
        "command": deed.command,
        "object_kind": deed.object_kind,
        "object_id": deed.object_id,
        "object_version": deed.object_version,
        "request_id": deed.request_id,
        "result": deed.result,
        "payload": _canonical(deed.payload),
        "previous_hash": FIRST_LINK if newest is None else newest.hash,
    }
    row["hash"] = _link(key, row)
    connection.execute(insert(audit_entry), row)


def first_broken_link(connection: Connection, key: bytes) -> int | None:
    """Walk the whole chain; give the number of the first link that does not hold, or None."""
    previous, expected = FIRST_LINK, 1
    rows = connection.execute(select(audit_entry).order_by(audit_entry.c.seq)).mappings()
    for row in map(dict[str, Any], rows):
        intact = row["seq"] == expected and row["previous_hash"] == previous
        if not intact or not hmac.compare_digest(row["hash"], _link(key, row)):
            return expected
        previous, expected = row["hash"], expected + 1
    return None


def head(connection: Connection) -> tuple[int, str]:
    """Give the newest link's number and hash: what a witness outside should keep."""
    newest = connection.execute(
        select(audit_entry.c.seq, audit_entry.c.hash).order_by(desc(audit_entry.c.seq)).limit(1)
    ).first()
    return (0, FIRST_LINK) if newest is None else (newest.seq, newest.hash)


def only_since(connection: Connection, link: tuple[int, str], commands: Collection[str]) -> bool:
    """Say whether a link is still in the chain with nothing after it but these commands."""
    seq, expected = link
    found = connection.execute(select(audit_entry.c.hash).where(audit_entry.c.seq == seq)).scalar()
    others = select(audit_entry.c.seq).where(
        audit_entry.c.seq > seq, audit_entry.c.command.not_in(commands)
    )
    is_there = expected == (found if seq else FIRST_LINK)
    return is_there and connection.execute(others.limit(1)).first() is None


def newest(
    connection: Connection, *, limit: int, before_seq: int | None = None
) -> Sequence[Row[Any]]:
    """Give entries, newest first."""
    query = select(audit_entry).order_by(desc(audit_entry.c.seq)).limit(limit)
    if before_seq is not None:
        query = query.where(audit_entry.c.seq < before_seq)
    return connection.execute(query).all()


def deeds_on(connection: Connection, kind: str, object_id: int) -> Sequence[Row[Any]]:
    """Give what was carried out on one thing, oldest first, with the name of who did it."""
    return connection.execute(
        select(audit_entry, app_user.c.display_name)
        .join(app_user, app_user.c.id == audit_entry.c.user_id, isouter=True)
        .where(audit_entry.c.object_kind == kind, audit_entry.c.object_id == object_id)
        .where(audit_entry.c.result == "DONE")
        .order_by(audit_entry.c.seq)
    ).all()


def newest_of(connection: Connection, command: str) -> Row[Any] | None:
    """Give the newest entry of a command that was carried out."""
    return connection.execute(
        select(audit_entry)
        .where(audit_entry.c.command == command, audit_entry.c.result == "DONE")
        .order_by(desc(audit_entry.c.seq))
        .limit(1)
    ).first()


def _link(key: bytes, row: Mapping[str, Any]) -> str:
    content = _canonical({name: row[name] for name in CHAINED})
    return hmac.new(key, content.encode(), hashlib.sha256).hexdigest()


def _canonical(content: Mapping[str, object]) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
