"""Start a bare PySide6 window, say when it has been painted, and end."""

import os
import sys
import time

from PySide6.QtWidgets import (
    QApplication,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)


def main() -> None:
    """Show a window of the same size with what a login cannot do without."""
    app = QApplication(["bare"])
    window = QWidget()
    form = QFormLayout(window)
    form.addRow(QLabel("Masuk"))
    form.addRow("Pengguna", QLineEdit())
    form.addRow("Kata sandi", QLineEdit())
    form.addRow(QPushButton("Masuk"))
    window.resize(1366, 768)
    window.show()
    from build_scripts.bench_rows.painted import FirstPaint, always

    FirstPaint(window, say_and_end, always)
    app.exec()


def say_and_end() -> None:
    """Print the moment on the clock that all processes share."""
    sys.stdout.write(f"{time.monotonic()}\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
