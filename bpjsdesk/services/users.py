"""The office's users: who they are, adding one, taking one's access away."""

from sqlalchemy import Connection, select, update

from bpjsdesk.domain.access import NewUser, Role, UserListItem
from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.errors import UserError
from bpjsdesk.services.commands import Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.office import add_user_row
from bpjsdesk.services.passwords import holder_of, require_good_password
from bpjsdesk.storage import keys
from bpjsdesk.storage.keys import KeyCost, KeyFile
from bpjsdesk.storage.schema import app_user


def list_users(context: AppContext) -> tuple[UserListItem, ...]:
    """Give all users, active ones first."""
    context.user.require("read.settings")
    query = select(app_user).order_by(app_user.c.active.desc(), app_user.c.name)
    with context.database.read() as connection:
        return tuple(
            UserListItem(
                user_id=row.id,
                name=row.name,
                display_name=row.display_name,
                role=Role(row.role),
                active=row.active,
            )
            for row in connection.execute(query)
        )


def add_user(
    context: AppContext, user: NewUser, *, request_id: str, cost: KeyCost | None = None
) -> Answer:
    """Add a user and wrap the data key with the new password.

    Raises: UserError USER_EXISTS, USER_NAME_MISSING or for a weak password.
    """
    command = Command(name="user.add", object_kind="user", request_id=request_id)

    def act(connection: Connection) -> Outcome:
        _require_free_name(connection, user.name)
        require_good_password(user.password, user.name)
        user_id = add_user_row(connection, user, context.clock)
        # the key entry comes before the commit: one that nobody has a row for opens nothing
        _add_key(context, user, cost or KeyCost())
        payload = {"name": user.name, "role": user.role.value}
        return Outcome(object_id=user_id, changes=Changes.of(user=user_id), payload=payload)

    return execute(context, command, act)


def disable_user(context: AppContext, user_id: int, *, request_id: str) -> Answer:
    """Take a user's access away at once; the record and its history stay.

    Raises: UserError USER_IS_YOU.
    """
    command = Command(name="user.disable", object_kind="user", request_id=request_id)

    def act(connection: Connection) -> Outcome:
        if user_id == context.user.user_id:
            raise UserError("USER_IS_YOU", "Anda tidak dapat menonaktifkan diri sendiri.")
        name = connection.execute(
            update(app_user)
            .where(app_user.c.id == user_id)
            .values(active=False, version=app_user.c.version + 1)
            .returning(app_user.c.name)
        ).scalar_one()
        _drop_key(context, name)
        return Outcome(object_id=user_id, changes=Changes.of(user=user_id), payload={"name": name})

    return execute(context, command, act)


def _require_free_name(connection: Connection, name: str) -> None:
    wanted = name.strip().casefold()
    if not wanted:
        raise UserError("USER_NAME_MISSING", "Isi nama pengguna.")
    taken = connection.execute(select(app_user.c.id).where(app_user.c.name == wanted)).first()
    if taken is not None:
        raise UserError("USER_EXISTS", f"Nama pengguna {wanted} sudah dipakai. Pilih nama lain.")


def _add_key(context: AppContext, user: NewUser, cost: KeyCost) -> None:
    holder = holder_of(user.name)
    key_file = KeyFile(context.paths)
    entry = keys.wrap(context.data_key, holder=holder, secret=user.password, cost=cost)
    key_file.save(key_file.entries() | {holder: entry})


def _drop_key(context: AppContext, name: str) -> None:
    key_file = KeyFile(context.paths)
    entries = key_file.entries()
    entries.pop(holder_of(name), None)
    key_file.save(entries)
