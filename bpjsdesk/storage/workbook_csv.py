"""Text lists: their encoding, their separator, and their rows with every cell as exact text."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from bpjsdesk.storage.workbook_refusals import refusal

_SEPARATORS = (",", ";", "\t", "|")
_SAMPLE_CHARS = 64_000
_SAMPLE_ROWS = 50
_MAX_CELL_CHARS = 1_000_000


def csv_rows(content: bytes) -> Iterator[list[str]]:
    """Give the rows of a text list, blank ones included, in the numbering of a spreadsheet.

    Raises: UserError WORKBOOK_ENCODING, WORKBOOK_DAMAGED.
    """
    text = _decoded(content)
    csv.field_size_limit(_MAX_CELL_CHARS)
    separator, skip = _directive(text)
    body = text[skip:]
    reader = csv.reader(
        io.StringIO(body, newline=""), delimiter=separator or _separator(body[:_SAMPLE_CHARS])
    )
    try:
        yield from reader
    except csv.Error as problem:
        raise refusal("WORKBOOK_DAMAGED", " (satu sel terlalu panjang)") from problem


def _decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in content:
        raise refusal("WORKBOOK_ENCODING", " (bukan teks)")
    else:
        encoding = "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return _decoded_as_windows(content, encoding)


def _decoded_as_windows(content: bytes, tried: str) -> str:
    if tried == "utf-16":
        raise refusal("WORKBOOK_ENCODING", " (UTF-16 terpotong)")
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as problem:
        raise refusal("WORKBOOK_ENCODING") from problem


def _directive(text: str) -> tuple[str | None, int]:
    """Read Excel's own first line `sep=;`, which is no row of the list."""
    line, _, _ = text.partition("\n")
    name, equals, separator = line.rstrip("\r").partition("=")
    if name.lower() == "sep" and equals and separator in _SEPARATORS:
        return separator, len(line) + 1
    return None, 0


def _separator(sample: str) -> str:
    """Choose the separator that cuts most rows into the same number of cells, then most cells."""

    def agreement(separator: str) -> tuple[int, int]:
        widths: Counter[int] = Counter()
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
        try:
            for row, _ in zip(reader, range(_SAMPLE_ROWS), strict=False):
                if len(row) > 1:
                    widths[len(row)] += 1
        except csv.Error:
            return 0, 0
        return max(((count, width) for width, count in widths.items()), default=(0, 0))

    return max(_SEPARATORS, key=agreement)
