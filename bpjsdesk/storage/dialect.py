"""What SQLite and PostgreSQL do differently, in one place: settings, search index, guards."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    String,
    column,
    func,
    select,
    table,
)

from bpjsdesk.errors import EnvironmentProblem

WALK_FROM = 3500  # hits; from here on a stretch of the name index is sooner read than sorted hits
OLDEST_SQLITE = (3, 51, 3)  # earlier ones carry the WAL-reset bug (reliability.md §0.1)

SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "busy_timeout": "5000",
        "journal_mode": "wal",
        "synchronous": "2",
        "foreign_keys": "1",
        "trusted_schema": "0",
        "cell_size_check": "1",
        "temp_store": "2",
        "mmap_size": "0",
        "secure_delete": "1",
        "cache_size": "-131072",
    }
)


def configure(connection: Any, *, key: bytes, read_only: bool) -> None:
    """Unlock a fresh driver connection, set every setting and read each one back.

    Raises: EnvironmentProblem STORE_SETTINGS or STORE_TOO_OLD.
    """
    cursor = connection.cursor()
    cursor.execute("PRAGMA cipher_log_level = NONE")
    cursor.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    for name, value in SETTINGS.items():
        cursor.execute(f"PRAGMA {name} = {value}")
    _read_back(cursor, SETTINGS)
    if read_only:
        cursor.execute("PRAGMA query_only = 1")
        _read_back(cursor, {"query_only": "1"})
    _require_version(cursor)
    cursor.close()


def _read_back(cursor: Any, settings: Mapping[str, str]) -> None:
    for name, value in settings.items():
        row = cursor.execute(f"PRAGMA {name}").fetchone()
        # under SQLCipher mmap_size answers nothing at all, which is the "off" that was asked for
        actual = "0" if row is None else str(row[0]).lower()
        if actual != value:
            raise EnvironmentProblem(
                "STORE_SETTINGS",
                f"Pengaturan pengaman basis data ({name}) tidak dapat dipasang. Data tidak "
                "dibuka. Hubungi TI dan sebutkan nama pengaturan ini.",
            )


def _require_version(cursor: Any) -> None:
    found = cursor.execute("SELECT sqlite_version()").fetchone()[0]
    if tuple(int(part) for part in found.split(".")) < OLDEST_SQLITE:
        raise EnvironmentProblem(
            "STORE_TOO_OLD",
            f"Mesin basis data {found} terlalu lama dan dapat merusak data. "
            "Pasang ulang program dari paket resmi.",
        )


def begin_statement(*, read_only: bool) -> str:
    """Name how a transaction starts: writers take the lock at once, or they fail later."""
    return "BEGIN" if read_only else "BEGIN IMMEDIATE"


def set_checkpoint_pace(driver: Any, *, later: bool) -> None:
    """Carry the log into the file as commits go, or leave it for `Database.checkpoint`."""
    driver.execute(f"PRAGMA wal_autocheckpoint = {0 if later else 1000}")


def carry_log_over(driver: Any) -> None:
    """Carry the whole log into the file as far as no reader is in the way."""
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        driver.execute(f"PRAGMA busy_timeout = {SETTINGS['busy_timeout']}")


def is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def person_search_statements(dialect_name: str) -> tuple[str, ...]:
    """Give the statements that make the index for any part of a name from three letters on."""
    if dialect_name == "sqlite":
        return (
            "CREATE VIRTUAL TABLE person_search USING fts5(name_key, content='person', "
            "content_rowid='id', tokenize='trigram', detail='none')",
        )
    return (
        "CREATE EXTENSION IF NOT EXISTS pg_trgm",
        "CREATE INDEX ix_person_search ON person USING gin (name_key gin_trgm_ops)",
    )


def index_new_people(connection: Connection, after_id: int) -> None:
    """Add every person with an id above `after_id` to the search index, in one statement."""
    if is_sqlite(connection):
        connection.exec_driver_sql(
            "INSERT INTO person_search(rowid, name_key) "
            "SELECT id, name_key FROM person WHERE id > ? ORDER BY id",
            (after_id,),
        )


def drop_from_search(connection: Connection, person_ids: Sequence[int]) -> None:
    """Take persons out of the search index, before their rows go."""
    if is_sqlite(connection):
        connection.exec_driver_sql(
            "INSERT INTO person_search(person_search, rowid, name_key) "
            "SELECT 'delete', id, name_key FROM person WHERE id = ?",
            [(person_id,) for person_id in person_ids],
        )


def add_to_search(connection: Connection, person_ids: Sequence[int]) -> None:
    """Put persons into the search index, after their rows were written."""
    if is_sqlite(connection):
        connection.exec_driver_sql(
            "INSERT INTO person_search(rowid, name_key) SELECT id, name_key FROM person "
            "WHERE id = ?",
            [(person_id,) for person_id in person_ids],
        )


def highest_kept_id(connection: Connection) -> int:
    """Give the highest id of a person that was noted by `keep_highest_id`; 0 before the first."""
    if is_sqlite(connection):
        # a number of its own in the header of the file, which comes along in every copy of it
        sql = "PRAGMA user_version"
    else:
        sql = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM person_id_seq"
    return int(connection.exec_driver_sql(sql).scalar_one())


def keep_highest_id(connection: Connection, person_id: int) -> None:
    """Note the highest id of a person, so that nobody gets it again after that one is removed."""
    if is_sqlite(connection):
        connection.exec_driver_sql(f"PRAGMA user_version = {person_id:d}")
    elif person_id:
        connection.exec_driver_sql("SELECT setval('person_id_seq', %s)", (person_id,))


def append_only_statements(dialect_name: str, tables: Sequence[str]) -> tuple[str, ...]:
    """Give the statements that make the database itself refuse to rewrite history tables."""
    triggers = [
        _refusal(dialect_name, table, act) for table in tables for act in ("UPDATE", "DELETE")
    ]
    if dialect_name == "sqlite":
        return tuple(triggers)
    function = (
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'history is append-only'; END $$"
    )
    return (function, *triggers)


def _refusal(dialect_name: str, table: str, act: str) -> str:
    head = f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}"
    if dialect_name == "sqlite":
        return f"{head} BEGIN SELECT RAISE(ABORT, 'history is append-only'); END"
    return f"{head} FOR EACH ROW EXECUTE FUNCTION refuse_change()"


def possible_hits(connection: Connection, key: str, *, at_most: int) -> int:
    """Count the persons whose name may contain `key`, giving up at a limit."""
    few = possible_ids(connection, key).limit(at_most).subquery()
    return connection.execute(select(func.count()).select_from(few)).scalar_one()


def possible_ids(connection: Connection, key: str) -> Select[tuple[int]]:
    """Select the persons whose name has the triples of letters of `key`; still look inside."""
    if is_sqlite(connection):
        search = table("person_search", column("rowid", Integer), column("person_search", String))
        # an index without positions answers for the whole table only, by the column of its name
        matches = search.c.person_search.op("MATCH")(_trigrams(key))
        return select(search.c.rowid).where(matches)
    person = table("person", column("id", Integer), column("name_key", String))
    return select(person.c.id).where(person.c.name_key.contains(key, autoescape=True))


def ids_by_name_part(
    connection: Connection, key: str, *, limit: int, at_most: int
) -> list[int] | None:
    """Give persons whose name has `key` after its beginning, in name order.

    None where more than `at_most` names may have it: then walking the names finds some sooner.
    """
    if not is_sqlite(connection):
        person = table("person", column("id", Integer), column("name_key", String))
        inside = person.c.id.in_(possible_ids(connection, key))
        query = select(person.c.id).where(
            inside, after_beginning(connection, person.c.name_key, key)
        )
        query = query.order_by(person.c.name_key, person.c.id).limit(limit)
        return [row[0] for row in connection.execute(query)]
    count, ids, people = connection.exec_driver_sql(
        "SELECT count(*), json_group_array(rowid), (SELECT max(id) FROM person) FROM "
        "(SELECT rowid FROM person_search WHERE person_search MATCH ? LIMIT ?)",
        (_trigrams(key), at_most + 1),
    ).one()
    if count > WALK_FROM:
        # evenly spread names lie within a third of this stretch
        found = _ids_in_first_names(connection, key, limit, names=3 * limit * people // count)
        if len(found) == limit:
            return found
    return None if count > at_most else _ids_among(connection, key, limit, ids=ids)


def _ids_in_first_names(connection: Connection, key: str, limit: int, *, names: int) -> list[int]:
    rows = connection.exec_driver_sql(
        "SELECT id FROM (SELECT id, name_key FROM person ORDER BY name_key, id LIMIT ?) "
        "WHERE instr(name_key, ?) > 1 ORDER BY name_key, id LIMIT ?",
        (names, key, limit),
    )
    return [row[0] for row in rows]


def _ids_among(connection: Connection, key: str, limit: int, *, ids: str) -> list[int]:
    # unasked, the engine reads each name out of the wide table: ten times as many pages to unlock
    rows = connection.exec_driver_sql(
        "SELECT p.id FROM json_each(?) j CROSS JOIN person p INDEXED BY ix_person_id_name_key "
        "ON p.id = j.value WHERE instr(p.name_key, ?) > 1 ORDER BY p.name_key, p.id LIMIT ?",
        (ids, key, limit),
    )
    return [row[0] for row in rows]


def after_beginning(
    connection: Connection, name: ColumnElement[str], key: str
) -> ColumnElement[bool]:
    """Compare: the name contains `key`, but does not begin with it."""
    position = func.instr if is_sqlite(connection) else func.strpos
    return position(name, key) > 1


def _trigrams(text: str) -> str:
    """Cover the text with triples: more of them would cost more than the hits they rule out."""
    starts = {*range(0, len(text) - 2, 3), len(text) - 3}
    triples = sorted({text[start : start + 3] for start in starts})
    return " AND ".join('"' + triple.replace('"', '""') + '"' for triple in triples)


def json_element(connection: Connection, column: str, at: int) -> str:
    """Write how one element of a column with a JSON array is taken as plain text or number."""
    if is_sqlite(connection):
        return f"json_extract({column}, '$[{at:d}]')"
    return f"({column}::json ->> {at:d})"


def native(connection: Connection, sql: str) -> str:
    """Write a plain statement as the driver wants it.

    `?` marks a parameter; `{texts}` becomes rows j(value) of one JSON array parameter.
    """
    if is_sqlite(connection):
        return sql.replace("{texts}", "json_each(?) j")
    return sql.replace("{texts}", "json_array_elements_text(?::json) AS j(value)").replace(
        "?", "%s"
    )
