"""One claim in view mode: how far it is, what may be done next, what is paid to whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from bpjsdesk.domain.claims import PROGRAMME_NAMES, Claim, ClaimComponent, ClaimMove
from bpjsdesk.domain.identity import mask_nik
from bpjsdesk.domain.reference import SEGMENT_LABELS
from bpjsdesk.domain.wording import amount_in_words, format_count, format_date
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.context import AppContext
from ui.i18n import _
from ui.page import PageContext
from ui.pages.claims.loading import ClaimFacts, load_facts
from ui.pages.claims.path import PathView, path_steps
from ui.pages.claims.words import (
    MAIN_PATH,
    PAID,
    PROGRAMME_WORDS,
    moment_words,
    move_words,
    short_day_label,
)
from ui.table import Column, RecordTableModel
from ui.table_view import RecordTable
from ui.tasks import LatestRead, Work
from ui.theme import px
from ui.widgets.buttons import Button
from ui.widgets.layout import Card, ScrollColumn, boxed, clear_layout, column, row
from ui.widgets.message import EmptyState
from ui.widgets.split import MainAndRail
from ui.widgets.text import Facts, Label, Pill, caption, card_title, record_title

_RAIL_WIDTH = 268
_FOOT_PX = 760
_NIK_DIGITS = 16


class ClaimDetail(QWidget):
    """Show one claim and offer its steps.

    Signals: edit_requested(), move_requested(ClaimMove), agreement_requested(int),
    failed(exception).
    """

    edit_requested = Signal()
    move_requested = Signal(object)
    agreement_requested = Signal(int)
    failed = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._facts: ClaimFacts | None = None
        self._reader = LatestRead(context.runner, self)
        self._build_widgets()
        self._connect_signals()

    @property
    def facts(self) -> ClaimFacts | None:
        return self._facts

    @property
    def claim(self) -> Claim | None:
        return self._facts.claim if self._facts else None

    @property
    def edit_button(self) -> Button:
        return self._edit

    def load(self, claim_id: int) -> None:
        """Read and show a claim; what is shown stays until the other has come."""
        self._reader.start(_loading(self._context.app, claim_id))

    def clear(self) -> None:
        """Show nothing."""
        self._reader.cancel()
        self._facts = None
        self._stack.setCurrentWidget(self._empty)

    def take_first_move(self) -> None:
        """Ask for the step that leads on; for Ctrl+Enter."""
        move = self._leading_move()
        if move is not None:
            self.move_requested.emit(move)

    def _build_widgets(self) -> None:
        self._edit = Button(_("Ubah"), icon="pencil", key="F2")
        self._edit.setObjectName("editClaim")
        self._agreement = Button(_("Buka perjanjian"), icon="file-certificate")
        self._title = record_title()
        self._title.setObjectName("claimTitle")
        self._pill, self._programme = Pill("", "grey"), Pill("", "info")
        self._line = caption("")
        self._path = PathView()
        path = Card(
            row(self._title, self._programme, None, self._pill, gap=10),
            self._line,
            4,
            self._path,
            gap=2,
            margins=(16, 12, 16, 8),
        )
        self._moves = row(gap=8)
        scroll = ScrollColumn(path, self._build_cards(), None, gap=10)
        self._foot = row(row(self._edit, self._agreement, None), None, self._moves)
        self._shown = boxed(column((scroll, 1), self._foot, gap=10))
        self._empty = EmptyState(
            "first-aid-kit",
            _("Pilih klaim"),
            _("Pilih satu klaim di daftar untuk melihat rincian dan langkah berikutnya."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._shown)
        self.setLayout(column((self._stack, 1), gap=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stands = QBoxLayout.Direction.TopToBottom
        lies = QBoxLayout.Direction.LeftToRight
        self._foot.setDirection(stands if self.width() < px(_FOOT_PX) else lies)

    def _build_cards(self) -> QWidget:
        self._benefits = BenefitCard()
        self._participant = Facts(label_width=110)
        self._days = Facts(label_width=96)
        self._note = Label("", wrap=True)
        self._note_card = Card(card_title(_("Catatan")), self._note, gap=4)
        self._history = HistoryCard()
        participant = Card(card_title(_("Peserta")), self._participant, gap=6)
        days = Card(card_title(_("Tanggal")), self._days, gap=6)
        main = boxed(column(self._benefits, participant, self._note_card, None, gap=10))
        rail = boxed(column(days, self._history, None, gap=10))
        return MainAndRail(main, rail, rail_width=_RAIL_WIDTH)

    def _connect_signals(self) -> None:
        self._edit.clicked.connect(self.edit_requested)
        self._agreement.clicked.connect(self._on_agreement_clicked)
        self._reader.succeeded.connect(self._on_read_succeeded)
        self._reader.failed.connect(self.failed)

    def _on_read_succeeded(self, facts: ClaimFacts) -> None:
        self._facts = facts
        claim = facts.claim
        draft = claim.draft
        self._title.setText(draft.participant_name)
        self._programme.set_state(PROGRAMME_WORDS[draft.programme], "info")
        self._pill.set_state(claim.status_name, facts.status_colours.get(claim.status, "grey"))
        self._line.setText(f"{claim.number} · {PROGRAMME_NAMES[draft.programme]}")
        self._path.set_steps(path_steps(claim, facts.status_names))
        self._benefits.set_components(draft.components)
        self._participant.set_pairs(_participant_pairs(facts))
        self._days.set_pairs(_day_pairs(claim))
        self._note.setText(draft.note)
        self._note_card.setVisible(bool(draft.note))
        self._history.set_events(facts)
        self._show_actions(facts)
        self._stack.setCurrentWidget(self._shown)

    def _show_actions(self, facts: ClaimFacts) -> None:
        may_save = self._context.app.user.may("claim.save")
        self._edit.setVisible(may_save and facts.claim.status != PAID)
        self._agreement.setVisible(facts.claim.draft.agreement_id is not None)
        clear_layout(self._moves)
        leading = self._leading_move()
        for move in sorted(facts.moves, key=_place_of_move):
            is_leading = move is leading
            words = move_words(move.to_status, facts.status_names.get(move.to_status, ""))
            kind = "primary" if is_leading else "danger" if move.to_status == "REJECTED" else ""
            button = Button(words, kind=kind, key="Ctrl+Enter" if is_leading else "")
            button.setObjectName(f"move_{move.to_status}")
            button.setProperty("move", move)
            button.clicked.connect(self._on_move_clicked)
            self._moves.addWidget(button)

    def _leading_move(self) -> ClaimMove | None:
        if self._facts is None:
            return None
        onward = [move for move in self._facts.moves if move.to_status in MAIN_PATH]
        return max(onward, key=lambda move: MAIN_PATH.index(move.to_status), default=None)

    def _on_move_clicked(self) -> None:
        self.move_requested.emit(self.sender().property("move"))

    def _on_agreement_clicked(self) -> None:
        if self.claim is not None and self.claim.draft.agreement_id is not None:
            self.agreement_requested.emit(self.claim.draft.agreement_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitLine:
    """One line of the table of benefits; the last holds the total."""

    name: str
    amount: str


class BenefitCard(Card):
    """Components with amounts, total and terbilang."""

    def __init__(self) -> None:
        super().__init__(gap=4, margins=(8, 10, 8, 12))
        columns = (
            Column[BenefitLine](key="name", title=_("Manfaat"), text=_name_of, weight=500),
            Column[BenefitLine](
                key="amount", title=_("Jumlah (Rp)"), text=_amount_of, width=150, right=True
            ),
        )
        self._model: RecordTableModel[BenefitLine] = RecordTableModel(columns, self)
        self._table = RecordTable(
            self._model, _("Rincian manfaat"), row_height=29, sortable=False, totals_row=True
        )
        self._words = caption("", wrap=True)
        self._words.setContentsMargins(8, 2, 8, 0)
        self.body.addWidget(self._table)
        self.body.addWidget(self._words)

    def set_components(self, components: Sequence[ClaimComponent]) -> None:
        total = sum(component.amount for component in components)
        lines = [
            BenefitLine(name=each.name, amount=format_count(each.amount)) for each in components
        ]
        if lines:
            lines.append(BenefitLine(name=_("Jumlah"), amount=format_count(total)))
        self._model.set_rows(lines)
        self._table.fit_height()
        self._table.setVisible(bool(lines))
        words = _("Terbilang: {words}").format(words=amount_in_words(total))
        self._words.setText(words if lines else _("Rincian manfaat belum diisi."))


class HistoryCard(Card):
    """Who took which step when, newest first."""

    def __init__(self) -> None:
        super().__init__(gap=8)
        self._list = column(gap=8)
        self.body.addWidget(card_title(_("Riwayat")))
        self.body.addLayout(self._list)

    def set_events(self, facts: ClaimFacts) -> None:
        clear_layout(self._list)
        for event in reversed(facts.claim.events):
            name = facts.status_names.get(event.to_status, event.to_status)
            colour = facts.status_colours.get(event.to_status, "grey")
            words = column(
                Label(name, weight=500, tone=colour),
                caption(f"{moment_words(event.at)} · {event.user_name}", wrap=True),
                gap=1,
            )
            if event.note:
                words.addWidget(Label(event.note, size=12, wrap=True))
            self._list.addLayout(words)


def _participant_pairs(facts: ClaimFacts) -> list[tuple[str, str]]:
    draft = facts.claim.draft
    nik = draft.participant_nik
    segment = SEGMENT_LABELS.get(draft.segment, draft.segment)
    return [
        (_("Nama"), draft.participant_name),
        (_("NIK"), mask_nik(nik) if len(nik) == _NIK_DIGITS and nik.isdigit() else nik),
        (_("KPJ"), draft.kpj),
        (_("Kategori"), f"{facts.claim.category_name} ({segment})"),
        (_("Wilayah"), facts.claim.region_name),
        (_("Perjanjian"), facts.agreement_title),
        (_("Penerima"), draft.payee_name),
    ]


def _day_pairs(claim: Claim) -> list[tuple[str, str]]:
    return [
        (short_day_label(field), format_date(day) if day else "–")
        for field in ("event_on", "filed_on", "complete_on", "paid_on")
        for day in [getattr(claim.draft, field)]
    ]


def _place_of_move(move: ClaimMove) -> int:
    """Put the usual path at the right, where the primary button stands."""
    return MAIN_PATH.index(move.to_status) if move.to_status in MAIN_PATH else -1


def _name_of(line: BenefitLine) -> str:
    return line.name


def _amount_of(line: BenefitLine) -> str:
    return line.amount


def _loading(app: AppContext, claim_id: int) -> Work:
    def work(_progress: ProgressSink, _cancel: CancelToken) -> ClaimFacts:
        return load_facts(app, claim_id)

    return work
