"""The left side of the page: search, programme chips, status, the list of claims."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from bpjsdesk.domain.claims import ClaimListItem, Programme
from bpjsdesk.domain.reference import ClaimStatus
from bpjsdesk.domain.wording import format_count
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.reference import list_claim_statuses
from ui.delegates import ListRow
from ui.i18n import _
from ui.page import PageContext
from ui.pages.claims.loading import ClaimQuery, ClaimsFound, load_page
from ui.pages.claims.words import PROGRAMME_WORDS, list_row
from ui.table import Column, RecordTableModel
from ui.table_view import RecordList
from ui.tasks import LatestRead, Work
from ui.widgets.buttons import Button, ChoiceRow
from ui.widgets.combo import Choice
from ui.widgets.layout import Card, column, row, rule
from ui.widgets.message import EmptyState
from ui.widgets.search import SearchField
from ui.widgets.text import caption

ALL = "all"


class ClaimList(Card):
    """Search and choose a claim, newest first; further ones come while scrolling.

    Signals: chosen(int) with the id when the current row changes, opened(int) on Enter,
    loaded() after each reading, new_requested() and import_requested() from the empty state,
    failed(exception).
    """

    chosen = Signal(int)
    opened = Signal(int)
    loaded = Signal()
    new_requested = Signal()
    import_requested = Signal()
    failed = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__(kind="plain", gap=0, margins=(1, 1, 1, 1))
        self._context = context
        self._items: list[ClaimListItem] = []
        self._counts: Mapping[str, int] = {}
        self._statuses: tuple[ClaimStatus, ...] = ()
        self._wanted_id: int | None = None
        self._has_more = self._has_loaded = self._is_loading = False
        self._reader = LatestRead(context.runner, self)
        self._status_reader = LatestRead(context.runner, self)
        self._build_widgets()
        self._connect_signals()

    @property
    def items(self) -> tuple[ClaimListItem, ...]:
        """The claims that have been read so far, newest first."""
        return tuple(self._items)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many claims there are in each status, whatever is filtered."""
        return self._counts

    @property
    def current_id(self) -> int | None:
        record: ClaimListItem | None = self._list.current_record
        return record.claim_id if record is not None else None

    def query(self) -> ClaimQuery:
        """Give what is searched for."""
        chip = self._chips.current
        return ClaimQuery(
            text=self._search.text().strip(),
            programme=None if chip == ALL else Programme(chip),
            status=self._status.value,
        )

    def refresh(self) -> None:
        """Read the newest claims anew, keeping the choice."""
        if not self._statuses:
            self._status_reader.start(_statuses(self._context.app))
        self._is_loading = True
        self._reader.start(_page(self._context.app, self.query(), None))

    def choose(self, claim_id: int) -> None:
        """Make a claim current, now or when the list has come."""
        self._wanted_id = claim_id
        if not self._choose_wanted():
            self.refresh()

    def focus_search(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_list(self) -> None:
        self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear_filter(self) -> None:
        """Show everything again."""
        self._chips.select(ALL)
        self._status.set_value(None)
        self._search.clear()
        self.refresh()

    def _build_widgets(self) -> None:
        self._search = SearchField(_("Cari nama, NIK, nomor"), key="Ctrl+F")
        self._search.setObjectName("claimSearch")
        chips = [(ALL, _("Semua"))]
        chips += [(programme.value, words) for programme, words in PROGRAMME_WORDS.items()]
        self._chips = ChoiceRow(chips)
        self._status = Choice((), empty=_("Semua status"))
        self._status.setAccessibleName(_("Status klaim"))
        column_ = Column[ClaimListItem](key="name", title=_("Klaim"), text=_name_of)
        self._model: RecordTableModel[ClaimListItem] = RecordTableModel((column_,), self)
        self._list = RecordList(self._model, _("Daftar klaim"), self._describe)
        self._list.setObjectName("claimList")
        self._none = EmptyState(
            "first-aid-kit",
            _("Belum ada klaim"),
            _("Catat klaim pertama, atau muat klaim yang lalu dari berkas Excel."),
            action=_("Klaim baru"),
            key="Ctrl+N",
        )
        self._none.add_second(_("Impor klaim"), key="Ctrl+I")
        self._unfit = EmptyState(
            "filter",
            _("Tidak ada yang cocok"),
            "",
            action=_("Hapus saringan"),
            key="Ctrl+Backspace",
        )
        self._stack = QStackedWidget()
        for page in (self._list, self._none, self._unfit):
            self._stack.addWidget(page)
        self._build_foot()
        head = column(self._search, self._chips, self._status, gap=9, margins=(13, 12, 13, 10))
        self.body.addLayout(head)
        self.body.addWidget(rule())
        self.body.addWidget(self._stack, 1)
        self.body.addWidget(self._foot)

    def _build_foot(self) -> None:
        self._shown = caption("")
        self._more = Button(_("Muat berikutnya"), kind="ghost", small=True)
        self._foot = QWidget()
        self._foot.setLayout(row((self._shown, 1), self._more, margins=(13, 4, 8, 5)))
        self._foot.hide()

    def _connect_signals(self) -> None:
        self._search.search_changed.connect(self._on_filter_changed)
        self._search.returnPressed.connect(self.focus_list)
        self._chips.chosen.connect(self._on_filter_changed)
        self._status.activated.connect(self._on_filter_changed)
        self._list.record_chosen.connect(self._on_record_chosen)
        self._list.record_opened.connect(self._on_record_opened)
        self._list.verticalScrollBar().valueChanged.connect(self._on_list_scrolled)
        self._more.clicked.connect(self._load_more)
        self._reader.succeeded.connect(self._on_read_succeeded)
        self._reader.failed.connect(self._on_read_failed)
        self._status_reader.succeeded.connect(self._on_statuses_read)
        self._status_reader.failed.connect(self.failed)
        self._none.acted.connect(self.new_requested)
        self._none.acted_second.connect(self.import_requested)
        self._unfit.acted.connect(self.clear_filter)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self._search)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self.focus_list)

    def _describe(self, item: ClaimListItem) -> ListRow:
        return list_row(item, self._search.text().strip())

    def _load_more(self) -> None:
        if self._has_more and not self._is_loading and self._items:
            self._is_loading = True
            last_id = self._items[-1].claim_id
            self._reader.start(_page(self._context.app, self.query(), last_id))

    def _show(self) -> None:
        self._list.reload(self._items, key=_id_of)
        self._stack.setCurrentWidget(self._page_for())
        self._foot.setVisible(self._has_more)
        self._shown.setText(_("{n} terbaru").format(n=format_count(len(self._items))))
        if self._items and not self._choose_wanted() and self._list.current_record is None:
            self._list.choose_row(0)

    def _page_for(self) -> QWidget:
        if self._items or not self._has_loaded:
            return self._list
        return self._unfit if self._counts else self._none

    def _choose_wanted(self) -> bool:
        wanted = self._wanted_id
        if wanted is None:
            return False
        if self._list.choose(lambda item: bool(item.claim_id == wanted)):
            self._wanted_id = None
            return True
        return False

    def _show_statuses(self) -> None:
        choices = [
            (status.code, f"{status.name} ({format_count(self._counts[status.code])})")
            for status in self._statuses
            if self._counts.get(status.code)
        ]
        total = format_count(sum(self._counts.values()))
        words = _("Tidak ada klaim yang cocok dengan saringan ini. Tanpa saringan ada {n}.")
        self._unfit.set_text(_("Tidak ada yang cocok"), words.format(n=total))
        self._status.set_choices(choices, empty=_("Semua status ({n})").format(n=total))

    def _on_filter_changed(self) -> None:
        self.refresh()

    def _on_list_scrolled(self, value: int) -> None:
        if value and value == self._list.verticalScrollBar().maximum():
            self._load_more()

    def _on_statuses_read(self, statuses: tuple[ClaimStatus, ...]) -> None:
        self._statuses = statuses
        self._show_statuses()

    def _on_read_succeeded(self, found: ClaimsFound) -> None:
        self._is_loading = False
        self._has_loaded = True
        self._counts = found.counts
        self._has_more = found.more
        self._items = list(found.items) if found.is_first else [*self._items, *found.items]
        self._show_statuses()
        self._show()
        self.loaded.emit()

    def _on_read_failed(self, problem: object) -> None:
        self._is_loading = False
        self.failed.emit(problem)

    def _on_record_chosen(self, item: ClaimListItem) -> None:
        self.chosen.emit(item.claim_id)

    def _on_record_opened(self, item: ClaimListItem) -> None:
        self.opened.emit(item.claim_id)


def _name_of(item: ClaimListItem) -> str:
    return item.participant_name


def _id_of(item: ClaimListItem) -> int:
    return item.claim_id


def _page(app: AppContext, query: ClaimQuery, before_id: int | None) -> Work:
    def work(_progress: ProgressSink, _cancel: CancelToken) -> ClaimsFound:
        return load_page(app, query, before_id)

    return work


def _statuses(app: AppContext) -> Work:
    def work(_progress: ProgressSink, _cancel: CancelToken) -> tuple[ClaimStatus, ...]:
        return list_claim_statuses(app)

    return work
