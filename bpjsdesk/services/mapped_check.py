"""Check a file by what a mapping file says of it; nothing is written."""

import json
from collections.abc import Collection, Iterator
from dataclasses import replace

from bpjsdesk.domain.batch_target import BatchTarget
from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.check_reference import CheckReference
from bpjsdesk.domain.columns import ColumnMap
from bpjsdesk.domain.enrollment import BatchRequest
from bpjsdesk.domain.row_issues import Levels
from bpjsdesk.progress import CancelToken, Progress, ProgressSink
from bpjsdesk.services.batch_check import (
    BatchCheck,
    StagedRow,
    join_register,
    require_open,
    target_of,
)
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.intake import village_keys
from bpjsdesk.services.list_reader import Synonyms, read_sheets
from bpjsdesk.services.mapping_file import MappingFile
from bpjsdesk.services.row_rules import Rules
from bpjsdesk.services.staged_reading import StagedReading
from bpjsdesk.services.value_mapping import require_value
from bpjsdesk.services.work_columns import orders_settled
from bpjsdesk.storage import audit
from bpjsdesk.storage.batch_reference import check_reference, synonyms
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.staging import StagedLine


def check_mapped(
    context: AppContext,
    request: BatchRequest,
    mapping: MappingFile,
    *,
    progress: ProgressSink,
    cancel: CancelToken,
) -> BatchCheck:
    """Check a whole file as it would be checked after being staged and mapped.

    Raises: UserError for the file (WORKBOOK_…, HEADER_NOT_FOUND), the target or the mapping
        (MAPPING_…, VALUE_UNKNOWN); Cancelled.
    """
    context.user.require("read.batches")
    with context.database.read() as connection:
        target = target_of(connection, request)
        require_open(target)
        reference = _reference(context, connection, request, target=target, mapping=mapping)
        spellings = synonyms(connection)
        audit_head = audit.head(connection)
    reading = _read(request, spellings, mapping, progress=progress, cancel=cancel)
    reading.finish(lambda: village_keys(context, target.region_code))
    lines = _lines(reading)
    columns = _columns(reading, mapping, lines)
    rules = Rules(columns=columns, reference=reference, registered_on=request.registered_on)
    staged = tuple(rules.check(lines, cancel=cancel))
    check = _check_of(reading, target, audit_head, staged, levels=reference.levels)
    with context.database.read() as connection:
        return join_register(replace(check, columns=columns), connection)


def _check_of(
    reading: StagedReading,
    target: BatchTarget,
    audit_head: tuple[int, str],
    staged: tuple[StagedRow, ...],
    *,
    levels: Levels,
) -> BatchCheck:
    from_month, months = target.months(reading.request)
    return BatchCheck(
        request=reading.request,
        target=target,
        from_month=from_month,
        months=months,
        digest=reading.digest,
        columns=reading.columns,
        blank=reading.blank,
        staged=staged,
        known={},
        levels=levels,
        skipped_sheets=(*reading.left_out, *reading.hidden_sheets),
        audit_head=audit_head,
    )


def _reference(
    context: AppContext,
    connection: Connection,
    request: BatchRequest,
    *,
    target: BatchTarget,
    mapping: MappingFile,
) -> CheckReference:
    reference = check_reference(
        connection,
        target,
        registered_on=request.registered_on,
        today=context.clock().date(),
    )
    for field, meant in mapping.meanings.items():
        for value in {value for value in meant.values() if value}:
            require_value(connection, reference, field, value)
    return reference.with_values(mapping.meanings)


def _read(
    request: BatchRequest,
    spellings: Synonyms,
    mapping: MappingFile,
    *,
    progress: ProgressSink,
    cancel: CancelToken,
) -> StagedReading:
    reading = StagedReading(request)
    row = mapping.header_row
    for part in read_sheets(request.path, spellings, cancel=cancel, heading_row=row):
        reading.take(part)
        progress(Progress(done=reading.read, total=reading.expected, text="Membaca"))
    return reading


def _lines(reading: StagedReading) -> list[StagedLine]:
    out = set(reading.left_out)
    return [
        StagedLine(at, line.sheet, line.row_no, line.cells, "")
        for at, line in enumerate(reading.lines(0))
        if line.sheet not in out
    ]


def _columns(
    reading: StagedReading, mapping: MappingFile, lines: list[StagedLine]
) -> dict[str, ColumnMap]:
    def column(names: Collection[str], at: int) -> Iterator[Cell]:
        rows = (json.loads(line.cells) for line in lines if line.sheet in names)
        return (cells[at] for cells in rows if at < len(cells))

    changed = mapping.applied(reading.columns)
    return mapping.ordered(orders_settled(reading.columns, changed, column))
