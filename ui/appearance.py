"""The user's choice of theme and text size, kept between starts."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from ui.theme import apply_theme
from ui.window_state import load_window_state, save_window_state, with_geometry

THEMES = ("system", "light", "dark")
SCALES = (0.9, 1.0, 1.15, 1.3)


class Appearance(QObject):
    """Hold the window state of one office and put its look on the application.

    Signals: changed() after the theme or the text size was changed.
    """

    changed = Signal()

    def __init__(self, app: QApplication, path: Path, *, forced_theme: str = "") -> None:
        super().__init__(app)
        self._app, self._path, self._forced = app, path, forced_theme
        self.state = load_window_state(path)

    @property
    def theme(self) -> str:
        """One of `THEMES`."""
        return self.state.theme

    @property
    def scale(self) -> float:
        """One of `SCALES`."""
        return self.state.scale

    def apply(self) -> None:
        """Dress the application as chosen."""
        apply_theme(self._app, self._forced or self.state.theme, scale=self.state.scale)

    def choose(self, *, theme: str, scale: float) -> None:
        """Change the look now and for later starts.

        Raises: EnvironmentProblem when the choice cannot be kept; the look is changed anyway.
        """
        self._forced = ""
        self.state = self.state._replace(theme=theme, scale=scale)
        self.apply()
        self.changed.emit()
        self._save()

    def remember_login(self, *, office: str, user: str, opened_at: str) -> None:
        """Note who opened which office when, for the next login. Raises: EnvironmentProblem."""
        self.state = self.state._replace(office=office, last_user=user, last_opened_at=opened_at)
        self._save()

    def remember_geometry(self, geometry: bytes) -> None:
        """Raises: EnvironmentProblem."""
        self.state = with_geometry(self.state, geometry)
        self._save()

    def _save(self) -> None:
        save_window_state(self._path, self.state)
