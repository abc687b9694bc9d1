"""Questions that block work: only for what cannot be undone; verbs on buttons, safe one focused."""

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from ui.i18n import _
from ui.theme import px
from ui.widgets.buttons import Button
from ui.widgets.layout import column, row
from ui.widgets.text import IconMark, Label, caption, record_title


class UnsavedChoice(Enum):
    """What to do with changes that are not saved yet."""

    SAVE = "save"
    DISCARD = "discard"
    STAY = "stay"


class QuestionDialog(QDialog):
    """Ask one question; `choice` holds the key of the button pressed, "" for Esc."""

    def __init__(self, parent: QWidget | None, title: str, body: str, *, icon: str = "") -> None:
        super().__init__(parent)
        self.choice = ""
        self.setObjectName("questionDialog")
        self.setWindowTitle("BPJS Desk")
        self.setMinimumWidth(px(440))
        words = column(record_title(title), Label(body, tone="muted", wrap=True), gap=6)
        head = row((words, 1), gap=12)
        if icon:
            head.insertLayout(0, column(IconMark(icon, "warn", size=24), None))
        self._buttons = row(gap=8)
        self._words = words
        self.setLayout(column(head, 12, self._buttons, gap=8, margins=(22, 20, 22, 18)))

    def add_note(self, text: str) -> None:
        """Add a small line under the words, such as a code for those who help."""
        self._words.addWidget(caption(text, wrap=True))

    def add_choice(self, key: str, text: str, *, kind: str = "", shortcut: str = "") -> Button:
        """Add a button from left to right; "danger" ones stand apart at the left."""
        button = Button(text, kind=kind, key=shortcut)
        button.setObjectName(f"choice_{key}")
        button.setProperty("choice", key)
        button.clicked.connect(self._on_button_clicked)
        self._buttons.addWidget(button)
        if kind == "danger":
            self._buttons.addStretch(1)
        elif self._buttons.count() == 1:
            self._buttons.insertStretch(0, 1)
        if shortcut and shortcut not in ("Esc", "Enter"):
            QShortcut(QKeySequence(shortcut), self).activated.connect(button.click)
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, Button):
            focused.click()
            return
        super().keyPressEvent(event)

    def _on_button_clicked(self) -> None:
        self.choice = str(self.sender().property("choice"))
        self.accept()


def ask_confirmation(
    parent: QWidget | None, title: str, body: str, *, act: str, danger: bool = True
) -> bool:
    """Ask before something serious; `act` is the verb on its button, Batal has the focus."""
    dialog = QuestionDialog(parent, title, body, icon="alert-triangle" if danger else "")
    dialog.add_choice("act", act, kind="danger" if danger else "primary")
    dialog.add_choice("cancel", _("Batal"), shortcut="Esc").setFocus()
    dialog.exec()
    return dialog.choice == "act"


def ask_unsaved(parent: QWidget, save: Callable[[], bool], *, what: str = "") -> bool:
    """Ask Simpan, Buang or Batal; True when the page may be left.

    `save` saves at once and says whether it could.
    """
    choice = ask_unsaved_choice(parent, what=what)
    if choice is UnsavedChoice.SAVE:
        return save()
    return choice is UnsavedChoice.DISCARD


def ask_unsaved_choice(parent: QWidget, *, what: str = "") -> UnsavedChoice:
    """Ask Simpan, Buang or Batal and give the answer, for pages that save in a task."""
    title = _("Buang perubahan di {what}?").format(what=what or _("halaman ini"))
    body = _("Ada isian yang belum disimpan. Simpan dahulu, atau buang perubahan itu.")
    dialog = QuestionDialog(parent, title, body)
    dialog.add_choice("discard", _("Buang"), kind="danger")
    dialog.add_choice("stay", _("Batal"), shortcut="Esc")
    dialog.add_choice("save", _("Simpan"), kind="primary", shortcut="Enter").setFocus()
    dialog.exec()
    known = {choice.value for choice in UnsavedChoice}
    return UnsavedChoice(dialog.choice) if dialog.choice in known else UnsavedChoice.STAY
