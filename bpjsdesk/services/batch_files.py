"""Workbooks around a batch: the empty list to send out, and the held rows to send back."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bpjsdesk.domain.columns import ColumnMap, numbered_headings, plain_headings
from bpjsdesk.domain.enrollment import LineStatus
from bpjsdesk.domain.identity import NIK_LENGTH
from bpjsdesk.domain.row_issues import FIELD_OF_ISSUE, ISSUE_SENTENCES, IssueCode, Levels
from bpjsdesk.domain.workbook_values import (
    CellProblem,
    EnrollmentChoices,
    ErrorBook,
    ErrorRow,
    ReasonCount,
    enrollment_template,
)
from bpjsdesk.services.batch_check import BatchCheck, status_of
from bpjsdesk.services.batch_import import row_key
from bpjsdesk.services.batches import CORRECT, columns_of, get_batch, stored_rows
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.list_reader import Synonyms
from bpjsdesk.services.senders import sender_profile
from bpjsdesk.services.template_notes import for_sender
from bpjsdesk.storage import batch_reference, enrollment
from bpjsdesk.storage.workbook_write import write_error_workbook as write_book
from bpjsdesk.storage.workbook_write import write_template as write_empty_list

TEMPLATE_VERSION = "1"
ADDED_COLUMNS = 5  # before the key: row, sheet, codes, what is wrong, what is expected
EARLIEST_BIRTH = date(1900, 1, 1)
IDENTIFIERS = frozenset({"nik", "family_card_no", "phone", "account_no", "row_key"})


def write_template(
    context: AppContext, agreement_id: int, out: Path, *, sender_id: int | None = None
) -> Path:
    """Write an empty list for the partner of an agreement, with its villages to choose from.

    For a known sender it carries notes against the usual mistakes and the occupations in use.
    Raises: UserError AGREEMENT_MISSING, SENDER_MISSING; EnvironmentProblem.
    """
    context.user.require("read.batches")
    profile = sender_profile(context, sender_id) if sender_id is not None else None
    with context.database.read() as connection:
        facts = batch_reference.template_facts(connection, agreement_id)
        spellings = batch_reference.synonyms(connection)
    choices = EnrollmentChoices(
        sexes=("L", "P"),
        categories=facts.categories,
        villages=facts.villages,
        earliest_birth=EARLIEST_BIRTH,
        latest_birth=context.clock().date(),
    )
    spec = enrollment_template(
        version=TEMPLATE_VERSION,
        title=f"Daftar peserta · {facts.title}",
        choices=choices,
        nik_digits=NIK_LENGTH,
    )
    if profile is not None:
        spec = for_sender(spec, profile, synonyms=spellings, field_of_issue=FIELD_OF_ISSUE)
    write_empty_list(out, spec)
    return out


def write_error_workbook(context: AppContext, batch_id: int, out: Path) -> int:
    """Write the held rows of a stored batch; with their keys they can be loaded again.

    Returns the number of rows written; NIKs are in full, so it is for those who may mend them.
    Raises: UserError BATCH_MISSING, NOT_PERMITTED; EnvironmentProblem.
    """
    context.user.require(CORRECT)
    detail = get_batch(context, batch_id)
    rows = stored_rows(context, batch_id, LineStatus.HELD)
    with context.database.read() as connection:
        columns = columns_of(enrollment.batch_row(connection, batch_id).header)
        spellings = batch_reference.synonyms(connection)
    held = [
        _HeldRow(
            sheet=line.sheet,
            row=line.row_no,
            key=row_key(context, batch_id, line.line_id),
            cells=line.cells,
            codes=tuple(IssueCode(code) for code in line.codes),
        )
        for line, _row in rows
    ]
    title = f"Batch {detail.item.number} · {len(held)} baris ditahan"
    sheets = _Sheets(columns, detail.item.source_name, spellings, detail.levels)
    return _write(out, title, sheets, held)


def write_check_errors(context: AppContext, check: BatchCheck, out: Path) -> int:
    """Write the held rows of a check that was not stored; they carry no keys.

    Returns the number of rows written. Raises: EnvironmentProblem.
    """
    context.user.require("read.batches")
    with context.database.read() as connection:
        spellings = batch_reference.synonyms(connection)
    held = [
        _HeldRow(sheet=row.sheet, row=row.row_no, key="", cells=cells, codes=row.codes)
        for row, cells in check.staged
        if status_of(row) is LineStatus.HELD
    ]
    name = check.request.path.name
    sheets = _Sheets(check.columns, name, spellings, check.levels)
    return _write(out, f"{name} · {len(held)} baris ditahan", sheets, held)


@dataclass(frozen=True, slots=True, kw_only=True)
class _HeldRow:
    sheet: str
    row: int
    key: str
    cells: str
    codes: tuple[IssueCode, ...]


class _Sheets:
    """Lay the columns of all sheets over each other under one row of headings.

    Columns of the same field share one, however each sheet calls it: only one is read again.
    """

    def __init__(
        self,
        columns: Mapping[str, ColumnMap],
        source_name: str,
        spellings: Synonyms,
        levels: Levels,
    ) -> None:
        self.source_name, self.levels = source_name, levels
        self._columns = columns
        headings: dict[object, str] = {}
        places: dict[object, int] = {}
        self._places: dict[str, list[int]] = {}
        for sheet, found in columns.items():
            named = _own_headings(found, spellings)
            for key, text in named:
                headings.setdefault(key, text)
                places.setdefault(key, len(places))
            self._places[sheet] = [places[key] for key, _text in named]
        self.headers = tuple(headings.values())
        self.text_columns = frozenset(
            self._places[sheet][index]
            for sheet, found in columns.items()
            for field, index in found.fields.items()
            if field in IDENTIFIERS and index < len(self._places[sheet])
        )

    def cells(self, row: _HeldRow) -> list[object]:
        """Put a row's cells under the common headings."""
        placed: list[object] = [None] * len(self.headers)
        for place, cell in zip(self._places[row.sheet], json.loads(row.cells), strict=False):
            placed[place] = cell
        return placed

    def column(self, row: _HeldRow, code: IssueCode) -> int | None:
        """Find the common column that an issue is about."""
        fields = self._columns[row.sheet].fields
        index = fields.get(FIELD_OF_ISSUE.get(code, ""))
        return None if index is None else self._places[row.sheet][index]


