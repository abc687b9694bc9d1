"""The line that proves that no row was lost, with its figures, its bar and its tick."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent

from bpjsdesk.domain.enrollment import BatchCounts
from bpjsdesk.domain.wording import format_count
from bpjsdesk.services.acceptance import Breakdown
from ui.i18n import _
from ui.theme import px
from ui.widgets.layout import Card, boxed, clear_layout, column, row
from ui.widgets.meter import Meter
from ui.widgets.split import SideBySide
from ui.widgets.text import IconMark, Label, Swatch, caption

Part = tuple[str, int, str]
_ROOM_FOR_BAR_PX = 960


class SumCard(Card):
    """Show that the rows read are the sum of what became of them."""

    def __init__(self, *, with_bar: bool = True, stack_below: int = 560) -> None:
        self._figures = row(gap=9)
        self._fits = True
        self._names: tuple[str, ...] = ()
        self._values: list[Label] = []
        self._meter = Meter(height=8)
        self._meter.setMinimumWidth(px(120))
        self._with_bar = with_bar
        if not with_bar:
            self._meter.hide()
        self._verdict = Label("", size=12, weight=500, tone="ok")
        self._mark = IconMark("circle-check", "ok", size=17)
        verdict = boxed(row(None, self._mark, self._verdict, gap=6))
        figures = boxed(row(self._figures, 18, (self._meter, 1)))
        line = SideBySide([(figures, 1), verdict], stack_below=stack_below, gap=12)
        super().__init__(line, gap=0, margins=(16, 8, 16, 8))
        self.setObjectName("sumCard")

    def set_counts(self, counts: BatchCounts) -> None:
        """Show what a stored batch holds."""
        parts = [
            (_("diterima"), counts.accepted, "d1"),
            (_("ditahan"), counts.held, "d3"),
            (_("bukan peserta"), counts.ignored, "grey"),
            (_("kosong"), counts.blank, "line2"),
        ]
        self._show(counts.read, parts)

    def set_breakdown(self, counts: Breakdown) -> None:
        """Show what would become of a list in work."""
        self._show(counts.read, breakdown_parts(counts))

    def set_parts(self, whole: int, parts: Sequence[Part]) -> None:
        """Show any whole with its parts: words, number, tone."""
        self._show(whole, parts)

    def _show(self, whole: int, parts: Sequence[Part]) -> None:
        names = tuple(name for name, _value, _tone in parts)
        if names != self._names:
            self._lay_out(parts)
            self._names = names
        for label, value in zip(self._values, (whole, *(part[1] for part in parts)), strict=True):
            label.setText(format_count(value))
        self._meter.set_parts([(value, tone) for _name, value, tone in parts], whole)
        fits = whole == sum(value for _name, value, _tone in parts)
        self._fits = fits
        self._say_verdict()
        self._verdict.set_tone("ok" if fits else "bad")
        self._mark.set_icon("circle-check" if fits else "alert-circle", "ok" if fits else "bad")
        words = " + ".join(f"{format_count(value)} {name}" for name, value, _tone in parts)
        self.setAccessibleName(f"{format_count(whole)} {_('baris dibaca')} = {words}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._with_bar:
            self._meter.setVisible(self.width() >= px(_ROOM_FOR_BAR_PX))
            self._say_verdict()

    def _say_verdict(self) -> None:
        whole = _("Cocok, tidak ada baris hilang") if self._fits else _("Tidak cocok")
        is_short = self._with_bar and self.width() < px(_ROOM_FOR_BAR_PX)
        self._verdict.setText(_("Cocok") if self._fits and is_short else whole)
        self._verdict.setToolTip(whole)

    def _lay_out(self, parts: Sequence[Part]) -> None:
        clear_layout(self._figures)
        self._values.clear()
        self._add(_("baris dibaca"), "")
        for place, (name, _value, tone) in enumerate(parts):
            self._figures.addWidget(Label("+" if place else "=", size=16, tone="muted"))
            self._add(name, tone)

    def _add(self, name: str, tone: str) -> None:
        foot = row(gap=5)
        if tone:
            foot.addWidget(Swatch(tone))
        foot.addWidget(caption(name))
        foot.addStretch(1)
        value = Label("", size=16, weight=600)
        self._values.append(value)
        self._figures.addWidget(boxed(column(value, foot, gap=0)))


def breakdown_parts(counts: Breakdown) -> list[Part]:
    """Name what becomes of the rows of a list in work, with its number and its colour."""
    return [
        (_("baru"), counts.new, "d1"),
        (_("tertaut"), counts.linked, "d4"),
        *_some(_("diperbarui"), counts.updated, "d2"),
        (_("dilewati"), counts.skipped, "grey"),
        (_("ditahan"), counts.held, "d3"),
        *_some(_("ditolak"), counts.rejected, "bad"),
        (_("bukan peserta"), counts.ignored, "line2"),
        (_("kosong"), counts.blank, "line2"),
    ]


def _some(name: str, count: int, tone: str) -> list[Part]:
    """What hardly ever happens takes room only when it has."""
    return [(name, count, tone)] if count else []
