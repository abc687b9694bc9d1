"""Take a whole batch back: what is reversed, and what stays because of something done since."""

from dataclasses import dataclass
from enum import StrEnum

from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.enrollment import BatchStatus
from bpjsdesk.domain.identity import mask_nik
from bpjsdesk.errors import UserError
from bpjsdesk.services.batches import get_batch
from bpjsdesk.services.commands import Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.storage import batch_undo, staging
from bpjsdesk.storage.batch_undo import Registered
from bpjsdesk.storage.connection import Connection

UNDO = "batch.undo"
FIRST_VERSION = 1


class WhyKept(StrEnum):
    """Why somebody stays registered although the batch is taken back."""

    CLAIMED = "CLAIMED"
    EDITED = "EDITED"


KEPT_SENTENCES = {
    WhyKept.CLAIMED: "ada klaim atas nama orang ini",
    WhyKept.EDITED: "data orang ini diubah sesudah dimuat",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptPerson:
    """Somebody who stays, with the reason."""

    nik: str
    name: str
    why: WhyKept


@dataclass(frozen=True, slots=True, kw_only=True)
class UndoPlan:
    """What undoing a batch does: `removed` of those reversed leave the register altogether."""

    batch_id: int
    number: str
    version: int
    reversed_heads: int
    removed: int
    kept: tuple[KeptPerson, ...]


def plan_undo(context: AppContext, batch_id: int) -> UndoPlan:
    """Say what would be reversed and what would stay, and why; nothing is changed.

    Raises: UserError BATCH_MISSING, NOT_PERMITTED.
    """
    context.user.require(UNDO)
    item = get_batch(context, batch_id).item
    with context.database.read() as connection:
        people = batch_undo.registered(connection, batch_id)
        version = staging.version_of(connection, batch_id)
    free = [person for person in people if _why_kept(person) is None]
    return UndoPlan(
        batch_id=batch_id,
        number=item.number,
        version=version,
        reversed_heads=len(free),
        removed=sum(person.is_alone for person in free),
        kept=tuple(
            KeptPerson(nik=mask_nik(person.nik), name=person.name, why=why)
            for person in people
            if (why := _why_kept(person)) is not None
        ),
    )


def undo_batch(context: AppContext, plan: UndoPlan, *, reason: str, request_id: str) -> Answer:
    """Take a batch back as planned; its rows are open again and its content may be loaded anew.

    Raises: UserError REASON_MISSING, NOTHING_TO_UNDO, NOT_PERMITTED, CONFLICT.
    """
    if not reason.strip():
        raise UserError("REASON_MISSING", "Tulis alasan mengapa batch ini dibatalkan.")
    command = Command(
        name=UNDO,
        object_kind="batch",
        request_id=request_id,
        object_id=plan.batch_id,
        version=plan.version,
        bulk=True,
    )

    def act(connection: Connection) -> Outcome:
        people = batch_undo.registered(connection, plan.batch_id)
        free = [person for person in people if _why_kept(person) is None]
        if not free:
            raise UserError(
                "NOTHING_TO_UNDO",
                f"Tidak ada peserta batch {plan.number} yang dapat dibatalkan.",
            )
        _take_back(connection, plan, free, kept=len(people) - len(free))
        payload: dict[str, object] = {"reversed": len(free), "kept": len(people) - len(free)}
        kinds = frozenset({"batch", "person", "agreement"})
        changes = Changes(kinds=kinds, ids={"batch": (plan.batch_id,)})
        return Outcome(object_id=plan.batch_id, changes=changes, payload=payload)

    return execute(context, command, act)


def _take_back(
    connection: Connection, plan: UndoPlan, free: list[Registered], *, kept: int
) -> None:
    batch_undo.take_back(connection, plan.batch_id, free)
    batch_undo.forget(connection, plan.batch_id, [person for person in free if person.is_alone])
    heads, amount = staging.heads_and_amount(connection, plan.batch_id)
    batch_undo.lessen(
        connection,
        plan.batch_id,
        heads=len(free),
        amount=amount * len(free) // heads,
        status=(BatchStatus.VALIDATED if kept else BatchStatus.UNDONE).value,
    )


def _why_kept(person: Registered) -> WhyKept | None:
    if person.claims:
        return WhyKept.CLAIMED
    return WhyKept.EDITED if person.version > FIRST_VERSION else None
