"""Who somebody is: name, how they stand, and the values with where each came from."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import Qt

from bpjsdesk.domain.people import Numbers
from bpjsdesk.domain.person_file import Origin, PersonFile
from ui.i18n import _
from ui.pages.people.words import (
    Coverage,
    born_words,
    moment_words,
    protected_words,
    sex_words,
    state_pill,
)
from ui.theme import px
from ui.widgets.buttons import Button
from ui.widgets.layout import Card, boxed, column, row
from ui.widgets.split import SideBySide
from ui.widgets.text import Facts, Label, Pill, caption, record_title

_SHOWN_MS = 60_000
_LABEL_PX = 92


class PersonHead(Card):
    """Show who it is; a full NIK goes back behind its mask after a minute.

    Signals: reveal_asked().
    """

    reveal_asked = Signal()

    def __init__(self, *, may_reveal: bool) -> None:
        super().__init__(gap=8)
        self._file: PersonFile | None = None
        self._name, self._pill = record_title(), Pill("", "grey")
        self._until = Label("", size=12, weight=500, tone="ok")
        self.nik = Label("", weight=600)
        self.nik.setObjectName("nik")
        self.nik.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.reveal_button = Button(_("Buka samaran"), icon="eye", key="Ctrl+M", small=True)
        self.reveal_button.clicked.connect(self.reveal_asked)
        if not may_reveal:
            self.reveal_button.hide()
        self._facts, self._more = Facts(label_width=_LABEL_PX), Facts(label_width=_LABEL_PX)
        self._hide_again = QTimer(self)
        self._hide_again.setSingleShot(True)
        self._hide_again.setInterval(_SHOWN_MS)
        self._hide_again.timeout.connect(self.hide_nik)
        self._lay_out()

    def show_file(self, file: PersonFile, coverage: Coverage) -> None:
        """Show a person, the NIK behind its mask."""
        self._file = file
        person, tips = file.person, _tips(file)
        self._name.setText(person.name)
        self._pill.set_state(*state_pill(coverage, file.end))
        self._until.setText(protected_words(coverage))
        self._until.set_tone("ok" if coverage.is_active else "warn")
        self.hide_nik()
        self.nik.setToolTip(tips.get("nik", ""))
        place = ", ".join(filter(None, (person.address, person.region_name)))
        self._facts.set_pairs(
            [
                (_("Lahir"), born_words(person, coverage.today)),
                (_("Alamat"), place),
                (_("Pekerjaan"), person.occupation),
            ],
            tips={
                _("Lahir"): _joined(tips, "birth_place", "birth_date"),
                _("Alamat"): _joined(tips, "address", "region_code"),
                _("Pekerjaan"): tips.get("occupation", ""),
            },
        )

    def show_numbers(self, numbers: Numbers) -> None:
        """Show NIK and telephone in full for a minute."""
        self.nik.setText(numbers.nik)
        self.nik.setAccessibleName(_("NIK {nik}").format(nik=numbers.nik))
        self._show_more(numbers.phone)
        self._hide_again.start()

    def hide_nik(self) -> None:
        """Put NIK and telephone back behind their masks."""
        self._hide_again.stop()
        if self._file is not None:
            self.nik.setText(self._file.person.masked_nik)
            self.nik.setAccessibleName(_("NIK disamarkan"))
            self._show_more(self._file.person.phone)

    def _show_more(self, phone: str) -> None:
        file = self._file
        if file is None:
            return
        tips = _tips(file)
        self._more.set_pairs(
            [
                (_("Jenis kelamin"), sex_words(file.person.sex)),
                (_("HP"), phone),
                (_("KPJ"), file.kpj),
            ],
            tips={_("Jenis kelamin"): tips.get("sex", ""), _("HP"): tips.get("phone", "")},
        )

    def _lay_out(self) -> None:
        head = caption(_("NIK"))
        head.setFixedWidth(px(_LABEL_PX))
        name = boxed(row(self._name, self._pill, None, gap=10))
        self.body.addWidget(SideBySide([(name, 1), self._until], stack_below=560, gap=4))
        self.body.addLayout(row(head, self.nik, self.reveal_button, None, gap=12))
        more = boxed(column(self._more, None))
        self.body.addWidget(SideBySide([(self._facts, 4), (more, 3)], stack_below=560, gap=12))


def _tips(file: PersonFile) -> dict[str, str]:
    return {origin.field: origin_words(origin) for origin in file.origins}


def origin_words(origin: Origin) -> str:
    """Say where a value came from, when, by whom, and what it replaced."""
    words = _("{source} · {moment}, {who}").format(
        source=origin.source, moment=moment_words(origin.at), who=origin.by
    )
    return f"{words} · {_('semula')} {origin.before}" if origin.before else words


def _joined(tips: dict[str, str], *fields: str) -> str:
    return "\n".join(dict.fromkeys(tips[field] for field in fields if field in tips))
