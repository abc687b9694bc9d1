"""Write a workbook as a village office would leave it: plain cells, nothing mended.

The writer of the program stores all text safely; here a cell must also be able to be wrong.
"""

import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from bpjsdesk.files import replacing

EXCEL_EPOCH = date(1899, 12, 30)
MADE_ON = (2026, 1, 5, 8, 0, 0)  # fixed, so that the same list gives the same bytes
ROWS_AT_ONCE = 1000
TEXT, DAY, BOLD = 1, 2, 3
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Formula(NamedTuple):
    """A formula whose result was never stored."""

    text: str


class ErrorValue(NamedTuple):
    """What Excel shows when a formula fails, such as #N/A."""

    text: str


class Heading(NamedTuple):
    """A text in bold letters."""

    text: str


PlainCell = str | int | float | date | Formula | ErrorValue | Heading | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainSheet:
    """One sheet: rows in order, the width of each column, rows whose cells are merged."""

    name: str
    rows: Iterable[Sequence[PlainCell]]
    widths: Sequence[int] = ()
    merged_rows: Sequence[int] = ()


def write_workbook(path: Path, sheets: Sequence[PlainSheet]) -> None:
    """Write the sheets into an .xlsx file.

    Raises: EnvironmentProblem when the file cannot be written.
    """
    with (
        replacing(path) as part,
        zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive,
    ):
        for name, text in _frame(sheets):
            archive.writestr(_entry(name), DECLARATION + text)
        for number, sheet in enumerate(sheets, start=1):
            with archive.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w") as stream:
                for piece in _sheet(sheet):
                    stream.write(piece.encode())


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, MADE_ON)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _frame(sheets: Sequence[PlainSheet]) -> Iterator[tuple[str, str]]:
    numbers = range(1, len(sheets) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{MEDIA}.worksheet+xml"/>'
        for n in numbers
    )
    yield (
        "[Content_Types].xml",
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{MEDIA}.sheet.main+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{MEDIA}.styles+xml"/>'
        f"{overrides}</Types>",
    )
    yield "_rels/.rels", _links([("officeDocument", "xl/workbook.xml")])
    parts = [("worksheet", f"worksheets/sheet{n}.xml") for n in numbers]
    yield "xl/_rels/workbook.xml.rels", _links([*parts, ("styles", "styles.xml")])
    listed = "".join(
        f'<sheet name="{escape(sheet.name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, sheet in zip(numbers, sheets, strict=True)
    )
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
    )
    yield "xl/styles.xml", _styles()


def _links(parts: Sequence[tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(parts, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{entries}</Relationships>'


def _styles() -> str:
    plain = '<font><sz val="11"/><name val="Calibri"/></font>'
    bold = '<font><b/><sz val="11"/><name val="Calibri"/></font>'
    fill = '<fill><patternFill patternType="none"/></fill>'
    formats = "".join(
        f'<xf numFmtId="{number}" fontId="{font}" fillId="0" borderId="0" xfId="0" '
        'applyNumberFormat="1" applyFont="1"/>'
        for number, font in ((0, 0), (49, 0), (164, 0), (0, 1))
    )
    return (
        f'<styleSheet xmlns="{SPREADSHEET}">'
        '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd\\-mm\\-yyyy"/></numFmts>'
        f'<fonts count="2">{plain}{bold}</fonts>'
        f'<fills count="2">{fill}<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
        f'</cellStyleXfs><cellXfs count="4">{formats}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
        "</styleSheet>"
    )


def _sheet(sheet: PlainSheet) -> Iterator[str]:
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>'
        for n, width in enumerate(sheet.widths, start=1)
    )
    opening = f"<cols>{columns}</cols>" if columns else ""
    yield f'{DECLARATION}<worksheet xmlns="{SPREADSHEET}">{opening}<sheetData>'
    letters = [_letters(index) for index in range(max(len(sheet.widths), 26))]
    waiting: list[str] = []
    for number, cells in zip(count(1), sheet.rows, strict=False):
        waiting.append(_row(number, cells, letters))
        if len(waiting) == ROWS_AT_ONCE:
            yield "".join(waiting)
            waiting.clear()
    merged = "".join(
        f'<mergeCell ref="A{row}:{letters[len(sheet.widths) - 1]}{row}"/>'
        for row in sheet.merged_rows
    )
    merges = f'<mergeCells count="{len(sheet.merged_rows)}">{merged}</mergeCells>' if merged else ""
    yield "".join(waiting) + f"</sheetData>{merges}</worksheet>"


def _row(number: int, cells: Sequence[PlainCell], letters: Sequence[str]) -> str:
    written = "".join(
        _CELLS[type(cell)](f"{letters[place]}{number}", cell)
        for place, cell in enumerate(cells)
        if cell is not None
    )
    return f'<row r="{number}">{written}</row>'


def _letters(index: int) -> str:
    before, place = divmod(index, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + place)


def _text(place: str, cell: Any) -> str:
    text = escape(cell)
    return (
        f'<c r="{place}" s="{TEXT}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    )


def _heading(place: str, cell: Any) -> str:
    return f'<c r="{place}" s="{BOLD}" t="inlineStr"><is><t>{escape(cell.text)}</t></is></c>'


def _number(place: str, cell: Any) -> str:
    return f'<c r="{place}"><v>{cell}</v></c>'


def _day(place: str, cell: Any) -> str:
    return f'<c r="{place}" s="{DAY}"><v>{(cell - EXCEL_EPOCH).days}</v></c>'


def _formula(place: str, cell: Any) -> str:
    return f'<c r="{place}"><f>{escape(cell.text)}</f></c>'


def _error(place: str, cell: Any) -> str:
    return f'<c r="{place}" t="e"><v>{escape(cell.text)}</v></c>'


_CELLS: Mapping[type, Callable[[str, Any], str]] = MappingProxyType(
    {
        str: _text,
        int: _number,
        float: _number,
        date: _day,
        Heading: _heading,
        Formula: _formula,
        ErrorValue: _error,
    }
)
