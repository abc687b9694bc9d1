"""Senders of lists: recorded, chosen for a list, and known by what their lists were like."""

from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.columns import ColumnMap, Origin, with_memory
from bpjsdesk.domain.senders import Sender, SenderChoice, SenderProfile, UsualMistake
from bpjsdesk.domain.wording import format_date
from bpjsdesk.errors import UserError
from bpjsdesk.services.batches import kept_headings
from bpjsdesk.services.commands import Command, Outcome, execute, saving
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.intake import keep_sender, require_sender
from bpjsdesk.services.sheet_steps import MAP, opened_again
from bpjsdesk.services.staging import StagedList, require_not_submitted
from bpjsdesk.services.work_columns import with_date_orders
from bpjsdesk.storage import senders, sheets
from bpjsdesk.storage.connection import Connection

SAVE = "sender.save"


def list_senders(context: AppContext) -> tuple[Sender, ...]:
    """Give all senders by name."""
    context.user.require("read.batches")
    with context.database.read() as connection:
        return senders.senders(connection)


def save_sender(
    context: AppContext,
    *,
    name: str,
    note: str = "",
    request_id: str,
    sender_id: int | None = None,
    version: int | None = None,
) -> Answer:
    """Record a sender, or change the one whose version was seen.

    Raises: UserError SENDER_NAME, SENDER_EXISTS, NOT_PERMITTED, CONFLICT.
    """
    name, note = " ".join(name.split()), note.strip()
    if not name:
        raise UserError("SENDER_NAME", "Tulis nama pengirim, misalnya Dinas Sosial Kota Manado.")
    command = saving(
        SAVE, kind="sender", request_id=request_id, object_id=sender_id, version=version
    )

    def act(connection: Connection) -> Outcome:
        other = senders.sender_named(connection, name)
        if other is not None and other != sender_id:
            raise UserError("SENDER_EXISTS", f"Pengirim “{name}” sudah ada. Pilih dari daftar.")
        saved = senders.save_sender(connection, sender_id, name=name, note=note)
        return Outcome(object_id=saved, changes=Changes.of(sender=saved), payload={"name": name})

    return execute(context, command, act)


def choose_sender(
    context: AppContext, work: StagedList, sender: SenderChoice, *, request_id: str
) -> StagedList:
    """Say who has sent a list that is in work already, and use what is remembered of the sender.

    What a clerk has mapped in this list stays.
    Raises: UserError SENDER_MISSING, NOT_PERMITTED, CONFLICT, BATCH_SUBMITTED.
    """
    command = Command(
        name=MAP,
        object_kind="batch",
        request_id=request_id,
        object_id=work.batch_id,
        version=work.version,
    )

    def act(connection: Connection) -> Outcome:
        require_not_submitted(connection, work)
        require_sender(connection, sender.sender_id)
        columns = _with_memory(connection, work, sender.sender_id)
        sheets.set_header(connection, work.batch_id, kept_headings(columns))
        keep_sender(connection, work.batch_id, sender)
        letter = format_date(sender.letter_on, "short") if sender.letter_on else ""
        payload: dict[str, object] = {"sender": sender.sender_id, "letter_on": letter}
        return Outcome(
            object_id=work.batch_id, changes=Changes.of(batch=work.batch_id), payload=payload
        )

    execute(context, command, act)
    return opened_again(context, work)


def _with_memory(connection: Connection, work: StagedList, sender_id: int) -> dict[str, ColumnMap]:
    memory = senders.remembered_columns(connection, sender_id)
    columns = {name: _recalled(found, memory) for name, found in work.rules.columns.items()}
    return with_date_orders(work, columns)


def _recalled(columns: ColumnMap, memory: dict[str, str]) -> ColumnMap:
    """Use what is remembered, unless NIK or name would be lost or a clerk has said otherwise."""
    by_clerk = [at for field, at in columns.fields.items() if _is_clerks(columns, field)]
    said = {columns.headers[at] for at in (*by_clerk, *columns.unused)}
    recalled = with_memory(columns, memory, but=said)
    needed = {"nik", "name"}
    return recalled if needed <= recalled.fields.keys() else columns


def _is_clerks(columns: ColumnMap, field: str) -> bool:
    return columns.origins.get(field) is Origin.CLERK


def sender_profile(context: AppContext, sender_id: int) -> SenderProfile:
    """Give what is known of a sender: its lists, the share of bad rows, its usual mistakes.

    Raises: UserError SENDER_MISSING.
    """
    context.user.require("read.batches")
    with context.database.read() as connection:
        require_sender(connection, sender_id)
        [sender] = senders.senders(connection, sender_id=sender_id)
        batches = senders.sender_batches(connection, sender_id)
        counts = senders.mistakes_of(connection, sender_id)
        columns = senders.remembered_columns(connection, sender_id)
        values = senders.remembered_values(connection, sender_id)
    people = sum(batch.people for batch in batches if batch.is_judged)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    mistakes = (
        UsualMistake(code=code, rows=rows, share=min(rows / people, 1.0))
        for code, rows in ordered
        if people
    )
    return SenderProfile(
        sender=sender,
        batches=batches,
        mistakes=tuple(mistakes),
        columns=columns,
        values=values,
    )
