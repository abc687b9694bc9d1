"""A program that runs out of disk in the middle of its work and says what became of it.

Run as a process of its own: `python -m tests.proofs.short_disk FOLDER limit|ballast`.
"""

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bpjsdesk.domain.access import NewUser, Role
from bpjsdesk.domain.report_values import ClaimsReportQuery
from bpjsdesk.errors import AppError
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.reports.issue import (
    issue_agreement_summary,
    issue_claims_report,
    issue_participant_list,
)
from bpjsdesk.services.batch_files import write_error_workbook, write_template
from bpjsdesk.services.claims_report import claims_report, claims_report_workbook
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.safety import BACKUP, check_health, make_backup
from bpjsdesk.services.users import add_user
from tests.offices import CHEAP, PASSWORD
from tests.proofs.crash_work import CLAIM, accept, found, load, opened, save, take_in, write_list

if sys.platform != "win32":
    import resource

ROOM = (0, 512, 4_096, 16_384, 80_000, 320_000)
QUERY = ClaimsReportQuery(date_from=date(2026, 1, 1), date_to=date(2026, 12, 31), region_code=None)
BIG_LIST, SMALL_LIST = 4_000, 40
FIRST_TO_ACCEPT = 2  # the batch of the small list was the first


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where the office lies, and the files of earlier days beside it."""

    folder: Path

    @property
    def office(self) -> Path:
        return self.folder / "kantor"

    def old(self, name: str) -> Path:
        return self.folder / f"lama.{name}"


Deed = Callable[[AppContext, Place, int], None]


def _take_in(context: AppContext, place: Place, turn: int) -> None:
    take_in(context, place.folder / f"besar-{turn}.csv", 1, new_request_id())


def _accept(context: AppContext, _place: Place, turn: int) -> None:
    accept(context, FIRST_TO_ACCEPT + turn, new_request_id())


def _claim(context: AppContext, _place: Place, turn: int) -> None:
    save(context, CLAIM, new_request_id(), turn)


def _summary(context: AppContext, place: Place, _turn: int) -> None:
    issue_agreement_summary(context, 1, place.old("ringkasan.pdf"))


def _participants(context: AppContext, place: Place, _turn: int) -> None:
    out = place.old("peserta.pdf")
    issue_participant_list(context, 1, out, progress=ignore_progress, cancel=CancelToken())


def _template(context: AppContext, place: Place, _turn: int) -> None:
    write_template(context, 1, place.old("templat.xlsx"))


def _errors(context: AppContext, place: Place, _turn: int) -> None:
    write_error_workbook(context, 1, place.old("koreksi.xlsx"))


def _backup(context: AppContext, place: Place, _turn: int) -> None:
    make_backup(context, place.old("cadangan.db"), request_id=new_request_id())


def _report(context: AppContext, place: Place, _turn: int) -> None:
    issue_claims_report(context, QUERY, place.old("klaim.pdf"))


def _report_workbook(context: AppContext, place: Place, _turn: int) -> None:
    claims_report_workbook(context, claims_report(context, QUERY), place.old("klaim.xlsx"))


def _keys(context: AppContext, _place: Place, turn: int) -> None:
    user = NewUser(
        name=f"petugas{turn}", display_name="Petugas", role=Role.CLERK, password=PASSWORD
    )
    add_user(context, user, request_id=new_request_id(), cost=CHEAP)


DEEDS: dict[str, Deed] = {
    "take in": _take_in,
    "accept": _accept,
    "claim": _claim,
    "summary": _summary,
    "participants": _participants,
    "template": _template,
    "errors": _errors,
    "report": _report,
    "report workbook": _report_workbook,
    "backup": _backup,
    "keys": _keys,
}


def prepare(folder: Path) -> None:
    """Make an office with a batch, a claim and one earlier file of each kind."""
    place = Place(folder=folder)
    found(place.office)
    for turn in range(len(ROOM)):
        write_list(folder / f"besar-{turn}.csv", turn + 1, BIG_LIST)
    with opened(place.office) as context:
        load(context, write_list(folder / "kecil.csv", 99, SMALL_LIST), 1)
        for turn in range(len(ROOM)):
            path = write_list(folder / f"terima-{turn}.csv", 50 + turn, BIG_LIST)
            take_in(context, path, 1, new_request_id())
        for name, deed in DEEDS.items():
            if name not in ("take in", "accept", "keys"):
                deed(context, place, 0)


@contextmanager
def limited(_folder: Path, room: int) -> Iterator[None]:
    """Let no file grow beyond `room` bytes, as a quota would."""
    if sys.platform == "win32":
        raise NotImplementedError("Windows has no such limit")
    else:  # mypy takes what follows a branch that leaves for unreachable on Windows
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def filled(folder: Path, room: int) -> Iterator[None]:
    """Fill the disk but for `room` bytes."""
    ballast = folder / "pemberat"
    ballast.write_bytes(bytes(max(shutil.disk_usage(folder).free - room, 0)))
    try:
        yield
    finally:
        ballast.unlink()


SHORTAGES = {"limit": limited, "ballast": filled}


def attempt(context: AppContext, place: Place, deed: Deed, turn: int) -> str:
    """Do a deed; give "done" or the code of the refusal with its sentence."""
    try:
        deed(context, place, turn)
    except AppError as problem:
        return f"{problem.code}: {problem.message}"
    return "done"


def bytes_beside(place: Place) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in place.folder.glob("lama.*")}


def history(context: AppContext) -> int:
    """Count the deeds; a backup that was made before a deed was refused is none of it."""
    with context.database.read() as connection:
        query = f"SELECT count(*) FROM audit_entry WHERE command <> '{BACKUP}'"  # noqa: S608  # our own word
        return int(connection.exec_driver_sql(query).scalar_one())


def tried(context: AppContext, place: Place, name: str, turn: int) -> dict[str, object]:
    """Do a deed with little room and look at what it left."""
    files, head = bytes_beside(place), history(context)
    with SHORTAGES[sys.argv[2]](place.folder, ROOM[turn]):
        outcome = attempt(context, place, DEEDS[name], turn)
    return {
        "deed": name,
        "room": ROOM[turn],
        "outcome": outcome,
        "files_kept": bytes_beside(place) == files,
        "history_kept": history(context) == head,
        "leftovers": [path.name for path in place.folder.glob(".*")],
        "saves_again": attempt(context, place, _claim, 100 + turn) == "done",
    }


def main() -> None:
    """Try every deed with more and more room and print the outcomes."""
    place = Place(folder=Path(sys.argv[1]))
    with opened(place.office) as context:
        said = [tried(context, place, name, turn) for name in DEEDS for turn in range(len(ROOM))]
    with opened(place.office) as context:
        health = check_health(context, progress=ignore_progress, cancel=CancelToken())
    sys.stdout.write(json.dumps({"said": said, "sound": health.is_sound}))


if __name__ == "__main__":
    main()
