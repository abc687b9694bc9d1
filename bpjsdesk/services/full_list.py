"""A whole new list from the sender against its batch, by NIK: same, changed, new, missing."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from bpjsdesk.domain.batch_target import BatchTarget
from bpjsdesk.domain.cells import Cell, cell_text, label_key
from bpjsdesk.domain.columns import ColumnMap, Origin
from bpjsdesk.domain.corrections import MissingRow, NotTaken, ReportedRow, same_cell
from bpjsdesk.domain.enrollment import BatchRequest, LineStatus
from bpjsdesk.domain.row_check import CheckedRow
from bpjsdesk.domain.row_kinds import RowKind
from bpjsdesk.domain.row_match import RowMatch, content_of, with_columns_of
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, Progress, ProgressSink
from bpjsdesk.services.batches import columns_of
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.correction_steps import as_json, settled
from bpjsdesk.services.intake import village_keys
from bpjsdesk.services.list_reader import read_sheets
from bpjsdesk.services.row_rules import Rules
from bpjsdesk.services.staged_reading import StagedReading
from bpjsdesk.storage import corrections as store
from bpjsdesk.storage import enrollment, senders
from bpjsdesk.storage.batch_reference import check_reference, find_target, synonyms
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.corrections import BatchLine
from bpjsdesk.storage.staging import CellEdit, StagedLine

Content = frozenset[tuple[object, str]]


class KnownRow(NamedTuple):
    """A line of the batch as it reads today."""

    line: BatchLine
    row: CheckedRow


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


@dataclass(slots=True, kw_only=True)
class ListFindings:
    """What a new list changes in its batch; `new` are places among the rows of the reading.

    `columns` are those of the batch with whatever the new list adds at the right.
    """

    columns: dict[str, ColumnMap]
    edits: list[CellEdit] = field(default_factory=list)
    new: list[int] = field(default_factory=list)
    unchanged: int = 0
    ignored: int = 0
    reported: list[ReportedRow] = field(default_factory=list)
    missing: list[MissingRow] = field(default_factory=list)


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
        connection, target, registered_on=row.registered_on, today=context.clock().date()
    ).with_values(senders.values_of_batch(connection, batch_id))
    columns = columns_of(row.header)
    rules = Rules(columns=columns, reference=reference, registered_on=row.registered_on)
    later: list[tuple[ColumnMap, KnownRow]] = []
    for follower in store.followers_of(connection, batch_id):
        own = replace(rules, columns=columns_of(follower.header))
        rows = _rows_of(connection, own, follower.batch_id, cancel)
        later += [(own.columns[found.line.sheet], found) for found in rows]
    return KnownBatch(
        batch_id=batch_id,
        target=target,
        request=_request_of(row, path),
        rules=rules,
        rows=tuple(_rows_of(connection, rules, batch_id, cancel)),
        earlier=store.earlier_cells(connection, batch_id),
        later=frozenset(content_of(own, json.loads(found.line.cells)) for own, found in later),
        later_niks=frozenset(found.row.nik for _own, found in later if found.row.nik),
        spellings=synonyms(connection),
        headings=_headings(connection, batch_id, columns),
    )


def _rows_of(
    connection: Connection, rules: Rules, batch_id: int, cancel: CancelToken
) -> list[KnownRow]:
    lines = list(store.lines_of(connection, batch_id).values())
    lines.sort(key=lambda line: line.sheet)  # the rules go through a list sheet by sheet
    staged = [StagedLine(line.line_id, line.sheet, line.row_no, line.cells, "") for line in lines]
    checked = rules.check(staged, cancel=cancel)
    return [KnownRow(line, item.row) for line, item in zip(lines, checked, strict=True)]


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


def read_list(
    context: AppContext, known: KnownBatch, *, progress: ProgressSink, cancel: CancelToken
) -> StagedReading:
    """Read a new list as the batch's own columns say.

    Raises: UserError WORKBOOK_…, HEADER_NOT_FOUND, CORRECTION_FILE; Cancelled.
    """
    reading = StagedReading(known.request)
    parts = read_sheets(
        known.request.path, known.spellings, cancel=cancel, remembered=known.headings
    )
    for part in parts:
        reading.take(part)
        progress(Progress(done=reading.read, total=reading.expected, text="Membaca"))
    reading.finish(lambda: village_keys(context, known.target.region_code))
    return reading


def compared(known: KnownBatch, reading: StagedReading, *, cancel: CancelToken) -> ListFindings:
    """Compare every row of a new list with its batch; each one is found exactly once.

    Raises: UserError CORRECTION_OTHER_LIST where not a single row is the same; Cancelled.
    """
    rules = replace(known.rules, columns=reading.columns)
    lines = [
        StagedLine(at, line.sheet, line.row_no, line.cells, "")
        for at, line in enumerate(reading.lines(0))
    ]
    found = _Comparing(known, reading)
    for line, item in zip(lines, rules.check(lines, cancel=cancel), strict=True):
        found.look_at(line, item.row)
    if not found.any_known:
        raise UserError(
            "CORRECTION_OTHER_LIST",
            "Tidak satu pun NIK di berkas ini ada di batch ini. Tidak ada yang disimpan. Muat "
            "berkas ini sebagai daftar baru; bila menggantikan daftar yang masih dikerjakan, buang "
            "daftar itu dahulu.",
        )
    found.list_missing()
    return found.findings


class _Comparing:
    """Look at the rows of a new list one by one."""

    def __init__(self, known: KnownBatch, reading: StagedReading) -> None:
        self._known = known
        self._reading = reading
        self._out = set(reading.left_out)
        self._by_nik: defaultdict[str, list[KnownRow]] = defaultdict(list)
        self._without_nik: defaultdict[Content, list[KnownRow]] = defaultdict(list)
        self._met: set[int] = set()
        self._matches: dict[tuple[str, str], RowMatch] = {}
        self.findings = ListFindings(columns=dict(known.rules.columns))
        for found in known.rows:
            self._know(found)

    @property
    def any_known(self) -> bool:
        return bool(self._met)

    def _know(self, known: KnownRow) -> None:
        line, row = known
        for nik in dict.fromkeys(filter(None, (row.nik, line.nik))):
            self._by_nik[nik].append(known)
        if row.kind is RowKind.DATA and not (row.nik or line.nik):
            columns = self._known.rules.columns[line.sheet]
            self._without_nik[content_of(columns, json.loads(line.cells))].append(known)

    def look_at(self, line: StagedLine, row: CheckedRow) -> None:
        if row.kind is not RowKind.DATA or line.sheet in self._out:
            self.findings.ignored += 1
            return
        met = self._met_again(line, row)
        if met is not None:
            self._compare(met, line, row)
        elif row.nik and row.nik in self._by_nik:
            self._report(row, NotTaken.ROW_TWICE)
        else:
            self._take_new(line, row)

    def _met_again(self, line: StagedLine, row: CheckedRow) -> KnownRow | None:
        """Find the line that a row is about: by NIK, or by all that it says where it has none."""
        lines = self._by_nik.get(row.nik, []) if row.nik else self._same_content(line)
        open_lines = [found for found in lines if found.line.line_id not in self._met]
        if not open_lines:
            return None
        found = self._likest(open_lines, line) if len(open_lines) > 1 else open_lines[0]
        self._met.add(found.line.line_id)
        return found

    def _same_content(self, line: StagedLine) -> list[KnownRow]:
        columns = self._reading.columns[line.sheet]
        return self._without_nik.get(content_of(columns, json.loads(line.cells)), [])

    def _likest(self, lines: Sequence[KnownRow], line: StagedLine) -> KnownRow:
        """Choose among the rows of one NIK: the same content, else the same place, else any."""
        said = content_of(self._reading.columns[line.sheet], json.loads(line.cells))
        place = line.sheet, line.row_no
        columns = self._known.rules.columns
        return min(
            lines,
            key=lambda found: (
                content_of(columns[found.line.sheet], json.loads(found.line.cells)) != said,
                (found.line.sheet, found.line.row_no) != place,
                found.line.line_id,
            ),
        )

    def _compare(self, known: KnownRow, line: StagedLine, row: CheckedRow) -> None:
        match = self._match(known.line.sheet, line.sheet)
        if match.is_straight and known.line.cells == line.cells:
            self.findings.unchanged += 1  # as most rows are
            return
        before: list[Cell] = json.loads(known.line.cells)
        news = match.news((known.row, before), (row, json.loads(line.cells)))
        fresh = {
            at: cell for at, cell in news.items() if not self._was_so_before(known.line, at, cell)
        }
        why = settled(known.line)
        if not fresh:
            self.findings.unchanged += 1
        elif why is not None:
            headings = self.findings.columns[known.line.sheet].headers
            self._report(row, why, tuple(headings[at] for at in sorted(fresh)))
        else:
            after = [*before, *[None] * (max(fresh) + 1 - len(before))]
            for at, cell in fresh.items():
                after[at] = cell
            edit = CellEdit(known.line.line_id, known.line.cells, as_json(after))
            self.findings.edits.append(edit)

    def _match(self, own: str, theirs: str) -> RowMatch:
        if (own, theirs) not in self._matches:
            columns, source = self.findings.columns[own], self._reading.columns[theirs]
            wider = with_columns_of(columns, source, width=partial(self._width, own))
            self.findings.columns[own] = wider
            self._matches[own, theirs] = RowMatch(wider, source)
        return self._matches[own, theirs]

    def _width(self, sheet: str) -> int:
        rows = (found.line for found in self._known.rows if found.line.sheet == sheet)
        return max((len(json.loads(line.cells)) for line in rows), default=0)

    def _was_so_before(self, line: BatchLine, at: int, cell: Cell) -> bool:
        """Say whether the list still holds what was mended here since it came first."""
        earlier: Iterator[Sequence[Cell]] = map(
            json.loads, self._known.earlier.get(line.line_id, ())
        )
        return any(at < len(cells) and same_cell(cells[at], cell) for cells in earlier)

    def _take_new(self, line: StagedLine, row: CheckedRow) -> None:
        """Take a row that the batch does not have, unless a batch that follows has it."""
        if self._known.later:
            content = content_of(self._reading.columns[line.sheet], json.loads(line.cells))
            if content in self._known.later:
                self.findings.unchanged += 1
                return
            if row.nik in self._known.later_niks:
                self._report(row, NotTaken.FOLLOWED)
                return
        self.findings.new.append(line.line_id)

    def list_missing(self) -> None:
        """List the people of the batch whom the new list does not name."""
        for line, row in sorted(self._known.rows, key=lambda known: known.line.line_id):
            named = row.nik or line.nik
            if named and line.line_id not in self._met and not line.is_left_out:
                self.findings.missing.append(
                    MissingRow(
                        line_id=line.line_id,
                        sheet=line.sheet,
                        row_no=line.row_no,
                        name=row.name or "",
                        is_accepted=line.status is LineStatus.ACCEPTED,
                    )
                )

    def _report(self, row: CheckedRow, why: NotTaken, differs: tuple[str, ...] = ()) -> None:
        self.findings.reported.append(
            ReportedRow(
                sheet=row.sheet,
                row_no=row.row_no,
                why=why,
                differs=differs,
                name=cell_text(row.name),
            )
        )
