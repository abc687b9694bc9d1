"""What lives as long as the application, and the way from login to main window and back.

Heavy libraries are imported only after the login has shown, by `_warm_up` in a thread.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from bpjsdesk.clock import Clock, system_clock
from bpjsdesk.errors import EnvironmentProblem
from bpjsdesk.paths import AppPaths, default_paths
from ui.app import Options
from ui.appearance import Appearance
from ui.changes import ChangeBus
from ui.collector import Collector
from ui.screen import show_whole
from ui.start.window import StartWindow
from ui.tasks import TaskRunner

if TYPE_CHECKING:
    from bpjsdesk.progress import CancelToken, ProgressSink
    from bpjsdesk.services.context import AppContext
    from ui.main_window import MainWindow
    from ui.start.first_start import FirstStartPage
    from ui.start.login import LoginPage

_WARM_UP_AFTER_MS = 20


class Desk(QObject):
    """Hold what lives as long as the application and hand the window from page to page."""

    def __init__(
        self, app: QApplication, start: StartWindow, options: Options, clock: Clock = system_clock
    ) -> None:
        super().__init__(app)
        self._app, self._start, self._options, self._clock = app, start, options, clock
        self._paths = AppPaths(options.data) if options.data else default_paths()
        self.runner = TaskRunner(self)
        self.changes = ChangeBus(self)
        self._collector = Collector(self, self.runner)
        self._appearance = self._load_appearance()
        self._context: AppContext | None = None
        self.window: MainWindow | None = None
        self._built_scale = 1.0
        app.aboutToQuit.connect(self.shut_down)
        start.painted.connect(self._on_start_painted)

    def begin(self) -> None:
        """Show the login, or the first start where there is no office yet."""
        self._show_start()

    def open_page(self, key: str, record_id: int | None = None) -> None:
        """Go to a page of the main window; fits `PageContext.open_page`."""
        if self.window is not None:
            self.window.open_page(key, record_id)

    def shut_down(self) -> None:
        """Stop the threads first, then let go of the office's file."""
        self.runner.shutdown()
        self._collector.stop()
        self._close_office()

    def _load_appearance(self) -> Appearance:
        made = Appearance(self._app, self._paths.window_state, forced_theme=self._options.theme)
        made.apply()
        made.changed.connect(self._on_appearance_changed)
        return made

    def _show_start(self) -> None:
        known = self._paths.keys.exists() or self._paths.keys_copy.exists()
        page = self._login_page() if known else self._first_start_page()
        page.opened.connect(self._on_office_opened)
        page.folder_chosen.connect(self._on_folder_chosen)
        self._start.show_page(page)
        page.focus_first()

    def _login_page(self) -> "LoginPage":
        from ui.start.login import LoginPage  # noqa: PLC0415 - only one of the two is needed

        state = self._appearance.state
        return LoginPage(self._paths, self.runner, clock=self._clock, state=state)

    def _first_start_page(self) -> "FirstStartPage":
        from ui.start.first_start import FirstStartPage  # noqa: PLC0415 - as above

        return FirstStartPage(self._paths, self.runner, clock=self._clock)

    def _warm_up(self) -> None:
        from ui.icons import program_icon  # noqa: PLC0415 - see _on_start_painted

        self._app.setWindowIcon(program_icon())
        self.runner.read(_import_heavy_parts).finished.connect(self._collector.settle)

    def _on_start_painted(self) -> None:
        # imports and drawing would delay the first frame, and the icons and keys that follow it
        QTimer.singleShot(_WARM_UP_AFTER_MS, self._warm_up)

    def _on_folder_chosen(self, folder: str) -> None:
        self._paths = AppPaths(Path(folder))
        self._appearance = self._load_appearance()
        self.begin()

    def _on_office_opened(self, context: "AppContext") -> None:
        self._context = context
        self._remember_login(context, self._show_main_window(context))
        self._start.hide()

    def _show_main_window(self, context: "AppContext") -> str:
        """Build and show the main window; gives the office's name."""
        from ui.office_window import make_office_window  # noqa: PLC0415 - brings every page

        opened = make_office_window(
            context,
            runner=self.runner,
            changes=self.changes,
            appearance=self._appearance,
            open_page=self.open_page,
        )
        self._built_scale = self._appearance.scale
        self.window = opened.window
        self.window.lock_requested.connect(self._on_window_lock_requested)
        self.window.closed.connect(self._app.quit)
        show_whole(self.window)
        self.window.build_rest_when_idle()
        return opened.office

    def _on_appearance_changed(self) -> None:
        # colours follow by themselves; another text size needs widgets of other measures
        if self.window is not None and self._appearance.scale != self._built_scale:
            QTimer.singleShot(0, self._rebuild_window)

    def _rebuild_window(self) -> None:
        old = self.window
        if old is None or self._context is None:
            return
        self._show_main_window(self._context)
        self.open_page(old.current_key)
        old.hide()
        old.deleteLater()

    def _remember_login(self, context: "AppContext", office: str) -> None:
        try:
            self._appearance.remember_login(
                office=office, user=context.user.name, opened_at=self._clock().isoformat()
            )
        except EnvironmentProblem as problem:
            from ui.errors import show_error  # noqa: PLC0415 - loads what only errors need

            show_error(self._start, problem)

    def _on_window_lock_requested(self) -> None:
        self._show_start()
        if self.window is not None:
            self.window.deleteLater()
            self.window = None
        self._close_office()

    def _close_office(self) -> None:
        if self._context is not None:
            self._context.close()
            self._context = None


def _import_heavy_parts(_progress: "ProgressSink", _cancel: "CancelToken") -> None:
    import ui.office_window  # noqa: F401, PLC0415 - this is the heavy import, in its thread
