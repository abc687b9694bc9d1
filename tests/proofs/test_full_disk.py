"""A full disk is told in words, destroys nothing, and the program goes on when there is room."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.files import AGREEMENT, written
from tests.proofs.short_disk import DEEDS, prepare
from tests.systems import not_on_windows

NOT_ON_WINDOWS = not_on_windows("no file size limit, and no small disk that a test may mount")
DISK_BYTES = 24_000_000


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("penuh")
    prepare(folder)
    return folder


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a real file system of a few megabytes where this user may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", str(folder)]
    if not shutil.which("mount") or subprocess.run(words, check=False).returncode:
        pytest.skip("this user may not mount a small disk")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def outcomes(folder: Path, shortage: str) -> None:
    """Run every deed in a process of its own and check what holds at any shortage."""
    words = [sys.executable, "-m", "tests.proofs.short_disk", str(folder), shortage]
    answer = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
    assert answer.returncode == 0, answer.stderr
    told = json.loads(answer.stdout)
    assert told["sound"]
    for each in told["said"]:
        assert each["saves_again"], each
        assert each["leftovers"] == [], each
        if each["outcome"] != "done":
            assert each["outcome"].startswith("DISK_FULL: Ruang disk habis"), each
            assert each["files_kept"], each
            assert each["history_kept"], each
    refused = {each["deed"] for each in told["said"] if each["outcome"] != "done"}
    assert refused == set(DEEDS)


@NOT_ON_WINDOWS
def test_a_quota_that_is_used_up(prepared: Path, tmp_path: Path) -> None:
    outcomes(Path(shutil.copytree(prepared, tmp_path / "penuh")), "limit")


@NOT_ON_WINDOWS
def test_a_disk_without_room(prepared: Path, small_disk: Path) -> None:
    outcomes(Path(shutil.copytree(prepared, small_disk / "penuh")), "ballast")


@NOT_ON_WINDOWS
def test_logging_in_on_a_full_disk_is_told_in_words(
    run: Run, folder: Path, small_disk: Path
) -> None:
    office = Path(shutil.copytree(folder, small_disk / "kantor"))
    ballast = small_disk / "pemberat"
    ballast.write_bytes(bytes(shutil.disk_usage(small_disk).free))
    before = (office / "bpjsdesk.db").read_bytes()
    full = run("--data", office, "agreement", "list")
    assert (full.exit_code, full.error_code) == (3, "DISK_FULL")
    assert (office / "bpjsdesk.db").read_bytes() == before
    new = run("--data", small_disk / "baru", "init", "--office", "Baru")
    assert (new.exit_code, new.error_code) == (3, "DISK_FULL")
    ballast.unlink()
    path = written(small_disk / "p.json", AGREEMENT)
    assert run("--data", office, "agreement", "add", path).exit_code == 0
    assert run("--data", small_disk / "baru", "init", "--office", "Baru").exit_code == 0
