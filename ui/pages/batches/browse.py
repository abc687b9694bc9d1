"""The list of batches at the left: search, chips with counts, newest first."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from bpjsdesk.domain.enrollment import BatchListItem, BatchStatus
from bpjsdesk.domain.names import fold
from bpjsdesk.domain.period import add_months, first_of_month
from bpjsdesk.domain.wording import format_count
from ui.delegates import ListRow
from ui.i18n import _
from ui.table import Column, RecordTableModel
from ui.table_view import RecordList
from ui.widgets.buttons import ChoiceRow
from ui.widgets.layout import Card, column, rule
from ui.widgets.message import EmptyState
from ui.widgets.search import SearchField
from ui.widgets.text import caption

ALL, WORK, HELD = "all", "work", "held"


class BatchBrowse(Card):
    """Choose a batch.

    Signals: batch_chosen(BatchListItem), batch_opened(BatchListItem) on Enter.
    """

    batch_chosen = Signal(object)
    batch_opened = Signal(object)

    def __init__(self) -> None:
        super().__init__(gap=0, margins=(1, 12, 1, 1))
        self._items: Sequence[BatchListItem] = ()
        self._month = date.min
        self._build_widgets()
        self._connect_signals()

    @property
    def items(self) -> Sequence[BatchListItem]:
        """All batches, filtered or not."""
        return self._items

    def show_items(self, items: Sequence[BatchListItem], today: date) -> None:
        """Show the batches, keeping the chosen one."""
        self._items, self._month = items, first_of_month(today)
        self.chips.set_text(ALL, _("Semua {n}").format(n=format_count(len(items))))
        for key, words in ((WORK, _("Dikerjakan {n}")), (HELD, _("Ditahan {n}"))):
            count = sum(_is_shown(item, key) for item in items)
            self.chips.set_text(key, words.format(n=format_count(count)))
        self._filter()

    def choose(self, batch_id: int) -> bool:
        """Make one batch current, taking the filter away when it hides it."""

        def matches(item: BatchListItem) -> bool:
            return item.batch_id == batch_id

        if not self.list.choose(matches) and any(map(matches, self._items)):
            self.clear_filter()
            return self.list.choose(matches)
        return self.list.current_record is not None

    def clear_filter(self) -> None:
        self.search.clear()
        self.chips.select(ALL)
        self._filter()

    def _build_widgets(self) -> None:
        self.search = SearchField(_("Cari nomor, perjanjian, berkas"), key="Ctrl+F")
        self.chips = ChoiceRow([(ALL, _("Semua")), (WORK, _("Dikerjakan")), (HELD, _("Ditahan"))])
        self._count = caption("")
        self._model: RecordTableModel[BatchListItem] = RecordTableModel(
            [Column(key="batch", title=_("Batch"), text=_title)], self
        )
        self.list = RecordList(self._model, _("Batch"), self._describe, lines=3)
        self.list.setObjectName("batchList")
        self._nothing = EmptyState(
            "filter",
            _("Tidak ada yang cocok"),
            "",
            action=_("Hapus saringan"),
            key="Ctrl+Backspace",
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._nothing)
        head = column(self.search, self.chips, self._count, gap=8, margins=(13, 0, 13, 8))
        self.body.addLayout(head)
        self.body.addWidget(rule())
        self.body.addWidget(self._stack, 1)

    def _connect_signals(self) -> None:
        self.search.search_changed.connect(self._on_filter_changed)
        self.chips.chosen.connect(self._on_filter_changed)
        self._nothing.acted.connect(self.clear_filter)
        self.list.record_chosen.connect(self.batch_chosen)
        self.list.record_opened.connect(self.batch_opened)

    def _filter(self) -> None:
        wanted = fold(self.search.text()).split()
        key = self.chips.current
        shown = [item for item in self._items if _is_shown(item, key) and _matches(item, wanted)]
        self.list.reload(shown, key=_key)
        self._stack.setCurrentIndex(0 if shown or not self._items else 1)
        words = _("{n} dari {all}").format(
            n=format_count(len(shown)), all=format_count(len(self._items))
        )
        self._count.setText(words)
        body = _("Tidak ada batch yang memuat “{text}”. Tanpa saringan ada {n}.").format(
            text=self.search.text().strip(), n=format_count(len(self._items))
        )
        self._nothing.set_text(_("Tidak ada yang cocok"), body)

    def _describe(self, item: BatchListItem) -> ListRow:
        return ListRow(
            title=_title(item),
            subtitle=item.agreement_title,
            right=_right(item),
            pill=batch_pill(item, self._month),
            hit=self.search.text().strip(),
        )

    def _on_filter_changed(self) -> None:
        self._filter()


def is_in_work(item: BatchListItem) -> bool:
    """Say whether a list is still on its way into the register."""
    return item.status in (BatchStatus.DRAFT, BatchStatus.SUBMITTED)


def has_debt(item: BatchListItem) -> bool:
    """Say whether rows of an accepted list are still waited for."""
    return item.status == BatchStatus.VALIDATED and item.counts.held > 0


def work_pill(item: BatchListItem) -> tuple[str, str] | None:
    """Say where a list stands that registers nobody, yet or any more; None for an accepted one."""
    words: dict[str, tuple[str, str]] = {
        BatchStatus.DRAFT: (_("Dikerjakan"), "info"),
        BatchStatus.SUBMITTED: (_("Menunggu putusan"), "warn"),
        BatchStatus.DISCARDED: (_("Dibuang"), "grey"),
        BatchStatus.UNDONE: (_("Dibatalkan"), "grey"),
    }
    return words.get(item.status)


def batch_pill(item: BatchListItem, month: date) -> tuple[str, str]:
    """Say in one word what matters about a batch in a month."""
    working = work_pill(item)
    if working is not None:
        return working
    if item.counts.held:
        return _("Ditahan {n}").format(n=format_count(item.counts.held)), "warn"
    if month < item.from_month:
        return _("Menunggu"), "info"
    if month > add_months(item.from_month, item.months - 1):
        return _("Berakhir"), "grey"
    return _("Aktif"), "ok"


def _matches(item: BatchListItem, wanted: Sequence[str]) -> bool:
    text = fold(f"{item.number} {item.agreement_title} {item.category_name} {item.source_name}")
    return all(word in text for word in wanted)


def _is_shown(item: BatchListItem, key: str) -> bool:
    if key == WORK:
        return is_in_work(item)
    return key != HELD or has_debt(item)


def _right(item: BatchListItem) -> str:
    if is_in_work(item):
        return _("{n} baris dibaca").format(n=format_count(item.counts.read))
    return _("{n} diterima").format(n=format_count(item.counts.accepted))


def _title(item: BatchListItem) -> str:
    return f"{item.number} · {item.category_name}"


def _key(item: BatchListItem) -> int:
    return item.batch_id


def empty_batches() -> EmptyState:
    """Say why there is no batch yet and what to do."""
    return EmptyState(
        "table-import",
        _("Belum ada daftar peserta"),
        _(
            "Muat daftar dari Excel di bawah sebuah perjanjian. Baris yang baik masuk, baris "
            "bermasalah ditahan beserta alasannya. Berkas boleh diseret ke jendela ini."
        ),
        action=_("Muat daftar"),
        key="Ctrl+N",
    )
