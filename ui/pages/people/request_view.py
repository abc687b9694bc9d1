"""Requests to change who somebody is: what waits, what was decided, and the decision."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from bpjsdesk.domain.changes import Answer
from bpjsdesk.domain.person_changes import FIELD_LABELS, ChangeRequest, IdentityField
from bpjsdesk.domain.wording import format_count
from ui.i18n import _
from ui.page import PageContext
from ui.pages.people import work
from ui.pages.people.reveal import RevealPanel
from ui.pages.people.words import day_of, moment_words, value_words
from ui.table import Column, RecordTableModel
from ui.table_view import RecordTable
from ui.tasks import LatestRead
from ui.widgets.buttons import Button, ChoiceRow, bind_key
from ui.widgets.form import FieldError, Form
from ui.widgets.layout import Card, boxed, column, row
from ui.widgets.message import EmptyState
from ui.widgets.text import Facts, Label, Pill, caption, card_title
from ui.widgets.text_edit import TextEdit

_OPEN, _DECIDED = "open", "decided"
_NOTE = "note"


class RequestView(QWidget):
    """A table of requests over the one that is chosen.

    Signals: counted(int) how many wait, person_asked(int), noted(str), problem_met(exception),
    given_up().
    """

    counted = Signal(int)
    person_asked = Signal(int)
    noted = Signal(str)
    problem_met = Signal(object)
    given_up = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._all: tuple[ChangeRequest, ...] = ()
        self._wanted = 0
        self._done = ""
        self._read = LatestRead(context.runner, self)
        self._build_widgets()
        self._connect_signals()

    @property
    def request(self) -> ChangeRequest | None:
        """The request that is chosen."""
        chosen: ChangeRequest | None = self.table.current_record
        return chosen

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to choose from."""
        return self._stack.currentIndex() == 1

    def refresh(self) -> None:
        """Read all requests in the background."""
        self._read.start(work.requests_work(self._context.app))

    def show_request(self, request_no: int) -> None:
        """Choose one as soon as it is read."""
        self._wanted = request_no
        self.refresh()

    def focus_first(self) -> None:
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def ask_reveal(self) -> None:
        """Ask why both numbers are wanted in full."""
        request = self.request
        if request is not None and request.field is IdentityField.NIK and self._may_reveal:
            self.reveal.ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)

    def _build_widgets(self) -> None:
        user = self._context.app.user
        self._may_decide, self._may_reveal = user.may("person.approve"), user.may("person.reveal")
        self._chips = ChoiceRow([(_OPEN, _("Menunggu")), (_DECIDED, _("Sudah diputuskan"))])
        self._model: RecordTableModel[ChangeRequest] = RecordTableModel(_columns(), self)
        self.table = RecordTable(self._model, _("Permintaan perubahan"), row_height=43)
        self.table.setObjectName("requestTable")
        self._empty = EmptyState("circle-check", "", "")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        head = row((self._chips, 1), margins=(14, 10, 14, 2))
        listing = Card(head, (self._stack, 1), gap=6, margins=(1, 0, 1, 2))
        self._card = self._make_card()
        self.setLayout(column((listing, 1), self._card, gap=10))

    def _make_card(self) -> Card:
        self._title, self._pill = card_title(), Pill("", "grey")
        self._facts = Facts(columns=2, label_width=92)
        self.before, self.after = Label("", weight=600), Label("", weight=600)
        self.person_button = Button(_("Lihat orangnya"), icon="users", key="Enter", small=True)
        self.reveal_button = Button(_("Buka samaran"), icon="eye", key="Ctrl+M", small=True)
        self.reveal = RevealPanel()
        self.reveal.hide()
        self._form = Form(before=_("sebelum diputuskan"))
        self.note = TextEdit(placeholder=_("wajib bila ditolak"))
        self._form.body.addWidget(self._form.add_field(_NOTE, _("Catatan"), self.note))
        self.refuse_button = Button(_("Tolak"), kind="danger", key="Ctrl+T")
        self.approve_button = Button(_("Setujui"), kind="primary", key="Ctrl+Enter")
        self._why_not = caption("", wrap=True)
        bind_key(self.refuse_button, "Ctrl+T", self)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            bind_key(self.approve_button, key, self)
        change = row(
            self.before, Label("→", tone="muted"), self.after, self.reveal_button, None, gap=10
        )
        foot = row((self._why_not, 1), self.refuse_button, self.approve_button)
        self._decision = boxed(column(self._form, foot, gap=8))
        head = row(self._title, self._pill, None, self.person_button, gap=10)
        return Card(head, change, self.reveal, self._facts, self._decision, gap=8)

    def _connect_signals(self) -> None:
        self._read.succeeded.connect(self._on_read_succeeded)
        self._read.failed.connect(self.problem_met)
        self._chips.chosen.connect(self._on_chip_chosen)
        self.table.record_chosen.connect(self._show_request)
        self.table.record_opened.connect(self._on_opened)
        self.person_button.clicked.connect(self._on_opened)
        self.reveal_button.clicked.connect(self.ask_reveal)
        self.reveal.reason_given.connect(self._on_reveal_reason_given)
        self.reveal.given_up.connect(self._on_reveal_given_up)
        self.refuse_button.clicked.connect(self._on_refuse_clicked)
        self.approve_button.clicked.connect(self._on_approve_clicked)

    def _on_read_succeeded(self, found: tuple[ChangeRequest, ...]) -> None:
        self._all = found
        waiting = sum(request.is_open for request in found)
        self._chips.set_text(_OPEN, _("Menunggu {n}").format(n=format_count(waiting)))
        decided = _("Sudah diputuskan {n}").format(n=format_count(len(found) - waiting))
        self._chips.set_text(_DECIDED, decided)
        self.counted.emit(waiting)
        if any(each.request_no == self._wanted and not each.is_open for each in found):
            self._chips.select(_DECIDED)
        self._show_list()

    def _show_list(self) -> None:
        is_open = self._chips.current == _OPEN
        shown = [request for request in self._all if request.is_open == is_open]
        self.table.reload(shown, key=_number)
        if self._wanted:
            self.table.choose(self._is_wanted)
            self._wanted = 0
        if shown and not self.table.selected_records():
            self.table.selectRow(0)
        self._card.setVisible(bool(shown))
        self._stack.setCurrentIndex(0 if shown else 1)
        if not shown:
            self._say_nothing(is_open=is_open)

    def _say_nothing(self, *, is_open: bool) -> None:
        if is_open:
            title = _("Tidak ada permintaan yang menunggu")
            body = _("NIK, nama, dan tanggal lahir diubah dari halaman orangnya dengan F2.")
        else:
            title, body = _("Belum ada yang diputuskan"), ""
        self._empty.set_text(title, body)

    def _is_wanted(self, request: ChangeRequest) -> bool:
        return request.request_no == self._wanted

    def _show_request(self, request: ChangeRequest) -> None:
        self.reveal.hide()
        self._form.show_errors([])
        self.note.clear()
        self._title.setText(f"{request.person_name} · {FIELD_LABELS[request.field]}")
        self._pill.set_state(*_pill(request))
        self.before.setText(value_words(request.before))
        self.after.setText(value_words(request.after))
        is_nik = request.field is IdentityField.NIK
        self.reveal_button.setVisible(is_nik and self._may_reveal)
        facts = [
            (_("Dasar"), request.basis),
            (_("Diajukan"), f"{request.asked_by}, {day_of(request.asked_at)}"),
        ]
        if not request.is_open:
            decided = f"{request.decided_by}, {day_of(request.decided_at)}"
            facts += [(_("Diputuskan"), decided), (_("Catatan"), request.note)]
        self._facts.set_pairs(facts)
        self._decision.setVisible(request.is_open)
        own = request.asked_by == self._context.app.user.display_name
        may = self._may_decide and not own
        for button in (self.approve_button, self.refuse_button):
            button.setVisible(may)
        self._form.setVisible(may)
        why = _("Permintaan sendiri diputuskan orang lain.") if own else _("Penyelia memutuskan.")
        self._why_not.setText("" if may else why)

    def _decide(self, *, approve: bool) -> None:
        request = self.request
        if request is None or not request.is_open or self.approve_button.isHidden():
            return
        note = self.note.text().strip()
        missing = [FieldError(field=_NOTE, message=_("Tulis alasan penolakan."))]
        if self._form.show_errors([] if approve or note else missing):
            self._done = _("Data diubah") if approve else _("Permintaan ditolak")
            deed = work.decide_work(
                self._context.app, request.request_no, note=note, approve=approve
            )
            task = self._context.runner.start(deed)
            task.succeeded.connect(self._on_decided)
            task.failed.connect(self.problem_met)

    def _on_decided(self, answer: Answer) -> None:
        self.noted.emit(self._done)
        self._context.changes.publish(answer.changes)
        self.refresh()
        self.focus_first()

    def _on_chip_chosen(self, _key: str) -> None:
        self._show_list()

    def _on_opened(self) -> None:
        request = self.request
        if request is not None:
            self.person_asked.emit(request.person_id)

    def _on_refuse_clicked(self) -> None:
        self._decide(approve=False)

    def _on_approve_clicked(self) -> None:
        self._decide(approve=True)

    def _on_reveal_given_up(self) -> None:
        self.reveal.hide()
        self.focus_first()

    def _on_reveal_reason_given(self, reason: str) -> None:
        request = self.request
        self.reveal.hide()
        if request is not None:
            deed = work.reveal_change_work(self._context.app, request.request_no, reason)
            task = self._context.runner.start(deed)
            task.succeeded.connect(self._on_revealed)
            task.failed.connect(self.problem_met)

    def _on_revealed(self, found: work.RevealedChange) -> None:
        request = self.request
        if request is not None and request.request_no == found.request_no:
            self.before.setText(found.before)
            self.after.setText(found.after)
            self.noted.emit(_("NIK dibuka; alasannya tercatat di Riwayat"))


