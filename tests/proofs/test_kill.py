"""A killed program loses nothing it acknowledged, leaves no half, and its office always opens."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from bpjsdesk.paths import AppPaths
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.office import office_exists
from bpjsdesk.services.safety import check_health, make_backup
from tests.proofs.crash_work import (
    AGREEMENT,
    CLAIM,
    accept,
    back_up_forever,
    found,
    found_aloud,
    load,
    opened,
    save,
    take_in,
    write_list,
)
from tests.proofs.kill_driver import Tally, halves, killed, run
from tests.storage import hostile
from tests.systems import descendants, is_running


def test_a_few_kills(tmp_path: Path) -> None:
    tally = run(tmp_path, saves=8, imports=4, rows=600, longest_import_s=0.6)
    assert tally.kills == 12
    assert tally.acknowledged > 0
    assert tally.is_clean, tally


@pytest.mark.long
def test_three_hundred_kills(tmp_path: Path) -> None:
    tally = run(tmp_path, saves=200, imports=100, rows=5_000, longest_import_s=3.0)
    assert tally.kills == 300
    # how many fall on which side depends on the machine; both sides must have been seen
    assert tally.acknowledged > 100
    assert tally.imports_killed_before_the_commit > 0
    assert tally.imports_committed > 0
    assert tally.is_clean, tally


def test_the_proof_bites() -> None:
    """A tally with any kind of loss must not pass for a clean one."""
    assert Tally(kills=9, acknowledged=9, saved_but_not_acknowledged=9).is_clean
    faulty = (
        Tally(lost=1),
        Tally(half_records=1),
        Tally(doubled_by_repeating=1),
        Tally(not_opened=1),
        Tally(unsound=1),
    )
    assert not any(tally.is_clean for tally in faulty)


MISSING = (
    "DELETE FROM claim_component",
    "DELETE FROM agreement_party WHERE role_no = 2",
    "UPDATE batch SET read = read + 1, held = held + 1",
    "DELETE FROM batch_line WHERE id = 1",
    "DELETE FROM membership WHERE id = 1",
)


@pytest.mark.parametrize("loss", MISSING)
def test_a_record_with_a_part_missing_does_not_pass_for_whole(tmp_path: Path, loss: str) -> None:
    agreement_id = found(tmp_path / "kantor")
    with opened(tmp_path / "kantor") as context:
        save(context, CLAIM, "permintaan-1", 7)
        load(context, write_list(tmp_path / "a.csv", 1, 20), agreement_id)
        assert halves(context) == {}
        with context.database.write() as connection:
            connection.exec_driver_sql(loss)
        assert halves(context)


@pytest.mark.parametrize("pause_s", [0.0, 0.02, 0.05, 0.1, 0.2, 0.4])
def test_a_founding_that_is_killed_can_be_finished_or_begun_again(
    tmp_path: Path, pause_s: float
) -> None:
    folder = tmp_path / "kantor"
    killed(found_aloud, (folder,), pause_s)
    if not office_exists(AppPaths(folder)):
        found(folder)
    with opened(folder) as context:
        assert check_health(context, progress=ignore_progress, cancel=CancelToken()).is_sound


@pytest.mark.parametrize("pause_s", [0.0, 0.01, 0.03, 0.06, 0.1])
def test_a_backup_that_is_killed_leaves_a_whole_one(tmp_path: Path, pause_s: float) -> None:
    """Under the name of a backup there is only ever a copy that opens, the old or the new one."""
    found(tmp_path / "kantor")
    target = tmp_path / "usb" / "bpjsdesk.db"
    with opened(tmp_path / "kantor") as context:
        make_backup(context, target, request_id=new_request_id())
    killed(back_up_forever, (tmp_path / "kantor", target), pause_s)
    keys = target.with_name("bpjsdesk.db.kunci.json")
    keys.rename(target.with_name("kunci.json"))
    with opened(target.parent) as context:
        assert check_health(context, progress=ignore_progress, cancel=CancelToken()).is_sound


READ_ON = (
    "import sys; from pathlib import Path; from bpjsdesk.progress import CancelToken\n"
    "from bpjsdesk.storage.workbook import read_workbook\n"
    "parts = read_workbook(Path(sys.argv[1]), cancel=CancelToken()); next(parts)\n"
    "print('reading', flush=True); sys.stdin.read()"
)


def test_the_reader_of_a_killed_program_ends_too(tmp_path: Path) -> None:
    path = hostile.plain_xlsx(tmp_path / "a.xlsx", rows=60_000)
    words = [sys.executable, "-c", READ_ON, str(path)]
    program = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    assert program.stdout.readline() == "reading\n"
    children = descendants(program.pid)
    assert children
    program.kill()
    program.communicate()
    until = time.monotonic() + 20
    while any(map(is_running, children)):
        assert time.monotonic() < until, "the reader outlived its program"
        time.sleep(0.05)


@pytest.mark.parametrize("command", [CLAIM, AGREEMENT])
def test_the_same_request_after_a_restart_makes_one_record(tmp_path: Path, command: str) -> None:
    found(tmp_path / "kantor")
    ids = []
    for _ in range(3):
        with opened(tmp_path / "kantor") as context:
            ids.append(save(context, command, "permintaan-1", 7))
    assert len(set(ids)) == 1
    table = {CLAIM: "claim", AGREEMENT: "agreement"}[command]
    with opened(tmp_path / "kantor") as context, context.database.read() as connection:
        rows = connection.exec_driver_sql(f"SELECT count(*) FROM {table}")  # noqa: S608  # our own table names
        assert rows.scalar_one() == {CLAIM: 1, AGREEMENT: 2}[command]


def test_the_same_import_after_a_restart_makes_one_batch(tmp_path: Path) -> None:
    agreement_id = found(tmp_path / "kantor")
    path = write_list(tmp_path / "a.csv", 1, 50)
    with opened(tmp_path / "kantor") as context:
        first = take_in(context, path, agreement_id, "permintaan-1")
        accept(context, first, "permintaan-2")
    with opened(tmp_path / "kantor") as context:
        assert take_in(context, path, agreement_id, "permintaan-1") == first
        assert accept(context, first, "permintaan-2") == first
        with context.database.read() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM batch").scalar_one() == 1
