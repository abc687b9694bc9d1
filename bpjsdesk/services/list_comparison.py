"""Say what a new list changes against an earlier one, both ways: who leaves, who joins, and why."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bpjsdesk.domain.enrollment import BatchListItem, BatchStatus, LineStatus
from bpjsdesk.domain.identity import mask_nik
from bpjsdesk.domain.list_comparison import (
    ListDifference,
    Listed,
    ListSide,
    MovedPerson,
    compare,
)
from bpjsdesk.domain.row_issues import ISSUE_SENTENCES, IssueCode
from bpjsdesk.domain.workbook_values import ColumnKind, TableColumn, TableSheet
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, ProgressSink
from bpjsdesk.services.batch_check import status_of
from bpjsdesk.services.batches import get_batch, stored_rows
from bpjsdesk.services.carry_forward import DEATH_CLAIM
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.exports import export_table
from bpjsdesk.services.reference import region_names
from bpjsdesk.services.staged_rows import StagedRow
from bpjsdesk.services.staging import StagedList, open_list
from bpjsdesk.storage import carry_forward as store
from bpjsdesk.storage import enrollment

IN_WORK = (BatchStatus.DRAFT, BatchStatus.SUBMITTED)
GONE = "Tidak ada di daftar baru"
LEFT_OUT = "Tidak dimuat menurut putusan"
NEW, KNOWN = "Peserta baru", "Sudah tercatat di register"
NO_VILLAGE = "–"


@dataclass(slots=True, kw_only=True)
class _List:
    """One list: who is in it, where each lives, and what is known of those who are not."""

    item: BatchListItem
    head_amount: int
    people: dict[str, Listed] = field(default_factory=dict)
    villages: dict[str, str] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)
    ends: dict[str, str] = field(default_factory=dict)
    outside: dict[str, str] = field(default_factory=dict)
    held: int = 0

    @property
    def side(self) -> ListSide:
        return ListSide(
            batch_id=self.item.batch_id,
            number=self.item.number,
            agreement=self.item.agreement_title,
            category=self.item.category_name,
            from_month=self.item.from_month,
            months=self.item.months,
            heads=len(self.people),
            head_amount=self.head_amount,
            is_accepted=self.item.status not in IN_WORK,
        )


def compare_lists(
    context: AppContext,
    before_id: int,
    after_id: int,
    *,
    progress: ProgressSink,
    cancel: CancelToken,
) -> ListDifference:
    """Compare two batches, in work or accepted, by NIK.

    Raises: UserError BATCH_MISSING, SAME_BATCH, NOT_PERMITTED; Cancelled.
    """
    if before_id == after_id:
        raise UserError("SAME_BATCH", "Pilih dua batch yang berbeda untuk dibandingkan.")
    before = _read(context, before_id, progress, cancel)
    cancel.raise_if_cancelled()
    after = _read(context, after_id, progress, cancel)
    found = compare(before.people.values(), after.people.values())
    return ListDifference(
        before=before.side,
        after=after.side,
        same=found.same,
        changed=len(found.changed),
        leaving=_moved(found.missing, before, _why_leaving(before, after)),
        joining=_moved(found.new, after, dict.fromkeys(after.known, KNOWN), otherwise=NEW),
        held=after.held,
    )


def write_comparison(
    context: AppContext, found: ListDifference, out: Path, *, request_id: str
) -> Path:
    """Write who leaves and who joins as a workbook, a sheet each; that is written down.

    Raises: UserError NOT_PERMITTED; EnvironmentProblem.
    """
    counts = {
        "before": found.before.number,
        "leaving": len(found.leaving),
        "joining": len(found.joining),
    }
    after = found.after.batch_id
    parts = (
        ("Keluar", found.leaving, found.before),
        ("Masuk", found.joining, found.after),
    )
    sheets = [_sheet(name, people, side, found) for name, people, side in parts]
    export_table(context, out, sheets, counts, kind="batch", object_id=after, request_id=request_id)
    return out


def _read(context: AppContext, batch_id: int, progress: ProgressSink, cancel: CancelToken) -> _List:
    item = get_batch(context, batch_id).item
    if item.status in IN_WORK:
        return _in_work(
            context, item, open_list(context, batch_id, progress=progress, cancel=cancel)
        )
    return _accepted(context, item)


def _accepted(context: AppContext, item: BatchListItem) -> _List:
    with context.database.read() as connection:
        rates = json.loads(enrollment.batch_row(connection, item.batch_id).rates)
        members = list(store.members(connection, item.batch_id))
    found = _List(item=item, head_amount=sum(rates), held=item.counts.held)
    for member in members:
        found.people[member.nik] = member.listed
        found.villages[member.nik] = member.village
        if member.is_known:
            found.known.add(member.nik)
        if member.end_reason or member.has_death_claim:
            found.ends[member.nik] = member.end_reason or DEATH_CLAIM
    if item.counts.held:
        for _line, row in stored_rows(context, item.batch_id, LineStatus.HELD):
            found.outside[row.values["nik"] or ""] = _held_words(row.codes)
    return found


def _in_work(context: AppContext, item: BatchListItem, work: StagedList) -> _List:
    check = work.check
    amount = check.target.head_amount(check.from_month, check.months)
    found = _List(item=item, head_amount=amount)
    names = region_names(
        context, {each.row.region_code for each in check.staged if each.row.region_code}
    )
    for line_id, each in zip(work.line_ids, check.staged, strict=True):
        nik, status = each.row.nik or "", status_of(each.row)
        if line_id in work.outcomes:
            found.outside[nik] = LEFT_OUT
        elif status is LineStatus.ACCEPTED:
            found.people[nik] = _listed(each)
            found.villages[nik] = names.get(each.row.region_code or "", "")
        elif status is LineStatus.HELD:
            found.held += 1
            found.outside[nik] = _held_words([code.value for code in each.row.codes])
    found.known.update(found.people.keys() & check.known.keys())
    return found


def _listed(item: StagedRow) -> Listed:
    row = item.row
    return Listed(
        row.nik or "",
        row.name or "",
        row.birth_date,
        row.sex or "",
        row.phone or "",
        row.region_code or "",
    )


def _held_words(codes: Iterable[str]) -> str:
    first = next(iter(codes), "")
    if not first:
        return "Ditahan"
    return f"Ditahan: {ISSUE_SENTENCES[IssueCode(first)].partition('. ')[0].rstrip('.')}"


def _why_leaving(before: _List, after: _List) -> Mapping[str, str]:
    """An end that was noted says more than that the new list holds the row back."""
    return {**after.outside, **before.ends}


def _moved(
    people: Iterable[Listed], within: _List, why: Mapping[str, str], *, otherwise: str = GONE
) -> tuple[MovedPerson, ...]:
    found = (
        MovedPerson(
            nik=mask_nik(person.nik),
            name=person.name,
            village=within.villages.get(person.nik, "") or NO_VILLAGE,
            reason=why.get(person.nik, otherwise),
        )
        for person in people
    )
    return tuple(sorted(found, key=lambda person: (person.village, person.name, person.nik)))


def _sheet(
    name: str, people: tuple[MovedPerson, ...], side: ListSide, found: ListDifference
) -> TableSheet:
    columns = (
        TableColumn(header="No.", kind=ColumnKind.INTEGER, width=7),
        TableColumn(header="NIK", width=20),
        TableColumn(header="Nama", width=34),
        TableColumn(header="Kelurahan/desa", width=24),
        TableColumn(header="Sebab", width=44),
        TableColumn(header="Iuran", kind=ColumnKind.MONEY, width=18),
    )
    rows = [
        (number, each.nik, each.name, each.village, each.reason, side.head_amount)
        for number, each in enumerate(people, start=1)
    ]
    return TableSheet(
        name=name,
        title=f"{name}: batch {found.before.number} → {found.after.number}",
        columns=columns,
        rows=rows,
        total=("", "", "Jumlah", "", "", len(people) * side.head_amount),
    )