def _columns() -> tuple[Column[ChangeRequest], ...]:
    return (
        Column(key="no", title=_("No"), text=_number_words, width=52, sort=_number),
        Column(key="person", title=_("Orang"), text=_person, weight=500, second=_basis),
        Column(key="field", title=_("Isian"), text=_field, width=112),
        Column(key="after", title=_("Menjadi"), text=_after, second=_before, width=200),
        Column(key="asked", title=_("Diajukan"), text=_asker, second=_asked_at, width=150),
        Column(key="state", title=_("Keadaan"), text=_asker, pill=_pill, width=110),
    )


def _number(request: ChangeRequest) -> int:
    return request.request_no


def _number_words(request: ChangeRequest) -> str:
    return format_count(request.request_no)


def _person(request: ChangeRequest) -> str:
    return request.person_name


def _basis(request: ChangeRequest) -> str:
    return request.basis


def _field(request: ChangeRequest) -> str:
    return FIELD_LABELS[request.field]


def _after(request: ChangeRequest) -> str:
    return value_words(request.after)


def _before(request: ChangeRequest) -> str:
    return _("semula {value}").format(value=value_words(request.before))


def _asker(request: ChangeRequest) -> str:
    return request.asked_by


def _asked_at(request: ChangeRequest) -> str:
    return moment_words(request.asked_at)


def _pill(request: ChangeRequest) -> tuple[str, str]:
    if request.is_open:
        return _("Menunggu"), "info"
    if request.decision == "APPROVED":
        return _("Disetujui"), "ok"
    return _("Ditolak"), "bad"
