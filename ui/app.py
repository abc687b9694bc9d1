"""Start the window: options, application object and the first page.

Nothing but the standard library is imported at the top, so that `main` can prepare the loading.
"""

import gc
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from types import TracebackType

    from PySide6.QtWidgets import QApplication

    from ui.desk import Desk
    from ui.start.window import StartWindow

_INTERRUPTED = 130  # what a shell calls a program that Ctrl+C has ended
_USAGE = "bpjsdesk [--data DIR] [--light | --dark]"


class Options(NamedTuple):
    """What the command line may say."""

    data: Path | None = None
    theme: str = ""


def main(argv: list[str] | None = None) -> int:
    """Run the window until it is closed; gives the exit code."""
    options = read_options(sys.argv[1:] if argv is None else argv)
    if options is None:
        sys.stderr.write(f"{_USAGE}\n")
        return 2
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
