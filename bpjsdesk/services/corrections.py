"""Corrected rows come back to their batch: our own error workbook, by its row keys."""

import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bpjsdesk.domain.cells import Cell, cell_text
from bpjsdesk.domain.changes import Answer, Changes
from bpjsdesk.domain.columns import ColumnMap
from bpjsdesk.domain.corrections import (
    Correction,
    Door,
    NotTaken,
    ReportedRow,
    differing,
    same_cell,
)
from bpjsdesk.domain.row_identity import read_nik
from bpjsdesk.domain.row_kinds import is_blank_row
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, Progress, ProgressSink
from bpjsdesk.services.batches import CORRECT, columns_of
from bpjsdesk.services.commands import Command, Outcome, execute
from bpjsdesk.services.common_columns import CommonColumns
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.correction_steps import (
    CORRECTION,
    CorrectedBatch,
    OpenBatch,
    add_step,
    as_json,
    correction_outcome,
    open_batch,
    settled,
)
from bpjsdesk.services.cut_columns import cut_lines, has_every_digit
from bpjsdesk.services.list_reader import ListRows, SheetHead, read_sheets
from bpjsdesk.services.row_keys import RowKey, content_digest, key_of
from bpjsdesk.storage import corrections as store
from bpjsdesk.storage import staging
from bpjsdesk.storage.batch_reference import synonyms
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.corrections import BatchLine
from bpjsdesk.storage.staging import CellEdit


def take_error_workbook(
    context: AppContext,
    path: Path,
    *,
    request_id: str,
    progress: ProgressSink,
    cancel: CancelToken,
    batch_id: int | None = None,
) -> CorrectedBatch:
    """Take our own error workbook back: only rows with a sound key, only cells that changed.

    Without `batch_id` it goes to the batch that most of its keys name. What is taken is one step
    that can be undone; nobody is registered by it. A file that brings nothing new writes nothing.
    Raises: UserError for the file (WORKBOOK_…, CORRECTION_NO_KEYS, CORRECTION_KEYS_UNKNOWN), the
        batch (BATCH_MISSING, BATCH_SUBMITTED, BATCH_CLOSED); NOT_PERMITTED, CONFLICT; Cancelled.
    """
    context.user.require(CORRECT)
    file = _keyed_file(context, path, progress=progress, cancel=cancel)
    wanted = file.batch_id() if batch_id is None else batch_id
    batch, found = _compared(context, file, wanted)
    correction = _correction(batch, file, found)
    if not found.edits:
        return CorrectedBatch(
            correction=correction, answer=Answer(object_id=wanted, changes=Changes())
        )
    command = Command(
        name=CORRECT,
        object_kind="batch",
        request_id=request_id,
        object_id=wanted,
        version=batch.version,
        bulk=True,
    )

    def act(connection: Connection) -> Outcome:
        before = json.dumps({"confirmed": found.confirmed}) if found.confirmed else ""
        rows = len(found.edits)
        step_id = add_step(
            context, connection, correction, rule=CORRECTION, rows=rows, before=before
        )
        staging.change_cells(connection, step_id, found.edits)
        cancel.raise_if_cancelled()
        return correction_outcome(correction)

    return CorrectedBatch(correction=correction, answer=execute(context, command, act))


def _keyed_file(
    context: AppContext, path: Path, *, progress: ProgressSink, cancel: CancelToken
) -> "_KeyedFile":
    with context.database.read() as connection:
        spellings = synonyms(connection)
    file = _KeyedFile(context, path.name)
    for part in read_sheets(path, spellings, cancel=cancel):
        if isinstance(part, SheetHead | ListRows):
            file.take(part)
            progress(Progress(done=file.read, total=file.expected, text="Membaca"))
    return file


