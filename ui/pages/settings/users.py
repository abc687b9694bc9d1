"""Users: who may open this office and as what."""

from typing import cast

from PySide6.QtWidgets import QLineEdit

from bpjsdesk.domain.access import ROLE_LABELS, NewUser, Role, UserListItem
from bpjsdesk.domain.changes import Answer
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.users import add_user, disable_user, list_users
from ui.dialogs import ask_confirmation
from ui.i18n import _
from ui.page import PageContext
from ui.pages.settings.form_part import FormPart
from ui.pages.settings.part import reading
from ui.table import Column, RecordTableModel
from ui.table_view import RecordTable
from ui.tasks import Work
from ui.widgets.buttons import Button
from ui.widgets.combo import Choice
from ui.widgets.form import FieldError, Form
from ui.widgets.layout import Card, column, row
from ui.widgets.text import caption, card_title
from ui.widgets.text_edit import TextEdit


class UsersPart(FormPart):
    """List, add, disable."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context)
        self.about = _("Setiap orang masuk dengan nama sendiri; perbuatannya tercatat")
        self.stored = _("Pengguna baru tersimpan")
        self._build_widgets()
        self._connect_signals()

    def refresh(self) -> None:
        self.read(reading(list_users, self.context.app))

    def show_found(self, found: object) -> None:
        self.table.reload(list(cast("tuple[UserListItem, ...]", found)), key=_user_id)
        self._show_buttons()

    def begin_new(self) -> None:
        """Open the form for a new user."""
        if self.add_button.isEnabled():
            self._clear_form()
            self.open_form(_("Pengguna baru"))
            self.form.focus_first()

    def save(self) -> None:
        """Add the user that was typed."""
        if not self.editing.isVisible() or not self.form.show_errors(self._errors()):
            return
        user = NewUser(
            name=self._name.text().strip(),
            display_name=self._display.text().strip(),
            role=Role(self._role.value),
            password=self._password.text(),
        )
        self.send(_add_work(self.context.app, user))

    def _build_widgets(self) -> None:
        self._model: RecordTableModel[UserListItem] = RecordTableModel(_columns(), self)
        self.table = RecordTable(self._model, _("Pengguna"))
        self.table.setObjectName("userTable")
        may = self.context.app.user.may
        self.add_button = Button(_("Tambah pengguna"), icon="plus", key="Ctrl+N")
        self.add_button.setEnabled(may("user.add"))
        self.disable_button = Button(_("Nonaktifkan…"), kind="danger")
        self.disable_button.setObjectName("disableUser")
        head = row(
            card_title(_("Pengguna dan peran")),
            None,
            self.disable_button,
            self.add_button,
            margins=(15, 0, 14, 4),
        )
        listing = Card(head, (self.table, 1), gap=4, margins=(1, 12, 1, 2))
        self._make_form()
        self.setLayout(column((listing, 1), self.editing, gap=10))

    def _make_form(self) -> None:
        self.form = Form(gap=9)
        self._name, self._display = TextEdit(), TextEdit()
        self._role = Choice([(role, ROLE_LABELS[role]) for role in Role])
        self._password, self._again = TextEdit(), TextEdit()
        for edit in (self._password, self._again):
            edit.setEchoMode(QLineEdit.EchoMode.Password)
        form = self.form
        form.add_row(
            form.add_field("display_name", _("Nama lengkap"), self._display, required=True),
            form.add_field("name", _("Nama pengguna untuk masuk"), self._name, required=True),
            form.add_field("role", _("Peran"), self._role, required=True),
        )
        hint = _("Kalimat empat kata mudah diingat dan sulit ditebak.")
        form.add_row(
            form.add_field("password", _("Kata sandi"), self._password, hint=hint, required=True),
            form.add_field("again", _("Ulangi kata sandi"), self._again, required=True),
        )
        note = caption(_("Sampaikan kata sandi langsung kepada orangnya, jangan lewat pesan."))
        self.make_editing(most=290, beside=note, act=_("Simpan pengguna"))

    def _connect_signals(self) -> None:
        self.add_button.clicked.connect(self.begin_new)
        self.disable_button.clicked.connect(self._on_disable_clicked)
        self.table.record_chosen.connect(self._show_buttons)

    def _errors(self) -> list[FieldError]:
        errors = self.form.missing_fields()
        if not errors and self._password.text() != self._again.text():
            words = _("Kedua kata sandi tidak sama. Ketik ulang yang kedua.")
            errors.append(FieldError(field="again", message=words))
        return errors

    def _clear_form(self) -> None:
        for edit in (self._name, self._display, self._password, self._again):
            edit.clear()

    def _show_buttons(self) -> None:
        user = self.table.current_record
        acting = self.context.app.user
        may = user is not None and user.active and user.user_id != acting.user_id
        self.disable_button.setVisible(may and acting.may("user.disable"))

    def close_form(self) -> None:
        self._clear_form()  # no password stays behind
        super().close_form()

    def show_failure(self, problem: Exception) -> None:
        if not isinstance(problem, UserError):
            self._on_problem(problem)
            return
        field = "name" if problem.code.startswith("USER_") else "password"
        self.form.show_errors([FieldError(field=field, message=problem.message)])

    def _on_disable_clicked(self) -> None:
        user = self.table.current_record
        if user is None:
            return
        sure = ask_confirmation(
            self,
            _("Nonaktifkan {name}?").format(name=user.display_name),
            _("Ia tidak dapat masuk lagi mulai sekarang. Catatan perbuatannya tetap ada."),
            act=_("Nonaktifkan"),
        )
        if sure:
            task = self.write(_disable_work(self.context.app, user.user_id))
            task.succeeded.connect(self._on_disabled)

    def _on_disabled(self, answer: Answer) -> None:
        self.take_in(answer, _("Pengguna dinonaktifkan"))


def _columns() -> tuple[Column[UserListItem], ...]:
    return (
        Column(key="display", title=_("Nama"), text=_display_name, weight=500),
        Column(key="name", title=_("Nama pengguna"), text=_login_name, width=170),
        Column(key="role", title=_("Peran"), text=_role_name, width=130),
        Column(key="state", title=_("Keadaan"), text=_state, width=130, pill=_pill),
    )


def _user_id(user: UserListItem) -> int:
    return user.user_id


def _display_name(user: UserListItem) -> str:
    return user.display_name


def _login_name(user: UserListItem) -> str:
    return user.name


def _role_name(user: UserListItem) -> str:
    return ROLE_LABELS[user.role]


def _state(user: UserListItem) -> str:
    return _pill(user)[0]


def _pill(user: UserListItem) -> tuple[str, str]:
    return (_("Aktif"), "ok") if user.active else (_("Nonaktif"), "grey")


def _add_work(app: AppContext, user: NewUser) -> Work:
    request_id = new_request_id()

    def work(_progress: ProgressSink, _cancel: CancelToken) -> Answer:
        return add_user(app, user, request_id=request_id)

    return work


def _disable_work(app: AppContext, user_id: int) -> Work:
    request_id = new_request_id()

    def work(_progress: ProgressSink, _cancel: CancelToken) -> Answer:
        return disable_user(app, user_id, request_id=request_id)

    return work
