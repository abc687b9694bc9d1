"""Who may do what: roles, the acting user, and the table of permissions."""

from dataclasses import dataclass
from enum import StrEnum

from bpjsdesk.errors import UserError


class Role(StrEnum):
    """Roles of an office; stored by value."""

    CLERK = "petugas"
    SUPERVISOR = "penyelia"
    ADMIN = "admin"
    READER = "pembaca"


ROLE_LABELS = {
    Role.CLERK: "Petugas",
    Role.SUPERVISOR: "Penyelia",
    Role.ADMIN: "Admin/TI",
    Role.READER: "Pembaca",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ActingUser:
    """The person logged in; `permissions` are the commands of the role's rows."""

    user_id: int
    name: str
    display_name: str
    role: Role
    permissions: frozenset[str]

    def may(self, command: str) -> bool:
        return command in self.permissions

    def require(self, command: str) -> None:
        """Raises: UserError NOT_PERMITTED."""
        if not self.may(command):
            raise UserError(
                "NOT_PERMITTED",
                f"Peran {ROLE_LABELS[self.role]} tidak berwenang melakukan tindakan ini. "
                "Mintalah petugas yang berwenang.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUser:
    """A user to be added; the password leaves this value only into the key file."""

    name: str
    display_name: str
    role: Role
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UserListItem:
    user_id: int
    name: str
    display_name: str
    role: Role
    active: bool
