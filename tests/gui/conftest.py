"""One dressed application for all window tests."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui_opening import WindowOpener
from ui.i18n import install_qt_words
from ui.tasks import TaskRunner
from ui.theme import apply_theme, load_fonts

# the first is said offscreen, the others by a Windows whose screen is small or not a real one
HARMLESS = ("propagateSizeHints", "Unable to open monitor interface", "Unable to set geometry")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/gui/" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore(*HARMLESS))


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    """Name the style that the program names; Windows has another one by itself."""
    return ["bpjsdesk", "-style", "fusion"]


@pytest.fixture(scope="session")
def dressed_app(qapp: QApplication) -> QApplication:
    install_qt_words(qapp)
    load_fonts()
    return qapp


@pytest.fixture(autouse=True)
def light_theme(dressed_app: QApplication) -> None:
    apply_theme(dressed_app, "light")


@pytest.fixture
def runner(dressed_app: QApplication) -> Iterator[TaskRunner]:
    made = TaskRunner()
    yield made
    made.shutdown()


@pytest.fixture
def opener(
    qtbot: QtBot, qapp: QApplication, runner: TaskRunner, tmp_path: Path
) -> Iterator[WindowOpener]:
    made = WindowOpener(qtbot, qapp, runner, tmp_path)
    yield made
    made.close()
