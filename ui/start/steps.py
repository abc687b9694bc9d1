"""The two steps that ask: the office, and its first user."""

import re

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QWidget

from bpjsdesk.domain.access import NewUser, Role
from bpjsdesk.domain.office import Office
from bpjsdesk.errors import UserError
from bpjsdesk.paths import AppPaths
from bpjsdesk.services.passwords import SHORTEST, require_good_password
from ui.i18n import _
from ui.theme import font, px
from ui.widgets.buttons import Button, bind_key
from ui.widgets.form import FieldError, Form
from ui.widgets.layout import Item, column, row, rule
from ui.widgets.text import ElidedLine, Label, caption
from ui.widgets.text_edit import Reading, TextEdit

_TITLES = re.compile(r"\b(drs?|dra|ir|hj?|prof|s\.?[a-z]{1,4}|m\.?[a-z]{1,4})\.", re.IGNORECASE)
STEP_WIDTH_PX = 572


class NewPasswordEdit(TextEdit):
    """A password that is being chosen; says how many characters are still missing."""

    def __init__(self) -> None:
        super().__init__()
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def reading(self) -> Reading:
        length = len(self.text())
        if not length:
            return "", "muted"
        if length < SHORTEST:
            missing = SHORTEST - length
            return _("Kurang {n} karakter lagi.").format(n=missing), "muted"
        return _("Cukup panjang."), "ok"


class OfficeStep(QWidget):
    """Ask for the office's name and letterhead.

    Signals: done() with a sound form, folder_wanted() to keep the data elsewhere.
    """

    done = Signal()
    folder_wanted = Signal()

    def __init__(self, paths: AppPaths) -> None:
        super().__init__()
        self._name = TextEdit(placeholder=_("Kantor Cabang Manado"))
        self._place = TextEdit(placeholder=_("Manado"))
        self._address = TextEdit()
        self._phone = TextEdit()
        self.form = Form(before=_("sebelum lanjut"))
        name = self.form.add_field("name", _("Nama kantor"), self._name, required=True)
        place = self.form.add_field(
            "place",
            _("Kota"),
            self._place,
            hint=_("Dipakai pada tempat dan tanggal surat."),
            required=True,
        )
        phone = self.form.add_field("phone", _("Telepon"), self._phone)
        address = self.form.add_field("address", _("Alamat untuk kop surat"), self._address)
        self.form.body.addWidget(name)
        self.form.add_row(place, phone)
        self.form.body.addWidget(address)
        folder = Button(_("Ganti folder"), kind="ghost", icon="folder-open")
        folder.setObjectName("changeFolder")
        folder.clicked.connect(self._on_folder_clicked)
        where = ElidedLine(_("Data disimpan di {folder}").format(folder=paths.data), tone="muted")
        self.next_button = Button(_("Lanjut"), kind="primary", key="Ctrl+Enter")
        self.next_button.setObjectName("officeNext")
        self.next_button.clicked.connect(self._on_next_clicked)
        bind_key(self.next_button, "Ctrl+Return", self)
        title = _("Kantor Anda")
        body = _("Nama ini tercetak pada kop surat dan dapat diubah kelak di Pengaturan.")
        head = step_head(title, body)
        foot = row(None, self.next_button)
        self.setLayout(
            step_column(*head, self.form, 4, row((where, 1), folder), 10, rule(), 4, foot)
        )

    def office(self) -> Office:
        return Office(
            name=self._name.text().strip(),
            place=self._place.text().strip(),
            address=self._address.text().strip(),
            phone=self._phone.text().strip(),
        )

    def focus_first(self) -> None:
        self.form.focus_first()

    def _on_next_clicked(self) -> None:
        if self.form.show_errors(self.form.missing_fields()):
            self.done.emit()

    def _on_folder_clicked(self) -> None:
        self.folder_wanted.emit()


