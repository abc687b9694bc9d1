"""Tabler outlines as pixmaps in any colour, sharp at every scale."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPixmap, QPixmapCache

from bpjsdesk.resources import resource_path
from ui.theme import color

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon


def icon_pixmap(name: str, tone: str = "text", *, size: int = 16, stroke: float = 1.75) -> QPixmap:
    """Draw one icon of `resources/icons` in a token's colour; `size` in logical pixels."""
    shade = color(tone).name()
    ratio = _pixel_ratio()
    cache_key = f"bpjsdesk/{name}/{shade}/{size}/{stroke}/{ratio}"
    found = QPixmap()
    if QPixmapCache.find(cache_key, found):
        return found
    drawn = _draw(_svg(name, shade, stroke), size, ratio)
    QPixmapCache.insert(cache_key, drawn)
    return drawn


def make_icon(name: str, tone: str = "text", *, size: int = 16) -> "QIcon":
    """Wrap one icon for a button or a menu."""
    # imported here: QIcon brings the names of all theme icons, and no icon is in the first frame
    from PySide6.QtGui import QIcon  # noqa: PLC0415

    icon = QIcon(icon_pixmap(name, tone, size=size))
    icon.addPixmap(icon_pixmap(name, "muted", size=size), QIcon.Mode.Disabled)
    return icon


def program_icon() -> "QIcon":
    """Draw the program's own sign for window frames and the taskbar, in every size they show."""
    from PySide6.QtGui import QIcon  # noqa: PLC0415 - see make_icon

    drawing = resource_path("icons", "app.svg").read_bytes()
    icon = QIcon()
    for size in (16, 20, 24, 32, 48, 64, 256):
        icon.addPixmap(_draw(drawing, size, 1.0))
    return icon


def _svg(name: str, shade: str, stroke: float) -> bytes:
    text = resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    text = text.replace("currentColor", shade)
    return text.replace('stroke-width="2"', f'stroke-width="{stroke}"').encode()


def _draw(svg: bytes, size: int, ratio: float) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415 - no icon is in the first frame

    side = round(size * ratio)
    pixmap = QPixmap(QSize(side, side))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg)).render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def _pixel_ratio() -> float:
    # never below 2, so that a window moved to a finer screen stays sharp
    app = QGuiApplication.instance()
    return max(2.0, app.devicePixelRatio()) if isinstance(app, QGuiApplication) else 2.0
