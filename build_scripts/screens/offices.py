"""The offices of the scenes: a practice office and one without records, made once a run."""

import os
import shutil
from argparse import Namespace
from datetime import datetime
from pathlib import Path

from bpjsdesk.cli.demo import demo
from bpjsdesk.cli.demo_office.founding import OFFICE, PASSWORD, USERS
from bpjsdesk.clock import WITA
from bpjsdesk.domain.access import NewUser, Role
from bpjsdesk.domain.office import NewOffice
from bpjsdesk.paths import AppPaths
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.office import create_office
from bpjsdesk.services.users import add_user

__all__ = ["MOMENT", "PASSWORD", "make_offices"]

MOMENT = datetime(2026, 11, 20, 10, 42, tzinfo=WITA)
_BACKED_UP = datetime(2026, 11, 20, 7, 30, tzinfo=WITA)


def make_offices(folder: Path, *, rows: int, pdf: Path, data: Path | None) -> None:
    """Make `practice` and `empty` in a folder; `data` is an office to copy instead of making one.

    Raises: UserError, EnvironmentProblem as the practice office does.
    """
    if data is not None:
        shutil.copytree(data, folder / "practice")
    else:
        arguments = Namespace(data=str(folder / "practice"), rows=rows, out=str(pdf))
        demo(arguments, lambda: MOMENT)
        _date_backups(folder / "practice")
    _make_empty(folder / "empty")


def _make_empty(folder: Path) -> None:
    founder = USERS[Role.SUPERVISOR]
    first = NewUser(
        name=founder[0], display_name=founder[1], role=Role.SUPERVISOR, password=PASSWORD
    )
    founding = NewOffice(office=OFFICE, first_user=first)
    created = create_office(AppPaths(folder), founding, lambda: MOMENT)
    name, display_name = USERS[Role.ADMIN]
    admin = NewUser(name=name, display_name=display_name, role=Role.ADMIN, password=PASSWORD)
    add_user(created.context, admin, request_id=new_request_id())
    created.context.close()


def _date_backups(data: Path) -> None:
    # a backup is as old as its file, which the fixed clock does not reach
    for path in AppPaths(data).backups.iterdir():
        os.utime(path, (_BACKED_UP.timestamp(), _BACKED_UP.timestamp()))
