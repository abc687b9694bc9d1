"""Read a list of workers, check every row, and say what would happen; nothing is written."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from bpjsdesk.domain.agreements import Stage
from bpjsdesk.domain.batch_target import BatchTarget
from bpjsdesk.domain.cells import cell_text
from bpjsdesk.domain.check_reference import CheckReference
from bpjsdesk.domain.columns import ColumnMap
from bpjsdesk.domain.enrollment import (
    BatchCounts,
    BatchReport,
    BatchRequest,
    BatchRow,
    LineStatus,
)
from bpjsdesk.domain.period import add_months
from bpjsdesk.domain.row_check import CheckedRow, RowChecker, with_codes, without_codes
from bpjsdesk.domain.row_issues import ISSUE_SENTENCES, IssueCode, Levels
from bpjsdesk.domain.row_kinds import IGNORED_SENTENCES, RowKind
from bpjsdesk.domain.wording import format_date
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, Progress, ProgressSink
from bpjsdesk.services.context import AppContext
from bpjsdesk.services.list_reader import ListEnd, ListRows, Synonyms, read_list
from bpjsdesk.services.other_lists import FROM_REGISTER, OtherLists, register_codes
from bpjsdesk.storage import audit, enrollment
from bpjsdesk.storage.batch_reference import check_reference, find_target, synonyms
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.enrollment import EarlierBatch, Known
from bpjsdesk.storage.issue_levels import levels_on


class StagedRow(NamedTuple):
    """A checked row with the cells exactly as they arrived, types included, as JSON text."""

    row: CheckedRow
    cells: str


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
    staged: tuple[StagedRow, ...]
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
    def is_correction(self) -> bool:
        """Say whether this is our own error workbook coming back."""
        return any("row_key" in columns.fields for columns in self.columns.values())

    @property
    def counts(self) -> BatchCounts:
        statuses = Counter(status_of(item.row) for item in self.staged)
        return BatchCounts(
            read=len(self.staged) + self.blank,
            blank=self.blank,
            ignored=statuses[LineStatus.IGNORED],
            accepted=statuses[LineStatus.ACCEPTED],
            held=statuses[LineStatus.HELD],
        )

    def report(self) -> BatchReport:
        """Sum up for people and programs."""
        reasons = Counter(item.row.reason.value for item in self.staged if item.row.reason)
        codes = Counter(code for item in self.staged for code in item.row.codes)
        counts = self.counts
        return BatchReport(
            source_name=self.request.path.name,
            counts=counts,
            already_imported=self.earlier.number if self.earlier else None,
            issues={code.value: codes[code] for code in IssueCode if code in codes},
            ignored_reasons=dict(reasons),
            amount=counts.accepted * self.target.head_amount(self.from_month, self.months),
            unread_columns=self.unread_columns,
        )

    @property
    def unread_columns(self) -> tuple[str, ...]:
        """Give the headings that mean no field: their cells are kept, but not understood."""
        found = (text for columns in self.columns.values() for _index, text in columns.unmapped)
        return tuple(dict.fromkeys(found))

    def rows(self) -> Iterator[BatchRow]:
        """Give every row that is not blank, as a preview shows it."""
        return map(self.shown, self.staged)

    def shown(self, item: StagedRow) -> BatchRow:
        """Give one row as a preview shows it."""
        return batch_row(item.row, item.cells, self.columns[item.row.sheet])


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
    place, found = columns.fields["nik"], json.loads(cells)
    return cell_text(found[place]) if place < len(found) else ""


def check_batch(
    context: AppContext, request: BatchRequest, *, progress: ProgressSink, cancel: CancelToken
) -> BatchCheck:
    """Check a whole file against the rules and the register.

    Raises: UserError for the file (WORKBOOK_…, HEADER_NOT_FOUND) or the target; Cancelled.
    """
    context.user.require("read.batches")
    today = context.clock().date()
    with context.database.read() as connection:
        target = target_of(connection, request)
        require_open(target)
        from_month, months = target.months(request)
        reference = check_reference(
            connection, target, registered_on=request.registered_on, today=today
        )
        spellings = synonyms(connection)
        # taken with the terms: whatever changes while the file is read must be noticed later
        audit_head = audit.head(connection)
    reading = _Reading(reference, request)
    reading.run(spellings, progress=progress, cancel=cancel)
    return _looked_up(
        context,
        BatchCheck(
            request=request,
            target=target,
            from_month=from_month,
            months=months,
            digest=reading.digest,
            columns=reading.require_columns(),
            blank=reading.blank,
            staged=tuple(reading.staged),
            known={},
            levels=reference.levels,
            skipped_sheets=reading.skipped_sheets,
            audit_head=audit_head,
        ),
    )


def recheck(check: BatchCheck, connection: Connection) -> BatchCheck:
    """Look the register up again, if anything at all was written since the check.

    Raises: UserError CHECK_OUTDATED when the quota line itself or a level was changed.
    """
    if audit.head(connection) == check.audit_head:
        return check
    require_same_target(connection, check.request, check.target)
    if levels_on(connection, check.request.registered_on) != check.levels:
        raise _outdated()
    plain = tuple(
        item._replace(row=without_codes(item.row, check.levels, FROM_REGISTER))
        if item.row.codes
        else item
        for item in check.staged
    )
    return join_register(replace(check, staged=plain), connection)


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


def _looked_up(context: AppContext, check: BatchCheck) -> BatchCheck:
    with context.database.read() as connection:
        return join_register(check, connection)


def join_register(check: BatchCheck, connection: Connection) -> BatchCheck:
    """Add what the register says about each row's NIK in these months."""
    niks = {item.row.nik for item in check.staged if item.row.nik}
    known = enrollment.known_people(
        connection, niks, from_month=check.from_month, to_month=check.to_month
    )
    return replace(
        check,
        staged=tuple(with_register_codes(check.staged, known, check.levels, check.others)),
        known=known,
        earlier=enrollment.batch_with_content(
            connection,
            check.digest,
            quota_id=check.target.quota_id,
            from_month=check.from_month,
            to_month=check.to_month,
        ),
    )


