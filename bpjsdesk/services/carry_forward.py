"""Make next year's list out of last year's batch, and say what a new list changes."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bpjsdesk.domain.list_comparison import Comparison, Listed, compare
from bpjsdesk.domain.workbook_values import ColumnKind, TableColumn, TableSheet
from bpjsdesk.services.batches import get_batch
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.staging import StagedList
from bpjsdesk.storage import carry_forward as store
from bpjsdesk.storage.carry_forward import Member
from bpjsdesk.storage.workbook_write import write_table

EXPORT = "report.export"
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


def carry_forward(context: AppContext, batch_id: int, out: Path) -> CarriedForward:
    """Write everybody of a batch whose membership has not ended, ready to be loaded again.

    Raises: UserError BATCH_MISSING, NOT_PERMITTED; EnvironmentProblem.
    """
    context.user.require(EXPORT)
    item = get_batch(context, batch_id).item
    with context.database.read() as connection:
        members = list(store.members(connection, batch_id))
    going_on = [member for member in members if not member.end_reason]
    sheet = TableSheet(
        name="Daftar",
        title=f"Lanjutan batch {item.number} · {item.category_name}",
        columns=tuple(_column(head, width) for head, width in _COLUMNS),
        rows=[_row(member) for member in going_on],
    )
    write_table(out, [sheet])
    ended = Counter(member.end_reason for member in members if member.end_reason)
    return CarriedForward(file=out, going_on=len(going_on), left_out=dict(ended.most_common()))


def compare_with_batch(context: AppContext, work: StagedList, batch_id: int) -> Comparison:
    """Say what a list in work changes against an earlier batch: same, changed, new, missing.

    Raises: UserError BATCH_MISSING, NOT_PERMITTED.
    """
    get_batch(context, batch_id)
    with context.database.read() as connection:
        before = [member.listed for member in store.members(connection, batch_id)]
    rows = (item.row for item in work.check.staged if item.row.nik)
    after = (
        Listed(
            row.nik or "",
            row.name or "",
            row.birth_date,
            row.sex or "",
            row.phone or "",
            row.region_code or "",
        )
        for row in rows
    )
    return compare(before, after)


def _column(head: str, width: int) -> TableColumn:
    return TableColumn(header=head, kind=ColumnKind.TEXT, width=width)


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
