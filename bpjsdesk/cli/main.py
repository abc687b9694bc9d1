"""bpjsdesk-cli: choose the command, run it, turn every outcome into output and an exit code."""

import importlib
import sys
import traceback
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from bpjsdesk.cli.output import Result, ready_streams, show, show_error
from bpjsdesk.cli.parser import build_parser
from bpjsdesk.cli.usage import WrongUsage
from bpjsdesk.clock import Clock, system_clock
from bpjsdesk.errors import Cancelled, EnvironmentProblem, UserError

MENDABLE, WRONG_USAGE, ENVIRONMENT = 1, 2, 3
READER_FLAG = "--read-workbook"

# modules are named, not imported: a command loads only what it needs
HANDLERS: Mapping[tuple[str, str | None], str] = MappingProxyType(
    {
        ("init", None): "office_commands.init",
        ("schema", None): "office_commands.schema",
        ("demo", None): "demo.demo",
        ("self-test", None): "self_test.self_test",
        ("agreement", "add"): "agreement_commands.add",
        ("agreement", "list"): "agreement_commands.show_all",
        ("agreement", "show"): "agreement_commands.show",
        ("agreement", "renew"): "agreement_commands.renew",
        ("agreement", "pdf"): "agreement_commands.pdf",
        ("batch", "template"): "batch_commands.template",
        ("batch", "check"): "batch_commands.check",
        ("batch", "import"): "batch_commands.load",
        ("batch", "stage"): "work_commands.stage",
        ("batch", "work"): "work_commands.work",
        ("batch", "submit"): "work_commands.submit",
        ("batch", "accept"): "work_commands.accept",
        ("batch", "refuse"): "work_commands.refuse",
        ("batch", "undo"): "work_commands.undo",
        ("batch", "receipt"): "work_commands.receipt",
        ("batch", "letter"): "work_commands.letter",
        ("batch", "sent"): "work_commands.sent",
        ("batch", "reply"): "work_commands.reply",
        ("batch", "take-out"): "work_commands.take_out",
        ("batch", "correct"): "correction_commands.correct",
        ("batch", "errors"): "correction_commands.errors",
        ("batch", "debts"): "correction_commands.debts",
        ("batch", "carry"): "after_commands.carry",
        ("batch", "compare"): "after_commands.compare",
        ("batch", "list"): "batch_commands.show_all",
        ("batch", "show"): "batch_commands.show",
        ("batch", "pdf"): "batch_commands.pdf",
        ("sender", "list"): "sender_commands.show_all",
        ("sender", "add"): "sender_commands.add",
        ("sender", "show"): "sender_commands.show",
        ("claim", "add"): "claim_commands.add",
        ("claim", "import"): "claim_commands.load",
        ("claim", "list"): "claim_commands.show_all",
        ("report", "claims"): "claim_commands.report",
        ("people", "find"): "people_commands.find",
        ("people", "lookup"): "people_commands.lookup",
        ("people", "show"): "people_commands.show",
        ("people", "request"): "people_commands.request",
        ("people", "requests"): "people_commands.requests",
        ("people", "approve"): "people_commands.approve",
        ("people", "refuse"): "people_commands.refuse",
        ("people", "end"): "people_commands.end",
        ("people", "resume"): "people_commands.resume",
        ("people", "merge"): "people_commands.merge",
        ("people", "unmerge"): "people_commands.unmerge",
        ("backup", None): "safety_commands.backup",
        ("check", None): "safety_commands.check",
        ("audit", "list"): "safety_commands.show_audit",
    }
)

Handler = Callable[[Namespace, Clock], Result]


def main(argv: Sequence[str] | None = None, *, clock: Clock = system_clock) -> int:
    """Run one command; 0 done, 1 mendable, 2 wrong usage, 3 environment."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == [READER_FLAG]:
        return _read_workbook(words[1:])
    ready_streams()
    as_json = "--json" in words
    try:
        arguments = build_parser().parse_args(words)
    except WrongUsage as misunderstood:
        return _after_usage(misunderstood, as_json=as_json)
    except SystemExit:  # help or version was asked for and has been shown
        return 0
    return _run(arguments, clock)


def _run(arguments: Namespace, clock: Clock) -> int:
    try:
        result = _handler(arguments)(arguments, clock)
    except UserError as refusal:
        show_error(refusal.code, refusal.message, as_json=arguments.json)
        return MENDABLE
    except EnvironmentProblem as problem:
        show_error(problem.code, problem.message, as_json=arguments.json)
        return ENVIRONMENT
    except (Cancelled, KeyboardInterrupt):
        show_error("CANCELLED", "Dibatalkan. Tidak ada yang berubah.", as_json=arguments.json)
        return MENDABLE
    except Exception as fault:  # noqa: BLE001  # the last net: the caller still gets its answer
        return _after_fault(fault, as_json=arguments.json)
    show(result, as_json=arguments.json)
    return result.exit_code


def _handler(arguments: Namespace) -> Handler:
    module_name, name = HANDLERS[arguments.command, getattr(arguments, "action", None)].split(".")
    module = importlib.import_module(f"bpjsdesk.cli.{module_name}")
    handler: Handler = getattr(module, name)
    return handler


def _after_usage(misunderstood: WrongUsage, *, as_json: bool) -> int:
    sys.stderr.write(f"{misunderstood.usage}\n")
    message = f"{misunderstood.message} Lihat bpjsdesk-cli --help."
    show_error("USAGE", message, as_json=as_json)
    return WRONG_USAGE


def _after_fault(fault: Exception, *, as_json: bool) -> int:
    """Tell the kind and the places of a fault, never its words: they may hold a person's data."""
    places = traceback.extract_tb(fault.__traceback__)
    sys.stderr.write(f"{type(fault).__name__}\n")
    sys.stderr.writelines(f"  {Path(at.filename).name}:{at.lineno} {at.name}\n" for at in places)
    message = "Program berhenti karena kesalahan di dalamnya. Kirimkan baris galat ini kepada TI."
    show_error("PROGRAM_FAULT", message, as_json=as_json)
    return ENVIRONMENT


def _read_workbook(words: Sequence[str]) -> int:
    """Be the capped child that reads a workbook, where the frozen program starts itself again."""
    child = importlib.import_module("bpjsdesk.storage.workbook_child")
    code: int = child.main(list(words))
    return code
