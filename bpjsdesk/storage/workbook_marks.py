"""Cells of a sheet's XML that the reading library would silently turn into blanks."""

import posixpath
import re
import zipfile
from xml.etree import ElementTree

from bpjsdesk.storage.workbook_refusals import MAX_COLUMNS, MAX_ROWS, refusal

# row (from 1) → column (from 0) → the cell as the reader must hand it over
Marks = dict[int, dict[int, list[str]]]

# columns from IA on, any third letter, rows from 100.000 on
_FAR_HINT = re.compile(rb' r="(?:[I-Za-z][A-Za-z]|..(?:[A-Za-z]|[0-9]{5}))')
# a formula that its value does not follow at once; most formulas have theirs
_LOST_HINTS = (re.compile(rb"</f>(?!<v>[^<])"), re.compile(rb"<f[^>]*/>(?!<v>[^<])"))
_UNUSUAL = re.compile(rb"""<[\w.-]+:worksheet\b|\s[rt]\s*=\s*'|[\t\r\n]r=|\sr\s+=|\sr=\s""")
_CELL = re.compile(
    rb"<(?:[\w.-]+:)?c(?=[\s/>])([^>]*?)(?:/>|>(.*?)</(?:[\w.-]+:)?c\s*>)", re.DOTALL
)
_ADDRESS = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Za-z]*)([0-9]+)""")
_TYPE = re.compile(rb"""(?:^|\s)t\s*=\s*["'](\w+)""")
_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
_VALUE = re.compile(rb"<(?:[\w.-]+:)?v(?:\s[^>]*)?>([^<]*)")
_MAX_CARRY = 2 << 20
_HEAD = 1 << 15


class SheetScanner:
    """Collect marks of one sheet from its pieces; refuse cells beyond the limits."""

    def __init__(self, first: bytes) -> None:
        self._every_piece = _UNUSUAL.search(first, 0, _HEAD) is not None
        self._carry = b""
        self.marks: Marks = {}

    def feed(self, piece: bytes) -> None:
        """Look at the next piece; a cell that is only formatted may lie anywhere.

        Raises: UserError WORKBOOK_TOO_LARGE.
        """
        block = self._carry + piece
        every_cell = self._every_piece or _FAR_HINT.search(block) is not None
        if every_cell or _has_lost_cells(block):
            for cell in _CELL.finditer(block):
                attributes, body = cell.groups()
                if body and (every_cell or b"<f" in body or b'"e"' in attributes):
                    self._take(attributes, body)
        self._carry = _unfinished(block)

    def _take(self, attributes: bytes, body: bytes) -> None:
        address = _ADDRESS.search(attributes)
        row, column = _position(address) if address else (0, 0)
        if row > MAX_ROWS or column >= MAX_COLUMNS:
            raise refusal("WORKBOOK_TOO_LARGE", _beyond(row, column))
        mark = _mark(attributes, body)
        if mark is None:
            return
        if not address:
            raise refusal("WORKBOOK_DAMAGED", " (ada sel galat tanpa alamat)")
        self.marks.setdefault(row, {})[column] = mark


def marks_by_sheet(archive: zipfile.ZipFile, by_part: dict[str, Marks]) -> dict[str, Marks]:
    """Name each part's marks by the sheet that shows it."""
    names = _sheet_parts(archive)
    if not set(by_part) <= set(names):
        raise refusal("WORKBOOK_DAMAGED", " (lembar tidak terdaftar)")
    return {names[part]: marks for part, marks in by_part.items()}


def _has_lost_cells(block: bytes) -> bool:
    if b't="e"' in block:
        return True
    return b"<f" in block and any(pattern.search(block) for pattern in _LOST_HINTS)


def _unfinished(block: bytes) -> bytes:
    start = max(block.rfind(b"<c "), block.rfind(b":c "))
    if start < 0 or len(block) - start > _MAX_CARRY:
        return block[-64:]
    return block[block.rfind(b"<", 0, start + 1) :]


def _position(address: re.Match[bytes]) -> tuple[int, int]:
    column = 0
    for letter in address.group(1).upper():
        column = column * 26 + letter - 64
    return int(address.group(2)[:12]), column - 1


def _beyond(row: int, column: int) -> str:
    if row > MAX_ROWS:
        return f"ada isian di baris {row}, batasnya {MAX_ROWS} baris"
    return f"ada isian di kolom ke-{column + 1}, batasnya {MAX_COLUMNS} kolom"


def _mark(attributes: bytes, body: bytes) -> list[str] | None:
    value = _VALUE.search(body)
    content = value.group(1) if value else b""
    kind = _TYPE.search(attributes)
    kind_text = kind.group(1) if kind else b""
    if kind_text == b"e":
        return ["e", content.decode("utf-8", "replace") or "#N/A"]
    is_empty_text = kind_text == b"str" and value is not None
    if _FORMULA.search(body) and not content and not is_empty_text:
        return ["f", ""]
    return None


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Map each sheet's part name to its name; the guard has already refused any DTD."""
    book = next(name for name in archive.namelist() if name.endswith("workbook.xml"))
    folder, base = posixpath.split(book)
    rels = ElementTree.fromstring(archive.read(f"{folder}/_rels/{base}.rels"))
    targets = {
        rel.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, rel.get("Target", "")))
        for rel in rels
    }
    parts: dict[str, str] = {}
    for node in ElementTree.fromstring(archive.read(book)).iter():
        if node.tag.rpartition("}")[2] == "sheet":
            key = next((value for name, value in node.items() if name.endswith("}id")), "")
            parts[targets.get(key, "").lstrip("/")] = node.get("name", "")
    return parts
