"""batch correct | errors | debts."""

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bpjsdesk.cli.output import Result
from bpjsdesk.cli.session import ProgressLine, opened, target_of
from bpjsdesk.clock import Clock
from bpjsdesk.domain.corrections import Correction, Door
from bpjsdesk.domain.debts import BatchDebt
from bpjsdesk.domain.wording import format_count, format_date
from bpjsdesk.progress import CancelToken, ignore_progress
from bpjsdesk.services.acceptance import breakdown
from bpjsdesk.services.batch_files import write_error_workbook
from bpjsdesk.services.commands import new_request_id
from bpjsdesk.services.corrected_lists import take_correction
from bpjsdesk.services.debts import open_debts
from bpjsdesk.services.staging import open_list

_DOORS = {
    Door.WORKBOOK: "berkas koreksi menurut Kunci Baris",
    Door.FULL_LIST: "daftar lengkap menurut NIK",
}


def correct(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        done = take_correction(
            context,
            arguments.id,
            Path(arguments.file),
            request_id=new_request_id(),
            progress=ProgressLine(),
            cancel=CancelToken(),
        ).correction
        work = open_list(context, arguments.id, progress=ignore_progress, cancel=CancelToken())
        now = breakdown(work)
    data = _facts(done) | {"ready": now.entering, "held": now.held}
    return Result(data=data, lines=tuple(_lines(done, ready=now.entering, held=now.held)))


def errors(arguments: Namespace, clock: Clock) -> Result:
    target = target_of(arguments, arguments.out)
    with opened(arguments, clock) as context:
        rows = write_error_workbook(context, arguments.id, target)
    line = f"{format_count(rows)} baris ditahan ditulis ke {target}."
    return Result(data={"file": target, "rows": rows}, lines=(line,))


def debts(arguments: Namespace, clock: Clock) -> Result:
    with opened(arguments, clock) as context:
        found = open_debts(context)
    lines = tuple(map(_debt_line, found))
    return Result(
        data={"debts": [_debt(debt) for debt in found]},
        lines=lines or ("Tidak ada baris tertahan yang ditunggu.",),
    )


def _facts(done: Correction) -> dict[str, Any]:
    return {
        "batch_id": done.batch_id,
        "number": done.number,
        "door": done.door,
        "read": done.read,
        "blank": done.blank,
        "ignored": done.ignored,
        "taken": done.taken,
        "unchanged": done.unchanged,
        "added": done.added,
        "reported": [
            {"sheet": row.sheet, "row": row.row_no, "why": row.why, "reason": row.sentence}
            | {"name": row.name, "differs": row.differs}
            for row in done.reported
        ],
        "missing": [
            {"sheet": row.sheet, "row": row.row_no, "name": row.name, "accepted": row.is_accepted}
            | {"has_nik": row.has_nik}
            for row in done.missing
        ],
        "follow_up": done.follow_up,
    }


def _lines(done: Correction, *, ready: int, held: int) -> Iterator[str]:
    yield f"Batch {done.number}: {_DOORS[done.door]}."
    yield (
        f"{format_count(done.read)} dibaca = {format_count(done.taken)} dibetulkan + "
        f"{format_count(done.added)} baru + {format_count(done.unchanged)} sama + "
        f"{format_count(len(done.reported))} tidak diambil + {format_count(done.ignored)} "
        f"bukan peserta + {format_count(done.blank)} kosong"
    )
    yield f"Sekarang {format_count(ready)} siap diterima, {format_count(held)} ditahan."
    if done.follow_up_number:
        yield f"Orang baru menjadi batch lanjutan {done.follow_up_number}."
    for row in done.reported:
        differs = f" Berbeda: {', '.join(row.differs)}." if row.differs else ""
        yield f"  Lembar “{row.sheet}” baris {row.row_no}: {row.sentence}{differs}"
    for gone in done.missing:
        why = "Tidak disebut lagi" if gone.has_nik else "Tanpa NIK, belum dijumpai"
        yield f"  {why}: {gone.name or 'tanpa nama'}, lembar “{gone.sheet}” baris {gone.row_no}."


def _debt(debt: BatchDebt) -> dict[str, Any]:
    return {
        "batch_id": debt.batch_id,
        "number": debt.number,
        "agreement": debt.agreement_title,
        "sender": debt.sender,
        "held": debt.held,
        "owner": debt.owner,
        "due": debt.due_on,
        "days_late": debt.days_late,
    }


def _debt_line(debt: BatchDebt) -> str:
    late = f", lewat {format_count(debt.days_late)} hari" if debt.days_late else ""
    who = f" · {debt.sender}" if debt.sender else ""
    return (
        f"{debt.batch_id:>5}  {debt.number}  {format_count(debt.held):>7} ditahan  "
        f"{debt.owner}, {format_date(debt.due_on)}{late}  {debt.agreement_title}{who}"
    )
