"""The letter that came with a list: its scan is kept with the batch, encrypted like the rest."""

from pathlib import Path

from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.senders import LetterScan
from bpjsdesk.errors import UserError
from bpjsdesk.services.commands import Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.sheet_steps import MAP
from bpjsdesk.storage import senders
from bpjsdesk.storage.connection import Connection

# what a scanner makes of some pages; every backup carries it again
LARGEST_SCAN = 10 * 1024 * 1024
_LONGEST_NAME = 160
_KINDS = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpg"}


def read_scan(path: Path) -> LetterScan:
    """Read a scan from where the clerk has it.

    Raises: UserError SCAN_UNREADABLE, SCAN_TOO_LARGE, SCAN_KIND.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_SCAN + 1)
    except OSError as problem:
        raise UserError(
            "SCAN_UNREADABLE",
            f"Pindaian {path.name} tidak dapat dibuka. Periksa letaknya, lalu pilih lagi.",
        ) from problem
    if len(content) > LARGEST_SCAN:
        raise UserError(
            "SCAN_TOO_LARGE",
            f"Pindaian {path.name} lebih besar dari {LARGEST_SCAN // 1024 // 1024} MB. Pindai "
            "dengan resolusi lebih rendah, misalnya 150 dpi, lalu pilih lagi.",
        )
    kind = next((kind for start, kind in _KINDS.items() if content.startswith(start)), "")
    if not kind:
        raise UserError(
            "SCAN_KIND", f"{path.name} bukan PDF, JPG, atau PNG. Simpan pindaian sebagai PDF."
        )
    return LetterScan(name=path.name[-_LONGEST_NAME:], kind=kind, content=content)


def attach_scan(context: AppContext, batch_id: int, scan: LetterScan, *, request_id: str) -> Answer:
    """Keep the scan of a letter with its batch; an earlier one makes way.

    Raises: UserError NOT_PERMITTED.
    """
    command = Command(name=MAP, object_kind="batch", request_id=request_id, object_id=batch_id)

    def act(connection: Connection) -> Outcome:
        payload = keep_scan(context, connection, batch_id, scan)
        return Outcome(object_id=batch_id, changes=Changes.of(batch=batch_id), payload=payload)

    return execute(context, command, act)


def keep_scan(
    context: AppContext,
    connection: Connection,
    batch_id: int,
    scan: LetterScan,
    *,
    step_id: int | None = None,
) -> dict[str, object]:
    """Keep a scan as part of a step, or for good; gives what the history tells of it."""
    user_id, at = context.user.user_id, context.clock().isoformat()
    senders.keep_scan(connection, batch_id, scan, user_id=user_id, at=at, step_id=step_id)
    return {"scan": scan.kind, "bytes": len(scan.content)}


def scan_name(context: AppContext, batch_id: int) -> str:
    """Name the scan of the letter that came with a batch, "" where there is none."""
    context.user.require("read.batches")
    with context.database.read() as connection:
        return senders.scan_name(connection, batch_id)


def letter_scan(context: AppContext, batch_id: int) -> LetterScan | None:
    """Give the scan of the letter that came with a batch; None where nobody has kept one."""
    context.user.require("read.batches")
    with context.database.read() as connection:
        return senders.letter_scan(connection, batch_id)
