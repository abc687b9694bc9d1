"""Send a batch to the core system, take its reply, and name whoever was never answered."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from bpjsdesk.domain.cells import Cell, cell_text
from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.columns import ColumnMap
from bpjsdesk.domain.core_reply import (
    Reply,
    ReplyFault,
    ReplyRow,
    ReplyState,
    Unanswered,
    read_answer,
)
from bpjsdesk.domain.identity import mask_nik, nik_fault, normalise_kpj, normalise_nik
from bpjsdesk.domain.row_kinds import is_blank_row
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken
from bpjsdesk.services.commands import Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.list_reader import ListEnd, read_list
from bpjsdesk.storage import core_reply
from bpjsdesk.storage.batch_reference import synonyms
from bpjsdesk.storage.connection import Connection

SEND, TAKE = "batch.send", "batch.reply"
NO_REASON = "tanpa alasan"


def mark_sent(context: AppContext, batch_id: int, *, request_id: str) -> Answer:
    """Note that every accepted row that was not sent before went to the core system today.

    Raises: UserError NOTHING_TO_SEND, NOT_PERMITTED.
    """
    command = Command(name=SEND, object_kind="batch", request_id=request_id, bulk=True)

    def act(connection: Connection) -> Outcome:
        sent = core_reply.mark_sent(connection, batch_id, context.clock().date())
        if sent == 0:
            raise UserError("NOTHING_TO_SEND", "Semua baris yang diterima sudah dikirim.")
        return Outcome(
            object_id=batch_id, changes=Changes.of(batch=batch_id), payload={"sent": sent}
        )

    return execute(context, command, act)


def check_reply(context: AppContext, batch_id: int, path: Path, *, cancel: CancelToken) -> Reply:
    """Read a reply file and say what would be taken; nothing is written.

    Raises: UserError REPLY_COLUMNS_MISSING, HEADER_NOT_FOUND, WORKBOOK_…, NOT_PERMITTED; Cancelled.
    """
    context.user.require(TAKE)
    with context.database.read() as connection:
        sent = {line.nik for line in core_reply.sent_lines(connection, batch_id)}
        spellings = synonyms(connection)
    reading = _Reading(context.clock().date(), sent)
    for part in read_list(path, spellings, cancel=cancel):
        if not isinstance(part, ListEnd):
            reading.take(part.sheet, part.columns, part.rows)
    return Reply(
        batch_id=batch_id,
        source_name=path.name,
        rows=tuple(reading.rows.values()),
        faults=tuple(reading.faults),
        blank=reading.blank,
    )


def take_reply(context: AppContext, reply: Reply, *, request_id: str) -> Answer:
    """Write down every answer of a reply.

    Raises: UserError REPLY_EMPTY, NOT_PERMITTED.
    """
    command = Command(name=TAKE, object_kind="batch", request_id=request_id, bulk=True)

    def act(connection: Connection) -> Outcome:
        lines = {
            line.nik: line.line_id for line in core_reply.sent_lines(connection, reply.batch_id)
        }
        answers = [(lines[row.nik], row) for row in reply.rows if row.nik in lines]
        if not answers:
            raise UserError(
                "REPLY_EMPTY", "Berkas balasan tidak menyebut seorang pun dari batch ini."
            )
        core_reply.note_answers(connection, answers, context.clock().date())
        accepted = sum(row.accepted for _line, row in answers)
        payload: dict[str, object] = {"accepted": accepted, "rejected": len(answers) - accepted}
        changes = Changes.of(batch=reply.batch_id)
        return Outcome(object_id=reply.batch_id, changes=changes, payload=payload)

    return execute(context, command, act)


def reply_state(context: AppContext, batch_id: int) -> ReplyState:
    """Give the three lists of a batch: accepted, rejected by reason, never answered."""
    context.user.require("read.batches")
    today = context.clock().date()
    with context.database.read() as connection:
        lines = list(core_reply.sent_lines(connection, batch_id))
    rejected = Counter(line.reason or NO_REASON for line in lines if line.accepted is False)
    return ReplyState(
        sent=len(lines),
        accepted=sum(line.accepted is True for line in lines),
        rejected=dict(rejected.most_common()),
        unanswered=tuple(
            Unanswered(
                nik=mask_nik(line.nik),
                name=line.name,
                sent_on=line.sent_on,
                days=(today - line.sent_on).days,
            )
            for line in lines
            if line.accepted is None
        ),
    )


class _Reading:
    """Sort the rows of a reply into answers and faults."""

    def __init__(self, today: date, sent: set[str]) -> None:
        self.rows: dict[str, ReplyRow] = {}
        self.faults: list[ReplyFault] = []
        self.blank = 0
        self._today = today
        self._sent = sent

    def take(
        self, sheet: str, columns: ColumnMap, rows: Sequence[tuple[int, list[Cell], str]]
    ) -> None:
        """Read some rows of a sheet.

        Raises: UserError REPLY_COLUMNS_MISSING.
        """
        if columns.index("claim_status") is None:
            raise UserError(
                "REPLY_COLUMNS_MISSING",
                "Kolom hasil (Y/T) tidak ditemukan di berkas balasan. Beri judul “Status” di atas "
                "kolom itu, lalu ulangi.",
            )
        for number, cells, _raw in rows:
            if is_blank_row(cells):
                self.blank += 1
                continue
            found = self._read(columns, cells)
            if isinstance(found, str):
                self.faults.append(ReplyFault(sheet=sheet, row=number, sentence=found))
            else:
                self.rows[found.nik] = found

    def _read(self, columns: ColumnMap, cells: Sequence[Cell]) -> ReplyRow | str:
        nik = normalise_nik(_text(columns, cells, "nik"))
        if nik_fault(nik, on=self._today):
            return "NIK tidak terbaca. Cocokkan dengan daftar yang dikirim."
        if nik not in self._sent:
            return "NIK ini tidak ada di antara yang dikirim dari batch ini."
        if nik in self.rows:
            return "NIK ini sudah dijawab di baris sebelumnya."
        accepted = read_answer(_text(columns, cells, "claim_status"))
        if accepted is None:
            return "Hasilnya bukan Y atau T."
        kpj = normalise_kpj(_text(columns, cells, "kpj")) or ""
        reason = "" if accepted else _text(columns, cells, "note")
        return ReplyRow(nik=nik, accepted=accepted, reason=reason, kpj=kpj)


def _text(columns: ColumnMap, cells: Sequence[Cell], field: str) -> str:
    place = columns.index(field)
    return cell_text(cells[place]) if place is not None and place < len(cells) else ""
