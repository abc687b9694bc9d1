"""A plain driver connection to a store of the bench, set up exactly as the program does it."""

from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from bpjsdesk.storage import dialect


def driver_connection(path: Path, key: bytes, *, read_only: bool) -> Any:
    """Open the store with the program's own settings."""
    connection = dbapi2.connect(str(path), isolation_level=None)
    dialect.configure(connection, key=key, read_only=read_only)
    return connection


def export_plain(path: Path, key: bytes, target: Path) -> None:
    """Write persons and regions with their indexes into an unencrypted file."""
    connection = driver_connection(path, key, read_only=False)
    connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(target),))
    for table in ("region", "person"):
        (made,) = connection.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
        ).fetchone()
        connection.execute(made.replace("CREATE TABLE ", "CREATE TABLE plain.", 1))
        connection.execute(f"INSERT INTO plain.{table} SELECT * FROM main.{table}")  # noqa: S608  # fixed names
    connection.execute("CREATE INDEX plain.by_name ON person (name_key, id)")
    connection.close()
