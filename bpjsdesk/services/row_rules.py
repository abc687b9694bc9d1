"""The rules of one list: all its rows at once, or a single row that was changed."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import repeat, takewhile
from operator import attrgetter

from bpjsdesk.collector import collector_at_rest
from bpjsdesk.domain.check_reference import CheckReference
from bpjsdesk.domain.columns import ColumnMap
from bpjsdesk.domain.identity import FILLERS
from bpjsdesk.domain.row_check import AT_ONCE, CheckedRow, RowChecker, with_codes, without_codes
from bpjsdesk.domain.row_identity import repeat_codes
from bpjsdesk.domain.row_issues import IssueCode, Levels
from bpjsdesk.domain.village_names import VillageNames
from bpjsdesk.progress import CancelToken
from bpjsdesk.services.batch_check import StagedRow
from bpjsdesk.storage.core_reply import Refusal
from bpjsdesk.storage.staging import StagedLine

_SHEET = attrgetter("sheet")
REPEATS = frozenset((IssueCode.DUP_IN_FILE, IssueCode.NIK_TWO_NAMES, IssueCode.PHONE_SHARED))


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
    def check(self, lines: Sequence[StagedLine], *, cancel: CancelToken) -> list[StagedRow]:
        """Check all rows sheet by sheet, in the order of the file.

        Raises: Cancelled.
        """
        found: list[StagedRow] = []
        checker: RowChecker | None = None
        sheet = ""
        for part in _blocks(lines):
            cancel.raise_if_cancelled()
            if checker is None:
                checker = self._checker(part[0].sheet)
            elif part[0].sheet != sheet:
                checker.use_columns(self.columns[part[0].sheet])
            sheet = part[0].sheet
            found += self._block(checker, sheet, part)
        return found

    def _block(
        self, checker: RowChecker, sheet: str, lines: Sequence[StagedLine]
    ) -> Iterable[StagedRow]:
        _ids, _sheets, numbers, texts, _outcomes = zip(*lines, strict=True)
        cells = json.loads(f"[{','.join(texts)}]")
        rows = self._with_refusals(checker.check_block(sheet, numbers, cells), lines)
        # straight from tuples: naming the fields takes four times as long
        return map(tuple.__new__, repeat(StagedRow), zip(rows, texts, strict=True))

    def _with_refusals(
        self, rows: Iterable[CheckedRow], lines: Sequence[StagedLine]
    ) -> Iterable[CheckedRow]:
        """Hold each row that the core system has refused, until its cells are others."""
        return rows if not self.refused else map(self._with_refusal, rows, lines)

    def _with_refusal(self, row: CheckedRow, line: StagedLine) -> CheckedRow:
        refusal = self.refused.get(line.line_id)
        if refusal is None or refusal.cells != line.cells:
            return row
        return with_codes(row, self.reference.levels, refusal.code)

    def _checker(self, sheet: str) -> RowChecker:
        return RowChecker(self.columns[sheet], self.reference, self.registered_on)


def with_repeats(
    items: Iterable[StagedRow], is_out: Iterable[bool], levels: Levels
) -> Iterator[StagedRow]:
    """Mark each row that repeats an earlier one's NIK or telephone; `is_out` rows do not count."""
    niks: dict[str, str | None] = {}
    phones: set[str] = set()
    for item, out in zip(items, is_out, strict=True):
        row = item.row
        repeats = () if out else _repeats(row, niks, phones)
        if repeats or not REPEATS.isdisjoint(row.codes):
            plain = without_codes(row, levels, REPEATS)
            yield item._replace(row=with_codes(plain, levels, *repeats))
        else:
            yield item


def _repeats(
    row: CheckedRow, niks: dict[str, str | None], phones: set[str]
) -> tuple[IssueCode, ...]:
    found: list[IssueCode] = []
    if row.nik and row.nik not in FILLERS:
        if row.nik in niks:
            found += repeat_codes(niks[row.nik], row.name)
        niks.setdefault(row.nik, row.name)
    if row.phone:
        if row.phone in phones:
            found.append(IssueCode.PHONE_SHARED)
        phones.add(row.phone)
    return tuple(found)


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
