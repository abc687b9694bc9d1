"""Whether a person sits behind a stream of Windows; imported on Windows only."""

import ctypes
import io
import msvcrt
import sys
from ctypes import wintypes
from typing import TextIO

assert sys.platform == "win32"  # mypy on other systems skips what follows


def is_console(stream: TextIO) -> bool:
    """Tell a console from the device NUL, which `isatty` takes for a terminal as well."""
    try:
        descriptor = stream.fileno()
    except io.UnsupportedOperation:
        return stream.isatty()
    kernel = ctypes.WinDLL("kernel32")
    kernel.GetConsoleMode.argtypes = (wintypes.HANDLE, ctypes.c_void_p)
    mode = wintypes.DWORD()
    return bool(kernel.GetConsoleMode(msvcrt.get_osfhandle(descriptor), ctypes.byref(mode)))
