"""Make workbooks that attack, puzzle or disappoint a reader; every one is written on the spot."""

import datetime as dt
import struct
import zipfile
from pathlib import Path

import xlsxwriter

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
Part = str | bytes


def text_cell(address: str, text: str) -> str:
    return f'<c r="{address}" t="inlineStr"><is><t>{text}</t></is></c>'


def number_cell(address: str, number: str, style: int = 0) -> str:
    return f'<c r="{address}" s="{style}"><v>{number}</v></c>'


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def sheet(*rows: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    return f'{head}<worksheet xmlns="{_MAIN}"><sheetData>{"".join(rows)}</sheetData></worksheet>'


def write_xlsx(
    path: Path,
    sheets: dict[str, Part],
    *,
    workbook_extra: str = "",
    parts: dict[str, Part] | None = None,
) -> Path:
    """Write a workbook from raw sheet XML; `parts` adds or replaces other parts."""
    names = list(sheets)
    listed = "".join(
        f'<sheet name="{name}" sheetId="{i}" r:id="rId{i}"/>' for i, name in enumerate(names, 1)
    )
    targets = "".join(
        f'<Relationship Id="rId{i}" Type="{_REL}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(names) + 1)
    )
    styles = f'<Relationship Id="rIdS" Type="{_REL}/styles" Target="styles.xml"/>'
    content: dict[str, Part] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE_REL}"><Relationship Id="rId1" '
        f'Type="{_REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}">{workbook_extra}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE_REL}">{targets}{styles}'
        "</Relationships>",
        "xl/styles.xml": _STYLES,
    }
    content |= {f"xl/worksheets/sheet{i}.xml": xml for i, xml in enumerate(sheets.values(), 1)}
    content |= parts or {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return path


def plain_xlsx(path: Path, rows: int = 3) -> Path:
    """Write an ordinary small list."""
    lines = [row(1, text_cell("A1", "NIK"), text_cell("B1", "NAMA"))]
    lines += [
        row(n, text_cell(f"A{n}", f"717101010190{n:04d}"), text_cell(f"B{n}", f"WARGA {n}"))
        for n in range(2, rows + 2)
    ]
    return write_xlsx(path, {"Data": sheet(*lines)})


def far_column(path: Path) -> Path:
    return write_xlsx(path, {"A": sheet(row(1048576, number_cell("XFD1048576", "1")))})


def far_row(path: Path) -> Path:
    return write_xlsx(path, {"A": sheet(row(4294967295, number_cell("A4294967295", "1")))})


def far_cell_in_odd_quotes(path: Path) -> Path:
    odd = "<row r='1'><c r='ZZZ1048576'><v>1</v></c></row>"
    return write_xlsx(path, {"A": sheet(odd)})


def far_cell_hidden_from_the_guard(path: Path) -> Path:
    """Put a far cell where no search looks for it: in a part that does not look like a sheet."""
    far = f'<worksheet xmlns="{_MAIN}"><sheetData>' + row(1, number_cell("ZZZ1048576", "1"))
    padded = f"<!--{' ' * 9000}-->{far}</sheetData></worksheet>"
    return write_xlsx(path, {"A": padded})


def hollow(path: Path) -> Path:
    """Put two cells into opposite corners of the largest sheet that is still allowed."""
    corner = row(200_000, number_cell("IV200000", "1"))
    return write_xlsx(path, {"A": sheet(row(1, number_cell("A1", "1")), corner)})


def huge_sheet(path: Path, size: int = 600_000_000) -> Path:
    """Compress a sheet of `size` bytes into little; written in pieces."""
    write_xlsx(path, {})
    piece = b" " * 10_000_000
    with (
        zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/worksheets/sheet9.xml", "w") as stream,
    ):
        for _ in range(size // len(piece)):
            stream.write(piece)
    return path


def lying_sizes(path: Path) -> Path:
    """Claim in the directory that the sheet is ten bytes long."""
    plain_xlsx(path, rows=500)
    content = bytearray(path.read_bytes())
    name = b"xl/worksheets/sheet1.xml"
    entry = content.rindex(name) - 46
    assert content[entry : entry + 4] == b"PK\1\2"
    content[entry + 24 : entry + 28] = struct.pack("<I", 10)
    path.write_bytes(content)
    return path


def wrong_checksum(path: Path) -> Path:
    plain_xlsx(path, rows=500)
    content = bytearray(path.read_bytes())
    entry = content.rindex(b"xl/worksheets/sheet1.xml") - 46
    content[entry + 16 : entry + 20] = b"\0\0\0\0"
    path.write_bytes(content)
    return path


def many_parts(path: Path) -> Path:
    extra: dict[str, Part] = {f"x/{n}.xml": "" for n in range(2100)}
    return write_xlsx(path, {"A": sheet()}, parts=extra)


def billion_laughs(path: Path) -> Path:
    head = (
        '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    )
    return write_xlsx(path, {"A": sheet(row(1, text_cell("A1", "&b;")), head=head)})


def utf16_sheet(path: Path) -> Path:
    xml = sheet(row(1, text_cell("A1", "NIK")), head='<?xml version="1.0" encoding="UTF-16"?>')
    return write_xlsx(path, {"A": xml.encode("utf-16")})


def windows_sheet(path: Path) -> Path:
    head = '<?xml version="1.0" encoding="windows-1252"?>'
    return write_xlsx(path, {"A": sheet(row(1, text_cell("A1", "É")), head=head).encode("cp1252")})


def cut_file(path: Path) -> Path:
    whole = plain_xlsx(path, rows=500).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


def encrypted(path: Path) -> Path:
    """Write the OLE container in which Excel hides a workbook with a password."""
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
    entry = "EncryptedPackage".encode("utf-16-le").ljust(128, b"\0")
    path.write_bytes(header + entry + bytes(4096))
    return path


def encrypted_zip(path: Path) -> Path:
    """Set the bit that marks a zip part as encrypted."""
    content = bytearray(plain_xlsx(path).read_bytes())
    entry = content.rindex(b"xl/worksheets/sheet1.xml") - 46
    content[entry + 8] |= 1
    path.write_bytes(content)
    return path


def ole_garbage(path: Path) -> Path:
    book = "Workbook".encode("utf-16-le")
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(range(256)) * 40 + book)
    return path


def year_1904(path: Path) -> Path:
    """Write 17 August 1985 as a workbook counts that begins in 1904."""
    serial = (dt.date(1985, 8, 17) - dt.date(1904, 1, 1)).days
    rows = row(1, text_cell("A1", "LAHIR")), row(2, number_cell("A2", str(serial), 1))
    return write_xlsx(path, {"A": sheet(*rows)}, workbook_extra='<workbookPr date1904="1"/>')


def rich_xlsx(path: Path) -> Path:
    """Write several sheets with letterhead, merges, errors, formulas and a hidden sheet."""
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        first = book.add_worksheet("Kelurahan A")
        first.merge_range("B3:D3", "PEMERINTAH KOTA")
        first.write_row("B5", ["NIK", "NAMA", "LAHIR"])
        first.write_row("B6", ["7171010101900001", "  =SUM(A1)  "])
        first.write_datetime("D6", dt.date(1990, 1, 1), day)
        first.write_number("B8", 7171010101900003)
        first.write_formula("C8", "=1/0", None, "#DIV/0!")
        first.write_formula("D8", "=TODAY()", day, "")
        for number in range(9, 3000):
            first.write_blank(number, 1, None, day)
        first.write_blank(1048575, 1, None, day)
        hidden = book.add_worksheet("Rahasia")
        hidden.write("A1", "x")
        hidden.hide()
        book.add_worksheet("Kosong")
        book.add_worksheet("Kelurahan B").write("A2", "7171010101900009")
    return path


def only_hidden(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Tampak").activate()
        secret = book.add_worksheet("Rahasia")
        secret.write("A1", "x")
        secret.hide()
    return path


_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    "<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
)


def ods_text(text: str, repeated: int = 1) -> str:
    times = f' table:number-columns-repeated="{repeated}"' if repeated > 1 else ""
    return (
        f'<table:table-cell{times} office:value-type="string"><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def ods_row(*cells: str, repeated: int = 1) -> str:
    times = f' table:number-rows-repeated="{repeated}"' if repeated > 1 else ""
    return f"<table:table-row{times}>{''.join(cells)}</table:table-row>"


def write_ods(path: Path, *rows: str, manifest: str = "<manifest/>") -> Path:
    table = f'<table:table table:name="Lembar1">{"".join(rows)}</table:table>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        mimetype = "application/vnd.oasis.opendocument.spreadsheet"
        archive.writestr("mimetype", mimetype, zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", _ODS.format(tables=table))
    return path


def small_ods(path: Path) -> Path:
    return write_ods(path, *(ods_row(ods_text(f"{n:016}"), ods_text("ANI")) for n in range(50)))


def ods_repeat_bomb(path: Path) -> Path:
    return write_ods(path, ods_row(ods_text("x", 1024), repeated=1_000_000))


def ods_wide_bomb(path: Path) -> Path:
    return write_ods(path, ods_row(ods_text("x", 100_000_000)))


def ods_far_bomb(path: Path) -> Path:
    """Push one filled cell far away by blank ones."""
    blank_rows = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/>'
    blank_cells = '<table:table-cell table:number-columns-repeated="16000"/>'
    return write_ods(path, blank_rows + "</table:table-row>", ods_row(blank_cells, ods_text("x")))
