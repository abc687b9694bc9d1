"""A file comes to today's shape in one transaction, or stays as it was."""

import io
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError
from sqlalchemy.schema import CreateIndex, CreateTable

from bpjsdesk.errors import EnvironmentProblem
from bpjsdesk.storage import migrations
from bpjsdesk.storage.database import Database
from bpjsdesk.storage.keys import new_data_key
from bpjsdesk.storage.migrations import HEAD, alembic_config, migrate, upgrade
from bpjsdesk.storage.schema_whole import whole_schema


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "kantor.db", new_data_key())
    yield database
    database.close()


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return tmp_path / "cadangan" / "sebelum.db"


def test_head_is_the_newest_script() -> None:
    assert ScriptDirectory.from_config(alembic_config()).get_current_head() == HEAD


def test_a_migrated_file_has_exactly_todays_schema(database: Database, backup: Path) -> None:
    migrate(database, backup=backup)
    with database.read() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), whole_schema())
    assert [found for found in differences if "person_search" not in str(found)] == []
    assert not backup.exists()


def test_migrating_twice_does_nothing(database: Database, backup: Path) -> None:
    assert migrate(database, backup=backup) is None
    assert migrate(database, backup=backup) == HEAD


def test_an_older_file_is_copied_before_it_is_changed(database: Database, backup: Path) -> None:
    with database.write() as connection:
        upgrade(connection, "0001")
    assert migrate(database, backup=backup) == "0001"
    older = database.sibling(backup)
    with older.read() as connection:
        tables = inspect(connection).get_table_names()
    assert "region" in tables
    assert "person" not in tables


def test_a_failing_step_leaves_the_old_file(
    database: Database, backup: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.write() as connection:
        upgrade(connection, "0001")

    def interrupted(connection: object) -> None:
        upgrade(connection, "0002")  # type: ignore[arg-type]  # stands in for upgrade
        raise RuntimeError

    monkeypatch.setattr(migrations, "upgrade", interrupted)
    with pytest.raises(RuntimeError):
        migrate(database, backup=backup)
    with database.read() as connection:
        assert migrations.revision_of(connection) == "0001"
        assert "agreement" not in inspect(connection).get_table_names()


def test_a_file_from_a_newer_program_is_refused_in_words(database: Database, backup: Path) -> None:
    migrate(database, backup=backup)
    with database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(EnvironmentProblem, match="versi program yang lebih baru") as refusal:
        migrate(database, backup=backup)
    assert refusal.value.code == "STORE_NEWER"
    assert not backup.exists()


@pytest.mark.parametrize("table", ["audit_entry", "claim_event"])
@pytest.mark.parametrize("act", ["UPDATE {} SET rowid = rowid", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_rewrite_history(
    database: Database, backup: Path, table: str, act: str
) -> None:
    migrate(database, backup=backup)
    row = {
        "audit_entry": "INSERT INTO audit_entry VALUES (1,'','','','','','','','','','','','','')",
        "claim_event": "INSERT INTO claim_event VALUES (1,1,'',1,'','','')",
    }[table]
    with database.write() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        connection.exec_driver_sql(row)
        with pytest.raises(DBAPIError, match="append-only"):
            connection.exec_driver_sql(act.format(table))
        connection.rollback()


def test_every_table_is_valid_on_postgresql() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]  # untyped in SQLAlchemy
    for table in whole_schema().sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            assert str(CreateIndex(index).compile(dialect=dialect))


def test_the_migrations_speak_postgresql_too() -> None:
    script = io.StringIO()
    config = alembic_config()
    config.output_buffer = script
    config.set_main_option("dialect", "postgresql")
    with redirect_stdout(script):
        command.upgrade(config, "head", sql=True)
    assert "CREATE TABLE person" in script.getvalue()
    assert "gin_trgm_ops" in script.getvalue()
    assert "EXECUTE FUNCTION refuse_change()" in script.getvalue()
    assert "fts5" not in script.getvalue()
