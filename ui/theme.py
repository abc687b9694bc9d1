"""Colours, type and the one way to put them on the application."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from bpjsdesk.resources import resource_path
from ui.qss import TEMPLATE

FONT_FAMILY = "Inter"
_FACES = ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf")
Tokens = Mapping[str, str]
"""Every colour of one theme as `#RRGGBB`, or `#RRGGBBAA`; LIGHT and DARK have equal keys."""

_PROPERTY = "bpjsdesk_theme"
_LINEAR_UP_TO = 0.03928
_DARK_BELOW = 128  # half of full lightness


LIGHT: Tokens = MappingProxyType(
    {
        "bg": "#F3F5F7",
        "surface": "#FFFFFF",
        "alt": "#F7F9FA",
        "line": "#E1E6EB",
        "line2": "#C9D2DA",
        "field": "#7D8A97",
        "text": "#17212B",
        "muted": "#566371",
        "accent": "#0A716C",
        "on": "#FFFFFF",
        "hover": "#085F5B",
        "soft": "#E3F2F0",
        "softline": "#A9D3CE",
        "ok": "#166B40",
        "ok_bg": "#E6F5EC",
        "warn": "#974406",
        "warn_bg": "#FEF1DD",
        "bad": "#B42318",
        "bad_bg": "#FDEBE9",
        "info": "#1C5A9E",
        "info_bg": "#E6F0FA",
        "grey": "#566371",
        "grey_bg": "#EBEFF3",
        "accent_bg": "#E3F2F0",
        "side": "#0F3D3E",
        "side_hi": "#1D5859",
        "side_text": "#D5E5E3",
        "side_mut": "#9CC0BC",
        "side_mark": "#8FE0D6",
        "badge": "#F2B45C",
        "badge_text": "#2B1B02",
        "track": "#E4E9EE",
        "d1": "#0A716C",
        "d2": "#79B5B0",
        "d3": "#BF7F22",
        "d4": "#5B7FB5",
        "scrim": "#0B1C1F70",
        "undo": "#A9D3CE",
    }
)

DARK: Tokens = MappingProxyType(
    {
        "bg": "#13181C",
        "surface": "#1B2228",
        "alt": "#20282F",
        "line": "#2B353D",
        "line2": "#404C57",
        "field": "#6B7A88",
        "text": "#E6EBEF",
        "muted": "#9BA8B4",
        "accent": "#2BB5AC",
        "on": "#06201E",
        "hover": "#4CC7BF",
        "soft": "#16322F",
        "softline": "#2A5D58",
        "ok": "#6FD39B",
        "ok_bg": "#143323",
        "warn": "#F2B45C",
        "warn_bg": "#3A2C14",
        "bad": "#FF8A7A",
        "bad_bg": "#3D1C19",
        "info": "#8AB8F2",
        "info_bg": "#17293F",
        "grey": "#A5B1BC",
        "grey_bg": "#29323A",
        "accent_bg": "#16322F",
        "side": "#0D1215",
        "side_hi": "#1A3331",
        "side_text": "#C6D0D7",
        "side_mut": "#84919C",
        "side_mark": "#8FE0D6",
        "badge": "#F2B45C",
        "badge_text": "#2B1B02",
        "track": "#2C363F",
        "d1": "#2BB5AC",
        "d2": "#2B827B",
        "d3": "#D9A04A",
        "d4": "#7C9FD6",
        "scrim": "#00000099",
        "undo": "#0A5E59",
    }
)

_ROLES = (
    (QPalette.ColorRole.Window, "bg"),
    (QPalette.ColorRole.Base, "surface"),
    (QPalette.ColorRole.AlternateBase, "alt"),
    (QPalette.ColorRole.Text, "text"),
    (QPalette.ColorRole.WindowText, "text"),
    (QPalette.ColorRole.ButtonText, "text"),
    (QPalette.ColorRole.Button, "surface"),
    (QPalette.ColorRole.BrightText, "bad"),
    (QPalette.ColorRole.Highlight, "accent"),
    (QPalette.ColorRole.HighlightedText, "on"),
    (QPalette.ColorRole.PlaceholderText, "muted"),
    (QPalette.ColorRole.ToolTipBase, "surface"),
    (QPalette.ColorRole.ToolTipText, "text"),
    (QPalette.ColorRole.Link, "accent"),
    (QPalette.ColorRole.LinkVisited, "accent"),
    (QPalette.ColorRole.Accent, "accent"),
    (QPalette.ColorRole.Light, "surface"),
    (QPalette.ColorRole.Midlight, "alt"),
    (QPalette.ColorRole.Mid, "line2"),
    (QPalette.ColorRole.Dark, "field"),
    (QPalette.ColorRole.Shadow, "line2"),
)
_DISABLED = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
)


class Theme:
    """Hold what the application wears now: name, colours and the user's text size.

    No data class, which takes a millisecond of the time to the login, and no tuple, which Qt
    would take for a list of values.
    """

    __slots__ = ("name", "scale", "tokens")

    def __init__(self, *, name: str, tokens: Tokens, scale: float = 1.0) -> None:
        self.name, self.tokens, self.scale = name, tokens, scale

    @property
    def is_dark(self) -> bool:
        return self.name == "dark"


@cache
def current_theme() -> Theme:
    """Give the theme of the running application; light before one is applied."""
    app = QApplication.instance()
    found = app.property(_PROPERTY) if app is not None else None
    return found if isinstance(found, Theme) else Theme(name="light", tokens=LIGHT)


def color(key: str) -> QColor:
    """Give the colour of a token, or of a literal `#RRGGBB` or `#RRGGBBAA`."""
    return QColor(_parsed(key if key[0] == "#" else current_theme().tokens[key]))


def px(size: float) -> int:
    """Scale a length that holds text by the user's text size."""
    return round(size * current_theme().scale)


