"""backup, check and audit list: a copy that opens, a file that is looked through, a history."""

import os
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.files import AGREEMENT, written


@pytest.fixture
def with_agreement(run: Run, tmp_path: Path) -> None:
    assert run("agreement", "add", written(tmp_path / "a.json", AGREEMENT)).exit_code == 0


@pytest.mark.usefixtures("with_agreement")
def test_a_backup_opens_as_an_office_of_its_own(run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "usb" / "cadangan.db"
    made = run("backup", copy).data
    assert made["file"] == str(copy)
    assert made["rows"]["agreement"] == 1
    elsewhere = tmp_path / "pulih"
    elsewhere.mkdir()
    copy.rename(elsewhere / "bpjsdesk.db")
    (tmp_path / "usb" / "cadangan.db.kunci.json").rename(elsewhere / "kunci.json")
    assert run("--data", elsewhere, "check").data["ok"] is True
    listed = run("--data", elsewhere, "agreement", "list").data["agreements"]
    assert [item["title"] for item in listed] == [AGREEMENT["title"]]


@pytest.mark.usefixtures("with_agreement")
def test_a_backup_carries_keys_that_open_it_even_where_one_copy_is_damaged(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    (folder / "kunci.json").write_text("{", encoding="utf-8")
    copy = tmp_path / "cadangan.db"
    assert run("backup", copy).exit_code == 0
    elsewhere = tmp_path / "pulih"
    elsewhere.mkdir()
    copy.rename(elsewhere / "bpjsdesk.db")
    copy.with_name("cadangan.db.kunci.json").rename(elsewhere / "kunci.json")
    assert run("--data", elsewhere, "check").data["ok"] is True


@pytest.mark.parametrize("name", ["bpjsdesk.db", "kunci.json", "./cadangan/../bpjsdesk.db"])
def test_nothing_is_written_over_the_office_itself(run: Run, folder: Path, name: str) -> None:
    (folder / "cadangan").mkdir(exist_ok=True)
    before = {path.name: path.read_bytes() for path in folder.glob("kunci*")}
    found = run("backup", folder / name)
    assert (found.exit_code, found.error_code) == (1, "TARGET_IS_OFFICE")
    assert {path.name: path.read_bytes() for path in folder.glob("kunci*")} == before
    assert run("check").data["ok"] is True


@pytest.mark.usefixtures("with_agreement")
def test_check_counts_and_names_what_it_looked_through(run: Run) -> None:
    found = run("check").data
    assert found["ok"] is True
    assert (found["problems"], found["broken_link"], found["uncounted_batches"]) == ([], None, [])
    assert found["rows"]["agreement"] == 1
    assert found["audit_entries"] == found["rows"]["audit_entry"]


def test_check_ends_with_3_where_the_file_is_damaged(run: Run, folder: Path) -> None:
    store = folder / "bpjsdesk.db"
    content = bytearray(store.read_bytes())
    content[-100] ^= 1
    store.write_bytes(content)
    found = run("check")
    assert found.exit_code == 3
    assert found.data.get("ok") is False or found.error_code == "STORE_DAMAGED"


@pytest.mark.usefixtures("with_agreement")
def test_the_history_lists_the_newest_first(run: Run) -> None:
    entries = run("audit", "list").data["entries"]
    assert entries[0]["command"] == "agreement.save"
    assert entries[-1]["command"] == "office.found"
    assert [entry["seq"] for entry in entries] == sorted(
        (entry["seq"] for entry in entries), reverse=True
    )
    assert len(run("audit", "list", "--limit", 1).data["entries"]) == 1


def test_an_office_may_lie_in_a_folder_with_an_odd_name(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    name = "Kantor é #1 ?mode=ro 100% & “lain”"
    # Windows allows no question mark in a name; an ampersand and a percent sign it does
    odd = folder.rename(tmp_path / (name.replace("?", "") if os.name == "nt" else name))
    path = written(tmp_path / "a.json", AGREEMENT)
    assert run("--data", odd, "agreement", "add", path).exit_code == 0
    assert run("--data", odd, "backup", odd / "cadangan" / "a b.db").exit_code == 0
    assert run("--data", odd, "check").data["rows"]["agreement"] == 1
