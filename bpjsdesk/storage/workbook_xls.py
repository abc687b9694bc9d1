"""Find error cells and a password in an old .xls file; its library shows errors as blanks.

Layout: [MS-CFB] for the container, [MS-XLS] for the records (BoundSheet8, BoolErr, Formula).
"""

import struct
from collections.abc import Iterator

from bpjsdesk.storage.workbook_marks import Marks
from bpjsdesk.storage.workbook_refusals import refusal

_END_OF_CHAIN = 0xFFFFFFFA  # this and above are marks, not sectors
_ENTRY_BYTES = 128
_FORMULA, _BOUND_SHEET, _FILE_PASS, _BOOL_ERR = 0x0006, 0x0085, 0x002F, 0x0205
_ERROR_RESULT = 2
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def xls_marks(content: bytes) -> dict[str, Marks]:
    """Give the error cells of each sheet.

    Raises: UserError WORKBOOK_ENCRYPTED; struct.error or IndexError for a damaged file.
    """
    stream = _Container(content).stream("Workbook", "Book")
    starts: dict[int, str] = {}
    marks: dict[str, Marks] = {}
    sheet = ""
    for at, kind, body in _records(stream):
        sheet = starts.get(at, sheet)
        if kind == _FILE_PASS:
            raise refusal("WORKBOOK_ENCRYPTED")
        if kind == _BOUND_SHEET:
            starts[struct.unpack_from("<I", body)[0]] = _sheet_name(body)
        elif kind in (_BOOL_ERR, _FORMULA):
            error = _error(kind, body)
            if error:
                row, column = struct.unpack_from("<HH", body)
                marks.setdefault(sheet, {}).setdefault(row + 1, {})[column] = ["e", error]
    return marks


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    at = 0
    header = struct.Struct("<HH")
    while at + header.size <= len(stream):
        kind, size = header.unpack_from(stream, at)
        yield at, kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _error(kind: int, body: bytes) -> str | None:
    if kind == _BOOL_ERR:
        return _ERRORS.get(body[6], "#N/A") if body[7] else None
    if body[12:14] == b"\xff\xff" and body[6] == _ERROR_RESULT:
        return _ERRORS.get(body[8], "#N/A")
    return None


def _sheet_name(body: bytes) -> str:
    length, is_wide = body[6], body[7] & 1
    if is_wide:
        return body[8 : 8 + 2 * length].decode("utf-16-le", "replace")
    return body[8 : 8 + length].decode("latin-1")


class _Container:
    """Read the streams of a compound file; every chain is bounded by the number of sectors."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        shift, mini_shift = struct.unpack_from("<HH", content, 30)
        self._size, self._mini_size = 1 << min(shift, 16), 1 << min(mini_shift, 16)
        first_directory, _, self._cutoff, first_mini_fat = struct.unpack_from("<IIII", content, 48)
        self._fat = self._allocation()
        self._directory = self._chain(first_directory)
        mini_fat = self._chain(first_mini_fat)
        self._mini_fat = struct.unpack(f"<{len(mini_fat) // 4}I", mini_fat)

    def stream(self, *names: str) -> bytes:
        """Give the first stream with one of these names. Raises: IndexError without one."""
        entries = [
            self._directory[at : at + _ENTRY_BYTES]
            for at in range(0, len(self._directory), _ENTRY_BYTES)
        ]
        found = [entry for entry in entries if _entry_name(entry) in names]
        start, size = struct.unpack_from("<II", found[0], 116)
        if size >= self._cutoff:
            return self._chain(start)[:size]
        small = self._chain(struct.unpack_from("<I", entries[0], 116)[0])
        places = _follow(self._mini_fat, start)
        step = self._mini_size
        return b"".join(small[place * step : (place + 1) * step] for place in places)[:size]

    def _allocation(self) -> tuple[int, ...]:
        sectors = list(struct.unpack_from("<109I", self._content, 76))
        following, tables = struct.unpack_from("<II", self._content, 68)
        for _ in range(min(tables, len(self._content) // self._size)):
            if following >= _END_OF_CHAIN:
                break
            table = self._sector(following)
            *more, following = struct.unpack(f"<{len(table) // 4}I", table)
            sectors += more
        joined = b"".join(self._sector(place) for place in sectors if place < _END_OF_CHAIN)
        return struct.unpack(f"<{len(joined) // 4}I", joined[: len(joined) // 4 * 4])

    def _sector(self, place: int) -> bytes:
        return self._content[(place + 1) * self._size : (place + 2) * self._size]

    def _chain(self, start: int) -> bytes:
        return b"".join(map(self._sector, _follow(self._fat, start)))


def _follow(table: tuple[int, ...], place: int) -> Iterator[int]:
    for _ in range(len(table)):
        if place >= _END_OF_CHAIN:
            return
        yield place
        place = table[place]


def _entry_name(entry: bytes) -> str:
    length = struct.unpack_from("<H", entry, 64)[0]
    return entry[: max(length - 2, 0)].decode("utf-16-le", "replace")
