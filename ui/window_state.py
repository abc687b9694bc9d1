"""What the window remembers between starts, in one small file beside the data."""

import base64
import binascii
import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowState:
    """Hold look, size and who was here last; nothing of it is secret."""

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
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return WindowState()
    return _sound(found) if isinstance(found, dict) else WindowState()


def save_window_state(path: Path, state: WindowState) -> None:
    """Raises: EnvironmentProblem."""
    # imported here: it loads hashlib and tempfile, for which the first window should not wait
    from bpjsdesk.files import atomic_write  # noqa: PLC0415

    atomic_write(path, json.dumps(asdict(state), ensure_ascii=False, indent=1).encode())


def with_geometry(state: WindowState, geometry: bytes) -> WindowState:
    return replace(state, geometry=base64.b64encode(geometry).decode())


def _sound(found: dict[str, Any]) -> WindowState:
    usual = asdict(WindowState())
    kept = {
        name: found[name]
        for name, value in usual.items()
        if isinstance(found.get(name), type(value))
    }
    return WindowState(**kept)
