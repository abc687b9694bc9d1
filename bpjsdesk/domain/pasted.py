"""A table as it lies on the clipboard: rows by line, cells by tab, quotes as Excel writes them."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

_QUOTE = '"'
_ENDS = ("\t", "\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedTable:
    """The rows of a table, blank ones inside it included."""

    rows: Sequence[Sequence[str]]

    @property
    def filled(self) -> int:
        """Count the rows that hold anything."""
        return sum(any(cell.strip() for cell in row) for row in self.rows)

    @property
    def width(self) -> int:
        return max(map(len, self.rows), default=0)

    def content(self) -> bytes:
        """Give the table as the reader of text lists takes it."""
        out = io.StringIO(newline="")
        out.write("sep=\t\n")  # a single column with commas in it is no table of two
        csv.writer(out, delimiter="\t", lineterminator="\n").writerows(self.rows)
        return out.getvalue().encode()


def pasted_name(moment: datetime) -> str:
    """Name a table by when it was pasted."""
    return f"Tempelan {moment:%d-%m-%Y %H.%M}"


def pasted_table(text: str) -> PastedTable:
    """Read a table; a cell is quoted only where its closing quote ends the cell."""
    plain = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    if _QUOTE in plain:
        rows = _quoted_rows(plain)
    else:
        rows = [line.split("\t") for line in plain.split("\n")]
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows.pop()
    return PastedTable(rows=rows)


def _quoted_rows(text: str) -> list[list[str]]:
    rows: list[list[str]] = [[]]
    at = 0
    while at <= len(text):
        cell, at = _cell(text, at)
        rows[-1].append(cell)
        if at < len(text) and text[at] == "\n":
            rows.append([])
        at += 1
    return rows


def _cell(text: str, start: int) -> tuple[str, int]:
    """Give the cell that begins here and the place of the tab or line end behind it."""
    if text.startswith(_QUOTE, start):
        found = _quoted(text, start + 1)
        if found is not None:
            return found
    ends = [place for mark in _ENDS if (place := text.find(mark, start)) >= 0]
    end = min(ends, default=len(text))
    return text[start:end], end


def _quoted(text: str, start: int) -> tuple[str, int] | None:
    """Read up to the closing quote; None where the first quote was only a letter of the cell."""
    at = text.find(_QUOTE, start)
    while at >= 0:
        behind = at + 1
        if text.startswith(_QUOTE, behind):
            at = text.find(_QUOTE, behind + 1)
        elif behind == len(text) or text[behind] in _ENDS:
            return text[start:at].replace(_QUOTE * 2, _QUOTE), behind
        else:
            return None
    return None
