"""The encrypted store keeps its promises on a real file."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bpjsdesk.errors import EnvironmentProblem
from bpjsdesk.storage import dialect
from bpjsdesk.storage.backup import Contents, contents_of, make_verified_copy, require_same
from bpjsdesk.storage.database import LONG_LOG, Database, require_unlocked
from bpjsdesk.storage.keys import new_data_key
from bpjsdesk.storage.schema import audit_entry

MARK = "7171011208850001"
ENTRY = (
    "INSERT INTO audit_entry (seq, at, user_name, role, command, object_kind, request_id, result, "
    "payload, previous_hash, hash) VALUES (?, '', '', '', '', '', '', '', '', '', ?)"
)
PAGE = 4096  # bytes of a page of the store, its seal included


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "kantor.db", new_data_key())
    with database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE note (text TEXT)")
    yield database
    database.close()


def texts(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.exec_driver_sql("SELECT text FROM note").scalars())


def test_a_failed_block_leaves_nothing_not_even_tables(database: Database) -> None:
    with suppress(ZeroDivisionError), database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE other (x TEXT)")
        connection.exec_driver_sql("INSERT INTO note VALUES ('half')")
        _ = 1 / 0
    assert texts(database) == []
    with database.read() as connection:
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars().all()
    assert "other" not in tables


def test_reading_connections_cannot_write(database: Database) -> None:
    with pytest.raises(EnvironmentProblem), database.read() as connection:
        connection.exec_driver_sql("INSERT INTO note VALUES ('x')")


def test_reading_is_not_blocked_by_an_open_write(database: Database) -> None:
    with database.write() as connection:
        connection.exec_driver_sql("INSERT INTO note VALUES ('later')")
        assert texts(database) == []
    assert texts(database) == ["later"]


def test_every_setting_is_read_back_from_the_live_connection(database: Database) -> None:
    for door in (database.read, database.write):
        with door() as connection:
            for name, value in dialect.SETTINGS.items():
                row = connection.exec_driver_sql(f"PRAGMA {name}").first()
                assert (str(row[0]).lower() if row else "0") == value, name


def test_a_refused_setting_keeps_the_file_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialect, "SETTINGS", {"journal_mode": "nosuchmode"})
    closed = Database(tmp_path / "x.db", new_data_key())
    with pytest.raises(EnvironmentProblem, match="STORE_SETTINGS"), closed.read():
        pass


def test_an_engine_with_the_wal_bug_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialect, "OLDEST_SQLITE", (99, 0, 0))
    closed = Database(tmp_path / "x.db", new_data_key())
    with pytest.raises(EnvironmentProblem, match="STORE_TOO_OLD"), closed.read():
        pass


def test_no_byte_on_disk_is_readable(database: Database, tmp_path: Path) -> None:
    with database.write() as connection:
        connection.exec_driver_sql("INSERT INTO note VALUES (?)", (MARK,))
    make_verified_copy(database, tmp_path / "salinan.db")
    for path in tmp_path.iterdir():
        assert MARK.encode() not in path.read_bytes(), path.name
        assert not path.read_bytes().startswith(b"SQLite format 3"), path.name


def test_plain_sqlite_cannot_open_the_file(database: Database) -> None:
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(database.path).execute("SELECT * FROM note")


def test_a_wrong_key_is_named_and_changes_nothing(database: Database) -> None:
    database.checkpoint()
    before = database.path.read_bytes()
    stranger = Database(database.path, new_data_key())
    with pytest.raises(EnvironmentProblem, match="STORE_DAMAGED"):
        require_unlocked(stranger)
    assert database.path.read_bytes() == before


@pytest.mark.parametrize("place", [100, 5000, -100])
def test_one_damaged_byte_is_noticed(database: Database, place: int) -> None:
    with database.write() as connection:
        connection.exec_driver_sql("INSERT INTO note VALUES (?)", ("x" * 20_000,))
    database.checkpoint()
    content = bytearray(database.path.read_bytes())
    content[place] ^= 1
    database.path.write_bytes(content)
    fresh = database.sibling(database.path)
    assert fresh.problems()


def test_no_page_of_a_copy_may_be_damaged(database: Database, tmp_path: Path) -> None:
    with database.write() as connection:
        connection.exec_driver_sql("CREATE TABLE named (id INTEGER PRIMARY KEY, name TEXT UNIQUE)")
        rows = [(f"nama ke-{number}",) for number in range(1000)]
        connection.exec_driver_sql("INSERT INTO named (name) VALUES (?)", rows)
        connection.exec_driver_sql("INSERT INTO note VALUES (?)", ("x" * 20_000,))
    copy = make_verified_copy(database, tmp_path / "salinan.db")
    content = copy.path.read_bytes()
    assert len(content) > 15 * PAGE  # leaves, an index and pages of one long text
    for place in range(PAGE // 2, len(content), PAGE):
        damaged = bytearray(content)
        damaged[place] ^= 1
        copy.path.write_bytes(damaged)
        fresh = database.sibling(copy.path)
        assert fresh.problems(), place
        fresh.close()


def test_a_sound_file_has_no_problems(database: Database) -> None:
    assert database.problems() == ()


def test_a_bulk_write_commits_and_its_log_can_be_carried_over(database: Database) -> None:
    with database.write(bulk=True) as connection:
        rows = [("x" * 500,) for _ in range(5000)]
        connection.exec_driver_sql("INSERT INTO note VALUES (?)", rows)
    assert len(texts(database)) == len(rows)
    assert database.checkpoint()
    assert os.path.getsize(f"{database.path}-wal") == 0


def test_a_long_log_is_carried_over_without_waiting_for_a_reader(database: Database) -> None:
    log = Path(f"{database.path}-wal")
    database.carry_over()
    with database.write(bulk=True) as connection:
        connection.exec_driver_sql("INSERT INTO note VALUES (?)", [("x" * 500,)] * 10)
    short = log.stat().st_size
    database.carry_over()
    assert log.stat().st_size == short
    with database.write(bulk=True) as connection:
        connection.exec_driver_sql("INSERT INTO note VALUES (?)", [("x" * 500,)] * 20_000)
    assert log.stat().st_size > LONG_LOG
    with database.read() as reading:
        assert reading.exec_driver_sql("SELECT count(*) FROM note").scalar_one() == 20_010
        database.carry_over()
        assert log.stat().st_size > LONG_LOG
    database.carry_over()
    assert log.stat().st_size == 0
    assert len(texts(database)) == 20_010


def test_a_busy_store_is_named(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialect, "SETTINGS", {**dialect.SETTINGS, "busy_timeout": "50"})
    other = database.sibling(database.path)
    with (
        database.write(),
        pytest.raises(EnvironmentProblem, match="STORE_BUSY"),
        other.write(),
    ):
        pass


def test_a_copy_holds_what_was_counted_in_the_original_whatever_is_written_meanwhile(
    database: Database, tmp_path: Path
) -> None:
    with database.write() as connection:
        connection.exec_driver_sql("INSERT INTO note VALUES ('a')")

    def look(connection: Connection) -> Contents:
        contents = contents_of(connection)
        with database.write() as writing:
            writing.exec_driver_sql("INSERT INTO note VALUES ('b')")
        return contents

    contents = database.copy_to(tmp_path / "salinan.db", look)
    assert contents.rows["note"] == 1
    copy = database.sibling(tmp_path / "salinan.db")
    require_same(copy, contents)
    assert (texts(copy), texts(database)) == (["a"], ["a", "b"])
    copy.close()


@pytest.mark.parametrize(
    "loss",
    [
        "DELETE FROM note WHERE text = 'b'",
        "UPDATE audit_entry SET hash = 'x' WHERE seq = 2",
        "DROP TABLE note",
    ],
)
def test_a_sound_copy_that_lacks_something_of_the_original_is_no_backup(
    database: Database, tmp_path: Path, loss: str
) -> None:
    with database.write() as connection:
        audit_entry.create(connection)
        connection.exec_driver_sql("INSERT INTO note VALUES ('a'), ('b')")
        entries = [(seq, f"hash {seq}") for seq in (1, 2)]
        connection.exec_driver_sql(ENTRY, entries)
    contents = database.copy_to(tmp_path / "salinan.db", contents_of)
    copy = database.sibling(tmp_path / "salinan.db")
    require_same(copy, contents)
    with copy.write() as connection:
        connection.exec_driver_sql(loss)
    assert copy.problems() == ()
    with pytest.raises(EnvironmentProblem, match="BACKUP_UNPROVEN"):
        require_same(copy, contents)
    copy.close()


def test_a_backup_counts_only_after_it_was_opened(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "cadangan" / "a.db"
    copy = make_verified_copy(database, target)
    assert copy.path == target
    assert not list(target.parent.glob(".*"))
    monkeypatch.setattr(Database, "problems", lambda _self: ("page 2 damaged",))
    with pytest.raises(EnvironmentProblem, match="BACKUP_UNPROVEN"):
        make_verified_copy(database, target.with_name("b.db"))
    assert not target.with_name("b.db").exists()
