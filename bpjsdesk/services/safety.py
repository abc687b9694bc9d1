"""Proven backups, the check of the whole file, and the history of who did what."""

import json
from datetime import datetime
from pathlib import Path

from bpjsdesk.domain.changes import Changes
from bpjsdesk.domain.safety import AuditListItem, BackupNote, Health
from bpjsdesk.errors import EnvironmentProblem, UserError
from bpjsdesk.paths import AppPaths
from bpjsdesk.progress import CancelToken, Progress, ProgressSink
from bpjsdesk.services.commands import Command, Outcome, execute, new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.storage import audit, enrollment
from bpjsdesk.storage.backup import KEYS_ENDING, VerifiedCopy, make_verified_copy, row_counts
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.keys import KeyFile

STEPS = 3
BACKUP = "backup.make"
# Copies made by the program itself before something large; the user's own are never removed.
BEFORE = "sebelum-"
KEPT_BEFORE = 10


def make_backup(
    context: AppContext, target: Path | None = None, *, request_id: str
) -> VerifiedCopy:
    """Copy the store and its keys, prove the copy by opening it, and note it in the history.

    Raises: UserError NOT_PERMITTED or TARGET_IS_OFFICE; EnvironmentProblem.
    """
    context.user.require(BACKUP)
    place = target or context.paths.backups / f"cadangan-{context.clock():%Y%m%d-%H%M%S}.db"
    require_outside_office(context.paths, place)
    copy = make_verified_copy(context.database, place, keys=KeyFile(context.paths).readable_copy())

    def act(_connection: Connection) -> Outcome:
        payload: dict[str, object] = {
            "file": place.name,
            "sha256": copy.sha256,
            "rows": sum(copy.rows.values()),
        }
        return Outcome(object_id=1, changes=Changes(), payload=payload)

    execute(context, Command(name=BACKUP, object_kind="backup", request_id=request_id), act)
    return copy


def back_up_before(
    context: AppContext, deed: str, *, progress: ProgressSink, cancel: CancelToken
) -> VerifiedCopy:
    """Make the proven backup without which nothing large is written; older such ones make way.

    `deed` ends the name of the file, as in "terima-B-2026-00012". Cancelling takes effect before
    and after the copy, never in the middle of it.
    Raises: UserError NOT_PERMITTED; EnvironmentProblem, saying that nothing was stored; Cancelled.
    """
    cancel.raise_if_cancelled()
    progress(Progress(done=0, total=0, text="Membuat cadangan dan membuktikannya"))
    now = context.clock()
    place = context.paths.backups / f"{BEFORE}{now:%Y%m%d-%H%M%S}-{deed}.db"
    try:
        copy = make_backup(context, place, request_id=new_request_id())
    except EnvironmentProblem as problem:
        raise EnvironmentProblem(
            problem.code,
            f"{problem.message} Tidak ada yang disimpan, karena cadangan harus ada lebih dahulu.",
        ) from problem
    _drop_oldest(context.paths.backups)
    cancel.raise_if_cancelled()
    return copy


def _drop_oldest(folder: Path) -> None:
    """Keep the newest copies of their kind, whose names begin with when they were made."""
    for path in sorted(folder.glob(f"{BEFORE}*.db"))[:-KEPT_BEFORE]:
        for own in (path, path.with_name(f"{path.name}{KEYS_ENDING}")):
            own.unlink(missing_ok=True)


def require_outside_office(paths: AppPaths, target: Path) -> None:
    """Keep a file that the user names from taking the place of the office's own files.

    Raises: UserError TARGET_IS_OFFICE.
    """
    store = paths.database
    sidecars = (store.with_name(store.name + ending) for ending in ("-wal", "-shm"))
    own = {path.resolve() for path in (store, *sidecars, paths.keys, paths.keys_copy)}
    if target.resolve() in own:
        raise UserError(
            "TARGET_IS_OFFICE",
            f"{target.name} adalah berkas kantor itu sendiri dan tidak boleh ditimpa. "
            "Pilih nama atau folder lain.",
        )


def last_backup(context: AppContext) -> BackupNote | None:
    """Give the newest proven backup that this file knows of."""
    with context.database.read() as connection:
        entry = audit.newest_of(connection, BACKUP)
    if entry is None:
        return None
    payload = json.loads(entry.payload)
    return BackupNote(
        made_at=datetime.fromisoformat(entry.at),
        file_name=payload["file"],
        sha256=payload["sha256"],
        rows=payload["rows"],
    )


def check_health(context: AppContext, *, progress: ProgressSink, cancel: CancelToken) -> Health:
    """Check seals, structure and references of the file, the audit chain and the counters."""
    progress(Progress(done=0, total=STEPS, text="Memeriksa segel dan susunan berkas"))
    problems = context.database.problems()
    cancel.raise_if_cancelled()
    progress(Progress(done=1, total=STEPS, text="Memeriksa riwayat"))
    with context.database.read() as connection:
        broken = audit.first_broken_link(connection, context.audit_key)
        entries, _hash = audit.head(connection)
        cancel.raise_if_cancelled()
        progress(Progress(done=2, total=STEPS, text="Mencocokkan jumlah baris"))
        uncounted = enrollment.batches_that_do_not_add_up(connection)
        rows = row_counts(connection)
    return Health(
        problems=problems,
        broken_link=broken,
        audit_entries=entries,
        uncounted_batches=uncounted,
        rows=rows,
    )


def list_audit(
    context: AppContext, *, limit: int = 200, before_seq: int | None = None
) -> tuple[AuditListItem, ...]:
    """Give deeds, newest first."""
    context.user.require("read.audit")
    with context.database.read() as connection:
        entries = audit.newest(connection, limit=limit, before_seq=before_seq)
    return tuple(
        AuditListItem(
            seq=entry.seq,
            at=entry.at,
            user_name=entry.user_name,
            role=entry.role,
            command=entry.command,
            object_kind=entry.object_kind,
            object_id=entry.object_id,
            result=entry.result,
            payload=json.loads(entry.payload),
        )
        for entry in entries
    )
