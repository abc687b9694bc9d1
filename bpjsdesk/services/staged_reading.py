"""Gather one file's rows and sheets for staging: every row ends among the lines or as a blank."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from bpjsdesk.domain.column_guess import date_order, unread_columns
from bpjsdesk.domain.columns import ColumnMap, Origin
from bpjsdesk.domain.enrollment import BatchRequest, LineStatus
from bpjsdesk.domain.names import place_key
from bpjsdesk.domain.row_kinds import is_blank_row
from bpjsdesk.errors import UserError
from bpjsdesk.services.list_reader import (
    ListEnd,
    ListRows,
    SheetHead,
    SheetRest,
    Synonyms,
    list_begins,
)
from bpjsdesk.storage.enrollment import NewLine
from bpjsdesk.storage.sheets import SheetRow, top_text
from bpjsdesk.storage.workbook import RawRow

SHEET_NAME_HEADING = "Nama lembar"
_FEWEST_VILLAGES = 2
_VILLAGE_WORDS = ("KEL ", "KEL.", "KELURAHAN ", "DESA ", "DS ", "DS.")


@dataclass(slots=True, kw_only=True)
class _Sheet:
    head: SheetHead
    columns: ColumnMap | None
    is_joined: bool = False
    rows: int = 0
    width: int = 0
    births: set[str] = field(default_factory=set)
    rest: Sequence[RawRow] = ()


class StagedReading:
    """Take the parts of a file as they are read, then settle what concerns all sheets."""

    def __init__(self, request: BatchRequest, unread_by: Synonyms | None = None) -> None:
        """Make ready; `unread_by` keeps a file in which no list was found for a clerk.

        It holds the spellings of headings; without it such a file is refused.
        """
        self.request = request
        self._unread_by = unread_by
        self.digest = ""
        self.hidden_sheets: tuple[str, ...] = ()
        self.blank = 0
        self._sheets: dict[str, _Sheet] = {}
        self._rows: list[tuple[str, int, str, int]] = []
        self._sheet_name_at: int | None = None

    @property
    def read(self) -> int:
        return len(self._rows) + self.blank

    @property
    def expected(self) -> int:
        return sum(sheet.head.rows for sheet in self._sheets.values() if sheet.columns)

    @property
    def columns(self) -> dict[str, ColumnMap]:
        """Give the columns of every sheet that has rows of a list."""
        return {name: sheet.columns for name, sheet in self._sheets.items() if sheet.columns}

    @property
    def left_out(self) -> tuple[str, ...]:
        """Name the sheets whose rows are kept but do not belong to the list."""
        sheets = self._sheets.items()
        return tuple(name for name, sheet in sheets if sheet.columns and not sheet.is_joined)

    def take(self, part: SheetHead | ListRows | SheetRest | ListEnd) -> None:
        """Keep what has been read.

        Raises: UserError CORRECTION_FILE, CORRECTION_PASTED.
        """
        if isinstance(part, SheetHead):
            _require_no_row_keys(part, is_pasted=self.request.pasted is not None)
            self._sheets[part.name] = _Sheet(head=part, columns=part.columns)
        elif isinstance(part, ListRows):
            self._take_rows(self._sheets[part.sheet], part)
        elif isinstance(part, SheetRest):
            self._sheets[part.sheet].rest = part.rows
        else:
            self.digest, self.hidden_sheets = part.digest, part.skipped_sheets

    def _take_rows(self, sheet: _Sheet, part: ListRows) -> None:
        name, kept = part.sheet, len(self._rows)
        self._rows += [
            (name, number, raw, len(cells))
            for number, cells, raw in part.rows
            if not is_blank_row(cells)
        ]
        kept = len(self._rows) - kept
        self.blank += len(part.rows) - kept
        sheet.rows += len(part.rows)
        sheet.width = max(sheet.width, max((len(row[1]) for row in part.rows), default=0))
        at = part.columns.birth_index
        if at is not None:
            texts = (cells[at] for _number, cells, _raw in part.rows if at < len(cells))
            sheet.births.update(text for text in texts if isinstance(text, str))

    def finish(self, villages: Callable[[], frozenset[str]]) -> None:
        """Settle which sheets are joined, what their names say, and the order of their dates.

        `villages` gives the keys of the villages of the agreement's region; it is asked only where
        the names of the sheets may be villages.
        Raises: UserError HEADER_NOT_FOUND, WORKBOOK_EMPTY.
        """
        self._require_list()
        found_any = any(sheet.head.is_found for sheet in self._sheets.values())
        for sheet in self._sheets.values():
            sheet.is_joined = sheet.columns is not None and (sheet.head.is_found or not found_any)
        self._use_sheet_names(villages)
        self._order_dates()

    def _require_list(self) -> None:
        sheets = self._sheets.values()
        if sheets and not any(sheet.columns for sheet in sheets):
            self._take_unread()
        for sheet in sheets:
            sheet.rest = ()
        if not self._rows:
            raise UserError(
                "WORKBOOK_EMPTY",
                f"Berkas {self.request.path.name} tidak berisi baris peserta di bawah judul kolom. "
                "Periksa lembar yang disimpan, lalu ulangi.",
            )

    def _take_unread(self) -> None:
        """Keep what may be a list although nothing in it looks like one: a clerk will say.

        Raises: UserError HEADER_NOT_FOUND where no sheet holds a table.
        """
        for sheet in sorted(self._sheets.values(), key=lambda sheet: -len(sheet.rest)):
            rows = [cells for _number, cells, _raw in sheet.rest]
            columns = unread_columns(rows, self._unread_by) if self._unread_by else None
            if columns is None:
                continue
            is_largest = not any(each.columns for each in self._sheets.values())
            begins = list_begins(rows, columns)
            head = replace(sheet.head, columns=columns, begins=begins, is_found=is_largest)
            sheet.head, sheet.columns = head, columns
            part = ListRows(
                sheet=head.name, columns=columns, rows=sheet.rest[begins:], expected=head.rows
            )
            self._take_rows(sheet, part)
        if not any(sheet.columns for sheet in self._sheets.values()):
            head = next(iter(self._sheets.values())).head
            raise UserError("HEADER_NOT_FOUND", f"Lembar “{head.name}”: {head.missing}")

    def _use_sheet_names(self, villages: Callable[[], frozenset[str]]) -> None:
        """Let the names of the sheets be a column where they are villages and no column is."""
        joined = {name: sheet for name, sheet in self._sheets.items() if sheet.is_joined}
        maps = [sheet.columns for sheet in joined.values() if sheet.columns]
        if len(joined) < _FEWEST_VILLAGES or any(found.index("village") for found in maps):
            return
        known = villages()
        named = [name for name in joined if _is_village(name, known)]
        if len(named) < _FEWEST_VILLAGES:
            return
        at = max(*(sheet.width for sheet in joined.values()), *(len(m.headers) for m in maps))
        self._sheet_name_at = at
        for sheet in joined.values():
            if sheet.columns:
                sheet.columns = _with_sheet_name(sheet.columns, at)

    def _order_dates(self) -> None:
        texts: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        for sheet in self._sheets.values():
            if sheet.columns:
                texts[sheet.columns.headers] |= sheet.births
        orders = {headers: date_order(found) for headers, found in texts.items()}
        for sheet in self._sheets.values():
            if sheet.columns:
                order = orders[sheet.columns.headers]
                sheet.columns = replace(sheet.columns, date_order=order)

    def sheet_rows(self) -> tuple[SheetRow, ...]:
        """Give the sheets as the store takes them, hidden ones last."""
        hidden = (
            SheetRow(name=name, joined=False, header_row=0, first_row=0, rows=0, top="[]")
            for name in self.hidden_sheets
        )
        return (*map(_sheet_row, self._sheets.values()), *hidden)

    def lines(self, batch_id: int) -> Iterator[NewLine]:
        """Give the rows as the store takes them: none is judged yet."""
        held, at = LineStatus.HELD.value, self._sheet_name_at
        for sheet, number, raw, width in self._rows:
            if at is not None and self._sheets[sheet].is_joined:
                raw = with_cell_at(raw, width, at, sheet)  # noqa: PLW2901  # the row as it is kept
            yield NewLine(batch_id, sheet, number, held, "", None, raw)


def with_cell_at(raw: str, width: int, at: int, text: str) -> str:
    """Put a text behind the cells of a row, which are JSON text, at one place for all rows."""
    blanks = ["null"] * (at - width)
    cells = [raw[1:-1], *blanks] if width else blanks
    return f"[{','.join([*cells, json.dumps(text, ensure_ascii=False)])}]"


def _is_village(name: str, known: frozenset[str]) -> bool:
    return name.upper().strip().startswith(_VILLAGE_WORDS) or place_key(name) in known


def _require_no_row_keys(head: SheetHead, *, is_pasted: bool) -> None:
    """Raises: UserError CORRECTION_FILE, CORRECTION_PASTED: such rows are stored already."""
    if head.columns is None or head.columns.index("row_key") is None:
        return
    if is_pasted:
        # a cell that nobody touched would look changed: what is copied is what a cell shows
        raise UserError(
            "CORRECTION_PASTED",
            "Tabel yang ditempel berasal dari berkas koreksi program ini. Tempelan hanya membawa "
            "yang tampak di layar, sehingga tanggal dan nomor panjang dapat berubah; tidak ada "
            "yang disimpan. Simpan berkas koreksinya di Excel, lalu seret berkas itu ke sini atau "
            "buka batch asalnya dan pilih “Muat koreksi”.",
        )
    raise UserError(
        "CORRECTION_FILE",
        "Berkas ini berkas koreksi dari program ini: barisnya kembali ke batch asalnya. "
        "Muat lewat “Muat koreksi”.",
    )


def _with_sheet_name(columns: ColumnMap, at: int) -> ColumnMap:
    blanks = ("",) * (at - len(columns.headers))
    return replace(
        columns,
        headers=(*columns.headers, *blanks, SHEET_NAME_HEADING),
        fields={**columns.fields, "village": at},
        origins={**columns.origins, "village": Origin.SHEET},
    )


def _sheet_row(sheet: _Sheet) -> SheetRow:
    head = sheet.head
    first = head.top[0][0] if head.top else 1
    heading = head.columns.header_row if head.columns else -1
    return SheetRow(
        name=head.name,
        joined=sheet.is_joined,
        header_row=first + heading if heading >= 0 else 0,
        first_row=first + head.begins,
        rows=sheet.rows or head.rows,
        top=top_text((number, raw) for number, _cells, raw in head.top),
    )
