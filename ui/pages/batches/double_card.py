"""One double in full: who the two are, what differs, and what may be said of it."""

from PySide6.QtCore import Signal

from bpjsdesk.domain.duplicates import PaidElsewhere, Pair
from bpjsdesk.domain.identity import mask_nik
from bpjsdesk.domain.people import Person
from bpjsdesk.domain.wording import format_count, format_month_range, format_rupiah
from ui.i18n import _
from ui.page import PageContext
from ui.pages.batches.double_choices import DoubleChoices
from ui.pages.batches.double_fields import (
    Compared,
    DoubleFields,
    Heading,
    compared,
    heading,
    member_line,
    spaced_nik,
)
from ui.pages.batches.double_work import Double, DoubleList, DoublesFound, person_work
from ui.pages.batches.work_state import WorkState
from ui.tasks import LatestRead
from ui.widgets.buttons import Button
from ui.widgets.layout import Card, row
from ui.widgets.text import ElidedLine, Pill, caption

_SURE = 90
_SAME_WORDS = 3


class DoubleCard(Card):
    """Show the double that is chosen at the left.

    Signals: move_asked(int) to the one before or after.
    """

    move_asked = Signal(int)

    def __init__(self, context: PageContext) -> None:
        self._context = context
        self._state: WorkState | None = None
        self._found: DoublesFound | None = None
        self._item: Double | None = None
        self._person: Person | None = None
        self._alike: tuple[Double, ...] = ()
        self._may_decide = False
        self._pill, self._words = Pill("", "warn"), ElidedLine("", size=12, tone="muted")
        self._place = caption("")
        self._up, self._down = (
            _arrow("chevron-up", _("sebelumnya")),
            _arrow("chevron-down", _("berikutnya")),
        )
        self.fields, self.choices = DoubleFields(), DoubleChoices()
        head = row(self._pill, (self._words, 1), self._place, self._up, self._down, gap=8)
        super().__init__(head, (self.fields, 1), self.choices, gap=8, margins=(16, 9, 16, 10))
        self.setObjectName("doubleCard")
        self._people = LatestRead(context.runner, self)
        self._people.succeeded.connect(self._on_people_succeeded)
        self._up.clicked.connect(self._on_up_clicked)
        self._down.clicked.connect(self._on_down_clicked)

    @property
    def alike(self) -> tuple[Double, ...]:
        """The double and those that can be decided with it."""
        return self._alike

    def show_place(self, state: WorkState, found: DoublesFound, *, may_decide: bool) -> None:
        """Take over the list to which the doubles belong."""
        self._state, self._found, self._may_decide = state, found, may_decide
        self._item = None

    def show_undo(self, shown: bool) -> None:
        self.choices.undo_button.setVisible(shown)

    def show_item(self, item: Double | None, *, place: tuple[int, int]) -> None:
        """Show a double, which is the first of `place` in so many."""
        self._place.setText(_place_words(item, place))
        self._up.setEnabled(place[0] > 1)
        self._down.setEnabled(place[0] < place[1])
        if item is None or item is self._item:
            self._show_nothing(item)
            return
        self._item, self._person = item, None
        self.fields.show()
        self.choices.show()
        self._alike = self._those_alike(item)
        why = item.agreement_title if isinstance(item, PaidElsewhere) else item.pattern
        self.choices.show_item(item, len(self._alike) - 1, may_decide=self._may_decide, why=why)
        if isinstance(item, PaidElsewhere):
            self._show_paid(item)
        else:
            self._show_pair(item)
            self._ask_for_person(item)

    def _show_nothing(self, item: Double | None) -> None:
        if item is None:
            self._item, self._alike = None, ()
            self._pill.set_state("", "grey")
            self._words.set_text(_("Daftar ini selesai; pilih daftar lain dengan ← →."))
            self.fields.hide()
            self.choices.hide()

    def _those_alike(self, item: Double) -> tuple[Double, ...]:
        found = self._found
        if found is None:
            return (item,)
        if isinstance(item, Pair):
            return found.of_pattern(item)
        paid = found.open[DoubleList.PAID]
        same = (
            each
            for each in paid
            if isinstance(each, PaidElsewhere) and each.agreement_id == item.agreement_id
        )
        return tuple({each.line_id: each for each in same}.values())

    def _show_pair(self, pair: Pair) -> None:
        state, found = self._state, self._found
        if state is None or found is None:
            return
        total = pair.likeness.total
        self._pill.set_state(_("Mirip {n}%").format(n=total), "warn" if total >= _SURE else "grey")
        words = pair.likeness.words
        if pair.earlier is not None:
            said = _(
                "dahulu dinyatakan bukan orang yang sama oleh {who}; datanya berubah sejak itu"
            )
            words = said.format(who=pair.earlier.user_name)
        self._words.set_text(words)
        file = state.item.source_name
        heads = [heading(side, self._person, file) for side in (pair.offered, pair.kept)]
        in_full = self._context.app.user.may("batch.repair")
        lines = compared(pair, found.regions, in_full=in_full)
        if self._person is not None:
            lines = (*lines, member_line(self._person))
        self.fields.show_lines(heads, lines)

    def _show_paid(self, paid: PaidElsewhere) -> None:
        state = self._state
        if state is None:
            return
        wasted = _("{amount} terbuang").format(amount=format_rupiah(paid.wasted))
        self._pill.set_state(wasted, "warn")
        this = state.item.agreement_title
        self._words.set_text(paid.words(this))
        in_full = self._context.app.user.may("batch.repair")
        self.fields.show_lines(_paid_heads(paid, state), _paid_lines(paid, this, in_full=in_full))

    def _ask_for_person(self, pair: Pair) -> None:
        if pair.kept.person_id is not None and self._context.app.user.may("read.people"):
            self._people.start(person_work(self._context.app, pair.kept.person_id))
        else:
            self._people.cancel()

    def _on_people_succeeded(self, person: Person) -> None:
        item = self._item
        if isinstance(item, Pair) and item.kept.person_id == person.person_id:
            self._person = person
            self._show_pair(item)

    def _on_up_clicked(self) -> None:
        self.move_asked.emit(-1)

    def _on_down_clicked(self) -> None:
        self.move_asked.emit(1)


