"""Accept a list in work: whoever is sound goes into the register, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.enrollment import BatchStatus, LineStatus
from bpjsdesk.domain.staging import Stage
from bpjsdesk.progress import CancelToken, Progress, ProgressSink
from bpjsdesk.services.batch_check import StagedRow, recheck, status_of
from bpjsdesk.services.batch_import import add_accepted, codes_text
from bpjsdesk.services.commands import Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.staging import StagedList
from bpjsdesk.storage import staging
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.staging import SettledLine

ACCEPT = "batch.accept"


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """What would become of every row of a list in work; `read` is always the sum of the others."""

    read: int
    blank: int
    ignored: int
    new: int
    linked: int
    decided: int
    held: int

    def __post_init__(self) -> None:
        parts = (self.blank, self.ignored, self.new, self.linked, self.decided, self.held)
        if self.read != sum(parts):
            raise ValueError("the rows of a list do not add up")


def breakdown(work: StagedList) -> Breakdown:
    """Count what would become of every row if the list were accepted now."""
    found = [_fate(work, line, item) for line, item in _rows(work)]
    return Breakdown(
        read=len(work.line_ids) + work.check.blank,
        blank=work.check.blank,
        ignored=found.count("ignored"),
        new=found.count("new"),
        linked=found.count("linked"),
        decided=found.count("decided"),
        held=found.count("held"),
    )


def accept(
    context: AppContext,
    work: StagedList,
    *,
    request_id: str,
    progress: ProgressSink,
    cancel: CancelToken,
) -> Answer:
    """Register every sound open row; held rows stay open, decided ones stay out.

    The register is looked up again inside the transaction. Cancelling before the commit leaves
    the list as it was.

    Raises: UserError NOT_PERMITTED, CONFLICT, CHECK_OUTDATED; Cancelled; EnvironmentProblem.
    """
    command = Command(
        name=ACCEPT,
        object_kind="batch",
        request_id=request_id,
        object_id=work.batch_id,
        version=work.version,
        bulk=True,
    )

    def act(connection: Connection) -> Outcome:
        total = len(work.line_ids)
        progress(Progress(done=0, total=total, text="Menyimpan"))
        fresh = replace(work, check=recheck(work.check, connection))
        outcome = _settle(connection, fresh)
        cancel.raise_if_cancelled()
        progress(Progress(done=total, total=total, text="Mengunci simpanan"))
        return outcome

    return execute(context, command, act)


def _settle(connection: Connection, work: StagedList) -> Outcome:
    counts = breakdown(work)
    sound = [item for line, item in _rows(work) if _fate(work, line, item) in ("new", "linked")]
    person_ids = add_accepted(connection, work.check, sound, work.batch_id)
    staging.settle_lines(connection, _settled(work, person_ids))
    head_amount = work.check.target.head_amount(work.check.from_month, work.check.months)
    staging.settle_batch(
        connection,
        work.batch_id,
        accepted=len(sound),
        ignored=counts.ignored,
        amount=len(sound) * head_amount,
        status=BatchStatus.VALIDATED.value,
    )
    staging.change_intake(connection, work.batch_id, {"stage": Stage.DONE.value})
    kinds = frozenset({"batch", "person", "agreement"}) if sound else frozenset({"batch"})
    payload: dict[str, object] = {
        "new": counts.new,
        "linked": counts.linked,
        "held": counts.held,
        "decided": counts.decided,
        "ignored": counts.ignored,
    }
    changes = Changes(kinds=kinds, ids={"batch": (work.batch_id,)})
    return Outcome(object_id=work.batch_id, changes=changes, payload=payload)


def _settled(work: StagedList, person_ids: dict[str, int]) -> list[SettledLine]:
    settled = []
    for line_id, item in _rows(work):
        fate = _fate(work, line_id, item)
        if fate in ("new", "linked"):
            person_id, status = person_ids[item.row.nik or ""], LineStatus.ACCEPTED
        else:
            person_id = None
            status = LineStatus.IGNORED if fate == "ignored" else LineStatus.HELD
        settled.append(SettledLine(status.value, codes_text(item.row), person_id, line_id))
    return settled


def _rows(work: StagedList) -> Sequence[tuple[int, StagedRow]]:
    return list(zip(work.line_ids, work.check.staged, strict=True))


def _fate(work: StagedList, line_id: int, item: StagedRow) -> str:
    if line_id in work.outcomes:
        return "decided"
    status = status_of(item.row)
    if status is LineStatus.ACCEPTED:
        return "linked" if item.row.nik in work.check.known else "new"
    return "ignored" if status is LineStatus.IGNORED else "held"
