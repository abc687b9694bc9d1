"""The page "Peserta": everybody in name order, found while typing."""

from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QStackedWidget

from bpjsdesk.domain.changes import Changes
from bpjsdesk.domain.people import PersonListItem
from bpjsdesk.domain.wording import format_count
from bpjsdesk.progress import CancelToken, ProgressSink
from ui.delegates import ListRow
from ui.errors import show_error
from ui.i18n import _
from ui.page import Page, PageContext
from ui.pages.people.columns import people_columns
from ui.pages.people.lookup_view import LookupView
from ui.pages.people.person_view import PersonView
from ui.pages.people.register import Register
from ui.pages.people.request_view import RequestView
from ui.pages.people.words import REQUESTS_RECORD, listed_line, standing_pill
from ui.pages.people.work import Hits, find_work
from ui.pages.settings.refused import refused_state
from ui.table import RecordTableModel
from ui.table_view import RecordList, RecordTable
from ui.tasks import LatestRead
from ui.widgets.buttons import Button
from ui.widgets.layout import Card, column, row, rule
from ui.widgets.message import EmptyState
from ui.widgets.search import SearchField
from ui.widgets.split import ListDetail
from ui.widgets.text import Label, caption

_EVERYBODY, _FOUND, _NOTHING, _NOBODY = range(4)
_REGISTER, _LOOKUP, _REQUESTS, _REFUSED = range(4)
_KEYS = (
    ("Ctrl+F", "_on_find"),
    ("Ctrl+M", "_on_reveal"),
    ("Ctrl+Backspace", "_on_clear"),
    ("F2", "_on_change"),
    ("Ctrl+D", "_on_end"),
    ("Ctrl+G", "_on_merge"),
    ("Alt+H", "_on_trace"),
    ("Ctrl+B", "_on_lookup"),
    ("Ctrl+R", "_on_requests"),
)


