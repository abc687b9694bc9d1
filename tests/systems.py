"""The system that the tests run on: what it cannot do, and which processes run on it."""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

if sys.platform == "win32":
    import _winapi

    from build_scripts import windows_processes


def not_on_windows(reason: str) -> pytest.MarkDecorator:
    """Leave a test out on Windows, where it cannot be asked."""
    return pytest.mark.skipif(os.name == "nt", reason=f"Windows: {reason}")


def only_on_windows(reason: str) -> pytest.MarkDecorator:
    """Leave a test out elsewhere, where it would show nothing."""
    return pytest.mark.skipif(os.name != "nt", reason=f"only Windows: {reason}")


def not_under_wine(reason: str) -> pytest.MarkDecorator:
    """Leave a test out where Wine plays Windows and lacks what Windows has."""
    return pytest.mark.skipif(is_wine(), reason=f"Wine: {reason}")


def needs_memory_cap() -> pytest.MarkDecorator:
    """Leave a test out where nothing holds the reader of workbooks to its memory."""
    return not_under_wine("it does not enforce the memory limit of a job object")


def is_wine() -> bool:
    """Tell whether this Windows is Wine."""
    if sys.platform == "win32":
        return hasattr(ctypes.WinDLL("ntdll"), "wine_get_version")
    else:  # mypy takes what follows a branch that returns for unreachable on Windows
        return False


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold a file as a program of Windows does that lets nobody else open it."""
    if sys.platform == "win32":
        handle = _winapi.CreateFile(
            str(path), _winapi.GENERIC_READ, 0, _winapi.NULL, _winapi.OPEN_EXISTING, 0, _winapi.NULL
        )
        try:
            yield
        finally:
            _winapi.CloseHandle(handle)
    else:
        raise NotImplementedError("only Windows keeps others from opening a file")


def descendants(root: int) -> set[int]:
    """Give the ids of the children of a process, of their children, and so on."""
    if sys.platform == "win32":
        return windows_processes.descendants(root)
    else:  # see is_wine
        children = _linux_children(root)
        return children.union(*map(descendants, children))


def is_running(process: int) -> bool:
    """Tell whether a process has not ended; one that nobody has waited for has."""
    if sys.platform == "win32":
        return process in windows_processes.running()
    else:  # see is_wine
        try:
            state = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0]
        except FileNotFoundError:
            return False
        return state != "Z"


def _linux_children(process: int) -> set[int]:
    lists = (path.read_text("ascii") for path in Path(f"/proc/{process}/task").glob("*/children"))
    return {int(child) for text in lists for child in text.split()}
