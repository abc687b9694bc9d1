"""Start a bare PySide6 window, say when it has been painted, and end; `form` adds fields."""

import os
import sys
import time

from PySide6.QtWidgets import QApplication, QWidget


def main() -> None:
    """Show a window of the login's size."""
    app = QApplication(["bare"])
    window = QWidget()
    if "form" in sys.argv[1:]:
        add_form(window)
    window.resize(1366, 768)
    window.show()
    from build_scripts.bench_rows.painted import FirstPaint, always

    FirstPaint(window, say_and_end, always)
    app.exec()


def add_form(window: QWidget) -> None:
    """Put in what a login cannot do without."""
    from PySide6.QtWidgets import QFormLayout, QLabel, QLineEdit, QPushButton

    form = QFormLayout(window)
    form.addRow(QLabel("Masuk"))
    form.addRow("Pengguna", QLineEdit())
    form.addRow("Kata sandi", QLineEdit())
    form.addRow(QPushButton("Masuk"))


def say_and_end() -> None:
    """Print the moment on the clock that all processes share."""
    sys.stdout.write(f"{time.perf_counter()}\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
