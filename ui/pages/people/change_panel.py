"""Ask for a change of NIK, name or birth date; somebody else approves it."""

from PySide6.QtCore import Signal

from bpjsdesk.domain.people import Person
from bpjsdesk.domain.person_changes import FIELD_LABELS, IdentityField
from bpjsdesk.domain.wording import format_date
from ui.i18n import _
from ui.page import PageContext
from ui.pages.people.ask_panel import AskPanel
from ui.pages.people.work import Asked
from ui.widgets.buttons import ChoiceRow
from ui.widgets.edits import DateEdit, NikEdit
from ui.widgets.text_edit import TextEdit

_BASIS = "basis"
_FIELDS_OF_REFUSALS = {
    "NIK": IdentityField.NIK.value,
    "NAME": IdentityField.NAME.value,
    "DATE": IdentityField.BIRTH_DATE.value,
    "BASIS": _BASIS,
}


class ChangePanel(AskPanel):
    """Choose what changes, type the new value and the paper that proves it.

    Signals: change_asked(Asked).
    """

    change_asked = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__(
            "pencil",
            _("Ajukan perubahan data"),
            _("Data berubah setelah orang lain menyetujuinya. Isi lama tetap dapat dicari."),
            act=_("Ajukan"),
        )
        self.setObjectName("changePanel")
        self._person: Person | None = None
        labels = [(field.value, FIELD_LABELS[field]) for field in IdentityField]
        self._choice = ChoiceRow(labels, current=IdentityField.NAME.value)
        self._edits = {
            IdentityField.NIK.value: NikEdit(),
            IdentityField.NAME.value: TextEdit(),
            IdentityField.BIRTH_DATE.value: DateEdit(context.today, window="birth"),
        }
        self._basis = TextEdit(placeholder=_("mis. KTP asli, diperiksa di loket 20-11-2026"))
        form = self.form
        for name, edit in self._edits.items():
            form.body.addWidget(form.add_field(name, _("Isi yang baru"), edit, required=True))
        basis = form.add_field(_BASIS, _("Dokumen yang membuktikan"), self._basis, required=True)
        form.body.addWidget(basis)
        self.body.insertWidget(1, self._choice)
        self._choice.chosen.connect(self._on_choice_chosen)

    def ask(self, person: Person) -> None:
        """Begin anew for a person."""
        self._person = person
        for edit in (*self._edits.values(), self._basis):
            edit.clear()
        self.form.show_errors([])
        self._choice.select(IdentityField.NAME.value)
        self._show_field()
        self.show()

    def choose(self, field: IdentityField) -> None:
        """Choose what is to change."""
        self._choice.select(field.value)
        self._on_choice_chosen(field.value)

    def act(self) -> None:
        """Ask for the change, if value and paper are given."""
        field = self._choice.current
        missing = [each for each in self.form.missing_fields() if each.field in (field, _BASIS)]
        if self.form.show_errors(missing):
            text = self._edits[field].text().strip()
            self.change_asked.emit(Asked(IdentityField(field), text, self._basis.text().strip()))

    def show_refusal(self, problem: Exception) -> bool:
        """Show why it was refused, at its field; False where it belongs to none."""
        named = {"NOTHING_CHANGED": self._choice.current}
        return self.refuse(problem, {**named, **_FIELDS_OF_REFUSALS})

    def _show_field(self) -> None:
        person, current = self._person, self._choice.current
        for name in self._edits:
            self.form.field(name).setVisible(name == current)
        if person is None:
            return
        born = format_date(person.birth_date) if person.birth_date else _("belum tercatat")
        now = {
            IdentityField.NIK.value: person.masked_nik,
            IdentityField.NAME.value: person.name,
            IdentityField.BIRTH_DATE.value: born,
        }[current]
        self.form.field(current).set_hint(_("Sekarang: {value}").format(value=now))
        self._edits[current].setFocus()

    def _on_choice_chosen(self, _key: str) -> None:
        self.form.show_errors([])
        self._show_field()
