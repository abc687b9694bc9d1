"""A file with people in it leaves the office and is written down, or neither."""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from bpjsdesk.domain.changes import Changes
from bpjsdesk.domain.workbook_values import TableSheet
from bpjsdesk.services.commands import Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.workbook_write import write_table

EXPORT = "report.export"


def export_table(
    context: AppContext,
    out: Path,
    sheets: Sequence[TableSheet],
    payload: Mapping[str, object],
    *,
    kind: str,
    object_id: int = 0,
    request_id: str,
) -> None:
    """Write tables as a workbook and write down what was made of what.

    Raises: UserError NOT_PERMITTED; EnvironmentProblem.
    """

    def act(_connection: Connection) -> Outcome:
        noted = {"file": out.name, **payload}
        return Outcome(object_id=object_id, changes=Changes(), payload=noted)

    command = Command(name=EXPORT, object_kind=kind, request_id=request_id)
    record = partial(execute, context, command, act)
    if not context.user.may(EXPORT):
        record()  # refused, which is written down; not even a scratch file is made
    write_table(out, sheets, record=record)
