"""Write planted sheets into a workbook: merged and hidden cells, empty rows that are formatted."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from bpjsdesk.cli.demo_office.people import Village
from bpjsdesk.cli.demo_office.sheets import ErrorValue, Formula, PlainCell
from bpjsdesk.resources import resource_path

VILLAGE_DOTS = 3


@dataclass(slots=True, kw_only=True)
class PlantedSheet:
    """A sheet as it will be written; rows count from 1, as a spreadsheet shows them."""

    name: str
    hidden: Sequence[bool]
    formatted_rows: int
    rows: list[list[PlainCell]] = field(default_factory=list)
    merged: list[int] = field(default_factory=list)
    spanned_row: int = 0


def villages_of(city: str) -> list[Village]:
    """Read the villages of a city whose name nobody shares, from the seed."""
    with resource_path("seed", "region.csv").open(encoding="utf-8", newline="") as stream:
        named = {row["code"]: row["name"] for row in csv.DictReader(stream)}
    codes = [
        code for code in named if code.startswith(f"{city}.") and code.count(".") == VILLAGE_DOTS
    ]
    return [
        Village(code, named[code], code.rpartition(".")[0], named[code.rpartition(".")[0]])
        for code in sorted(codes)
    ]


def write_sheets(path: Path, sheets: Sequence[PlantedSheet]) -> None:
    """Write the workbook."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False})
    formats = {
        "day": book.add_format({"num_format": "dd-mm-yyyy"}),
        "box": book.add_format({"border": 1}),
    }
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        for at, cells in enumerate(sheet.rows):
            for column, cell in enumerate(cells):
                _write(page, (at, column), cell, formats)
        _dress(page, sheet, formats)
    book.close()


def _write(page: Any, place: tuple[int, int], cell: PlainCell, formats: dict[str, Any]) -> None:
    if isinstance(cell, date):
        moment = datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001  # a spreadsheet has no zones
        page.write_datetime(*place, moment, formats["day"])
    elif isinstance(cell, Formula):
        page.write_formula(*place, cell.text, None, "")
    elif isinstance(cell, ErrorValue):
        page.write_formula(*place, "=NA()", None, cell.text)
    elif isinstance(cell, str):
        page.write_string(*place, cell)
    elif cell is not None:
        page.write_number(*place, cell)


def _dress(page: Any, sheet: PlantedSheet, formats: dict[str, Any]) -> None:
    last = len(sheet.hidden) - 1
    for row in sheet.merged:
        page.merge_range(row - 1, 0, row - 1, last, sheet.rows[row - 1][0])
    for column, is_hidden in enumerate(sheet.hidden):
        if is_hidden:
            page.set_column(column, column, 12, None, {"hidden": True})
    if sheet.spanned_row:
        _merge_headings(page, sheet, sheet.spanned_row - 1)
    for row in range(len(sheet.rows), len(sheet.rows) + sheet.formatted_rows):
        for column in range(last + 1):
            page.write_blank(row, column, None, formats["box"])


def _merge_headings(page: Any, sheet: PlantedSheet, row: int) -> None:
    """Merge upper headings over what they span, and single ones over both rows."""
    upper, lower = sheet.rows[row], sheet.rows[row + 1]
    start = 0
    for column in range(1, len(upper) + 1):
        if column == len(upper) or upper[column] != upper[start]:
            bottom = row if lower[start] else row + 1
            if (bottom, column - 1) != (row, start):
                page.merge_range(row, start, bottom, column - 1, upper[start])
            start = column
