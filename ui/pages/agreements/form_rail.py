"""Beside the form: money against the ceiling, checks, what differs from the last agreement."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from bpjsdesk.domain.agreement_rules import AgreementWarning
from bpjsdesk.domain.agreements import Agreement, AgreementDraft, QuotaLine
from bpjsdesk.domain.reference import Category
from bpjsdesk.domain.wording import format_count, format_rupiah
from ui.i18n import _
from ui.theme import px
from ui.widgets.checks import Check, ChecksRail
from ui.widgets.form import FieldError
from ui.widgets.layout import Card, ScrollColumn, clear_layout, column, row
from ui.widgets.meter import Meter
from ui.widgets.text import Label, caption, card_title

WARNING_TITLES = {
    "RATES_UNVERIFIED": "Tarif belum diverifikasi",
    "CEILING_DIFFERS": "Berbeda dari pagu",
    "MONTHS_OUTSIDE_PERIOD": "Bulan di luar masa berlaku",
    "JANUARY_GAP": "Celah bulan Januari",
    "NUMBER_USED": "Nomor sudah dipakai",
}
_RAIL_WIDTH, _BESIDE_FROM = 240, 1130
_ARROW = "→"


class FormRail(QWidget):
    """Show what the form amounts to while it is typed."""

    def __init__(self) -> None:
        super().__init__()
        self._budget = PairsCard(_("Anggaran"), with_meter=True)
        self._checks = ChecksRail()
        self._checks.setObjectName("agreementChecks")
        self._differs = PairsCard("")
        self._differs.hide()
        self.setLayout(column(self._budget, self._checks, self._differs, None, gap=10))

    def show_money(self, draft: AgreementDraft, lines: Sequence[QuotaLine | None]) -> None:
        """Compare the priced lines with the ceiling."""
        amount = sum(line.amount for line in lines if line is not None)
        ceiling = sum(funding.amount for funding in draft.funding)
        rest = ceiling - amount
        pairs = [
            (_("Iuran"), format_rupiah(amount), "text"),
            (_("Pagu"), format_rupiah(ceiling) if ceiling else "–", "text"),
        ]
        if ceiling:
            word = _("Sisa") if rest >= 0 else _("Kurang")
            pairs.append((word, format_rupiah(abs(rest)), "ok" if rest >= 0 else "bad"))
        self._budget.set_pairs(pairs)
        self._budget.set_meter(amount, ceiling)

    def show_checks(
        self, errors: Sequence[FieldError], warnings: Sequence[AgreementWarning], *, priced: bool
    ) -> None:
        """List what is wrong and what is worth a word."""
        checks = [Check(tone="bad", title=error.message) for error in errors]
        checks += [
            Check(
                tone="warn",
                title=WARNING_TITLES.get(warning.code, _("Perhatikan")),
                body=warning.message,
            )
            for warning in warnings
        ]
        if not checks:
            body = _("Iuran terhitung dari tabel tarif.") if priced else _("Belum ada kuota.")
            checks.append(Check(tone="ok", title=_("Tidak ada peringatan"), body=body))
        self._checks.set_checks(checks)

    def show_difference(
        self,
        previous: Agreement | None,
        lines: Sequence[QuotaLine | None],
        categories: Sequence[Category],
    ) -> None:
        """Compare with the agreement that this one continues."""
        self._differs.setVisible(previous is not None)
        if previous is None:
            return
        year = previous.draft.valid_to.year if previous.draft.valid_to else ""
        self._differs.set_title(_("Beda dengan {year}").format(year=year).strip())
        self._differs.set_pairs(_differences(previous, lines, categories))


class FormAndRail(QWidget):
    """Put the rail right of the cards; where room is short it goes to their end."""

    def __init__(self, main: ScrollColumn, rail: FormRail) -> None:
        super().__init__()
        self._main, self._rail = main, rail
        self._side = ScrollColumn(rail, None, gap=0)
        self._side.setFixedWidth(px(_RAIL_WIDTH))
        self._is_narrow = False
        self.setLayout(row((main, 1), self._side, gap=12))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < px(_BESIDE_FROM)
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        self._side.setVisible(not is_narrow)
        if is_narrow:
            # the last item of the column is its stretch
            self._main.body.insertWidget(self._main.body.count() - 1, self._rail)
        else:
            self._side.body.insertWidget(0, self._rail)


class PairsCard(Card):
    """Names at the left, figures at the right, a thin meter on top where asked for."""

    def __init__(self, title: str, *, with_meter: bool = False) -> None:
        super().__init__(gap=5, margins=(14, 12, 14, 12))
        self._title = card_title(title)
        self._meter = Meter(height=10)
        if not with_meter:
            self._meter.hide()
        self._list = column(gap=4)
        for part in (self._title, self._meter):
            self.body.addWidget(part)
        self.body.addLayout(self._list)

    def set_title(self, title: str) -> None:
        self._title.setText(title)

    def set_pairs(self, pairs: Sequence[tuple[str, str, str]]) -> None:
        """Show (name, figure, tone)."""
        clear_layout(self._list)
        for name, value, tone in pairs:
            figure = Label(value, weight=500, tone=tone)
            self._list.addLayout(row(caption(name), None, figure, gap=6))

    def set_meter(self, value: int, total: int) -> None:
        over = max(0, value - total) if total else 0
        self._meter.set_parts([(value - over, "d1"), (over, "bad")], max(value, total))


def _differences(
    previous: Agreement, lines: Sequence[QuotaLine | None], categories: Sequence[Category]
) -> list[tuple[str, str, str]]:
    before = _heads_by_category([line for line in previous.quotas])
    after = _heads_by_category([line for line in lines if line is not None])
    names = {category.code: category.name for category in categories}
    amount = sum(line.amount for line in lines if line is not None) - previous.amount
    pairs = [(_("Kuota"), _change(sum(before.values()), sum(after.values())), "text")]
    for code in sorted(before.keys() | after.keys()):
        old, new = before.get(code, 0), after.get(code, 0)
        if old != new:
            pairs.append((names.get(code, code), _change(old, new), "text"))
    sign = "+" if amount > 0 else ""
    pairs.append((_("Jumlah"), f"{sign}{format_rupiah(amount)}", "text"))
    return pairs


def _heads_by_category(lines: Sequence[QuotaLine]) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in lines:
        found[line.draft.category] = found.get(line.draft.category, 0) + line.draft.heads
    return found


def _change(old: int, new: int) -> str:
    if new == old:
        return _("tetap {n}").format(n=format_count(new))
    if not new:
        return f"{format_count(old)} {_ARROW} " + _("dihapus")
    if not old:
        return _("baru, {n}").format(n=format_count(new))
    return f"{format_count(old)} {_ARROW} {format_count(new)}"
