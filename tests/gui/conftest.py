"""One dressed application for all window tests."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from ui.i18n import install_qt_words
from ui.tasks import TaskRunner
from ui.theme import apply_theme, load_fonts


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/gui/" in item.path.as_posix():
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))


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
