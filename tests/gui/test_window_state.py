"""What the window remembers survives restarts, and damage."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bpjsdesk.clock import WITA
from ui.app import Options, read_options
from ui.backups import backup_words, newest_backup
from ui.window_state import WindowState, load_window_state, save_window_state, with_geometry

NOW = datetime(2026, 11, 20, 10, 42, tzinfo=WITA)


def test_a_state_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    state = with_geometry(WindowState(theme="dark", scale=1.15, last_user="rina"), b"\x00\xff")
    save_window_state(tmp_path / "jendela.json", state)
    found = load_window_state(tmp_path / "jendela.json")
    assert found == state
    assert found.geometry_bytes == b"\x00\xff"


@pytest.mark.parametrize("text", ["", "{", "[]", '{"scale": "besar", "other": 1}', "\x00"])
def test_a_damaged_state_counts_as_a_first_start(tmp_path: Path, text: str) -> None:
    path = tmp_path / "jendela.json"
    path.write_text(text, encoding="utf-8")
    assert load_window_state(path) == WindowState()


def test_a_damaged_geometry_is_no_geometry() -> None:
    assert WindowState(geometry="***").geometry_bytes == b""


@pytest.mark.parametrize(
    ("age", "words", "tone"),
    [
        (timedelta(hours=3), "Cadangan terbukti hari ini 07.42", "ok"),
        (timedelta(days=1), "Cadangan terbukti kemarin 10.42", "ok"),
        (timedelta(days=9), "Cadangan terbukti terakhir Rabu, 11 November 2026", "warn"),
    ],
)
def test_the_age_of_the_last_backup_is_told(age: timedelta, words: str, tone: str) -> None:
    assert backup_words(NOW - age, NOW) == (words, tone)


def test_no_backup_is_told_as_a_warning(tmp_path: Path) -> None:
    assert newest_backup(tmp_path / "cadangan") is None
    assert backup_words(None, NOW) == ("Belum ada cadangan", "warn")


def test_only_finished_backups_count(tmp_path: Path) -> None:
    (tmp_path / ".a.db.x.part").write_bytes(b"half")
    assert newest_backup(tmp_path) is None
    (tmp_path / "a.db").write_bytes(b"whole")
    assert newest_backup(tmp_path) is not None


def test_the_command_line_is_read() -> None:
    read = read_options(["--data", "/tmp/kantor", "--dark"])
    assert read == Options(data=Path("/tmp/kantor"), theme="dark")
    assert read_options([]) == Options()
    assert read_options(["--data"]) is None
    assert read_options(["--unknown"]) is None
