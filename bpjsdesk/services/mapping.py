"""Screens 1 and 2 of a list in work: its sheets, where each heading stands, what columns mean."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bpjsdesk.domain.cells import Cell, cell_text, label_key
from bpjsdesk.domain.column_guess import guessed_columns, unread_columns
from bpjsdesk.domain.columns import (
    FIELDS,
    REQUIRED,
    ColumnMap,
    DateOrder,
    Origin,
    column_letter,
    remapped,
)
from bpjsdesk.domain.field_labels import FIELD_LABELS, ORDER_WORDS
from bpjsdesk.domain.staging import SheetStep
from bpjsdesk.errors import UserError
from bpjsdesk.services.batches import kept_headings
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.heading_lines import lay_list_from
from bpjsdesk.services.intake import leave_sheet_out
from bpjsdesk.services.list_reader import list_begins
from bpjsdesk.services.sheet_steps import add_sheet_step, carry_out, require_draft
from bpjsdesk.services.staged_reading import SHEET_NAME_HEADING
from bpjsdesk.services.staging import StagedList
from bpjsdesk.services.work_columns import cells_of, same_columns, with_date_orders
from bpjsdesk.storage import senders, sheets
from bpjsdesk.storage.batch_reference import synonyms
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.sheets import SheetRow

MAPPABLE = tuple(field for field in FIELDS if field != "row_key")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """A sheet of the file: whether it belongs to the list, or why not, and its first rows.

    `header_row` and `first_row` are numbers as the spreadsheet shows them, 0 for none; `top` gives
    the first rows, by number, as text.
    """

    name: str
    joined: bool
    why: str
    header_row: int
    first_row: int
    rows: int
    top: tuple[tuple[int, tuple[str, ...]], ...]


def sheet_views(context: AppContext, work: StagedList) -> tuple[SheetView, ...]:
    """Give all sheets of the file in their order, hidden ones last."""
    context.user.require("read.batches")
    with context.database.read() as connection:
        found = sheets.sheets_of(connection, work.batch_id)
    return tuple(
        SheetView(
            name=sheet.name,
            joined=sheet.joined,
            why=_why(sheet, work.rules.columns.get(sheet.name)),
            header_row=sheet.header_row,
            first_row=sheet.first_row,
            rows=sheet.rows,
            top=tuple((row.number, tuple(map(cell_text, row.cells))) for row in sheet.top_rows),
        )
        for sheet in found
    )


def _why(sheet: SheetRow, columns: ColumnMap | None) -> str:
    if sheet.first_row == 0:
        return "Tersembunyi di berkas. Tampilkan lembar ini di Excel bila isinya harus dimuat."
    if columns is None:
        return "Tanpa daftar: tidak ada judul NIK dan Nama, tidak ada sel berisi NIK."
    if not REQUIRED.keys() <= columns.fields.keys():
        return "Judul NIK dan Nama tidak ditemukan. Pilih baris judulnya atau sebutkan kolomnya."
    if columns.is_guessed:
        return "Judul NIK dan Nama tidak ditemukan; kolom ditebak dari isinya. Putuskan kolomnya."
    return "" if sheet.joined else "Tidak digabung ke daftar ini."


def change_mapping(
    context: AppContext,
    work: StagedList,
    changes: Mapping[tuple[str, int], str],
    *,
    request_id: str,
) -> StagedList:
    """Let columns mean other fields, "" for none, on every sheet with the same heading.

    Columns without a field stay with their rows. What was changed is remembered for the sender.
    Raises: UserError FIELD_UNKNOWN, COLUMN_MISSING, MAPPING_REQUIRED, NOT_PERMITTED, CONFLICT.
    """
    columns = dict(work.rules.columns)
    for sheet, wanted in _by_sheet(work, changes).items():
        for name in same_columns(work, sheet):
            before, columns[name] = columns[name], remapped(columns[name], wanted, Origin.CLERK)
            _require_fields(name, before, columns[name])
    columns = with_date_orders(work, columns)
    heard, shown = _heard(work, changes), _shown_headings(work, changes)

    def act(connection: Connection) -> Mapping[str, object]:
        before = _before(connection, work) | _remembered(connection, work, heard, shown)
        note, rule = _note(changes), SheetStep.MAP_COLUMNS
        add_sheet_step(context, connection, work.batch_id, rule, note=note, before=before)
        sheets.set_header(connection, work.batch_id, kept_headings(columns))
        return {"rule": rule.value, "columns": len(changes)}

    return carry_out(context, work, act, request_id=request_id)


def _note(changes: Mapping[tuple[str, int], str]) -> str:
    return ", ".join(
        f"{column_letter(at)} menjadi {FIELD_LABELS.get(field, 'tidak dipakai')}"
        for (_sheet, at), field in changes.items()
    )


def _heard(work: StagedList, changes: Mapping[tuple[str, int], str]) -> dict[str, str]:
    """Give what the headings of the file have been said to mean."""
    return {
        label_key(heading): field
        for (sheet, at), field in changes.items()
        if (heading := work.rules.columns[sheet].headers[at]) and heading != SHEET_NAME_HEADING
    }


def _shown_headings(work: StagedList, changes: Mapping[tuple[str, int], str]) -> dict[str, str]:
    """Give headings as they are written, by their keys."""
    headings = (work.rules.columns[sheet].headers[at] for sheet, at in changes)
    return {label_key(heading): heading for heading in headings}


def choose_date_order(
    context: AppContext,
    work: StagedList,
    sheet: str,
    *,
    month_first: bool | None,
    request_id: str,
) -> StagedList:
    """Say that the birth dates of a column are month first, or day first; None lets them tell.

    Raises: UserError SHEET_MISSING, NOT_PERMITTED, CONFLICT.
    """
    chosen = DateOrder.MONTH_CHOSEN if month_first else DateOrder.DAY_CHOSEN
    wanted = DateOrder.ASSUMED if month_first is None else chosen
    columns = dict(work.rules.columns)
    for name in same_columns(work, sheet):
        columns[name] = replace(columns[name], date_order=wanted)
    columns = with_date_orders(work, columns)

    def act(connection: Connection) -> Mapping[str, object]:
        before, rule = _before(connection, work), SheetStep.DATE_ORDER
        note = ORDER_WORDS[columns[sheet].date_order]
        add_sheet_step(context, connection, work.batch_id, rule, note=note, before=before)
        sheets.set_header(connection, work.batch_id, kept_headings(columns))
        return {"rule": rule.value, "order": wanted.value}

    return carry_out(context, work, act, request_id=request_id)


def move_heading(
    context: AppContext, work: StagedList, sheet: str, row: int, *, request_id: str
) -> StagedList:
    """Let the heading of a sheet stand in another row; its columns are read there anew.

    A sheet that was left out is joined by this.
    Raises: UserError SHEET_MISSING, HEADING_OUT_OF_REACH, HEADING_WITHOUT_NIK, BATCH_DECIDED,
        NOT_PERMITTED, CONFLICT.
    """
    found = _heading_at(context, work, sheet, row)
    columns = with_date_orders(work, {**work.rules.columns, sheet: found.columns})
    kept = found.kept

    def act(connection: Connection) -> Mapping[str, object]:
        require_draft(connection, work)
        heading = {"sheet": sheet, "header_row": kept.header_row, "first_row": kept.first_row}
        before = _before(connection, work) | _joined_now(connection, work, sheet, kept)
        removed = lay_list_from(connection, work.batch_id, sheet, found.first_row)
        before |= {"heading": {**heading, "removed": removed}}
        note, rule = f"Judul lembar “{sheet}” di baris {row}", SheetStep.MOVE_HEADING
        add_sheet_step(context, connection, work.batch_id, rule, note=note, before=before)
        values = {"header_row": row, "joined": True}
        sheets.change_sheet(connection, work.batch_id, sheet, values)
        sheets.set_header(connection, work.batch_id, kept_headings(columns))
        return {"rule": rule.value, "row": row}

    return carry_out(context, work, act, request_id=request_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heading:
    kept: SheetRow
    columns: ColumnMap
    first_row: int


def _heading_at(context: AppContext, work: StagedList, sheet: str, row: int) -> _Heading:
    """Read a row as the heading of a sheet."""
    with context.database.read() as connection:
        kept = _sheet_of(sheets.sheets_of(connection, work.batch_id), work, sheet)
        spellings = synonyms(connection)
        sender_id = senders.sender_of(connection, work.batch_id)
        memory = senders.remembered_columns(connection, sender_id) if sender_id else {}
    top, before = kept.top_rows, work.rules.columns[sheet]
    at = next((place for place, (number, _) in enumerate(top) if number == row), None)
    if at is None:
        raise UserError(
            "HEADING_OUT_OF_REACH",
            f"Judul hanya dapat diletakkan di {len(top)} baris pertama lembar “{sheet}”.",
        )
    last, width = top[-1].number, _own_width(before)
    rows: list[list[Cell]] = [cells for _number, cells in top]
    rows += [cells[:width] for number, cells in cells_of(work, [sheet]) if number > last]
    found = guessed_columns(rows, spellings, at=at, remembered=memory)
    if found is None and "nik" not in before.fields:
        found = unread_columns(rows, spellings, at=at, remembered=memory)
    if found is None:
        raise UserError(
            "HEADING_WITHOUT_NIK",
            f"Di bawah baris {row} lembar “{sheet}” tidak ada kolom NIK. Pilih baris judul lain.",
        )
    first_row = top[0].number + list_begins(rows, found)
    return _Heading(kept=kept, columns=_like_before(found, before), first_row=first_row)


def join_sheets(
    context: AppContext, work: StagedList, joined: Mapping[str, bool], *, request_id: str
) -> StagedList:
    """Let sheets belong to the list, or leave them out; each is a step of its own.

    Raises: UserError SHEET_MISSING, LAST_SHEET, BATCH_DECIDED, NOT_PERMITTED, CONFLICT.
    """
    with context.database.read() as connection:
        found = sheets.sheets_of(connection, work.batch_id)
    changed = {
        name: wanted
        for name, wanted in joined.items()
        if _sheet_of(found, work, name).joined != wanted
    }
    if not any(changed.get(sheet.name, sheet.joined) for sheet in found):
        raise UserError("LAST_SHEET", "Paling sedikit satu lembar harus digabung ke daftar.")

    def act(connection: Connection) -> Mapping[str, object]:
        require_draft(connection, work)
        for name, wanted in changed.items():
            if wanted:
                before = _joined_now(connection, work, name, _sheet_of(found, work, name))
                note, rule = f"Lembar “{name}” digabung", SheetStep.JOIN_SHEET
                add_sheet_step(context, connection, work.batch_id, rule, note=note, before=before)
            else:
                leave_sheet_out(context, connection, work.batch_id, name)
            sheets.change_sheet(connection, work.batch_id, name, {"joined": wanted})
        return {"joined": dict(changed)}

    return carry_out(context, work, act, request_id=request_id)


def _by_sheet(
    work: StagedList, changes: Mapping[tuple[str, int], str]
) -> Mapping[str, Mapping[int, str]]:
    found: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for (sheet, at), field in changes.items():
        if field and field not in MAPPABLE:
            raise UserError(
                "FIELD_UNKNOWN", f"“{field}” bukan isian daftar peserta. Pilih dari daftarnya."
            )
        columns = work.rules.columns.get(sheet)
        if columns is None or not 0 <= at < len(columns.headers):
            raise UserError(
                "COLUMN_MISSING", f"Lembar “{sheet}” tidak punya kolom {column_letter(at)}."
            )
        found[sheet][at] = field
    return found


def _require_fields(sheet: str, before: ColumnMap, after: ColumnMap) -> None:
    """Raises: UserError MAPPING_REQUIRED where NIK or name would be lost."""
    lost = before.fields.keys() - after.fields.keys()
    missing = [label for field, label in REQUIRED.items() if field in lost]
    if missing:
        raise UserError(
            "MAPPING_REQUIRED",
            f"Lembar “{sheet}”: kolom {' dan '.join(missing)} wajib ada. Pilih dahulu kolom lain "
            "yang memuatnya, lalu ubah kolom ini.",
        )


def _before(connection: Connection, work: StagedList) -> dict[str, object]:
    return {"header": sheets.header_of(connection, work.batch_id)}


def _remembered(
    connection: Connection, work: StagedList, heard: Mapping[str, str], shown: Mapping[str, str]
) -> dict[str, object]:
    """Remember for the sender what headings mean; gives what was remembered before."""
    sender_id = senders.sender_of(connection, work.batch_id)
    if sender_id is None or not heard:
        return {}
    earlier = senders.remembered_columns(connection, sender_id)
    texts = senders.remembered_texts(connection, sender_id)
    senders.remember_columns(connection, sender_id, heard, shown)
    columns = {heading: earlier.get(heading) for heading in heard}
    before = {heading: texts[("", heading)] for heading in heard if heading in earlier}
    memory = {"sender_id": sender_id, "columns": columns, "shown": before, "taught": dict(heard)}
    return {"memory": memory}


def _sheet_of(found: Sequence[SheetRow], work: StagedList, name: str) -> SheetRow:
    """Raises: UserError SHEET_MISSING."""
    kept = next((sheet for sheet in found if sheet.name == name), None)
    if kept is None or name not in work.rules.columns:
        raise UserError(
            "SHEET_MISSING",
            f"Lembar “{name}” tidak ada di berkas ini atau tidak berisi daftar peserta.",
        )
    return kept


def _own_width(columns: ColumnMap) -> int | None:
    """Count the columns of the file itself: the name of the sheet is none of them."""
    named = SHEET_NAME_HEADING in columns.headers
    return columns.headers.index(SHEET_NAME_HEADING) if named else None


def _like_before(found: ColumnMap, old: ColumnMap) -> ColumnMap:
    """Keep the column that holds the name of the sheet, which no row of the file has."""
    at = _own_width(old)
    if at is None:
        return found
    blanks = ("",) * (at - len(found.headers))
    found = replace(found, headers=(*found.headers[:at], *blanks, SHEET_NAME_HEADING))
    if found.index("village") is not None or old.index("village") != at:
        return found
    return remapped(found, {at: "village"}, Origin.SHEET)


def _joined_now(
    connection: Connection, work: StagedList, name: str, kept: SheetRow
) -> dict[str, object]:
    """Let the rows of a sheet that was left out take part; gives what was decided about them."""
    if kept.joined:
        return {}
    rule = SheetStep.LEAVE_SHEET
    steps = {step.step_id for step in work.steps if step.rule == rule and not step.undone_at}
    lines = sheets.lines_of_sheet(connection, work.batch_id, name).values()
    found = [row for row in sheets.decisions_of(connection, lines) if row.step_id in steps]
    sheets.forget_decisions(connection, found)
    return {"joined": {name: False}, "decisions": [list(row) for row in found]}
