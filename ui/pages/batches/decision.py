"""Decide on a list: the table that adds up, the quota, the money, and who says yes."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, Qt
from PySide6.QtWidgets import QWidget

from bpjsdesk.domain.access import ActingUser
from bpjsdesk.domain.enrollment import BatchStatus
from bpjsdesk.domain.wording import format_count, format_month_range
from bpjsdesk.errors import AppError
from bpjsdesk.services.acceptance import Doubles
from bpjsdesk.services.staging import StagedList
from ui.i18n import _
from ui.pages.batches.budget_card import BudgetCard
from ui.pages.batches.fate_table import FateTable
from ui.pages.batches.import_work import ACCEPT, FILL, REFUSE, SUBMIT, Verdict
from ui.pages.batches.quota_card import AmountCard, QuotaCard, QuotaUse
from ui.pages.batches.reason_line import ReasonLine
from ui.pages.batches.receipt_preview import ReceiptPreview
from ui.pages.batches.sender_letter import letter_button
from ui.pages.batches.why_ask import WhyAsk
from ui.pages.batches.work_pane import WorkPane
from ui.pages.batches.work_state import WorkState, with_held_doubles
from ui.theme import px
from ui.widgets.buttons import Button
from ui.widgets.inline import InlineMessage
from ui.widgets.layout import Card, ScrollColumn, boxed, clear_layout, column, row
from ui.widgets.split import MainAndRail
from ui.widgets.text import IconMark, Label, caption, card_title

_HELD_SHOWN = 5
_ROOM_FOR_NOTE_PX = 900


class DecisionPane(WorkPane):
    """Show what accepting would do; nothing is stored before the button.

    Signals: decided(Verdict).
    """

    decided = Signal(object)

    def __init__(
        self,
        user: ActingUser,
        doubles_of: Callable[[StagedList], Doubles | None],
        preview: ReceiptPreview,
    ) -> None:
        super().__init__()
        self._user = user
        self._doubles_of, self._preview = doubles_of, preview
        self._deed = ""
        self._build_widgets()
        self._connect_signals()

    @property
    def deed(self) -> str:
        """What the main button would do; empty where this user has nothing to do."""
        return self._deed

    def main_button(self) -> Button:
        return self.act_button

    def enter(self, state: WorkState) -> None:
        doubles = self._doubles_of(state.work)
        self._preview.show_list(state.work, doubles)
        state = with_held_doubles(state, doubles)
        meter, counts = state.meter, state.counts
        self._table.show_counts(counts, meter.head_amount)
        self._quota.set_use(
            QuotaUse(
                name=state.item.category_name,
                heads=meter.heads,
                earlier=meter.taken,
                added=meter.entering,
                held=meter.held,
            )
        )
        self._budget.set_meter(meter, state.work.check.months)
        self._say_room(state)
        self._say_held(state)
        check = state.work.check
        months = format_month_range(check.from_month, check.to_month)
        words = _("Iuran {n} orang, {months}")
        self._amount.set_amount(
            meter.entering * meter.head_amount,
            words.format(n=format_count(meter.entering), months=months),
        )
        self._problem.hide()
        self._ask.hide()
        self.errors_button.setVisible(counts.held > 0)
        self.letter_button.setVisible(counts.held > 0)
        self._offer_deed(state)

    def show_problem(self, problem: AppError) -> None:
        """Say why nothing was stored."""
        self._problem.set_text(_("Belum ada yang disimpan"), problem.message)
        self._problem.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._note.setVisible(self.width() >= px(_ROOM_FOR_NOTE_PX))

    def focus_first(self) -> None:
        button = self.act_button if self._deed else self.back_button
        button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build_widgets(self) -> None:
        self._problem = InlineMessage("bad", "", " ")
        self._problem.setObjectName("saveProblem")
        self._problem.hide()
        self._status = InlineMessage("info", "", " ")
        self._status.hide()
        self._table = FateTable()
        self._table.setObjectName("fateTable")
        fates = Card(card_title(_("Yang akan terjadi")), self._table, gap=4)
        self._quota, self._budget, self._amount = QuotaCard(), BudgetCard(), AmountCard()
        self._room = InlineMessage("warn", "", " ")
        self._room.setObjectName("quotaRoom")
        money = column(self._quota, self._room, self._budget, self._amount, gap=10)
        main = ScrollColumn(self._problem, self._status, fates, money, None)
        self.back_button = Button(_("Kembali"), key="Alt+←")
        self.errors_button = Button(
            _("Berkas koreksi untuk pengirim"), icon="file-spreadsheet", key="Ctrl+S"
        )
        self.letter_button = letter_button()
        self.refuse_button = Button(_("Kembalikan ke petugas…"))
        self.refuse_button.setObjectName("refuseButton")
        self.act_button = Button("", kind="primary", icon="check", key="Ctrl+Enter")
        self.act_button.setObjectName("acceptButton")
        self._note = caption("")
        foot = row(
            self.back_button,
            self.errors_button,
            self.letter_button,
            None,
            self._note,
            self.refuse_button,
            self.act_button,
            gap=10,
        )
        split = MainAndRail(main, self._make_rail(), rail_width=380)
        self.setLayout(column((split, 1), foot, gap=10))

    def _make_rail(self) -> QWidget:
        self._ask = WhyAsk()
        self._asking = Card(self._ask)
        self._asking.hide()
        promises = [
            ("users", _("Yang baru didaftarkan, yang sudah tercatat disambung masa iurannya.")),
            ("database", _("Semua tersimpan bersama atau tidak sama sekali.")),
            ("clock", _("Baris yang ditahan tetap terbuka dan bisa menyusul kapan saja.")),
            (
                "file-spreadsheet",
                _("Berkas koreksi menyebut tiap baris yang ditahan dan sebabnya."),
            ),
        ]
        lines = [
            boxed(row(column(IconMark(icon, "accent", size=16), None), (_line(words), 1), gap=10))
            for icon, words in promises
        ]
        rules = Card(card_title(_("Sebelum memutuskan")), *lines, gap=10)
        self._held_count = Label("", size=12, weight=500, tone="warn")
        self._held_lines = column(gap=0)
        head = row(card_title(_("Ditahan karena")), None, self._held_count)
        self._held = Card(head, self._held_lines, gap=4, margins=(16, 10, 10, 6))
        return ScrollColumn(self._asking, self._preview, self._held, rules, None)

    def _connect_signals(self) -> None:
        self.act_button.clicked.connect(self._on_act_clicked)
        self.refuse_button.clicked.connect(self._on_refuse_clicked)
        self.back_button.clicked.connect(self.back_asked)
        self.errors_button.clicked.connect(self.errors_asked)
        self.letter_button.clicked.connect(self.letter_asked)
        self._ask.decided.connect(self._on_ask_decided)
        self._ask.closed.connect(self._asking.hide)

    def _say_held(self, state: WorkState) -> None:
        clear_layout(self._held_lines)
        held = [reason for reason in state.reasons if reason.tone == "bad"]
        self._held.setVisible(bool(held))
        words = _("{n} baris").format(n=format_count(state.counts.held))
        self._held_count.setText(words)
        for reason in held[:_HELD_SHOWN]:
            line = ReasonLine()
            line.show_reason(reason)
            self._held_lines.addWidget(line)

    def _say_room(self, state: WorkState) -> None:
        meter = state.meter
        self._room.setVisible(meter.over_with_held > 0)
        if meter.over:
            words = _(
                "Kuota terlampaui {n} orang. Baris terakhir yang tidak kebagian tempat ditahan, "
                "atau tambah kuota perjanjian dahulu."
            )
            self._room.set_text(
                _("Kuota tidak cukup"), words.format(n=format_count(meter.over)), tone="bad"
            )
        elif meter.over_with_held:
            words = _("Bila seluruh {held} baris tertahan lolos, kuota terlampaui {n} orang.")
            self._room.set_text(
                _("Kuota cukup untuk saat ini"),
                words.format(held=format_count(meter.held), n=format_count(meter.over_with_held)),
                tone="warn",
            )

    def _offer_deed(self, state: WorkState) -> None:
        submitted = state.item.status == BatchStatus.SUBMITTED
        may_accept = self._user.may("batch.accept")
        entering = format_count(state.meter.entering)
        if may_accept:
            surplus, _why = state.meter.too_many(state.work.check.levels)
            self._deed = FILL if surplus else ACCEPT
            words = _("Terima sampai kuota penuh") if surplus else _("Terima {n} orang")
        else:
            self._deed = "" if submitted or not self._user.may("batch.submit") else SUBMIT
            words = _("Ajukan {n} orang ke penyelia")
        self.act_button.setText(words.format(n=entering))
        self.act_button.setVisible(bool(self._deed))
        self.act_button.setEnabled(state.meter.entering > 0)
        self.act_button.updateGeometry()
        self.refuse_button.setVisible(submitted and self._user.may("batch.refuse"))
        self._note.setText(_note(state))
        self._status.setVisible(submitted)
        if submitted:
            title = _("Diajukan, menunggu putusan penyelia")
            self._status.set_text(title, _("Selama itu barisnya tidak dapat diubah."))

    def _on_act_clicked(self) -> None:
        if self._deed:
            self.decided.emit(Verdict(deed=self._deed))

    def _on_refuse_clicked(self) -> None:
        self._asking.show()
        self._ask.ask_refusal()

    def _on_ask_decided(self, reason: str) -> None:
        self.decided.emit(Verdict(deed=REFUSE, reason=reason))


def _line(words: str) -> Label:
    return Label(words, size=12, wrap=True)


def _note(state: WorkState) -> str:
    if not state.meter.entering:
        return _("Belum ada baris yang dapat diterima")
    if state.counts.held:
        words = _("{n} baris ditahan, bisa menyusul")
        return words.format(n=format_count(state.counts.held))
    return ""
