"""Take a whole batch back: what is reversed, what stays and why, what cannot be reversed here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bpjsdesk.domain.batch_undo import (
    FATE_OF,
    WAS_RESTORED,
    WAS_SENT,
    WAS_UPDATED,
    UndoFate,
    UndoPlan,
    UndoReason,
    UndoRow,
)
from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.enrollment import BatchStatus
from bpjsdesk.domain.identity import mask_nik
from bpjsdesk.domain.wording import format_count
from bpjsdesk.domain.workbook_values import ColumnKind, TableColumn, TableSheet
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ProgressSink, ignore_progress
from bpjsdesk.services.batches import get_batch
from bpjsdesk.services.commands import Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.exports import export_table
from bpjsdesk.services.safety import back_up_before
from bpjsdesk.storage import batch_undo, core_reply, staging
from bpjsdesk.storage.batch_undo import Registered
from bpjsdesk.storage.connection import Connection

UNDO = "batch.undo"
FATE_WORDS: Mapping[UndoFate, str] = {
    UndoFate.REVERSED: "Dibatalkan",
    UndoFate.KEPT: "Tetap",
    UndoFate.BARRED: "Tidak dapat dibatalkan",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What was done: the answer of the command, and everybody's fate as it was carried out."""

    answer: Answer
    plan: UndoPlan


def plan_undo(context: AppContext, batch_id: int) -> UndoPlan:
    """Say what would be reversed and what would stay, and why; nothing is changed.

    Raises: UserError BATCH_MISSING, NOT_PERMITTED.
    """
    context.user.require(UNDO)
    item = get_batch(context, batch_id).item
    with context.database.read() as connection:
        people = batch_undo.registered(connection, batch_id)
        return UndoPlan(
            batch_id=batch_id,
            number=item.number,
            rows=_rows(people),
            version=staging.version_of(connection, batch_id),
        )


def undo_batch(
    context: AppContext,
    plan: UndoPlan,
    *,
    reason: str,
    request_id: str,
    progress: ProgressSink = ignore_progress,
) -> Undone:
    """Take a batch back as planned; its content may be loaded anew.

    A proven backup of the whole office is made first. What has happened to its people since the
    plan was made is looked at again.
    Raises: UserError REASON_MISSING, NOTHING_TO_UNDO, NOT_PERMITTED, CONFLICT; EnvironmentProblem
        when no backup can be made, and then nothing is taken back.
    """
    if not reason.strip():
        raise UserError("REASON_MISSING", "Tulis alasan mengapa batch ini dibatalkan.")
    if context.user.may(UNDO):  # who may not is refused below, and that is written down
        deed = f"batal-{plan.number}"
        back_up_before(context, deed, progress=progress, cancel=CancelToken())
    command = Command(
        name=UNDO,
        object_kind="batch",
        request_id=request_id,
        object_id=plan.batch_id,
        version=plan.version,
        bulk=True,
    )
    done = plan

    def act(connection: Connection) -> Outcome:
        nonlocal done
        people = list(batch_undo.registered(connection, plan.batch_id))
        free = [person for person in people if FATE_OF[why_of(person)] is UndoFate.REVERSED]
        if not free:
            raise UserError(
                "NOTHING_TO_UNDO",
                f"Tidak ada peserta batch {plan.number} yang dapat dibatalkan.",
            )
        restored = reverse(connection, plan.batch_id, free)
        core_reply.forget_sent(connection, [person.line_id for person in free])
        staging.change_status(connection, plan.batch_id, BatchStatus.UNDONE)
        done = UndoPlan(
            batch_id=plan.batch_id, number=plan.number, version=plan.version, rows=_rows(people)
        )
        return _outcome(done, reason.strip(), restored)

    answer = execute(context, command, act)
    return Undone(answer=answer, plan=done)


