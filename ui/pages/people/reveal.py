"""Open a full NIK: a reason first, then the number for a short while, and a note of it."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt

from ui.i18n import _
from ui.widgets.buttons import Button, ChoiceRow
from ui.widgets.edits import TextEdit
from ui.widgets.layout import Card, column, row
from ui.widgets.text import IconMark, Label, caption

_OTHER = "other"


class RevealPanel(Card):
    """Ask for the reason.

    Signals: reason_given(str), given_up().
    """

    reason_given = Signal(str)
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__(kind="quiet", gap=8, margins=(14, 10, 12, 12))
        self._reasons = {
            "ktp": _("Mencocokkan dengan KTP"),
            "claim": _("Memeriksa klaim"),
            "owner": _("Permintaan peserta"),
            _OTHER: _("Alasan lain"),
        }
        self._choice = ChoiceRow(list(self._reasons.items()), current="ktp")
        self._text = TextEdit(placeholder=_("Tulis alasannya"))
        self._text.setObjectName("revealReason")
        self._text.setAccessibleName(_("Alasan membuka NIK"))
        self._text.hide()
        self.open_button = Button(_("Buka NIK"), kind="primary", icon="eye", key="Enter")
        self._cancel = Button(_("Batal"), key="Esc")
        words = column(
            Label(_("Mengapa NIK lengkap dibuka?"), weight=600),
            caption(_("Alasan, nama Anda, dan jam dicatat. NIK tertutup lagi setelah satu menit.")),
            gap=1,
        )
        head = row(column(IconMark("key", "accent"), None), (words, 1), gap=10)
        foot = row((self._text, 1), None, self._cancel, self.open_button)
        self.body.addLayout(head)
        self.body.addWidget(self._choice)
        self.body.addLayout(foot)
        self._choice.chosen.connect(self._on_choice_chosen)
        self._text.returnPressed.connect(self._on_open_clicked)
        self.open_button.clicked.connect(self._on_open_clicked)
        self._cancel.clicked.connect(self.given_up)

    def ask(self) -> None:
        """Show the question."""
        self._text.clear()
        self._choice.select("ktp")
        self._text.hide()
        self.show()
        self.open_button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_open_clicked()
        else:
            super().keyPressEvent(event)

    def _on_choice_chosen(self, key: str) -> None:
        self._text.setVisible(key == _OTHER)
        if key == _OTHER:
            self._text.setFocus()

    def _on_open_clicked(self) -> None:
        key = self._choice.current
        reason = self._text.text().strip() if key == _OTHER else self._reasons[key]
        if reason:
            self.reason_given.emit(reason)
        else:
            self._text.setFocus()
