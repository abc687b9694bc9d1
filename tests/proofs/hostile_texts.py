"""Text lists of every encoding and none, and files that are something else altogether."""

import gzip
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from tests.services.lists import HEADINGS, nik, worker

Maker = Callable[[Path], Path]
ROWS: tuple[Sequence[object], ...] = (HEADINGS, *(worker(n) for n in range(1, 6)))


def lines(separator: str, rows: Iterable[Sequence[object]] = ROWS, end: str = "\n") -> str:
    return "".join(separator.join(map(str, row)) + end for row in rows)


def saved(content: str | bytes, encoding: str = "utf-8") -> Maker:
    """Make a file of a text or of bytes."""
    data = content.encode(encoding) if isinstance(content, str) else content

    def make(path: Path) -> Path:
        path.write_bytes(data)
        return path

    return make


def with_row(row: str) -> Maker:
    return saved(lines(";") + row + "\n" + ";".join(map(str, worker(9))) + "\n")


LONG = "x" * 3_000_000
ENCODINGS = (
    *("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be", "utf-7"),
    *("cp1252", "latin-1", "cp437", "mac-roman", "cp037", "shift-jis", "gb18030", "koi8-r"),
)
TEXTS: Mapping[str, Maker] = {
    **{f"in {name}": saved(lines(";"), name) for name in ENCODINGS},
    **{f"parted by {ord(mark)}": saved(lines(mark)) for mark in ",\t|:^~ \x1f"},
    "lines ended by cr": saved(lines(";", end="\r")),
    "lines ended by crlf": saved(lines(";", end="\r\n")),
    "lines ended by all": saved(lines(";").replace("\n", "\r\n", 2).replace("\n", "\r", 1)),
    "lines ended by cr cr lf": saved(lines(";", end="\r\r\n")),
    "no end of the last line": saved(lines(";").rstrip("\n")),
    "line signs of unicode": saved(lines(";").replace(" RONDO", "\u2028RONDO\x85\x0b\x0c")),
    "nothing": saved(b""),
    "a newline": saved("\n"),
    "many newlines": saved("\n" * 50_000),
    "only separators": saved(";;;;\n" * 100),
    "only spaces": saved(" " * 10_000),
    "one word": saved("NIK"),
    "only a heading": saved(lines(";", [HEADINGS])),
    "no heading": saved(lines(";", ROWS[1:])),
    "zero bytes": saved(bytes(10_000)),
    "zero bytes inside": saved(lines(";").replace("BUDI", "B\0DI")),
    "bytes of nothing": saved(lines(";").encode().replace(b"BUDI", b"\xff\xfe\xc0\xc1")),
    "half a sign": saved(lines(";").encode() + b"\xf0\x9f"),
    "byte mark inside": saved(lines(";").replace("BUDI", "\ufeffBUDI")),
    "two byte marks": saved("\ufeff\ufeff" + lines(";")),
    "control signs": saved(lines(";").replace("RONDO", "".join(map(chr, range(1, 9))))),
    "one quote": with_row('9;"7171;BUDI'),
    "quote never closed": saved(lines(";") + '9;"' + "x;y\n" * 5000),
    "quotes in quotes": with_row('9;"a""b"";"";"c'),
    "quote inside": with_row('9;71"71;BU"DI'),
    "newline in quotes": with_row('9;"7171\n0112";"BUDI\r\nRONDO"'),
    "many cells": with_row(";".join(["x"] * 20_000)),
    "few cells": with_row("9"),
    "long cell": with_row(f"9;{LONG};BUDI"),
    "long heading": saved(f"NIK;NAMA;{LONG}\n{nik(1)};BUDI;x\n"),
    "one line": saved(LONG),
    "many columns": saved(";".join([*HEADINGS, *(f"K{n}" for n in range(20_000))]) + "\n"),
    "numbers cut": saved(f"NIK;NAMA\n{float(nik(1)):.5E};BUDI\n7,17101E+15;ANI\n"),
    "formulas": with_row("=1+1;=cmd|'/C calc'!A0;@SUM(A1);+1;-1;=HYPERLINK(\"x\")"),
    "markup": with_row("<b>;</para>;<script>;&lt;;%s;{0}"),
    "heading twice": saved("NIK;NIK;NAMA;NAMA\n1;2;3;4\n"),
    "heading quoted": saved('"NIK";"NAMA"\n"7171011208850001";"BUDI"\n'),
    "heading far below": saved("x\n" * 60 + lines(";")),
    "separator told": saved("sep=;\n" + lines(";")),
    "separators mixed": saved(lines(";") + lines(",", ROWS[1:])),
    "backwards": saved(lines(";").replace("BUDI", "\u202eIDUB\u202c")),
    "digits of others": saved(lines(";").translate({ord("0") + n: 0x660 + n for n in range(10)})),
    "wide letters": saved(lines(";").translate({ord("0") + n: 0xFF10 + n for n in range(10)})),
    "faces": saved(lines(";").replace("BUDI", "\U0001f600" * 500)),
    "json": saved('[{"NIK": "1", "NAMA": "x"}]'),
    "xml": saved("<?xml version='1.0'?><a><b>NIK;NAMA</b></a>"),
}
_HTML = "<html><table><tr><td>NIK</td><td>NAMA</td></tr></table></html>"
_XML_2003 = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
# By file name: what is inside is not what the name says.
STRANGERS: Mapping[str, tuple[str, Maker]] = {
    "html as xls": ("a.xls", saved(_HTML)),
    "html as xlsx": ("a.xlsx", saved(_HTML)),
    "html as csv": ("a.csv", saved(_HTML)),
    "xml of 2003 as xls": ("a.xls", saved(_XML_2003)),
    "text as xlsx": ("a.xlsx", saved(lines(";"))),
    "text as xls": ("a.xls", saved(lines("\t"))),
    "text as ods": ("a.ods", saved(lines(";"))),
    "pdf as xls": ("a.xls", saved(b"%PDF-1.7\n%\xe2\xe3")),
    "picture as xlsx": ("a.xlsx", saved(b"\x89PNG\r\n\x1a\n" + bytes(100))),
    "picture as csv": ("a.csv", saved(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40)),
    "program as xlsx": ("a.xlsx", saved(b"MZ" + bytes(1000))),
    "program as csv": ("a.csv", saved(b"\x7fELF" + bytes(range(256)) * 40)),
    "gzip as xlsx": ("a.xlsx", saved(gzip.compress(lines(";").encode(), mtime=0))),
    "gzip as csv": ("a.csv", saved(gzip.compress(lines(";").encode(), mtime=0))),
    "rtf as xls": ("a.xls", saved(r"{\rtf1 NIK}")),
    "seven zip as xlsx": ("a.xlsx", saved(b"7z\xbc\xaf\x27\x1c" + bytes(100))),
    "rar as xlsx": ("a.xlsx", saved(b"Rar!\x1a\x07" + bytes(100))),
    "old container alone": ("a.xls", saved(bytes.fromhex("d0cf11e0a1b11ae1"))),
    "old container as xlsx": ("a.xlsx", saved(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))),
    "old sheet of excel 2": ("a.xls", saved(bytes.fromhex("09000400020010000a000000"))),
    "random as xlsx": ("a.xlsx", saved(bytes((n * 7919 + n // 3) % 256 for n in range(20_000)))),
    "random as xls": ("a.xls", saved(bytes((n * 104729 + 7) % 251 for n in range(20_000)))),
    "random as ods": ("a.ods", saved(bytes((n * n + 31) % 253 for n in range(20_000)))),
    "no ending": ("daftar", saved(lines(";"))),
    "unknown ending": ("daftar.xyz", saved(lines(";"))),
    "two endings": ("daftar.xlsx.exe", saved(lines(";"))),
    "great letters": ("DAFTAR.CSV", saved(lines(";"))),
    "odd name": ("da\u202eftar =1+1 <b>.csv", saved(lines(";"))),
    "long name": (f"{'n' * 200}.csv", saved(lines(";"))),
}
