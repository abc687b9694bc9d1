"""The left side of the page: search, chips with counts, the list of agreements."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from bpjsdesk.domain.agreements import AgreementListItem, Status
from bpjsdesk.domain.wording import format_count
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services import agreements
from bpjsdesk.services.context import AppContext
from ui.delegates import ListRow
from ui.i18n import _
from ui.page import PageContext
from ui.pages.agreements.words import LIVE, list_row
from ui.table import Column, RecordTableModel
from ui.table_view import RecordList
from ui.tasks import LatestRead, Work
from ui.widgets.buttons import ChoiceRow
from ui.widgets.layout import Card, column, rule
from ui.widgets.message import EmptyState
from ui.widgets.search import SearchField
from ui.widgets.text import Label

ALL, LIVE_ONLY, ENDING, DRAFTS = "all", "live", "ending", "draft"
_FILTERS = {
    LIVE_ONLY: LIVE,
    ENDING: frozenset({Status.EXPIRING}),
    DRAFTS: frozenset({Status.DRAFT}),
}
Found = tuple[tuple[AgreementListItem, ...], int]
"""What a search found, and how many there are without it."""


def chip_words(key: str, count: int) -> str:
    """Word one chip with its count."""
    words = {
        ALL: _("Semua"),
        LIVE_ONLY: _("Berlaku {n}"),
        ENDING: _("Segera {n}"),
        DRAFTS: _("Draf {n}"),
    }
    return words[key].format(n=format_count(count))


class AgreementList(Card):
    """Search and choose an agreement.

    Signals: chosen(int) with the id when the current row changes, opened(int) on Enter,
    loaded() after each reading, new_requested() from the empty state, failed(exception).
    """

    chosen = Signal(int)
    opened = Signal(int)
    loaded = Signal()
    new_requested = Signal()
    failed = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__(kind="plain", gap=0, margins=(1, 1, 1, 1))
        self._context = context
        self._found: tuple[AgreementListItem, ...] = ()
        self._total = 0
        self._wanted_id: int | None = None
        self._text = ""
        self._has_loaded = False
        self._reader = LatestRead(context.runner, self)
        self._build_widgets()
        self._connect_signals()

    @property
    def items(self) -> tuple[AgreementListItem, ...]:
        """Everything that the search found, whatever the chips hide."""
        return self._found

    @property
    def total(self) -> int:
        """How many agreements there are without any filter."""
        return self._total

    @property
    def has_filter(self) -> bool:
        """Tell whether the search hides agreements."""
        return bool(self._text)

    @property
    def current_id(self) -> int | None:
        record: AgreementListItem | None = self._list.current_record
        return record.agreement_id if record is not None else None

    def refresh(self) -> None:
        """Read the list anew, keeping the choice."""
        self._reader.start(_search(self._context.app, self._text))

    def choose(self, agreement_id: int) -> None:
        """Make an agreement current, now or when the list has come; drops what would hide it."""
        self._wanted_id = agreement_id
        if self._choose_wanted():
            return
        self._chips.select(ALL)
        if self._text:
            self.clear_filter()
        else:
            self.refresh()

    def focus_search(self) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_list(self) -> None:
        self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def clear_filter(self) -> None:
        """Show everything again."""
        self._chips.select(ALL)
        self._search.clear()
        self._show()

    def _build_widgets(self) -> None:
        self._search = SearchField(_("Cari pihak, nomor, tentang"), key="Ctrl+F")
        self._search.setObjectName("agreementSearch")
        keys = (ALL, LIVE_ONLY, ENDING, DRAFTS)
        self._chips = ChoiceRow([(key, chip_words(key, 0)) for key in keys])
        self._shown = Label("", size=12, weight=500, tone="muted")
        self._model: RecordTableModel[AgreementListItem] = RecordTableModel(
            (Column[AgreementListItem](key="title", title=_("Perjanjian"), text=_title_of),), self
        )
        self._list = RecordList(self._model, _("Daftar perjanjian"), self._describe)
        self._list.setObjectName("agreementList")
        self._none = EmptyState(
            "file-certificate",
            _("Belum ada perjanjian"),
            _("Catat perjanjian pertama kantor ini: para pihak, masa berlaku, kuota, dan iuran."),
            action=_("Catat perjanjian"),
            key="Ctrl+N",
        )
        self._unfit = EmptyState("filter", "", "", action=_("Hapus saringan"), key="Ctrl+Backspace")
        self._stack = QStackedWidget()
        for page in (self._list, self._none, self._unfit):
            self._stack.addWidget(page)
        head = column(self._search, self._chips, self._shown, gap=9, margins=(13, 12, 13, 9))
        self.body.addLayout(head)
        self.body.addWidget(rule())
        self.body.addWidget(self._stack, 1)

    def _connect_signals(self) -> None:
        self._search.search_changed.connect(self._on_search_changed)
        self._search.returnPressed.connect(self.focus_list)
        self._chips.chosen.connect(self._on_chip_chosen)
        self._list.record_chosen.connect(self._on_record_chosen)
        self._list.record_opened.connect(self._on_record_opened)
        self._reader.succeeded.connect(self._on_read_succeeded)
        self._reader.failed.connect(self.failed)
        self._none.acted.connect(self.new_requested)
        self._unfit.acted.connect(self.clear_filter)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self._search)
        down.setContext(Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self.focus_list)

    def _describe(self, item: AgreementListItem) -> ListRow:
        return list_row(item, self._text)

    def _visible(self) -> list[AgreementListItem]:
        wanted = _FILTERS.get(self._chips.current)
        return [item for item in self._found if wanted is None or item.status in wanted]

    def _show(self) -> None:
        rows = self._visible()
        self._list.reload(rows, key=_id_of)
        for key in (ALL, LIVE_ONLY, ENDING, DRAFTS):
            fitting = _FILTERS.get(key)
            count = sum(fitting is None or item.status in fitting for item in self._found)
            self._chips.set_text(key, chip_words(key, count))
        self._shown.setText(
            _("{n} dari {all}").format(n=len(rows), all=self._total) if self._text else ""
        )
        self._shown.setVisible(bool(self._text))
        self._stack.setCurrentWidget(self._page_for(rows))
        if rows and not self._choose_wanted() and self._list.current_record is None:
            self._list.choose_row(0)

    def _page_for(self, rows: list[AgreementListItem]) -> QWidget:
        if rows or not self._has_loaded:
            return self._list
        if not self._text and self._chips.current == ALL:
            return self._none
        words = _("Tidak ada perjanjian yang cocok dengan saringan ini.")
        words = _("{words} Tanpa saringan ada {n}.").format(words=words, n=self._total)
        self._unfit.set_text(_("Tidak ada yang cocok"), words)
        return self._unfit

    def _choose_wanted(self) -> bool:
        wanted = self._wanted_id
        if wanted is None:
            return False
        if self._list.choose(lambda item: bool(item.agreement_id == wanted)):
            self._wanted_id = None
            return True
        return False

    def _on_search_changed(self, text: str) -> None:
        self._text = text
        self.refresh()

    def _on_chip_chosen(self, _key: str) -> None:
        self._show()

    def _on_read_succeeded(self, found: Found) -> None:
        self._found, self._total = found
        self._has_loaded = True
        self._show()
        self.loaded.emit()

    def _on_record_chosen(self, item: AgreementListItem) -> None:
        self.chosen.emit(item.agreement_id)

    def _on_record_opened(self, item: AgreementListItem) -> None:
        self.opened.emit(item.agreement_id)


def _id_of(item: AgreementListItem) -> int:
    return item.agreement_id


def _title_of(item: AgreementListItem) -> str:
    return item.title


def _search(app: AppContext, text: str) -> Work:
    def work(_progress: ProgressSink, _cancel: CancelToken) -> Found:
        found = agreements.list_agreements(app, text=text)
        return found, len(agreements.list_agreements(app)) if text else len(found)

    return work
