"""Look into an .ods sheet: repeat counts that blow up a kilobyte, errors shown as blanks."""

import html
import re

from bpjsdesk.storage.workbook_marks import Marks
from bpjsdesk.storage.workbook_refusals import MAX_COLUMNS, MAX_ROWS, refusal

_TOKEN = re.compile(
    rb"<table:table\s(?P<table>[^>]*)>"
    rb"|<table:table-row\b(?P<row>[^>]*?)(?:/>|>(?P<body>.*?)</table:table-row\s*>)",
    re.DOTALL,
)
_CELL = re.compile(
    rb"<table:(?:covered-)?table-cell\b([^>]*?)(?:/>|>(.*?)</table:(?:covered-)?table-cell\s*>)",
    re.DOTALL,
)
_NAME = re.compile(rb"""table:name\s*=\s*["']([^"']*)""")
_ROWS_REPEATED = re.compile(rb"""number-rows-repeated\s*=\s*["'](\d+)""")
_COLUMNS_REPEATED = re.compile(rb"""number-columns-repeated\s*=\s*["'](\d+)""")
_SHOWN = re.compile(rb"<text:p[^>]*>([^<]*)")
_MAX_CARRY = 8 << 20


class OdsScanner:
    """Follow rows and columns as they will be after unfolding the repeats."""

    def __init__(self) -> None:
        self.marks: dict[str, Marks] = {}
        self._carry = b""
        self._sheet = ""
        self._row = 0  # the last row of this sheet that was passed
        self._filled_rows = 0  # of all sheets, blank rows above them included
        self._blank_rows = 0

    def feed(self, piece: bytes) -> None:
        """Raises: UserError WORKBOOK_BOMB."""
        block = self._carry + piece
        end = 0
        for token in _TOKEN.finditer(block):
            end = token.end()
            if token["table"] is not None:
                self._start_sheet(token["table"])
            else:
                self._take_row(token["row"], token["body"] or b"")
        self._carry = block[end:]
        if len(self._carry) > _MAX_CARRY:
            raise refusal("WORKBOOK_BOMB", "satu baris memuat terlalu banyak isi")

    def _start_sheet(self, attributes: bytes) -> None:
        name = _NAME.search(attributes)
        self._sheet = html.unescape(name.group(1).decode("utf-8", "replace")) if name else ""
        self._row = self._blank_rows = 0

    def _take_row(self, attributes: bytes, body: bytes) -> None:
        repeated = _count(_ROWS_REPEATED, attributes)
        self._row += repeated
        if b"office:" not in body and b"table:formula" not in body and b"<text:" not in body:
            self._blank_rows += repeated
            return
        self._filled_rows += self._blank_rows + repeated
        self._blank_rows = 0
        if self._filled_rows > MAX_ROWS:
            raise refusal("WORKBOOK_BOMB", f"menjadi lebih dari {MAX_ROWS} baris saat dibuka")
        if b"-repeated" in body or b"table:formula" in body or body.count(b"<") > MAX_COLUMNS:
            self._take_cells(body, range(self._row - repeated + 1, self._row + 1))

    def _take_cells(self, body: bytes, rows: range) -> None:
        end = 0
        for cell in _CELL.finditer(body):
            attributes, content = cell.group(1), cell.group(2) or b""
            start, end = end, end + _count(_COLUMNS_REPEATED, attributes)
            if not content and b"office:" not in attributes and b"formula" not in attributes:
                continue
            if end > MAX_COLUMNS:
                raise refusal(
                    "WORKBOOK_BOMB", f"menjadi lebih dari {MAX_COLUMNS} kolom saat dibuka"
                )
            mark = _mark(attributes, content)
            if mark:
                self._put(mark, rows, range(start, end))

    def _put(self, mark: list[str], rows: range, columns: range) -> None:
        sheet = self.marks.setdefault(self._sheet, {})
        for row in rows:
            sheet.setdefault(row, {}).update(dict.fromkeys(columns, mark))


def _mark(attributes: bytes, content: bytes) -> list[str] | None:
    if b"table:formula" not in attributes:
        return None
    shown = _SHOWN.search(content)
    text = shown.group(1).decode("utf-8", "replace") if shown else ""
    if b'"error"' in attributes or text.startswith(("#", "Err:")):
        return ["e", text or "#N/A"]
    return None if b"value-type" in attributes else ["f", ""]


def _count(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found.group(1)[:12]) if found else 1
