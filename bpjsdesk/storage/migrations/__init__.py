"""Bring a file to today's shape: a verified backup first, then one transaction."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect

from bpjsdesk.errors import EnvironmentProblem
from bpjsdesk.storage.backup import make_verified_copy
from bpjsdesk.storage.database import Database

if TYPE_CHECKING:
    from alembic.config import Config

HEAD = "0010"  # a test keeps this equal to the newest script


def migrate(database: Database, *, backup: Path) -> str | None:
    """Upgrade the file if it is older than the program; give the revision it had.

    Raises: EnvironmentProblem STORE_NEWER for a file from a newer program.
    """
    with database.read() as connection:
        found = revision_of(connection)
    if found == HEAD:
        return found
    if found is not None:
        _require_known(found)
        make_verified_copy(database, backup)
    with database.write() as connection:
        upgrade(connection)
    return found


def revision_of(connection: Connection) -> str | None:
    """Read the revision a file is at; None for an empty file."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    row = connection.exec_driver_sql("SELECT version_num FROM alembic_version").first()
    return None if row is None else str(row[0])


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Run the steps up to `revision` inside the caller's transaction."""
    from alembic import command  # noqa: PLC0415  # 0,1 s that only a migration needs

    config = alembic_config()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def alembic_config() -> "Config":
    """Point Alembic at the scripts that ship inside this package."""
    from alembic.config import Config  # noqa: PLC0415  # see upgrade

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _require_known(found: str) -> None:
    from alembic.script import ScriptDirectory  # noqa: PLC0415  # see upgrade
    from alembic.util.exc import CommandError  # noqa: PLC0415  # see upgrade

    try:
        ScriptDirectory.from_config(alembic_config()).get_revision(found)
    except CommandError as problem:
        raise EnvironmentProblem(
            "STORE_NEWER",
            "Berkas data ini dibuat oleh versi program yang lebih baru. Data tidak dibuka dan "
            "tidak diubah. Pasang versi program yang lebih baru.",
        ) from problem
