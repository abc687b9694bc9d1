"""Gather the letter to a list's sender: reasons with counts, a few rows, a day, enclosures."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from bpjsdesk.domain.enrollment import BatchStatus, LineStatus
from bpjsdesk.domain.identity import mask_nik
from bpjsdesk.domain.row_issues import ISSUE_SENTENCES, IssueCode, Levels
from bpjsdesk.domain.sender_letter import LetterExample, LetterReason, SenderLetter
from bpjsdesk.domain.wording import format_date
from bpjsdesk.errors import UserError
from bpjsdesk.file_names import safe_name
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.acceptance import breakdown
from bpjsdesk.services.batch_files import (
    write_check_errors,
    write_error_workbook,
    write_template,
)
from bpjsdesk.services.batches import get_batch, stored_rows
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.debts import debt_of
from bpjsdesk.services.office import get_office
from bpjsdesk.services.printing import letter_document
from bpjsdesk.services.staging import StagedList, open_list
from bpjsdesk.services.work_columns import truncated_columns
from bpjsdesk.storage import reference, staging

EXAMPLES = 5
UNNAMED = "Pengirim daftar peserta"
_CUT = frozenset((IssueCode.NIK_TRUNCATED.value, IssueCode.NIK_AS_NUMBER.value))
_DEADLINE = ("BATCH", "HELD_ROWS")


class HeldRow(NamedTuple):
    """A held row by its place in the file; `nik` is empty where none was understood."""

    sheet: str
    row_no: int
    nik: str
    codes: tuple[IssueCode, ...]


class LetterFacts(NamedTuple):
    """What a list says of itself: rows that are sound, rows that are held, a cut NIK column."""

    sound: int
    held: Sequence[HeldRow]
    levels: Levels
    cut_column: str
    work: StagedList | None


def letter_facts(context: AppContext, batch_id: int) -> LetterFacts:
    """Read the held rows of a list in work, or of a batch that was decided.

    Raises: UserError BATCH_MISSING, NOT_PERMITTED.
    """
    detail = get_batch(context, batch_id)
    if detail.item.status in (BatchStatus.DRAFT, BatchStatus.SUBMITTED):
        return facts_of_work(_opened(context, batch_id))
    held = [
        HeldRow(
            line.sheet,
            line.row_no,
            row.values["nik"] or "",
            tuple(IssueCode(code) for code in line.codes),
        )
        for line, row in stored_rows(context, batch_id, LineStatus.HELD)
    ]
    cut = "" if _CUT.isdisjoint(detail.issues) else _cut_column(_opened(context, batch_id))
    return LetterFacts(detail.item.counts.accepted, held, detail.levels, cut, None)


def facts_of_work(work: StagedList) -> LetterFacts:
    """Say of a list in work what its letter needs."""
    held = [
        HeldRow(item.row.sheet, item.row.row_no, item.row.nik or "", item.row.codes)
        for line, item in zip(work.line_ids, work.check.staged, strict=True)
        if item.row.is_held and line not in work.outcomes
    ]
    return LetterFacts(breakdown(work).entering, held, work.check.levels, _cut_column(work), work)


def write_enclosures(
    context: AppContext,
    batch_id: int,
    facts: LetterFacts,
    *,
    letter: SenderLetter,
    folder: Path,
) -> tuple[Path, ...]:
    """Write the template and the workbook of the held rows that a letter names.

    Raises: UserError NOT_PERMITTED; EnvironmentProblem.
    """
    agreement_id = get_batch(context, batch_id).item.agreement_id
    with context.database.read() as connection:
        intake = staging.intake_row(connection, batch_id)
    template = folder / letter.template_name
    write_template(context, agreement_id, template, sender_id=intake.sender_id if intake else None)
    corrections = folder / letter.corrections_name
    if facts.work is not None:
        write_check_errors(context, facts.work.check, corrections)
    else:
        write_error_workbook(context, batch_id, corrections)
    return template, corrections


def _opened(context: AppContext, batch_id: int) -> StagedList:
    return open_list(context, batch_id, progress=ignore_progress, cancel=CancelToken())


def _cut_column(work: StagedList) -> str:
    return next((found.sentence for found in truncated_columns(work)), "")


def sender_letter(context: AppContext, batch_id: int, facts: LetterFacts) -> SenderLetter:
    """Gather the letter of a list with held rows.

    Raises: UserError NOTHING_TO_TELL, BATCH_MISSING, NOT_PERMITTED.
    """
    item = get_batch(context, batch_id).item
    if not facts.held:
        raise UserError(
            "NOTHING_TO_TELL",
            f"Batch {item.number} tidak mempunyai baris tertahan, jadi tidak ada yang perlu "
            "diminta dari pengirim.",
        )
    with context.database.read() as connection:
        intake = staging.intake_row(connection, batch_id)
    return SenderLetter(
        document_no=letter_document(batch_id),
        day=context.clock().date(),
        place=get_office(context).place,
        sender=(intake.sender_name if intake else "") or UNNAMED,
        sender_letter=_letter_words(intake.letter_no, intake.letter_on) if intake else "",
        agreement=item.agreement_title,
        category=item.category_name,
        source_name=item.source_name,
        read=item.counts.read,
        sound=facts.sound,
        held=len(facts.held),
        is_decided=facts.work is None,
        due_on=_due_on(context, batch_id),
        reasons=tuple(_reasons(facts)),
        examples=tuple(_examples(facts)),
        cut_column=facts.cut_column,
        template_name=safe_name(f"Templat daftar {item.category_name}.xlsx"),
        corrections_name=safe_name(f"Koreksi batch {item.number}.xlsx"),
    )


def _letter_words(number: str, day: date | None) -> str:
    dated = f"tanggal {format_date(day)}" if day else ""
    return " ".join(part for part in (f"nomor {number}" if number else "", dated) if part)


def _due_on(context: AppContext, batch_id: int) -> date:
    debt = debt_of(context, batch_id)
    if debt is not None and debt.is_open:
        return debt.due_on
    today = context.clock().date()
    with context.database.read() as connection:
        days = reference.deadline_amount(connection, *_DEADLINE, today)
    return today + timedelta(days=days)


def _reasons(facts: LetterFacts) -> Iterator[LetterReason]:
    counts = Counter(code for row in facts.held for code in _holding(row.codes, facts.levels))
    for code, rows in counts.most_common():
        wrong, _, mend = ISSUE_SENTENCES[code].partition(". ")
        yield LetterReason(wrong=wrong.rstrip("."), mend=mend, rows=rows)


def _examples(facts: LetterFacts) -> Iterator[LetterExample]:
    """Give rows of as many reasons as there is room for, each reason once."""
    seen: set[IssueCode] = set()
    for row in facts.held:
        codes = list(_holding(row.codes, facts.levels))
        if codes and not seen.issuperset(codes):
            seen.update(codes)
            wrong = ISSUE_SENTENCES[codes[0]].partition(". ")[0].rstrip(".")
            nik = mask_nik(row.nik) if row.nik else "tidak terbaca"
            yield LetterExample(sheet=row.sheet, row_no=row.row_no, nik=nik, wrong=wrong)
        if len(seen) >= EXAMPLES:
            return


def _holding(codes: Iterable[IssueCode], levels: Levels) -> Iterator[IssueCode]:
    return (code for code in codes if levels.is_error(code))
