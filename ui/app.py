"""Start the window: the one place where the parts are put together.

Heavy libraries are imported only after the login window has shown, by `_warm_up` in a thread.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from bpjsdesk.clock import Clock, system_clock
from bpjsdesk.errors import EnvironmentProblem
from bpjsdesk.paths import AppPaths, default_paths
from bpjsdesk.progress import CancelToken, ProgressSink
from ui.appearance import Appearance
from ui.changes import ChangeBus
from ui.i18n import _, install_qt_words
from ui.tasks import TaskRunner
from ui.theme import load_fonts

if TYPE_CHECKING:
    from bpjsdesk.services.context import AppContext
    from ui.main_window import MainWindow

_USAGE = "bpjsdesk [--data DIR] [--light | --dark]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command line may say."""

    data: Path | None = None
    theme: str = ""


class Desk(QObject):
    """Hold what lives as long as the application and hand the window from page to page."""

    def __init__(self, app: QApplication, options: Options, clock: Clock = system_clock) -> None:
        super().__init__(app)
        self._app, self._options, self._clock = app, options, clock
        self._paths = AppPaths(options.data) if options.data else default_paths()
        self.runner = TaskRunner(self)
        self.changes = ChangeBus(self)
        self._appearance = self._load_appearance()
        self._start: QWidget | None = None
        self._context: AppContext | None = None
        self.window: MainWindow | None = None
        app.aboutToQuit.connect(self.shut_down)

    @property
    def start_page(self) -> QWidget | None:
        """The login or first-start page, while one is shown."""
        return self._start

    def begin(self) -> None:
        """Show the login, or the first start where there is no office yet."""
        if self._paths.keys.exists() or self._paths.keys_copy.exists():
            self._show_login()
        else:
            self._show_first_start()
        # a timer of 0 fires after the first paint, so the imports do not delay the window
        QTimer.singleShot(0, self._warm_up)

    def open_page(self, key: str, record_id: int | None = None) -> None:
        """Go to a page of the main window; fits `PageContext.open_page`."""
        if self.window is not None:
            self.window.open_page(key, record_id)

    def shut_down(self) -> None:
        """Stop the threads first, then let go of the office's file."""
        self.runner.shutdown()
        self._close_office()

    def _load_appearance(self) -> Appearance:
        made = Appearance(self._app, self._paths.window_state, forced_theme=self._options.theme)
        made.apply()
        return made

    def _show_login(self) -> None:
        from ui.start.login import LoginPage

        page = LoginPage(self._paths, self.runner, clock=self._clock, state=self._appearance.state)
        page.opened.connect(self._on_office_opened)
        page.folder_chosen.connect(self._on_folder_chosen)
        self._show_start(page)
        page.focus_first()

    def _show_first_start(self) -> None:
        from ui.start.first_start import FirstStartPage

        page = FirstStartPage(self._paths, self.runner, clock=self._clock)
        page.opened.connect(self._on_office_opened)
        page.folder_chosen.connect(self._on_folder_chosen)
        self._show_start(page)
        page.focus_first()

    def _show_start(self, page: QWidget) -> None:
        self._drop_start()
        self._start = page
        page.setWindowTitle("BPJS Desk")
        page.resize(1366, 768)
        page.show()

    def _drop_start(self) -> None:
        if self._start is not None:
            self._start.hide()
            self._start.deleteLater()
            self._start = None

    def _warm_up(self) -> None:
        self.runner.read(_import_heavy_parts)

    def _on_folder_chosen(self, folder: str) -> None:
        self._paths = AppPaths(Path(folder))
        self._appearance = self._load_appearance()
        self.begin()

    def _on_office_opened(self, context: "AppContext") -> None:
        from bpjsdesk.services.office import get_office
        from ui.main_window import make_main_window
        from ui.page import PageContext
        from ui.pages.registry import page_entries

        self._context = context
        office = get_office(context).name
        self._remember_login(context, office)
        page_context = PageContext(
            app=context,
            runner=self.runner,
            changes=self.changes,
            appearance=self._appearance,
            open_page=self.open_page,
        )
        self.window = make_main_window(page_context, page_entries(), office=office)
        self.window.lock_requested.connect(self._on_window_lock_requested)
        self.window.closed.connect(self._app.quit)
        self.window.show()
        self._drop_start()

    def _remember_login(self, context: "AppContext", office: str) -> None:
        try:
            self._appearance.remember_login(
                office=office, user=context.user.name, opened_at=self._clock().isoformat()
            )
        except EnvironmentProblem as problem:
            from ui.errors import show_error

            show_error(self._start, problem)

    def _on_window_lock_requested(self) -> None:
        self._show_login()
        if self.window is not None:
            self.window.deleteLater()
            self.window = None
        self._close_office()

    def _close_office(self) -> None:
        if self._context is not None:
            self._context.close()
            self._context = None


def main(argv: list[str] | None = None) -> int:
    """Run the window until it is closed; gives the exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    options = read_options(arguments)
    if options is None:
        sys.stderr.write(f"{_USAGE}\n")
        return 2
    app = make_application()
    sys.excepthook = _show_uncaught
    desk = Desk(app, options)
    desk.begin()
    return app.exec()


def make_application() -> QApplication:
    """Make the application object with fonts and Indonesian words, without a look yet."""
    app = QApplication.instance() or QApplication(["bpjsdesk"])
    if not isinstance(app, QApplication):
        raise TypeError(_("Program ini memerlukan layar."))
    app.setApplicationName("BPJS Desk")
    app.setQuitOnLastWindowClosed(True)
    install_qt_words(app)
    load_fonts()
    return app


def read_options(arguments: list[str]) -> Options | None:
    """Read the few options; None when they are wrong.

    Read by hand: argparse would take a tenth of the time to the first window.
    """
    data, theme = None, ""
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word == "--data" and rest:
            data = Path(rest.pop(0))
        elif word in ("--light", "--dark"):
            theme = word.removeprefix("--")
        else:
            return None
    return Options(data=data, theme=theme)


def _show_uncaught(
    kind: type[BaseException], problem: BaseException, trace: TracebackType | None
) -> None:
    from ui.errors import show_uncaught

    show_uncaught(kind, problem, trace)


def _import_heavy_parts(_progress: ProgressSink, _cancel: CancelToken) -> None:
    import ui.pages.registry  # noqa: F401
