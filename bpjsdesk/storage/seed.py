"""Fill the reference tables of a new office from `resources/seed`."""

import csv
import hashlib
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    Numeric,
    Table,
    insert,
)

from bpjsdesk.resources import resource_path
from bpjsdesk.storage.schema_reference import SEEDED


def plant(connection: Connection) -> str:
    """Insert every seed row; give the digest of the files they came from."""
    digest = hashlib.sha256()
    for table in SEEDED:
        path = resource_path("seed", f"{table.name}.csv")
        digest.update(path.read_bytes())
        rows = list(_rows(path, table))
        if rows:
            connection.execute(insert(table), rows)
    return digest.hexdigest()


def seeded_values(table_name: str, column: str) -> tuple[str, ...]:
    """Give the distinct values of a column that every new office starts with."""
    path = resource_path("seed", f"{table_name}.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(dict.fromkeys(row[column] for row in csv.DictReader(stream) if row[column]))


def _rows(path: Path, table: Table) -> Iterator[dict[str, Any]]:
    readers = {column.name: _reader(column) for column in table.columns if column.name != "id"}
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield {name: read(row[name]) for name, read in readers.items()}


def _reader(column: Column[Any]) -> Callable[[str], Any]:
    convert = _converter(column)
    if column.nullable:
        return lambda cell: convert(cell) if cell else None
    return convert


def _converter(column: Column[Any]) -> Callable[[str], Any]:
    if isinstance(column.type, Date):
        return date.fromisoformat
    if isinstance(column.type, Boolean):
        return lambda cell: cell == "true"
    if isinstance(column.type, Integer | BigInteger):
        return int
    if isinstance(column.type, Numeric):
        return lambda cell: Decimal(cell or "0")
    return str