def _compared(
    context: AppContext, file: "_KeyedFile", batch_id: int
) -> tuple[OpenBatch, "_Comparison"]:
    with context.database.read() as connection:
        batch = open_batch(connection, batch_id)
        columns = columns_of(batch.header)
        lines = store.lines_of(connection, batch_id, line_ids=file.line_ids(batch_id))
        found = _Comparison(
            batch_id=batch_id,
            lines=lines,
            digests={
                line.line_id: content_digest(context, line.arrived) for line in lines.values()
            },
            columns=columns,
            common=CommonColumns(columns, synonyms(connection)),
            earlier=store.earlier_cells(connection, batch_id),
        )
        for row in file.rows:
            found.look_at(row)
        if found.ending_in_zero and has_every_digit(file.niks):
            found.confirm(cut_lines(connection, batch_id, columns))
    return batch, found


def _correction(batch: OpenBatch, file: "_KeyedFile", found: "_Comparison") -> Correction:
    return Correction(
        batch_id=found.batch_id,
        number=batch.number,
        door=Door.WORKBOOK,
        source_name=file.name,
        read=file.read,
        blank=file.blank,
        ignored=0,
        taken=len(found.edits),
        unchanged=found.unchanged,
        added=0,
        reported=tuple(found.reported),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _KeyedRow:
    sheet: str
    row_no: int
    columns: ColumnMap
    cells: Sequence[Cell]
    key_text: str
    key: RowKey | None


class _KeyedFile:
    """Gather the rows of an error workbook with the keys that they carry."""

    def __init__(self, context: AppContext, name: str) -> None:
        self._context = context
        self.name = name
        self._has_keys = False
        self.rows: list[_KeyedRow] = []
        self.blank = 0
        self.expected = 0

    @property
    def read(self) -> int:
        return len(self.rows) + self.blank

    def take(self, part: SheetHead | ListRows) -> None:
        if isinstance(part, SheetHead):
            if part.columns is not None:
                self.expected += part.rows
                self._has_keys = self._has_keys or part.columns.index("row_key") is not None
            return
        at = part.columns.index("row_key")
        for number, cells, _raw in part.rows:
            if is_blank_row(cells):
                self.blank += 1
                continue
            text = cell_text(cells[at]) if at is not None and at < len(cells) else ""
            self.rows.append(
                _KeyedRow(
                    sheet=part.sheet,
                    row_no=number,
                    columns=part.columns,
                    cells=cells,
                    key_text=text,
                    key=key_of(self._context, text) if text else None,
                )
            )

    @property
    def niks(self) -> list[str]:
        """The NIKs of the file that can be read."""
        found = (_nik_of(row.cells, row.columns) for row in self.rows)
        return [nik for nik in found if nik]

    def batch_id(self) -> int:
        """Give the batch that most keys name.

        Raises: UserError CORRECTION_NO_KEYS, CORRECTION_KEYS_UNKNOWN.
        """
        if not self._has_keys:
            raise UserError(
                "CORRECTION_NO_KEYS",
                "Berkas ini tidak memiliki kolom Kunci Baris. Buka batch asalnya, lalu muat "
                "koreksi dari sana: barisnya dicocokkan menurut NIK.",
            )
        named = Counter(row.key.batch_id for row in self.rows if row.key)
        if not named:
            raise UserError(
                "CORRECTION_KEYS_UNKNOWN",
                "Tidak satu pun Kunci Baris di berkas ini dikenal. Tidak ada yang disimpan. "
                "Simpan berkas koreksi baru dari batch asalnya, lalu salin isinya ke sana.",
            )
        return named.most_common(1)[0][0]

    def line_ids(self, batch_id: int) -> set[int]:
        """Give the lines of a batch that the keys name."""
        return {key.line_id for row in self.rows if (key := row.key) and key.batch_id == batch_id}


@dataclass(slots=True, kw_only=True)
class _Comparison:
    """Sort the rows of an error workbook: taken, unchanged, reported."""

    batch_id: int
    lines: Mapping[int, BatchLine]
    digests: Mapping[int, str]
    columns: Mapping[str, ColumnMap]
    common: CommonColumns
    earlier: Mapping[int, Sequence[str]]
    edits: list[CellEdit] = field(default_factory=list)
    ending_in_zero: list[BatchLine] = field(default_factory=list)
    confirmed: list[int] = field(default_factory=list)
    unchanged: int = 0
    reported: list[ReportedRow] = field(default_factory=list)
    _seen: set[int] = field(default_factory=set)

    def look_at(self, row: _KeyedRow) -> None:
        unread = self._why_not_read(row)
        if unread is not None:
            self._report(row, unread)
            return
        assert row.key is not None  # else there was a reason not to read it
        line = self.lines[row.key.line_id]
        self._seen.add(line.line_id)
        source = self.common.sources(line.sheet, row.columns.headers)
        if all(not cell_text(_at(row.cells, theirs)) for theirs in source.values()):
            self._report(row, NotTaken.EMPTIED)
            return
        before: list[Cell] = json.loads(line.cells)
        after = _merged(before, row.cells, source)
        self._note_nik(line, before, row)
        changed = differing(before, after, range(len(after)))
        fresh = [at for at in changed if not self._was_so_before(line.line_id, at, after[at])]
        if not fresh:
            self.unchanged += 1
        elif (why := settled(line)) is not None:
            headings = self.columns[line.sheet].headers
            self._report(row, why, tuple(headings[at] for at in fresh))
        else:
            kept = [cell if at in fresh else _at(before, at) for at, cell in enumerate(after)]
            self.edits.append(CellEdit(line.line_id, line.cells, as_json(kept)))

    def confirm(self, cut: Collection[int]) -> None:
        """Take the NIKs of a cut column that the file says again: they really end in 0."""
        changed = {edit.line_id for edit in self.edits}
        for line in self.ending_in_zero:
            if line.line_id in cut:
                self.confirmed.append(line.line_id)
                if line.line_id not in changed:
                    self.unchanged -= 1
                    self.edits.append(CellEdit(line.line_id, line.cells, line.cells))

    def _note_nik(self, line: BatchLine, before: Sequence[Cell], row: _KeyedRow) -> None:
        nik = _nik_of(before, self.columns[line.sheet])
        is_same = nik is not None and nik == _nik_of(row.cells, row.columns)
        if is_same and nik and nik[-1] == "0" and settled(line) is None:
            self.ending_in_zero.append(line)

    def _why_not_read(self, row: _KeyedRow) -> NotTaken | None:
        key = row.key
        if key is None:
            return NotTaken.KEY_CHANGED if row.key_text else NotTaken.NO_KEY
        if key.batch_id != self.batch_id:
            return NotTaken.OTHER_BATCH
        if self.digests.get(key.line_id) != key.content:
            return NotTaken.ROW_GONE  # or its number is that of another row now
        return NotTaken.ROW_TWICE if key.line_id in self._seen else None

    def _was_so_before(self, line_id: int, at: int, cell: Cell) -> bool:
        """Say whether the file still holds what was mended here since it was written."""
        earlier: Iterator[Sequence[Cell]] = map(json.loads, self.earlier.get(line_id, ()))
        return any(same_cell(_at(cells, at), cell) for cells in earlier)

    def _report(self, row: _KeyedRow, why: NotTaken, differs: tuple[str, ...] = ()) -> None:
        at = row.columns.index("name")
        self.reported.append(
            ReportedRow(
                sheet=row.sheet,
                row_no=row.row_no,
                why=why,
                differs=differs,
                name="" if at is None else cell_text(_at(row.cells, at)),
            )
        )


def _merged(
    before: Sequence[Cell], theirs: Sequence[Cell], source: Mapping[int, int]
) -> list[Cell]:
    """Give a row with the cells of a returned file in the columns that it still has."""
    width = max([len(before), *(own + 1 for own in source)])
    return [_at(theirs, source[own]) if own in source else _at(before, own) for own in range(width)]


def _nik_of(cells: Sequence[Cell], columns: ColumnMap) -> str | None:
    return read_nik(_at(cells, columns.fields["nik"]), [])


def _at(cells: Sequence[Cell], place: int) -> Cell:
    return cells[place] if place < len(cells) else None
