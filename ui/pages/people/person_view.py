"""One person: who, how they stand, with everything that hangs on them and what may be done."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from bpjsdesk.domain.changes import Answer
from bpjsdesk.domain.people import Membership, Person, PersonClaim
from bpjsdesk.domain.person_changes import EndReason
from bpjsdesk.domain.person_file import PersonFile
from ui.i18n import _
from ui.page import PageContext
from ui.pages.people import person_cards as cards
from ui.pages.people import work
from ui.pages.people.change_panel import ChangePanel
from ui.pages.people.end_panel import EndPanel
from ui.pages.people.merge_view import MergeView
from ui.pages.people.person_head import PersonHead
from ui.pages.people.person_state import PersonState
from ui.pages.people.reveal import RevealPanel
from ui.pages.people.words import coverage_of
from ui.tasks import LatestRead, Work
from ui.widgets.buttons import Button, ChoiceRow
from ui.widgets.layout import ScrollColumn, boxed, column, row

_NOW, _TRACE = "now", "trace"


class PersonView(QWidget):
    """Show one person; the full NIK only for a written reason and for a minute.

    Signals: batch_asked(int), claim_asked(int), request_asked(int), noted(str),
    problem_met(exception).
    """

    batch_asked = Signal(int)
    claim_asked = Signal(int)
    request_asked = Signal(int)
    noted = Signal(str)
    problem_met = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._file: PersonFile | None = None
        self.wanted_id = 0  # the person who was asked for last; 0 while nobody was
        self._read = LatestRead(context.runner, self)
        self._done, self._show_after = "", 0
        self._build_widgets()
        self._connect_signals()

    @property
    def person(self) -> Person | None:
        return self._file.person if self._file is not None else None

    @property
    def file(self) -> PersonFile | None:
        return self._file

    @property
    def shown_nik(self) -> str:
        """What stands on the screen for the NIK, masked or not."""
        return self.head.nik.text()

    @property
    def is_asking(self) -> bool:
        """Say whether something is being filled in."""
        panels = (self.reveal, self.change, self.end, self.merge)
        return any(panel.isVisible() for panel in panels)

    def show_person(self, person_id: int) -> None:
        """Read a person in the background and show what is known."""
        self.wanted_id = person_id
        self._read.start(work.person_work(self._context.app, person_id))

    def focus_first(self) -> None:
        """Put the focus on the first thing that can be done."""
        self.change_button.setFocus()

    def ask_reveal(self) -> None:
        """Ask why the full NIK is wanted."""
        if self._may("person.reveal"):
            self._open(self.reveal)
            self.reveal.ask()

    def ask_change(self) -> None:
        """Ask what is to change of who this is."""
        if self._file is not None and self._may("person.request"):
            self._open(self.change)
            self.change.ask(self._file.person)

    def ask_end(self) -> None:
        """Ask why and since when the membership has ended."""
        if self._file is not None and self._file.end is None and self._may("person.end"):
            task = self._context.runner.read(work.reasons_work(self._context.app))
            task.succeeded.connect(self._on_reasons_read)
            task.failed.connect(self.problem_met)

    def ask_merge(self) -> None:
        """Look for somebody who is the same person."""
        if self._file is not None and self._may("person.merge"):
            self._close_panels()
            self._stack.setCurrentWidget(self.merge)
            self.merge.ask(self._file.person)

    def show_trace(self) -> None:
        """Change between what is and where it came from."""
        if self._file is not None:
            self._tabs.select(_NOW if self._tabs.current == _TRACE else _TRACE)
            self._on_tab_chosen(self._tabs.current)

    def _may(self, command: str) -> bool:
        return self._file is not None and self._context.app.user.may(command)

    def _build_widgets(self) -> None:
        user = self._context.app.user
        self.head = PersonHead(may_reveal=user.may("person.reveal"))
        self.state = PersonState(self._context)
        self.reveal, self.change = RevealPanel(), ChangePanel(self._context)
        self.end, self.merge = EndPanel(self._context), MergeView(self._context)
        self.reveal.setObjectName("revealPanel")
        self.reveal.hide()
        self._tabs = ChoiceRow(
            [(_NOW, _("Ikhtisar")), (_TRACE, _("Asal dan riwayat"))], kind="tab", current=_NOW
        )
        self._tabs.setToolTip(_("Alt+H"))
        self._now, self._trace = self._make_now(), self._make_trace()
        panels = (self.reveal, self.change, self.end)
        self.body = ScrollColumn(
            self.state, self.head, *panels, self._tabs, self._now, self._trace, None, gap=10
        )
        whole = boxed(column(self._make_bar(), (self.body, 1), gap=10))
        self._stack = QStackedWidget()
        self._stack.addWidget(whole)
        self._stack.addWidget(self.merge)
        self._stack.hide()
        self.setLayout(column((self._stack, 1)))

    def _make_bar(self) -> QHBoxLayout:
        user = self._context.app.user
        self.change_button = Button(_("Ubah data"), icon="pencil", key="F2")
        self.end_button = Button(_("Berakhir"), icon="clock-exclamation", key="Ctrl+D")
        self.merge_button = Button(_("Gabungkan"), icon="users-group", key="Ctrl+G")
        if not user.may("person.request"):
            self.change_button.hide()
        if not user.may("person.merge"):
            self.merge_button.hide()
        return row(self.change_button, self.end_button, self.merge_button, None, gap=8)

    def _make_now(self) -> QWidget:
        self._strip, self._memberships = cards.StripCard(), cards.membership_card()
        self._claims, self._heirs = cards.claim_card(), cards.heir_card()
        parts = (self._strip, self._memberships, self._claims, self._heirs, cards.notice_card())
        return boxed(column(*parts, gap=10))

    def _make_trace(self) -> QWidget:
        self.origins, self._history = cards.origin_card(), cards.history_card()
        made = boxed(column(self._history, self.origins, gap=10))
        made.hide()
        return made

    def _connect_signals(self) -> None:
        self._read.succeeded.connect(self._on_read_succeeded)
        self._read.failed.connect(self._on_read_failed)
        for button, slot in (
            (self.change_button, self.ask_change),
            (self.end_button, self.ask_end),
            (self.merge_button, self.ask_merge),
        ):
            button.clicked.connect(slot)
        self.head.reveal_asked.connect(self.ask_reveal)
        self._tabs.chosen.connect(self._on_tab_chosen)
        self.reveal.reason_given.connect(self._on_reveal_reason_given)
        self.change.change_asked.connect(self._on_change_asked)
        self.end.end_asked.connect(self._on_end_asked)
        self.merge.merge_asked.connect(self._on_merge_asked)
        self.merge.problem_met.connect(self.problem_met)
        for panel in (self.reveal, self.change, self.end, self.merge):
            panel.given_up.connect(self._on_given_up)
        self.state.resume_asked.connect(self._on_resume_asked)
        self.state.unmerge_asked.connect(self._on_unmerge_asked)
        self.state.person_asked.connect(self.show_person)
        self.state.request_asked.connect(self.request_asked)
        self._memberships.opened.connect(self._on_membership_opened)
        self._claims.opened.connect(self._on_claim_opened)

    def _on_read_succeeded(self, file: PersonFile) -> None:
        is_other = self._file is None or self._file.person.person_id != file.person.person_id
        self._file = file
        self._stack.show()
        if is_other:
            self._close_panels()
            self._stack.setCurrentIndex(0)
            self.body.verticalScrollBar().setValue(0)
        today, late = self._context.today(), file.months_after_end
        coverage = coverage_of(file.person.memberships, today, but=late)
        self.state.show_file(file)
        self.head.show_file(file, coverage)
        may_end = self._context.app.user.may("person.end") and file.end is None
        self.end_button.setVisible(may_end)
        self._strip.show_file(file, coverage)
        cards.show_memberships(self._memberships, file)
        self._claims.show_rows(file.person.claims)
        self._heirs.show_rows(file.heirs)
        self.origins.show_rows(file.origins)
        self._history.show_rows(file.history)

    def _on_read_failed(self, problem: Exception) -> None:
        self.wanted_id = 0  # whoever is gone is not asked for again and again
        self.problem_met.emit(problem)

    def _open(self, panel: QWidget) -> None:
        self._close_panels()
        self._stack.setCurrentIndex(0)
        panel.show()
        self.body.verticalScrollBar().setValue(0)

    def _close_panels(self) -> None:
        for panel in (self.reveal, self.change, self.end):
            panel.hide()

    def _write(self, deed: Work, done: str, *, show_after: int = 0) -> None:
        self._done, self._show_after = done, show_after
        task = self._context.runner.start(deed)
        task.succeeded.connect(self._on_written)
        task.failed.connect(self._on_refused)

    def _on_written(self, answer: Answer) -> None:
        self._close_panels()
        self._stack.setCurrentIndex(0)
        self.change_button.setFocus()
        self.noted.emit(self._done)
        self._context.changes.publish(answer.changes)
        if self._show_after:
            self.show_person(self._show_after)

    def _on_refused(self, problem: Exception) -> None:
        if self._stack.currentWidget() is self.merge:
            self.merge.show_refusal(problem)
        elif not any(
            panel.isVisible() and panel.show_refusal(problem) for panel in (self.change, self.end)
        ):
            self.problem_met.emit(problem)

    def _on_given_up(self) -> None:
        openers = (
            (self.reveal, self.head.reveal_button),
            (self.end, self.end_button),
            (self.merge, self.merge_button),
        )
        given_up = self.sender()
        opener = next((by for panel, by in openers if panel is given_up), self.change_button)
        self._close_panels()
        self._stack.setCurrentIndex(0)
        opener.setFocus()

    def _on_tab_chosen(self, key: str) -> None:
        self._now.setVisible(key == _NOW)
        self._trace.setVisible(key == _TRACE)

    def _on_reasons_read(self, reasons: tuple[EndReason, ...]) -> None:
        if self._file is not None:
            self._open(self.end)
            self.end.ask(self._file.person, reasons)

    def _on_reveal_reason_given(self, reason: str) -> None:
        if self._file is not None:
            self.head.reveal_button.setFocus()
            self.reveal.hide()
            deed = work.reveal_work(self._context.app, self._file.person.person_id, reason)
            task = self._context.runner.start(deed)
            task.succeeded.connect(self._on_reveal_succeeded)
            task.failed.connect(self.problem_met)

    def _on_reveal_succeeded(self, found: work.Revealed) -> None:
        person = self.person
        if person is not None and person.person_id == found.person_id:
            self.head.show_numbers(found.numbers)
            self._show_heirs(found.numbers.heirs)
            self.noted.emit(_("NIK dibuka; alasannya tercatat di Riwayat"))

    def _show_heirs(self, texts: Sequence[str]) -> None:
        if self._file is not None and len(texts) == len(self._file.heirs):
            both = zip(self._file.heirs, texts, strict=True)
            self._heirs.show_rows(tuple(replace(heir, text=text) for heir, text in both))

    def _on_change_asked(self, asked: work.Asked) -> None:
        if self._file is not None:
            deed = work.request_work(self._context.app, self._file.person.person_id, asked)
            self._write(deed, _("Permintaan diajukan; menunggu persetujuan"))

    def _on_end_asked(self, ended: work.Ended) -> None:
        if self._file is not None:
            deed = work.end_work(self._context.app, self._file.person.person_id, ended)
            self._write(deed, _("Berakhirnya kepesertaan dicatat"))

    def _on_resume_asked(self) -> None:
        if self._file is not None:
            deed = work.resume_work(self._context.app, self._file.person.person_id)
            self._write(deed, _("Catatan berakhir dicabut"))

    def _on_merge_asked(self, kept_id: int, merged_id: int, reason: str) -> None:
        deed = work.merge_work(self._context.app, kept_id, merged_id, reason=reason)
        done = _("Digabung; penggabungan dapat dilepas dari halaman orang ini")
        self._write(deed, done, show_after=kept_id)

    def _on_unmerge_asked(self, merge_id: int) -> None:
        self._write(work.unmerge_work(self._context.app, merge_id), _("Penggabungan dilepas"))

    def _on_membership_opened(self, part: Membership) -> None:
        if part.batch_id is not None:
            self.batch_asked.emit(part.batch_id)

    def _on_claim_opened(self, claim: PersonClaim) -> None:
        self.claim_asked.emit(claim.claim_id)
