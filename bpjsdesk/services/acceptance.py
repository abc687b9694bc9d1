"""Decide on a list in work: submit, refuse, and accept whoever is sound, in one transaction."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from bpjsdesk.collector import collector_at_rest
from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.enrollment import BatchStatus, LineStatus
from bpjsdesk.domain.quota_meter import QuotaMeter, Room
from bpjsdesk.domain.row_check import with_codes
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.staging import Stage
from bpjsdesk.domain.wording import format_count, format_rupiah
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, Progress, ProgressSink
from bpjsdesk.services.batch_check import recheck, require_open
from bpjsdesk.services.commands import Act, Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.debts import note_debt
from bpjsdesk.services.fates import ENTERS, Fate
from bpjsdesk.services.pair_decisions import carry_updates
from bpjsdesk.services.registering import add_accepted
from bpjsdesk.services.staging import StagedList, require_not_closed, require_not_submitted
from bpjsdesk.storage import budgets, ignored_warnings, issue_levels, person_origins, staging
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.ignored_warnings import SeenWarning
from bpjsdesk.storage.staging import SettledLine

SUBMIT, DISCARD = "batch.submit", "batch.discard"
REFUSE, ACCEPT = "batch.refuse", "batch.accept"


Doubles = Mapping[int, tuple[IssueCode, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """What would become of every row of a list in work; `read` is always the sum of the others.

    `updated` are linked people whose news in the list goes into the register.
    """

    read: int
    blank: int
    ignored: int
    new: int
    linked: int
    skipped: int
    held: int
    updated: int = 0
    rejected: int = 0

    def __post_init__(self) -> None:
        parts = (self.blank, self.ignored, self.entering, self.decided, self.held)
        if self.read != sum(parts):
            raise ValueError("the rows of a list do not add up")

    @property
    def entering(self) -> int:
        """Count the people who would be registered."""
        return self.new + self.linked + self.updated

    @property
    def decided(self) -> int:
        """Count the rows that a clerk has left out, skipped or rejected."""
        return self.skipped + self.rejected


def breakdown(work: StagedList) -> Breakdown:
    """Count what would become of every row if the list were accepted now."""
    found = Counter(work.fates)
    return Breakdown(
        read=found.total() + work.check.blank,
        blank=work.check.blank,
        ignored=found[Fate.IGNORED],
        new=found[Fate.NEW],
        linked=found[Fate.LINKED],
        updated=found[Fate.UPDATED],
        skipped=found[Fate.SKIPPED],
        rejected=found[Fate.REJECTED],
        held=found[Fate.HELD],
    )


def with_doubles(work: StagedList, counts: Breakdown, doubles: Doubles) -> Breakdown:
    """Count as held whoever acceptance will hold because of the search for doubles."""
    held = Counter(
        work.fates[work.places[line]]
        for line, codes in doubles.items()
        if work.check.levels.hold(codes)
    )
    return replace(
        counts,
        new=counts.new - held[Fate.NEW],
        linked=counts.linked - held[Fate.LINKED],
        updated=counts.updated - held[Fate.UPDATED],
        held=counts.held + sum(held[fate] for fate in ENTERS),
    )


def quota_meter(context: AppContext, work: StagedList) -> QuotaMeter:
    """Measure the quota line with this list on top of what was accepted under it."""
    context.user.require("read.batches")
    with context.database.read() as connection:
        return _meter(work, _room(connection, work))


def submit(context: AppContext, work: StagedList, *, request_id: str) -> Answer:
    """Lay a list before the supervisor; its rows stay as they are until it is decided.

    Raises: UserError NOTHING_TO_SUBMIT, BATCH_SUBMITTED, NOT_PERMITTED, CONFLICT.
    """

    def act(connection: Connection) -> Outcome:
        require_not_submitted(connection, work)
        counts = breakdown(work)
        if counts.entering == 0:
            raise UserError(
                "NOTHING_TO_SUBMIT",
                "Belum ada baris yang dapat diterima. Perbaiki baris tertahan dahulu.",
            )
        by, at = context.user.user_id, context.clock().isoformat()
        _move(connection, work, BatchStatus.SUBMITTED, submitted_by=by, submitted_at=at)
        return _outcome(work, {"entering": counts.entering, "held": counts.held})

    return execute(context, _command(SUBMIT, work, request_id), act)


def discard(context: AppContext, work: StagedList, *, reason: str, request_id: str) -> Answer:
    """Put a list aside before anybody was registered; its content may then be loaded anew.

    Raises: UserError REASON_MISSING, BATCH_SUBMITTED, BATCH_DECIDED, NOT_PERMITTED, CONFLICT.
    """
    if not reason.strip():
        raise UserError("REASON_MISSING", "Tulis alasan mengapa daftar ini dibuang.")

    def act(connection: Connection) -> Outcome:
        require_not_submitted(connection, work)
        if staging.status_of_batch(connection, work.batch_id) is not BatchStatus.DRAFT:
            raise UserError(
                "BATCH_DECIDED", f"Batch {work.number} sudah diputuskan, jadi tidak dapat dibuang."
            )
        by, at = context.user.user_id, context.clock().isoformat()
        note = reason.strip()
        _move(connection, work, BatchStatus.DISCARDED, decided_by=by, decided_at=at, note=note)
        return _outcome(work, {"reason": note})

    return execute(context, _command(DISCARD, work, request_id), act)


def refuse(context: AppContext, work: StagedList, *, reason: str, request_id: str) -> Answer:
    """Give a submitted list back to the clerk with a reason.

    A batch that people were registered from before stays accepted; only its open rows go back.
    Raises: UserError REASON_MISSING, BATCH_NOT_SUBMITTED, NOT_PERMITTED, CONFLICT.
    """
    if not reason.strip():
        raise UserError("REASON_MISSING", "Tulis alasan mengapa daftar ini dikembalikan.")

    def act(connection: Connection) -> Outcome:
        if staging.status_of_batch(connection, work.batch_id) is not BatchStatus.SUBMITTED:
            raise UserError(
                "BATCH_NOT_SUBMITTED", f"Batch {work.number} belum diajukan oleh petugas."
            )
        note = reason.strip()
        noted: dict[str, Any] = {"stage": Stage.CHECK.value, "note": note}
        status = BatchStatus.VALIDATED
        if not staging.was_accepted(connection, work.batch_id):
            status = BatchStatus.DRAFT
            noted["decided_by"] = context.user.user_id
            noted["decided_at"] = context.clock().isoformat()
        _move(connection, work, status, **noted)
        return _outcome(work, {"reason": note})

    return execute(context, _command(REFUSE, work, request_id), act)


def accept(
    context: AppContext,
    work: StagedList,
    *,
    request_id: str,
    progress: ProgressSink,
    cancel: CancelToken,
    up_to_quota: bool = False,
    doubles: Doubles = MappingProxyType({}),
) -> Answer:
    """Register every sound open row; held rows stay open, decided ones stay out.

    `doubles` are the codes that the search for doubles has found, by line: whoever is surely
    somebody else's double is held until a clerk has decided.

    The register is looked up again inside the transaction. `up_to_quota` holds the last rows for
    which there is no room, with OVER_QUOTA. Cancelling before the commit leaves the list as it was.

    Raises: UserError AGREEMENT_CLOSED, OVER_QUOTA, OVER_BUDGET, NOT_PERMITTED, CONFLICT,
        CHECK_OUTDATED; Cancelled; EnvironmentProblem.
    """

    def act(connection: Connection) -> Outcome:
        total = len(work.line_ids)
        progress(Progress(done=0, total=total, text="Menyimpan"))
        require_not_closed(connection, work)
        require_open(work.check.target)
        fresh = judged(connection, work, doubles, up_to_quota=up_to_quota)
        outcome = _settle(context, connection, fresh)
        cancel.raise_if_cancelled()
        progress(Progress(done=total, total=total, text="Mengunci simpanan"))
        return outcome

    return _execute_bulk(context, work, request_id, act)


def judged(
    connection: Connection, work: StagedList, doubles: Doubles, *, up_to_quota: bool
) -> StagedList:
    """Give the list as acceptance would find it: today's register, its doubles, the quota.

    Raises: UserError OVER_QUOTA, OVER_BUDGET, CHECK_OUTDATED, BATCH_MONTHS_OUTSIDE.
    """
    work.check.target.months(work.check.request)  # the quota may have lost months since it was read
    out = {work.places[line_id] for line_id in work.outcomes if line_id in work.places}
    fresh = _with_codes(replace(work, check=recheck(work.check, connection, out=out)), doubles)
    return _within_quota(connection, fresh, up_to_quota=up_to_quota)


def _execute_bulk(context: AppContext, work: StagedList, request_id: str, act: Act) -> Answer:
    return execute(context, replace(_command(ACCEPT, work, request_id), bulk=True), act)


def _within_quota(connection: Connection, work: StagedList, *, up_to_quota: bool) -> StagedList:
    meter = _meter(work, _room(connection, work))
    surplus, why = meter.too_many(work.check.levels)
    if surplus == 0:
        return work
    if not up_to_quota:
        raise _no_room(meter, why)
    entering = [
        line for line, fate in zip(work.line_ids, work.fates, strict=True) if fate in ENTERS
    ]
    return _with_codes(work, dict.fromkeys(entering[len(entering) - surplus :], (why,)))


def _no_room(meter: QuotaMeter, why: IssueCode) -> UserError:
    way_out = (
        "Tidak ada yang disimpan. Terima sampai kuota penuh, keluarkan sebagian baris, atau tambah "
        "kuota perjanjian."
    )
    if why is IssueCode.OVER_QUOTA:
        what = f"Kuota {format_count(meter.heads)} orang terlampaui {format_count(meter.over)}"
        return UserError(why.value, f"{what} orang. {way_out}")
    what = f"Pagu {format_rupiah(meter.room.ceiling)} terlampaui {format_rupiah(meter.over_budget)}"
    return UserError(why.value, f"{what}. {way_out.replace('kuota perjanjian', 'pagu perjanjian')}")


def _with_codes(work: StagedList, codes: Doubles) -> StagedList:
    if not codes:
        return work
    levels = work.check.levels
    rows, found = work.check.staged, {}
    for line, said in codes.items():
        item = rows[place := work.places[line]]
        found[place] = item._replace(row=with_codes(item.row, levels, *said))
    return replace(work, check=replace(work.check, staged=rows.with_rows(found)))


@collector_at_rest()
def _settle(context: AppContext, connection: Connection, work: StagedList) -> Outcome:
    counts = breakdown(work)
    sound = [
        item for item, fate in zip(work.check.staged, work.fates, strict=True) if fate in ENTERS
    ]
    person_ids = add_accepted(connection, work.check, sound, work.batch_id)
    carry_updates(context, connection, work, person_ids)
    staging.settle_lines(connection, list(_settled(work, person_ids)))
    ignored_warnings.forget(connection, list(_outdated(work)))
    person_origins.note_origins(connection, work.batch_id)
    target = work.check.target
    staging.settle_batch(
        connection,
        work.batch_id,
        accepted=len(sound),
        ignored=counts.ignored,
        rates=target.rates_of(work.check.from_month, work.check.months),
    )
    by, at = context.user.user_id, context.clock().isoformat()
    _move(connection, work, BatchStatus.VALIDATED, decided_by=by, decided_at=at)
    staging.settle_steps(connection, work.batch_id)
    issue_levels.keep_levels(connection, work.batch_id, work.check.levels)
    staging.change_intake(connection, work.batch_id, {"stage": Stage.DONE.value})
    note_debt(context, connection, work.batch_id)
    names = ("new", "linked", "updated", "held", "decided", "ignored")
    outcome = _outcome(work, {name: getattr(counts, name) for name in names})
    kinds = frozenset({"batch", "person", "agreement"}) if sound else frozenset({"batch"})
    return replace(outcome, changes=Changes(kinds=kinds, ids={"batch": (work.batch_id,)}))


def _settled(work: StagedList, person_ids: dict[str, int]) -> Iterator[SettledLine]:
    accepted, held = LineStatus.ACCEPTED.value, LineStatus.HELD.value
    column = work.check.staged.column
    told = zip(column("nik"), column("reason"), column("codes"), strict=True)
    for line_id, (nik, reason, said), fate in zip(work.line_ids, told, work.fates, strict=True):
        still = work.ignored.open_codes(line_id, said)
        codes = reason.value if reason is not None else " ".join(still)
        if fate in ENTERS:
            yield SettledLine(accepted, codes, person_ids[nik], line_id)
        elif fate is Fate.IGNORED:
            yield SettledLine(LineStatus.IGNORED.value, codes, None, line_id)
        else:
            yield SettledLine(held, codes, None, line_id)


def _outdated(work: StagedList) -> Iterator[SeenWarning]:
    """Give what was said of warnings that the accepted rows do not have, as they are now."""
    for line_id in work.ignored.said:
        place = work.places.get(line_id)
        if place is not None and work.fates[place] in ENTERS:
            yield from work.ignored.outdated(line_id, work.check.staged[place].row.codes)


def _move(connection: Connection, work: StagedList, status: BatchStatus, **noted: Any) -> None:
    staging.change_status(connection, work.batch_id, status)
    staging.change_intake(connection, work.batch_id, noted)


def _command(name: str, work: StagedList, request_id: str) -> Command:
    return Command(
        name=name,
        object_kind="batch",
        request_id=request_id,
        object_id=work.batch_id,
        version=work.version,
    )


def _outcome(work: StagedList, payload: dict[str, object]) -> Outcome:
    changes = Changes.of(batch=work.batch_id)
    return Outcome(object_id=work.batch_id, changes=changes, payload=payload)


def _room(connection: Connection, work: StagedList) -> Room:
    target = work.check.target
    return budgets.room_of(connection, target.agreement_id, target.quota_id)


def _meter(work: StagedList, room: Room) -> QuotaMeter:
    counts, target = breakdown(work), work.check.target
    return QuotaMeter(
        heads=target.heads,
        room=room,
        entering=counts.entering,
        held=counts.held,
        head_amount=target.head_amount(work.check.from_month, work.check.months),
    )
