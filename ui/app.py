"""Start the window: options, application object and the first paint; the rest comes after it."""

import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from bpjsdesk.paths import AppPaths, default_paths
from ui.start.window import StartWindow
from ui.window_state import load_window_state

if TYPE_CHECKING:
    from ui.desk import Desk

_USAGE = "bpjsdesk [--data DIR] [--light | --dark]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the command line may say."""

    data: Path | None = None
    theme: str = ""


def main(argv: list[str] | None = None) -> int:
    """Run the window until it is closed; gives the exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    options = read_options(arguments)
    if options is None:
        sys.stderr.write(f"{_USAGE}\n")
        return 2
    app = QApplication(["bpjsdesk"])
    sys.excepthook = _show_uncaught
    paths = AppPaths(options.data) if options.data else default_paths()
    start = StartWindow(options.theme or load_window_state(paths.window_state).theme)
    start.painted.connect(partial(begin, app, start, options))
    start.show()
    return app.exec()


def begin(app: QApplication, start: StartWindow, options: Options) -> "Desk":
    """Fill the start window that is on the screen already."""
    from ui.desk import Desk
    from ui.i18n import install_qt_words
    from ui.theme import load_fonts

    app.setApplicationName("BPJS Desk")
    install_qt_words(app)
    load_fonts()
    desk = Desk(app, start, options)
    desk.begin()
    return desk


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
