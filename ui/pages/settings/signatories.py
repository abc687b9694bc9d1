"""Who signs for the office and its partners, as dated rows."""

from dataclasses import replace
from datetime import date
from typing import cast

from PySide6.QtWidgets import QCheckBox, QStackedWidget

from bpjsdesk.domain.changes import Answer
from bpjsdesk.domain.office import SignatoryPerson
from bpjsdesk.domain.reference import SignatoryEntry
from bpjsdesk.domain.wording import format_date
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.reference import list_signatories, save_signatory
from ui.i18n import _
from ui.page import PageContext
from ui.pages.settings.form_part import FormPart
from ui.pages.settings.part import reading, verified_pill
from ui.table import Column, RecordTableModel
from ui.table_view import RecordTable
from ui.tasks import Work
from ui.widgets.buttons import Button
from ui.widgets.edits import DateEdit
from ui.widgets.form import Form
from ui.widgets.layout import Card, column, row
from ui.widgets.message import EmptyState
from ui.widgets.text import card_title
from ui.widgets.text_edit import TextEdit

_TEXTS = ("institution", "name", "position", "identity_line", "legal_basis")


class SignatoriesPart(FormPart):
    """List, add and change those who sign."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.about = _("Dokumen memakai pejabat yang berlaku pada tanggal cetak")
        self.stored = _("Penanda tangan tersimpan")
        self._entry: SignatoryEntry | None = None
        self._build_widgets()
        self._connect_signals()

    def refresh(self) -> None:
        self.read(reading(list_signatories, self.context.app))

    def show_found(self, found: object) -> None:
        entries = list(cast("tuple[SignatoryEntry, ...]", found))
        self.table.reload(entries, key=_entry_id)
        self._stack.setCurrentIndex(0 if entries else 1)
        self.edit_button.setVisible(bool(entries))

    def begin_new(self) -> None:
        """Open the form for a new row."""
        if self.add_button.isEnabled():
            self._open_form(None)

    def begin_edit(self) -> None:
        """Open the form for the chosen row."""
        entry = self.table.current_record
        if entry is not None and self.add_button.isEnabled():
            self._open_form(entry)

    def save(self) -> None:
        """Save the row that was typed."""
        if self.editing.isVisible() and self.form.show_errors(self.form.missing_fields()):
            version = self._entry.version if self._entry else None
            self.send(_save_work(self.context.app, self._typed(), version))

    def _build_widgets(self) -> None:
        self._model: RecordTableModel[SignatoryEntry] = RecordTableModel(self._columns(), self)
        self.table = RecordTable(self._model, _("Penanda tangan"), row_height=43)
        self.table.setObjectName("signatoryTable")
        may = self.context.app.user.may("signatory.save")
        self.add_button = Button(_("Pejabat baru"), icon="plus", key="Ctrl+N")
        self.edit_button = Button(_("Ubah"), icon="pencil", key="F2")
        self.add_button.setEnabled(may)
        self.edit_button.setEnabled(may)
        head = row(
            card_title(_("Penanda tangan")),
            None,
            self.edit_button,
            self.add_button,
            margins=(15, 0, 14, 4),
        )
        self._empty = EmptyState(
            "pencil",
            _("Belum ada penanda tangan"),
            _(
                "Catat pejabat kantor dan pejabat mitra beserta tanggal berlakunya. Dokumen "
                "memakai pejabat yang berlaku pada tanggal cetak."
            ),
            action=_("Pejabat baru"),
            key="Ctrl+N",
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        listing = Card(head, (self._stack, 1), gap=4, margins=(1, 12, 1, 2))
        self._make_form()
        self.setLayout(column((listing, 1), self.editing, gap=10))

    def _make_form(self) -> None:
        self.form = form = Form(gap=9)
        today = self.context.today
        self._edits = {name: TextEdit() for name in _TEXTS}
        self._from, self._to = DateEdit(today), DateEdit(today)
        self._verified = QCheckBox(_("Sudah dicocokkan dengan surat keputusan"))
        edits = self._edits
        form.add_row(
            (form.add_field("institution", _("Instansi"), edits["institution"], required=True), 3),
            (form.add_field("name", _("Nama dengan gelar"), edits["name"], required=True), 3),
            (form.add_field("position", _("Jabatan"), edits["position"], required=True), 3),
        )
        form.add_row(
            (form.add_field("identity_line", _("NIP/NPK"), edits["identity_line"]), 2),
            (form.add_field("valid_from", _("Berlaku mulai"), self._from, required=True), 2),
            (form.add_field("valid_to", _("Sampai (boleh kosong)"), self._to), 2),
            (form.add_field("legal_basis", _("Surat keputusan"), edits["legal_basis"]), 3),
        )
        self.make_editing(most=310, beside=self._verified)

    def _connect_signals(self) -> None:
        self.add_button.clicked.connect(self.begin_new)
        self.edit_button.clicked.connect(self.begin_edit)
        self._empty.acted.connect(self.begin_new)
        self.table.record_opened.connect(self._on_opened)
        self._verified.toggled.connect(self.form.mark_dirty)

    def _columns(self) -> tuple[Column[SignatoryEntry], ...]:
        return (
            Column(key="name", title=_("Nama"), text=_name, weight=500, second=_position),
            Column(key="institution", title=_("Instansi"), text=_institution),
            Column(key="from", title=_("Mulai"), text=_from, width=108, sort=_from_day),
            Column(key="to", title=_("Sampai"), text=_to, width=108),
            Column(key="signs", title=_("Hari ini"), text=_name, width=128, pill=self._signs),
            Column(key="proof", title=_("Dasar"), text=_name, width=156, pill=_proof),
        )

    def _signs(self, entry: SignatoryEntry) -> tuple[str, str]:
        today = self.context.today()
        if entry.person.signs_on(today):
            return _("Berlaku"), "ok"
        if entry.person.valid_from > today:
            return _("Mendatang"), "info"
        return _("Berakhir"), "grey"

    def _open_form(self, entry: SignatoryEntry | None) -> None:
        self._entry = entry
        person = entry.person if entry else None
        for name, edit in self._edits.items():
            edit.setText(str(getattr(person, name)) if person else "")
            edit.setCursorPosition(0)
        self._from.set_day(person.valid_from if person else self.context.today())
        self._to.set_day(person.valid_to if person else None)
        self._verified.setChecked(bool(person and person.verified))
        self.open_form(_("Ubah pejabat") if entry else _("Pejabat baru"))
        self.form.focus_first()

    def _typed(self) -> SignatoryPerson:
        texts = {name: edit.text().strip() for name, edit in self._edits.items()}
        person = SignatoryPerson(
            institution=texts["institution"],
            name=texts["name"],
            position=texts["position"],
            valid_from=self._from.day or self.context.today(),
        )
        return replace(
            person,
            signatory_id=self._entry.person.signatory_id if self._entry else 0,
            identity_line=texts["identity_line"],
            legal_basis=texts["legal_basis"],
            valid_to=self._to.day,
            verified=self._verified.isChecked(),
        )

    def _on_opened(self) -> None:
        self.begin_edit()


def _entry_id(entry: SignatoryEntry) -> int:
    return entry.person.signatory_id


def _name(entry: SignatoryEntry) -> str:
    return entry.person.name


def _position(entry: SignatoryEntry) -> str:
    return entry.person.position


def _institution(entry: SignatoryEntry) -> str:
    return entry.person.institution


def _from(entry: SignatoryEntry) -> str:
    return format_date(entry.person.valid_from, "short")


def _from_day(entry: SignatoryEntry) -> date:
    return entry.person.valid_from


def _to(entry: SignatoryEntry) -> str:
    last = entry.person.valid_to
    return format_date(last, "short") if last else "–"


def _proof(entry: SignatoryEntry) -> tuple[str, str]:
    return verified_pill(entry.person.verified)


def _save_work(app: AppContext, person: SignatoryPerson, version: int | None) -> Work:
    request_id = new_request_id()

    def work(_progress: ProgressSink, _cancel: CancelToken) -> Answer:
        return save_signatory(app, person, request_id=request_id, version=version)

    return work
