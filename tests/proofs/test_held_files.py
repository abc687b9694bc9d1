"""Files that another program of Windows holds open: named, nothing lost, and a way back."""

from pathlib import Path

from tests.cli.conftest import Run
from tests.cli.files import AGREEMENT, CLAIM, written
from tests.services.lists import workbook, worker
from tests.systems import held, not_under_wine, only_on_windows

pytestmark = only_on_windows("elsewhere a program cannot keep others from a file by opening it")
TARGET = ("--agreement", 1, "--category", "VULNERABLE")


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_list_that_is_held_is_named(run: Run, tmp_path: Path) -> None:
    assert run("agreement", "add", written(tmp_path / "a.json", AGREEMENT)).exit_code == 0
    path = workbook(tmp_path / "a.xlsx", [worker(1)])
    with held(path):
        found = run("batch", "check", path, *TARGET)
    assert (found.exit_code, found.error_code) == (1, "WORKBOOK_NOT_READABLE")
    assert run("batch", "check", path, *TARGET).exit_code == 0


def test_a_store_that_is_held_is_named_and_opens_again(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    claim = written(tmp_path / "k.json", CLAIM)
    before = _contents(folder)
    with held(folder / "bpjsdesk.db"):
        found = run("claim", "add", claim)
    assert (found.exit_code, found.error_code) == (3, "STORE_NOT_WRITABLE")
    assert _contents(folder) == before
    assert run("claim", "add", claim).exit_code == 0


@not_under_wine("root writes into files that are read-only")
def test_a_read_only_store_is_named_and_not_changed(run: Run, folder: Path, tmp_path: Path) -> None:
    store = folder / "bpjsdesk.db"
    before = store.read_bytes()
    store.chmod(0o444)
    found = run("claim", "add", written(tmp_path / "k.json", CLAIM))
    store.chmod(0o644)
    assert (found.exit_code, found.error_code) == (3, "STORE_NOT_WRITABLE")
    assert store.read_bytes() == before


def test_keys_that_are_held_are_read_from_their_copy(run: Run, folder: Path) -> None:
    with held(folder / "kunci.json"):
        assert run("check").data["ok"] is True


def test_a_backup_that_is_held_stays_as_it_was(run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "usb" / "cadangan.db"
    assert run("backup", copy).exit_code == 0
    before = _contents(copy.parent)
    with held(copy):
        found = run("backup", copy)
    assert (found.exit_code, found.error_code) == (3, "FILE_NOT_WRITABLE")
    assert _contents(copy.parent) == before


def test_an_output_that_is_held_is_named(run: Run, tmp_path: Path) -> None:
    assert run("agreement", "add", written(tmp_path / "a.json", AGREEMENT)).exit_code == 0
    out = tmp_path / "keluaran" / "templat.xlsx"
    assert run("batch", "template", "--agreement", 1, "--out", out).exit_code == 0
    before = _contents(out.parent)
    with held(out):
        found = run("batch", "template", "--agreement", 1, "--out", out)
    assert (found.exit_code, found.error_code) == (3, "FILE_NOT_WRITABLE")
    assert _contents(out.parent) == before
