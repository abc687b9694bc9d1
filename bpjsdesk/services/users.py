"""The office's users: who they are, adding one, taking one's access away."""

from bpjsdesk.domain.access import NewUser, UserListItem
from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.errors import UserError
from bpjsdesk.services.commands import Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.passwords import holder_of, require_good_password
from bpjsdesk.storage import keys
from bpjsdesk.storage import users as register
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.keys import KeyCost, KeyFile


def list_users(context: AppContext) -> tuple[UserListItem, ...]:
    """Give all users, active ones first."""
    context.user.require("read.settings")
    with context.database.read() as connection:
        return register.list_users(connection)


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
        user_id = register.add_user(connection, user, created_at=context.clock().isoformat())
        # the key entry comes before the commit: one that nobody has a row for opens nothing
        _add_key(context, user, cost or KeyCost())
        payload = {"name": user.name, "role": user.role.value}
        return Outcome(object_id=user_id, changes=Changes.of(user=user_id), payload=payload)

    return execute(context, command, act)


def disable_user(context: AppContext, user_id: int, *, request_id: str) -> Answer:
    """Take a user's access away at once; the record and its history stay.

    Raises: UserError USER_IS_YOU or USER_MISSING.
    """
    command = Command(name="user.disable", object_kind="user", request_id=request_id)

    def act(connection: Connection) -> Outcome:
        if user_id == context.user.user_id:
            raise UserError("USER_IS_YOU", "Anda tidak dapat menonaktifkan diri sendiri.")
        name = register.disable_user(connection, user_id)
        if name is None:
            raise UserError("USER_MISSING", "Pengguna ini tidak ada. Muat ulang daftar pengguna.")
        _drop_key(context, name)
        return Outcome(object_id=user_id, changes=Changes.of(user=user_id), payload={"name": name})

    return execute(context, command, act)


def _require_free_name(connection: Connection, name: str) -> None:
    if not name.strip():
        raise UserError("USER_NAME_MISSING", "Isi nama pengguna.")
    if register.is_name_taken(connection, name):
        raise UserError("USER_EXISTS", f"Nama pengguna {name} sudah dipakai. Pilih nama lain.")


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
