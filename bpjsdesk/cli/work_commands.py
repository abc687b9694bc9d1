"""batch stage | work | submit | accept | refuse | undo | receipt | sent | reply; people lookup."""

from argparse import Namespace
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bpjsdesk.cli.output import Result
from bpjsdesk.cli.session import ProgressLine, opened, target_of
from bpjsdesk.clock import Clock
from bpjsdesk.domain.enrollment import BatchRequest
from bpjsdesk.domain.lookup import COVER_LABELS
from bpjsdesk.domain.repairs import RepairRule
from bpjsdesk.domain.row_issues import IssueCode
from bpjsdesk.domain.wording import format_count
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken
from bpjsdesk.reports.issue import issue_batch_receipt
from bpjsdesk.services import acceptance, batch_undo, core_reply, repairs
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.decision_file import apply_decisions, read_decision_file
from bpjsdesk.services.duplicates import duplicate_lists
from bpjsdesk.services.mapping_file import apply_mapping, read_mapping_file
from bpjsdesk.services.people_lookup import look_up
from bpjsdesk.services.receipts import batch_receipt
from bpjsdesk.services.staging import StagedList, open_list, stage_list


def stage(arguments: Namespace, clock: Clock) -> Result:
    request = BatchRequest(
        path=Path(arguments.file),
        agreement_id=arguments.agreement,
        category=arguments.category,
        registered_on=arguments.registered or clock().date(),
        from_month=arguments.from_month,
        months=arguments.months,
    )
    with opened(arguments, clock) as context:
        answer = stage_list(
            context,
            request,
            request_id=new_request_id(),
            progress=ProgressLine(),
            cancel=CancelToken(),
        )
        return _state(_worked(context, answer.object_id, arguments))


