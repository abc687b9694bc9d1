"""The program that is going to be killed: it saves without pause and says when each is saved."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from bpjsdesk.domain.access import NewUser, Role
from bpjsdesk.domain.claims import Programme
from bpjsdesk.domain.enrollment import BatchRequest
from bpjsdesk.domain.office import NewOffice, Office
from bpjsdesk.paths import AppPaths
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.accepting import accept_list
from bpjsdesk.services.agreements import save_agreement
from bpjsdesk.services.claims import save_claim
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.office import create_office, open_office
from bpjsdesk.services.safety import make_backup
from bpjsdesk.services.staging import open_list, stage_list
from tests.offices import CHEAP, FOUNDER, NOW, PASSWORD
from tests.services.factories import a_claim, a_draft
from tests.services.lists import lettered

ABOUT_TO, DONE = "about to", "done"
CLAIM, AGREEMENT = "claim.save", "agreement.save"
IMPORT, ACCEPT = "batch.import", "batch.accept"


class Said(NamedTuple):
    """One message over the pipe; `object_id` is known once it is done."""

    word: str
    command: str
    request_id: str
    serial: int
    object_id: int = 0


def found(folder: Path) -> int:
    """Make an office with one agreement and give the agreement's id."""
    user = NewUser(name=FOUNDER, display_name="Rina", role=Role.SUPERVISOR, password=PASSWORD)
    office = Office(name="Kantor Cabang Manado", place="Manado", region_code="71.71")
    founding = NewOffice(office=office, first_user=user)
    created = create_office(AppPaths(folder), founding, lambda: NOW, cost=CHEAP)
    with closing(created.context) as context:
        return save_agreement(context, a_draft(), request_id=new_request_id()).object_id


@contextmanager
def opened(folder: Path) -> Iterator[AppContext]:
    """Log in as the founder."""
    with closing(open_office(AppPaths(folder), FOUNDER, PASSWORD, lambda: NOW)) as context:
        yield context


@contextmanager
def closing(context: AppContext) -> Iterator[AppContext]:
    try:
        yield context
    finally:
        context.close()


def save(context: AppContext, command: str, request_id: str, serial: int) -> int:
    """Save the claim or the agreement with this serial number and give its id."""
    if command == AGREEMENT:
        draft = a_draft(title=f"Perjanjian {serial}")
        return save_agreement(context, draft, request_id=request_id).object_id
    nik = f"7171015203{60 + serial // 9999 % 40:02d}{serial % 9999 + 1:04d}"
    claim = a_claim(programme=Programme.JHT, participant_nik=nik, note=str(serial))
    return save_claim(context, claim, request_id=request_id).object_id


def save_forever(folder: Path, first_serial: int, pipe: Connection) -> None:
    """Save claims, and now and then an agreement, until somebody ends this process."""
    with opened(folder) as context:
        for serial in itertools.count(first_serial):
            command = AGREEMENT if serial % 5 == 0 else CLAIM
            request_id = new_request_id()
            pipe.send(Said(ABOUT_TO, command, request_id, serial))
            object_id = save(context, command, request_id, serial)
            pipe.send(Said(DONE, command, request_id, serial, object_id))


def write_list(path: Path, serial: int, rows: int) -> Path:
    """Write a list whose NIKs no list of another serial number has; every tenth is held."""
    born = f"{serial % 12 + 1:02d}{70 + serial // 12 % 30:02d}"
    lines = ["NIK,NAMA LENGKAP,TANGGAL LAHIR"]
    for place in range(rows):
        day, number = place // 9000 + 1, place % 9000 + 1
        nik = f"717101{day:02d}{born}{number:04d}" if place % 10 else f"71{number}"
        lines.append(f"{nik},WARGA {lettered(serial)} {lettered(place)},")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def take_in(context: AppContext, path: Path, agreement_id: int, request_id: str) -> int:
    """Take a list in under the office's agreement and give the id of its batch."""
    request = BatchRequest(
        path=path,
        agreement_id=agreement_id,
        category="VULNERABLE",
        registered_on=date(2026, 11, 20),
    )
    return stage_list(
        context,
        request,
        request_id=request_id,
        progress=ignore_progress,
        cancel=CancelToken(),
    ).object_id


def accept(context: AppContext, batch_id: int, request_id: str) -> int:
    """Check a list in work, accept it after a backup, and give the batch's id."""
    work = open_list(context, batch_id, progress=ignore_progress, cancel=CancelToken())
    return accept_list(
        context,
        work,
        request_id=request_id,
        progress=ignore_progress,
        cancel=CancelToken(),
        up_to_quota=True,
    ).object_id


def load(context: AppContext, path: Path, agreement_id: int) -> int:
    """Take a list in and accept it."""
    batch_id = take_in(context, path, agreement_id, new_request_id())
    return accept(context, batch_id, new_request_id())


def import_list(folder: Path, path: Path, agreement_id: int, pipe: Connection) -> None:
    """Take a list in, accept it, and wait for the end."""
    with opened(folder) as context:
        request_id = new_request_id()
        pipe.send(Said(ABOUT_TO, IMPORT, request_id, 0))
        batch_id = take_in(context, path, agreement_id, request_id)
        pipe.send(Said(DONE, IMPORT, request_id, 0, batch_id))
        request_id = new_request_id()
        pipe.send(Said(ABOUT_TO, ACCEPT, request_id, 0, batch_id))
        accept(context, batch_id, request_id)
        pipe.send(Said(DONE, ACCEPT, request_id, 0, batch_id))
        pipe.poll(60)


def found_aloud(folder: Path, pipe: Connection) -> None:
    """Found an office and wait for the end."""
    pipe.send(Said(ABOUT_TO, "office.found", "", 0))
    pipe.send(Said(DONE, "office.found", "", 0, found(folder)))
    pipe.poll(60)


def back_up_forever(folder: Path, target: Path, pipe: Connection) -> None:
    """Replace the same backup again and again until somebody ends this process."""
    with opened(folder) as context:
        for serial in itertools.count():
            request_id = new_request_id()
            pipe.send(Said(ABOUT_TO, "backup.make", request_id, serial))
            make_backup(context, target, request_id=request_id)
            pipe.send(Said(DONE, "backup.make", request_id, serial))
