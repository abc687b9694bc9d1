"""sender list | add | show."""

from argparse import Namespace

from bpjsdesk.cli.output import Result
from bpjsdesk.cli.session import opened
from bpjsdesk.clock import Clock
from bpjsdesk.domain.row_issues import ISSUE_SENTENCES, IssueCode
from bpjsdesk.domain.wording import format_count, format_decimal
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.senders import list_senders, save_sender, sender_profile

_PERCENT = 100


def show_all(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        found = list_senders(context)
    lines = tuple(
        f"{item.sender_id:>5}  {format_count(item.batches):>5} daftar  {item.name}"
        for item in found
    )
    return Result(data={"senders": found}, lines=lines or ("Belum ada pengirim.",))


def add(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        sender_id = _added(context, arguments)
    line = f"Pengirim {sender_id} tercatat: {arguments.name}."
    return Result(data={"sender_id": sender_id}, lines=(line,))


def show(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        found = sender_profile(context, arguments.id)
    shares = (
        f"  {batch.number}  {format_count(batch.bad)} dari {format_count(batch.people)} baris buruk"
        for batch in found.batches
        if batch.is_judged
    )
    mistakes = (
        f"  {_percent(mistake.share)}  {ISSUE_SENTENCES[IssueCode(mistake.code)]}"
        for mistake in found.mistakes
    )
    lines = (found.sender.name, *shares, *mistakes)
    return Result(data={"sender": found}, lines=lines)


def _added(context: AppContext, arguments: Namespace) -> int:
    answer = save_sender(
        context, name=arguments.name, note=arguments.note, request_id=new_request_id()
    )
    return answer.object_id


def _percent(share: float) -> str:
    return f"{format_decimal(round(share * _PERCENT, 1), decimals=1):>5} %"
