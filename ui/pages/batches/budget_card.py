"""How much of the agreement's stated funding its lists have taken, and what this one adds."""

from bpjsdesk.domain.quota_meter import QuotaMeter
from bpjsdesk.domain.wording import format_count, format_rupiah
from ui.i18n import _
from ui.widgets.layout import Card, row
from ui.widgets.meter import Legend, Meter
from ui.widgets.text import ElidedLine, Label


class BudgetCard(Card):
    """Show the funding as a bar, the sum behind it, and in words what is left of it."""

    def __init__(self) -> None:
        self._title = ElidedLine("", size=14, weight=600)
        self._meter = Meter(height=10)
        self._legend = Legend()
        self._left = Label("", size=12, weight=600)
        self._sum = Label("", size=12, tone="muted", wrap=True)
        head = row((self._legend, 1), self._left)
        super().__init__(self._title, self._meter, head, self._sum, gap=6, margins=(16, 9, 16, 9))
        self.setObjectName("budgetCard")

    def set_meter(self, meter: QuotaMeter, months: int) -> None:
        """Show a list on top of what is spent; hidden where the agreement states no amount."""
        room = meter.room
        self.setVisible(room.ceiling > 0)
        self._title.set_text(_("Pagu perjanjian"), right=format_rupiah(room.ceiling))
        over = meter.over_budget
        parts = [(room.spent, "d4"), (meter.amount - over, "d1"), (over, "bad")]
        self._meter.set_parts(parts, max(room.ceiling, room.spent + meter.amount))
        entries = [
            ("d4", _("sudah terpakai {n}"), room.spent),
            ("d1", _("daftar ini {n}"), meter.amount),
        ]
        shown = [(tone, words.format(n=format_rupiah(n))) for tone, words, n in entries if n]
        self._legend.set_entries(*(shown or [("track", _("belum terpakai"))]))
        left = over or room.ceiling - room.spent - meter.amount
        words = _("terlampaui {n}") if over else _("sisa {n}")
        self._left.setText(words.format(n=format_rupiah(left)))
        self._left.set_tone("bad" if over else "ok")
        self._sum.setText(_sum_words(meter, months))


def _sum_words(meter: QuotaMeter, months: int) -> str:
    even = meter.head_amount % months == 0
    each = _("{rate} × {months} bulan").format(
        rate=format_rupiah(meter.head_amount // months), months=months
    )
    words = _("{n} orang × {each} = {amount}. Kuota menjadi {after} dari {heads} orang").format(
        n=format_count(meter.entering),
        each=each if even else format_rupiah(meter.head_amount),
        amount=format_rupiah(meter.amount),
        after=format_count(meter.taken + meter.entering),
        heads=format_count(meter.heads),
    )
    if meter.over_budget:
        over = _(", dan {amount} di atas pagu: kurang untuk {n} orang.")
        return words + over.format(
            amount=format_rupiah(meter.over_budget), n=format_count(meter.unfunded)
        )
    return words + "."
