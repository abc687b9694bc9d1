"""The key that brings a row of an error workbook back to its line, and to no other."""

import hashlib
import hmac
import re

from bpjsdesk.services.context import AppContext
from bpjsdesk.storage.keys import derived_key

_KEY = re.compile(r"K(\d{1,12})-(\d{1,12})-([0-9A-F]{10})")
_SEAL_DIGITS = 10


def row_key(context: AppContext, batch_id: int, line_id: int) -> str:
    """Make the key of a line, sealed so that nobody can write one for another line."""
    return f"K{batch_id}-{line_id}-{_seal(context, batch_id, line_id)}"


def key_of(context: AppContext, text: str) -> tuple[int, int] | None:
    """Give batch and line that a key names; None where it was changed."""
    match = _KEY.fullmatch(text.strip())
    if match is None:
        return None
    batch_id, line_id = int(match[1]), int(match[2])
    return (batch_id, line_id) if match[3] == _seal(context, batch_id, line_id) else None


def _seal(context: AppContext, batch_id: int, line_id: int) -> str:
    key = derived_key(context.data_key, "row-key")
    digest = hmac.new(key, f"{batch_id}:{line_id}".encode(), hashlib.sha256)
    return digest.hexdigest()[:_SEAL_DIGITS].upper()
