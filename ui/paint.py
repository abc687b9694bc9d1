"""Small drawing steps that painted widgets and table delegates share."""

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
    """Draw one line inside `box`; too long a line ends in an ellipsis unless `elide` is off.

    Drawn at a point and not into a box, which takes Qt half the time: tables draw hundreds.
    """
    pixels = px(size)
    metrics = shared_metrics(pixels, weight)
    width = box.width()
    if elide and len(text) * pixels * _WIDEST_USUAL > width:
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width + 1)
    left = box.x()
    if align is not LEFT:
        free = width - metrics.horizontalAdvance(text)
        if align & Qt.AlignmentFlag.AlignRight:
            left += free
        elif align & Qt.AlignmentFlag.AlignHCenter:
            left += free / 2
    rise = (box.height() + metrics.ascent() - metrics.descent()) / 2
    painter.setFont(shared_font(pixels, weight))
    painter.setPen(color(tone))
    painter.drawText(QPointF(left, box.y() + rise), text)


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
