"""Draw a QR code as one path, black on white with its quiet zone."""

from collections.abc import Iterator, Sequence

import segno

from bpjsdesk.reports.sheet import Place, Sheet
from bpjsdesk.reports.theme import INK, MM, WHITE

_QUIET_MODULES = 4
_MASK = 4


def draw_qr(sheet: Sheet, place: Place, content: str) -> None:
    """Draw the code with its quiet zone in a square as wide as its place.

    The content must hold no name, NIK or amount: anybody can read it.
    """
    canvas, x, y, size = sheet.canvas, place.x, place.y, place.room
    if canvas is None:
        return
    # A fixed mask is as readable here and saves trying all eight.
    code = segno.make_qr(content, error="m", boost_error=False, mask=_MASK)
    rows = [bytes(row) for row in code.matrix]
    module = size / (len(rows) + 2 * _QUIET_MODULES)
    sheet.fill(x, y, size, size, colour=WHITE)
    canvas.setFillColorRGB(*INK)
    path = canvas.beginPath()
    for number, row in enumerate(rows):
        bottom = sheet.height - y - (number + 1 + _QUIET_MODULES) * module
        for start, end in _dark_stretches(row):
            left = x + (start + _QUIET_MODULES) * module
            path.rect(left * MM, bottom * MM, (end - start) * module * MM, module * MM)
    canvas.drawPath(path, stroke=0, fill=1)


def _dark_stretches(row: Sequence[int]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for place, dark in enumerate(row):
        if dark and start is None:
            start = place
        if not dark and start is not None:
            yield start, place
            start = None
    if start is not None:
        yield start, len(row)
