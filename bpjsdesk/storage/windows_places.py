"""What Windows knows of drives and synchronised folders; imported on Windows only."""

import ctypes
import sys
import winreg
from collections.abc import Iterator
from contextlib import contextmanager

assert sys.platform == "win32"  # mypy on other systems skips what follows

_REMOTE = 4  # DRIVE_REMOTE of GetDriveTypeW
_ONEDRIVE = r"Software\Microsoft\OneDrive\Accounts"
_SYNC_ROOTS = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Explorer\SyncRootManager"


def is_network_drive(anchor: str) -> bool:
    r"""Tell whether a letter such as `Z:\` stands for a folder of another machine."""
    ask = ctypes.WinDLL("kernel32").GetDriveTypeW
    ask.argtypes, ask.restype = (ctypes.c_wchar_p,), ctypes.c_uint
    return bool(ask(anchor) == _REMOTE)


def synced_folders() -> Iterator[str]:
    """Give the folders that OneDrive and other programs of a cloud keep in step on this PC."""
    for account in _keys_below(winreg.HKEY_CURRENT_USER, _ONEDRIVE):
        yield from _values(winreg.HKEY_CURRENT_USER, account, "UserFolder")
    for root in _keys_below(winreg.HKEY_LOCAL_MACHINE, _SYNC_ROOTS):
        yield from _values(winreg.HKEY_LOCAL_MACHINE, rf"{root}\UserSyncRoots")


def _keys_below(hive: int, name: str) -> Iterator[str]:
    with _opened(hive, name) as key:
        if key is not None:
            count = winreg.QueryInfoKey(key)[0]
            yield from (rf"{name}\{winreg.EnumKey(key, number)}" for number in range(count))


def _values(hive: int, name: str, only: str | None = None) -> Iterator[str]:
    with _opened(hive, name) as key:
        if key is None:
            return
        for number in range(winreg.QueryInfoKey(key)[1]):
            value_name, value, _kind = winreg.EnumValue(key, number)
            if only in (None, value_name) and isinstance(value, str) and value:
                yield value


@contextmanager
def _opened(hive: int, name: str) -> Iterator["winreg.HKEYType | None"]:
    """Give a key of the registry; None where it is not there or may not be read."""
    try:
        key = winreg.OpenKey(hive, name)
    except OSError:
        yield None
        return
    with key:
        yield key
