"""Found an office, open it with a password, and keep its letterhead."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bpjsdesk.clock import Clock
from bpjsdesk.domain.access import ActingUser, NewUser
from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.office import NewOffice, Office
from bpjsdesk.errors import EnvironmentProblem, UserError
from bpjsdesk.paths import AppPaths
from bpjsdesk.services.commands import Command, Outcome, execute, execute_founding, new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.passwords import holder_of, require_good_password
from bpjsdesk.storage import keys, offices, users
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.data_place import (
    Place,
    require_place_for_new,
    require_place_to_open,
    survey,
)
from bpjsdesk.storage.database import Database, require_unlocked
from bpjsdesk.storage.keys import KeyCost, KeyFile
from bpjsdesk.storage.migrations import migrate
from bpjsdesk.storage.offices import OFFICE_ID
from bpjsdesk.storage.seed import plant

FIRST_USER_ID = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatedOffice:
    """A founded office, logged in; the recovery code exists only here and on paper."""

    context: AppContext
    recovery_code: str


def office_exists(paths: AppPaths) -> bool:
    """Tell whether the folder holds an office, without opening anything."""
    return KeyFile(paths).exists


def create_office(
    paths: AppPaths,
    founding: NewOffice,
    clock: Clock,
    *,
    cost: KeyCost | None = None,
    place: Place | None = None,
) -> CreatedOffice:
    """Make the encrypted file, its first user and the recovery code.

    `place` is what the system says of the folder; it is asked when nothing is given.

    Raises: UserError OFFICE_EXISTS, OFFICE_NAME_MISSING, DATA_ON_NETWORK, DATA_IN_CLOUD or for a
        weak password; EnvironmentProblem.
    """
    _require_new(paths, founding)
    require_place_for_new(place or survey(paths.data))
    _make_folder(paths)
    _set_aside_keyless_store(paths, clock)
    data_key, code = keys.new_data_key(), keys.new_recovery_code()
    context = AppContext(
        database=Database(paths.database, data_key),
        paths=paths,
        clock=clock,
        user=_first_user(founding.first_user, frozenset()),
        data_key=data_key,
    )
    migrate(context.database, backup=paths.backups / "tidak-terpakai.db")
    founder = Command(name="office.found", object_kind="office", request_id=new_request_id())
    execute_founding(context, founder, lambda connection: _found(connection, founding, clock))
    _save_first_keys(context, code, founding.first_user, cost or KeyCost())
    with context.database.read() as connection:
        user = load_user(connection, founding.first_user.name)
    return CreatedOffice(context=replace(context, user=user), recovery_code=code)


def open_office(
    paths: AppPaths, user_name: str, password: str, clock: Clock, *, place: Place | None = None
) -> AppContext:
    """Log in; `place` is what the system says of the folder, asked when nothing is given.

    Raises: UserError OFFICE_MISSING, DATA_ON_NETWORK, DATA_IN_CLOUD or LOGIN_REFUSED;
        EnvironmentProblem.
    """
    key_file = KeyFile(paths)
    if not key_file.exists:
        raise UserError(
            "OFFICE_MISSING",
            f"Belum ada kantor di folder {paths.data}. Buat kantor baru atau pilih folder lain.",
        )
    require_place_to_open(place or survey(paths.data))
    entry = key_file.entries().get(holder_of(user_name))
    if entry is None:
        raise keys.login_refused()
    data_key = keys.unwrap(entry, password)
    database = _open_store(paths, data_key, clock)
    with database.read() as connection:
        user = load_user(connection, user_name)
    return AppContext(database=database, paths=paths, clock=clock, user=user, data_key=data_key)


def get_office(context: AppContext) -> Office:
    """Read the letterhead."""
    with context.database.read() as connection:
        return read_office(connection)


def save_office(context: AppContext, office: Office, *, request_id: str) -> Answer:
    """Change the letterhead; `office.version` is the one that was read."""
    command = Command(
        name="office.save",
        object_kind="office",
        request_id=request_id,
        object_id=OFFICE_ID,
        version=office.version,
    )

    def act(connection: Connection) -> Outcome:
        _require_office_name(office)
        offices.change_office(connection, office)
        return Outcome(object_id=OFFICE_ID, changes=Changes.of(office=OFFICE_ID))

    return execute(context, command, act)


def read_office(connection: Connection) -> Office:
    """Raises: EnvironmentProblem when founding was cut short."""
    office = offices.find_office(connection)
    if office is None:
        raise EnvironmentProblem(
            "OFFICE_UNFINISHED",
            "Pembuatan kantor di folder ini terputus. Pilih folder lain atau hubungi TI.",
        )
    return office


def load_user(connection: Connection, user_name: str) -> ActingUser:
    """Read a user with the commands of the role.

    Raises: UserError LOGIN_REFUSED when unknown or no longer active.
    """
    user = users.find_user(connection, user_name)
    if user is None:
        raise keys.login_refused()
    return user


def _open_store(paths: AppPaths, data_key: bytes, clock: Clock) -> Database:
    # an empty file would be filled as a new one, which would hide that the data is gone
    if not paths.database.exists() or paths.database.stat().st_size == 0:
        raise EnvironmentProblem(
            "STORE_MISSING",
            f"Berkas data {paths.database.name} tidak ada atau kosong di folder {paths.data}. "
            "Pulihkan dari cadangan; jangan membuat kantor baru.",
        )
    database = Database(paths.database, data_key)
    try:
        require_unlocked(database)
        stamp = f"{clock():%Y%m%d-%H%M%S}"
        migrate(database, backup=paths.backups / f"sebelum-pembaruan-{stamp}.db")
    except BaseException:
        database.close()
        raise
    return database


def _require_new(paths: AppPaths, founding: NewOffice) -> None:
    if KeyFile(paths).exists:
        raise UserError(
            "OFFICE_EXISTS",
            f"Folder {paths.data} sudah berisi kantor. Masuklah dengan nama pengguna Anda, "
            "atau pilih folder lain.",
        )
    _require_office_name(founding.office)
    require_good_password(founding.first_user.password, founding.first_user.name)
    if not founding.first_user.name.strip():
        raise UserError("USER_NAME_MISSING", "Isi nama pengguna untuk pengguna pertama.")


def _require_office_name(office: Office) -> None:
    if not office.name.strip():
        raise UserError("OFFICE_NAME_MISSING", "Isi nama kantor, misalnya Kantor Cabang Manado.")


def _make_folder(paths: AppPaths) -> None:
    try:
        paths.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as problem:
        raise EnvironmentProblem(
            "FOLDER_NOT_WRITABLE",
            f"Folder {paths.data} tidak dapat dibuat. Periksa izin folder atau pilih yang lain.",
        ) from problem


def _set_aside_keyless_store(paths: AppPaths, clock: Clock) -> None:
    """Keep, under another name, a store that was left without keys by a cut-short founding."""
    for ending in ("", "-wal", "-shm"):
        path = paths.database.with_name(paths.database.name + ending)
        if path.exists():
            path.replace(path.with_name(f"{path.name}.tanpa-kunci-{clock():%Y%m%d-%H%M%S}"))


def _first_user(user: NewUser, permissions: frozenset[str]) -> ActingUser:
    return ActingUser(
        user_id=FIRST_USER_ID,
        name=user.name.strip().casefold(),
        display_name=user.display_name,
        role=user.role,
        permissions=permissions,
    )


def _found(connection: Connection, founding: NewOffice, clock: Clock) -> Outcome:
    digest = plant(connection)
    offices.add_office(connection, founding.office, seed_digest=digest)
    created_at = clock().isoformat()
    users.add_user(connection, founding.first_user, created_at=created_at, user_id=FIRST_USER_ID)
    payload: Mapping[str, object] = {"seed": digest[:16]}
    changes = Changes.of(office=OFFICE_ID, user=FIRST_USER_ID)
    return Outcome(object_id=OFFICE_ID, changes=changes, payload=payload)


def _save_first_keys(context: AppContext, code: str, user: NewUser, cost: KeyCost) -> None:
    holder = holder_of(user.name)
    entries = {
        holder: keys.wrap(context.data_key, holder=holder, secret=user.password, cost=cost),
        keys.RECOVERY: keys.wrap(context.data_key, holder=keys.RECOVERY, secret=code, cost=cost),
    }
    KeyFile(context.paths).save(entries)
