"""The parties in the form: each with its own free number, signatory and office."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from bpjsdesk.domain.agreements import Party
from ui.i18n import _
from ui.pages.agreements.row_editor import (
    CELL_GAP,
    REMOVE_WIDTH,
    CellField,
    EditorRow,
    Head,
    RowEditor,
    stretch_cells,
)
from ui.pages.agreements.words import role_words
from ui.theme import px
from ui.widgets.edits import TextEdit
from ui.widgets.form import Form
from ui.widgets.layout import row
from ui.widgets.text import Label

ROLE_WIDTH = 96
_SHARES = (5, 4, 4)


class PartyRow(EditorRow):
    """One party on two lines: identity and number, then office and authority."""

    def __init__(self, key: int) -> None:
        super().__init__("parties", key)
        self.role = Label("", size=11, weight=600, tone="muted")
        self.role.setFixedHeight(px(26))
        first = (
            self._text("institution", _("Lembaga"), "", required=True),
            self._text("office_address", _("Alamat kantor"), ""),
            self._text("number", _("Nomor dokumen"), _("boleh kosong sampai ada")),
        )
        second = (
            self._text("signatory_name", _("Penanda tangan"), _("Penanda tangan")),
            self._text("signatory_position", _("Jabatan"), _("Jabatan")),
            self._text("signatory_basis", _("Dasar kewenangan"), _("Dasar kewenangan")),
        )
        cells: list[tuple[QWidget, Head]] = [(self.role, Head(title="", width=ROLE_WIDTH))]
        cells += [
            (field, Head(title="", share=share))
            for field, share in zip(first, _SHARES, strict=True)
        ]
        start, end = px(ROLE_WIDTH) + CELL_GAP, px(REMOVE_WIDTH) + CELL_GAP
        self.indent_message(start)
        parts = [(field, share) for field, share in zip(second, _SHARES, strict=True)]
        self.lay_out(stretch_cells(cells), row(start, *parts, end, gap=CELL_GAP))

    @property
    def is_empty(self) -> bool:
        return not any(self._values().values())

    def party(self, role_no: int) -> Party:
        """Give the party as typed, in the place it stands."""
        return Party(role_no=role_no, **self._values())

    def show_party(self, party: Party) -> None:
        for part, field in self.fields.items():
            if isinstance(field.control, TextEdit):
                field.control.setText(getattr(party, part))
                field.control.setCursorPosition(0)

    def _values(self) -> dict[str, str]:
        return {
            part: field.control.text().strip()
            for part, field in self.fields.items()
            if isinstance(field.control, TextEdit)
        }

    def _text(self, part: str, label: str, hint: str, *, required: bool = False) -> CellField:
        return self.add_cell(part, label, TextEdit(placeholder=hint), required=required)


class PartyEditor(RowEditor):
    """N parties; their order is their role."""

    def __init__(self, form: Form) -> None:
        super().__init__(
            form,
            prefix="parties",
            title=_("Para pihak"),
            add_words=_("Tambah pihak"),
            heads=(
                Head(title="", width=ROLE_WIDTH),
                Head(title=_("Lembaga *"), share=5),
                Head(title=_("Alamat kantor"), share=4),
                Head(title=_("Nomor dokumen"), share=4),
            ),
        )
        self.set_note(_("Nomor tiap pihak bebas bentuknya dan boleh menyusul."))
        self.rows_changed.connect(self._name_roles)

    def make_row(self, key: int) -> EditorRow:
        return PartyRow(key)

    def party_rows(self) -> list[PartyRow]:
        return [made for made in self.rows if isinstance(made, PartyRow)]

    def parties(self) -> tuple[Party, ...]:
        """Give the parties as typed."""
        return tuple(made.party(place) for place, made in enumerate(self.party_rows(), start=1))

    def show_parties(self, parties: Sequence[Party]) -> None:
        """Show the parties in the order of their roles."""
        self.clear()
        for party in sorted(parties, key=_role_of):
            made = self.add_row()
            if isinstance(made, PartyRow):
                made.show_party(party)

    def _name_roles(self) -> None:
        for place, made in enumerate(self.party_rows(), start=1):
            made.role.setText(role_words(place))


def _role_of(party: Party) -> int:
    return party.role_no
