"""What a check of a list found: its rows, what the register says, whether it still holds."""

import json
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import compress, count

from bpjsdesk.domain.agreements import Stage
from bpjsdesk.domain.batch_target import BatchTarget
from bpjsdesk.domain.cells import cell_text
from bpjsdesk.domain.columns import ColumnMap
from bpjsdesk.domain.enrollment import (
    BatchRequest,
    BatchRow,
    LineStatus,
)
from bpjsdesk.domain.period import add_months
from bpjsdesk.domain.row_check import CheckedRow, with_codes, without_codes
from bpjsdesk.domain.row_issues import ISSUE_SENTENCES, IssueCode, Levels
from bpjsdesk.domain.row_kinds import IGNORED_SENTENCES, RowKind
from bpjsdesk.domain.wording import format_date
from bpjsdesk.errors import UserError
from bpjsdesk.services.other_lists import (
    FROM_REGISTER,
    OtherLists,
    register_codes,
    shared_niks,
    without_strangers,
)
from bpjsdesk.services.safety import BACKUP
from bpjsdesk.services.staged_rows import RowEdits, StagedRow, StagedRows
from bpjsdesk.storage import audit, enrollment
from bpjsdesk.storage.batch_reference import find_target
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.enrollment import EarlierBatch, Known
from bpjsdesk.storage.issue_levels import levels_on


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchCheck:
    """All that a check found; `audit_head` tells whether anything was written since."""

    request: BatchRequest
    target: BatchTarget
    from_month: date
    months: int
    digest: str
    columns: Mapping[str, ColumnMap]
    blank: int
    staged: StagedRows
    known: Mapping[str, Known]
    levels: Levels
    skipped_sheets: tuple[str, ...]
    audit_head: tuple[int, str]
    others: OtherLists = field(default_factory=OtherLists)
    earlier: EarlierBatch | None = None

    @property
    def to_month(self) -> date:
        return add_months(self.from_month, self.months - 1)

    @property
    def unread_columns(self) -> tuple[str, ...]:
        """Give the headings that mean no field: their cells are kept, but not understood."""
        found = (text for columns in self.columns.values() for _index, text in columns.unmapped)
        return tuple(dict.fromkeys(found))


def status_of(row: CheckedRow) -> LineStatus:
    """Decide what becomes of a row: an error holds it, a warning never does."""
    if row.kind is RowKind.IGNORED:
        return LineStatus.IGNORED
    return LineStatus.HELD if row.is_held else LineStatus.ACCEPTED


def batch_row(row: CheckedRow, cells: str, columns: ColumnMap) -> BatchRow:
    """Show a checked row with its reasons in words; `cells` is the JSON text that arrived."""
    ignored = IGNORED_SENTENCES[row.reason] if row.reason else ""
    return BatchRow(
        sheet=row.sheet,
        row=row.row_no,
        status=status_of(row),
        codes=tuple(code.value for code in row.codes),
        reason=ignored or " ".join(ISSUE_SENTENCES[code] for code in row.codes),
        values={
            "nik": row.nik,
            "name": row.name,
            "birth_date": row.birth_date.isoformat() if row.birth_date else None,
            "sex": row.sex,
            "region": row.region_code,
        },
        nik_text="" if row.nik else _nik_text(cells, columns),
    )


def _nik_text(cells: str, columns: ColumnMap) -> str:
    place, found = columns.fields.get("nik"), json.loads(cells)
    return cell_text(found[place]) if place is not None and place < len(found) else ""


def recheck(
    check: BatchCheck, connection: Connection, *, out: Container[int] = frozenset()
) -> BatchCheck:
    """Look the register up again, if anything at all was written since the check.

    `out` are the places of rows that were put aside.

    The backup before acceptance notes itself in the history, too, but changes nothing else.

    Raises: UserError CHECK_OUTDATED when the quota line itself or a level was changed.
    """
    if audit.only_since(connection, check.audit_head, (BACKUP,)):
        return check
    require_same_target(connection, check.request, check.target)
    if levels_on(connection, check.request.registered_on) != check.levels:
        raise _outdated()
    items = ((place, check.staged[place]) for place in check.staged.places_with_codes())
    plain = {
        place: item._replace(row=without_codes(item.row, check.levels, FROM_REGISTER))
        for place, item in items
    }
    fresh = replace(check, staged=check.staged.with_rows(plain))
    return join_register(fresh, connection, out=out)


