"""The cards of an agreement in view mode."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from bpjsdesk.domain.agreements import (
    Agreement,
    AgreementCounters,
    Funding,
    QuotaLine,
    Tranche,
)
from bpjsdesk.domain.report_values import ClaimsLine
from bpjsdesk.domain.wording import (
    amount_in_words,
    format_count,
    format_rupiah,
    format_short_rupiah,
)
from ui.i18n import _
from ui.pages.agreements.words import brief, programmes_words, rate_note, rate_words, role_words
from ui.paint import PaintedWidget, draw_box, draw_text
from ui.table import Column, RecordTableModel
from ui.table_view import RecordTable
from ui.theme import px
from ui.widgets.layout import Card, clear_layout, column, row, rule
from ui.widgets.meter import Legend, Meter
from ui.widgets.text import Label, caption, card_title


def counter_rows(counters: AgreementCounters, categories: int) -> list[tuple[str, str, str, str]]:
    """Word the five counters: quota, submitted, accepted, active, informed."""
    held = counters.submitted - counters.valid
    informed = counters.informed
    return [
        (_("Kuota"), format_count(counters.quota), _categories(categories), "muted"),
        (_("Diusulkan"), format_count(counters.submitted), _quota_gap(counters), "muted"),
        (
            _("Sah"),
            format_count(counters.valid),
            _("{n} ditahan").format(n=format_count(held)),
            "warn" if held else "muted",
        ),
        (_("Aktif"), format_count(counters.active), _idle(counters), "muted"),
        (
            _("Diberi tahu"),
            "–" if informed is None else format_count(informed),
            _("belum dicatat") if informed is None else _("dari yang aktif"),
            "muted",
        ),
    ]


def _categories(count: int) -> str:
    return _("{n} kategori").format(n=count) if count else _("belum diisi")


def _quota_gap(counters: AgreementCounters) -> str:
    if not counters.submitted:
        return _("belum ada daftar")
    gap = counters.submitted - counters.quota
    if not gap:
        return _("sesuai kuota")
    words = _("kurang {n}") if gap < 0 else _("lebih {n}")
    return words.format(n=format_count(abs(gap)))


def _idle(counters: AgreementCounters) -> str:
    idle = counters.valid - counters.active
    if idle > 0:
        return _("{n} belum aktif").format(n=format_count(idle))
    return _("bulan ini")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotaRow:
    """One line of the quota table as text; the last one holds the totals."""

    category: str
    programmes: str
    heads: str
    months: str
    rate: str
    amount: str


class QuotaCard(Card):
    """Categories × programmes × heads × months × rate × amount, with totals and terbilang."""

    def __init__(self) -> None:
        super().__init__(gap=4, margins=(8, 4, 8, 10))
        self._model = RecordTableModel(_quota_columns(), self)
        self._table = RecordTable(
            self._model, _("Kuota dan iuran"), row_height=28, sortable=False, totals_row=True
        )
        self._table.setObjectName("quotaTable")
        self._words = caption("", wrap=True)
        self._note = caption("", wrap=True)
        self._words.setContentsMargins(8, 2, 8, 0)
        self._note.setContentsMargins(8, 0, 8, 0)
        for part in (self._table, self._words, self._note):
            self.body.addWidget(part)

    def set_lines(self, lines: Sequence[QuotaLine], *, may_come: bool) -> None:
        """Show the lines; without any, the card stays only while some `may_come`."""
        self.setVisible(bool(lines) or may_come)
        rows = [_quota_row(line) for line in lines]
        amount = sum(line.amount for line in lines)
        if rows:
            rows.append(_total_row(sum(line.draft.heads for line in lines), amount))
        self._model.set_rows(rows)
        self._table.fit_height()
        self._table.setVisible(bool(rows))
        words = _("Terbilang: {words}").format(words=amount_in_words(amount))
        self._words.setText(words if rows else _("Belum ada kategori. Tekan F2 untuk mengisi."))
        notes = [rate_note(lines)]
        if any(not line.verified for line in lines):
            notes.append(_("Sebagian tarif belum diverifikasi penyelia."))
        self._note.setText(" · ".join(note for note in notes if note))
        self._note.setVisible(bool(self._note.text()))


def _quota_columns() -> tuple[Column[QuotaRow], ...]:
    return (
        Column[QuotaRow](key="category", title=_("Kategori"), text=_category, weight=500),
        Column[QuotaRow](
            key="programmes", title=_("Program"), text=_programmes, width=108, tone=_muted
        ),
        Column[QuotaRow](key="heads", title=_("Orang"), text=_heads, width=62, right=True),
        Column[QuotaRow](key="months", title=_("Bulan"), text=_months, width=48, right=True),
        Column[QuotaRow](key="rate", title=_("Iuran/bln"), text=_rate, width=74, right=True),
        Column[QuotaRow](key="amount", title=_("Jumlah"), text=_amount, width=114, right=True),
    )


def _category(line: QuotaRow) -> str:
    return line.category


def _programmes(line: QuotaRow) -> str:
    return line.programmes


def _muted(_line: QuotaRow) -> str:
    return "muted"


def _heads(line: QuotaRow) -> str:
    return line.heads


def _months(line: QuotaRow) -> str:
    return line.months


def _rate(line: QuotaRow) -> str:
    return line.rate


def _amount(line: QuotaRow) -> str:
    return line.amount


def _quota_row(line: QuotaLine) -> QuotaRow:
    return QuotaRow(
        category=line.category_name,
        programmes=programmes_words(line.draft.programmes),
        heads=format_count(line.draft.heads),
        months=str(line.draft.months),
        rate=rate_words(line),
        amount=format_count(line.amount),
    )


def _total_row(heads: int, amount: int) -> QuotaRow:
    return QuotaRow(
        category=_("Jumlah"),
        programmes="",
        heads=format_count(heads),
        months="",
        rate="",
        amount=format_count(amount),
    )


class BudgetCard(Card):
    """What the funding covers: paid, due, and what is left of the ceiling."""

    def __init__(self) -> None:
        super().__init__(gap=6)
        self._sources = caption("", wrap=True)
        self._ceiling = Label("", weight=600)
        self._meter = Meter(height=12)
        self._legend = Legend()
        self._rest = Label("", weight=600)
        self.body.addLayout(row(card_title(_("Anggaran")), (self._sources, 1), self._ceiling))
        self.body.addWidget(self._meter)
        self.body.addLayout(row((self._legend, 1), self._rest))

    def set_money(self, agreement: Agreement, names: Mapping[str, str]) -> None:
        """Show an agreement's funding; hidden where none is recorded."""
        funding = agreement.draft.funding
        self.setVisible(bool(funding))
        ceiling = sum(line.amount for line in funding)
        paid = sum(tranche.paid_amount for tranche in agreement.draft.tranches)
        due = max(0, agreement.amount - paid)
        self._sources.setText(" + ".join(_source_words(line, names) for line in funding))
        self._ceiling.setText(
            _("pagu {amount}").format(amount=format_rupiah(ceiling))
            if ceiling
            else _("pagu belum diisi")
        )
        self._meter.set_parts([(paid, "d1"), (due, "d3")], max(ceiling, agreement.amount))
        self._legend.set_entries(
            ("d1", _("dibayar {amount}").format(amount=format_short_rupiah(paid))),
            ("d3", _("belum dibayar {amount}").format(amount=format_short_rupiah(due))),
        )
        rest = ceiling - agreement.amount
        words = _("sisa {amount}") if rest >= 0 else _("kurang {amount}")
        self._rest.setText(words.format(amount=format_rupiah(abs(rest))) if ceiling else "")
        self._rest.set_tone("ok" if rest >= 0 else "bad")


