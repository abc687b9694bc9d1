"""The quota lines in the form; the rate and the amount are computed, never typed."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from bpjsdesk.domain.agreements import QuotaDraft, QuotaLine
from bpjsdesk.domain.period import first_of_month
from bpjsdesk.domain.reference import Category
from bpjsdesk.domain.wording import amount_in_words, format_count, format_rupiah
from ui.i18n import _
from ui.page import PageContext
from ui.pages.agreements.row_editor import (
    CELL_GAP,
    REMOVE_WIDTH,
    CellMonthEdit,
    EditorRow,
    Head,
    RowEditor,
    read_only_count,
    stretch_cells,
)
from ui.pages.agreements.words import PAYER_CHOICES, PROGRAMME_CHOICES, rate_words
from ui.theme import px
from ui.widgets.combo import Choice
from ui.widgets.edits import CountEdit
from ui.widgets.form import Form
from ui.widgets.layout import row
from ui.widgets.text import Label, caption

_YEAR_OF_MONTHS = 12


def quota_heads() -> dict[str, Head]:
    """Give the columns of the quota editor, by part of a line."""
    return {
        "category": Head(title=_("Kategori *")),
        "programmes": Head(title=_("Program *"), width=130),
        "payer_type": Head(title=_("Pembayar"), width=92),
        "heads": Head(title=_("Orang *"), width=74, right=True),
        "from_month": Head(title=_("Mulai *"), width=84),
        "months": Head(title=_("Bulan *"), width=56, right=True),
        "wage_base": Head(title=_("Dasar upah"), width=98, right=True),
        "rate": Head(title=_("Iuran/bulan"), width=88, right=True),
        "amount": Head(title=_("Jumlah"), width=126, right=True),
    }


class QuotaRow(EditorRow):
    """One category for a run of months; keeps the sector that it was opened with."""

    def __init__(self, key: int, context: PageContext, categories: Sequence[Category]) -> None:
        super().__init__("quotas", key)
        self._categories = {category.code: category for category in categories}
        self._sector = "OTHER"
        self._category = Choice([(c.code, c.name) for c in categories], empty=_("Pilih…"))
        self._programmes = Choice(PROGRAMME_CHOICES)
        self._payer = Choice(PAYER_CHOICES)
        self._heads, self._months, self._wage = CountEdit(), CountEdit(), CountEdit()
        self._from_month = CellMonthEdit(context.today)
        self._rate, self._amount = read_only_count(), read_only_count()
        parts = self._add_cells()
        columns = quota_heads()
        self.lay_out(stretch_cells([(parts[part], head) for part, head in columns.items()]))
        self._category.activated.connect(self._on_category_activated)

    def quota(self) -> QuotaDraft | None:
        """Give the line as typed; None while something needed is missing."""
        heads, months, first = self._heads.amount, self._months.amount, self._from_month.month
        if self._category.value is None or heads is None or months is None or first is None:
            return None
        return QuotaDraft(
            category=self._category.value,
            programmes=self._programmes.value,
            heads=heads,
            months=months,
            from_month=first,
            payer_type=self._payer.value,
            sector=self._sector,
            wage_base=self._wage.amount,
        )

    def show_quota(self, quota: QuotaDraft) -> None:
        self._sector = quota.sector
        self._category.set_value(quota.category)
        self._show_programmes(quota.programmes)
        self._payer.set_value(quota.payer_type)
        self._heads.set_amount(quota.heads)
        self._months.set_amount(quota.months)
        self._from_month.set_month(quota.from_month)
        self._wage.set_amount(quota.wage_base)
        self._show_default_wage()

    def show_start(self, first: date, payer_type: str) -> None:
        """Prefill a new line with what most lines share."""
        self._from_month.set_month(first)
        self._months.set_amount(_YEAR_OF_MONTHS)
        self._payer.set_value(payer_type)

    def show_line(self, line: QuotaLine | None, problem: str) -> None:
        """Show what the line costs, or why it cannot be told."""
        self._rate.setText(rate_words(line) if line else "–")
        self._amount.setText(format_count(line.amount) if line else "–")
        self._rate.setToolTip(problem)
        self._amount.setToolTip(problem)
        self.set_advice(problem)

    def _add_cells(self) -> dict[str, QWidget]:
        cells: dict[str, QWidget] = {
            "category": self.add_cell("category", _("Kategori"), self._category, required=True),
            "programmes": self.add_cell("programmes", _("Program"), self._programmes),
            "payer_type": self.add_cell("payer_type", _("Pembayar"), self._payer),
            "heads": self.add_cell("heads", _("Orang"), self._heads, required=True),
            "from_month": self.add_cell("from_month", _("Mulai"), self._from_month, required=True),
            "months": self.add_cell("months", _("Bulan"), self._months, required=True),
            "wage_base": self.add_cell("wage_base", _("Dasar upah"), self._wage),
            "rate": self._rate,
            "amount": self._amount,
        }
        for name in ("rate", "amount"):
            cells[name].setObjectName(self.field_name(name))
        self._rate.setAccessibleName(_("Iuran per orang per bulan, dihitung"))
        self._amount.setAccessibleName(_("Jumlah iuran, dihitung"))
        return cells

    def _show_programmes(self, programmes: tuple[str, ...]) -> None:
        known = [value for value, _words in PROGRAMME_CHOICES]
        if programmes not in known:
            more = (programmes, " ".join(programmes))
            self._programmes.set_choices([*PROGRAMME_CHOICES, more])
        self._programmes.set_value(programmes)

    def _show_default_wage(self) -> None:
        category = self._categories.get(self._category.value)
        wage = category.wage_base if category else None
        self._wage.setPlaceholderText(format_count(wage) if wage else "")

    def _on_category_activated(self) -> None:
        category = self._categories.get(self._category.value)
        if category is not None:
            self._show_programmes(category.default_programmes)
        self._show_default_wage()


class QuotaEditor(RowEditor):
    """Categories × programmes × heads × months, with totals and terbilang."""

    def __init__(self, form: Form, context: PageContext) -> None:
        super().__init__(
            form,
            prefix="quotas",
            title=_("Peserta dan iuran"),
            add_words=_("Baris baru"),
            heads=tuple(quota_heads().values()),
        )
        self._context = context
        self._categories: tuple[Category, ...] = ()
        self._start: date | None = None
        self._heads_total = Label("", weight=600)
        self._amount_total = Label("", size=14, weight=600)
        self._amount_total.setObjectName("quotaTotal")
        self._words = Label("", size=12, weight=500, wrap=True)
        note = caption(_("Iuran dihitung per bulan dari tabel tarif; tidak diketik."))
        end = px(REMOVE_WIDTH) + CELL_GAP
        self.body.addLayout(row((note, 1), self._heads_total, 14, self._amount_total, end))
        self.body.addWidget(self._words)

    def make_row(self, key: int) -> EditorRow:
        return QuotaRow(key, self._context, self._categories)

    def set_lists(self, categories: Sequence[Category]) -> None:
        self._categories = tuple(categories)

    def set_start(self, valid_from: date | None) -> None:
        """Say from when new lines run."""
        self._start = valid_from

    def add_row(self) -> EditorRow:
        above = self.quota_rows()[-1].quota() if self.rows else None
        made = super().add_row()
        if isinstance(made, QuotaRow):
            first = above.from_month if above else first_of_month(self._start or self._today())
            made.show_start(first, above.payer_type if above else PAYER_CHOICES[0][0])
        return made

    def quota_rows(self) -> list[QuotaRow]:
        return [made for made in self.rows if isinstance(made, QuotaRow)]

    def quotas(self) -> tuple[QuotaDraft, ...]:
        """Give the lines that are complete."""
        found = [made.quota() for made in self.quota_rows()]
        return tuple(quota for quota in found if quota is not None)

    def show_quotas(self, quotas: Sequence[QuotaDraft]) -> None:
        self.clear()
        for quota in quotas:
            made = self.add_row()
            if isinstance(made, QuotaRow):
                made.show_quota(quota)

    def show_reading(self, lines: Sequence[QuotaLine | None], problems: Sequence[str]) -> None:
        """Show the prices of the complete lines, in their order."""
        complete = [made for made in self.quota_rows() if made.quota() is not None]
        for made in self.quota_rows():
            if made not in complete:
                made.show_line(None, "")
        for made, line, problem in zip(complete, lines, problems, strict=False):
            made.show_line(line, problem)
        priced = [line for line in lines if line is not None]
        amount = sum(line.amount for line in priced)
        heads = sum(line.draft.heads for line in priced)
        self._heads_total.setText(_("{n} orang").format(n=format_count(heads)))
        self._amount_total.setText(format_rupiah(amount))
        words = _("Terbilang: {words}").format(words=amount_in_words(amount))
        self._words.setText(words if priced else "")

    def _today(self) -> date:
        return self._context.today()
