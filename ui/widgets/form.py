"""Labelled fields and the form around them: errors in words, a banner, F8 to the next one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

# named through their module where they are rare: Qt makes a class when it is first named
from PySide6 import QtCore, QtWidgets
from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from ui.i18n import _
from ui.theme import current_theme, font, px, set_state
from ui.widgets.label import Label, caption
from ui.widgets.layout import column, row
from ui.widgets.text_edit import Reading, TextEdit

if TYPE_CHECKING:
    from ui.widgets.inline import InlineMessage


class FieldError(NamedTuple):
    """Name the field of a form that is wrong, and say in words how to mend it."""

    field: str
    message: str


class Field(QWidget):
    """A label above, the control, and one line under it for hint, reading or error.

    Signals: edited() on any change by the user.
    """

    edited = Signal()

    def __init__(
        self, name: str, label: str, control: QWidget, *, hint: str = "", required: bool = False
    ) -> None:
        super().__init__()
        self.name, self.label_text, self.control = name, label, control
        self.required = required
        self._hint: Reading = (hint, "muted")
        self._reading: Reading = ("", "muted")
        self._error = ""
        self._head = Label(f"{label} *" if required else label, size=12, weight=500, tone="muted")
        self._head.setBuddy(control)
        if not label:
            self._head.hide()
        self._line = caption(hint, wrap=True)
        self._line.setObjectName(f"{name}_line")
        # never shown here: without a parent it would flash on the screen as a window of its own
        if not hint:
            self._line.hide()
        control.setObjectName(name)
        control.setAccessibleName(label)
        self.setFocusProxy(control)
        self.setLayout(column(self._head, control, self._line, None, gap=3))
        self._connect_control()

    @property
    def error(self) -> str:
        return self._error

    def set_error(self, message: str) -> None:
        """Show the field as wrong; an empty message takes that back."""
        self._error = message
        set_state(self.control, "state", "bad" if message else "")
        self.control.setAccessibleDescription(message)
        self._show_line()

    def set_hint(self, hint: str, tone: str = "muted") -> None:
        """Say something under the field while it is not wrong and has no reading of its own."""
        self._hint = (hint, tone)
        self._show_line()

    def _connect_control(self) -> None:
        control = self.control
        if isinstance(control, TextEdit):
            control.reading_changed.connect(self._on_reading_changed)
            self._on_reading_changed(*control.reading())
        if isinstance(control, QLineEdit):
            control.textEdited.connect(self._on_control_edited)
        elif isinstance(control, QtWidgets.QComboBox):
            control.activated.connect(self._on_control_edited)
        elif isinstance(control, QtWidgets.QPlainTextEdit):
            control.setFont(font())
            control.setTabChangesFocus(True)
            control.textChanged.connect(self._on_control_edited)
        elif isinstance(control, QtWidgets.QCheckBox):
            control.setFont(font())
            control.toggled.connect(self._on_control_edited)

    def _on_control_edited(self) -> None:
        # an error that was set from outside ends with the next change; a reading judges itself
        if self._error and self._reading[1] != "bad":
            self.set_error("")
        self.edited.emit()

    def _on_reading_changed(self, text: str, tone: str) -> None:
        was_bad = self._reading[1] == "bad"
        self._reading = (text, tone)
        if tone == "bad" or was_bad:
            self.set_error(text if tone == "bad" else "")
        else:
            self._show_line()

    def _show_line(self) -> None:
        words, tone = self._hint
        if self._error:
            words, tone = self._error, "bad"
        elif self._reading[0]:
            words, tone = self._reading
        self._line.setText(words)
        self._line.set_tone(tone)
        self._line.setVisible(bool(words))


class Form(QWidget):
    """Hold named fields; shows their errors in place and in a banner, F8 goes to the next.

    Signals: edited() on the first and every later change; `is_dirty` until `mark_clean`.
    """

    edited = Signal()

    def __init__(self, *, gap: int = 8, before: str = "") -> None:
        """Make an empty form; `before` ends the banner's title ("sebelum disimpan")."""
        super().__init__()
        self._before = before or _("sebelum disimpan")
        self._fields: dict[str, Field] = {}
        self._dirty = False
        self._scale = current_theme().scale
        self._banner: InlineMessage | None = None
        self.body = column(gap=gap)
        self.setLayout(self.body)

    @property
    def banner(self) -> "InlineMessage":
        """The banner over the fields, made when it is first needed."""
        if self._banner is None:
            from ui.widgets.inline import InlineMessage  # noqa: PLC0415 - not for a first frame

            self._banner = InlineMessage("bad", "", "", action=_("Ke isian"), key="F8")
            self._banner.setObjectName("formBanner")
            self._banner.hide()
            self._banner.acted.connect(self.focus_next_error)
            self.body.insertWidget(0, self._banner)
        return self._banner

    @property
    def is_dirty(self) -> bool:
        return self._dirty

    @property
    def errors(self) -> list[FieldError]:
        return [
            FieldError(field=field.name, message=field.error)
            for field in self._fields.values()
            if field.error
        ]

    def field(self, name: str) -> Field:
        return self._fields[name]

    def add_field(
        self, name: str, label: str, control: QWidget, *, hint: str = "", required: bool = False
    ) -> Field:
        """Make and register a field; the caller puts it into a layout (`form.body`, a card)."""
        made = Field(name, label, control, hint=hint, required=required)
        self.adopt(made)
        return made

    def adopt(self, field: Field) -> None:
        """Register a field that was made elsewhere, such as in a row of a table."""
        self._fields[field.name] = field
        field.edited.connect(self._on_field_edited)

    def drop(self, name: str) -> None:
        """Forget a field whose row was removed."""
        self._fields.pop(name, None)

    def add_row(self, *fields: QWidget | tuple[QWidget, int], gap: int = 10) -> None:
        """Put fields side by side at the foot of the form."""
        shares = [part if isinstance(part, tuple) else (part, 1) for part in fields]
        self.body.addLayout(row(*shares, gap=gap))

    def mark_clean(self) -> None:
        self._dirty = False

    def mark_dirty(self) -> None:
        self._on_field_edited()

    def show_errors(self, errors: Sequence[FieldError]) -> bool:
        """Show these errors and no others; focus the first; True when there were none."""
        by_field = {error.field: error.message for error in reversed(errors)}
        for name, field in self._fields.items():
            field.set_error(by_field.get(name, ""))
        self._show_banner(errors)
        if errors:
            self._focus(errors[0].field)
        return not errors

    def missing_fields(self) -> list[FieldError]:
        """List required fields left empty and fields whose text cannot be read."""
        found = []
        for name, field in self._fields.items():
            reading, tone = _reading_of(field.control)
            if field.required and not _has_value(field.control):
                words = _("{label} belum diisi.").format(label=field.label_text)
                found.append(FieldError(field=name, message=words))
            elif tone == "bad":
                found.append(FieldError(field=name, message=reading))
        return found

    def focus_next_error(self) -> None:
        """Go to the wrong field after the one with the focus, round and round."""
        wrong = [name for name, field in self._fields.items() if field.error]
        if not wrong:
            return
        here = next((name for name, f in self._fields.items() if _holds_focus(f)), "")
        place = wrong.index(here) + 1 if here in wrong else 0
        self._focus(wrong[place % len(wrong)])

    def focus_first(self) -> None:
        """Put the focus into the first empty field, or the first of all."""
        names = list(self._fields)
        empty = [name for name in names if not _has_value(self._fields[name].control)]
        if names:
            self._focus((empty or names)[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # no control wants F8, so it arrives here from whichever has the focus
        if event.key() == QtCore.Qt.Key.Key_F8:
            self.focus_next_error()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if self._scale != current_theme().scale and event.type() == QEvent.Type.StyleChange:
            self._scale = current_theme().scale
            for field in self._fields.values():
                field.control.setFont(font())

    def _focus(self, name: str) -> None:
        field = self._fields.get(name)
        if field is None:
            return
        field.control.setFocus(QtCore.Qt.FocusReason.ShortcutFocusReason)
        area = _scroll_area_of(field)
        if area is not None:
            area.ensureWidgetVisible(field, 0, px(24))

    def _show_banner(self, errors: Sequence[FieldError]) -> None:
        if not errors:
            if self._banner is not None:
                self._banner.hide()
            return
        title = _("{n} hal perlu dibetulkan {before}").format(n=len(errors), before=self._before)
        first = errors[0]
        label = self._fields[first.field].label_text if first.field in self._fields else ""
        self.banner.set_text(title, f"{label}: {first.message}" if label else first.message)
        self.banner.show()

    def _on_field_edited(self) -> None:
        self._dirty = True
        if self._banner is not None and self._banner.isVisible():
            self._show_banner(self.errors)
        self.edited.emit()


def _reading_of(control: QWidget) -> tuple[str, str]:
    return control.reading() if isinstance(control, TextEdit) else ("", "muted")


def _has_value(control: QWidget) -> bool:
    if isinstance(control, QLineEdit):
        return bool(control.text().strip())
    if isinstance(control, QtWidgets.QPlainTextEdit):
        return bool(control.toPlainText().strip())
    if isinstance(control, QtWidgets.QComboBox):
        return control.currentIndex() >= 0 and control.currentData() is not None
    return True


def _holds_focus(field: Field) -> bool:
    inside: QWidget | None = field.control.focusWidget()
    return field.control.hasFocus() or (inside is not None and inside.hasFocus())


def _scroll_area_of(widget: QWidget) -> "QtWidgets.QScrollArea | None":
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QtWidgets.QScrollArea):
            return above
        above = above.parentWidget()
    return None


def field_label(text: str, *, buddy: QWidget | None = None) -> QLabel:
    """Make a head for a column of fields that have no labels of their own."""
    made = Label(text, size=12, weight=500, tone="muted")
    if buddy is not None:
        made.setBuddy(buddy)
    return made
