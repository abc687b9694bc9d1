"""Senders of lists: recorded, chosen for a list, and known by what their lists were like."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.columns import ColumnMap, Origin, with_memory
from bpjsdesk.domain.senders import (
    LetterScan,
    ListSender,
    Sender,
    SenderChoice,
    SenderProfile,
    UsualMistake,
)
from bpjsdesk.domain.staging import SheetStep
from bpjsdesk.domain.wording import format_date
from bpjsdesk.errors import UserError
from bpjsdesk.services.batches import kept_headings
from bpjsdesk.services.commands import Outcome, execute, saving
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.intake import keep_sender, require_sender
from bpjsdesk.services.letters import keep_scan
from bpjsdesk.services.sheet_steps import add_sheet_step, carry_out
from bpjsdesk.services.staging import StagedList
from bpjsdesk.services.work_columns import with_date_orders
from bpjsdesk.storage import senders, sheets, staging
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
    context: AppContext,
    work: StagedList,
    sender: SenderChoice,
    *,
    scan: LetterScan | None = None,
    request_id: str,
) -> StagedList:
    """Say who has sent a list that is in work already, and use what is remembered of the sender.

    What a clerk has mapped in this list stays. It is one step with the scan of the letter, which
    can be undone.
    Raises: UserError SENDER_MISSING, NOT_PERMITTED, CONFLICT, BATCH_SUBMITTED.
    """

    def act(connection: Connection) -> Mapping[str, object]:
        require_sender(connection, sender.sender_id)
        [found] = senders.senders(connection, sender_id=sender.sender_id)
        columns = _with_memory(connection, work, sender.sender_id)
        before = _before_sender(connection, work.batch_id, sender.sender_id)
        rule, batch_id = SheetStep.CHOOSE_SENDER, work.batch_id
        step = add_sheet_step(context, connection, batch_id, rule, note=found.name, before=before)
        sheets.set_header(connection, work.batch_id, kept_headings(columns))
        keep_sender(connection, work.batch_id, sender)
        letter = format_date(sender.letter_on, "short") if sender.letter_on else ""
        facts = {"rule": rule.value, "sender": sender.sender_id, "letter_on": letter}
        if scan is None:
            return facts
        return facts | keep_scan(context, connection, batch_id, scan, step_id=step)

    return carry_out(context, work, act, request_id=request_id)


def _before_sender(connection: Connection, batch_id: int, sender_id: int) -> dict[str, object]:
    """Give what naming a sender replaces: the headings, the letter, spellings that join."""
    intake = staging.intake_row(connection, batch_id)
    own = senders.values_of_batch(connection, batch_id)
    joining = {
        field: {key: "" for key in found if key not in own.get(field, {})}
        for field, found in senders.remembered_values(connection, sender_id).items()
    }
    letter_on = intake.letter_on.isoformat() if intake.letter_on else ""
    letter = {"letter_no": intake.letter_no, "letter_on": letter_on}
    return {
        "header": sheets.header_of(connection, batch_id),
        "intake": {"sender_id": intake.sender_id, **letter},
        "values": joining,
    }


def sender_named(context: AppContext, name: str, *, request_id: str) -> int:
    """Give the sender of that name; one that is not known yet is recorded.

    Raises: UserError SENDER_NAME, NOT_PERMITTED.
    """
    context.user.require("read.batches")
    with context.database.read() as connection:
        known = senders.sender_named(connection, " ".join(name.split()))
    if known is not None:
        return known
    return save_sender(context, name=name, request_id=request_id).object_id


def sender_of_batch(context: AppContext, batch_id: int) -> int | None:
    """Give who has sent a batch; None where nobody said."""
    context.user.require("read.batches")
    with context.database.read() as connection:
        return senders.sender_of(connection, batch_id)


def list_sender(context: AppContext, work: StagedList) -> ListSender | None:
    """Say who has sent a list in work, and what was remembered for it; None where nobody said."""
    context.user.require("read.batches")
    with context.database.read() as connection:
        intake = staging.intake_row(connection, work.batch_id)
        if intake is None or intake.sender_id is None:
            return None
        lists = senders.sender_batches(connection, intake.sender_id)
        values = senders.values_of_batch(connection, work.batch_id)
        scan = senders.scan_name(connection, work.batch_id)
    earlier = [batch for batch in lists if batch.batch_id < work.batch_id]
    columns = work.rules.columns.values()
    recalled = (sum(o is Origin.MEMORY for o in found.origins.values()) for found in columns)
    return ListSender(
        sender_id=intake.sender_id,
        name=intake.sender_name,
        letter_no=intake.letter_no,
        letter_on=intake.letter_on,
        scan=scan,
        earlier=earlier[-1].number if earlier else "",
        earlier_on=earlier[-1].loaded_on if earlier else None,
        recalled=max(recalled, default=0),
        values=sum(map(len, values.values())),
    )


def forget(
    context: AppContext,
    sender: Sender,
    *,
    headings: Collection[str] = (),
    spellings: Mapping[str, Collection[str]] = MappingProxyType({}),
    request_id: str,
) -> Answer:
    """Forget what headings and spellings (by field) mean to a sender; lists keep what they have.

    Raises: UserError NOT_PERMITTED, CONFLICT.
    """
    command = saving(
        SAVE,
        kind="sender",
        request_id=request_id,
        object_id=sender.sender_id,
        version=sender.version,
    )

    def act(connection: Connection) -> Outcome:
        sender_id = sender.sender_id
        senders.remember_columns(connection, sender_id, dict.fromkeys(headings))
        for field, found in spellings.items():
            senders.remember_values(connection, sender_id, field, dict.fromkeys(found, ""))
        forgotten = len(headings) + sum(map(len, spellings.values()))
        changes = Changes.of(sender=sender_id)
        return Outcome(object_id=sender_id, changes=changes, payload={"forgotten": forgotten})

    return execute(context, command, act)


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
        texts = senders.remembered_texts(connection, sender_id)
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
        texts=texts,
    )
