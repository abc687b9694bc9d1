"""Start the program as `python -m ui` does, say when its login has been painted, and end."""

import os
import sys
import time
from functools import partial
from typing import TYPE_CHECKING

from ui import app as program

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ui.desk import Desk
    from ui.start.window import StartWindow


def main() -> None:
    """Show the login of the office named first; its fields count, not the empty window."""
    real_begin = program.begin

    def begin(
        app: "QApplication", start: "StartWindow", options: program.Options
    ) -> "Desk":  # called when the empty window has been painted
        empty_at = time.monotonic()
        desk = real_begin(app, start, options)
        # imported last, so that the program is not helped by it
        from build_scripts.bench_rows.painted import FirstPaint, always

        if start.page is None:
            raise RuntimeError("no login was shown")
        FirstPaint(start.page, partial(say_and_end, empty_at), always)
        return desk

    program.begin = begin
    program.main(["--data", sys.argv[1]])


def say_and_end(empty_at: float) -> None:
    """Print both moments on the clock that all processes share, the login's first."""
    sys.stdout.write(f"{time.monotonic()} {empty_at}\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
