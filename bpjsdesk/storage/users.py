"""Users of the office and what their roles permit; passwords are not kept here."""

from sqlalchemy import Connection, insert, select, update

from bpjsdesk.domain.access import ActingUser, NewUser, Role, UserListItem
from bpjsdesk.storage.schema import app_user
from bpjsdesk.storage.schema_reference import permission


def user_key(name: str) -> str:
    """Give the form of a user name that is stored and compared."""
    return name.strip().casefold()


def add_user(
    connection: Connection, user: NewUser, *, created_at: str, user_id: int | None = None
) -> int:
    """Insert a user; the caller sees to the key file."""
    values = {
        "name": user_key(user.name),
        "display_name": user.display_name.strip() or user.name.strip(),
        "role": user.role.value,
        "active": True,
        "created_at": created_at,
        "version": 1,
    }
    if user_id is not None:
        values["id"] = user_id
    query = insert(app_user).values(**values).returning(app_user.c.id)
    return int(connection.execute(query).scalar_one())


def find_user(connection: Connection, name: str) -> ActingUser | None:
    """Read an active user with the commands of the role."""
    row = connection.execute(select(app_user).where(app_user.c.name == user_key(name))).first()
    if row is None or not row.active:
        return None
    commands = connection.execute(
        select(permission.c.command).where(permission.c.role == row.role)
    ).scalars()
    return ActingUser(
        user_id=row.id,
        name=row.name,
        display_name=row.display_name,
        role=Role(row.role),
        permissions=frozenset(commands),
    )


def is_name_taken(connection: Connection, name: str) -> bool:
    query = select(app_user.c.id).where(app_user.c.name == user_key(name))
    return connection.execute(query).first() is not None


def disable_user(connection: Connection, user_id: int) -> str | None:
    """Take the access away; give the user's name, None for one that does not exist."""
    name = connection.execute(
        update(app_user)
        .where(app_user.c.id == user_id)
        .values(active=False, version=app_user.c.version + 1)
        .returning(app_user.c.name)
    ).scalar_one_or_none()
    return None if name is None else str(name)


def list_users(connection: Connection) -> tuple[UserListItem, ...]:
    """Give all users, active ones first."""
    query = select(app_user).order_by(app_user.c.active.desc(), app_user.c.name)
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
