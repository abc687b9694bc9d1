"""Take a list through the whole flow in memory, as acceptance would find it; writes nothing."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from bpjsdesk.domain.batch_target import BatchTarget
from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.check_reference import CheckReference
from bpjsdesk.domain.columns import ColumnMap
from bpjsdesk.domain.enrollment import BatchRequest
from bpjsdesk.domain.senders import SenderChoice
from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.progress import CancelToken, Progress, ProgressSink
from bpjsdesk.services.acceptance import judged
from bpjsdesk.services.batch_check import BatchCheck, require_open, target_of
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.duplicates import duplicate_lists
from bpjsdesk.services.intake import remembered_headings, village_keys
from bpjsdesk.services.list_plan import ListPlan, with_steps
from bpjsdesk.services.list_reader import Synonyms, read_sheets
from bpjsdesk.services.list_steps import StepWork, imagined
from bpjsdesk.services.mapping_file import MappingFile
from bpjsdesk.services.row_finder import RowFinder
from bpjsdesk.services.row_rules import Rules
from bpjsdesk.services.staged_reading import StagedReading
from bpjsdesk.services.staged_rows import StagedRows
from bpjsdesk.services.staging import ListFacts, StagedList, checked_list
from bpjsdesk.services.value_mapping import require_value
from bpjsdesk.services.work_columns import orders_settled
from bpjsdesk.storage import audit, senders
from bpjsdesk.storage.batch_reference import check_reference, synonyms
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.staging import StagedLine

_NOT_STORED = 0


def rehearse(
    context: AppContext,
    request: BatchRequest,
    plan: ListPlan,
    *,
    progress: ProgressSink,
    cancel: CancelToken,
    sender: SenderChoice | None = None,
) -> StagedList:
    """Give a list as acceptance would find it: planned steps, doubles and quota included.

    Raises: UserError for the file (WORKBOOK_…, HEADER_NOT_FOUND), the target, SENDER_MISSING, or
        the plan (MAPPING_…, VALUE_UNKNOWN, DECISION_ROW_UNKNOWN); Cancelled.
    """
    work = understood(context, request, plan, progress=progress, cancel=cancel, sender=sender)
    doubles = duplicate_lists(context, work, progress=progress, cancel=cancel).codes
    with context.database.read() as connection:
        return judged(connection, work, doubles, up_to_quota=True)


def understood(
    context: AppContext,
    request: BatchRequest,
    plan: ListPlan,
    *,
    progress: ProgressSink,
    cancel: CancelToken,
    sender: SenderChoice | None = None,
) -> StagedList:
    """Give a list as it would lie in work after being taken in and worked on by a plan.

    Raises: as `rehearse`.
    """
    context.user.require("read.batches")
    with context.database.read() as connection:
        known = _known(context, connection, request, plan=plan, sender=sender)
    reading = _read(request, known, plan.mapping, progress=progress, cancel=cancel)
    reading.finish(lambda: village_keys(context, known.target.region_code))
    with context.database.read() as connection:
        work = _list_of(connection, reading, known, mapping=plan.mapping, cancel=cancel)

    def take(found: StagedList, step: StepWork) -> StagedList:
        cancel.raise_if_cancelled()
        return imagined(context, found, step)

    return with_steps(context, work, plan, take)


def open_part(work: StagedList) -> BatchCheck:
    """Give the check without the rows that were left out, and without ignored warnings."""
    rows = zip(work.line_ids, work.check.staged, strict=True)
    still = work.ignored.open_codes
    staged = StagedRows.of(
        item._replace(row=item.row._replace(codes=still(line_id, item.row.codes)))
        if line_id in work.ignored.covers
        else item
        for line_id, item in rows
        if work.outcomes.get(line_id, DecidedOutcome.RETURNED) == DecidedOutcome.RETURNED
    )
    return replace(work.check, staged=staged)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    """What the office knows of a list before its file is read."""

    target: BatchTarget
    reference: CheckReference
    spellings: Synonyms
    headings: Mapping[str, str]
    audit_head: tuple[int, str]


def _known(
    context: AppContext,
    connection: Connection,
    request: BatchRequest,
    *,
    plan: ListPlan,
    sender: SenderChoice | None,
) -> _Known:
    target = target_of(connection, request)
    require_open(target)
    reference = check_reference(
        connection,
        target,
        registered_on=request.registered_on,
        today=context.clock().date(),
        months=target.months(request),
    )
    for field, meant in plan.mapping.meanings.items():
        for value in {value for value in meant.values() if value}:
            require_value(connection, reference, field, value)
    return _Known(
        target=target,
        reference=reference.with_values(_meanings(connection, plan.mapping, sender)),
        spellings=synonyms(connection),
        headings=remembered_headings(connection, sender),
        # taken with the terms: whatever changes while the file is read must be noticed later
        audit_head=audit.head(connection),
    )


def _meanings(
    connection: Connection, mapping: MappingFile, sender: SenderChoice | None
) -> Mapping[str, Mapping[str, str]]:
    found = senders.remembered_values(connection, sender.sender_id) if sender else {}
    said = mapping.meanings
    return {field: {**found.get(field, {}), **said.get(field, {})} for field in {**found, **said}}


def _read(
    request: BatchRequest,
    known: _Known,
    mapping: MappingFile,
    *,
    progress: ProgressSink,
    cancel: CancelToken,
) -> StagedReading:
    # where somebody has said that a heading stands, a list must be found
    reading = StagedReading(request, None if mapping.header_row else known.spellings)
    parts = read_sheets(
        request.path,
        known.spellings,
        cancel=cancel,
        remembered=known.headings,
        heading_row=mapping.header_row,
        pasted=request.pasted,
    )
    for part in parts:
        reading.take(part)
        progress(Progress(done=reading.read, total=reading.expected, text="Membaca"))
    return reading


def _list_of(
    connection: Connection,
    reading: StagedReading,
    known: _Known,
    *,
    mapping: MappingFile,
    cancel: CancelToken,
) -> StagedList:
    lines = _lines(reading)
    rules = Rules(
        columns=_columns(reading, mapping, lines),
        reference=known.reference,
        registered_on=reading.request.registered_on,
    )
    from_month, months = known.target.months(reading.request)
    facts = ListFacts(
        request=reading.request,
        target=known.target,
        from_month=from_month,
        months=months,
        digest=reading.digest,
        blank=reading.blank,
        skipped_sheets=(*reading.left_out, *reading.hidden_sheets),
        audit_head=known.audit_head,
    )
    check = checked_list(connection, facts, rules, lines, cancel=cancel)
    line_ids = tuple(line.line_id for line in lines)
    return StagedList(
        batch_id=_NOT_STORED,
        number="",
        version=_NOT_STORED,
        check=check,
        rules=rules,
        line_ids=line_ids,
        finder=RowFinder(line_ids, check.staged.checked.numbers),
        outcomes={line.line_id: line.outcome for line in lines if line.outcome},
        steps=(),
    )


def _lines(reading: StagedReading) -> list[StagedLine]:
    out = dict.fromkeys(reading.left_out, DecidedOutcome.SKIPPED.value)
    return [
        StagedLine(at, line.sheet, line.row_no, line.cells, out.get(line.sheet, ""))
        for at, line in enumerate(reading.lines(_NOT_STORED))
    ]


def _columns(
    reading: StagedReading, mapping: MappingFile, lines: list[StagedLine]
) -> dict[str, ColumnMap]:
    def column(names: Collection[str], at: int) -> Iterator[Cell]:
        rows = (json.loads(line.cells) for line in lines if line.sheet in names)
        return (cells[at] for cells in rows if at < len(cells))

    changed = mapping.applied(reading.columns)
    return mapping.ordered(orders_settled(reading.columns, changed, column))
