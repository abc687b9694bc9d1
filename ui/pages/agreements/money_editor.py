"""Funding and tranches in the form."""

from collections.abc import Sequence

from bpjsdesk.domain.agreements import Funding, Tranche
from bpjsdesk.domain.reference import FundingSource
from ui.i18n import _
from ui.page import PageContext
from ui.pages.agreements.row_editor import (
    CellDateEdit,
    EditorRow,
    Head,
    RowEditor,
    stretch_cells,
)
from ui.widgets.combo import Choice
from ui.widgets.edits import CountEdit, TextEdit
from ui.widgets.form import Form
from ui.widgets.text_edit import Reading

_YEAR_DIGITS = 4


class YearEdit(TextEdit):
    """A year in four digits."""

    @property
    def year(self) -> int | None:
        text = self.text().strip()
        return int(text) if text.isdigit() and len(text) == _YEAR_DIGITS else None

    def set_year(self, year: int | None) -> None:
        self.setText(str(year) if year else "")

    def reading(self) -> Reading:
        if not self.text().strip() or self.year is not None:
            return "", "muted"
        words = _("Tulis tahun dengan empat angka, misalnya 2026.")
        return words, "muted" if self.hasFocus() else "bad"


def _funding_heads() -> tuple[Head, ...]:
    return (
        Head(title=_("Sumber dana *"), share=4),
        Head(title=_("Tahun"), width=64),
        Head(title=_("Keterangan"), share=4),
        Head(title=_("Pagu (Rp)"), width=150, right=True),
    )


class FundingRow(EditorRow):
    """One source of money with its ceiling."""

    def __init__(self, key: int, sources: Sequence[FundingSource]) -> None:
        super().__init__("funding", key)
        self._source = Choice([(s.code, s.name) for s in sources], empty=_("Pilih…"))
        self._year, self._reference, self._amount = YearEdit(), TextEdit(), CountEdit()
        cells = (
            self.add_cell("source", _("Sumber dana"), self._source, required=True),
            self.add_cell("fiscal_year", _("Tahun"), self._year),
            self.add_cell("reference", _("Keterangan"), self._reference),
            self.add_cell("amount", _("Pagu"), self._amount),
        )
        self.lay_out(stretch_cells(list(zip(cells, _funding_heads(), strict=True))))

    def funding(self) -> Funding:
        return Funding(
            source=self._source.value or "",
            fiscal_year=self._year.year,
            reference=self._reference.text().strip(),
            amount=self._amount.amount or 0,
        )

    def show_funding(self, funding: Funding) -> None:
        self._source.set_value(funding.source)
        self._year.set_year(funding.fiscal_year)
        self._reference.setText(funding.reference)
        self._amount.set_amount(funding.amount or None)


class FundingEditor(RowEditor):
    """Where the money comes from."""

    def __init__(self, form: Form) -> None:
        super().__init__(
            form,
            prefix="funding",
            title=_("Sumber dana"),
            add_words=_("Tambah sumber"),
            heads=_funding_heads(),
        )
        self._sources: tuple[FundingSource, ...] = ()

    def set_lists(self, sources: Sequence[FundingSource]) -> None:
        self._sources = tuple(sources)

    def make_row(self, key: int) -> EditorRow:
        return FundingRow(key, self._sources)

    def funding(self) -> tuple[Funding, ...]:
        """Give the sources as typed."""
        return tuple(made.funding() for made in self.rows if isinstance(made, FundingRow))

    def show_funding(self, funding: Sequence[Funding]) -> None:
        self.clear()
        for line in funding:
            made = self.add_row()
            if isinstance(made, FundingRow):
                made.show_funding(line)


def _tranche_heads() -> tuple[Head, ...]:
    return (
        Head(title=_("Tahap *"), share=4),
        Head(title=_("Jatuh tempo"), width=108),
        Head(title=_("Ditagih (Rp)"), width=140, right=True),
        Head(title=_("Dibayar pada"), width=108),
        Head(title=_("Dibayar (Rp)"), width=140, right=True),
    )


class TrancheRow(EditorRow):
    """One agreed payment and what came of it."""

    def __init__(self, key: int, context: PageContext) -> None:
        super().__init__("tranches", key)
        self._label = TextEdit(placeholder=_("misalnya Tahap I · Jan–Apr"))
        self._due, self._paid = CellDateEdit(context.today), CellDateEdit(context.today)
        self._amount, self._paid_amount = CountEdit(), CountEdit()
        cells = (
            self.add_cell("label", _("Tahap"), self._label, required=True),
            self.add_cell("due_on", _("Jatuh tempo"), self._due),
            self.add_cell("amount", _("Ditagih"), self._amount),
            self.add_cell("paid_on", _("Dibayar pada"), self._paid),
            self.add_cell("paid_amount", _("Dibayar"), self._paid_amount),
        )
        self.lay_out(stretch_cells(list(zip(cells, _tranche_heads(), strict=True))))

    def tranche(self) -> Tranche:
        return Tranche(
            label=self._label.text().strip(),
            due_on=self._due.day,
            amount=self._amount.amount or 0,
            paid_on=self._paid.day,
            paid_amount=self._paid_amount.amount or 0,
        )

    def show_tranche(self, tranche: Tranche) -> None:
        self._label.setText(tranche.label)
        self._due.set_day(tranche.due_on)
        self._amount.set_amount(tranche.amount or None)
        self._paid.set_day(tranche.paid_on)
        self._paid_amount.set_amount(tranche.paid_amount or None)


class TrancheEditor(RowEditor):
    """The agreed payments."""

    def __init__(self, form: Form, context: PageContext) -> None:
        super().__init__(
            form,
            prefix="tranches",
            title=_("Tahap pembayaran"),
            add_words=_("Tambah tahap"),
            heads=_tranche_heads(),
        )
        self._context = context

    def make_row(self, key: int) -> EditorRow:
        return TrancheRow(key, self._context)

    def tranches(self) -> tuple[Tranche, ...]:
        """Give the payments as typed."""
        return tuple(made.tranche() for made in self.rows if isinstance(made, TrancheRow))

    def show_tranches(self, tranches: Sequence[Tranche]) -> None:
        self.clear()
        for tranche in tranches:
            made = self.add_row()
            if isinstance(made, TrancheRow):
                made.show_tranche(tranche)
