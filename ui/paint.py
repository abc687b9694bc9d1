"""Small drawing steps that painted widgets and table delegates share."""

from collections.abc import Iterable
from math import inf
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import color, px, shared_font, shared_metrics

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTER = Qt.AlignmentFlag.AlignCenter
# below this share of an em a letter, a line surely fits and need not be measured
_WIDEST_USUAL = 0.8


def text_width(text: str, size: int = 13, weight: int = 400) -> int:
    """Measure one line of the window font in logical pixels, rounded up."""
    return int(shared_metrics(px(size), weight).horizontalAdvance(text)) + 1


def draw_text(
    painter: QPainter,
    box: QRectF,
    text: str,
    *,
    size: int = 13,
    weight: int = 400,
    tone: str = "text",
    align: Qt.AlignmentFlag = LEFT,
    elide: bool = True,
) -> None:
    """Draw one line inside `box`; too long a line ends in an ellipsis unless `elide` is off."""
    lines = ((0.0, text, tone),)
    draw_lines(painter, box, lines, size=size, weight=weight, align=align, elide=elide)


def draw_lines(
    painter: QPainter,
    box: QRectF,
    lines: Iterable[tuple[float, str, str]],
    *,
    size: int = 13,
    weight: int = 400,
    align: Qt.AlignmentFlag = LEFT,
    elide: bool = True,
) -> None:
    """Draw (down, text, tone) each inside `box` moved `down`, as `draw_text` does one.

    Drawn at a point and not into a box, which takes Qt half the time: tables draw hundreds.
    """
    pixels = px(size)
    metrics = shared_metrics(pixels, weight)
    width = box.width()
    fitting = width / (pixels * _WIDEST_USUAL) if elide else inf
    base = box.y() + (box.height() + metrics.ascent() - metrics.descent()) / 2
    left, last_tone = box.x(), ""
    painter.setFont(shared_font(pixels, weight))
    for down, text, tone in lines:
        if tone != last_tone:
            painter.setPen(color(tone))
            last_tone = tone
        words = text
        if len(text) > fitting:
            words = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width + 1)
        start = left
        if align is not LEFT:
            start += _aside(width - metrics.horizontalAdvance(words), align)
        painter.drawText(QPointF(start, base + down), words)


def _aside(free: float, align: Qt.AlignmentFlag) -> float:
    if align & Qt.AlignmentFlag.AlignRight:
        return free
    return free / 2 if align & Qt.AlignmentFlag.AlignHCenter else 0.0


class RowState(NamedTuple):
    """What the ground of a list row tells; `in_use` while the list has the focus."""

    selected: bool
    in_use: bool
    hovered: bool


def draw_row_ground(painter: QPainter, box: QRectF, state: RowState) -> None:
    """Draw selection with its bar, hover and the line below a row."""
    if state.selected:
        painter.fillRect(box, color("soft" if state.in_use else "grey_bg"))
        bar = QRectF(box.x(), box.y(), 3, box.height())
        painter.fillRect(bar, color("accent" if state.in_use else "field"))
    elif state.hovered:
        painter.fillRect(box, color("alt"))
    painter.fillRect(QRectF(box.x(), box.bottom() - 1, box.width(), 1), color("line"))


def draw_focus(painter: QPainter, box: QRectF) -> None:
    """Draw the thin frame of the current cell."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(color("accent"))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(0.5, 0.5, -1.5, -1.5))


def draw_box(
    painter: QPainter,
    box: QRectF,
    *,
    fill: str | None = None,
    edge: str | None = None,
    radius: float = 6,
    width: float = 1,
) -> None:
    """Draw a rounded box."""
    painter.setBrush(color(fill) if fill else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(color(edge), width) if edge else QPen(Qt.PenStyle.NoPen))
    painter.drawRoundedRect(box, radius, radius)


def pill_width(text: str) -> int:
    """Measure a state pill."""
    return text_width(text, 12, 500) + 26


def draw_pill(painter: QPainter, start: QPointF, text: str, tone: str) -> float:
    """Draw a state as dot and word, `start` being the middle of its left edge; gives its width."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    left, middle = start.x(), start.y()
    width, height = pill_width(text), px(19)
    box = QRectF(left + 0.5, middle - height / 2, width - 1, height)
    draw_box(painter, box, fill=f"{tone}_bg", radius=height / 2)
    edge = color(tone)
    edge.setAlpha(60)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(edge, 1))
    painter.drawRoundedRect(box, height / 2, height / 2)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(tone))
    painter.drawEllipse(QPointF(left + 11, middle), 2.75, 2.75)
    inside = QRectF(left + 18, middle - height / 2, width, height)
    draw_text(painter, inside, text, size=12, weight=500, tone=tone, elide=False)
    return width


def key_width(text: str) -> int:
    """Measure a key chip."""
    return max(px(18), text_width(text, 11, 500) + 10)


def draw_key(
    painter: QPainter,
    right: float,
    middle: float,
    text: str,
    *,
    tone: str = "muted",
    edge: str = "line2",
) -> float:
    """Draw a key chip that ends at `right`; gives its width."""
    width, height = key_width(text), px(17)
    box = QRectF(right - width + 0.5, middle - height / 2, width - 1, height)
    draw_box(painter, box, edge=edge, radius=4)
    draw_text(painter, box, text, size=11, weight=500, tone=tone, align=CENTER, elide=False)
    return width


class PaintedWidget(QWidget):
    """A widget that draws itself in `paint`, with smooth edges already switched on."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        width: int | None = None,
        height: int | None = None,
    ) -> None:
        super().__init__(parent)
        if width is not None:
            self.setFixedWidth(width)
        if height is not None:
            self.setFixedHeight(height)
        expanding, preferred = QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred
        if width is None:
            self.setSizePolicy(expanding, preferred if height is not None else expanding)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        self.paint(painter, QRectF(self.rect()))

    def paint(self, painter: QPainter, box: QRectF) -> None:
        """Draw into `box`; subclasses fill this in."""
        raise NotImplementedError
