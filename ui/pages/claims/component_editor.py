"""The benefits of a claim in its form, offered by programme and event date."""

from collections.abc import Sequence

from bpjsdesk.domain.claims import ClaimComponent
from bpjsdesk.domain.reference import BenefitRow
from bpjsdesk.domain.wording import amount_in_words, format_rupiah
from ui.i18n import _
from ui.pages.agreements.row_editor import (
    CELL_GAP,
    REMOVE_WIDTH,
    EditorRow,
    Head,
    RowEditor,
    stretch_cells,
)
from ui.theme import px
from ui.widgets.combo import Choice
from ui.widgets.edits import CountEdit
from ui.widgets.form import Form
from ui.widgets.layout import row
from ui.widgets.text import Label, caption

_FIXED = "FIXED"


def _heads() -> tuple[Head, ...]:
    return (
        Head(title=_("Manfaat *")),
        Head(title=_("Jumlah (Rp) *"), width=150, right=True),
    )


class ComponentRow(EditorRow):
    """One benefit with its amount; a fixed benefit brings its amount along."""

    def __init__(self, key: int, benefits: Sequence[BenefitRow]) -> None:
        super().__init__("components", key)
        self._benefits: dict[str, BenefitRow] = {}
        self._own: tuple[str, str] | None = None
        self._benefit = Choice((), empty=_("Pilih manfaat…"))
        self._amount = CountEdit()
        cells = (
            self.add_cell("name", _("Manfaat"), self._benefit, required=True),
            self.add_cell("amount", _("Jumlah"), self._amount, required=True),
        )
        self.lay_out(stretch_cells(list(zip(cells, _heads(), strict=True))))
        self.offer(benefits)
        self._benefit.activated.connect(self._on_benefit_activated)

    @property
    def amount(self) -> int:
        return self._amount.amount or 0

    def offer(self, benefits: Sequence[BenefitRow]) -> None:
        """Offer these benefits, and the one that the row holds already."""
        self._benefits = {benefit.code: benefit for benefit in benefits}
        choices = [(benefit.code, benefit.name) for benefit in benefits]
        if self._own is not None and self._own[0] not in self._benefits:
            choices.append(self._own)
        self._benefit.set_choices(choices, empty=_("Pilih manfaat…"))

    def component(self) -> ClaimComponent | None:
        """Give the benefit as typed; None while none is chosen."""
        code = self._benefit.value
        if code is None:
            return None
        name = self._benefits[code].name if code in self._benefits else self._benefit.currentText()
        return ClaimComponent(code=code, name=name, amount=self.amount)

    def show_component(self, component: ClaimComponent) -> None:
        self._own = (component.code, component.name)
        self.offer(list(self._benefits.values()))
        self._benefit.set_value(component.code)
        self._amount.set_amount(component.amount)

    def _on_benefit_activated(self) -> None:
        benefit = self._benefits.get(self._benefit.value or "")
        if benefit is None or self._amount.amount is not None:
            return
        if benefit.basis == _FIXED and benefit.value is not None:
            self._amount.set_amount(int(benefit.value))
            self.edited.emit()


class ComponentEditor(RowEditor):
    """The benefits of one claim, with total and terbilang."""

    def __init__(self, form: Form) -> None:
        super().__init__(
            form,
            prefix="components",
            title=_("Manfaat"),
            add_words=_("Tambah manfaat"),
            heads=_heads(),
        )
        self._benefits: tuple[BenefitRow, ...] = ()
        self._total = Label("", size=14, weight=600)
        self._total.setObjectName("claimTotal")
        self._words = caption("", wrap=True)
        end = px(REMOVE_WIDTH) + CELL_GAP
        self.body.addLayout(row((self._words, 1), self._total, end))
        self.body.addStretch(1)
        self.edited.connect(self._show_total)
        self.rows_changed.connect(self._show_total)

    def make_row(self, key: int) -> EditorRow:
        return ComponentRow(key, self._benefits)

    def component_rows(self) -> list[ComponentRow]:
        return [made for made in self.rows if isinstance(made, ComponentRow)]

    def offer(self, benefits: Sequence[BenefitRow]) -> None:
        """Offer these benefits in every row."""
        self._benefits = tuple(benefits)
        for made in self.component_rows():
            made.offer(benefits)

    def components(self) -> tuple[ClaimComponent, ...]:
        """Give the benefits as typed."""
        found = [made.component() for made in self.component_rows()]
        return tuple(component for component in found if component is not None)

    def show_components(self, components: Sequence[ClaimComponent]) -> None:
        self.clear()
        for component in components:
            made = self.add_row()
            if isinstance(made, ComponentRow):
                made.show_component(component)
        self._show_total()

    def _show_total(self) -> None:
        total = sum(made.amount for made in self.component_rows())
        self._total.setText(format_rupiah(total) if self.rows else "")
        self._words.setText(amount_in_words(total) if total else "")
