"""A short list of sections with icons, for pages that hold several."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy

from bpjsdesk.domain.wording import format_count
from ui.icons import icon_pixmap
from ui.paint import RIGHT, draw_box, draw_text
from ui.theme import px
from ui.widgets.layout import Card
from ui.widgets.text import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One line of the list; a `group` stands as a heading above the first of its lines."""

    key: str
    title: str
    icon: str
    group: str = ""


class SectionList(Card):
    """Choose a section; arrow keys move, Tab leaves.

    Signals: chosen(str) on every change, also by `select`.
    """

    chosen = Signal(str)

    def __init__(self, sections: Sequence[Section], *, foot: str = "") -> None:
        super().__init__(gap=2, margins=(9, 10, 9, 12))
        self._group = QButtonGroup(self)
        self._buttons: dict[str, SectionButton] = {}
        heading = ""
        for section in sections:
            if section.group != heading:
                heading = section.group
                self._add_heading(heading)
            self._add(section)
        self.body.addStretch(1)
        if foot:
            self.body.addWidget(Label(foot, size=12, tone="muted", wrap=True))
        self._group.idToggled.connect(self._on_group_toggled)

    @property
    def current(self) -> str:
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def select(self, key: str) -> None:
        """Choose a section."""
        self._buttons[key].setChecked(True)

    def set_count(self, key: str, count: int) -> None:
        """Show how much waits in a section; nothing for 0."""
        self._buttons[key].set_count(count)

    def focus_current(self) -> None:
        self._buttons[self.current].setFocus(Qt.FocusReason.TabFocusReason)

    def _add_heading(self, words: str) -> None:
        label = Label(words, size=12, weight=600, tone="muted")
        label.setContentsMargins(9, 8, 0, 4)
        self.body.addWidget(label)

    def _add(self, section: Section) -> None:
        button = SectionButton(section)
        self._group.addButton(button, len(self._buttons))
        self._buttons[section.key] = button
        self.body.addWidget(button)

    def _on_group_toggled(self, number: int, checked: bool) -> None:
        if checked:
            self.chosen.emit(list(self._buttons)[number])


class SectionButton(QAbstractButton):
    """One line: icon, words, and an amber count when something waits."""

    def __init__(self, section: Section) -> None:
        super().__init__()
        self._section, self._count = section, 0
        self.setText(section.title)
        self.setObjectName(f"section_{section.key}")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(section.title)

    def set_count(self, count: int) -> None:
        self._count = count
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(px(160), px(34))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        current = self.isChecked()
        if current or self.underMouse():
            draw_box(painter, box, fill="soft" if current else "alt", radius=5)
        if current:
            draw_box(painter, QRectF(0, 7, 3, box.height() - 14), fill="accent", radius=1.5)
        if self.hasFocus():
            inside = box.adjusted(1, 1, -1, -1)
            draw_box(painter, inside, edge="accent", radius=5, width=2)
        tone = "accent" if current else "muted"
        icon = icon_pixmap(self._section.icon, tone, size=17)
        painter.drawPixmap(11, round(box.center().y() - 8), icon)
        words = box.adjusted(37, 0, -34 if self._count else -6, 0)
        draw_text(
            painter,
            words,
            self._section.title,
            weight=600 if current else 400,
            tone="accent" if current else "text",
        )
        if self._count:
            right = box.adjusted(0, 0, -10, 0)
            count = format_count(self._count)
            draw_text(painter, right, count, size=12, weight=600, tone="warn", align=RIGHT)
