"""The key that brings a row of an error workbook back to its line, and to no other."""

import hashlib
import hmac
import re
from typing import NamedTuple

from bpjsdesk.services.context import AppContext
from bpjsdesk.storage.keys import derived_key

_KEY = re.compile(r"K(\d{1,12})-(\d{1,12})-([0-9A-F]{10})-([0-9A-F]{10})")
_DIGITS = 10


class RowKey(NamedTuple):
    """What a sound key names; `content` is a digest of the line as it first arrived."""

    batch_id: int
    line_id: int
    content: str


def row_key(context: AppContext, batch_id: int, line_id: int, arrived: str) -> str:
    """Make the key of a line, sealed so that nobody can write one for another line.

    `arrived` are the cells as they first came. The number of a line that is gone is given again,
    so that the number alone would bring a row back to somebody else.
    """
    digest = content_digest(context, arrived)
    return f"K{batch_id}-{line_id}-{digest}-{_seal(context, f'{batch_id}:{line_id}:{digest}')}"


def key_of(context: AppContext, text: str) -> RowKey | None:
    """Give what a key names; None where it was changed."""
    match = _KEY.fullmatch(text.strip())
    if match is None:
        return None
    key = RowKey(int(match[1]), int(match[2]), match[3])
    return key if match[4] == _seal(context, f"{key[0]}:{key[1]}:{key[2]}") else None


def content_digest(context: AppContext, arrived: str) -> str:
    """Give the digest by which a key knows the line that it was made for."""
    return _seal(context, f"content:{arrived}")


def _seal(context: AppContext, text: str) -> str:
    key = derived_key(context.data_key, "row-key")
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:_DIGITS].upper()
