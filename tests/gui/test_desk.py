"""From the first paint to the main window, back to the login, and out."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from bpjsdesk.clock import Clock
from bpjsdesk.paths import AppPaths
from tests.gui_finding import part
from tests.offices import FOUNDER, PASSWORD
from ui.app import Options
from ui.desk import Desk
from ui.start.first_start import FirstStartPage
from ui.start.login import LoginPage
from ui.start.window import StartWindow


@pytest.fixture
def start(qtbot: QtBot) -> StartWindow:
    made = StartWindow()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def options(founded: Path, tmp_path: Path) -> Options:
    shutil.copytree(founded, tmp_path / "kantor")
    return Options(data=tmp_path / "kantor", theme="light")


@pytest.fixture
def desk(
    dressed_app: QApplication, start: StartWindow, options: Options, clock: Clock
) -> Iterator[Desk]:
    made = Desk(dressed_app, start, options, clock)
    yield made
    if made.window is not None:
        made.window.close()
        made.window.deleteLater()
    made.shut_down()
    made.deleteLater()


def log_in(qtbot: QtBot, start: StartWindow, desk: Desk) -> None:
    assert isinstance(start.page, LoginPage)
    user = part(start.page, QLineEdit, "user")
    user.setText(FOUNDER)
    QTest.keyClicks(part(start.page, QLineEdit, "password"), PASSWORD)
    part(start.page, QPushButton, "enter").click()
    qtbot.waitUntil(lambda: desk.window is not None, timeout=20_000)


def test_the_window_comes_with_its_page(start: StartWindow, desk: Desk) -> None:
    assert not start.isVisible()
    desk.begin()
    assert start.isVisible()
    assert isinstance(start.page, LoginPage)
    image = start.grab().toImage()
    assert image.pixelColor(5, 5).name() == "#0f3d3e"
    assert image.pixelColor(1300, 5).name() == "#ffffff"
    assert start.page.focusWidget() is part(start.page, QLineEdit, "user")


def test_an_empty_folder_leads_to_the_first_start(
    dressed_app: QApplication, start: StartWindow, tmp_path: Path
) -> None:
    desk = Desk(dressed_app, start, Options(data=tmp_path / "baru", theme="light"))
    desk.begin()
    assert isinstance(start.page, FirstStartPage)
    desk.shut_down()
    desk.deleteLater()


def test_a_login_opens_the_main_window_and_is_remembered(
    qtbot: QtBot, start: StartWindow, desk: Desk, tmp_path: Path
) -> None:
    desk.begin()
    log_in(qtbot, start, desk)
    assert desk.window is not None
    assert desk.window.isVisible()
    assert not start.isVisible()
    kept = AppPaths(tmp_path / "kantor").window_state.read_text(encoding="utf-8")
    assert "Kantor Cabang Manado" in kept
    assert FOUNDER in kept
    assert PASSWORD not in kept


def test_locking_closes_the_office_and_shows_the_login_again(
    qtbot: QtBot, start: StartWindow, desk: Desk
) -> None:
    desk.begin()
    log_in(qtbot, start, desk)
    main_window = desk.window
    assert main_window is not None
    main_window.lock()
    assert not main_window.isVisible()
    assert start.isVisible()
    assert isinstance(start.page, LoginPage)
    assert part(start.page, QLineEdit, "user").text() == FOUNDER


def test_another_text_size_rebuilds_the_window_in_place(
    qtbot: QtBot, start: StartWindow, desk: Desk
) -> None:
    desk.begin()
    log_in(qtbot, start, desk)
    before = desk.window
    assert before is not None
    before.context.appearance.choose(theme="light", scale=1.3)
    qtbot.waitUntil(lambda: desk.window is not before)
    after = desk.window
    assert after is not None
    assert after.isVisible()
    assert after.current_key == before.current_key
