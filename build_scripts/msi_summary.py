"""Gives an MSI that wixl has built an identity of its content, its language and a fixed date."""

import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from struct import pack, unpack

from build_scripts.dev_report import Stop
from build_scripts.product import NAME, VENDOR

_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_FILETIME = pack("<I", 0x40)  # the type of a property, before its value
_LENGTH = len(_FILETIME) + 8


def settle(path: Path, *, code: str, language: str, moment: int) -> None:
    """Replace what wixl takes from chance and from the clock, and the English that it writes.

    Raises: Stop with msibuild's own words.
    """
    summary = ["-s", f"{NAME} (paket pemasangan)", VENDOR, f"x64;{language}", f"{{{code.upper()}}}"]
    done = subprocess.run(
        ["msibuild", str(path), *summary], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise Stop(f"msibuild could not name {path.name}.\n{done.stderr}")
    content = path.read_bytes()
    path.write_bytes(_dated(content, moment))


def _dated(content: bytes, moment: int) -> bytes:
    """Replace each pair of moments of today, created and saved, that stand one after the other."""
    now = datetime.now(UTC)
    fixed = _FILETIME + pack("<Q", _ticks(datetime.fromtimestamp(moment, UTC)))
    near = range(_ticks(now - timedelta(days=1)), _ticks(now + timedelta(days=1)))
    changed = bytearray(content)
    at = content.find(_FILETIME)
    while at >= 0:
        pair = content[at : at + 2 * _LENGTH]
        if len(pair) == 2 * _LENGTH and pair[_LENGTH:].startswith(_FILETIME):
            values = unpack("<4xQ4xQ", pair)
            if all(value in near for value in values):
                changed[at : at + 2 * _LENGTH] = 2 * fixed
        at = content.find(_FILETIME, at + 1)
    return bytes(changed)


def _ticks(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(microseconds=1) * 10
