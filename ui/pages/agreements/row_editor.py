"""Rows of cells inside a form: added with Ins, removed with Del, faults told under the row."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut, Qt
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from ui.i18n import _
from ui.theme import px
from ui.widgets.buttons import Button
from ui.widgets.edits import CountEdit, DateEdit, MonthEdit
from ui.widgets.form import Field, Form
from ui.widgets.layout import Card, Item, boxed, column, row
from ui.widgets.text import Label, caption, card_title
from ui.widgets.text_edit import Reading

REMOVE_WIDTH = 24
CELL_GAP = 5
_LINE_PLACE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The head of one column; `width` in px at 100 %, or `share` of what is left."""

    title: str
    width: int = 0
    share: int = 1
    right: bool = False


class CellDateEdit(DateEdit):
    """A day in a dense row: the weekday is left out."""

    def reading(self) -> Reading:
        return _only_bad(super().reading())


class CellMonthEdit(MonthEdit):
    """A month in a dense row: the name of the month is left out."""

    def reading(self) -> Reading:
        return _only_bad(super().reading())


class CellField(Field):
    """A field without label or line of its own; its row tells what is wrong.

    Signals: told() when its error has changed.
    """

    told = Signal()

    def __init__(self, name: str, label: str, control: QWidget, *, required: bool = False) -> None:
        control.setProperty("cellbox", "1")
        super().__init__(name, "", control, required=required)
        self.label_text = label
        control.setAccessibleName(label)

    def set_error(self, message: str) -> None:
        super().set_error(message)
        self._hide_line()
        self.told.emit()

    def _hide_line(self) -> None:
        layout = self.layout()
        item = layout.itemAt(_LINE_PLACE) if layout is not None else None
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()


class EditorRow(QWidget):
    """One row: cells side by side, what is wrong below.

    Signals: edited(), remove_requested().
    """

    edited = Signal()
    remove_requested = Signal()

    def __init__(self, prefix: str, key: int) -> None:
        super().__init__()
        self.key = key
        self._prefix = f"{prefix}.{key}"
        self.fields: dict[str, CellField] = {}
        self._message = caption("", tone="bad", wrap=True)
        self._message.hide()
        self._advice = ""
        self._remove = Button("", kind="ghost", icon="x", small=True)
        self._remove.setFixedWidth(px(REMOVE_WIDTH))
        self._remove.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._remove.setAccessibleName(_("Hapus baris"))
        self._remove.setToolTip(_("Hapus baris (Ctrl+Del)"))
        self._remove.clicked.connect(self.remove_requested)

    @property
    def controls(self) -> list[QWidget]:
        return [field.control for field in self.fields.values()]

    def field_name(self, part: str) -> str:
        """Give the name under which a part of this row stands in the form."""
        return f"{self._prefix}.{part}"

    def add_cell(
        self, part: str, label: str, control: QWidget, *, required: bool = False
    ) -> CellField:
        """Make one cell; `part` is the name of the value's field."""
        field = CellField(self.field_name(part), label, control, required=required)
        field.edited.connect(self.edited)
        field.told.connect(self._show_errors)
        self.fields[part] = field
        return field

    def lay_out(self, line: QHBoxLayout, *more: Item) -> None:
        """Put the cells, the cross that removes the row, and further lines into place."""
        line.setSpacing(CELL_GAP)
        line.addWidget(self._remove, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(line, *more, self._message, gap=3))

    def indent_message(self, width: int) -> None:
        """Put what is wrong under the first cell, where something stands before it."""
        self._message.setIndent(width)

    def focus(self) -> None:
        self.controls[0].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_advice(self, text: str) -> None:
        """Say something under the row while none of its cells is wrong."""
        self._advice = text
        self._show_errors()

    def _show_errors(self) -> None:
        words = [_told(field) for field in self.fields.values() if field.error]
        self._message.setText(" ".join(words) or self._advice)
        self._message.set_tone("bad" if words else "warn")
        self._message.setVisible(bool(self._message.text()))


