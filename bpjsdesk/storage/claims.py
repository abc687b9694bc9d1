"""Claims in the store: one with its components and path, lists, and counts."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, func, insert, select, update

from bpjsdesk.domain.claim_rules import CLOSED_WITHOUT_PAYMENT
from bpjsdesk.domain.claims import (
    Claim,
    ClaimComponent,
    ClaimDraft,
    ClaimEvent,
    ClaimListItem,
    Programme,
)
from bpjsdesk.domain.identity import mask_nik
from bpjsdesk.domain.names import name_key
from bpjsdesk.storage import dialect, regions
from bpjsdesk.storage.schema import agreement, app_user, claim, claim_component, claim_event, person
from bpjsdesk.storage.schema_reference import category, claim_status
from bpjsdesk.storage.schema_staging import person_merge, person_request

_FEW_HITS = 3000
_FEWEST_LETTERS = 3
_HEAD_FIELDS = (
    "kpj",
    "segment",
    "category",
    "region_code",
    "agreement_id",
    "event_on",
    "filed_on",
    "complete_on",
    "paid_on",
    "note",
)


def number_in_year(year: int, sequence: int) -> str:
    """Write a claim's number: K-2026-000123."""
    return f"K-{year}-{sequence:06d}"


def last_sequence(connection: Connection, year: int) -> int:
    """Give the highest sequence used in a year."""
    prefix = f"K-{year}-"
    newest = connection.execute(
        select(func.max(claim.c.number)).where(
            claim.c.number >= prefix, claim.c.number < f"K-{year}."
        )
    ).scalar()
    return int(newest.removeprefix(prefix)) if newest else 0


def add_claim(
    connection: Connection,
    draft: ClaimDraft,
    *,
    person_id: int,
    status: str,
    created_by: int,
    created_at: str,
) -> int:
    """Insert a claim with the next number of its year; give its id."""
    year = int(created_at[:4])
    number = number_in_year(year, last_sequence(connection, year) + 1)
    done = connection.execute(
        insert(claim).values(
            number=number,
            status=status,
            source_digest="",
            created_by=created_by,
            created_at=created_at,
            version=1,
            **_values(draft, person_id),
        )
    )
    key = done.inserted_primary_key
    claim_id = int(key[0]) if key else 0
    _write_components(connection, claim_id, draft.components)
    return claim_id


def change_claim(
    connection: Connection, claim_id: int, draft: ClaimDraft, *, person_id: int
) -> None:
    """Write the entered fields over; the version is the door's matter."""
    connection.execute(
        update(claim).where(claim.c.id == claim_id).values(**_values(draft, person_id))
    )
    connection.execute(delete(claim_component).where(claim_component.c.claim_id == claim_id))
    _write_components(connection, claim_id, draft.components)


def move_claim(connection: Connection, claim_id: int, draft: ClaimDraft, *, status: str) -> None:
    """Write the step and the days that came with it."""
    connection.execute(
        update(claim)
        .where(claim.c.id == claim_id)
        .values(
            status=status,
            filed_on=draft.filed_on,
            complete_on=draft.complete_on,
            paid_on=draft.paid_on,
        )
    )


def add_event(connection: Connection, claim_id: int, event: ClaimEvent, *, user_id: int) -> None:
    """Note one step on a claim's path."""
    connection.execute(
        insert(claim_event).values(
            claim_id=claim_id,
            at=event.at,
            user_id=user_id,
            from_status=event.from_status,
            to_status=event.to_status,
            note=event.note,
        )
    )


