"""Workbooks that are broken inside: their XML, their zip, their old binary form."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.services.lists import HEADINGS, worker
from tests.storage import hostile
from tests.storage.hostile import Part, row, sheet, text_cell, write_ods, write_xlsx

Maker = Callable[[Path], Path]
XLS = Path(__file__).parents[1] / "storage" / "fixtures" / "list.xls"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_LETTERS = "ABCDEFGHIJ"


def a_row(number: int, values: list[object]) -> str:
    """Give a row of texts as XML."""
    cells = zip(_LETTERS, values, strict=False)
    return row(number, *(text_cell(f"{letter}{number}", str(value)) for letter, value in cells))


def a_list(*more: str, rows: int = 3) -> str:
    """Give the XML of a sound list with rows of one's own behind it."""
    people = (a_row(number + 1, worker(number)) for number in range(1, rows + 1))
    return sheet(a_row(1, list(HEADINGS)), *people, *more)


def book(xml: Part, **more: Part) -> Maker:
    """Make a workbook of one sheet; `more` adds or replaces parts, __ standing for a slash."""
    parts = {_part_name(name): part for name, part in more.items()}
    return lambda path: write_xlsx(path, {"Data": xml}, parts=parts)


def _part_name(name: str) -> str:
    if name == "types":
        return "[Content_Types].xml"
    return name.replace("__", "/").replace("_rels_", "_rels/") + ".xml"


def cell(xml: str) -> Maker:
    """Make a sound list with one odd cell behind it."""
    return book(a_list(row(9, text_cell("A9", "5"), xml)))


def whole(before: str, after: str) -> Maker:
    """Make a sound list and put something else in place of a piece of its XML."""
    assert before in a_list()
    return book(a_list().replace(before, after, 1))


CELLS: Mapping[str, str] = {
    "unknown type": '<c r="B9" t="zz"><v>1</v></c>',
    "error": '<c r="B9" t="e"><v>#N/A</v></c>',
    "unknown error": '<c r="B9" t="e"><v>#WAT!</v></c>',
    "truth": '<c r="B9" t="b"><v>1</v></c>',
    "odd truth": '<c r="B9" t="b"><v>maybe</v></c>',
    "iso date": '<c r="B9" t="d"><v>1985-08-12</v></c>',
    "odd date": '<c r="B9" t="d"><v>99-99</v></c>',
    "no shared text": '<c r="B9" t="s"><v>7</v></c>',
    "negative shared text": '<c r="B9" t="s"><v>-1</v></c>',
    "worded shared text": '<c r="B9" t="s"><v>x</v></c>',
    "no value": '<c r="B9"/>',
    "empty value": '<c r="B9"><v></v></c>',
    "no number": '<c r="B9"><v>x1</v></c>',
    "infinite": '<c r="B9"><v>INF</v></c>',
    "not a number": '<c r="B9"><v>NaN</v></c>',
    "beyond a number": '<c r="B9"><v>1e999</v></c>',
    "minus": '<c r="B9"><v>-1</v></c>',
    "day of minus": '<c r="B9" s="1"><v>-400000</v></c>',
    "day beyond": '<c r="B9" s="1"><v>99999999</v></c>',
    "unknown style": '<c r="B9" s="999"><v>1</v></c>',
    "worded style": '<c r="B9" s="x"><v>1</v></c>',
    "no address": "<c><v>1</v></c>",
    "small address": '<c r="b9"><v>1</v></c>',
    "no row in address": '<c r="B"><v>1</v></c>',
    "no column in address": '<c r="9"><v>1</v></c>',
    "empty address": '<c r=""><v>1</v></c>',
    "zero address": '<c r="B0"><v>1</v></c>',
    "address of signs": '<c r="$B$9"><v>1</v></c>',
    "other row's address": '<c r="B2"><v>1</v></c>',
    "same address twice": '<c r="B9"><v>1</v></c><c r="B9"><v>2</v></c>',
    "address backwards": '<c r="D9"><v>1</v></c><c r="B9"><v>2</v></c>',
    "formula": '<c r="B9"><f>1+1</f></c>',
    "formula of text": '<c r="B9" t="str"><f>A1</f><v>7171</v></c>',
    "formula abroad": "<c r=\"B9\"><f>'[1]x'!A1</f><v>1</v></c>",
    "command": '<c r="B9" t="str"><f>cmd|\'/C calc\'!A0</f><v>x</v></c>',
    "array": '<c r="B9"><f t="array" ref="B9:XFD1048576">1</f><v>1</v></c>',
    "rich text": '<c r="B9" t="inlineStr"><is><r><t>71</t></r><r><t>71</t></r></is></c>',
    "no text in text": '<c r="B9" t="inlineStr"></c>',
    "control sign": '<c r="B9" t="inlineStr"><is><t>a&#1;b</t></is></c>',
    "sign of nothing": '<c r="B9" t="inlineStr"><is><t>a&#0;b</t></is></c>',
    "half a sign": '<c r="B9" t="inlineStr"><is><t>a&#xD800;b</t></is></c>',
    "sign beyond": '<c r="B9" t="inlineStr"><is><t>a&#x110000;b</t></is></c>',
    "unknown entity": '<c r="B9" t="inlineStr"><is><t>&x;</t></is></c>',
    "open entity": '<c r="B9" t="inlineStr"><is><t>&amp</t></is></c>',
    "escape": '<c r="B9" t="inlineStr"><is><t>_x0000__xD800__x000D_</t></is></c>',
    "cdata": '<c r="B9" t="inlineStr"><is><t><![CDATA[<b>]]></t></is></c>',
    "long text": f'<c r="B9" t="inlineStr"><is><t>{"x" * 40_000}</t></is></c>',
    "very long text": f'<c r="B9" t="inlineStr"><is><t>{"x" * 5_000_000}</t></is></c>',
    "long number": f'<c r="B9"><v>{"9" * 5000}</v></c>',
    "attribute twice": '<c r="B9" r="C9"><v>1</v></c>',
    "long attribute": f'<c r="{"B" * 5000}9"><v>1</v></c>',
    "never closed": '<c r="B9"><v>1</v>',
    "closed twice": '<c r="B9"><v>1</v></c></c>',
    "cell in cell": '<c r="B9"><c r="B9"><v>1</v></c></c>',
}


