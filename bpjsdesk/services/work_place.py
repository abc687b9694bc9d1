"""Where the work on a list goes on: the screen that was last open, whoever had it open."""

from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.staging import Stage
from bpjsdesk.errors import UserError
from bpjsdesk.services.commands import Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.storage import staging
from bpjsdesk.storage.connection import Connection


def place_of(context: AppContext, batch_id: int) -> Stage:
    """Say at which screen the list was last worked on.

    Raises: UserError NOT_PERMITTED, BATCH_MISSING.
    """
    context.user.require("read.batches")
    with context.database.read() as connection:
        return _place_of(connection, batch_id)


def keep_place(context: AppContext, batch_id: int, place: Stage, *, request_id: str) -> Answer:
    """Remember the screen; nobody else's work on the list is overtaken by this.

    Raises: UserError NOT_PERMITTED, BATCH_MISSING.
    """
    command = Command(name="batch.place", object_kind="batch", request_id=request_id)

    def act(connection: Connection) -> Outcome:
        before = _place_of(connection, batch_id)
        staging.change_intake(connection, batch_id, {"stage": place.value})
        payload = {"before": before.value, "after": place.value}
        return Outcome(object_id=batch_id, changes=Changes(), payload=payload)

    return execute(context, command, act)


def _place_of(connection: Connection, batch_id: int) -> Stage:
    found = staging.intake_row(connection, batch_id)
    if found is None:
        raise UserError("BATCH_MISSING", f"Batch nomor {batch_id} tidak ada.")
    return Stage(found.stage)
