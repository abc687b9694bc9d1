"""What was done to a batch: who, when, what; newest first."""

from collections.abc import Sequence

from bpjsdesk.domain.wording import format_count, format_date
from bpjsdesk.services.list_history import HistoryEntry
from ui.i18n import _
from ui.pages.batches.step_bar import step_name
from ui.pages.settings.deeds import deed_words
from ui.table import Column, RecordTableModel
from ui.table_view import RecordTable
from ui.widgets.layout import Card

_ORDER = ("read", "entering", "new", "linked", "updated", "accepted", "rejected", "held")


class HistoryTable(Card):
    """Show the steps of one batch; nothing here can be changed."""

    def __init__(self) -> None:
        super().__init__(gap=0, margins=(1, 1, 1, 2))
        self._model: RecordTableModel[HistoryEntry] = RecordTableModel(_columns(), self)
        self.table = RecordTable(self._model, _("Riwayat batch"), sortable=False)
        self.table.setObjectName("batchHistory")
        self.body.addWidget(self.table, 1)

    @property
    def entries(self) -> Sequence[HistoryEntry]:
        """What is shown, from top to bottom."""
        found = (self._model.record(row) for row in range(self._model.rowCount()))
        return [entry for entry in found if entry is not None]

    def show_entries(self, entries: Sequence[HistoryEntry]) -> None:
        """Show a history, newest first."""
        self._model.set_rows(entries)
        self.table.scrollToTop()


def _columns() -> list[Column[HistoryEntry]]:
    return [
        Column(key="at", title=_("Waktu"), text=_at, width=164),
        Column(key="who", title=_("Oleh"), text=_who, width=150),
        Column(key="what", title=_("Langkah"), text=_what, width=220, weight=500, tone=_tone),
        Column(key="facts", title=_("Rincian"), text=facts_words, tone=_muted, tip=facts_words),
    ]


def last_of(entries: Sequence[HistoryEntry], command: str) -> HistoryEntry | None:
    """Find the newest entry of a command."""
    return next((entry for entry in entries if entry.command == command), None)


def moment_words(entry: HistoryEntry) -> str:
    """Say when something was done, and by whom."""
    day = format_date(entry.at.date(), "short")
    return _("{day} {time} · {name}").format(day=day, time=f"{entry.at:%H.%M}", name=entry.who)


def _at(entry: HistoryEntry) -> str:
    return f"{format_date(entry.at.date(), 'short')}  {entry.at:%H.%M}"


def _who(entry: HistoryEntry) -> str:
    return entry.who


def _what(entry: HistoryEntry) -> str:
    return step_name(entry.step) if entry.step is not None else deed_words(entry.command)


def facts_words(entry: HistoryEntry) -> str:
    """Tell counts, reason and document of an entry in one line."""
    if entry.step is not None:
        rows = _("{n} baris").format(n=format_count(entry.step.rows))
        words = [rows, entry.step.note]
        if entry.step.undone_at:
            words.append(_("sudah diurungkan"))
        return " · ".join(word for word in words if word)
    facts, names = entry.facts, _fact_names()
    counts = [
        names[key].format(n=format_count(facts[key]))
        for key in (*_ORDER, *(key for key in names if key not in _ORDER))
        if facts.get(key) and isinstance(facts[key], int)
    ]
    texts = [
        str(facts[key]) for key in ("carried_from", "document", "reason", "again") if facts.get(key)
    ]
    return " · ".join((*counts, *texts))


def _fact_names() -> dict[str, str]:
    return {
        "read": _("{n} dibaca"),
        "entering": _("{n} diusulkan"),
        "new": _("{n} baru"),
        "linked": _("{n} tertaut"),
        "updated": _("{n} diperbarui"),
        "accepted": _("{n} diterima"),
        "rejected": _("{n} ditolak"),
        "held": _("{n} ditahan"),
        "decided": _("{n} tidak dimuat"),
        "sent": _("{n} dikirim"),
        "unmatched": _("{n} tidak cocok"),
        "taken_out": _("{n} dikeluarkan"),
        "reversed": _("{n} dibatalkan"),
        "kept": _("{n} tetap"),
        "barred": _("{n} tidak dapat dibatalkan"),
        "going_on": _("{n} berlanjut"),
        "left_out": _("{n} tidak berlanjut"),
    }


def _tone(entry: HistoryEntry) -> str:
    undone = entry.step is not None and entry.step.undone_at
    return "muted" if undone else "text"


def _muted(_entry: HistoryEntry) -> str:
    return "muted"
