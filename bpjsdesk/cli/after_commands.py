"""batch carry | compare: next year's list, and what it changes against the last one."""

from argparse import Namespace
from pathlib import Path

from bpjsdesk.cli.output import Result
from bpjsdesk.cli.session import ProgressLine, opened, target_of
from bpjsdesk.clock import Clock
from bpjsdesk.domain.enrollment import BatchRequest
from bpjsdesk.domain.list_comparison import reasons_of
from bpjsdesk.domain.wording import format_count, format_rupiah
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken
from bpjsdesk.reports.issue import issue_list_comparison
from bpjsdesk.services.batches import get_batch
from bpjsdesk.services.carry_forward import CarryPlan, carry_forward, carry_into, plan_carry
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.list_comparison import compare_lists, write_comparison


def carry(arguments: Namespace, clock: Clock) -> Result:
    """Make a list in work for another agreement, or only a workbook with who goes on."""
    if not (arguments.agreement or arguments.out):
        raise UserError("TARGET_NEEDED", "Sebutkan --agreement ID dan --category, atau --out F.")
    with opened(arguments, clock) as context:
        plan = plan_carry(context, arguments.id)
        data: dict[str, object] = {
            "from": plan.number,
            "going_on": len(plan.going_on),
            "left_out": plan.reasons,
            "held": plan.held,
        }
        if arguments.out:
            target = target_of(arguments, arguments.out)
            data["file"] = carry_forward(
                context, arguments.id, target, request_id=new_request_id()
            ).file
        if arguments.agreement:
            data |= _made(context, plan, arguments, clock)
    return Result(data=data, lines=_carry_lines(plan, data))


def compare(arguments: Namespace, clock: Clock) -> Result:
    """Say what the second batch changes against the first; as PDF and workbook where asked."""
    with opened(arguments, clock) as context:
        found = compare_lists(
            context,
            arguments.before,
            arguments.after,
            progress=ProgressLine(),
            cancel=CancelToken(),
        )
        if arguments.out:
            issue_list_comparison(context, found, target_of(arguments, arguments.out))
        if arguments.xlsx:
            book = target_of(arguments, arguments.xlsx)
            write_comparison(context, found, book, request_id=new_request_id())
    data = {
        "before": found.before,
        "after": found.after,
        "same": found.same,
        "changed": found.changed,
        "leaving": len(found.leaving),
        "joining": len(found.joining),
        "held": found.held,
        "leaving_reasons": reasons_of(found.leaving),
        "joining_reasons": reasons_of(found.joining),
        "amount_change": found.amount_change,
    }
    head = (
        f"{found.before.number} {format_count(found.before.heads)} orang → {found.after.number} "
        f"{format_count(found.after.heads)} orang; iuran {format_rupiah(found.amount_change)}"
    )
    out = (f"  keluar {format_count(n)}: {why}" for why, n in reasons_of(found.leaving).items())
    come = (f"  masuk {format_count(n)}: {why}" for why, n in reasons_of(found.joining).items())
    return Result(data=data, lines=(head, *out, *come))


def _made(
    context: AppContext, plan: CarryPlan, arguments: Namespace, clock: Clock
) -> dict[str, object]:
    if not arguments.category:
        raise UserError("CATEGORY_NEEDED", "Sebutkan kelompok peserta dengan --category KODE.")
    answer = carry_into(
        context,
        plan,
        BatchRequest(
            path=Path(plan.number),
            agreement_id=arguments.agreement,
            category=arguments.category,
            registered_on=arguments.registered or clock().date(),
            from_month=arguments.from_month,
            months=arguments.months,
        ),
        request_id=new_request_id(),
        progress=ProgressLine(),
        cancel=CancelToken(),
        additions=Path(arguments.add) if arguments.add else None,
    )
    item = get_batch(context, answer.object_id).item
    return {"batch_id": item.batch_id, "number": item.number, "read": item.counts.read}


def _carry_lines(plan: CarryPlan, data: dict[str, object]) -> tuple[str, ...]:
    head = f"Batch {plan.number}: {format_count(len(plan.going_on))} orang berlanjut."
    reasons = (f"  tidak: {format_count(n)} {why}" for why, n in plan.reasons.items())
    made = (f"Daftar {data['number']} siap diperiksa.",) if "number" in data else ()
    return (head, *reasons, *made)
