"""One person: who, protected until when, under which agreements, and with which claims."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QWidget

from bpjsdesk.domain.people import Membership, Person, PersonClaim
from bpjsdesk.domain.wording import format_count, format_month_range, format_rupiah
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.people import get_person, reveal_nik
from ui.i18n import _
from ui.page import PageContext
from ui.pages.people.reveal import RevealPanel
from ui.pages.people.strip import CoverageStrip
from ui.pages.people.words import (
    Coverage,
    born_words,
    conclusions,
    coverage_of,
    protected_words,
    sex_words,
    state_pill,
)
from ui.table import Column, RecordTableModel
from ui.table_view import RecordTable
from ui.tasks import LatestRead
from ui.theme import px
from ui.widgets.buttons import Button
from ui.widgets.layout import Card, ScrollColumn, boxed, clear_layout, column, row
from ui.widgets.meter import Legend
from ui.widgets.split import SideBySide
from ui.widgets.text import Facts, IconMark, Label, Pill, caption, card_title, record_title

_SHOWN_MS = 60_000


class PersonView(QWidget):
    """Show one person; the full NIK only for a written reason and for a minute.

    Signals: batch_asked(int), claim_asked(int), noted(str), problem_met(exception).
    """

    batch_asked = Signal(int)
    claim_asked = Signal(int)
    noted = Signal(str)
    problem_met = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._person: Person | None = None
        self._read = LatestRead(context.runner, self)
        self._hide_again = QTimer(self)
        self._hide_again.setSingleShot(True)
        self._hide_again.setInterval(_SHOWN_MS)
        self._build_widgets()
        self._connect_signals()

    @property
    def person(self) -> Person | None:
        return self._person

    @property
    def shown_nik(self) -> str:
        """What stands on the screen for the NIK, masked or not."""
        return self._nik.text()

    def show_person(self, person_id: int) -> None:
        """Read a person in the background and show what is known."""
        self._read.start(partial(_read_person, self._context.app, person_id))

    def ask_reveal(self) -> None:
        """Ask why the full NIK is wanted."""
        if self._person is not None and self._context.app.user.may("person.reveal"):
            self._reveal.ask()

    def _build_widgets(self) -> None:
        self._reveal = RevealPanel()
        self._reveal.setObjectName("revealPanel")
        self._reveal.hide()
        self._strip_card, self._membership_card = self._make_strip(), self._make_memberships()
        body = ScrollColumn(
            self._make_head(),
            self._reveal,
            self._strip_card,
            self._membership_card,
            self._make_claims(),
            None,
            gap=10,
        )
        self._inside = boxed(column((body, 1)))
        self._inside.hide()
        self.setLayout(column((self._inside, 1)))

    def _make_head(self) -> Card:
        self._name, self._pill = record_title(), Pill("", "grey")
        self._until = Label("", size=12, weight=500, tone="ok")
        self._nik = Label("", weight=600)
        self._nik.setObjectName("nik")
        self._nik.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.reveal_button = Button(_("Buka samaran"), icon="eye", key="Ctrl+M", small=True)
        if not self._context.app.user.may("person.reveal"):
            self.reveal_button.hide()
        self._facts, self._more = Facts(label_width=92), Facts(label_width=92)
        nik_head = caption(_("NIK"))
        nik_head.setFixedWidth(px(92))
        nik_line = row(nik_head, self._nik, self.reveal_button, None, gap=12)
        return Card(
            SideBySide(
                [(boxed(row(self._name, self._pill, None, gap=10)), 1), self._until],
                stack_below=560,
                gap=4,
            ),
            nik_line,
            SideBySide(
                [(self._facts, 4), (boxed(column(self._more, None)), 3)], stack_below=560, gap=12
            ),
            gap=8,
        )

    def _make_strip(self) -> Card:
        self._strip = CoverageStrip()
        self._run = Label("", size=16, weight=600)
        self._run_note = caption("")
        self._lines = column(gap=5)
        words = column(self._run, self._run_note, 4, self._lines, None, gap=3)
        legend = Legend(
            ("d1", _("dibayar")), ("d2", _("dibayar di muka")), ("track", _("tidak terdaftar"))
        )
        legend.setSizePolicy(
            legend.sizePolicy().horizontalPolicy(), legend.sizePolicy().Policy.Fixed
        )
        head = row(card_title(_("Pita kepesertaan")), 16, (legend, 1))
        left, right = boxed(column(self._strip, None)), boxed(words)
        return Card(head, SideBySide([left, (right, 1)], stack_below=560, gap=24), gap=8)

    def _make_memberships(self) -> Card:
        self._memberships: RecordTableModel[Membership] = RecordTableModel(
            _membership_columns(), self
        )
        self._membership_table = RecordTable(
            self._memberships, _("Kepesertaan"), row_height=43, sortable=False
        )
        self._membership_count = caption("")
        head = row(
            card_title(_("Kepesertaan")), None, self._membership_count, margins=(16, 0, 16, 0)
        )
        return Card(head, self._membership_table, gap=6, margins=(1, 10, 1, 6))

    def _make_claims(self) -> Card:
        self._claims: RecordTableModel[PersonClaim] = RecordTableModel(_claim_columns(), self)
        self._claim_table = RecordTable(self._claims, _("Klaim"), row_height=30, sortable=False)
        self._no_claim = caption(_("Belum ada klaim atas nama orang ini."))
        head = row(card_title(_("Klaim")), None, margins=(16, 0, 16, 0))
        empty = row(self._no_claim, margins=(16, 0, 16, 4))
        return Card(head, self._claim_table, empty, gap=6, margins=(1, 10, 1, 6))

    def _connect_signals(self) -> None:
        self._read.succeeded.connect(self._on_read_succeeded)
        self._read.failed.connect(self.problem_met)
        self.reveal_button.clicked.connect(self.ask_reveal)
        self._reveal.reason_given.connect(self._on_reveal_reason_given)
        self._reveal.given_up.connect(self._on_reveal_given_up)
        self._hide_again.timeout.connect(self._mask)
        self._membership_table.record_opened.connect(self._on_membership_opened)
        self._claim_table.record_opened.connect(self._on_claim_opened)

    def _on_read_succeeded(self, person: Person) -> None:
        self._person = person
        self._inside.show()
        self._reveal.hide()
        today = self._context.today()
        coverage = coverage_of(person.memberships, today)
        self._name.setText(person.name)
        self._pill.set_state(*state_pill(coverage))
        self._until.setText(protected_words(coverage))
        self._until.set_tone("ok" if coverage.is_active else "warn")
        self._mask()
        self._facts.set_pairs(
            [
                (_("Lahir"), born_words(person, today)),
                (_("Alamat"), ", ".join(filter(None, (person.address, person.region_name)))),
                (_("Pekerjaan"), person.occupation),
            ]
        )
        self._more.set_pairs([(_("Jenis kelamin"), sex_words(person.sex)), (_("HP"), person.phone)])
        self._show_coverage(coverage)
        self._show_tables(person)

    def _show_coverage(self, coverage: Coverage) -> None:
        # who only has a claim of another programme has no months to show
        self._strip_card.setVisible(bool(coverage.months))
        self._strip.set_coverage(coverage)
        run = coverage.unbroken
        if run is not None:
            title = _("{n} bulan tanpa putus").format(n=format_count(run[1]))
            note = format_month_range(run[0], coverage.today)
        else:
            title, note = _("Tidak aktif bulan ini"), protected_words(coverage)
        self._run.setText(title)
        self._run_note.setText(note)
        clear_layout(self._lines)
        for icon, tone, words in conclusions(coverage):
            line = Label(words, size=12, weight=500, tone=tone if tone != "ok" else "text")
            self._lines.addLayout(row(IconMark(icon, tone, size=15), (line, 1), gap=7))

    def _show_tables(self, person: Person) -> None:
        self._membership_card.setVisible(bool(person.memberships))
        self._memberships.set_rows(person.memberships)
        self._membership_table.fit_height()
        agreements = {part.agreement_title for part in person.memberships}
        self._membership_count.setText(_("{n} perjanjian").format(n=len(agreements)))
        self._claims.set_rows(person.claims)
        self._claim_table.fit_height()
        self._claim_table.setVisible(bool(person.claims))
        self._no_claim.setVisible(not person.claims)

    def _mask(self) -> None:
        self._hide_again.stop()
        if self._person is not None:
            self._nik.setText(self._person.masked_nik)
            self._nik.setAccessibleName(_("NIK disamarkan"))

    def _on_reveal_given_up(self) -> None:
        self._reveal.hide()
        self.reveal_button.setFocus()

    def _on_reveal_reason_given(self, reason: str) -> None:
        if self._person is None:
            return
        self._reveal.hide()
        work = partial(_reveal, self._context.app, self._person.person_id, reason)
        task = self._context.runner.start(work)
        task.succeeded.connect(self._on_reveal_succeeded)
        task.failed.connect(self.problem_met)

    def _on_reveal_succeeded(self, found: tuple[int, str]) -> None:
        person_id, nik = found
        if self._person is None or self._person.person_id != person_id:
            return
        self._nik.setText(nik)
        self._nik.setAccessibleName(_("NIK {nik}").format(nik=nik))
        self._hide_again.start()
        self.noted.emit(_("NIK dibuka; alasannya tercatat di Riwayat"))

    def _on_membership_opened(self, part: Membership) -> None:
        if part.batch_id is not None:
            self.batch_asked.emit(part.batch_id)

    def _on_claim_opened(self, claim: PersonClaim) -> None:
        self.claim_asked.emit(claim.claim_id)


def _read_person(
    app: AppContext, person_id: int, _progress: ProgressSink, _cancel: CancelToken
) -> Person:
    return get_person(app, person_id)


def _reveal(
    app: AppContext, person_id: int, reason: str, _progress: ProgressSink, _cancel: CancelToken
) -> tuple[int, str]:
    nik = reveal_nik(app, person_id, reason=reason, request_id=new_request_id())
    return person_id, nik


def _membership_columns() -> tuple[Column[Membership], ...]:
    return (
        Column(
            key="agreement", title=_("Perjanjian"), text=_agreement, weight=500, second=_category
        ),
        Column(key="batch", title=_("Batch"), text=_batch, width=124),
        Column(key="months", title=_("Bulan iuran"), text=_months, width=180),
    )


def _agreement(part: Membership) -> str:
    return part.agreement_title


def _batch(part: Membership) -> str:
    return part.batch_number


def _category(part: Membership) -> str:
    return f"{part.category_name} · {' '.join(part.programmes)}"


def _months(part: Membership) -> str:
    return format_month_range(part.from_month, part.to_month)


def _claim_columns() -> tuple[Column[PersonClaim], ...]:
    return (
        Column(key="number", title=_("Nomor"), text=_number, weight=500, width=150),
        Column(key="programme", title=_("Program"), text=_programme),
        Column(key="amount", title=_("Manfaat"), text=_amount, right=True, width=150),
        Column(key="state", title=_("Keadaan"), text=_state, width=150),
    )


def _number(claim: PersonClaim) -> str:
    return claim.number


def _programme(claim: PersonClaim) -> str:
    return claim.programme


def _amount(claim: PersonClaim) -> str:
    return format_rupiah(claim.amount)


def _state(claim: PersonClaim) -> str:
    return claim.status_name
