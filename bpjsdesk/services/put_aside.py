"""Rows of a list with which nothing is left to do, and why."""

from collections.abc import Mapping

from bpjsdesk.services.context import AppContext
from bpjsdesk.services.staging import StagedList
from bpjsdesk.storage import staging


def put_aside_reasons(context: AppContext, work: StagedList) -> Mapping[int, str]:
    """Give the reason why each row was left out or sent back, as it was typed."""
    context.user.require("read.batches")
    with context.database.read() as connection:
        found = staging.put_aside(connection, work.batch_id)
    return {line_id: aside.reason for line_id, aside in found.items()}
