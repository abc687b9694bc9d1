"""One batch in full."""

from collections.abc import Mapping
from dataclasses import dataclass

from bpjsdesk.domain.enrollment import BatchListItem
from bpjsdesk.domain.row_issues import Levels


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchDetail:
    """A batch with its reasons by count; `rates` are whole rupiah a head by month.

    `levels` say what holds a row of it.
    """

    item: BatchListItem
    issues: Mapping[str, int]
    ignored: Mapping[str, int]
    quota_heads: int
    accepted_under_quota: int
    rates: tuple[int, ...]
    active_today: int
    levels: Levels
