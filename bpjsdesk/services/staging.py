"""Take a list in and keep it, so that work on it can go on tomorrow and by somebody else."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bpjsdesk.collector import collector_at_rest
from bpjsdesk.domain.batch_target import BatchTarget
from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.enrollment import BatchRequest, BatchStatus
from bpjsdesk.domain.period import add_months
from bpjsdesk.domain.senders import SenderChoice
from bpjsdesk.domain.staging import SheetStep, Stage, Step
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, Progress, ProgressSink
from bpjsdesk.services.batch_check import (
    BatchCheck,
    earlier_sentence,
    join_register,
    require_open,
    require_same_target,
    target_of,
)
from bpjsdesk.services.batches import columns_of, kept_headings
from bpjsdesk.services.commands import Command, Outcome, execute
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.cut_columns import cut_columns_of, niks_by_line
from bpjsdesk.services.fates import Fate, fates_of
from bpjsdesk.services.ignored_warnings import IgnoredWarnings, LineCells, ignored_of
from bpjsdesk.services.intake import (
    keep_sender,
    keep_sheets,
    remembered_headings,
    village_keys,
)
from bpjsdesk.services.list_reader import read_sheets
from bpjsdesk.services.other_lists import read_other_lists
from bpjsdesk.services.row_finder import RowFinder
from bpjsdesk.services.row_rules import Rules, in_file_order
from bpjsdesk.services.staged_reading import StagedReading
from bpjsdesk.storage import (
    audit,
    core_reply,
    enrollment,
    ignored_warnings,
    senders,
    sheets,
    staging,
)
from bpjsdesk.storage.batch_reference import check_reference, synonyms
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.staging import StagedLine

IMPORT = "batch.import"
CLOSED = (BatchStatus.UNDONE, BatchStatus.DISCARDED)


@dataclass(frozen=True, kw_only=True)
class StagedList:
    """A list in work with all that a check finds in it now.

    `line_ids` and `check.staged` go together and `finder` knows their places; `outcomes` holds what
    a clerk has decided, by line, `updated` the lines whose news goes into the register, `ignored`
    which warnings somebody has taken for in order. `apart` are pairs that were called two persons
    where nothing is stored, with the values by which they were judged.
    """

    batch_id: int
    number: str
    version: int
    check: BatchCheck
    rules: Rules
    line_ids: tuple[int, ...]
    finder: RowFinder
    outcomes: Mapping[int, str]
    steps: tuple[Step, ...]
    updated: frozenset[int] = frozenset()
    ignored: IgnoredWarnings = field(default_factory=IgnoredWarnings)
    apart: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def places(self) -> Mapping[int, int]:
        """Find the place of a line among the rows."""
        return self.finder.places

    @cached_property
    def fates(self) -> Sequence[Fate]:
        """Say of each row, in their order, what would become of it if the list were accepted."""
        return fates_of(self.check, self.outcomes, self.updated, self.places)

    def line_cells(self, line_id: int) -> LineCells | None:
        """Give the cells of a row as they are now, and what its columns mean; None if not open."""
        place = self.places.get(line_id)
        if place is None:
            return None
        item = self.check.staged[place]
        return LineCells(item.cells, self.rules.columns[item.row.sheet])


def stage_list(
    context: AppContext,
    request: BatchRequest,
    *,
    request_id: str,
    progress: ProgressSink,
    cancel: CancelToken,
    sender: SenderChoice | None = None,
) -> Answer:
    """Read a file and keep every row of it, unjudged; nobody is registered by this.

    What is remembered of the sender goes before everything that the program knows by itself.
    Raises: UserError for the file (WORKBOOK_…, HEADER_NOT_FOUND), the target, SENDER_MISSING,
        ALREADY_IMPORTED; Cancelled.
    """
    context.user.require(IMPORT)
    with context.database.read() as connection:
        target = target_of(connection, request)
        require_open(target)
        spellings = synonyms(connection)
        memory = remembered_headings(connection, sender)
    target.months(request)  # months that do not fit are refused before a long file is read
    reading = StagedReading(request, spellings)
    for part in read_sheets(
        request.path, spellings, cancel=cancel, remembered=memory, pasted=request.pasted
    ):
        reading.take(part)
        progress(Progress(done=reading.read, total=reading.expected, text="Membaca"))
    reading.finish(lambda: village_keys(context, target.region_code))
    return keep_reading(
        context, reading, target, request_id=request_id, cancel=cancel, sender=sender
    )


def keep_reading(
    context: AppContext,
    reading: StagedReading,
    target: BatchTarget,
    *,
    request_id: str,
    cancel: CancelToken,
    sender: SenderChoice | None = None,
    facts: Mapping[str, object] = MappingProxyType({}),
) -> Answer:
    """Keep rows that were read as a list in work; `facts` go into its history.

    Raises: UserError ALREADY_IMPORTED, SENDER_MISSING, CHECK_OUTDATED, NOT_PERMITTED; Cancelled.
    """
    months = target.months(reading.request)
    command = Command(name=IMPORT, object_kind="batch", request_id=request_id, bulk=True)

    def act(connection: Connection) -> Outcome:
        require_same_target(connection, reading.request, target)
        _require_new_content(connection, reading, target, months)
        values = draft_values(context, reading, target, months)
        batch_id = enrollment.add_batch(connection, values)
        staging.add_intake(connection, batch_id, Stage.READ.value)
        enrollment.add_lines(connection, list(reading.lines(batch_id)))
        keep_sheets(context, connection, batch_id, reading)
        keep_sender(connection, batch_id, sender)
        cancel.raise_if_cancelled()
        changes = Changes.of(batch=batch_id)
        payload = {"source_digest": reading.digest[:16], "read": reading.read, **facts}
        return Outcome(object_id=batch_id, changes=changes, payload=payload)

    return execute(context, command, act)


@collector_at_rest()
def open_list(
    context: AppContext, batch_id: int, *, progress: ProgressSink, cancel: CancelToken
) -> StagedList:
    """Check the open rows of a batch by today's rules and today's register.

    Raises: UserError BATCH_MISSING; Cancelled.
    """
    context.user.require("read.batches")
    with context.database.read() as connection:
        row = enrollment.batch_row(connection, batch_id)
        if row is None:
            raise UserError("BATCH_MISSING", f"Batch nomor {batch_id} tidak ada.")
        request = _request_of(row)
        target = target_of(connection, request)
        today = context.clock().date()
        reference = check_reference(
            connection,
            target,
            registered_on=row.registered_on,
            today=today,
            months=(row.from_month, row.months),
        ).with_values(senders.values_of_batch(connection, batch_id))
        done = staging.steps(connection, batch_id)
        lines = staging.open_lines(connection, batch_id)
        if any(step.rule == SheetStep.MOVE_HEADING for step in done):
            lines = in_file_order(lines)
        audit_head = audit.head(connection)
        rules = Rules(
            columns=columns_of(row.header),
            reference=reference,
            registered_on=row.registered_on,
            refused=core_reply.refusals(connection, batch_id),
        )
        progress(Progress(done=0, total=len(lines), text="Memeriksa"))
        facts = ListFacts(
            request=request,
            target=target,
            from_month=row.from_month,
            months=row.months,
            digest=row.source_digest,
            # once a batch was accepted, only its held rows are open
            blank=0 if staging.was_accepted(connection, batch_id) else row.blank,
            skipped_sheets=sheets.left_out(connection, batch_id),
            audit_head=audit_head,
            batch_id=batch_id,
        )
        check = checked_list(connection, facts, rules, lines, cancel=cancel)
        line_ids = tuple(line.line_id for line in lines)
        return StagedList(
            batch_id=batch_id,
            number=row.number,
            version=row.version,
            # the content is of this very batch, so an earlier one of the same is itself
            check=replace(check, earlier=None),
            rules=rules,
            line_ids=line_ids,
            finder=RowFinder(line_ids, check.staged.checked.numbers),
            outcomes={line.line_id: line.outcome for line in lines if line.outcome},
            steps=done,
            updated=staging.updated_lines(connection, batch_id),
            ignored=_ignored(connection, batch_id, rules, lines),
        )


def _ignored(
    connection: Connection, batch_id: int, rules: Rules, lines: Sequence[StagedLine]
) -> IgnoredWarnings:
    said = list(ignored_warnings.said(connection, batch_id))
    if not said:
        return IgnoredWarnings()
    about = {warning.line_id for warning, _word in said}
    cells = {
        line.line_id: LineCells(line.cells, rules.columns[line.sheet])
        for line in lines
        if line.line_id in about
    }
    return ignored_of(said, rules.reference.levels, cells.get)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFacts:
    """What is known of a list beside its rows; `batch_id` is None while it is stored nowhere."""

    request: BatchRequest
    target: BatchTarget
    from_month: date
    months: int
    digest: str
    blank: int
    skipped_sheets: tuple[str, ...]
    audit_head: tuple[int, str]
    batch_id: int | None = None


def checked_list(
    connection: Connection,
    facts: ListFacts,
    rules: Rules,
    lines: Sequence[StagedLine],
    *,
    cancel: CancelToken,
) -> BatchCheck:
    """Check the rows of a list by its rules, other lists and the register.

    Raises: Cancelled.
    """
    levels = rules.reference.levels
    to_month = add_months(facts.from_month, facts.months - 1)
    check = BatchCheck(
        request=facts.request,
        target=facts.target,
        from_month=facts.from_month,
        months=facts.months,
        digest=facts.digest,
        columns=rules.columns,
        blank=facts.blank,
        staged=rules.check(lines, cancel=cancel),
        known={},
        levels=levels,
        skipped_sheets=facts.skipped_sheets,
        audit_head=facts.audit_head,
        others=read_other_lists(
            connection,
            facts.target,
            (facts.from_month, to_month),
            levels,
            but=facts.batch_id,
        ),
    )
    cut = cut_columns_of(connection, facts.batch_id, lines, check.staged, columns=rules.columns)
    if cut.came:
        now = niks_by_line(lines, check.staged)
        check = replace(check, others=check.others.with_cut(cut, now.get))
    out = frozenset(at for at, line in enumerate(lines) if line.outcome)
    return join_register(check, connection, out=out)


def require_not_submitted(connection: Connection, work: StagedList) -> None:
    """Raises: UserError BATCH_SUBMITTED while the list lies before the supervisor, BATCH_CLOSED."""
    require_not_closed(connection, work)
    if staging.status_of_batch(connection, work.batch_id) is BatchStatus.SUBMITTED:
        raise UserError(
            "BATCH_SUBMITTED",
            f"Batch {work.number} sudah diajukan dan menunggu keputusan penyelia.",
        )


def require_not_closed(connection: Connection, work: StagedList) -> None:
    """Raises: UserError BATCH_CLOSED once the batch was taken back or put aside."""
    if staging.status_of_batch(connection, work.batch_id) in CLOSED:
        raise UserError(
            "BATCH_CLOSED",
            f"Batch {work.number} sudah dibatalkan atau dibuang, jadi barisnya tidak dapat diubah "
            "atau diterima lagi. Muat berkasnya sebagai daftar baru.",
        )


def _request_of(row: Any) -> BatchRequest:
    return BatchRequest(
        path=Path(row.source_name),
        agreement_id=row.agreement_id,
        category=row.category,
        registered_on=row.registered_on,
        from_month=row.from_month,
        months=row.months,
    )


def _require_new_content(
    connection: Connection, reading: StagedReading, target: BatchTarget, months: tuple[date, int]
) -> None:
    from_month, count = months
    earlier = enrollment.batch_with_content(
        connection,
        reading.digest,
        quota_id=target.quota_id,
        from_month=from_month,
        to_month=add_months(from_month, count - 1),
    )
    if earlier is not None:
        raise UserError("ALREADY_IMPORTED", earlier_sentence(earlier))


def draft_values(
    context: AppContext, reading: StagedReading, target: BatchTarget, months: tuple[date, int]
) -> dict[str, Any]:
    """Give the columns of a new draft."""
    from_month, count = months
    return {
        "agreement_id": target.agreement_id,
        "quota_id": target.quota_id,
        "category": target.category,
        "source_name": reading.request.path.name,
        "source_digest": reading.digest,
        "header": kept_headings(reading.columns),
        "registered_on": reading.request.registered_on,
        "from_month": from_month,
        "months": count,
        "rates": json.dumps(target.rates_of(from_month, count)),
        "read": reading.read,
        "blank": reading.blank,
        "ignored": 0,
        "accepted": 0,
        "held": reading.read - reading.blank,
        "amount": 0,
        "status": BatchStatus.DRAFT.value,
        "created_by": context.user.user_id,
        "created_at": context.clock().isoformat(),
    }
