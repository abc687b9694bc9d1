"""Find a part of a window by its kind and object name."""

from collections.abc import Iterable
from typing import TypeVar

from PySide6.QtCore import QObject

PartT = TypeVar("PartT", bound=QObject)


def part(parent: QObject, kind: type[PartT], name: str) -> PartT:
    """Give the one child of that name; fails the test when there is none."""
    found: object = parent.findChild(kind, name)
    assert isinstance(found, kind), f"no {kind.__name__} named {name}"
    return found


def parts(parent: QObject, kind: type[PartT]) -> list[PartT]:
    """Give all children of a kind."""
    found: Iterable[object] = parent.findChildren(kind)
    return [made for made in found if isinstance(made, kind)]
