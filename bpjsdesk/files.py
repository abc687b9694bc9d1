"""The one way to write a file for the user, and to tell two files apart."""

import errno
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from bpjsdesk.errors import AppError, EnvironmentProblem, UserError
from bpjsdesk.file_names import fits_windows, safe_name

IS_WINDOWS = os.name == "nt"
WINDOWS_LIMIT = 260  # MAX_PATH, with its closing zero; in force unless the PC was set otherwise
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_WINDOWS_FULL = frozenset({39, 112})  # ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL
_WINDOWS_TOO_LONG = 206  # ERROR_FILENAME_EXCED_RANGE
_SCRATCH_ROOM = 40  # what the longest scratch name beside a file adds to its folder
_WAITS_S = (0.02, 0.05, 0.1, 0.2)


Record = Callable[[], object]


def nothing() -> None:
    """Write nothing down."""


def atomic_write(path: Path, data: bytes, *, record: Record = nothing) -> None:
    """Put `data` in place of `path`, or leave what was there untouched.

    `record` writes down that the file goes out. It is called when all bytes are on the disk and
    only the name is missing: what it raises leaves no file, and a file that cannot be written
    is not written down.
    Raises: EnvironmentProblem when the disk is full or the target cannot be written; UserError
        FILE_NAME_UNUSABLE; what `record` raises.
    """
    with replacing(path) as part:
        part.write_bytes(data)
        _patiently(partial(_flush, part))
        _patiently(partial(_require_free, path))
        record()


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a scratch file beside `path`; on success it is flushed and takes its place.

    Raises: EnvironmentProblem when the disk is full or the target cannot be written; UserError
        FILE_NAME_UNUSABLE.
    """
    if IS_WINDOWS:
        _require_name(path.name)
    part: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = _scratch_beside(path)
        yield part
        _patiently(partial(_flush, part))
        _patiently(partial(os.replace, part, path))
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
            _drop(part)


def file_digest(path: Path) -> str:
    """Give the SHA-256 of a file's bytes in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def is_too_long_for_windows(folder: Path, longest_name: int) -> bool:
    """Tell whether a file of this length in `folder` passes what Windows takes as a path."""
    return len(os.path.abspath(folder)) + 1 + longest_name >= WINDOWS_LIMIT


def _require_name(name: str) -> None:
    """Windows would write to a device, or to a hidden part of another file, and report success."""
    if not fits_windows(name):
        raise UserError(
            "FILE_NAME_UNUSABLE",
            f"Windows tidak menerima nama berkas {name}. Pakai nama lain, misalnya "
            f"{safe_name(name)}.",
        )


def _require_free(path: Path) -> None:
    """Raises: OSError where nothing may take the place of what lies at `path`."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not IS_WINDOWS or not path.exists():
        return
    if not os.access(path, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    os.rename(path, path)  # refused while another program holds the file


def _scratch_beside(path: Path) -> Path:
    # not by tempfile: on Windows it tries ten thousand names in a folder that it may not write to
    part = path.with_name(f".{os.urandom(6).hex()}.part")
    flags = os.O_CREAT | os.O_EXCL | os.O_RDWR
    os.close(os.open(part, flags, 0o600))
    return part


def _patiently(act: Callable[[], object]) -> None:
    """Try again for a blink: on Windows a virus scanner looks into every new file."""
    for wait_s in _WAITS_S if IS_WINDOWS else ():
        try:
            act()
            return
        except PermissionError:
            time.sleep(wait_s)
    act()


def _drop(part: Path) -> None:
    try:
        part.unlink(missing_ok=True)
    except OSError:
        # only after a failure is there anything to remove, and that failure is what must be told
        return


def _flush(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _flush_folder(folder: Path) -> None:
    if IS_WINDOWS:
        return  # Windows has no handle on a folder; the rename is journalled by NTFS
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _explained(path: Path, problem: OSError) -> EnvironmentProblem:
    if problem.errno in _FULL or getattr(problem, "winerror", None) in _WINDOWS_FULL:
        return EnvironmentProblem(
            "DISK_FULL",
            f"Ruang disk habis saat menulis {path.name}. Berkas lama tidak berubah. "
            "Kosongkan ruang disk, lalu ulangi.",
        )
    if _is_too_long(path, problem):
        return EnvironmentProblem(
            "PATH_TOO_LONG",
            f"Nama folder dan berkas {path.name[:40]}… terlalu panjang untuk sistem ini. "
            "Pilih folder yang lebih pendek atau nama berkas yang lebih singkat, lalu ulangi.",
        )
    return EnvironmentProblem(
        "FILE_NOT_WRITABLE",
        f"Berkas {path.name} tidak dapat ditulis. Berkas lama tidak berubah. "
        "Tutup program lain yang membukanya, atau pilih nama atau folder lain, lalu ulangi.",
    )


def _is_too_long(path: Path, problem: OSError) -> bool:
    if problem.errno == errno.ENAMETOOLONG:
        return True
    if getattr(problem, "winerror", None) == _WINDOWS_TOO_LONG:
        return True
    # Windows says of a path beyond its limit that it is not there
    is_lost = isinstance(problem, FileNotFoundError) and IS_WINDOWS
    longest = max(len(path.name), _SCRATCH_ROOM)
    return is_lost and is_too_long_for_windows(path.parent, longest)
