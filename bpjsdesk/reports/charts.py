"""Monthly bars with last year's ticks: readable without colour."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from bpjsdesk.domain.report_values import MonthRow
from bpjsdesk.domain.wording import MONTH_NAMES, format_decimal, format_short_rupiah
from bpjsdesk.reports.sheet import Place, Sheet
from bpjsdesk.reports.theme import (
    ACCENT,
    ACCENT_SOFT,
    HAIR,
    HAIRLINE,
    INK,
    MIDDLE,
    NOTE,
    REGULAR,
    SEMIBOLD,
    WHITE,
)

_MOST_BARS = 18
_AXIS_MM = 13.0
_KEY_MM = 10.0
_NAMES_MM = 4.6
_MOST_STEPS = 5
_UNITS = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1, ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One month or year with its amounts in rupiah."""

    label: str
    name: str
    amount: int
    previous: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Bars of one period with the ticks of the one before."""

    bars: tuple[Bar, ...]
    name: str
    previous_name: str

    @property
    def best(self) -> int:
        """Return the place of the highest bar, the first of equals."""
        return max(range(len(self.bars)), key=lambda place: self.bars[place].amount)

    def finding(self) -> str:
        """Say what the chart shows."""
        bar = self.bars[self.best]
        return f"Pembayaran tertinggi pada {bar.name}: {format_short_rupiah(bar.amount)}"


def monthly_chart(months: Sequence[MonthRow], *, name: str, previous_name: str) -> BarChart | None:
    """Return the chart of these months, by years where they are many; None for fewer than two."""
    bars = _by_year(months) if len(months) > _MOST_BARS else _by_month(months)
    if len(bars) <= 1 or not any(bar.amount > 0 for bar in bars):
        return None
    return BarChart(bars=bars, name=name, previous_name=previous_name)


def draw_bar_chart(chart: BarChart, sheet: Sheet, place: Place, height: float) -> float:
    """Draw the chart in this height, key and labels included; return its bottom."""
    _draw_key(chart, sheet, place)
    scale = _scale(chart, place, height)
    _draw_axis(sheet, place, scale)
    left = place.x + _AXIS_MM
    slot = (place.room - _AXIS_MM) / len(chart.bars)
    for number, bar in enumerate(chart.bars):
        is_best = number == chart.best
        _draw_bar(sheet, scale, bar, Place(left + slot * number, scale.base, slot), is_best=is_best)
    return place.y + height


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    base: float
    height: float
    top: float
    step: int
    unit: int
    word: str
    decimals: int

    def up(self, amount: int) -> float:
        return self.height * amount / self.top


def _by_month(months: Sequence[MonthRow]) -> tuple[Bar, ...]:
    years = {row.month.year for row in months}
    has_previous = any(row.previous_amount for row in months)
    bars = []
    for row in months:
        name = MONTH_NAMES[row.month.month - 1]
        year = f" {row.month.year}" if len(years) > 1 else ""
        short = f" {row.month.year % 100:02d}" if len(years) > 1 else ""
        bars.append(
            Bar(
                label=name[:3] + short,
                name=name + year,
                amount=row.amount,
                previous=row.previous_amount if has_previous else None,
            )
        )
    return tuple(bars)


def _by_year(months: Sequence[MonthRow]) -> tuple[Bar, ...]:
    sums: dict[int, int] = {}
    for row in months:
        sums[row.month.year] = sums.get(row.month.year, 0) + row.amount
    return tuple(
        Bar(label=str(year), name=f"tahun {year}", amount=amount) for year, amount in sums.items()
    )


def _scale(chart: BarChart, place: Place, height: float) -> _Scale:
    most = max(bar.amount for bar in chart.bars)
    top = max(most, *(bar.previous or 0 for bar in chart.bars)) * 1.1
    step = next(
        factor * 10**power
        for power in range(18)
        for factor in (1, 2, 5)
        if top / (factor * 10**power) <= _MOST_STEPS
    )
    unit, word = next(pair for pair in _UNITS if most >= pair[0])
    decimals = 0 if most >= 100 * unit or unit == 1 else 1 if most >= 10 * unit else 2
    return _Scale(
        base=place.y + height - _NAMES_MM,
        height=height - _KEY_MM - _NAMES_MM,
        top=top,
        step=step,
        unit=unit,
        word=word,
        decimals=decimals,
    )


def _draw_axis(sheet: Sheet, place: Place, scale: _Scale) -> None:
    sheet.text(place.x, place.y + 5.2, f"{scale.word} rupiah".strip(), NOTE)
    left, right = place.x + _AXIS_MM, place.x + place.room
    decimals = 0 if scale.step % scale.unit == 0 else 1
    if scale.step * 10 % scale.unit:
        decimals = 2
    for amount in range(0, int(scale.top) + 1, scale.step):
        y = scale.base - scale.up(amount)
        weight, colour = (HAIRLINE, HAIR) if amount else (MIDDLE, INK)
        sheet.line(left, y, right, weight=weight, colour=colour)
        words = format_decimal(Fraction(amount, scale.unit), decimals=decimals) if amount else "0"
        sheet.text(left - 2, y + 0.9, words, NOTE, align="r")


def _draw_bar(sheet: Sheet, scale: _Scale, bar: Bar, slot: Place, *, is_best: bool) -> None:
    middle, width = slot.x + slot.room / 2, min(slot.room * 0.56, 14.0)
    top = slot.y - scale.up(bar.amount)
    colour = ACCENT if is_best else ACCENT_SOFT
    sheet.fill(middle - width / 2, top, width, slot.y - top, colour=colour)
    label_y = top - 1.3
    if bar.previous is not None:
        tick = slot.y - scale.up(bar.previous)
        ends = (middle - width / 2 - 1.1, middle + width / 2 + 1.1)
        sheet.line(ends[0], tick, ends[1], weight=1.5, colour=INK)
        if tick < top < tick + 3.4:
            label_y = tick - 1.3
    role = NOTE.coloured(INK).faced(SEMIBOLD if is_best else REGULAR)
    words = format_decimal(Fraction(bar.amount, scale.unit), decimals=scale.decimals)
    if bar.amount:
        patch = role.width(words) + 1.4
        sheet.fill(middle - patch / 2, label_y - 2.3, patch, 2.9, colour=WHITE)
        sheet.text(middle, label_y, words, role, align="c", room=slot.room)
    name_role = NOTE.coloured(INK)
    sheet.text(middle, slot.y + 3.8, bar.label, name_role, align="c", room=slot.room - 0.5)


def _draw_key(chart: BarChart, sheet: Sheet, place: Place) -> None:
    x, y = place.x + place.room, place.y + 5.2
    if any(bar.previous is not None for bar in chart.bars):
        x -= sheet.text(x, y, chart.previous_name, NOTE, align="r") + 1.6
        sheet.line(x - 5, y - 0.9, x, weight=1.5, colour=INK)
        x -= 9
    x -= sheet.text(x, y, chart.name, NOTE, align="r") + 1.6
    sheet.fill(x - 4, y - 2, 4, 2.2, colour=ACCENT_SOFT)
