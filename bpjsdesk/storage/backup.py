"""Copies of the store that count only after they have been opened and compared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, inspect

from bpjsdesk.errors import EnvironmentProblem
from bpjsdesk.files import atomic_write, file_digest, replacing
from bpjsdesk.storage import audit
from bpjsdesk.storage.database import Database

KEYS_ENDING = ".kunci.json"
COUNTED = ("agreement", "batch", "batch_line", "person", "membership", "claim", "audit_entry")
HISTORY = "audit_entry"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedCopy:
    """A copy that was opened and compared with the original as it was when it was copied.

    `rows` are those of people's records; compared are all tables and the end of the history.
    """

    path: Path
    sha256: str
    rows: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a store holds: the rows of each table, number and hash of the newest deed."""

    rows: Mapping[str, int]
    head: tuple[int, str] | None


def make_verified_copy(
    database: Database, target: Path, *, keys: Path | None = None
) -> VerifiedCopy:
    """Copy the store, open the copy, check and compare it, and only then give it its name.

    With `keys` the key file goes along, named after the copy: neither opens without the other.

    Raises: EnvironmentProblem DISK_FULL, FILE_NOT_WRITABLE or BACKUP_UNPROVEN.
    """
    with replacing(target) as part:
        try:
            contents = database.copy_to(part, contents_of)
            _prove(database, part, contents)
        finally:
            for leftover in _sidecars(part):
                leftover.unlink(missing_ok=True)
    if keys is not None:
        atomic_write(target.with_name(f"{target.name}{KEYS_ENDING}"), keys.read_bytes())
    rows = {table: contents.rows[table] for table in COUNTED if table in contents.rows}
    return VerifiedCopy(path=target, sha256=file_digest(target), rows=rows)


def row_counts(connection: Connection) -> dict[str, int]:
    """Count the rows of the tables that hold people's records."""
    present = set(inspect(connection).get_table_names())
    return _counted(connection, (table for table in COUNTED if table in present))


def contents_of(connection: Connection) -> Contents:
    """Say what a store holds."""
    # not what belongs to the index for searching: it is made of the rest
    names = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
    rows = _counted(connection, connection.exec_driver_sql(names).scalars().all())
    return Contents(rows=rows, head=audit.head(connection) if HISTORY in rows else None)


def require_same(copy: Database, contents: Contents) -> None:
    """Compare a copy with what its original held when it was copied.

    Raises: EnvironmentProblem BACKUP_UNPROVEN.
    """
    with copy.read() as connection:
        if contents_of(connection) != contents:
            raise _unproven("Isi cadangan tidak sama dengan isi kantor dan tidak disimpan.")


def _prove(database: Database, scratch: Path, contents: Contents) -> None:
    copy = database.sibling(scratch)
    try:
        if copy.problems():
            raise _unproven("Cadangan tidak lolos pemeriksaan dan tidak disimpan.")
        require_same(copy, contents)
    finally:
        copy.close()


def _unproven(what: str) -> EnvironmentProblem:
    return EnvironmentProblem(
        "BACKUP_UNPROVEN", f"{what} Jalankan pemeriksaan data, lalu hubungi TI."
    )


def _counted(connection: Connection, tables: Iterable[str]) -> dict[str, int]:
    return {
        table: connection.exec_driver_sql(f'SELECT count(*) FROM "{table}"').scalar_one()  # noqa: S608  # names from the store itself
        for table in tables
    }


def _sidecars(path: Path) -> tuple[Path, ...]:
    return tuple(path.with_name(path.name + ending) for ending in ("-wal", "-shm", "-journal"))
