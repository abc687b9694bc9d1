"""Fonts, type roles, colours and line widths of every printed page.

Lengths are millimetres from the top left corner of the sheet, type sizes are points.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from bpjsdesk.resources import resource_path

MM = 72 / 25.4
"""Points in a millimetre."""

REGULAR = "IBMPlexSans-Regular"
MEDIUM = "IBMPlexSans-Medium"
SEMIBOLD = "IBMPlexSans-SemiBold"
BOLD = "IBMPlexSans-Bold"
ITALIC = "IBMPlexSans-Italic"
CONDENSED = "IBMPlexSansCondensed-Regular"
CONDENSED_SEMIBOLD = "IBMPlexSansCondensed-SemiBold"
FACES = (REGULAR, MEDIUM, SEMIBOLD, BOLD, ITALIC, CONDENSED, CONDENSED_SEMIBOLD)

Colour = tuple[float, float, float]
# Text is pure black: a mono laser printer has no halftone in it.
INK: Colour = (0.0, 0.0, 0.0)
MUTED: Colour = (0.30, 0.30, 0.30)
RULE: Colour = (0.45, 0.45, 0.45)
HAIR: Colour = (0.74, 0.74, 0.74)
TROUGH: Colour = (0.88, 0.90, 0.90)
WHITE: Colour = (1.0, 1.0, 1.0)
# One accent and its soft step; they print as 62 % and 25 % grey without colour.
ACCENT: Colour = (0x0A / 255, 0x71 / 255, 0x6C / 255)
ACCENT_SOFT: Colour = (0xA9 / 255, 0xCB / 255, 0xC8 / 255)

# Line widths in points.
HAIRLINE, THIN, MIDDLE, STRONG, KOP_RULE = 0.3, 0.5, 0.8, 1.4, 1.6

COLUMNS, GUTTER = 12, 4.0


class _Advances(dict[str, float]):
    """Widths by character for size 1, in millimetres; unknown characters take the default."""

    def __init__(self, widths: Mapping[int, float], default: float) -> None:
        super().__init__({chr(code): width / 1000 / MM for code, width in widths.items()})
        self._default = default / 1000 / MM

    def __missing__(self, _character: str) -> float:
        return self._default


@cache
def register_fonts() -> Mapping[str, Mapping[str, float]]:
    """Register the bundled faces once in this process and return their advance widths."""
    advances: dict[str, Mapping[str, float]] = {}
    for name in FACES:
        font = TTFont(name, str(resource_path("fonts", f"{name}.ttf")))
        pdfmetrics.registerFont(font)
        advances[name] = _Advances(font.face.charWidths, font.face.defaultWidth)
    # Otherwise ReportLab names an unembedded Helvetica in every page's resources.
    rl_config.canvas_basefontname = REGULAR
    # Binary streams: a fifth smaller, and the encoding took a tenth of a long list's time.
    rl_config.useA85 = 0
    return advances


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A face with size and lead in points; `strong` is the face of emphasised runs."""

    face: str
    size: float
    lead: float
    colour: Colour = INK
    tracking: float = 0.0
    strong: str = SEMIBOLD

    @property
    def lead_mm(self) -> float:
        """Return the distance of two baselines in millimetres."""
        return self.lead / MM

    def width(self, text: str) -> float:
        """Return the width of a text in millimetres."""
        return text_width(text, self.face, self.size) + self.tracking * len(text) / MM

    def sized(self, size: float) -> "Role":
        """Return this role at another size, with its lead in proportion."""
        return replace(self, size=size, lead=self.lead * size / self.size)

    def coloured(self, colour: Colour) -> "Role":
        """Return this role in another colour."""
        return replace(self, colour=colour)

    def faced(self, face: str) -> "Role":
        """Return this role in another face."""
        return replace(self, face=face)


def text_width(text: str, face: str, size: float) -> float:
    """Return the width of a text in millimetres."""
    return sum(map(register_fonts()[face].__getitem__, text)) * size


TITLE = Role(face=SEMIBOLD, size=16, lead=19.5)
TITLE_LONG = Role(face=SEMIBOLD, size=13, lead=16)
TITLE_DENSE = Role(face=SEMIBOLD, size=10.8, lead=13.4)
FIGURE = Role(face=SEMIBOLD, size=15.5, lead=18)
SECTION = Role(face=SEMIBOLD, size=9.5, lead=12.5, colour=ACCENT)
LEAD_IN = Role(face=REGULAR, size=9.6, lead=13.4)
BODY = Role(face=REGULAR, size=9, lead=12.6)
SMALL = Role(face=REGULAR, size=8, lead=11)
IN_WORDS = Role(face=ITALIC, size=8, lead=11)
CELL = Role(face=REGULAR, size=8.4, lead=10.8)
CELL_DENSE = Role(face=CONDENSED, size=8.6, lead=10.6, strong=CONDENSED_SEMIBOLD)
TABLE_HEAD = Role(face=SEMIBOLD, size=7.3, lead=9, colour=MUTED)
LABEL = Role(face=MEDIUM, size=7.6, lead=10.8, colour=MUTED)
NOTE = Role(face=REGULAR, size=7.2, lead=9.6, colour=MUTED)
FOOTER = Role(face=REGULAR, size=6.8, lead=8.8, colour=MUTED)
EYEBROW = Role(face=SEMIBOLD, size=7.6, lead=10, colour=ACCENT, tracking=0.75)