def get_claim(connection: Connection, claim_id: int) -> Claim | None:
    """Read a claim with components and path; the NIK is in full."""
    query = (
        select(
            claim,
            person.c.nik,
            category.c.name.label("category_name"),
            claim_status.c.name.label("status_name"),
        )
        .join(person, person.c.id == claim.c.person_id)
        .join(category, category.c.code == claim.c.category)
        .join(claim_status, claim_status.c.code == claim.c.status)
        .where(claim.c.id == claim_id)
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    return Claim(
        claim_id=claim_id,
        version=row["version"],
        number=row["number"],
        status=row["status"],
        status_name=row["status_name"],
        draft=_draft(connection, row),
        category_name=row["category_name"],
        region_name=regions.region_path(connection, row["region_code"]),
        person_id=row["person_id"],
        events=_events(connection, claim_id),
    )


def status_of(connection: Connection, claim_id: int) -> str:
    """Give the step that a claim is in; empty for one that does not exist."""
    return connection.execute(select(claim.c.status).where(claim.c.id == claim_id)).scalar() or ""


def _draft(connection: Connection, row: Any) -> ClaimDraft:
    return ClaimDraft(
        programme=Programme(row["programme"]),
        participant_nik=row["nik"],
        participant_name=row["participant_name"],
        payee_name=row["payee_name"],
        components=_components(connection, row["id"]),
        **{name: row[name] for name in _HEAD_FIELDS},
    )


def has_agreement(connection: Connection, agreement_id: int) -> bool:
    query = select(agreement.c.id).where(agreement.c.id == agreement_id)
    return connection.execute(query).first() is not None


def person_with_nik(connection: Connection, nik: str) -> int | None:
    """Find who bears a NIK; whoever was joined to another is that other."""
    joined = (person_merge.c.merged_id == person.c.id) & (person_merge.c.undone_at == "")
    query = (
        select(func.coalesce(person_merge.c.kept_id, person.c.id))
        .select_from(person)
        .outerjoin(person_merge, joined)
        .where(person.c.nik == nik)
    )
    found = connection.execute(query).scalar()
    return found if found is not None else _bearer_of_former(connection, nik)


def _bearer_of_former(connection: Connection, nik: str) -> int | None:
    """Find whose NIK this was until a change of it was approved."""
    return connection.execute(
        select(person_request.c.person_id)
        .where(person_request.c.field == "NIK", person_request.c.before == nik)
        .where(person_request.c.decision == "APPROVED")
        .order_by(person_request.c.id.desc())
    ).scalar()


def death_claim_of(connection: Connection, person_id: int, *, but: int | None) -> str | None:
    """Give the number of a death claim of this person that has not been closed unpaid."""
    return connection.execute(
        select(claim.c.number).where(
            claim.c.person_id == person_id,
            claim.c.programme == Programme.JKM.value,
            claim.c.status.not_in(CLOSED_WITHOUT_PAYMENT),
            claim.c.id != (but or 0),
        )
    ).scalar()


def list_claims(
    connection: Connection,
    *,
    text: str,
    programme: str | None,
    status: str | None,
    limit: int,
    before_id: int | None,
) -> tuple[ClaimListItem, ...]:
    """Give claims newest first; `text` is a part of a name, a number or the start of a NIK."""
    query = _list_query().order_by(claim.c.id.desc()).limit(limit)
    if programme:
        query = query.where(claim.c.programme == programme)
    if status:
        query = query.where(claim.c.status == status)
    if before_id is not None:
        query = query.where(claim.c.id < before_id)
    wanted = " ".join(text.split())
    if wanted:
        query = query.where(_holds(connection, wanted))
    return tuple(_item(row) for row in connection.execute(query))


def status_counts(connection: Connection) -> dict[str, int]:
    """Count the claims of each status that occurs."""
    rows = connection.execute(select(claim.c.status, func.count()).group_by(claim.c.status))
    return {row[0]: row[1] for row in rows}


def _list_query() -> Select[Any]:
    return (
        select(
            claim.c.id,
            claim.c.number,
            claim.c.programme,
            claim.c.participant_name,
            person.c.nik,
            category.c.name.label("category_name"),
            claim.c.event_on,
            claim.c.filed_on,
            claim.c.paid_on,
            claim.c.status,
            claim_status.c.name.label("status_name"),
            claim_status.c.colour,
            claim.c.amount,
        )
        .join(person, person.c.id == claim.c.person_id)
        .join(category, category.c.code == claim.c.category)
        .join(claim_status, claim_status.c.code == claim.c.status)
    )


def _holds(connection: Connection, text: str) -> ColumnElement[bool]:
    if text.upper().startswith("K-"):
        return claim.c.number.startswith(text.upper(), autoescape=True)
    if text.isascii() and text.isdigit():
        inside = (person.c.nik >= text) & (person.c.nik < text + ":")
        return claim.c.person_id.in_(select(person.c.id).where(inside))
    in_name = claim.c.participant_name.icontains(text, autoescape=True)
    key = name_key(text)
    if len(key) >= _FEWEST_LETTERS:
        # a rare name is found through the index of people, a frequent one soon enough by looking
        hits = dialect.possible_hits(connection, key, at_most=_FEW_HITS + 1)
        if hits <= _FEW_HITS:
            return claim.c.person_id.in_(dialect.possible_ids(connection, key)) & (
                in_name | person.c.name_key.contains(key, autoescape=True)
            )
    return in_name


def _item(row: Any) -> ClaimListItem:
    return ClaimListItem(
        claim_id=row.id,
        number=row.number,
        programme=Programme(row.programme),
        participant_name=row.participant_name,
        masked_nik=mask_nik(row.nik),
        category_name=row.category_name,
        event_on=row.event_on,
        filed_on=row.filed_on,
        paid_on=row.paid_on,
        status=row.status,
        status_name=row.status_name,
        colour=row.colour,
        amount=row.amount,
    )


def _values(draft: ClaimDraft, person_id: int) -> dict[str, Any]:
    return {
        "programme": draft.programme.value,
        "person_id": person_id,
        "participant_name": " ".join(draft.participant_name.split()),
        "payee_name": " ".join(draft.payee_name.split()),
        "amount": draft.amount,
        **{name: getattr(draft, name) for name in _HEAD_FIELDS},
    }


def _write_components(
    connection: Connection, claim_id: int, components: Sequence[ClaimComponent]
) -> None:
    rows = [
        {
            "claim_id": claim_id,
            "seq": seq,
            "code": component.code,
            "name": component.name,
            "amount": component.amount,
        }
        for seq, component in enumerate(components, start=1)
    ]
    if rows:
        connection.execute(insert(claim_component), rows)


def _components(connection: Connection, claim_id: int) -> tuple[ClaimComponent, ...]:
    table = claim_component
    query = select(table).where(table.c.claim_id == claim_id).order_by(table.c.seq)
    return tuple(
        ClaimComponent(code=row.code, name=row.name, amount=row.amount)
        for row in connection.execute(query)
    )


def _events(connection: Connection, claim_id: int) -> tuple[ClaimEvent, ...]:
    query = (
        select(claim_event, app_user.c.display_name)
        .join(app_user, app_user.c.id == claim_event.c.user_id)
        .where(claim_event.c.claim_id == claim_id)
        .order_by(claim_event.c.id)
    )
    return tuple(
        ClaimEvent(
            at=row.at,
            user_name=row.display_name,
            from_status=row.from_status,
            to_status=row.to_status,
            note=row.note,
        )
        for row in connection.execute(query)
    )
