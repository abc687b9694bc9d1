"""What a clerk does to many cells by hand: fill down, replace, trim, part a column, paste."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bpjsdesk.domain.cells import Cell, cell_text, tidy

_ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_ROUND_A_TEXT = " '’‘`´"


class CellTool(StrEnum):
    """The kinds of such steps, as they are stored."""

    FILL_DOWN = "FILL_DOWN"
    REPLACE_TEXT = "REPLACE_TEXT"
    TRIM_COLUMN = "TRIM_COLUMN"
    SPLIT_COLUMN = "SPLIT_COLUMN"
    PASTE_CELLS = "PASTE_CELLS"


TOOL_LABELS: Mapping[CellTool, str] = MappingProxyType(
    {
        CellTool.FILL_DOWN: "Isi ke bawah",
        CellTool.REPLACE_TEXT: "Cari dan ganti",
        CellTool.TRIM_COLUMN: "Rapikan spasi",
        CellTool.SPLIT_COLUMN: "Pisahkan kolom",
        CellTool.PASTE_CELLS: "Tempel sel",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """A text to be found, in any case of its letters, and what is put in its place.

    With `whole` only where it is all that a cell holds.
    """

    find: str
    put: str
    whole: bool = False

    def on(self, text: str) -> str:
        """Give a text after the replacement; itself where nothing was found."""
        if self.whole:
            return self.put if text.casefold() == self.find.strip().casefold() else text
        pattern = re.compile(re.escape(self.find), re.IGNORECASE)
        return pattern.sub(lambda _found: self.put, text)


def written_text(cell: Cell) -> str:
    """Give what a clerk reads in a cell and may search for; a day as 12-08-1985."""
    text = cell_text(cell)
    found = _ISO_DAY.fullmatch(text) if isinstance(cell, list) else None
    return f"{found[3]}-{found[2]}-{found[1]}" if found else text


def trimmed(cell: Cell) -> Cell:
    """Take away what nobody sees: spaces around and within, invisible marks, an apostrophe."""
    return tidy(cell).strip(_ROUND_A_TEXT) if isinstance(cell, str) else cell


def parted(text: str, mark: str) -> tuple[str, str] | None:
    """Part a text at the first mark; None where there is none, or nothing on one side of it."""
    first, found, rest = text.partition(mark)
    halves = (first.strip(), rest.strip())
    return halves if found and all(halves) else None


def pasted_block(text: str) -> tuple[tuple[str, ...], ...]:
    """Read what a spreadsheet puts on the clipboard: rows of cells, quoted where they need it."""
    rows = csv.reader(io.StringIO(text.replace("\r\n", "\n").strip("\n")), dialect="excel-tab")
    return tuple(tuple(cell.strip() for cell in row) for row in rows)


def block_width(block: Sequence[Sequence[str]]) -> int:
    """Count the columns of a block."""
    return max((len(row) for row in block), default=0)
