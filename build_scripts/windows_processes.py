"""Running processes and their memory, as Windows tells of them; imported on Windows only."""

import ctypes
import sys
from collections.abc import Iterator
from ctypes import wintypes

assert sys.platform == "win32"  # mypy on other systems skips what follows

_ALL_PROCESSES = 0x2  # TH32CS_SNAPPROCESS
_MAY_ASK = 0x1000 | 0x10  # PROCESS_QUERY_LIMITED_INFORMATION, PROCESS_VM_READ


class _Process(ctypes.Structure):
    """PROCESSENTRY32W."""

    _fields_ = (
        ("size", wintypes.DWORD),
        ("usage", wintypes.DWORD),
        ("id", wintypes.DWORD),
        ("heap", ctypes.c_size_t),
        ("module", wintypes.DWORD),
        ("threads", wintypes.DWORD),
        ("parent_id", wintypes.DWORD),
        ("priority", wintypes.LONG),
        ("flags", wintypes.DWORD),
        ("program", wintypes.WCHAR * 260),
    )


class _Memory(ctypes.Structure):
    """PROCESS_MEMORY_COUNTERS."""

    _fields_ = (
        ("size", wintypes.DWORD),
        ("page_faults", wintypes.DWORD),
        ("peak_working_set", ctypes.c_size_t),
        ("others", ctypes.c_size_t * 7),
    )


def descendants(root: int) -> set[int]:
    """Give the ids of the children of a process, of their children, and so on.

    In a virtual environment of Windows `python.exe` only starts the real one as its child.
    """
    children: dict[int, list[int]] = {}
    for process_id, parent_id in _parents():
        children.setdefault(parent_id, []).append(process_id)
    found: set[int] = set()
    waiting = [root]
    while waiting:
        young = set(children.get(waiting.pop(), ())) - found - {root}
        found |= young
        waiting += young
    return found


def running() -> set[int]:
    """Give the ids of all processes."""
    return {process_id for process_id, _parent_id in _parents()}


def peak_bytes(process_id: int) -> int:
    """Give the highest working set that a process ever had; 0 when it has ended."""
    kernel = _kernel()
    process = kernel.OpenProcess(_MAY_ASK, False, process_id)
    if not process:
        return 0
    memory = _Memory(size=ctypes.sizeof(_Memory))
    told = kernel.K32GetProcessMemoryInfo(process, ctypes.byref(memory), memory.size)
    kernel.CloseHandle(process)
    return int(memory.peak_working_set) if told else 0


def _parents() -> Iterator[tuple[int, int]]:
    kernel = _kernel()
    picture = kernel.CreateToolhelp32Snapshot(_ALL_PROCESSES, 0)
    if picture == wintypes.HANDLE(-1).value:
        raise ctypes.WinError(ctypes.get_last_error())
    entry = _Process(size=ctypes.sizeof(_Process))
    try:
        there = kernel.Process32FirstW(picture, ctypes.byref(entry))
        while there:
            yield int(entry.id), int(entry.parent_id)
            there = kernel.Process32NextW(picture, ctypes.byref(entry))
    finally:
        kernel.CloseHandle(picture)


def _kernel() -> ctypes.WinDLL:
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateToolhelp32Snapshot.restype = wintypes.HANDLE
    kernel.OpenProcess.restype = wintypes.HANDLE
    for function in (kernel.Process32FirstW, kernel.Process32NextW):
        function.argtypes = (wintypes.HANDLE, ctypes.c_void_p)
    kernel.K32GetProcessMemoryInfo.argtypes = (wintypes.HANDLE, ctypes.c_void_p, wintypes.DWORD)
    kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
    return kernel
