"""No part of a fresh window lies outside the screen."""

import pytest
from PySide6.QtCore import QSize

from ui.screen import needs_whole_screen

FRESH = QSize(1366, 768)


@pytest.mark.parametrize(
    ("width", "height", "whole"),
    [
        (1366, 728, True),  # the common small laptop, less its task bar
        (1280, 680, True),  # a full-HD screen at 150 %
        (1280, 984, True),
        (1440, 860, False),
        (1920, 1040, False),
    ],
)
def test_a_window_too_large_for_the_screen_fills_it(width: int, height: int, whole: bool) -> None:
    assert needs_whole_screen(FRESH, QSize(width, height)) is whole
