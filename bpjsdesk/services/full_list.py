"""A whole new list from the sender against its batch: same, changed, new, missing."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from bpjsdesk.domain.cells import Cell, cell_text
from bpjsdesk.domain.columns import ColumnMap
from bpjsdesk.domain.corrections import MissingRow, NotTaken, ReportedRow, same_cell
from bpjsdesk.domain.enrollment import LineStatus
from bpjsdesk.domain.row_check import CheckedRow
from bpjsdesk.domain.row_kinds import RowKind
from bpjsdesk.domain.row_match import RowMatch, with_columns_of
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, Progress, ProgressSink
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.correction_steps import as_json, settled
from bpjsdesk.services.cut_columns import cut_niks, sheets_with_every_digit
from bpjsdesk.services.intake import village_keys
from bpjsdesk.services.known_batch import KnownBatch, KnownRow, is_doubted, usable_nik
from bpjsdesk.services.list_matching import Matching, NewRow
from bpjsdesk.services.list_reader import read_sheets
from bpjsdesk.services.staged_reading import StagedReading
from bpjsdesk.services.staged_rows import StagedRow
from bpjsdesk.storage.corrections import BatchLine
from bpjsdesk.storage.staging import CellEdit, StagedLine


@dataclass(slots=True, kw_only=True)
class ListFindings:
    """What a new list changes in its batch; `new` are places among the rows of the reading.

    `columns` are those of the batch with whatever the new list adds at the right; `confirmed` are
    the lines whose NIK ends in 0 in a column that was cut, and in the new list as well.
    """

    columns: dict[str, ColumnMap]
    edits: list[CellEdit] = field(default_factory=list)
    confirmed: list[int] = field(default_factory=list)
    new: list[int] = field(default_factory=list)
    unchanged: int = 0
    ignored: int = 0
    reported: list[ReportedRow] = field(default_factory=list)
    missing: list[MissingRow] = field(default_factory=list)


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
    staged = rules.check(lines, cancel=cancel)
    cut = cut_niks(lines, staged, {}, reading.columns)
    found = _Comparing(known, reading, staged, cut)
    found.look_at_all(
        [_new_row(line, item.row, cut) for line, item in zip(lines, staged, strict=True)]
    )
    return found.findings


def _new_row(line: StagedLine, row: CheckedRow, cut: frozenset[str]) -> NewRow:
    nik = usable_nik(row, cut)
    return NewRow(line, row, nik, bool(nik) and not is_doubted(row))


class _Comparing:
    """Look at the rows of a new list one by one."""

    def __init__(
        self,
        known: KnownBatch,
        reading: StagedReading,
        staged: Sequence[StagedRow],
        cut: frozenset[str],
    ) -> None:
        self._known = known
        self._reading = reading
        self._out = set(reading.left_out)
        self._cut = cut
        self._telling = sheets_with_every_digit(staged)
        self._matching = Matching(known, reading.columns)
        self._matches: dict[tuple[str, str], RowMatch] = {}
        self.findings = ListFindings(columns=dict(known.rules.columns))

    def look_at_all(self, rows: Sequence[NewRow]) -> None:
        """Raises: UserError CORRECTION_OTHER_LIST."""
        people = [new for new in rows if self._is_person(new)]
        self.findings.ignored = len(rows) - len(people)
        self._matching.meet(people)
        if not self._matching.met:
            raise UserError(
                "CORRECTION_OTHER_LIST",
                "Tidak satu pun NIK di berkas ini ada di batch ini. Tidak ada yang disimpan. Muat "
                "berkas ini sebagai daftar baru; bila menggantikan daftar yang masih dikerjakan, "
                "buang daftar itu dahulu.",
            )
        for new in people:
            self._look_at(new)
        self._list_missing()

    def _is_person(self, new: NewRow) -> bool:
        return new.row.kind is RowKind.DATA and new.line.sheet not in self._out

    def _look_at(self, new: NewRow) -> None:
        met = self._matching.met.get(new.line.line_id)
        if met is not None:
            self._compare(met, new)
        elif new.line.line_id in self._matching.repeated:
            self._report(new.row, NotTaken.ROW_TWICE)
        else:
            self._take_new(new)

    def _compare(self, known: KnownRow, new: NewRow) -> None:
        line = known.line
        match = self._match(line.sheet, new.line.sheet)
        confirms = self._confirms(known, new)
        if match.is_straight and line.cells == new.line.cells and not confirms:
            self.findings.unchanged += 1  # as most rows are
            return
        before: list[Cell] = json.loads(line.cells)
        news = match.news((known.row, before), (new.row, json.loads(new.line.cells)))
        fresh = self._fresh(known, new, news)
        why = settled(line)
        if not fresh and not confirms:
            self.findings.unchanged += 1
        elif why is not None:
            headings = self.findings.columns[line.sheet].headers
            self._report(new.row, why, tuple(headings[at] for at in sorted(fresh)))
        else:
            if confirms:
                self.findings.confirmed.append(line.line_id)
            self.findings.edits.append(CellEdit(line.line_id, line.cells, _with(before, fresh)))

    def _confirms(self, known: KnownRow, new: NewRow) -> bool:
        """Say whether the new list proves that a NIK of a cut column really ends in 0."""
        return (
            known.is_cut
            and bool(new.nik)
            and new.nik == known.row.nik
            and new.line.sheet in self._telling
            and settled(known.line) is None
        )

    def _fresh(self, known: KnownRow, new: NewRow, news: dict[int, Cell]) -> dict[int, Cell]:
        """Give what is to be taken; a NIK only where it is no worse than the one that is there."""
        fresh = {
            at: cell for at, cell in news.items() if not self._was_so_before(known.line, at, cell)
        }
        nik_at = self.findings.columns[known.line.sheet].fields["nik"]
        if nik_at in news and new.is_sure and not known.is_sure:
            fresh[nik_at] = news[nik_at]
        elif new.row.nik in self._cut or (known.is_sure and not new.is_sure):
            fresh.pop(nik_at, None)
        return fresh

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

    def _take_new(self, new: NewRow) -> None:
        """Take a row that the batch does not have, unless a batch that follows has it."""
        if self._matching.follows(new):
            if self._matching.content(new) in self._known.later:
                self.findings.unchanged += 1
            else:
                self._report(new.row, NotTaken.FOLLOWED)
        elif new.row.nik in self._cut:
            self._report(new.row, NotTaken.NIK_CUT)
        else:
            self.findings.new.append(new.line.line_id)

    def _list_missing(self) -> None:
        """List the people of the batch whom the new list does not name."""
        for found in self._matching.unmet:
            line = found.line
            if line.is_left_out or not (found.niks or found.row.kind is RowKind.DATA):
                continue
            self.findings.missing.append(
                MissingRow(
                    line_id=line.line_id,
                    sheet=line.sheet,
                    row_no=line.row_no,
                    name=found.row.name or "",
                    is_accepted=line.status is LineStatus.ACCEPTED,
                    has_nik=bool(found.niks),
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


def _with(before: Sequence[Cell], fresh: dict[int, Cell]) -> str:
    after = [*before, *[None] * (max(fresh, default=0) + 1 - len(before))]
    for at, cell in fresh.items():
        after[at] = cell
    return as_json(after)
