"""How open pages learn that a use case has changed something."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from bpjsdesk.domain.changes import Changes


class ChangeBus(QObject):
    """Carry `Changes` from the page that made them to every page that shows them.

    Signals: changed(Changes).
    """

    changed = Signal(object)

    def publish(self, changes: "Changes") -> None:
        if changes.kinds:
            self.changed.emit(changes)
