"""Note that somebody is no member any more: why, since when."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from bpjsdesk.domain.people import Person
from bpjsdesk.domain.person_changes import EndReason
from bpjsdesk.domain.person_file import months_after
from bpjsdesk.domain.wording import format_count
from ui.i18n import _
from ui.page import PageContext
from ui.pages.people.ask_panel import AskPanel
from ui.pages.people.work import Ended
from ui.widgets.combo import Choice
from ui.widgets.edits import DateEdit
from ui.widgets.text_edit import TextEdit


class EndPanel(AskPanel):
    """Choose the reason, type the day.

    Signals: end_asked(Ended).
    """

    end_asked = Signal(object)

    def __init__(self, context: PageContext) -> None:
        super().__init__(
            "clock-exclamation",
            _("Catat kepesertaan berakhir"),
            _("Bulan yang sudah dibayar tidak berubah; yang jatuh sesudahnya akan disebutkan."),
            act=_("Catat berakhir"),
        )
        self.setObjectName("endPanel")
        self._person: Person | None = None
        self._reason = Choice()
        self._since = DateEdit(context.today)
        self._note_edit = TextEdit(placeholder=_("mis. akta kematian, surat pindah"))
        form = self.form
        reason = form.add_field("reason", _("Alasan"), self._reason, required=True)
        since = form.add_field("since", _("Tanggal kejadian"), self._since, required=True)
        form.add_row((reason, 3), (since, 2))
        note = form.add_field("note", _("Catatan (boleh kosong)"), self._note_edit)
        form.body.addWidget(note)
        self._since.textChanged.connect(self._on_since_changed)

    def ask(self, person: Person, reasons: Sequence[EndReason]) -> None:
        """Begin anew for a person."""
        self._person = person
        choices = [(reason.code, reason.name) for reason in reasons]
        self._reason.set_choices(choices, empty=_("Pilih alasan…"))
        self._reason.set_value(None)
        self._since.set_day(None)
        self._note_edit.clear()
        self.form.show_errors([])
        self.show()
        self._reason.setFocus()

    def act(self) -> None:
        """Note the end, if reason and day are given."""
        day = self._since.day
        if self.form.show_errors(self.form.missing_fields()) and day is not None:
            note = self._note_edit.text().strip()
            self.end_asked.emit(Ended(str(self._reason.value), day, note))

    def show_refusal(self, problem: Exception) -> bool:
        """Show why it was refused, at its field; False where it belongs to none."""
        return self.refuse(problem, {"DATE": "since", "REASON": "reason"})

    def _on_since_changed(self) -> None:
        day = self._since.day
        after = months_after(self._person.memberships, day) if self._person and day else ()
        words = _("{n} bulan sesudahnya sudah dibayar").format(n=format_count(len(after)))
        self.form.field("reason").set_hint(words if after else "", "warn")
