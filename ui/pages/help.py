"""The page "Bantuan": short topics, all keys on one sheet, licences; everything offline."""

from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFont, QTextBlock, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QStackedWidget, QTextBrowser

from bpjsdesk import __version__
from bpjsdesk.resources import resource_path
from ui.i18n import _
from ui.page import Page, PageContext
from ui.pages.help_keys import KeySheet
from ui.pages.settings.section_list import Section, SectionList
from ui.theme import color, font, px
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
_SIZES = {1: 18, 2: 14}
_TOPS = {1: 2, 2: 14}
_LINE_PERCENT = 128.0
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
        """The plain words of the topic on the screen."""
        return self._text.toPlainText()

    def _on_list_chosen(self, key: str) -> None:
        self._stack.setCurrentIndex(int(key == KEYS))
        if key == LICENCES:
            self._text.show_plain(licence_text())
        elif key != KEYS:
            self._text.show_markdown(topic_text(key))


class TopicView(QTextBrowser):
    """Show one topic in the window's own type and colours."""

    def __init__(self) -> None:
        super().__init__()
        self._markdown, self._plain = "", ""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setAccessibleName(_("Isi bantuan"))
        self.document().setDocumentMargin(12)

    def show_markdown(self, text: str) -> None:
        """Show a topic."""
        self._markdown, self._plain = text, ""
        self._dress()

    def show_plain(self, text: str) -> None:
        """Show a text as it is, such as a licence."""
        self._markdown, self._plain = "", text
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and (self._markdown or self._plain):
            self._dress()

    def _dress(self) -> None:
        document = self.document()
        document.setDefaultFont(font(12 if self._plain else 13))
        if self._plain:
            document.setPlainText(self._plain)
            return
        document.setMarkdown(self._markdown)
        block = document.begin()
        while block.isValid():
            _set_block(block)
            block = block.next()


def _set_block(block: QTextBlock) -> None:
    # Markdown comes with sizes and faces of Qt's own; these are the kit's
    level = block.blockFormat().headingLevel()
    cursor = QTextCursor(block)
    shape = block.blockFormat()
    shape.setLineHeight(_LINE_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
    shape.setTopMargin(px(_TOPS.get(level, 2)))
    shape.setBottomMargin(px(4))
    cursor.setBlockFormat(shape)
    for start, length, old in _parts(block):
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(_look(old, level))


def _parts(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    found = []
    place = block.begin()
    while not place.atEnd():
        part = place.fragment()
        found.append((part.position(), part.length(), part.charFormat()))
        place += 1
    return found


def _look(old: QTextCharFormat, level: int) -> QTextCharFormat:
    size = _SIZES.get(level, 13)
    weight = 600 if level or old.fontWeight() > QFont.Weight.Medium else 400
    look = QTextCharFormat()
    look.setForeground(color("text"))
    if old.fontFixedPitch():
        size, weight = 12, 500
        look.setForeground(color("accent"))
    elif old.fontItalic():
        weight = 500
    look.setFont(font(size, weight))
    return look


def topic_text(key: str) -> str:
    """Read one topic of `resources/help`."""
    return resource_path("help", f"{key}.md").read_text(encoding="utf-8")


def licence_text() -> str:
    """Gather the licence texts that come with the program."""
    parts = []
    for path in _licence_files():
        title = path.name if path.name == "LICENSE" else f"{path.parent.name}/{path.name}"
        parts.append(f"{title}\n{'─' * len(title)}\n{path.read_text(encoding='utf-8').strip()}")
    return "\n\n\n".join(parts)


def _licence_files() -> list[Path]:
    folders = ("fonts", "icons", "seed")
    found = [path for name in folders for path in sorted(resource_path(name).glob("*.txt"))]
    own = resource_path("..", "LICENSE")
    return [own, *found] if own.exists() else found


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
