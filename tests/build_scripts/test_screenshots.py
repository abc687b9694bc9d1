"""The pictures of the window: nothing is missing from them, and one can be taken."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from build_scripts.screens.catalogue import scenes
from build_scripts.screens.needed import needed_tags
from build_scripts.screens.offices import MOMENT, make_offices

ROOT = Path(__file__).resolve().parents[2]


def test_every_page_dialog_and_empty_state_has_a_scene() -> None:
    covered = {tag for scene in scenes() for tag in scene.covers}
    assert needed_tags() - covered == set()


def test_no_scene_claims_what_is_not_there() -> None:
    claimed = {tag for scene in scenes() for tag in scene.covers}
    assert claimed - needed_tags() == set()


def test_no_two_scenes_have_one_name() -> None:
    names = [scene.name for scene in scenes()]
    assert sorted(set(names)) == sorted(names)


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("offices")
    make_offices(folder, rows=200, pdf=folder / "pdf", data=None)
    return folder


def test_scenes_are_played_and_saved(offices: Path, tmp_path: Path) -> None:
    scenes_played = ("masuk", "perjanjian", "perjanjian-belum-disimpan")
    places = [str(tmp_path), str(offices), str(tmp_path / "copies")]
    arguments = ["dark", *places, MOMENT.isoformat(), *scenes_played]
    done = subprocess.run(
        [sys.executable, "-m", "build_scripts.screens.play", *arguments],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert (done.returncode, done.stderr) == (0, "")
    pictures = [QImage(str(path)) for path in sorted(tmp_path.glob("*-dark.png"))]
    assert [(each.width(), each.height()) for each in pictures] == [(1366, 768)] * 3
    assert all(each.pixelColor(2, 740).lightness() < 60 for each in pictures)
    assert "ui.dialogs.QuestionDialog" in done.stdout.split()
