"""Agreements in the store: one with all its parts in and out, parts replaced as a whole."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from bpjsdesk.domain.agreements import (
    Agreement,
    AgreementDraft,
    Contact,
    Duty,
    Funding,
    Party,
    QuotaDraft,
    QuotaLine,
    Stage,
    Tranche,
    days_left_on,
    status_on,
)
from bpjsdesk.errors import UserError
from bpjsdesk.storage.schema import (
    agreement,
    agreement_clause,
    agreement_funding,
    agreement_party,
    agreement_quota,
    agreement_tranche,
    app_user,
)
from bpjsdesk.storage.schema_reference import agreement_kind, category

_LEGAL_BASIS, _DUTY, _CONTACT = "LEGAL_BASIS", "DUTY", "CONTACT"
_HEAD_FIELDS = (
    "kind",
    "title",
    "region_code",
    "signed_on",
    "signed_place",
    "valid_from",
    "valid_to",
    "renews_id",
    "amends_id",
    "protected_since",
    "scope",
    "notes",
)


def add_agreement(
    connection: Connection,
    draft: AgreementDraft,
    lines: Sequence[QuotaLine],
    *,
    created_by: int,
    created_at: str,
) -> int:
    """Insert an agreement with all its parts; give its id."""
    done = connection.execute(
        insert(agreement).values(
            version=1, created_by=created_by, created_at=created_at, **_head(draft)
        )
    )
    key = done.inserted_primary_key
    agreement_id = int(key[0]) if key else 0
    _write_parts(connection, agreement_id, draft, lines)
    return agreement_id


def change_agreement(
    connection: Connection, agreement_id: int, draft: AgreementDraft, lines: Sequence[QuotaLine]
) -> None:
    """Write a draft over; the version is the door's matter.

    Raises: UserError QUOTA_IN_USE when a removed quota line already has batches.
    """
    connection.execute(
        update(agreement).where(agreement.c.id == agreement_id).values(**_head(draft))
    )
    _write_parts(connection, agreement_id, draft, lines)


def stage_of(connection: Connection, agreement_id: int) -> Stage | None:
    """Give what is stored of the status; None when there is no such agreement."""
    stage = connection.execute(
        select(agreement.c.stage).where(agreement.c.id == agreement_id)
    ).scalar()
    return None if stage is None else Stage(stage)


def get_agreement(
    connection: Connection, agreement_id: int, *, today: date, expiring_days: int
) -> Agreement | None:
    """Read an agreement with everything that belongs to it."""
    row = _head_row(connection, agreement_id)
    if row is None:
        return None
    lines = _quota_lines(connection, agreement_id)
    renewed_by = _renewed_by(connection, agreement_id)
    stage = Stage(row["stage"])
    status = status_on(
        today,
        stage=stage,
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        expiring_days=expiring_days,
        renewed=renewed_by is not None,
    )
    return Agreement(
        agreement_id=agreement_id,
        version=row["version"],
        stage=stage,
        status=status,
        days_left=days_left_on(today, row["valid_to"]),
        draft=_draft(connection, row, lines),
        kind_name=row["kind_name"],
        quotas=lines,
        renewed_by_id=renewed_by,
        created_by=row["display_name"],
        created_at=row["created_at"],
    )


def _head_row(connection: Connection, agreement_id: int) -> Any | None:
    query = (
        select(agreement, agreement_kind.c.name.label("kind_name"), app_user.c.display_name)
        .join(agreement_kind, agreement_kind.c.code == agreement.c.kind)
        .join(app_user, app_user.c.id == agreement.c.created_by)
        .where(agreement.c.id == agreement_id)
    )
    return connection.execute(query).mappings().first()


def open_renewal(connection: Connection, agreement_id: int) -> tuple[int, str, Stage] | None:
    """Find a renewal that has not been cancelled: id, title, stage."""
    row = connection.execute(
        select(agreement.c.id, agreement.c.title, agreement.c.stage)
        .where(agreement.c.renews_id == agreement_id, agreement.c.stage != Stage.CANCELLED.value)
        .order_by(agreement.c.id)
    ).first()
    return None if row is None else (row.id, row.title, Stage(row.stage))


def titles_with_number(
    connection: Connection, institution: str, number: str, *, but: int | None
) -> tuple[str, ...]:
    """Give the titles of other agreements to which this party gave this number."""
    query = (
        select(agreement.c.title)
        .join(agreement_party, agreement_party.c.agreement_id == agreement.c.id)
        .where(
            agreement_party.c.number == number.strip(),
            func.lower(agreement_party.c.institution) == institution.strip().lower(),
            agreement.c.id != (but or 0),
        )
    )
    return tuple(connection.execute(query).scalars())


def _renewed_by(connection: Connection, agreement_id: int) -> int | None:
    return connection.execute(
        select(agreement.c.id)
        .where(agreement.c.renews_id == agreement_id, agreement.c.stage == Stage.SIGNED.value)
        .order_by(agreement.c.id)
    ).scalar()


def _head(draft: AgreementDraft) -> dict[str, Any]:
    values = {name: getattr(draft, name) for name in _HEAD_FIELDS}
    values["title"] = " ".join(draft.title.split())
    stage = Stage.DRAFT if draft.signed_on is None else Stage.SIGNED
    return values | {"stage": stage.value}


def _write_parts(
    connection: Connection, agreement_id: int, draft: AgreementDraft, lines: Sequence[QuotaLine]
) -> None:
    _replace(connection, agreement_party, agreement_id, _party_rows(draft))
    _replace(connection, agreement_funding, agreement_id, _numbered(draft.funding))
    _replace(connection, agreement_tranche, agreement_id, _numbered(draft.tranches))
    _replace(connection, agreement_clause, agreement_id, _clause_rows(draft))
    _write_quotas(connection, agreement_id, lines)


def _replace(
    connection: Connection, table: Table, agreement_id: int, rows: list[dict[str, Any]]
) -> None:
    connection.execute(delete(table).where(table.c.agreement_id == agreement_id))
    if rows:
        connection.execute(insert(table), [{"agreement_id": agreement_id, **row} for row in rows])


def _party_rows(draft: AgreementDraft) -> list[dict[str, Any]]:
    return [
        {name: value.strip() if isinstance(value, str) else value for name, value in row.items()}
        for row in map(asdict, draft.parties)
    ]


def _numbered(parts: Iterable[Funding | Tranche]) -> list[dict[str, Any]]:
    return [{"seq": seq, **asdict(part)} for seq, part in enumerate(parts, start=1)]


def _clause_rows(draft: AgreementDraft) -> list[dict[str, Any]]:
    groups: tuple[tuple[str, list[tuple[int | None, str]]], ...] = (
        (_LEGAL_BASIS, [(None, text) for text in draft.legal_basis]),
        (_DUTY, [(duty.party_role_no, duty.text) for duty in draft.duties]),
        (_CONTACT, [(contact.party_role_no, contact.text) for contact in draft.contacts]),
    )
    return [
        {"kind": kind, "seq": seq, "party_role_no": role_no, "content": text}
        for kind, clauses in groups
        for seq, (role_no, text) in enumerate(clauses, start=1)
    ]


def _write_quotas(connection: Connection, agreement_id: int, lines: Sequence[QuotaLine]) -> None:
    """Keep the id of a line that stays in its place: batches point at it."""
    table = agreement_quota
    stored = connection.execute(
        select(table.c.seq, table.c.id).where(table.c.agreement_id == agreement_id)
    )
    known = {row.seq: row.id for row in stored}
    for seq, line in enumerate(lines, start=1):
        values = _quota_values(line)
        quota_id = known.pop(seq, None)
        if quota_id is None:
            connection.execute(insert(table).values(agreement_id=agreement_id, seq=seq, **values))
        else:
            connection.execute(update(table).where(table.c.id == quota_id).values(**values))
    if known:
        _drop_quotas(connection, list(known.values()))


def _drop_quotas(connection: Connection, ids: list[int]) -> None:
    try:
        connection.execute(delete(agreement_quota).where(agreement_quota.c.id.in_(ids)))
    except IntegrityError as problem:
        raise UserError(
            "QUOTA_IN_USE",
            "Baris kuota yang dihapus sudah memiliki batch peserta. Kembalikan baris itu.",
        ) from problem


def _quota_values(line: QuotaLine) -> dict[str, Any]:
    draft = line.draft
    return {
        "category": draft.category,
        "segment": line.segment,
        "programmes": " ".join(draft.programmes),
        "heads": draft.heads,
        "months": draft.months,
        "from_month": draft.from_month,
        "payer_type": draft.payer_type,
        "sector": draft.sector,
        "wage_base": draft.wage_base,
        "rates": json.dumps(line.rates),
        "amount": line.amount,
        "verified": line.verified,
    }


def _quota_lines(connection: Connection, agreement_id: int) -> tuple[QuotaLine, ...]:
    query = (
        select(agreement_quota, category.c.name.label("category_name"))
        .join(category, category.c.code == agreement_quota.c.category)
        .where(agreement_quota.c.agreement_id == agreement_id)
        .order_by(agreement_quota.c.seq)
    )
    return tuple(_quota_line(row) for row in connection.execute(query))


def _quota_line(row: Any) -> QuotaLine:
    draft = QuotaDraft(
        category=row.category,
        programmes=tuple(row.programmes.split()),
        heads=row.heads,
        months=row.months,
        from_month=row.from_month,
        payer_type=row.payer_type,
        sector=row.sector,
        wage_base=row.wage_base,
    )
    return QuotaLine(
        quota_id=row.id,
        draft=draft,
        category_name=row.category_name,
        segment=row.segment,
        rates=tuple(json.loads(row.rates)),
        amount=row.amount,
        verified=row.verified,
    )


def _draft(connection: Connection, row: Any, lines: tuple[QuotaLine, ...]) -> AgreementDraft:
    agreement_id = row["id"]
    clauses = _parts(connection, agreement_clause, agreement_id)
    return AgreementDraft(
        **{name: row[name] for name in _HEAD_FIELDS},
        quotas=tuple(line.draft for line in lines),
        parties=tuple(
            Party(**_without(part, "id", "agreement_id"))
            for part in _parts(connection, agreement_party, agreement_id)
        ),
        funding=tuple(
            Funding(**_without(part, "id", "agreement_id", "seq"))
            for part in _parts(connection, agreement_funding, agreement_id)
        ),
        tranches=tuple(
            Tranche(**_without(part, "id", "agreement_id", "seq"))
            for part in _parts(connection, agreement_tranche, agreement_id)
        ),
        legal_basis=tuple(part["content"] for part in clauses if part["kind"] == _LEGAL_BASIS),
        duties=tuple(
            Duty(party_role_no=part["party_role_no"], text=part["content"])
            for part in clauses
            if part["kind"] == _DUTY
        ),
        contacts=tuple(
            Contact(party_role_no=part["party_role_no"], text=part["content"])
            for part in clauses
            if part["kind"] == _CONTACT
        ),
    )


def _parts(connection: Connection, table: Table, agreement_id: int) -> list[dict[str, Any]]:
    order = table.c.role_no if table is agreement_party else table.c.seq
    query = select(table).where(table.c.agreement_id == agreement_id).order_by(order)
    return [dict(row) for row in connection.execute(query).mappings()]


def _without(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}
