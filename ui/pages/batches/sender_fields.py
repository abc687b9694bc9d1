"""The fields that say who has sent a list, with which letter."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bpjsdesk.domain.senders import ListSender, Sender
from bpjsdesk.domain.wording import format_count
from ui.i18n import _
from ui.pages.batches.sender_work import SenderAsk
from ui.pages.reports.file_choice import ask_scan_path
from ui.theme import px
from ui.widgets.buttons import Button
from ui.widgets.combo import Choice
from ui.widgets.edits import DateEdit
from ui.widgets.form import FieldError, Form
from ui.widgets.layout import column, row
from ui.widgets.text import ElidedLine
from ui.widgets.text_edit import TextEdit

_NEW = -1
_LONGEST_NAME, _LONGEST_NUMBER = 160, 60


class SenderFields(QWidget):
    """Ask for sender and letter; nothing of it is required.

    Signals: profile_asked(int) for the sender that is chosen.
    """

    profile_asked = Signal(int)

    def __init__(self, form: Form, today: Callable[[], date]) -> None:
        super().__init__()
        self._form = form
        self._senders: tuple[Sender, ...] = ()
        self.choice = Choice([(_NEW, _("Pengirim baru…"))], empty=_("Belum disebutkan"))
        self.name, self.letter_no = TextEdit(), TextEdit()
        self.name.setMaxLength(_LONGEST_NAME)
        self.letter_no.setMaxLength(_LONGEST_NUMBER)
        self.letter_on = DateEdit(today)
        self.scan = ScanField()
        self.profile_button = Button(_("Profil pengirim…"), small=True)
        self.profile_button.setObjectName("profileButton")
        self.profile_button.hide()
        fields = [
            form.add_field("sender", _("Pengirim (OPD, kelurahan)"), self.choice),
            form.add_field("letter_no", _("Nomor surat"), self.letter_no),
            form.add_field("letter_on", _("Tanggal surat"), self.letter_on),
        ]
        self._new = form.add_field("sender_name", _("Nama pengirim baru"), self.name)
        self._new.hide()
        scan = form.add_field("scan", _("Pindaian surat"), self.scan)
        top = row((fields[0], 4), (fields[1], 3), (fields[2], 2), gap=10)
        beside = column(px(20), self.profile_button, None, gap=3)
        below = row((self._new, 1), (scan, 1), beside, gap=10)
        self.setLayout(column(top, below, gap=10))
        self.setFocusProxy(self.choice)
        self.choice.activated.connect(self._on_choice_activated)
        self.profile_button.clicked.connect(self._on_profile_clicked)

    @property
    def sender_id(self) -> int | None:
        """The sender that is chosen; None for a new one or nobody."""
        value = self.choice.value
        return value if value not in (None, _NEW) else None

    @property
    def asked(self) -> SenderAsk | None:
        """Give what was said; None where nobody was named."""
        if self.choice.value is None:
            return None
        return SenderAsk(
            sender_id=self.sender_id,
            name=" ".join(self.name.text().split()),
            letter_no=self.letter_no.text().strip(),
            letter_on=self.letter_on.day,
            scan=self.scan.path,
        )

    def clear(self) -> None:
        """Name nobody."""
        self.choice.set_value(None)
        for edit in (self.name, self.letter_no):
            edit.clear()
        self.letter_on.set_day(None)
        self.scan.set_path(None)
        self._show_choice()

    def set_senders(self, senders: Sequence[Sender]) -> None:
        """Offer the senders that are known."""
        self._senders = tuple(senders)
        known = [(sender.sender_id, sender.name) for sender in senders]
        self.choice.set_choices([*known, (_NEW, _("Pengirim baru…"))], empty=_("Belum disebutkan"))
        self._show_choice()

    def show_sender(self, sender: ListSender) -> None:
        """Show what was said of a list before."""
        self.choice.set_value(sender.sender_id)
        self.letter_no.setText(sender.letter_no)
        self.letter_on.set_day(sender.letter_on)
        self.scan.set_path(None, kept=sender.scan)
        self._show_choice()

    def errors(self) -> list[FieldError]:
        """Name what is missing."""
        has_letter = bool(self.letter_no.text().strip() or self.letter_on.text().strip())
        if self.choice.value is None and (has_letter or self.scan.path is not None):
            words = _("Sebutkan siapa yang mengirim surat ini.")
            return [FieldError(field="sender", message=words)]
        if self.choice.value == _NEW and not self.name.text().strip():
            words = _("Tulis nama pengirim, misalnya Dinas Sosial Kota Manado.")
            return [FieldError(field="sender_name", message=words)]
        return []

    def _show_choice(self) -> None:
        self._new.setVisible(self.choice.value == _NEW)
        known = next((s for s in self._senders if s.sender_id == self.sender_id), None)
        self.profile_button.setVisible(known is not None)
        self._form.field("sender").set_hint(_remembered(known) if known is not None else "")

    def _on_choice_activated(self) -> None:
        self._show_choice()
        if self.choice.value == _NEW:
            self.name.setFocus()

    def _on_profile_clicked(self) -> None:
        if self.sender_id is not None:
            self.profile_asked.emit(self.sender_id)


class ScanField(QWidget):
    """Hold the scan of a letter.

    Signals: view_asked() for the one that the list has already.
    """

    view_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.path: Path | None = None
        self._name = ElidedLine(size=12, tone="muted")
        self.button = Button(_("Lampirkan…"), icon="paperclip", small=True)
        self.button.setObjectName("scanButton")
        self.drop_button = Button(_("Lepas"), small=True)
        self.drop_button.setObjectName("dropScanButton")
        self.view_button = Button(_("Lihat"), icon="eye", small=True)
        self.view_button.setObjectName("viewScanButton")
        self.view_button.clicked.connect(self.view_asked)
        buttons = (self.view_button, self.button, self.drop_button)
        self.setLayout(row((self._name, 1), *buttons, gap=6))
        self.setFocusProxy(self.button)
        self.button.clicked.connect(self._on_button_clicked)
        self.drop_button.clicked.connect(self._on_drop_clicked)
        self.set_path(None)

    def set_path(self, path: Path | None, *, kept: str = "") -> None:
        """Take a scan; `kept` names one that the list has already."""
        self.path = path
        words = path.name if path is not None else kept or _("PDF, JPG, atau PNG; boleh kosong")
        self._name.set_text(words)
        self.drop_button.setVisible(path is not None)
        self.view_button.setVisible(path is None and bool(kept))
        self.button.setAccessibleName(_("Pindaian surat: {name}").format(name=words))

    def _on_button_clicked(self) -> None:
        chosen = ask_scan_path(self, _("Pilih pindaian surat"))
        if chosen is not None:
            self.set_path(chosen)

    def _on_drop_clicked(self) -> None:
        self.set_path(None)
        self.button.setFocus()


def _remembered(sender: Sender) -> str:
    if not sender.batches:
        return _("Belum pernah mengirim daftar.")
    words = _("{n} kiriman · diingat {columns} kolom dan {values} ejaan")
    return words.format(
        n=format_count(sender.batches),
        columns=format_count(sender.columns),
        values=format_count(sender.values),
    )
