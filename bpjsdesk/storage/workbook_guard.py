"""Streaming look into a zipped workbook before any library opens it.

It inflates every part in pieces and runs searches that match nothing in an ordinary file, so
that a list of 37.000 rows costs about a tenth of a second. Cells are read one by one only in
pieces where such a search hits.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import IO

from bpjsdesk.errors import UserError
from bpjsdesk.storage.workbook_kind import Kind
from bpjsdesk.storage.workbook_marks import Marks, SheetScanner, marks_by_sheet
from bpjsdesk.storage.workbook_ods import OdsScanner
from bpjsdesk.storage.workbook_refusals import MAX_EXPANDED_BYTES, refusal
from bpjsdesk.storage.workbook_xls import xls_marks

_PIECE = 1 << 20
_HEAD = 8192
_DTD = b"<!DOCTYPE"
_MAX_PARTS = 2000
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([^"']+)""")
_READABLE_ENCODINGS = (b"utf-8", b"utf8", b"us-ascii", b"ascii")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def inspect(path: Path, kind: Kind) -> dict[str, Marks]:
    """Refuse a dangerous or unreadable file; else give the marks of each sheet by its name.

    Marks are cells that the library would hand over as blank: errors, formulas without a value.

    Raises: UserError with a WORKBOOK_… code.
    """
    if kind is Kind.CSV:
        return {}
    try:
        if kind is Kind.XLS:
            return xls_marks(path.read_bytes())
        with zipfile.ZipFile(path) as archive:
            return _inspect_archive(archive, kind)
    except (UserError, MemoryError):
        raise
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError) as problem:
        raise refusal("WORKBOOK_DAMAGED") from problem
    except (LookupError, NotImplementedError, RuntimeError, struct.error) as problem:
        raise refusal("WORKBOOK_DAMAGED") from problem


def _inspect_archive(archive: zipfile.ZipFile, kind: Kind) -> dict[str, Marks]:
    entries = archive.infolist()
    _check_directory(entries)
    by_part: dict[str, Marks] = {}
    by_sheet: dict[str, Marks] = {}
    for entry in entries:
        with archive.open(entry) as stream:
            scanner = _inspect_part(stream, entry, kind)
        if isinstance(scanner, OdsScanner):
            by_sheet |= scanner.marks
        elif scanner and scanner.marks:
            by_part[entry.filename] = scanner.marks
    if by_part:
        by_sheet |= marks_by_sheet(archive, by_part)
    return by_sheet


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > _MAX_PARTS:
        raise refusal("WORKBOOK_BOMB", f"berisi lebih dari {_MAX_PARTS} bagian")
    if any(entry.flag_bits & 1 for entry in entries):
        raise refusal("WORKBOOK_ENCRYPTED")
    if sum(entry.file_size for entry in entries) > MAX_EXPANDED_BYTES:
        raise refusal(
            "WORKBOOK_BOMB", f"isinya lebih dari {MAX_EXPANDED_BYTES // 1_000_000} MB saat dibuka"
        )


def _pieces(stream: IO[bytes], entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Inflate piece by piece; the sizes in a zip directory are only a claim."""
    seen = 0
    while piece := stream.read(_PIECE):
        seen += len(piece)
        if seen > entry.file_size:
            raise refusal("WORKBOOK_DAMAGED", " (ukuran di dalamnya tidak cocok)")
        yield piece
    if seen != entry.file_size:
        raise refusal("WORKBOOK_DAMAGED", " (ukuran di dalamnya tidak cocok)")


def _inspect_part(
    stream: IO[bytes], entry: zipfile.ZipInfo, kind: Kind
) -> SheetScanner | OdsScanner | None:
    pieces = _pieces(stream, entry)
    first = next(pieces, b"")
    name = entry.filename.lower()
    is_xml = name.endswith((".xml", ".rels")) or first.lstrip()[:5] == b"<?xml"
    if is_xml:
        _check_encoding(first)
    if name == "meta-inf/manifest.xml" and b"encryption-data" in first:
        raise refusal("WORKBOOK_ENCRYPTED")
    scanner = _scanner(name, first, kind) if is_xml else None
    tail = b""
    for piece in chain((first,), pieces):
        if is_xml and (_DTD in piece or _DTD in tail + piece[: len(_DTD)]):
            raise refusal("WORKBOOK_BOMB", "berisi definisi dokumen (DTD)")
        if scanner:
            scanner.feed(piece)
        tail = piece[-len(_DTD) :]
    return scanner


def _scanner(name: str, first: bytes, kind: Kind) -> SheetScanner | OdsScanner | None:
    if kind is Kind.XLSX and b"worksheet" in first[:_HEAD]:
        return SheetScanner(first)
    if kind is Kind.ODS and name == "content.xml":
        return OdsScanner()
    return None


def _check_encoding(first: bytes) -> None:
    if first.startswith(_UTF16) or b"\0" in first[:64]:
        raise refusal("WORKBOOK_ENCODING", " (UTF-16)")
    declared = _DECLARED.search(first[:512])
    if declared and declared.group(1).lower() not in _READABLE_ENCODINGS:
        raise refusal("WORKBOOK_ENCODING", f" ({declared.group(1).decode('ascii', 'replace')})")
