"""What a list in work was before its repairs, for whoever looks at a cell that was changed."""

from collections.abc import Mapping

from bpjsdesk.services.context import AppContext
from bpjsdesk.services.staging import StagedList
from bpjsdesk.storage import staging


def arrived_cells(context: AppContext, work: StagedList) -> Mapping[int, str]:
    """Give the cells as they first arrived, as JSON text, of every row that was ever changed."""
    context.user.require("read.batches")
    arrived: dict[int, str] = {}
    with context.database.read() as connection:
        for step in work.steps:
            for line_id, cells in staging.cells_before(connection, step.step_id).items():
                arrived.setdefault(line_id, cells)
    return arrived
