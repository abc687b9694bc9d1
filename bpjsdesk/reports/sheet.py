"""A sheet to draw on in millimetres from the top left corner, or only to measure with."""

from collections.abc import Iterable
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from bpjsdesk.domain.report_values import Paper
from bpjsdesk.reports.text import Line, Rich, one_line, settle, shrink, two_lines
from bpjsdesk.reports.theme import (
    ACCENT,
    COLUMNS,
    GUTTER,
    HAIR,
    HAIRLINE,
    MIDDLE,
    MM,
    NOTE,
    SECTION,
    TROUGH,
    Colour,
    Role,
)

# Left and right margins; the text column is 170 mm on both papers.
_MARGINS = {Paper.A4: (22.0, 18.0), Paper.F4: (25.0, 20.0)}
_FOOT_MM = 19.0


@dataclass(frozen=True, slots=True)
class Layout:
    """How roomy a page is: `air` scales gaps and rows, `zoom` the whole page."""

    air: float = 1.0
    zoom: float = 1.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a part may stand: left edge, top and width in millimetres."""

    x: float
    y: float
    room: float


class Sheet:
    """The page being drawn; without a canvas the same calls only measure.

    `spare_mm` is what the block being drawn may use on top of its least height.
    """

    def __init__(self, canvas: Canvas | None, paper: Paper, layout: Layout) -> None:
        self.canvas = canvas
        self.paper = paper
        self.layout = layout
        self.spare_mm = 0.0
        self.width, self.height = paper.width_mm / layout.zoom, paper.height_mm / layout.zoom
        left, right = (margin / layout.zoom for margin in _MARGINS[paper])
        self.left, self.right = left, self.width - right
        self.column = self.right - self.left
        self.bottom = self.height - _FOOT_MM

    def air(self, mm: float) -> float:
        """Return a gap scaled by the air of this layout."""
        return mm * self.layout.air

    def x(self, column: float) -> float:
        """Return where a column of the grid begins."""
        return self.left + column * (self.column + GUTTER) / COLUMNS

    def span(self, columns: float) -> float:
        """Return the width of some columns of the grid."""
        return columns * (self.column + GUTTER) / COLUMNS - GUTTER

    def begin_page(self) -> None:
        """Start a page; every page has to be scaled anew."""
        if self.canvas:
            self.canvas.scale(self.layout.zoom, self.layout.zoom)

    def text(
        self,
        x: float,
        y: float,
        raw: str,
        role: Role,
        *,
        align: str = "l",
        room: float | None = None,
    ) -> float:
        """Draw one line at baseline `y`, smaller if it would exceed `room`; return its width."""
        words = one_line(raw)
        if room is not None:
            role = shrink(words, role, room)
        width = role.width(words)
        if self.canvas and words:
            start = x - {"l": 0.0, "c": width / 2, "r": width}[align]
            self._put(start, y, ((words, role.face),), role)
        return width

    def lines(
        self, x: float, y: float, lines: Iterable[Line], role: Role, *, align: str = "l"
    ) -> float:
        """Draw wrapped lines from baseline `y`; return the baseline after the last one.

        Right-aligned lines end at `x`.
        """
        for line in lines:
            if self.canvas and line.pieces:
                start = x - {"l": 0.0, "c": line.width / 2, "r": line.width}[align]
                self._put(start, y, line.pieces, role)
            y += role.lead_mm
        return y

    def para(self, x: float, y: float, room: float, rich: Rich, *, role: Role) -> float:
        """Draw wrapped text from baseline `y`; return the baseline after the last line."""
        return self.lines(x, y, settle(rich, role, room), role)

    def tight(self, x: float, y: float, room: float, raw: str, *, role: Role) -> None:
        """Draw a text of any length in a place of fixed height, never cut."""
        for line in two_lines(one_line(raw), role, room):
            self.text(x, y + line.shift, line.text, role.sized(line.size))

    def line(
        self,
        x1: float,
        y1: float,
        x2: float,
        y2: float | None = None,
        *,
        weight: float = HAIRLINE,
        colour: Colour = HAIR,
    ) -> None:
        """Draw a rule; `weight` in points."""
        if self.canvas is None:
            return
        self.canvas.setLineWidth(weight)
        self.canvas.setStrokeColorRGB(*colour)
        end = y1 if y2 is None else y2
        self.canvas.line(x1 * MM, (self.height - y1) * MM, x2 * MM, (self.height - end) * MM)

    def fill(self, x: float, y: float, width: float, height: float, *, colour: Colour) -> None:
        """Fill a rectangle whose top left corner is given."""
        if self.canvas is None or width <= 0 or height <= 0:
            return
        self.canvas.setFillColorRGB(*colour)
        corner = (x * MM, (self.height - y - height) * MM)
        self.canvas.rect(*corner, width * MM, height * MM, stroke=0, fill=1)

    def section(self, place: Place, heading: str, *, note: str = "") -> float:
        """Draw a heading on its rule; return where the rule is."""
        x, y, room = place.x, place.y + 3.1, place.room
        beside = NOTE.width(one_line(note)) + 4 if note else 0.0
        beside = min(beside, room * 0.4)
        self.text(x, y, heading, SECTION, room=room - beside)
        if note:
            self.text(x + room, y, note, NOTE, align="r", room=beside - 4)
        self.line(x, y + 1.7, x + room, weight=MIDDLE, colour=ACCENT)
        return y + 1.7

    def share_bar(self, x: float, y: float, width: float, height: float, *, share: float) -> None:
        """Draw a trough filled to a share between 0 and 1."""
        self.fill(x, y, width, height, colour=TROUGH)
        self.fill(x, y, width * min(max(share, 0.0), 1.0), height, colour=ACCENT)

    def _put(self, x: float, y: float, pieces: tuple[tuple[str, str], ...], role: Role) -> None:
        canvas = self.canvas
        if canvas is None:
            return
        canvas.setFillColorRGB(*role.colour)
        pen = canvas.beginText(x * MM, (self.height - y) * MM)
        if role.tracking:
            pen.setCharSpace(role.tracking)
        for words, face in pieces:
            pen.setFont(face, role.size, role.lead)
            pen.textOut(words)
        if role.tracking:
            pen.setCharSpace(0)
        canvas.drawText(pen)


def baseline(role: Role) -> float:
    """Return how far below its top the first baseline of a text in this role lies, in mm."""
    return role.size * 0.72 / MM
