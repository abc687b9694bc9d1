"""Ends of membership and requests to change an identity, as they are stored."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert, select, update

from bpjsdesk.domain.identity import mask_nik
from bpjsdesk.domain.person_changes import ChangeRequest, EndReason, IdentityField, PersonEnd
from bpjsdesk.storage import dialect
from bpjsdesk.storage.schema import app_user, person
from bpjsdesk.storage.schema_reference import end_reason
from bpjsdesk.storage.schema_staging import person_end, person_request

APPROVED, REFUSED = "APPROVED", "REFUSED"


def end_of(connection: Connection, person_id: int) -> PersonEnd | None:
    """Give why somebody is no member any more; None while nothing says so."""
    row = connection.execute(
        select(
            person_end,
            end_reason.c.name,
            end_reason.c.is_death,
            end_reason.c.may_return,
            app_user.c.display_name,
        )
        .join(end_reason, end_reason.c.code == person_end.c.reason)
        .join(app_user, app_user.c.id == person_end.c.user_id)
        .where(person_end.c.person_id == person_id, person_end.c.undone_at == "")
    ).first()
    if row is None:
        return None
    return PersonEnd(
        reason=EndReason(
            code=row.reason, name=row.name, is_death=row.is_death, may_return=row.may_return
        ),
        since=row.since,
        note=row.note,
        noted_by=row.display_name,
        noted_at=row.at,
    )


def ends_of(connection: Connection, person_id: int) -> list[Any]:
    """Read every end that was noted of a person, those taken back too, oldest first."""
    undoer = app_user.alias()
    query = (
        select(
            person_end,
            end_reason.c.name,
            app_user.c.display_name,
            undoer.c.display_name.label("undoer"),
        )
        .join(end_reason, end_reason.c.code == person_end.c.reason)
        .join(app_user, app_user.c.id == person_end.c.user_id)
        .outerjoin(undoer, undoer.c.id == person_end.c.undone_by)
        .where(person_end.c.person_id == person_id)
        .order_by(person_end.c.id)
    )
    return list(connection.execute(query))


def end_reasons(connection: Connection) -> tuple[EndReason, ...]:
    """Give why a membership may end, in the order of the reference data."""
    return tuple(
        EndReason(code=row.code, name=row.name, is_death=row.is_death, may_return=row.may_return)
        for row in connection.execute(select(end_reason))
    )


def add_end(connection: Connection, values: Mapping[str, Any]) -> None:
    connection.execute(insert(person_end).values(undone_at="", **values))


def undo_end(connection: Connection, person_id: int, *, user_id: int, at: str) -> None:
    connection.execute(
        update(person_end)
        .where(person_end.c.person_id == person_id, person_end.c.undone_at == "")
        .values(undone_at=at, undone_by=user_id)
    )


def identity_of(connection: Connection, person_id: int) -> Any:
    """Read what a request may change; None when there is no such person."""
    columns = (person.c.nik, person.c.name, person.c.birth_date, person.c.version)
    return connection.execute(select(*columns).where(person.c.id == person_id)).first()


def owner_of(connection: Connection, nik: str) -> int | None:
    return connection.execute(select(person.c.id).where(person.c.nik == nik)).scalar()


def change_identity(connection: Connection, person_id: int, values: Mapping[str, Any]) -> None:
    """Rewrite an identity; the search index follows the name."""
    dialect.drop_from_search(connection, [person_id])
    connection.execute(
        update(person)
        .where(person.c.id == person_id)
        .values(version=person.c.version + 1, **values)
    )
    dialect.add_to_search(connection, [person_id])


def add_request(connection: Connection, values: Mapping[str, Any]) -> int:
    done = connection.execute(
        insert(person_request).values(decision="", decided_at="", note="", **values)
    )
    key = done.inserted_primary_key
    assert key is not None  # an insert of one row always answers with its key
    return int(key[0])


def request_row(connection: Connection, request_no: int) -> Any:
    """Read a request as stored, values unmasked; None when there is none."""
    return connection.execute(
        select(person_request).where(person_request.c.id == request_no)
    ).first()


def decide_request(connection: Connection, request_no: int, values: Mapping[str, Any]) -> None:
    connection.execute(
        update(person_request).where(person_request.c.id == request_no).values(**values)
    )


def requests(
    connection: Connection, *, person_id: int | None = None, only_open: bool = False
) -> tuple[ChangeRequest, ...]:
    """Give requests, newest first."""
    asker, decider = app_user.alias(), app_user.alias()
    query = (
        select(
            person_request,
            person.c.name.label("person_name"),
            asker.c.display_name.label("asker"),
            decider.c.display_name.label("decider"),
        )
        .join(person, person.c.id == person_request.c.person_id)
        .join(asker, asker.c.id == person_request.c.asked_by)
        .join(decider, decider.c.id == person_request.c.decided_by, isouter=True)
        .order_by(person_request.c.id.desc())
    )
    if person_id is not None:
        query = query.where(person_request.c.person_id == person_id)
    if only_open:
        query = query.where(person_request.c.decision == "")
    return tuple(_request(row) for row in connection.execute(query))


def _request(row: Any) -> ChangeRequest:
    field = IdentityField(row.field)
    shown = mask_nik if field is IdentityField.NIK else str
    return ChangeRequest(
        request_no=row.id,
        person_id=row.person_id,
        person_name=row.person_name,
        field=field,
        before=shown(row.before),
        after=shown(row.after),
        basis=row.basis,
        asked_by=row.asker,
        asked_at=row.asked_at,
        decision=row.decision,
        decided_by=row.decider or "",
        decided_at=row.decided_at,
        note=row.note,
    )


def day_or_none(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
