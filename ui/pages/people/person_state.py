"""What must be known of a person before anything else: ended, joined, waiting for approval."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from bpjsdesk.domain.person_changes import FIELD_LABELS, ChangeRequest
from bpjsdesk.domain.person_file import JoinedPerson, PersonFile
from bpjsdesk.domain.wording import format_count, format_date, format_month_range
from ui.i18n import _
from ui.page import PageContext
from ui.pages.people.words import day_of, value_words
from ui.widgets.inline import InlineMessage
from ui.widgets.layout import clear_layout, column


class PersonState(QWidget):
    """Messages above a person, each with the one thing that can be done about it.

    Signals: resume_asked(), unmerge_asked(merge_id), person_asked(person_id),
    request_asked(request_no).
    """

    resume_asked = Signal()
    unmerge_asked = Signal(int)
    person_asked = Signal(int)
    request_asked = Signal(int)

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._user = context.app.user
        self._lines = column(gap=8)
        self.setLayout(self._lines)

    @property
    def messages(self) -> tuple[InlineMessage, ...]:
        """What is said now."""
        return tuple(self.findChildren(InlineMessage))

    def show_file(self, file: PersonFile) -> None:
        """Say what must be known of a person."""
        clear_layout(self._lines)
        for joined in file.joined:
            self._add(self._kept(joined) if joined.is_kept else self._merged(joined))
        if file.end is not None:
            self._add(self._ended(file))
        for request in file.requests:
            if request.is_open:
                self._add(self._waiting(request))
        self.setVisible(bool(self._lines.count()))

    def _add(self, message: InlineMessage) -> None:
        self._lines.addWidget(message)

    def _kept(self, joined: JoinedPerson) -> InlineMessage:
        title = _("Orang ini digabung ke {name}, {nik}").format(
            name=joined.name, nik=joined.masked_nik
        )
        message = InlineMessage("info", title, _joined_words(joined), action=_("Buka orang itu"))
        message.setProperty("target", joined.person_id)
        message.acted.connect(self._on_person_acted)
        return message

    def _merged(self, joined: JoinedPerson) -> InlineMessage:
        title = _("Termasuk {name}, {nik}").format(name=joined.name, nik=joined.masked_nik)
        body = _joined_words(joined)
        may = self._user.may("person.merge") and not joined.obstacles
        if joined.obstacles:
            words = _("Tidak dapat dilepas: sesudahnya {what}.")
            body = f"{body} {words.format(what=', '.join(joined.obstacles))}"
        action = _("Lepas") if may else ""
        message = InlineMessage("info", title, body, action=action)
        message.setProperty("target", joined.merge_id)
        message.acted.connect(self._on_merge_acted)
        return message

    def _ended(self, file: PersonFile) -> InlineMessage:
        end = file.end
        assert end is not None  # asked for only where there is one
        title = _("Kepesertaan berakhir {day}: {reason}").format(
            day=format_date(end.since), reason=end.reason.name
        )
        body = _("Dicatat {who}, {day}.").format(who=end.noted_by, day=day_of(end.noted_at))
        body = f"{body} {end.note}." if end.note else body
        months = file.months_after_end
        if months:
            words = _("{n} bulan sesudahnya sudah dibayar ({months}); minta kembali iurannya.")
            run = format_month_range(months[0], months[-1])
            body = f"{body} {words.format(n=format_count(len(months)), months=run)}"
        action = _("Cabut") if self._user.may("person.end") else ""
        message = InlineMessage("warn", title, body, action=action)
        message.acted.connect(self.resume_asked)
        return message

    def _waiting(self, request: ChangeRequest) -> InlineMessage:
        title = _("Menunggu persetujuan: {field} menjadi {after}").format(
            field=FIELD_LABELS[request.field], after=value_words(request.after)
        )
        body = _("Diajukan {who}, {day}. Dasar: {basis}").format(
            who=request.asked_by, day=day_of(request.asked_at), basis=request.basis
        )
        message = InlineMessage("info", title, body, action=_("Lihat permintaan"))
        message.setProperty("target", request.request_no)
        message.acted.connect(self._on_request_acted)
        return message

    def _on_person_acted(self) -> None:
        self.person_asked.emit(self.sender().property("target"))

    def _on_merge_acted(self) -> None:
        self.unmerge_asked.emit(self.sender().property("target"))

    def _on_request_acted(self) -> None:
        self.request_asked.emit(self.sender().property("target"))


def _joined_words(joined: JoinedPerson) -> str:
    words = _("{reason}. Digabung {who}, {day}.")
    return words.format(
        reason=joined.reason.rstrip("."), who=joined.user_name, day=day_of(joined.at)
    )
