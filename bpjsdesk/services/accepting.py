"""Accept a list for good: refuse what cannot be, make a proven backup, then do the deed."""

from types import MappingProxyType

from bpjsdesk.domain.changes import Answer
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.acceptance import ACCEPT, Doubles, accept, judged
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.safety import back_up_before
from bpjsdesk.services.staging import StagedList


def accept_list(
    context: AppContext,
    work: StagedList,
    *,
    request_id: str,
    progress: ProgressSink,
    cancel: CancelToken,
    up_to_quota: bool = False,
    doubles: Doubles = MappingProxyType({}),
) -> Answer:
    """Register every sound row in one transaction, after a proven backup of the whole office.

    The only way for window and command line alike; for the rest see `acceptance.accept`.
    Raises: UserError OVER_QUOTA, NOT_PERMITTED, CONFLICT, CHECK_OUTDATED; EnvironmentProblem when
        no backup can be made, and then nothing is stored; Cancelled.
    """
    if context.user.may(ACCEPT):  # who may not is refused below, and that is written down
        with context.database.read() as connection:
            judged(connection, work, doubles, up_to_quota=up_to_quota)
        deed = f"terima-{work.number}"
        back_up_before(context, deed, progress=progress, cancel=cancel)
    return accept(
        context,
        work,
        request_id=request_id,
        progress=progress,
        cancel=cancel,
        up_to_quota=up_to_quota,
        doubles=doubles,
    )
