"""Send a batch to the core system, and ask again for whoever it never answered."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.period import add_months
from bpjsdesk.domain.wording import format_month_range
from bpjsdesk.domain.workbook_values import ColumnKind, TableColumn, TableSheet
from bpjsdesk.errors import UserError
from bpjsdesk.services.batches import get_batch
from bpjsdesk.services.carry_forward import member_sheet
from bpjsdesk.services.commands import Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.exports import export_table
from bpjsdesk.storage import core_reply
from bpjsdesk.storage.carry_forward import members as members_of
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.core_reply import SentLine
from bpjsdesk.storage.workbook_write import write_table

SEND = "batch.send"
NOTHING_TO_SEND = "Semua baris yang diterima sudah dikirim."
# what core_reply reads again
_REPLY_COLUMNS = (("Y/T", 8), ("ALASAN", 40), ("KPJ", 16))


def mark_sent(
    context: AppContext, batch_id: int, *, request_id: str, expected: int | None = None
) -> Answer:
    """Note that every accepted row that was not sent before went to the core system today.

    `expected` is how many a list that was written holds.
    Raises: UserError NOTHING_TO_SEND, CONFLICT where rows were accepted since, NOT_PERMITTED.
    """
    command = Command(name=SEND, object_kind="batch", request_id=request_id, bulk=True)

    def act(connection: Connection) -> Outcome:
        sent = core_reply.mark_sent(connection, batch_id, context.clock().date())
        if sent == 0:
            raise UserError("NOTHING_TO_SEND", NOTHING_TO_SEND)
        if expected not in (None, sent):
            raise UserError(
                "CONFLICT",
                "Ada baris yang diterima atau dikirim pengguna lain selagi berkas ditulis. Belum "
                "ada yang ditandai terkirim. Buat ulang berkasnya.",
            )
        return Outcome(
            object_id=batch_id, changes=Changes.of(batch=batch_id), payload={"sent": sent}
        )

    return execute(context, command, act)


def send_list(context: AppContext, batch_id: int, out: Path, *, request_id: str) -> Answer:
    """Write everybody who waits to be sent as a workbook for the core system and mark them sent.

    Where one fails the other is not done. NIKs are in full and as text; the last columns are those
    of the reply, left to be filled in.
    Raises: UserError BATCH_MISSING, NOTHING_TO_SEND, CONFLICT, NOT_PERMITTED; EnvironmentProblem.
    """
    context.user.require(SEND)
    item = get_batch(context, batch_id).item
    with context.database.read() as connection:
        waiting = core_reply.unsent(connection, batch_id)
        members = [each for each in members_of(connection, batch_id) if each.person_id in waiting]
    if not members:
        raise UserError("NOTHING_TO_SEND", NOTHING_TO_SEND)
    months = format_month_range(item.from_month, add_months(item.from_month, item.months - 1))
    title = f"Batch {item.number} · {item.category_name} · iuran {months}"
    answers: list[Answer] = []

    def record() -> None:
        mark = mark_sent(context, batch_id, request_id=request_id, expected=len(waiting))
        answers.append(mark)

    write_table(out, [member_sheet(title, members, empty=_REPLY_COLUMNS)], record=record)
    return answers[0]


def write_unanswered(context: AppContext, batch_id: int, out: Path, *, request_id: str) -> Path:
    """Write whoever was sent and never answered, to ask again; NIKs are in full and as text.

    That is written down.
    Raises: UserError BATCH_MISSING, NOT_PERMITTED; EnvironmentProblem.
    """
    context.user.require(SEND)
    item = get_batch(context, batch_id).item
    today = context.clock().date()
    with context.database.read() as connection:
        lines = [
            line for line in core_reply.sent_lines(connection, batch_id) if line.accepted is None
        ]
    people = {"people": len(lines)}
    title = f"Batch {item.number} · dikirim dan belum dijawab"
    sheets = [_unanswered_sheet(title, lines, today)]
    export_table(
        context, out, sheets, people, kind="batch", object_id=batch_id, request_id=request_id
    )
    return out


def _unanswered_sheet(title: str, lines: Sequence[SentLine], today: date) -> TableSheet:
    widths = (("NIK", 20), ("NAMA LENGKAP", 34), ("DIKIRIM", 14), ("HARI MENUNGGU", 16))
    columns = [TableColumn(header=head, width=width) for head, width in (*widths, *_REPLY_COLUMNS)]
    columns[2] = replace(columns[2], kind=ColumnKind.DATE)
    columns[3] = replace(columns[3], kind=ColumnKind.INTEGER)
    return TableSheet(
        name="Belum dijawab",
        title=title,
        columns=tuple(columns),
        rows=[
            (line.nik, line.name, line.sent_on, (today - line.sent_on).days, "", "", "")
            for line in lines
        ],
    )
