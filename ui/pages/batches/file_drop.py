"""The place where a file is dropped or chosen, or a table pasted."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, Qt
from PySide6.QtWidgets import QFrame

from bpjsdesk.domain.wording import format_count, format_decimal
from ui.i18n import _
from ui.pages.batches.paste_work import SHOWN_ROWS, Pasted
from ui.pages.reports.file_choice import ask_open_path
from ui.theme import px, set_state
from ui.widgets.buttons import Button
from ui.widgets.layout import boxed, column, row
from ui.widgets.split import SideBySide
from ui.widgets.text import ElidedLine, IconMark, Label, caption

_KILOBYTE = 1024
_MEGABYTE = 1024 * 1024


class FileDrop(QFrame):
    """Hold one chosen file, or one pasted table.

    Signals: file_chosen() when there is another file or table, paste_asked().
    """

    file_chosen = Signal()
    paste_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.path: Path | None = None
        self.pasted: Pasted | None = None
        self.setProperty("card", "quiet")
        self.setAcceptDrops(True)
        self._mark = IconMark("file-spreadsheet", "accent", size=28)
        self._name = Label("", weight=600, wrap=True)
        self._note = caption("", wrap=True)
        self.button = Button(_("Pilih berkas…"), icon="folder-open", key="F4")
        self.button.setObjectName("chooseFile")
        self.button.clicked.connect(self._on_button_clicked)
        self.setFocusProxy(self.button)
        self.paste_button = Button(_("Tempel tabel"), icon="copy", key="Ctrl+V")
        self.paste_button.setObjectName("pasteButton")
        self.paste_button.clicked.connect(self.paste_asked)
        self._first = [ElidedLine(size=12, tone="muted") for _line in range(SHOWN_ROWS)]
        self._below = boxed(column(*self._first, gap=1))
        words = column(None, self._name, self._note, self._below, None, gap=2)
        buttons = boxed(row(self.button, self.paste_button, None, gap=6))
        told = boxed(row(self._mark, (words, 1), gap=14))
        both = SideBySide([(told, 1), buttons], stack_below=560, gap=8)
        self.setLayout(column(both, margins=(16, 10, 14, 10)))
        self.setMinimumHeight(px(78))
        self._show()

    def set_path(self, path: Path) -> None:
        """Take a file without asking."""
        self.path, self.pasted = path, None
        self._show()
        self.file_chosen.emit()

    def set_pasted(self, pasted: Pasted) -> None:
        """Take a table that was pasted."""
        self.path, self.pasted = None, pasted
        self._show()
        self.file_chosen.emit()

    def clear(self) -> None:
        self.path = self.pasted = None
        self._show()

    def choose(self) -> None:
        """Ask for a file."""
        chosen = ask_open_path(self, _("Pilih daftar peserta"))
        if chosen is not None:
            self.set_path(chosen)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event) is not None:
            set_state(self, "card", "chosen")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: object) -> None:
        set_state(self, "card", "quiet")

    def dropEvent(self, event: QDropEvent) -> None:
        set_state(self, "card", "quiet")
        path = dropped_file(event)
        if path is not None:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.set_path(path)

    def _show(self) -> None:
        first = self.pasted.first if self.pasted is not None else ()
        self._below.setVisible(bool(first))
        for place, line in enumerate(self._first):
            line.set_text(first[place] if place < len(first) else "")
            line.setVisible(place < len(first))
        if self.pasted is not None:
            self._name.setText(self.pasted.name)
            words = _("{rows} baris × {columns} kolom dari papan klip; tidak ada salinan berkas")
            rows, columns = format_count(self.pasted.rows), format_count(self.pasted.width)
            self._note.setText(words.format(rows=rows, columns=columns))
        elif self.path is None:
            self._name.setText(_("Seret berkas ke sini, pilih berkas, atau tempel tabel"))
            self._note.setText(_("xlsx, xls, ods, atau csv. Berkas asli tidak diubah."))
        else:
            self._name.setText(self.path.name)
            self._note.setText(f"{_size(self.path)} · {self.path.parent}")
        self.setAccessibleName(f"{self._name.text()}. {self._note.text()}")

    def _on_button_clicked(self) -> None:
        self.choose()


def dropped_file(event: QDropEvent | QDragEnterEvent) -> Path | None:
    """Give the one local file of a drag; None for anything else."""
    return local_file(event.mimeData())


def local_file(content: QMimeData) -> Path | None:
    """Give the one local file that is dragged or was copied; None for anything else."""
    urls = content.urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    path = Path(urls[0].toLocalFile())
    return path if path.is_file() else None


def _size(path: Path) -> str:
    try:
        size = path.stat().st_size
    except OSError:
        return _("berkas tidak ditemukan")
    if size >= _MEGABYTE:
        return f"{format_decimal(size / _MEGABYTE, decimals=1)} MB"
    return f"{format_count(max(1, round(size / _KILOBYTE)))} KB"
