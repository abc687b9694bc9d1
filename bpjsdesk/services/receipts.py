"""Gather what a receipt tells of a batch."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bpjsdesk.domain.receipt import BatchReceipt, ReasonLine
from bpjsdesk.domain.row_issues import ISSUE_SENTENCES, IssueCode, Levels
from bpjsdesk.domain.wording import format_date
from bpjsdesk.errors import UserError
from bpjsdesk.services.batches import get_batch
from bpjsdesk.services.context import AppContext
from bpjsdesk.storage import enrollment, staging


def batch_receipt(context: AppContext, batch_id: int) -> BatchReceipt:
    """Gather the receipt of a batch that was taken in as a list in work.

    Raises: UserError BATCH_MISSING or RECEIPT_MISSING; NOT_PERMITTED.
    """
    detail = get_batch(context, batch_id)
    with context.database.read() as connection:
        row = enrollment.batch_row(connection, batch_id)
        intake = staging.intake_row(connection, batch_id)
    if intake is None:
        raise UserError(
            "RECEIPT_MISSING",
            f"Batch {detail.item.number} dimuat sebelum tanda terima ada. Cetak Daftar Peserta.",
        )
    item, counts = detail.item, detail.item.counts
    return BatchReceipt(
        number=item.number,
        agreement=item.agreement_title,
        category=item.category_name,
        sender=intake.sender_name or "",
        letter=_letter(intake),
        source_name=item.source_name,
        digest=row.source_digest,
        from_month=item.from_month,
        months=item.months,
        programmes=" + ".join(row.programmes.split()),
        read=counts.read,
        new=counts.accepted - intake.linked,
        linked=intake.linked,
        left_out=intake.left_out,
        held=counts.held - intake.left_out,
        ignored=counts.ignored,
        blank=counts.blank,
        amount=item.amount,
        reasons=tuple(_reasons(detail.issues, detail.levels)),
        created_by=item.created_by,
        submitted_by=intake.submitter or "",
        decided_by=intake.decider or "",
        decided_at=datetime.fromisoformat(intake.decided_at) if intake.decided_at else None,
    )


def _letter(intake: Any) -> str:
    day = format_date(intake.letter_on) if intake.letter_on else ""
    return ", ".join(part for part in (intake.letter_no, day) if part)


def _reasons(issues: Mapping[str, int], levels: Levels) -> list[ReasonLine]:
    """Give the reasons that hold rows, the most frequent first; warnings hold nobody."""
    holding = [
        (IssueCode(code), rows) for code, rows in issues.items() if levels.is_error(IssueCode(code))
    ]
    return [
        ReasonLine(sentence=ISSUE_SENTENCES[code].partition(". ")[0], rows=rows)
        for code, rows in sorted(holding, key=lambda pair: -pair[1])
    ]
