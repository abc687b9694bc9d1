"""Record claims, lead them along their path, and show them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bpjsdesk.domain import claim_rules
from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.claim_rules import CLOSED_WITHOUT_PAYMENT, PAID, KnownClaimCodes
from bpjsdesk.domain.claims import (
    Claim,
    ClaimDraft,
    ClaimEvent,
    ClaimListItem,
    ClaimMove,
    Programme,
    require_move,
)
from bpjsdesk.domain.identity import clean_digits, mask_nik, nik_birth, parse_nik
from bpjsdesk.domain.names import name_key
from bpjsdesk.domain.problems import FieldProblem, refuse_if_any
from bpjsdesk.domain.reference import SEGMENT_LABELS, Category
from bpjsdesk.errors import UserError
from bpjsdesk.services.commands import Command, Outcome, execute, saving
from bpjsdesk.services.context import AppContext
from bpjsdesk.storage import claims, enrollment, reference, regions
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.enrollment import NewPerson

KIND = "claim"


def save_claim(
    context: AppContext,
    draft: ClaimDraft,
    *,
    request_id: str,
    claim_id: int | None = None,
    version: int | None = None,
) -> Answer:
    """Record a claim, or change one that is not paid; the person is found or added by NIK.

    A new claim starts in the step that its dates prove; one with `paid_on` needs "claim.pay".

    Raises: FormProblems; UserError CLAIM_LOCKED, CLAIM_MISSING, CONFLICT, NOT_PERMITTED.
    """
    is_payment = claim_id is None and draft.paid_on is not None
    command = saving(
        "claim.pay" if is_payment else "claim.save",
        kind=KIND,
        request_id=request_id,
        object_id=claim_id,
        version=version,
    )
    return execute(context, command, lambda connection: _save(context, connection, draft, claim_id))


def move_claim(
    context: AppContext,
    claim_id: int,
    *,
    to_status: str,
    version: int,
    request_id: str,
    note: str = "",
    on: date | None = None,
) -> Answer:
    """Take one step of the path; `on` is the day that the step asks for.

    To pay, and to take a payment back by reopening, needs "claim.pay".

    Raises: FormProblems; UserError CLAIM_MOVE_REFUSED, CLAIM_MISSING, CONFLICT, NOT_PERMITTED.
    """
    with context.database.read() as connection:
        from_status = claims.status_of(connection, claim_id)
    command = Command(
        name=_step_name(from_status, to_status),
        object_kind=KIND,
        request_id=request_id,
        object_id=claim_id,
        version=version,
    )

    return execute(
        context,
        command,
        lambda connection: _move(context, connection, claim_id, (to_status, note, on)),
    )


def get_claim(context: AppContext, claim_id: int) -> Claim:
    """Read one claim; the NIK is in full for those who may write claims, else masked.

    Raises: UserError CLAIM_MISSING, NOT_PERMITTED.
    """
    context.user.require("read.claims")
    with context.database.read() as connection:
        found = _get(connection, claim_id)
    if context.user.may("claim.save"):
        return found
    masked = replace(found.draft, participant_nik=mask_nik(found.draft.participant_nik))
    return replace(found, draft=masked)


def claim_moves(context: AppContext, claim_id: int) -> tuple[ClaimMove, ...]:
    """Give the steps that this user may take with a claim now."""
    context.user.require("read.claims")
    with context.database.read() as connection:
        status = _get(connection, claim_id).status
        moves = reference.claim_moves(connection)
    return tuple(
        move
        for move in moves
        if move.from_status == status and context.user.may(_step_name(status, move.to_status))
    )


def list_claims(
    context: AppContext,
    *,
    text: str = "",
    programme: Programme | None = None,
    status: str | None = None,
    limit: int = 200,
    before_id: int | None = None,
) -> tuple[ClaimListItem, ...]:
    """Give claims newest first; the next page comes with the last id as `before_id`.

    `text` is a part of the name, the start of a NIK, or a claim number.
    """
    context.user.require("read.claims")
    with context.database.read() as connection:
        return claims.list_claims(
            connection,
            text=text,
            programme=programme,
            status=status,
            limit=limit,
            before_id=before_id,
        )


def claim_status_counts(context: AppContext) -> dict[str, int]:
    """Count the claims of each status that occurs."""
    context.user.require("read.claims")
    with context.database.read() as connection:
        return claims.status_counts(connection)


def _step_name(from_status: str, to_status: str) -> str:
    return "claim.pay" if claim_rules.is_payment(from_status, to_status) else "claim.move"


def _get(connection: Connection, claim_id: int) -> Claim:
    found = claims.get_claim(connection, claim_id)
    if found is None:
        raise UserError("CLAIM_MISSING", "Klaim ini tidak ditemukan. Muat ulang daftar klaim.")
    return found


def _move(
    context: AppContext,
    connection: Connection,
    claim_id: int,
    step: tuple[str, str, date | None],
) -> Outcome:
    to_status, note, on = step
    old = _get(connection, claim_id)
    move = require_move(reference.claim_moves(connection), old.status, to_status)
    draft = claim_rules.after_move(old.draft, move, on)
    today = context.clock().date()
    problems = list(claim_rules.move_problems(draft, move, note=note, today=today))
    if old.status in CLOSED_WITHOUT_PAYMENT:
        problems += _death_problems(connection, draft, claim_id)
    refuse_if_any(problems)
    claims.move_claim(connection, claim_id, draft, status=to_status)
    _note_step(context, connection, claim_id, (old.status, to_status, note))
    payload = {"number": old.number, "from": old.status, "to": to_status}
    return Outcome(object_id=claim_id, changes=Changes.of(claim=claim_id), payload=payload)


def _save(
    context: AppContext, connection: Connection, draft: ClaimDraft, claim_id: int | None
) -> Outcome:
    old = None if claim_id is None else _unpaid(connection, claim_id)
    categories = {each.code: each for each in reference.categories(connection)}
    draft = _completed(draft, categories)
    today = context.clock().date()
    problems = list(_nik_problems(draft, today))
    problems += claim_rules.claim_problems(
        draft, _known(connection, draft, categories), today=today
    )
    if old is not None:
        problems += claim_rules.edit_problems(old.draft, draft)
    problems += _death_problems(connection, draft, claim_id)
    refuse_if_any(problems)
    person_id = _person(connection, draft, today)
    if claim_id is None:
        claim_id = _add(context, connection, draft, person_id)
    else:
        claims.change_claim(connection, claim_id, draft, person_id=person_id)
    payload: dict[str, object] = {
        "programme": draft.programme.value,
        "nik": mask_nik(draft.participant_nik),
        "amount": draft.amount,
    }
    changes = Changes(
        kinds=frozenset({KIND, "person"}), ids={KIND: (claim_id,), "person": (person_id,)}
    )
    return Outcome(object_id=claim_id, changes=changes, payload=payload)


def _unpaid(connection: Connection, claim_id: int) -> Claim:
    found = _get(connection, claim_id)
    if found.status == PAID:
        raise UserError(
            "CLAIM_LOCKED",
            "Klaim ini sudah dibayarkan dan tidak dapat diubah. Buka kembali dengan alasan bila "
            "ada koreksi.",
        )
    return found


def _completed(draft: ClaimDraft, categories: dict[str, Category]) -> ClaimDraft:
    """Clean what was typed; a segment that is left open is the usual one of the category."""
    usual = categories.get(draft.category)
    return replace(
        draft,
        participant_nik=clean_digits(draft.participant_nik),
        kpj=clean_digits(draft.kpj),
        segment=draft.segment or (usual.default_segment if usual else ""),
    )


def _known(
    connection: Connection, draft: ClaimDraft, categories: dict[str, Category]
) -> KnownClaimCodes:
    code, agreement_id = draft.region_code, draft.agreement_id
    return KnownClaimCodes(
        categories=frozenset(categories),
        segments=frozenset(SEGMENT_LABELS),
        region=code is not None and regions.get_region(connection, code) is not None,
        agreement=agreement_id is not None and claims.has_agreement(connection, agreement_id),
    )


def _nik_problems(draft: ClaimDraft, today: date) -> Iterator[FieldProblem]:
    try:
        parse_nik(draft.participant_nik, on=today)
    except UserError as fault:
        yield FieldProblem(field="participant_nik", code=fault.code, message=fault.message)


def _death_problems(
    connection: Connection, draft: ClaimDraft, claim_id: int | None
) -> Iterator[FieldProblem]:
    if not claim_rules.is_death_claim(draft):
        return
    person_id = claims.person_with_nik(connection, draft.participant_nik)
    earlier = (
        None if person_id is None else claims.death_claim_of(connection, person_id, but=claim_id)
    )
    if earlier is not None:
        yield FieldProblem(
            field="participant_nik",
            code="DEATH_CLAIM_EXISTS",
            message=f"Peserta ini sudah memiliki klaim JKM, nomor {earlier}. Lanjutkan yang itu.",
        )


def _person(connection: Connection, draft: ClaimDraft, today: date) -> int:
    known = claims.person_with_nik(connection, draft.participant_nik)
    if known is not None:
        return known
    person_id = enrollment.highest_person_id(connection) + 1
    enrollment.add_people(connection, [claimant(person_id, draft, today)])
    return person_id


def claimant(person_id: int, draft: ClaimDraft, today: date) -> NewPerson:
    """Build the register row of someone who is known through a claim only."""
    nik, name = draft.participant_nik, " ".join(draft.participant_name.split())
    birth = nik_birth(nik[6:12], on=today)
    return NewPerson(
        person_id=person_id,
        nik=nik,
        name=name,
        name_key=name_key(name),
        birth_date=birth.birth_date.isoformat() if birth else None,
        birth_place="",
        sex=birth.sex if birth else "",
        address="",
        region_code=draft.region_code,
        phone="",
        occupation="",
    )


def _add(context: AppContext, connection: Connection, draft: ClaimDraft, person_id: int) -> int:
    status = claim_rules.starting_status(draft)
    claim_id = claims.add_claim(
        connection,
        draft,
        person_id=person_id,
        status=status,
        created_by=context.user.user_id,
        created_at=context.clock().isoformat(),
    )
    _note_step(context, connection, claim_id, ("", status, ""))
    return claim_id


def _note_step(
    context: AppContext, connection: Connection, claim_id: int, step: tuple[str, str, str]
) -> None:
    from_status, to_status, note = step
    event = ClaimEvent(
        at=context.clock().isoformat(),
        user_name=context.user.display_name,
        from_status=from_status,
        to_status=to_status,
        note=note.strip(),
    )
    claims.add_event(connection, claim_id, event, user_id=context.user.user_id)
