"""The main menu: pages with their keys and waiting counts, and the user at its foot."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QSizePolicy, QVBoxLayout, QWidget

from ui.i18n import _
from ui.icons import icon_pixmap
from ui.paint import CENTER, RIGHT, PaintedWidget, draw_box, draw_text, text_width
from ui.theme import color, px
from ui.widgets.layout import set_ground

WIDE_PX, NARROW_PX = 200, 56


@dataclass(frozen=True, slots=True, kw_only=True)
class NavEntry:
    """One line of the menu; `at_foot` puts it below, with settings and help."""

    key: str
    title: str
    icon: str
    shortcut: str
    at_foot: bool = False


class NavButton(QAbstractButton):
    """One line of the menu, drawn in the sidebar's own colours."""

    def __init__(self, entry: NavEntry) -> None:
        super().__init__()
        self.entry = entry
        self._waiting = 0
        self._narrow = False
        self._ring = False
        self.setText(entry.title)
        self.setCheckable(True)
        self.setObjectName(f"nav_{entry.key}")
        self.setToolTip(f"{entry.title} ({entry.shortcut})")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_waiting(0)

    def set_waiting(self, count: int) -> None:
        self._waiting = count
        words = _("{title}, {n} menunggu").format(title=self.entry.title, n=count)
        self.setAccessibleName(words if count else self.entry.title)
        self.update()

    def set_narrow(self, narrow: bool) -> None:
        self._narrow = narrow
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(NARROW_PX, px(36))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # the ring is for those who walk by keyboard; a click needs no ring
        self._ring = event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(8, 1, -8, -1)
        self._paint_ground(painter, box)
        tone = "#FFFFFF" if self.isChecked() else "side_text"
        middle = box.center().y()
        pixmap = icon_pixmap(self.entry.icon, tone, size=19)
        painter.drawPixmap(QPointF(box.x() + 10, middle - 9.5), pixmap)
        if self._narrow:
            self._paint_dot(painter, box)
            return
        words = box.adjusted(38, 0, -60, 0)
        weight = 600 if self.isChecked() else 500
        draw_text(painter, words, self.text(), weight=weight, tone=tone)
        key_tone = "side_text" if self.isChecked() else "side_mut"
        keys = box.adjusted(0, 0, -8, 0)
        draw_text(painter, keys, self.entry.shortcut, size=11, tone=key_tone, align=RIGHT)
        if self._waiting:
            self._paint_count(painter, box)

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        if self.isChecked():
            draw_box(painter, box, fill="side_hi", radius=6)
            bar = QRectF(box.x(), box.center().y() - 9, 3, 18)
            draw_box(painter, bar, fill="side_mark", radius=1.5)
        elif self.underMouse():
            draw_box(painter, box, fill="#FFFFFF14", radius=6)
        if self.hasFocus() and self._ring:
            ring = box.adjusted(1, 1, -1, -1)
            draw_box(painter, ring, edge="side_mark", radius=6, width=2)

    def _paint_dot(self, painter: QPainter, box: QRectF) -> None:
        if self._waiting:
            painter.setBrush(color("badge"))
            painter.setPen(QPen(color("side"), 2))
            painter.drawEllipse(QPointF(box.x() + 29, box.y() + 9), 4.5, 4.5)

    def _paint_count(self, painter: QPainter, box: QRectF) -> None:
        words = str(self._waiting)
        width = text_width(words, 11, 600) + 12
        spot = QRectF(box.right() - px(46) - width, box.center().y() - px(8), width, px(16))
        draw_box(painter, spot, fill="badge", radius=spot.height() / 2)
        draw_text(painter, spot, words, size=11, weight=600, tone="badge_text", align=CENTER)


