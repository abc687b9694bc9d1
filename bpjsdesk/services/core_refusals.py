"""Whom the core system has refused: who leaves the register, who stays for a supervisor."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bpjsdesk.domain.batch_undo import UndoReason
from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.core_reply import KeptPerson, ReplyState
from bpjsdesk.domain.identity import mask_nik
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ProgressSink, ignore_progress
from bpjsdesk.services.batch_undo import UNDO, reverse
from bpjsdesk.services.commands import Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.debts import renew_debt
from bpjsdesk.services.safety import back_up_before
from bpjsdesk.storage import batch_undo, core_reply
from bpjsdesk.storage.batch_undo import Registered
from bpjsdesk.storage.connection import Connection

TAKE = "batch.reply"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedPeople:
    """Who is registered by a refused row: a claim or a merge keeps somebody there."""

    leaving: Sequence[Registered]
    kept: Sequence[Registered]

    @property
    def kept_people(self) -> tuple[KeptPerson, ...]:
        """Give who stays, to be shown, with why."""
        return tuple(
            KeptPerson(
                nik=mask_nik(person.nik),
                name=person.name,
                place=f"{person.sheet}:{person.row_no}",
                why=UndoReason.MERGED if person.is_merged else UndoReason.CLAIMED,
            )
            for person in self.kept
        )


def refused_people(connection: Connection, batch_id: int, lines: Collection[int]) -> RefusedPeople:
    """Part the people of these rows of a batch; rows that register nobody are passed over."""
    if not lines:
        return RefusedPeople(leaving=(), kept=())
    people = [each for each in batch_undo.registered(connection, batch_id) if each.line_id in lines]
    return RefusedPeople(
        leaving=[each for each in people if not _is_tied(each)],
        kept=[each for each in people if _is_tied(each)],
    )


def waiting_people(connection: Connection, batch_id: int) -> RefusedPeople:
    """Give who was refused and is still registered."""
    return refused_people(connection, batch_id, core_reply.waiting_lines(connection, batch_id))


def take_out(
    context: AppContext, connection: Connection, batch_id: int, people: Sequence[Registered]
) -> int:
    """End the months of people whom the core has refused; their rows open with its reason.

    Gives of how many of them what the batch has replaced was put back.
    """
    if not people:
        return 0
    renew_debt(context, connection, batch_id)
    why = core_reply.refusals(connection, batch_id)
    codes = [why[person.line_id].code.value for person in people]
    return reverse(connection, batch_id, list(people), status=batch_undo.REFUSED, codes=codes)


def take_out_refused(
    context: AppContext,
    batch_id: int,
    state: ReplyState,
    *,
    request_id: str,
    progress: ProgressSink = ignore_progress,
) -> Answer:
    """Take whoever was refused out of the register, as `state` has shown them to a supervisor.

    A proven backup of the whole office is made first.
    Raises: UserError NOTHING_TO_TAKE_OUT, NOT_PERMITTED, CONFLICT; EnvironmentProblem when no
        backup can be made, and then nobody is taken out.
    """
    context.user.require(UNDO)
    back_up_before(context, backup_name(batch_id), progress=progress, cancel=CancelToken())
    command = Command(
        name=TAKE,
        object_kind="batch",
        request_id=request_id,
        object_id=batch_id,
        version=state.version,
        bulk=True,
    )

    def act(connection: Connection) -> Outcome:
        found = waiting_people(connection, batch_id)
        if not found.leaving:
            raise UserError(
                "NOTHING_TO_TAKE_OUT",
                "Tidak ada orang yang ditolak sistem inti dan masih dapat dikeluarkan.",
            )
        restored = take_out(context, connection, batch_id, found.leaving)
        payload: dict[str, object] = {
            "taken_out": len(found.leaving),
            "kept": len(found.kept),
            "restored": restored,
        }
        return Outcome(object_id=batch_id, changes=reply_changes(batch_id), payload=payload)

    return execute(context, command, act)


def backup_name(batch_id: int) -> str:
    """Name the backup before people leave the register because of a reply."""
    return f"balasan-{batch_id}"


def reply_changes(batch_id: int) -> Changes:
    kinds = frozenset({"batch", "person", "agreement"})
    return Changes(kinds=kinds, ids={"batch": (batch_id,)})


def _is_tied(person: Registered) -> bool:
    return person.is_merged or person.claims > 0
