"""Whoever the core system has refused and is still registered: for a supervisor to decide."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from bpjsdesk.domain.batch_undo import UNDO_SENTENCES
from bpjsdesk.domain.core_reply import KeptPerson, ReplyState
from bpjsdesk.domain.wording import format_count
from ui.i18n import _
from ui.widgets.buttons import Button
from ui.widgets.layout import Card, row
from ui.widgets.text import Label, caption

_SHOWN = 6


class RefusedCard(Card):
    """Say who waits and let a supervisor take them out; hidden where nobody does.

    Signals: asked() to take them out.
    """

    asked = Signal()

    def __init__(self) -> None:
        super().__init__(gap=6, margins=(14, 9, 12, 10))
        self.setObjectName("coreRefused")
        self._words = Label("", weight=600, wrap=True)
        self._note = caption("", wrap=True)
        self._kept = Label("", size=12, tone="warn", wrap=True)
        self.take_button = Button("", small=True)
        self.take_button.setObjectName("coreTakeOut")
        self.take_button.clicked.connect(self.asked)
        self.body.addLayout(row((self._words, 1), self.take_button))
        self.body.addWidget(self._note)
        self.body.addWidget(self._kept)
        self.hide()

    def show_state(self, state: ReplyState, *, may_take_out: bool) -> None:
        """Show who waits of a batch."""
        self.setVisible(state.leaving > 0 or bool(state.kept))
        count = format_count(state.leaving)
        self._words.setText(
            _("{n} orang ditolak sistem inti dan masih terdaftar").format(n=count)
            if state.leaving
            else _("{n} orang ditolak tetap terdaftar").format(n=format_count(len(state.kept)))
        )
        self._note.setText(
            _("Bila dikeluarkan, barisnya kembali ke perbaikan. Cadangan dibuat dahulu.")
            if may_take_out
            else _("Mereka tetap terdaftar sampai penyelia mengeluarkannya.")
        )
        self._note.setVisible(state.leaving > 0)
        self.take_button.setText(_("Keluarkan {n} orang").format(n=count))
        self.take_button.updateGeometry()
        self.take_button.setVisible(may_take_out and state.leaving > 0)
        self.take_button.setEnabled(True)
        self._kept.setText(kept_words(state.kept))
        self._kept.setVisible(bool(state.kept))


def kept_words(kept: Sequence[KeptPerson]) -> str:
    """Name whom no reply takes out, with why; empty for nobody."""
    if not kept:
        return ""
    lines = [
        _("{name} ({place}): {why}").format(
            name=each.name, place=each.place, why=UNDO_SENTENCES[each.why]
        )
        for each in kept[:_SHOWN]
    ]
    if len(kept) > _SHOWN:
        lines.append(_("dan {n} orang lain").format(n=format_count(len(kept) - _SHOWN)))
    return "\n".join((_("Perlu keputusan penyelia, tetap terdaftar:"), *lines))
