"""Things the window tells: empty states, toasts and running work."""

import time

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from bpjsdesk.domain.wording import format_count
from bpjsdesk.progress import Progress
from ui.i18n import _
from ui.icons import icon_pixmap
from ui.paint import PaintedWidget, draw_box
from ui.theme import px
from ui.widgets.buttons import Button
from ui.widgets.inline import TONE_ICONS, InlineMessage
from ui.widgets.layout import Card, column, row
from ui.widgets.meter import Meter
from ui.widgets.text import Label, caption

__all__ = ["TONE_ICONS", "EmptyState", "InlineMessage", "ProgressPanel"]

_MINUTES_FROM_S = 90


class EmptyState(QWidget):
    """Say why a list is empty and offer the next act.

    Signals: acted() of the first button, acted_second() of the second.
    """

    acted = Signal()
    acted_second = Signal()

    def __init__(
        self, icon: str, title: str, body: str, *, action: str = "", key: str = ""
    ) -> None:
        super().__init__()
        self._title = Label(title, size=14, weight=600, wrap=True)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._body = Label(body, tone="muted", wrap=True)
        self._body.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._body.setMaximumWidth(px(620))
        self._buttons = row(None, None, gap=8)
        tile = row(None, _Tile(icon), None)
        words = row(None, (self._body, 8), None)
        self.setLayout(
            column(None, tile, 8, self._title, words, 4, self._buttons, None, margins=24)
        )
        if action:
            self._add(action, key, primary=True).clicked.connect(self._on_first_clicked)

    def add_second(self, text: str, *, key: str = "") -> None:
        self._add(text, key, primary=False).clicked.connect(self._on_second_clicked)

    def set_text(self, title: str, body: str) -> None:
        self._title.setText(title)
        self._body.setText(body)

    def _add(self, text: str, key: str, *, primary: bool) -> Button:
        button = Button(text, kind="primary" if primary else "", key=key)
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        return button

    def _on_first_clicked(self) -> None:
        self.acted.emit()

    def _on_second_clicked(self) -> None:
        self.acted_second.emit()


class _Tile(PaintedWidget):
    def __init__(self, icon: str) -> None:
        super().__init__(width=68, height=68)
        self._icon = icon

    def paint(self, painter: QPainter, box: QRectF) -> None:
        draw_box(painter, box, fill="soft", radius=14)
        painter.drawPixmap(18, 18, icon_pixmap(self._icon, "accent", size=32))


class ProgressPanel(Card):
    """One bar that advances once, with counts, time left and Batal.

    Signals: cancel_requested().
    """

    cancel_requested = Signal()

    def __init__(self, title: str = "") -> None:
        self._title = Label(title, weight=600)
        self._count = Label("", size=12, weight=500)
        self._meter = Meter(height=8)
        self._left = caption("")
        self._cancel = Button(_("Batal"), key="Esc", small=True)
        super().__init__(
            row(self._title, None, self._count),
            self._meter,
            row(self._left, None, self._cancel),
            kind="quiet",
            gap=6,
            margins=(12, 8, 10, 8),
        )
        self._started = time.monotonic()
        self._cancel.clicked.connect(self._on_cancel_clicked)
        self.setAccessibleName(title)

    def begin(self, title: str) -> None:
        """Start anew for another piece of work."""
        self._started = time.monotonic()
        self._title.setText(title)
        self._count.setText("")
        self._left.setText(_("Menyiapkan…"))
        self._meter.set_parts([(0, "d1")], 1)
        self._cancel.setEnabled(True)

    def show_progress(self, progress: Progress) -> None:
        """Show one report of a task; fits `Task.progressed`."""
        if progress.text:
            self._title.setText(progress.text)
        if not progress.total:
            self._count.setText(format_count(progress.done) if progress.done else "")
            return
        counts = _("{done} dari {total}").format(
            done=format_count(progress.done), total=format_count(progress.total)
        )
        self._count.setText(counts)
        self._meter.set_parts([(progress.done, "d1")], progress.total)
        self._left.setText(self._time_left(progress))

    def _time_left(self, progress: Progress) -> str:
        spent = time.monotonic() - self._started
        if spent < 1 or not progress.done:
            return ""
        seconds = round(spent * (progress.total - progress.done) / progress.done)
        if seconds >= _MINUTES_FROM_S:
            return _("kira-kira {n} menit lagi").format(n=round(seconds / 60))
        return _("{n} detik lagi").format(n=max(1, seconds))

    def _on_cancel_clicked(self) -> None:
        self._cancel.setEnabled(False)
        self._left.setText(_("Membatalkan…"))
        self.cancel_requested.emit()