class PeoplePage(Page):
    """Everybody at the left, one person at the right."""

    kinds = frozenset({"person", "batch", "claim"})

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, _("Peserta"))
        self._register: Register | None = None
        self._count = 0
        self._scroll_to = 0
        self._search = LatestRead(context.runner, self)
        self._build_widgets()
        self._connect_signals()
        for key, slot in _KEYS:
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(getattr(self, slot))
        self._show_part(_REGISTER)

    @property
    def view(self) -> PersonView:
        """The person at the right."""
        return self._view

    @property
    def _is_in_register(self) -> bool:
        return self._whole.currentIndex() == _REGISTER

    @property
    def shown_part(self) -> str:
        """What is on the screen.

        "everybody", "found", "nothing" or "nobody" of the register; "lookup", "requests" or
        "refused".
        """
        if self._whole.currentIndex():
            return ("", "lookup", "requests", "refused")[self._whole.currentIndex()]
        return ("everybody", "found", "nothing", "nobody")[self._stack.currentIndex()]

    def refresh(self, changes: Changes) -> None:
        if not self.context.app.user.may("read.people"):
            self._show_part(_REFUSED)
            return
        self.requests.refresh()
        if self._view.wanted_id:
            self._view.show_person(self._view.wanted_id)
        if not changes.kinds or changes.kinds & {"person", "batch"}:
            self._read_register()

    def open_record(self, record_id: int) -> None:
        """Show one person, or the requests that wait; the list keeps no mark on somebody else."""
        if record_id == REQUESTS_RECORD:
            self._go_to(_REQUESTS)
            return
        self._show_part(_REGISTER)
        for view in (self.table, self.list):
            view.clearSelection()
        self._view.show_person(record_id)

    def focus_first(self) -> None:
        """Put the focus into the search, which is why people come here."""
        part = self._whole.currentWidget()
        if isinstance(part, LookupView | RequestView):
            part.focus_first()
        else:
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _build_widgets(self) -> None:
        self.search = SearchField(_("Cari nama atau NIK"), key="Ctrl+F")
        self._says, self._time = caption(""), Label("", size=12, weight=500, tone="ok")
        self._everybody: RecordTableModel[PersonListItem] = RecordTableModel(
            people_columns(), self, runner=self.context.runner
        )
        self.table = RecordTable(self._everybody, _("Semua orang"), row_height=43, sortable=False)
        self.table.setObjectName("peopleTable")
        self._hits: RecordTableModel[PersonListItem] = RecordTableModel(people_columns(), self)
        self.list = RecordList(self._hits, _("Orang yang cocok"), self._describe, lines=2)
        self.list.setObjectName("hitList")
        self._nothing = EmptyState(
            "filter", "", "", action=_("Hapus pencarian"), key="Ctrl+Backspace"
        )
        nobody = EmptyState(
            "users",
            _("Belum ada peserta"),
            _("Orang masuk ke daftar ini ketika daftar dari Excel dimuat di halaman Batch."),
            action=_("Muat daftar"),
        )
        nobody.acted.connect(self._on_nobody_acted)
        self._stack = QStackedWidget()
        for part in (self.table, self.list, self._nothing, nobody):
            self._stack.addWidget(part)
        head = column(
            self.search, row(self._says, None, self._time), gap=8, margins=(13, 12, 13, 8)
        )
        left = Card(head, rule(), (self._stack, 1), gap=0, margins=(1, 0, 1, 1))
        self._view = PersonView(self.context)
        self._whole = QStackedWidget()
        self.body.addWidget(self._whole, 1)
        self.lookup, self.requests = LookupView(self.context), RequestView(self.context)
        self._whole.addWidget(ListDetail(left, self._view, list_width=400))
        self._whole.addWidget(self.lookup)
        self._whole.addWidget(self.requests)
        self._whole.addWidget(Card(refused_state(self.context.app.user.role)))
        self.back_button = Button(_("Kembali ke daftar"), icon="arrow-back-up", key="Esc")
        self.lookup_button = Button(_("Cek banyak NIK"), icon="copy", key="Ctrl+B")
        self.requests_button = Button(_("Permintaan"), icon="pencil", key="Ctrl+R")
        self.set_header_actions(self.back_button, self.lookup_button, self.requests_button)

    def _connect_signals(self) -> None:
        self.search.search_changed.connect(self._on_search_changed)
        self._search.succeeded.connect(self._on_search_succeeded)
        self._search.failed.connect(self._on_problem_met)
        self._everybody.counted.connect(self._on_everybody_counted)
        self._everybody.load_failed.connect(self._on_problem_met)
        for view in (self.table, self.list):
            view.record_chosen.connect(self._on_record_chosen)
            view.record_opened.connect(self._on_record_opened)
        self._nothing.acted.connect(self._on_clear)
        self._view.batch_asked.connect(self._on_batch_asked)
        self._view.claim_asked.connect(self._on_claim_asked)
        self._view.request_asked.connect(self._on_request_asked)
        for part in (self._view, self.lookup, self.requests):
            part.noted.connect(self.saved)
            part.problem_met.connect(self._on_problem_met)
        for part in (self.lookup, self.requests):
            part.person_asked.connect(self.open_record)
            part.given_up.connect(self._on_back)
        self.requests.counted.connect(self._on_requests_counted)
        self.back_button.clicked.connect(self._on_back)
        self.lookup_button.clicked.connect(self._on_lookup)
        self.requests_button.clicked.connect(self._on_requests)

    def _show_part(self, part: int) -> None:
        self._whole.setCurrentIndex(part)
        titles = (_("Peserta"), _("Cek banyak NIK"), _("Permintaan perubahan"), _("Peserta"))
        self.set_title(titles[part])
        for button, is_shown in (
            (self.back_button, part in (_LOOKUP, _REQUESTS)),
            (self.lookup_button, part in (_REGISTER, _REQUESTS)),
            (self.requests_button, part in (_REGISTER, _LOOKUP)),
        ):
            button.setVisible(is_shown)
        self._show_subtitle()
        self.set_key_hints(*_hints()[part])

    def _show_subtitle(self) -> None:
        texts = (
            _("{n} orang terdaftar · NIK disamarkan").format(n=format_count(self._count)),
            _("Siapa yang terlindungi hari ini, menurut daftar yang sudah diterima"),
            _("NIK, nama, dan tanggal lahir berubah setelah disetujui orang lain"),
            "",
        )
        self.set_subtitle(texts[self._whole.currentIndex()])

    def _read_register(self) -> None:
        if self._register is not None:
            self._register.close()
        self._scroll_to = self.table.verticalScrollBar().value()
        self._register = Register(self.context.app)
        self._everybody.set_source(self._register)

    def _describe(self, item: PersonListItem) -> ListRow:
        return ListRow(
            title=item.name,
            subtitle=item.note or listed_line(item),
            pill=standing_pill(item),
            hit=self.search.text().strip(),
        )

    def _on_everybody_counted(self, count: int) -> None:
        self._count = count
        self._show_subtitle()
        searched = bool(self.search.text().strip())
        if not searched:
            self._show_everybody()
        if count and self._register is not None:
            # read ahead, so that the first drag of the scroll bar finds the order ready
            self.context.runner.read(partial(_read_order, self._register))
        self.table.verticalScrollBar().setValue(self._scroll_to)
        # a hit may be on its way to the right already; the list of everybody must not overtake it
        if count and not searched and not self._view.wanted_id:
            self.table.selectRow(0)

    def _show_everybody(self) -> None:
        self._says.setText(_("{n} orang menurut nama").format(n=format_count(self._count)))
        self._time.setText("")
        self._stack.setCurrentIndex(_EVERYBODY if self._count else _NOBODY)

    def _on_search_changed(self, text: str) -> None:
        if text:
            self._search.start(find_work(self.context.app, text))
        else:
            self._search.cancel()
            self._show_everybody()

    def _on_search_succeeded(self, hits: Hits) -> None:
        people = hits.found.people
        self._hits.set_rows(people)
        count = format_count(len(people))
        words = _("{n} pertama yang cocok; ketik lagi agar lebih sempit")
        self._says.setText(
            words.format(n=count) if hits.found.more else _("{n} cocok").format(n=count)
        )
        self._time.setText(_("{n} milidetik").format(n=hits.milliseconds))
        if not people:
            self._say_nothing(hits.text)
        self._stack.setCurrentIndex(_FOUND if people else _NOTHING)
        if people:
            self.list.choose_row(0)

    def _say_nothing(self, text: str) -> None:
        body = _(
            "Tidak ada nama atau NIK yang memuat “{text}”. Periksa ejaan atau ketik sebagian saja. "
            "Tanpa pencarian ada {n} orang."
        )
        self._nothing.set_text(
            _("Tidak ada yang cocok"), body.format(text=text, n=format_count(self._count))
        )

    def _on_record_chosen(self, item: PersonListItem) -> None:
        self._view.show_person(item.person_id)

    def _on_record_opened(self, _item: PersonListItem) -> None:
        self._view.focus_first()

    def _on_nobody_acted(self) -> None:
        self.context.open_page("batches", None)

    def _on_batch_asked(self, batch_id: int) -> None:
        self.context.open_page("batches", batch_id)

    def _on_claim_asked(self, claim_id: int) -> None:
        self.context.open_page("claims", claim_id)

    def _on_problem_met(self, problem: Exception) -> None:
        show_error(self, problem)

    def _on_find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_reveal(self) -> None:
        views = (self._view, self.lookup, self.requests)
        if self._whole.currentIndex() < len(views):
            views[self._whole.currentIndex()].ask_reveal()

    def _on_change(self) -> None:
        if self._is_in_register:
            self._view.ask_change()

    def _on_end(self) -> None:
        if self._is_in_register:
            self._view.ask_end()

    def _on_merge(self) -> None:
        if self._is_in_register:
            self._view.ask_merge()

    def _on_trace(self) -> None:
        if self._is_in_register:
            self._view.show_trace()

    def _on_lookup(self) -> None:
        self._go_to(_LOOKUP)

    def _on_requests(self) -> None:
        self._go_to(_REQUESTS)

    def _on_back(self) -> None:
        self._go_to(_REGISTER)

    def _go_to(self, part: int) -> None:
        if self._whole.currentIndex() != _REFUSED:
            self._show_part(part)
            self.focus_first()

    def _on_request_asked(self, request_no: int) -> None:
        self.requests.show_request(request_no)
        self._go_to(_REQUESTS)

    def _on_requests_counted(self, count: int) -> None:
        words = _("Permintaan · {n}").format(n=format_count(count))
        self.requests_button.setText(words if count else _("Permintaan"))
        if self.context.app.user.may("person.approve"):
            self.waiting_changed.emit(count)

    def _on_clear(self) -> None:
        self.search.clear()
        self.search.setFocus()


def _hints() -> tuple[tuple[tuple[str, str], ...], ...]:
    """Give the keys of each part of the page."""
    back = ("Esc", _("kembali"))
    return (
        (
            ("↑↓", _("pilih")),
            ("F2", _("ubah data")),
            ("Alt+H", _("asal dan riwayat")),
            ("Ctrl+M", _("buka samaran")),
            ("Ctrl+B", _("cek banyak NIK")),
        ),
        (("Ctrl+V", _("tempel")), ("Ctrl+S", _("Excel")), ("Ctrl+M", _("buka samaran")), back),
        (("↑↓", _("pilih")), ("Ctrl+Enter", _("setujui")), ("Ctrl+T", _("tolak")), back),
        (),
    )


def _read_order(register: Register, _progress: ProgressSink, _cancel: CancelToken) -> None:
    register.order()
