"""Batches that are stored: the list, one in full, its rows and its participants."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from bpjsdesk.domain.batch_target import BatchTarget
from bpjsdesk.domain.batches import BatchDetail
from bpjsdesk.domain.columns import ColumnMap, DateOrder, Origin
from bpjsdesk.domain.enrollment import BatchListItem, BatchRow, LineStatus
from bpjsdesk.domain.identity import mask_nik
from bpjsdesk.domain.period import add_months, first_of_month
from bpjsdesk.domain.report_values import ParticipantList, ParticipantRow, VillageRecap
from bpjsdesk.domain.row_check import RowChecker
from bpjsdesk.domain.row_issues import ISSUE_SENTENCES, IssueCode
from bpjsdesk.domain.row_kinds import IGNORED_SENTENCES, IgnoredReason
from bpjsdesk.domain.wording import format_date, format_month_range
from bpjsdesk.errors import UserError
from bpjsdesk.progress import CancelToken, Progress, ProgressSink
from bpjsdesk.services.batch_check import batch_row
from bpjsdesk.services.context import AppContext
from bpjsdesk.storage import enrollment, issue_levels, senders
from bpjsdesk.storage.batch_reference import check_reference, find_target
from bpjsdesk.storage.connection import Connection
from bpjsdesk.storage.enrollment import StoredLine

CHECK_EVERY = 5000
CORRECT = "batch.correct"
NO_VILLAGE = "Tanpa kelurahan/desa"


def list_batches(
    context: AppContext, *, agreement_id: int | None = None
) -> tuple[BatchListItem, ...]:
    """Give batches, newest first."""
    context.user.require("read.batches")
    with context.database.read() as connection:
        return enrollment.list_batches(connection, agreement_id=agreement_id)


def get_batch(context: AppContext, batch_id: int) -> BatchDetail:
    """Give one batch with its reasons by count.

    Raises: UserError BATCH_MISSING.
    """
    context.user.require("read.batches")
    with context.database.read() as connection:
        item = _require_item(connection, batch_id)
        row = enrollment.batch_row(connection, batch_id)
        target = _target(connection, row)
        counts = enrollment.code_counts(connection, batch_id)
        today = first_of_month(context.clock().date())
        return BatchDetail(
            item=item,
            issues={code.value: counts[code] for code in IssueCode if code in counts},
            ignored={why.value: counts[why] for why in IgnoredReason if why in counts},
            quota_heads=target.heads,
            accepted_under_quota=enrollment.submitted_heads(connection, target.quota_id),
            rates=tuple(json.loads(row.rates)),
            active_today=enrollment.active_in_batch(connection, batch_id, today),
            levels=issue_levels.levels_of_batch(connection, batch_id, row.registered_on),
        )


def held_rows(context: AppContext, batch_id: int) -> tuple[BatchRow, ...]:
    """Give the held rows as understood, with their reasons in words.

    NIKs are in full for those who may mend the rows, else masked.
    """
    rows = (row for _line, row in stored_rows(context, batch_id, LineStatus.HELD))
    return as_permitted(context, rows)


def ignored_rows(context: AppContext, batch_id: int) -> tuple[BatchRow, ...]:
    """Give the rows that are no persons, each with its reason; NIKs as in `held_rows`."""
    rows = (row for _line, row in stored_rows(context, batch_id, LineStatus.IGNORED))
    return as_permitted(context, rows)


def participant_list(
    context: AppContext, batch_id: int, *, progress: ProgressSink, cancel: CancelToken
) -> ParticipantList:
    """Gather the printed list of one batch, by village and name; NIKs masked.

    Raises: UserError BATCH_MISSING; Cancelled.
    """
    context.user.require("read.batches")
    with context.database.read() as connection:
        item = _require_item(connection, batch_id)
        row = enrollment.batch_row(connection, batch_id)
        found = enrollment.participants(connection, batch_id)
        place = enrollment.region_of_agreement(connection, item.agreement_id)
    rates = tuple(json.loads(row.rates))
    progress(Progress(done=0, total=len(found), text="Menyusun daftar peserta"))
    rows = list(_participant_rows(found, sum(rates), cancel))
    recap = Counter(participant[6] for participant in rows)
    return ParticipantList(
        batch_no=item.number,
        title=f"Daftar Peserta {item.category_name}",
        agreement=item.agreement_title,
        category=item.category_name,
        place=place,
        coverage=_coverage(item),
        months=item.months,
        rates=tuple(dict.fromkeys(rates)),
        amount=item.amount,
        rows=rows,
        recap=tuple(
            VillageRecap(village=village, heads=heads, amount=heads * sum(rates))
            for village, heads in sorted(recap.items(), key=_village_last)
        ),
        held_rows=item.counts.held,
    )


def kept_headings(columns: Mapping[str, ColumnMap]) -> str:
    """Write down the headings of each sheet and what they were taken for."""
    sheets = {
        sheet: {
            "headers": found.headers,
            "fields": dict(found.fields),
            "keys": sorted(found.header_keys),
            "order": found.date_order.value,
            "origins": {field: origin.value for field, origin in found.origins.items()},
            "unused": sorted(found.unused),
        }
        for sheet, found in columns.items()
    }
    return json.dumps(sheets, ensure_ascii=False)


def columns_of(header: str) -> dict[str, ColumnMap]:
    """Rebuild the columns of each sheet from what the batch kept."""
    return {sheet: _column_map(kept) for sheet, kept in json.loads(header).items()}


def _column_map(kept: Mapping[str, Any]) -> ColumnMap:
    headers, taken = tuple(kept["headers"]), set(kept["fields"].values())
    origins = kept.get("origins", {}).items()
    return ColumnMap(
        header_row=0,
        first_data_row=1,
        fields=kept["fields"],
        headers=headers,
        unmapped=tuple((at, text) for at, text in enumerate(headers) if text and at not in taken),
        header_keys=frozenset(kept.get("keys", ())),
        date_order=DateOrder(kept.get("order", DateOrder.ASSUMED)),
        origins={field: Origin(origin) for field, origin in origins},
        unused=frozenset(kept.get("unused", ())),
    )


def as_permitted(context: AppContext, rows: Iterable[BatchRow]) -> tuple[BatchRow, ...]:
    """Give rows with their NIKs in full to those who may mend them, else masked."""
    return tuple(rows if context.user.may(CORRECT) else map(_masked, rows))


def _masked(row: BatchRow) -> BatchRow:
    values = {**row.values, "nik": mask_nik(row.values["nik"] or "")}
    return replace(row, values=values, nik_text="")


def _village_last(entry: tuple[str, int]) -> tuple[bool, str]:
    return entry[0] == NO_VILLAGE, entry[0]


def _coverage(item: BatchListItem) -> str:
    return format_month_range(item.from_month, add_months(item.from_month, item.months - 1))


def _participant_rows(
    found: list[tuple[Any, ...]], amount: int, cancel: CancelToken
) -> Iterator[ParticipantRow]:
    days: dict[str | None, str] = {None: ""}
    for number, person in enumerate(found, start=1):
        nik, name, sex, birth_date, village, district, kpj = person
        if number % CHECK_EVERY == 0:
            cancel.raise_if_cancelled()
        if birth_date not in days:
            days[birth_date] = format_date(date.fromisoformat(str(birth_date)), "short")
        place = f"{village}, {district}" if village and district else village or NO_VILLAGE
        yield (number, mask_nik(nik), kpj, name, sex, days[birth_date], place, amount)


def _require_item(connection: Connection, batch_id: int) -> BatchListItem:
    found = enrollment.list_batches(connection, batch_id=batch_id)
    if not found:
        raise UserError(
            "BATCH_MISSING", f"Batch nomor {batch_id} tidak ada. Pilih dari daftar batch."
        )
    return found[0]


def _target(connection: Connection, row: Any) -> BatchTarget:
    return find_target(
        connection,
        agreement_id=row.agreement_id,
        category_code=row.category,
        month=row.from_month,
    )


def stored_rows(
    context: AppContext, batch_id: int, status: LineStatus
) -> list[tuple[StoredLine, BatchRow]]:
    """Give stored rows of a batch together with how they read today."""
    context.user.require("read.batches")
    with context.database.read() as connection:
        _require_item(connection, batch_id)
        row = enrollment.batch_row(connection, batch_id)
        reference = check_reference(
            connection,
            _target(connection, row),
            registered_on=row.registered_on,
            today=context.clock().date(),
            months=(row.from_month, row.months),
        ).with_values(senders.values_of_batch(connection, batch_id))
        lines = list(enrollment.stored_lines(connection, batch_id, status))
    columns = columns_of(row.header)
    checkers = {
        sheet: RowChecker(found, reference, row.registered_on) for sheet, found in columns.items()
    }
    return [(line, _shown(checkers[line.sheet], columns[line.sheet], line)) for line in lines]


def _shown(checker: RowChecker, columns: ColumnMap, line: StoredLine) -> BatchRow:
    """Understand the stored cells again; the codes are those given at the time."""
    checked = checker.check(line.sheet, line.row_no, json.loads(line.cells))
    shown = batch_row(checked._replace(codes=(), reason=None), line.cells, columns)
    return replace(shown, status=line.status, codes=line.codes, reason=_sentences(line))


def _sentences(line: StoredLine) -> str:
    if line.status is LineStatus.IGNORED:
        return " ".join(IGNORED_SENTENCES[IgnoredReason(code)] for code in line.codes)
    return " ".join(ISSUE_SENTENCES[IssueCode(code)] for code in line.codes)
