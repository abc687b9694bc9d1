"""Signature blocks side by side, their names on one baseline."""

from collections.abc import Sequence
from dataclasses import replace

from bpjsdesk.domain.report_values import Signatory
from bpjsdesk.reports.sheet import Sheet, baseline
from bpjsdesk.reports.text import settle
from bpjsdesk.reports.theme import BODY, COLUMNS, INK, MUTED, SEMIBOLD, Role

_TEXT: Role = replace(BODY, size=9.2, lead=9.2 * 1.35)
_NAME = _TEXT.faced(SEMIBOLD)
_PAIR = 2


def draw_signatures(sheet: Sheet, top: float, signatories: Sequence[Signatory]) -> float:
    """Draw the blocks with room for ink and stamp; return the lowest baseline."""
    places = _places(sheet, len(signatories))
    clear = 24.0 if len(signatories) <= _PAIR else 20.0
    first = top + baseline(_TEXT)
    heads = [
        _draw_head(sheet, x, first, room, who=who)
        for (x, room), who in zip(places, signatories, strict=True)
    ]
    base = max(heads) - _TEXT.lead_mm + clear + baseline(_NAME)
    return max(
        _draw_name(sheet, x, base, room, who=who)
        for (x, room), who in zip(places, signatories, strict=True)
    )


def _places(sheet: Sheet, count: int) -> list[tuple[float, float]]:
    if count == 1:
        return [(sheet.x(6), sheet.span(6) - 6)]
    if count == _PAIR:
        return [(sheet.left, sheet.span(6) - 6), (sheet.x(6), sheet.span(6) - 6)]
    each = COLUMNS / count
    return [(sheet.x(each * number), sheet.span(each)) for number in range(count)]


def _draw_head(sheet: Sheet, x: float, y: float, room: float, *, who: Signatory) -> float:
    if who.above:
        y = sheet.para(x, y, room, who.above, role=_TEXT)
    return sheet.para(x, y, room, f"{who.position},", role=_TEXT)


def _draw_name(sheet: Sheet, x: float, y: float, room: float, *, who: Signatory) -> float:
    lines = settle(who.name, _NAME, room)
    y = sheet.lines(x, y, lines, _NAME)
    under = y - _NAME.lead_mm + 1.1
    sheet.line(x, under, x + max(line.width for line in lines), weight=0.6, colour=INK)
    sheet.text(x, y + 0.5, who.id_line, _TEXT.sized(8.2).coloured(MUTED), room=room)
    return y + 0.5
