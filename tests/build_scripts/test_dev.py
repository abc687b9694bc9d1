"""dev.py deletes nothing that it did not make, and installs nothing twice."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from build_scripts import dev_environment
from build_scripts.dev_commands import DEMO_MARK, fresh_demo_folder
from build_scripts.dev_environment import Environment, main_environment, prepare
from build_scripts.dev_report import Step, Stop, conclude
from build_scripts.dev_system import has_screen
from tests.systems import not_on_windows

ROOT = Path(__file__).resolve().parent.parent.parent


def test_an_earlier_demo_is_made_anew(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    fresh_demo_folder(folder)
    (folder / "bpjsdesk.db").write_text("old", "utf-8")
    fresh_demo_folder(folder)
    assert [path.name for path in folder.iterdir()] == [DEMO_MARK]
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "bpjsdesk.db").write_text("precious", "utf-8")
    with pytest.raises(Stop, match="was not made by the demo"):
        fresh_demo_folder(tmp_path)
    assert (tmp_path / "bpjsdesk.db").read_text("utf-8") == "precious"


def test_an_environment_is_not_made_in_a_folder_of_somebody_else(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("precious", "utf-8")
    with pytest.raises(Stop, match="BPJSDESK_VENV"):
        prepare(Environment(tmp_path, "gui"))
    assert (tmp_path / "letter.txt").exists()


def stamped(folder: Path, *, lock: str) -> Environment:
    environment = Environment(folder, lock)
    folder.mkdir()
    for part in Path(sys.prefix).iterdir():
        if part.name != environment.stamp.name:
            (folder / part.name).symlink_to(part)
    digests = dev_environment._digests(lock)  # noqa: SLF001 - the stamp is not public
    environment.stamp.write_text(json.dumps({"lock": lock, **digests}), "utf-8")
    return environment


@not_on_windows("not everybody may make symbolic links")
def test_an_unchanged_lock_installs_nothing(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    prepare(stamped(tmp_path / "same", lock="dev"))
    larger = stamped(tmp_path / "larger", lock="dev")
    prepare(Environment(larger.folder, "gui"))
    assert capfd.readouterr().out == ""


def test_the_environment_can_be_put_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BPJSDESK_VENV", str(tmp_path / "mine"))
    assert main_environment("gui").folder == tmp_path / "mine"
    assert dev_environment.qt_free_environment().folder == tmp_path / "mine-noqt"


@not_on_windows("there is always a screen")
def test_a_screen_is_known_by_its_variable() -> None:
    assert not has_screen({})
    assert has_screen({"DISPLAY": ":0"})
    assert has_screen({"WAYLAND_DISPLAY": "wayland-0"})


def test_one_failed_step_fails_the_whole(capfd: pytest.CaptureFixture[str]) -> None:
    good = Step(title="ruff", is_good=True, seconds=1.0)
    assert conclude([good]) == 0
    assert conclude([good, Step(title="mypy", is_good=False, seconds=2.0)]) == 1
    assert "FAILED" in capfd.readouterr().out


def test_an_unknown_command_is_refused_with_the_list_of_known_ones() -> None:
    script = str(ROOT / "build_scripts" / "dev.py")
    command = [sys.executable, script, "fly"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "demo" in done.stderr
