"""NIK columns that a spreadsheet has cut and that were saved as text since: never guessed."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

from bpjsdesk.domain.column_guess import FEWEST_NUMBERS
from bpjsdesk.domain.columns import ColumnMap
from bpjsdesk.domain.row_check import CheckedRow
from bpjsdesk.domain.row_identity import read_nik
from bpjsdesk.domain.row_kinds import RowKind
from bpjsdesk.services.staged_rows import StagedRow
from bpjsdesk.storage import corrections, staging
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.staging import StagedLine

_CUT_SHARE = 0.9  # a tenth ends in 0 by nature
_BY_NATURE = 0.1
_FAR = 3  # standard deviations


@dataclass(frozen=True, slots=True, kw_only=True)
class CutColumns:
    """What a list has shown as it arrived, and what a clerk has seen since.

    `came` are the NIKs with which rows of a cut column arrived, by line, where the last digit is
    lost; rows that are `confirmed` really hold the NIK that they hold now.
    """

    came: Mapping[int, str] = field(default_factory=dict)
    confirmed: frozenset[int] = frozenset()

    def niks(self, now: Callable[[int], str | None]) -> frozenset[str]:
        """Give the NIKs that have lost their last digit; `now` gives what a line holds."""
        proved = {now(line_id) for line_id in self.confirmed}
        as_they_came: set[str] = set()
        mended: set[str] = set()
        for line_id, came in self.came.items():
            if line_id not in self.confirmed:
                (as_they_came if came == now(line_id) else mended).add(came)
        # a mended row may be put back, but its NIK of before may really be that of somebody else
        return frozenset(as_they_came | (mended - proved))


def cut_niks(
    lines: Sequence[StagedLine],
    staged: Sequence[StagedRow],
    first: Mapping[int, str],
    columns: Mapping[str, ColumnMap],
    *,
    confirmed: Collection[int] = (),
    found_before: Collection[int] = (),
) -> frozenset[str]:
    """Give the NIKs that have lost their last digit; all as in `cut_columns`."""
    found = cut_columns(
        lines, staged, first, columns, confirmed=confirmed, found_before=found_before
    )
    return found.niks(niks_by_line(lines, staged).get) if found.came else frozenset()


def niks_by_line(
    lines: Iterable[StagedLine], staged: Iterable[StagedRow]
) -> Mapping[int, str | None]:
    """Give what the rows of a list hold now."""
    return {line.line_id: item.row.nik for line, item in zip(lines, staged, strict=True)}


def cut_columns(
    lines: Sequence[StagedLine],
    staged: Sequence[StagedRow],
    first: Mapping[int, str],
    columns: Mapping[str, ColumnMap],
    *,
    confirmed: Collection[int] = (),
    found_before: Collection[int] = (),
) -> CutColumns:
    """Give the rows that have lost the last digit, by how the whole column of a sheet arrived.

    `first` holds the cells as they arrived of rows that were changed since: mending some rows
    proves nothing about the others. `confirmed` rows really end in 0; `found_before` were found
    cut when the rest of their column was still to be seen.
    """
    by_sheet: defaultdict[str, list[str]] = defaultdict(list)
    for sheet, nik in _arrived(lines, staged, first, columns):
        by_sheet[sheet].append(nik)
    cut = {sheet for sheet, niks in by_sheet.items() if _is_cut(niks)}
    if not cut and not found_before:
        return CutColumns()
    came = {
        line.line_id: arrived
        for line, item in zip(lines, staged, strict=True)
        if (line.sheet in cut or line.line_id in found_before)
        and (arrived := _arrived_as(line, item, first, columns))
        and arrived[-1] == "0"
    }
    return CutColumns(came=came, confirmed=frozenset(confirmed))


def cut_columns_of(
    connection: Connection,
    batch_id: int | None,
    lines: Sequence[StagedLine],
    staged: Sequence[StagedRow],
    *,
    columns: Mapping[str, ColumnMap],
) -> CutColumns:
    """Give the cut columns of the open rows of a list; without `batch_id` of one stored nowhere."""
    if batch_id is None:
        return cut_columns(lines, staged, {}, columns)
    first = staging.first_cells(connection, batch_id)
    return cut_columns(
        lines,
        staged,
        first,
        columns,
        confirmed=corrections.confirmed_lines(connection, batch_id) if first else (),
        found_before=corrections.lines_found_cut(connection, batch_id),
    )


def cut_lines(
    connection: Connection, batch_id: int, columns: Mapping[str, ColumnMap]
) -> frozenset[int]:
    """Give the held rows of a batch whose NIK has lost its last digit."""
    known = list(corrections.lines_of(connection, batch_id).values())
    lines = [StagedLine(line.line_id, line.sheet, line.row_no, line.cells, "") for line in known]
    niks = [_nik_of(line.cells, columns[line.sheet]) for line in known]
    rows = (
        CheckedRow(line.sheet, line.row_no, RowKind.DATA, None, (), nik=nik)
        for line, nik in zip(known, niks, strict=True)
    )
    confirmed = corrections.confirmed_lines(connection, batch_id)
    cut = cut_niks(
        lines,
        [StagedRow(row, line.cells) for row, line in zip(rows, known, strict=True)],
        {line.line_id: line.arrived for line in known if line.arrived != line.cells},
        columns,
        confirmed=confirmed,
        found_before=corrections.lines_found_cut(connection, batch_id),
    )
    held = (
        line.line_id for line, nik in zip(known, niks, strict=True) if nik in cut and not line.nik
    )
    return frozenset(held) - confirmed


def sheets_with_every_digit(staged: Iterable[StagedRow]) -> frozenset[str]:
    """Give the sheets in which a 0 at the end of a NIK is one."""
    by_sheet: defaultdict[str, list[str]] = defaultdict(list)
    for item in staged:
        if item.row.nik:
            by_sheet[item.row.sheet].append(item.row.nik)
    return frozenset(sheet for sheet, niks in by_sheet.items() if has_every_digit(niks))


def has_every_digit(niks: Sequence[str]) -> bool:
    """Say whether no more NIKs of a column end in 0 than by nature: there a 0 at the end is one.

    Where only some rows of a cut column were mended, the others still say nothing.
    """
    expected = len(niks) * _BY_NATURE
    most = expected + _FAR * sqrt(expected * (1 - _BY_NATURE))
    return sum(nik[-1] == "0" for nik in niks) < most


def _arrived(
    lines: Sequence[StagedLine],
    staged: Iterable[StagedRow],
    first: Mapping[int, str],
    columns: Mapping[str, ColumnMap],
) -> Iterator[tuple[str, str]]:
    for line, item in zip(lines, staged, strict=True):
        nik = _arrived_as(line, item, first, columns)
        if nik is not None:
            yield item.row.sheet, nik


def _arrived_as(
    line: StagedLine, item: StagedRow, first: Mapping[int, str], columns: Mapping[str, ColumnMap]
) -> str | None:
    cells = first.get(line.line_id) if first else None
    return item.row.nik if cells is None else _nik_of(cells, columns[line.sheet])


def _nik_of(cells: str, columns: ColumnMap) -> str | None:
    at, found = columns.fields["nik"], json.loads(cells)
    return read_nik(found[at], []) if at < len(found) else None


def _is_cut(niks: Sequence[str]) -> bool:
    ending = sum(nik[-1] == "0" for nik in niks)
    return ending >= FEWEST_NUMBERS and ending >= len(niks) * _CUT_SHARE