def require_same_target(connection: Connection, request: BatchRequest, target: BatchTarget) -> None:
    """Raises: UserError CHECK_OUTDATED when the quota line was changed since it was read."""
    if target_of(connection, request) != target:
        raise _outdated()


def _outdated() -> UserError:
    return UserError(
        "CHECK_OUTDATED",
        "Perjanjian, kuota, atau tingkat pemeriksaan diubah sejak berkas diperiksa. Tidak ada "
        "yang disimpan. Periksa ulang berkas, lalu simpan.",
    )


def target_of(connection: Connection, request: BatchRequest) -> BatchTarget:
    """Find the quota line that a request means.

    Raises: UserError AGREEMENT_MISSING or QUOTA_MISSING.
    """
    return find_target(
        connection,
        agreement_id=request.agreement_id,
        category_code=request.category,
        month=request.from_month,
    )


def join_register(
    check: BatchCheck, connection: Connection, *, out: Container[int] = frozenset()
) -> BatchCheck:
    """Add what the register says about each row's NIK in these months; `out` as in `recheck`."""
    niks = check.staged.column("nik")
    known: Mapping[str, Known] = enrollment.known_people(
        connection, set(filter(None, niks)), from_month=check.from_month, to_month=check.to_month
    )
    known = without_strangers(known, zip(niks, check.staged.column("name"), strict=True))
    others = replace(check.others, shared=shared_niks(known))
    rows = RowEdits(check.staged)
    # most rows are spoken of nowhere: to ask for each of them would cost more than all the rest
    named = {*known, *others.in_work, *others.last, *others.cut}
    for place in compress(count(), map(named.__contains__, niks)):
        rows[place] = with_register_codes(rows[place], known, check.levels, others)
    if others.shared:
        places = compress(count(), map(others.shared.__contains__, niks))
        mark_same_person(rows, places, others, check.levels, out=out)
    return replace(
        check,
        staged=rows.done(),
        known=known,
        others=others,
        earlier=enrollment.batch_with_content(
            connection,
            check.digest,
            quota_id=check.target.quota_id,
            from_month=check.from_month,
            to_month=check.to_month,
        ),
    )


def with_register_codes(
    item: StagedRow, known: Mapping[str, Known], levels: Levels, others: OtherLists
) -> StagedRow:
    """Add to a row what the register says against its NIK."""
    codes = register_codes(item.row, known, others)
    return item._replace(row=with_codes(item.row, levels, *codes)) if codes else item


def mark_same_person(
    items: RowEdits,
    places: Iterable[int],
    others: OtherLists,
    levels: Levels,
    *,
    out: Container[int],
) -> None:
    """Mark whoever another NIK of an earlier row names, too; rows that were put aside name nobody.

    `places` are those of rows with the NIKs `shared`, all of them in the order of the list.
    """
    first: dict[int, str] = {}
    for at in places:
        row = items[at].row
        person_id = others.shared.get(row.nik or "")
        plain = without_codes(row, levels, (IssueCode.SAME_PERSON,))
        if person_id is not None and at not in out and row.kind is RowKind.DATA:
            nik = row.nik or ""
            if first.setdefault(person_id, nik) != nik:
                plain = with_codes(plain, levels, IssueCode.SAME_PERSON)
        if plain != row:
            items[at] = items[at]._replace(row=plain)


def earlier_sentence(earlier: EarlierBatch) -> str:
    """Say in words that the content is stored already."""
    return (
        f"Isi berkas ini sudah dimuat pada {format_date(earlier.loaded_on)} sebagai batch "
        f"{earlier.number}. Tidak ada yang disimpan. Buka batch itu untuk melihat hasilnya."
    )


def require_open(target: BatchTarget) -> None:
    """Raises: UserError AGREEMENT_CLOSED."""
    if target.stage in (Stage.CANCELLED, Stage.TERMINATED):
        raise UserError(
            "AGREEMENT_CLOSED",
            "Perjanjian ini sudah batal atau diakhiri. Pilih perjanjian yang berlaku.",
        )
