"""Make next year's list out of last year's batch: everybody who goes on, and new names beside."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bpjsdesk.domain.cells import Cell
from bpjsdesk.domain.changes import Answer
from bpjsdesk.domain.columns import find_columns
from bpjsdesk.domain.enrollment import BatchRequest
from bpjsdesk.domain.identity import mask_nik
from bpjsdesk.domain.workbook_values import ColumnKind, TableColumn, TableSheet
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, Progress, ProgressSink
from bpjsdesk.services.batch_check import require_open, target_of
from bpjsdesk.services.batches import get_batch
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.exports import export_table
from bpjsdesk.services.intake import village_keys
from bpjsdesk.services.list_reader import (
    HEADING_WITHIN,
    ListEnd,
    ListRows,
    SheetHead,
    SheetRest,
    Synonyms,
    read_sheets,
)
from bpjsdesk.services.staged_reading import StagedReading
from bpjsdesk.services.staging import IMPORT, keep_reading
from bpjsdesk.storage import carry_forward as store
from bpjsdesk.storage.batch_reference import synonyms
from bpjsdesk.storage.carry_forward import Member

REVEAL = "person.reveal"
DEATH_CLAIM = "Ada klaim Jaminan Kematian"
TWICE = "Terdaftar dua kali di batch ini"
# Headings that this program reads again by itself.
_COLUMNS = (
    ("NIK", 20),
    ("NAMA LENGKAP", 32),
    ("TEMPAT LAHIR", 18),
    ("TANGGAL LAHIR", 14),
    ("JENIS KELAMIN", 8),
    ("ALAMAT", 36),
    ("KELURAHAN", 20),
    ("KECAMATAN", 20),
    ("NO HP", 16),
    ("PEKERJAAN", 20),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedForward:
    """The list that was written: who goes on, and who does not, by the reason's name."""

    file: Path
    going_on: int
    left_out: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Somebody who is not carried into the next list; `nik` is masked."""

    nik: str
    name: str
    village: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryPlan:
    """Who goes on and who does not; `held` rows of the old batch were never registered."""

    batch_id: int
    number: str
    category_name: str
    going_on: tuple[Member, ...]
    left_out: tuple[LeftOut, ...]
    held: int

    @property
    def reasons(self) -> Mapping[str, int]:
        """Count who is left out by reason, the most frequent first."""
        return dict(Counter(person.reason for person in self.left_out).most_common())


def plan_carry(context: AppContext, batch_id: int) -> CarryPlan:
    """Say who of a batch would be in the next list and who would not, and why.

    Raises: UserError BATCH_MISSING, NOT_PERMITTED.
    """
    item = get_batch(context, batch_id).item
    with context.database.read() as connection:
        members = list(store.members(connection, batch_id))
    going_on: dict[int, Member] = {}
    left_out = []
    for member in members:
        reason = _reason(member, going_on)
        if reason:
            left_out.append(_left_out(member, reason))
        else:
            going_on[member.person_id] = member
    return CarryPlan(
        batch_id=batch_id,
        number=item.number,
        category_name=item.category_name,
        going_on=tuple(going_on.values()),
        left_out=tuple(left_out),
        held=item.counts.held,
    )


def carry_forward(
    context: AppContext, batch_id: int, out: Path, *, request_id: str
) -> CarriedForward:
    """Write everybody of a batch who goes on, ready to be loaded again, NIKs in full.

    Whoever may not see them in full may not have the file; it is written down.

    Raises: UserError BATCH_MISSING, NOT_PERMITTED; EnvironmentProblem.
    """
    context.user.require(REVEAL)
    plan = plan_carry(context, batch_id)
    people = {"people": len(plan.going_on)}
    title = f"Lanjutan batch {plan.number} · {plan.category_name}"
    sheets = [member_sheet(title, plan.going_on)]
    export_table(
        context, out, sheets, people, kind="batch", object_id=batch_id, request_id=request_id
    )
    return CarriedForward(file=out, going_on=len(plan.going_on), left_out=plan.reasons)


def carry_into(
    context: AppContext,
    plan: CarryPlan,
    request: BatchRequest,
    *,
    request_id: str,
    progress: ProgressSink,
    cancel: CancelToken,
    additions: Path | None = None,
) -> Answer:
    """Keep who goes on as a list in work for another agreement or period; new names come along.

    `request` names the quota line and the months; its path is taken from the plan. `additions` is
    a file of new names, whose sheets join the list.
    Raises: UserError NOBODY_GOES_ON, for the target or the file, ALREADY_IMPORTED, NOT_PERMITTED;
        Cancelled.
    """
    context.user.require(IMPORT)
    if not plan.going_on:
        raise UserError("NOBODY_GOES_ON", f"Tidak ada peserta batch {plan.number} yang berlanjut.")
    named = f"Lanjutan {plan.number}" + (f" + {additions.name}" if additions else "")
    reading = StagedReading(replace(request, path=Path(named), pasted=None))
    with context.database.read() as connection:
        target = target_of(connection, request)
        require_open(target)
        spellings = synonyms(connection)
    digest = hashlib.sha256(named.encode())
    for part in _parts(plan, spellings, additions, cancel):
        if isinstance(part, ListEnd):
            digest.update(part.digest.encode())
            part = ListEnd(digest=digest.hexdigest(), skipped_sheets=part.skipped_sheets)  # noqa: PLW2901  # the end of both
        reading.take(part)
        progress(Progress(done=reading.read, total=reading.expected, text="Menyusun daftar"))
    reading.finish(lambda: village_keys(context, target.region_code))
    facts = {"carried_from": plan.number, "going_on": len(plan.going_on)}
    facts["left_out"] = len(plan.left_out)
    return keep_reading(context, reading, target, request_id=request_id, cancel=cancel, facts=facts)


def member_sheet(
    title: str, members: Sequence[Member], *, empty: Sequence[tuple[str, int]] = ()
) -> TableSheet:
    """Lay members out under headings that are read again; `empty` columns are to be filled in."""
    blank = ("",) * len(empty)
    return TableSheet(
        name="Daftar",
        title=title,
        columns=tuple(
            TableColumn(header=head, kind=ColumnKind.TEXT, width=width)
            for head, width in (*_COLUMNS, *empty)
        ),
        rows=[(*_row(member), *blank) for member in members],
    )


def _parts(
    plan: CarryPlan, spellings: Synonyms, additions: Path | None, cancel: CancelToken
) -> Iterator[SheetHead | ListRows | SheetRest | ListEnd]:
    """Give the members as a sheet that has just been read, then the sheets of the new names."""
    heading: list[Cell] = [head for head, _width in _COLUMNS]
    cells: list[list[Cell]] = [[text or None for text in _row(member)] for member in plan.going_on]
    texts = [json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in cells]
    rows = [
        (number, row, raw) for number, (row, raw) in enumerate(zip(cells, texts, strict=True), 2)
    ]
    columns = find_columns([heading], spellings)
    name = f"Lanjutan {plan.number}"
    top = [(1, heading, json.dumps(heading)), *rows[: HEADING_WITHIN - 1]]
    yield SheetHead(name=name, top=top, columns=columns, is_found=True, begins=1, rows=len(rows))
    yield ListRows(sheet=name, columns=columns, rows=rows, expected=len(rows))
    own = hashlib.sha256("\n".join(texts).encode()).hexdigest()
    if additions is None:
        yield ListEnd(digest=own, skipped_sheets=())
        return
    for part in read_sheets(additions, spellings, cancel=cancel):
        if isinstance(part, ListEnd):
            yield ListEnd(digest=own + part.digest, skipped_sheets=part.skipped_sheets)
        else:
            yield part


def _reason(member: Member, going_on: Mapping[int, Member]) -> str:
    if member.end_reason:
        return member.end_reason
    if member.has_death_claim:
        return DEATH_CLAIM
    return TWICE if member.person_id in going_on else ""


def _left_out(member: Member, reason: str) -> LeftOut:
    return LeftOut(
        nik=mask_nik(member.nik), name=member.name, village=member.village, reason=reason
    )


def _row(member: Member) -> tuple[str, ...]:
    born = f"{member.birth_date:%d-%m-%Y}" if member.birth_date else ""
    return (
        member.nik,
        member.name,
        member.birth_place,
        born,
        member.sex,
        member.address,
        member.village,
        member.district,
        member.phone,
        member.occupation,
    )
