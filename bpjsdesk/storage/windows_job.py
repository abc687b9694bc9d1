"""A Windows Job Object around this very process; imported on Windows only."""

import ctypes
import sys
from ctypes import wintypes

assert sys.platform == "win32"  # mypy on other systems skips what follows

_PROCESS_TIME, _PROCESS_MEMORY, _DIE_QUIETLY = 0x2, 0x100, 0x400
_EXTENDED_LIMITS = 9
_NO_ERROR_BOXES = 0x1 | 0x2
_TICKS_A_SECOND = 10_000_000


class _BasicLimits(ctypes.Structure):
    _fields_ = (
        ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
        ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
        ("LimitFlags", wintypes.DWORD),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", wintypes.DWORD),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", wintypes.DWORD),
        ("SchedulingClass", wintypes.DWORD),
    )


class _ExtendedLimits(ctypes.Structure):
    _fields_ = (
        ("BasicLimitInformation", _BasicLimits),
        ("IoInfo", ctypes.c_ulonglong * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


def put_this_process_into_a_job(*, memory_bytes: int, cpu_s: int) -> None:
    """Cap memory and processor time; jobs may be nested since Windows 8.

    Raises: OSError when Windows refuses.
    """
    limits = _ExtendedLimits()
    limits.BasicLimitInformation.LimitFlags = _PROCESS_TIME | _PROCESS_MEMORY | _DIE_QUIETLY
    limits.BasicLimitInformation.PerProcessUserTimeLimit = cpu_s * _TICKS_A_SECOND
    limits.ProcessMemoryLimit = memory_bytes
    kernel = _kernel()
    kernel.SetErrorMode(_NO_ERROR_BOXES)
    job = kernel.CreateJobObjectW(None, None)
    size = ctypes.sizeof(limits)
    if not (
        job
        and kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), size)
        and kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
    ):
        raise ctypes.WinError(ctypes.get_last_error())


def _kernel() -> ctypes.WinDLL:
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, ctypes.c_wchar_p)
    kernel.CreateJobObjectW.restype = wintypes.HANDLE
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    kernel.SetInformationJobObject.argtypes = (
        wintypes.HANDLE,
        ctypes.c_int,
        ctypes.c_void_p,
        wintypes.DWORD,
    )
    return kernel