def _source_words(line: Funding, names: Mapping[str, str]) -> str:
    name = names.get(line.source, line.source)
    return f"{name} {line.fiscal_year}" if line.fiscal_year else name


class TrancheCard(Card):
    """The agreed payments: a line each, coloured by what came of it."""

    def __init__(self) -> None:
        super().__init__(gap=8)
        self._count = caption("")
        self._line = row(gap=8)
        self.body.addLayout(row(card_title(_("Tahap pembayaran")), None, self._count))
        self.body.addLayout(self._line)

    def set_tranches(self, tranches: Sequence[Tranche], today: date) -> None:
        clear_layout(self._line)
        self.setVisible(bool(tranches))
        paid = sum(tranche.paid_on is not None for tranche in tranches)
        self._count.setText(_("{n} dari {all} lunas").format(n=paid, all=len(tranches)))
        for tranche in tranches:
            self._line.addWidget(_TrancheMark(tranche, today), 1)


class _TrancheMark(PaintedWidget):
    def __init__(self, tranche: Tranche, today: date) -> None:
        super().__init__(height=px(58))
        self.setMinimumWidth(px(90))
        self._label, self._words, self._tone = tranche.label, *_tranche_state(tranche, today)
        self._amount = format_short_rupiah(tranche.paid_amount or tranche.amount)
        self.setAccessibleName(f"{self._label}: {self._amount}, {self._words}")
        self.setToolTip(f"{self._label}: {format_rupiah(tranche.amount)}")

    def paint(self, painter: QPainter, box: QRectF) -> None:
        draw_box(painter, QRectF(0, 1, box.width(), 4), fill=self._tone, radius=2)
        height = (box.height() - 9) / 3
        state_tone = self._tone if self._tone in ("warn", "bad") else "muted"
        lines = ((self._label, 500, "text"), (self._amount, 400, "text"))
        for place, (text, weight, tone) in enumerate((*lines, (self._words, 400, state_tone))):
            line = QRectF(0, 9 + place * height, box.width(), height)
            draw_text(painter, line, text, size=12, weight=weight, tone=tone)


