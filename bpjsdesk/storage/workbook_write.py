"""Write formatted workbooks: the empty list, the list of held rows, the tables of a report.

Text is always stored as text, so that a name which begins with = + - or @ never becomes a formula.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_range_abs
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.workbook_values import (
    ADDED_HEADERS,
    ROW_KEY_HEADER,
    CellProblem,
    ColumnKind,
    ErrorBook,
    ErrorRow,
    TableCell,
    TableSheet,
    TemplateColumn,
    TemplateSpec,
)
from bpjsdesk.files import Record, atomic_write, nothing
from bpjsdesk.storage.workbook_kind import EXPLANATION_MARK, EXPLANATION_SHEETS

_LAST_ROW = 1_048_575
_MAX_CELL_CHARS = 32_767
_MAX_SHEET_NAME = 31
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_FIRST_YEAR = 1900
_HEADER_ROW_HEIGHT = 32
_A4 = 9
_WIDTH_OF_TEXT = 100

_NUMBER_FORMATS = {
    ColumnKind.TEXT: "@",
    ColumnKind.INTEGER: "#,##0",
    ColumnKind.MONEY: '"Rp"#,##0;[Red]-"Rp"#,##0',
    ColumnKind.PERCENT: "0.00%",
    ColumnKind.DATE: "dd-mm-yyyy",
}
_INK, _LINE, _HEAD, _ERROR, _WARNING = "#1F2937", "#CBD5E1", "#E2E8F0", "#FECACA", "#FDE68A"
_ADDED_WIDTHS = (11, 18, 24, 60, 50)


def write_template(path: Path, spec: TemplateSpec) -> None:
    """Write an empty list with text columns, drop-downs, notes and instructions.

    Raises: EnvironmentProblem when the file cannot be written; the old file then stays.
    """
    with _workbook(path) as book:
        book.set_custom_property(  # type: ignore[attr-defined]  # missing in build_scripts/stubs
            "TemplateVersion", spec.version
        )
        formats = _Formats(book)
        sheet = book.add_worksheet(spec.sheet_name)
        _write_explanation(
            book.add_worksheet(EXPLANATION_SHEETS[0]), formats, spec.title, spec.instructions
        )
        _write_choices(book, spec.choices)
        sheet.set_row(0, _HEADER_ROW_HEIGHT)
        for place, column in enumerate(spec.columns):
            _write_template_column(sheet, place, column, formats)
        sheet.freeze_panes(1, 0)
        sheet.activate()


def write_error_workbook(path: Path, content: ErrorBook, *, record: Record = nothing) -> None:
    """Write the held rows as they were sent, each with what is wrong; it can be loaded again.

    Raises: EnvironmentProblem when the file cannot be written; the old file then stays.
    """
    with _workbook(path, record) as book:
        formats = _Formats(book)
        _write_reasons(book.add_worksheet(EXPLANATION_SHEETS[1]), formats, content)
        sheet = book.add_worksheet("Perbaikan")
        width = len(content.headers)
        for place, _ in enumerate(content.headers):
            is_text = place in content.text_columns
            sheet.set_column(place, place, 20, formats.plain(ColumnKind.TEXT) if is_text else None)
        for place, size in enumerate(_ADDED_WIDTHS, width):
            sheet.set_column(place, place, size)
        key_column = width + len(ADDED_HEADERS)
        sheet.set_column(key_column, key_column, 14, None, {"hidden": True})
        sheet.set_row(0, _HEADER_ROW_HEIGHT)
        for place, header in enumerate((*content.headers, *ADDED_HEADERS, ROW_KEY_HEADER)):
            _text(sheet, (0, place), header, formats.head)
        sheet.freeze_panes(1, 0)
        writer = _ErrorRows(sheet, formats, content)
        last = 0
        for last, row in enumerate(content.rows, 1):
            writer.write(last, row)
        sheet.autofilter(0, 0, last, key_column - 1)
        _offer_choices(book, sheet, content.choices)
        sheet.activate()


def write_table(path: Path, sheets: Sequence[TableSheet], *, record: Record = nothing) -> None:
    """Write small formatted tables, a sheet each.

    Raises: EnvironmentProblem when the file cannot be written; the old file then stays.
    """
    with _workbook(path, record) as book:
        formats = _Formats(book)
        taken: set[str] = set()
        for content in sheets:
            name = _sheet_name(content.name, taken)
            taken.add(name.lower())
            _write_table_sheet(book.add_worksheet(name), formats, content)


@contextmanager
def _workbook(path: Path, record: Record = nothing) -> Iterator[Workbook]:
    options = {
        "in_memory": True,  # no scraps of personal data in the machine's temporary folder
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    # not straight to the disk: the library leaves its file open when the disk refuses it, and
    # Windows removes no file that is open
    content = BytesIO()
    book = Workbook(content, options)
    yield book
    book.close()
    atomic_write(path, content.getvalue(), record=record)


class _Formats:
    """Make each format once; Excel allows only so many."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[ColumnKind | None, str, bool], Format] = {}
        self.title = book.add_format({"bold": True, "font_size": 14, "font_color": _INK})
        self.line = book.add_format({"text_wrap": True, "valign": "top"})
        self.head = book.add_format(
            {
                "bold": True,
                "bg_color": _HEAD,
                "font_color": _INK,
                "border": 1,
                "border_color": _LINE,
                "text_wrap": True,
                "valign": "vcenter",
                "num_format": "@",
            }
        )

    def plain(self, kind: ColumnKind | None, colour: str = "") -> Format:
        return self._format(kind, colour, is_total=False)

    def framed(self, kind: ColumnKind, *, is_total: bool) -> Format:
        return self._format(kind, _LINE, is_total=is_total)

    def _format(self, kind: ColumnKind | None, colour: str, *, is_total: bool) -> Format:
        key = kind, colour, is_total
        if key not in self._made:
            wanted: dict[str, object] = {"valign": "top"}
            if kind:
                wanted["num_format"] = _NUMBER_FORMATS[kind]
            if colour == _LINE:
                wanted |= {"border": 1, "border_color": _LINE, "bold": is_total}
                wanted |= {"bg_color": _HEAD} if is_total else {}
            elif colour:
                wanted["bg_color"] = colour
            self._made[key] = self._book.add_format(wanted)
        return self._made[key]


