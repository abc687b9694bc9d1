"""Take a corrected file into its batch: it is found out by itself which way it comes back."""

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.columns import ColumnMap
from bpjsdesk.domain.corrections import Correction, Door
from bpjsdesk.domain.staging import SheetStep, Stage
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.batches import CORRECT, kept_headings
from bpjsdesk.services.commands import Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.correction_steps import (
    CorrectedBatch,
    OpenBatch,
    add_step,
    correction_outcome,
    open_batch,
)
from bpjsdesk.services.corrections import take_error_workbook
from bpjsdesk.services.full_list import ListFindings, compared, read_list
from bpjsdesk.services.known_batch import KnownBatch, known_batch
from bpjsdesk.services.staged_reading import StagedReading
from bpjsdesk.services.staging import draft_values
from bpjsdesk.storage import corrections as store
from bpjsdesk.storage import enrollment, senders, sheets, staging
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.enrollment import NewLine

_SHEET_NAME_CHARS = 64


def take_correction(
    context: AppContext,
    batch_id: int,
    path: Path,
    *,
    request_id: str,
    progress: ProgressSink,
    cancel: CancelToken,
) -> CorrectedBatch:
    """Take a file with row keys by its keys, any other as a whole new list of the sender.

    Raises: what `take_error_workbook` and `take_full_list` raise.
    """
    try:
        return take_full_list(
            context, batch_id, path, request_id=request_id, progress=progress, cancel=cancel
        )
    except UserError as refusal:
        if refusal.code != "CORRECTION_FILE":
            raise
    return take_error_workbook(
        context,
        path,
        batch_id=batch_id,
        request_id=request_id,
        progress=progress,
        cancel=cancel,
    )


def take_full_list(
    context: AppContext,
    batch_id: int,
    path: Path,
    *,
    request_id: str,
    progress: ProgressSink,
    cancel: CancelToken,
) -> CorrectedBatch:
    """Compare a whole new list with its batch and take what is new in it.

    Held rows get what changed, as one step; new people become rows of the draft or, after
    acceptance, a draft of their own that follows. Nobody is registered by it, and a list that
    brings nothing new writes nothing.
    Raises: UserError for the file (WORKBOOK_…, HEADER_NOT_FOUND, CORRECTION_FILE,
        CORRECTION_OTHER_LIST), the batch (BATCH_MISSING, BATCH_SUBMITTED, BATCH_CLOSED);
        NOT_PERMITTED, CONFLICT; Cancelled.
    """
    context.user.require(CORRECT)
    with context.database.read() as connection:
        batch = open_batch(connection, batch_id)
        known = known_batch(context, connection, batch_id, path=path, cancel=cancel)
    reading = read_list(context, known, progress=progress, cancel=cancel)
    findings = compared(known, reading, cancel=cancel)
    correction = _correction(batch, known, reading, findings)
    if not findings.edits and not findings.new:
        answer = Answer(object_id=batch_id, changes=Changes())
        return CorrectedBatch(correction=correction, answer=answer)
    work = _Taking(context, batch, known, reading=reading, findings=findings)
    command = Command(
        name=CORRECT,
        object_kind="batch",
        request_id=request_id,
        object_id=batch_id,
        version=batch.version,
        bulk=True,
    )

    def act(connection: Connection) -> Outcome:
        outcome = work.carry_out(connection, correction)
        cancel.raise_if_cancelled()
        return outcome

    answer = execute(context, command, act)
    return CorrectedBatch(correction=work.told(correction), answer=answer)


def _correction(
    batch: OpenBatch, known: KnownBatch, reading: StagedReading, findings: ListFindings
) -> Correction:
    return Correction(
        batch_id=known.batch_id,
        number=batch.number,
        door=Door.FULL_LIST,
        source_name=reading.request.path.name,
        read=reading.read,
        blank=reading.blank,
        ignored=findings.ignored,
        taken=len(findings.edits),
        unchanged=findings.unchanged,
        added=len(findings.new),
        reported=tuple(findings.reported),
        missing=tuple(findings.missing),
    )


