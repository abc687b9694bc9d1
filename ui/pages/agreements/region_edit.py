"""A region found by typing any part of its name."""

from PySide6.QtCore import QStringListModel, QTimer, Signal
from PySide6.QtGui import QFocusEvent, Qt
from PySide6.QtWidgets import QCompleter, QListView

from bpjsdesk.domain.reference import RegionFound
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.reference import find_regions
from ui.i18n import _
from ui.page import PageContext
from ui.tasks import LatestRead, Work
from ui.theme import font
from ui.widgets.text_edit import Reading, TextEdit

_PAUSE_MS = 120
_FEWEST_LETTERS = 2


class RegionEdit(TextEdit):
    """Type two letters or more, choose with ↓ and Enter; `code` is the Kemendagri code.

    Signals: region_changed() when a region was chosen or taken out.
    """

    region_changed = Signal()

    def __init__(self, context: PageContext) -> None:
        super().__init__(placeholder=_("Ketik nama, misalnya Wanea"))
        self._context = context
        self._code: str | None = None
        self._chosen_words = ""
        self._found: tuple[RegionFound, ...] = ()
        self._reader = LatestRead(context.runner, self)
        self._names = QStringListModel(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._set_completer()
        self.textEdited.connect(self._on_region_typed)
        self._pause.timeout.connect(self._search)
        self._reader.succeeded.connect(self._on_search_succeeded)

    @property
    def code(self) -> str | None:
        """The chosen region; None when empty or not chosen from the list."""
        return self._code if self.text() == self._chosen_words else None

    @property
    def hits(self) -> tuple[RegionFound, ...]:
        """What the last search found."""
        return self._found

    def set_region(self, code: str | None, words: str) -> None:
        """Show a region that is already known."""
        self._code, self._chosen_words = code, words
        self.setText(words)
        self.setCursorPosition(0)
        self.reading_changed.emit(*self.reading())

    def reading(self) -> Reading:
        text = self.text().strip()
        if not text or text == self._chosen_words:
            return "", "muted"
        words = _("Pilih wilayah dari daftar yang muncul saat mengetik.")
        return words, "muted" if self.hasFocus() else "bad"

    def normalise(self) -> None:
        """Take the only region that fits what was typed."""
        text = self.text().strip().casefold()
        if not text or self.text() == self._chosen_words:
            return
        exact = [hit for hit in self._found if hit.name.casefold() == text]
        fitting = exact if len(exact) == 1 else self._found if len(self._found) == 1 else ()
        if fitting:
            self._choose(fitting[0])

    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() == Qt.FocusReason.PopupFocusReason:
            super(TextEdit, self).focusOutEvent(event)
            return
        super().focusOutEvent(event)

    def _set_completer(self) -> None:
        completer = QCompleter(self._names, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(10)
        popup = completer.popup()
        popup.setFont(font())
        if isinstance(popup, QListView):
            popup.setSpacing(3)
        # the completer's own text would replace what was typed while ↓ walks through the hits
        completer.setWidget(self)
        completer.activated.connect(self._on_completer_activated)
        self._completer = completer

    def _on_region_typed(self, text: str) -> None:
        if not text.strip():
            self._code, self._chosen_words, self._found = None, "", ()
            self.region_changed.emit()
        self._pause.start()

    def _search(self) -> None:
        text = self.text().strip()
        if len(text) >= _FEWEST_LETTERS:
            self._reader.start(_finding(self._context.app, text))

    def _on_search_succeeded(self, found: tuple[RegionFound, ...]) -> None:
        self._found = found
        self._names.setStringList([hit.path for hit in found])
        if found and self.hasFocus() and self.text() != self._chosen_words:
            self._completer.setCompletionPrefix("")
            self._completer.complete()

    def _on_completer_activated(self, path: str) -> None:
        for hit in self._found:
            if hit.path == path:
                self._choose(hit)
                return

    def _choose(self, hit: RegionFound) -> None:
        self.set_region(hit.code, hit.path)
        self.region_changed.emit()
        self.textEdited.emit(hit.path)
        self._pause.stop()


def _finding(app: AppContext, text: str) -> Work:
    def work(_progress: ProgressSink, _cancel: CancelToken) -> tuple[RegionFound, ...]:
        return find_regions(app, text, limit=12)

    return work
