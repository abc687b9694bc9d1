"""Who a claim is for: the NIK is looked up in the register while it is typed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal

from bpjsdesk.domain.agreements import AgreementListItem, Status
from bpjsdesk.domain.claims import PROGRAMME_NAMES, Claim, Programme
from bpjsdesk.domain.people import PersonListItem
from bpjsdesk.domain.reference import SEGMENT_LABELS, Category
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.context import AppContext
from ui.i18n import _
from ui.page import PageContext
from ui.pages.agreements.region_edit import RegionEdit
from ui.pages.claims.loading import find_person
from ui.tasks import LatestRead, Work
from ui.widgets.combo import Choice
from ui.widgets.edits import NikEdit, TextEdit
from ui.widgets.form import Form
from ui.widgets.layout import Card, row
from ui.widgets.text import card_title

_NIK_DIGITS = 16


class ParticipantCard(Card):
    """Programme, NIK, name and where the person belongs.

    Signals: programme_changed() when another programme was chosen, failed(exception).
    """

    programme_changed = Signal()
    failed = Signal(object)

    def __init__(self, form: Form, context: PageContext) -> None:
        super().__init__(gap=8)
        self._form, self._context = form, context
        self._categories: dict[str, Category] = {}
        self._taken_name = ""
        self._finder = LatestRead(context.runner, self)
        self._make_controls()
        self._lay_out()
        self._programme.activated.connect(self._on_programme_activated)
        self._category.activated.connect(self._on_category_activated)
        self._nik.textChanged.connect(self._on_nik_changed)
        self._finder.succeeded.connect(self._on_person_found)
        self._finder.failed.connect(self.failed)

    @property
    def programme(self) -> Programme:
        return Programme(self._programme.value)

    def set_lists(
        self, categories: Sequence[Category], agreements: Sequence[AgreementListItem]
    ) -> None:
        self._categories = {category.code: category for category in categories}
        self._category.set_choices([(c.code, c.name) for c in categories], empty=_("Pilih…"))
        signed = [
            item for item in agreements if item.status not in (Status.DRAFT, Status.CANCELLED)
        ]
        choices = [(item.agreement_id, _agreement_words(item)) for item in signed]
        self._agreement.set_choices(choices, empty=_("tanpa perjanjian"))

    def show_claim(self, claim: Claim | None) -> None:
        """Fill the fields, or empty them."""
        draft = claim.draft if claim else None
        self._taken_name = ""
        self._programme.set_value(draft.programme.value if draft else Programme.JKM.value)
        self._nik.setText(draft.participant_nik if draft else "")
        self._name.setText(draft.participant_name if draft else "")
        self._kpj.setText(draft.kpj if draft else "")
        self._category.set_value(draft.category if draft else None)
        self._segment.set_value(draft.segment if draft else None)
        self._agreement.set_value(draft.agreement_id if draft else None)
        self._region.set_region(
            draft.region_code if draft else None, claim.region_name if claim else ""
        )
        self._nik.setCursorPosition(0)

    def clear_person(self) -> None:
        """Make ready for the next person, keeping programme, category and agreement."""
        self._taken_name = ""
        for edit in (self._nik, self._name, self._kpj):
            edit.clear()
        self._form.field("participant_nik").set_hint("")

    def focus_nik(self) -> None:
        self._nik.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def values(self) -> dict[str, object]:
        """Give the fields of a draft that stand here."""
        return {
            "programme": self.programme,
            "participant_nik": self._nik.digits,
            "participant_name": self._name.text().strip(),
            "kpj": self._kpj.text().strip(),
            "category": self._category.value or "",
            "segment": self._segment.value or "",
            "agreement_id": self._agreement.value,
            "region_code": self._region.code,
        }

    def _make_controls(self) -> None:
        self._programme = Choice(
            [(programme.value, name) for programme, name in PROGRAMME_NAMES.items()]
        )
        self._nik, self._name = NikEdit(), TextEdit(placeholder=_("sesuai KTP"))
        self._kpj = TextEdit(placeholder=_("11 angka"))
        self._category = Choice()
        self._segment = Choice(tuple(SEGMENT_LABELS.items()), empty=_("menurut kategori"))
        self._agreement = Choice()
        self._region = RegionEdit(self._context)

    def _lay_out(self) -> None:
        add = self._form.add_field
        nik = add("participant_nik", _("NIK"), self._nik, required=True)
        name = add("participant_name", _("Nama peserta"), self._name, required=True)
        kpj = add("kpj", _("Nomor KPJ"), self._kpj)
        programme = add("programme", _("Program"), self._programme, required=True)
        category = add("category", _("Kategori"), self._category, required=True)
        segment = add("segment", _("Segmen"), self._segment)
        agreement = add("agreement_id", _("Perjanjian"), self._agreement)
        region = add("region_code", _("Wilayah"), self._region)
        self.body.addWidget(card_title(_("Peserta")))
        self.body.addLayout(row((nik, 3), (name, 5), (kpj, 2), gap=10))
        self.body.addLayout(row((programme, 4), (category, 4), (segment, 2), gap=10))
        self.body.addLayout(row((region, 1), (agreement, 1), gap=10))

    def _on_programme_activated(self) -> None:
        self.programme_changed.emit()

    def _on_category_activated(self) -> None:
        category = self._categories.get(self._category.value)
        if category is not None:
            self._segment.set_value(category.default_segment)

    def _on_nik_changed(self) -> None:
        nik = self._nik.digits
        if len(nik) == _NIK_DIGITS:
            self._finder.start(_finding(self._context.app, nik))
        else:
            self._finder.cancel()

    def _on_person_found(self, person: PersonListItem | None) -> None:
        field = self._form.field("participant_nik")
        if person is None:
            field.set_hint(_("Belum ada di daftar peserta; akan ditambahkan."))
            return
        field.set_hint(_("Terdaftar: {name}").format(name=person.name), "ok")
        if self._name.text().strip() in ("", self._taken_name):
            self._name.setText(person.name)
            self._name.setCursorPosition(0)
            self._taken_name = person.name
            self._form.field("participant_name").set_error("")


def _agreement_words(item: AgreementListItem) -> str:
    number = item.numbers[-1] if item.numbers else ""
    return " · ".join(part for part in (number, item.title) if part)


def _finding(app: AppContext, nik: str) -> Work:
    def work(_progress: ProgressSink, _cancel: CancelToken) -> PersonListItem | None:
        return find_person(app, nik)

    return work
