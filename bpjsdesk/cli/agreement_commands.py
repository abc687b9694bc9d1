"""agreement add | list | show | renew | pdf."""

from argparse import Namespace
from pathlib import Path

from bpjsdesk.cli.output import Result
from bpjsdesk.cli.session import opened, target_of
from bpjsdesk.clock import Clock
from bpjsdesk.domain.agreements import STATUS_LABELS, Agreement
from bpjsdesk.domain.wording import format_count, format_date, format_rupiah
from bpjsdesk.reports.issue import issue_agreement_summary
from bpjsdesk.services import agreements
from bpjsdesk.services.agreement_files import read_agreement_file
from bpjsdesk.services.commands import new_request_id


def add(arguments: Namespace, clock: Clock) -> Result:
    draft = read_agreement_file(Path(arguments.file))
    with opened(arguments, clock) as context:
        warnings = agreements.agreement_warnings(context, draft)
        answer = agreements.save_agreement(context, draft, request_id=new_request_id())
        saved = agreements.get_agreement(context, answer.object_id)
    data = {
        "agreement_id": saved.agreement_id,
        "status": saved.status,
        "heads": saved.heads,
        "amount": saved.amount,
        "warnings": warnings,
    }
    lines = (f"Perjanjian nomor {saved.agreement_id} direkam.", *_summary(saved))
    return Result(data=data, lines=(*lines, *(warning.message for warning in warnings)))


def show_all(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        found = agreements.list_agreements(context)
    lines = tuple(
        f"{item.agreement_id:>5}  {STATUS_LABELS[item.status]:<15} "
        f"{format_count(item.heads):>9}  {item.partner} · {item.title}"
        for item in found
    )
    return Result(data={"agreements": found}, lines=lines or ("Belum ada perjanjian.",))


def show(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        found = agreements.get_agreement(context, arguments.id)
        counters = agreements.agreement_counters(context, arguments.id)
    data = {"agreement": found, "counters": counters}
    return Result(data=data, lines=_summary(found))


def renew(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        answer = agreements.renew_agreement(context, arguments.id, request_id=new_request_id())
    line = f"Draf perpanjangan dibuat: perjanjian nomor {answer.object_id}."
    return Result(data={"agreement_id": answer.object_id, "renews_id": arguments.id}, lines=(line,))


def pdf(arguments: Namespace, clock: Clock) -> Result:
    target = target_of(arguments, arguments.out)
    with opened(arguments, clock) as context:
        out = issue_agreement_summary(context, arguments.id, target)
    return Result(data={"file": out}, lines=(f"Ringkasan Perjanjian ditulis ke {out}.",))


def _summary(found: Agreement) -> tuple[str, ...]:
    first, last = found.draft.valid_from, found.draft.valid_to
    period = f"{format_date(first)} s.d. {format_date(last)}" if first and last else "belum diisi"
    return (
        found.draft.title,
        f"Status: {STATUS_LABELS[found.status]} · jangka waktu: {period}",
        f"{format_count(found.heads)} orang · {format_rupiah(found.amount)}",
    )
