"""Office and letterhead: what every printed page carries at its top."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple, cast

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from bpjsdesk.domain.changes import Answer
from bpjsdesk.domain.office import Office
from bpjsdesk.domain.reference import Region
from bpjsdesk.domain.report_values import Paper
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.office import get_office, save_office
from bpjsdesk.services.reference import list_regions
from ui.i18n import _
from ui.page import PageContext
from ui.pages.settings.part import SettingsPart, reading
from ui.tasks import Work
from ui.theme import px
from ui.widgets.buttons import Button
from ui.widgets.combo import Choice
from ui.widgets.form import FieldError, Form
from ui.widgets.layout import Card, ScrollColumn, boxed, column, row, rule
from ui.widgets.split import MainAndRail
from ui.widgets.text import Label, caption, card_title
from ui.widgets.text_edit import TextEdit

_CITY_LEVEL = 2


class OfficeFacts(NamedTuple):
    """The letterhead and the regions to choose from."""

    office: Office
    regions: tuple[Region, ...]


class OfficePart(SettingsPart):
    """Edit the letterhead."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self._office: Office | None = None
        self._build_widgets()
        self._connect_signals()
        self.about = _("Tercetak di kepala setiap dokumen dan tampil di jendela masuk")

    @property
    def is_dirty(self) -> bool:
        return self.form.is_dirty

    def refresh(self) -> None:
        if not self.form.is_dirty:
            self.read(reading(_read_office, self.context.app))

    def show_found(self, found: object) -> None:
        facts = cast("OfficeFacts", found)
        self._office = facts.office
        office = facts.office
        self._region.set_choices(_region_choices(facts.regions), empty=_("Belum dipilih"))
        for name, value in _texts(office).items():
            self._edits[name].setText(value)
            self._edits[name].setCursorPosition(0)
        self._region.set_value(office.region_code)
        self._paper.set_value(office.paper)
        self._requests.setPlainText(office.requests_text)
        self.form.mark_clean()
        self._show_preview()

    def save(self) -> None:
        """Save the letterhead."""
        if self._office is None or not self.save_button.isEnabled():
            return
        if not self.form.show_errors(self.form.missing_fields()):
            return
        task = self.write(_save_work(self.context.app, self._typed(self._office)))
        task.succeeded.connect(self._on_saved)

    def _build_widgets(self) -> None:
        self.form = Form(gap=9)
        self._edits = {name: TextEdit() for name in _labels()}
        self._region = Choice(empty=_("Belum dipilih"))
        self._paper = Choice([(paper.name, _paper_words(paper)) for paper in Paper])
        self._requests = QPlainTextEdit()
        self._requests.setFixedHeight(px(70))
        self._lay_out_form()
        self.save_button = Button(_("Simpan"), kind="primary", icon="device-floppy", key="Ctrl+S")
        self.save_button.setObjectName("saveOffice")
        self.save_button.setEnabled(self.context.app.user.may("office.save"))
        card = Card(card_title(_("Kantor dan kop surat")), self.form, gap=10)
        main = ScrollColumn(card, None)
        split = MainAndRail(main, boxed(column(self._make_preview(), None)), rail_width=300)
        note = caption(_("Dokumen yang sudah dicetak tidak berubah."))
        self.setLayout(column((split, 1), row(None, note, self.save_button, gap=12), gap=10))

    def _lay_out_form(self) -> None:
        form, edits = self.form, self._edits
        fields = {
            name: form.add_field(name, label, edits[name], required=name in ("institution", "name"))
            for name, label in _labels().items()
        }
        region = form.add_field("region_code", _("Wilayah kerja"), self._region)
        paper = form.add_field("paper", _("Kertas"), self._paper)
        requests = form.add_field(
            "requests_text",
            _("Kalimat permohonan pada laporan klaim"),
            self._requests,
            hint=_("Satu permohonan satu baris; kosong bila tidak ada."),
        )
        form.add_row(fields["institution"], fields["name"])
        form.body.addWidget(fields["address"])
        form.add_row(fields["phone"], fields["website"], fields["place"])
        form.add_row((region, 2), paper)
        form.body.addWidget(requests)

    def _make_preview(self) -> QWidget:
        self._lines = [
            Label("", weight=600, wrap=True),
            Label("", size=12, weight=600, wrap=True),
            caption("", wrap=True),
        ]
        return Card(
            card_title(_("Pratinjau kop surat")),
            4,
            *self._lines,
            rule(),
            caption(_("Begini kepala setiap dokumen cetak dimulai."), wrap=True),
            gap=4,
        )

    def _connect_signals(self) -> None:
        self.save_button.clicked.connect(self.save)
        self.form.edited.connect(self._show_preview)

    def _show_preview(self) -> None:
        texts = {name: edit.text().strip() for name, edit in self._edits.items()}
        contact = " · ".join(filter(None, (texts["address"], texts["phone"], texts["website"])))
        for label, words in zip(
            self._lines, (texts["institution"], texts["name"], contact), strict=True
        ):
            label.setText(words)

    def _typed(self, office: Office) -> Office:
        texts = {name: edit.text().strip() for name, edit in self._edits.items()}
        return replace(
            office,
            institution=texts["institution"],
            name=texts["name"],
            address=texts["address"],
            phone=texts["phone"],
            website=texts["website"],
            place=texts["place"],
            region_code=self._region.value,
            paper=self._paper.value,
            requests_text=self._requests.toPlainText().strip(),
        )

    def _on_saved(self, answer: Answer) -> None:
        self.form.mark_clean()
        self.take_in(answer, _("Kop surat tersimpan"))

    def _on_problem(self, problem: Exception) -> None:
        if isinstance(problem, UserError) and problem.code == "OFFICE_NAME_MISSING":
            self.form.show_errors([FieldError(field="name", message=problem.message)])
            return
        super()._on_problem(problem)


def _labels() -> dict[str, str]:
    return {
        "institution": _("Instansi"),
        "name": _("Nama kantor"),
        "address": _("Alamat"),
        "phone": _("Telepon"),
        "website": _("Situs atau pos-el"),
        "place": _("Kota pada tanggal surat"),
    }


def _texts(office: Office) -> dict[str, str]:
    return {name: str(getattr(office, name)) for name in _labels()}


def _region_choices(regions: Sequence[Region]) -> list[tuple[str, str]]:
    return [(each.code, f"{each.code} {each.name}") for each in regions]


def _paper_words(paper: Paper) -> str:
    return f"{paper.name} ({paper.width_mm:.0f} × {paper.height_mm:.0f} mm)"


def _read_office(app: AppContext) -> OfficeFacts:
    return OfficeFacts(get_office(app), list_regions(app, level=_CITY_LEVEL))


def _save_work(app: AppContext, office: Office) -> Work:
    request_id = new_request_id()

    def work(_progress: ProgressSink, _cancel: CancelToken) -> Answer:
        return save_office(app, office, request_id=request_id)

    return work
