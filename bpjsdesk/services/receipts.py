"""Gather what a receipt tells of a batch: as it was decided, or as it would be decided now."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

from bpjsdesk.domain.batches import BatchDetail
from bpjsdesk.domain.enrollment import BatchStatus
from bpjsdesk.domain.issue_levels import LEVEL_WORDS
from bpjsdesk.domain.receipt import BatchReceipt, LevelLine, ReasonLine
from bpjsdesk.domain.row_issues import ISSUE_SENTENCES, ISSUES, IssueCode, Levels
from bpjsdesk.domain.wording import format_date
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.acceptance import Doubles, breakdown, judged
from bpjsdesk.services.batches import get_batch
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.debts import held_due_on
from bpjsdesk.services.done_steps import decided_lines, repaired_lines
from bpjsdesk.services.duplicates import duplicate_lists
from bpjsdesk.services.ignored_lines import ignored_lines
from bpjsdesk.services.staging import StagedList, open_list
from bpjsdesk.storage import enrollment, staging
from bpjsdesk.storage.connection import Connection

UNDECIDED = (BatchStatus.DRAFT, BatchStatus.SUBMITTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sums:
    """Every row of a list by what has become of it, and what its people cost."""

    new: int
    linked: int
    updated: int
    left_out: int
    rejected: int
    held: int
    ignored: int
    blank: int
    amount: int
    issues: Mapping[str, int]
    levels: Levels


def batch_receipt(
    context: AppContext,
    batch_id: int,
    *,
    work: StagedList | None = None,
    doubles: Doubles = MappingProxyType({}),
) -> BatchReceipt:
    """Gather the receipt of a batch that was taken in as a list in work.

    While it is undecided, its rows are those that acceptance would find now; `work` and `doubles`
    spare opening it again.

    Raises: UserError BATCH_MISSING, RECEIPT_MISSING or CHECK_OUTDATED; NOT_PERMITTED.
    """
    detail = get_batch(context, batch_id)
    if work is None and detail.item.status in UNDECIDED:
        cancel = CancelToken()
        work = open_list(context, batch_id, progress=ignore_progress, cancel=cancel)
        doubles = duplicate_lists(context, work, progress=ignore_progress, cancel=cancel).codes
    with context.database.read() as connection:
        intake = staging.intake_row(connection, batch_id)
        if intake is None:
            raise _no_receipt(detail)
        settled = _settled(connection, detail)
        if detail.item.status in UNDECIDED and work is not None:
            sums = _with_accepted(_planned(connection, work, doubles), settled)
        else:
            sums = settled
        row = enrollment.batch_row(connection, batch_id)
        steps = staging.steps(connection, batch_id)
        undecided = work if detail.item.status in UNDECIDED else None
        ignored = ignored_lines(connection, batch_id, undecided)
    return BatchReceipt(
        **_facts_of(detail, row, intake),
        **{name: getattr(sums, name) for name in _COUNTS},
        reasons=tuple(_reasons(sums.issues, sums.levels)),
        repaired=repaired_lines(steps),
        decided=decided_lines(steps),
        levels=tuple(_levels(sums.levels)),
        ignored_warnings=ignored,
        due_on=held_due_on(context, batch_id) if sums.held else None,
    )


def _facts_of(detail: BatchDetail, row: Any, intake: Any) -> dict[str, Any]:
    item = detail.item
    return {
        "number": item.number,
        "agreement": item.agreement_title,
        "category": item.category_name,
        "sender": intake.sender_name or "",
        "letter": _letter(intake),
        "source_name": item.source_name,
        "digest": row.source_digest,
        "from_month": item.from_month,
        "months": item.months,
        "programmes": " + ".join(row.programmes.split()),
        "read": item.counts.read,
        "created_by": item.created_by,
        "submitted_by": intake.submitter or "",
        "decided_by": intake.decider or "",
        "decided_at": _decided_at(detail, intake),
    }


_COUNTS = (
    "new",
    "linked",
    "updated",
    "left_out",
    "rejected",
    "held",
    "ignored",
    "blank",
    "amount",
)


def _no_receipt(detail: BatchDetail) -> UserError:
    return UserError(
        "RECEIPT_MISSING",
        f"Batch {detail.item.number} dimuat sebelum tanda terima ada. Cetak Daftar Peserta.",
    )


def _settled(connection: Connection, detail: BatchDetail) -> _Sums:
    counts, batch_id = detail.item.counts, detail.item.batch_id
    rows = staging.settled_outcomes(connection, batch_id)
    return _Sums(
        new=counts.accepted - rows.known,
        linked=rows.known - rows.updated,
        updated=rows.updated,
        left_out=rows.skipped,
        rejected=rows.rejected,
        held=counts.held - rows.skipped - rows.rejected,
        ignored=counts.ignored,
        blank=counts.blank,
        amount=detail.item.amount,
        issues=detail.issues,
        levels=detail.levels,
    )


def _with_accepted(planned: _Sums, settled: _Sums) -> _Sums:
    """Add to what would become of the open rows whoever was accepted before."""
    return replace(
        planned,
        new=planned.new + settled.new,
        linked=planned.linked + settled.linked,
        updated=planned.updated + settled.updated,
        ignored=planned.ignored + settled.ignored,
        blank=settled.blank,
        amount=planned.amount + settled.amount,
    )


def _planned(connection: Connection, work: StagedList, doubles: Doubles) -> _Sums:
    found = judged(connection, work, doubles, up_to_quota=True)
    counts, check = breakdown(found), found.check
    issues = Counter(
        code.value
        for line, item in zip(found.line_ids, check.staged, strict=True)
        if item.row.is_held and line not in found.outcomes
        for code in item.row.codes
    )
    return _Sums(
        new=counts.new,
        linked=counts.linked,
        updated=counts.updated,
        left_out=counts.skipped,
        rejected=counts.rejected,
        held=counts.held,
        ignored=counts.ignored,
        blank=counts.blank,
        amount=counts.entering * check.target.head_amount(check.from_month, check.months),
        issues=issues,
        levels=check.levels,
    )


def _decided_at(detail: BatchDetail, intake: Any) -> datetime | None:
    is_open = detail.item.status in UNDECIDED or not intake.decided_at
    return None if is_open else datetime.fromisoformat(intake.decided_at)


def _letter(intake: Any) -> str:
    day = format_date(intake.letter_on) if intake.letter_on else ""
    return ", ".join(part for part in (intake.letter_no, day) if part)


def _reasons(issues: Mapping[str, int], levels: Levels) -> Iterable[ReasonLine]:
    """Give the reasons that hold rows, the most frequent first; warnings hold nobody."""
    holding = ((IssueCode(code), rows) for code, rows in issues.items())
    for code, rows in sorted(holding, key=lambda pair: -pair[1]):
        if levels.is_error(code):
            yield ReasonLine(sentence=_short(code), rows=rows)


def _levels(levels: Levels) -> Iterator[LevelLine]:
    for code, level in levels.changed():
        usual = LEVEL_WORDS[ISSUES[code].level]
        yield LevelLine(sentence=_short(code), level=LEVEL_WORDS[level], usual=usual)


def _short(code: IssueCode) -> str:
    return ISSUE_SENTENCES[code].partition(". ")[0].rstrip(".")
