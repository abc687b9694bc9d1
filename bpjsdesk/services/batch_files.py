"""Workbooks around a batch: the empty list to send out, and the held rows to send back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from types import MappingProxyType

from bpjsdesk.domain.changes import Changes
from bpjsdesk.domain.enrollment import LineStatus
from bpjsdesk.domain.identity import NIK_LENGTH
from bpjsdesk.domain.ignored_warnings import IgnoredLine
from bpjsdesk.domain.row_issues import FIELD_OF_ISSUE, ISSUE_SENTENCES, IssueCode, Levels
from bpjsdesk.domain.wording import format_count
from bpjsdesk.domain.workbook_values import (
    CellProblem,
    EnrollmentChoices,
    ErrorBook,
    ErrorRow,
    ReasonCount,
    enrollment_template,
)
from bpjsdesk.files import Record, nothing
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.acceptance import Doubles
from bpjsdesk.services.batch_check import BatchCheck, status_of
from bpjsdesk.services.batches import get_batch
from bpjsdesk.services.commands import Command, Outcome, execute, new_request_id
from bpjsdesk.services.common_columns import CommonColumns
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.held_rows import HeldRow, held_rows_of
from bpjsdesk.services.ignored_lines import ignored_of_list
from bpjsdesk.services.senders import sender_profile
from bpjsdesk.services.staging import StagedList, open_list
from bpjsdesk.services.template_notes import for_sender
from bpjsdesk.storage import batch_reference, rounds, senders
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.workbook_write import write_error_workbook as write_book
from bpjsdesk.storage.workbook_write import write_template as write_empty_list

TEMPLATE_VERSION = "1"
EARLIEST_BIRTH = date(1900, 1, 1)
ERRORS = "batch.errors"
SEXES = ("L", "P")
MAX_NAME = 255


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
        sexes=SEXES,
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


def error_workbook_name(context: AppContext, batch_id: int) -> str:
    """Name the next error workbook of a batch: its number, and how many went out with this one.

    Raises: UserError BATCH_MISSING, NOT_PERMITTED.
    """
    number = get_batch(context, batch_id).item.number
    with context.database.read() as connection:
        following = rounds.last_round(connection, batch_id) + 1
    return f"Batch-{number.removeprefix('B-')}_koreksi-{following}.xlsx"


def write_error_workbook(context: AppContext, batch_id: int, out: Path) -> int:
    """Write the held rows of a batch, in work or accepted; their keys bring them back.

    Returns the number of rows written; NIKs are in full, so it is for those who may mend them.
    Raises: UserError BATCH_MISSING, NOT_PERMITTED; EnvironmentProblem.
    """
    context.user.require(ERRORS)
    work = open_list(context, batch_id, progress=ignore_progress, cancel=CancelToken())
    return write_list_errors(context, work, out)


def write_list_errors(
    context: AppContext,
    work: StagedList,
    out: Path,
    *,
    doubles: Doubles = MappingProxyType({}),
) -> int:
    """Write the held rows of a list that is open, whoever is surely a double among them.

    Returns the number of rows written; each file of a batch is noted as its next round.
    Raises: UserError NOT_PERMITTED; EnvironmentProblem.
    """
    context.user.require(ERRORS)
    held = held_rows_of(context, work, doubles)
    with context.database.read() as connection:
        following = rounds.last_round(connection, work.batch_id) + 1
        facts = batch_reference.template_facts(connection, work.check.request.agreement_id)
        spellings = batch_reference.synonyms(connection)
        occupations = senders.occupations_in_use(connection)
        ignored = ignored_of_list(connection, work)
    common = CommonColumns(work.check.columns, spellings)
    choices = {
        "sex": SEXES,
        "village": facts.villages,
        "category": facts.categories,
        "occupation": occupations,
    }
    paper = _Paper(
        title=f"Batch {work.number} · koreksi ke-{following} · {format_count(len(held))} baris",
        source_name=work.check.request.path.name,
        common=common,
        levels=work.check.levels,
        choices={
            place: choices[field] for field, place in common.places.items() if choices.get(field)
        },
        ignored=ignored,
    )
    note = partial(_note_round, context, work.batch_id, rows=len(held), file_name=out.name)
    _write(out, paper, held, record=note)
    return len(held)


def _note_round(context: AppContext, batch_id: int, *, rows: int, file_name: str) -> None:
    """Remember that a workbook left the office; it changes nothing of the batch itself."""
    command = Command(
        name=ERRORS, object_kind="batch", request_id=new_request_id(), object_id=batch_id
    )

    def act(connection: Connection) -> Outcome:
        number = rounds.last_round(connection, batch_id) + 1
        values = {"rows": rows, "file_name": file_name[:MAX_NAME]}
        by = {"user_id": context.user.user_id, "at": context.clock().isoformat()}
        rounds.add_round(connection, batch_id, number, {**values, **by})
        payload: dict[str, object] = {"round": number, "held": rows}
        return Outcome(object_id=batch_id, changes=Changes(), payload=payload)

    execute(context, command, act)


def write_check_errors(context: AppContext, check: BatchCheck, out: Path) -> int:
    """Write the held rows of a check that was not stored; they carry no keys.

    Returns the number of rows written. Raises: EnvironmentProblem.
    """
    context.user.require("read.batches")
    with context.database.read() as connection:
        spellings = batch_reference.synonyms(connection)
    held = [
        HeldRow(sheet=row.sheet, row=row.row_no, key="", cells=cells, codes=row.codes)
        for row, cells in check.staged
        if status_of(row) is LineStatus.HELD
    ]
    name = check.request.path.name
    paper = _Paper(
        title=f"{name} · {format_count(len(held))} baris ditahan",
        source_name=name,
        common=CommonColumns(check.columns, spellings),
        levels=check.levels,
    )
    _write(out, paper, held)
    return len(held)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paper:
    title: str
    source_name: str
    common: CommonColumns
    levels: Levels
    choices: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    ignored: tuple[IgnoredLine, ...] = ()


def _write(out: Path, paper: _Paper, held: Sequence[HeldRow], *, record: Record = nothing) -> None:
    book = ErrorBook(
        title=paper.title,
        source_name=paper.source_name,
        headers=paper.common.headers,
        rows=_error_rows(paper, held),
        reasons=(*_reasons(held), *map(_ignored, paper.ignored)),
        text_columns=paper.common.text_columns,
        choices=paper.choices,
    )
    write_book(out, book, record=record)


def _error_rows(paper: _Paper, held: Iterable[HeldRow]) -> Iterator[ErrorRow]:
    for row in held:
        yield ErrorRow(
            sheet=row.sheet,
            row=row.row,
            key=row.key,
            cells=paper.common.laid_out(row.sheet, row.cells),
            problems=(*_notes(row), *(_problem(paper, row.sheet, code) for code in row.codes)),
        )


def _notes(row: HeldRow) -> Iterator[CellProblem]:
    """Tell what no code of a row tells."""
    if row.note:
        yield CellProblem(code="", column=None, message=row.note, expected="")
    elif not row.codes:
        mended = "Sudah dibetulkan di kantor, menunggu diterima."
        yield CellProblem(code="", column=None, message=mended, expected="Tidak perlu diubah.")


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


def _ignored(line: IgnoredLine) -> ReasonCount:
    label = f"Tidak perlu diperbaiki: {line.sentence} ({line.reason})"
    return ReasonCount(code=line.code.value, label=label, rows=line.rows)


def _reasons(held: Iterable[HeldRow]) -> tuple[ReasonCount, ...]:
    counts: dict[IssueCode, int] = {}
    for row in held:
        for code in row.codes:
            counts[code] = counts.get(code, 0) + 1
    ordered = sorted(counts.items(), key=lambda pair: -pair[1])
    return tuple(
        ReasonCount(code=code.value, label=ISSUE_SENTENCES[code].partition(". ")[0], rows=rows)
        for code, rows in ordered
    )
