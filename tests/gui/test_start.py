"""Login and first start, on real encrypted offices."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from bpjsdesk.clock import Clock
from bpjsdesk.paths import AppPaths
from tests.gui_finding import part, parts
from tests.gui_typing import activate
from tests.offices import FOUNDER, PASSWORD
from ui.dialogs import QuestionDialog
from ui.start.first_start import FirstStartPage
from ui.start.login import LoginPage
from ui.start.practice_card import read_practice_card
from ui.start.recovery_sheet import RecoverySheet, save_sheet_pdf
from ui.start.steps import suggested_user_name
from ui.start.window import StartWindow
from ui.tasks import TaskRunner
from ui.widgets.inline import InlineMessage
from ui.widgets.pdf_pages import PdfPages
from ui.widgets.text import Label
from ui.window_state import WindowState

HEAVY = ("sqlalchemy", "reportlab", "python_calamine", "cryptography", "argon2", "xlsxwriter")
GOOD_PASSWORD = "kuda laut biru tujuh"


@pytest.fixture
def office_paths(founded: Path, tmp_path: Path) -> AppPaths:
    shutil.copytree(founded, tmp_path / "kantor")
    return AppPaths(tmp_path / "kantor")


def edit(page: QWidget, name: str) -> QLineEdit:
    return part(page, QLineEdit, name)


def button(page: QWidget, name: str) -> QPushButton:
    return part(page, QPushButton, name)


def shown(qtbot: QtBot, page: QWidget) -> None:
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    activate(qtbot, page)


@pytest.fixture
def login(qtbot: QtBot, runner: TaskRunner, office_paths: AppPaths, clock: Clock) -> LoginPage:
    page = LoginPage(office_paths, runner, clock=clock, state=WindowState(last_user=FOUNDER))
    shown(qtbot, page)
    return page


def test_the_right_password_opens_the_office(qtbot: QtBot, login: LoginPage) -> None:
    QTest.keyClicks(edit(login, "password"), PASSWORD)
    with qtbot.waitSignal(login.opened, timeout=20_000) as opened:
        QTest.keyClick(edit(login, "password"), Qt.Key.Key_Return)
    context = opened.args[0]
    assert context.user.name == FOUNDER
    context.close()
    assert edit(login, "password").text() == ""


def test_a_wrong_password_is_told_in_words_and_counted(qtbot: QtBot, login: LoginPage) -> None:
    for _try in range(2):
        edit(login, "password").setText("salah sekali ini")
        button(login, "enter").click()
        qtbot.waitUntil(button(login, "enter").isEnabled, timeout=20_000)
    refusal = part(login, InlineMessage, "refusal")
    assert refusal.isVisible()
    title, body = refusal.text()
    assert title == "Belum dapat masuk"
    assert "tidak cocok" in body
    assert "Percobaan ke-2" in body
    assert edit(login, "user").text() == FOUNDER


def test_an_empty_password_asks_for_it_without_trying(login: LoginPage) -> None:
    button(login, "enter").click()
    assert edit(login, "password").hasFocus()
    assert button(login, "enter").isEnabled()


def test_the_cursor_waits_in_the_first_empty_field(login: LoginPage) -> None:
    login.focus_first()
    assert edit(login, "password").hasFocus()


def test_tab_goes_from_user_to_password_to_the_button(login: LoginPage) -> None:
    edit(login, "user").setFocus()
    QTest.keyClick(edit(login, "user"), Qt.Key.Key_Tab)
    assert edit(login, "password").hasFocus()
    QTest.keyClick(edit(login, "password"), Qt.Key.Key_Tab)
    assert button(login, "enter").hasFocus()


def test_caps_lock_is_noticed_while_typing(login: LoginPage) -> None:
    QTest.keyClicks(edit(login, "password"), "A")
    line = part(login, Label, "password_line")
    assert line.isVisible()
    assert line.text() == "Caps Lock sedang menyala."


def test_a_practice_office_names_its_users_and_lets_one_in(
    qtbot: QtBot, runner: TaskRunner, office_paths: AppPaths, clock: Clock
) -> None:
    card = {
        "office": "Kantor Latihan",
        "users": [{"name": FOUNDER, "role": "Penyelia"}],
        "password": PASSWORD,
    }
    office_paths.practice_card.write_text(json.dumps(card), encoding="utf-8")
    page = LoginPage(office_paths, runner, clock=clock, state=WindowState())
    shown(qtbot, page)
    with qtbot.waitSignal(page.opened, timeout=20_000) as opened:
        button(page, f"practice_{FOUNDER}").click()
    opened.args[0].close()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"office": 1}', '{"users": 5}'])
def test_a_damaged_practice_card_counts_as_none(tmp_path: Path, text: str) -> None:
    card = tmp_path / "latihan.json"
    card.write_text(text, encoding="utf-8")
    assert read_practice_card(card) is None


def test_the_login_window_loads_none_of_the_heavy_libraries(office_paths: AppPaths) -> None:
    program = (
        "import sys; from pathlib import Path; from PySide6.QtWidgets import QApplication\n"
        "from ui.app import Options, begin\n"
        "from ui.start.window import StartWindow\n"
        "app = QApplication([]); start = StartWindow()\n"
        f"options = Options(data=Path({str(office_paths.data)!r}), theme='light')\n"
        "desk = begin(app, start, options); start.grab()\n"
        f"print(type(start.page).__name__, sorted(set({HEAVY!r}) & set(sys.modules)))\n"
        "desk.shut_down()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "LoginPage []"


def test_the_first_frame_of_the_login_loads_none_of_the_qt_names(office_paths: AppPaths) -> None:
    # they take a tenth of the time to the login, and one `Qt.X` on the way brings them all
    program = (
        "import os, sys; from ui import app\n"
        "from PySide6 import QtCore\n"
        "real = app.begin\n"
        "def begin(*given):\n"
        "    desk = real(*given)\n"
        "    given[1].grab()\n"
        "    print(type(given[1].page).__name__, 'Qt' in vars(QtCore)); sys.stdout.flush()\n"
        "    os._exit(0)\n"
        "app.begin = begin\n"
        f"app.main(['--data', {str(office_paths.data)!r}])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "LoginPage False"


def test_an_interrupt_from_the_console_ends_the_program(office_paths: AppPaths) -> None:
    program = (
        "import signal; from ui import app; from PySide6.QtCore import QTimer\n"
        "real = app.begin\n"
        "def begin(*given):\n"
        "    QTimer.singleShot(200, lambda: signal.raise_signal(signal.SIGINT))\n"
        "    return real(*given)\n"
        "app.begin = begin\n"
        f"raise SystemExit(app.main(['--data', {str(office_paths.data)!r}]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 130


def fill_first_steps(page: FirstStartPage, password: str) -> None:
    edit(page.office_step, "name").setText("Kantor Cabang Manado")
    edit(page.office_step, "place").setText("Manado")
    button(page, "officeNext").click()
    step = page.user_step
    edit(step, "display").setText("Drs. Yance Rondonuwu, M.Si.")
    edit(step, "name").setText("yance.rondonuwu")
    edit(step, "password").setText(password)
    edit(step, "again").setText(password)
    button(step, "userNext").click()


def test_the_first_start_ends_in_an_open_office_once_the_code_is_on_paper(
    qtbot: QtBot, runner: TaskRunner, tmp_path: Path, clock: Clock
) -> None:
    page = FirstStartPage(AppPaths(tmp_path / "baru"), runner, clock=clock)
    shown(qtbot, page)
    fill_first_steps(page, GOOD_PASSWORD)
    qtbot.waitUntil(lambda: page.code_step is not None, timeout=20_000)
    step = page.code_step
    assert step is not None
    tiles = next(made for made in parts(step, QWidget) if made.accessibleName() == "Kode pemulihan")
    code = tiles.accessibleDescription().split()
    assert len(code) == 8
    step.finish_button.click()
    assert step.form.banner.isVisible()
    edit(step, "group_3").setText(code[2].lower())
    edit(step, "group_7").setText(code[6])
    kept = step.form.field("kept").control
    QTest.keyClick(kept, Qt.Key.Key_Space)
    with qtbot.waitSignal(page.opened) as opened:
        step.finish_button.click()
    context = opened.args[0]
    assert context.user.display_name == "Drs. Yance Rondonuwu, M.Si."
    context.close()


def test_a_weak_password_is_refused_beside_its_field(
    qtbot: QtBot, runner: TaskRunner, tmp_path: Path, clock: Clock
) -> None:
    page = FirstStartPage(AppPaths(tmp_path / "baru"), runner, clock=clock)
    shown(qtbot, page)
    fill_first_steps(page, "pendek")
    assert "12 karakter" in page.user_step.form.field("password").error
    assert not (tmp_path / "baru").exists()


@pytest.mark.parametrize(
    ("full", "name"),
    [
        ("Drs. Yance Rondonuwu, M.Si.", "yance.rondonuwu"),
        ("Rina Tumewu", "rina.tumewu"),
        ("dr. Maria C. Wowor", "maria.c"),
        ("", ""),
    ],
)
def test_a_user_name_is_suggested_from_the_full_name(full: str, name: str) -> None:
    assert suggested_user_name(full) == name


def test_the_recovery_sheet_is_one_readable_page(tmp_path: Path, clock: Clock) -> None:
    code = "-".join(["AB2CD"] * 8)
    sheet = RecoverySheet(
        office="Kantor Cabang Manado", user="Rina", code=code, printed_on=clock().date()
    )
    path = tmp_path / "kode.pdf"
    assert save_sheet_pdf(sheet, str(path))
    pages = PdfPages(path.read_bytes())
    assert pages.count == 1
    image = pages.image(0, scale=0.5)
    assert abs(image.width() - 298) <= 1
    assert image.pixelColor(2, 2) == Qt.GlobalColor.white


@pytest.fixture
def first_start(runner: TaskRunner, tmp_path: Path, clock: Clock) -> FirstStartPage:
    return FirstStartPage(AppPaths(tmp_path / "baru"), runner, clock=clock)


def test_the_window_does_not_close_over_an_unproven_code_without_asking(
    qtbot: QtBot, first_start: FirstStartPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = first_start
    window = StartWindow()
    window.show_page(page)
    shown(qtbot, window)
    fill_first_steps(page, GOOD_PASSWORD)
    qtbot.waitUntil(lambda: page.code_step is not None, timeout=20_000)
    asked: list[str] = []

    def stay(dialog: QuestionDialog) -> int:
        asked.append(dialog.windowTitle())
        return 0

    monkeypatch.setattr(QuestionDialog, "exec", stay)
    assert not window.close()
    assert asked
    monkeypatch.setattr("ui.start.first_start.ask_confirmation", lambda *_, **__: True)
    assert window.close()
