"""Who has sent a list that is in work, said or changed beside its columns."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import Qt

from bpjsdesk.domain.senders import ListSender
from bpjsdesk.domain.wording import format_count, format_date
from ui.i18n import _
from ui.pages.batches.column_facts import ColumnFacts
from ui.pages.batches.sender_fields import SenderFields
from ui.widgets.buttons import Button
from ui.widgets.form import FieldError, Form
from ui.widgets.layout import Card, ScrollColumn, boxed, row
from ui.widgets.text import caption, card_title


class ColumnSender(Card):
    """Ask who has sent the list; what is remembered of the sender is used at once.

    Signals: named(SenderAsk), profile_asked(int), letter_asked(), closed().
    """

    named = Signal(object)
    profile_asked = Signal(int)
    letter_asked = Signal()
    closed = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        self._shown: ListSender | None = None
        self._batch_id = 0
        self._form = Form(gap=10)
        self.fields = SenderFields(self._form, today)
        self._form.body.addWidget(self.fields)
        note = caption(
            _(
                "Pemetaan kolom dan ejaan yang diingat dari pengirim ini langsung dipakai; yang "
                "sudah Anda putuskan di daftar ini tetap. Langkah ini dapat diurungkan."
            ),
            wrap=True,
        )
        self.save_button = Button(_("Simpan pengirim"), icon="device-floppy")
        self.save_button.setObjectName("saveSender")
        self._close = Button(_("Kembali ke kolom"), key="F7")
        foot = row(self.save_button, self._close, None, gap=8)
        inside = ScrollColumn(self._form, note, boxed(foot), None)
        super().__init__(card_title(_("Pengirim daftar ini")), (inside, 1), gap=10)
        self.save_button.clicked.connect(self._on_save)
        self._close.clicked.connect(self.closed)
        self.fields.profile_asked.connect(self.profile_asked)
        self.fields.scan.view_asked.connect(self.letter_asked)

    def focus_first(self) -> None:
        self.fields.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_facts(self, facts: ColumnFacts, *, may_change: bool) -> None:
        """Show what was said of the list; what is being typed stays."""
        self.fields.set_senders(facts.senders)
        is_other = facts.work.batch_id != self._batch_id or facts.sender != self._shown
        self._shown, self._batch_id = facts.sender, facts.work.batch_id
        if is_other:
            self.fields.clear()
            if facts.sender is not None:
                self.fields.show_sender(facts.sender)
        self._form.setEnabled(may_change)
        self.save_button.setVisible(may_change)

    def _on_save(self) -> None:
        asked = self.fields.asked
        errors = self._form.missing_fields() + self.fields.errors()
        if asked is None and not errors:
            words = _("Pilih pengirimnya, atau Pengirim baru.")
            errors = [FieldError(field="sender", message=words)]
        if self._form.show_errors(errors) and asked is not None:
            self.named.emit(asked)


def sender_words(sender: ListSender | None) -> str:
    """Say who has sent a list, and from which earlier one its mapping was taken."""
    if sender is None:
        return _("Pengirim belum disebutkan: pemetaan tidak diingat. F7 menyebutkannya.")
    letter = [_("surat {number}").format(number=sender.letter_no)] if sender.letter_no else []
    if sender.letter_on is not None:
        letter.append(format_date(sender.letter_on, "short"))
    said = [" ".join([_("Dari {name}").format(name=sender.name), *letter])]
    if sender.earlier and (sender.recalled or sender.values) and sender.earlier_on is not None:
        words = _("memakai pemetaan dari batch {number} ({day}): {columns} kolom, {values} ejaan")
        said.append(
            words.format(
                number=sender.earlier,
                day=format_date(sender.earlier_on, "short"),
                columns=format_count(sender.recalled),
                values=format_count(sender.values),
            )
        )
    else:
        said.append(_("belum ada pemetaan yang diingat; yang Anda putuskan di sini diingat"))
    return " · ".join(said)
