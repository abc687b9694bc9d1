"""How far a batch has come in the core system, in one line of its summary."""

from PySide6.QtCore import Signal

from bpjsdesk.domain.core_reply import ReplyState
from bpjsdesk.domain.wording import format_count
from ui.i18n import _
from ui.widgets.buttons import Button
from ui.widgets.layout import Card, row
from ui.widgets.text import Label, Pill, card_title


class CoreLine(Card):
    """Say what was sent, answered and never answered; hidden where nobody was accepted.

    Signals: acted() to see the lists.
    """

    acted = Signal()

    def __init__(self) -> None:
        self._pill = Pill("", "grey")
        self._words = Label("", wrap=True)
        self.open_button = Button("", small=True)
        self.open_button.setObjectName("coreOpen")
        line = row(card_title(_("Sistem inti")), self._pill, (self._words, 1), self.open_button)
        super().__init__(line, gap=0, margins=(16, 8, 12, 8))
        self.setObjectName("coreLine")
        self.open_button.clicked.connect(self.acted)

    def show_state(self, state: ReplyState, *, accepted: int) -> None:
        self.setVisible(bool(accepted or state.sent))
        self._pill.set_state(*_pill(state))
        self._words.setText(_words(state))
        self.open_button.setText(_("Kirim…") if not state.sent else _("Lihat"))
        self.open_button.updateGeometry()


def _pill(state: ReplyState) -> tuple[str, str]:
    if not state.sent:
        return _("Belum dikirim"), "grey"
    if state.late:
        return _("{n} tidak dijawab").format(n=format_count(state.late)), "bad"
    if state.unanswered:
        return _("Menunggu balasan"), "info"
    return (_("Ada yang ditolak"), "warn") if state.rejected else (_("Selesai"), "ok")


def _words(state: ReplyState) -> str:
    if not state.sent:
        return _("{n} orang siap dikirim").format(n=format_count(state.unsent))
    words = _("{sent} dikirim = {yes} diterima + {no} ditolak + {open} belum dijawab")
    told = words.format(
        sent=format_count(state.sent),
        yes=format_count(state.accepted),
        no=format_count(sum(state.rejected.values())),
        open=format_count(len(state.unanswered)),
    )
    if state.unsent:
        told += _(" · {n} belum dikirim").format(n=format_count(state.unsent))
    return told
