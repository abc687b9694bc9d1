"""What "Petakan kolom" shows of a list, read in the background."""

from collections.abc import Sequence
from dataclasses import dataclass

from bpjsdesk.domain.column_guess import NumericNiks
from bpjsdesk.domain.columns import REQUIRED, ColumnMap, Origin
from bpjsdesk.domain.senders import ListSender, Sender
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.column_views import ColumnView, Tone, column_views
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.mapping import SheetView, sheet_views
from bpjsdesk.services.senders import list_sender, list_senders
from bpjsdesk.services.staging import StagedList
from bpjsdesk.services.work_columns import truncated_columns
from ui.i18n import _
from ui.tasks import Work

_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnFacts:
    """The columns of the sheets that belong to a list, all its sheets, and NIK columns cut off."""

    work: StagedList
    views: tuple[ColumnView, ...]
    sheets: tuple[SheetView, ...]
    truncated: tuple[NumericNiks, ...]
    sender: ListSender | None
    senders: tuple[Sender, ...]

    @property
    def undecided(self) -> tuple[ColumnView, ...]:
        return tuple(v for v in self.views if is_undecided(v) or v.origin is Origin.CONTENT)

    @property
    def left_out(self) -> tuple[str, ...]:
        """Name the sheets that hold a list and do not belong to this one."""
        lists = self.work.rules.columns
        return tuple(
            sheet.name for sheet in self.sheets if sheet.name in lists and not sheet.joined
        )

    @property
    def missing(self) -> tuple[str, ...]:
        """Name the required columns that a sheet of the list has not."""
        found: dict[str, None] = {}
        for view in self.views:
            for field, label in REQUIRED.items():
                if field not in self.columns_of(view).fields:
                    found[label] = None
        return tuple(found)

    def columns_of(self, view: ColumnView) -> ColumnMap:
        return self.work.rules.columns[view.sheets[0]]


def is_undecided(view: ColumnView) -> bool:
    """Say whether a column holds something and means nothing yet."""
    return view.tone is Tone.DECIDE and not view.field and view.filled > 0


def facts_work(app: AppContext, work: StagedList) -> Work:
    """Read what the columns hold; gives ColumnFacts."""

    def read(_progress: ProgressSink, _cancel: CancelToken) -> ColumnFacts:
        sheets = sheet_views(app, work)
        joined = {sheet.name for sheet in sheets if sheet.joined}
        return ColumnFacts(
            work=work,
            views=tuple(v for v in column_views(app, work) if not joined.isdisjoint(v.sheets)),
            sheets=sheets,
            truncated=truncated_columns(work),
            sender=list_sender(app, work),
            senders=list_senders(app),
        )

    return read


def sheets_words(names: Sequence[str]) -> str:
    """Name some sheets, and how many more."""
    if len(names) <= _NAMED:
        return ", ".join(names)
    more = _("{names} dan {n} lainnya")
    return more.format(names=", ".join(names[:_NAMED]), n=len(names) - _NAMED)
