"""NIK columns that a spreadsheet has cut and that were saved as text since: never guessed."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import sqrt

from bpjsdesk.domain.column_guess import FEWEST_NUMBERS
from bpjsdesk.domain.columns import ColumnMap
from bpjsdesk.domain.row_identity import read_nik
from bpjsdesk.services.batch_check import StagedRow
from bpjsdesk.storage import corrections, staging
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.staging import StagedLine

_CUT_SHARE = 0.9  # a tenth ends in 0 by nature
_BY_NATURE = 0.1
_FAR = 3  # standard deviations


def cut_niks(
    lines: Sequence[StagedLine],
    staged: Sequence[StagedRow],
    first: Mapping[int, str],
    columns: Mapping[str, ColumnMap],
    *,
    confirmed: Collection[int] = (),
    found_before: Collection[int] = (),
) -> frozenset[str]:
    """Give the NIKs that have lost their last digit, by how the whole column of a sheet arrived.

    `first` holds the cells as they arrived of rows that were changed since: mending some rows
    proves nothing about the others. `confirmed` rows really end in 0; `found_before` were found
    cut when the rest of their column was still to be seen.
    """
    by_sheet: defaultdict[str, list[str]] = defaultdict(list)
    for sheet, nik in _arrived(lines, staged, first, columns):
        by_sheet[sheet].append(nik)
    cut = {sheet for sheet, niks in by_sheet.items() if _is_cut(niks)}
    if not cut and not found_before:
        return frozenset()
    return frozenset(
        item.row.nik
        for line, item in zip(lines, staged, strict=True)
        if (line.sheet in cut or line.line_id in found_before)
        and item.row.nik
        and item.row.nik[-1] == "0"
        and line.line_id not in confirmed
        and _is_as_it_came(line, item.row.nik, first, columns)
    )


def cut_niks_of(
    connection: Connection,
    batch_id: int | None,
    lines: Sequence[StagedLine],
    staged: Sequence[StagedRow],
    *,
    columns: Mapping[str, ColumnMap],
) -> frozenset[str]:
    """Give the cut NIKs among the open rows of a list; without `batch_id` of one stored nowhere."""
    if batch_id is None:
        return cut_niks(lines, staged, {}, columns)
    first = staging.first_cells(connection, batch_id)
    return cut_niks(
        lines,
        staged,
        first,
        columns,
        confirmed=corrections.confirmed_lines(connection, batch_id) if first else (),
        found_before=corrections.lines_found_cut(connection, batch_id),
    )


def sheets_with_every_digit(staged: Iterable[StagedRow]) -> frozenset[str]:
    """Give the sheets in which no more NIKs end in 0 than by nature: there a 0 at the end is one.

    In a column of which only some rows were mended, the others still say nothing.
    """
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for item in staged:
        if item.row.nik:
            count = counts[item.row.sheet]
            count[0] += 1
            count[1] += item.row.nik[-1] == "0"
    return frozenset(sheet for sheet, (niks, ending) in counts.items() if ending < _most(niks))


def _most(niks: int) -> float:
    return niks * _BY_NATURE + _FAR * sqrt(niks * _BY_NATURE * (1 - _BY_NATURE))


def _arrived(
    lines: Sequence[StagedLine],
    staged: Iterable[StagedRow],
    first: Mapping[int, str],
    columns: Mapping[str, ColumnMap],
) -> Iterator[tuple[str, str]]:
    for line, item in zip(lines, staged, strict=True):
        row = item.row
        nik = row.nik
        if first and line.line_id in first:
            nik = _nik_of(first[line.line_id], columns[row.sheet])
        if nik is not None:
            yield row.sheet, nik


def _is_as_it_came(
    line: StagedLine, nik: str, first: Mapping[int, str], columns: Mapping[str, ColumnMap]
) -> bool:
    cells = first.get(line.line_id)
    return cells is None or _nik_of(cells, columns[line.sheet]) == nik


def _nik_of(cells: str, columns: ColumnMap) -> str | None:
    at, found = columns.fields["nik"], json.loads(cells)
    return read_nik(found[at], []) if at < len(found) else None


def _is_cut(niks: Sequence[str]) -> bool:
    ending = sum(nik[-1] == "0" for nik in niks)
    return ending >= FEWEST_NUMBERS and ending >= len(niks) * _CUT_SHARE
