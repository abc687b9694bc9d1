"""Start the program as `python -m ui` does, say when its login has been painted, and end."""

import os
import sys
import time
from typing import TYPE_CHECKING

from ui import app as program

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from ui.desk import Desk
    from ui.start.window import StartWindow


def main() -> None:
    """Show the login of the office named first."""
    real_begin = program.begin

    def begin(app: "QApplication", start: "StartWindow", options: program.Options) -> "Desk":
        real_show = start.show_page

        def show_page(page: "QWidget") -> None:
            # imported when the page is made, so that the program is not helped by it
            from build_scripts.bench_rows.painted import FirstPaint, always

            FirstPaint(page, say_and_end, always)
            real_show(page)

        setattr(start, "show_page", show_page)  # noqa: B010 - a plain assignment mypy refuses
        return real_begin(app, start, options)

    program.begin = begin
    program.main(["--data", sys.argv[1]])


def say_and_end() -> None:
    """Print the moment on the clock that all processes share."""
    sys.stdout.write(f"{time.perf_counter()}\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