class UserStep(QWidget):
    """Ask for the first user, who is a supervisor, and for a good password.

    Signals: done() with a sound form, back() to the office.
    """

    done = Signal()
    back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._display = TextEdit(placeholder=_("Drs. Yance Rondonuwu"))
        self._name = TextEdit(placeholder="yance.rondonuwu")
        self._password, self._again = NewPasswordEdit(), TextEdit()
        self._again.setEchoMode(QLineEdit.EchoMode.Password)
        self._show = QCheckBox(_("Tampilkan kata sandi"))
        self._show.setFont(font())
        self.form = Form(before=_("sebelum lanjut"))
        self._lay_out_form()
        self._working = caption("")
        self.back_button = Button(_("Kembali"), key="Alt+←")
        self.next_button = Button(_("Buat kantor"), kind="primary", key="Ctrl+Enter")
        self.next_button.setObjectName("userNext")
        self._connect_signals()
        title = _("Pengguna pertama")
        body = _("Pengguna ini berperan penyelia: memutus, mengatur, dan menambah pengguna lain.")
        foot = row(self.back_button, None, self._working, self.next_button, gap=12)
        self.setLayout(step_column(*step_head(title, body), self.form, 10, rule(), 4, foot))

    def user(self) -> NewUser:
        return NewUser(
            name=self._name.text().strip().casefold(),
            display_name=self._display.text().strip(),
            role=Role.SUPERVISOR,
            password=self._password.text(),
        )

    def focus_first(self) -> None:
        self.form.focus_first()

    def set_working(self, working: bool) -> None:
        """Lock the step while the encrypted file is made."""
        self.form.setEnabled(not working)
        self.back_button.setEnabled(not working)
        self.next_button.setEnabled(not working)
        self._working.setText(_("Membuat berkas terenkripsi…") if working else "")

    def forget_password(self) -> None:
        self._password.clear()
        self._again.clear()

    def show_problem(self, problem: UserError) -> None:
        field = "password" if problem.code.startswith("PASSWORD") else "name"
        self.form.show_errors([FieldError(field=field, message=problem.message)])

    def _lay_out_form(self) -> None:
        add = self.form.add_field
        self.form.body.addWidget(add("display", _("Nama lengkap"), self._display, required=True))
        hint = _("Huruf kecil dan titik, tanpa spasi.")
        self.form.body.addWidget(
            add("name", _("Nama pengguna"), self._name, hint=hint, required=True)
        )
        rules = _("Paling sedikit {n} karakter; beberapa kata lebih baik.").format(n=SHORTEST)
        self.form.add_row(
            add("password", _("Kata sandi"), self._password, hint=rules, required=True),
            add("again", _("Ulangi kata sandi"), self._again, required=True),
        )
        self.form.body.addWidget(self._show)

    def _connect_signals(self) -> None:
        self._display.editingFinished.connect(self._on_display_finished)
        self._show.toggled.connect(self._on_show_toggled)
        self.back_button.clicked.connect(self._on_back_clicked)
        self.next_button.clicked.connect(self._on_next_clicked)
        bind_key(self.back_button, "Alt+Left", self)
        bind_key(self.next_button, "Ctrl+Return", self)

    def _on_display_finished(self) -> None:
        if not self._name.text().strip():
            self._name.setText(suggested_user_name(self._display.text()))

    def _on_show_toggled(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._password.setEchoMode(mode)
        self._again.setEchoMode(mode)

    def _on_back_clicked(self) -> None:
        self.back.emit()

    def _on_next_clicked(self) -> None:
        errors = self.form.missing_fields()
        if not errors:
            errors = self._password_errors()
        if self.form.show_errors(errors):
            self.done.emit()

    def _password_errors(self) -> list[FieldError]:
        user = self.user()
        if " " in user.name:
            return [FieldError(field="name", message=_("Nama pengguna tidak memuat spasi."))]
        try:
            require_good_password(user.password, user.name)
        except UserError as problem:
            return [FieldError(field="password", message=problem.message)]
        if user.password != self._again.text():
            words = _("Tidak sama dengan kata sandi di sebelahnya. Ketik ulang.")
            return [FieldError(field="again", message=words)]
        return []


def suggested_user_name(display_name: str) -> str:
    """Make yance.rondonuwu of "Drs. Yance Rondonuwu, M.Si.": titles dropped, two words kept."""
    plain = _TITLES.sub(" ", display_name.split(",", maxsplit=1)[0])
    words = ["".join(filter(str.isalnum, word)) for word in plain.casefold().split()]
    return ".".join([word for word in words if word][:2])


def step_head(title: str, body: str) -> tuple[QWidget, QWidget, int]:
    """Make the head of a step."""
    return Label(title, size=22, weight=600), Label(body, tone="muted", wrap=True), 6


def step_column(*items: Item) -> QHBoxLayout:
    """Lay a step out in the middle of the height, as wide as its text reads well."""
    inside = QWidget()
    inside.setLayout(column(None, *items, None, gap=8))
    inside.setMaximumWidth(px(STEP_WIDTH_PX))
    return row((inside, 10), (column(), 1), gap=0, margins=(64, 20, 40, 20))
