"""Copies of the store that count only after they have been opened and compared."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, inspect

from bpjsdesk.errors import EnvironmentProblem
from bpjsdesk.files import atomic_write, file_digest, replacing
from bpjsdesk.storage.database import Database

KEYS_ENDING = ".kunci.json"
COUNTED = ("agreement", "batch", "batch_line", "person", "membership", "claim", "audit_entry")


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedCopy:
    """A copy that was opened: its rows agree with the original at the moment of copying."""

    path: Path
    sha256: str
    rows: Mapping[str, int]


def make_verified_copy(
    database: Database, target: Path, *, keys: Path | None = None
) -> VerifiedCopy:
    """Copy the store, open the copy, check and count it, and only then give it its name.

    With `keys` the key file goes along, named after the copy: neither opens without the other.

    Raises: EnvironmentProblem DISK_FULL, FILE_NOT_WRITABLE or BACKUP_UNPROVEN.
    """
    with replacing(target) as part:
        try:
            database.copy_to(part)
            rows = _prove(database, part)
        finally:
            for leftover in _sidecars(part):
                leftover.unlink(missing_ok=True)
    if keys is not None:
        atomic_write(target.with_name(f"{target.name}{KEYS_ENDING}"), keys.read_bytes())
    return VerifiedCopy(path=target, sha256=file_digest(target), rows=rows)


def row_counts(connection: Connection) -> dict[str, int]:
    """Count the rows of the tables that hold people's records."""
    present = set(inspect(connection).get_table_names())
    return {
        table: connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar_one()  # noqa: S608  # names from COUNTED
        for table in COUNTED
        if table in present
    }


def _prove(database: Database, scratch: Path) -> dict[str, int]:
    copy = database.sibling(scratch)
    try:
        problems = copy.problems()
        with copy.read() as connection:
            rows = row_counts(connection)
    finally:
        copy.close()
    if problems:
        raise EnvironmentProblem(
            "BACKUP_UNPROVEN",
            "Cadangan tidak lolos pemeriksaan dan tidak disimpan. Jalankan pemeriksaan data, "
            "lalu hubungi TI.",
        )
    return rows


def _sidecars(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal"))
