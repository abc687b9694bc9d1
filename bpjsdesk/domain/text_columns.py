"""Whole columns of texts looked at in one stride each, instead of cell by cell."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import compress, count
from typing import Any

from bpjsdesk.domain.cells import Cell

# What at the beginning of a text may make something else of it: a mark of text, an error, a blank.
_TELLING_SIGNS = "'#-."
_OFFICE_ERROR = ":5"
_PLAIN = bytes(range(ord(" "), ord("~") + 1))
_END = "\n"
_CAPITALS = bytes(range(ord("A"), ord("Z") + 1)) + b" \n"


def run_of(shape: str) -> re.Pattern[str]:
    """Compile what passes over as many lines as have a shape; it never gives a line back."""
    return re.compile(f"(?:(?:{shape}){_END})*+")


class Lines:
    """The texts of a column, each on a line of its own; what is no text is an empty line.

    An open cell reads `blank`.
    """

    def __init__(self, column: Sequence[Cell], *, blank: str = "") -> None:
        lines: Sequence[Any] = column
        if None in column:
            lines = [blank if cell is None else cell for cell in column]
        try:
            text = _END.join(lines)  # the soonest way to look at all
        except TypeError:
            lines = list(map(_text, lines))
            text = _END.join(lines)
        if text.count(_END) >= len(lines):
            lines = [_text(cell).replace(_END, "\r") for cell in lines]
            text = _END.join(lines)
        self._lines: Sequence[str] = lines
        self._text = text + _END

    @property
    def is_upper(self) -> bool:
        text = self._text
        is_plain = text.isascii() and not text.encode().translate(None, delete=_CAPITALS)
        return is_plain or text.isupper()

    def longer_than(self, most: int) -> Iterator[int]:
        """Give the places of lines with more letters."""
        if max(map(len, self._lines)) <= most:
            return iter(())
        return places(map(most.__lt__, map(len, self._lines)))

    def misfits(self, run: re.Pattern[str]) -> list[int]:
        """Give the places of the lines that have not the shape of a run."""
        text, found = self._text, []
        place = begin = 0
        while (end := run.match(text, begin).end()) < len(text):  # type: ignore[union-attr]  # none is a run, too
            place += text.count(_END, begin, end)
            found.append(place)
            place += 1
            begin = text.index(_END, end) + 1
        return found


def _text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else ""


def are_tidy(column: Collection[Cell]) -> bool:
    """Say whether each cell is open or a text that would be read as it stands.

    Some that would are passed over as well: this only has to be soon and never wrong.
    """
    try:
        texts = f" {' '.join(column)} "  # type: ignore[arg-type]  # caught right below
    except TypeError:
        given = [cell for cell in column if cell is not None]
        return len(given) < len(column) and are_tidy(given)
    return (
        texts.isascii()
        and "  " not in texts
        and not texts.encode().translate(None, delete=_PLAIN)
        and _OFFICE_ERROR not in texts
        and not any(sign in texts and f" {sign}" in texts for sign in _TELLING_SIGNS)
    )


def places(flags: Iterable[object]) -> Iterator[int]:
    """Give the places at which a flag is set."""
    return compress(count(), flags)