class RowEditor(Card):
    """A card with rows of one kind; subclasses say how a row is made.

    Signals: edited() on any change, rows_changed() when rows came or went.
    """

    edited = Signal()
    rows_changed = Signal()

    def __init__(
        self, form: Form, *, prefix: str, title: str, add_words: str, heads: Sequence[Head] = ()
    ) -> None:
        super().__init__(gap=6)
        self._form, self._prefix = form, prefix
        self._next_key = 0
        self.rows: list[EditorRow] = []
        self._add = Button(add_words, kind="ghost", icon="plus", key="Ins", small=True)
        self._add.setObjectName(f"add_{prefix}")
        self._note = caption("", wrap=True)
        self._note.hide()
        self.head_line = row(card_title(title), 10, (self._note, 1), self._add)
        self._heads = head_line(heads)
        if not heads:
            self._heads.hide()
        self._list = column(gap=5)
        for part in (self.head_line, self._heads, self._list):
            self.body.addWidget(part) if isinstance(part, QWidget) else self.body.addLayout(part)
        self._add.clicked.connect(self._on_add_clicked)
        self._bind("Ins", self._on_add_clicked)
        self._bind("Ctrl+Del", self._on_remove_key_activated)
        self._bind("Del", self._on_remove_key_activated)

    def make_row(self, key: int) -> EditorRow:
        """Make an empty row."""
        raise NotImplementedError

    def add_row(self) -> EditorRow:
        """Append an empty row and register its cells in the form."""
        made = self.make_row(self._next_key)
        self._next_key += 1
        made.edited.connect(self.edited)
        made.remove_requested.connect(self._on_row_remove_requested)
        for field in made.fields.values():
            self._form.adopt(field)
        self.rows.append(made)
        self._list.addWidget(made)
        self.rows_changed.emit()
        return made

    def remove_row(self, row_: EditorRow) -> None:
        """Take a row out; the focus goes to its neighbour."""
        place = self.rows.index(row_)
        self.rows.remove(row_)
        for field in row_.fields.values():
            self._form.drop(field.name)
        if self.rows:
            self.rows[min(place, len(self.rows) - 1)].focus()
        else:
            self._add.setFocus()
        self._list.removeWidget(row_)
        row_.hide()
        row_.deleteLater()
        self.rows_changed.emit()
        self._form.mark_dirty()

    def clear(self) -> None:
        """Take every row out."""
        for made in list(self.rows):
            self.remove_row(made)

    def set_note(self, text: str) -> None:
        self._note.setText(text)
        self._note.setVisible(bool(text))

    def form_name(self, path: str) -> str:
        """Turn the path of a service ("quotas.1.heads") into the name of the field."""
        parts = path.split(".")
        if parts[0] != self._prefix or len(parts) == 1:
            return ""
        made = self.rows[int(parts[1])]
        part = parts[2] if len(parts) > 2 else next(iter(made.fields))  # noqa: PLR2004 - prefix, place, part
        return made.field_name(part if part in made.fields else next(iter(made.fields)))

    def chain_tabs(self, before: QWidget) -> QWidget:
        """Let Tab walk from `before` through the rows; gives the last control."""
        QWidget.setTabOrder(before, self._add)
        last: QWidget = self._add
        for made in self.rows:
            for control in made.controls:
                QWidget.setTabOrder(last, control)
                last = control
        return last

    def _bind(self, key: str, slot: object) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(slot)

    def _on_add_clicked(self) -> None:
        made = self.add_row()
        self._form.mark_dirty()
        self.chain_tabs(self._before_add())
        made.focus()

    def _before_add(self) -> QWidget:
        before = self._add.previousInFocusChain()
        return before if isinstance(before, QWidget) else self._add

    def _on_row_remove_requested(self) -> None:
        sender = self.sender()
        if isinstance(sender, EditorRow):
            self.remove_row(sender)

    def _on_remove_key_activated(self) -> None:
        focused = QApplication.focusWidget()
        for made in list(self.rows):
            if focused is not None and made.isAncestorOf(focused):
                self.remove_row(made)
                return


def _told(field: CellField) -> str:
    if field.error.startswith(field.label_text):
        return field.error
    return f"{field.label_text}: {field.error}"


def stretch_cells(cells: Sequence[tuple[QWidget, Head]]) -> QHBoxLayout:
    """Lay cells out under their heads."""
    line = row(gap=CELL_GAP)
    for widget, head in cells:
        if head.width:
            widget.setFixedWidth(px(head.width))
            line.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        else:
            line.addWidget(widget, head.share, Qt.AlignmentFlag.AlignTop)
    return line


def read_only_count(words: str = "") -> CountEdit:
    """Make a computed figure: shown as a field, never typed."""
    made = CountEdit()
    made.setText(words)
    made.setReadOnly(True)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setProperty("cellbox", "1")
    return made


def head_line(heads: Sequence[Head]) -> QWidget:
    """Make the line of heads above the cells."""
    labels: list[tuple[QWidget, Head]] = []
    for head in heads:
        label = Label(head.title, size=12, weight=500, tone="muted")
        if head.right:
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            label.setContentsMargins(0, 0, 8, 0)
        labels.append((label, head))
    line = stretch_cells(labels)
    line.addSpacing(px(REMOVE_WIDTH))
    return boxed(line)


def _only_bad(reading: Reading) -> Reading:
    return reading if reading[1] == "bad" else ("", "muted")
