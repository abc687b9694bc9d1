"""The rail of checks beside a form: errors block, warnings are recorded, the rest is well."""

from collections.abc import Sequence
from dataclasses import dataclass

from ui.i18n import _
from ui.theme import px
from ui.widgets.layout import Card, clear_layout, column, row, rule
from ui.widgets.message import TONE_ICONS
from ui.widgets.text import IconMark, Label, Pill, caption, card_title


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One finding; tone "bad" blocks saving, "warn" is allowed, "ok" is said for calm."""

    tone: str
    title: str
    body: str = ""


class ChecksRail(Card):
    """List the findings on a form, worst first; the pill counts what blocks."""

    def __init__(self) -> None:
        self._pill = Pill("", "bad")
        self._list = column(gap=6)
        head = row(card_title(_("Pemeriksaan")), None, self._pill)
        super().__init__(head, self._list, None, gap=8, margins=(14, 12, 14, 12))
        self.setMinimumWidth(px(200))

    def set_checks(self, checks: Sequence[Check]) -> None:
        clear_layout(self._list)
        worst_first = sorted(
            checks, key=lambda check: ("bad", "warn", "info", "ok").index(check.tone)
        )
        for place, check in enumerate(worst_first):
            if place:
                self._list.addWidget(rule())
            words = column(Label(check.title, weight=500, wrap=True), gap=1)
            if check.body:
                words.addWidget(caption(check.body, wrap=True))
            mark = column(IconMark(TONE_ICONS[check.tone], check.tone, size=16), None)
            self._list.addLayout(row(mark, (words, 1), gap=9))
        self._show_count(checks)

    def _show_count(self, checks: Sequence[Check]) -> None:
        bad = sum(check.tone == "bad" for check in checks)
        warn = sum(check.tone == "warn" for check in checks)
        if bad:
            self._pill.set_state(_("{n} galat").format(n=bad), "bad")
        elif warn:
            self._pill.set_state(_("{n} peringatan").format(n=warn), "warn")
        else:
            self._pill.set_state(_("Baik") if checks else "", "ok")