def font(size: int = 13, weight: int = 400) -> QFont:
    """Make the window font: tabular figures, no hinting; `size` in px at 100 %."""
    return QFont(shared_font(px(size), weight))


@cache
def shared_font(pixels: int, weight: int) -> QFont:
    """Give the one font of this size and weight, for painting; it must not be changed."""
    made = QFont(FONT_FAMILY)
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight(weight))
    made.setFeature(QFont.Tag("tnum"), 1)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made


@cache
def shared_metrics(pixels: int, weight: int) -> QFontMetricsF:
    """Give the measures of `shared_font`."""
    return QFontMetricsF(shared_font(pixels, weight))


@cache
def _parsed(value: str) -> QColor:
    if len(value) == len("#RRGGBBAA"):
        return QColor(f"#{value[7:]}{value[1:7]}")
    return QColor(value)


def load_fonts() -> None:
    """Register the bundled faces; call once, after the application object exists."""
    for face in _FACES:
        QFontDatabase.addApplicationFont(str(resource_path("fonts", face)))


def system_theme_name(app: QApplication) -> str:
    """Ask the desktop whether it is dark; light where it does not say."""
    if app.property(_PROPERTY) is None:
        # undressed, the application still wears the desktop's own palette; naming the colour
        # scheme would load all of the Qt names before the login
        is_dark = app.palette().color(QPalette.ColorRole.Window).lightness() < _DARK_BELOW
    else:
        is_dark = app.styleHints().colorScheme().name == "Dark"
    return "dark" if is_dark else "light"


def apply_theme(app: QApplication, name: str = "light", *, scale: float = 1.0) -> Theme:
    """Dress the application in "light", "dark" or "system"; may be called again at any time.

    The style below it is Fusion, which `ui.app` names when it makes the application.
    """
    chosen = system_theme_name(app) if name == "system" else name
    tokens = DARK if chosen == "dark" else LIGHT
    theme = Theme(name=chosen, tokens=tokens, scale=scale)
    app.setProperty(_PROPERTY, theme)
    current_theme.cache_clear()  # painting asks for it thousands of times a frame
    app.setFont(font())
    app.setPalette(_palette(tokens))
    app.setStyleSheet(_style_sheet(theme))
    return theme


def set_state(widget: QWidget, name: str, value: str) -> None:
    """Set a style property such as `state` and let the style sheet see it at once."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def contrast(first: str, second: str) -> float:
    """Give the WCAG 2 contrast ratio of two tokens or literals."""
    low, high = sorted((_luminance(color(first)), _luminance(color(second))))
    return (high + 0.05) / (low + 0.05)


def _luminance(shade: QColor) -> float:
    parts = [
        part / 12.92 if part <= _LINEAR_UP_TO else ((part + 0.055) / 1.055) ** 2.4
        for part in (shade.redF(), shade.greenF(), shade.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def _palette(tokens: Tokens) -> QPalette:
    # no `color` here: copying a colour loads all of the Qt names, a tenth of the time to the login
    palette = QPalette()
    for role, key in _ROLES:
        palette.setColor(role, _parsed(tokens[key]))
    for role in _DISABLED:
        palette.setColor(QPalette.ColorGroup.Disabled, role, _parsed(tokens["muted"]))
    return palette


def _style_sheet(theme: Theme) -> str:
    lengths = {f"h{size}": str(px(size)) for size in (18, 20, 22, 24, 26, 28, 30)}
    icons = resource_path("icons", "qss").as_posix()
    return TEMPLATE.format(theme=theme.name, icons=icons, **theme.tokens, **lengths)
