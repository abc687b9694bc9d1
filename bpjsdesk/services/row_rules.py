"""The rules of one list: all its rows at once, or a single row that was changed."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import takewhile
from operator import attrgetter

from bpjsdesk.collector import collector_at_rest
from bpjsdesk.domain.check_reference import CheckReference
from bpjsdesk.domain.checked_columns import CheckedColumns
from bpjsdesk.domain.columns import ColumnMap
from bpjsdesk.domain.row_check import AT_ONCE, RowChecker, with_codes
from bpjsdesk.domain.row_issues import Levels
from bpjsdesk.domain.row_repeats import repeats_of
from bpjsdesk.domain.village_names import VillageNames
from bpjsdesk.progress import CancelToken
from bpjsdesk.services.staged_rows import StagedRows
from bpjsdesk.storage.core_reply import Refusal
from bpjsdesk.storage.staging import StagedLine

_SHEET, _CELLS, _OUTCOME = map(attrgetter, ("sheet", "cells", "outcome"))


@dataclass(frozen=True, kw_only=True)
class Rules:
    """What the rows of a list are checked against; `refused` is the core system's word, by row."""

    columns: Mapping[str, ColumnMap]
    reference: CheckReference
    registered_on: date
    refused: Mapping[int, Refusal] = field(default_factory=dict)

    @cached_property
    def villages(self) -> VillageNames:
        """Know the villages of the agreement's region by name, for repairs."""
        return VillageNames(self.reference)

    @collector_at_rest()
    def check(self, lines: Sequence[StagedLine], *, cancel: CancelToken) -> StagedRows:
        """Check all rows sheet by sheet, in the order of the file; who was left out repeats nobody.

        Raises: Cancelled.
        """
        found = CheckedColumns()
        checker: RowChecker | None = None
        sheet = ""
        for part in _blocks(lines):
            cancel.raise_if_cancelled()
            if checker is None:
                checker = self._checker(part[0].sheet)
            elif part[0].sheet != sheet:
                checker.use_columns(self.columns[part[0].sheet])
            sheet = part[0].sheet
            _check_block(checker, sheet, part, found)
        rows = StagedRows(found, list(map(_CELLS, lines)))
        rows = with_repeats(rows, list(map(_OUTCOME, lines)), self.reference.levels)
        return self._with_refusals(rows, lines)

    def _with_refusals(self, rows: StagedRows, lines: Sequence[StagedLine]) -> StagedRows:
        """Hold each row that the core system has refused, until its cells are others."""
        if not self.refused:
            return rows
        found = {}
        for place, line in enumerate(lines):
            refusal = self.refused.get(line.line_id)
            if refusal is not None and refusal.cells == line.cells:
                item = rows[place]
                row = with_codes(item.row, self.reference.levels, refusal.code)
                found[place] = item._replace(row=row)
        return rows.with_rows(found)

    def _checker(self, sheet: str) -> RowChecker:
        return RowChecker(self.columns[sheet], self.reference, self.registered_on)


def _check_block(
    checker: RowChecker, sheet: str, lines: Sequence[StagedLine], found: CheckedColumns
) -> None:
    _ids, _sheets, numbers, texts, _outcomes = zip(*lines, strict=True)
    cells = json.loads(f"[{','.join(texts)}]")
    checker.check_block(sheet, numbers, cells, found=found)


def with_repeats(rows: StagedRows, is_out: Sequence[object], levels: Levels) -> StagedRows:
    """Mark each row that repeats an earlier one's NIK or telephone; `is_out` rows do not count."""
    places = rows.checked.numbers.repeated()
    items = [rows[at] for at in places]
    told = repeats_of(
        (row.nik, row.name, row.phone, bool(is_out[at]))
        for at, (row, _cells) in zip(places, items, strict=True)
    )
    found = {
        at: item.marked(repeats, levels)
        for at, item, repeats in zip(places, items, told, strict=True)
        if repeats
    }
    return rows.with_rows(found)


def in_file_order(lines: Sequence[StagedLine]) -> list[StagedLine]:
    """Put rows that joined a list later where they stand in the file."""
    ranks: dict[str, int] = {}
    for line in lines:
        ranks.setdefault(line.sheet, len(ranks))
    return sorted(lines, key=lambda line: (ranks[line.sheet], line.row_no))


def _blocks(lines: Sequence[StagedLine]) -> Iterator[Sequence[StagedLine]]:
    """Give rows that follow one another on one sheet, some at once."""
    begin = 0
    while begin < len(lines):
        part = lines[begin : begin + AT_ONCE]
        sheets = list(map(_SHEET, part))
        if sheets.count(sheets[0]) < len(part):
            part = part[: len(list(takewhile(sheets[0].__eq__, sheets)))]
        yield part
        begin += len(part)
