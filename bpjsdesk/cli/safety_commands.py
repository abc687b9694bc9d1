"""backup · check · audit list."""

from argparse import Namespace
from pathlib import Path

from bpjsdesk.cli.output import Result
from bpjsdesk.cli.session import ProgressLine, opened
from bpjsdesk.clock import Clock
from bpjsdesk.domain.wording import format_count
from bpjsdesk.progress import CancelToken
from bpjsdesk.services import safety
from bpjsdesk.services.commands import new_request_id

DAMAGED = 3


def backup(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        copy = safety.make_backup(context, Path(arguments.file), request_id=new_request_id())
    data = {"file": copy.path, "sha256": copy.sha256, "rows": copy.rows}
    total = format_count(sum(copy.rows.values()))
    return Result(
        data=data, lines=(f"Cadangan {copy.path} dibuka ulang dan cocok: {total} baris.",)
    )


def check(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        found = safety.check_health(context, progress=ProgressLine(), cancel=CancelToken())
    data = {
        "ok": found.is_sound,
        "problems": found.problems,
        "audit_entries": found.audit_entries,
        "broken_link": found.broken_link,
        "uncounted_batches": found.uncounted_batches,
        "rows": found.rows,
    }
    if found.is_sound:
        line = f"Utuh. {format_count(found.audit_entries)} catatan riwayat bersambung."
        return Result(data=data, lines=(line,))
    lines = (
        "Ada kerusakan. Jangan menulis lagi; pulihkan dari cadangan terakhir yang terbukti.",
        *found.problems,
        *(f"Batch {number}: jumlah tidak cocok" for number in found.uncounted_batches),
    )
    return Result(data=data, lines=lines, exit_code=DAMAGED)


def show_audit(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        found = safety.list_audit(context, limit=arguments.limit)
    lines = tuple(
        f"{item.seq:>7}  {item.at}  {item.user_name:<12} {item.command:<18} {item.result}"
        for item in found
    )
    return Result(data={"entries": found}, lines=lines)
