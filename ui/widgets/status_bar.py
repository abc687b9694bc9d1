"""The foot of the window: last saved and last proven backup left, the page's keys right."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ui.theme import px
from ui.widgets.layout import row, set_ground
from ui.widgets.text import IconMark, KeyChip, caption


class StatusBar(QWidget):
    """Show what is safe and which keys work here."""

    def __init__(self) -> None:
        super().__init__()
        set_ground(self, "status")
        self.setFixedHeight(px(29))
        self._saved_mark = IconMark("device-floppy", "muted", size=15)
        self._saved = caption("")
        self._saved_mark.hide()
        self._backup_mark = IconMark("shield-check", "ok", size=15)
        self._backup = caption("")
        self._hints = row(gap=12)
        self._pairs: list[_Hint] = []
        self._line = row(
            row(self._saved_mark, self._saved, gap=5),
            row(self._backup_mark, self._backup, gap=5),
            None,
            self._hints,
            gap=16,
            margins=(14, 0, 14, 0),
        )
        self.setLayout(self._line)

    def set_saved(self, text: str) -> None:
        self._saved.setText(text)
        self._saved_mark.setVisible(bool(text))

    def set_backup(self, text: str, *, tone: str) -> None:
        self._backup.setText(text)
        self._backup_mark.set_icon("shield-check" if tone == "ok" else "alert-triangle", tone)

    def set_hints(self, hints: Sequence[tuple[str, str]]) -> None:
        # new words in the old places: keys change with every step, and making widgets takes long
        while len(self._pairs) < len(hints):
            self._pairs.append(_Hint())
            self._hints.addWidget(self._pairs[-1])
        for pair, hint in zip(self._pairs, hints, strict=False):
            pair.show_hint(*hint)
        for pair in self._pairs[len(hints) :]:
            pair.hide()
        self._line.activate()  # or the next frame would show new words in the old places


class _Hint(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._key, self._word = KeyChip(""), caption("")
        self._line = row(self._key, self._word, gap=5)
        self.setLayout(self._line)

    def show_hint(self, key: str, word: str) -> None:
        self._key.set_text(key)
        self._word.setText(word)
        self.show()
        self._line.activate()