def _tranche_state(tranche: Tranche, today: date) -> tuple[str, str]:
    if tranche.paid_on is not None:
        return _("dibayar {day}").format(day=brief(tranche.paid_on)), "d1"
    if tranche.due_on is None:
        return _("tempo belum diisi"), "track"
    words = _("tempo {day}").format(day=brief(tranche.due_on))
    return words, "bad" if tranche.due_on < today else "warn"


class PartiesCard(Card):
    """Who agreed, each with its own number and signatory."""

    def __init__(self) -> None:
        super().__init__(gap=8, margins=(14, 12, 14, 12))
        self._list = column(gap=8)
        self.body.addWidget(card_title(_("Para pihak")))
        self.body.addLayout(self._list)

    def set_agreement(self, agreement: Agreement) -> None:
        clear_layout(self._list)
        parties = agreement.draft.parties
        for place, party in enumerate(parties):
            if place:
                self._list.addWidget(rule())
            signatory = " · ".join(
                part for part in (party.signatory_name, party.signatory_position) if part
            )
            lines = column(
                Label(role_words(party.role_no), size=11, weight=500, tone="muted"),
                Label(party.institution, weight=500, wrap=True),
                gap=1,
            )
            for text in (signatory, _number_words(party.number)):
                if text:
                    lines.addWidget(caption(text, wrap=True))
            self._list.addLayout(lines)
        if not parties:
            self._list.addWidget(caption(_("Belum ada pihak."), wrap=True))


def _number_words(number: str) -> str:
    return _("Nomor {number}").format(number=number) if number else _("Nomor belum ada")


class ClaimsCard(Card):
    """What was paid in claims under the agreement."""

    def __init__(self) -> None:
        super().__init__(gap=2, margins=(14, 12, 14, 12))
        self._amount = Label("", size=16, weight=600)
        self._parts = caption("", wrap=True)
        for part in (card_title(_("Klaim dibayar")), self._amount, self._parts):
            self.body.addWidget(part)

    def set_claims(self, claims: Sequence[ClaimsLine]) -> None:
        self._amount.setText(format_rupiah(sum(line.amount for line in claims)))
        parts = [f"{line.label} {format_count(line.cases)}" for line in claims if line.cases]
        self._parts.setText(" · ".join(parts) or _("Belum ada klaim yang dibayar."))


class TextsCard(Card):
    """A titled list of sentences, such as duties, scope or legal basis."""

    def __init__(self, title: str) -> None:
        super().__init__(gap=4, margins=(14, 12, 14, 12))
        self._list = column(gap=4)
        self.body.addWidget(card_title(title))
        self.body.addLayout(self._list)

    def set_texts(self, texts: Sequence[tuple[str, str]]) -> None:
        """Show (head, text) pairs; hidden when there are none."""
        clear_layout(self._list)
        self.setVisible(bool(texts))
        shown = ""
        for head, text in texts:
            if head and head != shown:
                self._list.addWidget(Label(head, size=11, weight=500, tone="muted"))
                shown = head
            self._list.addWidget(Label(text, size=12, wrap=True))
