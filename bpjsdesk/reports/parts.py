"""Small parts that several documents use: facts, numbered lists, columns of sections."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bpjsdesk.domain.report_values import Signatory
from bpjsdesk.reports.page import Block
from bpjsdesk.reports.sheet import Place, Sheet
from bpjsdesk.reports.signatures import draw_signatures
from bpjsdesk.reports.text import Rich
from bpjsdesk.reports.theme import CELL, LABEL, Role

FIRST_LINE = 4.3
"""Distance in mm from a heading's rule to the first baseline below it."""


class DrawPart(Protocol):
    """Draw from the rule at the top of the place; return the bottom."""

    def __call__(self, sheet: Sheet, place: Place, /) -> float: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading on a rule with what stands below it."""

    heading: str
    draw: DrawPart
    note: str = ""
    gap_mm: float = 4.6


def draw_section(sheet: Sheet, place: Place, section: Section) -> float:
    """Draw heading and content; return the bottom."""
    rule = sheet.section(place, section.heading, note=section.note)
    return section.draw(sheet, replace(place, y=rule))


def section_block(section: Section, *, gap_mm: float) -> Block:
    """Return a block of one section over both columns."""

    def draw(sheet: Sheet, top: float) -> float:
        return draw_section(sheet, Place(sheet.left, top, sheet.column), section)

    return Block(draw=draw, gap_mm=gap_mm)


def draw_columns(
    sheet: Sheet, top: float, left: Sequence[Section], right: Sequence[Section]
) -> float:
    """Draw sections in two columns, or over both where there is but one."""
    if not left or not right:
        together = [*left, *right]
        if len(together) == 1:
            return draw_section(sheet, Place(sheet.left, top, sheet.column), together[0])
        middle = (len(together) + 1) // 2
        left, right = together[:middle], together[middle:]
    bottoms = [top]
    for x, sections in ((sheet.left, left), (sheet.x(6), right)):
        y = top
        for number, section in enumerate(sections):
            y += sheet.air(section.gap_mm) if number else 0.0
            y = draw_section(sheet, Place(x, y, sheet.span(6)), section)
        bottoms.append(y)
    return max(bottoms)


def draw_fact(
    sheet: Sheet, place: Place, label: str, value: Rich, *, label_mm: float, role: Role = CELL
) -> float:
    """Draw a label and its text on one baseline; return the next baseline."""
    end = sheet.para(place.x, place.y, label_mm - 2, label, role=LABEL)
    room = place.room - label_mm
    return max(end, sheet.para(place.x + label_mm, place.y, room, value, role=role))


def draw_numbered(items: Sequence[str], sheet: Sheet, place: Place) -> float:
    """Draw a numbered list below a rule; return its bottom."""
    y = place.y + FIRST_LINE
    for number, item in enumerate(items, 1):
        sheet.text(place.x, y, f"{number}.", CELL)
        y = sheet.para(place.x + 4.5, y, place.room - 4.5, item, role=CELL) + sheet.air(0.7)
    return y - sheet.air(0.7) - CELL.lead_mm + 0.9


def signature_block(signatories: Sequence[Signatory]) -> Block:
    """Return a block that takes half of the page's rest above the signatures."""

    def draw(sheet: Sheet, top: float) -> float:
        return draw_signatures(sheet, top + sheet.spare_mm * 0.5, signatories) + 0.6

    return Block(draw=draw, gap_mm=5.0, stretch_mm=24.0, joined=True)
