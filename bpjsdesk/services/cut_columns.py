"""NIK columns that a spreadsheet has cut and that were saved as text since: never guessed."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bpjsdesk.domain.column_guess import FEWEST_NUMBERS
from bpjsdesk.domain.columns import ColumnMap
from bpjsdesk.domain.row_identity import read_nik
from bpjsdesk.services.batch_check import StagedRow
from bpjsdesk.storage.staging import StagedLine

_CUT_SHARE = 0.9  # a tenth ends in 0 by nature


def cut_niks(
    lines: Sequence[StagedLine],
    staged: Sequence[StagedRow],
    first: Mapping[int, str],
    columns: Mapping[str, ColumnMap],
) -> frozenset[str]:
    """Give the NIKs that have lost their last digit, by how the whole column of a sheet arrived.

    `first` holds the cells as they arrived of rows that were changed since: mending some rows
    proves nothing about the others.
    """
    by_sheet: defaultdict[str, list[str]] = defaultdict(list)
    for sheet, nik in _arrived(lines, staged, first, columns):
        by_sheet[sheet].append(nik)
    return frozenset(nik for niks in by_sheet.values() for nik in _cut(niks))


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


def _nik_of(cells: str, columns: ColumnMap) -> str | None:
    at, found = columns.fields["nik"], json.loads(cells)
    return read_nik(found[at], []) if at < len(found) else None


def _cut(niks: Sequence[str]) -> Sequence[str]:
    ending = [nik for nik in niks if nik[-1] == "0"]
    telling = len(ending) >= FEWEST_NUMBERS and len(ending) >= len(niks) * _CUT_SHARE
    return ending if telling else ()
