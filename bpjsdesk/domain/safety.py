"""What backups, health checks and the history of deeds tell a reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupNote:
    """A backup that was opened and counted after it was made."""

    made_at: datetime
    file_name: str
    sha256: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What a check of the whole file found; `broken_link` is the first audit entry that fails."""

    problems: tuple[str, ...]
    broken_link: int | None
    audit_entries: int
    uncounted_batches: tuple[str, ...]
    rows: Mapping[str, int]

    @property
    def is_sound(self) -> bool:
        return not self.problems and self.broken_link is None and not self.uncounted_batches


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditListItem:
    """One deed; `payload` holds counts and masked values."""

    seq: int
    at: str
    user_name: str
    role: str
    command: str
    object_kind: str
    object_id: int | None
    result: str
    payload: Mapping[str, object]
