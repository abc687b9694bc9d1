"""Cards with one leading figure, and rows of counters."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ui.theme import px
from ui.widgets.layout import Card, clear_layout, column, row, rule
from ui.widgets.meter import Meter, Part
from ui.widgets.text import IconMark, Label, caption, figure


class FigureCard(Card):
    """One figure with its name, its limit in words and a thin meter."""

    def __init__(self, title: str, icon: str) -> None:
        self._value = figure("–")
        self._note = Label("", size=12, tone="muted")
        self._meter = Meter(height=6)
        head = row(Label(title, size=12, weight=500, tone="muted"), None, IconMark(icon, "accent"))
        super().__init__(
            head, self._value, self._meter, self._note, gap=4, margins=(16, 12, 14, 12)
        )
        self.setMinimumWidth(px(200))
        self.setAccessibleName(title)

    def set_figure(
        self,
        value: str,
        note: str,
        *,
        tone: str = "muted",
        parts: Sequence[Part] = (),
        total: int = 1,
    ) -> None:
        """Show the figure; `note` names its limit, `parts` fill the meter up to `total`."""
        self._value.setText(value)
        self._note.setText(note)
        self._note.set_tone(tone)
        self._meter.setVisible(bool(parts))
        self._meter.set_parts(parts, total)
        self.setAccessibleDescription(f"{value}, {note}")


class Counters(Card):
    """Several figures in one card, such as Kuota, Diusulkan, Sah, Didaftarkan, Aktif."""

    def __init__(self) -> None:
        super().__init__(margins=(16, 10, 16, 10))
        self._line = row(gap=0)
        self.body.addLayout(self._line)

    def set_counters(self, counters: Sequence[tuple[str, str, str, str]]) -> None:
        """Show (name, figure, note, tone of the note) side by side."""
        clear_layout(self._line)
        for place, (name, value, note, tone) in enumerate(counters):
            if place:
                self._line.addWidget(rule(vertical=True))
                self._line.addSpacing(14)
            self._line.addWidget(_counter(name, value, note, tone), 1)


def _counter(name: str, value: str, note: str, tone: str) -> QWidget:
    box = QWidget()
    number = Label(value, size=20, weight=600)
    box.setLayout(column(caption(name), number, caption(note, tone=tone), gap=1))
    box.setAccessibleName(f"{name}: {value}. {note}")
    return box