def _prefixed(xml: str) -> str:
    for name in ("worksheet", "sheetData", "row", "c ", "c>", "is", "t>"):
        xml = xml.replace(f"<{name}", f"<x:{name}").replace(f"</{name}", f"</x:{name}")
    return xml.replace("xmlns=", "xmlns:x=")


def _wide(at: int) -> str:
    letters, rest = "", at + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return text_cell(f"{letters}1", f"K{at}")


def merged(*areas: str) -> Maker:
    cells = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    return whole("</sheetData>", f"</sheetData><mergeCells>{cells}</mergeCells>")


def headed(head: str, tail: str = "") -> Maker:
    people = (a_row(1, list(HEADINGS)), a_row(2, worker(1)))
    return book(sheet(*people, head=f'<?xml version="1.0"?>{head}') + tail)


SHEETS: Mapping[str, Maker] = {
    "no row number": whole('<row r="3">', "<row>"),
    "row zero": whole('<row r="3">', '<row r="0">'),
    "row minus": whole('<row r="3">', '<row r="-3">'),
    "row in words": whole('<row r="3">', '<row r="tiga">'),
    "row beyond": whole('<row r="3">', '<row r="99999999999999999999">'),
    "row twice": whole('<row r="3">', '<row r="2">'),
    "rows backwards": book(a_list(a_row(2, worker(9)), a_row(1, worker(8)))),
    "open tag": whole("</sheetData>", ""),
    "no end": whole("</worksheet>", ""),
    "no beginning": whole(f'<worksheet xmlns="{_MAIN}">', ""),
    "two roots": whole("</worksheet>", "</worksheet><worksheet/>"),
    "text behind": whole("</worksheet>", "</worksheet>xyz"),
    "text before": book("xyz" + a_list()),
    "other root": whole("<worksheet", "<chartsheet"),
    "strict": book(a_list().replace(_MAIN, _STRICT)),
    "no namespace": book(a_list().replace(_MAIN, "")),
    "prefixed": book(_prefixed(a_list())),
    "comment": whole("<sheetData>", "<!-- <row r='1'/> --><sheetData>"),
    "open comment": whole("<sheetData>", "<!-- <sheetData>"),
    "instruction": whole("<sheetData>", "<?php x ?><sheetData>"),
    "doctype": headed('<!DOCTYPE x SYSTEM "file:///etc">'),
    "entity abroad": headed('<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/hostname">]>'),
    "byte mark": book("\ufeff" + a_list()),
    "said utf-16": book(a_list().replace("UTF-8", "UTF-16", 1)),
    "said nonsense": book(a_list().replace("UTF-8", "X-9", 1)),
    "utf-16 big": book(a_list().encode("utf-16-be")),
    "latin bytes": book(a_list().encode() + b"\xff\xfe\xc0"),
    "bytes in text": book(a_list().encode().replace(b"RONDO", b"R\xc3\x28")),
    "zero bytes": book(b"\0" * 4096),
    "zero bytes inside": book(a_list().encode().replace(b"BUDI", b"B\0DI")),
    "empty sheet part": book(""),
    "sheet of spaces": book(" " * 1000),
    "sheet of json": book('{"a": 1}'),
    "sheet without data": book(f'<worksheet xmlns="{_MAIN}"/>'),
    "deep": headed("", "<a>" * 200_000),
    "wide": book(sheet(row(1, *map(_wide, range(3000))))),
    "merged beyond": merged("A1:XFD1048576"),
    "merged backwards": merged("C3:A1"),
    "merged nonsense": merged("?"),
    "merged in each other": merged("A1:C3", "B2:D4"),
    "size lies": whole("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>'),
    "size backwards": whole("<sheetData>", '<dimension ref="Z9:A1"/><sheetData>'),
    "size nonsense": whole("<sheetData>", '<dimension ref="hello"/><sheetData>'),
}


def named(*names: str) -> Maker:
    return lambda path: write_xlsx(path, dict.fromkeys(names, a_list()))


def parts(**content: Part) -> Maker:
    return book(a_list(), **content)


BOOKS: Mapping[str, Maker] = {
    "name of nothing": named(""),
    "long name": named("x" * 300),
    "name of signs": named("[]:*?/\\"),
    "name abroad": named("..\\..\\x"),
    "name of markup": named("&lt;b&gt;=1+1"),
    "name backwards": named("\u202eatad"),
    "many sheets": named(*(f"S{n}" for n in range(120))),
    "no types": parts(types=""),
    "types of nonsense": parts(types="<x"),
    "no styles": parts(xl__styles=""),
    "styles of nonsense": parts(xl__styles="<styleSheet><cellXfs>"),
    "no book": parts(xl__workbook=""),
    "book of nonsense": parts(xl__workbook="<workbook><sheets>"),
    "book without sheets": parts(xl__workbook=f'<workbook xmlns="{_MAIN}"><sheets/></workbook>'),
    "texts of nonsense": parts(xl__sharedStrings="<sst><si>"),
    "many texts promised": parts(xl__sharedStrings=f'<sst xmlns="{_MAIN}" count="4294967295"/>'),
    "year 1904 of nonsense": lambda path: write_xlsx(
        path, {"A": a_list()}, workbook_extra='<workbookPr date1904="perhaps"/>'
    ),
    "macros": parts(xl__vbaProject="x"),
    "links abroad": parts(xl__externalLinks__externalLink1="<externalLink/>"),
}


def rels(targets: str) -> Maker:
    """Make a sound list whose relations are other ones."""
    head = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    xml = f"{head}{targets}</Relationships>"
    return lambda path: write_xlsx(
        path, {"Data": a_list()}, parts={"xl/_rels/workbook.xml.rels": xml}
    )


def _to(target: str) -> Maker:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    return rels(f'<Relationship Id="rId1" Type="{kind}" Target="{target}"/>')


RELATIONS: Mapping[str, Maker] = {
    "no relations": rels(""),
    "to nothing": _to("worksheets/none.xml"),
    "to oneself": _to("workbook.xml"),
    "to the outside": _to("../../../../etc/passwd"),
    "to the root": _to("/xl/worksheets/sheet1.xml"),
    "to the net": _to("http://example.test/a.xml"),
    "to a folder": _to("worksheets/"),
    "to no text": _to(""),
}


def cut_at(share: float) -> Maker:
    def make(path: Path) -> Path:
        content = hostile.plain_xlsx(path, rows=500).read_bytes()
        path.write_bytes(content[: int(len(content) * share)])
        return path

    return make


def cut_xls(share: float) -> Maker:
    content = XLS.read_bytes()
    return lambda path: _bytes(path, content[: int(len(content) * share)])


def _bytes(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def zipped(**entries: bytes) -> Maker:
    def make(path: Path) -> Path:
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in entries.items():
                archive.writestr(name, content)
        return path

    return make


def around(before: bytes, after: bytes) -> Maker:
    return lambda path: _bytes(path, before + hostile.plain_xlsx(path).read_bytes() + after)


def compressed(method: int) -> Maker:
    def make(path: Path) -> Path:
        source = io.BytesIO(write_xlsx(path, {"Data": a_list()}).read_bytes())
        with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", method) as new:
            for name in old.namelist():
                new.writestr(name, old.read(name))
        return path

    return make


def field_of_entry(at: int, value: int) -> Maker:
    """Lie in one field of the directory's entry of the sheet."""

    def make(path: Path) -> Path:
        content = bytearray(hostile.plain_xlsx(path).read_bytes())
        entry = content.rindex(b"xl/worksheets/sheet1.xml") - 46
        struct.pack_into("<H", content, entry + at, value)
        return _bytes(path, bytes(content))

    return make


ZIPS: Mapping[str, Maker] = {
    **{f"cut at {share}": cut_at(share) for share in (0.01, 0.1, 0.3, 0.7, 0.9, 0.99, 0.999)},
    "nothing inside": zipped(),
    "only a text": zipped(a=b"x"),
    "a zip inside": zipped(a=b"PK\3\4" * 100),
    "path to the outside": zipped(**{"../../x.xml": b"x", "/etc/x": b"x"}),
    "garbage before": around(b"x" * 100, b""),
    "garbage behind": around(b"", b"x" * 100_000),
    "two ends": around(b"", b"PK\5\6" + bytes(18)),
    "stored": compressed(zipfile.ZIP_STORED),
    "bzip2": compressed(zipfile.ZIP_BZIP2),
    "lzma": compressed(zipfile.ZIP_LZMA),
    "unknown method": field_of_entry(10, 99),
    "huge name": field_of_entry(28, 65535),
    "huge extra": field_of_entry(30, 65535),
    "other disk": field_of_entry(34, 7),
    "wrong offset": field_of_entry(42, 65000),
    "newer version": field_of_entry(6, 999),
}


def ods(*rows: str, **more: str) -> Maker:
    return lambda path: write_ods(path, *rows, **more)


def _ods_cell(attributes: str, text: str = "x") -> Maker:
    head = hostile.ods_row(hostile.ods_text("NIK"), hostile.ods_text("NAMA"))
    odd = f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"
    person = hostile.ods_row(hostile.ods_text("7171011208850001"), odd)
    return ods(head, person)


ODS: Mapping[str, Maker] = {
    "minus columns": _ods_cell('table:number-columns-repeated="-5"'),
    "columns in words": _ods_cell('table:number-columns-repeated="many"'),
    "columns beyond": _ods_cell('table:number-columns-repeated="99999999999999999999"'),
    "day": _ods_cell('office:value-type="date" office:date-value="1985-08-12"'),
    "no day": _ods_cell('office:value-type="date" office:date-value="yesterday"'),
    "time": _ods_cell('office:value-type="time" office:time-value="PT99999999H"'),
    "truth": _ods_cell('office:value-type="boolean" office:boolean-value="maybe"'),
    "number in words": _ods_cell('office:value-type="float" office:value="x"'),
    "infinite": _ods_cell('office:value-type="float" office:value="INF"'),
    "unknown type": _ods_cell('office:value-type="zz"'),
    "control sign": _ods_cell("", "a&#1;b"),
    "far": hostile.ods_far_bomb,
    "open tag": ods("<table:table-row>"),
    "minus rows": ods('<table:table-row table:number-rows-repeated="-1"/>'),
    "encrypted": lambda path: write_ods(
        path, manifest='<manifest><encryption-data algorithm="x"/></manifest>'
    ),
    "without content": zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
    "content of nonsense": zipped(
        **{
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": b"<office:document-content",
        }
    ),
}
