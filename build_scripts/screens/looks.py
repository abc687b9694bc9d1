"""The looks in which the scenes are played: theme, size of the window, size of a pixel."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the window is dressed; `factor` is what the desktop enlarges by."""

    key: str
    suffix: str
    theme: str = "light"
    width: int = 1366
    height: int = 768
    factor: float = 1.0
    main_only: bool = False


LOOKS = (
    Look(key="light", suffix=""),
    Look(key="dark", suffix="-dark", theme="dark"),
    Look(key="1.5", suffix="@1.5", factor=1.5),
    # what Windows leaves above its task bar
    Look(key="690", suffix="-690", height=690, main_only=True),
)


def look_of(key: str) -> Look:
    """Give the look of a key. Raises: KeyError."""
    return {look.key: look for look in LOOKS}[key]
