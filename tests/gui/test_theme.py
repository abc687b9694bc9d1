"""The two themes are readable and complete."""

import pytest
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication

from bpjsdesk.resources import resource_path
from ui.theme import DARK, LIGHT, apply_theme, color, contrast, font, px

GROUNDS = ("surface", "alt", "bg")
STATES = ("ok", "warn", "bad", "info", "grey")
TEXT_PAIRS = [
    *((ink, ground) for ink in ("text", "muted", "accent", *STATES[:4]) for ground in GROUNDS),
    *((state, f"{state}_bg") for state in STATES),
    *(("text", f"{state}_bg") for state in (*STATES, "accent")),
    ("accent", "soft"),
    ("text", "soft"),
    ("muted", "soft"),
    ("warn", "soft"),
    ("bad", "soft"),
    ("on", "accent"),
    ("on", "hover"),
    ("side_text", "side"),
    ("side_mut", "side"),
    ("side_text", "side_hi"),
    ("muted", "track"),
    ("badge_text", "badge"),
    ("undo", "text"),
]
GRAPHIC_PAIRS = [
    ("field", "surface"),
    ("field", "bg"),
    ("accent", "surface"),
    ("d1", "surface"),
    ("d3", "surface"),
    ("d4", "surface"),
]


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_stands_out_from_every_ground(dressed_app: QApplication, name: str) -> None:
    apply_theme(dressed_app, name)
    faint = {pair: contrast(*pair) for pair in TEXT_PAIRS if contrast(*pair) < 5.0}
    assert faint == {}


@pytest.mark.parametrize("name", ["light", "dark"])
def test_edges_and_chart_colours_can_be_told_apart(dressed_app: QApplication, name: str) -> None:
    apply_theme(dressed_app, name)
    faint = {pair: contrast(*pair) for pair in GRAPHIC_PAIRS if contrast(*pair) < 3.0}
    assert faint == {}
    assert contrast("d1", "d2") > 1.8


def test_both_themes_name_the_same_colours() -> None:
    assert LIGHT.keys() == DARK.keys()


@pytest.mark.parametrize(
    ("theme", "tokens"), [("light", LIGHT), ("dark", DARK)], ids=["light", "dark"]
)
def test_marks_of_the_style_sheet_have_the_colours_of_their_theme(
    theme: str, tokens: dict[str, str]
) -> None:
    folder = resource_path("icons", "qss")
    assert tokens["muted"] in (folder / f"chevron-{theme}.svg").read_text("utf-8")
    assert tokens["on"] in (folder / f"tick-{theme}.svg").read_text("utf-8")


@pytest.mark.parametrize("weight", [400, 500, 600])
def test_each_weight_is_a_bundled_face(dressed_app: QApplication, weight: int) -> None:
    info = QFontInfo(font(13, weight))
    assert (info.family(), info.weight()) == ("Inter", weight)


def test_text_size_scales_fonts_and_the_lengths_that_hold_text(dressed_app: QApplication) -> None:
    apply_theme(dressed_app, "light", scale=1.3)
    assert font(20).pixelSize() == 26
    assert px(30) == 39


def test_half_transparent_literals_are_understood() -> None:
    shade = color("#0B1C1F70")
    assert (shade.red(), shade.alpha()) == (0x0B, 0x70)
