"""What the proof under Wine decides without Wine: packages, paths, counts, the written result."""

import sys
from datetime import datetime
from pathlib import Path

import pytest

pytest.importorskip("packaging", reason="the environment without Qt has no packaging library")

from bpjsdesk.clock import WITA
from bpjsdesk.paths import AppPaths
from bpjsdesk.services.office import open_office
from bpjsdesk.storage.migrations import HEAD, revision_of
from build_scripts.wine.cache import Cache
from build_scripts.wine.debian import inside
from build_scripts.wine.findings import Record, Refuted, require
from build_scripts.wine.machine import WineMachine, run_bounded
from build_scripts.wine.older_office import OLD_REVISION, make_older_office
from build_scripts.wine.report import Proof, keep, kept_parts, write
from build_scripts.wine.trial_tests import counts_of
from build_scripts.wine.wheels import windows_entries
from tests.offices import PASSWORD

LOCK = """# made by hand
alpha==1.0 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
beta==2.0 ; sys_platform == 'win32' \\
    --hash=sha256:cc
gamma==3.0 ; sys_platform == 'linux' \\
    --hash=sha256:dd
delta==4.0 ; python_full_version >= '3.14' \\
    --hash=sha256:ee
"""
RESULTS = """<testsuites><testsuite>
<testcase classname="a" name="one"/><testcase classname="a" name="two"/>
<testcase classname="b" name="three"><skipped message="no fork there"/></testcase>
{more}</testsuite></testsuites>"""
FAILED = '<testcase classname="c" name="four"><failure message="no"/></testcase>'
POSIX_ONLY = pytest.mark.skipif(sys.platform == "win32", reason="Wine is started from Linux only")


def test_a_lock_is_read_for_windows() -> None:
    assert windows_entries(LOCK) == {
        "alpha==1.0": "alpha==1.0 --hash=sha256:aa --hash=sha256:bb",
        "beta==2.0": "beta==2.0 --hash=sha256:cc",
    }


@POSIX_ONLY
def test_paths_lead_both_ways(tmp_path: Path) -> None:
    machine = WineMachine(Cache(tmp_path), "uji", display=1)
    place = tmp_path / "Désk ünï" / "daftar.xlsx"
    assert machine.local(machine.path(place)) == place
    assert machine.path(place).startswith("Z:\\")
    inside_windows = machine.local(r"C:\Program Files\BPJS Desk\bpjsdesk.exe")
    assert inside_windows == machine.prefix / "drive_c" / "Program Files/BPJS Desk/bpjsdesk.exe"


def test_a_command_in_the_root_starts_with_clean_surroundings(tmp_path: Path) -> None:
    words = inside(tmp_path, ["true"], tmp_path / "shared")
    assert words[-1] == "true"
    assert words[words.index("env") + 1] == "-i"
    assert f'mount --bind "{tmp_path / "shared"}"' in words[words.index("-c") + 1]


@POSIX_ONLY
def test_a_program_that_hangs_is_ended_and_told() -> None:
    assert run_bounded(["sleep", "60"], 0.1).returncode == 124
    assert run_bounded(["echo", "ada"], 10).stdout == "ada\n"


def test_tests_are_counted_with_the_reason_of_each_one_left_out(tmp_path: Path) -> None:
    results = tmp_path / "tests.xml"
    results.write_text(RESULTS.format(more=""), encoding="utf-8")
    assert counts_of(results) == "2 passed, 1 left out (1 × no fork there)"
    results.write_text(RESULTS.format(more=FAILED), encoding="utf-8")
    with pytest.raises(Refuted, match=r"1 of 4 tests fail: c\.four"):
        counts_of(results)


def test_a_failed_trial_is_told_and_the_next_one_still_made() -> None:
    def too_large() -> str:
        require(False, "terlalu besar")
        return "muat"

    record = Record()
    assert not record.tried("besar", too_large)
    assert record.tried("kecil", lambda: "muat")
    assert [(each.name, each.ok, each.detail) for each in record.findings] == [
        ("besar", False, "Refuted: terlalu besar"),
        ("kecil", True, "muat"),
    ]
    assert not record.is_good
    assert not Record().is_good


def test_the_result_tells_each_part_with_its_commit_and_sizes_with_their_ceilings(
    tmp_path: Path,
) -> None:
    record = Record()
    record.add("pasang", ok=True, detail="rc 0 | baik", seconds=3.0)
    record.add("copot", ok=False, detail="berkas\ntertinggal", seconds=None)
    kept = tmp_path / "kept"
    moment = datetime(2026, 11, 20, 10, 42, tzinfo=WITA)
    part = keep("smoke", record, commit="abc", moment=moment, folder=kept)
    assert not part.is_good
    sizes: list[tuple[str, int, int | None]] = [
        ("setup", 31_400_000, 45_000_000),
        ("SBOM", 90_000, None),
    ]
    parts = kept_parts(("smoke", "linux"), folder=kept)
    assert parts[0] == part
    write(Proof(versions={"Wine": "10.0"}, sizes=sizes, parts=parts), tmp_path / "PROOF.md")
    told = (tmp_path / "PROOF.md").read_text("utf-8")
    assert "Result: 1 of 2 trials hold" in told
    assert "| smoke | 2026-11-20 10:42 WITA | abc | 2 | 1 |" in told
    assert "| linux | never |  | 0 | 0 |" in told
    assert "| setup | 31.4 | 45 |" in told
    assert "| pasang | holds | 3.0 | rc 0 / baik |" in told
    assert "| copot | **fails** |  | berkas tertinggal |" in told


def test_an_older_office_is_brought_up_to_date_when_it_is_opened(tmp_path: Path) -> None:
    folder = tmp_path / "lama"
    make_older_office(folder, user="rina", password=PASSWORD)
    paths = AppPaths(folder)
    context = open_office(
        paths, "rina", PASSWORD, lambda: datetime(2026, 11, 20, 10, 42, tzinfo=WITA)
    )
    with context.database.read() as connection:
        assert revision_of(connection) == HEAD != OLD_REVISION
    context.close()
    assert list(paths.backups.glob("*.db"))
