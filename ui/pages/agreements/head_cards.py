"""The cards of the form that hold single fields: identity, validity, texts."""

from bpjsdesk.domain.agreements import AgreementDraft, AgreementListItem
from bpjsdesk.domain.reference import AgreementKind
from ui.i18n import _
from ui.page import PageContext
from ui.pages.agreements.clause_editor import lines_of, text_box
from ui.pages.agreements.money_editor import YearEdit
from ui.pages.agreements.region_edit import RegionEdit
from ui.pages.agreements.words import year_words
from ui.widgets.combo import Choice
from ui.widgets.edits import DateEdit, TextEdit
from ui.widgets.form import Form
from ui.widgets.layout import Card, column, row
from ui.widgets.text import caption, card_title

_BASIS_LINES, _SCOPE_LINES = 3, 3


class IdentityCard(Card):
    """Kind, title, region and the agreement that this one renews or amends."""

    def __init__(self, form: Form, context: PageContext) -> None:
        super().__init__(gap=8)
        self.title_edit = TextEdit(placeholder=_("Perlindungan pekerja rentan Kota …"))
        self._kind = Choice()
        self.region = RegionEdit(context)
        self._renews, self._amends = Choice(), Choice()
        title = form.add_field("title", _("Tentang"), self.title_edit, required=True)
        kind = form.add_field("kind", _("Jenis"), self._kind, required=True)
        region = form.add_field("region_code", _("Wilayah"), self.region)
        renews = form.add_field("renews_id", _("Memperpanjang"), self._renews)
        amends = form.add_field("amends_id", _("Addendum dari"), self._amends)
        self.body.addWidget(card_title(_("Perjanjian")))
        self.body.addLayout(row((title, 8), (kind, 5), gap=10))
        self.body.addLayout(row((region, 4), (renews, 4), (amends, 4), gap=10))

    def show_draft(
        self,
        draft: AgreementDraft,
        kinds: tuple[AgreementKind, ...],
        others: tuple[AgreementListItem, ...],
        region_name: str,
    ) -> None:
        """Fill the fields."""
        links = [(item.agreement_id, _link_words(item)) for item in others]
        self._kind.set_choices([(kind.code, kind.name) for kind in kinds], empty=_("Pilih…"))
        self._renews.set_choices(links, empty=_("tidak ada"))
        self._amends.set_choices(links, empty=_("tidak ada"))
        self.title_edit.setText(draft.title)
        self.title_edit.setCursorPosition(0)
        self._kind.set_value(draft.kind or None)
        self._renews.set_value(draft.renews_id)
        self._amends.set_value(draft.amends_id)
        self.region.set_region(draft.region_code, region_name)

    def values(self) -> dict[str, object]:
        """Give the fields of a draft that stand here."""
        return {
            "title": self.title_edit.text().strip(),
            "kind": self._kind.value or "",
            "region_code": self.region.code,
            "renews_id": self._renews.value,
            "amends_id": self._amends.value,
        }


class ValidityCard(Card):
    """Signing and validity; both days of the period count."""

    def __init__(self, form: Form, context: PageContext) -> None:
        super().__init__(gap=8)
        self._signed_on = DateEdit(context.today)
        self._place = TextEdit(placeholder=_("misalnya Kantor Wali Kota"))
        self.valid_from, self._valid_to = DateEdit(context.today), DateEdit(context.today)
        self._since = YearEdit()
        first = form.add_field("valid_from", _("Berlaku mulai"), self.valid_from)
        last = form.add_field("valid_to", _("Berlaku s.d."), self._valid_to)
        signed = form.add_field(
            "signed_on",
            _("Ditandatangani pada"),
            self._signed_on,
            hint=_("Kosong = masih draf"),
        )
        place = form.add_field("signed_place", _("Tempat"), self._place)
        since = form.add_field(
            "protected_since", _("Dilindungi sejak"), self._since, hint=_("Tahun, bila diketahui")
        )
        hint = caption(_("ketik 31122027, 31/12/27, “31 des”; T = hari ini, + − geser sehari"))
        self.body.addLayout(row(card_title(_("Masa berlaku")), 10, (hint, 1)))
        self.body.addLayout(row((first, 4), (last, 4), (signed, 4), (place, 5), (since, 3), gap=10))

    def show_draft(self, draft: AgreementDraft) -> None:
        """Fill the fields."""
        self._signed_on.set_day(draft.signed_on)
        self._place.setText(draft.signed_place)
        self.valid_from.set_day(draft.valid_from)
        self._valid_to.set_day(draft.valid_to)
        self._since.set_year(draft.protected_since)

    def values(self) -> dict[str, object]:
        """Give the fields of a draft that stand here."""
        return {
            "signed_on": self._signed_on.day,
            "signed_place": self._place.text().strip(),
            "valid_from": self.valid_from.day,
            "valid_to": self._valid_to.day,
            "protected_since": self._since.year,
        }


class TextsFormCard(Card):
    """Legal basis, scope and notes."""

    def __init__(self, form: Form) -> None:
        super().__init__(gap=8)
        self._basis, self._scope = text_box(_BASIS_LINES), text_box(_SCOPE_LINES)
        self._notes = text_box(_SCOPE_LINES)
        basis = form.add_field(
            "legal_basis", _("Dasar hukum"), self._basis, hint=_("Satu baris satu peraturan.")
        )
        scope = form.add_field("scope", _("Ruang lingkup"), self._scope)
        notes = form.add_field("notes", _("Catatan"), self._notes)
        self.body.addWidget(card_title(_("Isi perjanjian")))
        self.body.addLayout(column(row((basis, 1), (scope, 1), (notes, 1), gap=10)))

    def show_draft(self, draft: AgreementDraft) -> None:
        """Fill the fields."""
        self._basis.setPlainText("\n".join(draft.legal_basis))
        self._scope.setPlainText(draft.scope)
        self._notes.setPlainText(draft.notes)

    def values(self) -> dict[str, object]:
        """Give the fields of a draft that stand here."""
        return {
            "legal_basis": tuple(lines_of(self._basis)),
            "scope": self._scope.toPlainText().strip(),
            "notes": self._notes.toPlainText().strip(),
        }


def _link_words(item: AgreementListItem) -> str:
    number = item.numbers[0] if item.numbers else year_words(item.valid_from, item.valid_to)
    return f"{number} · {item.title}"
