"""The coloured bar that no one can overlook in the practice office."""

from PySide6.QtWidgets import QFrame

from ui.i18n import _
from ui.theme import px
from ui.widgets.layout import row, set_ground
from ui.widgets.text import IconMark, Label


class PracticeBar(QFrame):
    """Say that everything in this window is made up."""

    def __init__(self) -> None:
        super().__init__()
        set_ground(self, "practice")
        self.setFixedHeight(px(26))
        text = _("Kantor latihan · semua orang, nomor, dan jumlah di sini buatan")
        self.setAccessibleName(text)
        words = Label(text, size=12, weight=600, tone="badge_text")
        mark = IconMark("school", "badge_text", size=16)
        self.setLayout(row(mark, words, None, gap=8, margins=(20, 0, 20, 0)))