def reverse(
    connection: Connection,
    batch_id: int,
    people: list[Registered],
    *,
    status: str = batch_undo.UNDONE,
    codes: Iterable[str] = (),
) -> int:
    """Open the rows of these people again; whom nothing else names leaves the register.

    Who stays has again what the batch has replaced; gives of how many.
    """
    heads, amount = staging.heads_and_amount(connection, batch_id)
    # nothing newer is overwritten: whoever was changed since is not among these
    staying = [person for person in people if why_of(person) is UndoReason.MONTHS_ENDED]
    restored = batch_undo.give_back(connection, batch_id, staying)
    batch_undo.take_back(connection, batch_id, people, status=status, codes=tuple(codes))
    alone = [person for person in people if why_of(person) is UndoReason.REMOVED]
    batch_undo.forget(connection, alone)
    taken = amount * len(people) // heads
    batch_undo.lessen(connection, batch_id, heads=len(people), amount=taken)
    return restored


def write_undo_list(context: AppContext, plan: UndoPlan, out: Path, *, request_id: str) -> Path:
    """Write everybody's fate as a workbook, those who stay first; that is written down.

    Raises: UserError NOT_PERMITTED; EnvironmentProblem.
    """
    order = (UndoFate.BARRED, UndoFate.KEPT, UndoFate.REVERSED)
    sheets = [_sheet(plan, fate) for fate in order if plan.rows_of(fate)]
    people = {"people": len(plan.rows)}
    export_table(
        context, out, sheets, people, kind="batch", object_id=plan.batch_id, request_id=request_id
    )
    return out


def _sheet(plan: UndoPlan, fate: UndoFate) -> TableSheet:
    rows = plan.rows_of(fate)
    widths = (("Lembar", 20), ("Baris", 8), ("NIK", 20), ("Nama", 34), ("Sebab", 70))
    kinds = {"Baris": ColumnKind.INTEGER}
    return TableSheet(
        name=FATE_WORDS[fate],
        title=f"{FATE_WORDS[fate]} · pembatalan batch {plan.number}",
        subtitles=(f"{format_count(len(rows))} orang",),
        columns=tuple(
            TableColumn(header=head, width=width, kind=kinds.get(head, ColumnKind.TEXT))
            for head, width in widths
        ),
        rows=[(row.sheet, row.row_no, row.nik, row.name, row.sentence) for row in rows],
    )


def _outcome(done: UndoPlan, reason: str, restored: int) -> Outcome:
    payload: dict[str, object] = {
        "reversed": done.reversed_heads,
        "kept": len(done.kept),
        "barred": len(done.barred),
        "restored": restored,
        "reason": reason,
    }
    kinds = frozenset({"batch", "person", "agreement"})
    changes = Changes(kinds=kinds, ids={"batch": (done.batch_id,)})
    return Outcome(object_id=done.batch_id, changes=changes, payload=payload)


def _rows(people: Iterable[Registered]) -> tuple[UndoRow, ...]:
    return tuple(
        UndoRow(
            sheet=person.sheet,
            row_no=person.row_no,
            nik=mask_nik(person.nik),
            name=person.name,
            why=(why := why_of(person)),
            note=_note(person, why),
        )
        for person in people
    )


def why_of(person: Registered) -> UndoReason:
    """Say what taking somebody out of a batch would do, or why it may not."""
    if person.in_core:
        return UndoReason.IN_CORE
    if person.is_merged:
        return UndoReason.MERGED
    if person.claims:
        return UndoReason.CLAIMED
    if person.is_edited:
        return UndoReason.EDITED
    return UndoReason.REMOVED if person.is_alone else UndoReason.MONTHS_ENDED


def _note(person: Registered, why: UndoReason) -> str:
    notes = []
    is_reversed = FATE_OF[why] is UndoFate.REVERSED
    if is_reversed and person.in_core == 0:
        notes.append(WAS_SENT)
    if why is UndoReason.MONTHS_ENDED and person.has_before:
        notes.append(WAS_RESTORED)
    elif why is not UndoReason.REMOVED and person.is_updated:
        notes.append(WAS_UPDATED)
    return "; ".join(notes)
