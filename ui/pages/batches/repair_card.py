"""The chosen reason: what it means, what its repairs would do, and the buttons that do it."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from bpjsdesk.domain.wording import format_count
from bpjsdesk.services.repairs import RepairOffer
from ui.i18n import _
from ui.pages.batches.repair_samples import RepairSamples
from ui.pages.batches.why_ask import WhyAsk
from ui.pages.batches.work_state import Reason
from ui.paint import draw_box
from ui.theme import color
from ui.widgets.buttons import Button
from ui.widgets.layout import boxed, clear_layout, column, row
from ui.widgets.text import Label, caption

_SEVERAL = 2


class RepairCard(QWidget):
    """Show one reason with its offers.

    Signals: repair_asked(RepairOffer), rows_asked(), left_out(str), sent_back(str) and ignored(str)
    with the clerk's reason, ignore_wanted() to be asked for it, asking_begun() when any is asked
    for, asking_ended() when that is put away.
    """

    repair_asked = Signal(object)
    rows_asked = Signal()
    left_out = Signal(str)
    sent_back = Signal(str)
    ignored = Signal(str)
    ignore_wanted = Signal()
    asking_begun = Signal()
    asking_ended = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._reason: Reason | None = None
        self._offers: Sequence[RepairOffer] = ()
        self._place = 0
        self._shown_ways: tuple[tuple[str, int], ...] = ()
        self._may_repair = self._is_counted = self._is_compact = False
        self._answer = self.left_out
        self._build_widgets()
        self._connect_signals()

    @property
    def offer(self) -> RepairOffer | None:
        """The repair that is shown; None while it is sought, or where there is none."""
        return self._offers[self._place] if self._offers else None

    def show_reason(self, reason: Reason, *, may_repair: bool) -> None:
        """Show a reason; its offers follow when they have been counted."""
        is_other = self._reason is None or self._reason.code != reason.code
        self._reason, self._may_repair = reason, may_repair
        self._title.setText(reason.title)
        self._count.setText(format_count(reason.count))
        self._count.set_tone(reason.tone)
        self._advice.setText(reason.advice)
        self.leave_button.setVisible(may_repair)
        self.return_button.setVisible(may_repair)
        self.ignore_button.setVisible(may_repair and reason.tone == "warn")
        if is_other:
            self._ask.hide()
            self._acts.show()
            self._offers, self._is_counted = (), False
            self._show_offer()
        self.update()

    def show_offers(self, offers: Sequence[RepairOffer]) -> None:
        """Show what can be done; the way that was chosen before stays chosen."""
        chosen = self.offer.rule if self.offer else None
        self._offers, self._is_counted = offers, True
        rules = [offer.rule for offer in offers]
        self._place = rules.index(chosen) if chosen in rules else 0
        self._show_offer()

    def set_busy(self, busy: bool) -> None:
        """Let nothing be asked twice while a step is being stored."""
        firsts = (self.repair_button, self.ignore_button)
        for button in (*firsts, self.leave_button, self.return_button):
            button.setEnabled(not busy)

    def set_compact(self, compact: bool) -> None:
        """Leave out the advice and all samples but one, for a low window."""
        self._is_compact = compact
        self._advice.setHidden(compact)
        self._show_offer()

    def ask_why(self) -> None:
        """Ask for the reason why these rows are not loaded."""
        if self._reason is not None and self._may_repair:
            self._acts.hide()
            self._answer = self.left_out
            self._ask.ask(self._reason.count)
            self.asking_begun.emit()

    def ask_return(self) -> None:
        """Ask what the sender is to mend in these rows."""
        if self._reason is not None and self._may_repair:
            self._acts.hide()
            self._answer = self.sent_back
            self._ask.ask_return(self._reason.count, self._reason.title)
            self.asking_begun.emit()

    def ask_ignore(self, likely: str) -> None:
        """Ask why this warning is in order; `likely` was said of it before."""
        if self._reason is not None and self._may_repair:
            self._acts.hide()
            self._answer = self.ignored
            self._ask.ask_ignore(self._reason.count, self._reason.title, likely)
            self.asking_begun.emit()

    def refuse_ignoring(self, words: str) -> None:
        """Say why this reason cannot be ignored, until something else is shown."""
        self._outcome.setText(words)
        self._outcome.show()

    def show_next_way(self) -> None:
        """Show the next of several repairs."""
        if self._offers:
            self._place = (self._place + 1) % len(self._offers)
            self._show_offer()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        draw_box(painter, box, fill="surface", edge="accent", radius=7, width=1.5)
        if self._reason is not None:
            dot = QRectF(13, self._title.geometry().center().y() - 3, 8, 8)
            draw_box(painter, dot, fill=self._reason.tone, radius=4)
            painter.setPen(color("line"))

    def _build_widgets(self) -> None:
        self._title = Label("", weight=600, wrap=True)
        self._count = Label("", size=14, weight=600)
        self._advice = caption("", wrap=True)
        self._samples = RepairSamples()
        self._outcome = Label("", size=12, wrap=True)
        self._ways = column(gap=2)
        self.repair_button = Button("", kind="primary", icon="wand", key="Enter", small=True)
        self.repair_button.setObjectName("repairButton")
        self.rows_button = Button(_("Buka"), key="B", small=True)
        self.rows_button.setAccessibleName(_("Buka baris"))
        self.rows_button.setObjectName("rowsButton")
        self.leave_button = Button(_("Jangan dimuat…"), key="J", small=True)
        self.leave_button.setObjectName("leaveButton")
        self.return_button = Button(_("Kirim balik…"), key="K", small=True)
        self.return_button.setObjectName("returnButton")
        self.ignore_button = Button(_("Abaikan…"), key="I", small=True)
        self.ignore_button.setObjectName("ignoreButton")
        self._ask = WhyAsk()
        firsts = row(self.repair_button, self.rows_button, None, gap=6)
        others = row(self.return_button, self.leave_button, None, gap=6)
        lasts = row(self.ignore_button, None, gap=6)
        self._acts = boxed(column(firsts, others, lasts, gap=6))
        head = row((self._title, 1), self._count, gap=8)
        parts = (self._advice, boxed(self._ways), self._samples, self._outcome)
        self.setLayout(column(head, *parts, self._acts, self._ask, gap=6, margins=(27, 9, 12, 12)))

    def _connect_signals(self) -> None:
        self.repair_button.clicked.connect(self._on_repair_clicked)
        self.rows_button.clicked.connect(self.rows_asked)
        self.leave_button.clicked.connect(self.ask_why)
        self.return_button.clicked.connect(self.ask_return)
        self.ignore_button.clicked.connect(self.ignore_wanted)
        self._ask.decided.connect(self._on_ask_decided)
        self._ask.closed.connect(self._on_ask_closed)

    def _show_offer(self) -> None:
        offer = self.offer
        self._samples.setVisible(offer is not None)
        self._outcome.setVisible(offer is not None or self._is_counted)
        self.repair_button.setVisible(offer is not None and self._may_repair)
        self._show_ways()
        if offer is None:
            self._outcome.setText(
                _("Tidak ada perbaikan yang pasti. Ubah selnya, atau kembalikan ke pengirim.")
            )
        else:
            self._samples.set_samples(offer.samples[: 1 if self._is_compact else None])
            self._outcome.setText(_outcome(offer))
            words = _("Perbaiki {n} baris").format(n=format_count(offer.mends))
            self.repair_button.setText(words)
            self.repair_button.updateGeometry()
        self.updateGeometry()

    def _show_ways(self) -> None:
        shown = tuple((offer.label, offer.mends) for offer in self._offers)
        if shown == self._shown_ways and len(shown) < _SEVERAL:
            return
        self._shown_ways = shown
        clear_layout(self._ways)
        several = len(self._offers) >= _SEVERAL
        self._ways.parentWidget().setVisible(bool(self._offers))
        for place, offer in enumerate(self._offers):
            words = f"{offer.label} · {format_count(offer.mends)}" if several else offer.label
            if not several:
                self._ways.addWidget(Label(words, size=12, weight=600))
                continue
            button = Button(words, kind="chip")
            button.setCheckable(True)
            button.setChecked(place == self._place)
            button.setProperty("place", place)
            button.clicked.connect(self._on_way_clicked)
            self._ways.addWidget(button)

    def _on_way_clicked(self) -> None:
        self._place = int(self.sender().property("place"))
        self._show_offer()

    def _on_repair_clicked(self) -> None:
        if self.offer is not None:
            self.repair_asked.emit(self.offer)

    def _on_ask_decided(self, why: str) -> None:
        self._answer.emit(why)

    def _on_ask_closed(self) -> None:
        self._acts.show()
        self.asking_ended.emit()


def _outcome(offer: RepairOffer) -> str:
    mends = _("{n} diperbaiki").format(n=format_count(offer.mends))
    if not offer.leaves:
        return mends
    return _("{mends} · {n} tetap").format(mends=mends, n=format_count(offer.leaves))
