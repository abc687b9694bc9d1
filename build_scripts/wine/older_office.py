"""An office as an earlier version of the program left it, to see that it is brought up to date."""

import shutil
from pathlib import Path

from bpjsdesk.clock import system_clock
from bpjsdesk.domain.access import NewUser, Role
from bpjsdesk.domain.office import NewOffice, Office
from bpjsdesk.paths import AppPaths
from bpjsdesk.services.office import create_office
from bpjsdesk.storage.database import Database
from bpjsdesk.storage.keys import new_data_key
from bpjsdesk.storage.migrations import upgrade

OLD_REVISION = "0002"
_OBJECTS = "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"


def make_older_office(folder: Path, *, user: str, password: str) -> None:
    """Found an office, then take out of its file whatever came after `OLD_REVISION`."""
    shutil.rmtree(folder, ignore_errors=True)
    known = _objects_of_old_revision(folder.with_name(f"{folder.name}-lama.db"))
    founder = NewUser(
        name=user, display_name="Rina Tumewu", role=Role.SUPERVISOR, password=password
    )
    founding = NewOffice(office=Office(name="Kantor Cabang Contoh"), first_user=founder)
    created = create_office(AppPaths(folder), founding, system_clock)
    try:
        with created.context.database.write() as connection:
            for kind, name in connection.exec_driver_sql(_OBJECTS).all():
                if kind in ("table", "trigger", "view", "index") and name not in known:
                    connection.exec_driver_sql(f'DROP {kind} IF EXISTS "{name}"')
            changed = "UPDATE alembic_version SET version_num = ?"
            connection.exec_driver_sql(changed, (OLD_REVISION,))
    finally:
        created.context.close()


def _objects_of_old_revision(path: Path) -> frozenset[str]:
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    database = Database(path, new_data_key())
    try:
        with database.write() as connection:
            upgrade(connection, OLD_REVISION)
        with database.read() as connection:
            rows = connection.exec_driver_sql(_OBJECTS).all()
    finally:
        database.close()
    path.unlink()
    return frozenset(name for _, name in rows)
