"""The page "Peserta": everybody in name order, found while typing."""

import time
from functools import partial
from typing import NamedTuple

from PySide6.QtGui import QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QStackedWidget

from bpjsdesk.domain.changes import Changes
from bpjsdesk.domain.people import PeopleFound, PersonListItem
from bpjsdesk.domain.wording import format_count
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.people import find_people
from ui.delegates import ListRow
from ui.errors import show_error
from ui.i18n import _
from ui.page import Page, PageContext
from ui.pages.people.person_view import PersonView
from ui.pages.people.register import Register
from ui.pages.people.words import second_line, short_birth
from ui.pages.settings.refused import refused_state
from ui.table import Column, RecordTableModel
from ui.table_view import RecordList, RecordTable
from ui.tasks import LatestRead
from ui.widgets.layout import Card, column, row, rule
from ui.widgets.message import EmptyState
from ui.widgets.search import SearchField
from ui.widgets.split import ListDetail
from ui.widgets.text import Label, caption

_EVERYBODY, _FOUND, _NOTHING, _NOBODY = range(4)
_SHOWN_HITS = 100
_KEYS = (
    ("Ctrl+F", "_on_find"),
    ("Ctrl+M", "_on_reveal"),
    ("Ctrl+Backspace", "_on_clear"),
)


class Hits(NamedTuple):
    """An answer of the search with the time that it took."""

    text: str
    found: PeopleFound
    milliseconds: int


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
        self.set_key_hints(
            ("↑↓", _("pilih")),
            ("Enter", _("buka")),
            ("Ctrl+F", _("cari")),
            ("Ctrl+M", _("buka samaran")),
        )

    @property
    def view(self) -> PersonView:
        """The person at the right."""
        return self._view

    @property
    def shown_part(self) -> str:
        """What is on the screen: "everybody", "found", "nothing", "nobody" or "refused"."""
        if self._whole.currentIndex():
            return "refused"
        return ("everybody", "found", "nothing", "nobody")[self._stack.currentIndex()]

    def refresh(self, changes: Changes) -> None:
        if not self.context.app.user.may("read.people"):
            self._whole.setCurrentIndex(1)
            return
        person = self._view.person
        if person is not None:
            self._view.show_person(person.person_id)
        if not changes.kinds or changes.kinds & {"person", "batch"}:
            self._read_register()

    def open_record(self, record_id: int) -> None:
        """Show one person."""
        self._view.show_person(record_id)

    def focus_first(self) -> None:
        """Put the focus into the search, which is why people come here."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _build_widgets(self) -> None:
        self.search = SearchField(_("Cari nama atau NIK"), key="Ctrl+F")
        self._says, self._time = caption(""), Label("", size=12, weight=500, tone="ok")
        self._everybody: RecordTableModel[PersonListItem] = RecordTableModel(
            _columns(), self, runner=self.context.runner
        )
        self.table = RecordTable(self._everybody, _("Semua orang"), row_height=43, sortable=False)
        self.table.setObjectName("peopleTable")
        self._hits: RecordTableModel[PersonListItem] = RecordTableModel(_columns(), self)
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
        self._whole.addWidget(ListDetail(left, self._view, list_width=372))
        self._whole.addWidget(Card(refused_state(self.context.app.user.role)))

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
        self._view.noted.connect(self.saved)
        self._view.problem_met.connect(self._on_problem_met)

    def _read_register(self) -> None:
        if self._register is not None:
            self._register.close()
        self._scroll_to = self.table.verticalScrollBar().value()
        self._register = Register(self.context.app)
        self._everybody.set_source(self._register)

    def _describe(self, item: PersonListItem) -> ListRow:
        return ListRow(
            title=item.name,
            subtitle=second_line(item),
            right=short_birth(item),
            hit=self.search.text().strip(),
        )

    def _on_everybody_counted(self, count: int) -> None:
        self._count = count
        self.set_subtitle(_("{n} orang terdaftar · NIK disamarkan").format(n=format_count(count)))
        searched = bool(self.search.text().strip())
        if not searched:
            self._show_everybody()
        if count and self._register is not None:
            # read ahead, so that the first drag of the scroll bar finds the order ready
            self.context.runner.read(partial(_read_order, self._register))
        self.table.verticalScrollBar().setValue(self._scroll_to)
        # a hit may be on its way to the right already; the list of everybody must not overtake it
        if count and not searched and self._view.person is None:
            self.table.selectRow(0)

    def _show_everybody(self) -> None:
        self._says.setText(_("{n} orang menurut nama").format(n=format_count(self._count)))
        self._time.setText("")
        self._stack.setCurrentIndex(_EVERYBODY if self._count else _NOBODY)

    def _on_search_changed(self, text: str) -> None:
        if text:
            self._search.start(partial(_find, self.context.app, text))
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
        self._view.reveal_button.setFocus()

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
        self._view.ask_reveal()

    def _on_clear(self) -> None:
        self.search.clear()
        self.search.setFocus()


def _find(app: AppContext, text: str, _progress: ProgressSink, _cancel: CancelToken) -> Hits:
    started = time.perf_counter()
    found = find_people(app, text, limit=_SHOWN_HITS)
    spent = time.perf_counter() - started
    return Hits(text=text, found=found, milliseconds=max(1, round(spent * 1000)))


def _read_order(register: Register, _progress: ProgressSink, _cancel: CancelToken) -> None:
    register.order()


def _columns() -> tuple[Column[PersonListItem], ...]:
    return (
        Column(key="name", title=_("Nama"), text=_name, weight=500, second=second_line),
        Column(key="birth", title=_("Lahir"), text=short_birth, tone=_muted, right=True, width=104),
    )


def _name(item: PersonListItem) -> str:
    return item.name


def _muted(_item: PersonListItem) -> str:
    return "muted"
