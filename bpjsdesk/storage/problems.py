"""Turn what the driver raises into what a reader can act on; never by the text of an error."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from bpjsdesk.errors import EnvironmentProblem


@contextmanager
def explained() -> Iterator[None]:
    """Raises: EnvironmentProblem, such as DISK_FULL or STORE_BUSY, in place of driver errors."""
    try:
        yield
    except (DBAPIError, dbapi2.Error) as problem:
        cause = problem.orig if isinstance(problem, DBAPIError) else problem
        name = getattr(cause, "sqlite_errorname", "") or ""
        known = _known(name)
        if known is None:
            raise
        raise known from problem


def disk_full() -> EnvironmentProblem:
    """Say that the disk took no more."""
    return EnvironmentProblem(
        "DISK_FULL",
        "Ruang disk habis atau disk tidak dapat ditulis. Tidak ada data yang berubah. "
        "Kosongkan ruang disk, lalu ulangi.",
    )


def _known(name: str) -> EnvironmentProblem | None:
    if name == "SQLITE_FULL" or name.startswith("SQLITE_IOERR"):
        return disk_full()
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return EnvironmentProblem(
            "STORE_BUSY",
            "Data sedang dipakai petugas lain. Tidak ada data yang berubah. "
            "Tunggu sebentar, lalu ulangi.",
        )
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return EnvironmentProblem(
            "STORE_DAMAGED",
            "Berkas data rusak atau kuncinya tidak cocok. Berkas tidak diubah. "
            "Pulihkan dari cadangan terakhir yang terbukti.",
        )
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_PERM")):
        return EnvironmentProblem(
            "STORE_NOT_WRITABLE",
            "Folder data tidak dapat dibuka atau ditulis. Periksa izin folder, lalu ulangi.",
        )
    return None
