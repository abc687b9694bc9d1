"""The encrypted store: one immediate transaction to write, short read-only ones to read."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from bpjsdesk.errors import EnvironmentProblem
from bpjsdesk.storage import dialect
from bpjsdesk.storage.problems import disk_full, explained

T = TypeVar("T")
LONG_LOG = 4 * 1024 * 1024  # bytes; as much as commits carry over by themselves
KEY_BYTES = 48  # 32 bytes of key and 16 of salt, as SQLCipher takes a raw key


class Database:
    """Own the engines of one office's file. Only `services.commands` opens `write()`."""

    def __init__(self, path: Path, key: bytes) -> None:
        if len(key) != KEY_BYTES:
            raise ValueError("a store key has 48 bytes")
        self.path = path
        self._key = key
        self._writer = self._engine(read_only=False, pool_size=1)
        self._readers = self._engine(read_only=True, pool_size=3)

    def _engine(self, *, read_only: bool, pool_size: int) -> Engine:
        module: ModuleType = dbapi2
        engine = create_engine(
            "sqlite+pysqlite://",
            module=module,
            creator=lambda: self._connect(read_only=read_only),
            poolclass=QueuePool,
            pool_size=pool_size,
            max_overflow=0,
            hide_parameters=True,
        )
        statement = dialect.begin_statement(read_only=read_only)

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            connection.exec_driver_sql(statement)

        return engine

    def _connect(self, *, read_only: bool) -> Any:
        connection = dbapi2.connect(
            str(self.path), isolation_level=None, check_same_thread=False, timeout=5.0
        )
        try:
            dialect.configure(connection, key=self._key, read_only=read_only)
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """Give a connection inside a short transaction that cannot write.

        Raises: EnvironmentProblem.
        """
        with explained(), self._readers.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self, *, bulk: bool = False) -> Iterator[Connection]:
        """Give a connection that holds the write lock; commits on leaving, or leaves nothing.

        With `bulk` the log is carried into the file by the next `checkpoint()`, not by the commit.

        Raises: EnvironmentProblem.
        """
        with explained(), self._writer.connect() as connection:
            dialect.set_checkpoint_pace(connection.connection.driver_connection, later=bulk)
            with connection.begin():
                yield connection

    def checkpoint(self) -> bool:
        """Carry the log into the file; false when readers or the disk were in the way.

        What is committed is safe in the log: nothing is lost by a checkpoint that comes later.
        """
        try:
            with explained(), self._writer.connect() as connection:
                driver = connection.connection.driver_connection
                row = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()  # type: ignore[union-attr]  # a pooled connection always has its driver
        except EnvironmentProblem:
            return False
        return bool(row[0] == 0)

    def carry_over(self) -> None:
        """Carry a log that a bulk write has left into the file, waiting for nobody.

        Else the next small write would do it, while somebody waits for its answer.
        """
        log = self.path.with_name(f"{self.path.name}-wal")
        if not log.exists() or log.stat().st_size < LONG_LOG:
            return
        try:
            with explained(), self._writer.connect() as connection:
                dialect.carry_log_over(connection.connection.driver_connection)
        except EnvironmentProblem:
            return  # what is committed is safe in the log; the next write tries again

    def copy_to(self, target: Path, look: Callable[[Connection], T]) -> T:
        """Write a consistent, equally encrypted copy into an empty place.

        Gives what `look` saw of the very state that is copied, whatever is written meanwhile.
        Raises: EnvironmentProblem.
        """
        copy = dbapi2.connect(str(target), isolation_level=None)
        try:
            copy.execute(f"PRAGMA key = \"x'{self._key.hex()}'\"")
            with self.read() as connection:
                seen = look(connection)
                driver = connection.connection.driver_connection
                try:
                    driver.backup(copy)  # type: ignore[union-attr]  # see checkpoint
                except dbapi2.OperationalError as problem:
                    # the driver does not name this one; a copy only fails so where it is written
                    raise disk_full() from problem
                return seen
        finally:
            copy.close()

    def problems(self) -> tuple[str, ...]:
        """Run the engine's checks of seals, structure and references; empty when all is well."""
        try:
            with self._readers.connect() as connection:
                return tuple(_complaints(connection.connection.driver_connection))
        except (DBAPIError, dbapi2.DatabaseError, EnvironmentProblem) as problem:
            return (f"berkas tidak terbaca: {type(problem).__name__}",)

    def sibling(self, path: Path) -> "Database":
        """Open another file that is locked with the same key, such as a copy of this one."""
        return Database(path, self._key)

    def close(self) -> None:
        """Let go of the file."""
        self._readers.dispose()
        self._writer.dispose()


def _complaints(driver: Any) -> Iterator[str]:
    # not the same work twice: the end of a long text may be gone without the structure showing it
    for row in driver.execute("PRAGMA cipher_integrity_check"):
        yield str(row[0])
    for row in driver.execute("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield str(row[0])
    for row in driver.execute("PRAGMA foreign_key_check"):
        yield f"rujukan putus di tabel {row[0]}"


def require_unlocked(database: Database) -> None:
    """Prove that the key opens the file and that the file holds tables.

    Raises: EnvironmentProblem STORE_DAMAGED.
    """
    with database.read() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
    if count == 0:
        raise EnvironmentProblem(
            "STORE_DAMAGED",
            "Berkas data kosong. Berkas tidak diubah. Pulihkan dari cadangan terakhir yang "
            "terbukti.",
        )
