"""Gather the letter to a list's sender: reasons with counts, a few rows, a day, enclosures."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from bpjsdesk.domain.enrollment import BatchStatus
from bpjsdesk.domain.identity import mask_nik
from bpjsdesk.domain.row_issues import ISSUE_SENTENCES, IssueCode, Levels
from bpjsdesk.domain.sender_letter import LetterExample, LetterReason, SenderLetter
from bpjsdesk.domain.wording import format_date
from bpjsdesk.errors import UserError
from bpjsdesk.file_names import safe_name
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.acceptance import breakdown
from bpjsdesk.services.batch_files import (
    error_workbook_name,
    write_list_errors,
    write_template,
)
from bpjsdesk.services.batches import get_batch
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.debts import held_due_on
from bpjsdesk.services.held_rows import HeldRow, held_rows_of
from bpjsdesk.services.ignored_lines import ignored_lines
from bpjsdesk.services.office import get_office
from bpjsdesk.services.printing import letter_document
from bpjsdesk.services.staging import StagedList, open_list
from bpjsdesk.services.work_columns import truncated_columns
from bpjsdesk.storage import staging

EXAMPLES = 5
UNNAMED = "Pengirim daftar peserta"


class LetterFacts(NamedTuple):
    """A list as its letter needs it: rows that are sound and rows that are held."""

    work: StagedList
    held: Sequence[HeldRow]
    sound: int
    is_decided: bool


def letter_facts(context: AppContext, batch_id: int) -> LetterFacts:
    """Read the held rows of a list in work, or of a batch that was decided.

    Raises: UserError BATCH_MISSING, NOT_PERMITTED.
    """
    item = get_batch(context, batch_id).item
    work = open_list(context, batch_id, progress=ignore_progress, cancel=CancelToken())
    is_decided = item.status not in (BatchStatus.DRAFT, BatchStatus.SUBMITTED)
    return LetterFacts(
        work=work,
        held=held_rows_of(context, work, {}),
        sound=item.counts.accepted if is_decided else breakdown(work).entering,
        is_decided=is_decided,
    )


def write_enclosures(
    context: AppContext, facts: LetterFacts, letter: SenderLetter, folder: Path
) -> tuple[Path, ...]:
    """Write the template and the workbook of the held rows that a letter names.

    Raises: UserError NOT_PERMITTED; EnvironmentProblem.
    """
    work = facts.work
    with context.database.read() as connection:
        intake = staging.intake_row(connection, work.batch_id)
    sender_id = intake.sender_id if intake else None
    template, corrections = folder / letter.template_name, folder / letter.corrections_name
    write_template(context, work.check.target.agreement_id, template, sender_id=sender_id)
    write_list_errors(context, work, corrections)
    return template, corrections


def sender_letter(context: AppContext, facts: LetterFacts) -> SenderLetter:
    """Gather the letter of a list with held rows.

    Raises: UserError NOTHING_TO_TELL, BATCH_MISSING, NOT_PERMITTED.
    """
    batch_id = facts.work.batch_id
    item = get_batch(context, batch_id).item
    if not facts.held:
        raise UserError(
            "NOTHING_TO_TELL",
            f"Batch {item.number} tidak mempunyai baris tertahan, jadi tidak ada yang perlu "
            "diminta dari pengirim.",
        )
    with context.database.read() as connection:
        intake = staging.intake_row(connection, batch_id)
        undecided = None if facts.is_decided else facts.work
        ignored = ignored_lines(connection, batch_id, undecided)
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
        is_decided=facts.is_decided,
        due_on=held_due_on(context, batch_id),
        reasons=tuple(_reasons(facts)),
        examples=tuple(_examples(facts)),
        cut_column=next((cut.sentence for cut in truncated_columns(facts.work)), ""),
        template_name=safe_name(f"Templat daftar {item.category_name}.xlsx"),
        corrections_name=error_workbook_name(context, batch_id),
        ignored_warnings=ignored,
    )


def _letter_words(number: str, day: date | None) -> str:
    dated = f"tanggal {format_date(day)}" if day else ""
    return " ".join(part for part in (f"nomor {number}" if number else "", dated) if part)


def _reasons(facts: LetterFacts) -> Iterator[LetterReason]:
    """Give what a clerk has asked the sender for, then what the check says; most rows first."""
    asked = Counter(row.note for row in facts.held if row.note)
    for note, rows in asked.most_common():
        yield LetterReason(wrong=note, mend="Jawab menurut pertanyaan kami.", rows=rows)
    levels = facts.work.check.levels
    found = Counter(code for row in facts.held for code in _holding(row.codes, levels))
    for code, rows in found.most_common():
        _wrong, _, mend = ISSUE_SENTENCES[code].partition(". ")
        yield LetterReason(wrong=_short(code), mend=mend, rows=rows)


def _examples(facts: LetterFacts) -> Iterator[LetterExample]:
    """Give rows of as many reasons as there is room for, each reason once."""
    niks = {(item.row.sheet, item.row.row_no): item.row.nik for item in facts.work.check.staged}
    seen: set[str] = set()
    for row in facts.held:
        codes = _holding(row.codes, facts.work.check.levels)
        reasons = [row.note] if row.note else list(map(_short, codes))
        if reasons and not seen.issuperset(reasons):
            seen.update(reasons)
            nik = mask_nik(niks[row.sheet, row.row] or "") or "tidak terbaca"
            yield LetterExample(sheet=row.sheet, row_no=row.row, nik=nik, wrong=reasons[0])
        if len(seen) >= EXAMPLES:
            return


def _short(code: IssueCode) -> str:
    return ISSUE_SENTENCES[code].partition(". ")[0].rstrip(".")


def _holding(codes: Iterable[IssueCode], levels: Levels) -> Iterator[IssueCode]:
    return (code for code in codes if levels.is_error(code))
