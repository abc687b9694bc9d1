"""A batch as a new list meets it: its lines as they read today, and whose NIK can be trusted."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from bpjsdesk.domain.batch_target import BatchTarget
from bpjsdesk.domain.cells import label_key
from bpjsdesk.domain.columns import ColumnMap, Origin
from bpjsdesk.domain.enrollment import BatchRequest
from bpjsdesk.domain.identity import FILLERS
from bpjsdesk.domain.row_check import CheckedRow
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.row_match import content_of
from bpjsdesk.progress import CancelToken
from bpjsdesk.services.batches import columns_of
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.cut_columns import cut_niks
from bpjsdesk.services.row_rules import Rules
from bpjsdesk.services.staged_rows import StagedRows
from bpjsdesk.storage import core_reply, enrollment, senders
from bpjsdesk.storage import corrections as store
from bpjsdesk.storage.batch_reference import check_reference, find_target, synonyms
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.corrections import BatchLine
from bpjsdesk.storage.staging import StagedLine

Content = frozenset[tuple[object, str]]

# A NIK that can be read and is nobody's nevertheless, or another number of the same person.
_DOUBTED = frozenset(
    {
        IssueCode.NIK_DATE,
        IssueCode.SERIAL_ZERO,
        IssueCode.NIK_IS_FAMILY_CARD,
        IssueCode.NIK_NOT_IN_DUKCAPIL,
    }
)


class KnownRow(NamedTuple):
    """A line of the batch as it reads today.

    `niks` are those by which a new list may name it, `is_sure` says that they can be trusted;
    `is_cut` that its NIK has lost its last digit, unless a whole new list has confirmed it.
    """

    line: BatchLine
    row: CheckedRow
    niks: tuple[str, ...]
    is_sure: bool
    is_cut: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBatch:
    """A batch with its rules, its lines, and the people of the batches that follow it."""

    batch_id: int
    target: BatchTarget
    request: BatchRequest
    rules: Rules
    rows: tuple[KnownRow, ...]
    earlier: Mapping[int, Sequence[str]]
    later: frozenset[Content]
    later_niks: frozenset[str]
    spellings: Mapping[str, Iterable[str]]
    headings: Mapping[str, str]


def known_batch(
    context: AppContext,
    connection: Connection,
    batch_id: int,
    *,
    path: Path,
    cancel: CancelToken,
) -> KnownBatch:
    """Read everything of a batch that a new list is compared with.

    Raises: Cancelled.
    """
    row = enrollment.batch_row(connection, batch_id)
    target = find_target(
        connection,
        agreement_id=row.agreement_id,
        category_code=row.category,
        month=row.from_month,
    )
    reference = check_reference(
        connection,
        target,
        registered_on=row.registered_on,
        today=context.clock().date(),
        months=(row.from_month, row.months),
    ).with_values(senders.values_of_batch(connection, batch_id))
    columns = columns_of(row.header)
    rules = Rules(columns=columns, reference=reference, registered_on=row.registered_on)
    later: list[tuple[ColumnMap, BatchLine, CheckedRow]] = []
    for follower in store.followers_of(connection, batch_id):
        own = replace(rules, columns=columns_of(follower.header))
        found = _checked(connection, own, follower.batch_id, cancel)
        later += [
            (own.columns[line.sheet], line, item.row) for line, item in zip(*found, strict=True)
        ]
    return KnownBatch(
        batch_id=batch_id,
        target=target,
        request=_request_of(row, path),
        rules=rules,
        rows=tuple(_rows_of(connection, rules, batch_id, cancel)),
        earlier=store.earlier_cells(connection, batch_id),
        later=frozenset(content_of(own, json.loads(line.cells)) for own, line, _row in later),
        later_niks=frozenset(row.nik for _own, _line, row in later if row.nik),
        spellings=synonyms(connection),
        headings=_headings(connection, batch_id, columns),
    )


def usable_nik(row: CheckedRow, cut: Collection[str]) -> str:
    """Give the NIK of a row; empty where it has none, or one that tells nobody apart."""
    nik = row.nik
    return "" if nik is None or nik in cut or nik in FILLERS else nik


def is_doubted(row: CheckedRow) -> bool:
    """Say whether the NIK of a row may well be wrong although it can be read."""
    return not _DOUBTED.isdisjoint(row.codes)


def _rows_of(
    connection: Connection, rules: Rules, batch_id: int, cancel: CancelToken
) -> list[KnownRow]:
    own = replace(rules, refused=core_reply.refusals(connection, batch_id))
    lines, checked = _checked(connection, own, batch_id, cancel)
    cut = cut_niks(
        _staged(lines),
        checked,
        {line.line_id: line.arrived for line in lines if line.arrived != line.cells},
        rules.columns,
        confirmed=store.confirmed_lines(connection, batch_id),
        found_before=store.lines_found_cut(connection, batch_id),
    )
    return [_known(line, item.row, cut) for line, item in zip(lines, checked, strict=True)]


def _known(line: BatchLine, row: CheckedRow, cut: Collection[str]) -> KnownRow:
    """Whoever is in the register already is named by the NIK there."""
    found = usable_nik(row, () if line.nik else cut)
    niks = tuple(dict.fromkeys(filter(None, (found, line.nik))))
    is_sure = bool(line.nik) or (bool(found) and not is_doubted(row))
    return KnownRow(line, row, niks, is_sure, not line.nik and row.nik in cut)


def _checked(
    connection: Connection, rules: Rules, batch_id: int, cancel: CancelToken
) -> tuple[list[BatchLine], StagedRows]:
    lines = list(store.lines_of(connection, batch_id).values())
    lines.sort(key=lambda line: line.sheet)  # the rules go through a list sheet by sheet
    return lines, rules.check(_staged(lines), cancel=cancel)


def _staged(lines: Iterable[BatchLine]) -> list[StagedLine]:
    return [StagedLine(line.line_id, line.sheet, line.row_no, line.cells, "") for line in lines]


def _request_of(row: Any, path: Path) -> BatchRequest:
    return BatchRequest(
        path=path,
        agreement_id=row.agreement_id,
        category=row.category,
        registered_on=row.registered_on,
        from_month=row.from_month,
        months=row.months,
    )


def _headings(
    connection: Connection, batch_id: int, columns: Mapping[str, ColumnMap]
) -> dict[str, str]:
    """Give what the headings of this batch mean, before what is remembered of its sender."""
    sender_id = senders.sender_of(connection, batch_id)
    known = senders.remembered_columns(connection, sender_id) if sender_id else {}
    for found in columns.values():
        fields = {at: name for name, at in found.fields.items()}
        for at, heading in enumerate(found.headers):
            name = fields.get(at, "" if at in found.unused else None)
            if heading and name is not None and found.origins.get(name) is not Origin.SHEET:
                known[label_key(heading)] = name
    return known
