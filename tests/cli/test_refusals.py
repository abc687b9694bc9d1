"""A clerk took the reply: the supervisor takes out whoever was refused, without a screen."""

from pathlib import Path

from bpjsdesk.domain.access import Role
from bpjsdesk.paths import AppPaths
from tests.cli.conftest import Run
from tests.cli.files import AGREEMENT, written
from tests.offices import NAMES
from tests.services.lists import nik, workbook, worker

TARGET = ("--agreement", 1, "--category", "VULNERABLE", "--from", "2026-01", "--months", 12)
CLERK = NAMES[Role.CLERK]


def test_a_supervisor_takes_out_whom_a_clerks_reply_has_refused(
    run: Run, tmp_path: Path, folder: Path
) -> None:
    assert run("agreement", "add", written(tmp_path / "a.json", AGREEMENT)).exit_code == 0
    rows = [worker(1), worker(2, name="SITI WOWOR"), worker(3, name="ANTON LASUT")]
    batch = run("batch", "import", workbook(tmp_path / "a.xlsx", rows), *TARGET).data["batch_id"]
    run("batch", "sent", batch)
    answers = [[nik(1), "", "Y", ""], [nik(2), "", "T", "Tidak sesuai Dukcapil"]]
    heads = ("NIK", "NAMA", "Y/T", "ALASAN")
    reply = workbook(tmp_path / "balasan.xlsx", answers, headings=heads)
    state = run("batch", "reply", batch, reply, user=CLERK).data["state"]
    assert state["leaving"] == 1
    assert run("batch", "take-out", batch, user=CLERK).error_code == "NOT_PERMITTED"
    told = run("batch", "take-out", batch).data
    assert (told["taken_out"], told["state"]["leaving"], told["state"]["kept"]) == (1, 0, [])
    assert list(AppPaths(folder).backups.glob(f"*balasan-{batch}*"))
    shown = run("batch", "show", batch).data
    assert [row["codes"] for row in shown["held_rows"]] == [["NIK_NOT_IN_DUKCAPIL"]]
    assert run("batch", "take-out", batch).error_code == "NOTHING_TO_TAKE_OUT"
