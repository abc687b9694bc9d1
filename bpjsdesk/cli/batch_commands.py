"""batch template | check | import | list | show | pdf."""

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from bpjsdesk.cli.output import Result
from bpjsdesk.cli.session import ProgressLine, opened, target_of
from bpjsdesk.clock import Clock
from bpjsdesk.domain.enrollment import BatchCounts, BatchReport, BatchRequest
from bpjsdesk.domain.row_issues import ISSUE_SENTENCES, IssueCode
from bpjsdesk.domain.wording import format_count, format_rupiah
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken
from bpjsdesk.reports.issue import issue_participant_list
from bpjsdesk.services import batches
from bpjsdesk.services.acceptance import ACCEPT, accept
from bpjsdesk.services.batch_check import BatchCheck, check_batch
from bpjsdesk.services.batch_files import write_error_workbook, write_template
from bpjsdesk.services.batch_import import import_batch
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.duplicates import duplicate_lists
from bpjsdesk.services.mapped_check import check_mapped
from bpjsdesk.services.mapping_file import apply_mapping, read_mapping_file
from bpjsdesk.services.staging import open_list, stage_list


def template(arguments: Namespace, clock: Clock) -> Result:
    target = target_of(arguments, arguments.out)
    with opened(arguments, clock) as context:
        out = write_template(context, arguments.agreement, target)
    return Result(data={"file": out}, lines=(f"Templat ditulis ke {out}.",))


def check(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        found = _checked(context, arguments)
    data = _counts(found.report())
    if arguments.rows:
        data["rows"] = [
            {"sheet": row.sheet, "row": row.row, "codes": row.codes, "values": row.values}
            | {"status": row.status, "reason": row.reason}
            for row in found.rows()
        ]
    return Result(data=data, lines=_report_lines(found.report()))


def load(arguments: Namespace, clock: Clock) -> Result:
    errors_out = _errors_target(arguments)
    with opened(arguments, clock) as context:
        found = _checked(context, arguments)
        batch_id = _stored(context, found, arguments)
        if errors_out:
            write_error_workbook(context, batch_id, errors_out)
        stored = batches.get_batch(context, batch_id)
    report = found.report()
    if arguments.mapping:  # rows beyond the quota are held only when they are accepted
        counts, amount = stored.item.counts, stored.item.amount
        report = replace(report, counts=counts, issues=stored.issues, amount=amount)
    data = _counts(report) | {
        "batch_id": batch_id,
        "number": stored.item.number,
        "amount": report.amount,
    }
    head = f"Batch {stored.item.number} tersimpan, {format_rupiah(report.amount or 0)}."
    return Result(data=data, lines=(head, *_report_lines(report)))


def _stored(context: AppContext, found: BatchCheck, arguments: Namespace) -> int:
    """Store what was checked; with a mapping as a list in work, whose steps can be looked up."""
    progress, cancel = ProgressLine(), CancelToken()
    if not arguments.mapping:
        answer = import_batch(
            context, found, request_id=new_request_id(), progress=progress, cancel=cancel
        )
        return answer.object_id
    context.user.require(ACCEPT)  # before anything is staged that nobody could finish here
    staged = stage_list(
        context, found.request, request_id=new_request_id(), progress=progress, cancel=cancel
    )
    work = open_list(context, staged.object_id, progress=progress, cancel=cancel)
    work = apply_mapping(context, work, read_mapping_file(Path(arguments.mapping)))
    doubles = duplicate_lists(context, work, progress=progress, cancel=cancel).codes
    accept(
        context,
        work,
        request_id=new_request_id(),
        progress=progress,
        cancel=cancel,
        up_to_quota=True,
        doubles=doubles,
    )
    return work.batch_id


def show_all(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        found = batches.list_batches(context)
    lines = tuple(
        f"{item.batch_id:>5}  {item.number}  {format_count(item.counts.accepted):>9} diterima  "
        f"{format_count(item.counts.held):>7} ditahan  {item.category_name} · {item.source_name}"
        for item in found
    )
    return Result(data={"batches": found}, lines=lines or ("Belum ada batch.",))


def show(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        found = batches.get_batch(context, arguments.id)
        held = batches.held_rows(context, arguments.id)
        ignored = batches.ignored_rows(context, arguments.id)
    data = {"batch": found, "held_rows": held, "ignored_rows": ignored}
    head = f"Batch {found.item.number} · {found.item.agreement_title}"
    return Result(data=data, lines=(head, _sum_line(found.item.counts), *_issues(found.issues)))


def pdf(arguments: Namespace, clock: Clock) -> Result:
    target = target_of(arguments, arguments.out)
    with opened(arguments, clock) as context:
        out = issue_participant_list(
            context,
            arguments.id,
            target,
            progress=ProgressLine(),
            cancel=CancelToken(),
        )
    return Result(data={"file": out}, lines=(f"Daftar Peserta ditulis ke {out}.",))


def _errors_target(arguments: Namespace) -> Path | None:
    """Raises: UserError TARGET_IS_OFFICE, or TARGET_IS_SOURCE where the list would be lost."""
    if not arguments.errors_out:
        return None
    target = target_of(arguments, arguments.errors_out)
    if target.resolve() == Path(arguments.file).resolve():
        raise UserError(
            "TARGET_IS_SOURCE",
            f"{target.name} adalah daftar yang sedang dimuat. Pilih nama lain untuk --errors-out.",
        )
    return target


def _checked(context: AppContext, arguments: Namespace) -> BatchCheck:
    request = BatchRequest(
        path=Path(arguments.file),
        agreement_id=arguments.agreement,
        category=arguments.category,
        registered_on=arguments.registered or context.clock().date(),
        from_month=arguments.from_month,
        months=arguments.months,
    )
    progress, cancel = ProgressLine(), CancelToken()
    if not arguments.mapping:
        return check_batch(context, request, progress=progress, cancel=cancel)
    mapping = read_mapping_file(Path(arguments.mapping))
    return check_mapped(context, request, mapping, progress=progress, cancel=cancel)


def _counts(report: BatchReport) -> dict[str, Any]:
    counts = report.counts
    return {
        "read": counts.read,
        "blank": counts.blank,
        "ignored": counts.ignored,
        "accepted": counts.accepted,
        "held": counts.held,
        "issues": report.issues,
        "ignored_reasons": report.ignored_reasons,
        "unread_columns": report.unread_columns,
        "already_imported": report.already_imported,
    }


def _report_lines(report: BatchReport) -> tuple[str, ...]:
    unread = ", ".join(report.unread_columns)
    told = (f"Kolom yang tidak dikenali dan tidak dibaca: {unread}.",) if unread else ()
    return (_sum_line(report.counts), *told, *_issues(report.issues))


def _sum_line(counts: BatchCounts) -> str:
    return (
        f"{format_count(counts.read)} dibaca = {format_count(counts.blank)} kosong + "
        f"{format_count(counts.ignored)} diabaikan + {format_count(counts.accepted)} diterima + "
        f"{format_count(counts.held)} ditahan"
    )


def _issues(issues: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(
        f"{format_count(number):>9}  {code}  {ISSUE_SENTENCES[IssueCode(code)]}"
        for code, number in issues.items()
    )
