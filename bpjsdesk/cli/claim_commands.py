"""claim add | import | list · report claims."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from bpjsdesk.cli.output import Result
from bpjsdesk.cli.session import ProgressLine, opened, target_of
from bpjsdesk.clock import Clock
from bpjsdesk.domain.report_values import ClaimsReport, ClaimsReportQuery
from bpjsdesk.domain.wording import format_count, format_rupiah
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken
from bpjsdesk.reports.issue import issue_claims_report
from bpjsdesk.services import claims
from bpjsdesk.services.claim_files import read_claim_file
from bpjsdesk.services.claim_import import check_claims_file, import_claims
from bpjsdesk.services.claims_report import claims_report, claims_report_workbook
from bpjsdesk.services.commands import new_request_id


def add(arguments: Namespace, clock: Clock) -> Result:
    draft = read_claim_file(Path(arguments.file))
    with opened(arguments, clock) as context:
        answer = claims.save_claim(context, draft, request_id=new_request_id())
        saved = claims.get_claim(context, answer.object_id)
    data = {
        "claim_id": saved.claim_id,
        "number": saved.number,
        "status": saved.status,
        "amount": saved.draft.amount,
    }
    line = f"Klaim {saved.number} direkam: {saved.status_name}, {format_rupiah(draft.amount)}."
    return Result(data=data, lines=(line,))


def load(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        preview = check_claims_file(
            context, Path(arguments.file), progress=ProgressLine(), cancel=CancelToken()
        )
        import_claims(context, preview, request_id=new_request_id())
    data = {
        "read": preview.read,
        "blank": preview.blank,
        "ignored": preview.ignored,
        "accepted": preview.accepted,
        "held": preview.held,
        "issues": preview.issues,
    }
    line = (
        f"{format_count(preview.read)} baris dibaca, {format_count(preview.accepted)} klaim "
        f"direkam, {format_count(preview.held)} ditahan."
    )
    reasons = (f"{issue.sheet} baris {issue.row}: {issue.message}" for issue in preview.issues)
    return Result(data=data, lines=(line, *reasons))


def show_all(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        found = claims.list_claims(context)
    lines = tuple(
        f"{item.number}  {item.programme:<8} {item.status_name:<15} "
        f"{format_rupiah(item.amount):>18}  {item.participant_name}"
        for item in found
    )
    return Result(data={"claims": found}, lines=lines or ("Belum ada klaim.",))


def report(arguments: Namespace, clock: Clock) -> Result:
    query = _query(arguments)
    pdf = target_of(arguments, arguments.out) if arguments.out else None
    workbook = target_of(arguments, arguments.xlsx) if arguments.xlsx else None
    with opened(arguments, clock) as context:
        found = claims_report(context, query)
        if pdf:
            issue_claims_report(context, query, pdf)
        if workbook:
            claims_report_workbook(context, found, workbook)
    line = (
        f"{found.region_name}: {format_count(found.totals.cases)} kasus, "
        f"{format_rupiah(found.totals.amount)}"
    )
    programmes = (
        f"  {row.code:<9} {format_count(row.cases):>7} kasus  {format_rupiah(row.amount):>20}"
        for row in found.by_programme
    )
    return Result(data=_report_data(found), lines=(line, *programmes))


def _query(arguments: Namespace) -> ClaimsReportQuery:
    if arguments.date_to < arguments.date_from:
        raise UserError("PERIOD_REVERSED", "Tanggal akhir mendahului tanggal awal. Tukar keduanya.")
    return ClaimsReportQuery(
        date_from=arguments.date_from, date_to=arguments.date_to, region_code=arguments.region
    )


def _report_data(found: ClaimsReport) -> dict[str, Any]:
    first, last = found.query.previous
    return {
        "region": found.region_name,
        "basis": found.basis,
        "cases": found.totals.cases,
        "amount": found.totals.amount,
        "by_programme": found.by_programme,
        "by_category": found.by_category,
        "by_region": found.by_region,
        "by_month": found.by_month,
        "previous": {
            "from": first,
            "to": last,
            "cases": found.totals.previous_cases,
            "amount": found.totals.previous_amount,
        },
    }