class _Taking:
    """Write what a new list brings, inside one transaction."""

    def __init__(
        self,
        context: AppContext,
        batch: OpenBatch,
        known: KnownBatch,
        *,
        reading: StagedReading,
        findings: ListFindings,
    ) -> None:
        self._context = context
        self._batch = batch
        self._known = known
        self._reading = reading
        self._findings = findings
        self._follower: tuple[int, str] | None = None

    def told(self, correction: Correction) -> Correction:
        """Name the batch that the new people have become."""
        if self._follower is None:
            return correction
        batch_id, number = self._follower
        return replace(correction, follow_up=batch_id, follow_up_number=number)

    def carry_out(self, connection: Connection, correction: Correction) -> Outcome:
        findings, batch_id = self._findings, self._known.batch_id
        joins = bool(findings.new) and not self._batch.is_accepted
        if findings.new and self._batch.is_accepted:
            self._follower = self._follow_up(connection)
        if findings.edits or joins:
            columns, names = self._columns(joins=joins)
            before: dict[str, object] = {"header": self._batch.header}
            if joins:
                last = store.highest_line_id(connection, batch_id)
                before["added"] = {"after": last, "sheets": list(names.values())}
            if findings.confirmed:
                before["confirmed"] = findings.confirmed
            step_id = add_step(
                self._context,
                connection,
                correction,
                rule=SheetStep.NEW_LIST.value,
                rows=len(findings.edits) + (len(findings.new) if joins else 0),
                before=json.dumps(before, ensure_ascii=False),
            )
            sheets.set_header(connection, batch_id, kept_headings(columns))
            if findings.edits:
                staging.change_cells(connection, step_id, findings.edits)
            if joins:
                self._join(connection, batch_id, names)
        outcome = correction_outcome(correction)
        ids = (batch_id,) if self._follower is None else (batch_id, self._follower[0])
        return replace(outcome, changes=Changes(kinds=frozenset({"batch"}), ids={"batch": ids}))

    def _columns(self, *, joins: bool) -> tuple[dict[str, ColumnMap], dict[str, str]]:
        """Give the columns of the batch as they are then, and its names for the new sheets."""
        columns, names = dict(self._findings.columns), {}
        if joins:
            used = {line.sheet for line in self._new_lines(0)}
            for sheet, found in self._reading.columns.items():
                if sheet in used:
                    names[sheet] = _free_name(sheet, columns)
                    columns[names[sheet]] = found
        return columns, names

    def _join(self, connection: Connection, batch_id: int, names: Mapping[str, str]) -> None:
        lines = [line._replace(sheet=names[line.sheet]) for line in self._new_lines(batch_id)]
        enrollment.add_lines(connection, lines)
        rows = (row for row in self._reading.sheet_rows() if row.name in names)
        found = [replace(row, name=names[row.name]) for row in rows]
        sheets.add_sheets(connection, batch_id, found)
        sheets.count_again(connection, batch_id, rows=len(lines), blank=0)

    def _new_lines(self, batch_id: int) -> list[NewLine]:
        wanted = set(self._findings.new)
        lines = enumerate(self._reading.lines(batch_id))
        return [line for at, line in lines if at in wanted]

    def _follow_up(self, connection: Connection) -> tuple[int, str]:
        """Keep the new people as a list in work of their own, from the same sender."""
        known, reading, count = self._known, self._reading, len(self._findings.new)
        months = known.target.months(known.request)
        values = draft_values(self._context, reading, known.target, months)
        values |= {"read": count, "blank": 0, "held": count}
        batch_id = enrollment.add_batch(connection, values)
        staging.add_intake(connection, batch_id, Stage.READ.value)
        lines = self._new_lines(batch_id)
        enrollment.add_lines(connection, lines)
        used = {line.sheet for line in lines}
        rows = [row for row in reading.sheet_rows() if row.name in used]
        sheets.add_sheets(connection, batch_id, rows)
        sender_id = senders.sender_of(connection, known.batch_id)
        if sender_id is not None:
            staging.change_intake(connection, batch_id, {"sender_id": sender_id})
        for field, found in senders.values_of_batch(connection, known.batch_id).items():
            senders.set_values(connection, batch_id, field, found)
        store.note_follower(connection, batch_id, known.batch_id)
        row = enrollment.batch_row(connection, batch_id)
        return batch_id, str(row.number)


def _free_name(sheet: str, taken: Mapping[str, ColumnMap]) -> str:
    name, number = sheet, 2
    while name in taken:
        suffix = f" ({number})"
        name = sheet[: _SHEET_NAME_CHARS - len(suffix)] + suffix
        number += 1
    return name
