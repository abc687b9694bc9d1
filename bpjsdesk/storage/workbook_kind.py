"""What a workbook file really is, told by its first bytes and its directory, never by its name."""

import zipfile
from enum import Enum
from pathlib import Path

from bpjsdesk.storage.workbook_refusals import MAX_FILE_BYTES, refusal

# The reader passes over a sheet with one of these names whose first cell starts with this mark:
# the program wrote it for people.
EXPLANATION_SHEETS = ("Petunjuk", "Penjelasan")
EXPLANATION_MARK = "BPJS Desk"
# in the place of a path: the list is text and comes through the child's own input
FROM_PIPE = "-"


class Kind(Enum):
    """Name a format that can be read."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"


_SUFFIXES = {
    ".xlsx": Kind.XLSX,
    ".xlsm": Kind.XLSX,
    ".xls": Kind.XLS,
    ".ods": Kind.ODS,
    ".csv": Kind.CSV,
    ".tsv": Kind.CSV,
    ".txt": Kind.CSV,
}
_NAMES = {
    Kind.XLSX: "Excel (.xlsx)",
    Kind.XLS: "Excel lama (.xls)",
    Kind.ODS: "LibreOffice (.ods)",
    Kind.CSV: "teks biasa (.csv)",
}
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_MARKUP = (b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<meta", b"<style")


def kind_of(path: Path) -> Kind:
    """Tell the format of a file whose name and content agree.

    Raises: UserError WORKBOOK_EMPTY, _TOO_LARGE, _ENCRYPTED, _RENAMED, _UNSUPPORTED, _DAMAGED.
    """
    promised = _SUFFIXES.get(path.suffix.lower())
    if promised is None:
        raise refusal("WORKBOOK_UNSUPPORTED", path.suffix or "tanpa akhiran")
    size = path.stat().st_size
    if size == 0:
        raise refusal("WORKBOOK_EMPTY")
    if size > MAX_FILE_BYTES:
        raise refusal("WORKBOOK_TOO_LARGE", f"lebih dari {MAX_FILE_BYTES // 1_000_000} MB")
    real = _real_kind(path, promised)
    if isinstance(real, str):
        raise refusal("WORKBOOK_RENAMED", real)
    if real is not promised:
        raise refusal("WORKBOOK_RENAMED", _NAMES[real])
    return real


def _real_kind(path: Path, promised: Kind) -> Kind | str:
    """Give a readable format, or the Indonesian name of one that is not."""
    with path.open("rb") as stream:
        head = stream.read(4096)
    if head.startswith(b"PK\3\4"):
        return _zip_kind(path)
    if head.startswith(_OLE):
        return _ole_kind(path)
    if head.startswith(b"%PDF"):
        return "PDF"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(_MARKUP):
        return "halaman web (HTML)"
    if start.startswith(b"<?xml"):
        return "XML"
    return _plain_kind(head, promised)


def _plain_kind(head: bytes, promised: Kind) -> Kind | str:
    if promised is Kind.CSV:
        return Kind.CSV
    if head.startswith((b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")):
        return "Excel sangat lama (sebelum 1997)"
    if head.startswith(_UTF16) or not _is_binary(head):
        return _NAMES[Kind.CSV]
    raise refusal("WORKBOOK_DAMAGED")


def _is_binary(head: bytes) -> bool:
    controls = sum(byte < 9 or 13 < byte < 32 for byte in head)  # noqa: PLR2004 ASCII controls
    return controls > 0


def _ole_kind(path: Path) -> Kind | str:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise refusal("WORKBOOK_ENCRYPTED")
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return Kind.XLS
    if "WordDocument".encode("utf-16-le") in content:
        return "Word (.doc)"
    raise refusal("WORKBOOK_DAMAGED")


def _zip_kind(path: Path) -> Kind | str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            mimetype = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as problem:
        raise refusal("WORKBOOK_DAMAGED") from problem
    if mimetype.startswith(b"application/vnd.oasis.opendocument."):
        return Kind.ODS if b".spreadsheet" in mimetype else "OpenDocument bukan lembar kerja"
    if "xl/workbook.bin" in names:
        return "Excel biner (.xlsb)"
    if "[Content_Types].xml" in names:
        return "Word (.docx)" if "word/document.xml" in names else Kind.XLSX
    return "arsip ZIP"
