"""Find the widgets that can be seen."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

ObjectT = TypeVar("ObjectT", bound=QObject)
WidgetT = TypeVar("WidgetT", bound=QWidget)


def below(parent: QObject, kind: type[ObjectT]) -> Iterator[ObjectT]:
    """Give all children of a kind."""
    found: Iterable[object] = parent.findChildren(kind)
    for child in found:
        if isinstance(child, kind):
            yield child


def visible_below(parent: QWidget, kind: type[WidgetT]) -> Iterator[WidgetT]:
    """Give the children of a kind that are on the screen."""
    return (child for child in below(parent, kind) if child.isVisible())
