"""The levels of issue codes as dated rows, and what a change of one must say."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bpjsdesk.domain.problems import FieldProblem
from bpjsdesk.domain.row_issues import IssueCode, Level

LEVEL_WORDS = {
    Level.ERROR: "Galat, menahan baris",
    Level.WARNING: "Peringatan, tidak menahan",
    Level.OFF: "Tidak dipakai",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRow:
    """What an issue does to its row from one day to another; a locked one is never lowered."""

    code: IssueCode
    level: Level
    locked: bool
    reason: str
    valid_from: date
    valid_to: date | None
    legal_basis: str
    verified: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelChange:
    """Another level for a code from a day on, with the reason for it."""

    code: IssueCode
    level: Level
    valid_from: date
    reason: str


def level_problems(
    change: LevelChange, now: LevelRow | None, today: date
) -> Iterator[FieldProblem]:
    """Say what is wrong with a change; `now` is the row in force on its first day."""
    if now is not None and now.locked:
        yield FieldProblem(
            field="level",
            code="LEVEL_LOCKED",
            message="Kode ini dikunci: tanpa pemeriksaan ini orang yang salah dapat didaftarkan.",
        )
    elif now is not None and now.level is change.level:
        yield FieldProblem(
            field="level", code="LEVEL_SAME", message="Tingkat ini sudah berlaku pada hari itu."
        )
    if change.valid_from < today:
        yield FieldProblem(
            field="valid_from",
            code="LEVEL_IN_THE_PAST",
            message="Tingkat baru berlaku paling cepat mulai hari ini.",
        )
    if not change.reason.strip():
        yield FieldProblem(
            field="reason", code="FIELD_MISSING", message="Tulis alasan perubahan tingkat ini."
        )
