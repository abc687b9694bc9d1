"""Whole columns of texts looked at in one stride each, instead of cell by cell."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, count

from bpjsdesk.domain.cells import Cell

# What at the beginning of a text may make something else of it: a mark of text, an error, a blank.
_TELLING_SIGNS = "'#-."
_OFFICE_ERROR = ":5"
_PLAIN = bytes(range(ord(" "), ord("~") + 1))
_END = "\n"


def run_of(shape: str) -> re.Pattern[str]:
    """Compile what passes over as many lines as have a shape; it never gives a line back."""
    return re.compile(f"(?:(?:{shape}){_END})*+")


def misfits(texts: Sequence[str], run: re.Pattern[str]) -> list[int]:
    """Give the places of the texts that have not the shape of a run."""
    lines = _END.join(texts) + _END
    if lines.count(_END) != len(texts):
        lines = _END.join([text.replace(_END, "\r") for text in texts]) + _END
    found: list[int] = []
    place = begin = 0
    while (end := run.match(lines, begin).end()) < len(lines):  # type: ignore[union-attr]  # none is a run, too
        place += lines.count(_END, begin, end)
        found.append(place)
        place += 1
        begin = lines.index(_END, end) + 1
    return found


def as_texts(column: Sequence[Cell], *, blank: str = "") -> Sequence[str]:
    """Give a column in which whatever is no text is empty, and an open cell reads `blank`."""
    try:
        "".join(column)  # type: ignore[arg-type]  # the soonest way to ask whether all are texts
    except TypeError:
        return [cell if isinstance(cell, str) else blank if cell is None else "" for cell in column]
    return column  # type: ignore[return-value]


def are_tidy(column: Iterable[Cell]) -> bool:
    """Say whether each cell is open or a text that would be read as it stands.

    Some that would are passed over as well: this only has to be soon and never wrong.
    """
    try:
        texts = f" {' '.join(column)} "  # type: ignore[arg-type]  # caught right below
    except TypeError:
        given = [cell for cell in column if cell is not None]
        return all(isinstance(cell, str) for cell in given) and are_tidy(given)
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
