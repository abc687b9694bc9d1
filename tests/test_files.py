"""A file is written whole or not at all, and what stands in the way is named."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bpjsdesk.errors import EnvironmentProblem, UserError
from bpjsdesk.files import atomic_write, is_too_long_for_windows, replacing
from tests.systems import not_on_windows, only_on_windows

LONG_FOLDER = Path("Data Kantor Désk ünï") / ("sub folder dengan nama panjang " * 3).strip()


def test_a_file_is_replaced_whole_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "a" / "Ringkasan.pdf"
    atomic_write(target, b"lama")
    atomic_write(target, b"baru")
    assert target.read_bytes() == b"baru"
    assert list(target.parent.iterdir()) == [target]


def test_a_failure_while_writing_keeps_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "Ringkasan.pdf"
    target.write_bytes(b"lama")
    with pytest.raises(ZeroDivisionError), replacing(target) as part:
        part.write_bytes(b"x" * (1 // len(b"")))
    assert target.read_bytes() == b"lama"
    assert list(tmp_path.iterdir()) == [target]


def test_long_folders_with_blanks_and_accents_are_written_to(tmp_path: Path) -> None:
    target = tmp_path / LONG_FOLDER / "Ringkasan – “Désa”.pdf"
    atomic_write(target, b"isi")
    assert target.read_bytes() == b"isi"


def test_a_name_that_is_too_long_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentProblem) as told:
        atomic_write(tmp_path / ("x" * 300), b"isi")
    assert told.value.code == "PATH_TOO_LONG"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "Ringkasan.pdf").mkdir()
    with pytest.raises(EnvironmentProblem) as told:
        atomic_write(tmp_path / "Ringkasan.pdf", b"isi")
    assert told.value.code == "FILE_NOT_WRITABLE"


def test_what_goes_with_a_file_is_done_when_only_its_name_is_missing(tmp_path: Path) -> None:
    target = tmp_path / "Daftar.xlsx"
    target.write_bytes(b"lama")
    seen: list[list[bytes]] = []

    def look() -> None:
        seen.append(sorted(path.read_bytes() for path in tmp_path.iterdir()))

    atomic_write(target, b"baru", record=look)
    assert seen == [[b"baru", b"lama"]]
    assert target.read_bytes() == b"baru"


def test_a_file_that_cannot_be_written_down_is_not_left(tmp_path: Path) -> None:
    target = tmp_path / "Daftar.xlsx"
    target.write_bytes(b"lama")
    with pytest.raises(ZeroDivisionError):
        atomic_write(target, b"baru", record=lambda: 1 // 0)
    assert target.read_bytes() == b"lama"
    assert list(tmp_path.iterdir()) == [target]


def test_nothing_is_written_down_of_a_file_that_has_no_place(tmp_path: Path) -> None:
    (tmp_path / "Daftar.xlsx").mkdir()
    written_down: list[str] = []
    with pytest.raises(EnvironmentProblem, match="FILE_NOT_WRITABLE"):
        atomic_write(tmp_path / "Daftar.xlsx", b"isi", record=lambda: written_down.append("a"))
    assert written_down == []


@only_on_windows("elsewhere an open file may be replaced")
def test_nothing_is_written_down_of_a_file_whose_place_is_held_open(tmp_path: Path) -> None:
    target = tmp_path / "Daftar.xlsx"
    target.write_bytes(b"lama")
    written_down: list[str] = []
    with target.open("rb"), pytest.raises(EnvironmentProblem, match="FILE_NOT_WRITABLE"):
        atomic_write(target, b"baru", record=lambda: written_down.append("a"))
    assert written_down == []
    assert target.read_bytes() == b"lama"


def test_the_limit_of_windows_counts_the_whole_path() -> None:
    folder = Path(os.path.abspath("/")) / ("x" * 200)
    assert not is_too_long_for_windows(folder, 20)
    assert is_too_long_for_windows(folder, 60)


@only_on_windows("elsewhere an open file may be replaced")
def test_a_pdf_that_a_viewer_holds_open_is_kept_and_the_reason_told(tmp_path: Path) -> None:
    target = tmp_path / "Ringkasan.pdf"
    target.write_bytes(b"lama")
    with target.open("rb") as viewer, pytest.raises(EnvironmentProblem) as told:
        atomic_write(target, b"baru")
    assert viewer.closed
    assert told.value.code == "FILE_NOT_WRITABLE"
    assert "Tutup program lain" in told.value.message
    assert target.read_bytes() == b"lama"
    assert list(tmp_path.iterdir()) == [target]


@only_on_windows("elsewhere an open file may be replaced")
def test_a_file_that_is_let_go_of_within_a_blink_is_replaced(tmp_path: Path) -> None:
    """So does a virus scanner with every new file."""
    target = tmp_path / "Ringkasan.pdf"
    target.write_bytes(b"lama")
    hold = "import sys; f = open(sys.argv[1], 'rb'); print('held', flush=True); input(); f.close()"
    command = [sys.executable, "-c", hold, str(target)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as scanner:
        assert scanner.stdout is not None
        assert scanner.stdin is not None
        scanner.stdout.readline()
        scanner.stdin.close()
        atomic_write(target, b"baru")
    assert target.read_bytes() == b"baru"


@only_on_windows("elsewhere a read-only file may be replaced")
def test_a_file_that_is_read_only_is_kept(tmp_path: Path) -> None:
    target = tmp_path / "Ringkasan.pdf"
    target.write_bytes(b"lama")
    target.chmod(0o444)
    with pytest.raises(EnvironmentProblem, match="FILE_NOT_WRITABLE"):
        atomic_write(target, b"baru")
    target.chmod(0o644)
    assert target.read_bytes() == b"lama"


@only_on_windows("elsewhere these are names like any other")
@pytest.mark.parametrize("name", ["nul.pdf", "PKS 1:2026.pdf", "aux", "a?.pdf", "akhir. "])
def test_a_name_that_windows_would_bend_is_refused_before_writing(
    tmp_path: Path, name: str
) -> None:
    with pytest.raises(UserError, match="FILE_NAME_UNUSABLE"):
        atomic_write(tmp_path / "a" / name, b"isi")
    assert list(tmp_path.iterdir()) == []


@not_on_windows("colons are refused there")
def test_where_colons_are_letters_like_any_other_they_may_be_used(tmp_path: Path) -> None:
    atomic_write(tmp_path / "PKS 1:2026.pdf", b"isi")
    assert (tmp_path / "PKS 1:2026.pdf").read_bytes() == b"isi"