def _write_explanation(
    sheet: Worksheet, formats: _Formats, title: str, lines: Sequence[str]
) -> None:
    sheet.set_column(0, 0, _WIDTH_OF_TEXT)
    _text(sheet, (0, 0), f"{EXPLANATION_MARK} · {title}", formats.title)
    for number, line in enumerate(lines, 1):
        _text(sheet, (number + 1, 0), f"{number}. {line}", formats.line)


def _write_choices(book: Workbook, choices: Mapping[str, Sequence[str]]) -> None:
    sheet = book.add_worksheet("Pilihan")
    sheet.very_hidden()
    for place, (name, values) in enumerate(choices.items()):
        for number, value in enumerate(values):
            _text(sheet, (number, place), value)
        area = xl_range_abs(0, place, max(len(values) - 1, 0), place)
        book.define_name(_list_name(name), f"=Pilihan!{area}")


def _list_name(name: str) -> str:
    return f"pilihan_{name}"


def _write_template_column(
    sheet: Worksheet, place: int, column: TemplateColumn, formats: _Formats
) -> None:
    sheet.set_column(place, place, column.width, formats.plain(column.kind))
    header = f"{column.header} *" if column.is_required else column.header
    _text(sheet, (0, place), header, formats.head)
    if column.note:
        sheet.write_comment(0, place, column.note, {"author": EXPLANATION_MARK})
    rule = _rule(place, column)
    if rule:
        sheet.data_validation(1, place, _LAST_ROW, place, rule)


