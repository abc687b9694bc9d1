"""Which warnings of a list's rows are covered by what a clerk has said of them."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from bpjsdesk.domain.columns import ColumnMap
from bpjsdesk.domain.ignored_warnings import Ignored, are_seen, seen_cells, seen_text
from bpjsdesk.domain.row_issues import IssueCode, Levels
from bpjsdesk.storage.ignored_warnings import SeenWarning

Said = Mapping[int, Mapping[tuple[IssueCode, str], Ignored]]
_AT_ONCE = 200


class LineCells(NamedTuple):
    """The cells of a row as JSON text, and what its columns mean."""

    cells: str
    columns: ColumnMap


CellsOf = Callable[[int], LineCells | None]  # None for a row that is not open


@dataclass(frozen=True, slots=True, kw_only=True)
class IgnoredWarnings:
    """What was said by row, code and cells seen; `covers` is what of it holds for today's cells."""

    said: Said = field(default_factory=dict)
    covers: Mapping[int, Mapping[IssueCode, Ignored]] = field(default_factory=dict)

    def open_codes(self, line_id: int, codes: tuple[IssueCode, ...]) -> tuple[IssueCode, ...]:
        """Give the codes of a row of which nobody has said that they are in order."""
        covered = self.covers.get(line_id)
        return codes if covered is None else tuple(code for code in codes if code not in covered)

    def of_row(
        self, line_id: int, codes: Iterable[IssueCode]
    ) -> tuple[tuple[IssueCode, Ignored], ...]:
        """Give the warnings of a row that somebody has taken for in order."""
        covered = self.covers.get(line_id, {})
        return tuple((code, covered[code]) for code in codes if code in covered)

    def with_said(self, warnings: Iterable[SeenWarning], word: Ignored) -> "IgnoredWarnings":
        """Add what is said now of cells as they are."""
        found, covers = dict(self.said), dict(self.covers)
        for line_id, code, seen in warnings:
            found[line_id] = {**found.get(line_id, {}), (code, seen): word}
            covers[line_id] = {**covers.get(line_id, {}), code: word}
        return replace(self, said=found, covers=covers)

    def after(
        self, line_ids: Iterable[int], levels: Levels, cells_of: CellsOf
    ) -> "IgnoredWarnings":
        """Judge rows anew whose cells have changed."""
        changed = [line_id for line_id in line_ids if line_id in self.said]
        if not changed:
            return self
        covers = dict(self.covers)
        for begin in range(0, len(changed), _AT_ONCE):
            some = {line_id: self.said[line_id] for line_id in changed[begin : begin + _AT_ONCE]}
            covers |= _covering(some, levels, cells_of)
        return replace(self, covers=covers)

    def outdated(self, line_id: int, codes: Sequence[IssueCode]) -> list[SeenWarning]:
        """Give what was said of cells that are others now, or of what is no warning any more."""
        covered = self.covers.get(line_id, {})
        return [
            SeenWarning(line_id, code, seen)
            for (code, seen), word in self.said.get(line_id, {}).items()
            if code not in codes or covered.get(code) is not word
        ]


def ignored_of(
    found: Iterable[tuple[SeenWarning, Ignored]], levels: Levels, cells_of: CellsOf
) -> IgnoredWarnings:
    """Gather what was said of a list's rows and see what of it still holds."""
    said: dict[int, dict[tuple[IssueCode, str], Ignored]] = {}
    for (line_id, code, seen), word in found:
        said.setdefault(line_id, {})[code, seen] = word
    return IgnoredWarnings(said=said).after(said, levels, cells_of)


def _covering(said: Said, levels: Levels, cells_of: CellsOf) -> dict[int, dict[IssueCode, Ignored]]:
    """Say what of some rows holds, read and compared all at once: thrice as fast as one by one."""
    covers: dict[int, dict[IssueCode, Ignored]] = {line_id: {} for line_id in said}
    lines = {line_id: line for line_id in said if (line := cells_of(line_id))}
    rows = json.loads(f"[{','.join(line.cells for line in lines.values())}]")
    found = [
        (line_id, code, seen, seen_cells(code, cells, line.columns))
        for (line_id, line), cells in zip(lines.items(), rows, strict=True)
        for code, seen in said[line_id]
        # what holds a row is never covered, whatever it was when somebody said so
        if not levels.is_error(code)
    ]
    is_all = are_seen((each[2] for each in found), (each[3] for each in found))
    for line_id, code, seen, cells in found:
        if is_all or seen == seen_text(cells):
            covers[line_id][code] = said[line_id][code, seen]
    return covers
