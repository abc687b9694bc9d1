"""What a bar chart shows; the window and the printed page draw the same value."""

from dataclasses import dataclass

_ROUND_TENTHS = (10, 20, 25, 40, 50, 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSeries:
    """One run of figures, a value for each category."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartSpec:
    """Describe one bar chart; several series are stacked, first at the bottom.

    `scale` divides the values for the axis (1_000_000 with unit "juta rupiah");
    `highlighted` is the category to stress, such as the present month; `note` says what is
    unlike the rest ("November s.d. tanggal 20"); `target` is a line with its word.
    """

    title: str
    categories: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    unit: str
    scale: int = 1
    highlighted: int | None = None
    note: str = ""
    target: int | None = None
    target_label: str = ""

    def totals(self) -> tuple[int, ...]:
        """Add the stacked series up, category by category."""
        return tuple(
            sum(series.values[index] for series in self.series)
            for index in range(len(self.categories))
        )


def axis_steps(highest: int, *, steps: int = 4) -> tuple[int, ...]:
    """Give about `steps` round axis marks from 0 that reach `highest`.

    A mark is 1, 2, 2,5, 4 or 5 times a power of ten, and always a whole number.
    """
    if highest <= 0:
        return (0, 1)
    least = -(-highest // steps)
    power = 10 ** (len(str(least)) - 1)
    candidates = [power * tenths // 10 for tenths in _ROUND_TENTHS if power * tenths % 10 == 0]
    step = next(candidate for candidate in candidates if candidate >= least)
    count = -(-highest // step)
    return tuple(step * number for number in range(count + 1))
