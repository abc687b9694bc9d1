"""Which warnings of a list's rows are covered by what a clerk has said of them."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from bpjsdesk.domain.columns import ColumnMap
from bpjsdesk.domain.ignored_warnings import Ignored, seen_text
from bpjsdesk.domain.row_issues import IssueCode, Levels
from bpjsdesk.storage.ignored_warnings import SeenWarning

Said = Mapping[int, Mapping[tuple[IssueCode, str], Ignored]]


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
        for line_id in changed:
            line = cells_of(line_id)
            covers[line_id] = _covering(self.said[line_id], levels, line) if line else {}
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


def _covering(
    words: Mapping[tuple[IssueCode, str], Ignored], levels: Levels, line: LineCells
) -> dict[IssueCode, Ignored]:
    cells = json.loads(line.cells)
    return {
        code: word
        for (code, seen), word in words.items()
        # what holds a row is never covered, whatever it was when somebody said so
        if not levels.is_error(code) and seen == seen_text(code, cells, line.columns)
    }
