"""Start the window: options, application object and the first page.

Nothing but the standard library and the version is imported at the top, so that `main` can prepare
the loading.
"""

import gc
import sys
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from bpjsdesk import __version__

if TYPE_CHECKING:
    from types import TracebackType
    from typing import TextIO

    from PySide6.QtWidgets import QApplication

    from ui.desk import Desk
    from ui.start.window import StartWindow

_INTERRUPTED = 130  # what a shell calls a program that Ctrl+C has ended
_USAGE = """\
Cara menulis: bpjsdesk [--data DIR] [--light | --dark]
              bpjsdesk --self-test [--report BERKAS]
              bpjsdesk --version
"""
_PLACES = MappingProxyType(
    {"--data": "data", "--report": "report", "--self-test-window": "window_trials"}
)
_FLAGS = MappingProxyType(
    {
        "--light": ("theme", "light"),
        "--dark": ("theme", "dark"),
        "--self-test": ("wants_self_test", True),
        "--version": ("wants_version", True),
    }
)


class Options(NamedTuple):
    """What the command line may say.

    `window_trials` is the folder of a self-test that `bpjsdesk-cli` has begun.
    """

    data: Path | None = None
    theme: str = ""
    report: Path | None = None
    window_trials: Path | None = None
    wants_self_test: bool = False
    wants_version: bool = False


def main(argv: list[str] | None = None) -> int:
    """Run the window until it is closed; gives the exit code."""
    options = read_options(sys.argv[1:] if argv is None else argv)
    if options is None:
        _tell(sys.stderr, _USAGE)
        return 2
    if options.wants_version:
        _tell(sys.stdout, f"BPJS Desk {__version__}\n")
        return 0
    if options.wants_self_test or options.window_trials:
        from ui.self_test import self_test

        return self_test(options)
    # loading makes no garbage, so looking for it meanwhile is lost time; `Collector` takes over
    gc.disable()
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from ui.start.window import StartWindow

    # named here: asking the application for its style later would load all of QStyle
    app = QApplication(["bpjsdesk", "-style", "fusion"])
    sys.excepthook = _show_uncaught
    # from the event loop, so that an error there is shown as any other
    QTimer.singleShot(0, partial(begin, app, StartWindow(), options))
    return app.exec()


def begin(app: "QApplication", start: "StartWindow", options: Options) -> "Desk":
    """Show the login or the first start."""
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
    said: dict[str, Any] = {}
    rest = list(arguments)
    while rest:
        word = rest.pop(0)
        if word in _PLACES and rest:
            said[_PLACES[word]] = Path(rest.pop(0))
        elif word in _FLAGS:
            name, value = _FLAGS[word]
            said[name] = value
        else:
            return None
    return Options(**said)


def _tell(stream: "TextIO | None", text: str) -> None:
    # a window program on Windows has no console: both streams are None there
    if stream is not None:
        stream.write(text)


def _show_uncaught(
    kind: type[BaseException], problem: BaseException, trace: "TracebackType | None"
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        from PySide6.QtCore import QCoreApplication, QTimer

        # ended as from the window, so that threads stop and the office's file is let go of; from
        # the event loop, since it may not run yet
        QTimer.singleShot(0, partial(QCoreApplication.exit, _INTERRUPTED))
        return
    from ui.errors import show_uncaught

    show_uncaught(kind, problem, trace)
