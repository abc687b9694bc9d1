"""The page "Bantuan": short topics, all keys on one sheet, licences; everything offline."""

from PySide6.QtWidgets import QStackedWidget

from bpjsdesk import __version__
from bpjsdesk.resources import resource_path
from ui.i18n import _
from ui.page import Page, PageContext
from ui.pages.help_keys import KeySheet
from ui.pages.help_licences import LicenceSheet, licence_folder, licence_records
from ui.pages.help_topic import TopicView
from ui.pages.settings.section_list import Section, SectionList
from ui.theme import px
from ui.widgets.layout import Card, row

KEYS, LICENCES = "tombol", "lisensi"
_TOPICS = (
    "mulai",
    "perjanjian",
    "daftar",
    "koreksi",
    "peserta",
    "klaim",
    "laporan",
    "cadangan",
    "peran",
)
ORDER = (*_TOPICS, KEYS, LICENCES)
KEYS_RECORD = ORDER.index(KEYS)


class HelpPage(Page):
    """Topics at the left, the chosen one at the right."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context, _("Bantuan"))
        self._list = SectionList(_sections())
        self._list.setFixedWidth(px(226))
        self._text = TopicView()
        self._keys = KeySheet()
        self._licences: LicenceSheet | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(Card((self._text, 1), margins=(10, 10, 4, 10)))
        self._stack.addWidget(self._keys)
        self.body.addLayout(row(self._list, (self._stack, 1), gap=12), 1)
        version = _("Tanpa jaringan · BPJS Desk {version}")
        self.set_subtitle(version.format(version=__version__))
        self.set_key_hints(("↑↓", _("topik")), ("Ctrl+/", _("semua tombol")))
        self._list.chosen.connect(self._on_list_chosen)
        self._list.select(_TOPICS[0])

    def focus_first(self) -> None:
        """Put the focus on the topic that is open."""
        self._list.focus_current()

    def open_record(self, record_id: int) -> None:
        """Open a topic by its place in `ORDER`."""
        self._list.select(ORDER[record_id])

    def open_topic(self, key: str) -> None:
        """Open a topic by its key."""
        self._list.select(key)

    @property
    def shown_text(self) -> str:
        """The plain words of the topic or licence on the screen."""
        sheet = self._stack.currentWidget()
        return sheet.shown_text if isinstance(sheet, LicenceSheet) else self._text.toPlainText()

    def _on_list_chosen(self, key: str) -> None:
        if key == KEYS:
            self._stack.setCurrentWidget(self._keys)
        elif key == LICENCES:
            self._stack.setCurrentWidget(self._licence_sheet())
        else:
            self._stack.setCurrentIndex(0)
            self._text.show_markdown(topic_text(key))

    def _licence_sheet(self) -> LicenceSheet:
        # made when first asked for: few read it, and its table takes its time
        if self._licences is None:
            self._licences = LicenceSheet(licence_records(licence_folder()))
            self._stack.addWidget(self._licences)
        return self._licences


def topic_text(key: str) -> str:
    """Read one topic of `resources/help`."""
    return resource_path("help", f"{key}.md").read_text(encoding="utf-8")


def _sections() -> list[Section]:
    work, program = _("Pekerjaan"), _("Program")
    return [
        Section(key="mulai", title=_("Memulai"), icon="player-play", group=work),
        Section(key="perjanjian", title=_("Perjanjian"), icon="file-certificate", group=work),
        Section(key="daftar", title=_("Memuat daftar peserta"), icon="table-import", group=work),
        Section(key="koreksi", title=_("Baris yang ditahan"), icon="wand", group=work),
        Section(key="peserta", title=_("Mencari peserta"), icon="users", group=work),
        Section(key="klaim", title=_("Klaim"), icon="first-aid-kit", group=work),
        Section(key="laporan", title=_("Laporan dan cetak"), icon="printer", group=work),
        Section(
            key="cadangan", title=_("Cadangan dan keamanan"), icon="shield-check", group=program
        ),
        Section(key="peran", title=_("Peran dan wewenang"), icon="user-check", group=program),
        Section(key=KEYS, title=_("Semua tombol"), icon="key", group=program),
        Section(key=LICENCES, title=_("Lisensi"), icon="file-text", group=program),
    ]
