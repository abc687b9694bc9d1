"""A real, encrypted office for each test: founded once, copied every time."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bpjsdesk.clock import WITA, Clock
from bpjsdesk.domain.access import NewUser, Role
from bpjsdesk.domain.office import NewOffice, Office
from bpjsdesk.paths import AppPaths
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.office import create_office, load_user, open_office
from bpjsdesk.services.users import add_user
from bpjsdesk.storage.keys import KeyCost

CHEAP = KeyCost(memory_kib=1024, passes=1, lanes=1)
NOW = datetime(2026, 11, 20, 10, 42, tzinfo=WITA)
FOUNDER = "rina"
PASSWORD = "kapal putih berlayar pagi"
NAMES = {
    Role.SUPERVISOR: FOUNDER,
    Role.CLERK: "dodi",
    Role.ADMIN: "sari",
    Role.READER: "beni",
}

AsRole = Callable[[Role], AppContext]


@pytest.fixture
def clock() -> Clock:
    """Stand still at Friday, 20 November 2026, 10.42 WITA."""
    return lambda: NOW


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Found an office with one user of each role; tests only ever see copies of it."""
    paths = AppPaths(tmp_path_factory.mktemp("kantor"))
    founder = NewUser(
        name=FOUNDER, display_name="Rina Tumewu", role=Role.SUPERVISOR, password=PASSWORD
    )
    office = Office(name="Kantor Cabang Manado", place="Manado", region_code="71.71")
    created = create_office(
        paths, NewOffice(office=office, first_user=founder), lambda: NOW, cost=CHEAP
    )
    for role, name in NAMES.items():
        if name != FOUNDER:
            user = NewUser(name=name, display_name=name.title(), role=role, password=PASSWORD)
            add_user(created.context, user, request_id=new_request_id(), cost=CHEAP)
    created.context.close()
    return paths.data


@pytest.fixture
def office(founded: Path, tmp_path: Path, clock: Clock) -> Iterator[AppContext]:
    """Give a fresh office, logged in as its supervisor."""
    folder = tmp_path / "kantor"
    shutil.copytree(founded, folder)
    context = open_office(AppPaths(folder), FOUNDER, PASSWORD, clock)
    yield context
    context.close()


@pytest.fixture
def as_role(office: AppContext) -> AsRole:
    """Give the same office as seen by a user of another role."""

    def change(role: Role) -> AppContext:
        with office.database.read() as connection:
            return replace(office, user=load_user(connection, NAMES[role]))

    return change
