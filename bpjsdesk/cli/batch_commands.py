"""batch template | check | import | list | show | pdf."""

from argparse import Namespace
from collections.abc import Mapping
from dataclasses import asdict
from types import MappingProxyType

from bpjsdesk.cli.list_options import errors_target, plan_of, request_of, sender_of
from bpjsdesk.cli.list_report import (
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
from bpjsdesk.services.list_import import import_list
from bpjsdesk.services.rehearsal import open_part, rehearse

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
        held = batches.held_rows(context, arguments.id)
        ignored = batches.ignored_rows(context, arguments.id)
    data = {"batch": found, "held_rows": held, "ignored_rows": ignored}
    head = f"Batch {found.item.number} · {found.item.agreement_title}"
    counts = asdict(found.item.counts)
    return Result(data=data, lines=(head, sum_line(counts), *issue_lines(found.issues)))


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
