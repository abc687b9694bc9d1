"""Send a batch to the core system, take its reply, and name whoever was never answered."""

import json
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from bpjsdesk.domain.cells import Cell, cell_text
from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.columns import ColumnMap
from bpjsdesk.domain.core_reply import (
    CoreWords,
    Reply,
    ReplyFault,
    ReplyRow,
    ReplyState,
    SentPerson,
)
from bpjsdesk.domain.enrollment import BatchStatus
from bpjsdesk.domain.identity import mask_nik, nik_fault, normalise_kpj, normalise_nik
from bpjsdesk.domain.row_kinds import is_blank_row
from bpjsdesk.domain.wording import format_date
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ProgressSink, ignore_progress
from bpjsdesk.services.batch_undo import UNDO
from bpjsdesk.services.commands import Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.core_refusals import (
    TAKE,
    backup_name,
    refused_people,
    reply_changes,
    take_out,
    waiting_people,
)
from bpjsdesk.services.list_reader import ListEnd, read_list
from bpjsdesk.services.safety import back_up_before
from bpjsdesk.storage import audit, core_reply, reference, staging
from bpjsdesk.storage.batch_reference import synonyms
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.core_reply import SentLine, SilentBatch

NO_REASON = "tanpa alasan"
WAIT = ("BATCH", "CORE_REPLY")


def check_reply(context: AppContext, batch_id: int, path: Path, *, cancel: CancelToken) -> Reply:
    """Read a reply file and say what would be taken; nothing is written.

    Raises: UserError REPLY_COLUMNS_MISSING, REPLY_TAKEN, HEADER_NOT_FOUND, WORKBOOK_…,
        NOT_PERMITTED; Cancelled.
    """
    context.user.require(TAKE)
    with context.database.read() as connection:
        sent = _rows_of_niks(connection, batch_id)
        spellings = synonyms(connection)
        words = core_reply.core_words(connection, context.clock().date())
        version = staging.version_of(connection, batch_id)
    reading, digest = _Reading(context.clock().date(), sent, words), ""
    for part in read_list(path, spellings, cancel=cancel):
        if isinstance(part, ListEnd):
            digest = part.digest
        else:
            reading.take(part.sheet, part.columns, part.rows)
    refused = frozenset(sent[row.nik] for row in reading.rows.values() if not row.accepted)
    with context.database.read() as connection:
        _require_new(connection, batch_id, digest)
        people = refused_people(connection, batch_id, refused)
    return Reply(
        batch_id=batch_id,
        version=version,
        digest=digest,
        source_name=path.name,
        rows=tuple(reading.rows.values()),
        faults=tuple(reading.faults),
        blank=reading.blank,
        open_rows=reading.open_rows,
        leaving=len(people.leaving),
        kept=people.kept_people,
    )


def take_reply(
    context: AppContext,
    reply: Reply,
    *,
    request_id: str,
    progress: ProgressSink = ignore_progress,
) -> Answer:
    """Write down every answer of a reply.

    Whoever was refused leaves the register, after a proven backup, when a supervisor takes the
    reply, and comes back into repair; when a clerk does, they wait for `take_out_refused`.
    Raises: UserError REPLY_EMPTY, NOT_PERMITTED, CONFLICT; EnvironmentProblem when no backup can be
        made, and then nothing is taken.
    """
    may_take_out = context.user.may(TAKE) and context.user.may(UNDO)
    if may_take_out and reply.leaving:
        deed = backup_name(reply.batch_id)
        back_up_before(context, deed, progress=progress, cancel=CancelToken())
    command = Command(
        name=TAKE,
        object_kind="batch",
        request_id=request_id,
        object_id=reply.batch_id,
        version=reply.version,
        bulk=True,
    )

    def act(connection: Connection) -> Outcome:
        lines = _rows_of_niks(connection, reply.batch_id)
        answers = [(lines[row.nik], row) for row in reply.rows if row.nik in lines]
        if not answers:
            raise UserError(
                "REPLY_EMPTY", "Berkas balasan tidak menyebut seorang pun dari batch ini."
            )
        core_reply.note_answers(connection, answers, context.clock().date())
        refused = frozenset(line for line, row in answers if not row.accepted)
        people = refused_people(connection, reply.batch_id, refused)
        if len(people.leaving) > reply.leaving:
            raise _changed_since()
        leaving = people.leaving if may_take_out else ()
        restored = take_out(context, connection, reply.batch_id, leaving)
        payload: dict[str, object] = {
            "accepted": len(answers) - len(refused),
            "rejected": len(refused),
            "unmatched": len(reply.faults),
            "taken_out": len(leaving),
            "restored": restored,
            "kept": len(people.kept),
            "digest": reply.digest,
        }
        changes = reply_changes(reply.batch_id)
        return Outcome(object_id=reply.batch_id, changes=changes, payload=payload)

    return execute(context, command, act)


def lift_refusal(
    context: AppContext, batch_id: int, line_id: int, *, reason: str, request_id: str
) -> Answer:
    """Let a refused row be accepted and sent again as it is, because the cause lay elsewhere.

    Raises: UserError REASON_MISSING, NOT_REFUSED, NOT_PERMITTED.
    """
    if not reason.strip():
        raise UserError("REASON_MISSING", "Tulis alasan mengapa orang ini dikirim lagi.")
    command = Command(name=TAKE, object_kind="batch", request_id=request_id)

    def act(connection: Connection) -> Outcome:
        if not core_reply.lift_refusal(connection, batch_id, line_id):
            raise UserError("NOT_REFUSED", "Baris ini tidak sedang ditahan karena sistem inti.")
        payload: dict[str, object] = {"line": line_id, "again": reason.strip()}
        return Outcome(object_id=batch_id, changes=Changes.of(batch=batch_id), payload=payload)

    return execute(context, command, act)


