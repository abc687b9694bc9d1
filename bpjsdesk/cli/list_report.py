"""What is told of a list: every row counted once, the reasons, the rows themselves where asked."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bpjsdesk.domain.enrollment import BatchRow, BatchStatus, LineStatus
from bpjsdesk.domain.ignored_warnings import IgnoredLine
from bpjsdesk.domain.row_issues import ISSUE_SENTENCES, IssueCode
from bpjsdesk.domain.staging import DecidedOutcome
from bpjsdesk.domain.wording import format_count
from bpjsdesk.services.acceptance import breakdown
from bpjsdesk.services.batch_check import batch_row
from bpjsdesk.services.batches import get_batch
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.ignored_lines import ignored_of_work
from bpjsdesk.services.list_import import ImportedList
from bpjsdesk.services.receipts import batch_receipt
from bpjsdesk.services.repairs import reasons
from bpjsdesk.services.staging import StagedList

PARTS = {
    "blank": "kosong",
    "ignored": "bukan peserta",
    "accepted": "diterima",
    "waiting": "menunggu penyelia",
    "held": "ditahan",
    "left_out": "tidak dimuat",
}
_ALWAYS = ("blank", "ignored", "accepted", "held")
_LEFT_OUT = "LEFT_OUT"


def of_work(work: StagedList) -> dict[str, Any]:
    """Tell what would become of every row; `read` is the sum of the other counts."""
    counts, found = breakdown(work), reasons(work)
    ignored = Counter(item.row.reason.value for item in work.check.staged if item.row.reason)
    return {
        "read": counts.read,
        "blank": counts.blank,
        "ignored": counts.ignored,
        "accepted": counts.entering,
        "waiting": 0,
        "held": counts.held,
        "left_out": counts.decided,
        "issues": {code.value: found[code] for code in IssueCode if code in found},
        "ignored_warnings": ignored_of_work(work),
        "ignored_reasons": dict(ignored),
        "unread_columns": work.check.unread_columns,
        "already_imported": work.check.earlier.number if work.check.earlier else None,
    }


def of_imported(context: AppContext, imported: ImportedList) -> dict[str, Any]:
    """Tell what has become of every row, and where the list is now."""
    told, work = of_work(imported.work), imported.work
    if imported.status is BatchStatus.SUBMITTED:
        told |= {"accepted": 0, "waiting": told["accepted"]}
    elif imported.status is BatchStatus.VALIDATED:  # what was found only then is said as well
        stored, issues = batch_receipt(context, work.batch_id), get_batch(context, work.batch_id)
        told |= {
            "accepted": stored.new + stored.linked + stored.updated,
            "held": stored.held,
            "issues": issues.issues,
            "ignored_warnings": stored.ignored_warnings,
            "amount": stored.amount,
        }
    named = {"batch_id": work.batch_id, "number": work.number, "status": imported.status}
    return {"amount": 0} | told | named


def rows_of(work: StagedList) -> Iterator[dict[str, Any]]:
    """Give every row that is not blank as it was understood."""
    for line_id, item in zip(work.line_ids, work.check.staged, strict=True):
        still = item.row._replace(codes=work.ignored.open_codes(line_id, item.row.codes))
        row = batch_row(still, item.cells, work.check.columns[still.sheet])
        yield {
            "sheet": row.sheet,
            "row": row.row,
            "codes": row.codes,
            "values": row.values,
            "status": _status(row, work.outcomes.get(line_id)),
            "reason": row.reason,
        }


def _status(row: BatchRow, outcome: str | None) -> str:
    if outcome == DecidedOutcome.RETURNED:
        return LineStatus.HELD
    return _LEFT_OUT if outcome else row.status


def lines_of(told: Mapping[str, Any]) -> tuple[str, ...]:
    """Say the same to people."""
    unread = ", ".join(told["unread_columns"])
    named = (f"Kolom yang tidak dikenali dan tidak dibaca: {unread}.",) if unread else ()
    earlier = told["already_imported"]
    known = (f"Isi berkas ini sudah dimuat sebagai batch {earlier}.",) if earlier else ()
    words = (*issue_lines(told["issues"]), *ignored_lines(told["ignored_warnings"]))
    return (sum_line(told), *known, *named, *words)


def sum_line(counts: Mapping[str, int]) -> str:
    """Say a sum that adds up; parts that a list seldom has are named only where there are some."""
    parts = [
        f"{format_count(counts[name])} {words}"
        for name, words in PARTS.items()
        if name in _ALWAYS or counts.get(name)
    ]
    return f"{format_count(counts['read'])} dibaca = {' + '.join(parts)}"


def ignored_lines(ignored: Iterable[IgnoredLine]) -> tuple[str, ...]:
    """Say which warnings were taken for in order."""
    return tuple(
        f"{format_count(line.rows):>9}  {line.code.value}  diabaikan: {line.reason}"
        for line in ignored
    )


def issue_lines(issues: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(
        f"{format_count(number):>9}  {code}  {ISSUE_SENTENCES[IssueCode(code)]}"
        for code, number in issues.items()
    )