def _rule(place: int, column: TemplateColumn) -> dict[str, object] | None:
    if column.choices:
        return _choice_rule(column.choices)
    if column.digits:
        cell = f"{xl_col_to_name(place)}2"
        return {
            "validate": "custom",
            "value": f"=AND(ISTEXT({cell}),LEN({cell})={column.digits},ISNUMBER(-{cell}))",
            "error_title": "Nomor belum benar",
            "error_message": f"{column.header} harus {column.digits} angka, ditulis sebagai teks.",
        }
    if column.earliest and column.latest:
        return {
            "validate": "date",
            "criteria": "between",
            "minimum": column.earliest,
            "maximum": column.latest,
            "error_title": "Tanggal belum benar",
            "error_message": "Tulis hari-bulan-tahun, contoh 17-08-1985, dalam rentang "
            f"{column.earliest:%d-%m-%Y} sampai {column.latest:%d-%m-%Y}.",
        }
    return None


def _choice_rule(name: str) -> dict[str, object]:
    return {
        "validate": "list",
        "source": f"={_list_name(name)}",
        "error_type": "warning",
        "error_title": "Pilihan tidak dikenal",
        "error_message": "Pilih salah satu dari daftar agar baris ini tidak tertahan.",
    }


def _write_reasons(sheet: Worksheet, formats: _Formats, content: ErrorBook) -> None:
    sheet.set_column(0, 0, 70)
    sheet.set_column(1, 1, 28)
    sheet.set_column(2, 2, 12)
    _text(sheet, (0, 0), f"{EXPLANATION_MARK} · {content.title}", formats.title)
    _text(sheet, (1, 0), f"Berkas asal: {content.source_name}", formats.line)
    lines = content.explanation or _EXPLANATION
    for number, line in enumerate(lines, 1):
        _text(sheet, (number + 2, 0), f"{number}. {line}", formats.line)
    start = len(lines) + 4
    for place, header in enumerate(("Sebab", "Kode", "Baris")):
        _text(sheet, (start, place), header, formats.head)
    for number, reason in enumerate(content.reasons, start + 1):
        _text(sheet, (number, 0), reason.label, formats.line)
        _text(sheet, (number, 1), reason.code, formats.line)
        sheet.write_number(number, 2, reason.rows, formats.plain(ColumnKind.INTEGER))


_EXPLANATION = (
    "Perbaiki sel berwarna pada lembar Perbaikan. Merah harus diperbaiki; kuning perlu diperiksa.",
    "Kolom Apa yang salah dan Yang diharapkan menjelaskan setiap baris.",
    "Jangan mengubah judul kolom dan jangan menghapus kolom di sebelah kanan.",
    "Simpan berkas ini, lalu kirim kembali atau muat lagi: hanya baris di sini yang diperbarui.",
)


def _offer_choices(book: Workbook, sheet: Worksheet, choices: Mapping[int, Sequence[str]]) -> None:
    if choices:
        _write_choices(book, {str(place): values for place, values in choices.items()})
    for place in choices:
        sheet.data_validation(1, place, _LAST_ROW, place, _choice_rule(str(place)))


