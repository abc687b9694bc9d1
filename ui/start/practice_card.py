"""The card of a practice office: its made-up users and the password they share."""

import json
from pathlib import Path
from typing import NamedTuple


class PracticeUser(NamedTuple):
    """A login name with its role in words."""

    name: str
    role: str


class PracticeCard(NamedTuple):
    """What the login window of a practice office may tell."""

    office: str
    users: tuple[PracticeUser, ...]
    password: str


def read_practice_card(path: Path) -> PracticeCard | None:
    """Read the card; None in a real office, and where the card cannot be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        users = tuple(
            PracticeUser(name=str(user["name"]), role=str(user["role"])) for user in found["users"]
        )
        return PracticeCard(
            office=str(found["office"]), users=users, password=str(found["password"])
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
