"""What both ways back share: which batches take corrections, the step that one becomes."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.corrections import Correction, NotTaken
from bpjsdesk.domain.enrollment import BatchStatus, LineStatus
from bpjsdesk.errors import UserError
from bpjsdesk.services.commands import Outcome
from bpjsdesk.services.context import AppContext
from bpjsdesk.storage import corrections, enrollment, staging
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.corrections import BatchLine

CORRECTION = corrections.CORRECTION


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedBatch:
    """What a correction did, and what open views must read again."""

    correction: Correction
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBatch:
    """A batch whose rows may still be mended."""

    number: str
    version: int
    header: str
    is_accepted: bool


def open_batch(connection: Connection, batch_id: int) -> OpenBatch:
    """Read a batch that may take corrections.

    Raises: UserError BATCH_MISSING, BATCH_SUBMITTED, BATCH_CLOSED.
    """
    row = enrollment.batch_row(connection, batch_id)
    if row is None:
        raise UserError("BATCH_MISSING", f"Batch nomor {batch_id} tidak ada.")
    if row.status == BatchStatus.SUBMITTED:
        raise UserError(
            "BATCH_SUBMITTED",
            f"Batch {row.number} sudah diajukan dan menunggu keputusan penyelia. Tidak ada yang "
            "disimpan. Muat koreksi ini sesudah diputuskan.",
        )
    if row.status not in (BatchStatus.DRAFT, BatchStatus.VALIDATED):
        raise UserError(
            "BATCH_CLOSED",
            f"Batch {row.number} sudah dibatalkan, dibuang, atau ditutup. Tidak ada yang disimpan. "
            "Muat berkas ini sebagai daftar baru tanpa kolom Kunci Baris.",
        )
    return OpenBatch(
        number=row.number,
        version=row.version,
        header=row.header,
        is_accepted=row.status == BatchStatus.VALIDATED,
    )


def add_step(
    context: AppContext,
    connection: Connection,
    correction: Correction,
    *,
    rule: str,
    rows: int,
    before: str = "",
) -> int:
    """Write down what a file has corrected as one step; gives its id."""
    values = {
        "rule": rule,
        "code": "",
        "note": correction.source_name,
        "rows": rows,
        "user_id": context.user.user_id,
        "at": context.clock().isoformat(),
        "before": before,
    }
    return staging.add_step(connection, correction.batch_id, values)


def correction_outcome(correction: Correction) -> Outcome:
    """Write a correction down for the history: counts only."""
    payload: dict[str, object] = {
        "door": correction.door.value,
        "read": correction.read,
        "taken": correction.taken,
        "unchanged": correction.unchanged,
        "added": correction.added,
        "reported": len(correction.reported),
    }
    changes = Changes.of(batch=correction.batch_id)
    return Outcome(object_id=correction.batch_id, changes=changes, payload=payload)


def settled(line: BatchLine) -> NotTaken | None:
    """Say why a line takes nothing any more; None while it is held."""
    if line.is_left_out:
        return NotTaken.LEFT_OUT
    return None if line.status is LineStatus.HELD else NotTaken.ACCEPTED


def as_json(cells: Sequence[Cell]) -> str:
    """Write the cells of a row as they are stored."""
    return json.dumps(cells, ensure_ascii=False, separators=(",", ":"))