class _ErrorRows:
    """Write held rows under the sender's headings, and what is wrong beside them."""

    def __init__(self, sheet: Worksheet, formats: _Formats, content: ErrorBook) -> None:
        self._sheet = sheet
        self._formats = formats
        self._width = len(content.headers)
        self._text_columns = content.text_columns

    def write(self, number: int, row: ErrorRow) -> None:
        colours = _colours(row.problems)
        for place in range(self._width):
            cell = row.cells[place] if place < len(row.cells) else None
            self._write_cell(number, place, cell, colours.get(place, ""))
        sheet, width = self._sheet, self._width
        sheet.write_number(number, width, row.row)
        _text(sheet, (number, width + 1), row.sheet)
        _text(
            sheet,
            (number, width + 2),
            ", ".join(filter(None, (problem.code for problem in row.problems))),
        )
        for place, lines in enumerate(
            ([p.message for p in row.problems], [p.expected for p in row.problems if p.expected])
        ):
            _text(sheet, (number, width + 3 + place), "\n".join(lines), self._formats.line)
        _text(sheet, (number, width + len(ADDED_HEADERS)), row.key)

    def _write_cell(self, row: int, column: int, cell: Cell, colour: str) -> None:
        """Keep the type that was sent: a number made into text would look mended."""
        kind = ColumnKind.TEXT if column in self._text_columns else None
        moment = _moment(cell)
        if moment is not None:
            wanted = self._formats.plain(ColumnKind.DATE, colour)
            self._sheet.write_datetime(row, column, moment, wanted)
            return
        wanted = self._formats.plain(kind, colour)
        if isinstance(cell, bool):
            self._sheet.write_boolean(row, column, cell, wanted)
        elif isinstance(cell, int | float):
            self._sheet.write_number(row, column, cell, wanted)
        else:
            text = cell[1] if isinstance(cell, list) else cell or ""
            _text(self._sheet, (row, column), text, wanted)


def _moment(cell: Cell) -> date | None:
    if not isinstance(cell, list) or cell[0] not in ("d", "dt"):
        return None
    moment = datetime.fromisoformat(cell[1])
    return moment if moment.year >= _FIRST_YEAR else None  # Excel knows no earlier day


def _colours(problems: Sequence[CellProblem]) -> dict[int, str]:
    colours: dict[int, str] = {}
    for problem in problems:
        if problem.column is not None:
            colour = _ERROR if problem.is_error else _WARNING
            colours[problem.column] = _ERROR if colours.get(problem.column) == _ERROR else colour
    return colours


def _write_table_sheet(sheet: Worksheet, formats: _Formats, content: TableSheet) -> None:
    for place, column in enumerate(content.columns):
        sheet.set_column(place, place, column.width)
    _text(sheet, (0, 0), content.title, formats.title)
    row = 1
    for row, line in enumerate(content.subtitles, 1):
        _text(sheet, (row, 0), line)
    row += 2
    for place, column in enumerate(content.columns):
        _text(sheet, (row, place), column.header, formats.head)
    sheet.freeze_panes(row + 1, 0)
    sheet.repeat_rows(row)
    lines = [(cells, False) for cells in content.rows]
    if content.total is not None:
        lines.append((content.total, True))
    for row, (cells, is_total) in enumerate(lines, row + 1):  # noqa: B020 goes on where it was
        for place, cell in enumerate(cells):
            wanted = formats.framed(content.columns[place].kind, is_total=is_total)
            _table_cell(sheet, (row, place), cell, wanted)
    for row, note in enumerate(content.notes, row + 2):  # noqa: B020 goes on where it was
        _text(sheet, (row, 0), note)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _table_cell(sheet: Worksheet, at: tuple[int, int], cell: TableCell, wanted: Format) -> None:
    if cell is None:
        sheet.write_blank(*at, None, wanted)
    elif isinstance(cell, str):
        _text(sheet, at, cell, wanted)
    elif isinstance(cell, date):
        sheet.write_datetime(*at, cell, wanted)
    else:
        sheet.write_number(*at, cell, wanted)


def _text(sheet: Worksheet, at: tuple[int, int], text: str, wanted: Format | None = None) -> None:
    sheet.write_string(*at, text[:_MAX_CELL_CHARS], wanted)


def _sheet_name(name: str, taken: set[str]) -> str:
    clean = _NOT_IN_SHEET_NAMES.sub(" ", name).strip(" '")[:_MAX_SHEET_NAME] or "Lembar"
    candidate, number = clean, 2
    while candidate.lower() in taken:
        suffix = f" {number}"
        candidate = clean[: _MAX_SHEET_NAME - len(suffix)] + suffix
        number += 1
    return candidate