def with_register_codes(
    staged: Iterable[StagedRow],
    known: Mapping[str, Known],
    levels: Levels,
    others: OtherLists,
) -> Iterator[StagedRow]:
    """Add to each row what the register says against its NIK."""
    for item in staged:
        codes = register_codes(item.row, known, others)
        yield item._replace(row=with_codes(item.row, levels, *codes)) if codes else item


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


class _Reading:
    """Carry one file's rows to the checker; every row ends in `staged` or in `blank`."""

    def __init__(self, reference: CheckReference, request: BatchRequest) -> None:
        self._reference = reference
        self._request = request
        self._checker: RowChecker | None = None
        self._columns: dict[str, ColumnMap] = {}
        self.staged: list[StagedRow] = []
        self.blank = 0
        self.digest = ""
        self.skipped_sheets: tuple[str, ...] = ()

    def run(self, spellings: Synonyms, *, progress: ProgressSink, cancel: CancelToken) -> None:
        expected = 0
        for part in read_list(self._request.path, spellings, cancel=cancel):
            if isinstance(part, ListEnd):
                self.digest, self.skipped_sheets = part.digest, part.skipped_sheets
                continue
            if part.sheet not in self._columns:
                expected += part.expected
            self._take(part)
            done = len(self.staged) + self.blank
            progress(Progress(done=done, total=max(expected, done), text="Membaca dan memeriksa"))

    def require_columns(self) -> Mapping[str, ColumnMap]:
        """Give the columns of each sheet.

        Raises: UserError WORKBOOK_EMPTY when the file held no row of a list.
        """
        if not self.staged:
            raise UserError(
                "WORKBOOK_EMPTY",
                f"Berkas {self._request.path.name} tidak berisi baris peserta di bawah judul "
                "kolom. Periksa lembar yang disimpan, lalu ulangi.",
            )
        return self._columns

    def _take(self, part: ListRows) -> None:
        checker = self._checker_for(part)
        rows = checker.check_all(part.sheet, ((number, cells) for number, cells, _ in part.rows))
        for row, (_number, _cells, raw) in zip(rows, part.rows, strict=True):
            if row.kind is RowKind.BLANK:
                self.blank += 1
            else:
                self.staged.append(StagedRow(row, raw))

    def _checker_for(self, part: ListRows) -> RowChecker:
        if self._checker is None:
            self._checker = RowChecker(part.columns, self._reference, self._request.registered_on)
        elif part.sheet not in self._columns:
            self._checker.use_columns(part.columns)
        self._columns[part.sheet] = part.columns
        return self._checker
