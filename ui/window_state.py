"""What the window remembers between starts, in one small file beside the data."""

import base64
import binascii
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QByteArray, QJsonDocument


class WindowState(NamedTuple):
    """Hold look, size and who was here last; nothing of it is secret.

    A named tuple, since a data class takes Python a millisecond of the time to the login.
    """

    theme: str = "system"
    scale: float = 1.0
    geometry: str = ""
    office: str = ""
    last_user: str = ""
    last_opened_at: str = ""

    @property
    def geometry_bytes(self) -> bytes:
        try:
            return base64.b64decode(self.geometry, validate=True)
        except binascii.Error:
            return b""


def load_window_state(path: Path) -> WindowState:
    """Read the file; a missing or damaged one counts as a first start."""
    try:
        # read by Qt, which is loaded already: json would hold up the login
        found = QJsonDocument.fromJson(QByteArray(path.read_bytes())).toVariant()
    except OSError:
        return WindowState()
    return _sound(found) if isinstance(found, dict) else WindowState()


def save_window_state(path: Path, state: WindowState) -> None:
    """Raises: EnvironmentProblem."""
    # imported here: the first window should not wait for what they load
    import json  # noqa: PLC0415

    from bpjsdesk.files import atomic_write  # noqa: PLC0415

    atomic_write(path, json.dumps(state._asdict(), ensure_ascii=False, indent=1).encode())


def with_geometry(state: WindowState, geometry: bytes) -> WindowState:
    return state._replace(geometry=base64.b64encode(geometry).decode())


def _sound(found: dict[str, Any]) -> WindowState:
    usual = WindowState()._asdict()
    kept = {
        name: found[name]
        for name, value in usual.items()
        if isinstance(found.get(name), type(value))
    }
    return WindowState(**kept)
