"""Draw resources/icons/app.svg into app.ico, which the executables and the installers carry."""

import os
import struct
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DRAWING = ROOT / "resources" / "icons" / "app.svg"
ICON = DRAWING.with_suffix(".ico")
SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
# Older parts of Windows, and NSIS, read PNG in an icon for the largest size only.
_PNG_FROM = 256


def main() -> int:
    """Write the icon."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtGui import QGuiApplication

    app = QGuiApplication([])
    ICON.write_bytes(icon({size: _drawn(size) for size in SIZES}))
    app.quit()
    return 0


def icon(pictures: dict[int, bytes]) -> bytes:
    """Join pictures, each by its side in pixels, to a Windows icon file."""
    place = 6 + 16 * len(pictures)
    heads, bodies = [struct.pack("<3H", 0, 1, len(pictures))], []
    for size, body in pictures.items():
        side = size % 256  # the format writes 256 as 0
        heads.append(struct.pack("<4B2H2I", side, side, 0, 0, 1, 32, len(body), place))
        bodies.append(body)
        place += len(body)
    return b"".join([*heads, *bodies])


def _drawn(size: int) -> bytes:
    from PySide6.QtCore import QBuffer
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    if size < _PNG_FROM:
        return _bitmap(bytes(picture.constBits()), size)
    buffer = QBuffer()
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # PySide6's types know bytes only
    return bytes(buffer.data().data())


def _bitmap(rows: bytes, size: int) -> bytes:
    """Write BGRA rows, top first, as a bitmap of an icon: bottom first, and a mask after it."""
    # twice as high: the mask counts as the lower half, empty since the pixels carry their alpha
    head = struct.pack("<I2i2H6I", 40, size, size * 2, 1, 32, 0, 0, 0, 0, 0, 0)
    line = size * 4
    upward = [rows[at : at + line] for at in range((size - 1) * line, -1, -line)]
    mask = bytes((size + 31) // 32 * 4 * size)
    return b"".join([head, *upward, mask])


if __name__ == "__main__":
    sys.exit(main())
