"""A choice that is searched by typing and that the wheel cannot change by accident."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QStringListModel, Qt
from PySide6.QtGui import QFocusEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
)

from ui.theme import font

_SEARCH_FROM = 8
_ASIDE = 2


class Choice(QComboBox):
    """A list of (value, words); `value` is what the caller gave, None when empty.

    A member of a StrEnum comes back as the plain text that Qt makes of it; it still compares
    equal, but ask the enumeration for its member before using it as one.
    Long lists (8 and more) accept typing any part of the words.
    """

    def __init__(
        self, choices: Sequence[tuple[Any, str]] = (), *, empty: str | None = None
    ) -> None:
        super().__init__()
        self.setFont(font())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(60)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(14)
        self.currentIndexChanged.connect(self._show_start)
        self.set_choices(choices, empty=empty)

    @property
    def value(self) -> Any:
        self._settle()
        return self.currentData()

    def set_choices(self, choices: Sequence[tuple[Any, str]], *, empty: str | None = None) -> None:
        """Replace the list, keeping the chosen value where it is still there."""
        kept = self.currentData()
        blocked = self.blockSignals(True)
        self.clear()
        if empty is not None:
            self.addItem(empty, None)
        for value, words in choices:
            self.addItem(words, value)
        self._set_searchable(len(choices) >= _SEARCH_FROM)
        self.set_value(kept)
        self.blockSignals(blocked)
        self._show_start()

    def set_value(self, value: Any) -> None:
        """Choose by value; an unknown value chooses the first line."""
        for index in range(self.count()):
            if self.itemData(index) == value:
                self.setCurrentIndex(index)
                return
        self.setCurrentIndex(0 if self.count() else -1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.isEditable():
            super().paintEvent(event)
            return
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        field = QStyle.SubControl.SC_ComboBoxEditField
        control = QStyle.ComplexControl.CC_ComboBox
        room = self.style().subControlRect(control, option, field, self).width() - _ASIDE
        # Qt cuts a long text off in the middle of a letter
        option.currentText = self.fontMetrics().elidedText(  # type: ignore[attr-defined]  # left out of PySide6 6.8's types
            self.currentText(), Qt.TextElideMode.ElideRight, room
        )
        painter = QStylePainter(self)
        painter.drawComplexControl(control, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.font() != font():
            self.setFont(font())

    def _set_searchable(self, searchable: bool) -> None:
        self.setEditable(searchable)
        if not searchable:
            return
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        words = [self.itemText(index) for index in range(self.count())]
        completer = QCompleter(QStringListModel(words, self), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(12)
        self.setCompleter(completer)
        line = self.lineEdit()
        if line is not None:
            line.setFont(font())
            line.editingFinished.connect(self._settle)
        completer.activated.connect(self._on_completer_activated)

    def _on_completer_activated(self, words: str) -> None:
        index = self.findText(words)
        if index >= 0:
            self.setCurrentIndex(index)
            self.activated.emit(index)

    def _show_start(self) -> None:
        # Qt leaves the cursor behind the last letter, which pushes long words out at the left
        self.setToolTip(self.currentText())
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)

    def _settle(self) -> None:
        # a half-typed search takes the only line it fits, otherwise the old choice comes back
        if not self.isEditable():
            return
        typed = self.currentText().strip().casefold()
        if typed == self.itemText(self.currentIndex()).casefold():
            return
        hits = [
            index
            for index in range(self.count())
            if typed and typed in self.itemText(index).casefold()
        ]
        exact = [index for index in hits if self.itemText(index).casefold() == typed]
        chosen = exact or hits
        if len(chosen) == 1:
            self.setCurrentIndex(chosen[0])
        self.setEditText(self.itemText(self.currentIndex()))
        self._show_start()
