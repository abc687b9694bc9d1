"""A message inside the page, in the layout, without a close button."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame

from ui.theme import set_state
from ui.widgets.buttons import Button
from ui.widgets.layout import column, row
from ui.widgets.text import IconMark, Label

TONE_ICONS = {
    "bad": "alert-circle",
    "warn": "alert-triangle",
    "ok": "circle-check",
    "info": "info-circle",
}


class InlineMessage(QFrame):
    """A message inside the page: cause in bold, one sentence, at most one button.

    Signals: acted() when the button is pressed.
    """

    acted = Signal()

    def __init__(
        self, tone: str, title: str, body: str = "", *, action: str = "", key: str = ""
    ) -> None:
        super().__init__()
        self._mark = IconMark(TONE_ICONS[tone], tone)
        self._title = Label(title, weight=600, tone=tone, wrap=True)
        self._body = Label(body, size=12, wrap=True)
        if not body:
            self._body.hide()  # only hidden here: shown before it has a place it would flash
        words = column(self._title, self._body, gap=1)
        self._layout = row(column(self._mark, None), (words, 1), gap=10, margins=(12, 8, 10, 8))
        self._button = Button(action, key=key, small=True) if action else None
        if self._button is not None:
            self._button.clicked.connect(self._on_button_clicked)
            self._layout.addWidget(self._button)
        self.setLayout(self._layout)
        self.setProperty("message", tone)
        selectable = Qt.TextInteractionFlag.TextSelectableByMouse
        self._title.setTextInteractionFlags(selectable)
        self._body.setTextInteractionFlags(selectable)
        self._name()

    def set_text(self, title: str, body: str = "", *, tone: str = "") -> None:
        if tone:
            set_state(self, "message", tone)
            self._mark.set_icon(TONE_ICONS[tone], tone)
            self._title.set_tone(tone)
        self._title.setText(title)
        self._body.setText(body)
        self._body.setVisible(bool(body))
        self._name()

    def offer(self, *, offered: bool) -> None:
        """Show the button only where it can do something."""
        if self._button is not None:
            self._button.setVisible(offered)

    def text(self) -> tuple[str, str]:
        return self._title.text(), self._body.text()

    def _name(self) -> None:
        self.setAccessibleName(f"{self._title.text()}. {self._body.text()}")

    def _on_button_clicked(self) -> None:
        self.acted.emit()
