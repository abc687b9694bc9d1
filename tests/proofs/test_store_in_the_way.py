"""A locked, unwritable or damaged office: a named message, nothing written, and a way back."""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bpjsdesk.storage import dialect
from tests.cli.conftest import Run
from tests.cli.files import AGREEMENT, CLAIM, written
from tests.offices import FOUNDER, PASSWORD
from tests.systems import not_on_windows

HOLD = (
    "import sys; from pathlib import Path; from tests.proofs.crash_work import opened\n"
    "with opened(Path(sys.argv[1])) as office, office.database.write():\n"
    "    print('held', flush=True); sys.stdin.read()"
)
ASK = "import sys; from bpjsdesk.cli.main import main; sys.exit(main(sys.argv[1:]))"
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2
NOT_ON_WINDOWS = not_on_windows("folders are guarded by access lists, not by mode bits")
DAMAGES = 12


def _holder(folder: Path) -> "subprocess.Popen[str]":
    words = [sys.executable, "-c", HOLD, str(folder)]
    holder = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


@pytest.fixture
def held(folder: Path) -> Iterator[Path]:
    """Let another process hold the write lock."""
    holder = _holder(folder)
    yield folder
    holder.communicate(timeout=30)


def test_a_locked_store_is_named_within_its_patience(
    run: Run, held: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    patience = {**dialect.SETTINGS, "busy_timeout": "200"}
    monkeypatch.setattr(dialect, "SETTINGS", patience)
    path = written(tmp_path / "k.json", CLAIM)
    started = time.monotonic()
    found = run("claim", "add", path)
    assert (found.exit_code, found.error_code) == (3, "STORE_BUSY")
    assert time.monotonic() - started < 3
    assert "petugas lain" in found.data["error"]["message"]
    assert run("claim", "list").data == {"claims": []}
    assert held.exists()


def test_what_was_locked_works_again_when_the_lock_is_gone(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    holder = _holder(folder)
    holder.kill()
    holder.communicate()
    assert run("claim", "add", written(tmp_path / "k.json", CLAIM)).exit_code == 0


def _as_ordinary_user() -> None:
    """Give up what lets root write everywhere."""
    import ctypes  # noqa: PLC0415  # only in the child, where it matters

    if sys.platform != "win32" and os.geteuid() == 0:
        for power in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
            ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, power, 0, 0, 0)


def ordinary(folder: Path, *words: object) -> "subprocess.CompletedProcess[str]":
    line = [sys.executable, "-c", ASK, *map(str, words)]
    options = ["--data", str(folder), "--user", FOUNDER, "--json"]
    return subprocess.run(
        [*line, *options],
        env=os.environ | {"BPJSDESK_PASSWORD": PASSWORD},
        preexec_fn=_as_ordinary_user,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@NOT_ON_WINDOWS
def test_a_read_only_folder_is_named(folder: Path, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    _forbid_writing(folder)
    try:
        found = ordinary(folder, "claim", "add", written(tmp_path / "k.json", CLAIM))
        assert found.returncode == 3, found.stdout + found.stderr
        assert '"STORE_NOT_WRITABLE"' in found.stdout
        assert "izin folder" in found.stdout
        assert found.stderr == ""
        new = ordinary(folder / "baru", "init", "--office", "Baru")
        assert new.returncode == 3
        assert '"FOLDER_NOT_WRITABLE"' in new.stdout
    finally:
        _allow_writing(folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
    assert ordinary(folder, "check").returncode == 0


@NOT_ON_WINDOWS
def test_a_folder_of_another_user_is_named(folder: Path) -> None:
    folder.chmod(0o000)
    try:
        found = ordinary(folder, "check")
        new = ordinary(folder, "init", "--office", "Baru")
    finally:
        folder.chmod(0o755)
    for answer in (found, new):
        assert answer.returncode == 3, answer.stdout + answer.stderr
        assert '"FOLDER_NOT_READABLE"' in answer.stdout
        assert "izin folder" in answer.stdout


@NOT_ON_WINDOWS
def test_a_read_only_place_for_a_pdf_is_named(folder: Path, tmp_path: Path) -> None:
    added = ordinary(folder, "agreement", "add", written(tmp_path / "a.json", AGREEMENT))
    assert added.returncode == 0, added.stderr
    place = tmp_path / "keluaran"
    place.mkdir()
    (place / "lama.pdf").write_bytes(b"lama")
    _forbid_writing(place)
    try:
        found = ordinary(folder, "agreement", "pdf", 1, "--out", place / "lama.pdf")
    finally:
        _allow_writing(place)
    assert found.returncode == 3
    assert '"FILE_NOT_WRITABLE"' in found.stdout
    assert [path.name for path in place.iterdir()] == ["lama.pdf"]
    assert (place / "lama.pdf").read_bytes() == b"lama"


def _forbid_writing(folder: Path) -> None:
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o555 if path.is_dir() else 0o444)


def _allow_writing(folder: Path) -> None:
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.mark.parametrize("seed", range(DAMAGES))
def test_a_damaged_store_is_noticed_and_not_written_to(run: Run, folder: Path, seed: int) -> None:
    chance = random.Random(seed)
    store = folder / "bpjsdesk.db"
    content = bytearray(store.read_bytes())
    content[chance.randrange(len(content))] ^= chance.randrange(1, 256)
    store.write_bytes(content)
    found = run("check")
    assert found.exit_code == 3
    if "error" in found.data:
        assert found.error_code == "STORE_DAMAGED"
        assert "cadangan" in found.data["error"]["message"]
    else:
        assert found.data["problems"]
    assert store.read_bytes() == bytes(content)


@pytest.mark.parametrize("size", [0, 100, 4096, 40_000])
def test_a_cut_store_is_named(run: Run, folder: Path, size: int, tmp_path: Path) -> None:
    store = folder / "bpjsdesk.db"
    store.write_bytes(store.read_bytes()[:size])
    found = run("claim", "add", written(tmp_path / "k.json", CLAIM))
    assert found.exit_code == 3
    assert found.error_code == ("STORE_DAMAGED" if size else "STORE_MISSING")
    assert store.stat().st_size == size


def test_a_missing_store_is_named_and_not_made_anew(run: Run, folder: Path) -> None:
    (folder / "bpjsdesk.db").unlink()
    found = run("check")
    assert (found.exit_code, found.error_code) == (3, "STORE_MISSING")
    assert not (folder / "bpjsdesk.db").exists()


def test_a_backup_of_a_damaged_store_is_not_kept(run: Run, folder: Path, tmp_path: Path) -> None:
    store = folder / "bpjsdesk.db"
    content = bytearray(store.read_bytes())
    content[-100] ^= 1
    store.write_bytes(content)
    found = run("backup", tmp_path / "cadangan.db")
    assert found.exit_code == 3
    assert found.error_code in {"STORE_DAMAGED", "BACKUP_UNPROVEN"}
    assert not list(tmp_path.glob("*cadangan.db*"))


@pytest.mark.parametrize("seed", range(DAMAGES))
def test_one_changed_letter_in_the_key_file_leads_to_its_copy(
    run: Run, folder: Path, seed: int
) -> None:
    chance = random.Random(seed)
    keys = folder / "kunci.json"
    letters = bytearray(keys.read_bytes())
    letters[chance.randrange(len(letters))] ^= 1 << chance.randrange(7)
    keys.write_bytes(letters)
    assert run("check").data["ok"] is True
    shutil.copyfile(keys, folder / "kunci.salinan.json")
    found = run("check")
    if "error" in found.data:  # a change of mere white space is none
        assert (found.exit_code, found.error_code) == (3, "KEYS_DAMAGED")
        assert "Pulihkan kunci.json" in found.data["error"]["message"]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"entries": 1}', b'{"entries": [1]}']
)
def test_a_ruined_key_file_is_named(run: Run, folder: Path, content: bytes) -> None:
    for name in ("kunci.json", "kunci.salinan.json"):
        (folder / name).write_bytes(content)
    found = run("check")
    assert (found.exit_code, found.error_code) == (3, "KEYS_DAMAGED")


@pytest.mark.parametrize("password", ["", " ", PASSWORD.upper(), PASSWORD + " ", "x" * 5000])
def test_a_wrong_password_opens_nothing_and_changes_nothing(
    run: Run, folder: Path, password: str
) -> None:
    before = (folder / "bpjsdesk.db").read_bytes()
    found = run("check", password=password)
    assert (found.exit_code, found.error_code) == (1, "LOGIN_REFUSED")
    assert (folder / "bpjsdesk.db").read_bytes() == before