def _own_headings(columns: ColumnMap, spellings: Synonyms) -> list[tuple[object, str]]:
    """Give what tells each column apart, and its heading.

    What an earlier error workbook has added at the right is left out.
    """
    fields = {index: field for field, index in columns.fields.items()}
    numbered = numbered_headings(plain_headings(columns, spellings))
    added = columns.fields.get("row_key")
    own = numbered if added is None else numbered[: max(added - ADDED_COLUMNS, 0)]
    return [(fields.get(index, heading), heading[0]) for index, heading in enumerate(own)]


def _write(out: Path, title: str, sheets: _Sheets, held: Sequence[_HeldRow]) -> int:
    book = ErrorBook(
        title=title,
        source_name=sheets.source_name,
        headers=sheets.headers,
        rows=_error_rows(sheets, held),
        reasons=_reasons(held),
        text_columns=sheets.text_columns,
    )
    write_book(out, book)
    return len(held)


def _error_rows(sheets: _Sheets, held: Iterable[_HeldRow]) -> Iterator[ErrorRow]:
    for row in held:
        problems = tuple(
            _problem(sheets.column(row, code), code, sheets.levels) for code in row.codes
        )
        yield ErrorRow(
            sheet=row.sheet,
            row=row.row,
            key=row.key,
            cells=sheets.cells(row),  # type: ignore[arg-type]  # JSON gives back what was a Cell
            problems=problems,
        )


def _problem(column: int | None, code: IssueCode, levels: Levels) -> CellProblem:
    wrong, _, mend = ISSUE_SENTENCES[code].partition(". ")
    return CellProblem(
        code=code.value,
        column=column,
        message=wrong.rstrip(".") + ".",
        expected=mend,
        is_error=levels.is_error(code),
    )


def _reasons(held: Iterable[_HeldRow]) -> tuple[ReasonCount, ...]:
    counts: dict[IssueCode, int] = {}
    for row in held:
        for code in row.codes:
            counts[code] = counts.get(code, 0) + 1
    ordered = sorted(counts.items(), key=lambda pair: -pair[1])
    return tuple(
        ReasonCount(code=code.value, label=ISSUE_SENTENCES[code].partition(". ")[0], rows=rows)
        for code, rows in ordered
    )