class Sidebar(QWidget):
    """The main menu.

    Signals: page_chosen(str) with the key of the page, lock_requested().
    """

    page_chosen = Signal(str)
    lock_requested = Signal()

    def __init__(self, entries: Sequence[NavEntry], office: str) -> None:
        super().__init__()
        set_ground(self, "side")
        self.setAccessibleName(_("Menu utama"))
        self._group = QButtonGroup(self)
        self._buttons: dict[str, NavButton] = {}
        self._brand = _Brand(office)
        self._user = UserFoot()
        self._user.clicked.connect(self._on_user_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 6)
        layout.setSpacing(2)
        layout.addWidget(self._brand)
        for entry in entries:
            if not entry.at_foot:
                layout.addWidget(self._button(entry))
        layout.addStretch(1)
        for entry in entries:
            if entry.at_foot:
                layout.addWidget(self._button(entry))
        layout.addWidget(self._user)
        self._group.buttonClicked.connect(self._on_group_clicked)
        self.set_narrow(False)

    def set_current(self, key: str) -> None:
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def set_waiting(self, key: str, count: int) -> None:
        """Show how much waits on a page; 0 shows nothing."""
        if key in self._buttons:
            self._buttons[key].set_waiting(count)

    def set_user(self, name: str, role: str) -> None:
        self._user.set_user(name, role)

    def set_narrow(self, narrow: bool) -> None:
        """Shrink to icons while a wizard needs the width."""
        self.setFixedWidth(NARROW_PX if narrow else px(WIDE_PX))
        self._brand.narrow = self._user.narrow = narrow
        for button in self._buttons.values():
            button.set_narrow(narrow)
        self.update()

    def _button(self, entry: NavEntry) -> NavButton:
        button = NavButton(entry)
        self._buttons[entry.key] = button
        self._group.addButton(button)
        return button

    def _on_group_clicked(self, button: QAbstractButton) -> None:
        if isinstance(button, NavButton):
            self.page_chosen.emit(button.entry.key)

    def _on_user_clicked(self) -> None:
        self.lock_requested.emit()


class _Brand(PaintedWidget):
    def __init__(self, office: str) -> None:
        super().__init__(height=px(60))
        self.narrow = False
        self._office = office
        self.setAccessibleName(f"BPJS Desk, {office}")

    def paint(self, painter: QPainter, box: QRectF) -> None:
        draw_box(painter, QRectF(14, 15, 28, 28), fill="#FFFFFF22", radius=7)
        painter.drawPixmap(19, 20, icon_pixmap("shield-check", "#FFFFFF", size=18))
        if self.narrow:
            return
        name = QRectF(52, 12, box.width() - 60, px(18))
        draw_text(painter, name, "BPJS Desk", size=14, weight=600, tone="#FFFFFF")
        office = QRectF(52, 12 + px(17), box.width() - 60, px(16))
        draw_text(painter, office, self._office, size=11, tone="side_mut")


class UserFoot(QAbstractButton):
    """Who is logged in; pressing it locks the window."""

    def __init__(self) -> None:
        super().__init__()
        self.narrow = False
        self._name, self._role = "", ""
        self.setObjectName("lockButton")
        self.setFixedHeight(px(52))
        self.setToolTip(_("Kunci (Ctrl+L)"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_user(self, name: str, role: str) -> None:
        self._name, self._role = name, role
        self.setAccessibleName(
            _("Kunci. Masuk sebagai {name}, {role}").format(name=name, role=role)
        )
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(NARROW_PX, px(52))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        painter.fillRect(QRectF(12, 2, box.width() - 24, 1), color("#FFFFFF1E"))
        if self.hasFocus() or self.underMouse():
            draw_box(painter, box.adjusted(8, 6, -8, -2), fill="#FFFFFF14", radius=6)
        middle = box.center().y() + 2
        badge = QRectF(14, middle - 14, 28, 28)
        draw_box(painter, badge, fill="#FFFFFF2A", radius=14)
        letters = "".join(part[0] for part in self._name.split()[:2]).upper()
        draw_text(painter, badge, letters, size=11, weight=600, tone="#FFFFFF", align=CENTER)
        if self.narrow:
            return
        name = QRectF(52, middle - px(17), box.width() - 92, px(17))
        draw_text(painter, name, self._name, size=12, weight=600, tone="#FFFFFF")
        role = QRectF(52, middle - 1, box.width() - 92, px(16))
        draw_text(painter, role, self._role, size=11, tone="side_mut")
        lock = icon_pixmap("lock", "side_mut", size=16)
        painter.drawPixmap(QPointF(box.width() - 32, middle - 8), lock)
