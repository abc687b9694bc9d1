"""The login window: which file this is, how safe it is, and who wants in."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

# named through their module where they are rare: Qt makes a class when it is first named
from PySide6 import QtCore, QtWidgets
from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QSizePolicy, QVBoxLayout

from bpjsdesk.clock import Clock
from bpjsdesk.errors import UserError
from bpjsdesk.paths import AppPaths
from ui.backups import backup_words, newest_backup
from ui.i18n import _, long_day
from ui.start.brand import BrandFact, BrandPanel
from ui.tasks import TaskRunner
from ui.theme import px
from ui.widgets.buttons import Button, bind_key
from ui.widgets.form import Field, Form
from ui.widgets.label import Label, caption
from ui.widgets.layout import boxed, column, row, rule
from ui.widgets.text_edit import TextEdit
from ui.window_state import WindowState

if TYPE_CHECKING:
    from bpjsdesk.progress import CancelToken, ProgressSink
    from bpjsdesk.services.context import AppContext
    from ui.start.practice_card import PracticeCard
    from ui.widgets.inline import InlineMessage


_REFUSAL_PLACE = 3  # below title, moment and their gap


class PasswordEdit(TextEdit):
    """A hidden text that notices Caps Lock while it is typed.

    Signals: `reading_changed` says "Caps Lock sedang menyala." while it is on.
    """

    def __init__(self) -> None:
        super().__init__()
        self._caps = False
        self.setEchoMode(QLineEdit.EchoMode.Password)

    def reading(self) -> tuple[str, str]:
        return (_("Caps Lock sedang menyala."), "warn") if self._caps else ("", "muted")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt has no word for Caps Lock: an upper-case letter without Shift gives it away
        letter = event.text()
        if letter.isalpha():
            shifted = bool(event.modifiers() & QtCore.Qt.KeyboardModifier.ShiftModifier)
            self._caps = letter.isupper() != shifted
        super().keyPressEvent(event)


class LoginPage(QFrame):
    """Ask for user and password and open the office in a task.

    The first frame has the fields; what is not needed to log in joins them after it. Nothing
    before that may name a `Qt.X` or paint by hand: the first to do so loads all of the Qt names,
    a tenth of the time to the login.
    Signals: opened(AppContext), folder_chosen(str) when another office shall be opened.
    """

    opened = Signal(object)
    folder_chosen = Signal(str)

    def __init__(
        self, paths: AppPaths, runner: TaskRunner, *, clock: Clock, state: WindowState
    ) -> None:
        super().__init__()
        self._paths, self._runner, self._clock = paths, runner, clock
        self._tries = 0
        self._is_whole = False
        self._card = _practice_card(paths.practice_card)
        self.setObjectName("loginPage")
        # a frame, because its ground comes from the style sheet without an attribute of `Qt.`
        self.setProperty("ground", "surface")
        self._build_widgets(state)
        self._connect_signals()

    def focus_first(self) -> None:
        """Put the cursor where something is missing."""
        target = self._password if self._user.text().strip() else self._user
        target.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_whole:
            self._is_whole = True
            QTimer.singleShot(0, self._complete)

    def _build_widgets(self, state: WindowState) -> None:
        self._user = TextEdit(state.last_user)
        self._password = PasswordEdit()
        self._form = Form()
        user_field = self._form.add_field("user", _("Pengguna"), self._user, required=True)
        password_field = self._form.add_field(
            "password", _("Kata sandi"), self._password, required=True
        )
        self._refusal: InlineMessage | None = None
        self._enter = Button(_("Masuk"), kind="primary")
        self._enter.setObjectName("enter")
        self._enter.setProperty("keyed", "1")
        self._enter.setMinimumWidth(px(118))
        self._working = caption("")
        self._fill_form(user_field, password_field)
        self._form.setFixedWidth(px(420))
        self._foot = row()
        foot = boxed(self._foot)
        foot.setFixedHeight(px(28) + 2)  # of its button, which comes later
        body = column(None, row(None, self._form, None), None, foot, margins=(28, 28, 28, 22))
        whole = column(row(self._brand(state), (boxed(body), 1), gap=0), gap=0)
        if self._card is not None:
            from ui.widgets.practice_bar import PracticeBar  # noqa: PLC0415 - rarely needed

            whole.insertWidget(0, PracticeBar())
        self.setLayout(whole)

    def _fill_form(self, user_field: Field, password_field: Field) -> None:
        now = self._clock()
        moment = _("{day} · pukul {hour} WITA").format(
            day=long_day(now.date()), hour=f"{now:%H.%M}"
        )
        body = self._form.body
        body.addWidget(Label(_("Masuk"), size=22, weight=600))
        body.addWidget(Label(moment, tone="muted"))
        body.addSpacing(10)
        body.addWidget(user_field)
        body.addWidget(password_field)
        body.addSpacing(4)
        body.addLayout(row(self._enter, 4, self._working, None))
        if self._card is not None:
            body.addSpacing(14)
            body.addWidget(rule())
            body.addSpacing(4)
            body.addLayout(self._practice_users(self._card))

    def _connect_signals(self) -> None:
        self._enter.clicked.connect(self._on_enter_clicked)
        self._user.returnPressed.connect(self._on_enter_clicked)
        self._password.returnPressed.connect(self._on_enter_clicked)

    def _brand(self, state: WindowState) -> BrandPanel:
        words, _tone = backup_words(newest_backup(self._paths.backups), self._clock())
        facts = [
            BrandFact(
                icon="database",
                title=_("Basis data kantor"),
                detail=_("{path} · terenkripsi").format(path=self._paths.database),
            ),
            BrandFact(
                icon="shield-check",
                title=words,
                detail=_("disalin, dibuka ulang, jumlahnya cocok"),
            ),
        ]
        if newest_backup(self._paths.backups) is None:
            facts[1] = BrandFact(
                icon="alert-triangle", title=words, detail=_("buat dari Pengaturan setelah masuk")
            )
        opened = _moment(state.last_opened_at)
        if opened:
            facts.append(BrandFact(icon="history", title=_("Terakhir dibuka"), detail=opened))
        office = self._card.office if self._card is not None else state.office
        return BrandPanel(office or _("Kantor pada komputer ini"), facts)

    def _practice_users(self, card: "PracticeCard") -> QVBoxLayout:
        from ui.widgets.text import IconMark  # noqa: PLC0415 - rarely needed

        words = column(
            Label(_("Masuk sebagai pengguna latihan"), weight=600),
            caption(_("Kata sandi semua pengguna: {password}").format(password=card.password)),
            gap=0,
        )
        made = column(row(IconMark("school", "muted", size=20), words, None, gap=10), gap=8)
        buttons = QtWidgets.QGridLayout()
        buttons.setSpacing(8)
        for place, user in enumerate(card.users):
            button = Button(f"{user.name} · {user.role}")
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setObjectName(f"practice_{user.name}")
            button.setProperty("user_name", user.name)
            button.clicked.connect(self._on_practice_user_clicked)
            buttons.addWidget(button, *divmod(place, 2))
        made.addLayout(buttons)
        return made

    def _complete(self) -> None:
        from ui.widgets.text import KeyChip  # noqa: PLC0415 - drawn, so not for the first frame

        self._enter.show_key("Enter")
        other = Button(_("Buka kantor lain"), kind="ghost", icon="building", key="Ctrl+O")
        other.setObjectName("otherOffice")
        other.clicked.connect(self._on_other_clicked)
        bind_key(other, "Ctrl+O")
        self._foot.addWidget(other)
        self._foot.addStretch(1)
        self._foot.addWidget(KeyChip("Tab"))
        self._foot.addWidget(caption(_("pindah")))

    def _on_enter_clicked(self) -> None:
        if not self._enter.isEnabled():
            return
        if not self._form.show_errors(self._form.missing_fields()):
            self._form.banner.hide()
            return
        if self._refusal is not None:
            self._refusal.hide()
        self._set_working(True)
        name, password = self._user.text().strip(), self._password.text()
        paths, clock = self._paths, self._clock

        def work(_progress: "ProgressSink", _cancel: "CancelToken") -> "AppContext":
            # imported here: the login window must show before SQLAlchemy and its kin load
            from bpjsdesk.services.office import open_office  # noqa: PLC0415

            return open_office(paths, name, password, clock)

        task = self._runner.start(work)
        task.succeeded.connect(self._on_opening_succeeded)
        task.failed.connect(self._on_opening_failed)

    def _on_opening_succeeded(self, context: object) -> None:
        self._password.clear()
        self._set_working(False)
        self.opened.emit(context)

    def _on_opening_failed(self, problem: Exception) -> None:
        self._set_working(False)
        if not isinstance(problem, UserError):
            from ui.errors import show_error  # noqa: PLC0415 - loads what only errors need

            show_error(self, problem)
            return
        self._tries += 1
        body = problem.message
        if self._tries > 1:
            body += " " + _("Percobaan ke-{n}.").format(n=self._tries)
        self._show_refusal(_("Belum dapat masuk"), body)
        self._password.selectAll()
        self._password.setFocus()

    def _show_refusal(self, title: str, body: str) -> None:
        if self._refusal is None:
            from ui.widgets.inline import InlineMessage  # noqa: PLC0415 - not for the first frame

            self._refusal = InlineMessage("warn", "")
            self._refusal.setObjectName("refusal")
            self._form.body.insertWidget(_REFUSAL_PLACE, self._refusal)
        self._refusal.set_text(title, body)
        self._refusal.show()

    def _on_practice_user_clicked(self) -> None:
        if self._card is not None:
            self._user.setText(str(self.sender().property("user_name")))
            self._password.setText(self._card.password)
            self._on_enter_clicked()

    def _on_other_clicked(self) -> None:
        from PySide6.QtWidgets import QFileDialog  # noqa: PLC0415 - not for the first frame

        folder = QFileDialog.getExistingDirectory(
            self, _("Pilih folder kantor"), str(self._paths.data)
        )
        if folder:
            self.folder_chosen.emit(folder)

    def _set_working(self, working: bool) -> None:
        self._enter.setEnabled(not working)
        self._form.setEnabled(not working)
        self._working.setText(_("Membuka data kantor…") if working else "")


def _practice_card(path: Path) -> "PracticeCard | None":
    if not path.exists():
        return None
    from ui.start.practice_card import read_practice_card  # noqa: PLC0415 - rarely needed

    return read_practice_card(path)


def _moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return ""
    return f"{long_day(moment.date())} · {moment:%H.%M}"
