"""Tables with measured columns: words wrap, numbers keep one size and one right edge."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bpjsdesk.domain.wording import format_count, shortened
from bpjsdesk.reports.sheet import Place, Sheet
from bpjsdesk.reports.text import Line, one_line, settle, wrap
from bpjsdesk.reports.theme import (
    ACCENT_SOFT,
    CELL,
    HAIRLINE,
    INK,
    MIDDLE,
    MM,
    MUTED,
    RULE,
    TABLE_HEAD,
    THIN,
    Role,
)

Kind = Literal["plain", "part", "total"]
_INDENT = 3.4
_SAME_SIZE = 0.97
_WIDEST = 120  # letters of a reason that somebody has typed


@dataclass(frozen=True, slots=True)
class Column:
    """A column: width in mm, 0 as wide as its content, negative a share of the rest.

    In a bar column the cells are shares between 0 and 1.
    """

    head: str
    width: float = 0.0
    align: Literal["l", "r", "bar"] = "l"


@dataclass(frozen=True, slots=True)
class Row:
    """A row; `part` is an indented "di antaranya" that is not added up."""

    cells: tuple[str | float, ...]
    kind: Kind = "plain"

    def words(self, place: int) -> str:
        """Return the text of a cell; bars have none."""
        cell = self.cells[place]
        return cell if isinstance(cell, str) else ""


@dataclass(frozen=True, slots=True)
class Span:
    """A head over the columns `first` to `last`."""

    first: int
    last: int
    head: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table ready to draw below the rule of its heading.

    `narrow` is the role to take where words would have to wrap in `role`; `is_fixed` keeps
    the rows at one height whatever the air of the page.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    spans: tuple[Span, ...] = ()
    role: Role = CELL
    narrow: Role | None = None
    is_fixed: bool = False
    pad: float = 1.6
    row_pad: float = 1.35


def folded(
    lines: Sequence[tuple[tuple[str, ...], int]], most: int, rest: tuple[str, ...]
) -> tuple[Row, ...]:
    """Give the first rows with their counts, then one that adds up all the others.

    `rest` are the words of that one; how many it stands for is put before the first.
    """
    rows = [Row((*words, format_count(count))) for words, count in lines[:most]]
    others = lines[most:]
    if others:
        more = sum(count for _words, count in others)
        rows.append(Row((f"{format_count(len(others))} {rest[0]}", *rest[1:], format_count(more))))
    return tuple(rows)


def cut(reason: str) -> str:
    """Shorten what somebody has typed so that it leaves room for the other rows."""
    return shortened(reason, _WIDEST)


def draw_table(sheet: Sheet, place: Place, table: Table) -> float:
    """Draw the table from the rule at the top of its place; return where its last rule is."""
    x, width = place.x, place.room
    grid = _Grid(sheet, table, place)
    y = grid.draw_head(place.y)
    for number, row in enumerate(table.rows):
        if row.kind == "total":
            sheet.line(x, y, x + width, weight=MIDDLE, colour=INK)
        elif number:
            sheet.line(x, y, x + width)
        y = grid.draw_row(row, y)
    sheet.line(x, y, x + width, weight=MIDDLE, colour=INK)
    return y


class _Grid:
    """The measured columns of one table on one sheet."""

    def __init__(self, sheet: Sheet, table: Table, place: Place) -> None:
        self.sheet, self.table = sheet, table
        self.x, self.right = place.x, place.x + place.room
        self.last = len(table.columns) - 1
        self.pad = table.pad
        self.row_pad = table.row_pad * (1.0 if table.is_fixed else sheet.layout.air)
        self.role = table.role
        self.widths = self._measure(place.room)
        if table.narrow and self._wraps():
            self.role = table.narrow
            self.widths = self._measure(place.room)
        self.lefts = [self.x + sum(self.widths[:number]) for number in range(self.last + 1)]
        self.scales = self._number_scales()

    def draw_head(self, y: float) -> float:
        sheet = self.sheet
        for span in self.table.spans:
            left = self.lefts[span.first] + self.pad
            right = self._edge(span.last)
            role = TABLE_HEAD.coloured(INK)
            middle = (left + right) / 2
            sheet.text(middle, y + 3.8, span.head, role, align="c", room=right - left)
            sheet.line(left, y + 5.2, right, weight=HAIRLINE, colour=RULE)
        y += 5.2 if self.table.spans else 0.0
        heads = [
            wrap(column.head, TABLE_HEAD, self._head_room(place))
            for place, column in enumerate(self.table.columns)
        ]
        most = max(len(lines) for lines in heads)
        for place, lines in enumerate(heads):
            first = y + 3.8 + (most - len(lines)) * TABLE_HEAD.lead_mm
            if self.table.columns[place].align == "r":
                sheet.lines(self._edge(place), first, lines, TABLE_HEAD, align="r")
            else:
                sheet.lines(self._text_left(place), first, lines, TABLE_HEAD)
        y += 3.8 + (most - 1) * TABLE_HEAD.lead_mm + 1.8
        sheet.line(self.x, y, self.right, weight=THIN, colour=INK)
        return y

    def draw_row(self, row: Row, top: float) -> float:
        role = self._role(row)
        wrapped = {
            place: settle(row.words(place), role, self._room(place, row))
            for place, column in enumerate(self.table.columns)
            if column.align == "l" and row.words(place)
        }
        lines = max((len(found) for found in wrapped.values()), default=1)
        base = top + self.row_pad + role.size * 0.71 / MM
        for place in range(self.last + 1):
            self._draw_cell(row, place, base, wrapped.get(place, ()))
        return top + 2 * self.row_pad + role.size * 0.72 / MM + (lines - 1) * role.lead_mm

    def _draw_cell(self, row: Row, place: int, base: float, lines: Sequence[Line]) -> None:
        cell, role = row.cells[place], self._role(row)
        if isinstance(cell, float):
            room = self.widths[place] - 2 * self.pad
            left = self.lefts[place] + self.pad
            self.sheet.fill(left, base - 2.1, room * cell, 2.2, colour=ACCENT_SOFT)
        elif self.table.columns[place].align == "r":
            sized = role.sized(role.size * self._scale(place))
            self.sheet.text(self._edge(place), base, cell, sized, align="r")
        else:
            left = self._text_left(place) + self._indent(place, row)
            self.sheet.lines(left, base, lines, role)

    def _measure(self, width: float) -> list[float]:
        widths = [
            column.width or self._content_width(place)
            for place, column in enumerate(self.table.columns)
        ]
        rest = width - sum(one for one in widths if one > 0)
        shares = -sum(one for one in widths if one < 0)
        if shares:
            least = max(rest, 0.15 * width)
            return [one if one > 0 else least * -one / shares for one in widths]
        spread = max(rest, 0.0) / max(self.last, 1)
        return [one + (spread if place else 0.0) for place, one in enumerate(widths)]

    def _wraps(self) -> bool:
        return any(
            column.width < 0 and self._content_width(place) > self.widths[place]
            for place, column in enumerate(self.table.columns)
        )

    def _content_width(self, place: int) -> float:
        heads = self.table.columns[place].head.split("\n")
        most = max(TABLE_HEAD.width(head) for head in heads)
        for row in self.table.rows:
            most = max(most, self._role(row).width(one_line(row.words(place))))
        edges = 1 if place in (0, self.last) else 2
        return most + self.pad * edges + 0.4

    def _number_scales(self) -> dict[int, float]:
        """Say how far each column of numbers has to shrink to keep its width."""
        scales = {}
        for place, column in enumerate(self.table.columns):
            if column.align != "r":
                continue
            room = self.widths[place] - self.pad * (1 if place in (0, self.last) else 2) + 0.1
            widest = max(
                (self._role(row).width(row.words(place)) for row in self.table.rows), default=0.0
            )
            scales[place] = min(1.0, room / widest) if widest else 1.0
        return scales

    def _scale(self, place: int) -> float:
        own = self.scales[place]
        return own if own > _SAME_SIZE else min(self.scales.values())

    def _role(self, row: Row) -> Role:
        role = self.role
        if row.kind == "total":
            return role.faced(role.strong)
        return role.coloured(MUTED) if row.kind == "part" else role

    def _edge(self, place: int) -> float:
        inner = self.pad if place < self.last else 0.0
        return self.lefts[place] + self.widths[place] - inner

    def _text_left(self, place: int) -> float:
        return self.lefts[place] + (self.pad if place else 0.0)

    def _indent(self, place: int, row: Row) -> float:
        return _INDENT if row.kind == "part" and not place else 0.0

    def _room(self, place: int, row: Row) -> float:
        return self._edge(place) - self._text_left(place) - self._indent(place, row)

    def _head_room(self, place: int) -> float:
        return self.widths[place] - (0.0 if place in (0, self.last) else self.pad)
