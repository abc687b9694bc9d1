"""Duties and contacts of each party in the form, one sentence a line."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from bpjsdesk.domain.agreements import Contact, Duty
from ui.i18n import _
from ui.pages.agreements.party_editor import ROLE_WIDTH, PartyRow
from ui.pages.agreements.row_editor import CellField, Head, head_line, stretch_cells
from ui.pages.agreements.words import role_words
from ui.theme import px
from ui.widgets.form import Form
from ui.widgets.layout import Card, column, row
from ui.widgets.text import Label, caption, card_title

_LINES = 3
_LINE_PX, _EDGE_PX = 17, 14


class ClauseEditor(Card):
    """Two boxes a party: main duties and contacts.

    Signals: edited() on any change.
    """

    edited = Signal()

    def __init__(self, form: Form) -> None:
        super().__init__(gap=6)
        self._form = form
        self._rows: dict[int, _ClauseRow] = {}
        self._list = column(gap=6)
        note = caption(_("Satu baris satu kewajiban atau satu narahubung."), wrap=True)
        self.body.addLayout(row(card_title(_("Kewajiban pokok dan narahubung")), 10, (note, 1)))
        self.body.addWidget(head_line(_heads()))
        self.body.addLayout(self._list)

    @property
    def controls(self) -> list[QWidget]:
        return [field.control for made in self._rows.values() for field in made.fields]

    def set_parties(self, parties: Sequence[PartyRow]) -> None:
        """Keep one pair of boxes for each party row, named by its place."""
        keys = [party.key for party in parties]
        for key in [key for key in self._rows if key not in keys]:
            self._drop(key)
        for place, key in enumerate(keys, start=1):
            if key not in self._rows:
                self._add(key)
            self._rows[key].role.setText(role_words(place))

    def show_clauses(self, duties: Sequence[Duty], contacts: Sequence[Contact]) -> None:
        """Fill the boxes; the roles are the places of the parties."""
        for place, made in enumerate(self._rows.values(), start=1):
            made.duties.setPlainText(
                "\n".join(duty.text for duty in duties if duty.party_role_no == place)
            )
            made.contacts.setPlainText(
                "\n".join(each.text for each in contacts if each.party_role_no == place)
            )

    def duties(self) -> tuple[Duty, ...]:
        """Give the duties as typed."""
        return tuple(
            Duty(party_role_no=place, text=text)
            for place, made in enumerate(self._rows.values(), start=1)
            for text in lines_of(made.duties)
        )

    def contacts(self) -> tuple[Contact, ...]:
        """Give the contacts as typed."""
        return tuple(
            Contact(party_role_no=place, text=text)
            for place, made in enumerate(self._rows.values(), start=1)
            for text in lines_of(made.contacts)
        )

    def _add(self, key: int) -> None:
        made = _ClauseRow(key)
        for field in made.fields:
            self._form.adopt(field)
            field.edited.connect(self.edited)
        self._rows[key] = made
        self._list.addWidget(made)

    def _drop(self, key: int) -> None:
        made = self._rows.pop(key)
        for field in made.fields:
            self._form.drop(field.name)
        self._list.removeWidget(made)
        made.hide()
        made.deleteLater()


class _ClauseRow(QWidget):
    def __init__(self, key: int) -> None:
        super().__init__()
        self.role = Label("", size=11, weight=600, tone="muted")
        self.duties, self.contacts = text_box(_LINES), text_box(_LINES)
        self.fields = (
            CellField(f"duties.{key}", _("Kewajiban pokok"), self.duties),
            CellField(f"contacts.{key}", _("Narahubung"), self.contacts),
        )
        cells = zip((self.role, *self.fields), _heads(), strict=True)
        self.setLayout(stretch_cells(list(cells)))


def _heads() -> tuple[Head, ...]:
    return (
        Head(title="", width=ROLE_WIDTH),
        Head(title=_("Kewajiban pokok"), share=3),
        Head(title=_("Narahubung"), share=2),
    )


def text_box(lines: int) -> QPlainTextEdit:
    """Make a box of a few lines."""
    made = QPlainTextEdit()
    made.setFixedHeight(px(lines * _LINE_PX + _EDGE_PX))
    return made


def lines_of(box: QPlainTextEdit) -> list[str]:
    """Give the lines that hold something."""
    return [line.strip() for line in box.toPlainText().splitlines() if line.strip()]
