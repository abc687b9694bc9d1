"""The window's self-test: it draws a real window, and sees when nothing was drawn."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from bpjsdesk import __version__
from bpjsdesk.cli.self_test_findings import Failure
from bpjsdesk.clock import Clock
from bpjsdesk.services.context import AppContext
from tests.gui_finding import parts
from ui.app import Options, main, read_options
from ui.appearance import Appearance
from ui.changes import ChangeBus
from ui.dialogs import QuestionDialog
from ui.page import Page, PageContext
from ui.self_test_trials import TRIALS, Stage, check_drawn, wait_for_rows
from ui.tasks import TaskRunner


@pytest.fixture
def page(qtbot: QtBot, dressed_app: QApplication, office: AppContext, runner: TaskRunner) -> Page:
    made = Page(
        PageContext(
            app=office,
            runner=runner,
            changes=ChangeBus(),
            appearance=Appearance(dressed_app, office.paths.window_state, forced_theme="light"),
            open_page=lambda _key, _record_id: None,
        ),
        "Klaim",
    )
    qtbot.addWidget(made)
    return made


def shown(page: Page) -> Page:
    page.resize(600, 600)
    page.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    page.show()
    return page


def test_the_options_are_read() -> None:
    assert read_options(["--self-test"]) == Options(wants_self_test=True)
    assert read_options(["--self-test-window", "a", "--report", "b"]) == Options(
        window_trials=Path("a"), report=Path("b")
    )
    assert read_options(["--report"]) is None


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out == f"BPJS Desk {__version__}\n"


@pytest.mark.parametrize("words", [["--version"], ["--no-such-word"]])
def test_a_program_without_a_console_tells_nothing_and_does_not_break(
    words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main(words) in (0, 2)


def test_the_window_program_alone_runs_every_step_without_console_and_screen(
    tmp_path: Path,
) -> None:
    report = tmp_path / "laporan.json"
    nothing = {name: "" for name in ("DISPLAY", "WAYLAND_DISPLAY")}
    own = {"TMPDIR": str(tmp_path), "TEMP": str(tmp_path), "TMP": str(tmp_path)}
    variables = {key: value for key, value in os.environ.items() if key != "QT_QPA_PLATFORM"}
    code = (
        "import sys; sys.stdin = sys.stdout = sys.stderr = None; from ui.app import main; "
        "sys.exit(main(sys.argv[1:]))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, "--self-test", "--report", str(report)],
        env=variables | nothing | own,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )
    told = json.loads(report.read_text(encoding="utf-8"))
    assert (ended.returncode, told["ok"]) == (0, True), told
    names = [step["name"] for step in told["steps"]]
    assert names[-len(TRIALS) :] == list(TRIALS)
    assert "Basis data terenkripsi" in names
    assert list(tmp_path.iterdir()) == [report]


def test_a_window_with_nothing_but_a_title_counts_as_empty(page: Page) -> None:
    with pytest.raises(Failure, match="tampak kosong"):
        check_drawn(shown(page), page)


def test_a_title_without_letters_is_noticed(page: Page) -> None:
    """A missing font leaves the window coloured and its words away."""
    shown(page)
    page.setStyleSheet("background: qlineargradient(x1:0, x2:1, stop:0 #ff0000, stop:1 #00ffee)")
    page.resize(800, 600)
    check_title = "QLabel { background: #ffffff; color: #ffffff }"
    for label in parts(page, QLabel):
        label.setStyleSheet(check_title)
    with pytest.raises(Failure, match="Tulisan tidak tergambar"):
        check_drawn(page, page)


def test_an_error_dialog_does_not_hold_the_test_up_and_is_told(
    page: Page, tmp_path: Path, clock: Clock
) -> None:
    stage = Stage(folder=tmp_path, clock=clock)
    dialog = QuestionDialog(shown(page), "Tidak dapat dilanjutkan", "Disk penuh.")
    dialog.open()
    with pytest.raises(Failure, match="Disk penuh"):
        wait_for_rows(stage, page)
    assert not dialog.isVisible()


def test_what_a_slot_raises_is_told(page: Page, tmp_path: Path, clock: Clock) -> None:
    stage = Stage(folder=tmp_path, clock=clock)
    stage.note_uncaught(KeyError, KeyError("7171010101809001"), None)
    with pytest.raises(Failure, match="KeyError") as told:
        wait_for_rows(stage, shown(page))
    assert "7171" not in str(told.value)
