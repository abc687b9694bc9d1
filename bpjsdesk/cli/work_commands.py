"""batch stage | work | submit | accept | refuse | undo | receipt | letter | sent | reply …"""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bpjsdesk.cli.list_options import plan_of, request_of, sender_of
from bpjsdesk.cli.list_report import ignored_lines
from bpjsdesk.cli.output import Result
from bpjsdesk.cli.session import ProgressLine, opened, target_of
from bpjsdesk.clock import Clock
from bpjsdesk.domain.batch_undo import UNDO_SENTENCES
from bpjsdesk.domain.core_reply import ReplyState
from bpjsdesk.domain.wording import format_count
from bpjsdesk.progress import CancelToken
from bpjsdesk.reports.issue import issue_batch_receipt
from bpjsdesk.reports.sender_files import issue_sender_letter
from bpjsdesk.services import acceptance, batch_undo, core_reply, core_send, repairs
from bpjsdesk.services.accepting import accept_list
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.core_refusals import take_out_refused
from bpjsdesk.services.duplicates import duplicate_lists
from bpjsdesk.services.ignored_lines import ignored_of_work
from bpjsdesk.services.list_import import take_in
from bpjsdesk.services.list_plan import carry_out
from bpjsdesk.services.receipts import batch_receipt
from bpjsdesk.services.staging import StagedList, open_list


def stage(arguments: Namespace, clock: Clock) -> Result:
    plan = plan_of(arguments)
    with opened(arguments, clock) as context:
        found = take_in(
            context,
            request_of(arguments, clock),
            plan,
            progress=ProgressLine(),
            cancel=CancelToken(),
            sender=sender_of(arguments),
        )
        return _state(found)


def work(arguments: Namespace, clock: Clock) -> Result:
    plan = plan_of(arguments)
    with opened(arguments, clock) as context:
        return _state(carry_out(context, _open(context, arguments.id), plan))


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
        accept_list(
            context,
            found,
            request_id=new_request_id(),
            progress=progress,
            cancel=cancel,
            up_to_quota=arguments.up_to_quota,
            doubles=doubles,
        )
        stored = batch_receipt(context, arguments.id)
    people = stored.new + stored.linked + stored.updated
    line = f"Batch {found.number} diterima: {format_count(people)} orang."
    names = ("read", "new", "linked", "updated", "left_out", "rejected", "held", "ignored", "blank")
    counts = {name: getattr(stored, name) for name in (*names, "amount")}
    return _said(line, number=found.number, **counts)


def refuse(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        found = _open(context, arguments.id)
        acceptance.refuse(context, found, reason=arguments.reason, request_id=new_request_id())
        return _said(f"Batch {found.number} dikembalikan.", number=found.number)


def undo(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        plan = batch_undo.plan_undo(context, arguments.id)
        done = batch_undo.undo_batch(
            context, plan, reason=arguments.reason, request_id=new_request_id()
        ).plan
    head = f"Batch {done.number}: {format_count(done.reversed_heads)} orang dibatalkan."
    staying = [
        f"  {batch_undo.FATE_WORDS[row.fate].lower()}: {row.name}, {row.sentence}"
        for row in (*done.kept, *done.barred)
    ]
    data = {
        "number": done.number,
        "reversed": done.reversed_heads,
        "kept": done.kept,
        "barred": done.barred,
    }
    return Result(data=data, lines=(head, *staying))


def receipt(arguments: Namespace, clock: Clock) -> Result:
    target = target_of(arguments, arguments.out)
    with opened(arguments, clock) as context:
        out = issue_batch_receipt(context, arguments.id, target)
    return Result(data={"file": out}, lines=(f"Tanda terima ditulis ke {out}.",))


def letter(arguments: Namespace, clock: Clock) -> Result:
    folder = target_of(arguments, arguments.out)
    folder.mkdir(parents=True, exist_ok=True)
    with opened(arguments, clock) as context:
        files = issue_sender_letter(context, arguments.id, folder)
    head = f"Surat tentang {format_count(files.held)} baris ditulis ke {files.letter}."
    beside = (f"  Lampiran: {path.name}" for path in files.enclosures)
    data = {"file": files.letter, "enclosures": files.enclosures, "held": files.held}
    return Result(data=data, lines=(head, *beside))


def sent(arguments: Namespace, clock: Clock) -> Result:
    target = target_of(arguments, arguments.out) if arguments.out else None
    with opened(arguments, clock) as context:
        if target:
            core_send.send_list(context, arguments.id, target, request_id=new_request_id())
        else:
            core_send.mark_sent(context, arguments.id, request_id=new_request_id())
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
    if state.leaving:
        head += f", {format_count(state.leaving)} menunggu penyelia (batch take-out)"
    faults = (f"  {each.sheet} baris {each.row}: {each.sentence}" for each in found.faults)
    return Result(
        data={"state": state, "faults": found.faults}, lines=(head, *_staying(state), *faults)
    )


def take_out(arguments: Namespace, clock: Clock) -> Result:
    """Take out whom the core system has refused in a reply that a clerk has taken."""
    with opened(arguments, clock) as context:
        before = core_reply.reply_state(context, arguments.id)
        take_out_refused(
            context, arguments.id, before, request_id=new_request_id(), progress=ProgressLine()
        )
        state = core_reply.reply_state(context, arguments.id)
    head = f"{format_count(before.leaving)} orang dikeluarkan; barisnya terbuka lagi."
    data = {"taken_out": before.leaving, "state": state}
    return Result(data=data, lines=(head, *_staying(state)))


def _staying(state: ReplyState) -> Iterator[str]:
    """Name who was refused and stays, with why."""
    for each in state.kept:
        why = UNDO_SENTENCES[each.why]
        yield f"  {each.name} ({each.place}): {why}; perlu keputusan penyelia"


def _open(context: AppContext, batch_id: int) -> StagedList:
    return open_list(context, batch_id, progress=ProgressLine(), cancel=CancelToken())


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
    ignored = ignored_of_work(found)
    data: dict[str, Any] = {
        "batch_id": found.batch_id,
        "number": found.number,
        **asdict(counts),
        "decided": counts.decided,
        "issues": {code.value: count for code, count in reasons.items()},
        "repairs": offered,
        "ignored_warnings": ignored,
        "steps": [step for step in found.steps if not step.undone_at],
    }
    parts = (
        (counts.new, "baru"),
        (counts.linked, "tertaut"),
        (counts.updated, "diperbarui"),
        (counts.skipped, "dilewati"),
        (counts.held, "ditahan"),
        (counts.rejected, "ditolak"),
        (counts.ignored, "bukan peserta"),
        (counts.blank, "kosong"),
    )
    told = " + ".join(f"{format_count(count)} {name}" for count, name in parts)
    head = f"Batch {found.number}: {format_count(counts.read)} dibaca = {told}"
    lines = (
        f"{format_count(count):>9}  {code.value}  "
        + ", ".join(f"{offer['rule']}: {offer['mends']}" for offer in offered[code.value])
        for code, count in reasons.items()
    )
    return Result(data=data, lines=(head, *lines, *ignored_lines(ignored)))


def _said(line: str, **data: object) -> Result:
    return Result(data=dict(data), lines=(line,))