def _arrow(icon: str, name: str) -> Button:
    button = Button("", icon=icon, small=True)
    button.setAccessibleName(name)
    button.setToolTip(name)
    return button


def _place_words(item: Double | None, place: tuple[int, int]) -> str:
    if item is None:
        return ""
    words = _("pasangan {n} dari {all}") if isinstance(item, Pair) else _("baris {n} dari {all}")
    return words.format(n=format_count(place[0]), all=format_count(place[1]))


def _told_apart(one: str, other: str) -> tuple[str, str]:
    """Leave out the words with which two long titles begin: what tells them apart comes last."""
    first, second = one.split(), other.split()
    pairs = zip(first, second, strict=False)
    same = next((at for at, (x, y) in enumerate(pairs) if x != y), 0)
    if same <= _SAME_WORDS:
        return one, other
    return "… " + " ".join(first[same - 1 :]), "… " + " ".join(second[same - 1 :])


def _paid_heads(paid: PaidElsewhere, state: WorkState) -> tuple[Heading, Heading]:
    here = _("batch {number}").format(number=state.item.number)
    there = _("batch {number}").format(number=paid.batch_number)
    return (
        Heading(icon="file-spreadsheet", title=_("Daftar ini"), below=here),
        Heading(icon="file-certificate", title=_("Perjanjian lain"), below=there),
    )


def _paid_lines(paid: PaidElsewhere, this: str, *, in_full: bool) -> tuple[Compared, ...]:
    nik = spaced_nik(paid.nik if in_full else mask_nik(paid.nik))
    months = format_month_range(paid.first, paid.last)
    both = _("{n} bulan dibayar dua kali").format(n=paid.months)
    amounts = (format_rupiah(paid.by_this), format_rupiah(paid.by_other))
    wasted = _("{amount} terbuang").format(amount=format_rupiah(paid.wasted))
    payer = ("–", _("membayar terus")) if paid.other_is_earlier else (_("membayar terus"), "–")
    found = (
        (_("NIK"), (nik, nik), _("sama"), "muted"),
        (_("Nama"), (paid.name, paid.name), _("sama"), "muted"),
        (_("Perjanjian"), _told_apart(this, paid.agreement_title), _("dua pembayar"), "warn"),
        (_("Bulan bersama"), (months, months), both, "warn"),
        (_("Iuran bulan itu"), amounts, wasted, "warn"),
        (_("Usul pembayar"), payer, _("perjanjian yang lebih dahulu"), "info"),
    )
    return tuple(
        Compared(label=label, offered=texts[0], kept=texts[1], words=words, tone=tone)
        for label, texts, words, tone in found
    )