def work(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        return _state(_worked(context, arguments.id, arguments))


def submit(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        found = _open(context, arguments.id)
        acceptance.submit(context, found, request_id=new_request_id())
        return _said(f"Batch {found.number} diajukan kepada penyelia.", number=found.number)


def accept(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        found = _open(context, arguments.id)
        progress, cancel = ProgressLine(), CancelToken()
        doubles = duplicate_lists(context, found, progress=progress, cancel=cancel).codes
        acceptance.accept(
            context,
            found,
            request_id=new_request_id(),
            progress=progress,
            cancel=cancel,
            up_to_quota=arguments.up_to_quota,
            doubles=doubles,
        )
        stored = batch_receipt(context, arguments.id)
    line = f"Batch {found.number} diterima: {format_count(stored.new + stored.linked)} orang."
    names = ("read", "new", "linked", "left_out", "held", "ignored", "blank", "amount")
    counts = {name: getattr(stored, name) for name in names}
    return _said(line, number=found.number, **counts)


def refuse(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        found = _open(context, arguments.id)
        acceptance.refuse(context, found, reason=arguments.reason, request_id=new_request_id())
        return _said(f"Batch {found.number} dikembalikan.", number=found.number)


def undo(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        plan = batch_undo.plan_undo(context, arguments.id)
        batch_undo.undo_batch(context, plan, reason=arguments.reason, request_id=new_request_id())
    kept = [
        f"  tetap: {person.name}, {batch_undo.KEPT_SENTENCES[person.why]}" for person in plan.kept
    ]
    head = f"Batch {plan.number}: {format_count(plan.reversed_heads)} orang dibatalkan."
    data = {"number": plan.number, "reversed": plan.reversed_heads, "kept": plan.kept}
    return Result(data=data, lines=(head, *kept))


def receipt(arguments: Namespace, clock: Clock) -> Result:
    target = target_of(arguments, arguments.out)
    with opened(arguments, clock) as context:
        out = issue_batch_receipt(context, arguments.id, target)
    return Result(data={"file": out}, lines=(f"Tanda terima ditulis ke {out}.",))


def sent(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        core_reply.mark_sent(context, arguments.id, request_id=new_request_id())
        count = core_reply.reply_state(context, arguments.id).sent
    return _said(f"{format_count(count)} orang tercatat dikirim.", sent=count)


def reply(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        found = core_reply.check_reply(
            context, arguments.id, Path(arguments.file), cancel=CancelToken()
        )
        core_reply.take_reply(context, found, request_id=new_request_id())
        state = core_reply.reply_state(context, arguments.id)
    head = (
        f"{format_count(state.accepted)} diterima, "
        f"{format_count(sum(state.rejected.values()))} ditolak, "
        f"{format_count(len(state.unanswered))} belum dijawab"
    )
    faults = (f"  {each.sheet} baris {each.row}: {each.sentence}" for each in found.faults)
    return Result(data={"state": state, "faults": found.faults}, lines=(head, *faults))


def lookup(arguments: Namespace, clock: Clock) -> Result:
    pasted = Path(arguments.file).read_text(encoding="utf-8-sig")
    with opened(arguments, clock) as context:
        found = look_up(context, pasted)
    counts = Counter(line.cover for line in found)
    lines = (f"{format_count(count):>9}  {COVER_LABELS[cover]}" for cover, count in counts.items())
    # the digits that were pasted are not given back where the NIK is known: they show masked
    data = [{**asdict(line), "text": "" if line.nik else line.text} for line in found]
    return Result(data={"people": data}, lines=tuple(lines))


def _open(context: AppContext, batch_id: int) -> StagedList:
    return open_list(context, batch_id, progress=ProgressLine(), cancel=CancelToken())


def _worked(context: AppContext, batch_id: int, arguments: Namespace) -> StagedList:
    """Do what the command line asks, in the order of the screens."""
    found = _open(context, batch_id)
    if arguments.mapping:
        found = apply_mapping(context, found, read_mapping_file(Path(arguments.mapping)))
    for text in arguments.repair or ():
        found = _repaired(context, found, text)
    if arguments.decide:
        found = apply_decisions(context, found, read_decision_file(Path(arguments.decide)))
    return found


def _repaired(context: AppContext, found: StagedList, text: str) -> StagedList:
    """Carry out CODE=RULE on every row that it mends for certain."""
    code_text, _, rule_text = text.partition("=")
    code = next((each for each in IssueCode if each == code_text), None)
    rule = next((each for each in RepairRule if each == rule_text), None)
    if code is None or rule is None:
        raise UserError(
            "REPAIR_UNKNOWN",
            f"{text}: tulis KODE=ATURAN, misalnya NIK_DOB_MISMATCH=SWAP_DAY_AND_MONTH.",
        )
    offer = next((each for each in repairs.offers(found, code) if each.rule is rule), None)
    if offer is None:
        return found
    return repairs.repair(context, found, offer, request_id=new_request_id())


def _state(found: StagedList) -> Result:
    """Say how a list in work stands, and which repairs are offered for each reason."""
    counts = acceptance.breakdown(found)
    reasons = repairs.reasons(found)
    offered = {
        code.value: [
            {"rule": offer.rule, "mends": offer.mends, "leaves": offer.leaves}
            for offer in repairs.offers(found, code)
        ]
        for code in reasons
    }
    data: dict[str, Any] = {
        "batch_id": found.batch_id,
        "number": found.number,
        **asdict(counts),
        "issues": {code.value: count for code, count in reasons.items()},
        "repairs": offered,
        "steps": [step for step in found.steps if not step.undone_at],
    }
    head = (
        f"Batch {found.number}: {format_count(counts.read)} dibaca = {format_count(counts.new)} "
        f"baru + {format_count(counts.linked)} tertaut + {format_count(counts.decided)} diputuskan "
        f"+ {format_count(counts.held)} ditahan + {format_count(counts.ignored)} diabaikan + "
        f"{format_count(counts.blank)} kosong"
    )
    lines = (
        f"{format_count(count):>9}  {code.value}  "
        + ", ".join(f"{offer['rule']}: {offer['mends']}" for offer in offered[code.value])
        for code, count in reasons.items()
    )
    return Result(data=data, lines=(head, *lines))


def _said(line: str, **data: object) -> Result:
    return Result(data=dict(data), lines=(line,))
