"""Workbooks around a batch: the empty list to send out, and the held rows to send back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

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
from bpjsdesk.services.batches import CORRECT, columns_of, get_batch, stored_rows
from bpjsdesk.services.common_columns import CommonColumns
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.row_keys import row_key
from bpjsdesk.services.senders import sender_profile
from bpjsdesk.services.template_notes import for_sender
from bpjsdesk.storage import batch_reference, enrollment
from bpjsdesk.storage.workbook_write import write_error_workbook as write_book
from bpjsdesk.storage.workbook_write import write_template as write_empty_list

TEMPLATE_VERSION = "1"
EARLIEST_BIRTH = date(1900, 1, 1)


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
    paper = _Paper(
        title=title,
        source_name=detail.item.source_name,
        common=CommonColumns(columns, spellings),
        levels=detail.levels,
    )
    return _write(out, paper, held)


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
    paper = _Paper(
        title=f"{name} · {len(held)} baris ditahan",
        source_name=name,
        common=CommonColumns(check.columns, spellings),
        levels=check.levels,
    )
    return _write(out, paper, held)


@dataclass(frozen=True, slots=True, kw_only=True)
class _HeldRow:
    sheet: str
    row: int
    key: str
    cells: str
    codes: tuple[IssueCode, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paper:
    title: str
    source_name: str
    common: CommonColumns
    levels: Levels


def _write(out: Path, paper: _Paper, held: Sequence[_HeldRow]) -> int:
    book = ErrorBook(
        title=paper.title,
        source_name=paper.source_name,
        headers=paper.common.headers,
        rows=_error_rows(paper, held),
        reasons=_reasons(held),
        text_columns=paper.common.text_columns,
    )
    write_book(out, book)
    return len(held)


def _error_rows(paper: _Paper, held: Iterable[_HeldRow]) -> Iterator[ErrorRow]:
    for row in held:
        yield ErrorRow(
            sheet=row.sheet,
            row=row.row,
            key=row.key,
            cells=paper.common.laid_out(row.sheet, row.cells),
            problems=tuple(_problem(paper, row.sheet, code) for code in row.codes),
        )


def _problem(paper: _Paper, sheet: str, code: IssueCode) -> CellProblem:
    wrong, _, mend = ISSUE_SENTENCES[code].partition(". ")
    column = paper.common.place_of(sheet, FIELD_OF_ISSUE.get(code, ""))
    return CellProblem(
        code=code.value,
        column=column,
        message=wrong.rstrip(".") + ".",
        expected=mend,
        is_error=paper.levels.is_error(code),
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
