"""One agreement in view mode: text, no boxes, its actions in one row above it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from bpjsdesk.domain.agreements import Agreement, Stage
from bpjsdesk.domain.wording import format_date
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.context import AppContext
from ui.i18n import _
from ui.page import PageContext
from ui.pages.agreements.chain import ChainView
from ui.pages.agreements.detail_cards import (
    BudgetCard,
    ClaimsCard,
    PartiesCard,
    QuotaCard,
    TextsCard,
    TrancheCard,
    counter_rows,
)
from ui.pages.agreements.loading import AgreementFacts, load_facts
from ui.pages.agreements.words import role_words, short_kind, status_pill
from ui.tasks import LatestRead, Work
from ui.theme import px
from ui.widgets.buttons import Button
from ui.widgets.figure import Counters
from ui.widgets.layout import ScrollColumn, boxed, column, row
from ui.widgets.message import EmptyState
from ui.widgets.split import MainAndRail
from ui.widgets.text import ElidedLine, Pill, record_title

_RAIL_WIDTH = 192
_ACTIONS_PX = 590


class AgreementDetail(QWidget):
    """Show one agreement and offer what can be done with it.

    Signals: edit_requested(), renew_requested(), batch_requested(), print_requested(),
    other_chosen(int) with an agreement of the chain, failed(exception).
    """

    edit_requested = Signal()
    renew_requested = Signal()
    batch_requested = Signal()
    print_requested = Signal()
    other_chosen = Signal(int)
    failed = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self._facts: AgreementFacts | None = None
        self._reader = LatestRead(context.runner, self)
        self._build_widgets()
        self._connect_signals()

    @property
    def agreement(self) -> Agreement | None:
        return self._facts.agreement if self._facts else None

    def load(self, agreement_id: int) -> None:
        """Read and show an agreement; what is shown stays until the other has come."""
        self._reader.start(_loading(self._context.app, agreement_id))

    def clear(self) -> None:
        """Show nothing."""
        self._reader.cancel()
        self._facts = None
        self._stack.setCurrentWidget(self._empty)

    def keyed_buttons(self) -> tuple[tuple[str, Button], ...]:
        """Give the actions with the keys that press them."""
        return (("F2", self._edit), ("Ctrl+R", self._renew), ("Ctrl+P", self._print))

    def focus_actions(self) -> None:
        """Put the focus on the first action."""
        self._edit.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _build_widgets(self) -> None:
        self._edit = Button(_("Ubah"), icon="pencil", key="F2")
        self._renew = Button(_("Perpanjang"), icon="refresh", key="Ctrl+R")
        self._batch = Button(_("Batch baru"), icon="table-import")
        self._print = Button(_("Ringkasan PDF"), icon="printer", key="Ctrl+P")
        self._renew.setObjectName("renewAgreement")
        self._edit.setObjectName("editAgreement")
        self._batch.setObjectName("newBatch")
        self._title = record_title()
        self._title.setObjectName("agreementTitle")
        self._title.setWordWrap(True)
        self._pill = Pill("", "grey")
        self._line = ElidedLine("", size=12, tone="muted")
        self._counters = Counters()
        self._chain = ChainView()
        changes = row(self._edit, self._renew, self._batch, None, gap=7)
        self._actions = row((changes, 1), self._print, gap=7)
        head = column(
            self._actions,
            row((self._title, 1), self._pill, gap=10),
            self._line,
            gap=6,
        )
        scroll = ScrollColumn(self._counters, self._chain, self._build_cards(), None, gap=10)
        shown = boxed(column(head, (scroll, 1), gap=8))
        self._empty = EmptyState(
            "file-certificate",
            _("Pilih perjanjian"),
            _("Pilih satu perjanjian di daftar untuk melihat kuota, iuran, dan rantainya."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(shown)
        self._shown = shown
        self.setLayout(column((self._stack, 1), gap=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stands = QBoxLayout.Direction.TopToBottom
        lies = QBoxLayout.Direction.LeftToRight
        self._actions.setDirection(stands if self.width() < px(_ACTIONS_PX) else lies)

    def _build_cards(self) -> QWidget:
        self._quota, self._budget = QuotaCard(), BudgetCard()
        self._tranches, self._parties = TrancheCard(), PartiesCard()
        self._claims = ClaimsCard()
        self._duties = TextsCard(_("Kewajiban pokok"))
        self._scope = TextsCard(_("Ruang lingkup dan catatan"))
        self._basis = TextsCard(_("Dasar hukum"))
        self._contacts = TextsCard(_("Narahubung"))
        main = boxed(
            column(
                self._quota, self._budget, self._tranches, self._duties, self._scope, None, gap=10
            )
        )
        rail = boxed(column(self._parties, self._claims, self._contacts, self._basis, None, gap=10))
        return MainAndRail(main, rail, rail_width=_RAIL_WIDTH)

    def _connect_signals(self) -> None:
        self._edit.clicked.connect(self.edit_requested)
        self._renew.clicked.connect(self.renew_requested)
        self._batch.clicked.connect(self.batch_requested)
        self._print.clicked.connect(self.print_requested)
        self._chain.chosen.connect(self.other_chosen)
        self._reader.succeeded.connect(self._on_read_succeeded)
        self._reader.failed.connect(self.failed)

    def _on_read_succeeded(self, facts: AgreementFacts) -> None:
        self._facts = facts
        agreement = facts.agreement
        draft = agreement.draft
        self._title.setText(draft.title)
        self._pill.set_state(*status_pill(agreement.status, agreement.days_left))
        self._line.set_text(_subtitle(facts))
        self._counters.set_counters(counter_rows(facts.counters, len(agreement.quotas)))
        self._chain.set_chain(facts.chain, agreement.agreement_id)
        self._quota.set_lines(agreement.quotas, may_come=not agreement.is_locked)
        self._budget.set_money(agreement, facts.source_names)
        self._tranches.set_tranches(draft.tranches, self._context.today())
        self._parties.set_agreement(agreement)
        self._claims.set_claims(facts.claims)
        self._duties.set_texts([(role_words(d.party_role_no), d.text) for d in draft.duties])
        self._contacts.set_texts([(role_words(c.party_role_no), c.text) for c in draft.contacts])
        self._basis.set_texts([("", text) for text in draft.legal_basis])
        self._scope.set_texts(_scope_texts(facts))
        self._show_actions(agreement)
        self._stack.setCurrentWidget(self._shown)

    def _show_actions(self, agreement: Agreement) -> None:
        user = self._context.app.user
        is_draft = agreement.stage is Stage.DRAFT
        self._edit.setVisible(user.may("agreement.save"))
        self._edit.setToolTip("" if is_draft else _("Terkunci karena sudah ditandatangani."))
        self._renew.setVisible(user.may("agreement.renew") and not is_draft)
        self._batch.setVisible(user.may("batch.import") and bool(agreement.quotas))


def _subtitle(facts: AgreementFacts) -> str:
    agreement = facts.agreement
    draft = agreement.draft
    parts = [short_kind(agreement.kind_name)]
    parts += [party.number for party in draft.parties if party.number]
    if draft.signed_on is not None:
        day = format_date(draft.signed_on, "long")
        parts.append(_("ditandatangani {day}").format(day=day))
    else:
        parts.append(_("belum ditandatangani"))
    if facts.region_name:
        parts.append(facts.region_name)
    return " · ".join(parts)


def _scope_texts(facts: AgreementFacts) -> list[tuple[str, str]]:
    draft = facts.agreement.draft
    texts = []
    if draft.scope:
        texts.append((_("Ruang lingkup"), draft.scope))
    if draft.signed_place:
        texts.append((_("Tempat tanda tangan"), draft.signed_place))
    if draft.protected_since:
        texts.append((_("Dilindungi sejak"), str(draft.protected_since)))
    if draft.notes:
        texts.append((_("Catatan"), draft.notes))
    return texts


def _loading(app: AppContext, agreement_id: int) -> Work:
    def work(_progress: ProgressSink, _cancel: CancelToken) -> AgreementFacts:
        return load_facts(app, agreement_id)

    return work
