"""Dated reference rows: what was in force on a day, on which legal basis, verified or not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Generic, Protocol, TypeVar

from bpjsdesk.domain.wording import format_date
from bpjsdesk.errors import UserError

T = TypeVar("T")


class DatedRow(Protocol):
    """Anything in force from one day to another, both included; no end means open."""

    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...


R = TypeVar("R", bound=DatedRow)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated(Generic[T]):
    """A value with its validity; `verified` once compared with the law."""

    value: T
    valid_from: date
    valid_to: date | None = None
    legal_basis: str = ""
    verified: bool = False


def is_valid_on(row: DatedRow, day: date) -> bool:
    """Say whether a row is in force on a day."""
    return row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)


def rows_on(rows: Iterable[R], day: date) -> list[R]:
    """Give every row in force on a day, for lists such as categories."""
    return [row for row in rows if is_valid_on(row, day)]


def valid_on(rows: Iterable[R], day: date, *, what: str) -> R:
    """Give the one row in force on a day; `what` names the matter in the reader's words.

    Raises: UserError REFERENCE_MISSING when there is none, REFERENCE_OVERLAP when there are more.
    """
    found = rows_on(rows, day)
    if not found:
        raise UserError(
            "REFERENCE_MISSING",
            f"{what} yang berlaku pada {format_date(day)} belum ada. Tambahkan di Pengaturan, "
            "atau periksa tanggalnya.",
        )
    if len(found) > 1:
        raise UserError(
            "REFERENCE_OVERLAP",
            f"Ada {len(found)} {what} yang berlaku bersamaan pada {format_date(day)}. "
            "Akhiri salah satunya di Pengaturan.",
        )
    return found[0]


def check_timeline(rows: Iterable[R], *, what: str, gaps_allowed: bool = False) -> Sequence[R]:
    """Give the rows in order of time after refusing overlaps and, unless allowed, gaps.

    Raises: UserError REFERENCE_OVERLAP or REFERENCE_GAP naming the day.
    """
    ordered = sorted(rows, key=lambda row: row.valid_from)
    for row in ordered:
        if row.valid_to is not None and row.valid_to < row.valid_from:
            raise UserError(
                "REFERENCE_RANGE",
                f"{what} mulai {format_date(row.valid_from)} berakhir sebelum mulai. "
                "Betulkan tanggalnya.",
            )
    for earlier, later in pairwise(ordered):
        _check_neighbours(earlier, later, what=what, gaps_allowed=gaps_allowed)
    return ordered


def _check_neighbours(earlier: DatedRow, later: DatedRow, *, what: str, gaps_allowed: bool) -> None:
    if earlier.valid_to is None or later.valid_from <= earlier.valid_to:
        raise UserError(
            "REFERENCE_OVERLAP",
            f"{what}: dua baris berlaku bersamaan pada {format_date(later.valid_from)}. "
            "Akhiri baris lama sehari sebelum baris baru mulai.",
        )
    missing = earlier.valid_to + timedelta(days=1)
    if later.valid_from > missing and not gaps_allowed:
        raise UserError(
            "REFERENCE_GAP",
            f"{what}: tidak ada yang berlaku mulai {format_date(missing)} sampai sebelum "
            f"{format_date(later.valid_from)}. Isi masa yang kosong itu.",
        )
