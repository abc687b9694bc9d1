"""How full a quota line is, before and with a list of workers, and what the list costs."""

from dataclasses import dataclass

from bpjsdesk.domain.wording import amount_in_words, format_count, format_rupiah
from ui.i18n import _
from ui.widgets.layout import Card, row
from ui.widgets.meter import Legend, Meter
from ui.widgets.text import ElidedLine, Label, caption


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaUse:
    """People under one quota line: `earlier` of other lists, `added` and `held` of this one."""

    name: str
    heads: int
    earlier: int
    added: int
    held: int

    @property
    def left(self) -> int:
        return self.heads - self.earlier - self.added


class QuotaCard(Card):
    """Show a quota line as a bar, and in words what is left of it."""

    def __init__(self) -> None:
        self._title = ElidedLine("", size=14, weight=600)
        self._meter = Meter(height=10)
        self._legend = Legend()
        self._left = Label("", size=12, weight=600)
        super().__init__(
            self._title,
            self._meter,
            row((self._legend, 1), self._left),
            gap=6,
            margins=(16, 9, 16, 9),
        )

    def set_use(self, use: QuotaUse) -> None:
        title = _("Kuota {name}").format(name=use.name)
        self._title.set_text(title, right=_("{n} orang").format(n=format_count(use.heads)))
        parts = [(use.earlier, "d4"), (use.added, "d1"), (use.held, "d3")]
        whole = max(use.heads, sum(value for value, _tone in parts))
        self._meter.set_parts(parts, whole)
        entries = [
            ("d4", _("batch lain {n}"), use.earlier),
            ("d1", _("batch ini {n}"), use.added),
            ("d3", _("bila yang ditahan lolos {n}"), use.held),
        ]
        shown = [(tone, words.format(n=format_count(n))) for tone, words, n in entries if n]
        self._legend.set_entries(*(shown or [("track", _("belum terisi"))]))
        over = use.left < 0
        words = _("terlampaui {n} orang") if over else _("sisa {n}")
        self._left.setText(words.format(n=format_count(abs(use.left))))
        self._left.set_tone("bad" if over else "ok")


class AmountCard(Card):
    """Show what a list costs, with the amount in words."""

    def __init__(self) -> None:
        self._note = caption("")
        self._amount = Label("", size=16, weight=600)
        self._words = ElidedLine("", size=12, tone="muted")
        super().__init__(self._note, self._amount, self._words, gap=2, margins=(16, 9, 16, 9))

    def set_amount(self, amount: int, note: str) -> None:
        self._note.setText(note)
        self._amount.setText(format_rupiah(amount))
        self._words.set_text(amount_in_words(amount))