def reply_state(context: AppContext, batch_id: int) -> ReplyState:
    """Give the three lists of a batch: accepted, rejected by reason, never answered."""
    context.user.require("read.batches")
    today = context.clock().date()
    with context.database.read() as connection:
        lines = list(core_reply.sent_lines(connection, batch_id))
        wait = reference.deadline_amount(connection, *WAIT, today)
        unsent = len(core_reply.unsent(connection, batch_id))
        if staging.status_of_batch(connection, batch_id) is BatchStatus.UNDONE:
            unsent = 0
        version = staging.version_of(connection, batch_id)
        people = waiting_people(connection, batch_id)
    rejected = Counter(line.reason or NO_REASON for line in lines if line.accepted is False)
    silent = tuple(_shown(line, today) for line in lines if line.accepted is None)
    return ReplyState(
        version=version,
        leaving=len(people.leaving),
        kept=people.kept_people,
        sent=len(lines),
        accepted=sum(line.accepted is True for line in lines),
        rejected=dict(rejected.most_common()),
        unanswered=silent,
        late=sum(person.days >= wait for person in silent) if wait else 0,
        wait_days=wait,
        unsent=unsent,
    )


def silent_batches(context: AppContext, connection: Connection) -> list[SilentBatch]:
    """Give the batches whose answers are late, for a service that reads already."""
    today = context.clock().date()
    days = reference.deadline_amount(connection, *WAIT, today)
    return core_reply.silent_batches(connection, today - timedelta(days=days)) if days else []


def sent_people(context: AppContext, batch_id: int) -> tuple[SentPerson, ...]:
    """Give everybody of a batch who was sent, with what was answered, in the file's order."""
    context.user.require("read.batches")
    today = context.clock().date()
    with context.database.read() as connection:
        return tuple(_shown(line, today) for line in core_reply.sent_lines(connection, batch_id))


def _shown(line: SentLine, today: date) -> SentPerson:
    return SentPerson(
        line_id=line.line_id,
        nik=mask_nik(line.nik),
        name=line.name,
        place=f"{line.sheet}:{line.row_no}",
        sent_on=line.sent_on,
        days=((line.answered_on or today) - line.sent_on).days,
        accepted=line.accepted,
        reason=line.reason,
        kpj=line.kpj,
        is_refused=line.is_refused,
    )


def _rows_of_niks(connection: Connection, batch_id: int) -> Mapping[str, int]:
    """Give the row that an answer about a NIK is for, where a batch has sent the NIK twice.

    First comes whoever is registered, and of these whoever was not answered yet.
    """
    lines = sorted(
        core_reply.sent_lines(connection, batch_id),
        key=lambda line: (line.is_registered, line.accepted is None),
    )
    return {line.nik: line.line_id for line in lines}


def _require_new(connection: Connection, batch_id: int, digest: str) -> None:
    """Raises: UserError REPLY_TAKEN when these very answers were taken before."""
    for deed in audit.deeds_on(connection, "batch", batch_id):
        if deed.command == TAKE and json.loads(deed.payload).get("digest") == digest:
            taken = format_date(datetime.fromisoformat(deed.at).date())
            raise UserError(
                "REPLY_TAKEN",
                f"Isi balasan ini sudah diambil pada {taken}. Tidak ada yang disimpan. Muat "
                "balasan yang baru; bila sistem inti memang menjawab sama lagi, tulis tanggal "
                "jawabannya di kolom alasan.",
            )


def _changed_since() -> UserError:
    return UserError(
        "CONFLICT",
        "Data peserta diubah pengguna lain sejak balasan ini dibaca. Tidak ada yang disimpan. Muat "
        "balasannya sekali lagi.",
    )


class _Reading:
    """Sort the rows of a reply into answers and faults."""

    def __init__(self, today: date, sent: Container[str], words: CoreWords) -> None:
        self.rows: dict[str, ReplyRow] = {}
        self.faults: list[ReplyFault] = []
        self.blank = self.open_rows = 0
        self._today = today
        self._sent = sent
        self._words = words

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
            if found is None:
                self.open_rows += 1
            elif isinstance(found, str):
                self.faults.append(ReplyFault(sheet=sheet, row=number, sentence=found))
            else:
                self.rows[found.nik] = found

    def _read(self, columns: ColumnMap, cells: Sequence[Cell]) -> ReplyRow | str | None:
        nik = normalise_nik(_text(columns, cells, "nik"))
        if nik_fault(nik, on=self._today):
            return "NIK tidak terbaca. Cocokkan dengan daftar yang dikirim."
        if nik not in self._sent:
            return "NIK ini tidak ada di antara yang dikirim dari batch ini."
        if nik in self.rows:
            return "NIK ini sudah dijawab di baris sebelumnya."
        answer = _text(columns, cells, "claim_status")
        if not answer.strip():
            return None
        accepted = self._words.answer(answer)
        if accepted is None:
            return "Hasilnya bukan Y atau T."
        kpj = normalise_kpj(_text(columns, cells, "kpj")) or ""
        reason = "" if accepted else _text(columns, cells, "note")
        return ReplyRow(nik=nik, accepted=accepted, reason=reason, kpj=kpj)


def _text(columns: ColumnMap, cells: Sequence[Cell], field: str) -> str:
    place = columns.index(field)
    return cell_text(cells[place]) if place is not None and place < len(cells) else ""
