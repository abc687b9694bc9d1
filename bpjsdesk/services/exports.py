"""A file that leaves the office with people in it is written down first, then written."""

from collections.abc import Mapping
from pathlib import Path

from bpjsdesk.domain.changes import Changes
from bpjsdesk.services.commands import Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.storage.connection import Connection

EXPORT = "report.export"


def note_export(
    context: AppContext,
    out: Path,
    payload: Mapping[str, object],
    *,
    kind: str,
    object_id: int = 0,
    request_id: str,
) -> None:
    """Write down that a file is made of something, before it is.

    Raises: UserError NOT_PERMITTED; EnvironmentProblem.
    """

    def act(_connection: Connection) -> Outcome:
        noted = {"file": out.name, **payload}
        return Outcome(object_id=object_id, changes=Changes(), payload=noted)

    execute(context, Command(name=EXPORT, object_kind=kind, request_id=request_id), act)
