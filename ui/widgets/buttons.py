"""Push buttons with their key on them, filter chips and tabs."""

from collections.abc import Sequence

# named through their module where they are rare: Qt makes a class when it is first named
from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.theme import current_theme, font, set_state
from ui.widgets.layout import row

_ICON_TONES = {"primary": "on", "ghost": "accent", "danger": "bad", "undo": "undo"}


class Button(QPushButton):
    """A push button: kind "", "primary", "ghost", "danger"; `key` is shown, not bound.

    Bind the key with `bind_key(button, key)` or an action of the page.
    """

    def __init__(
        self, text: str, *, kind: str = "", icon: str = "", key: str = "", small: bool = False
    ) -> None:
        super().__init__(text)
        self._kind, self._icon_name, self._key, self._small = kind, icon, key, small
        self.setProperty("kind", kind)
        if small:
            self.setProperty("small", "1")
        if key:
            self.setProperty("keyed", "1")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._dress()

    @property
    def key(self) -> str:
        return self._key

    def show_key(self, key: str) -> None:
        """Put the key on a button that was made without it, for the sake of a first frame."""
        self._key = key
        set_state(self, "keyed", "1")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if not self._key:
            return hint
        # imported here: drawing loads all of the Qt names, and no key is in the first frame
        from ui.paint import key_width  # noqa: PLC0415

        return QSize(hint.width() + key_width(self._key) + 8, hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: "QtGui.QPaintEvent") -> None:
        super().paintEvent(event)
        if self._key:
            self._paint_key()

    def _paint_key(self) -> None:
        from ui.paint import draw_key  # noqa: PLC0415 - as above

        painter = QtGui.QPainter(self)
        painter.setRenderHint(QtGui.QPainter.RenderHint.Antialiasing)
        tone, edge = {
            "primary": ("on", "on"),
            "undo": ("surface", "surface"),
        }.get(self._kind, ("muted", "line2"))
        if not self.isEnabled():
            tone, edge = "muted", "line2"
        draw_key(painter, self.width() - 8, self.height() / 2, self._key, tone=tone, edge=edge)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if self._worn is not current_theme() and event.type() == QEvent.Type.StyleChange:
            self._dress()

    def _dress(self) -> None:
        self._worn = current_theme()
        small = self._small or self._kind == "chip"
        self.setFont(font(12 if small else 13, 600 if self._kind == "primary" else 500))
        if self._icon_name:
            from ui.icons import make_icon  # noqa: PLC0415 - no icon is in the first frame

            tone = _ICON_TONES.get(self._kind, "muted")
            self.setIcon(make_icon(self._icon_name, tone))
            self.setIconSize(QSize(16, 16))


def bind_key(button: QPushButton, key: str, scope: QWidget | None = None) -> "QtGui.QShortcut":
    """Press `button` when `key` is struck anywhere inside `scope` (default: its window)."""
    owner = scope or button
    shortcut = QtGui.QShortcut(QtGui.QKeySequence(key), owner)
    shortcut.setContext(
        QtCore.Qt.ShortcutContext.WidgetWithChildrenShortcut
        if scope is not None
        else QtCore.Qt.ShortcutContext.WindowShortcut
    )
    shortcut.activated.connect(button.click)
    return shortcut


class ChoiceRow(QWidget):
    """A row of chips or tabs of which exactly one is chosen.

    Signals: chosen(str) with the key of the choice, on user action only.
    """

    chosen = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, str]], *, kind: str = "chip", current: str = ""
    ) -> None:
        super().__init__()
        self._group = QtWidgets.QButtonGroup(self)
        self._keys: list[str] = []
        self._layout = row(gap=16 if kind == "tab" else 7)
        self.setLayout(self._layout)
        for key, text in choices:
            self._add(key, text, kind)
        self._layout.addStretch(1)
        self._group.idClicked.connect(self._on_group_clicked)
        self.select(current or (choices[0][0] if choices else ""))

    @property
    def current(self) -> str:
        number = self._group.checkedId()
        return self._keys[number] if number >= 0 else ""

    def select(self, key: str) -> None:
        """Choose without emitting."""
        if key in self._keys:
            self._group.button(self._keys.index(key)).setChecked(True)

    def set_text(self, key: str, text: str) -> None:
        """Reword one choice, usually with a new count."""
        self._group.button(self._keys.index(key)).setText(text)

    def _add(self, key: str, text: str, kind: str) -> None:
        button = Button(text, kind=kind)
        button.setCheckable(True)
        button.setObjectName(f"choice_{key}")
        self._group.addButton(button, len(self._keys))
        self._keys.append(key)
        self._layout.addWidget(button)

    def _on_group_clicked(self, number: int) -> None:
        self.chosen.emit(self._keys[number])
