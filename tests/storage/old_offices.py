"""Offices as earlier versions of the program left them, made up and founded with their own code."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2

from bpjsdesk.paths import AppPaths
from bpjsdesk.services.passwords import holder_of
from bpjsdesk.storage import keys
from bpjsdesk.storage.database import Database
from bpjsdesk.storage.keys import KeyFile
from tests.offices import FOUNDER, PASSWORD

_FIXTURES = Path(__file__).parent / "fixtures"


def old_office(revision: str, folder: Path) -> AppPaths:
    """Lay out the office that stood at a revision, locked with its own keys.

    The fixture holds its pages unlocked and pressed together: locked they cannot be made smaller.
    Its lists of regions, holidays and spellings are cut down to what the tests need.
    """
    kept, paths = _FIXTURES / f"office_{revision}", AppPaths(folder)
    folder.mkdir()
    paths.keys.write_bytes((kept / "kunci.json").read_bytes())
    plain = folder / "terbuka.db"
    plain.write_bytes(gzip.decompress((kept / "bpjsdesk.db.gz").read_bytes()))
    connection = dbapi2.connect(str(plain), isolation_level=None)
    connection.execute(
        "ATTACH DATABASE ? AS store KEY ?", (str(paths.database), f"x'{_key(paths).hex()}'")
    )
    connection.execute("SELECT sqlcipher_export('store')")
    connection.close()
    plain.unlink()
    return paths


@contextmanager
def open_store(paths: AppPaths) -> Iterator[Database]:
    """Open the file of an old office as it is, without bringing it up to date."""
    database = Database(paths.database, _key(paths))
    yield database
    database.close()


def _key(paths: AppPaths) -> bytes:
    return keys.unwrap(KeyFile(paths).entries()[holder_of(FOUNDER)], PASSWORD)
