"""One text of the help in the window's own type and colours."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QTextBrowser

from ui.i18n import _
from ui.theme import color, font, px

_SIZES = {1: 18, 2: 14}
_TOPS = {1: 2, 2: 14}
_LINE_PERCENT = 128.0


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
        else:
            document.setMarkdown(self._markdown)
            _set_blocks(document)
        # a new text leaves the cursor at its end, and the view follows the cursor when it is shown
        self.moveCursor(QTextCursor.MoveOperation.Start)


def _set_blocks(document: QTextDocument) -> None:
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
