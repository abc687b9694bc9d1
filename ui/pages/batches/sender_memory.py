"""What is remembered of a sender, entry by entry; each can be forgotten."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, Qt

from bpjsdesk.domain.field_labels import FIELD_LABELS
from ui.i18n import _
from ui.pages.batches.own_keys import OwnKeys
from ui.pages.batches.sender_facts import Remembered
from ui.table import Column, RecordTableModel
from ui.table_view import RecordTable
from ui.widgets.buttons import Button
from ui.widgets.layout import Card, boxed, row, rule
from ui.widgets.text import caption

_FIELD_PX = 120


class SenderMemory(Card):
    """A table of headings or spellings.

    Signals: forget_asked(Remembered).
    """

    forget_asked = Signal(object)

    def __init__(self, title: str, *, with_field: bool) -> None:
        columns: list[Column[Remembered]] = [
            Column(key="text", title=title, text=_text, weight=500),
            Column(key="meaning", title=_("Artinya"), text=_meaning),
        ]
        if with_field:
            field: Column[Remembered] = Column(
                key="field", title=_("Isian"), text=_field, width=_FIELD_PX
            )
            columns.insert(1, field)
        self._model: RecordTableModel[Remembered] = RecordTableModel(columns)
        self.table = RecordTable(self._model, title, row_height=28, sortable=False)
        self._none = caption("")
        self.button = Button(_("Lupakan"), icon="trash", key="Del", small=True)
        foot = boxed(row(self._none, None, self.button, margins=(12, 5, 10, 6)))
        super().__init__((self.table, 1), rule(), foot, gap=0, margins=(1, 1, 1, 0))
        self._model.setParent(self)
        OwnKeys(self.table, (Qt.Key.Key_Delete,))
        self.button.clicked.connect(self._on_button_clicked)

    @property
    def entries(self) -> list[Remembered]:
        found = (self._model.record(at) for at in range(self._model.rowCount()))
        return [entry for entry in found if entry is not None]

    def show_entries(self, entries: Sequence[Remembered], *, may_forget: bool) -> None:
        self.table.reload(entries, key=_key)
        self.button.setVisible(may_forget and bool(entries))
        self._none.setText("" if entries else _("Belum ada yang diingat."))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.button.isVisibleTo(self):
            self._on_button_clicked()
        else:
            super().keyPressEvent(event)

    def _on_button_clicked(self) -> None:
        entry = self.table.current_record or next(iter(self.entries), None)
        if entry is not None:
            self.forget_asked.emit(entry)


def _key(entry: Remembered) -> tuple[str, str]:
    return entry.field, entry.key


def _text(entry: Remembered) -> str:
    return entry.text


def _field(entry: Remembered) -> str:
    return FIELD_LABELS.get(entry.field, "")


def _meaning(entry: Remembered) -> str:
    return entry.meaning
