"""Good lists damaged at random, always in the same way: bytes of the file, and XML in its zip."""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from tests.proofs.hostile_files import sound_files

SEED = 20261120
INSIDE_SHARE = 0.6
_INTERESTING = (0, 1, 0x20, 0x22, 0x26, 0x2C, 0x3B, 0x3C, 0x3E, 0x5B, 0x7F, 0x80, 0xC0, 0xFE, 0xFF)
_PIECES = (b"<", b">", b"&", b'"', b"</c>", b"<row>", b"-1", b"99999999999", b"\0", b"]]>", b"'")
Change = Callable[[bytes, Random], bytes]


def mutations(folder: Path, numbers: range) -> Iterator[tuple[str, Path]]:
    """Write one damaged list after the other; the same number gives the same file."""
    goods = sound_files(folder)
    for number in numbers:
        dice = Random(SEED + number)
        name, content = goods[number % len(goods)]
        inside = name.endswith((".xlsx", ".ods")) and dice.random() < INSIDE_SHARE
        damaged = _in_zip(content, dice) if inside else _damaged(content, dice)
        path = folder / f"m{number}{Path(name).suffix}"
        path.write_bytes(damaged)
        yield f"mutation {number} of {name}", path
        path.unlink()


def _in_zip(content: bytes, dice: Random) -> bytes:
    """Damage one part of a zip and pack it soundly again, so that the damage is really read."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        names = old.namelist()
        # sheets and texts are where a reader works
        likely = [n for n in names if "sheet" in n or "content" in n or "Strings" in n] or names
        chosen = dice.choice(likely if dice.random() < 0.7 else names)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
            for name in names:
                part = old.read(name)
                new.writestr(name, _damaged(part, dice) if name == chosen else part)
    return target.getvalue()


def _damaged(content: bytes, dice: Random) -> bytes:
    for _ in range(dice.choice((1, 1, 1, 2, 3, 8))):
        content = dice.choice(_CHANGES)(content, dice)
    return content


def _flip(content: bytes, dice: Random) -> bytes:
    at = _place(content, dice)
    return content[:at] + bytes([content[at] ^ (1 << dice.randrange(8))]) + content[at + 1 :]


def _replace(content: bytes, dice: Random) -> bytes:
    at = _place(content, dice)
    return content[:at] + bytes([dice.choice(_INTERESTING)]) + content[at + 1 :]


def _insert(content: bytes, dice: Random) -> bytes:
    at = _place(content, dice)
    return content[:at] + dice.choice(_PIECES) + content[at:]


def _drop(content: bytes, dice: Random) -> bytes:
    at = _place(content, dice)
    return content[:at] + content[at + dice.randrange(1, 64) :]


def _double(content: bytes, dice: Random) -> bytes:
    at, size = _place(content, dice), dice.randrange(1, 400)
    return content[: at + size] + content[at:]


def _cut(content: bytes, dice: Random) -> bytes:
    return content[: _place(content, dice) + 1]


def _zero(content: bytes, dice: Random) -> bytes:
    at, size = _place(content, dice), dice.randrange(1, 64)
    return content[:at] + bytes(len(content[at : at + size])) + content[at + size :]


def _number(content: bytes, dice: Random) -> bytes:
    """Put another number in place of one that is written."""
    digits = [at for at, byte in enumerate(content[:20_000]) if 48 <= byte <= 57]
    if not digits:
        return content
    at = dice.choice(digits)
    number = dice.choice((b"-1", b"0", b"4294967296", b"1048577", b"1e400", b""))
    return content[:at] + number + content[at + 1 :]


def _place(content: bytes, dice: Random) -> int:
    return dice.randrange(len(content)) if content else 0


_CHANGES: tuple[Change, ...] = (_flip, _replace, _insert, _drop, _double, _cut, _zero, _number)
