"""What the command line says of a list: its target, its sender, and what is to be done to it."""

import sys
from argparse import Namespace
from pathlib import Path

from bpjsdesk.cli.session import target_of
from bpjsdesk.clock import Clock
from bpjsdesk.domain.enrollment import BatchRequest
from bpjsdesk.domain.pasted import pasted_name
from bpjsdesk.domain.senders import SenderChoice
from bpjsdesk.errors import UserError
from bpjsdesk.services.list_plan import ListPlan, read_plan

FROM_INPUT = "-"


def request_of(arguments: Namespace, clock: Clock) -> BatchRequest:
    """Gather what is asked; ages are judged on the day that is named, or today."""
    is_pasted = arguments.file == FROM_INPUT
    return BatchRequest(
        path=Path(pasted_name(clock()) if is_pasted else arguments.file),
        pasted=sys.stdin.buffer.read() if is_pasted else None,
        agreement_id=arguments.agreement,
        category=arguments.category,
        registered_on=arguments.registered or clock().date(),
        from_month=arguments.from_month,
        months=arguments.months,
    )


def sender_of(arguments: Namespace) -> SenderChoice | None:
    """Gather who has sent the list, with which letter.

    Raises: UserError SENDER_NEEDED where a letter is named without its sender.
    """
    if arguments.sender:
        letter = {"letter_no": arguments.letter, "letter_on": arguments.letter_on}
        return SenderChoice(sender_id=arguments.sender, **letter)
    if arguments.letter or arguments.letter_on:
        raise UserError("SENDER_NEEDED", "Sebutkan juga pengirim surat itu dengan --sender ID.")
    return None


def plan_of(arguments: Namespace) -> ListPlan:
    """Read the files of a plan.

    Raises: UserError JSON_…, FIELD_UNKNOWN, REPLACEMENT_UNCLEAR, REPAIR_UNKNOWN, DECISIONS_MISSING;
        FormProblems.
    """
    return read_plan(
        mapping=Path(arguments.mapping) if arguments.mapping else None,
        trims=arguments.trim or (),
        replacements=arguments.replace or (),
        repairs=arguments.repair or (),
        decide=Path(arguments.decide) if arguments.decide else None,
    )


def errors_target(arguments: Namespace) -> Path | None:
    """Name the workbook for held rows, if one is wanted.

    Raises: UserError TARGET_IS_OFFICE, or TARGET_IS_SOURCE where the list would be lost.
    """
    if not arguments.errors_out:
        return None
    target = target_of(arguments, arguments.errors_out)
    if target.resolve() == Path(arguments.file).resolve():
        raise UserError(
            "TARGET_IS_SOURCE",
            f"{target.name} adalah daftar yang sedang dimuat. Pilih nama lain untuk --errors-out.",
        )
    return target
