"""Find which line of a batch each row of a new list is about, and never two answers for one."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bpjsdesk.domain.columns import ColumnMap
from bpjsdesk.domain.row_check import CheckedRow
from bpjsdesk.domain.row_kinds import RowKind
from bpjsdesk.domain.row_match import content_of
from bpjsdesk.domain.row_pairs import Trace, pairs_of
from bpjsdesk.services.known_batch import Content, KnownBatch, KnownRow
from bpjsdesk.storage.staging import StagedLine


class NewRow(NamedTuple):
    """A row of the new list; `nik` is empty where it tells nobody apart."""

    line: StagedLine
    row: CheckedRow
    nik: str
    is_sure: bool


class Matching:
    """Meet the rows of a new list with the lines of their batch.

    By NIK; where it tells nothing by all that the row says, else by the name with birth date or
    telephone, or with sheet and row, where only one fits. `met` leads from the place of a row to
    its line, `repeated` are the rows that name the NIK of an earlier one again.
    """

    def __init__(self, known: KnownBatch, columns: Mapping[str, ColumnMap]) -> None:
        self._known = known
        self._columns = columns
        self._by_nik: defaultdict[str, list[KnownRow]] = defaultdict(list)
        self._without_nik: defaultdict[Content, list[KnownRow]] = defaultdict(list)
        self._taken: set[int] = set()
        self.met: dict[int, KnownRow] = {}
        self.repeated: set[int] = set()
        for found in known.rows:
            for nik in found.niks:
                self._by_nik[nik].append(found)
            if found.row.kind is RowKind.DATA and not found.niks:
                self._without_nik[self._own_content(found)].append(found)

    @property
    def unmet(self) -> list[KnownRow]:
        """The lines that no row is about, in the order of their file."""
        rows = (found for found in self._known.rows if found.line.line_id not in self._taken)
        return sorted(rows, key=lambda found: found.line.line_id)

    def meet(self, rows: Iterable[NewRow]) -> None:
        """Find the line of each row that has one."""
        rest = [new for new in rows if not self._meet_by_nik(new)]
        if self._without_nik:
            rest = [new for new in rest if not self._meet_by_content(new)]
        self._meet_by_name([new for new in rest if not self.follows(new)])

    def follows(self, new: NewRow) -> bool:
        """Say whether a batch that follows has the person of a row."""
        return bool(self._known.later) and (
            new.row.nik in self._known.later_niks or self.content(new) in self._known.later
        )

    def content(self, new: NewRow) -> Content:
        """Give all that a row says."""
        return content_of(self._columns[new.line.sheet], json.loads(new.line.cells))

    def _own_content(self, found: KnownRow) -> Content:
        columns = self._known.rules.columns[found.line.sheet]
        return content_of(columns, json.loads(found.line.cells))

    def _meet_by_nik(self, new: NewRow) -> bool:
        """Say whether a row is settled: it has met its line, or another row did so before."""
        lines = self._by_nik.get(new.nik, ()) if new.nik else ()
        if lines and not self._meet_one(lines, new):
            self.repeated.add(new.line.line_id)
        return bool(lines)

    def _meet_by_content(self, new: NewRow) -> bool:
        return self._meet_one(self._without_nik.get(self.content(new), ()), new)

    def _meet_one(self, lines: Iterable[KnownRow], new: NewRow) -> bool:
        free = [found for found in lines if found.line.line_id not in self._taken]
        if free:
            self._note(new, self._likest(free, new) if len(free) > 1 else free[0])
        return bool(free)

    def _note(self, new: NewRow, found: KnownRow) -> None:
        self._taken.add(found.line.line_id)
        self.met[new.line.line_id] = found

    def _likest(self, lines: Sequence[KnownRow], new: NewRow) -> KnownRow:
        """Choose among the rows of one NIK: the same content, else the same place, else any."""
        said, place = self.content(new), (new.line.sheet, new.line.row_no)
        return min(
            lines,
            key=lambda found: (
                self._own_content(found) != said,
                (found.line.sheet, found.line.row_no) != place,
                found.line.line_id,
            ),
        )

    def _meet_by_name(self, rest: Sequence[NewRow]) -> None:
        """Pair what is left; rows that a clerk has left out only with whom nobody else fits."""
        first: dict[str, NewRow] = {}
        for new in rest:
            first.setdefault(new.nik or f"row {new.line.line_id}", new)
        free = list(first.values())
        ours = [found for found in self.unmet if found.row.kind is RowKind.DATA]
        for is_left_out in (False, True):
            self._pair([one for one in ours if one.line.is_left_out is is_left_out], free)
            free = [new for new in free if new.line.line_id not in self.met]
        self.repeated.update(
            new.line.line_id
            for new in rest
            if new.nik and first[new.nik] is not new and first[new.nik].line.line_id in self.met
        )

    def _pair(self, ours: Sequence[KnownRow], theirs: Sequence[NewRow]) -> None:
        if all(found.is_sure for found in ours) and all(new.is_sure for new in theirs):
            return
        traces = [_trace(found.row, is_sure=found.is_sure) for found in ours]
        pairs = pairs_of(traces, [_trace(new.row, is_sure=new.is_sure) for new in theirs])
        for at, place in pairs.items():
            self._note(theirs[place], ours[at])


def _trace(row: CheckedRow, *, is_sure: bool) -> Trace:
    return Trace(is_sure, row.name_key or "", row.birth_date, row.phone, (row.sheet, row.row_no))
