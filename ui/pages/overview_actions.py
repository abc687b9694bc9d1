"""The card of what needs action today: worst first, opened by its number."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from bpjsdesk.domain.overview import MOST_ACTIONS, Action, ActionKind, Urgency
from ui.i18n import _
from ui.icons import icon_pixmap
from ui.paint import draw_box, draw_key, draw_text
from ui.theme import color, px
from ui.widgets.layout import Card, clear_layout, column, row
from ui.widgets.message import EmptyState
from ui.widgets.text import caption, card_title

_TILE = 32


class ActionCard(Card):
    """Up to five actions.

    Signals: action_chosen(Action).
    """

    action_chosen = Signal(object)

    def __init__(self) -> None:
        self._list = column(gap=0)
        self._keys = caption("")
        head = row(card_title(_("Perlu tindakan hari ini")), None, self._keys)
        super().__init__(head, (self._list, 1), gap=6, margins=(16, 12, 16, 8))
        self._actions: Sequence[Action] = ()

    @property
    def shown_actions(self) -> Sequence[Action]:
        return self._actions

    def set_actions(self, actions: Sequence[Action]) -> None:
        self._actions = actions
        clear_layout(self._list)
        count = len(actions)
        words = _("tekan 1–{n} untuk membuka").format(n=count) if count > 1 else ""
        self._keys.setText(words)
        for place, action in enumerate(actions):
            line = ActionRow(action, place + 1)
            line.clicked.connect(self._on_row_clicked)
            self._list.addWidget(line, 1)
        if actions:
            self._list.addStretch(MOST_ACTIONS - count)
        else:
            calm = EmptyState(
                "circle-check",
                _("Tidak ada yang mendesak"),
                _("Tidak ada klaim jatuh tempo, perjanjian hampir berakhir, atau baris tertahan."),
            )
            self._list.addWidget(calm, 1)

    def open_number(self, number: int) -> None:
        """Choose an action by its number, from 1."""
        if 1 <= number <= len(self._actions):
            self.action_chosen.emit(self._actions[number - 1])

    def _on_row_clicked(self) -> None:
        line = self.sender()
        if isinstance(line, ActionRow):
            self.action_chosen.emit(line.action)


class ActionRow(QAbstractButton):
    """One action: icon, what, why, and its number."""

    def __init__(self, action: Action, number: int) -> None:
        super().__init__()
        self.action, self._number = action, number
        self.setText(action.title)
        self.setObjectName(f"action_{number}")
        self.setToolTip(f"{action.title}\n{action.cause}")
        self.setAccessibleName(f"{number}. {action.title}. {action.cause}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMaximumHeight(px(72))

    def sizeHint(self) -> QSize:
        return QSize(px(260), px(56))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(200), px(42))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        if self.underMouse():
            draw_box(painter, box.adjusted(-4, 1, 4, -2), fill="alt", radius=5)
        if self.hasFocus():
            draw_box(painter, box.adjusted(0, 1, -1, -2), edge="accent", radius=5, width=2)
        painter.fillRect(QRectF(0, box.bottom() - 1, box.width(), 1), color("line"))
        icon, tone = _look(self.action)
        middle = box.center().y()
        tile = QRectF(4, middle - _TILE / 2, _TILE, _TILE)
        draw_box(painter, tile, fill=f"{tone}_bg", radius=6)
        painter.drawPixmap(round(tile.x() + 8), round(tile.y() + 8), icon_pixmap(icon, tone))
        key = draw_key(painter, box.width() - 2, middle, str(self._number))
        left = tile.right() + 12
        width = box.width() - left - key - 12
        upper = QRectF(left, middle - px(18), width, px(18))
        draw_text(painter, upper, self.action.title, weight=600)
        lower = QRectF(left, middle, width, px(17))
        draw_text(painter, lower, self.action.cause, size=12, tone="muted")


def _look(action: Action) -> tuple[str, str]:
    icons = {
        ActionKind.CLAIMS_OVERDUE: "clock-exclamation",
        ActionKind.AGREEMENT_EXPIRING: "calendar-due",
        ActionKind.BATCH_HELD: "table-import",
        ActionKind.CORE_SILENT: "send",
        ActionKind.CORE_REFUSED: "send",
        ActionKind.REQUESTS_WAITING: "pencil",
        ActionKind.AGREEMENT_UNSIGNED: "file-certificate",
        ActionKind.RATES_UNVERIFIED: "scale",
    }
    tones = {Urgency.BAD: "bad", Urgency.WARN: "warn", Urgency.INFO: "info"}
    return icons[action.kind], tones[action.urgency]
