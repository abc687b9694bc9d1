"""The one way to write a file for the user, and to tell two files apart."""

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bpjsdesk.errors import AppError, EnvironmentProblem


def atomic_write(path: Path, data: bytes) -> None:
    """Put `data` in place of `path`, or leave what was there untouched.

    Raises: EnvironmentProblem when the disk is full or the target cannot be written.
    """
    with replacing(path) as part:
        part.write_bytes(data)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a scratch file beside `path`; on success it is flushed and takes its place.

    Raises: EnvironmentProblem when the disk is full or the target cannot be written.
    """
    part: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
        os.close(handle)
        part = Path(name)
        yield part
        _flush(part)
        os.replace(part, path)
        _flush_folder(path.parent)
    except OSError as problem:
        raise _explained(path, problem) from problem
    except Exception as problem:
        # XlsxWriter tells of the disk's refusal in an exception of its own
        if isinstance(problem, AppError) or not isinstance(problem.__context__, OSError):
            raise
        raise _explained(path, problem.__context__) from problem
    finally:
        if part is not None:
            part.unlink(missing_ok=True)


def file_digest(path: Path) -> str:
    """Give the SHA-256 of a file's bytes in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _flush(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows has no handle on a folder; the rename is journalled by NTFS
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _explained(path: Path, problem: OSError) -> EnvironmentProblem:
    if problem.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return EnvironmentProblem(
            "DISK_FULL",
            f"Ruang disk habis saat menulis {path.name}. Berkas lama tidak berubah. "
            "Kosongkan ruang disk, lalu ulangi.",
        )
    return EnvironmentProblem(
        "FILE_NOT_WRITABLE",
        f"Berkas {path.name} tidak dapat ditulis. Berkas lama tidak berubah. "
        "Tutup program lain yang membukanya atau pilih folder lain, lalu ulangi.",
    )
