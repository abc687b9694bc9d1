"""batch template | check | import | list | show | pdf."""

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import asdict
from types import MappingProxyType
from typing import Any

from bpjsdesk.cli.list_options import errors_target, plan_of, request_of, sender_of
from bpjsdesk.cli.list_report import (
    ignored_lines,
    issue_lines,
    lines_of,
    of_imported,
    of_work,
    rows_of,
    sum_line,
)
from bpjsdesk.cli.output import Result
from bpjsdesk.cli.session import ProgressLine, opened, target_of
from bpjsdesk.clock import Clock
from bpjsdesk.domain.batches import BatchDetail
from bpjsdesk.domain.enrollment import BatchStatus
from bpjsdesk.domain.wording import format_count, format_rupiah
from bpjsdesk.progress import CancelToken
from bpjsdesk.reports.issue import issue_participant_list
from bpjsdesk.services import batches
from bpjsdesk.services.batch_files import (
    write_check_errors,
    write_error_workbook,
    write_template,
)
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.ignored_lines import ignored_of_batch
from bpjsdesk.services.list_import import ImportedList, import_list
from bpjsdesk.services.receipts import UNDECIDED
from bpjsdesk.services.rehearsal import open_part, rehearse
from bpjsdesk.services.staging import open_list
from bpjsdesk.services.waiting_rows import rows_of_nobody, waiting_rows

_HEADS: Mapping[BatchStatus, str] = MappingProxyType(
    {
        BatchStatus.VALIDATED: "Batch {number} diterima, {amount}.",
        BatchStatus.SUBMITTED: "Batch {number} diajukan kepada penyelia; belum ada yang terdaftar.",
        BatchStatus.DRAFT: "Batch {number} tersimpan sebagai pekerjaan: belum ada baris yang dapat "
        "diterima.",
    }
)


def template(arguments: Namespace, clock: Clock) -> Result:
    target = target_of(arguments, arguments.out)
    with opened(arguments, clock) as context:
        out = write_template(context, arguments.agreement, target, sender_id=arguments.sender)
    return Result(data={"file": out}, lines=(f"Templat ditulis ke {out}.",))


def check(arguments: Namespace, clock: Clock) -> Result:
    errors_out = errors_target(arguments)
    plan = plan_of(arguments)
    with opened(arguments, clock) as context:
        work = rehearse(
            context,
            request_of(arguments, clock),
            plan,
            progress=ProgressLine(),
            cancel=CancelToken(),
            sender=sender_of(arguments),
        )
        if errors_out:
            write_check_errors(context, open_part(work), errors_out)
    told = of_work(work)
    rows = {"rows": list(rows_of(work))} if arguments.rows else {}
    return Result(data=told | rows, lines=lines_of(told))


def load(arguments: Namespace, clock: Clock) -> Result:
    errors_out = errors_target(arguments)
    plan = plan_of(arguments)
    with opened(arguments, clock) as context:
        imported = import_list(
            context,
            request_of(arguments, clock),
            plan,
            progress=ProgressLine(),
            cancel=CancelToken(),
            sender=sender_of(arguments),
        )
        if errors_out:
            write_error_workbook(context, imported.work.batch_id, errors_out)
        told = of_imported(context, imported)
        rows = {"rows": list(rows_of(imported.work))} if arguments.rows else {}
    head = _HEADS[imported.status].format(
        number=told["number"], amount=format_rupiah(told["amount"])
    )
    return Result(data=told | rows, lines=(head, *lines_of(told)))


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
        if found.item.status in UNDECIDED:
            told = _in_work(context, found)
            lines = lines_of(told)
        else:
            told = _decided(context, found)
            counts = asdict(found.item.counts)
            ignored = ignored_lines(told["ignored_warnings"])
            lines = (sum_line(counts), *issue_lines(found.issues), *ignored)
    head = f"Batch {found.item.number} · {found.item.agreement_title}"
    return Result(data={"batch": found, **told}, lines=(head, *lines))


def _in_work(context: AppContext, found: BatchDetail) -> dict[str, Any]:
    """Tell what the window tells: today's reasons, and what would become of every row."""
    batch_id = found.item.batch_id
    work = open_list(context, batch_id, progress=ProgressLine(), cancel=CancelToken())
    return {
        **of_imported(context, ImportedList(work=work, status=BatchStatus(found.item.status))),
        "held_rows": waiting_rows(context, work),
        "ignored_rows": rows_of_nobody(context, work),
    }


def _decided(context: AppContext, found: BatchDetail) -> dict[str, Any]:
    batch_id = found.item.batch_id
    return {
        "issues": found.issues,
        "ignored_warnings": ignored_of_batch(context, batch_id),
        "held_rows": batches.held_rows(context, batch_id),
        "ignored_rows": batches.ignored_rows(context, batch_id),
    }


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
